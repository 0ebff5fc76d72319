import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { sourcesOf } from '../../ops/source-files.js';

const root = resolve(import.meta.dirname, '../..');
/** Where the pages are built to, and where the API looks for them. */
export const pagesFolder = join(root, 'dist/web');
const stamp = join(pagesFolder, 'built');
/** What is built from whole, styles and words among it; the program that is given away, and this one, with what they import. */
const folders = ['web', 'domain'];
const programs = ['scripts/verify-proof.ts', 'scripts/pages/build.ts'];

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Every file that a build reads, sorted; absolute paths. */
export const pageSources = (): string[] =>
  [
    ...new Set([
      ...folders.flatMap((folder) => filesIn(join(root, folder))),
      ...programs.flatMap((program) => sourcesOf(join(root, program))),
      join(root, 'package-lock.json'),
    ]),
  ].sort();

function sourceHash(): string {
  const hash = createHash('sha256');
  for (const file of pageSources()) hash.update(`${relative(root, file)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

/** Whether the built pages are there and made of these very sources, by their content. */
export const arePagesCurrent = (): boolean => existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash();

/** One build, in a process of its own: Vite changes the environment it runs in. Tests see what is served, not React's development build. */
async function vite(...args: readonly string[]): Promise<void> {
  const program = [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--config', join(root, 'web/vite.config.ts')];
  const child = spawn(process.execPath, [...program, ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`The pages cannot be built:\n${said}`);
}

/** Builds the pages where they are missing or made of other sources; whole or not at all, also when several do at once. */
export async function ensurePages(say: (line: string) => void): Promise<void> {
  if (arePagesCurrent()) return;
  const begun = performance.now();
  // What is changed while it is built makes it stale.
  const made = sourceHash();
  const unfinished = `${pagesFolder}.${randomUUID()}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    await Promise.all([
      vite('--outDir', join(unfinished, 'client')),
      vite('--outDir', join(unfinished, 'server'), '--ssr'),
    ]);
    writeFileSync(join(unfinished, 'built'), made);
    rmSync(pagesFolder, { recursive: true, force: true });
    renameSync(unfinished, pagesFolder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another start was faster: its pages are as good.
    if (!arePagesCurrent()) throw error;
  }
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  say(`Trang web: đã dựng trong ${seconds} giây · pages: built in ${seconds} s`);
}
