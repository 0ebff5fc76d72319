import { countDays, lastCovered, type Calendar } from '../../time/calendar.js';
import { dateOfEntry, effectiveEntries, type ClockEntry } from '../../time/clock.js';
import type { DelayCause } from './words.js';
import { sittingsOf } from '../conference/state.js';
import type { ConsultationState } from '../consultation/state.js';
import type { ProcedureState } from '../procedure/state.js';
import { addDays, dateOf, millisecondsOf, startOf, type Instant, type PlainDate } from '../../time/instants.js';

type Held = Omit<DelayCause, 'days'>;

/** Something that was waited for, from an instant until another (null = still). */
interface Wait extends Held {
  readonly from: Instant;
  readonly to: Instant | null;
}

/**
 * Whose days they were: every day of the budget's unit after the one on which the clock started, up to and including the day of `asOf`, is given to
 * one cause, so the causes sum to the days since receipt exactly. In this order: the investor while the clock is suspended; days an extension
 * added; a conference; the opinion that was waited for longest; else the handling agency. Days of a cause come together, longest first.
 */
export function causesOf(
  procedure: ProcedureState,
  consultations: readonly ConsultationState[],
  calendar: Calendar,
  asOf: Instant,
): DelayCause[] {
  const { ledger, budget, handlingAgency } = procedure;
  const first = ledger[0];
  if (!first) return [];
  const waits = waitsOf(procedure, consultations);
  const causes = new Map<string, DelayCause>();
  const count = new DayCount(procedure);
  const last = lastCovered(calendar, dateOf(asOf));
  for (let day = addDays(dateOf(first.at), 1); day <= last; day = addDays(day, 1)) {
    const days = countDays(calendar, budget.unit, addDays(day, -1), day);
    if (days === 0) continue;
    const own = { cause: 'agency' as const, agency: atCounter(procedure, day) ?? handlingAgency };
    const { cause, agency } = count.holds(day) ?? waitAt(waits, day) ?? own;
    const key = `${cause}/${agency ?? ''}`;
    causes.set(key, { cause, agency, days: (causes.get(key)?.days ?? 0) + days });
  }
  return [...causes.values()].sort((a, b) => b.days - a.days || order(a) - order(b) || compare(a.agency, b.agency));
}

/** The counter, on days on which a dossier that proved valid lay there before form 01. */
function atCounter({ clockFrom, receivedAt, tasks }: ProcedureState, day: PlainDate): string | undefined {
  if (clockFrom === null || receivedAt === null || day > dateOf(receivedAt)) return undefined;
  return Object.values(tasks).find(({ kind, status }) => kind === 'intake' && status === 'done')?.agency;
}

/** Follows the ledger day by day: who held the file when the date began, and whether the law's own days were used up by then. */
class DayCount {
  private next = 0;
  private suspended = false;
  private consumed = 0;
  private granted = 0;
  private readonly ledger: readonly ClockEntry[];

  constructor(private readonly procedure: ProcedureState) {
    this.ledger = effectiveEntries(procedure.ledger);
  }

  /** What the ledger alone says of a counted day; undefined where the agency's own days run. Days are asked for in order. */
  holds(day: PlainDate): Held | undefined {
    this.takeBefore(day);
    if (this.suspended) return { cause: 'investor', agency: null };
    this.consumed += 1;
    const { budget, competentAgency } = this.procedure;
    const extended = this.consumed > budget.amount && this.consumed <= budget.amount + this.granted;
    return extended ? { cause: 'extension', agency: competentAgency } : undefined;
  }

  private takeBefore(day: PlainDate): void {
    const { ledger } = this;
    for (let entry = ledger[this.next]; entry && dateOfEntry(entry) < day; entry = ledger[this.next]) {
      this.take(entry);
      this.next += 1;
    }
  }

  private take({ type, days }: ClockEntry): void {
    if (type === 'suspend') this.suspended = true;
    if (type === 'resume' || type === 'restart') this.suspended = false;
    if (type === 'restart') this.consumed = 0;
    if (type === 'extend') this.granted += days ?? 0;
  }
}

function waitsOf({ scope }: ProcedureState, consultations: readonly ConsultationState[]): Wait[] {
  return consultations
    .filter((one) => one.procedureScope === scope)
    .flatMap(({ openedAt, closedAt, opinions, conference }) => [
      ...(conference ? sittingsOf(conference) : []).map(({ chair, from, to }) => ({
        cause: 'conference' as const,
        agency: chair,
        from,
        to: to ?? closedAt,
      })),
      ...Object.values(opinions).map(({ agency, answeredAt, lapsed }) => ({
        cause: 'opinion' as const,
        agency,
        from: openedAt,
        to: lapsed?.at ?? answeredAt ?? closedAt,
      })),
    ]);
}

/** What the day was lost to: a conference comes first, and of several opinions the one that came last. */
function waitAt(waits: readonly Wait[], day: PlainDate): Wait | undefined {
  const begins = startOf(day);
  const ends = ({ to }: Wait) => (to === null ? Number.POSITIVE_INFINITY : millisecondsOf(to));
  const open = waits.filter((one) => isBy(one.from, begins) && ends(one) > millisecondsOf(begins));
  let longest: Wait | undefined;
  for (const one of open) {
    if (one.cause === 'conference') return one;
    if (!longest || ends(one) > ends(longest)) longest = one;
  }
  return longest;
}

const isBy = (at: Instant, moment: Instant): boolean => millisecondsOf(at) <= millisecondsOf(moment);

const causeOrder: readonly DelayCause['cause'][] = ['agency', 'investor', 'opinion', 'conference', 'extension'];
const order = ({ cause }: DelayCause): number => causeOrder.indexOf(cause);
const compare = (a: string | null, b: string | null): number => ((a ?? '') < (b ?? '') ? -1 : 1);
