// `npm run verify`: everything that needs no service, in under a minute. `npm test` runs it first.
import { spawnSync } from 'node:child_process';

const steps: [string, string[]][] = [
  ['prettier', ['--check', '--log-level', 'warn', '.']],
  ['eslint', ['--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '.']],
  ['tsc', ['--incremental', '--tsBuildInfoFile', 'node_modules/.cache/tsbuildinfo']],
  ['knip', []],
  ['vitest', ['run', '--project', 'pure']],
];
for (const [tool, args] of steps) {
  const started = Date.now();
  const { status } = spawnSync(`node_modules/.bin/${tool}`, args, { stdio: 'inherit' });
  console.error(`${status === 0 ? 'ok  ' : 'FAIL'} ${tool} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (status !== 0) process.exit(1);
}
