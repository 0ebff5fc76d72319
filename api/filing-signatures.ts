import { type z } from 'zod';
import type pg from 'pg';
import { isOfEnterprise } from '../db/people/enterprises.js';
import { type Attachments } from '../db/register/door.js';
import { type Certificate, certificatesFrom } from '../domain/evidence/certificate.js';
import {
  type FiledOver,
  type FilingSignature,
  filingSignatureText,
  isFilingSigned,
} from '../domain/evidence/filing-signature.js';
import { skewMs } from '../domain/evidence/key-period.js';
import { type RevocationList, standingOf } from '../domain/evidence/revocations.js';
import { isStrong } from '../domain/evidence/rsa.js';
import { refuse } from '../domain/errors.js';
import { type Instant } from '../domain/time/instants.js';
import { enterpriseOf, vietnameseRegistration } from '../domain/lane/enterprise.js';
import { type AnyFiling } from '../domain/schemas/trial.js';
import { type GivenSignature, type SignedFiling } from './schemas/filing-signature.js';

/** Where investors have keys that they do not hold themselves: a remote signing service, which asks the holder before it signs. */
export interface SigningAccounts {
  /** Whom certificates are trusted of, and those through which they give them. */
  readonly authorities: readonly Certificate[];
  /** What they revoked, as of now. */
  revocations(): Promise<readonly RevocationList[]>;
  /** A signature (RSASSA-PKCS1-v1_5, SHA-256) with the key of this holder, and its certificate, PEM. Refuses `SIGNING_UNAVAILABLE`. */
  sign(holder: string, bytes: Uint8Array): Promise<{ readonly signature: Uint8Array; readonly certificate: string }>;
}

/** A filing as it is signed: what was chosen with it, and whose it is. */
interface ToSign {
  readonly filing: AnyFiling;
  readonly filingHash: string;
  readonly over: FiledOver;
}

const factsOf = (filing: AnyFiling) => {
  const { country, registrationNumber } = filing.kind === 'sandbox' ? filing.applicant : filing.investor;
  return { 'investor.country': country, 'investor.registrationNumber': registrationNumber };
};

/**
 * How certificates name whoever files: the number of the enterprise in Viet Nam, or, where there is none yet, the account here. The form of both is that of the stand-in:
 * no text on the subjects of certificates was read (verified: false).
 */
function holderOf({ filing, over }: ToSign): string {
  const number = vietnameseRegistration(factsOf(filing));
  return number === null ? `ID:${over.investor}` : `MST:${number}`;
}

/**
 * Has the filing signed by its holder's account. Of an enterprise only for its people: whom the sign-on vouches for, who acts for its organisation, or for somebody of
 * these. Refuses `ENTERPRISE_NOT_VOUCHED`.
 */
export async function signFiling(
  { pool, signing }: { readonly pool: pg.Pool; readonly signing?: SigningAccounts | undefined },
  toSign: ToSign,
): Promise<z.input<typeof SignedFiling>> {
  if (!signing) return refuse('SIGNING_UNAVAILABLE', { configured: false });
  const { filing, filingHash, over } = toSign;
  const isEnterprise = vietnameseRegistration(factsOf(filing)) !== null;
  const enterprise = enterpriseOf(factsOf(filing));
  if (isEnterprise && enterprise !== null && !(await isOfEnterprise(pool, [over.filer, over.investor], enterprise)))
    refuse('ENTERPRISE_NOT_VOUCHED', { enterprise });
  const text = filingSignatureText(filingHash, over);
  const { signature, certificate } = await signing.sign(holderOf(toSign), new TextEncoder().encode(text));
  return { filingHash, text, signature: { signature: Buffer.from(signature).toString('base64url'), certificate } };
}

/** What comes with a filing of either kind. */
export interface FiledWith {
  /** It was written there, and is filed in the same transaction. */
  readonly draft?: Attachments['draft'];
  readonly signature?: z.output<typeof GivenSignature> | undefined;
}

/**
 * The signature of a filing as it is kept. Refuses `FILING_SIGNATURE_INVALID` with the reason, and `SIGNING_UNAVAILABLE` where nobody can say what was revoked; nothing
 * is filed then.
 */
export async function signedBy(
  accounts: SigningAccounts | undefined,
  given: z.output<typeof GivenSignature>,
  toSign: ToSign,
): Promise<FilingSignature & { readonly holder: string }> {
  if (!accounts) return refuse('SIGNING_UNAVAILABLE', { configured: false });
  const lists = await accounts.revocations();
  // Certificates hold in the time of the world, also where the register rehearses another one.
  const now = new Date().toISOString();
  const [certificate] = certificatesFrom(given.certificate) ?? [];
  if (!certificate) return wrong('unreadable');
  const revocations = heldAgainst(certificate, accounts.authorities, lists, now);
  const { from, until, subject, key } = certificate;
  if (subject.number !== holderOf(toSign)) return wrong('not-yours');
  if (!isStrong(key)) return wrong('weak-key');
  const signed: FilingSignature = {
    kind: 'certificate',
    signature: given.signature,
    key,
    certificate: certificate.id,
    from,
    until,
    over: toSign.over,
    revocations,
  };
  if (!isFilingSigned(signed, toSign.filingHash, now)) return wrong('other-filing');
  return { ...signed, holder: given.certificate };
}

const wrong = (
  reason: 'unreadable' | 'weak-key' | 'untrusted' | 'expired' | 'revoked' | 'not-yours' | 'other-filing',
): never => refuse('FILING_SIGNATURE_INVALID', { reason });

/** The list that does not have it. Refuses a certificate that nobody trusted gave, that has ended, or that was revoked. */
function heldAgainst(
  certificate: Certificate,
  authorities: readonly Certificate[],
  lists: readonly RevocationList[],
  now: Instant,
): NonNullable<FilingSignature['revocations']> {
  const standing = standingOf(certificate, authorities, lists, now);
  if (!standing || certificate.isAuthority) return wrong('untrusted');
  const at = Date.parse(now);
  // It is recorded a little later, by another clock.
  if (at < Date.parse(certificate.from) || at + skewMs > Date.parse(certificate.until)) return wrong('expired');
  if (standing === 'silent') return refuse('SIGNING_UNAVAILABLE', { revocations: 'unknown' });
  if (standing.revokedAt !== null) return wrong('revoked');
  return { list: standing.list.id, from: standing.list.from };
}
