import { type z } from 'zod';
import { type Consulted, reasonOfOpinion } from '../../db/read/consultations.js';
import { type Exchanges } from '../../db/read/exchanges.js';
import { type CaseInstruction } from '../../db/read/instructions.js';
import { type Question } from '../../db/read/questions.js';
import { type TaskDone } from '../../db/read/task-words.js';
import { type TaskSummary } from '../../db/read/tasks.js';
import { type AdmissionWords } from '../../db/read/trial-admission.js';
import { type Return } from '../../db/read/words.js';
import { getAgency } from '../../domain/law/agency.js';
import { countWorkingDays } from '../../domain/time/calendar.js';
import { type NearSite } from '../../db/read/near-sites.js';
import { citedOf } from '../../forms/citation.js';
import { said, type WordsById } from '../../domain/case/words.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { checkDossier } from '../../domain/case/procedure/dossier-check.js';
import { type Law } from '../../domain/law/law.js';
import { readPrinted } from '../../domain/case/procedure/printed-clock.js';
import { procedureScopeOf, scopeKind } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { isOver } from '../../domain/case/task/state.js';
import { latestOfStep } from '../../domain/case/consultation/state.js';
import { findResultChange } from '../../domain/case/issued/state.js';
import { factsBehind } from '../../domain/case/procedure/state.js';
import type { ProcedureState } from '../../domain/case/procedure/state.js';
import { aboutOf, makeTaskKey } from '../../domain/case/task/keys.js';
import { attachmentsOf } from '../../domain/case/task/attachments.js';
import { contentDefinitionOf, offeredOutcomes } from '../../domain/case/task/outcomes.js';
import { proposedContent } from '../../domain/case/result/rules.js';
import { type AnyFiling } from '../../domain/schemas/trial.js';
import { procedureById, type ResolvedProcedure } from '../../domain/law/procedure.js';
import { predicatesOf } from '../../domain/lane/predicates.js';
import { taskName } from '../../domain/case/task-table.js';
import { dateOf, type Instant, type PlainDate } from '../../domain/time/instants.js';
import { type NamedFile } from '../documents/shown.js';
import { type OpinionView } from '../schemas/consultations.js';
import { risks, type TaskDetailView, type TaskSummaryView } from '../schemas/tasks.js';
import { factQuestionViews, laneHearingViews, procedureView, resultChangeView } from './cases.js';
import { conditionView, conferenceViews, opinionContentView } from './consultations.js';
import { matterOf } from './statuses.js';
import { type AdmissionContext, admissionView } from './trial-admission.js';

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
    kindName: taskName(rest.kind),
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
  readonly documents: ReadonlyMap<string, NamedFile>;
  readonly catalogue: Catalogue;
  readonly law: Law;
  readonly now: Instant;
  readonly consulted: Consulted;
  readonly exchanges: Exchanges;
  readonly done: ReadonlyMap<string, TaskDone>;
  readonly questions: readonly Question[];
  readonly instructions: readonly CaseInstruction[];
  readonly near: readonly NearSite[];
  readonly returns: readonly Return[];
  readonly words: AdmissionWords;
  readonly texts: WordsById;
  readonly reader: AdmissionContext['reader'];
  readonly filing: AnyFiling | null;
}

/** Ids of every document in the dossier that the task is about, and of those that officials put beside their answers. */
export function documentsOf(task: TaskSummary, state: CaseState): string[] {
  const scope = procedureScopeOf(task.scope);
  const filings = state.procedures[scope]?.filings ?? [];
  return [
    ...filings.flatMap(({ documents }) => documents.flatMap(({ documentId }) => documentId ?? [])),
    ...attachmentsOf(state, scope).map(({ documentId }) => documentId),
  ];
}

type Detail = Omit<z.input<typeof TaskDetailView>, 'case' | 'caseSeq' | 'asOf' | 'settled' | 'withheldDocuments'>;

export function taskDetailView(
  task: TaskSummary,
  {
    state,
    documents,
    catalogue,
    law,
    now,
    consulted,
    exchanges,
    done,
    questions,
    instructions,
    near,
    returns,
    words,
    texts,
    reader,
    filing,
  }: Surroundings,
): Detail {
  const procedure = scopeKind(task.scope) === 'case' ? undefined : state.procedures[procedureScopeOf(task.scope)];
  const resolved =
    procedure && law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure));
  const ledger = procedure?.ledger ?? [];
  return {
    task: taskSummaryView(task, catalogue, now),
    outcomes: isOver(task)
      ? []
      : offeredOutcomes(
          task,
          resolved,
          procedure,
          procedure ? law.calendar(procedure.calendar) : law.caseCalendar,
          dateOf(now),
        ),
    question: questionOf(task, questions, state, law),
    instruction: instructionOf(task, instructions, state, law),
    predicates: isOfLane(task) && state.kind === 'green-lane' ? predicatesOf(state.facts, state.laneFindings) : [],
    laneEvidence: isOfLane(task) && state.kind === 'green-lane' ? Object.values(state.laneEvidence) : [],
    laneHearing: laneHearingViews(state, texts).find(({ id }) => id === aboutOf(task, 'revocation')?.hearingId) ?? null,
    resultChange: resultChangeOf(task, state, texts),
    outside: matterOf(task, state, law, texts),
    factQuestion: factQuestionViews(state, texts).find(({ id }) => id === aboutOf(task, 'fact')?.questionId) ?? null,
    dossier: procedure && resolved ? checkDossier(resolved, procedure.filings, procedure.extracts) : null,
    work: procedure && resolved ? workOf(procedure, resolved, done) : [],
    facts: { ...state.facts },
    presumed: (state.presumed ?? []).filter((path) => path in state.facts),
    summary: filing === null ? null : (filing.kind === 'sandbox' ? filing.solution : filing.project).summary,
    procedure: procedure ? procedureView(state, procedure, law, texts, exchanges, documents) : null,
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
          remark: uploaded?.remark ?? null,
          mediaType: uploaded?.mediaType ?? null,
          bytes: uploaded?.bytes ?? null,
          obtainedFrom,
        };
      }),
    ),
    opinions: resolved ? opinionsOf(state, consulted, catalogue, resolved) : [],
    conferences: resolved ? conferenceViews(consulted, catalogue, resolved) : [],
    nearSites: [...near],
    returns,
    result: procedure && resolved ? resultOf(task, state, procedure, resolved, filing) : null,
    admission: task.kind === 'step' ? admissionView(state, { law, catalogue, words, reader }) : null,
  };
}

