import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { refuse } from '../../domain/errors.js';
import { type WrappedKey } from '../../ops/master-keys.js';
import { locks } from '../locks.js';
import { inTransaction, masterKeysFor, rows } from '../pool.js';
import { aboutPinSeed, openKey } from '../register/data-keys.js';

/** So many wrong PINs of one caller on one code, then they wait. Nobody else does: whoever tries from elsewhere keeps nobody out. */
export const pinTries = 5;
export const pinLockMinutes = 15;
/** After so many wrong PINs on one code within an hour, from wherever, a caller has one try instead of five, so that many callers get no further than few. */
export const pinTriesOfAll = 200;

/** A PIN as the register keeps it. */
export interface KeptPin {
  readonly salt: string;
  readonly hash: string;
  /** What it was made from, without which nobody makes it from the register; null: the salt. */
  readonly seed: WrappedKey | null;
}

/** From what the PIN of a case is made, as hexadecimal, and as it may be kept. */
export interface PinSeed {
  readonly seed: string;
  readonly kept: Omit<KeptPin, 'hash'>;
}

const newSalt = (): string => randomBytes(16).toString('hex');

/** A seed for the PIN of this case, or (`seed`) this one, wrapped by the current master key. Where the installation has none, the register holds it as the salt. */
export async function newPinSeed(pool: pg.Pool, caseCode: string, seed = newSalt()): Promise<PinSeed> {
  const wrapped = await masterKeysFor(pool)?.wrap(Buffer.from(seed, 'hex'), aboutPinSeed(caseCode));
  return { seed, kept: wrapped ? { salt: newSalt(), seed: wrapped } : { salt: seed, seed: null } };
}

/** What the PIN of a case was made from. Refuses KEY_UNAVAILABLE where its master key is not at hand. */
export async function seedOf(pool: pg.Pool, caseCode: string, { salt, seed }: KeptPin): Promise<string> {
  if (!seed) return salt;
  const opened = await openKey(masterKeysFor(pool), seed, aboutPinSeed(caseCode));
  return opened?.toString('hex') ?? refuse('KEY_UNAVAILABLE', { pin: caseCode });
}

/** The PIN of a case, salted and hashed; undefined where it has none. */
export async function findPin(pool: pg.Pool, caseCode: string): Promise<KeptPin | undefined> {
  const [found] = await rows<{ salt: string; hash: string; master: string | null; wrapped: Buffer | null }>(
    pool,
    'select salt, hash, seed_master as master, seed_wrapped as wrapped from public_pin where case_code = $1',
    [caseCode],
  );
  if (!found) return undefined;
  const { master, wrapped, ...pin } = found;
  return { ...pin, seed: master !== null && wrapped ? { master, wrapped } : null };
}

/** What a case's PIN was made from. Throws where the case has none; refuses as `seedOf`. */
export async function pinSeed(pool: pg.Pool, caseCode: string): Promise<string> {
  const found = await findPin(pool, caseCode);
  if (!found) throw new Error(`Case ${caseCode} has no PIN`);
  return seedOf(pool, caseCode, found);
}

/** Keeps a PIN in the place of what was kept; nothing where that was replaced meanwhile. */
async function keepPin(on: pg.Pool | pg.PoolClient, caseCode: string, was: KeptPin, pin: KeptPin): Promise<void> {
  const { salt, hash, seed } = pin;
  await on.query(
    `update public_pin set salt = $2, hash = $3, seed_master = $4, seed_wrapped = $5 where case_code = $1 and hash = $6`,
    [caseCode, salt, hash, seed?.master ?? null, seed?.wrapped ?? null, was.hash],
  );
}

/**
 * Seals what a PIN of an earlier release was made from, now that somebody has said the PIN: `hash` hashes it with a salt. From then on nobody makes it from the register.
 * Does nothing where it is sealed, or there are no master keys.
 */
export async function sealPin(pool: pg.Pool, caseCode: string, hash: (salt: string) => Promise<string>): Promise<void> {
  const was = await findPin(pool, caseCode);
  if (!was || was.seed) return;
  const { kept } = await newPinSeed(pool, caseCode, was.salt);
  if (kept.seed) await keepPin(pool, caseCode, was, { ...kept, hash: await hash(kept.salt) });
}

/** Another PIN in the place of one: the old one is dead, and nobody waits any more. Nothing where that was replaced meanwhile. */
export async function replacePin(pool: pg.Pool, caseCode: string, was: KeptPin, pin: KeptPin): Promise<void> {
  await inTransaction(pool, async (client) => {
    await keepPin(client, caseCode, was, pin);
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
