import { dateOf } from '../../time/instants.js';
import { conditionsOf, otherSubject } from '../conference/conflicts.js';
import { refuse } from '../../errors.js';
import type { Draft } from '../draft.js';
import type { ConsultationServiceCommand } from './commands.js';
import type { CarriedOpinion, Condition, OpinionAsked, Position, SaidCondition } from './words.js';
import { nextConsultation } from '../fold.js';
import type { ScopeId } from '../scope.js';
import { latestOfStep, type ConsultationState, type OpinionState } from './state.js';
import type { ResolvedProcedure } from '../../law/procedure.js';
import type { ProcedureState } from '../procedure/state.js';
import { opinionCounts } from './counts.js';
import { holderOf } from '../task-table.js';
import { namesOf } from '../approval/bars.js';
import { aboutOf, askedIn, makeTaskKey } from '../task/keys.js';
import { conflictsIn } from '../conference/rules.js';
import { reopenStep, requireStepReady } from '../step/rules.js';
import { termEnd } from '../../time/term-end.js';
import { person } from '../person.js';
import type { Completion } from '../task/commands.js';
import { done, writtenIn } from '../task/completion.js';
import { lookOf } from '../result/look.js';
import { canonicalOpinion, favours, gravestOf, opinionDefinition } from '../result/opinion.js';
import { contentOf } from '../result/rules.js';
import type { TextRef } from '../words.js';
import { outcomeOf } from '../task/outcomes.js';
import type { TaskState } from '../task/state.js';

/**
 * Asks every agency at once (one-stop rule), each with its own clock. Where nobody is to be asked the step is done; where it is done anew because of a late
 * answer, what was said and what silence meant still stands.
 */
export function openConsultation(draft: Draft, procedure: ProcedureState, step: string): void {
  const resolved = draft.resolved(procedure);
  if (procedure.steps[step]?.startedAt) return;
  requireStepReady(procedure, resolved, step, 'consultation');
  const before = roundBefore(draft, procedure, step);
  const stands = before && before.reopenedAt !== null ? before.opinions : {};
  const former = answeredBefore(resolved, stands);
  const succeeded = new Set(former.map(({ agency }) => draft.law.successorOf(agency)));
  const toAsk = resolved.consultations.filter(({ agency }) => stands[agency] !== undefined || !succeeded.has(agency));
  if (toAsk.length + former.length === 0) {
    draft.emit('stepCompleted', procedure.scope, { step, outcome: 'nobody-to-ask', by: 'waived', reference: null });
    return;
  }
  const { scope, n } = nextConsultation(procedure);
  const today = dateOf(draft.now);
  const asked = toAsk.map(({ agency, days, about, legalEffect, handling }): OpinionAsked => {
    const one = stands[agency];
    if (one) return askedAs(one);
    const dueDate = termEnd(draft.law.calendar(resolved.calendar), today, days);
    return { agency, channel: draft.law.channel(agency), budget: days, dueDate, legalEffect, handling, about };
  });
  const opinions = [...asked, ...former.map(askedAs)];
  const carried = opinions.flatMap(({ agency }) => carriedOf(stands[agency], before));
  const calls = opinions
    .filter(({ agency, channel }) => channel === 'system' && !carried.some((one) => one.agency === agency))
    .map(({ agency }) => agency);
  if (before?.closedAt === null) emitClosed(draft, before);
  draft.emit('consultationOpened', scope, {
    step,
    n,
    lead: resolved.steps.find((one) => one.code === step)?.agency ?? procedure.competentAgency,
    opinions,
    ...(carried.length > 0 && { carried }),
    ...(calls.length > 0 && { calls }),
  });
  // Who is asked anew answers the new question; who stayed silent may still answer the old one.
  for (const task of Object.values(before?.tasks ?? {})) {
    if (!carried.some(({ agency }) => aboutOf(task, 'opinion')?.agency === agency))
      draft.cancelTask(task, 'asked-anew');
  }
}

