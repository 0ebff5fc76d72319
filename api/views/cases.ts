import { refuse } from '../../domain/errors.js';
import { factWords } from '../../domain/law/correctable.js';
import { isUnknown, openFactQuestions } from '../../domain/case/fact/state.js';
import { type z } from 'zod';
import { predicatesOf } from '../../domain/lane/predicates.js';
import { type Exchanges, supplementKey, type SupplementWords } from '../../db/read/exchanges.js';
import { type CaseDetail, type CaseSummary } from '../../db/read/cases.js';
import { attachmentsOf } from '../../domain/case/task/attachments.js';
import { dutiesOf } from '../../domain/case/duty/shown.js';
import { promisedDate } from '../../domain/case/procedure/roadmap.js';
import { portalStatus } from '../../domain/case/case/portal-status.js';
import { getAgency } from '../../domain/law/agency.js';
import {
  isDeferred,
  missingGates,
  missingResults,
  readiness,
  startsByItself,
} from '../../domain/case/procedure/progress.js';
import { type CaseState } from '../../domain/case/state.js';
import { factsBehind, latestAttempt, type ProcedureState } from '../../domain/case/procedure/state.js';
import { isGranted, type ResultChange, resultChangesOf, standingOfResult } from '../../domain/case/issued/state.js';
import { checkDossier, type DossierCheck, isUnexamined } from '../../domain/case/procedure/dossier-check.js';
import { type Law } from '../../domain/law/law.js';
import { type ResolvedProcedure } from '../../domain/law/procedure.js';
import { readContent } from '../../domain/case/result/rules.js';
import { said, type TextRef, type WordsById } from '../../domain/case/words.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { type AnyFiling } from '../../domain/schemas/trial.js';
import { signedView } from './filing-signature.js';
import { dateOf, type Instant } from '../../domain/time/instants.js';
import {
  type FactQuestionView,
  type LaneHearingView,
  type CaseDetailView,
  type CaseSummaryView,
  type ProcedureView,
  type ResultChangeView,
} from '../schemas/cases.js';
import { portalStatusOf } from '../schemas/portal-status.js';
import { isPartyRole } from '../../db/people/readers.js';
import { type Person } from '../auth/person.js';
import { type NamedFile } from '../documents/shown.js';
import { filedTrial } from './regimes.js';
import { holderNow } from './holder-now.js';
import { laneNowView } from './lane-now.js';

export const summaryView = (
  { code, openedAt, investor, ...rest }: CaseSummary,
  reader: Pick<Person, 'id' | 'role'>,
): z.input<typeof CaseSummaryView> => ({
  case: code,
  filedAt: openedAt,
  onBehalfOf: isPartyRole(reader.role) && investor !== reader.id ? investor : null,
  ...rest,
});

/** What the view of a case needs beside the case. */
interface CaseContext {
  readonly law: Law;
  readonly catalogue: Catalogue;
  readonly now: Instant;
  readonly adjustedBy: readonly string[];
  readonly exchanges: Exchanges;
  /** The last mail to the investor, where it was refused and the reader is not the investor's side. */
  readonly unreachedByMail: z.input<typeof CaseDetailView>['unreachedByMail'];
  /** Documents that officials put beside their answers, those that the reader hears of. */
  readonly attached: ReadonlyMap<string, Pick<NamedFile, 'fileName'>>;
}

/** One case as whoever has access to it reads it; how fresh it is comes from the route. */
export function caseView(
  { summary, state, filing, words }: CaseDetail,
  { law, catalogue, now, adjustedBy, exchanges, unreachedByMail, attached }: CaseContext,
): Omit<z.input<typeof CaseDetailView>, 'asOf' | 'settled' | 'reading' | 'withheldDocuments' | 'onBehalfOf'> {
  const nameOf = (agency: string) => getAgency(catalogue.agencies, agency).name;
  const { code, openedAt, investor: _investor, name: _name, trial: _trial, ...rest } = summary;
  const { lawAt, survey, trial } = state;
  return {
    case: code,
    filedAt: openedAt,
    ...rest,
    lawAt,
    ...promisesOf(state),
    ...filed(filing),
    trial: trial && { ...filedTrial(catalogue, trial), phase: trial.phase, ending: trial.ending },
    adjusts: state.adjusts,
    signed: signedView(state.signed),
    adjustedBy,
    unreachedByMail,
    predicates: state.kind === 'sandbox' ? [] : predicatesOf(state.facts, state.laneFindings),
    laneEvidence: state.kind === 'sandbox' ? [] : Object.values(state.laneEvidence),
    laneNow: laneNowView(state, law, exchanges),
    laneHearings: laneHearingViews(state, words),
    factQuestions: factQuestionViews(state, words),
    procedures: Object.values(state.procedures).map((procedure) => ({
      ...procedureView(state, procedure, law, words, exchanges, attached),
      now: holderNow(state, procedure, { law, nameOf, now }),
    })),
    asked: [
      ...resultHearingsAsked(state, words),
      ...hearingAsked(state, words),
      ...factsAsked(state),
      ...askedOfInvestor(state, law, exchanges),
      ...dutiesAsked(state, law),
      ...surveysAsked(state),
    ],
    mayFile: mayFile(state, law),
    survey,
  };
}

