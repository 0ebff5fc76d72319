import { opinionCounts } from '../../domain/case/consultation/counts.js';
import { isDeferred, missingGates } from '../../domain/case/procedure/progress.js';
import { latestAttempt } from '../../domain/case/procedure/state.js';
import type { DossierDocument } from '../../domain/case/procedure/words.js';
import type { CaseState } from '../../domain/case/state.js';
import { allTasks, type TaskState } from '../../domain/case/task/state.js';
import { helpfulTrialActs } from './helpful-trial.js';
import { findingsFor, missingEvidence } from './lane.js';
import { person } from './memory-register.js';
import {
  type Act,
  byHandler,
  byInvestor,
  documentsOf,
  foundOut,
  holderOf,
  isOpen,
  named,
  openNotices,
  refused,
  resolved,
  type Scene,
  unanswered,
} from './scene.js';

/** What people who want the case to end would do now, in the order of trying; empty where only time can bring something. */
export function* helpfulActs(scene: Scene): Generator<Act> {
  const { state } = scene;
  for (const procedure of refused(state)) {
    if (state.plan.some((item) => item.procedure === procedure && item.mandatory))
      yield byInvestor(scene, { type: 'refileProcedure', procedure, documents: allDocuments(scene, procedure) });
  }
  for (const { procedure, stage } of Object.values(state.procedures)) {
    const latest = latestAttempt(state, procedure);
    if (stage === 'awaiting-dossier' && latest?.stage === stage && !isDeferred(state, procedure))
      yield byInvestor(scene, { type: 'fileDossier', procedure, documents: allDocuments(scene, procedure) });
  }
  for (const item of state.plan) {
    if (!item.mandatory || item.phase === 'operate') continue;
    for (const gate of missingGates(state, item)) yield byInvestor(scene, { type: 'meetGate', gate, evidence: null });
  }
  for (const asked of openNotices(state)) {
    const { procedure, requestId, decision } = asked;
    if (decision !== null) yield byHandler(scene, asked, { type: 'endViolation', reason: 'the fine is paid' });
    const documents = allDocuments(scene, procedure);
    yield byInvestor(scene, { type: 'answerSupplement', procedure, requestId, documents });
  }
  for (const { procedure, payments } of Object.values(state.procedures)) {
    for (const [step, { receivedAt }] of Object.entries(payments)) {
      const reference = `${procedure}/${step}/${state.seq}`;
      if (receivedAt === null) yield byInvestor(scene, { type: 'recordPayment', procedure, step, reference });
    }
  }
  yield* helpfulOpinions(scene);
  yield* helpfulTrialActs(scene);
  for (const task of allTasks(state)) if (isOpen(task)) yield* helpfulWork(scene, task);
}

const allDocuments = (scene: Scene, code: string): DossierDocument[] =>
  documentsOf(scene, code).map((one) => ({ code: one.code, documentId: 'doc-1', obtainedFrom: null }));

function* helpfulOpinions({ state }: Scene): Generator<Act> {
  for (const { consultation, opinion } of unanswered(state)) {
    const { agency, status, requestId } = opinion;
    if (status !== 'asked' || requestId === null || opinionCounts(opinion)) continue;
    const answer = {
      position: 'agree',
      conditions: [],
      legalBasis: null,
      messageId: `m-${requestId}-${consultation.n}`,
    } as const;
    yield {
      command: { type: 'giveOpinion', consultation: consultation.scope, agency, ...answer },
      actor: { kind: 'agency-system', agency },
    };
  }
}

const best: Readonly<Record<TaskState['kind'], readonly string[]>> = {
  intake: ['receive'],
  step: ['done', 'approve'],
  opinion: ['agree'],
  'by-hand': ['done'],
  lapse: ['continue', 'stop', 'refuse'],
  silence: ['treat-as-agreed'],
  lane: ['green', 'standard'],
  revocation: ['keep', 'revoke'],
  stuck: ['done'],
  apology: ['not-needed'],
  conference: ['decide', 'refer'],
  statement: ['by-link', 'in-place', 'in-writing'],
  question: ['answer'],
  fact: ['confirm', 'keep'],
  extract: ['register-stands', 'filed-stands'],
  outside: ['settled', 'not-ours'],
  'result-change': ['issue', 'keep'],
  fit: ['fits'],
  hold: ['confirm', 'lift'],
  incident: ['examined'],
  'trial-request': ['grant', 'refuse'],
  completion: ['completed', 'failed'],
  signatory: ['name'],
  instruction: ['answer'],
};

/** Of every third trial the authority looks at the final report when the term is over. */
const takesTheWholeTerm = ({ code, trial }: CaseState): boolean =>
  trial?.phase !== 'assessment' && [...code].reduce((sum, char) => sum + char.charCodeAt(0), 0) % 3 === 0;

/** Whoever holds it; else anybody who may, one after the other. */
function* helpfulWork(scene: Scene, task: TaskState): Generator<Act> {
  const { id: taskId, role, agency, kind, claimedBy } = task;
  if (kind === 'completion' && takesTheWholeTerm(scene.state)) return;
  if (kind === 'lane') for (const given of missingEvidence(scene.state)) yield byInvestor(scene, given);
  const found = { finding: { damage: 'none', cause: 'undetermined', exempt: false } } as const;
  const said = {
    reason: 'in order',
    reference: `R-${taskId}`,
    ...(kind === 'conference' && resolved(scene, task)),
    ...(kind === 'incident' && found),
    ...(kind === 'signatory' && named(agency)),
    ...(kind === 'fact' && foundOut(scene.state, task)),
  };
  for (const outcome of best[kind]) {
    const findings = findingsFor(scene.state, outcome);
    const completion = { ...said, outcome, ...(kind === 'lane' && { findings }) };
    yield { command: { type: 'completeTask', taskId, completion }, actor: holderOf(task) };
    if (claimedBy !== null) yield { command: { type: 'releaseTask', taskId }, actor: holderOf(task) };
    for (const n of [1, 2, 3])
      yield {
        command: { type: 'completeTask', taskId, completion },
        actor: person(`${role}.${agency}.${n}`, role, agency),
      };
  }
}
