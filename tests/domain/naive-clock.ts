// The clock a second time, as a clerk would keep it on paper: day by day, with its own calendar arithmetic. Only for comparing.
import fc from 'fast-check';
import { type CalendarData } from '../../domain/time/calendar.js';
import { type Budget, type ClockEntry } from '../../domain/time/clock.js';

const dayMs = 86_400_000;
export const civil = (at: string): string => new Date(Date.parse(at) + 7 * 3_600_000).toISOString().slice(0, 10);
export const next = (date: string): string => new Date(Date.parse(date) + dayMs).toISOString().slice(0, 10);

export function worked(data: CalendarData, date: string): boolean {
  const weekday = new Date(date).getUTCDay();
  if (weekday === 0 || weekday === 6) return data.makeUpDays.some((day) => day.date === date);
  return !data.daysOff.some((day) => day.date === date);
}

export interface NaiveReading {
  state: string;
  consumed: number;
  discarded: number;
  suspendedDays: number;
  dueDate: string | null;
  breachedOn: string | null;
}

/** What was taken back never was. */
function withoutMistakes(ledger: readonly ClockEntry[]): ClockEntry[] {
  const kept: ClockEntry[] = [];
  for (const entry of ledger) {
    if (!entry.type.startsWith('annul-')) kept.push(entry);
    else
      kept.splice(
        kept.map(({ type }) => type).lastIndexOf(entry.type === 'annul-suspension' ? 'suspend' : 'extend'),
        1,
      );
  }
  return kept;
}

/** Walks from the start to `asOf`. `extendedAfterBreach` tells what the product refuses. */
export function naiveRead(
  data: CalendarData,
  budget: Budget,
  ledger: readonly ClockEntry[],
  asOf: string,
): NaiveReading & { extendedAfterBreach: boolean } {
  const counts = (date: string) => budget.unit === 'calendar-day' || worked(data, date);
  const events = withoutMistakes(ledger.filter((entry) => Date.parse(entry.at) <= Date.parse(asOf)))
    // Time that lapsed was over with the day before.
    .map((entry) =>
      entry.ground === 'lapsed' ? { ...entry, at: new Date(Date.parse(entry.at) - 1).toISOString() } : entry,
    );
  let amount = budget.amount;
  let state = 'none';
  let consumed = 0;
  let discarded = 0;
  let suspendedDays = 0;
  let breach: { dueDate: string; breachedOn: string } | null = null;
  let extendedAfterBreach = false;
  let standing: string | null = null;
  // Dates of the present stretch with what was consumed at their end; the first is the day of the start or resumption.
  let stretch: [string, number][] = [];

  const due = (): string => {
    let found = stretch.find(([, used]) => used >= amount)?.[0];
    for (let date = stretch.at(-1)?.[0] ?? '', used = consumed; found === undefined;) {
      date = next(date);
      if (counts(date)) used++;
      if (used >= amount) found = date;
    }
    while (!worked(data, found)) found = next(found);
    return found;
  };

  for (let date = civil(events[0]?.at ?? asOf); date <= civil(asOf); date = next(date)) {
    if (state === 'running') {
      const dueDate = due();
      if (counts(date)) consumed++;
      stretch.push([date, consumed]);
      if (breach === null && date > dueDate) breach = { dueDate, breachedOn: date };
    }
    if (state === 'suspended' && counts(date)) suspendedDays++;
    for (const entry of events.filter(({ at }) => civil(at) === date)) {
      if (entry.type === 'start' || entry.type === 'resume' || entry.type === 'restart') {
        if (entry.type === 'restart' && breach === null) [discarded, consumed] = [discarded + consumed, 0];
        state = 'running';
        stretch = [[date, consumed]];
      } else if (entry.type === 'suspend') {
        state = 'suspended';
      } else if (entry.type === 'redate') {
        // Another calendar: what was counted stays counted.
      } else if (entry.type === 'extend') {
        extendedAfterBreach ||= breach !== null;
        amount += entry.days ?? 0;
      } else {
        standing = state === 'running' ? due() : null;
        state = 'stopped';
      }
    }
  }
  const dueDate = breach?.dueDate ?? (state === 'running' ? due() : standing);
  const breachedOn = breach?.breachedOn ?? null;
  return { state, consumed, discarded, suspendedDays, dueDate, breachedOn, extendedAfterBreach };
}

