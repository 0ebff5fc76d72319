import { createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { CryptoKeySigner, HttpTimestampAuthority, PDF } from '@libpdf/core';
import { withMark } from './seal-mark.js';

/**
 * How much a seal proves by itself (ETSI EN 319 142-1): that it was made (B-B), when (B-T), that its certificate held then (B-LT), and all that also once the
 * certificates and methods of today no longer hold (B-LTA: a time stamp over the whole).
 */
export type SealLevel = 'B-B' | 'B-T' | 'B-LT' | 'B-LTA';

/** A file that is put into the paper before it is sealed. */
export interface Enclosure {
  readonly name: string;
  readonly mediaType: string;
  readonly description: string;
  readonly bytes: Uint8Array;
}

/** What seals: a key and certificates that lie here. */
export interface SealOptions {
  /** PKCS #8, PEM; RSA. */
  readonly key: string;
  /** PEM, the seal's own first, the root last. */
  readonly certificates: string;
  /** Who says when (RFC 3161); left out: nobody. */
  readonly timestampUrl?: string | undefined;
  readonly location: string;
}

export interface SealJob {
  readonly options: SealOptions;
  readonly pdf: Uint8Array;
  readonly reason: string;
  /** Whose paper it is, as the mark of the seal names it. */
  readonly agency: string;
  readonly enclosures: readonly Enclosure[];
}

export interface Sealed {
  readonly bytes: Uint8Array;
  readonly level: SealLevel;
  /** Why it proves less than it could. */
  readonly less: readonly string[];
}

const answerMs = 5_000;

/** The certificates of a seal in their order. */
export const chainOf = (certificates: string): string[] =>
  certificates.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];

/** Seals a PDF. Where the authority does not answer it is sealed without what that would say. */
export async function sealPdf({ options, pdf, reason, agency, enclosures }: SealJob): Promise<Sealed> {
  const signer = await signerOf(options);
  const { location, timestampUrl } = options;
  const sealed = async (level: SealLevel): Promise<Uint8Array> => {
    const signingTime = new Date();
    const mark = { sealedBy: holderOf(options.certificates), agency, at: signingTime };
    const paper = await PDF.load(await withMark(pdf, mark));
    for (const { name, bytes, mediaType, description } of enclosures)
      paper.attachments.add(name, bytes, { mimeType: mediaType, description });
    const authority =
      level === 'B-B' || timestampUrl === undefined
        ? undefined
        : new HttpTimestampAuthority(timestampUrl, { timeout: answerMs });
    const kept = level === 'B-LTA' ? 'B-LT' : level;
    const signed = await paper.sign({
      signer,
      reason,
      location,
      signingTime,
      level: kept,
      ...(authority && { timestampAuthority: authority }),
    });
    // Over everything there is, and last: whatever is added later stands outside.
    const { bytes, warnings } =
      level === 'B-LTA' && authority ? await paper.addTimestamp({ timestampAuthority: authority }) : signed;
    const told = [...new Set([...signed.warnings, ...warnings])];
    if (told.length > 0 && level !== 'B-B') throw new Error(told.map(({ message }) => message).join('; '));
    return bytes;
  };
  const less: string[] = [];
  for (const level of timestampUrl === undefined ? [] : (['B-LTA', 'B-LT', 'B-T'] as const)) {
    try {
      return { bytes: await sealed(level), level, less };
    } catch (error) {
      less.push(`${level}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { bytes: await sealed('B-B'), level: 'B-B', less };
}

/** Who the seal says it is: the common name of its certificate. */
const holderOf = (certificates: string): string => {
  const [own = ''] = chainOf(certificates);
  const { subject } = new X509Certificate(own);
  return /CN=([^+\n]+)/.exec(subject)?.[1]?.trim() ?? subject;
};

async function signerOf({ key, certificates }: SealOptions): Promise<CryptoKeySigner> {
  const [own, ...above] = chainOf(certificates).map((pem) => new Uint8Array(new X509Certificate(pem).raw));
  if (!own) throw new Error('a seal without a certificate');
  const secret = await webcrypto.subtle.importKey(
    'pkcs8',
    createPrivateKey(key).export({ type: 'pkcs8', format: 'der' }),
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  return new CryptoKeySigner(secret, own, 'RSA', 'RSASSA-PKCS1-v1_5', above);
}
