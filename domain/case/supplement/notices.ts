import { refuse, unlessRefused } from '../../errors.js';
import type { ClockPolicy } from '../../law/procedure.js';
import { ifPublished, type Calendar } from '../../time/calendar.js';
import { dateOf, type PlainDate } from '../../time/instants.js';
import { termEnd } from '../../time/term-end.js';
import { filedSince } from '../procedure/dossier.js';
import type { ProcedureState } from '../procedure/state.js';
import type { SupplementGround } from './words.js';

/** How many notices on this ground are used up. Where the law allows one with the whole content, a form 02 at the counter is one of them. */
export function countNotices(
  { supplements, completions }: Pick<ProcedureState, 'supplements' | 'completions'>,
  policy: ClockPolicy,
  ground: SupplementGround,
): number {
  const asked = supplements.filter((one) => one.ground === ground && one.status !== 'withdrawn').length;
  return ground === 'supplement' && policy.window ? asked + completions.length : asked;
}

/** The last day on which more may be asked for; undefined where no text gives one, or nobody has published the calendar of that day. */
function lastDayOf(procedure: ProcedureState, { window }: ClockPolicy, calendar: Calendar): PlainDate | undefined {
  const { receivedAt, ledger } = procedure;
  const filed = receivedAt === null ? filedSince(procedure) : (ledger[0]?.at ?? receivedAt);
  if (!window || filed === null) return undefined;
  return ifPublished(() => termEnd(calendar, dateOf(filed), window.days));
}

/** Refuses `REQUEST_WINDOW_CLOSED` once the days of the law for asking are over. */
export function requireWindow(
  procedure: ProcedureState,
  policy: ClockPolicy,
  today: PlainDate,
  calendar: Calendar,
): void {
  const last = lastDayOf(procedure, policy, calendar);
  if (last !== undefined && today > last)
    refuse('REQUEST_WINDOW_CLOSED', { lastDay: last, clause: policy.window?.legalBasis });
}

/**
 * Whether the counter may send a dossier back with form 02: once, with the whole content, within the days of the law. After that it is received (form 01), and
 * what is missing goes into the one notice. Refuses `SUPPLEMENT_LIMIT` and `REQUEST_WINDOW_CLOSED`.
 */
export function requireCounterNotice(
  procedure: ProcedureState,
  policy: ClockPolicy,
  today: PlainDate,
  calendar: Calendar,
): void {
  if (!policy.window) return;
  const max = policy.suspensionGrounds.find(({ ground }) => ground === 'supplement')?.max ?? null;
  const asked = countNotices(procedure, policy, 'supplement');
  if (max !== null && asked >= max) refuse('SUPPLEMENT_LIMIT', { ground: 'supplement', asked, max });
  requireWindow(procedure, policy, today, calendar);
}

/** Whether form 02 is still open to the counter: see `requireCounterNotice`. */
export function maySendBack(
  procedure: ProcedureState,
  policy: ClockPolicy,
  today: PlainDate,
  calendar: Calendar,
): boolean {
  return (
    unlessRefused(() => {
      requireCounterNotice(procedure, policy, today, calendar);
      return true;
    }) !== null
  );
}