/** What the decision is to say, with what the filing says of it. */
function resultOf(
  task: TaskSummary,
  state: CaseState,
  procedure: ProcedureState,
  resolved: ResolvedProcedure,
  filing: AnyFiling | null,
): Detail['result'] {
  const content = contentDefinitionOf(task, resolved);
  if (content === undefined) return null;
  const proposed = proposedContent(content, state, procedure, filing, task.kind === 'opinion' ? 'opinion' : 'decision');
  return {
    seen: proposed.seen,
    fields: content.fields.map(({ filed: _filed, ...field }) => ({
      ...field,
      legalBasis: citedOf(field.legalBasis),
      proposed: proposed.fields[field.code] ?? null,
    })),
    reasons: content.reasons.map((one) => ({ ...one, legalBasis: citedOf(one.legalBasis) })),
  };
}

const isOfLane = ({ kind }: TaskSummary): boolean => kind === 'lane' || kind === 'revocation';

/** What is proposed about an issued result, for the head who decides. */
function resultChangeOf(task: TaskSummary, state: CaseState, texts: WordsById): Detail['resultChange'] {
  const found = findResultChange(state, aboutOf(task, 'result-change')?.changeId);
  return found ? resultChangeView(found.procedure, found.change, texts) : null;
}

/** What an investor asks, for whoever has to answer it. */
function questionOf(task: TaskSummary, questions: readonly Question[], state: CaseState, law: Law): Detail['question'] {
  const about = aboutOf(task, 'question');
  const found = about && questions.find(({ id }) => id === about.questionId);
  if (!found) return null;
  const { id, procedure, asked } = found;
  const item = state.plan.find((one) => one.procedure === procedure);
  const askedBy = asked.by.kind === 'person' ? { id: asked.by.id, name: asked.name } : { id: null, name: null };
  const procedureName = item ? law.definition(item.version).name : null;
  return { id, procedure, procedureName, text: asked.text, askedAt: asked.at, askedBy };
}

/** What leadership wants, for the head who has to report. */
function instructionOf(
  task: TaskSummary,
  instructions: readonly CaseInstruction[],
  state: CaseState,
  law: Law,
): Detail['instruction'] {
  const found = instructions.find((one) => one.task === task.id);
  if (!found) return null;
  const { id, want, procedure, text, givenAt } = found;
  const item = state.plan.find((one) => one.procedure === procedure);
  return { id, want, procedureName: item ? law.definition(item.version).name : null, text, givenAt };
}

/** The steps that are done, with everybody who had a hand in them. */
function workOf(
  procedure: ProcedureState,
  { steps }: ResolvedProcedure,
  done: ReadonlyMap<string, TaskDone>,
): Detail['work'] {
  return steps.flatMap(({ code, name }) => {
    const step = procedure.steps[code];
    if (!step?.completedAt || step.by === null) return [];
    const about = { step: code, round: step.round };
    const keys = [
      makeTaskKey({ kind: 'step', ...about, second: false }),
      makeTaskKey({ kind: 'step', ...about, second: true }),
      makeTaskKey({ kind: 'by-hand', of: 'step', ...about }),
    ];
    const people = Object.values(procedure.tasks).flatMap((task) => {
      const how = keys.includes(task.key) ? done.get(task.id) : undefined;
      const drafted = task.drafted ? { kept: task.drafted.kept, of: task.drafted.of } : null;
      return how?.by ? [{ ...how.by, at: how.at, note: how.note, drafted }] : [];
    });
    const { round, outcome, completedAt: at, by } = step;
    return [{ step: code, stepName: name, round, outcome: outcome ?? '', at, by, people }];
  });
}

function opinionsOf(
  state: CaseState,
  consulted: Consulted,
  catalogue: Catalogue,
  resolved: ResolvedProcedure,
): z.input<typeof OpinionView>[] {
  return consulted.consultations
    .filter((one) => latestOfStep(state, one) === one)
    .flatMap((consultation) =>
      Object.values(consultation.opinions).map((one) => {
        const { requestId: _request, lapsed: _lapsed, messageIds: _messages, ...rest } = one;
        const { called: _called, failed: _failed, ...opinion } = rest;
        return {
          ...opinion,
          content: opinionContentView(one, resolved, consulted.words),
          conditions: opinion.conditions.map((condition) => conditionView(condition, catalogue, consulted.words)),
          legalBasis: said(opinion.legalBasis, consulted.words),
          agencyName: getAgency(catalogue.agencies, opinion.agency).name,
          reason: reasonOfOpinion(consulted, consultation, opinion.agency),
        };
      }),
    );
}
