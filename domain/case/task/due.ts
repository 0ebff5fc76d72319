import { addWorkingDays, countWorkingDays, ifPublished, officeOpening, type Calendar } from '../../time/calendar.js';
import { dateOf, laterOf, type Instant, type PlainDate } from '../../time/instants.js';
import { instantByDueDate, rungKey, type Rung } from '../../time/ladder.js';
import type { Law } from '../../law/law.js';
import type { Due } from '../rungs.js';
import { outlivesCase } from '../issued/outlives.js';
import { procedureScopeOf, scopeKind } from '../scope.js';
import type { CaseState } from '../state.js';
import { clockOf } from '../task-table.js';
import { taskClock } from './keys.js';
import { allTasks, isOver, type TaskState } from './state.js';

/** The ladder of work whose date is its own: of no procedure's, opinion's or conference's clock. Each rung once per task and date. */
export function* taskDues(state: CaseState, law: Law): Generator<Due> {
  for (const task of allTasks(state)) {
    const { id, kind, scope, rungs, dueDate } = task;
    if (state.closed && !outlivesCase(state, task)) continue;
    if (isOver(task) || dueDate === null || clockOf(kind) !== 'own') continue;
    const calendar = calendarOf(state, task, law);
    for (const rung of law.settings.ladders.task) {
      const at = rungInstant(calendar, rung, {
        openedAt: task.openedAt,
        dueSince: task.dueSince ?? task.openedAt,
        dueDate,
      });
      if (at === undefined || rungs.includes(rungKey(rung.code, dueDate))) continue;
      const payload = { clock: taskClock(id), rung: rung.code, dueDate };
      yield { at, scope, settle: (draft) => draft.emit('rungReached', scope, payload, at) };
    }
  }
}

function calendarOf(state: CaseState, { scope }: TaskState, law: Law): Calendar {
  const procedure = scopeKind(scope) === 'case' ? undefined : state.procedures[procedureScopeOf(scope)];
  return procedure ? law.calendar(procedure.calendar) : law.caseCalendar;
}

/** Work with a date of its own, and since when it has that date. */
interface Dated {
  readonly openedAt: Instant;
  readonly dueSince: Instant;
  readonly dueDate: PlainDate;
}

/** A share counts the working dates from the day after it was opened; none comes before the date was set. undefined beyond the calendar. */
export function rungInstant(
  calendar: Calendar,
  rung: Rung,
  { openedAt, dueSince, dueDate }: Dated,
): Instant | undefined {
  const at = ifPublished(() => {
    if (rung.kind !== 'share') return instantByDueDate(calendar, rung, dueDate);
    const opened = dateOf(openedAt);
    const used = Math.ceil((rung.share * Math.max(0, countWorkingDays(calendar, opened, dueDate))) / 100);
    return officeOpening(calendar, used === 0 ? dueDate : addWorkingDays(calendar, opened, used));
  });
  return at && laterOf(at, dueSince);
}
