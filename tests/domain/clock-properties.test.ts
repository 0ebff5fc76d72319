import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCalendar, countDays, nextWorkingDay, onOrNextWorkingDay } from '../../domain/time/calendar.js';
import { breachInstant, readClock, viewLedger, type ClockEntry } from '../../domain/time/clock.js';
import { Refusal } from '../../domain/errors.js';
import { addDays, dateOf, laterOf, startOf } from '../../domain/time/instants.js';
import { calendar } from '../../seeds/calendars.js';
import { clockExamples, clockExamplesWithMistakes, naiveRead, property, type ClockExample } from './naive-clock.js';

const vn = calendar('vn-state');
const read = ({ budget, ledger, asOf }: ClockExample) => readClock(vn, budget, ledger, asOf);
const lawful = clockExamples.filter(
  ({ budget, ledger }) => !naiveRead(vn.data, budget, ledger, ledger.at(-1)?.at ?? '').extendedAfterBreach,
);

describe('the clock over random histories', () => {
  it('agrees with a walk day by day, at every moment of the history', () => {
    property(clockExamplesWithMistakes, fc.nat(60), ({ budget, ledger, asOf }, days) => {
      for (const at of [...ledger.map((entry) => entry.at), asOf, startOf(addDays(dateOf(asOf), days + 1))]) {
        const { extendedAfterBreach, ...naive } = naiveRead(vn.data, budget, ledger, at);
        if (extendedAfterBreach) {
          expect(() => readClock(vn, budget, ledger, at)).toThrow('CLOCK_HISTORY_INVALID');
        } else {
          expect(readClock(vn, budget, ledger, at)).toMatchObject(naive);
        }
      }
    });
  });

  it('gives every counted date to exactly one holder: counted = consumed + suspended + discarded', () => {
    property(lawful, (example) => {
      const { ledger, asOf, budget } = example;
      const last = ledger.at(-1);
      const end = last?.type === 'stop' ? last.at : asOf;
      const { consumed, discarded, suspendedDays } = read(example);
      const start = dateOf(ledger[0]?.at ?? '');
      expect(consumed + suspendedDays + discarded).toBe(countDays(vn, budget.unit, start, dateOf(end)));
    });
  });

  it('never moves the due date earlier by a suspension, and shows the date of the return while suspended', () => {
    property(lawful, fc.nat(30), ({ budget, ledger, asOf }, days) => {
      const before = readClock(vn, budget, ledger, asOf);
      fc.pre(before.state === 'running' && before.dueDate !== null);
      const back = startOf(addDays(dateOf(asOf), days + 1));
      const suspended: ClockEntry[] = [...ledger, { type: 'suspend', at: asOf }];
      const after = readClock(vn, budget, [...suspended, { type: 'resume', at: back }], back);
      expect(after.dueDate !== null && before.dueDate !== null && after.dueDate >= before.dueDate).toBe(true);
      expect(readClock(vn, budget, suspended, back).dueIfReturned).toBe(after.dueDate);
    });
  });

  it('never forgets a breach, whatever comes later', () => {
    property(lawful, ({ budget, ledger, asOf }) => {
      let seen: { dueDate: string | null; breachedOn: string } | undefined;
      for (const at of [...ledger.map((entry) => entry.at), asOf]) {
        const { breachedOn, dueDate } = readClock(vn, budget, ledger, at);
        if (seen) expect({ dueDate, breachedOn }).toEqual(seen);
        else if (breachedOn !== null) seen = { dueDate, breachedOn };
      }
    });
  });

  it('never consumes less at a later moment', () => {
    property(lawful, fc.nat(40), (example, days) => {
      const now = read(example);
      const later = readClock(vn, example.budget, example.ledger, startOf(addDays(dateOf(example.asOf), days + 1)));
      expect(later.consumed).toBeGreaterThanOrEqual(now.consumed);
      expect(later.suspendedDays).toBeGreaterThanOrEqual(now.suspendedDays);
    });
  });

  it('extends by exactly the days granted', () => {
    property(lawful, fc.integer({ min: 1, max: 30 }), ({ budget, ledger, asOf }, days) => {
      const before = readClock(vn, budget, ledger, asOf);
      fc.pre(before.state !== 'stopped' && before.breachedOn === null);
      const after = readClock(vn, budget, [...ledger, { type: 'extend', at: asOf, days }], asOf);
      expect(after.budget.amount).toBe(before.budget.amount + days);
      expect(after.remaining).toBe(before.remaining + days);
      expect(after.consumed).toBe(before.consumed);
      if (before.dueDate === null || after.dueDate === null || before.remaining < 1) return;
      if (budget.unit === 'working-day') expect(countDays(vn, 'working-day', before.dueDate, after.dueDate)).toBe(days);
      else {
        const usedUp = addDays(dateOf(asOf), before.remaining + days);
        expect(after.dueDate).toBe(onOrNextWorkingDay(vn, usedUp));
      }
    });
  });

  it('reads a suspension that was taken back as if it had never been, and an extension likewise', () => {
    property(lawful, fc.nat(20), fc.integer({ min: 1, max: 30 }), ({ budget, ledger, asOf }, ahead, days) => {
      const before = readClock(vn, budget, ledger, asOf);
      fc.pre(before.state === 'running');
      const later = startOf(addDays(dateOf(asOf), ahead + 1));
      const expected = readClock(vn, budget, ledger, later);
      const asked: ClockEntry[] = [...ledger, { type: 'suspend', at: asOf }];
      expect(readClock(vn, budget, [...asked, { type: 'annul-suspension', at: later }], later)).toEqual(expected);
      // While it stood, it stood.
      expect(readClock(vn, budget, [...asked, { type: 'annul-suspension', at: later }], asOf).state).toBe('suspended');
      fc.pre(before.breachedOn === null);
      const granted: ClockEntry[] = [...ledger, { type: 'extend', at: asOf, days }];
      expect(readClock(vn, budget, [...granted, { type: 'annul-extension', at: later }], later)).toEqual(expected);
    });
  });

  it('takes back only what stands', () => {
    property(lawful, ({ budget, ledger, asOf }) => {
      const state = readClock(vn, budget, ledger, asOf).state;
      const extended = ledger.some(({ type }) => type === 'extend');
      fc.pre(!extended || state !== 'suspended');
      const takeBack = (type: ClockEntry['type']) => () => readClock(vn, budget, [...ledger, { type, at: asOf }], asOf);
      if (state === 'suspended') expect(takeBack('annul-suspension')).not.toThrow();
      else expect(takeBack('annul-suspension')).toThrow(Refusal);
      if (!extended || state === 'stopped') expect(takeBack('annul-extension')).toThrow(Refusal);
    });
  });

  it('is breached at the instant it announces and not a millisecond before', () => {
    property(lawful, ({ budget, ledger }) => {
      const at = breachInstant(vn, budget, ledger);
      const last = ledger.at(-1)?.at ?? '';
      if (at === null) {
        const later = readClock(vn, budget, ledger, startOf(addDays(dateOf(last), 60)));
        expect([later.breachedOn, later.state === 'running']).toEqual([null, false]);
        return;
      }
      expect(readClock(vn, budget, ledger, laterOf(at, last)).breachedOn).toBe(dateOf(at));
      const justBefore = new Date(Date.parse(at) - 1).toISOString();
      expect(readClock(vn, budget, ledger, justBefore).breachedOn).toBeNull();
    });
  });

  it('gains and loses no day by the hour of an act: asked or answered in the evening is asked or answered that day', () => {
    // All in the first instants of their dates, all in the last ones: in their order.
    const moved = (ledger: readonly ClockEntry[], hour: 'first' | 'last'): ClockEntry[] =>
      ledger.map((entry, i) => {
        const date = dateOf(entry.at);
        const midnight = Date.parse(startOf(hour === 'first' ? date : addDays(date, 1)));
        const by = hour === 'first' ? i : i - ledger.length;
        return { ...entry, at: new Date(midnight + by).toISOString() };
      });
    const plain = lawful.filter(({ ledger }) => ledger.every(({ ground }) => ground !== 'lapsed'));
    property(plain, fc.nat(30), ({ budget, ledger, asOf }, days) => {
      const later = startOf(addDays(dateOf(asOf), days + 1));
      const reading = readClock(vn, budget, ledger, later);
      for (const hour of ['first', 'last'] as const)
        expect(readClock(vn, budget, moved(ledger, hour), later)).toEqual(reading);
    });
  });

  it('reads any history as a view with a smaller budget, though the extension came after the breach of the view', () => {
    property(clockExamples, ({ budget, ledger, asOf }) => {
      const reading = readClock(vn, budget, viewLedger(vn, budget, ledger), asOf);
      const granted = ledger.filter((entry) => entry.type === 'extend').length;
      const kept = viewLedger(vn, budget, ledger).filter((entry) => entry.type === 'extend').length;
      if (kept < granted) expect(() => readClock(vn, budget, ledger, ledger.at(-1)?.at ?? '')).toThrow(Refusal);
      else expect(reading).toEqual(readClock(vn, budget, ledger, asOf));
    });
  });

  it('keeps what was consumed when a new calendar takes a later date off, or the budget becomes another', () => {
    property(lawful, fc.nat(10), fc.integer({ min: 1, max: 60 }), ({ budget, ledger, asOf }, ahead, amount) => {
      const now = readClock(vn, budget, ledger, asOf);
      const date = nextWorkingDay(vn, addDays(dateOf(asOf), ahead));
      const dayOff = {
        date,
        name: { vi: 'Nghỉ', en: 'Off' },
        source: 'announced while the clock runs',
        verified: false,
      };
      const makeUpDays = vn.data.makeUpDays.filter((day) => day.date !== date);
      const daysOff = makeUpDays.length < vn.data.makeUpDays.length ? vn.data.daysOff : [...vn.data.daysOff, dayOff];
      const newer = compileCalendar({ ...vn.data, version: 2, daysOff, makeUpDays });
      const dated = readClock(newer, budget, ledger, asOf);
      expect([dated.consumed, dated.discarded, dated.suspendedDays, dated.breachedOn]).toEqual([
        now.consumed,
        now.discarded,
        now.suspendedDays,
        now.breachedOn,
      ]);
      expect((dated.dueDate ?? '') >= (now.dueDate ?? '')).toBe(true);
      const other = { amount, unit: budget.unit };
      const view = readClock(vn, other, viewLedger(vn, other, ledger), asOf);
      expect(view.suspendedDays).toBe(now.suspendedDays);
      expect(view.consumed + view.discarded).toBe(now.consumed + now.discarded);
      if (!ledger.some((entry) => entry.type === 'restart')) expect(view.consumed).toBe(now.consumed);
    });
  });
});
