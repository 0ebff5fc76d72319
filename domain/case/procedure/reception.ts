import type { Law } from '../../law/law.js';
import { ifPublished } from '../../time/calendar.js';
import { dateOf, type Instant, type PlainDate } from '../../time/instants.js';
import { termEnd } from '../../time/term-end.js';
import { isOver } from '../task/state.js';
import { isUnexamined } from './dossier-check.js';
import { filedSince } from './dossier.js';
import type { ProcedureState } from './state.js';

/** By when a dossier that lies at the counter has to be received. */
export interface Reception {
  readonly by: PlainDate;
  readonly late: boolean;
}

/** The last day to receive what was filed, counted from its filing; null where nobody has published the calendar. */
export function receptionDay(
  law: Law,
  procedure: Pick<ProcedureState, 'calendar' | 'filings'>,
  now: Instant,
): PlainDate | null {
  const filed = dateOf(filedSince(procedure) ?? now);
  return ifPublished(() => termEnd(law.calendar(procedure.calendar), filed, law.settings.taskDays.intake)) ?? null;
}

/** By when the counter has to say yes or no to a dossier; null while nothing waits there. */
export function receptionOf(procedure: ProcedureState, law: Law, now: Instant): Reception | null {
  if (procedure.closed || !isUnexamined(procedure)) return null;
  const task = Object.values(procedure.tasks).find((one) => one.kind === 'intake' && !isOver(one));
  const by = task?.dueDate ?? receptionDay(law, procedure, now);
  return by === null ? null : { by, late: by < dateOf(now) };
}
