import { createPrivateKey, type KeyObject, webcrypto, X509Certificate } from 'node:crypto';
import { CryptoKeySigner, HttpTimestampAuthority, PDF } from '@libpdf/core';

/** How much a seal proves by itself (ETSI EN 319 142-1): that it was made (B-B), when (B-T), and that its certificate held then (B-LT). */
export type SealLevel = 'B-B' | 'B-T' | 'B-LT';

export interface SealedPdf {
  readonly bytes: Buffer;
  readonly level: SealLevel;
}

/** A file that is put into the paper before it is sealed. */
export interface Enclosure {
  readonly name: string;
  readonly mediaType: string;
  readonly description: string;
  readonly bytes: Uint8Array;
}

/** Seals papers (PAdES): a key of this installation here, the City's seal service in production. */
export interface Seal {
  /** SHA-256 of its certificate, hex. */
  readonly certificate: string;
  /** Certificates of the seal and of who vouches for it, the seal's first (PEM). */
  readonly chain: readonly string[];
  /** The most that its seals prove. */
  readonly best: SealLevel;
  /** Where the authority cannot be reached the seal is made without what it would say. */
  seal(pdf: Uint8Array, reason: string, enclosures: readonly Enclosure[]): Promise<SealedPdf>;
}

interface SealOptions {
  /** PKCS #8, PEM; RSA. */
  readonly key: string;
  /** PEM, the seal's own first, the root last. */
  readonly certificates: string;
  /** Who says when (RFC 3161); left out: nobody. */
  readonly timestampUrl?: string | undefined;
  readonly location: string;
  /** Told why a seal has less than could be. */
  readonly onLess?: (reason: unknown) => void;
}

const answerMs = 5_000;

/** A seal with a key and certificates that lie here. Throws where they do not belong together. */
export async function createPadesSeal({
  key,
  certificates,
  timestampUrl,
  location,
  onLess,
}: SealOptions): Promise<Seal> {
  const chain = certificates.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const read = chain.map((pem) => new X509Certificate(pem));
  const [own, ...above] = read;
  const secret = createPrivateKey(key);
  if (!own?.checkPrivateKey(secret)) throw new Error('the certificate of the seal is not that of its key');
  const signer = new CryptoKeySigner(
    await cryptoKey(secret),
    new Uint8Array(own.raw),
    'RSA',
    'RSASSA-PKCS1-v1_5',
    above.map(({ raw }) => new Uint8Array(raw)),
  );
  const sealed = async (pdf: Uint8Array, reason: string, enclosures: readonly Enclosure[], level: SealLevel) => {
    const paper = await PDF.load(pdf);
    for (const { name, bytes, mediaType, description } of enclosures)
      paper.attachments.add(name, bytes, { mimeType: mediaType, description });
    const { bytes } = await paper.sign({
      signer,
      reason,
      location,
      level,
      ...(level !== 'B-B' && timestampUrl !== undefined
        ? { timestampAuthority: new HttpTimestampAuthority(timestampUrl, { timeout: answerMs }) }
        : {}),
    });
    return { bytes: Buffer.from(bytes), level };
  };
  return {
    certificate: own.fingerprint256.replaceAll(':', '').toLowerCase(),
    chain,
    best: timestampUrl === undefined ? 'B-B' : 'B-LT',
    async seal(pdf, reason, enclosures) {
      for (const level of timestampUrl === undefined ? [] : (['B-LT', 'B-T'] as const)) {
        try {
          return await sealed(pdf, reason, enclosures, level);
        } catch (error) {
          onLess?.(error);
        }
      }
      return sealed(pdf, reason, enclosures, 'B-B');
    },
  };
}

const cryptoKey = (key: KeyObject) =>
  webcrypto.subtle.importKey(
    'pkcs8',
    key.export({ type: 'pkcs8', format: 'der' }),
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    false,
    ['sign'],
  );
