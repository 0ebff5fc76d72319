import type { MergerChange } from '../../law/law.js';
import { laterOf } from '../../time/instants.js';
import type { ConsultationState } from '../consultation/state.js';
import type { Draft } from '../draft.js';
import type { DutyState } from '../duty/state.js';
import { openFactQuestions, type FactQuestion } from '../fact/state.js';
import type { ProcedureState } from '../procedure/state.js';
import type { QuestionState } from '../question/state.js';
import { caseScope } from '../scope.js';
import type { CaseState } from '../state.js';
import { allTasks, isOver, type TaskState } from '../task/state.js';
import type { TrialState } from '../trial/state.js';

/** What is open in a case and this agency's. */
interface OpenWork {
  readonly procedures: readonly ProcedureState[];
  readonly consultations: readonly ConsultationState[];
  readonly tasks: readonly TaskState[];
  readonly duties: readonly DutyState[];
  readonly questions: readonly QuestionState[];
  readonly factQuestions: readonly FactQuestion[];
  /** Of a trial that has not ended. */
  readonly trial: TrialState | null;
}

/** Opinions that it was asked for keep its name: they are the questions that they are, and only whose task they are changes. */
export function openOf(state: CaseState, agency: string): OpenWork {
  const isOwn = (one: { readonly agency: string | null }): boolean => one.agency === agency;
  const { trial } = state;
  const isParty = trial !== null && [trial.authority, trial.supervises, trial.evaluates].includes(agency);
  return {
    procedures: Object.values(state.procedures).filter(
      ({ closed, competentAgency, handlingAgency }) =>
        !closed && (competentAgency === agency || handlingAgency === agency),
    ),
    consultations: Object.values(state.consultations).filter(
      ({ closedAt, lead, conference }) =>
        closedAt === null && (lead === agency || (conference?.decidedAt === null && conference.chair === agency)),
    ),
    tasks: [...allTasks(state)].filter((task) => isOwn(task) && !isOver(task)),
    duties: Object.values(state.duties).filter((duty) => isOwn(duty) && duty.metAt === null),
    questions: Object.values(state.questions).filter((one) => isOwn(one) && one.answeredAt === null),
    factQuestions: openFactQuestions(state).filter(isOwn),
    trial: isParty && state.closed === null ? trial : null,
  };
}

/** Whether anything of the case is this agency's to do. */
export function hasWorkIn(state: CaseState, agency: string): boolean {
  const { trial, ...lists } = openOf(state, agency);
  return trial !== null || Object.values(lists).some((list) => list.length > 0);
}

/**
 * An agency was merged: what is open and its own is handed to the one that took its place, by one event and without moving any date. Nothing happens in a case in which it
 * has nothing to do, or has handed everything over.
 */
export function handOverMerged(draft: Draft, { merged, into, document, at }: MergerChange): void {
  if (!hasWorkIn(draft.state, merged)) return;
  const { lastAt, code } = draft.state;
  draft.as({ kind: 'clock' }, () =>
    draft.emit('agencyMerged', caseScope(code), { merged, into, document }, laterOf(at, lastAt)),
  );
}
