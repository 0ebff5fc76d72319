import { base64urlnopad } from '@scure/base';
import type { Instant } from '../time/instants.js';
import { canonical } from './canonical.js';
import { type Certificate, isGivenBy } from './certificate.js';
import { skewMs } from './key-period.js';
import { type RevocationList, standingOf } from './revocations.js';
import { isRsaSigned, type RsaKey } from './rsa.js';

/** What an event keeps of the signature of whoever filed; whose certificate it is lies beside it, where it can be erased. */
export interface FilingSignature {
  /** By what it was known who signed: a certificate that an authority gave for them. */
  readonly kind: 'certificate';
  /** RSASSA-PKCS1-v1_5 with SHA-256 over `filingSignatureText`, base64url. */
  readonly signature: string;
  readonly key: RsaKey;
  /** SHA-256 of the certificate (DER), hexadecimal, and its time. */
  readonly certificate: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly over: FiledOver;
  /** The list of revoked certificates that it was held against: its SHA-256, hexadecimal, and when its authority made it. Filings of before were held against none. */
  readonly revocations?: { readonly list: string; readonly from: Instant };
}

/** What was chosen with a filing and whose it is: signed with it, so that nobody files it otherwise, or as theirs. */
export interface FiledOver {
  /** null: the recommended one. */
  readonly pathway: string | null;
  /** The case that licensed the project that the filing changes. */
  readonly adjusts: string | null;
  /** Accounts: who files, and whose the case becomes. */
  readonly filer: string;
  readonly investor: string;
}

/** The exact line that whoever files signs: what it is, and as RFC 8785 text the SHA-256 of the filing (of its RFC 8785 text) with what was chosen, and whose it is. */
export const filingSignatureText = (filingHash: string, { pathway, adjusts, filer, investor }: FiledOver): string =>
  `luong-xanh-filing/1 ${canonical({ filing: filingHash, pathway, adjusts, filer, investor })}\n`;

/**
 * Whether a signature is over this filing, made with a key whose certificate held `at`, by a clock that may differ. Whose the key is it does not say. Pure: a proof is
 * checked by it without a network.
 */
export function isFilingSigned(
  { signature, key, from, until, over }: FilingSignature,
  filingHash: string,
  at: Instant,
): boolean {
  const when = Date.parse(at);
  return (
    when + skewMs >= Date.parse(from) &&
    when - skewMs <= Date.parse(until) &&
    isRsaSigned(key, new TextEncoder().encode(filingSignatureText(filingHash, over)), base64urlnopad.decode(signature))
  );
}

/** Whose certificate a filing is said to be signed with, and who may give certificates by the word of whoever checks. */
export interface SignerGiven {
  readonly certificate: Certificate;
  /** Empty: it is not asked who gave it. */
  readonly authorities: readonly Certificate[];
  /** What these revoked. Empty: it is not asked. */
  readonly lists: readonly RevocationList[];
}

/** What a proof shows of the signature of its filing. */
export interface FilingSigned {
  /** SHA-256 of the certificate as the register states it, hexadecimal. */
  readonly certificate: string;
  /** Whom the certificate names; null: it was not given, so that nobody knows whose the key is. */
  readonly signer: (Certificate['subject'] & Held) | null;
}

/** What a certificate was held against. */
interface Held {
  readonly isTrusted: boolean;
  /** When the list was made that says that it was not revoked when it signed; null: that was not asked. */
  readonly notRevokedBy: Instant | null;
}

/** Why the signature of a filing in a proof does not hold; stable. */
export type FilingSignatureFault =
  | 'filing-signature-wrong'
  /** The certificate that was given is not the one with which it was signed. */
  | 'filing-certificate-differs'
  /** None of the authorities that were given gave it. */
  | 'filing-certificate-untrusted'
  /** It was revoked when it signed, or one of those through which it was given. */
  | 'filing-certificate-revoked'
  /** None of the lists of revoked certificates that were given says anything of it: of other authorities, or of before. */
  | 'filing-revocations-silent';

