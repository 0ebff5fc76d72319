import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import {
  eventsSignalName,
  newestOrder,
  type EventsMessage,
  type ScopeEvent,
  type ScopeId,
  type ScopeStart,
} from '../words.js';

/** What whoever hands mailboxes over needs of Temporal. Each call gives up at its deadline and throws. */
export interface WorkflowPort {
  /** False where no workflow of that scope is running: the register decides what that means. */
  signal(scope: ScopeId, message: EventsMessage<ScopeEvent>, deadlineMs: number): Promise<boolean>;
  /** For the event that opens the scope. */
  signalWithStart(start: ScopeStart, message: EventsMessage<ScopeEvent>, deadlineMs: number): Promise<void>;
  /** Starts the run that loads from the register; one that runs already stays. `anew` ends that one first. */
  start(start: ScopeStart, deadlineMs: number, anew?: 'anew'): Promise<void>;
}

/** How runs appear in Temporal, by what they look after. */
export interface RunNames {
  workflowType(start: ScopeStart): string;
  /** Search attributes of type keyword, for operators. */
  attributes(start: ScopeStart): Readonly<Record<string, string>>;
}

const keyword = (name: string) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD);

/** The port to a Temporal server. No time-out of executions or runs: only named outcomes end a workflow. */
export function createTemporalPort(client: Client, taskQueue: string, names: RunNames): WorkflowPort {
  const within = <T>(deadlineMs: number, work: () => Promise<T>): Promise<T> =>
    client.withDeadline(Date.now() + deadlineMs, work);
  const options = (start: ScopeStart) => ({
    workflowId: start.scope,
    taskQueue,
    args: [
      {
        scope: start.scope,
        generation: start.generation,
        order: newestOrder,
        ...(start.loaded !== undefined && { loaded: start.loaded }),
      },
    ],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    typedSearchAttributes: new TypedSearchAttributes(
      Object.entries(names.attributes(start)).map(([name, value]) => ({ key: keyword(name), value })),
    ),
  });
  return {
    async signal(scope, message, deadlineMs) {
      try {
        await within(deadlineMs, () => client.workflow.getHandle(scope).signal(eventsSignalName, message));
        return true;
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return false;
        throw error;
      }
    },
    async signalWithStart(start, message, deadlineMs) {
      await within(deadlineMs, () =>
        client.workflow.signalWithStart(names.workflowType(start), {
          ...options(start),
          signal: eventsSignalName,
          signalArgs: [message],
        }),
      );
    },
    async start(start, deadlineMs, anew) {
      await within(deadlineMs, () =>
        client.workflow.start(names.workflowType(start), {
          ...options(start),
          workflowIdConflictPolicy: anew ? 'TERMINATE_EXISTING' : 'USE_EXISTING',
        }),
      );
    },
  };
}
