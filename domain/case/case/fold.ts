import type { CaseEvent } from '../events.js';
import { enterLane, type LaneHearing } from '../lane/state.js';
import type { CaseState } from '../state.js';
import { promiseBy } from '../promise/rules.js';
import { foldFacts } from '../fact/fold.js';
import { filedTrial, type TrialState } from '../trial/state.js';
import { foldTrial } from '../trial/fold.js';
import { rungKey } from '../../time/ladder.js';

/** What an event of the case itself makes of its state, in place. */
export function foldCaseEvent(state: CaseState, event: CaseEvent): void {
  switch (event.type) {
    case 'caseOpened': {
      const { filingHash: _hash, reductionByLaw: _law, near: _near, unknown: _unknown, ...opened } = event.payload;
      const { adjusts, trial, lane, ...rest } = opened;
      Object.assign(state, rest, { adjusts: adjusts ?? null, openedAt: event.occurredAt });
      if (trial) becomeTrial(state, filedTrial(trial));
      else if (state.kind === 'green-lane') enterLane(state, lane, event.occurredAt);
      return;
    }
    case 'laneDecided':
      if (state.kind !== 'green-lane') return;
      enterLane(state, event.payload.lane, event.occurredAt);
      state.laneFindings = (event.payload.findings ?? []).map(({ reason: _reason, ...finding }) => finding);
      for (const procedure of Object.values(state.procedures)) promiseBy(procedure, event.payload.lane);
      return;
    case 'evidenceGiven': {
      if (state.kind !== 'green-lane') return;
      const { evidenceId: id, ...given } = event.payload;
      state.laneEvidence[id] = { id, ...given, givenAt: event.occurredAt };
      return;
    }
    case 'gateMet':
      state.gatesMet[event.payload.gate] ??= event.occurredAt;
      if (event.payload.on !== undefined) state.dates[event.payload.gate] ??= event.payload.on;
      return;
    case 'caseWithdrawn':
      state.withdrawnAt = event.occurredAt;
      return;
    case 'caseClosed':
      state.closed = { outcome: event.payload.outcome, at: event.occurredAt };
      return;
    case 'caseSurveyed': {
      const { score, procedure } = event.payload;
      if (procedure) state.surveys[procedure] = score;
      else state.survey = score;
      return;
    }
    case 'laneProposed':
      if (state.kind !== 'green-lane') return;
      enterLane(state, 'undecided', event.occurredAt);
      state.laneProposals += 1;
      state.laneFindings = [];
      return;
    case 'laneHearingOpened': {
      if (state.kind !== 'green-lane') return;
      const { hearingId: id, ...asked } = event.payload;
      const by = event.actor.kind === 'person' ? event.actor.id : null;
      const open = { answeredAt: null, statement: null, outcome: null };
      state.laneHearings.push({ id, ...asked, by, openedAt: event.occurredAt, ...open });
      return;
    }
    case 'laneHearingAnswered': {
      const { hearingId, statement } = event.payload;
      return patchHearing(state, hearingId, { answeredAt: event.occurredAt, statement });
    }
    case 'laneRevoked':
      if (state.kind !== 'green-lane') return;
      patchHearing(state, event.payload.hearingId, { outcome: 'revoked' });
      enterLane(state, 'standard', event.occurredAt);
      state.laneFindings = [];
      for (const procedure of Object.values(state.procedures)) promiseBy(procedure, 'standard');
      return;
    case 'laneKept':
      return patchHearing(state, event.payload.hearingId, { outcome: 'kept' });
    case 'procedureDeferred': {
      const { procedure, until } = event.payload;
      state.deferred[procedure] = { until, at: event.occurredAt };
      return;
    }
    case 'procedureResumed':
      delete state.deferred[event.payload.procedure];
      return;
    case 'questionAsked': {
      const { questionId: id, procedure, agency, text } = event.payload;
      const askedAt = event.occurredAt;
      state.questions[id] = { id, procedure, agency, askedAt, text, answeredAt: null, answer: null };
      return;
    }
    case 'questionAnswered': {
      const question = state.questions[event.payload.questionId];
      if (question) Object.assign(question, { answeredAt: event.occurredAt, answer: event.payload.text });
      return;
    }
    case 'interestDeclared':
      state.recused[event.payload.person] ??= event.occurredAt;
      return;
    case 'dutyIncurred': {
      const { duty: id, ...duty } = event.payload;
      state.duties[id] = { id, ...duty, since: event.occurredAt, metAt: null, missed: false, rungs: [] };
      return;
    }
    case 'dutyMet': {
      const duty = state.duties[event.payload.duty];
      if (duty) duty.metAt ??= event.occurredAt;
      return;
    }
    case 'dutyMissed': {
      const duty = state.duties[event.payload.duty];
      if (duty) duty.missed = true;
      return;
    }
    case 'dutyMoved': {
      const duty = state.duties[event.payload.duty];
      if (duty) Object.assign(duty, { dueDate: event.payload.dueDate, missed: false });
      return;
    }
    case 'dutyDropped':
      delete state.duties[event.payload.duty];
      return;
    case 'rungReached': {
      const { clock, rung, dueDate } = event.payload;
      if (clock.startsWith('duty/')) state.duties[clock.slice('duty/'.length)]?.rungs.push(rungKey(rung, dueDate));
      return;
    }
    case 'factsQuestioned':
    case 'factsConfirmed':
    case 'factsKept':
      return foldFacts(state, event);
    default:
      if (state.trial) foldTrial(state.trial, event);
  }
}

/** What a project has by its lane, a trial has not. */
function becomeTrial(state: CaseState, trial: TrialState): void {
  Object.assign(state, { trial });
  const ofLane = [
    'lane',
    'lanes',
    'laneAtResult',
    'laneEvidence',
    'laneFindings',
    'laneProposals',
    'laneHearings',
  ] as const;
  for (const field of ofLane) Reflect.deleteProperty(state, field);
}

function patchHearing(state: CaseState, id: string, change: Partial<LaneHearing>): void {
  const hearing = state.kind === 'green-lane' ? state.laneHearings.find((one) => one.id === id) : undefined;
  if (hearing) Object.assign(hearing, change);
}
