import { conflictsOf } from './conflicts.js';
import { refuse } from '../../errors.js';
import { dateOf } from '../../time/instants.js';
import type { Completion } from '../task/commands.js';
import type { ConferenceState } from './state.js';
import type { ConsultationState } from '../consultation/state.js';
import type { TaskState } from '../task/state.js';
import type { Draft } from '../draft.js';
import type { ConflictIssue, Dissent, Resolution } from './words.js';
import type { ScopeId } from '../scope.js';
import { opinionCounts } from '../consultation/counts.js';
import { outcomeOf } from '../task/outcomes.js';
import { done } from '../task/completion.js';
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
  draft.emit('conferenceOpened', scope, { issues, chair: lead, budget, dueDate });
}

/** What the chair makes of every issue, with reasons, and who sees it otherwise. The words are kept beside the events. */
export function decideConference(draft: Draft, task: TaskState, completion: Completion): void {
  outcomeOf('conference', completion);
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
  const dissent = sealedDissent(draft, conference, completion.dissent ?? []);
  const { outcome, attachments } = completion;
  done(draft, task, { outcome, ...(attachments && { attachments }) });
  draft.emit('conferenceDecided', task.scope, { taskId: task.id, resolutions, dissent, reason });
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

function sealedDissent(
  draft: Draft,
  { issues }: ConferenceState,
  given: NonNullable<Completion['dissent']>,
): Dissent[] {
  const field = 'dissent';
  const known = [...new Set(issues.flatMap(({ agencies }) => agencies))];
  const unknown = given.map(({ agency }) => agency).filter((agency) => !known.includes(agency));
  if (unknown.length > 0) refuse('UNKNOWN_VALUE', { field, unknown, known });
  if (new Set(given.map(({ agency }) => agency)).size < given.length)
    refuse('VALIDATION_FAILED', { field, twice: true });
  return given.map(({ agency, reason }) => ({ agency, reason: draft.seal(reason, field) }));
}