const nothingSaid: WordsById = new Map();
const nothingExchanged: Exchanges = { completions: new Map(), supplements: new Map(), lane: null };

/** What is asked of the investor's side as whoever has code and PIN is told: what kind of thing, in which procedure, by when; nobody's words. */
export const askedInShort = (state: CaseState, law: Law) =>
  [
    ...resultHearingsAsked(state, nothingSaid),
    ...hearingAsked(state, nothingSaid),
    ...factsAsked(state),
    ...askedOfInvestor(state, law, nothingExchanged),
    ...dutiesAsked(state, law),
  ].map((one) => ({
    kind: one.kind,
    name: 'name' in one ? one.name : null,
    procedure: 'procedure' in one ? one.procedure : null,
    by: 'deadline' in one ? one.deadline : 'dueDate' in one ? one.dueDate : 'answerBy' in one ? one.answerBy : null,
  }));

/** The case as a power of attorney for some of its procedures shows it: its header, and what is asked and done in those. */
export function partOfCase(
  view: ReturnType<typeof caseView>,
  procedures: readonly string[],
): ReturnType<typeof caseView> {
  const within = (code: string | null) => code !== null && procedures.includes(code);
  return {
    ...view,
    ...nothingFiled,
    adjusts: null,
    signed: null,
    adjustedBy: [],
    predicates: [],
    laneEvidence: [],
    laneNow: null,
    laneHearings: [],
    factQuestions: [],
    survey: null,
    procedures: view.procedures.filter(({ procedure }) => within(procedure)),
    mayFile: view.mayFile.filter(({ procedure }) => within(procedure)),
    asked: view.asked.filter((one) => 'procedure' in one && within(one.procedure)),
  };
}

/** What the green lane means to do, and is measured by; nothing of it is meant for a trial. */
function promisesOf({ kind, milestone, baseline, target, ambition }: CaseState) {
  return kind === 'sandbox'
    ? { milestone: null, baseline: null, target: null, ambition: null }
    : { milestone, baseline, target, ambition };
}

const nothingFiled = { project: null, investor: null, solution: null, applicant: null };

function filed(filing: AnyFiling | null) {
  if (filing === null) return nothingFiled;
  if (filing.kind === 'sandbox') {
    return { ...nothingFiled, solution: filing.solution, applicant: filing.applicant };
  }
  return { ...nothingFiled, project: filing.project, investor: filing.investor };
}

export function procedureView(
  state: CaseState,
  procedure: ProcedureState,
  law: Law,
  words: WordsById,
  exchanges: Exchanges,
  /** Documents of officials that this reader hears of. */
  attached: ReadonlyMap<string, Pick<NamedFile, 'fileName'>>,
): z.input<typeof ProcedureView> {
  const { decision, closed, supplements } = procedure;
  const resolved = law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure));
  return {
    procedure: procedure.procedure,
    name: resolved.name,
    attempt: procedure.attempt,
    version: procedure.version,
    phase: procedure.phase,
    mandatory: procedure.mandatory,
    competentAgency: procedure.competentAgency,
    handlingAgency: procedure.handlingAgency,
    stage: procedure.stage,
    status: portalStatusOf(portalStatus(procedure)),
    dossierCode: procedure.dossierCode,
    openedAt: procedure.openedAt,
    receivedAt: procedure.receivedAt,
    countedFrom: procedure.ledger[0] ? dateOf(procedure.ledger[0].at) : null,
    printedDueDate: procedure.printedDueDate,
    promisedDate: promisedDate(state, procedure),
    supplements: supplements.map(
      ({ taskId: _task, deadlineSince: _since, endedAt: _ended, items: _items, ...supplement }) => ({
        ...supplement,
        ...wordsOf(exchanges, procedure.scope, supplement.requestId),
      }),
    ),
    decision: decision && {
      outcome: decision.outcome,
      at: decision.at,
      reason: said(decision.reason, words),
      number: procedure.signature?.number ?? null,
      content: contentView(decision.content, resolved, words),
    },
    standing: procedure.signature && standingOfResult(procedure),
    resultChanges: (procedure.resultChanges ?? []).map((one) => resultChangeView(procedure, one, words)),
    attachments: attachmentsOf(state, procedure.scope).flatMap(({ task, documentId }) => {
      const fileName = attached.get(documentId)?.fileName;
      const { agency, kind, step, completedAt: at } = task;
      return fileName === undefined || at === null ? [] : [{ documentId, fileName, agency, kind, step, at }];
    }),
    handedOverAt: procedure.handedOverAt,
    closedAt: closed?.at ?? null,
    outcome: closed?.outcome ?? null,
  };
}

