import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { type Progress, progressQueryName } from '../engine/words.js';
import { type EnginePort } from './deps.js';

const patienceMs = 2_000;

/** Operators' look into the workflows. Answers within two seconds, whatever becomes of the server. */
export function createEnginePort(client: Client): EnginePort {
  const within = <T>(work: () => Promise<T>) => client.withDeadline(Date.now() + patienceMs, work);
  return {
    async progress(scope) {
      try {
        return await within(() => client.workflow.getHandle(scope).query<Progress>(progressQueryName));
      } catch (error) {
        return error instanceof WorkflowNotFoundError ? 'missing' : 'unreachable';
      }
    },
    async isReachable() {
      try {
        await within(() => client.workflowService.getSystemInfo({}));
        return true;
      } catch {
        return false; // reported as such: the register works without the engine
      }
    },
  };
}
