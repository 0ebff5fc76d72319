import { ActivityFailure, ApplicationFailure, TemporalFailure } from '@temporalio/common';

/** What failed an activity: ordinary ones come wrapped, local ones bare. Undefined for anything that is no failure of an activity. */
function causeOf(error: unknown): Error | undefined {
  if (error instanceof ActivityFailure) return error.cause ?? error;
  return error instanceof TemporalFailure ? error : undefined;
}

/** The code of a refusal that an activity brought back; undefined for everything that may go away by itself (time-out, outage, bug). */
export function refusalOf(error: unknown): string | undefined {
  const cause = causeOf(error);
  return cause instanceof ApplicationFailure && cause.nonRetryable === true ? (cause.type ?? undefined) : undefined;
}

/** Why an activity failed for good, in a word that may be written down. Anything but a failed activity is a bug and goes on. */
export function failureOf(error: unknown): string {
  const cause = causeOf(error);
  if (cause === undefined) throw error;
  return cause instanceof ApplicationFailure ? (cause.type ?? 'failed') : 'no answer';
}

/** A failure that nobody dealt with would end the workflow; as a plain error it stalls the task until it is mended. */
export function stalling(error: unknown): unknown {
  return error instanceof TemporalFailure ? new Error(`Nobody dealt with: ${error.message}`, { cause: error }) : error;
}

/** The scope ended in the register (withdrawn, closed): the story ends where it stands. */
export class ScopeOver extends Error {}

/** A rebuilt run has taken over. */
export class Superseded extends Error {}