/** What a decision says beside yes or no, with what each field is called. */
function contentView(
  kept: TextRef | null,
  { content: definition }: ResolvedProcedure,
  words: WordsById,
): NonNullable<z.input<typeof ProcedureView>['decision']>['content'] {
  const text = said(kept, words);
  if (text === null) return null;
  const { fields, reasons } = readContent(text);
  return {
    fields: fields.flatMap(({ code, value }) => {
      const field = definition?.fields.find((one) => one.code === code);
      return field ? [{ code, name: field.name, kind: field.kind, unit: field.unit, value }] : [];
    }),
    reasons: [...reasons],
  };
}

const wordsOf = ({ supplements }: Exchanges, scope: string, requestId: string): SupplementWords =>
  supplements.get(supplementKey(scope, requestId)) ?? { items: [], reason: null, explanation: null };

/** What the law demands of the investor by a date; it outlives the case. */
function* dutiesAsked(state: CaseState, law: Law): Generator<z.input<typeof CaseDetailView>['asked'][number]> {
  for (const { id: duty, name, on, dueDate, status } of dutiesOf(state, law)) {
    if (on !== 'investor' || dueDate === null || status === 'met') continue;
    yield { kind: 'duty', duty, name, dueDate, overdue: status === 'overdue' };
  }
}

/** How it went: each result that was handed over, and the whole at the end. */
/** Hearings on the lane with both sides; of a trial none. */
export const laneHearingViews = (state: CaseState, words: WordsById): z.input<typeof LaneHearingView>[] =>
  state.kind === 'sandbox'
    ? []
    : state.laneHearings.map(({ by: _by, reason, statement, ...hearing }) => ({
        ...hearing,
        reason: said(reason, words),
        statement: said(statement, words),
      }));

/** What a fact that is asked for is called, and what it may be. */
export const askedFact = (attr: string) => {
  const { name, is } = factWords(attr) ?? refuse('NOT_FOUND', { fact: attr });
  const values = is.kind === 'code' ? Object.entries(is.values).map(([code, said]) => ({ code, name: said })) : [];
  return { fact: attr, name, kind: is.kind, values };
};

/** Facts that were unknown or are said to be otherwise, with what was confirmed. */
export const factQuestionViews = (state: CaseState, words: WordsById): z.input<typeof FactQuestionView>[] =>
  Object.values(state.factQuestions).map(
    ({ by: _by, confirmed: _confirmed, facts, reason, decision, legalBasis, ...question }) => ({
      ...question,
      facts: Object.entries(facts).map(([attr, proposed]) => ({
        ...askedFact(attr),
        proposed,
        known: state.facts[attr] ?? null,
      })),
      reason: said(reason, words),
      decision: said(decision, words),
      legalBasis: said(legalBasis, words),
    }),
  );

/** What nobody knew: whoever knows by now may say so. */
function* factsAsked(state: CaseState): Generator<z.input<typeof CaseDetailView>['asked'][number]> {
  if (state.closed) return;
  for (const question of openFactQuestions(state)) {
    if (!isUnknown(question)) continue;
    const { id, facts, answerBy } = question;
    yield { kind: 'fact', question: id, facts: Object.keys(facts).map(askedFact), answerBy };
  }
}

export const resultChangeView = (
  { procedure }: ProcedureState,
  { by: _by, decidedBy: _decidedBy, issuedBy: _issuedBy, passages, ...change }: ResultChange,
  words: WordsById,
): z.input<typeof ResultChangeView> => ({
  ...change,
  procedure,
  passages: passages.map(({ was, is }) => ({ was: said(was, words), is: said(is, words) })),
  reason: said(change.reason, words),
  legalBasis: said(change.legalBasis, words),
  statement: said(change.statement, words),
  decision: said(change.decision, words),
});

/** Before a result is taken back; it outlives the case. */
function* resultHearingsAsked(
  state: CaseState,
  words: WordsById,
): Generator<z.input<typeof CaseDetailView>['asked'][number]> {
  for (const { procedure, change } of resultChangesOf(state)) {
    const { id, of, reason, legalBasis, answerBy, answeredAt, outcome } = resultChangeView(procedure, change, words);
    if (answerBy === null || answeredAt !== null || outcome !== null) continue;
    yield { kind: 'result-hearing', procedure: procedure.procedure, change: id, of, reason, legalBasis, answerBy };
  }
}

