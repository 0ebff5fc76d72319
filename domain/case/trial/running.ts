import { refuse } from '../../errors.js';
import { extremesOf } from './extremes.js';
import { judge, type Judgement } from './limits.js';
import { dateOf, instantAfter, laterOf, millisecondsOf } from '../../time/instants.js';
import type { DeviceCommand, TrialCommand } from './commands.js';
import type { Draft } from '../draft.js';
import { caseScope } from '../scope.js';
import type { TrialState } from './state.js';
import { meet } from '../duty/rules.js';
import { meetEarliest, openDuties } from './duties.js';
import { placeHold } from './holds.js';
import { ofAgency, participant, rulesFor, trialTermsOf, trialFor } from './parties.js';

type Act<T extends TrialCommand['type']> = Extract<TrialCommand, { type: T }>;

/** How far a device's clock may differ from ours, in milliseconds. */
const clockSkewMs = 60_000;

/** A key with which the participant's devices sign. A key is never replaced: a new one gets another id. */
export function registerKey(draft: Draft, { keyId, publicKey }: Act<'registerKey'>): void {
  participant(draft);
  const trial = trialFor(draft, 'registerKey');
  if (Object.hasOwn(trial.keys, keyId)) refuse('DUPLICATE_REQUEST', { keyId });
  draft.emit('trialKeyRegistered', caseScope(draft.state.code), { keyId, publicKey });
}

/**
 * A batch is taken whole or not at all: the next number, a span that does not reach back into the one before, nor before the trial, nor ahead of now, only limits of this trial.
 * Then every reading is checked: near a limit people are warned, beyond one the trial is held, in the same act.
 */
export function submitMetrics(draft: Draft, command: DeviceCommand): void {
  const trial = trialFor(draft, 'submitMetrics');
  const { batch, keyId, digest, from, to, readings } = command;
  if (!Object.hasOwn(trial.keys, keyId)) refuse('METRICS_SIGNATURE_INVALID', { keyId });
  requireNext(draft, trial, command);
  const terms = trialTermsOf(trial);
  const known = terms.limits.map(({ code }) => code);
  const unknown = readings.map(({ limit }) => limit).filter((one) => !known.includes(one));
  if (unknown.length > 0) refuse('UNKNOWN_VALUE', { field: 'readings', unknown: [...new Set(unknown)], known });
  const { warnAt } = draft.law.settings.sandbox;
  const judged = readings.flatMap((reading) => judge(terms, reading, warnAt));
  const wrong = judged.filter(({ proximity }) => proximity === 'wrong').map(({ limit }) => limit);
  if (wrong.length > 0) refuse('WRONG_TYPE', { field: 'readings', limits: [...new Set(wrong)] });
  const scope = caseScope(draft.state.code);
  const kept = draft.sealBatch(batch, digest, readings);
  const [count, extremes] = [readings.length, extremesOf(readings)];
  draft.emit('metricsAccepted', scope, { batch, keyId, digest, from, to, count, extremes, kept });
  for (const { limit, reading } of firstOf(judged, 'near')) {
    draft.emit('limitNeared', scope, { limit, value: reading.value, at: reading.at, batch });
  }
  for (const { limit, reading } of firstOf(judged, 'beyond')) exceed(draft, limit, reading, batch);
}

function requireNext(
  draft: Draft,
  { metrics, startedAt }: TrialState,
  { batch, from, to, readings }: DeviceCommand,
): void {
  const expected = (metrics?.batch ?? 0) + 1;
  if (batch < expected) refuse('DUPLICATE_REQUEST', { batch, expected });
  if (batch > expected) refuse('METRICS_OUT_OF_ORDER', { batch, expected });
  const isBefore = (a: string, b: string) => millisecondsOf(a) < millisecondsOf(b);
  if (isBefore(to, from)) refuse('METRICS_OUT_OF_ORDER', { from, to });
  const began = millisecondsOf(startedAt ?? draft.now) - clockSkewMs;
  if (millisecondsOf(from) < began) refuse('METRICS_OUT_OF_ORDER', { from, after: startedAt });
  if (metrics && isBefore(from, metrics.to)) refuse('METRICS_OUT_OF_ORDER', { from, after: metrics.to });
  if (millisecondsOf(to) > millisecondsOf(draft.now) + clockSkewMs) refuse('METRICS_FROM_THE_FUTURE', { to });
  const outside = readings.find(({ at }) => isBefore(at, from) || isBefore(to, at));
  if (outside) refuse('METRICS_OUT_OF_ORDER', { at: outside.at, from, to });
}

/** The first reading of each limit that stands so: one warning, one breach a batch. */
function firstOf(judged: readonly Judgement[], proximity: 'near' | 'beyond'): Judgement[] {
  const first = new Map<string, Judgement>();
  for (const one of judged) if (one.proximity === proximity && !first.has(one.limit)) first.set(one.limit, one);
  return [...first.values()];
}

function exceed(draft: Draft, limit: string, { value, at }: Judgement['reading'], batch: number): void {
  const scope = caseScope(draft.state.code);
  draft.emit('limitExceeded', scope, { limit, value, at, batch });
  placeHold(draft, { kind: 'limit', limit, value });
  const trial = trialFor(draft, 'submitMetrics');
  const { regime, rules } = rulesFor(draft, trial);
  const reported = Object.values(trial.incidents).some((one) => one.limit === limit && one.reportedAt === null);
  if (reported || !regime.incidentCovers.includes('limit-exceeded') || !rules.incidentHours) return;
  const incidentId = `I${Object.keys(trial.incidents).length + 1}`;
  const reportBy = instantAfter(laterOf(at, draft.now), rules.incidentHours.value);
  draft.emit('incidentOpened', scope, { incidentId, limit, reportBy });
}

/** A report meets the duty that it is: the one named, or the earliest that is open. */
export function fileTrialReport(draft: Draft, { duty, documentId, figures }: Act<'fileTrialReport'>): void {
  participant(draft);
  trialFor(draft, 'fileReport');
  const open = openDuties(draft, 'trial-report');
  const named = duty === null ? open[0] : draft.state.duties[duty];
  if (named?.code !== 'trial-report') return refuse(duty === null ? 'PRECONDITION_FAILED' : 'NOT_FOUND', { duty });
  if (named.metAt !== null) refuse('DUTY_CLOSED', { duty: named.id, metAt: named.metAt });
  draft.emit('trialReportFiled', caseScope(draft.state.code), { duty: named.id, documentId, figures });
  meet(draft, named, documentId === null ? 'report' : `document:${documentId}`);
}

/** What the supervisor found on the spot; the visit that is due next is done with it. */
export function recordVisit(draft: Draft, { on, result, findings }: Act<'recordVisit'>): void {
  const trial = trialFor(draft, 'recordVisit');
  ofAgency(draft, [trial.supervises, trial.authority], 'officer');
  if (on > dateOf(draft.now)) refuse('VALIDATION_FAILED', { field: 'on', to: dateOf(draft.now) });
  if (trial.from !== null && on < trial.from) refuse('VALIDATION_FAILED', { field: 'on', from: trial.from });
  const visitId = `V${trial.visits + 1}`;
  const words = draft.seal(findings, 'findings');
  draft.emit('visitRecorded', caseScope(draft.state.code), { visitId, on, result, findings: words });
  meetEarliest(draft, 'supervision-visit', `visit:${visitId}`);
}
