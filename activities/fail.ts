import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { errors, Refusal, type ErrorCode } from '../domain/errors.js';

/**
 * The one way a refusal crosses into a workflow: `type` is the code. What may succeed later is tried again, except `STALE`: there the workflow
 * itself must think again.
 */
export function fail(code: ErrorCode, details?: Readonly<Record<string, unknown>>): ApplicationFailure {
  return ApplicationFailure.create({
    type: code,
    message: errors[code].title.en,
    nonRetryable: code === 'STALE' || !errors[code].retryable,
    // A run that must look again, or was replaced, is no news for a log.
    ...(code === 'STALE' || code === 'SUPERSEDED' ? { category: ApplicationFailureCategory.BENIGN } : {}),
    ...(details === undefined ? {} : { details: [details] }),
  });
}

/** Runs an activity's work: its refusals become failures, anything else stays the bug it is. */
export async function crossing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Refusal ? fail(error.code, error.details) : error;
  }
}
