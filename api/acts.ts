import { type Accepted } from '../db/register/door.js';
import { nearSites } from '../db/read/near-sites.js';
import { type Command } from '../domain/case/commands.js';
import { Refusal } from '../domain/errors.js';
import { type Person, actorOf } from './auth/person.js';
import { type ApiDeps } from './deps.js';
import { hashOf } from './hashes.js';
import { type Call, type Headers, type Reply } from './http/route.js';

/** The request of a person that becomes a command: whose, under which key, and what exactly was asked. */
export interface Act {
  readonly person: Person;
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** One that opens a case, with the law of its request. */
export type FilingAct = Act & Pick<Call<unknown, unknown, unknown, never, never>, 'law'>;

/** What an Idempotency-Key is bound to: the same key with another request is refused. */
export const bodyHashOf = ({ method, path, body }: Act): string => hashOf({ method, path, body: body ?? null });

const replayedHeader = 'Idempotency-Replayed';
const replayed = { [replayedHeader]: 'true' };
export const headersOf = (accepted: { readonly replayed: boolean }): Readonly<Record<string, string>> =>
  accepted.replayed ? replayed : {};

/** Sends a person's command through the door, which dates it when it arrives and knows whether its key was another request's. */
export function createActs({ door, pool }: Pick<ApiDeps, 'door' | 'pool'>) {
  return async (act: Act, caseCode: string, command: Command, onBehalfOf?: string): Promise<Accepted> =>
    withNearSites(
      pool,
      caseCode,
      door.handle({
        caseCode,
        command,
        actor: actorOf(act.person, onBehalfOf),
        operationId: `person/${act.person.id}/${act.key}`,
        bodyHash: bodyHashOf(act),
      }),
    );
}

/**
 * What the door answers. Where the site is taken the refusal names the dossiers on its lots and on those that could be mistaken for them, as the task at the
 * counter does; whose cases they are stays out.
 */
export async function withNearSites<T>(pool: ApiDeps['pool'], caseCode: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'SITE_TAKEN') throw error;
    const near = (await nearSites(pool, caseCode)).map(({ case: _theirs, ...one }) => one);
    throw new Refusal('SITE_TAKEN', { ...error.details, nearSites: near });
  }
}

/** The answer of every write of a case. */
export const written = (
  { reply }: { readonly reply: (status: 200, body: { case: string; caseSeq: number }, headers: Headers) => Reply },
  accepted: Accepted,
): Reply => reply(200, { case: accepted.caseCode, caseSeq: accepted.caseSeq }, headersOf(accepted));
