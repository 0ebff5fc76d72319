import { refuse } from '../../errors.js';
import type { Draft } from '../draft.js';
import type { ProcedureState } from '../procedure/state.js';
import { caseScope } from '../scope.js';
import { holderOf } from '../task-table.js';
import type { Completion } from '../task/commands.js';
import { done, reasonOf } from '../task/completion.js';
import { aboutOf, makeTaskKey } from '../task/keys.js';
import { outcomeOf } from '../task/outcomes.js';
import type { TaskState } from '../task/state.js';
import type { OutsideReportCommand, StatusDifferenceCommand } from './commands.js';
import { findMatter, isKnownDifference } from './state.js';

/**
 * What the City's procedure system tells of a dossier, once per message. Refuses `PRECONDITION_FAILED` for a result that is not handed over yet, or a dossier that has
 * no code; `DUPLICATE_REQUEST` for a result that was handed out before; `VALIDATION_FAILED` for what is to have happened later than now.
 */
export function reportFromOutside(draft: Draft, command: OutsideReportCommand): void {
  const { procedure: scope, report, messageId, at, note } = command;
  const procedure = draft.getProcedure(scope);
  const { dossierCode } = procedure;
  if (dossierCode === null) return refuse('PRECONDITION_FAILED', { received: false });
  if (at > draft.now) refuse('VALIDATION_FAILED', { field: 'at', later: true });
  if (report === 'papers-filed') {
    const matterId = nextId(draft);
    const sealed = draft.sealed(note);
    draft.emit('papersFiledOutside', scope, { matterId, dossierCode, messageId, at, note: sealed });
    return openMatter(draft, procedure, matterId);
  }
  if (procedure.handedOverAt === null) refuse('PRECONDITION_FAILED', { result: 'not-issued' });
  if (procedure.handedOutAt !== undefined) refuse('DUPLICATE_REQUEST', { handedOutAt: procedure.handedOutAt });
  draft.emit('resultHandedOut', scope, { dossierCode, messageId, at });
}

/** Another system holds a state of a dossier that we never told it: an officer is asked, once for each such state. */
export function reportStatusDifference(draft: Draft, command: StatusDifferenceCommand): void {
  const { procedure: scope, system, ours, theirs } = command;
  const procedure = draft.getProcedure(scope);
  if (isKnownDifference(draft.state, scope, system, theirs)) return;
  const matterId = nextId(draft);
  draft.emit('statusDiffered', scope, { matterId, system, ours, theirs });
  openMatter(draft, procedure, matterId);
}

const nextId = ({ state }: Draft): string => `N${(state.outside?.length ?? 0) + 1}`;

function openMatter(draft: Draft, { handlingAgency: agency }: ProcedureState, matterId: string): void {
  const key = makeTaskKey({ kind: 'outside', matterId });
  draft.openTask({
    scope: caseScope(draft.state.code),
    key,
    kind: 'outside',
    agency,
    role: holderOf('outside'),
    step: null,
  });
}

/** An officer of the agency that handles the dossier says what became of it, and why. */
export function settleOutside(draft: Draft, task: TaskState, completion: Completion): void {
  const outcome = outcomeOf('outside', completion);
  const { matterId } = aboutOf(task, 'outside') ?? refuse('NOT_FOUND', { task: task.id });
  const matter = findMatter(draft.state, matterId) ?? refuse('NOT_FOUND', { matter: matterId });
  const reason = draft.seal(reasonOf(completion));
  done(draft, task, completion);
  draft.emit('outsideSettled', matter.scope, { matterId, taskId: task.id, outcome, reason });
}
