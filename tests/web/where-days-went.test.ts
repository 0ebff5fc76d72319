import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countDays, countWorkingDays } from '../../domain/time/calendar.js';
import { addDays, dateOf, plainDate } from '../../domain/time/instants.js';
import { calendar } from '../../seeds/calendars.js';
import type { Ledger, RoadmapItem } from '../../web/api/contract.js';
import { blocksOf } from '../../web/case/blocks.js';
import { piecesOf } from '../../web/case/pieces.js';
import { dayNumber, dayOfNumber } from '../../web/parts/days.js';
import { restsOf } from '../../web/parts/ribbon-scale.js';
import { clockExamplesWithMistakes, naiveRead, property } from '../domain/naive-clock.js';

const vn = calendar('vn-state');
const span = (workingDays: number) => ({
  procedure: 'p',
  holder: 'dof',
  class: 'city' as const,
  after: '2026-07-06',
  through: '2026-07-07',
  workingDays,
});

describe('where the days went', () => {
  it('lets blocks touch each other and end at the sum of all spans', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 1 }), (days) => {
        const blocks = blocksOf(days.map(span));
        const sum = days.reduce((all, one) => all + one, 0);
        for (const [index, { before, workingDays }] of blocks.entries())
          expect(before + workingDays).toBe(blocks[index + 1]?.before ?? sum);
      }),
      { seed: 20_261_129 },
    );
  });

  it('shades exactly the dates on which State bodies do not work', () => {
    const [first, last] = [dayNumber('2026-02-01'), dayNumber('2026-04-01')];
    const rests = restsOf(vn, first, last);
    const shaded = rests.reduce((sum, { from, through }) => sum + dayNumber(through) - dayNumber(from) + 1, 0);
    const worked = countWorkingDays(vn, plainDate('2026-01-31'), plainDate('2026-03-31'));
    expect(shaded).toBe(last - first - worked);
  });

  it('gives each date of a bar to one holder, as the ledger does', () => {
    const entries = [
      { type: 'start', at: '2026-07-06T02:00:00.000Z' },
      { type: 'suspend', at: '2026-07-09T02:00:00.000Z' },
      { type: 'resume', at: '2026-07-14T02:00:00.000Z' },
    ] as const;
    const item = {
      procedure: 'p',
      actual: {
        openedAt: '2026-07-01T02:00:00.000Z',
        filedAt: '2026-07-03T02:00:00.000Z',
        closedAt: null,
        clock: { breachedOn: null },
      },
    } as unknown as RoadmapItem;
    const ledger = { procedures: [{ procedure: 'p', attempt: 1, entries }] } as unknown as Ledger;
    const pieces = piecesOf(item, ledger, '2026-07-20');
    expect(pieces.map(({ look, from, through }) => `${look} ${from} ${through}`)).toEqual([
      'investor 2026-07-01 2026-07-03',
      'beside 2026-07-03 2026-07-06',
      'agency 2026-07-07 2026-07-09',
      'investor 2026-07-10 2026-07-14',
      'agency 2026-07-15 2026-07-20',
    ]);
    const withClock = pieces.slice(2);
    for (const [index, { from }] of withClock.entries()) {
      const before = withClock[index - 1];
      if (before) expect(from).toBe(dayOfNumber(dayNumber(before.through) + 1));
    }
  });

  it('draws as the agency’s and as the investor’s as many days as the clock counts, whatever was suspended, lapsed or taken back', () => {
    const types = new Set<string>();
    property(clockExamplesWithMistakes, ({ budget, ledger, asOf }) => {
      const entries = ledger.filter(({ at }) => Date.parse(at) <= Date.parse(asOf));
      const start = entries[0];
      fc.pre(start !== undefined);
      const counted = naiveRead(vn.data, budget, entries, asOf);
      const item = {
        procedure: 'p',
        actual: {
          openedAt: start?.at,
          filedAt: start?.at,
          closedAt: null,
          clock: { breachedOn: counted.breachedOn },
        },
      } as unknown as RoadmapItem;
      const drawn = piecesOf(
        item,
        { procedures: [{ procedure: 'p', attempt: 1, entries }] } as unknown as Ledger,
        dateOf(asOf),
      );
      const days = (...looks: string[]) =>
        drawn
          .filter(({ look }) => looks.includes(look))
          .reduce(
            (sum, { from, through }) =>
              sum + countDays(vn, budget.unit, addDays(plainDate(from), -1), plainDate(through)),
            0,
          );
      expect([days('agency', 'late'), days('investor')]).toEqual([
        counted.consumed + counted.discarded,
        counted.suspendedDays,
      ]);
      for (const { type, ground } of entries) types.add(ground === 'lapsed' ? 'lapsed' : type);
    });
    for (const type of ['lapsed', 'annul-suspension', 'restart', 'stop']) expect(types).toContain(type);
  });
});
