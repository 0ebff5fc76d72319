import { X509Certificate } from 'node:crypto';
import type pg from 'pg';
import { type z } from 'zod';
import { signingKeys, type SigningKey } from '../../db/register/signing-keys.js';
import { keysFormat } from '../../domain/evidence/trusted-keys.js';
import { type PublishedKeys } from '../schemas/keys.js';

/** Every key that has signed for this installation, as it is published. */
export async function publishedKeys(pool: pg.Pool): Promise<z.input<typeof PublishedKeys>> {
  const keys = await signingKeys(pool);
  return {
    format: keysFormat,
    keys: keys.map(({ id, use, from, until, revoked, jwk, material }) => ({
      ...{ id, use, from, until, revoked },
      ...(jwk && { jwk }),
      ...(use === 'seal' && material !== null && { jwk: rsaOf(material) }),
      ...(material !== null && (use === 'seal' ? { certificate: material } : { verifier: material })),
    })),
  };
}

/** The key of a seal's certificate. */
function rsaOf(certificate: string): { kty: 'RSA'; n: string; e: string } {
  const { n = '', e = '' } = new X509Certificate(certificate).publicKey.export({ format: 'jwk' });
  return { kty: 'RSA', n, e };
}

/** The Ed25519 keys as a JSON Web Key Set (RFC 7517), of one use or of all. */
export async function keySet(pool: pg.Pool, use?: SigningKey['use']) {
  const keys = await signingKeys(pool);
  return { keys: keys.flatMap((key) => (key.jwk && (use === undefined || key.use === use) ? [key.jwk] : [])) };
}
