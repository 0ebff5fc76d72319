import { z } from 'zod';
import { Instant } from './common.js';

/** The signature of a filing as it is given with it. */
export const GivenSignature = z
  .strictObject({
    signature: z
      .string()
      .regex(/^[A-Za-z0-9_-]{342,1366}$/)
      .describe(
        'RSASSA-PKCS1-v1_5 with SHA-256 over the line `luong-xanh-filing/1 {…}` and its end, base64url; behind the name, as RFC 8785 text: `filing` (SHA-256 of the filing), `pathway` and `adjusts` (the case) as chosen or null, `filer` and `investor` (accounts)',
      ),
    certificate: z
      .string()
      .max(8_000)
      .regex(/^-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*$/)
      .describe(
        'Of whoever signed, PEM: given by an authority that the City trusts, for the enterprise or the account that files',
      ),
  })
  .meta({ id: 'FilingSignatureGiven' });

/** A filing as it was signed by the account of its holder: `signature` is given with the filing. */
export const SignedFiling = z
  .strictObject({
    filingHash: z.string().describe('SHA-256 of the filing as RFC 8785 text, hexadecimal'),
    text: z.string().describe('The line that was signed, with its end'),
    signature: GivenSignature,
  })
  .meta({ id: 'SignedFiling' });

/** What the register keeps of it. */
export const KeptSignature = z
  .strictObject({
    kind: z.literal('certificate'),
    certificate: z.string().describe('SHA-256 of the certificate, hexadecimal'),
    from: Instant,
    until: Instant,
  })
  .meta({ id: 'FilingSignature', description: 'Signed by whoever filed, with a certificate of theirs' });
