import { countWorkingDays, lastCovered, type Calendar } from '../time/calendar.js';
import { effectiveEntries, walkLedger, type ClockEntry } from '../time/clock.js';
import { addDays, laterOf, type Instant, type PlainDate } from '../time/instants.js';
import type { CaseState } from '../case/state.js';
import type { ProcedureState } from '../case/procedure/state.js';

/**
 * What a date of a procedure weighs in working days: one where it is a working date. A term in calendar days has another number of working days wherever it
 * lies in the calendar; so that its place neither saves nor costs anything, each date that its agency uses of it weighs the share that it has of the working days
 * by law, as frozen in the plan, and what rolls to the next working day weighs nothing. After a breach dates weigh what they are. An extension adds nothing to
 * a term here.
 */
export function weightsOf(
  state: CaseState,
  calendar: Calendar,
  procedure: string,
  asOf: Instant,
): (day: PlainDate) => number {
  const plain = (day: PlainDate): number => (day > calendar.to ? 0 : countWorkingDays(calendar, addDays(day, -1), day));
  const item = state.plan.find((one) => one.procedure === procedure);
  const { starts, ends } = item?.statutory ?? {};
  const attempts = Object.values(state.procedures).filter((one) => one.procedure === procedure);
  const inDates = attempts.filter(({ budget, ledger }) => budget.unit === 'calendar-day' && ledger.length > 0);
  if (!starts || !ends || inDates.length === 0) return plain;
  // Frozen at filing: a calendar that is published later moves no figure.
  const lawDays =
    item?.statutoryDays ?? countWorkingDays(calendar, lastCovered(calendar, starts), lastCovered(calendar, ends));
  const weights = new Map(inDates.flatMap((attempt) => usedDates(attempt, calendar, lawDays, asOf)));
  return (day) => weights.get(day) ?? plain(day);
}

function usedDates(
  { budget, ledger }: ProcedureState,
  calendar: Calendar,
  lawDays: number,
  asOf: Instant,
): [PlainDate, number][] {
  const entries: ClockEntry[] = effectiveEntries(ledger).filter(({ type }) => type !== 'extend');
  const last = entries.at(-1);
  if (last && last.type !== 'stop') entries.push({ type: 'stop', at: laterOf(asOf, last.at) });
  const { spans, breach } = walkLedger(calendar, budget, entries);
  const used: [PlainDate, number][] = [];
  for (const { holder, after, through, consumedBefore } of spans) {
    if (holder !== 'agency' || through === null) continue;
    let n = consumedBefore;
    for (let day = addDays(after, 1); day <= through; day = addDays(day, 1)) {
      n += 1;
      if (breach && day >= breach.breachedOn) break;
      used.push([day, n <= budget.amount ? lawDays / budget.amount : 0]);
    }
  }
  return used;
}
