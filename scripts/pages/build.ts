import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { randomUUID } from 'node:crypto';

const root = resolve(import.meta.dirname, '../..');
/** Where the pages are built to, and where the API looks for them. */
export const pagesFolder = join(root, 'dist/web');
const stamp = join(pagesFolder, 'built');
const sources = [
  'web',
  'domain',
  'scripts/verify-proof.ts',
  'scripts/verifier-given.ts',
  'ops/ed25519.ts',
  'package-lock.json',
];

/** The latest change under a path, in milliseconds. */
function newestIn(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}

/** Whether the built pages are there and no older than what they are made of. */
export const arePagesCurrent = (): boolean =>
  existsSync(stamp) && statSync(stamp).mtimeMs >= Math.max(...sources.map((one) => newestIn(join(root, one))));

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

/** Builds the pages where they are missing or older than their sources; whole or not at all, also when several do at once. */
export async function ensurePages(say: (line: string) => void): Promise<void> {
  if (arePagesCurrent()) return;
  const begun = performance.now();
  const unfinished = `${pagesFolder}.${randomUUID()}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    await Promise.all([
      vite('--outDir', join(unfinished, 'client')),
      vite('--outDir', join(unfinished, 'server'), '--ssr'),
    ]);
    writeFileSync(join(unfinished, 'built'), '');
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