/** The latest consultation that this step has asked so far. */
function roundBefore(draft: Draft, { scope }: ProcedureState, step: string): ConsultationState | undefined {
  const first = Object.values(draft.state.consultations).find(
    (one) => one.procedureScope === scope && one.step === step,
  );
  return first && latestOfStep(draft.state, first);
}

/**
 * Where the step is done anew: what was said, or meant by silence, under names under which nobody is asked any more, because they were merged or decide now. It stands
 * under those names, and whoever took their place is not asked for it again.
 */
function answeredBefore(
  { consultations, formerConsultations = [] }: ResolvedProcedure,
  stands: ConsultationState['opinions'],
): OpinionState[] {
  const asked = new Set(consultations.map(({ agency }) => agency));
  const former = new Set(formerConsultations.map(({ agency }) => agency));
  return Object.values(stands).filter((one) => former.has(one.agency) && !asked.has(one.agency) && opinionCounts(one));
}

const askedAs = ({ agency, channel, budget, dueDate, legalEffect, handling, about }: OpinionState): OpinionAsked => ({
  ...{ agency, channel, budget, dueDate, legalEffect, handling, about },
});

function carriedOf(opinion: OpinionState | undefined, before: ConsultationState | undefined): CarriedOpinion[] {
  if (!opinion || !opinionCounts(opinion)) return [];
  const { agency, position, conditions, legalBasis, late, answeredAt, lapsed, decision, content } = opinion;
  const weighed = before?.reopenings.some((one) => one.agency === agency);
  const status = weighed || opinion.status === 'given' ? 'given' : decision === null ? 'lapsed' : 'decided';
  const said = { position, conditions, legalBasis, late, answeredAt, lapsed, decision };
  return [{ agency, status, ...said, ...(content && { content }) }];
}

interface Answer {
  readonly position: Position;
  readonly conditions: readonly Condition[];
  readonly legalBasis: string | null;
  readonly messageId: string | null;
  readonly content?: TextRef;
  /** Nobody who sent it can be told any more that it is refused. */
  readonly taken?: true | undefined;
}

/** An agency's answer, by a person or by its system. The same message twice is once; another one is refused, or put before the lead. */
export function answerOpinion(
  draft: Draft,
  consultation: ConsultationState,
  agency: string,
  { taken, ...answer }: Answer,
): void {
  const first = consultation.opinions[agency] ?? refuse('NOT_FOUND', { agency });
  // Where the step is done anew, what silence meant was carried over, and so is a late answer.
  const latest = latestOfStep(draft.state, consultation);
  const carriedOn = latest.opinions[agency]?.lapsed ? latest : consultation;
  const opinion = carriedOn.opinions[agency] ?? first;
  if (answer.messageId !== null && [...first.messageIds, ...opinion.messageIds].includes(answer.messageId)) return;
  const procedure = draft.getProcedure(consultation.procedureScope);
  const tooLate = opinion.position !== null || procedure.decision !== null;
  if (taken && tooLate && !procedure.closed) return putBeforeLead(draft, consultation, agency, answer);
  if (opinion.position !== null) refuse('DUPLICATE_REQUEST', { agency, position: opinion.position });
  // After the signature nothing can be reopened: the answer comes too late to be weighed.
  if (procedure.decision || procedure.closed) refuse('ANSWER_TOO_LATE', { agency });
  const from = answer.messageId === null ? 'person' : 'system';
  const conditions = conditionsOf(answer, draft.law.settings.conditionSubjects, from);
  const late = opinion.status !== 'asked';
  const said = { conditions: saidConditions(draft, conditions), legalBasis: draft.sealed(answer.legalBasis) };
  draft.emit('opinionGiven', carriedOn.scope, { agency, ...answer, ...said, late });
  // An escalated silence is still the lead's to decide, now with the late answer in view.
  for (const task of [...Object.values(consultation.tasks), ...Object.values(carriedOn.tasks)]) {
    if (aboutOf(task, 'opinion')?.agency === agency) draft.cancelTask(task, 'answered');
  }
}

