import { type Accepted } from '../db/register/door.js';
import { findCaseState } from '../db/read/case-state.js';
import { businessNow } from '../db/register/business-clock.js';
import { isPending } from '../domain/case/extract/state.js';
import { type CaseState } from '../domain/case/state.js';
import { Refusal } from '../domain/errors.js';
import { type ApiDeps } from './deps.js';
import { hashOf } from './hashes.js';
import { waitFor } from './http/wait.js';

/** How long somebody who decides waits for registers that are asked again. */
const looksTakeMs = 4_000;

const isOutdated = (error: unknown): error is Refusal => error instanceof Refusal && error.code === 'EXTRACT_OUTDATED';

/**
 * Decides; where what a register said is too old the engine asks it again first, and the decision is tried once more when it has answered. Still `EXTRACT_OUTDATED`
 * where it has not, and `REGISTER_DIFFERS` or `CONTENT_CHANGED` where what it says now is something else.
 */
export async function onCurrentExtracts(
  { pool, door }: Pick<ApiDeps, 'pool' | 'door'>,
  { caseCode, taskId, signal }: { readonly caseCode: string; readonly taskId: string; readonly signal: AbortSignal },
  decide: () => Promise<Accepted>,
): Promise<Accepted> {
  try {
    return await decide();
  } catch (error) {
    if (!isOutdated(error)) throw error;
  }
  const procedureIn = (state: CaseState | undefined) =>
    Object.values(state?.procedures ?? {}).find(({ tasks }) => Object.hasOwn(tasks, taskId));
  const found = procedureIn(await findCaseState(pool, caseCode));
  if (found) {
    const { scope, procedure, extracts = {} } = found;
    const looks = Object.values(extracts).reduce((sum, { look }) => sum + look, 0);
    await door.handle({
      caseCode,
      command: { type: 'lookAgain', procedure },
      actor: { kind: 'engine', scope },
      occurredAt: await businessNow(pool),
      operationId: `look/${scope}/${looks}`,
      bodyHash: hashOf({ scope, looks }),
    });
    await waitFor(
      async () => procedureIn(await findCaseState(pool, caseCode)),
      (now) => !Object.values(now?.extracts ?? {}).some((one) => one.obtained !== null && isPending(one)),
      looksTakeMs,
      signal,
    );
  }
  return decide();
}
