import { refuse } from '../domain/errors.js';
import { isCalling } from '../db/register/agenda.js';
import { isSettled } from '../engine/register/mailbox.js';
import { type ApiDeps } from './deps.js';
import { waitFor } from './http/wait.js';

/**
 * «Own writes»: whether the engine has thought about `after` and made the calls that follow from it, waiting for that as long as was asked. Nothing to wait for is
 * settled.
 */
export async function settle(
  { pool, bell }: Pick<ApiDeps, 'pool' | 'bell'>,
  caseCode: string,
  { after, wait }: { readonly after?: number | undefined; readonly wait: number },
  signal: AbortSignal,
): Promise<boolean> {
  if (after === undefined) return true;
  return waitFor(
    async () => (await isSettled(pool, caseCode, after, isCalling)) ?? refuse('NOT_FOUND', { case: caseCode }),
    (settled) => settled,
    wait,
    signal,
    bell && { listens: bell.listens, on: (wake) => bell.on('thoughts', wake, caseCode) },
  );
}