/** A word that comes after the word, or after the decision, is somebody's to look at: silence would hide it. */
function putBeforeLead(
  draft: Draft,
  { procedureScope: scope, lead }: ConsultationState,
  agency: string,
  { position, messageId, legalBasis, ...answer }: Omit<Answer, 'taken'>,
): void {
  if (messageId === null) return;
  const kept = conditionsOf({ position, ...answer }, draft.law.settings.conditionSubjects, 'system');
  const taskId = `${draft.state.code}.${draft.nextSeq + 1}`;
  draft.emit('opinionUnheard', scope, {
    agency,
    position,
    conditions: saidConditions(draft, kept),
    legalBasis: draft.sealed(legalBasis),
    messageId,
    taskId,
  });
  draft.openTask({
    scope,
    key: makeTaskKey({ kind: 'by-hand', of: 'opinion', agency, messageId }),
    kind: 'by-hand',
    agency: lead,
    role: holderOf('by-hand'),
    step: null,
  });
}

/** Of a subject that is not of the list, the value is somebody's words. */
const saidConditions = (draft: Draft, conditions: readonly Condition[]): SaidCondition[] =>
  conditions.map(({ value, ...one }) =>
    value === undefined
      ? one
      : { ...one, value: one.subject === otherSubject ? draft.seal(value, 'conditions') : value },
  );

export function recordOpinionRequest(
  draft: Draft,
  consultation: ConsultationState,
  agency: string,
  requestId: string,
): void {
  const opinion = consultation.opinions[agency] ?? refuse('NOT_FOUND', { agency });
  if (opinion.requestId === null) draft.emit('opinionRequested', consultation.scope, { agency, requestId });
}

/** What came of a question that the register put, as far as somebody still waits for it: the agency may have answered before it was known to have been asked. */
export function finishQuestion(
  draft: Draft,
  { consultation: scope, agency, requestId, failure }: ConsultationServiceCommand,
): void {
  const consultation = draft.getConsultation(scope);
  const opinion = consultation.opinions[agency] ?? refuse('NOT_FOUND', { agency });
  if (!opinion.called || opinion.requestId !== null || opinion.failed || consultation.closedAt !== null) return;
  if (requestId !== null) draft.emit('opinionRequested', scope, { agency, requestId, called: true });
  else if (opinion.status === 'asked')
    draft.emit('opinionRequestFailed', scope, { agency, reason: failure ?? 'INTERNAL' });
}

/** The join: refused while an answer is missing or a conflict is not settled, so that it can only happen when both are there. */
export function closeConsultation(draft: Draft, scope: ScopeId): void {
  const consultation = draft.getConsultation(scope);
  if (consultation.closedAt !== null) return;
  const opinions = Object.values(consultation.opinions);
  const missing = opinions.filter((opinion) => !opinionCounts(opinion)).map((opinion) => opinion.agency);
  if (missing.length > 0) refuse('PRECONDITION_FAILED', { missing });
  const settled = new Set(consultation.conference?.resolutions.map(({ issue }) => issue));
  const undecided = conflictsIn(draft, consultation).filter(({ id }) => !settled.has(id));
  if (undecided.length > 0) refuse('PRECONDITION_FAILED', { undecided: undecided.map(({ id }) => id) });
  emitClosed(draft, consultation);
}

function emitClosed(draft: Draft, { scope, step, n, ...consultation }: ConsultationState): void {
  const opinions = Object.values(consultation.opinions);
  const given = opinions.filter(({ status }) => status === 'given');
  const count = (...positions: Position[]) =>
    given.filter(({ position }) => position !== null && positions.includes(position)).length;
  draft.emit('consultationClosed', scope, {
    step,
    n,
    agreed: count('agree'),
    conditional: count('agree-with-conditions'),
    objected: count('object', 'needs-supplement'),
    silent: opinions.length - given.length,
  });
}

