import { refuse } from '../../errors.js';
import { dissentersOf, quorumOf, tallyOf, type Recommendation } from './tally.js';
import { councilStep } from '../../law/admission-steps.js';
import { millisecondsOf } from '../../time/instants.js';
import type { TrialCommand } from './commands.js';
import type { Draft } from '../draft.js';
import type { ProcedureState } from '../procedure/state.js';
import type { TaskState } from '../task/state.js';
import { type CouncilState, admissionOf } from './state.js';
import { person } from '../person.js';
import { takeTask } from '../task/rules.js';
import { rulesFor, trialFor } from './parties.js';

type Act<T extends TrialCommand['type']> = Extract<TrialCommand, { type: T }>;

/**
 * The secretary names the members. Convened again before it has met, the last list counts; a council that has lost its quorum while it met is convened anew, and
 * votes anew.
 */
export function conveneCouncil(draft: Draft, { taskId, members, meetsAt }: Act<'conveneCouncil'>): void {
  const trial = trialFor(draft, 'conveneCouncil');
  const { task, procedure } = secretarys(draft, taskId);
  if (procedure.council?.present && hasQuorum(draft, procedure.council, procedure.council.present)) {
    refuse('PRECONDITION_FAILED', { council: 'open' });
  }
  const people = members.map((one) => one.person);
  if (new Set(people).size < people.length) refuse('VALIDATION_FAILED', { field: 'members', twice: true });
  if (members.filter(({ role }) => role === 'chair').length !== 1) {
    refuse('VALIDATION_FAILED', { field: 'members', chairs: 1 });
  }
  const involved = people.filter((one) => evaluated(procedure, one) || one === draft.state.investor.personId);
  if (involved.length > 0) refuse('UNKNOWN_VALUE', { field: 'members', involved });
  const recused = people.filter((one) => Object.hasOwn(draft.state.recused, one));
  if (recused.length > 0) refuse('UNKNOWN_VALUE', { field: 'members', recused });
  if (millisecondsOf(meetsAt) < millisecondsOf(draft.now)) {
    refuse('VALIDATION_FAILED', { field: 'meetsAt', past: true });
  }
  const quorum = quorumOf(members.length, rulesFor(draft, trial).rules.quorum?.value ?? { parts: 2, of: 3 });
  if (quorum > members.length) refuse('NO_QUORUM', { members: members.length, quorum });
  draft.emit('councilConvened', task.scope, { taskId, members, quorum, meetsAt });
}

/** It meets: who is there. Not without a quorum of members who are free to vote. */
export function openCouncil(draft: Draft, { taskId, present }: Act<'openCouncil'>): void {
  trialFor(draft, 'openCouncil');
  const { task, council } = convened(draft, taskId);
  if (council.present) refuse('DUPLICATE_REQUEST', { council: 'open' });
  const members = council.members.map((one) => one.person);
  const unknown = present.filter((one) => !members.includes(one));
  if (unknown.length > 0) refuse('UNKNOWN_VALUE', { field: 'present', unknown, known: members });
  const there = [...new Set(present)];
  requireQuorum(draft, council, there);
  draft.emit('councilOpened', task.scope, { taskId, present: there });
}

/** One vote of a member who is there and has declared no interest. A vote stands. */
export function castVote(draft: Draft, { vote, reason }: Act<'castVote'>): void {
  trialFor(draft, 'castVote');
  const { id } = person(draft);
  const procedure = admissionOf(draft.state);
  const council = procedure?.council;
  if (!procedure || !council) return refuse('PRECONDITION_FAILED', { council: null });
  if (!council.members.some((member) => member.person === id)) refuse('FORBIDDEN', { council: 'not a member' });
  if (Object.hasOwn(draft.state.recused, id)) refuse('ACTOR_RECUSED', { council: true });
  if (!council.present || council.closed)
    refuse('PRECONDITION_FAILED', { council: council.closed ? 'closed' : 'convened' });
  if (!council.present.includes(id)) refuse('MEMBER_ABSENT', { person: id });
  if (Object.hasOwn(council.votes, id)) refuse('DUPLICATE_REQUEST', { vote: true });
  // Whoever sees it otherwise says why: the minutes carry it.
  const words = vote === 'against' ? draft.seal(reason ?? '') : reason?.trim() ? draft.seal(reason) : null;
  draft.emit('voteCast', procedure.scope, { person: id, vote, reason: words });
}

/**
 * The secretary closes the council with its task: what it recommends is the outcome of the step. Who declared an interest meanwhile does not count; without a
 * quorum of the others there is no result.
 */
export function closeCouncil(draft: Draft, task: TaskState): Recommendation {
  const { council } = convened(draft, task.id);
  const { members, present, votes } = council;
  if (!present) return refuse('PRECONDITION_FAILED', { council: 'convened' });
  const voters = requireQuorum(draft, council, present);
  const tally = tallyOf(voters, votes);
  draft.emit('councilClosed', task.scope, {
    taskId: task.id,
    present,
    recused: members.map((one) => one.person).filter((one) => Object.hasOwn(draft.state.recused, one)),
    absent: members.map((one) => one.person).filter((one) => !present.includes(one)),
    dissent: dissentersOf(tally, voters, votes),
    ...tally,
  });
  return tally.recommends;
}

/** Those who may vote; `NO_QUORUM` where they are too few. */
function requireQuorum(draft: Draft, council: CouncilState, present: readonly string[]): string[] {
  const voters = votersOf(draft, present);
  if (!hasQuorum(draft, council, present)) refuse('NO_QUORUM', { voters: voters.length, quorum: council.quorum });
  return voters;
}

const hasQuorum = (draft: Draft, { quorum }: CouncilState, present: readonly string[]): boolean =>
  votersOf(draft, present).length >= quorum;

const votersOf = ({ state }: Draft, present: readonly string[]): string[] =>
  present.filter((one) => !Object.hasOwn(state.recused, one));

/** The task of the council, held by whoever acts. */
function secretarys(draft: Draft, taskId: string): { task: TaskState; procedure: ProcedureState } {
  const task = takeTask(draft, taskId);
  if (task.kind !== 'step' || task.step !== councilStep) refuse('PRECONDITION_FAILED', { step: task.step });
  return { task, procedure: draft.getProcedure(task.scope) };
}

function convened(draft: Draft, taskId: string) {
  const { task, procedure } = secretarys(draft, taskId);
  const council = procedure.council ?? refuse('PRECONDITION_FAILED', { council: null });
  return { task, council };
}

/** Whoever evaluated the trial does not judge their own work. */
const evaluated = ({ tasks, proposal }: ProcedureState, id: string): boolean =>
  proposal?.by.includes(id) ||
  Object.values(tasks).some(
    (task) =>
      task.kind === 'step' && task.step !== councilStep && (task.completedBy === id || task.completedFor === id),
  );
