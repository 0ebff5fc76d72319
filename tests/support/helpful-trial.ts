import type { Command } from '../../domain/case/commands.js';
import type { Actor } from '../../domain/case/events.js';
import { allTasks, type TaskState } from '../../domain/case/task/state.js';
import type { ProcedureState } from '../../domain/case/procedure/state.js';
import type { TrialRequest } from '../../domain/case/trial/words.js';
import { missingPermits, openRequests, type TrialState, admissionOf } from '../../domain/case/trial/state.js';
import type { Reading } from '../../domain/law/trial-terms.js';
import { dateOf, instantAfter } from '../../domain/time/instants.js';
import { person } from './memory-register.js';
import type { Act, Scene } from './scene.js';
import { council, findingsFor, inside, termsFor } from './trial-acts.js';

/**
 * What people of good will would do next in a trial, in the order of trying: they bring it from its filing to its end through a warning, a hold, a suspension, an
 * incident, an adjustment and an extension. Depends on nothing but the state.
 */
export function* helpfulTrialActs(scene: Scene): Generator<Act> {
  const { trial } = scene.state;
  if (!trial) return;
  if (trial.phase === 'admission') return yield* helpfulAdmission(scene);
  yield* owedByParticipant(scene, trial);
  if (trial.phase === 'suspended' && openRequests(trial).every(({ request }) => request.kind !== 'resumption')) {
    yield asked(scene, { kind: 'resumption' });
  }
  if (trial.phase === 'running' && trial.finalReport === null) yield* runningLife(scene, trial);
}

const byParticipant = ({ state }: Scene, command: Command): Act => ({
  command,
  actor: person(state.investor.personId, 'investor'),
});

const asked = (scene: Scene, request: TrialRequest): Act =>
  byParticipant(scene, { type: 'requestTrialChange', request, reason: 'needed' });

// The admission ---------------------------------------------------------------------------------------------------------------------------------

function* helpfulAdmission(scene: Scene): Generator<Act> {
  const procedure = admissionOf(scene.state);
  if (!procedure) return;
  for (const task of allTasks(scene.state)) {
    if (task.scope !== procedure.scope || (task.status !== 'open' && task.status !== 'claimed')) continue;
    if (task.step === 'evaluation' && !procedure.proposal) yield* held(task, (taskId) => proposal(scene, taskId));
    if (task.step === 'council') yield* helpfulCouncil(scene, procedure, task);
    const isReady = task.step === 'evaluation' ? procedure.proposal : procedure.council?.present;
    if (task.claimedBy === null || !isReady || (task.step !== 'evaluation' && task.step !== 'council')) continue;
    yield {
      actor: holderOf(task),
      command: { type: 'completeTask', taskId: task.id, completion: { outcome: 'done' } },
    };
  }
}

const proposal = ({ law, state }: Scene, taskId: string): Command => ({
  type: 'proposeTerms',
  taskId,
  criteria: findingsFor(law),
  terms: {
    ...termsFor(law, state.trial ?? { version: '', months: 1 }),
    months: 2,
    transitionMonths: transition(state.trial),
  },
});

const transition = (trial: TrialState | null): number => (trial?.regime.startsWith('ai') ? 1 : 0);

function* helpfulCouncil(scene: Scene, { council: called }: ProcedureState, task: TaskState): Generator<Act> {
  const recused = (id: string) => Object.hasOwn(scene.state.recused, id);
  if (!called?.present) {
    const members = council(() => 0).filter((one) => !recused(one.person));
    const meetsAt = instantAfter(scene.now, 24);
    if (!called) yield* held(task, (taskId) => ({ type: 'conveneCouncil', taskId, members, meetsAt }));
    const present = (called?.members ?? members).map((one) => one.person);
    yield* held(task, (taskId) => ({ type: 'openCouncil', taskId, present }));
    yield* held(task, (taskId) => ({ type: 'conveneCouncil', taskId, members, meetsAt }));
    return;
  }
  for (const { person: id, agency } of called.members) {
    if (!called.present.includes(id) || Object.hasOwn(called.votes, id) || recused(id)) continue;
    const actor = person(id, agency === null ? 'expert' : 'officer', agency);
    yield { actor, command: { type: 'castVote', vote: 'for', reason: null } };
  }
}

