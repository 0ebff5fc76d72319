import { createHash } from 'node:crypto';
import type pg from 'pg';
import { locks } from '../locks.js';
import { inTransaction, rows } from '../pool.js';

/** So many wrong PINs of one caller on one code, then they wait. Nobody else does: whoever tries from elsewhere keeps nobody out. */
export const pinTries = 5;
export const pinLockMinutes = 15;
/** After so many wrong PINs on one code within an hour, from wherever, a caller has one try instead of five, so that many callers get no further than few. */
export const pinTriesOfAll = 200;

interface KeptPin {
  readonly salt: string;
  readonly hash: string;
}

/** The PIN of a case, salted and hashed; undefined where it has none. */
export async function findPin(pool: pg.Pool, caseCode: string): Promise<KeptPin | undefined> {
  const [found] = await rows<KeptPin & pg.QueryResultRow>(
    pool,
    'select salt, hash from public_pin where case_code = $1',
    [caseCode],
  );
  return found;
}

/** The salt of a case's PIN. Throws where the case has none. */
export async function pinSalt(pool: pg.Pool, caseCode: string): Promise<string> {
  const found = await findPin(pool, caseCode);
  if (!found) throw new Error(`Case ${caseCode} has no PIN`);
  return found.salt;
}

/** Another PIN: the old one is dead, and nobody waits any more. */
export async function replacePin(pool: pg.Pool, caseCode: string, hash: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('update public_pin set hash = $2 where case_code = $1', [caseCode, hash]);
    await client.query(
      'delete from pin_try where code = $1 or code in (select dossier_code from procedure where case_code = $1)',
      [caseCode],
    );
  });
}

/** Whether the PIN opens the case; `waitSeconds`: until this caller may try again, where they may not. */
export interface PinAnswer {
  readonly opens: boolean;
  readonly waitSeconds: number | null;
}

/**
 * One try of a caller, counted. `matches` compares salted hashes and is asked for an unknown code too, whose tries are counted alike: neither the answer nor how
 * long it takes says whether there is such a case. Tries at the same time are counted one after another. Locks are real time, by the register's own clock.
 * `code` is what was typed, a case's or a dossier's, and tries are counted by it: if the codes of one case were counted together, a lock would tell which belong
 * together. `caseCode`: the case that has the PIN; undefined where there is none.
 */
export async function tryPin(
  pool: pg.Pool,
  {
    code,
    caseCode,
    address,
  }: { readonly code: string; readonly caseCode: string | undefined; readonly address: string },
  matches: (kept: KeptPin | undefined) => Promise<boolean>,
): Promise<PinAnswer> {
  // The address itself is nobody's business.
  const caller = createHash('sha256').update(`${code}\n${address}`).digest('hex').slice(0, 32);
  const waiting = await secondsToWait(pool, code, caller);
  if (waiting !== null) return { opens: false, waitSeconds: waiting };
  // The slow part stays outside the transaction.
  const right = await matches(await findPin(pool, caseCode ?? code));
  return inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1, hashtext($2))', [locks.pin, `${code}/${caller}`]);
    const meanwhile = await secondsToWait(client, code, caller);
    if (meanwhile !== null) return { opens: false, waitSeconds: meanwhile };
    if (right) {
      await client.query('delete from pin_try where code = $1 and caller = $2', [code, caller]);
      return { opens: true, waitSeconds: null };
    }
    await client.query(`delete from pin_try where last_at < clock_timestamp() - interval '1 day'`);
    await client.query(
      `insert into pin_try as t (code, caller, failed) values ($1, $2, 1)
       on conflict (code, caller) do update set last_at = clock_timestamp(),
         failed = case when t.last_at < clock_timestamp() - $3 * interval '1 minute' then 1 else t.failed + 1 end`,
      [code, caller, pinLockMinutes],
    );
    return { opens: false, waitSeconds: await secondsToWait(client, code, caller) };
  });
}

async function secondsToWait(client: pg.Pool | pg.PoolClient, code: string, caller: string): Promise<number | null> {
  const [row] = await rows<{ failed: number; left: number; all: number }>(
    client,
    `select t.failed, ceil(extract(epoch from t.last_at + $3 * interval '1 minute' - clock_timestamp()))::int as left,
       (select coalesce(sum(o.failed), 0)::int from pin_try o
        where o.code = $1 and o.last_at > clock_timestamp() - interval '1 hour') as all
     from pin_try t where t.code = $1 and t.caller = $2`,
    [code, caller, pinLockMinutes],
    'pin-wait',
  );
  if (!row || row.left <= 0) return null;
  return row.failed >= (row.all >= pinTriesOfAll ? 1 : pinTries) ? row.left : null;
}
