import { refuse } from '../../errors.js';
import { vietnameseRegistration } from '../../lane/enterprise.js';
import { findEntry, findListed, type PredicateId, predicateIds, provesBy } from '../../lane/evidence.js';
import { dateOf } from '../../time/instants.js';
import type { PersonCommand } from '../commands.js';
import type { Completion } from '../task/commands.js';
import { isLaneOpen, laneOf } from './state.js';
import type { TaskState } from '../task/state.js';
import type { Draft } from '../draft.js';
import type { LaneFinding } from '../case/words.js';
import { caseScope } from '../scope.js';
import type { CaseState, GreenLaneState } from '../state.js';
import { done, reasonOf } from '../task/completion.js';
import { outcomeOf } from '../task/outcomes.js';

function withOpenLane(state: CaseState): GreenLaneState {
  if (state.kind !== 'green-lane') return refuse('PRECONDITION_FAILED', { lane: null });
  const { lane, laneAtResult, closed } = state;
  if (isLaneOpen(state)) return state;
  if (closed || lane === 'green' || laneAtResult === null) return refuse('PRECONDITION_FAILED', { lane });
  return refuse('PRECONDITION_FAILED', { decidedOn: dateOf(laneAtResult.at) });
}

/** The investor shows what proves one of the tests of the green lane. Whether it does is for whoever owns the lane to say. */
export function giveEvidence(draft: Draft, command: Extract<PersonCommand, { type: 'giveEvidence' }>): void {
  const state = withOpenLane(draft.state);
  const { predicate, code, documentId } = command;
  if (!provesBy(predicate, 'document', code)) refuse('VALIDATION_FAILED', { field: 'code', predicate });
  const given = Object.values(state.laneEvidence);
  if (given.some((one) => one.predicate === predicate && one.documentId === documentId)) {
    refuse('DUPLICATE_REQUEST', { predicate, documentId });
  }
  const evidenceId = `E${given.length + 1}`;
  draft.emit('evidenceGiven', caseScope(state.code), { evidenceId, predicate, code, documentId });
}

/** A project in the standard lane is proposed to the green lane again: somebody else decides anew. Its dates stay as they were set at filing. */
export function proposeLane(draft: Draft, reason: string): void {
  const { code, lane } = withOpenLane(draft.state);
  if (lane !== 'standard') refuse('PRECONDITION_FAILED', { lane });
  draft.emit('laneProposed', caseScope(code), { reason: draft.seal(reason) });
}

/** Green where each of the three tests is a yes that rests on evidence, standard where one of them is a no; a reason for each. */
export function decideLane(draft: Draft, task: TaskState, completion: Completion): void {
  const lane = outcomeOf('lane', completion);
  const words = reasonOf(completion);
  const before = laneOf(draft.state);
  if (before !== 'undecided') refuse('PRECONDITION_FAILED', { lane: before });
  const findings = checkedFindings(draft, completion.findings ?? []);
  const failed = findings.filter(({ verdict }) => verdict === 'no').map(({ predicate }) => predicate);
  if ((lane === 'green') !== (failed.length === 0)) refuse('VALIDATION_FAILED', { field: 'outcome', failed });
  const reason = draft.seal(words);
  const sealed = findings.map((finding): LaneFinding => ({
    ...finding,
    reason: draft.seal(finding.reason, 'findings'),
  }));
  done(draft, task, completion);
  draft.emit('laneDecided', task.scope, { taskId: task.id, lane, reason, findings: sealed });
}

/** One for each test, in the order of the tests. */
function checkedFindings(
  draft: Draft,
  findings: NonNullable<Completion['findings']>,
): NonNullable<Completion['findings']> {
  const missing = predicateIds.filter((id) => !findings.some(({ predicate }) => predicate === id));
  if (missing.length > 0 || findings.length !== predicateIds.length) {
    refuse('VALIDATION_FAILED', { field: 'findings', missing, known: [...predicateIds] });
  }
  return predicateIds.flatMap((id) =>
    findings
      .filter(({ predicate }) => predicate === id)
      .map(({ predicate, verdict, basis, reason }) => {
        if (verdict === 'no') return { predicate, verdict, basis: null, reason };
        if (basis === null || !proves(draft, predicate, basis)) refuse('EVIDENCE_MISSING', { predicate, basis });
        return { predicate, verdict, basis, reason };
      }),
  );
}

/** A document that the investor gave for this test, or an entry of a list of the City for it that was valid on the day of filing. */
function proves({ state, law }: Draft, predicate: PredicateId, basis: string): boolean {
  if (state.kind !== 'green-lane') return false;
  if (Object.hasOwn(state.laneEvidence, basis) && state.laneEvidence[basis]?.predicate === predicate) return true;
  const [lists, filed] = [law.settings.lists ?? [], dateOf(state.openedAt)];
  const listed = findListed(lists, basis, filed, vietnameseRegistration(state.facts));
  const entry = findEntry(lists, basis);
  if (!listed && entry && (filed < entry.from || (entry.to !== null && entry.to < filed))) {
    refuse('ENTRY_NOT_IN_FORCE', { predicate, basis, from: entry.from, to: entry.to, filed });
  }
  return listed !== undefined && provesBy(predicate, 'register', listed.list);
}
