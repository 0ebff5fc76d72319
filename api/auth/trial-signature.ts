import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type pg from 'pg';
import { findTrialKey } from '../../db/queries/trial-story.js';
import { refuse } from '../../domain/errors.js';
import { Code } from '../schemas/common.js';

const trialHeaders = { key: 'Trial-Key', signature: 'Trial-Signature' } as const;

const pem = /^\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/;
const base64 = /^[A-Za-z0-9+/]{1,200}={0,2}$/;
/** 64 bytes. */
const signatureShape = /^[A-Za-z0-9+/]{86}==$/;

/** An Ed25519 public key as SPKI in base64, the one form in which keys are kept; undefined for anything else, a private key among them. */
export function ed25519KeyOf(text: string): string | undefined {
  const spki = (pem.exec(text)?.[1] ?? text).replaceAll(/\s/g, '');
  if (!base64.test(spki)) return undefined;
  const key = keyOf(spki);
  if (key?.asymmetricKeyType !== 'ed25519') return undefined;
  const kept = key.export({ type: 'spki', format: 'der' }).toString('base64');
  return kept === spki ? kept : undefined;
}

function keyOf(spki: string): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

/** Nobody has its private key: checked in place of a key that is not there, so that the time it takes says nothing. */
const nobodys = 'MCowBQYDK2VwAyEAOKvw1gBqOgfLQl6GqIRmOTuv+Jqm6JEgcfK41XGxRg4=';

/**
 * The id of the key that signed these very bytes, registered in this trial. Refuses METRICS_SIGNATURE_INVALID for an unknown case, an unknown key and a wrong
 * signature alike.
 */
export async function requireTrialSignature(
  pool: pg.Pool,
  caseCode: string,
  raw: Buffer,
  header: (name: string) => string | undefined,
): Promise<string> {
  const keyId = header(trialHeaders.key) ?? '';
  const signature = header(trialHeaders.signature) ?? '';
  if (!Code.safeParse(keyId).success || !signatureShape.test(signature)) refuse('METRICS_SIGNATURE_INVALID');
  const registered = await findTrialKey(pool, caseCode, keyId);
  const key = keyOf(registered ?? nobodys);
  const signed = key !== undefined && verify(null, raw, key, Buffer.from(signature, 'base64'));
  return signed && registered !== undefined ? keyId : refuse('METRICS_SIGNATURE_INVALID');
}
