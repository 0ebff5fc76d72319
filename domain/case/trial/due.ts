import { periodEnd } from './conditions.js';
import type { TrialDuty } from './duty-kinds.js';
import { isEnded } from './phases.js';
import type { TrialTerms } from '../../law/trial-terms.js';
import { addDays, dateOf, daysBetween, laterOf, startOf, type Instant, type PlainDate } from '../../time/instants.js';
import { openTrialDuty } from './duties.js';
import { reachEnd } from './exit.js';
import { lapseHold } from './holds.js';
import type { Draft } from '../draft.js';
import type { Law } from '../../law/law.js';
import { caseScope } from '../scope.js';
import type { CaseState } from '../state.js';
import { openHold, type TrialState } from './state.js';

interface TrialDue {
  readonly at: Instant;
  settle(draft: Draft): void;
}

/** What falls due in a trial if nobody does anything: its reports and visits come round, holds lapse, terms end. */
export function* trialDues(state: CaseState, law: Law): Generator<TrialDue> {
  const { trial } = state;
  if (!trial || state.closed) return;
  const hold = openHold(trial);
  if (hold) yield { at: hold.confirmBy, settle: (draft) => lapseHold(draft, hold.id, hold.confirmBy) };
  yield* reportsMissed(state, trial);
  yield* endings(trial);
  if (trial.phase === 'admission' || isEnded(trial.phase)) return;
  yield* comingRound(state, trial, law);
}

function* reportsMissed({ code }: CaseState, trial: TrialState): Generator<TrialDue> {
  for (const { id: incidentId, reportBy, reportedAt, missed } of Object.values(trial.incidents)) {
    if (reportedAt !== null || missed) continue;
    const settle = (draft: Draft) =>
      draft.emit('incidentReportMissed', caseScope(code), { incidentId, reportBy }, reportBy);
    yield { at: reportBy, settle };
  }
}

function* endings({ phase, until, transitionUntil }: TrialState): Generator<TrialDue> {
  if (phase === 'transition' && transitionUntil !== null) {
    const at = startOf(addDays(transitionUntil, 1));
    yield { at, settle: (draft) => draft.emit('transitionEnded', caseScope(draft.state.code), {}, at) };
  }
  if (until === null || phase === 'assessment' || isEnded(phase)) return;
  const at = startOf(addDays(until, 1));
  yield { at, settle: (draft) => reachEnd(draft, at) };
}

/**
 * The next report opens when its period is over, the next visit when the one before was due; the last period of all is the final report's. Civil days: an
 * admission may reach beyond every calendar. Conditions that were adjusted count from then on.
 */
function* comingRound({ duties }: CaseState, trial: TrialState, law: Law): Generator<TrialDue> {
  const { from, until, terms, termsAt } = trial;
  if (from === null || until === null || terms === null || termsAt === null) return;
  const since = dateOf(termsAt);
  const opening = (code: TrialDuty, n: number, opens: PlainDate, dueDate: PlainDate): TrialDue => {
    const at = laterOf(startOf(opens), termsAt);
    return { at, settle: (draft) => openTrialDuty(draft, `${code}#${n}`, code, dueDate, at) };
  };
  const of = (code: TrialDuty) => Object.values(duties).filter((duty) => duty.code === code);
  const reports = of('trial-report');
  const reported = latest(from, since, ...reports.map((duty) => dateOf(duty.since)));
  const ends = nextAfter(reported, from, terms.reportEvery);
  if (ends <= until) {
    yield opening('trial-report', reports.length + 1, ends, addDays(ends, law.settings.sandbox.reportDays - 1));
  }
  const visits = of('supervision-visit');
  const visited = latest(from, ...visits.map(({ dueDate }) => dueDate ?? from));
  const due = nextAfter(latest(visited, since), from, { amount: terms.visitEvery, unit: 'month' });
  if (due <= until) yield opening('supervision-visit', visits.length + 1, visited, due);
}

const latest = (first: PlainDate, ...others: readonly PlainDate[]): PlainDate =>
  others.reduce((a, b) => (b > a ? b : a), first);

/** The first end of a period that is later than `after`. */
function nextAfter(after: PlainDate, from: PlainDate, every: TrialTerms['reportEvery']): PlainDate {
  const longest = every.amount * (every.unit === 'week' ? 7 : 31);
  let n = Math.max(1, Math.floor(daysBetween(from, after) / longest));
  while (periodEnd(from, every, n) <= after) n += 1;
  return periodEnd(from, every, n);
}
