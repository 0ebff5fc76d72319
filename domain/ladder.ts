import { findDay, officeOpening, type Calendar } from './calendar.js';
import { walkLedger, type Budget, type ClockEntry, type HeldSpan } from './clock.js';
import { addDays, laterOf, millisecondsOf, startOf, type Instant, type PlainDate } from './time.js';

/** Who a rung tells: whoever holds the file, the head of their agency, the agency that leads the procedure, the City's leadership. */
export const recipients = ['holder', 'head', 'lead-agency', 'city-leadership'] as const;
export type Recipient = (typeof recipients)[number];

/**
 * One rung: a share of the budget used (`share`, percent), or working days before or after the due date, or the
 * breach itself.
 */
export type Rung = { readonly tells?: readonly Recipient[] } & (
  | { readonly code: string; readonly kind: 'share'; readonly share: number }
  | { readonly code: string; readonly kind: 'before-due' | 'after-due'; readonly workingDays: number }
  | { readonly code: string; readonly kind: 'missed' }
);

/** When a rung fires. `dueDate` is part of its identity: null for a share (once per clock), else once per due date. */
export interface RungInstant {
  rung: string;
  at: Instant;
  dueDate: PlainDate | null;
}

/** The ladder of a procedure that names none of its own (design 3.2): the apology is drafted by `day-before`. */
export const defaultLadder: readonly Rung[] = [
  { code: 'half', kind: 'share', share: 50 },
  { code: 'eighty', kind: 'share', share: 80 },
  { code: 'day-before', kind: 'before-due', workingDays: 1 },
  { code: 'missed', kind: 'missed' },
  { code: 'one-day-after', kind: 'after-due', workingDays: 1 },
  { code: 'three-days-after', kind: 'after-due', workingDays: 3 },
  { code: 'five-days-after', kind: 'after-due', workingDays: 5 },
];

/**
 * The first date at whose beginning the clock has consumed `days`; undefined when the ledger as it stands never gets
 * there.
 */
function findDateConsumed(
  calendar: Calendar,
  unit: Budget['unit'],
  spans: readonly HeldSpan[],
  days: number,
): PlainDate | undefined {
  for (const span of spans) {
    if (span.holder === 'investor') continue;
    const date = findDay(calendar, unit, span.after, days - span.consumedBefore);
    if (date !== undefined && (span.through === null || date <= span.through)) return date;
  }
  return undefined;
}

/** The first moment at or after `at` at which the agency holds the file; undefined when that never comes. */
function findHeldSince(spans: readonly HeldSpan[], at: Instant): Instant | undefined {
  const span = spans.find(
    ({ holder, to }) => holder === 'agency' && (to === null || millisecondsOf(at) <= millisecondsOf(to)),
  );
  return span && laterOf(at, span.from);
}

/**
 * When each rung of one clock fires, ordered by instant, if nothing is added to the ledger; rungs already passed are
 * given too, so the caller keeps what it has by (rung, due date). A share fires at office opening of the first date
 * with consumed >= ceil(share x budget); date rungs belong to the due date that holds now, and fire at once when it
 * was fixed later than they would. A rung that falls while the investor holds the file waits for the return; none
 * comes after a stop. A rung whose date the calendar does not cover yet is left out. Refuses as `readClock` does.
 */
export function rungInstants(
  calendar: Calendar,
  budget: Budget,
  ledger: readonly ClockEntry[],
  ladder: readonly Rung[],
): RungInstant[] {
  const walk = walkLedger(calendar, budget, ledger);
  const dueDate = walk.dueDate();

  const opening = (date: PlainDate | undefined) => (date === undefined ? undefined : officeOpening(calendar, date));
  const awayFromDue = (days: number) =>
    opening(dueDate === null ? undefined : findDay(calendar, 'working-day', dueDate, days));
  const once = (at: Instant | undefined) => (at === undefined ? undefined : { at, dueDate: null });
  const oncePerDueDate = (at: Instant | undefined) =>
    at === undefined ? undefined : { at: laterOf(at, walk.dueSince), dueDate };
  const planned = (rung: Rung): { at: Instant; dueDate: PlainDate | null } | undefined => {
    switch (rung.kind) {
      case 'share': {
        const days = Math.ceil((rung.share * walk.amount) / 100);
        return once(opening(findDateConsumed(calendar, walk.unit, walk.spans, days)));
      }
      case 'before-due':
        return oncePerDueDate(awayFromDue(-rung.workingDays));
      case 'after-due':
        return oncePerDueDate(awayFromDue(rung.workingDays));
      case 'missed':
        return oncePerDueDate(dueDate === null ? undefined : startOf(addDays(dueDate, 1)));
    }
  };

  const instants: RungInstant[] = [];
  for (const rung of ladder) {
    const plan = planned(rung);
    const at = plan && findHeldSince(walk.spans, plan.at);
    if (plan !== undefined && at !== undefined) instants.push({ rung: rung.code, at, dueDate: plan.dueDate });
  }
  return instants.sort((a, b) => millisecondsOf(a.at) - millisecondsOf(b.at));
}