/** The consultation whose late answer the lead may weigh: its procedure is not decided, the step was not done anew, and it was not weighed already. */
export function requireLateAnswer(draft: Draft, scope: ScopeId, agency: string) {
  const consultation = draft.getConsultation(scope);
  const procedure = draft.getProcedure(consultation.procedureScope);
  const actor = person(draft);
  // What is closed keeps the lead it had: who took its place weighs what comes late.
  const lead = draft.law.successorOf(consultation.lead);
  if (actor.agency !== lead || (actor.role !== 'officer' && actor.role !== 'head')) refuse('FORBIDDEN', { lead });
  if (namesOf(actor).some((one) => Object.hasOwn(draft.state.recused, one))) refuse('ACTOR_RECUSED');
  if (procedure.decision || procedure.closed) refuse('ANSWER_TOO_LATE', { agency });
  const opinion = consultation.opinions[agency] ?? refuse('NOT_FOUND', { agency });
  const { late, status, position } = opinion;
  if (!late || position === null || status === 'given') refuse('PRECONDITION_FAILED', { agency, late, status });
  const latest = latestOfStep(draft.state, consultation);
  if (latest !== consultation || consultation.reopenedAt !== null) {
    refuse('PRECONDITION_FAILED', { reopened: true, latest: latest.n });
  }
  const { closedAt, conference } = consultation;
  // Decided and about to close: a moment later the step is done anew.
  if (closedAt === null && conference && conference.decidedAt !== null)
    refuse('PRECONDITION_FAILED', { conference: 'decided' });
  return { consultation, procedure };
}

/**
 * The lead weighs a late answer after all, before the decision: it counts in place while the consultation is open, else the step that asked is done anew.
 * Refuses `ANSWER_TOO_LATE` after the decision and `PRECONDITION_FAILED` where there is no such answer, or it was weighed already.
 */
export function reopenConsultation(draft: Draft, scope: ScopeId, agency: string, reason: string): void {
  const { consultation, procedure } = requireLateAnswer(draft, scope, agency);
  draft.emit('consultationReopened', scope, { agency, reason: draft.seal(reason) });
  if (consultation.closedAt !== null) return reopenStep(draft, procedure, consultation.step, 'late-opinion');
  for (const task of Object.values(consultation.tasks)) {
    if (aboutOf(task, 'silence')?.agency === agency) draft.cancelTask(task, 'answered');
  }
}

/** An officer of the agency answers in its name. */
export function completeOpinion(draft: Draft, task: TaskState, completion: Completion): void {
  const position = outcomeOf('opinion', completion);
  const conditions = completion.conditions ?? [];
  const legalBasis = completion.legalBasis?.trim() || null;
  const content = sealedOpinion(draft, task, position, completion);
  done(draft, task, completion, writtenIn(completion));
  answerOpinion(draft, draft.getConsultation(task.scope), askedIn(task), {
    position,
    conditions,
    legalBasis,
    messageId: null,
    ...(content && { content }),
  });
}

/**
 * What the opinion says to each question that was put to the agency. Refuses `CONTENT_CHANGED` where dossier or facts are others than were looked at,
 * `VERDICTS_DIFFER` where its position is not the gravest of its verdicts, and what `contentOf` refuses.
 */
function sealedOpinion(
  draft: Draft,
  task: TaskState,
  position: Position,
  { content: given, ...completion }: Completion,
): TextRef | undefined {
  if (given === undefined) return undefined;
  const procedure = draft.getProcedure(draft.getConsultation(task.scope).procedureScope);
  const definition = opinionDefinition(draft.resolved(procedure), askedIn(task));
  if (definition === undefined) return refuse('UNKNOWN_VALUE', { field: 'content' });
  const now = lookOf(draft.state, procedure, 'opinion');
  if (given.seen !== now) refuse('CONTENT_CHANGED', { seen: given.seen, now });
  const said = contentOf(definition, favours(position) ? 'approved' : 'refused', given);
  const gravest = gravestOf(said);
  if (gravest !== position) refuse('VERDICTS_DIFFER', { position, gravest });
  const { conditions = [], legalBasis, reason } = completion;
  const whole = { position, conditions, legalBasis: legalBasis?.trim() || null, reason: reason?.trim() || null };
  return draft.seal(canonicalOpinion({ ...said, ...whole }), 'content');
}
