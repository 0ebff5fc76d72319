import pg from 'pg';
import { type MasterKeys } from '../ops/master-keys.js';

export { rows } from '../engine/register/rows.js';

/** How many sessions, and whom to tell about a session that broke (the next query opens another). */
export interface PoolOptions {
  readonly max?: number;
  readonly applicationName?: string;
  /** What its sessions are for; left out: reading, and small writes of one row. */
  readonly purpose?: PoolPurpose;
  readonly onIdleError?: (error: Error) => void;
  /** How long one statement may go unanswered before its session is given up: a frozen server ends nothing by itself. Default 12 s. */
  readonly answerMs?: number;
  /** What opens and seals the words that are read and written by it; left out: they stay shut, and are written in clear. */
  readonly masterKeys?: MasterKeys | undefined;
}

/** Longer than the server's own limit of a statement, so that it speaks first where it can. */
const defaultAnswerMs = 12_000;
const rollbackMs = 1_000;

/** `acts`: commands of cases. `feed`: readers of the feed, which write what they made of it. */
export type PoolPurpose = 'acts' | 'feed' | 'reads';

// Whoever writes holds back every reader of the feed until it is over: never longer than two seconds, the last of which ends the session. A time-out of the
// session cannot be shortened by `set local`: PostgreSQL starts the timer once.
const brief = { lock_timeout: '1500ms', statement_timeout: '1900ms', transaction_timeout: '2s' };
// What these ask is found by its key, whatever the values: planned once per session.
const planned = { plan_cache_mode: 'force_generic_plan' };
const limits: Readonly<Record<PoolPurpose, Readonly<Record<string, string>>>> = {
  acts: { ...brief, ...planned },
  feed: { ...brief, ...planned },
  reads: { lock_timeout: '2s', statement_timeout: '10s', transaction_timeout: '15s' },
};
const session = { timezone: 'UTC', idle_in_transaction_session_timeout: '2s' };

const timestamptz = 1184;
const dateType = 1082;
const bigint = 20;

/** Instants come as ISO-8601 in UTC with Z, legal days as `YYYY-MM-DD`, bigints as numbers: never as a `Date`. */
export const types: pg.CustomTypesConfig = {
  getTypeParser(oid, format): (text: string) => unknown {
    if (format !== 'binary') {
      if (oid === timestamptz) return (text) => (text.includes('infinity') ? text : new Date(text).toISOString());
      if (oid === dateType) return (text) => text;
      if (oid === bigint) return Number;
    }
    return pg.types.getTypeParser(oid, format) as (text: string) => unknown;
  },
};

/** A pool of sessions on the register. The caller ends it. */
export function createPool(url: string, options: PoolOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.applicationName ?? 'luong-xanh',
    connectionTimeoutMillis: 3_000,
    query_timeout: options.answerMs ?? defaultAnswerMs,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    types,
    options: Object.entries({ ...session, ...limits[options.purpose ?? 'reads'] })
      .map(([key, value]) => `-c ${key}=${value}`)
      .join(' '),
  });
  hearErrors(pool, options.onIdleError);
  if (options.masterKeys) keysOfPools.set(pool, options.masterKeys);
  return pool;
}

const keysOfPools = new WeakMap<pg.Pool, MasterKeys>();

/** The master keys that a pool was made with. */
export const masterKeysFor = (pool: pg.Pool): MasterKeys | undefined => keysOfPools.get(pool);

/**
 * A session that breaks while somebody holds it between two statements says so by an event, which ends the process where nobody listens. Whoever holds it
 * meets the error at the next statement.
 */
export function hearErrors<P extends pg.Pool>(pool: P, told: (error: Error) => void = () => undefined): P {
  pool.on('error', told);
  pool.on('connect', (client) => client.on('error', told));
  return pool;
}

/** One session of the owner of the tables, without our limits of time: for migration and seeding. The caller ends it. */
export const createOwnerPool = (url: string): pg.Pool => hearErrors(new pg.Pool({ connectionString: url, max: 1 }));

/** Runs `work` in one transaction of one session. */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    broken = await rollback(client);
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Leaves the transaction; a session that cannot even do that is given back as broken. */
export async function rollback(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    // Behind a statement that was never answered this one waits as well: not for long.
    const brief: pg.QueryConfig & { query_timeout: number } = { text: 'rollback', query_timeout: rollbackMs };
    await client.query(brief);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
