import type pg from 'pg';
import { errors, Refusal, refuse } from '../../domain/errors.js';
import { AgencyMessage, type DossierReport } from '../../domain/schemas/agency-messages.js';
import { findRequestByCorrelation } from './agency-requests.js';
import { caseCodeOf } from '../../domain/case/scope.js';
import { instant } from '../../domain/time/instants.js';
import { dossierScope } from '../read/case-state.js';
import { rows } from '../pool.js';
import { type Door } from '../register/door.js';
import { claimMessages, finishMessage, postponeMessage, type StoredMessage } from './inbox.js';

interface Handling {
  readonly pool: pg.Pool;
  readonly door: Door;
  readonly limit: number;
  /** Only this message, as far as it is pending. */
  readonly only?: number;
  /** Told of failures that are no refusals; the message waits and is tried again. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Turns pending messages into commands, each once: the operation id is made from agency and message id, the act is dated by its receipt. A refusal
 * that will not change ends the message; anything else is tried again later. Where nobody waits for the answer (`only` left out) a second word is put before the
 * lead agency and not refused. Resolves to the number of messages taken.
 */
export async function handleMessages({ pool, door, limit, only, onError }: Handling): Promise<number> {
  const claimed = await claimMessages(pool, { limit, forMs: 10_000, ...(only !== undefined && { only }) });
  for (const message of claimed) {
    try {
      await handle(pool, door, message, only === undefined);
      await finishMessage(pool, message.id, null);
    } catch (error) {
      if (error instanceof Refusal && !errors[error.code].retryable) await finishMessage(pool, message.id, error.code);
      else {
        if (!(error instanceof Refusal)) onError?.(error);
        await postponeMessage(pool, message.id, error instanceof Refusal ? error.code : 'unexpected');
      }
    }
  }
  return claimed.length;
}

async function handle(
  pool: pg.Pool,
  door: Door,
  { agency, messageId, body, receivedAt }: StoredMessage,
  taken: boolean,
): Promise<void> {
  const message = AgencyMessage.parse(body);
  if (message.kind !== 'opinion') return report(pool, door, { agency, messageId, receivedAt }, message);
  const opinion = message;
  const request = await findRequestByCorrelation(pool, opinion.correlationId);
  // The API has seen to it that the word is that agency's, or of the one that took its place: it counts as the word of the one that was asked.
  const asked = request?.agency ?? null;
  if (!request || asked === null || !(await speaksFor(pool, agency, asked)))
    throw new Refusal('NOT_FOUND', { correlationId: opinion.correlationId });
  await door.handle({
    caseCode: request.caseCode,
    command: {
      type: 'giveOpinion',
      consultation: request.scope,
      agency: asked,
      position: opinion.position,
      conditions: opinion.conditions,
      legalBasis: opinion.legalBasis,
      messageId,
      ...(taken && { taken }),
    },
    actor: { kind: 'agency-system', agency },
    occurredAt: receivedAt,
    operationId: `agency/${agency}/${messageId}`,
    bodyHash: messageId,
  });
}

/** What happened at a counter of the City, told by its procedure system. */
async function report(
  pool: pg.Pool,
  door: Door,
  { agency, messageId, receivedAt }: Pick<StoredMessage, 'agency' | 'messageId' | 'receivedAt'>,
  { kind, dossierCode, occurredAt, note }: DossierReport,
): Promise<void> {
  const procedure = (await dossierScope(pool, dossierCode)) ?? refuse('NOT_FOUND', { dossierCode });
  await door.handle({
    caseCode: caseCodeOf(procedure),
    command: { type: 'reportFromOutside', procedure, report: kind, messageId, at: instant(occurredAt), note },
    actor: { kind: 'agency-system', agency },
    occurredAt: receivedAt,
    operationId: `agency/${agency}/${messageId}`,
    bodyHash: messageId,
  });
}

/** Whether it is the agency that was asked, or the one that this was merged into, over however many mergers. */
async function speaksFor(pool: pg.Pool, agency: string, asked: string): Promise<boolean> {
  if (agency === asked) return true;
  const found = await rows(
    pool,
    `with recursive chain (code, n) as (
       select $1::text, 0
       union all
       select a.data ->> 'mergedInto', c.n + 1 from chain c join agency a on a.code = c.code
       where a.data ->> 'mergedInto' is not null and c.n < 20
     ) select 1 from chain where code = $2`,
    [asked, agency],
    'speaks-for',
  );
  return found.length > 0;
}
