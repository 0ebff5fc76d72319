// Lines per second of `npm run -s clock` after start-up, on one core. Usage: node --import tsx bench/clock.ts [repetitions]
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const cases = readFileSync(join(root, 'tests/fixtures/clock-cases.jsonl'), 'utf8');
const repetitions = Number(process.argv[2] ?? 2_000);
const lines = cases.trim().split('\n').length;

function seconds(input: string): number {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/clock.ts'], {
    cwd: root,
    input,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`clock ended with ${status}`);
  return (performance.now() - started) / 1000;
}

const startUp = seconds(cases);
const all = seconds(cases.repeat(repetitions + 1));
const rate = Math.round((lines * repetitions) / (all - startUp));
console.log(`start-up ${startUp.toFixed(2)} s, ${rate} lines/s (budget 10000)`);
