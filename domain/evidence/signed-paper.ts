import { sha256 } from '@noble/hashes/sha2.js';
import { base64, base64urlnopad, hex } from '@scure/base';
import type { Instant } from '../time/instants.js';
import { type KeyFault, keyFault } from './key-period.js';
import { isRsaSigned } from './rsa.js';
import type { SealKey } from './trusted-keys.js';

/** The signed form of a paper for machines (JSON Web Signature, RFC 7515, flattened, RS256). */
export interface SignedPaper {
  /** All that the paper says, JSON. */
  readonly content: string;
  /** SHA-256 of the certificate of the seal that it names, hexadecimal. */
  readonly seal: string;
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
}

/** Why the signed form of a paper does not hold; stable, each in both languages. */
export const signedPaperFaultNames = {
  'signed-unreadable': {
    vi: 'tệp này không phải là bản ký số của văn bản: hãy tải lại tệp, không sửa',
    en: 'this file is no signed form of a paper: fetch it again, unchanged',
  },
  'signed-unknown-key': {
    vi: 'không khóa nào bạn tin đã ký tệp này: của nơi khác, hoặc cần tệp khóa mới hơn',
    en: 'none of the keys you trust signed this file: it is of somebody else, or you need a newer file of keys',
  },
  'signed-forged': {
    vi: 'chữ ký không khớp với nội dung: tệp đã bị sửa, đừng tin',
    en: 'the signature is not over what it says: it was changed, do not trust it',
  },
} as const satisfies Record<string, { vi: string; en: string }>;

type SignedPaperFault = Exclude<keyof typeof signedPaperFaultNames, 'signed-unreadable'> | KeyFault;

/** Reads the signed form of a paper; undefined where it is none. Nothing of it is checked but its shape. */
export function signedPaperFrom(text: string): SignedPaper | undefined {
  try {
    const { payload, protected: head, signature } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    if (typeof payload !== 'string' || typeof head !== 'string' || typeof signature !== 'string') return undefined;
    const { alg, typ, x5c, crit } = JSON.parse(decoded(head)) as Readonly<Record<string, unknown>>;
    const [own] = Array.isArray(x5c) ? (x5c as readonly unknown[]) : [];
    if (alg !== 'RS256' || typ !== 'luong-xanh-paper+json' || crit !== undefined || typeof own !== 'string')
      return undefined;
    const content = decoded(payload);
    const said: unknown = JSON.parse(content);
    if (typeof said !== 'object' || said === null) return undefined;
    return {
      content,
      seal: hex.encode(sha256(base64.decode(own))),
      bytes: new TextEncoder().encode(`${head}.${payload}`),
      signature: base64urlnopad.decode(signature),
    };
  } catch {
    return undefined; // Asked for: is it one?
  }
}

const decoded = (part: string): string => new TextDecoder('utf-8', { fatal: true }).decode(base64urlnopad.decode(part));

/**
 * Checks it with nothing but itself and the keys that one trusts; undefined: it holds. It says of no time when it was signed, so its key must be one that may sign `now`:
 * the City signs it anew whenever it is asked for.
 */
export function signedPaperFault(
  { seal, bytes, signature }: SignedPaper,
  keys: readonly SealKey[],
  now: Instant,
): SignedPaperFault | undefined {
  const known = keys.filter(({ id }) => id === seal);
  if (known.length === 0) return 'signed-unknown-key';
  const signed = known.filter((key) => isRsaSigned(key, bytes, signature));
  if (signed.length === 0) return 'signed-forged';
  return signed.map(({ period }) => keyFault(period, now, false)).find((fault) => fault !== undefined);
}
