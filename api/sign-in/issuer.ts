import * as oidc from 'openid-client';
import { type Assurance } from '../../domain/people/assurance.js';
import { assuranceIn, claimIn, type TokenClaims } from '../auth/tokens.js';

/** Where a browser goes to sign in, and what its answer is checked against. */
export interface SignInRequest {
  readonly url: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Who has signed in, and how surely the issuer says it knows them. */
interface SignedIn {
  readonly subject: string;
  readonly assurance: Assurance | undefined;
}

/** The City's sign-on, as the pages use it: authorization code with PKCE, by a public client. */
export interface Issuer {
  /** `afresh`: whoever is still signed in there has to say again who they are. */
  begin(language: 'vi' | 'en', afresh: boolean): Promise<SignInRequest>;
  /** Who has signed in, by the address to which the issuer sent the browser. Throws where it was not asked for, or was altered. */
  finish(returned: URL, asked: Omit<SignInRequest, 'url'>): Promise<SignedIn>;
  /** Where the issuer's own session ends, and leads back to the pages. */
  endUrl(): Promise<string>;
}

interface IssuerOptions {
  readonly issuer: string;
  /** Where this process reaches the issuer if not under its own name (containers). */
  readonly internalUrl?: string | undefined;
  readonly publicUrl: string;
  /** As whom the pages ask; without a secret a public client. Default: `luong-xanh-web`. */
  readonly client?: { readonly id: string; readonly secret?: string | undefined };
  /** Claim of the ID token that holds the person's id in the register. Default: `sub`. */
  readonly subjectClaim?: string;
  /** Where the ID token says how surely the issuer knows them. */
  readonly assurance?: Pick<TokenClaims, 'assurance' | 'assuranceMap'>;
}

export function createIssuer({
  issuer,
  internalUrl,
  publicUrl,
  client = { id: 'luong-xanh-web' },
  subjectClaim = 'sub',
  assurance = {},
}: IssuerOptions): Issuer {
  const callback = new URL('/login/callback', publicUrl).href;
  const inside: oidc.CustomFetch = (url, init) => {
    const target = new URL(url);
    const reached = internalUrl === undefined ? target : new URL(target.pathname + target.search, internalUrl);
    return fetch(reached, init as RequestInit);
  };
  const authentication = client.secret === undefined ? oidc.None() : oidc.ClientSecretBasic(client.secret);
  const discover = () =>
    oidc.discovery(new URL(issuer), client.id, undefined, authentication, {
      [oidc.customFetch]: inside,
      timeout: 5,
      // A stand-in on this machine has no TLS.
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- not deprecated: marked so that it stands out
      ...(issuer.startsWith('http:') && { execute: [oidc.allowInsecureRequests] }),
    });
  let known: Promise<oidc.Configuration> | undefined;
  const configuration = () => {
    known ??= discover().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    begin: async (language, afresh) => {
      const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
      const url = oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: callback,
        scope: 'openid',
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ui_locales: language,
        ...(afresh && { prompt: 'login' }),
        state,
        nonce,
      });
      return { url: url.href, state, nonce, verifier };
    },
    finish: async (returned, { state, nonce, verifier }) => {
      const tokens = await oidc.authorizationCodeGrant(await configuration(), returned, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const subject = claimIn({ ...tokens.claims() }, subjectClaim);
      if (typeof subject !== 'string' || subject === '') throw new Error('The issuer names nobody');
      return { subject, assurance: assuranceIn({ ...tokens.claims() }, assurance) };
    },
    endUrl: async () =>
      oidc.buildEndSessionUrl(await configuration(), { post_logout_redirect_uri: new URL('/', publicUrl).href }).href,
  };
}
