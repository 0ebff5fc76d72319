import { refuse } from '../../errors.js';
import type { Draft } from '../draft.js';
import type { CaseEvent } from '../events.js';
import { latestAttempt, type ProcedureState } from '../procedure/state.js';
import { holderOf } from '../task-table.js';
import type { Completion } from '../task/commands.js';
import { done, reasonOf } from '../task/completion.js';
import { aboutOf, makeTaskKey } from '../task/keys.js';
import { outcomeOf } from '../task/outcomes.js';
import type { TaskState } from '../task/state.js';
import type { ConsentCommand, ExtractServiceCommand, LookCommand } from './commands.js';
import { canonicalDifferences } from './content.js';
import { type ExtractState, isAwaited, isDisputed, isOutdated, isPending, isTriedToday } from './state.js';
import type { Difference, LookCause } from './words.js';

/** What came of asking a register, as far as somebody still waits for it: the paper may have been given, or it was asked anew. */
export function finishExtract(draft: Draft, command: ExtractServiceCommand): void {
  const { procedure: scope, document, look, found, missed } = command;
  const procedure = draft.getProcedure(scope);
  const extract = procedure.extracts?.[document];
  if (procedure.closed || extract?.look !== look || !isPending(extract)) return;
  const { register } = extract;
  if (!found) {
    draft.emit('extractMissed', scope, { document, register, look, reason: missed ?? 'unsound' });
    return;
  }
  const { content, differences, ...answer } = found;
  draft.emit('extractObtained', scope, {
    document,
    register,
    look,
    ...answer,
    content: draft.seal(content, 'content'),
  });
  // What is decided already rests on what was there.
  if (differences.length > 0 && procedure.decision === null) question(draft, procedure, extract, differences);
}

function question(
  draft: Draft,
  { scope, handlingAgency: agency, tasks }: ProcedureState,
  { document, register, look }: ExtractState,
  differences: readonly Difference[],
): void {
  for (const task of Object.values(tasks))
    if (aboutOf(task, 'extract')?.document === document) draft.cancelTask(task, 'asked-anew');
  draft.emit('extractQuestioned', scope, {
    document,
    register,
    look,
    differences: draft.seal(canonicalDifferences(differences), 'differences'),
  });
  const key = makeTaskKey({ kind: 'extract', document, look });
  draft.openTask({ scope, key, kind: 'extract', agency, role: holderOf('extract'), step: null });
}

/** An officer of the agency says which side stands, and why. */
export function settleExtract(draft: Draft, task: TaskState, completion: Completion): void {
  const outcome = outcomeOf('extract', completion);
  const { document, look } = aboutOf(task, 'extract') ?? refuse('NOT_FOUND', { task: task.id });
  const reason = draft.seal(reasonOf(completion));
  done(draft, task, completion);
  const stands = outcome === 'register-stands' ? 'register' : 'filed';
  draft.emit('extractSettled', task.scope, { document, look, taskId: task.id, stands, reason });
}

const extractsOf = ({ extracts = {} }: ProcedureState): ExtractState[] => Object.values(extracts);

/** Whoever handles a procedure has its registers asked again; those that are being asked already are not. */
export function lookAgain(draft: Draft, { procedure: code }: LookCommand): void {
  const procedure = latestAttempt(draft.state, code) ?? refuse('NOT_FOUND', { procedure: code });
  const { closed, decision, handlingAgency } = procedure;
  const { by } = draft;
  if (by.kind === 'person' && by.agency !== handlingAgency) refuse('TASK_NOT_YOURS', { procedure: code });
  if (closed || decision) refuse('PRECONDITION_FAILED', { decided: true });
  ask(draft, procedure, extractsOf(procedure), by.kind === 'person' ? 'wanted' : 'before-decision');
}

/** The investor's side takes a consent back: from then on a register that needs one is not asked. Refuses `NOT_FOUND` where none was given. */
export function withdrawConsent(draft: Draft, { procedure: code, document }: ConsentCommand): void {
  const procedure = latestAttempt(draft.state, code) ?? refuse('NOT_FOUND', { procedure: code });
  const extract = procedure.extracts?.[document];
  if (!extract || extract.consent === null) return refuse('NOT_FOUND', { consent: document });
  draft.emit('consentWithdrawn', procedure.scope, { document, register: extract.register });
}

function ask(
  draft: Draft,
  { scope }: ProcedureState,
  extracts: readonly ExtractState[],
  cause: Exclude<LookCause, 'filed'>,
): void {
  for (const extract of extracts) {
    if (extract.paperAt !== null || isPending(extract)) continue;
    const { document, register, look } = extract;
    draft.emit('extractAsked', scope, { document, register, look: look + 1, cause });
  }
}

/** Before a decision registers say anew what may have changed since: with the task of whoever signs, registers are asked for what is too old by then. */
export function lookBeforeDecision(draft: Draft, events: readonly CaseEvent[]): void {
  for (const event of events) {
    if (event.type !== 'taskOpened' || event.payload.kind !== 'step') continue;
    const procedure = draft.state.procedures[event.scope];
    if (!procedure?.extracts) continue;
    const { step } = event.payload;
    const { steps } = draft.resolved(procedure);
    if (!steps.some(({ code, kind }) => code === step && kind === 'signature')) continue;
    const outdated = extractsOf(procedure).filter((one) => isOutdated(one, draft.now, draft.law.settings.registers));
    ask(draft, procedure, outdated, 'before-decision');
  }
}

/**
 * Refuses `REGISTER_DIFFERS` while nobody has said which side stands, and `EXTRACT_OUTDATED` where what a register said is too old and it was not asked again today, or
 * is being asked: a register that stays silent holds nobody up for longer than the City's setting.
 */
export function requireCurrentExtracts({ law, now }: Draft, procedure: ProcedureState): void {
  const named = (some: readonly ExtractState[]) => some.map(({ document }) => document);
  const extracts = extractsOf(procedure);
  const disputed = extracts.filter(isDisputed);
  if (disputed.length > 0) refuse('REGISTER_DIFFERS', { documents: named(disputed) });
  const { registers } = law.settings;
  const outdated = extracts.filter(
    (one) =>
      isAwaited(one, now, registers) || (!isPending(one) && isOutdated(one, now, registers) && !isTriedToday(one, now)),
  );
  if (outdated.length > 0) refuse('EXTRACT_OUTDATED', { documents: named(outdated) });
}
