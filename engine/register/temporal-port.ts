import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import { scopeKind, type ScopeId } from '../../domain/case/scope.js';
import { eventsSignalName, workflowTypes, type EventsMessage, type ScopeStart } from '../../domain/engine.js';

/** What whoever hands mailboxes over needs of Temporal. Each call gives up at its deadline and throws. */
export interface WorkflowPort {
  /** False where no workflow of that scope is running: the register decides what that means. */
  signal(scope: ScopeId, message: EventsMessage, deadlineMs: number): Promise<boolean>;
  /** For the event that opens the scope. */
  signalWithStart(start: ScopeStart, message: EventsMessage, deadlineMs: number): Promise<void>;
  /** Starts the run that loads from the register; one that runs already stays. `anew` ends that one first. */
  start(start: ScopeStart, deadlineMs: number, anew?: 'anew'): Promise<void>;
}

const caseKind = defineSearchAttributeKey('CaseKind', SearchAttributeType.KEYWORD);
const stage = defineSearchAttributeKey('Stage', SearchAttributeType.KEYWORD);

/** The port to a Temporal server. No time-out of executions or runs: only named outcomes end a workflow. */
export function createTemporalPort(client: Client, taskQueue: string): WorkflowPort {
  const within = <T>(deadlineMs: number, work: () => Promise<T>): Promise<T> =>
    client.withDeadline(Date.now() + deadlineMs, work);
  const options = ({ scope, generation, kind }: ScopeStart) => ({
    workflowId: scope,
    taskQueue,
    args: [{ scope, generation }],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    typedSearchAttributes: new TypedSearchAttributes([
      ...(kind === 'case' ? [{ key: caseKind, value: 'green-lane' }] : []),
      ...(kind === 'trial' ? [{ key: caseKind, value: 'sandbox' }] : []),
      { key: stage, value: scopeKind(scope) },
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
    async signalWithStart(start, message, deadlineMs) {
      await within(deadlineMs, () =>
        client.workflow.signalWithStart(workflowTypes[start.kind], {
          ...options(start),
          signal: eventsSignalName,
          signalArgs: [message],
        }),
      );
    },
    async start(start, deadlineMs, anew) {
      await within(deadlineMs, () =>
        client.workflow.start(workflowTypes[start.kind], {
          ...options(start),
          workflowIdConflictPolicy: anew ? 'TERMINATE_EXISTING' : 'USE_EXISTING',
        }),
      );
    },
  };
}
