import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { type z } from 'zod';
import type pg from 'pg';
import { isOfEnterprise } from '../db/people/enterprises.js';
import { type Attachments } from '../db/register/door.js';
import {
  type FiledOver,
  type FilingSignature,
  filingSignatureText,
  isFilingSigned,
} from '../domain/evidence/filing-signature.js';
import { skewMs } from '../domain/evidence/key-period.js';
import { isStrong } from '../domain/evidence/rsa.js';
import { refuse } from '../domain/errors.js';
import { enterpriseOf, vietnameseRegistration } from '../domain/lane/enterprise.js';
import { type AnyFiling } from '../domain/schemas/trial.js';
import { type GivenSignature, type SignedFiling } from './schemas/filing-signature.js';

/** Where investors have keys that they do not hold themselves: a remote signing service, which asks the holder before it signs. */
export interface SigningAccounts {
  /** Whom certificates are trusted of, PEM. */
  readonly roots: readonly string[];
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

/** The signature of a filing as it is kept. Refuses `FILING_SIGNATURE_INVALID` with the reason; nothing is filed then. */
export function signedBy(
  accounts: SigningAccounts | undefined,
  given: z.output<typeof GivenSignature>,
  toSign: ToSign,
): FilingSignature & { readonly holder: string } {
  // Certificates hold in the time of the world, also where the register rehearses another one.
  const now = new Date();
  const wrong = (reason: 'unreadable' | 'weak-key' | 'untrusted' | 'expired' | 'not-yours' | 'other-filing') =>
    refuse('FILING_SIGNATURE_INVALID', { reason });
  if (!accounts) return refuse('SIGNING_UNAVAILABLE', { configured: false });
  const certificate = certificateFrom(given.certificate) ?? wrong('unreadable');
  const roots = accounts.roots.map((pem) => new X509Certificate(pem));
  const isOfThem = roots.some((root) => certificate.checkIssued(root) && certificate.verify(root.publicKey));
  if (!isOfThem || certificate.ca) return wrong('untrusted');
  const [from, until] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  // It is recorded a little later, by another clock.
  if (now < from || now.getTime() + skewMs > until.getTime()) return wrong('expired');
  const { serialNumber } = certificate.toLegacyObject().subject as { readonly serialNumber?: unknown };
  if (serialNumber !== holderOf(toSign)) return wrong('not-yours');
  const { n, e } = createPublicKey(certificate.publicKey.export({ type: 'spki', format: 'pem' })).export({
    format: 'jwk',
  });
  if (n === undefined || e === undefined) return wrong('unreadable');
  if (!isStrong({ n, e })) return wrong('weak-key');
  const signed: FilingSignature = {
    kind: 'certificate',
    signature: given.signature,
    key: { n, e },
    certificate: createHash('sha256').update(certificate.raw).digest('hex'),
    from: from.toISOString(),
    until: until.toISOString(),
    over: toSign.over,
  };
  if (!isFilingSigned(signed, toSign.filingHash, now.toISOString())) return wrong('other-filing');
  return { ...signed, holder: given.certificate };
}

function certificateFrom(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined; // Asked for: is it one?
  }
}
