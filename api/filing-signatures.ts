import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { type z } from 'zod';
import { type Attachments } from '../db/register/door.js';
import { type FilingSignature, filingSignatureBytes, isFilingSigned } from '../domain/evidence/filing-signature.js';
import { skewMs } from '../domain/evidence/key-period.js';
import { isStrong } from '../domain/evidence/rsa.js';
import { refuse } from '../domain/errors.js';
import { type AnyFiling } from '../domain/schemas/trial.js';
import { type GivenSignature } from './schemas/filing-signature.js';

/** Where investors have keys that they do not hold themselves: a remote signing service, which asks the holder before it signs. */
export interface SigningAccounts {
  /** Whom certificates are trusted of, PEM. */
  readonly roots: readonly string[];
  /** A signature (RSASSA-PKCS1-v1_5, SHA-256) with the key of this holder, and its certificate, PEM. Refuses `SIGNING_UNAVAILABLE`. */
  sign(holder: string, bytes: Uint8Array): Promise<{ readonly signature: Uint8Array; readonly certificate: string }>;
}

/**
 * How certificates name whoever files: the number of the enterprise, or, where there is none yet, the account here. The form of both is that of the stand-in: no text on
 * the subjects of certificates was read (verified: false).
 */
export const holderOf = (filing: AnyFiling, personId: string): string => {
  const { registrationNumber } = filing.kind === 'sandbox' ? filing.applicant : filing.investor;
  return registrationNumber === null ? `ID:${personId}` : `MST:${registrationNumber}`;
};

/** Has the filing signed by its holder's account. */
export async function signFiling(
  accounts: SigningAccounts | undefined,
  { holder, filingHash }: { readonly holder: string; readonly filingHash: string },
): Promise<z.input<typeof GivenSignature>> {
  if (!accounts) return refuse('SIGNING_UNAVAILABLE', { configured: false });
  const { signature, certificate } = await accounts.sign(holder, filingSignatureBytes(filingHash));
  return { signature: Buffer.from(signature).toString('base64url'), certificate };
}

/** What comes with a filing of either kind. */
export interface FiledWith {
  /** It was written there, and is filed in the same transaction. */
  readonly draft?: Attachments['draft'];
  readonly signature?: z.output<typeof GivenSignature> | undefined;
}

/** The signature of a filing as it is kept. Refuses `FILING_SIGNATURE_INVALID`. */
export const signedBy = (
  accounts: SigningAccounts | undefined,
  given: {
    readonly signature: z.output<typeof GivenSignature>;
    readonly filing: AnyFiling;
    readonly filingHash: string;
    readonly investor: string;
  },
) =>
  checkedSignature(accounts, given.signature, {
    holder: holderOf(given.filing, given.investor),
    filingHash: given.filingHash,
    // Certificates hold in the time of the world, also where the register rehearses another one.
    now: new Date(),
  });

/** What is kept of a signature. Refuses `FILING_SIGNATURE_INVALID` with the reason; nothing is filed then. */
export function checkedSignature(
  accounts: SigningAccounts | undefined,
  given: z.output<typeof GivenSignature>,
  { holder, filingHash, now }: { readonly holder: string; readonly filingHash: string; readonly now: Date },
): FilingSignature & { readonly holder: string } {
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
  if (serialNumber !== holder) return wrong('not-yours');
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
  };
  if (!isFilingSigned(signed, filingHash, now.toISOString())) return wrong('other-filing');
  return { ...signed, holder: given.certificate };
}

function certificateFrom(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined; // Asked for: is it one?
  }
}
