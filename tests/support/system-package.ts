import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withLock } from '../../scripts/platform/locks.js';

const run = promisify(execFile);
const say = (line: string) => process.stderr.write(`${line}\n`);

/** Where a program of the system is; undefined where it is not. */
const pathOf = (program: string): Promise<string | undefined> =>
  run('sh', ['-c', `command -v ${program}`]).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );

/**
 * The first of these programs that the system has, or else has its package manager install: the first of `packages` that it knows. One process at a time,
 * whatever it is they want. Whoever cannot install is told `advice`.
 */
export async function systemProgram(
  programs: readonly string[],
  packages: readonly string[],
  advice: string,
): Promise<string> {
  const find = async (): Promise<string | undefined> => {
    for (const program of programs) {
      const found = await pathOf(program);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return withLock(join(tmpdir(), 'luong-xanh-system-packages.lock'), say, async () => {
    const there = await find();
    if (there !== undefined) return there;
    if (process.getuid?.() !== 0 || (await pathOf('apt-get')) === undefined) throw new Error(advice);
    say(`Installing ${packages[0] ?? ''}`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...args: string[]) => run('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], { env });
    const install = (name: string) => apt('install', '-y', '--no-install-recommends', name);
    // The lists of a fresh machine are empty; those of an old one are good enough more often than not.
    const tries = [
      () => install(packages[0] ?? ''),
      () => apt('update').then(() => install(packages[0] ?? '')),
      ...packages.slice(1).map((name) => () => install(name)),
    ];
    let failed: unknown;
    for (const attempt of tries) {
      try {
        await attempt();
        return (await find()) ?? Promise.reject(new Error(`${programs[0] ?? ''} was installed and is not found`));
      } catch (error) {
        failed = error;
      }
    }
    throw failed;
  });
}
