import { base64urlnopad } from '@scure/base';
import type { Instant } from '../time/instants.js';
import { isRsaSigned, type RsaKey } from './rsa.js';

/** What an event keeps of the signature of whoever filed; whose certificate it is lies beside it, where it can be erased. */
export interface FilingSignature {
  /** By what it was known who signed: a certificate that an authority gave for them. */
  readonly kind: 'certificate';
  /** RSASSA-PKCS1-v1_5 with SHA-256 over `filingSignatureBytes`, base64url. */
  readonly signature: string;
  readonly key: RsaKey;
  /** SHA-256 of the certificate (DER), hexadecimal, and its time. */
  readonly certificate: string;
  readonly from: Instant;
  readonly until: Instant;
}

/** The exact bytes that whoever files signs: a line that says what it is, and the SHA-256 of the filing as RFC 8785 text. */
export const filingSignatureBytes = (filingHash: string): Uint8Array =>
  new TextEncoder().encode(`luong-xanh-filing/1 ${filingHash}\n`);

/** Whether a signature is over this filing, made with a key whose certificate held `at`. Pure: a proof is checked by it without a network. */
export function isFilingSigned(
  { signature, key, from, until }: FilingSignature,
  filingHash: string,
  at: Instant,
): boolean {
  const when = Date.parse(at);
  return (
    when >= Date.parse(from) &&
    when <= Date.parse(until) &&
    isRsaSigned(key, filingSignatureBytes(filingHash), base64urlnopad.decode(signature))
  );
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isBase64url = (value: unknown): value is string => isText(value) && /^[A-Za-z0-9_-]{1,1400}$/.test(value);

/** What a proof shows of the signature of its filing: `none` where it was not signed, or where its reader is not shown it. */
export function filingSignatureIn(shown: Readonly<Record<string, unknown>>): 'none' | 'holds' | 'wrong' {
  const { type, recordedAt } = shown;
  const signed = shown['payload.signed'];
  const hash = shown['payload.filingHash'];
  if (type !== 'caseOpened' || signed === undefined || hash === undefined) return 'none';
  const { signature, key, from, until } = (signed ?? {}) as Partial<FilingSignature>;
  if (!isBase64url(signature) || !isBase64url(key?.n) || !isBase64url(key.e)) return 'wrong';
  if (!isText(from) || !isText(until) || !isText(hash) || !isText(recordedAt)) return 'wrong';
  try {
    return isFilingSigned(signed as FilingSignature, hash, recordedAt) ? 'holds' : 'wrong';
  } catch {
    return 'wrong'; // Not what base64url writes.
  }
}
