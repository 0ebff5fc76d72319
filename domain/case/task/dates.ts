import { ifPublished } from '../../time/calendar.js';
import { addDays, dateOf, type PlainDate } from '../../time/instants.js';
import { termEnd } from '../../time/term-end.js';
import type { Law } from '../../law/law.js';
import type { Draft } from '../draft.js';
import { receptionDay } from '../procedure/reception.js';
import { procedureScopeOf, scopeKind } from '../scope.js';
import type { CaseState } from '../state.js';
import { findResultChange } from '../issued/state.js';
import { isOpenLetter } from '../apology/state.js';
import type { ProcedureState } from '../procedure/state.js';
import type { TaskState } from './state.js';
import { openHold } from '../trial/state.js';
import { aboutOf, askedIn } from './keys.js';

/** By when a task is to be done that is opened in this scope; null where nothing says so, or nobody has published the calendar. */
export type DueRule = (draft: Draft, task: Pick<TaskState, 'scope' | 'kind' | 'key' | 'agency'>) => PlainDate | null;

const procedureOf = (draft: Draft, { scope }: Pick<TaskState, 'scope'>): ProcedureState =>
  draft.getProcedure(procedureScopeOf(scope));

type Setting = Exclude<keyof Law['settings']['taskDays'], 'basis' | 'verified' | 'fact' | 'lapse' | 'violationReview'>;

/** Work on which the law sets no date: the City's setting. */
export const bySetting =
  (kind: Setting): DueRule =>
  (draft, task) => {
    const { law, now } = draft;
    const ofCase = scopeKind(task.scope) === 'case';
    const calendar = ofCase ? law.caseCalendar : law.calendar(procedureOf(draft, task).calendar);
    return ifPublished(() => termEnd(calendar, dateOf(now), law.settings.taskDays[kind])) ?? null;
  };

/** Most tasks are due when the procedure is; what an agency is asked in a consultation, when its opinion is. */
export const withItsScope: DueRule = (draft, task) => {
  switch (scopeKind(task.scope)) {
    case 'case':
      return null;
    case 'procedure':
      return procedureOf(draft, task).printedDueDate;
    case 'consultation':
      return (
        draft.getConsultation(task.scope).opinions[task.agency]?.dueDate ?? procedureOf(draft, task).printedDueDate
      );
  }
};

/** Whoever opens it says by when. */
export const asGiven: DueRule = () => null;

/** The head's days begin when the investor's have ended. */
export const afterHearing: DueRule = ({ law, state }, task) => {
  const about = aboutOf(task, 'revocation');
  const hearings = state.kind === 'green-lane' ? state.laneHearings : [];
  const answerBy = hearings.find(({ id }) => id === about?.hearingId)?.answerBy;
  if (answerBy === undefined) return null;
  return ifPublished(() => termEnd(law.caseCalendar, answerBy, law.settings.taskDays.revocation)) ?? null;
};

/** Likewise where the investor is heard before a result is taken back; else from today. */
export const afterResultHearing: DueRule = ({ law, state, now }, task) => {
  const { answerBy } = findResultChange(state, aboutOf(task, 'result-change')?.changeId)?.change ?? {};
  return (
    ifPublished(() => termEnd(law.caseCalendar, answerBy ?? dateOf(now), law.settings.taskDays.revocation)) ?? null
  );
};

/** A question about facts has its date from the day it was asked. */
export const withItsFacts: DueRule = ({ state }, task) =>
  state.factQuestions[aboutOf(task, 'fact')?.questionId ?? '']?.answerBy ?? null;

/** The same, and the City's setting where nothing there has a date yet. */
export const withItsScopeOr =
  (kind: Setting): DueRule =>
  (draft, task) =>
    withItsScope(draft, task) ?? bySetting(kind)(draft, task);

/** A letter has the date it speaks of. */
export const withItsLetter: DueRule = (draft, task) => {
  const { apologies, printedDueDate } = procedureOf(draft, task);
  return apologies.find(isOpenLetter)?.dueDate ?? printedDueDate;
};

/** A refusal after a cure that never came has its own day, and so has every other decision after a notice that nobody answered. */
export const afterLapse: DueRule = (draft, task) => {
  const procedure = procedureOf(draft, task);
  const { cure } = draft.resolved(procedure).clockPolicy;
  const lapsed = procedure.supplements.find(({ status }) => status === 'lapsed')?.deadline;
  // NĐ 217/2026, Điều 54.2b: counted from the end of the investor's days.
  const days = cure?.refusalTaskDays ?? draft.law.settings.taskDays.lapse;
  if (!days || !lapsed) return procedure.printedDueDate;
  return ifPublished(() => termEnd(draft.law.calendar(procedure.calendar), lapsed, days)) ?? null;
};

/** The counter's days run from the filing, however late the engine asks. */
export const fromFiling: DueRule = (draft, task) => receptionDay(draft.law, procedureOf(draft, task), draft.now);

export const withItsConference: DueRule = (draft, task) =>
  draft.state.consultations[task.scope]?.conference?.dueDate ?? withItsScope(draft, task);

/** A hold lapses with the end of the day before that instant. */
export const beforeHoldLapses: DueRule = ({ state: { trial } }) => {
  const hold = trial && openHold(trial);
  return hold ? addDays(dateOf(hold.confirmBy), -1) : null;
};

export const withItsRequest: DueRule = ({ state: { trial } }, task) => {
  const asked = aboutOf(task, 'trial-request');
  return (asked && trial?.requests[asked.requestId]?.decideBy) ?? null;
};

export const withFinalReport: DueRule = ({ state: { trial } }) => trial?.finalReport?.assessBy ?? null;

/** The date of an opinion or a conference as it stands now: a new calendar may have moved it since the task was opened. */
export function movedDate(state: CaseState, task: TaskState, clock: 'opinion' | 'conference') {
  const consultation = state.consultations[task.scope];
  return clock === 'opinion' ? consultation?.opinions[askedIn(task)]?.dueDate : consultation?.conference?.dueDate;
}
