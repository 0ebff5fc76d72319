import { describe, expect, it } from 'vitest';
import { BadArguments, pauseBefore, rehearsalPlan, rehearsalTimes } from '../../scripts/demo/rehearsal-plan.js';
import { startScript } from '../support/child.js';

const begins = '2026-07-06T02:00:00.000Z';

describe('npm run rehearsal', () => {
  it('lets a quarter of a year pass in two minutes, unless it is told otherwise', () => {
    expect(rehearsalPlan([])).toEqual({ months: 3, minutes: 2, filings: 3 });
    const told = rehearsalPlan(['--months', '1', '--minutes=0.5', '--filings', '0']);
    expect(told).toEqual({ months: 1, minutes: 0.5, filings: 0 });
  });

  it.each([
    [['--months', '0']],
    [['--months', '1.5']],
    [['--months', '13']],
    [['--minutes', '-1']],
    [['--minutes', 'NaN']],
    [['--minutes', '']],
    [['--filings', '2e9']],
    [['--weeks', '3']],
    [['3']],
  ])('refuses %j', (args) => {
    expect(() => rehearsalPlan(args)).toThrow(BadArguments);
  });

  it('says in one line what it does not understand, and starts nothing', async () => {
    const script = startScript('scripts/rehearsal.ts', ['--months', 'many']);
    expect(await script.exited).toBe(2);
    expect(script.output()).toBe(
      '--months many: 1..12\nnpm run rehearsal -- [--months 1..12] [--minutes 0..240] [--filings 0..12]\n',
    );
  });

  it('files the projects evenly, the first time at once', () => {
    const { end, filings } = rehearsalTimes({ months: 3, minutes: 2, filings: 3 }, begins);
    expect(end).toBe('2026-10-05T17:00:00.000Z');
    expect(filings[0]).toBe(begins);
    const gaps = [...filings, end].map(Date.parse).map((time, i, all) => time - (all[i - 1] ?? 0));
    expect(gaps[1]).toBe(gaps[2]);
    expect(gaps[2]).toBe(gaps[3]);
  });

  it('waits for real time where it is ahead, and never where it is behind', () => {
    const plan = { months: 3, minutes: 2, filings: 0 };
    const half = '2026-08-05T02:00:00.000Z';
    const end = '2026-09-04T02:00:00.000Z';
    expect(pauseBefore(plan, begins, end, half, 10_000)).toBe(50_000);
    expect(pauseBefore(plan, begins, end, half, 70_000)).toBe(0);
    expect(pauseBefore({ ...plan, minutes: 0 }, begins, end, half, 0)).toBe(0);
  });
});
