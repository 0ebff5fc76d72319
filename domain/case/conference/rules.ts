import { conflictsOf } from './conflicts.js';
import { refuse } from '../../errors.js';
import { dateOf, type Instant } from '../../time/instants.js';
import type { Completion } from '../task/commands.js';
import type { ConferenceState } from './state.js';
import type { ConsultationState } from '../consultation/state.js';
import type { TaskState } from '../task/state.js';
import type { Draft } from '../draft.js';
import type { ConflictIssue, Dissent, Resolution } from './words.js';
import type { ScopeId } from '../scope.js';
import { opinionCounts } from '../consultation/counts.js';
import { outcomeOf } from '../task/outcomes.js';
import { holderOf } from '../task-table.js';
import { done, reasonOf } from '../task/completion.js';
import { aboutOf, makeTaskKey } from '../task/keys.js';
import type { Law } from '../../law/law.js';
import { termEnd } from '../../time/term-end.js';

/** What of the answers cannot be followed together, as they stand now. */
export const conflictsIn = (draft: Draft, { opinions }: ConsultationState): ConflictIssue[] =>
  conflictsOf(Object.values(opinions), draft.law.settings.conditionSubjects);

/**
 * The lead's conference on answers that contradict each other; where there is nothing to settle nothing happens. One that sits is given a longer agenda when a
 * late answer is weighed meanwhile; its date stays.
 */
export function openConference(draft: Draft, scope: ScopeId): void {
  const consultation = draft.getConsultation(scope);
  const { conference, opinions, lead, calendar, closedAt } = consultation;
  if (closedAt !== null || (conference && conference.decidedAt !== null)) return;
  const missing = Object.values(opinions).filter((one) => !opinionCounts(one));
  if (missing.length > 0) refuse('PRECONDITION_FAILED', { missing: missing.map(({ agency }) => agency) });
  const issues = conflictsIn(draft, consultation);
  const known = new Set(conference?.issues.map(({ id }) => id));
  if (issues.every(({ id }) => known.has(id))) return;
  const budget = conference?.budget ?? draft.law.settings.conference.days;
  const dueDate = conference?.dueDate ?? termEnd(draft.law.calendar(calendar), dateOf(draft.now), budget);
  const asked = new Set(issues.flatMap(({ agencies }) => agencies));
  // One that was merged is a party in whoever took its place.
  const parties = new Set([...asked].map((agency) => draft.law.successorOf(agency)));
  const chair = conference?.chair ?? chairOf(draft.law, lead, parties);
  const { team } = draft.law.settings.conference;
  // A late answer made the chair a party: the City's team goes on, unless it is one itself.
  const passesOn = conference !== null && parties.has(chair) && mayBeReferred({ ...conference, issues }, team?.agency);
  const ofItsOwn = parties.has(chair) && !passesOn ? ({ chairIsParty: true } as const) : {};
  draft.emit('conferenceOpened', scope, { issues, chair, ...ofItsOwn, budget, dueDate });
  if (passesOn) referConference(draft, scope, null);
  const sits = passesOn ? team?.agency : chair;
  for (const agency of asked) if (draft.law.successorOf(agency) !== sits) invite(draft, scope, agency);
}

/**
 * Who chairs: the lead; where it is a party itself, whoever owns the green lane, then the City's team. Where all of them are, the lead chairs its own dispute, and that
 * is said.
 */
export function chairOf(
  { laneOwner, settings }: Pick<Law, 'laneOwner' | 'settings'>,
  lead: string,
  parties: ReadonlySet<string>,
): string {
  const { team } = settings.conference;
  const may = [lead, laneOwner, ...(team ? [team.agency] : [])];
  return may.find((one) => !parties.has(one)) ?? lead;
}

/** Asks an agency that disagrees for its statement, once. */
function invite(draft: Draft, scope: ScopeId, agency: string): void {
  const key = makeTaskKey({ kind: 'statement', agency });
  const asked = Object.values(draft.getConsultation(scope).tasks).some(
    (task) => task.key === key && task.status !== 'cancelled',
  );
  if (!asked) draft.openTask({ scope, key, kind: 'statement', agency, role: holderOf('statement'), step: null });
}

/** What one that disagrees says in its own words, while nobody has decided. */
export function giveStatement(draft: Draft, task: TaskState, completion: Completion): void {
  const attendance = outcomeOf('statement', completion);
  const { agency } = aboutOf(task, 'statement') ?? refuse('NOT_FOUND', { task: task.id });
  const { conference } = draft.getConsultation(task.scope);
  if (!conference || conference.decidedAt !== null) refuse('PRECONDITION_FAILED', { conference: 'decided' });
  const given = completion.dissent ?? [];
  if (given.some((one) => one.agency !== agency) || given.length > 1)
    refuse('UNKNOWN_VALUE', { field: 'dissent', known: [agency] });
  const statement = draft.seal(reasonOf(completion));
  const dissent = given[0] ? draft.seal(given[0].reason, 'dissent') : null;
  const { outcome, attachments } = completion;
  done(draft, task, { outcome, ...(attachments && { attachments }) });
  draft.emit('statementGiven', task.scope, { taskId: task.id, agency, attendance, statement, dissent });
}

