import type pg from 'pg';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';

/** What a reader of events could not work off. `seq` 0: the case as a whole, whatever its last event. */
export interface Faulty {
  readonly caseCode: string;
  readonly seq: number;
}

/** One such thing as operators see it. */
export interface ReaderFault {
  /** `projector`, `notifier` or `webhook/{id}`. */
  readonly reader: string;
  readonly case: string;
  readonly event: number | null;
  readonly error: string;
  readonly attempts: number;
  readonly notBefore: Instant;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
}

const longestError = 300;
const longestPauseSeconds = 300;

/** What went wrong, in one short line. */
function lineOf(error: unknown): string {
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return words.replaceAll(/\s+/g, ' ').slice(0, longestError);
}

/**
 * Books it: the reader goes on with the others and tries this again after 1, 2, 4 … seconds, at most five minutes. Throws where the register itself is
 * away; then nothing was booked, and the whole round comes again.
 */
export async function bookFault(
  pool: pg.Pool,
  reader: string,
  { caseCode, seq }: Faulty,
  error: unknown,
): Promise<void> {
  await pool.query({
    name: 'book-fault',
    text: `insert into reader_fault as f (reader, case_code, seq, error, attempts, not_before, first_at, last_at)
           values ($1, $2, $3, $4, 1, clock_timestamp() + interval '1 s', clock_timestamp(), clock_timestamp())
           on conflict (reader, case_code, seq) do update set error = excluded.error, attempts = f.attempts + 1, last_at = excluded.last_at,
             not_before = clock_timestamp() + least(${longestPauseSeconds}, power(2, least(f.attempts, 10))) * interval '1 s'`,
    values: [reader, caseCode, seq, lineOf(error)],
  });
}

/** It is done after all. */
export async function clearFault(
  on: pg.Pool | pg.PoolClient,
  reader: string,
  { caseCode, seq }: Faulty,
): Promise<void> {
  await on.query({
    name: 'clear-fault',
    text: 'delete from reader_fault where reader = $1 and case_code = $2 and seq = $3',
    values: [reader, caseCode, seq],
  });
}

const triedAtOnce = 5;
const askEveryMs = 1_000;

/** What a reader is to try again now, longest waiting first. */
export async function dueFaults(pool: pg.Pool, reader: string): Promise<Faulty[]> {
  return rows<Faulty & pg.QueryResultRow>(
    pool,
    `select case_code as "caseCode", seq from reader_fault where reader = $1 and not_before <= clock_timestamp() order by not_before limit $2`,
    [reader, triedAtOnce],
    'due-faults',
  );
}

/** The same for a reader that comes round again and again: asked for at most once a second. */
export function createRetries(pool: pg.Pool, reader: string): () => Promise<Faulty[]> {
  let askAt = 0;
  return async () => {
    const now = performance.now();
    if (now < askAt) return [];
    askAt = now + askEveryMs;
    return dueFaults(pool, reader);
  };
}

/** Which of these cases the reader has booked as a whole: it tries them at their own pace. */
export async function bookedCases(
  on: pg.Pool | pg.PoolClient,
  reader: string,
  codes: readonly string[],
): Promise<ReadonlySet<string>> {
  const booked = await rows<{ code: string }>(
    on,
    'select case_code as code from reader_fault where reader = $1 and case_code = any ($2) and seq = 0',
    [reader, codes],
    'booked-cases',
  );
  return new Set(booked.map(({ code }) => code));
}

/** What the readers of events have set aside, longest first. */
export async function listFaults(pool: pg.Pool, limit: number): Promise<ReaderFault[]> {
  return rows<ReaderFault & pg.QueryResultRow>(
    pool,
    `select reader, case_code as "case", nullif(seq, 0) as event, error, attempts, not_before as "notBefore", first_at as "firstAt", last_at as "lastAt"
     from reader_fault order by first_at, reader, case_code, seq limit $1`,
    [limit],
  );
}

/** How much each reader has set aside, for metrics; all webhooks together. */
export async function countFaults(pool: pg.Pool): Promise<{ reader: string; count: number }[]> {
  return rows(
    pool,
    `select split_part(reader, '/', 1) as reader, count(*)::int as count from reader_fault group by 1 order by 1`,
    [],
    'count-faults',
  );
}
