import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import { scopeKind, type ScopeId } from '../domain/case/scope.js';
import { eventsSignalName, workflowTypeOf, type EventsMessage, type ScopeInput } from '../domain/engine.js';

/** What whoever hands mailboxes over needs of Temporal. Each call gives up at its deadline and throws. */
export interface WorkflowPort {
  /** False where no workflow of that scope is running: the register decides what that means. */
  signal(scope: ScopeId, message: EventsMessage, deadlineMs: number): Promise<boolean>;
  /** For the event that opens the scope. */
  signalWithStart(input: ScopeInput, message: EventsMessage, deadlineMs: number): Promise<void>;
  /** Starts the run that loads from the register; one that runs already stays. `anew` ends that one first. */
  start(input: ScopeInput, deadlineMs: number, anew?: 'anew'): Promise<void>;
}

const caseKind = defineSearchAttributeKey('CaseKind', SearchAttributeType.KEYWORD);
const stage = defineSearchAttributeKey('Stage', SearchAttributeType.KEYWORD);

/** The port to a Temporal server. No time-out of executions or runs: only named outcomes end a workflow. */
export function createTemporalPort(client: Client, taskQueue: string): WorkflowPort {
  const within = <T>(deadlineMs: number, work: () => Promise<T>): Promise<T> =>
    client.withDeadline(Date.now() + deadlineMs, work);
  const options = (input: ScopeInput) => ({
    workflowId: input.scope,
    taskQueue,
    args: [input],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: caseKind, value: 'green-lane' },
      { key: stage, value: scopeKind(input.scope) },
    ]),
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
    async signalWithStart(input, message, deadlineMs) {
      await within(deadlineMs, () =>
        client.workflow.signalWithStart(workflowTypeOf(input.scope), {
          ...options(input),
          signal: eventsSignalName,
          signalArgs: [message],
        }),
      );
    },
    async start(input, deadlineMs, anew) {
      await within(deadlineMs, () =>
        client.workflow.start(workflowTypeOf(input.scope), {
          ...options(input),
          workflowIdConflictPolicy: anew ? 'TERMINATE_EXISTING' : 'USE_EXISTING',
        }),
      );
    },
  };
}
