import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const project = (name: string) => readFileSync(`${root}/seeds/data/projects/${name}.json`, 'utf8');

interface Run {
  code: number | null;
  output: Record<string, unknown>;
  stderr: string;
}

function screenCommand(input: string, ...options: string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/screen.ts', ...options], { cwd: root });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    child.on('error', reject);
    child.stdin.on('error', () => undefined); // it may stop reading what is too long
    child.on('close', (code) => resolve({ code, output: JSON.parse(stdout) as Record<string, unknown>, stderr }));
    child.stdin.end(input);
  });
}

describe('npm run -s screen', () => {
  it('prints one JSON object with the figures of the worked example', async () => {
    const at = '2026-03-02T09:00:00+07:00';
    const [besi, cmc] = await Promise.all([
      screenCommand(project('besi'), '--at', at),
      screenCommand(project('cmc'), '--at', at),
    ]);
    expect(besi).toMatchObject({
      code: 0,
      stderr: '',
      output: {
        lane: 'undecided',
        baselineDays: 13,
        targetDays: 9,
        plannedReduction: 0.3077,
        reductionByLaw: 0,
        recommended: { pathway: 'standard' },
      },
    });
    expect(cmc).toMatchObject({
      code: 0,
      output: {
        lane: 'undecided',
        baselineDays: 39,
        targetDays: 25,
        plannedReduction: 0.359,
        reductionByLaw: 0.0513,
        recommended: { pathway: 'special' },
      },
    });
    const pathways = cmc.output.pathways as {
      id: string;
      criticalPathWorkingDays: number;
      lawful: string;
      endDate: string;
    }[];
    expect(
      pathways.map(({ id, criticalPathWorkingDays, lawful, endDate }) => [
        id,
        criticalPathWorkingDays,
        lawful,
        endDate,
      ]),
    ).toEqual([
      ['standard', 39, 'yes', '2026-04-24'],
      ['special', 37, 'yes', '2026-04-22'],
      ['strategic', 29, 'no', '2026-04-10'],
    ]);
  });

  it('uses the law of the day it is told', async () => {
    const { output } = await screenCommand(project('cmc'), '--at', '2026-06-15T02:00:00Z', '--law-at', '2026-06-15');
    const pathways = output.pathways as { procedures: { procedure: string; version: string }[] }[];
    const versions = pathways.flatMap(({ procedures }) => procedures.map(({ version }) => version));
    expect(versions).toContain('feasibility-appraisal-a@2024-12-30');
    expect(output.lawAt).toBe('2026-06-15');
  });

  it.each([
    ['what is no JSON', '{', [], 'VALIDATION_FAILED'],
    ['nothing', '', [], 'VALIDATION_FAILED'],
    ['a wrong shape', '{"kind":"green-lane"}', [], 'VALIDATION_FAILED'],
    ['an unknown field', project('besi').replace('"kind"', '"colour": 1, "kind"'), [], 'UNKNOWN_FIELD'],
    ['an unknown zone', project('besi').replace('SHTP', 'MARS'), [], 'VALIDATION_FAILED'],
    ['what is too long', ' '.repeat(1_000_001), [], 'PAYLOAD_TOO_LARGE'],
    ['an instant without an offset', project('besi'), ['--at', '2026-03-02T09:00'], 'VALIDATION_FAILED'],
    ['a day that does not exist', project('besi'), ['--law-at', '2026-02-30'], 'VALIDATION_FAILED'],
    ['an unknown option', project('besi'), ['--colour'], 'VALIDATION_FAILED'],
    ['a date outside the calendar', project('besi'), ['--at', '2035-01-01T00:00:00Z'], 'CALENDAR_UNKNOWN'],
    ['a day before any law it knows', project('besi'), ['--law-at', '2020-01-01'], 'DEFINITION_UNKNOWN'],
  ])('refuses %s with one JSON object and exit code 1', async (_what, input, options, error) => {
    const run = await screenCommand(input, ...options);
    expect(run).toMatchObject({ code: 1, output: { error } });
    expect(Object.keys(run.output)).toEqual(['error', 'details']);
  });
});
