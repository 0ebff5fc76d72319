import type { Phase } from './phases.js';
import type { DatedExemption, Exemption } from '../../law/trial-terms.js';
import { addDays, dateOf, type Instant, type PlainDate } from '../../time/instants.js';
import type { CaseEvent } from '../events.js';
import type { HoldState, IncidentState, TrialRequestState, TrialState } from './state.js';

/** What an event of the case makes of its trial, in place. A workflow hears a part of these events: the phase rests on those alone. */
export function foldTrial(trial: TrialState, event: CaseEvent): void {
  const at = event.occurredAt;
  switch (event.type) {
    case 'fitDecided':
      trial.fit = event.payload.verdict;
      return;
    case 'trialAdmitted': {
      const { decision, from, until, terms, exemptions } = event.payload;
      for (const permit of event.payload.permits) trial.permits[permit] = null;
      Object.assign(trial, {
        decision,
        from,
        until,
        terms,
        exemptions,
        termsAt: at,
        phase: 'admitted' satisfies Phase,
      });
      return;
    }
    case 'permitRecorded': {
      const { permit, number, validTo } = event.payload;
      trial.permits[permit] = { number, validTo };
      return;
    }
    case 'trialStarted':
      trial.phase = 'running';
      trial.startedAt = at;
      return;
    case 'trialKeyRegistered':
      trial.keys[event.payload.keyId] = event.payload.publicKey;
      return;
    case 'metricsAccepted':
      trial.metrics = { batch: event.payload.batch, to: event.payload.to };
      return;
    case 'visitRecorded':
      trial.visits += 1;
      return;
    case 'trialSuspended':
      trial.phase = 'suspended';
      patch(trial.holds, Object.values(trial.holds).find(({ status }) => status === 'placed')?.id, {
        status: 'confirmed',
      });
      return;
    case 'trialResumed':
      trial.phase = 'running';
      patch(trial.requests, event.payload.requestId ?? undefined, { status: 'granted' });
      return;
    case 'finalReportFiled':
      trial.finalReport = {
        at,
        assessBy: event.payload.assessBy,
        lessons: event.payload.lessons.map(({ act, article }) => ({ act, article })),
      };
      return;
    case 'trialTermOver':
      trial.phase = 'assessment';
      drop(trial);
      return;
    case 'trialEnded': {
      const { ending, transitionUntil } = event.payload;
      const phase: Phase = transitionUntil === null ? 'ended' : 'transition';
      Object.assign(trial, { ending, transitionUntil, endedAt: at, phase });
      trial.exemptions = trial.exemptions.map((one) => ({ ...one, to: earlier(one.to, dateOf(at)) }));
      drop(trial);
      return;
    }
    case 'completionCertified':
      trial.certificate = event.payload.number;
      return;
    case 'transitionEnded':
      trial.phase = 'ended';
      return;
    case 'trialOver':
      trial.phase = 'over';
      return;
    default:
      foldHold(trial, event);
      foldIncident(trial, event);
      foldRequest(trial, event);
  }
}

/** Nothing runs any more: what was to be decided about running on is not. */
function drop({ requests, holds }: TrialState): void {
  for (const request of Object.values(requests)) if (request.status === 'open') request.status = 'dropped';
  for (const hold of Object.values(holds)) if (hold.status === 'placed') hold.status = 'lapsed';
}

function foldHold(trial: TrialState, event: CaseEvent): void {
  switch (event.type) {
    case 'holdPlaced': {
      const { holdId: id, cause, confirmBy } = event.payload;
      trial.holds[id] = { id, cause, placedAt: event.occurredAt, confirmBy, status: 'placed' };
      trial.phase = 'held';
      return;
    }
    case 'holdConfirmed':
      patch<HoldState>(trial.holds, event.payload.holdId, { status: 'confirmed' });
      trial.phase = 'suspended';
      return;
    case 'holdLifted':
      patch<HoldState>(trial.holds, event.payload.holdId, {
        status: event.payload.taskId === null ? 'lapsed' : 'lifted',
      });
      trial.phase = 'running';
      return;
    default:
      return;
  }
}

function foldIncident(trial: TrialState, event: CaseEvent): void {
  switch (event.type) {
    case 'incidentOpened': {
      const { incidentId, limit, reportBy } = event.payload;
      trial.incidents[incidentId] = { ...unreported(incidentId, reportBy), limit };
      return;
    }
    case 'incidentReported': {
      const { incidentId, severity, reportBy } = event.payload;
      trial.incidents[incidentId] ??= unreported(incidentId, reportBy);
      patch<IncidentState>(trial.incidents, incidentId, { severity, reportedAt: event.occurredAt });
      return;
    }
    case 'incidentReportMissed':
      patch<IncidentState>(trial.incidents, event.payload.incidentId, { missed: true });
      return;
    case 'incidentExamined':
      patch<IncidentState>(trial.incidents, event.payload.incidentId, { examinedAt: event.occurredAt });
      return;
    default:
      return;
  }
}

const unreported = (id: string, reportBy: string): IncidentState => ({
  id,
  limit: null,
  reportBy,
  severity: null,
  reportedAt: null,
  missed: false,
  examinedAt: null,
});

function foldRequest(trial: TrialState, event: CaseEvent): void {
  switch (event.type) {
    case 'trialChangeRequested': {
      const { requestId: id, request, decideBy } = event.payload;
      trial.requests[id] = { id, request, requestedAt: event.occurredAt, decideBy, status: 'open' };
      return;
    }
    case 'trialChangeRefused':
      patch<TrialRequestState>(trial.requests, event.payload.requestId, { status: 'refused' });
      return;
    case 'trialAdjusted':
      patch<TrialRequestState>(trial.requests, event.payload.requestId, { status: 'granted' });
      trial.terms = event.payload.terms;
      trial.termsAt = event.occurredAt;
      trial.exemptions = adjusted(trial, event.payload.terms.exemptions, event.occurredAt);
      return;
    case 'trialExtended': {
      const { requestId, until, months } = event.payload;
      patch<TrialRequestState>(trial.requests, requestId, { status: 'granted' });
      trial.exemptions = trial.exemptions.map((one) => (one.to === trial.until ? { ...one, to: until } : one));
      trial.until = until;
      trial.extensions += 1;
      trial.extendedMonths += months;
      // What was filed for the end that has moved is no final report any more.
      trial.finalReport = null;
      return;
    }
    default:
      return;
  }
}

const earlier = (a: PlainDate, b: PlainDate): PlainDate => (a < b ? a : b);

/** What the new conditions still have goes on, what they add begins that day, what they leave out has ended the day before. */
function adjusted({ exemptions, until }: TrialState, now: readonly Exemption[], at: Instant): DatedExemption[] {
  const from = dateOf(at);
  const to = until ?? from;
  const left = exemptions.filter((old) => old.to === until);
  const goesOn = (old: Exemption) => now.some((one) => isSame(one, old));
  const ended = left.filter((old) => !goesOn(old) && old.from < from).map((old) => ({ ...old, to: addDays(from, -1) }));
  const holding = now.map((one) => left.find((old) => isSame(one, old)) ?? { ...one, from, to });
  return [...exemptions.filter((old) => old.to !== until), ...ended, ...holding];
}

const isSame = (a: Exemption, b: Exemption): boolean =>
  a.act === b.act && a.article === b.article && a.whom === b.whom && a.scope === b.scope && a.basis === b.basis;

function patch<T>(all: Record<string, T>, id: string | undefined, change: Partial<T>): void {
  const one = id === undefined ? undefined : all[id];
  if (one) Object.assign(one, change);
}
