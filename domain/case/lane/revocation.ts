import { refuse } from '../../errors.js';
import { predicateIds } from '../../lane/evidence.js';
import { ifPublished } from '../../time/calendar.js';
import { dateOf } from '../../time/instants.js';
import { termEnd } from '../../time/term-end.js';
import type { PersonCommand } from '../commands.js';
import type { Draft } from '../draft.js';
import { person } from '../person.js';
import { caseScope } from '../scope.js';
import type { GreenLaneState } from '../state.js';
import { holderOf } from '../task-table.js';
import type { Completion } from '../task/commands.js';
import { done, reasonOf } from '../task/completion.js';
import { aboutOf, makeTaskKey } from '../task/keys.js';
import { outcomeOf } from '../task/outcomes.js';
import type { TaskState } from '../task/state.js';
import { openHearing, type LaneHearing } from './state.js';

function withGreenLane({ state }: Draft): GreenLaneState {
  if (state.kind !== 'green-lane') return refuse('PRECONDITION_FAILED', { lane: null });
  if (state.lane !== 'green') refuse('PRECONDITION_FAILED', { lane: state.lane });
  return state;
}

/** The case whose lane may be doubted: it is green, whoever acts is of its owner, and nobody is heard about it yet. */
export function requireHearing(draft: Draft): GreenLaneState {
  const { role, agency } = person(draft);
  if ((role !== 'officer' && role !== 'head') || agency !== draft.law.laneOwner) refuse('FORBIDDEN', { agency });
  const state = withGreenLane(draft);
  if (openHearing(state)) refuse('DUPLICATE_REQUEST', { hearing: openHearing(state)?.id });
  return state;
}

/**
 * Whoever owns the lane doubts what it rests on: the investor is told which tests and why, and until when to speak; the head is asked to decide. One hearing at
 * a time. Refuses `VALIDATION_FAILED` for no test or one twice.
 */
export function openLaneHearing(draft: Draft, command: Extract<PersonCommand, { type: 'openLaneHearing' }>): void {
  const state = requireHearing(draft);
  const predicates = predicateIds.filter((id) => command.predicates.includes(id));
  if (predicates.length === 0 || predicates.length !== command.predicates.length) {
    refuse('VALIDATION_FAILED', { field: 'predicates', known: [...predicateIds] });
  }
  const { law, now } = draft;
  const answerBy =
    ifPublished(() => termEnd(law.caseCalendar, dateOf(now), law.settings.taskDays.hearing)) ??
    refuse('CALENDAR_UNKNOWN', { date: dateOf(now) });
  const hearingId = `H${state.laneHearings.length + 1}`;
  const scope = caseScope(state.code);
  draft.emit('laneHearingOpened', scope, { hearingId, predicates, reason: draft.seal(command.reason), answerBy });
  draft.openTask({
    scope,
    key: makeTaskKey({ kind: 'revocation', hearingId }),
    kind: 'revocation',
    agency: law.laneOwner,
    role: holderOf('revocation'),
    step: null,
  });
}

/** What the investor says; once, and only while the time lasts or nobody has decided. */
export function answerLaneHearing(draft: Draft, statement: string): void {
  const { state } = draft;
  const hearing = state.kind === 'green-lane' ? openHearing(state) : undefined;
  if (!hearing) return refuse('PRECONDITION_FAILED', { hearing: null });
  if (hearing.answeredAt !== null) refuse('DUPLICATE_REQUEST', { hearing: hearing.id });
  const words = draft.seal(statement, 'statement');
  draft.emit('laneHearingAnswered', caseScope(state.code), { hearingId: hearing.id, statement: words });
}

/** Not before the investor has spoken, or has let the time pass: `REVOCATION_WITHOUT_HEARING`. Not by whoever opened the hearing. */
export function decideRevocation(draft: Draft, task: TaskState, completion: Completion): void {
  const outcome = outcomeOf('revocation', completion);
  const state = withGreenLane(draft);
  const { hearingId } = aboutOf(task, 'revocation') ?? refuse('NOT_FOUND', { task: task.id });
  const hearing = state.laneHearings.find(({ id }) => id === hearingId) ?? refuse('NOT_FOUND', { hearing: hearingId });
  const reason = draft.seal(reasonOf(completion));
  if (outcome === 'keep') {
    done(draft, task, completion);
    return draft.emit('laneKept', task.scope, { hearingId, taskId: task.id, reason });
  }
  if (!isHeard(hearing, draft)) {
    refuse('REVOCATION_WITHOUT_HEARING', { hearing: hearingId, answerBy: hearing.answerBy });
  }
  done(draft, task, completion);
  draft.emit('laneRevoked', task.scope, { hearingId, taskId: task.id, reason });
}

const isHeard = ({ answeredAt, answerBy }: LaneHearing, { now }: Draft): boolean =>
  answeredAt !== null || dateOf(now) > answerBy;
