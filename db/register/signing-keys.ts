import type pg from 'pg';
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

/** Keeps the key for whoever checks a signature, also when another one signs. Kept already, nothing changes. */
export async function keepSigningKey(pool: pg.Pool, { kty, crv, x, kid, alg, use }: PublicKey): Promise<void> {
  await pool.query('insert into signing_key (key_id, jwk) values ($1, $2) on conflict do nothing', [
    kid,
    JSON.stringify({ kty, crv, x, kid, alg, use }),
  ]);
}

/** Every key that has signed decisions and roots of this installation, the newest first. */
export async function signingKeys(pool: pg.Pool): Promise<readonly PublicKey[]> {
  const found = await rows<{ jwk: PublicKey }>(pool, 'select jwk from signing_key order by kept_at desc, key_id');
  return found.map(({ jwk }) => jwk);
}
