import { createHash } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { Refusal } from '../../domain/errors.js';
import { type Assurance, assuranceLevels } from '../../domain/people/assurance.js';
import { keeping } from '../http/kept.js';

/** What a valid access token says: who, and which scopes it opens. Role and agency come from the register. */
export interface Identity {
  readonly subject: string;
  /** Undefined: the issuer says nothing of them, and the person's role does. */
  readonly scopes: ReadonlySet<string> | undefined;
  /** Undefined: the issuer does not say how surely it knows them. */
  readonly assurance: Assurance | undefined;
  /** When the token stops being valid, milliseconds of real time. */
  readonly endsAt: number;
}

/** Verifies a bearer token. Refuses UNAUTHENTICATED, TOKEN_EXPIRED, and OVERLOADED while the issuer's keys cannot be had. */
export type VerifyToken = (token: string) => Promise<Identity>;

// Asymmetric only: a key set that is public must never verify an HMAC.
const algorithms = ['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA'];
const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });
const Subject = z.string().min(1).max(200);
const Scope = z.union([
  z
    .string()
    .max(8_000)
    .transform((words) => words.split(' ')),
  z.array(z.string().max(200)).max(500),
]);

/** How an issuer's tokens say who somebody is and what they open. A claim is named, or by a path (`/a/b`) found inside others. */
export interface TokenClaims {
  /** `typ` of the header. */
  readonly type: string;
  /** Holds the person's id in the register. */
  readonly subject: string;
  /** Holds what the token opens, as words or a list; left out: it does not say, and the person's role does. */
  readonly scope?: string;
  /** What the issuer's values open here; left out: they are our scopes. */
  readonly scopeMap?: Readonly<Record<string, readonly string[]>>;
  /** Holds how surely the issuer knows them; default `acr`. */
  readonly assurance?: string;
  /** What the issuer's values of that claim are here; left out: `1` and `2` themselves. */
  readonly assuranceMap?: Readonly<Record<string, Assurance>>;
}

/**
 * To check a signature takes longer than most requests: a token that was valid is for so long, or until it expires, whichever comes first. So much later a key that its
 * issuer has taken back opens nothing.
 */
const validForMs = 60_000;
const mostKept = 2_000;
const toleranceSeconds = 5;

/** As RFC 9068 has it. */
const usualClaims: TokenClaims = { type: 'at+jwt', subject: 'sub', scope: 'scope' };

/** What a claim holds; undefined where there is none. */
export function claimIn(payload: Readonly<Record<string, unknown>>, name: string): unknown {
  if (!name.startsWith('/')) return payload[name];
  return name
    .slice(1)
    .split('/')
    .reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), payload);
}

/** How surely the claims say that the issuer knows somebody; undefined where they say nothing that we know. */
export function assuranceIn(
  payload: Readonly<Record<string, unknown>>,
  { assurance = 'acr', assuranceMap }: Pick<TokenClaims, 'assurance' | 'assuranceMap'>,
): Assurance | undefined {
  const said = claimIn(payload, assurance);
  if (typeof said !== 'string' && typeof said !== 'number') return undefined;
  if (assuranceMap === undefined) return assuranceLevels.find((level) => String(level) === String(said));
  return Object.hasOwn(assuranceMap, said) ? assuranceMap[said] : undefined;
}

/** What the claims say of scopes: undefined where they say nothing by agreement. */
function scopesIn(payload: Readonly<Record<string, unknown>>, { scope, scopeMap }: TokenClaims) {
  if (scope === undefined) return undefined;
  const { success, data } = Scope.safeParse(claimIn(payload, scope) ?? '');
  if (!success) throw new Refusal('UNAUTHENTICATED');
  const said = data.filter(Boolean);
  return new Set(scopeMap === undefined ? said : said.flatMap((value) => scopeMap[value] ?? []));
}

/**
 * Access tokens of one issuer for one audience, by the keys its discovery document names. `internalUrl`: where this process reaches the issuer if not under
 * its own name. Times are real.
 */
export function createTokenVerifier(options: {
  issuer: string;
  internalUrl?: string | undefined;
  audience: string;
  /** Left out: as RFC 9068 has it. */
  claims?: TokenClaims;
  /** Milliseconds of real time. */
  now?: () => number;
}): VerifyToken {
  const { issuer, internalUrl = issuer, audience, claims = usualClaims, now = Date.now } = options;
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
  const verify = async (token: string): Promise<Identity> => {
    let verified;
    try {
      verified = await jwtVerify(token, await keys(), {
        issuer,
        audience,
        algorithms,
        typ: claims.type,
        requiredClaims: ['exp', 'iat'],
        clockTolerance: toleranceSeconds,
        currentDate: new Date(now()),
      });
    } catch (error) {
      throw asRefusal(error);
    }
    const subject = Subject.safeParse(claimIn(verified.payload, claims.subject));
    if (!subject.success) throw new Refusal('UNAUTHENTICATED');
    return {
      subject: subject.data,
      scopes: scopesIn(verified.payload, claims),
      assurance: assuranceIn(verified.payload, claims),
      endsAt: ((verified.payload.exp ?? 0) + toleranceSeconds) * 1000,
    };
  };
  const kept = keeping<Awaited<ReturnType<typeof verify>>>({ ms: validForMs, most: mostKept, now });
  return async (token) => {
    // By its digest: tokens themselves are not kept.
    const identity = await kept(createHash('sha256').update(token).digest('base64'), () => verify(token));
    if (identity.endsAt <= now()) throw new Refusal('TOKEN_EXPIRED');
    return identity;
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
