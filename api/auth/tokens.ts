import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { Refusal } from '../../domain/errors.js';

/** What a valid access token says: who, and which scopes it opens. Role and agency come from the register. */
export interface Identity {
  readonly subject: string;
  readonly scopes: ReadonlySet<string>;
}

/** Verifies a bearer token. Refuses UNAUTHENTICATED, TOKEN_EXPIRED, and OVERLOADED while the issuer's keys cannot be had. */
export type VerifyToken = (token: string) => Promise<Identity>;

// Asymmetric only: a key set that is public must never verify an HMAC.
const algorithms = ['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA'];
const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });
const Claims = z.object({ sub: z.string().min(1).max(200), scope: z.string().max(2000).default('') });

/**
 * Access tokens (RFC 9068) of one issuer for one audience, by the keys its discovery document names. `internalUrl`: where this process reaches the issuer if not under
 * its own name. Times are real.
 */
export function createTokenVerifier(options: {
  issuer: string;
  internalUrl?: string | undefined;
  audience: string;
}): VerifyToken {
  const { issuer, internalUrl = issuer, audience } = options;
  const reached = (address: string): URL => {
    const { origin, pathname, search } = new URL(address);
    return new URL(pathname + search, origin === new URL(issuer).origin ? internalUrl : origin);
  };
  const keys = once(async (): Promise<JWTVerifyGetKey> => {
    const address = reached(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`).href;
    const response = await fetch(address, { signal: AbortSignal.timeout(3_000), redirect: 'error' });
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    const found = Discovery.parse(await response.json());
    if (found.issuer !== issuer) throw new Error(`${address} speaks for ${found.issuer}`);
    return createRemoteJWKSet(reached(found.jwks_uri), { timeoutDuration: 3_000, cooldownDuration: 5_000 });
  });
  return async (token) => {
    let verified;
    try {
      verified = await jwtVerify(token, await keys(), {
        issuer,
        audience,
        algorithms,
        typ: 'at+jwt',
        requiredClaims: ['exp', 'iat', 'sub'],
        clockTolerance: 5,
      });
    } catch (error) {
      throw asRefusal(error);
    }
    const claims = Claims.safeParse(verified.payload);
    if (!claims.success) throw new Refusal('UNAUTHENTICATED');
    const { sub, scope } = claims.data;
    return { subject: sub, scopes: new Set(scope.split(' ').filter(Boolean)) };
  };
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof errors.JWTExpired) return new Refusal('TOKEN_EXPIRED');
  // Without keys nobody can be known; that is an outage, not the caller's fault.
  const ours = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout);
  if (ours && error.code !== 'ERR_JOSE_GENERIC') return new Refusal('UNAUTHENTICATED');
  const outage = new Refusal('OVERLOADED');
  outage.cause = error;
  return outage;
}

/** Runs it until it succeeds once; callers at the same time share one attempt. */
function once<T>(run: () => Promise<T>): () => Promise<T> {
  let attempt: Promise<T> | undefined;
  return () => {
    attempt ??= run().catch((error: unknown) => {
      attempt = undefined;
      throw error;
    });
    return attempt;
  };
}