const isText = (value: unknown): value is string => typeof value === 'string';
const isBase64url = (value: unknown): value is string => isText(value) && /^[A-Za-z0-9_-]{1,1400}$/.test(value);

/**
 * What an event shows of the signature of its filing; undefined where it was not signed, or where its reader is not shown it. That it holds says that somebody with this
 * key signed: key and hash of the certificate both are the register's word, until the certificate itself is held against them (`given`).
 */
export function filingSignatureIn(
  shown: Readonly<Record<string, unknown>>,
  given?: SignerGiven,
): FilingSigned | FilingSignatureFault | undefined {
  const { type, recordedAt } = shown;
  const signed = shown['payload.signed'];
  const hash = shown['payload.filingHash'];
  if (type !== 'caseOpened' || signed === undefined || hash === undefined) return undefined;
  const { signature, key, from, until, certificate } = (signed ?? {}) as Partial<FilingSignature>;
  if (!isBase64url(signature) || !isBase64url(key?.n) || !isBase64url(key.e)) return 'filing-signature-wrong';
  if (!isText(from) || !isText(until) || !isText(hash) || !isText(recordedAt)) return 'filing-signature-wrong';
  if (!isText(certificate) || !/^[0-9a-f]{64}$/.test(certificate)) return 'filing-signature-wrong';
  const kept = signed as FilingSignature;
  try {
    if (!isOver(kept.over, shown) || !isFilingSigned(kept, hash, recordedAt)) return 'filing-signature-wrong';
  } catch {
    return 'filing-signature-wrong'; // Not what base64url or a filing writes.
  }
  if (!given) return { certificate, signer: null };
  if (!isOf(kept, given.certificate)) return 'filing-certificate-differs';
  const held = heldAgainst(given, recordedAt);
  return typeof held === 'string' ? held : { certificate, signer: { ...given.certificate.subject, ...held } };
}

/** What counts is when it was recorded: who was revoked later had signed before. */
function heldAgainst({ certificate, authorities, lists }: SignerGiven, at: Instant): Held | FilingSignatureFault {
  const isTrusted = isGivenBy(certificate, authorities, at);
  if (authorities.length > 0 && (!isTrusted || certificate.isAuthority)) return 'filing-certificate-untrusted';
  if (lists.length === 0) return { isTrusted, notRevokedBy: null };
  const standing = standingOf(certificate, authorities, lists, at);
  if (standing === undefined || standing === 'silent') return 'filing-revocations-silent';
  const { revokedAt, list } = standing;
  if (revokedAt !== null && Date.parse(revokedAt) <= Date.parse(at)) return 'filing-certificate-revoked';
  return { isTrusted, notRevokedBy: list.from };
}

/** Whether what was signed with a filing is what its event says, as far as that is shown. */
function isOver({ pathway, adjusts, filer, investor }: FiledOver, shown: Readonly<Record<string, unknown>>): boolean {
  const { personId } = (shown['payload.investor'] ?? {}) as { readonly personId?: unknown };
  const licensed = shown['payload.adjusts'] as { readonly case?: unknown } | undefined;
  const isSame = (signed: string | null, said: unknown) => said === undefined || signed === said;
  return (
    isSame(investor, personId) &&
    isSame(filer, shown['actor.id']) &&
    (shown['payload.pathway'] === undefined ||
      ((pathway === null || pathway === shown['payload.pathway']) && adjusts === (licensed?.case ?? null)))
  );
}

/** Whether what is kept of a certificate is of this one: the hash, the key, the time. */
const isOf = (kept: FilingSignature, { id, key, from, until }: Certificate): boolean =>
  kept.certificate === id &&
  kept.key.n === key.n &&
  kept.key.e === key.e &&
  Date.parse(kept.from) === Date.parse(from) &&
  Date.parse(kept.until) === Date.parse(until);
