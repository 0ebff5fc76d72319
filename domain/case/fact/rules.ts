import { checkedFacts, correctableFacts } from '../../law/correctable.js';
import type { Law } from '../../law/law.js';
import type { ProjectFacts } from '../../law/procedure.js';
import { laneBy, predicatesOf } from '../../lane/predicates.js';
import type { Screening } from '../../lane/screening.js';
import { refuse, unlessRefused } from '../../errors.js';
import { firstBrokenAt } from '../../measures/lane.js';
import { ifPublished } from '../../time/calendar.js';
import { dateOf, type PlainDate } from '../../time/instants.js';
import { termEnd } from '../../time/term-end.js';
import type { BaselineDays, BaselineFigures, Lane, PathwayId } from '../case/words.js';
import { laidOut } from '../case/opening.js';
import type { PersonCommand } from '../commands.js';
import type { Draft } from '../draft.js';
import { amended } from '../procedure/dossier-check.js';
import { cancelTasksOf } from '../procedure/decision.js';
import { fileOn, openAttempt } from '../procedure/rules.js';
import { latestAttempt, type ProcedureState } from '../procedure/state.js';
import { caseScope } from '../scope.js';
import type { CaseState, GreenLaneState } from '../state.js';
import { holderOf } from '../task-table.js';
import type { Completion } from '../task/commands.js';
import { done, reasonOf } from '../task/completion.js';
import { aboutOf, makeTaskKey } from '../task/keys.js';
import { outcomeOf } from '../task/outcomes.js';
import { isOver, type TaskState } from '../task/state.js';
import { isUnknown, openFactQuestions, type FactQuestion } from './state.js';
import type { LaidAnew } from './words.js';

function ofProject(state: CaseState): GreenLaneState {
  return state.kind === 'green-lane' ? state : refuse('PRECONDITION_FAILED', { facts: 'of a trial' });
}

// Questions -----------------------------------------------------------------------------------------------------------------------------------

/** What nobody knew at filing becomes an open question of whoever owns the lane, each with its date. */
export function questionUnknown(draft: Draft, unknown: readonly string[]): void {
  for (const attr of unknown) question(draft, { [attr]: null }, null, null);
}

/** The investor, or an agency of the case, says that facts are otherwise or are known by now. Refuses `FACT_DECIDED` once a decision rests on them. */
export function proposeFacts(draft: Draft, command: Extract<PersonCommand, { type: 'proposeFacts' }>): void {
  const state = ofProject(draft.state);
  const facts = checkedFacts(command.facts);
  requireChange(state, facts);
  requireOpen(state, Object.keys(facts));
  question(draft, facts, command.reason, command.documentId);
}

/** Facts that may be said to be otherwise now: no decision rests on them, and nobody is asked about them yet. */
export function correctableNow(draft: Draft): readonly string[] {
  const state = ofProject(draft.state);
  return correctableFacts.filter((attr) => unlessRefused(() => requireOpen(state, [attr])) !== null);
}

function requireOpen(state: GreenLaneState, attrs: readonly string[]): true {
  requireUndecided(state, attrs);
  const same = openFactQuestions(state).find(
    (one) => !isUnknown(one) && attrs.some((attr) => Object.hasOwn(one.facts, attr)),
  );
  if (same) refuse('DUPLICATE_REQUEST', { question: same.id });
  return true;
}

function question(draft: Draft, facts: ProjectFacts, reason: string | null, documentId: string | null): void {
  const { state, law } = draft;
  const scope = caseScope(state.code);
  const questionId = `F${Object.keys(state.factQuestions).length + 1}`;
  const agency = law.laneOwner;
  const words = reason === null ? null : draft.seal(reason);
  draft.emit('factsQuestioned', scope, {
    questionId,
    facts,
    agency,
    answerBy: answerBy(draft),
    documentId,
    reason: words,
  });
  const key = makeTaskKey({ kind: 'fact', questionId });
  draft.openTask({ scope, key, kind: 'fact', agency, role: holderOf('fact'), step: null });
}

/** The City's setting; of settings of before the days for the lane. */
const answerBy = ({ law, now }: Draft): PlainDate | null => {
  const { fact, lane } = law.settings.taskDays;
  return ifPublished(() => termEnd(law.caseCalendar, dateOf(now), fact ?? lane)) ?? null;
};

function requireChange({ facts: known }: CaseState, facts: ProjectFacts): void {
  const unchanged = Object.entries(facts).filter(([attr, value]) => (known[attr] ?? null) === value);
  if (unchanged.length > 0) refuse('VALIDATION_FAILED', { field: 'facts', unchanged: unchanged.map(([attr]) => attr) });
}

/** The investor stated it: neither unknown nor presumed. */
const isStated = ({ facts, presumed }: CaseState, attr: string): boolean =>
  (facts[attr] ?? null) !== null && presumed?.includes(attr) !== true;

