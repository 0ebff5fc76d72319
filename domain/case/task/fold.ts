import type { CaseEvent } from '../events.js';
import { scopeKind, type ScopeId } from '../scope.js';
import type { CaseState } from '../state.js';
import type { TaskState } from './state.js';
import { taskOfClock } from './keys.js';
import { rungKey } from '../../time/ladder.js';

function tasksOf(state: CaseState, scope: ScopeId): Record<string, TaskState> | undefined {
  switch (scopeKind(scope)) {
    case 'case':
      return state.tasks;
    case 'procedure':
      return state.procedures[scope]?.tasks;
    case 'consultation':
      return state.consultations[scope]?.tasks;
  }
}

/** What an event makes of the tasks of its scope, in place. */
export function foldTask(state: CaseState, event: CaseEvent): void {
  const tasks = tasksOf(state, event.scope);
  if (!tasks) return;
  switch (event.type) {
    case 'taskOpened': {
      const { taskId, key, kind, agency, role, step: code, dueDate } = event.payload;
      tasks[taskId] = {
        id: taskId,
        key,
        kind,
        scope: event.scope,
        agency,
        role,
        step: code,
        dueDate,
        openedAt: event.occurredAt,
        status: 'open',
        claimedBy: null,
        claimedAt: null,
        completedBy: null,
        completedFor: null,
        completedAt: null,
        outcome: null,
        signatory: null,
        rungs: [],
      };
      return;
    }
    case 'taskClaimed':
      return patch(tasks, event.payload.taskId, {
        status: 'claimed',
        claimedBy: event.actor.kind === 'person' ? event.actor.id : null,
        claimedAt: event.occurredAt,
      });
    case 'taskReleased':
      return patch(tasks, event.payload.taskId, {
        status: unlessWaiting(tasks, event.payload.taskId, 'open'),
        claimedBy: null,
        claimedAt: null,
      });
    case 'taskReassigned':
      return patch(tasks, event.payload.taskId, {
        status: unlessWaiting(tasks, event.payload.taskId, 'claimed'),
        claimedBy: event.payload.to,
        claimedAt: event.occurredAt,
      });
    case 'rungReached': {
      const { clock, rung, dueDate } = event.payload;
      tasks[taskOfClock(clock) ?? '']?.rungs.push(rungKey(rung, dueDate));
      return;
    }
    case 'signatoryNamed':
      return patch(tasks, event.payload.taskId, { signatory: event.payload.signatory });
    case 'instructionMoved':
      return patch(tasks, event.payload.taskId, { dueDate: event.payload.dueDate, dueSince: event.occurredAt });
    case 'taskCompleted':
      return patch(tasks, event.payload.taskId, {
        status: 'done',
        outcome: event.payload.outcome,
        completedAt: event.occurredAt,
        completedBy: event.actor.kind === 'person' ? event.actor.id : null,
        completedFor: event.actor.kind === 'person' ? (event.actor.onBehalfOf ?? null) : null,
        ...(event.payload.attachments && {
          attachments: event.payload.attachments.map(({ documentId }) => documentId),
        }),
        ...(event.payload.drafted && { drafted: event.payload.drafted }),
      });
    case 'taskCancelled':
      return patch(tasks, event.payload.taskId, { status: 'cancelled', completedAt: event.occurredAt });
    case 'supplementRequested':
      return patch(tasks, event.payload.taskId, { status: 'waiting' });
    case 'supplementAnswered':
    case 'supplementWithdrawn':
    case 'violationHandled':
    case 'lapseDecided': {
      const asked = state.procedures[event.scope]?.supplements.find((one) => one.requestId === event.payload.requestId);
      const task = asked && tasks[asked.taskId];
      if (task?.status === 'waiting') task.status = task.claimedBy === null ? 'open' : 'claimed';
      return;
    }
    default:
      return;
  }
}

/** A task that waits for the investor goes on waiting, whoever holds it. */
const unlessWaiting = <S extends TaskState['status']>(tasks: Record<string, TaskState>, id: string, status: S) =>
  tasks[id]?.status === 'waiting' ? 'waiting' : status;

function patch(tasks: Record<string, TaskState>, id: string, change: Partial<TaskState>): void {
  const task = tasks[id];
  if (task) Object.assign(task, change);
}
