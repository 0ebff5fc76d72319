import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What one of our commands printed, and how it ended. */
export interface Commanded {
  readonly code: number | null;
  readonly said: string;
}

/** Runs one of our commands as an operator would. */
export const runCommand = (file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Commanded> =>
  run(process.execPath, ['--import', 'tsx', join(root, file), ...args], env);

/** The same without any network, where this machine can take it away from a process; undefined where it cannot. */
export async function runOffline(file: string, args: readonly string[]): Promise<Commanded | undefined> {
  const apart = ['--user', '--map-root-user', '--net'];
  if ((await run('unshare', [...apart, 'true'], {})).code !== 0) return undefined;
  return run('unshare', [...apart, process.execPath, '--import', 'tsx', join(root, file), ...args], {});
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Commanded> {
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, said: error.message }));
    child.once('close', (code) => resolve({ code, said }));
  });
}
