import { AsyncLocalStorage } from 'node:async_hooks';
import { inTraceOf } from './tracing.js';

const requests = new AsyncLocalStorage<string>();

/**
 * Does work on behalf of the request of this id, so that what comes of it (log lines, spans, what waits, calls of other systems) can be told by it; of none where there
 * is none.
 */
export const onBehalfOf = <T>(requestId: string | null | undefined, work: () => T): T =>
  requestId === null || requestId === undefined || requestId === ''
    ? work()
    : requests.run(requestId, () => inTraceOf(requestId, work));

/** The id of the request that is being worked on here. */
export const currentRequest = (): string | undefined => requests.getStore();
