import type pg from 'pg';
import { type ErrorCode, refuse } from '../../domain/errors.js';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';

/** A message of an agency's system whose signature was right. */
export interface Message {
  readonly agency: string;
  readonly messageId: string;
  readonly body: unknown;
  /** Business time at receipt: what it says is dated by it, however late it is handled. */
  readonly receivedAt: Instant;
}

export interface StoredMessage extends Message {
  readonly id: number;
  /** How often handling has failed. */
  readonly attempts: number;
}

const columns = `id, agency, message_id as "messageId", body, received_at as "receivedAt", attempts`;

/**
 * Takes a message in, once per agency and message id; `first` is false for a repetition. The instant of the first receipt stands. Refuses `MESSAGE_ID_REUSED`
 * where another message was taken under that id.
 */
export async function receiveMessage(
  pool: pg.Pool,
  { agency, messageId, body, receivedAt }: Message,
): Promise<{ first: boolean; id: number }> {
  const [fresh] = await rows<{ id: number }>(
    pool,
    `insert into inbox (agency, message_id, body, received_at) values ($1, $2, $3, $4)
     on conflict (agency, message_id) do nothing returning id`,
    [agency, messageId, JSON.stringify(body), receivedAt],
  );
  if (fresh) return { first: true, id: fresh.id };
  const [known] = await rows<{ id: number; same: boolean }>(
    pool,
    'select id, body = $3::jsonb as same from inbox where agency = $1 and message_id = $2',
    [agency, messageId, JSON.stringify(body)],
  );
  if (!known) throw new Error(`Message ${messageId} of ${agency} was neither taken nor known`);
  if (!known.same) refuse('MESSAGE_ID_REUSED', { messageId });
  return { first: false, id: known.id };
}

/** Why a message was refused for good; null: it was not, or not yet. */
export async function refusalOf(pool: pg.Pool, id: number): Promise<ErrorCode | null> {
  const [found] = await rows<{ error: ErrorCode }>(
    pool,
    `select error from inbox where id = $1 and status = 'refused'`,
    [id],
  );
  return found?.error ?? null;
}

/**
 * Takes pending messages for a while, oldest first; nobody else gets them meanwhile. Handling is idempotent anyway: the message id is part of the
 * command's operation id.
 */
export async function claimMessages(
  pool: pg.Pool,
  { limit, forMs, only }: { limit: number; forMs: number; only?: number },
): Promise<StoredMessage[]> {
  const claimed = await rows<StoredMessage & pg.QueryResultRow>(
    pool,
    `update inbox set not_before = clock_timestamp() + $2 * interval '1 millisecond', attempts = attempts + 1
     where id in (
       select id from inbox where status = 'pending' and (not_before is null or not_before < clock_timestamp())
         and ($3::bigint is null or id = $3)
       order by id limit $1 for update skip locked
     ) returning ${columns}`,
    [limit, forMs, only ?? null],
  );
  return claimed.sort((a, b) => a.id - b.id);
}

/** Handled: its command was accepted, or refused with a code that will not change (`refusal`). */
export async function finishMessage(pool: pg.Pool, id: number, refusal: ErrorCode | null): Promise<void> {
  await pool.query(
    `update inbox set status = case when $2::text is null then 'handled' else 'refused' end, error = $2, handled_at = clock_timestamp()
     where id = $1 and status = 'pending'`,
    [id, refusal],
  );
}

/** Could not be handled now; tried again after a while (2 s, 4 s, … at most a minute). `error` is a code or a type, never a person's data. */
export async function postponeMessage(pool: pg.Pool, id: number, error: string): Promise<void> {
  await pool.query(
    `update inbox set error = $2, not_before = clock_timestamp() + least(60, power(2, least(attempts, 10))) * interval '1 second'
     where id = $1 and status = 'pending'`,
    [id, error],
  );
}
