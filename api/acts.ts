import { type Accepted } from '../db/register/door.js';
import { admitAct } from '../db/people/person-requests.js';
import { type Command } from '../domain/case/commands.js';
import { type Person, actorOf } from './auth/person.js';
import { type ApiDeps } from './deps.js';
import { hashOf } from './hashes.js';
import { type Headers, type Reply } from './http/route.js';

/** The request of a person that becomes a command: whose, under which key, and what exactly was asked. */
export interface Act {
  readonly person: Person;
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** What an Idempotency-Key is bound to: the same key with another request is refused. */
export const bodyHashOf = ({ method, path, body }: Act): string => hashOf({ method, path, body: body ?? null });

const replayedHeader = 'Idempotency-Replayed';
const replayed = { [replayedHeader]: 'true' };
export const headersOf = (accepted: { readonly replayed: boolean }): Readonly<Record<string, string>> =>
  accepted.replayed ? replayed : {};

/** Sends a person's command through the door, dated when it was admitted here. */
export function createActs({ door, pool }: Pick<ApiDeps, 'door' | 'pool'>) {
  return async (act: Act, caseCode: string, command: Command, onBehalfOf?: string): Promise<Accepted> =>
    door.handle({
      caseCode,
      command,
      actor: actorOf(act.person, onBehalfOf),
      occurredAt: await admitAct(pool, act.person.id, act.key),
      operationId: `person/${act.person.id}/${act.key}`,
      bodyHash: bodyHashOf(act),
    });
}

/** The answer of every write of a case. */
export const written = (
  { reply }: { readonly reply: (status: 200, body: { case: string; caseSeq: number }, headers: Headers) => Reply },
  accepted: Accepted,
): Reply => reply(200, { case: accepted.caseCode, caseSeq: accepted.caseSeq }, headersOf(accepted));