/** Claimed first, by one of the three who may; then done by whoever holds it. */
function* held(task: TaskState, command: (taskId: string) => Command): Generator<Act> {
  if (task.claimedBy !== null) return yield { actor: holderOf(task), command: command(task.id) };
  for (const n of [1, 2, 3]) {
    const actor = person(`${task.role}.${task.agency}.${n}`, task.role, task.agency);
    yield { actor, command: { type: 'claimTask', taskId: task.id } };
  }
}

/** The role is in the id. */
const holderOf = ({ claimedBy, role, agency }: TaskState): Actor =>
  person(claimedBy ?? '', claimedBy?.startsWith('head.') ? 'head' : role, agency);

// The trial -------------------------------------------------------------------------------------------------------------------------------------

function* owedByParticipant(scene: Scene, trial: TrialState): Generator<Act> {
  const { state, now } = scene;
  for (const permit of missingPermits(trial)) {
    const paper = { permit, number: 'QĐ-1', documentId: null, validTo: null };
    yield byParticipant(scene, { type: 'recordPermit', ...paper });
  }
  for (const { id, code, metAt } of Object.values(state.duties)) {
    if (metAt !== null) continue;
    if (code === 'trial-users') yield byParticipant(scene, { type: 'meetDuty', duty: id, evidence: 'sent' });
    const report = { duty: id, documentId: 'doc-report', figures: { flights: 3 } };
    if (code === 'trial-report') yield byParticipant(scene, { type: 'fileTrialReport', ...report });
  }
  for (const { id, reportedAt } of Object.values(trial.incidents)) {
    if (reportedAt === null) yield byParticipant(scene, incident(id, now, 'minor'));
  }
}

const incident = (id: string | null, now: string, severity: 'minor' | 'critical'): Command => ({
  type: 'reportIncident',
  incident: id,
  severity,
  happenedAt: instantAfter(now, -2),
  knownAt: instantAfter(now, -1),
  description: 'a hard landing',
  documentId: null,
});

/** One thing after the other, each told from what is there by what came before it. */
function* runningLife(scene: Scene, trial: TrialState): Generator<Act> {
  const { now } = scene;
  const has = (kind: TrialRequest['kind']) =>
    Object.values(trial.requests).some(({ request }) => request.kind === kind);
  const keyId = Object.keys(trial.keys)[0];
  if (keyId === undefined)
    return yield byParticipant(scene, { type: 'registerKey', keyId: 'key-1', publicKey: `MCow/${scene.state.code}` });
  if ((trial.metrics?.batch ?? 0) < 2) yield metrics(scene, trial, keyId);
  if (trial.visits === 0) {
    const visit = { on: dateOf(now), result: 'in-order', findings: 'as admitted' } as const;
    const actor = person(`officer.${trial.supervises}.1`, 'officer', trial.supervises);
    yield { actor, command: { type: 'recordVisit', ...visit } };
  }
  if (Object.keys(trial.incidents).length === 0) yield byParticipant(scene, incident(null, now, 'critical'));
  if (!has('adjustment') && trial.terms) yield asked(scene, { kind: 'adjustment', terms: trial.terms });
  if (!has('extension')) yield asked(scene, { kind: 'extension', months: 1 });
  if (openRequests(trial).length > 0) return;
  const lessons = [{ act: 'Luật A', article: 'Điều 1', change: 'allow it' }];
  yield byParticipant(scene, { type: 'fileFinalReport', documentId: 'doc-final', lessons, figures: { flights: 120 } });
}

/** The first batch nears a limit, the second is beyond one. */
function metrics({ now }: Scene, trial: TrialState, keyId: string): Act {
  const batch = (trial.metrics?.batch ?? 0) + 1;
  const bound = trial.terms?.limits.find(({ max, watch }) => max !== undefined && watch === 'telemetry');
  const value = (bound?.max ?? 0) * (batch === 1 ? 0.95 : 1.05);
  const reading: Reading = bound
    ? { limit: bound.code, at: now, value }
    : { limit: 'test-area', at: now, value: inside };
  const from = trial.metrics?.to ?? now;
  const command = { type: 'submitMetrics', batch, keyId, digest: 'd', from, to: now, readings: [reading] } as const;
  return { actor: { kind: 'device', keyId }, command };
}
