import { isWorkingDay } from '../../time/calendar.js';
import { dueDateOf, knownDueDateOf, viewLedger } from '../../time/clock.js';
import { causesOf } from './delays.js';
import { refuse } from '../../errors.js';
import { termsOf } from '../promise/terms.js';
import { dateOf, type Instant, type PlainDate } from '../../time/instants.js';
import type { Completion } from '../task/commands.js';
import { isOpenLetter, type ApologyState } from './state.js';
import type { ProcedureState } from '../procedure/state.js';
import type { TaskState } from '../task/state.js';
import type { Draft } from '../draft.js';
import { aboutOf } from '../task/keys.js';
import { outcomeOf } from '../task/outcomes.js';
import { done } from '../task/completion.js';

/** Form 04, drafted for the head to sign off; dated by the instant at which it was due. */
export function draftApology(draft: Draft, procedure: ProcedureState, dueDate: PlainDate, at: Instant): void {
  const letterId = `A${procedure.apologies.length + 1}`;
  draft.emit(
    'apologyDrafted',
    procedure.scope,
    { letterId, form: '04', dueDate, causes: causesAt(draft, procedure, at) },
    at,
  );
}

const causesAt = (draft: Draft, procedure: ProcedureState, at: Instant) =>
  causesOf(procedure, Object.values(draft.state.consultations), draft.law.calendar(procedure.calendar), at);

/** A letter about a date that does not hold any more is not sent: the one for the new date is drafted in its time. */
export function voidMovedApologies(draft: Draft, at: Instant): void {
  for (const procedure of Object.values(draft.state.procedures)) {
    if (procedure.decision || procedure.closed) continue;
    for (const letter of procedure.apologies.filter(isOpenLetter)) {
      const dueDate = printedDate(draft, procedure, knownDueDateOf);
      // While the investor holds the file no date stands; it may come back in time for the same one.
      if (dueDate === null || dueDate === letter.dueDate) continue;
      draft.emit('apologyVoided', procedure.scope, { letterId: letter.letterId, dueDate }, at);
      cancelApologyTask(draft, procedure, letter, 'date-moved', at);
    }
  }
}

/** With the decision a letter that was not sent yet says nothing any more. */
export function cancelApologies(draft: Draft, procedure: ProcedureState): void {
  for (const letter of procedure.apologies) cancelApologyTask(draft, procedure, letter, 'decided');
}

function cancelApologyTask(
  draft: Draft,
  procedure: ProcedureState,
  letter: ApologyState,
  reason: string,
  at: Instant = draft.now,
): void {
  for (const task of Object.values(procedure.tasks)) {
    if (aboutOf(task, 'apology')?.letterId === letter.letterId) draft.cancelTask(task, reason, at);
  }
}

function printedDate(draft: Draft, procedure: ProcedureState, ask = dueDateOf): PlainDate | null {
  const { budget, ledger } = termsOf(procedure).printed;
  const calendar = draft.law.calendar(procedure.calendar);
  return ask(calendar, budget, viewLedger(calendar, budget, ledger));
}

/** The head sends it with a new appointment, or finds that it will not be late. */
export function completeApology(draft: Draft, task: TaskState, completion: Completion): void {
  const procedure = draft.getProcedure(task.scope);
  const letter =
    procedure.apologies.find(({ letterId }) => letterId === aboutOf(task, 'apology')?.letterId) ??
    refuse('NOT_FOUND', { task: task.id });
  if (!isOpenLetter(letter) || procedure.decision) refuse('PRECONDITION_FAILED', { letter: letter.letterId });
  switch (outcomeOf('apology', completion)) {
    case 'not-needed':
      return done(draft, task, completion);
    case 'send':
      return sendApology(draft, procedure, letter, task, completion);
  }
}

function sendApology(
  draft: Draft,
  procedure: ProcedureState,
  letter: ApologyState,
  task: TaskState,
  completion: Completion,
): void {
  const newDate = completion.newDate ?? refuse('VALIDATION_FAILED', { field: 'newDate', missing: true });
  if (printedDate(draft, procedure) === null) refuse('PRECONDITION_FAILED', { waitingFor: 'investor' });
  const today = dateOf(draft.now);
  if (newDate <= letter.dueDate || newDate < today) {
    refuse('VALIDATION_FAILED', { field: 'newDate', after: letter.dueDate, notBefore: today });
  }
  if (!isWorkingDay(draft.law.calendar(procedure.calendar), newDate)) {
    refuse('VALIDATION_FAILED', { field: 'newDate', workingDay: false });
  }
  done(draft, task, { outcome: completion.outcome });
  draft.emit('apologySent', procedure.scope, {
    letterId: letter.letterId,
    taskId: task.id,
    newDate,
    causes: causesAt(draft, procedure, draft.now),
  });
}
