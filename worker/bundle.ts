import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const root = resolve(import.meta.dirname, '..');
const workflowsPath = join(root, 'workflows', 'index.ts');

/**
 * The workflow bundle, built once per state of the sources (2-3 s) and kept in `folder`. Resolves to the path of the file.
 */
export async function workflowBundle(folder: string): Promise<string> {
  const name = `workflows-${sourceHash()}.js`;
  const file = join(folder, name);
  if (existsSync(file)) return file;
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, code, { mode: 0o600 });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  for (const other of readdirSync(folder)) {
    if (/^workflows-[0-9a-f]+\.js$/.test(other) && other !== name) rmSync(join(folder, other), { force: true });
  }
  return file;
}

/** Everything a workflow can reach: its own sources, the domain, and the SDK. */
function sourceHash(): string {
  const hash = createHash('sha256');
  const { version } = createRequire(import.meta.url)('@temporalio/workflow/package.json') as { version: string };
  hash.update(version);
  for (const folder of ['domain', 'workflows']) {
    const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    for (const file of files.sort()) hash.update(`${folder}/${file}\0`).update(readFileSync(join(root, folder, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