const minutes = fc.oneof(fc.constantFrom(0, 1, 450, 1020, 1439), fc.nat(1439));
const steps = fc.record({
  days: fc.oneof(fc.constantFrom(0, 0, 1, 2, 3), fc.nat(20)),
  minute: minutes,
  pick: fc.nat(12),
  extension: fc.integer({ min: 1, max: 12 }),
});
const startDates = fc.oneof(
  fc.constantFrom('2026-02-07', '2026-02-13', '2025-04-24', '2024-08-29', '2026-08-20', '2025-01-23', '2026-01-08'),
  fc.nat(1100).map((n) => new Date(Date.UTC(2023, 0, 5) + n * dayMs).toISOString().slice(0, 10)),
);

export interface ClockExample {
  budget: Budget;
  ledger: ClockEntry[];
  asOf: string;
}

/** Random possible histories: full of holidays, midnights, same-day hand-overs, last days and time that lapsed. Seldom an extension after a breach. */
export const clockExamples: fc.Arbitrary<ClockExample> = histories({ mistakes: false });

/** The same, with suspensions and extensions that are taken back. */
export const clockExamplesWithMistakes: fc.Arbitrary<ClockExample> = histories({ mistakes: true });

function histories({ mistakes }: { mistakes: boolean }): fc.Arbitrary<ClockExample> {
  return fc
    .record({
      budget: fc.record({
        amount: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 40 })),
        unit: fc.constantFrom('working-day' as const, 'calendar-day' as const),
      }),
      date: startDates,
      minute: minutes,
      steps: fc.array(steps, { maxLength: 9 }),
      last: steps,
    })
    .map(({ budget, date, minute, steps, last }) => {
      let at = Date.parse(`${date}T00:00:00+07:00`) + minute * 60_000;
      const move = (step: { days: number; minute: number }) => {
        const midnight = Date.parse(`${civil(new Date(at).toISOString())}T00:00:00+07:00`);
        at = Math.max(at, midnight + step.days * dayMs + step.minute * 60_000);
        return new Date(at).toISOString();
      };
      const ledger: ClockEntry[] = [{ type: 'start', at: new Date(at).toISOString() }];
      let state = 'running';
      let extensions = 0;
      for (const step of steps) {
        if (state === 'stopped') break;
        const lapses = state === 'suspended' && step.pick === 10;
        // Time that was given is over when a date begins, later than the one on which it was given.
        const when = move(lapses ? { days: Math.max(1, step.days), minute: 0 } : step);
        if (lapses) {
          ledger.push({ type: 'resume', at: when, ground: 'lapsed' });
          state = 'running';
        } else if (mistakes && state === 'suspended' && step.pick === 11) {
          ledger.push({ type: 'annul-suspension', at: when });
          state = 'running';
        } else if (mistakes && extensions > 0 && step.pick === 12) {
          ledger.push({ type: 'annul-extension', at: when });
          extensions -= 1;
        } else if (step.pick === 0) {
          ledger.push({ type: 'stop', at: when });
          state = 'stopped';
        } else if (step.pick <= 2) {
          ledger.push({ type: 'extend', at: when, days: step.extension });
          extensions += 1;
        } else if (step.pick === 3) ledger.push({ type: 'redate', at: when });
        else {
          const back = step.pick === 4 ? 'restart' : 'resume';
          ledger.push({ type: state === 'running' ? 'suspend' : back, at: when });
          state = state === 'running' ? 'suspended' : 'running';
        }
      }
      return { budget, ledger, asOf: move(last) };
    });
}

/** Fixed, or `FC_SEED` and `FC_RUNS`; the seed is printed, so that a failure can be had again. */
const seed = Number(process.env['FC_SEED'] ?? 20_261_122);
const numRuns = Number(process.env['FC_RUNS'] ?? 500);

/** Checks a property with the seed of this run. */
export function property<Ts extends [unknown, ...unknown[]]>(...args: Parameters<typeof fc.property<Ts>>): void {
  console.log(`fast-check seed ${seed}`);
  fc.assert(fc.property<Ts>(...args), { seed, numRuns });
}
