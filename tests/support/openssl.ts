import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { systemProgram } from './system-package.js';

const run = promisify(execFile);

/** What openssl says, on both of its outputs; throws where it refuses. */
export async function opensslSays(...args: readonly string[]): Promise<string> {
  const program = await systemProgram(
    ['openssl'],
    ['openssl'],
    'These tests hold time stamps against openssl: install it, then try again',
  );
  const { stdout, stderr } = await run(program, [...args]);
  return stdout + stderr;
}
