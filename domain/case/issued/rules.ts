import { refuse } from '../../errors.js';
import { ifPublished } from '../../time/calendar.js';
import { dateOf, type PlainDate } from '../../time/instants.js';
import { termEnd } from '../../time/term-end.js';
import type { Command, PersonCommand } from '../commands.js';
import type { Draft } from '../draft.js';
import { person } from '../person.js';
import type { ProcedureState } from '../procedure/state.js';
import { caseScope } from '../scope.js';
import type { CaseState } from '../state.js';
import { holderOf } from '../task-table.js';
import type { Completion } from '../task/commands.js';
import { done, reasonOf } from '../task/completion.js';
import { aboutOf, makeTaskKey } from '../task/keys.js';
import { outcomeOf } from '../task/outcomes.js';
import type { TaskState } from '../task/state.js';
import { hasWorkOnResult, outlivesCase } from './outlives.js';
import { findResultChange, isRevoked, issuedChanges, resultChangesOf, type ResultChange } from './state.js';
import type { ResultChangeKind } from './words.js';

type Signed = ProcedureState & { readonly signature: NonNullable<ProcedureState['signature']> };

/** The last result of a procedure that was issued: decided, signed, and its procedure over. */
function issuedResult({ procedures }: CaseState, code: string): Signed {
  const attempts = Object.values(procedures).filter(({ procedure }) => procedure === code);
  if (attempts.length === 0) refuse('NOT_FOUND', { procedure: code });
  const isIssued = (one: ProcedureState): one is Signed => one.signature !== null && one.closed !== null;
  const issued = attempts.filter(isIssued).sort((a, b) => b.attempt - a.attempt);
  return issued[0] ?? refuse('PRECONDITION_FAILED', { result: 'not-issued' });
}

/**
 * Somebody of the agency whose decision it is proposes that an issued result is put right or taken back; its head is asked to decide, and before a revocation
 * the investor is heard. One at a time for each result. Also once the case has ended. Refuses `PRECONDITION_FAILED` for a result that was not issued or was
 * taken back, and for the admission of a trial, which ends by its own rules.
 */
export function proposeResultChange(
  draft: Draft,
  command: Extract<PersonCommand, { type: 'proposeResultChange' }>,
): void {
  const { state } = draft;
  const { id, role, agency } = person(draft);
  const procedure = issuedResult(state, command.procedure);
  const competent = draft.law.successorOf(procedure.competentAgency);
  const may = (role === 'officer' || role === 'head') && agency === competent;
  if (!may) refuse('FORBIDDEN', { agency: competent });
  if (id in state.recused) refuse('ACTOR_RECUSED');
  if (isRevoked(procedure)) refuse('PRECONDITION_FAILED', { result: 'revoked' });
  const { change, passages } = command;
  if (change === 'revocation' && state.trial) refuse('PRECONDITION_FAILED', { result: 'of a trial' });
  const open = (procedure.resultChanges ?? []).find(({ outcome }) => outcome === null);
  if (open) refuse('DUPLICATE_REQUEST', { change: open.id });
  if ((change === 'correction') !== passages.length > 0) {
    refuse('VALIDATION_FAILED', { field: 'passages', missing: change === 'correction' });
  }
  if (passages.some(({ was, is }) => was.trim() === is.trim()))
    refuse('VALIDATION_FAILED', { field: 'passages', unchanged: true });
  const changeId = `R${resultChangesOf(state).length + 1}`;
  draft.emit('resultChangeProposed', procedure.scope, {
    changeId,
    change,
    of: procedure.signature.number,
    passages: passages.map(({ was, is }) => ({ was: draft.seal(was, 'passages'), is: draft.seal(is, 'passages') })),
    reason: draft.seal(command.reason),
    legalBasis: draft.seal(command.legalBasis, 'legalBasis'),
    answerBy: change === 'revocation' ? hearingUntil(draft) : null,
  });
  draft.openTask({
    scope: caseScope(state.code),
    key: makeTaskKey({ kind: 'result-change', changeId }),
    kind: 'result-change',
    agency: procedure.competentAgency,
    role: holderOf('result-change'),
    step: null,
  });
}

