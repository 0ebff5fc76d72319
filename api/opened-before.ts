import { businessNow } from '../db/business-clock.js';
import { type Accepted } from '../db/door.js';
import { caseFiledUnder } from '../db/drafts.js';
import { pinSalt } from '../db/queries/public-status.js';
import { type Act, bodyHashOf } from './acts.js';
import { actorOf } from './auth/person.js';
import { type ApiDeps } from './deps.js';

/**
 * What a request that opened a case was answered then, and the salt of its PIN; undefined where it opened none. IDEMPOTENCY_KEY_REUSED where the key was another
 * request's.
 */
export async function openedBefore(
  { door, pool }: Pick<ApiDeps, 'door' | 'pool'>,
  act: Act,
): Promise<{ readonly accepted: Accepted; readonly salt: string } | undefined> {
  const { person, key } = act;
  const caseCode = await caseFiledUnder(pool, person.id, key);
  if (caseCode === undefined) return undefined;
  const accepted = await door.handle({
    caseCode,
    command: { type: 'settle' },
    actor: actorOf(person),
    occurredAt: await businessNow(pool),
    operationId: `person/${person.id}/${key}`,
    bodyHash: bodyHashOf(act),
  });
  return { accepted, salt: await pinSalt(pool, caseCode) };
}
