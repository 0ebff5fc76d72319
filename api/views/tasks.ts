import { type z } from 'zod';
import { type DocumentRow } from '../../db/documents.js';
import { type Consulted } from '../../db/queries/consultations.js';
import { type TaskSummary } from '../../db/queries/tasks.js';
import { type AdmissionWords } from '../../db/queries/trial-admission.js';
import { type Return } from '../../db/queries/words.js';
import { getAgency } from '../../domain/agency.js';
import { countWorkingDays } from '../../domain/calendar.js';
import { type Catalogue } from '../../domain/catalogue.js';
import { type Law } from '../../domain/case/law.js';
import { readPrinted } from '../../domain/case/printed-clock.js';
import { procedureScopeOf, scopeKind } from '../../domain/case/scope.js';
import { type CaseState, latestOfStep } from '../../domain/case/state.js';
import { procedureById, type ResolvedProcedure } from '../../domain/procedure.js';
import { taskNames } from '../../domain/task-names.js';
import { dateOf, type Instant, type PlainDate } from '../../domain/time.js';
import { outcomes } from '../schemas/commands.js';
import { type OpinionView } from '../schemas/consultations.js';
import { risks, type TaskDetailView, type TaskSummaryView } from '../schemas/tasks.js';
import { procedureView } from './cases.js';
import { conferenceViews } from './consultations.js';
import { type AdmissionReading, admissionView } from './trial-admission.js';

export function taskSummaryView(
  task: TaskSummary,
  catalogue: Catalogue,
  now: Instant,
): z.input<typeof TaskSummaryView> {
  const { caseCode, scope: _scope, key: _key, version, risk, ...rest } = task;
  const definition = version === null ? undefined : procedureById(catalogue.procedures, version);
  return {
    ...rest,
    case: caseCode,
    kindName: taskNames[rest.kind],
    procedureName: definition?.name ?? null,
    stepName: definition?.steps.find(({ code }) => code === task.step)?.name ?? null,
    agencyName: getAgency(catalogue.agencies, task.agency).name,
    risk: risks[risk],
    remainingDays: remainingDays(task, catalogue, dateOf(now)),
  };
}

/** Working days of the agency until the date that holds; null where there is none, or where no calendar reaches it yet. */
function remainingDays(task: TaskSummary, catalogue: Catalogue, today: PlainDate): number | null {
  const { dueDate, agency, completedAt } = task;
  const calendar = catalogue.calendars.get(getAgency(catalogue.agencies, agency).calendar);
  if (dueDate === null || completedAt !== null || !calendar) return null;
  if (!calendar.positions.has(dueDate) || !calendar.positions.has(today)) return null;
  return dueDate >= today ? countWorkingDays(calendar, today, dueDate) : -countWorkingDays(calendar, dueDate, today);
}

interface Surroundings {
  readonly state: CaseState;
  readonly documents: ReadonlyMap<string, DocumentRow>;
  readonly catalogue: Catalogue;
  readonly law: Law;
  readonly now: Instant;
  readonly consulted: Consulted;
  readonly returns: readonly Return[];
  readonly words: AdmissionWords;
  readonly reader: AdmissionReading['reader'];
}

/** Ids of every document in the dossier that the task is about. */
export function documentsOf(task: TaskSummary, state: CaseState): string[] {
  const filings = state.procedures[procedureScopeOf(task.scope)]?.filings ?? [];
  return filings.flatMap(({ documents }) => documents.flatMap(({ documentId }) => documentId ?? []));
}

export function taskDetailView(
  task: TaskSummary,
  { state, documents, catalogue, law, now, consulted, returns, words, reader }: Surroundings,
): Omit<z.input<typeof TaskDetailView>, 'case' | 'caseSeq' | 'asOf' | 'settled'> {
  const procedure = scopeKind(task.scope) === 'case' ? undefined : state.procedures[procedureScopeOf(task.scope)];
  const resolved = procedure && law.procedureVersion(procedure.procedure, procedure.version, state.facts);
  const ledger = procedure?.ledger ?? [];
  return {
    task: taskSummaryView(task, catalogue, now),
    outcomes: outcomesOf(task, resolved),
    facts: { ...state.facts },
    procedure: procedure ? procedureView(state, procedure, law) : null,
    clock: procedure ? readPrinted(state, procedure, law, now) : null,
    ledger,
    documents: (procedure?.filings ?? []).flatMap(({ at, documents: filed }) =>
      filed.map(({ code, documentId, obtainedFrom }) => {
        const uploaded = documentId === null ? undefined : documents.get(documentId);
        return {
          code,
          name: resolved?.documents.find((one) => one.code === code)?.name ?? null,
          filedAt: at,
          documentId,
          fileName: uploaded?.fileName ?? null,
          mediaType: uploaded?.mediaType ?? null,
          bytes: uploaded?.bytes ?? null,
          obtainedFrom,
        };
      }),
    ),
    opinions: opinionsOf(state, procedure?.scope, catalogue),
    conferences: conferenceViews(consulted, catalogue),
    returns,
    admission: task.kind === 'step' ? admissionView(state, { law, catalogue, words, reader }) : null,
  };
}

function outcomesOf(task: TaskSummary, procedure: ResolvedProcedure | undefined): readonly string[] {
  if (task.status === 'done' || task.status === 'cancelled') return [];
  if (task.kind === 'step') {
    const signs = procedure?.steps.find(({ code }) => code === task.step)?.kind === 'signature';
    return signs ? outcomes.signature : outcomes.step;
  }
  if (task.kind !== 'lapse') return outcomes[task.kind];
  const policy = procedure?.clockPolicy.onLapse;
  return policy === 'refuse' || policy === 'stop' ? [policy] : ['continue', 'stop'];
}

function opinionsOf(state: CaseState, scope: string | undefined, catalogue: Catalogue): z.input<typeof OpinionView>[] {
  return Object.values(state.consultations)
    .filter((one) => one.procedureScope === scope && latestOfStep(state, one) === one)
    .flatMap(({ opinions }) => Object.values(opinions))
    .map(({ requestId: _request, lapsed: _lapsed, messageIds: _messages, ...opinion }) => ({
      ...opinion,
      agencyName: getAgency(catalogue.agencies, opinion.agency).name,
    }));
}