/** Decisions that stand, or that are on their way to the investor. */
const decided = ({ procedures }: CaseState): ProcedureState[] =>
  Object.values(procedures).filter(
    ({ decision, closed }) => decision !== null && (closed === null || decision.outcome === 'approved'),
  );

/** What was stated is what a decision was made on: after it a correction comes too late. What nobody knew may still be answered. */
function requireUndecided(state: CaseState, attrs: readonly string[]): void {
  const stated = attrs.filter((attr) => isStated(state, attr));
  const resting = decided(state).map(({ procedure }) => procedure);
  if (stated.length > 0 && resting.length > 0) refuse('FACT_DECIDED', { facts: stated, decided: resting });
}

// Answers -------------------------------------------------------------------------------------------------------------------------------------

/**
 * Whoever owns the lane confirms facts, with what shows them, or keeps what was filed; not who proposed them. What nobody knew has to be found out: it is not
 * kept. From then on the plan, the pathway and the baseline are those of the facts; terms that run or were kept stay.
 */
export function decideFacts(draft: Draft, task: TaskState, completion: Completion): void {
  const outcome = outcomeOf('fact', completion);
  const state = ofProject(draft.state);
  const { questionId } = aboutOf(task, 'fact') ?? refuse('NOT_FOUND', { task: task.id });
  const asked = state.factQuestions[questionId] ?? refuse('NOT_FOUND', { question: questionId });
  const reason = draft.seal(reasonOf(completion));
  if (outcome === 'keep') {
    if (isUnknown(asked)) refuse('PRECONDITION_FAILED', { unknown: Object.keys(asked.facts) });
    done(draft, task, completion);
    return draft.emit('factsKept', task.scope, { questionId, taskId: task.id, reason });
  }
  const confirmed = answered(asked, completion.facts);
  requireChange(state, confirmed);
  requireUndecided(state, Object.keys(confirmed));
  const { laid, stated } = layAnew(draft, state, confirmed);
  const legalBasis = draft.seal(completion.legalBasis ?? '', 'legalBasis');
  const before = state.facts;
  done(draft, task, completion);
  draft.emit('factsConfirmed', task.scope, {
    questionId,
    taskId: task.id,
    confirmed,
    reason,
    legalBasis,
    laid,
    stated,
  });
  endQuestions(draft);
  if (laid.lane !== 'undecided') endLaneTasks(draft);
  for (const procedure of Object.values(state.procedures)) if (!procedure.closed) goOn(draft, procedure, before);
  for (const { procedure } of laid.plan) {
    const latest = latestAttempt(state, procedure);
    if (latest?.closed?.outcome === 'not-needed') openAttempt(draft, procedure, latest.attempt + 1);
  }
}

/** All that was asked, and nothing else; as proposed where nothing is said. */
function answered(asked: FactQuestion, given: ProjectFacts | undefined): ProjectFacts {
  const facts = checkedFacts(given ?? (isUnknown(asked) ? {} : asked.facts));
  const wanted = Object.keys(asked.facts);
  const differs = Object.keys(facts).length !== wanted.length || wanted.some((attr) => !Object.hasOwn(facts, attr));
  if (differs) refuse('VALIDATION_FAILED', { field: 'facts', asked: wanted });
  return facts;
}

/** Everything that follows from the facts, and the facts as the investor stated them, with what they did not know or state. */
function layAnew({ law }: Pick<Draft, 'law'>, state: GreenLaneState, confirmed: ProjectFacts) {
  const { presumed = null, openedAt: at, lawAt } = state;
  const said = state.statedFacts ?? { facts: state.facts, presumed };
  const unsaid = Object.fromEntries(Object.entries(confirmed).filter(([attr]) => !isStated(state, attr)));
  const stated = law.screenAnew({ ...said, at, lawAt }, unsaid);
  const right = law.screenAnew({ facts: state.facts, presumed, at, lawAt }, confirmed);
  const lane = laneAfter(state, right);
  const laid: LaidAnew = {
    facts: right.facts,
    presumed: right.presumed,
    lane,
    ...laidOut(right, lawfulPathway(right, state.pathway), lane !== 'standard'),
    baseline: asKnown({ law, state }, smallerBaseline(stated, right)),
  };
  return { laid, stated: { facts: stated.facts, presumed: stated.presumed } };
}

/** The pathway goes on where the law still allows it. */
function lawfulPathway({ pathways, recommended }: Screening, pathway: PathwayId): PathwayId {
  const isLawful = pathways.some(({ id, lawful }) => id === pathway && lawful === 'yes');
  return isLawful ? pathway : (recommended.pathway as PathwayId);
}

