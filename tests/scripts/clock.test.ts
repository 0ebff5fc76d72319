import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
const command = ['--import', 'tsx', 'scripts/clock.ts'];
const cases = readFileSync(join(root, 'tests/fixtures/clock-cases.jsonl'), 'utf8').trim().split('\n');
const Case = z.looseObject({ expect: z.looseObject({ id: z.string() }) });

function clock(input: string | Buffer): { lines: string[]; status: number | null; stderr: string } {
  const { stdout, stderr, status } = spawnSync(process.execPath, command, {
    cwd: root,
    input,
    maxBuffer: 100_000_000,
    encoding: 'utf8',
  });
  return { lines: stdout.split('\n').slice(0, -1), status, stderr };
}

const good = {
  id: 'x',
  calendar: 'vn-state',
  budget: { amount: 3, unit: 'working-day' },
  events: [{ type: 'start', at: '2026-06-05T09:00:00+07:00' }],
  asOf: '2026-06-08T09:00:00+07:00',
};
const answer = { state: 'running', consumed: 1, suspendedDays: 0, dueDate: '2026-06-10', breachedOn: null };

describe('npm run -s clock', () => {
  it('agrees with every worked case', () => {
    expect(cases.length).toBe(53);
    const { lines, status, stderr } = clock(`${cases.join('\n')}\n`);
    expect(lines).toEqual(cases.map((line) => JSON.stringify(Case.parse(JSON.parse(line)).expect)));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('answers a bad line with its code, in its place, and goes on', () => {
    const start = good.events[0];
    const late = { type: 'suspend', at: '2026-06-08T08:00:00+07:00' };
    const bad: [unknown, string | null, string][] = [
      ['not json', null, 'VALIDATION_FAILED'],
      ['{"id":"cut","calendar":', null, 'VALIDATION_FAILED'],
      [null, null, 'VALIDATION_FAILED'],
      [[], null, 'VALIDATION_FAILED'],
      [{}, null, 'VALIDATION_FAILED'],
      [{ ...good, id: 7 }, null, 'VALIDATION_FAILED'],
      [{ id: 'only' }, 'only', 'VALIDATION_FAILED'],
      [{ ...good, id: 'a', budget: { amount: -3, unit: 'working-day' } }, 'a', 'VALIDATION_FAILED'],
      [{ ...good, id: 'a0', budget: { amount: 0, unit: 'working-day' } }, 'a0', 'VALIDATION_FAILED'],
      [{ ...good, id: 'b', budget: { amount: 3, unit: 'hour' } }, 'b', 'VALIDATION_FAILED'],
      [{ ...good, id: 'c', asOf: '2026-06-08T09:00:00' }, 'c', 'VALIDATION_FAILED'],
      [{ ...good, id: 'd', asOf: '2026-02-30T09:00:00Z' }, 'd', 'VALIDATION_FAILED'],
      [{ ...good, id: 'e', events: [start, { type: 'extend', at: late.at }] }, 'e', 'VALIDATION_FAILED'],
      [{ ...good, id: 'f', events: [start, { ...late, type: 'pause' }] }, 'f', 'VALIDATION_FAILED'],
      [{ ...good, id: 'g', calendar: 'mars' }, 'g', 'CALENDAR_UNKNOWN'],
      [{ ...good, id: 'h', asOf: '2031-01-01T00:00:00Z' }, 'h', 'CALENDAR_UNKNOWN'],
      [{ ...good, id: 'i', budget: { amount: 1e12, unit: 'calendar-day' } }, 'i', 'CALENDAR_UNKNOWN'],
      [{ ...good, id: 'j', events: [] }, 'j', 'CLOCK_NOT_STARTED'],
      [{ ...good, id: 'k', asOf: '2026-06-05T08:59:59+07:00' }, 'k', 'CLOCK_NOT_STARTED'],
      [{ ...good, id: 'l', events: [late] }, 'l', 'CLOCK_HISTORY_INVALID'],
      [{ ...good, id: 'm', events: [start, start] }, 'm', 'CLOCK_HISTORY_INVALID'],
      [{ ...good, id: 'n', events: [late, start] }, 'n', 'CLOCK_HISTORY_INVALID'],
    ];
    const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
    const { lines, status } = clock(`${bad.map(([value]) => text(value)).join('\n')}\n${JSON.stringify(good)}\n`);
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      ...bad.map(([, id, error]) => ({ id, error })),
      { id: 'x', ...answer },
    ]);
    expect(status).toBe(0);
  });

  it('reads CRLF, empty lines, a byte order mark, a line separator inside a string and a last line without its end', () => {
    const odd = { ...good, id: 'a\u2028b' };
    const input = `\uFEFF${JSON.stringify(good)}\r\n\r\n   \n${JSON.stringify(odd)}\n${JSON.stringify({ ...good, id: 'z' })}`;
    const ids = clock(input).lines.map((line) => z.looseObject({ id: z.string() }).parse(JSON.parse(line)).id);
    expect(ids).toEqual(['x', 'a\u2028b', 'z']);
    expect(clock('').lines).toEqual([]);
  });

  it('keeps the order over many lines, and characters that fall between two chunks', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => ({ ...good, id: `hồ sơ ${i}` }));
    const { lines } = clock(many.map((one) => JSON.stringify(one)).join('\n'));
    expect(lines).toEqual(many.map(({ id }) => JSON.stringify({ id, ...answer })));
  });

  it('ends quietly when the reader has seen enough', async () => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.on('error', () => undefined); // the other end is gone: that is what we provoke
    let complaint = '';
    child.stderr.on('data', (chunk) => (complaint += String(chunk)));
    child.stdout.once('data', () => child.stdout.destroy());
    child.stdin.end(`${JSON.stringify(good)}\n`.repeat(50_000));
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect({ status, complaint }).toEqual({ status: 0, complaint: '' });
  });
});
