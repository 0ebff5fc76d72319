import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { chainOf, type Enclosure, type Sealed, type SealJob, type SealLevel, type SealOptions } from './pades.js';

/** Seals papers (PAdES): a key of this installation here, the City's seal service in production. */
export interface Seal {
  /** SHA-256 of its certificate, hex. */
  readonly certificate: string;
  /** Certificates of the seal and of who vouches for it, the seal's first (PEM). */
  readonly chain: readonly string[];
  /** From when until when its certificate holds. */
  readonly from: string;
  readonly until: string;
  /** A signature over bytes with the key of the seal (RSASSA-PKCS1-v1_5, SHA-256). */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
  /** The most that its seals prove. */
  readonly best: SealLevel;
  seal(
    pdf: Uint8Array,
    about: { readonly reason: string; readonly agency: string },
    enclosures: readonly Enclosure[],
  ): Promise<Sealed>;
}

/** A seal with a key and certificates that lie here, its work done by `run`. Throws where they do not belong together. */
export function createSeal(options: SealOptions, run: (job: SealJob) => Promise<Sealed>): Seal {
  const chain = chainOf(options.certificates);
  const own = chain[0] === undefined ? undefined : new X509Certificate(chain[0]);
  if (!own?.checkPrivateKey(createPrivateKey(options.key)))
    throw new Error('the certificate of the seal is not that of its key');
  return {
    certificate: own.fingerprint256.replaceAll(':', '').toLowerCase(),
    chain,
    from: new Date(own.validFrom).toISOString(),
    until: new Date(own.validTo).toISOString(),
    sign: (bytes) => Promise.resolve(sign('sha256', bytes, options.key)),
    best: options.timestampUrl === undefined ? 'B-B' : 'B-LTA',
    seal: (pdf, { reason, agency }, enclosures) => run({ options, pdf, reason, agency, enclosures }),
  };
}
