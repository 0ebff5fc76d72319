import { periodEnd } from '../sandbox/conditions.js';
import type { TrialDuty } from '../sandbox/duties.js';
import { isEnded } from '../sandbox/phases.js';
import { addDays, addMonths, laterOf, startOf, type Instant, type PlainDate } from '../time.js';
import { openTrialDuty } from './decide/trial/duties.js';
import { concludeTrial, reachEnd } from './decide/trial/exit.js';
import { lapseHold } from './decide/trial/holds.js';
import type { Draft } from './draft.js';
import type { Law } from './law.js';
import { caseScope } from './scope.js';
import type { CaseState } from './state.js';
import { openHold, type TrialState } from './trial-state.js';

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
    const settle = (draft: Draft) => {
      draft.emit('incidentReportMissed', caseScope(code), { incidentId, reportBy }, reportBy);
      concludeTrial(draft, reportBy);
    };
    yield { at: reportBy, settle };
  }
}

function* endings({ phase, until, transitionUntil }: TrialState): Generator<TrialDue> {
  if (phase === 'transition' && transitionUntil !== null) {
    const at = startOf(addDays(transitionUntil, 1));
    const settle = (draft: Draft) => {
      draft.emit('transitionEnded', caseScope(draft.state.code), {}, at);
      concludeTrial(draft, at);
    };
    yield { at, settle };
  }
  if (until === null || phase === 'assessment' || isEnded(phase)) return;
  const at = startOf(addDays(until, 1));
  const settle = (draft: Draft) => {
    reachEnd(draft, at);
    concludeTrial(draft, at);
  };
  yield { at, settle };
}

/** The next report opens when its period is over, the next visit when the one before was due. Civil days: an admission may reach beyond every calendar. */
function* comingRound({ duties }: CaseState, trial: TrialState, law: Law): Generator<TrialDue> {
  const { from, until, terms } = trial;
  if (from === null || until === null || terms === null) return;
  const next = (code: TrialDuty) => Object.values(duties).filter((duty) => duty.code === code).length + 1;
  const opening = (code: TrialDuty, n: number, opens: PlainDate, dueDate: PlainDate): TrialDue => {
    const at = startOf(opens);
    return {
      at,
      settle: (draft) => openTrialDuty(draft, `${code}#${n}`, code, dueDate, laterOf(at, draft.state.openedAt)),
    };
  };
  const report = next('trial-report');
  const ends = periodEnd(from, terms.reportEvery, report);
  if (ends <= addDays(until, 1)) {
    yield opening('trial-report', report, ends, addDays(ends, law.settings.sandbox.reportDays - 1));
  }
  const visit = next('supervision-visit');
  const due = addMonths(from, visit * terms.visitEvery);
  if (due <= until) yield opening('supervision-visit', visit, addMonths(from, (visit - 1) * terms.visitEvery), due);
}
