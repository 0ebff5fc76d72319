import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { sourcesOf } from '../../ops/source-files.js';
import { workflowBundle } from '../../worker/bundle.js';

const root = resolve(import.meta.dirname, '../..');
/** Where what runs long is built to: each source as a file of its own, at its own path. */
export const programsFolder = join(root, 'dist/programs');
const entries = [
  'worker/main.ts',
  'api/server.ts',
  'agencies/server.ts',
  'agencies/identity-provider/server.ts',
  'agencies/mail-server/server.ts',
  // Named by path: on a thread, in a process of its own, and in Temporal's sandbox.
  'forms/draw.ts',
  'api/documents/inspect.ts',
  'workflows/index.ts',
];
/** Beside the sources: what they are built by, and what the workflow bundle takes in. */
const tools = ['package-lock.json', 'scripts/programs/build.ts'];

/** What a folder is built from. */
interface Sources {
  readonly root: string;
  readonly entries: readonly string[];
  readonly tools: readonly string[];
}
const ours: Sources = { root, entries, tools };

/** The built file of a program, e.g. of `worker/main.ts`. */
export const builtProgram = (source: string): string => join(programsFolder, source.replace(/\.ts$/, '.js'));

const filesOf = ({ root, entries }: Sources): string[] => [
  ...new Set(entries.flatMap((entry) => sourcesOf(join(root, entry)))),
];

function hashOf(sources: Sources): string {
  const hash = createHash('sha256');
  const files = [...filesOf(sources), ...sources.tools.map((tool) => join(sources.root, tool))];
  for (const file of files.sort()) hash.update(`${relative(sources.root, file)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

/** Whether the folder holds what these sources are built to, by their content. */
export function isBuilt(folder: string, sources: Sources): boolean {
  const stamp = join(folder, 'built');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOf(sources);
}

/** Every source by itself, with its map beside it; JSON as it is. Throws where one is no TypeScript. */
export async function buildSources(folder: string, sources: Sources): Promise<void> {
  const { transformWithOxc } = await import('vite');
  const built = hashOf(sources);
  for (const file of filesOf(sources)) {
    const target = join(folder, relative(sources.root, file));
    mkdirSync(dirname(target), { recursive: true });
    const text = readFileSync(file, 'utf8');
    if (!file.endsWith('.ts')) {
      writeFileSync(target, text);
      continue;
    }
    const { code, map } = await transformWithOxc(text, file, { target: 'es2023', sourcemap: true });
    const script = target.replace(/\.ts$/, '.js');
    const { mappings, names, sourcesContent } = map as { mappings: string; names: string[]; sourcesContent?: string[] };
    const origin = { version: 3, sources: [pathToFileURL(file).href], names, mappings, sourcesContent };
    writeFileSync(`${script}.map`, JSON.stringify(origin));
    writeFileSync(script, `${code}\n//# sourceMappingURL=${script.slice(dirname(script).length + 1)}.map\n`);
  }
  writeFileSync(join(folder, 'built'), built);
}

/** Builds the programs and the workflow bundle, whole or not at all, also when several do at once. */
export async function buildPrograms(): Promise<void> {
  if (isBuilt(programsFolder, ours)) return;
  const unfinished = `${programsFolder}.${randomUUID()}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    // Whoever runs an image is not who built it.
    chmodSync(await workflowBundle(unfinished), 0o644);
    await buildSources(unfinished, ours);
    rmSync(programsFolder, { recursive: true, force: true });
    renameSync(unfinished, programsFolder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another start was faster: what it built is as good.
    if (!isBuilt(programsFolder, ours)) throw error;
  }
}

/** As `buildPrograms`, in a process of its own where there is something to build: the tools need much memory, and only then. */
export async function ensurePrograms(say: (line: string) => void): Promise<void> {
  if (isBuilt(programsFolder, ours)) return;
  const begun = performance.now();
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const child = spawn(process.execPath, ['--import', tsx, join(root, 'scripts/build-programs.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise((settle, reject) => child.once('error', reject).once('close', settle));
  if (code !== 0) throw new Error(`The programs cannot be built:\n${said}`);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  say(`Chương trình: đã dựng trong ${seconds} giây · programs: built in ${seconds} s`);
}
