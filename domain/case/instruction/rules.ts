import { refuse } from '../../errors.js';
import { requireExisting } from '../../law/law.js';
import { isWorkingDay } from '../../time/calendar.js';
import { dateOf, type PlainDate } from '../../time/instants.js';
import type { PersonCommand } from '../commands.js';
import { planned } from '../deferral/rules.js';
import type { Draft } from '../draft.js';
import { person } from '../person.js';
import { caseScope } from '../scope.js';
import { holderOf } from '../task-table.js';
import type { Completion } from '../task/commands.js';
import { done, reasonOf } from '../task/completion.js';
import { aboutOf, makeTaskKey } from '../task/keys.js';
import { outcomeOf } from '../task/outcomes.js';
import { isOver, type TaskState } from '../task/state.js';

type Of<T extends PersonCommand['type']> = Extract<PersonCommand, { type: T }>;

function requireLeader(draft: Draft): void {
  const { id, role } = person(draft);
  if (role !== 'leader') refuse('FORBIDDEN', { role });
  if (id in draft.state.recused) refuse('ACTOR_RECUSED');
}

/** A working day of the case's calendar, today or later: refuses `VALIDATION_FAILED` otherwise, `CALENDAR_UNKNOWN` beyond what is published. */
function requireDate({ law, now }: Draft, dueDate: PlainDate): void {
  const today = dateOf(now);
  if (dueDate < today) refuse('VALIDATION_FAILED', { field: 'dueDate', notBefore: today });
  if (!isWorkingDay(law.caseCalendar, dueDate)) refuse('VALIDATION_FAILED', { field: 'dueDate', workingDay: false });
}

const instructionTasks = (draft: Draft): TaskState[] =>
  Object.values(draft.state.tasks).filter(({ kind }) => kind === 'instruction');

/**
 * Leadership asks an agency why, or tells it to do something by a day: a task of its head. Refuses `AGENCY_NOT_COMMANDED` for one whose time the City does not
 * set, whatever part it has in the case.
 */
export function giveInstruction(draft: Draft, command: Of<'giveInstruction'>): void {
  requireLeader(draft);
  const { want, agency, procedure, dueDate } = command;
  if (!draft.law.commandedByCity(agency)) refuse('AGENCY_NOT_COMMANDED', { agency });
  requireExisting(draft.law, agency);
  if (procedure !== null) planned(draft.state, procedure);
  requireDate(draft, dueDate);
  const instructionId = `D${instructionTasks(draft).length + 1}`;
  const scope = caseScope(draft.state.code);
  const text = draft.seal(command.text, 'text');
  draft.emit('instructionGiven', scope, { instructionId, want, agency, procedure, dueDate, text });
  const key = makeTaskKey({ kind: 'instruction', instructionId });
  draft.openTask({ scope, key, kind: 'instruction', agency, role: holderOf('instruction'), step: null }, dueDate);
}

function openInstruction(draft: Draft, instructionId: string): TaskState & { readonly dueDate: PlainDate } {
  requireLeader(draft);
  const task =
    instructionTasks(draft).find((one) => aboutOf(one, 'instruction')?.instructionId === instructionId) ??
    refuse('NOT_FOUND', { instruction: instructionId });
  if (isOver(task)) refuse('TASK_CLOSED', { taskId: task.id, status: task.status });
  const { dueDate } = task;
  return dueDate === null ? refuse('NOT_FOUND', { instruction: instructionId }) : { ...task, dueDate };
}

/** Sets another day, later or sooner; the ladder of the new day begins anew. To the day it has, nothing changes. */
export function moveInstruction(draft: Draft, { instructionId, dueDate, reason }: Of<'moveInstruction'>): void {
  const { id: taskId, scope, dueDate: from } = openInstruction(draft, instructionId);
  requireDate(draft, dueDate);
  if (dueDate === from) return;
  draft.emit('instructionMoved', scope, { instructionId, taskId, from, dueDate, reason: draft.seal(reason) });
}

/** Nobody has to answer it any more. */
export function withdrawInstruction(draft: Draft, { instructionId, reason }: Of<'withdrawInstruction'>): void {
  const task = openInstruction(draft, instructionId);
  draft.emit('instructionWithdrawn', task.scope, { instructionId, taskId: task.id, reason: draft.seal(reason) });
  draft.cancelTask(task, 'instruction-withdrawn');
}

/** The words of the answer are told by its own event, to leadership. */
export function answerInstruction(draft: Draft, task: TaskState, completion: Completion): void {
  outcomeOf('instruction', completion);
  const words = reasonOf(completion);
  const { instructionId } = aboutOf(task, 'instruction') ?? refuse('NOT_FOUND', { task: task.id });
  done(draft, task, { outcome: completion.outcome });
  draft.emit('instructionAnswered', task.scope, { instructionId, taskId: task.id, text: draft.seal(words) });
}