/** What the chair could not settle goes to the City's team; once, and only where the City has named one. */
export function referConference(draft: Draft, scope: ScopeId, reason: string | null, at: Instant = draft.now): void {
  const consultation = draft.getConsultation(scope);
  const { conference, calendar } = consultation;
  const { team } = draft.law.settings.conference;
  if (!conference || !team || !mayBeReferred(conference, team.agency))
    return refuse('PRECONDITION_FAILED', { referral: team?.agency ?? null });
  const dueDate = termEnd(draft.law.calendar(calendar), dateOf(at), team.days);
  for (const task of Object.values(consultation.tasks))
    if (task.kind === 'conference') draft.cancelTask(task, 'referred', at);
  const said = reason === null ? null : draft.seal(reason);
  draft.emit('conferenceReferred', scope, { to: team.agency, budget: team.days, dueDate, reason: said }, at);
  const key = makeTaskKey({ kind: 'conference', round: 2 });
  const role = holderOf('conference');
  draft.openTask({ scope, key, kind: 'conference', agency: team.agency, role, step: null }, dueDate, at);
}

/** Whether it is still with a chair that is not the City's team, and that team is no party to it. */
export const mayBeReferred = (
  { decidedAt, referred, chair, issues }: Pick<ConferenceState, 'decidedAt' | 'referred' | 'chair' | 'issues'>,
  team: string | undefined,
): boolean =>
  team !== undefined &&
  decidedAt === null &&
  referred === undefined &&
  chair !== team &&
  !issues.some(({ agencies }) => agencies.includes(team));

/** What the chair makes of every issue, with reasons, and who sees it otherwise. The words are kept beside the events. */
export function decideConference(draft: Draft, task: TaskState, completion: Completion): void {
  const how = outcomeOf('conference', completion);
  if (how === 'refer') {
    const reason = reasonOf(completion);
    const { team } = draft.law.settings.conference;
    const sits = draft.getConsultation(task.scope).conference;
    if (!sits || !mayBeReferred(sits, team?.agency)) refuse('PRECONDITION_FAILED', { referral: team?.agency ?? null });
    done(draft, task, { outcome: how });
    return referConference(draft, task.scope, reason);
  }
  const consultation = draft.getConsultation(task.scope);
  const { conference } = consultation;
  if (!conference || conference.decidedAt !== null) {
    return refuse('PRECONDITION_FAILED', { conference: conference ? 'decided' : null });
  }
  const agenda = new Set(conference.issues.map(({ id }) => id));
  const unheard = conflictsIn(draft, consultation).filter(({ id }) => !agenda.has(id));
  if (unheard.length > 0) refuse('STALE', { issues: unheard.map(({ id }) => id) });
  const resolutions = requireResolutions(conference, completion.resolutions ?? []);
  const reason = draft.seal(completion.reason ?? '');
  const dissent = dissentOf(draft, conference, resolutions, completion.dissent ?? []);
  const { outcome, attachments } = completion;
  done(draft, task, { outcome, ...(attachments && { attachments }) });
  draft.emit('conferenceDecided', task.scope, { taskId: task.id, resolutions, dissent, reason });
  // What was not said by now is said too late.
  for (const one of Object.values(draft.getConsultation(task.scope).tasks))
    if (one.kind === 'statement') draft.cancelTask(one, 'conference-decided');
}

/** Exactly one per issue, in the order of the agenda. */
function requireResolutions({ issues }: ConferenceState, given: readonly Resolution[]): Resolution[] {
  const field = 'resolutions';
  const unknown = given.map(({ issue }) => issue).filter((one) => !issues.some(({ id }) => id === one));
  if (unknown.length > 0) refuse('UNKNOWN_VALUE', { field, unknown, known: issues.map(({ id }) => id) });
  const missing = issues.map(({ id }) => id).filter((id) => !given.some(({ issue }) => issue === id));
  if (missing.length > 0) refuse('VALIDATION_FAILED', { field, missing });
  if (given.length > issues.length) refuse('VALIDATION_FAILED', { field, twice: true });
  return issues.flatMap(({ id, agencies }) => {
    const resolution = given.find(({ issue }) => issue === id);
    if (resolution && resolution.upholds !== null && !agencies.includes(resolution.upholds)) {
      refuse('UNKNOWN_VALUE', { field, issue: id, upholds: resolution.upholds, known: agencies });
    }
    return resolution ? [{ issue: id, upholds: resolution.upholds }] : [];
  });
}

/** Those who are not followed dissent in the words that they gave themselves; of the others the chair notes it. */
function dissentOf(
  draft: Draft,
  { issues, statements = {} }: ConferenceState,
  resolutions: readonly Resolution[],
  given: NonNullable<Completion['dissent']>,
): Dissent[] {
  const field = 'dissent';
  const known = [...new Set(issues.flatMap(({ agencies }) => agencies))];
  const named = given.map(({ agency }) => agency);
  const unknown = named.filter((agency) => !known.includes(agency));
  if (unknown.length > 0) refuse('UNKNOWN_VALUE', { field, unknown, known });
  if (new Set(named).size < named.length) refuse('VALIDATION_FAILED', { field, twice: true });
  const inOwnWords = named.filter((agency) => statements[agency]?.dissent);
  if (inOwnWords.length > 0) refuse('VALIDATION_FAILED', { field, inOwnWords });
  const isFollowed = (agency: string): boolean =>
    issues.every(
      ({ id, agencies }) =>
        !agencies.includes(agency) || resolutions.find(({ issue }) => issue === id)?.upholds === agency,
    );
  const own = known.flatMap((agency) => {
    const dissent = statements[agency]?.dissent;
    return dissent && !isFollowed(agency) ? [{ agency, reason: dissent }] : [];
  });
  return [...own, ...given.map(({ agency, reason }) => ({ agency, reason: draft.seal(reason, field) }))];
}