const hearingUntil = ({ law, now }: Draft): PlainDate =>
  ifPublished(() => termEnd(law.caseCalendar, dateOf(now), law.settings.taskDays.hearing)) ??
  refuse('CALENDAR_UNKNOWN', { date: dateOf(now) });

/** What the investor says before a result is taken back; once, while nobody has decided. */
export function answerResultHearing(
  draft: Draft,
  { changeId, statement }: Extract<PersonCommand, { type: 'answerResultHearing' }>,
): void {
  const found = findResultChange(draft.state, changeId) ?? refuse('NOT_FOUND', { change: changeId });
  const { procedure, change } = found;
  if (change.answerBy === null || change.outcome !== null) refuse('PRECONDITION_FAILED', { hearing: null });
  if (change.answeredAt !== null) refuse('DUPLICATE_REQUEST', { change: changeId });
  const words = draft.seal(statement, 'statement');
  draft.emit('resultHearingAnswered', procedure.scope, { changeId, statement: words });
}

const marks: Readonly<Record<ResultChangeKind, string>> = { correction: 'DC', revocation: 'TH' };

/** The number of the next act on a decision: it follows the decision's own. */
function nextNumber(procedure: ProcedureState, { of, change }: ResultChange): string {
  const before = issuedChanges(procedure).filter((one) => one.change === change).length;
  return `${of}-${marks[change]}${before + 1}`;
}

/** The number of the decision that an act of this number is about; undefined where it is no number of such an act. */
export const decisionOfChange = (number: string): string | undefined => /^(.+)-(?:DC|TH)\d{1,3}$/.exec(number)?.[1];

/** Not by whoever proposed it; a result is not taken back before the investor has spoken, or has let the time pass: `REVOCATION_WITHOUT_HEARING`. */
export function decideResultChange(draft: Draft, task: TaskState, completion: Completion): void {
  const outcome = outcomeOf('result-change', completion);
  const { changeId } = aboutOf(task, 'result-change') ?? refuse('NOT_FOUND', { task: task.id });
  const found = findResultChange(draft.state, changeId) ?? refuse('NOT_FOUND', { change: changeId });
  const { procedure, change } = found;
  const { scope } = procedure;
  const reason = draft.seal(reasonOf(completion));
  if (outcome === 'keep') {
    done(draft, task, completion);
    return draft.emit('resultKept', scope, { changeId, taskId: task.id, reason });
  }
  const { answerBy, answeredAt, of } = change;
  if (answerBy !== null && answeredAt === null && dateOf(draft.now) <= answerBy)
    refuse('REVOCATION_WITHOUT_HEARING', { change: changeId, answerBy });
  const given = completion.legalBasis?.trim() ? draft.seal(completion.legalBasis, 'legalBasis') : change.legalBasis;
  const act = { changeId, of, taskId: task.id, number: nextNumber(procedure, change), reason, legalBasis: given };
  done(draft, task, completion);
  if (change.change === 'revocation') return draft.emit('resultRevoked', scope, act);
  draft.emit('resultCorrected', scope, { ...act, passages: change.passages });
}

/** A result outlives its case, and so does what is done about it. */
export function isAboutResult(state: CaseState, command: Command): boolean {
  switch (command.type) {
    case 'proposeResultChange':
    case 'answerResultHearing':
    case 'reportFromOutside':
    case 'reportStatusDifference':
      return true;
    case 'claimTask':
    case 'releaseTask':
    case 'completeTask':
    case 'reassignTask':
    case 'handOverTask':
    case 'freeTask':
    case 'askSignatory':
      return outlivesCase(state, state.tasks[command.taskId]);
    case 'declareInterest':
      return hasWorkOnResult(state);
    default:
      return false;
  }
}
