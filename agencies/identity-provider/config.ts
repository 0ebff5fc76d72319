import { z } from 'zod';
import { jsonText, productionEnvironment, secret } from '../../ops/environment.js';

const jwks = jsonText.pipe(
  z.object({
    keys: z.array(z.object({ kty: z.literal('EC'), kid: z.string(), alg: z.literal('ES256') }).loose()).min(1),
  }),
);

/** The environment of the identity provider's process. */
export const identityEnvironment = z.object({
  IDENTITY_HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on'),
  PORT: z.coerce.number().int().min(0).max(65_535).describe('Port to listen on').meta({ inProduction: 'stand-in' }),
  OIDC_ISSUER: z.url().describe('Address under which clients reach it; becomes `iss` of every token'),
  OIDC_AUDIENCE: z.url().describe('Resource indicator of the API; becomes `aud` of every access token'),
  OIDC_ACCOUNTS_FILE: z.string().min(1).describe('JSON list of the demonstration accounts'),
  OIDC_KEYS: secret(jwks.describe('JSON Web Key Set with the private ES256 keys that sign tokens')),
  OIDC_COOKIE_KEY: secret(z.string().min(32).describe('Signs the cookies of the login')),
  OIDC_ACCESS_TOKEN_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(86_400)
    .default(900)
    .describe('Life of an access token'),
  DEMONSTRATION_PASSWORD: secret(z.string().min(8).describe('The one password of every demonstration account')),
  PUBLIC_URL: z
    .url()
    .default('http://127.0.0.1:3000')
    .describe('Address of the pages; their login returns to `/login/callback` there'),
  ...productionEnvironment,
});

/** What `createIdentityProvider` needs: the environment, read. */
export type IdentityConfig = z.infer<typeof identityEnvironment>;
