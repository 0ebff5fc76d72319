import { verify } from 'node:crypto';
import type pg from 'pg';
import { findTrialKey } from '../../db/read/trial-story.js';
import { refuse } from '../../domain/errors.js';
import { Code } from '../schemas/common.js';
import { ed25519KeyOf, publicKeyOf } from './ed25519.js';

const trialHeaders = { key: 'Trial-Key', signature: 'Trial-Signature' } as const;

/** 64 bytes. */
const signatureShape = /^[A-Za-z0-9+/]{86}==$/;

/** Nobody has its private key: checked in place of a key that is not there, so that the time it takes says nothing. */
const nobodys = 'MCowBQYDK2VwAyEAOKvw1gBqOgfLQl6GqIRmOTuv+Jqm6JEgcfK41XGxRg4=';

/** What a device signs: the case its batch is for, a line feed, the bytes of the body. */
export const signedBytes = (caseCode: string, raw: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${caseCode}\n`), raw]);

/**
 * The id of the key that signed this batch for this case, registered in this trial. Devices of older releases sign the bytes of the body alone: that holds while
 * the key is this trial's only. Refuses METRICS_SIGNATURE_INVALID for an unknown case, an unknown key and a wrong signature alike.
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
  const key = publicKeyOf(ed25519KeyOf(registered?.publicKey ?? '') ?? nobodys);
  const bytes = Buffer.from(signature, 'base64');
  // Both are checked each time: how long it takes says nothing.
  const [named, alone] = [signedBytes(caseCode, raw), raw].map(
    (signed) => key !== undefined && verify(null, signed, key, bytes),
  );
  const holds = registered && (named || (alone && !registered.shared));
  return holds ? keyId : refuse('METRICS_SIGNATURE_INVALID');
}
