import type { CaseEvent } from '../case/events.js';
import type { TrialState } from './state.js';

/** A trial as it is filed. */
export const filedTrial = (regime: string, field: string): TrialState => ({
  regime,
  field,
  phase: 'admission',
  proposed: null,
  council: null,
  terms: null,
  number: null,
  from: null,
  to: null,
  extensions: 0,
  reports: {},
  lastBatch: null,
  near: [],
  holds: [],
  incidents: {},
  changes: [],
  suspendedAt: null,
  visits: 0,
  finalReportAt: null,
  ended: null,
  certificate: null,
  transitionUntil: null,
});

/** What an event makes of the trial, in place. */
export function foldTrial(trial: TrialState, event: CaseEvent): void {
  const at = event.occurredAt;
  const hold = (id: string) => trial.holds.find((one) => one.holdId === id);
  const change = (id: string) => trial.changes.find((one) => one.requestId === id);
  switch (event.type) {
    case 'trialTermsProposed':
      trial.proposed = event.payload.terms;
      return;
    case 'councilConvened': {
      const { members, quorum, heldOn } = event.payload;
      trial.council = { members, quorum, heldOn, votes: {}, closed: null };
      return;
    }
    case 'councilVoted': {
      const { person, vote, reason } = event.payload;
      if (trial.council) trial.council.votes[person] = { vote, reason };
      return;
    }
    case 'councilClosed':
      if (trial.council) trial.council.closed = { recommendation: event.payload.recommendation, at };
      return;
    case 'trialAdmitted': {
      const { number, terms, from, to } = event.payload;
      Object.assign(trial, { number, terms, from, to, phase: 'running' });
      return;
    }
    case 'trialReportFiled':
      trial.reports[event.payload.report] = { at, late: event.payload.late };
      return;
    case 'metricsAccepted':
      trial.lastBatch = { batch: event.payload.batch, to: event.payload.to };
      return;
    case 'limitNeared':
      if (!trial.near.includes(event.payload.limit)) trial.near.push(event.payload.limit);
      return;
    case 'holdPlaced': {
      const { holdId, limit, value, confirmBy } = event.payload;
      trial.holds.push({ holdId, limit, value, placedAt: at, confirmBy, status: 'open' });
      if (trial.phase === 'running') trial.phase = 'held';
      return;
    }
    case 'holdConfirmed': {
      const confirmed = hold(event.payload.holdId);
      if (confirmed) confirmed.status = 'confirmed';
      trial.phase = 'suspended';
      trial.suspendedAt ??= at;
      return;
    }
    case 'holdLifted': {
      const lifted = hold(event.payload.holdId);
      if (lifted) lifted.status = event.payload.cause === 'officer' ? 'lifted' : 'lapsed';
      if (trial.phase === 'held' && trial.holds.every((one) => one.status !== 'open')) trial.phase = 'running';
      return;
    }
    case 'incidentReported': {
      const { incidentId, severity, happenedAt, deadline, late } = event.payload;
      trial.incidents[incidentId] = { severity, happenedAt, deadline, late, objective: null };
      return;
    }
    case 'damageFound': {
      const incident = trial.incidents[event.payload.incidentId];
      if (incident) incident.objective = event.payload.objective;
      return;
    }
    case 'trialChangeRequested': {
      const { requestId, kind, terms, months } = event.payload;
      trial.changes.push({ requestId, kind, terms, months, requestedAt: at, status: 'asked' });
      return;
    }
    case 'trialAdjusted': {
      const granted = change(event.payload.requestId);
      if (granted) granted.status = 'granted';
      trial.terms = event.payload.terms;
      trial.near = [];
      return;
    }
    case 'trialExtended': {
      const granted = change(event.payload.requestId);
      if (granted) granted.status = 'granted';
      trial.extensions = event.payload.n;
      trial.to = event.payload.to;
      return;
    }
    case 'trialChangeRefused': {
      const refused = change(event.payload.requestId);
      if (refused) refused.status = 'refused';
      return;
    }
    case 'trialSuspended':
      trial.phase = 'suspended';
      trial.suspendedAt ??= at;
      return;
    case 'trialResumed':
      trial.phase = 'running';
      trial.suspendedAt = null;
      return;
    case 'visitRecorded':
      trial.visits += 1;
      return;
    case 'finalReportFiled':
      trial.finalReportAt = at;
      return;
    case 'trialEnded': {
      const { ending, transitionUntil } = event.payload;
      trial.ended = { ending, at };
      trial.transitionUntil = transitionUntil;
      trial.phase = transitionUntil === null ? 'ended' : 'transition';
      return;
    }
    case 'completionCertified':
      trial.certificate = event.payload.number;
      return;
    case 'transitionEnded':
      trial.phase = 'over';
      return;
    default:
      return;
  }
}
