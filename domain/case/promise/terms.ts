import type { Calendar } from '../../time/calendar.js';
import {
  cutBudget,
  readClock,
  readKnownClock,
  effectiveEntries,
  viewLedger,
  type Budget,
  type ClockEntry,
  type ClockReading,
  type KnownReading,
} from '../../time/clock.js';
import type { ProcedureState } from '../procedure/state.js';
import { makeTaskKey } from '../task/keys.js';
import { ambition, commitment } from '../../law/commitment.js';
import type { ResolvedProcedure } from '../../law/procedure.js';
import { laterOf, millisecondsOf, type Instant } from '../../time/instants.js';

/** A promised term is at risk once this much of it is used, in percent (ours). */
export const atRiskShare = 80;

/** One budget over a ledger. Read it with `readTerm`: an extension that came after a shorter term's own breach changes nothing for that term. */
export interface Term {
  readonly budget: Budget;
  readonly ledger: readonly ClockEntry[];
}

export interface Terms {
  readonly statutory: Term;
  readonly promised: Term;
  readonly ambition: Term;
  /** The one whose date form 01 gave: the ladder and the apology follow it. */
  readonly printed: Term;
}

/**
 * The terms of one procedure: views with other budgets over its one ledger. Promised and ambition differ from the law's only where the procedure
 * was promised a shorter time (`procedure.promise`). The ledger is empty until the clock starts.
 */
export function termsOf(procedure: ProcedureState): Terms {
  const { budget, promise, printed } = procedure;
  const ledger = effectiveEntries(procedure.ledger);
  const statutory = { budget, ledger };
  // More time that the agency gives itself moves no promise of the City.
  const kept = (percent: number): Term =>
    promise
      ? { budget: cutBudget(budget, percent), ledger: ledger.filter(({ type }) => type !== 'extend') }
      : statutory;
  return {
    statutory,
    promised: kept(commitment),
    ambition: kept(ambition),
    // What was printed stays printed, whatever lane the case is moved to later; an extension comes with a new appointment.
    printed: printed === 'promised' ? { budget: cutBudget(budget, commitment), ledger } : statutory,
  };
}

/**
 * The term of one step: its share of the law's budget, whole days rounded down, at least one. Undefined until the step was begun, and for a step
 * without a share. It stands still while the investor has the file; an extension of the procedure gives a step no more days.
 */
export function stepTermOf(resolved: ResolvedProcedure, procedure: ProcedureState, step: string): Term | undefined {
  const share = resolved.steps.find(({ code }) => code === step)?.shareOfBudget ?? 0;
  const begun = begunAt(procedure, step);
  if (share === 0 || begun === undefined) return undefined;
  const { amount, unit } = procedure.budget;
  // A share such as 0.29 of 100 is 28.999… in binary.
  const budget = { amount: Math.max(1, Math.floor(amount * share + 1e-9)), unit };
  return { budget, ledger: ledgerOfStep(procedure, begun, procedure.steps[step]?.completedAt ?? null) };
}

function begunAt({ steps, tasks }: ProcedureState, step: string): Instant | undefined {
  const state = steps[step];
  if (state?.startedAt) return state.startedAt;
  const key = makeTaskKey({ kind: 'step', step, round: state?.round ?? 1, second: false });
  return Object.values(tasks).find((task) => task.key === key)?.openedAt;
}

function ledgerOfStep(procedure: ProcedureState, begun: Instant, completed: Instant | null): ClockEntry[] {
  const ledger = effectiveEntries(procedure.ledger);
  const own: ClockEntry[] = [{ type: 'start', at: begun }];
  const from = millisecondsOf(begun);
  const until = completed === null ? Number.POSITIVE_INFINITY : millisecondsOf(completed);
  const before = ledger.filter((entry) => millisecondsOf(entry.at) <= from && moves(entry));
  if (before.at(-1)?.type === 'suspend') own.push({ type: 'suspend', at: begun });
  for (const entry of ledger) {
    const at = millisecondsOf(entry.at);
    if (at > from && at <= until && entry.type !== 'extend') own.push(entry);
  }
  if (completed !== null && own.at(-1)?.type !== 'stop') own.push({ type: 'stop', at: completed });
  return own;
}

const moves = ({ type }: ClockEntry): boolean => type !== 'extend' && type !== 'redate';

const readingOf = (calendar: Calendar, { budget, ledger }: Term, asOf: Instant) =>
  [calendar, budget, viewLedger(calendar, budget, ledger), laterOf(asOf, ledger.at(-1)?.at ?? asOf)] as const;

/** A term at a moment (raised to its last entry if earlier); `onReturn` as for `readClock`, which refuses the same. */
export function readTerm(
  calendar: Calendar,
  term: Term,
  asOf: Instant,
  onReturn: 'resume' | 'restart' = 'resume',
): ClockReading {
  return readClock(...readingOf(calendar, term, asOf), onReturn);
}

/** The same where the calendar may have ended: lists, rows and views keep what they know. */
export function readKnownTerm(
  calendar: Calendar,
  term: Term,
  asOf: Instant,
  onReturn: 'resume' | 'restart' = 'resume',
): KnownReading {
  return readKnownClock(...readingOf(calendar, term, asOf), onReturn);
}

/** What the return of the file will do: begin the term anew where the policy of the notice that is open says so. */
export function onReturnOf({ clockPolicy }: ResolvedProcedure, { supplements }: ProcedureState): 'resume' | 'restart' {
  const waits = supplements.some(({ suspends, status }) => suspends && (status === 'asked' || status === 'lapsed'));
  return waits && clockPolicy.onResubmission === 'restart' ? 'restart' : 'resume';
}