/** A claimed no shuts the lane and its correction opens the question again; what was found on evidence stays, and so does what a result rests on. */
function laneAfter({ lane, facts, laneFindings, laneAtResult }: GreenLaneState, right: Screening): Lane {
  if (lane === 'green' || laneAtResult !== null || laneFindings.length > 0) return lane;
  const [before, after] = [facts, right.facts].map((known) => laneBy(predicatesOf(known)));
  return after === undefined || after === before ? lane : after;
}

const figuresOf = ({ baselineDays, baselineEndDate, cityBaselineDays }: Screening): BaselineFigures => ({
  days: baselineDays,
  endDate: baselineEndDate,
  cityDays: cityBaselineDays,
});

/** Of what was stated and what is right the smaller counts, of each figure; both stand beside it where they differ. */
function smallerBaseline(asStated: Screening, asItIs: Screening): BaselineDays {
  const [stated, right] = [figuresOf(asStated), figuresOf(asItIs)];
  const [before, now] = [asStated.observed.baseline, asItIs.observed.baseline];
  const differs = stated.days !== right.days || stated.cityDays !== right.cityDays;
  return {
    ...smaller(stated, right),
    ...(before && now && { observed: smaller(before, now) }),
    ...(differs && { corrected: { stated, right } }),
  };
}

/**
 * Once a decision is known, or a term was broken, a fact raises no baseline any more: what nobody had stated by then may still be found out, and the plan is that of
 * the facts, but what the case is measured against gets no longer. Both stand beside it where they differ.
 */
function asKnown({ law, state }: { law: Law; state: GreenLaneState }, laid: BaselineDays): BaselineDays {
  if (state.laneAtResult === null && firstBrokenAt(state, law) === null) return laid;
  const { baseline: before } = state;
  const cityDays = Math.min(before.cityDays ?? laid.cityDays ?? 0, laid.cityDays ?? 0);
  const days = before.days < laid.days ? before : laid;
  const observed = before.observed && (laid.observed ? smaller(before.observed, laid.observed) : before.observed);
  const was = laid.corrected?.right ?? figures(laid);
  const differs = days.days !== was.days || cityDays !== was.cityDays;
  return {
    ...{ days: days.days, endDate: days.endDate, cityDays },
    ...(observed && { observed }),
    ...(differs && { corrected: { stated: figures(before), right: was } }),
  };
}

const figures = ({ days, endDate, cityDays }: BaselineDays): BaselineFigures => ({
  ...{ days, endDate, cityDays: cityDays ?? days },
});

const smaller = (a: BaselineFigures, b: BaselineFigures): BaselineFigures => ({
  ...(a.days < b.days ? a : b),
  cityDays: Math.min(a.cityDays, b.cityDays),
});

// What follows --------------------------------------------------------------------------------------------------------------------------------

const corrected = 'facts-confirmed';

function endQuestions(draft: Draft): void {
  for (const { id, outcome } of Object.values(draft.state.factQuestions)) {
    if (outcome !== 'overtaken') continue;
    const key = makeTaskKey({ kind: 'fact', questionId: id });
    for (const task of Object.values(draft.state.tasks)) if (task.key === key) draft.cancelTask(task, corrected);
  }
}

function endLaneTasks(draft: Draft): void {
  for (const task of Object.values(draft.state.tasks))
    if (task.kind === 'lane' && !isOver(task)) draft.cancelTask(task, corrected);
}

/**
 * What is not needed ends, begun in vain. What lies with the wrong body, or was not received yet and asks for something else now, is opened anew with its dossier;
 * all else goes on as it was received.
 */
function goOn(draft: Draft, procedure: ProcedureState, before: ProjectFacts): void {
  const { state, law } = draft;
  if (procedure.decision !== null) return;
  const { procedure: code, version, attempt, scope } = procedure;
  const isPlanned = state.plan.some((item) => item.procedure === code);
  const old = law.procedureVersion(code, version, procedure.facts ?? before);
  const next = law.procedureVersion(code, version, state.facts);
  const moved = old.competentAgency !== next.competentAgency || old.handlingAgency !== next.handlingAgency;
  const begun = procedure.receivedAt !== null || procedure.ledger.length > 0;
  if (isPlanned && !moved && (begun || JSON.stringify(old) === JSON.stringify(next))) return;
  const asked = new Set(next.documents.map((one) => one.code));
  const dossier = procedure.filings
    .reduce<ProcedureState['filings'][number]['documents']>((all, { documents }) => amended(all, documents), [])
    .filter(({ code: document, documentId }) => documentId !== null && asked.has(document));
  cancelTasksOf(draft, procedure, corrected);
  draft.emit('procedureClosed', scope, { procedure: code, attempt, outcome: 'not-needed' });
  if (!isPlanned) return;
  openAttempt(draft, code, attempt + 1);
  if (dossier.length > 0) fileOn(draft, code, dossier);
}
