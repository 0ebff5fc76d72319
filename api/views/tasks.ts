import { type z } from 'zod';
import { type DocumentRow } from '../../db/documents.js';
import { type TaskSummary } from '../../db/queries/tasks.js';
import { getAgency } from '../../domain/agency.js';
import { type Catalogue } from '../../domain/catalogue.js';
import { type Law } from '../../domain/case/law.js';
import { procedureScopeOf, scopeKind } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { readClock } from '../../domain/clock.js';
import { procedureById, type ResolvedProcedure } from '../../domain/procedure.js';
import { type Instant, laterOf } from '../../domain/time.js';
import { outcomes } from '../schemas/commands.js';
import { type OpinionView, type TaskDetailView, type TaskSummaryView } from '../schemas/tasks.js';
import { procedureView } from './cases.js';

export function taskSummaryView(task: TaskSummary, catalogue: Catalogue): z.input<typeof TaskSummaryView> {
  const { caseCode, scope: _scope, key: _key, version, ...rest } = task;
  const definition = version === null ? undefined : procedureById(catalogue.procedures, version);
  return {
    ...rest,
    case: caseCode,
    procedureName: definition?.name ?? null,
    stepName: definition?.steps.find(({ code }) => code === task.step)?.name ?? null,
    agencyName: getAgency(catalogue.agencies, task.agency).name,
  };
}

interface Surroundings {
  readonly state: CaseState;
  readonly documents: ReadonlyMap<string, DocumentRow>;
  readonly catalogue: Catalogue;
  readonly law: Law;
  readonly now: Instant;
}

/** Ids of every document in the dossier that the task is about. */
export function documentsOf(task: TaskSummary, state: CaseState): string[] {
  const filings = state.procedures[procedureScopeOf(task.scope)]?.filings ?? [];
  return filings.flatMap(({ documents }) => documents.flatMap(({ documentId }) => documentId ?? []));
}

export function taskDetailView(
  task: TaskSummary,
  { state, documents, catalogue, law, now }: Surroundings,
): Omit<z.input<typeof TaskDetailView>, 'case' | 'caseSeq' | 'asOf' | 'settled'> {
  const procedure = scopeKind(task.scope) === 'case' ? undefined : state.procedures[procedureScopeOf(task.scope)];
  const resolved = procedure && law.procedureVersion(procedure.procedure, procedure.version, state.facts);
  const ledger = procedure?.ledger ?? [];
  return {
    task: taskSummaryView(task, catalogue),
    outcomes: outcomesOf(task, resolved),
    facts: { ...state.facts },
    procedure: procedure ? procedureView(state, procedure, law) : null,
    clock:
      procedure && ledger.length > 0
        ? readClock(law.calendar(procedure.calendar), procedure.budget, ledger, laterOf(now, ledger.at(-1)?.at ?? now))
        : null,
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
    .filter(({ procedureScope }) => procedureScope === scope)
    .flatMap(({ opinions }) => Object.values(opinions))
    .map(({ requestId: _request, lapsed: _lapsed, messageIds: _messages, ...opinion }) => ({
      ...opinion,
      agencyName: getAgency(catalogue.agencies, opinion.agency).name,
    }));
}
