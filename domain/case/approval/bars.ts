import { refuse, type ErrorCode } from '../../errors.js';
import type { ResolvedStep } from '../../law/procedure.js';
import type { Assignee } from '../task/commands.js';
import type { ProcedureState } from '../procedure/state.js';
import { findResultChange } from '../issued/state.js';
import type { TaskState } from '../task/state.js';
import type { Draft } from '../draft.js';
import type { Actor } from '../events.js';
import type { CaseState } from '../state.js';
import { aboutOf, makeTaskKey } from '../task/keys.js';

/** Everybody in whose name somebody acts: themselves, and the absent head they stand in for. */
export const namesOf = ({ id, onBehalfOf }: Extract<Actor, { kind: 'person' }>): readonly string[] =>
  onBehalfOf === undefined ? [id] : [id, onBehalfOf];

/** Somebody who may not have a task in hand, and why. */
interface Bar {
  readonly person: string;
  readonly code: ErrorCode;
}

const barAll = (people: readonly string[], code: ErrorCode): Bar[] => people.map((person) => ({ person, code }));

/** Who did a task, and in whose name. */
const doersOf = ({ status, completedBy, completedFor }: TaskState): string[] =>
  status === 'done' ? [completedBy, completedFor].filter((one) => one !== null) : [];

/** Everybody who may not have this task in hand, the weightier reason first: a declared interest, the first pair of eyes, a doubt of one's own. */
export function barsOn(state: CaseState, task: TaskState): Bar[] {
  return [...barAll(Object.keys(state.recused), 'ACTOR_RECUSED'), ...barsOfKind(state, task)];
}

function barsOfKind(state: CaseState, task: TaskState): Bar[] {
  // A refusal is looked at again by somebody else.
  if (task.kind === 'lane') {
    const before = Object.values(state.tasks).filter(({ kind, id }) => kind === 'lane' && id !== task.id);
    return barAll(before.flatMap(doersOf), 'FOUR_EYES');
  }
  // Whoever doubts does not decide.
  if (task.kind === 'revocation' || task.kind === 'fact' || task.kind === 'result-change') {
    const asked = whoAsked(state, task);
    return asked === null ? [] : barAll([asked], 'PROPOSER_CANNOT_APPROVE');
  }
  const about = aboutOf(task, 'step');
  if (!about?.second) return [];
  const firstKey = makeTaskKey({ ...about, second: false });
  const first = Object.values(state.procedures[task.scope]?.tasks ?? {}).filter(({ key }) => key === firstKey);
  return barAll(first.flatMap(doersOf), 'FOUR_EYES');
}

/** Why these people may not have this task in hand. */
export const findBar = (state: CaseState, task: TaskState, people: readonly string[]): ErrorCode | undefined =>
  barsOn(state, task).find(({ person }) => people.includes(person))?.code;

function whoAsked(state: CaseState, task: TaskState): string | null {
  if (task.kind === 'fact') return proposerOf(state, task);
  if (task.kind === 'revocation') return openerOf(state, task);
  return findResultChange(state, aboutOf(task, 'result-change')?.changeId)?.change.by ?? null;
}

/** Who proposed the facts that a task confirms. */
const proposerOf = ({ factQuestions }: CaseState, task: TaskState): string | null =>
  factQuestions[aboutOf(task, 'fact')?.questionId ?? '']?.by ?? null;

/** Who opened the hearing that a task decides. */
function openerOf(state: CaseState, task: TaskState): string | null {
  const about = aboutOf(task, 'revocation');
  const hearings = state.kind === 'green-lane' ? state.laneHearings : [];
  return hearings.find(({ id }) => id === about?.hearingId)?.by ?? null;
}

/** Who did another step of the procedure, wrote the conditions of a trial or voted on it: the decision is not theirs. */
export const proposersOf = (procedure: ProcedureState, task: TaskState): string[] => [
  ...Object.values(procedure.tasks)
    .filter(({ id, kind }) => id !== task.id && kind === 'step')
    .flatMap(doersOf),
  ...(procedure.proposal?.by ?? []),
  ...Object.keys(procedure.council?.votes ?? {}),
];

/** Whether the work to be decided is that of one of these people. */
export const proposed = (procedure: ProcedureState, task: TaskState, people: readonly string[]): boolean =>
  proposersOf(procedure, task).some((one) => people.includes(one));

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
