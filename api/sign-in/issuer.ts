import * as oidc from 'openid-client';
import { z } from 'zod';
import { type AccountRole, accountRoles, type NewAccount } from '../../domain/people/accounts.js';
import { enterpriseOf, isOfDependentUnit } from '../../domain/lane/enterprise.js';
import { type Vouched } from '../../db/people/organisations.js';
import { line } from '../../domain/schemas/text.js';
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
  /** What an account of theirs would say, where the issuer vouches for an investor or a representative by name and address. */
  readonly account: Omit<NewAccount, 'language'> | undefined;
  /** For which enterprise the issuer vouches of them; null: for none. Undefined: it is not asked. */
  readonly enterprise: Vouched | null | undefined;
  /** For how many days that holds. */
  readonly enterpriseDays: number | undefined;
}

/** Where the ID token says that somebody may have an account here. */
export interface AccountClaims {
  readonly claim: string;
  /** What the issuer's values of that claim are here; left out: `investor` and `representative` themselves. */
  readonly roles?: Readonly<Record<string, AccountRole>>;
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
  /** Left out: nobody has an account by signing in. */
  readonly accounts?: AccountClaims | undefined;
  /** Claim of the ID token that holds the enterprise of whoever signs in, and how many days that holds; left out: the issuer vouches for none. */
  readonly enterprises?: { readonly claim: string; readonly days: number } | undefined;
}

const Named = z.object({ name: line(300), email: z.email().max(200) });

/** What the claims say of somebody who may have an account; undefined where they vouch for nobody of that kind, or do not name them. */
function accountIn(
  claims: Readonly<Record<string, unknown>>,
  accounts: AccountClaims | undefined,
): SignedIn['account'] {
  if (accounts === undefined) return undefined;
  const said = claimIn(claims, accounts.claim);
  const roles: Readonly<Record<string, AccountRole>> =
    accounts.roles ?? Object.fromEntries(accountRoles.map((role) => [role, role]));
  const role = typeof said === 'string' && Object.hasOwn(roles, said) ? roles[said] : undefined;
  const named = Named.safeParse(claims);
  // An address that the issuer does not vouch for may be somebody else's.
  const unverified = claims['email_verified'] === false;
  return role === undefined || !named.success || unverified ? undefined : { role, ...named.data };
}

const Enterprise = z.object({
  number: z.string().regex(/^[0-9A-Z][0-9A-Z.\-/]{4,29}$/),
  name: line(300),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('VN'),
});

/** The enterprise in whose name somebody comes: a claim that is not as agreed, or names a dependent unit alone, vouches for nothing. */
export function enterpriseIn(
  claims: Readonly<Record<string, unknown>>,
  claim: string | undefined,
): SignedIn['enterprise'] {
  if (claim === undefined) return undefined;
  const { success, data } = Enterprise.safeParse(claimIn(claims, claim));
  if (!success || isOfDependentUnit(data.country, data.number)) return null;
  const facts = { 'investor.country': data.country, 'investor.registrationNumber': data.number };
  const enterprise = enterpriseOf(facts);
  return enterprise === null ? null : { enterprise, name: data.name };
}

export function createIssuer({
  issuer,
  internalUrl,
  publicUrl,
  client = { id: 'luong-xanh-web' },
  subjectClaim = 'sub',
  assurance = {},
  accounts,
  enterprises,
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
        scope: accounts === undefined && enterprises === undefined ? 'openid' : 'openid profile email',
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
      const claims = { ...tokens.claims() };
      const subject = claimIn(claims, subjectClaim);
      if (typeof subject !== 'string' || subject === '') throw new Error('The issuer names nobody');
      return {
        subject,
        assurance: assuranceIn(claims, assurance),
        account: accountIn(claims, accounts),
        enterprise: enterpriseIn(claims, enterprises?.claim),
        enterpriseDays: enterprises?.days,
      };
    },
    endUrl: async () =>
      oidc.buildEndSessionUrl(await configuration(), { post_logout_redirect_uri: new URL('/', publicUrl).href }).href,
  };
}
