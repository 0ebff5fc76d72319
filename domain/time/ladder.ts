import { findDay, ifPublished, officeOpening, type Calendar } from './calendar.js';
import { walkLedger, type Budget, type ClockEntry, type HeldSpan, type Walk } from './clock.js';
import { addDays, laterOf, millisecondsOf, startOf, type Instant, type PlainDate } from './instants.js';

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

/** By what a rung that has fired is remembered: once per due date; `clock` where its owner has several. */
export const rungKey = (rung: string, dueDate: PlainDate | null, clock?: string): string =>
  `${clock === undefined ? '' : `${clock}/`}${rung}@${dueDate ?? ''}`;

/** When a rung fires. `dueDate` is part of its identity: null for a share (once per clock), else once per due date. */
export interface RungInstant {
  rung: string;
  at: Instant;
  dueDate: PlainDate | null;
}

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
 * comes after a stop, and none before a change of the calendar that moved it there. A rung whose date the calendar
 * does not cover yet is left out. Refuses an impossible history.
 */
export function rungInstants(
  calendar: Calendar,
  budget: Budget,
  ledger: readonly ClockEntry[],
  ladder: readonly Rung[],
): RungInstant[] {
  const walk = walkLedger(calendar, budget, ledger);
  const dueDate = walk.knownDueDate() ?? null;
  const planned = (rung: Rung): Instant | undefined => {
    if (rung.kind === 'share') {
      const at = shareInstant(calendar, walk, rung.share);
      return at === undefined || walk.redatedAt === null ? at : laterOf(at, walk.redatedAt);
    }
    const at = dueDate === null ? undefined : instantByDueDate(calendar, rung, dueDate);
    return at && laterOf(at, walk.dueSince);
  };

  const instants: RungInstant[] = [];
  for (const rung of ladder) {
    const plan = planned(rung);
    const at = plan && findHeldSince(walk.spans, plan);
    if (at !== undefined) instants.push({ rung: rung.code, at, dueDate: rung.kind === 'share' ? null : dueDate });
  }
  return instants.sort((a, b) => millisecondsOf(a.at) - millisecondsOf(b.at));
}

/**
 * Office opening of the first date that has used up this share (percent) of the budget as it is now, or the return if the file had left by then. A
 * restart that comes in between leaves nothing used: then it is a date of the term begun anew.
 */
function shareInstant(calendar: Calendar, walk: Walk, share: number): Instant | undefined {
  const days = Math.ceil((share * walk.amount) / 100);
  for (const spans of betweenRestarts(walk.spans)) {
    const at = opening(calendar, findDateConsumed(calendar, walk.unit, spans, days));
    const held = at && findHeldSince(spans, at);
    if (held !== undefined) return held;
  }
  return undefined;
}

function betweenRestarts(spans: readonly HeldSpan[]): HeldSpan[][] {
  const terms: HeldSpan[][] = [[]];
  for (const span of spans) {
    if (span.restarts) terms.push([]);
    terms.at(-1)?.push(span);
  }
  return terms;
}

/** When a rung that hangs on a date fires: the breach at 00:00 of the next date, the others when the office opens; undefined beyond the calendar. */
export function instantByDueDate(
  calendar: Calendar,
  rung: Exclude<Rung, { kind: 'share' }>,
  dueDate: PlainDate,
): Instant | undefined {
  if (rung.kind === 'missed') return startOf(addDays(dueDate, 1));
  const days = rung.kind === 'before-due' ? -rung.workingDays : rung.workingDays;
  return opening(
    calendar,
    ifPublished(() => findDay(calendar, 'working-day', dueDate, days)),
  );
}

const opening = (calendar: Calendar, date: PlainDate | undefined): Instant | undefined =>
  date === undefined ? undefined : officeOpening(calendar, date);

/** The due date of a promised term and when it is at risk (`share` percent used) and missed; each once per due date. */
export interface TargetInstants {
  readonly dueDate: PlainDate;
  readonly atRisk: Instant | undefined;
  readonly missed: Instant | undefined;
}

/** As `rungInstants`, for a term that is only watched; undefined while the investor holds the file and no date stands. */
export function targetInstants(
  calendar: Calendar,
  budget: Budget,
  ledger: readonly ClockEntry[],
  share: number,
): TargetInstants | undefined {
  const walk = walkLedger(calendar, budget, ledger);
  const dueDate = walk.knownDueDate() ?? null;
  if (dueDate === null) return undefined;
  const held = (at: Instant | undefined) => at && findHeldSince(walk.spans, laterOf(at, walk.dueSince));
  return {
    dueDate,
    atRisk: held(shareInstant(calendar, walk, share)),
    missed: held(startOf(addDays(dueDate, 1))),
  };
}
