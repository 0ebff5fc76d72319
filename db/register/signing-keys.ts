import type pg from 'pg';
import { type KeyPeriod, type keyUses, keyFault, type revocationReasons } from '../../domain/evidence/key-period.js';
import { type Verifier, verifierFrom, verifierText } from '../../domain/evidence/note.js';
import { refuse } from '../../domain/errors.js';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';

/** A public Ed25519 key as a JSON Web Key (RFC 8037); `kid`: the start of the SHA-256 of its SPKI form, as signatures name it. */
export interface PublicKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly alg: 'EdDSA';
  readonly use: 'sig';
}

/** A key that signed for this installation, with the time in which it may. */
export interface SigningKey extends KeyPeriod {
  readonly id: string;
  readonly use: (typeof keyUses)[number];
  /** null: of a seal. */
  readonly jwk: PublicKey | null;
  /** Of a log or a witness its key as notes name it, of a seal its certificate (PEM). */
  readonly material: string | null;
}

type Kept = Pick<SigningKey, 'id' | 'use' | 'jwk' | 'material'> & {
  readonly from?: Instant | null;
  readonly until?: Instant;
};

/** Keeps a key for whoever checks a signature, also when another one signs; valid from now on where nothing else is said. Kept already, nothing changes. */
const keep = (pool: pg.Pool, { id, use, jwk, material, from, until }: Kept) =>
  pool.query(
    `insert into signing_key (key_id, use, jwk, material, valid_from, valid_until) values ($1, $2, $3, $4, coalesce($5, now()), $6)
     on conflict do nothing`,
    [id, use, jwk && JSON.stringify(jwk), material, from ?? null, until ?? null],
  );

/** The key that signs decisions and roots. */
export async function keepSigningKey(pool: pg.Pool, { kty, crv, x, kid, alg, use }: PublicKey): Promise<void> {
  await keep(pool, { id: kid, use: 'signature', jwk: { kty, crv, x, kid, alg, use }, material: null });
}

/** As signatures of notes name their key: its first four bytes, hexadecimal, under what it signs. */
export const noteKeyId = ({ kind, id }: Verifier): string => `${kind}-${Buffer.from(id).toString('hex')}`;

/** The key of the log, or of a witness of it; valid from its first signature on, and the next key of a witness from when it is known. */
export async function keepNoteKey(pool: pg.Pool, verifier: Verifier): Promise<void> {
  const [first] = await rows<{ at: Instant | null }>(
    pool,
    verifier.kind === 'log'
      ? `select min(written_at) as at from log_checkpoint where size > (select since from log_key where verifier = $1)`
      : `select min(at) as at from log_cosignature where witness = split_part($1, '+', 1)
         and not exists (select from signing_key where use = 'witness' and material <> $1 and split_part(material, '+', 1) = witness)`,
    [verifierText(verifier)],
  );
  const kid = noteKeyId(verifier);
  const x = Buffer.from(verifier.publicKey).toString('base64url');
  const jwk = { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' } as const;
  await keep(pool, { id: kid, use: verifier.kind, jwk, material: verifierText(verifier), from: first?.at ?? null });
}

/**
 * Keeps every key that signed the log, and that of its witness where it did, which are not kept yet: they signed before keys had a time, or whoever kept the log died
 * in between.
 */
export async function keepNoteKeys(pool: pg.Pool, witness: Verifier | undefined): Promise<void> {
  const missing = await rows<{ verifier: string }>(
    pool,
    `select v.verifier from (
       select verifier, since from log_key
       union all select $1::text, 0 where exists (select from log_cosignature where witness = split_part($1::text, '+', 1))
     ) v where not exists (select from signing_key where material = v.verifier) order by v.since`,
    [witness ? verifierText(witness) : null],
  );
  for (const { verifier: text } of missing) {
    const verifier = verifierFrom(text);
    if (!verifier) throw new Error(`The log names a key that is none: ${text}`);
    await keepNoteKey(pool, verifier);
  }
}

/** The certificate of the seal on papers; its time is its own. */
export async function keepSealCertificate(
  pool: pg.Pool,
  {
    certificate: id,
    chain: [own = ''],
    from,
    until,
  }: {
    readonly certificate: string;
    readonly chain: readonly string[];
    readonly from: Instant;
    readonly until: Instant;
  },
): Promise<void> {
  await keep(pool, { id, use: 'seal', jwk: null, material: own, from, until });
}

/** Every key that has signed for this installation, the newest first. */
export async function signingKeys(pool: pg.Pool | pg.PoolClient): Promise<readonly SigningKey[]> {
  const found = await rows<
    Omit<SigningKey, 'revoked'> & { revokedAt: Instant | null; reason: (typeof revocationReasons)[number] | null }
  >(
    pool,
    `select key_id as id, use, jwk, material, valid_from as "from", valid_until as until, revoked_at as "revokedAt", revoked_reason as reason
     from signing_key order by kept_at desc, key_id`,
  );
  return found.map(({ revokedAt: at, reason, ...key }) => ({
    ...key,
    revoked: at === null || reason === null ? null : { at, reason },
  }));
}

/** Refuses `KEY_NOT_VALID` where this key may not sign now: it ended, or was revoked. One that nobody knows may. */
export async function requireValid(pool: pg.Pool, id: string): Promise<void> {
  const key = (await signingKeys(pool)).find((one) => one.id === id);
  const fault = key && keyFault(key, new Date().toISOString(), true);
  if (fault !== undefined) refuse('KEY_NOT_VALID', { key: id, reason: fault });
}

/** As `requireValid`, of the key of a log. */
export const requireValidNoteKey = (pool: pg.Pool, verifier: Verifier): Promise<void> =>
  requireValid(pool, noteKeyId(verifier));

/** Ends a key: from `at` on nothing that it signs counts. Only the owner of the tables may; a key that ended stays so. Answers whether there is one. */
export async function revokeKey(
  owner: pg.Pool,
  {
    id,
    at,
    reason,
  }: { readonly id: string; readonly at: Instant; readonly reason: (typeof revocationReasons)[number] },
): Promise<boolean> {
  // Another word on it may say that it ended earlier, never later.
  const { rowCount } = await owner.query(
    `update signing_key set revoked_at = least(revoked_at, $2), revoked_reason = case when revoked_reason = 'compromised' then revoked_reason else $3 end
     where key_id = $1`,
    [id, at, reason],
  );
  return rowCount === 1;
}

/** Lets a key expire at `until`, or earlier where that was said before. Only the owner of the tables may. */
export async function limitKey(
  owner: pg.Pool,
  { id, until }: { readonly id: string; readonly until: Instant },
): Promise<boolean> {
  const { rowCount } = await owner.query(
    'update signing_key set valid_until = least(valid_until, $2) where key_id = $1',
    [id, until],
  );
  return rowCount === 1;
}
