import { refuse } from '../../errors.js';
import type { ResolvedProcedure, ResolvedStep } from '../../law/procedure.js';
import type { PersonCommand } from '../commands.js';
import type { Assignee } from './commands.js';
import { allTasks, isOver, type TaskState } from './state.js';
import type { ProcedureState } from '../procedure/state.js';
import type { Draft } from '../draft.js';
import { caseScope } from '../scope.js';
import { type CaseState } from '../state.js';
import { barOf } from '../approval/bars.js';
import { isSecondTask } from './keys.js';
import { reopenStep } from '../step/rules.js';
import { person } from '../person.js';
import { takeTask, getTask, mayHold } from './rules.js';

/** The head says who does it; one that waits for the investor goes on waiting. Reassigned to whoever holds it, nothing changes. */
export function reassignTask(draft: Draft, taskId: string, to: Assignee, reason: string): void {
  const task = getTask(draft.state, taskId);
  const { role, agency } = person(draft);
  if (role !== 'head' || agency !== task.agency) refuse('FORBIDDEN', { taskId });
  if (isOver(task)) refuse('TASK_CLOSED', { taskId, status: task.status });
  if (!mayHold(to, task)) refuse('UNKNOWN_VALUE', { field: 'to', role: task.role, agency: task.agency });
  const bar = barOf(draft, task, to);
  if (bar) refuse(bar, { taskId, to: to.id });
  if (task.claimedBy === to.id) return;
  const words = draft.seal(reason);
  draft.emit('taskReassigned', task.scope, { taskId, from: task.claimedBy, to: to.id, cause: 'head', reason: words });
}

/**
 * Somebody's absence has begun: what they hold goes to their delegate, or back to the worklist where the delegate may not have it. Changes nothing
 * where they no longer hold it.
 */
export function handOverTask(draft: Draft, taskId: string, from: string, to: Assignee): void {
  if (draft.by.kind !== 'clock') refuse('FORBIDDEN');
  const task = getTask(draft.state, taskId);
  if (isOver(task) || task.claimedBy !== from || to.id === from) return;
  if (!mayHold(to, task) || barOf(draft, task, to)) draft.emit('taskReleased', task.scope, { taskId });
  else draft.emit('taskReassigned', task.scope, { taskId, from, to: to.id, cause: 'absence', reason: null });
}

/** Whoever held it has gone, or stood in for somebody who is back: it is anybody's again. Changes nothing where they no longer hold it. */
export function freeTask(draft: Draft, taskId: string, from: string): void {
  if (draft.by.kind !== 'clock') refuse('FORBIDDEN');
  const task = getTask(draft.state, taskId);
  if (isOver(task) || task.claimedBy !== from) return;
  draft.emit('taskReleased', task.scope, { taskId, cause: 'may-not-hold' });
}

/** Whoever holds a task that rests on an officer's work sends that work back, naming what is missing; its next round begins. */
export function returnTask(draft: Draft, command: Extract<PersonCommand, { type: 'returnTask' }>): void {
  const task = takeTask(draft, command.taskId);
  if (task.kind !== 'step' || task.step === null) refuse('PRECONDITION_FAILED', { kind: task.kind });
  const items = command.items.map((item) => item.trim()).filter((item) => item !== '');
  if (items.length === 0) refuse('VALIDATION_FAILED', { field: 'items', missing: true });
  const reason = draft.seal(command.reason);
  const procedure = draft.getProcedure(task.scope);
  const step = stepToReturn(procedure, draft.resolved(procedure), task, command.step);
  draft.emit('workReturned', task.scope, {
    taskId: task.id,
    step,
    items: items.map((item) => draft.seal(item, 'items')),
    reason,
  });
  reopenStep(draft, procedure, step, 'returned');
}

function stepToReturn(
  procedure: ProcedureState,
  { steps }: ResolvedProcedure,
  task: TaskState,
  asked: string | null,
): string {
  const own = isSecondTask(task) ? [task.step ?? ''] : [];
  const didOf = (codes: readonly string[]) =>
    steps.filter(({ code, kind }) => kind === 'officer' && codes.includes(code)).map(({ code }) => code);
  const below = (codes: readonly string[]) =>
    steps.filter(({ code }) => codes.includes(code)).flatMap(({ dependsOn }) => dependsOn);
  const levels = [own];
  for (let next = below([task.step ?? '']); next.length > 0; next = below(next)) levels.push(didOf(next));
  const known = [...new Set(levels.flat())].filter((code) => own.includes(code) || procedure.steps[code]?.completedAt);
  if (known.length === 0) refuse('PRECONDITION_FAILED', { taskId: task.id, restsOn: [] });
  if (asked !== null) return known.includes(asked) ? asked : refuse('UNKNOWN_VALUE', { field: 'step', known });
  const nearest = levels.map((level) => level.filter((code) => known.includes(code))).find((level) => level.length > 0);
  const [only, ...others] = new Set(nearest);
  if (only === undefined || others.length > 0) refuse('VALIDATION_FAILED', { field: 'step', missing: true, known });
  return only;
}

/** Members of a council may be of no agency. */
const sitsInCouncil = ({ procedures }: CaseState, id: string): boolean =>
  Object.values(procedures).some(({ council }) => council?.members.some(({ person: one }) => one === id));

/** From here on they take no part: what they hold in this case is free again, at once. */
export function declareInterest(draft: Draft, reason: string): void {
  const { id, agency } = person(draft);
  if (agency === null && !sitsInCouncil(draft.state, id)) refuse('FORBIDDEN');
  if (Object.hasOwn(draft.state.recused, id)) refuse('DUPLICATE_REQUEST', { person: id });
  draft.emit('interestDeclared', caseScope(draft.state.code), { person: id, reason: draft.seal(reason) });
  for (const task of allTasks(draft.state)) {
    if (!isOver(task) && task.claimedBy === id) draft.emit('taskReleased', task.scope, { taskId: task.id });
  }
}

/** A second look is asked for only where the procedure says so, and after the first. */
export function requireFirstPair(step: ResolvedStep, tasks: readonly TaskState[], first: string): void {
  const done = tasks.some(({ key, status }) => key === first && status === 'done');
  if (!step.fourEyes || !done) refuse('PRECONDITION_FAILED', { step: step.code, first: done });
}