function* hearingAsked(state: CaseState, words: WordsById): Generator<z.input<typeof CaseDetailView>['asked'][number]> {
  for (const { id, predicates, reason, answerBy, answeredAt, outcome } of laneHearingViews(state, words))
    if (!state.closed && answeredAt === null && outcome === null)
      yield { kind: 'lane-hearing', hearing: id, predicates, reason, answerBy };
}

function* surveysAsked(state: CaseState): Generator<z.input<typeof CaseDetailView>['asked'][number]> {
  for (const procedure of new Set(Object.values(state.procedures).map((one) => one.procedure))) {
    const handedOver = (latestAttempt(state, procedure)?.handedOverAt ?? null) !== null;
    if (handedOver && !(procedure in state.surveys)) yield { kind: 'survey', procedure };
  }
  if (state.closed && state.survey === null) yield { kind: 'survey', procedure: null };
}

/** Whatever the case cannot go on without from the investor's side, in the order of the plan. */
function* askedOfInvestor(
  state: CaseState,
  law: Law,
  exchanges: Exchanges,
): Generator<z.input<typeof CaseDetailView>['asked'][number]> {
  if (state.closed) return;
  const waitingForGate = new Map<string, string[]>();
  for (const item of state.plan) {
    const { procedure: code, mandatory } = item;
    if (isDeferred(state, code)) continue;
    const procedure = latestAttempt(state, code);
    if (!procedure) {
      if (!mandatory || missingResults(state, item).length > 0) continue;
      for (const gate of missingGates(state, item))
        waitingForGate.set(gate, [...(waitingForGate.get(gate) ?? []), code]);
      continue;
    }
    if (procedure.closed) {
      const { outcome } = procedure.closed;
      if (mandatory && !isGranted(procedure)) yield { kind: 'refiling', procedure: code, outcome };
      continue;
    }
    const resolved = law.procedureVersion(code, procedure.version, factsBehind(state, procedure));
    const dossier = startsByItself(resolved) ? undefined : dossierAsked(procedure, resolved, exchanges);
    if (dossier) yield dossier;
    for (const [step, { amountVnd, requestedAt, receivedAt }] of Object.entries(procedure.payments)) {
      if (receivedAt === null) yield { kind: 'payment', procedure: code, step, amountVnd, requestedAt };
    }
    for (const { requestId, deadline, status, ground, decision } of procedure.supplements) {
      // Whoever decided on a violation ends its handling.
      if ((status !== 'asked' && status !== 'lapsed') || decision !== null) continue;
      const { items, reason } = wordsOf(exchanges, procedure.scope, requestId);
      const inWords = ground === 'explanation';
      yield { kind: 'supplement', procedure: code, requestId, deadline, ground, items, reason, inWords };
    }
  }
  for (const [gate, procedures] of waitingForGate) yield { kind: 'gate', gate, procedures };
}

/** Dossiers that nobody waits for and that may be filed now: filing one opens its procedure. */
function mayFile(state: CaseState, law: Law): z.input<typeof CaseDetailView>['mayFile'] {
  if (state.closed) return [];
  return state.plan.flatMap((item) => {
    const { procedure: code, mandatory, version } = item;
    if (mandatory || readiness(state, item) !== 'ready') return [];
    const resolved = law.procedureVersion(code, version, state.facts);
    // What follows from a decision of somebody else takes no dossier at first.
    if (resolved.startsFrom === 'prior-decision') return [];
    return [{ ...dossierOf(code, checkDossier(resolved, [])), again: false, open: false, items: [], reason: null }];
  });
}

/** What a dossier takes, and what of it is there. */
const dossierOf = (procedure: string, { documents, missing }: DossierCheck) => ({
  kind: 'dossier' as const,
  procedure,
  documents: documents.filter(({ source }) => source === null).map(({ source: _source, ...document }) => document),
  missing: [...missing],
  obtained: documents.flatMap(({ code, name, source }) => (source === null ? [] : [{ code, name, source }])),
});

/** The dossier that is waited for; one that was filed and not examined is asked for as long as something is missing. */
function dossierAsked(
  procedure: ProcedureState,
  resolved: ResolvedProcedure,
  exchanges: Exchanges,
): Extract<z.input<typeof CaseDetailView>['asked'][number], { kind: 'dossier' }> | undefined {
  const check = checkDossier(resolved, procedure.filings, procedure.extracts);
  const open = isUnexamined(procedure);
  if (procedure.stage !== 'awaiting-dossier' && !(open && check.missing.length > 0)) return undefined;
  const sentBack = open ? undefined : exchanges.completions.get(procedure.scope);
  return {
    ...dossierOf(procedure.procedure, check),
    again: !open && procedure.filings.length > 0,
    open,
    items: sentBack?.items ?? [],
    reason: sentBack?.reason ?? null,
  };
}
