import { z } from 'zod';
import { type ApiDeps } from '../deps.js';
import { addressLimiter } from '../http/limits.js';
import { defineRoute } from '../http/route.js';
import { Jwk, PublishedKeys } from '../schemas/keys.js';
import { keySet, publishedKeys } from '../views/keys.js';

const SealCertificates = z
  .strictObject({ certificates: z.array(z.string().startsWith('-----BEGIN CERTIFICATE-----')).max(10) })
  .meta({ id: 'SealCertificates', description: 'Certificates as PEM' });

const SigningKeys = z
  .strictObject({
    keys: z.array(Jwk).describe('The newest first; an old one stays, for what it has signed'),
  })
  .meta({ id: 'SigningKeys', description: 'A JSON Web Key Set (RFC 7517, RFC 8037)' });

const anyone = { kind: 'anyone' } as const;

/** The keys by which anybody checks what this installation signed. */
export function keyRoutes({ pool, limits, requestCounts, seal }: ApiDeps) {
  const limiter = addressLimiter({ name: 'public', perMinute: limits.publicPerMinute, shared: requestCounts }).limit;
  return [
    defineRoute({
      method: 'get',
      path: '/public/signing-keys',
      tag: 'Public',
      summary:
        'Every key that has signed for this installation, from when until when it may, and whether it was revoked',
      description:
        'The same as `/.well-known/luong-xanh-keys.json`, which `npm run verify-proof -- FILE --keys` and the page `/verify` take. Nothing counts that a key signed after its end; ' +
        'of a compromised one nothing counts whose time only it tells. Keep a copy: whoever could change the register could change this list.',
      auth: anyone,
      limiter,
      responses: { 200: { description: 'The keys, the newest first', schema: PublishedKeys } },
      handler: async ({ reply }) => reply(200, await publishedKeys(pool)),
    }),
    defineRoute({
      method: 'get',
      path: '/public/keys',
      tag: 'Public',
      summary: 'The public keys of the signatures on decisions and on roots of the evidence',
      description:
        'A signature of a root is over its 32 bytes, that of a decision over its record as RFC 8785 text. Write `kid` down elsewhere: whoever could change ' +
        'the register could change this list.',
      auth: anyone,
      limiter,
      responses: { 200: { description: 'A key set', schema: SigningKeys } },
      handler: async ({ reply }) => reply(200, await keySet(pool, 'signature')),
    }),
    defineRoute({
      method: 'get',
      path: '/public/seal',
      tag: 'Public',
      summary:
        'The certificates of the seal on papers (PAdES), its own first, the root last; none: papers carry no seal',
      description:
        'Any program that checks signed PDF files can be told to trust the root. Take it from who vouches for the City, too: whoever could change this ' +
        'server could change this list.',
      auth: anyone,
      limiter,
      responses: { 200: { description: 'PEM', schema: SealCertificates } },
      handler: ({ reply }) => Promise.resolve(reply(200, { certificates: [...(seal?.chain ?? [])] })),
    }),
  ];
}
