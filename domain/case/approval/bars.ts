import { refuse, type ErrorCode } from '../../errors.js';
import type { ResolvedStep } from '../../law/procedure.js';
import type { Assignee } from '../task/commands.js';
import type { ProcedureState } from '../procedure/state.js';
import type { TaskState } from '../task/state.js';
import type { Draft } from '../draft.js';
import type { Actor } from '../events.js';
import type { CaseState } from '../state.js';
import { aboutOf, makeTaskKey } from '../task/keys.js';

/** Everybody in whose name somebody acts: themselves, and the absent head they stand in for. */
export const namesOf = ({ id, onBehalfOf }: Extract<Actor, { kind: 'person' }>): readonly string[] =>
  onBehalfOf === undefined ? [id] : [id, onBehalfOf];

const didBy = ({ status, completedBy, completedFor }: TaskState, people: readonly string[]): boolean =>
  status === 'done' && people.some((one) => one === completedBy || one === completedFor);

/** Why these people may not have this task in hand: a declared interest, or the first pair of eyes was theirs. */
export function findBar(state: CaseState, task: TaskState, people: readonly string[]): ErrorCode | undefined {
  if (people.some((one) => Object.hasOwn(state.recused, one))) return 'ACTOR_RECUSED';
  // A refusal is looked at again by somebody else.
  if (task.kind === 'lane') {
    const before = Object.values(state.tasks).filter(({ kind, id }) => kind === 'lane' && id !== task.id);
    return before.some((one) => didBy(one, people)) ? 'FOUR_EYES' : undefined;
  }
  // Whoever doubts does not decide.
  if (task.kind === 'revocation' && people.some((one) => one === openerOf(state, task)))
    return 'PROPOSER_CANNOT_APPROVE';
  const about = aboutOf(task, 'step');
  if (!about?.second) return undefined;
  const tasks = Object.values(state.procedures[task.scope]?.tasks ?? {});
  const firstKey = makeTaskKey({ ...about, second: false });
  const first = tasks.some((one) => one.key === firstKey && didBy(one, people));
  return first ? 'FOUR_EYES' : undefined;
}

/** Who opened the hearing that a task decides. */
export function openerOf(state: CaseState, task: TaskState): string | null {
  const about = aboutOf(task, 'revocation');
  const hearings = state.kind === 'green-lane' ? state.laneHearings : [];
  return hearings.find(({ id }) => id === about?.hearingId)?.by ?? null;
}

/** Whether one of these people did a step of the procedure, wrote the conditions of a trial or voted on it: then the decision is not theirs. */
export const proposed = (procedure: ProcedureState, task: TaskState, people: readonly string[]): boolean =>
  Object.values(procedure.tasks).some((one) => one.id !== task.id && one.kind === 'step' && didBy(one, people)) ||
  people.some((one) => procedure.proposal?.by.includes(one) || Object.hasOwn(procedure.council?.votes ?? {}, one));

/** Why somebody may not be given a task. */
export function barOf(draft: Draft, task: TaskState, { id }: Pick<Assignee, 'id'>) {
  const bar = findBar(draft.state, task, [id]);
  if (bar || task.kind !== 'step') return bar;
  const procedure = draft.getProcedure(task.scope);
  const signs = draft.resolved(procedure).steps.some(({ code, kind }) => code === task.step && kind === 'signature');
  return signs && proposed(procedure, task, [id]) ? 'PROPOSER_CANNOT_APPROVE' : undefined;
}

/** A second look is asked for only where the procedure says so, and after the first. */
export function requireFirstPair(step: ResolvedStep, tasks: readonly TaskState[], first: string): void {
  const done = tasks.some(({ key, status }) => key === first && status === 'done');
  if (!step.fourEyes || !done) refuse('PRECONDITION_FAILED', { step: step.code, first: done });
}
