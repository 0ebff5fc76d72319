import { refuse } from '../../errors.js';
import type { EngineCommand } from '../commands.js';
import type { Draft } from '../draft.js';
import { scopeKind, type ScopeId } from '../scope.js';
import { isOver, type TaskState } from './state.js';
import type { TaskRole } from './words.js';
import { requireStepReady } from '../step/rules.js';
import { makeTaskKey } from './keys.js';
import { requireFirstPair } from '../approval/bars.js';

/** Opens a task once per key: a second request for an open or finished one changes nothing. */
export function openTask(draft: Draft, command: Extract<EngineCommand, { type: 'openTask' }>, scope: ScopeId): void {
  const { key, kind, agency, step } = command;
  const { tasks, over } = tasksIn(draft, scope);
  if (over) refuse('CASE_CLOSED', { scope });
  if (Object.values(tasks).some((task) => task.key === key && task.status !== 'cancelled')) return;
  const chair = draft.state.consultations[scope]?.conference?.chair;
  // Who chairs is the register's to say; what went to the City's team is that team's.
  if (kind === 'conference' && Object.values(tasks).some((task) => task.kind === kind && !isOver(task))) return;
  if (kind === 'step' && step !== null) {
    const procedure = draft.getProcedure(scope);
    const resolved = requireStepReady(procedure, draft.resolved(procedure), step, 'officer', 'signature', 'council');
    // A run may hold the definition of before a merger.
    if (resolved.agency !== draft.law.successorOf(agency))
      refuse('PRECONDITION_FAILED', { step, agency: resolved.agency });
    // A run that has not heard of a new round yet asks for the round before.
    const round = procedure.steps[step]?.round ?? 1;
    const about = { kind, step, round } as const;
    const first = makeTaskKey({ ...about, second: false });
    if (key !== first && key !== makeTaskKey({ ...about, second: true })) refuse('STALE', { step, round });
    if (key !== first) requireFirstPair(resolved, Object.values(tasks), first);
  }
  const of = kind === 'conference' ? (chair ?? agency) : agency;
  draft.openTask({ scope, key, kind, agency: of, role: roleFor(draft, command), step });
}

/** What an officer refused the investor takes to the head; what a head refused, to another officer. */
function roleFor({ state }: Draft, { kind, role }: Extract<EngineCommand, { type: 'openTask' }>): TaskRole {
  if (kind !== 'lane') return role;
  const before = Object.values(state.tasks).filter((task) => task.kind === 'lane' && task.status === 'done');
  return before.some((task) => task.role === 'officer') && !before.some((task) => task.role === 'head') ? 'head' : role;
}

/** The tasks of a scope, and whether it has ended. */
function tasksIn(draft: Draft, scope: ScopeId): { tasks: Record<string, TaskState>; over: boolean } {
  switch (scopeKind(scope)) {
    case 'case':
      return { tasks: draft.state.tasks, over: draft.state.closed !== null };
    case 'procedure': {
      const { tasks, closed } = draft.getProcedure(scope);
      return { tasks, over: closed !== null };
    }
    case 'consultation': {
      const { tasks, closedAt } = draft.getConsultation(scope);
      return { tasks, over: closedAt !== null };
    }
  }
}
