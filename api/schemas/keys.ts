import { z } from 'zod';
import { keyUses, revocationReasons } from '../../domain/evidence/key-period.js';
import { keysFormat } from '../../domain/evidence/trusted-keys.js';
import { Instant } from './common.js';

/** A public Ed25519 key (RFC 8037). */
export const Jwk = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  kid: z.string().describe('As signatures name it: the start of the SHA-256 of the public key (SPKI, DER)'),
  alg: z.literal('EdDSA'),
  use: z.literal('sig'),
});

/** A public RSA key (RFC 7518). */
const RsaJwk = z.strictObject({ kty: z.literal('RSA'), n: z.string(), e: z.string() });

export const PublishedKeys = z
  .strictObject({
    format: z.literal(keysFormat),
    keys: z.array(
      z.strictObject({
        id: z.string(),
        use: z.enum(keyUses).describe('Decisions and roots; states of the log; that a witness saw one; papers (PAdES)'),
        from: Instant,
        until: Instant.nullable().describe('null: no end is set'),
        revoked: z
          .strictObject({ at: Instant, reason: z.enum(revocationReasons) })
          .nullable()
          .describe('From `at` on nothing counts that it signs'),
        jwk: z
          .discriminatedUnion('kty', [Jwk, RsaJwk])
          .optional()
          .describe(
            'Ed25519; of a seal the RSA key of its certificate, by which QR codes of papers are checked offline',
          ),
        verifier: z
          .string()
          .optional()
          .describe('Of a log or a witness: its key as signed notes name it (C2SP signed-note)'),
        certificate: z.string().optional().describe('Of a seal: PEM'),
      }),
    ),
  })
  .meta({ id: 'PublishedKeys' });
