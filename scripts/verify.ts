// `npm run verify`: everything that needs no service, two tools at a time. `npm test` runs it first.
import { spawn } from 'node:child_process';

interface Check {
  readonly tool: string;
  readonly args: readonly string[];
  /** The tool's program, where it is not the one of that name in `.bin`. */
  readonly program?: string;
}

/** The native compiler checks types; the one before it stays for the tools that read types through its API. */
const program = 'typescript7/bin/tsc';

const waiting: Check[] = [
  { tool: 'eslint', args: ['--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '.'] },
  { tool: 'vitest', args: ['run', '--project', 'pure', '--project', 'engine'] },
  { tool: 'tsc', program, args: ['--incremental', '--tsBuildInfoFile', 'node_modules/.cache/types'] },
  { tool: 'tsc', program, args: ['-p', 'web', '--incremental', '--tsBuildInfoFile', 'node_modules/.cache/types.web'] },
  { tool: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  { tool: 'knip', args: [] },
];

/** Runs one tool and shows what it printed once it is done, so that two of them don't talk at the same time. */
function run({ tool, args, program = `.bin/${tool}` }: Check): Promise<boolean> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(`node_modules/${program}`, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
    });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${tool} (${seconds} s)`);
      resolve(code === 0);
    });
  });
}

let fine = true;
const line = async () => {
  for (let check = waiting.shift(); check; check = waiting.shift()) fine = (await run(check)) && fine;
};
await Promise.all([line(), line()]);
process.exit(fine ? 0 : 1);
