import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { sourcesOf } from '../ops/source-files.js';

const root = resolve(import.meta.dirname, '..');
const workflowsPath = join(root, 'workflows', 'index.ts');
const isBundle = (name: string): boolean => /^workflows-[0-9a-f]+\.js$/.test(name);

/**
 * The workflow bundle, built once per state of the sources (2-3 s) and kept in `folder`; beside built programs it lies already. Resolves to the path of the file.
 */
export async function workflowBundle(folder: string): Promise<string> {
  const beside = import.meta.url.endsWith('.js') ? readdirSync(root).find(isBundle) : undefined;
  if (beside !== undefined) return join(root, beside);
  const name = `workflows-${sourceHash()}.js`;
  const file = join(folder, name);
  if (existsSync(file)) return file;
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const partial = `${file}.${process.pid}`;
  try {
    writeFileSync(partial, code, { mode: 0o600 });
    renameSync(partial, file);
  } finally {
    rmSync(partial, { force: true });
  }
  for (const other of readdirSync(folder)) {
    if (isBundle(other) && other !== name) rmSync(join(folder, other), { force: true });
  }
  return file;
}

/** Over the SDK's version and everything that goes into the bundle, wherever it lies. */
function sourceHash(): string {
  const { version } = createRequire(import.meta.url)('@temporalio/workflow/package.json') as { version: string };
  const hash = createHash('sha256').update(version);
  for (const file of sourcesOf(workflowsPath)) hash.update(`${relative(root, file)}\0`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}
