import './node-20.js';
import { timingSafeEqual, createHash } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express } from 'express';
import helmet from 'helmet';
import { errors, Provider } from 'oidc-provider';
import { type Logger } from 'pino';
import { accessScopes, scopesOfRole } from '../../domain/people/access-scopes.js';
import { accountRoles } from '../../domain/people/accounts.js';
import { type Account, newcomer, readAccounts } from './accounts.js';
import { type IdentityConfig } from './config.js';
import { Guesses } from './guesses.js';
import { endPage, errorPage, loginPage, newAccount } from './pages.js';

/** Grant of this stand-in alone: a demonstration account's id and the password, for an access token of the API. No real provider has it. */
export const demonstrationGrant = 'urn:luong-xanh:params:oauth:grant-type:demonstration';

/** How surely it knows its people, as VNeID would say of an account of the second level. */
const demonstrationLevel = '2';

/** Claim of the ID token that says of an investor or a representative that they may have an account: `OIDC_ACCOUNT_CLAIM` of the API. */
export const accountClaim = 'account';

/** Claim of the ID token that says in whose name they come: `OIDC_ENTERPRISE_CLAIM` of the API. */
const enterpriseClaim = 'enterprise';

/** Public clients: the pages (authorization code with PKCE) and `npm run token`. */
export const webClient = 'luong-xanh-web';
export const demonstrationClient = 'luong-xanh-demonstration';

/**
 * The stand-in for VNeID and the City's sign-on: an OpenID provider whose people are the demonstration accounts. Access tokens are JWTs
 * (ES256) for the API; their `sub` is the person's id in the register and their `scope` is at most what the person's role allows.
 */
export function createIdentityProvider(config: IdentityConfig, logger: Logger): Express {
  const accounts = readAccounts(config.OIDC_ACCOUNTS_FILE);
  const provider = createProvider(config, accounts);
  provider.on('server_error', (_context, error) => logger.error({ err: error }, 'identity provider failed'));
  const check = passwordCheck(accounts, config.DEMONSTRATION_PASSWORD);
  registerDemonstrationGrant(provider, accounts, apiResource(config), check);

  const app = express();
  app.disable('x-powered-by');
  // The form's answer leads back to the pages by redirects, which `form-action` covers.
  app.use(
    helmet({
      contentSecurityPolicy: { directives: { 'form-action': ["'self'", new URL(config.PUBLIC_URL).origin] } },
      hsts: false,
    }),
  );
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/interaction/:uid', async (request, response) => {
    const { uid } = await provider.interactionDetails(request, response);
    response
      .type('html')
      .set('Cache-Control', 'no-store')
      .send(loginPage({ action: `/interaction/${uid}`, accounts: accounts.values() }));
  });
  app.post('/interaction/:uid', express.urlencoded({ extended: false, limit: '4kb' }), async (request, response) => {
    const { uid } = await provider.interactionDetails(request, response);
    const fields = (request.body ?? {}) as { account?: unknown; password?: unknown };
    const { account, password } = fields;
    const somebodyNew = account === newAccount ? newcomer(fields) : undefined;
    const failed = typeof account === 'string' ? account : '';
    const { right, waitSeconds } = check(failed, password);
    if (right && (account !== newAccount || somebodyNew !== undefined)) {
      if (somebodyNew) remember(accounts, somebodyNew);
      await provider.interactionFinished(request, response, {
        login: { accountId: somebodyNew?.id ?? failed, remember: false, acr: demonstrationLevel },
      });
      return;
    }
    if (waitSeconds > 0) response.set('Retry-After', String(waitSeconds));
    response
      .status(waitSeconds > 0 ? 429 : right ? 400 : 401)
      .type('html')
      .set('Cache-Control', 'no-store');
    response.send(
      loginPage({ action: `/interaction/${uid}`, accounts: accounts.values(), failed, waitSeconds, unnamed: right }),
    );
  });
  app.use(provider.callback());
  const fail: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
    const known = error instanceof errors.OIDCProviderError;
    // What the parser of the form refuses (too large, not a form) carries its status.
    const { status } = error as { status?: unknown };
    const refused = typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
    if (!known && refused === undefined) logger.error({ err: error }, 'identity provider failed');
    response
      .status(known ? error.statusCode : (refused ?? 500))
      .type('html')
      .send(errorPage(known ? error.error : refused === undefined ? 'server_error' : 'invalid_request'));
  };
  app.use(fail);
  return app;
}

/** Newcomers are kept while the process lives; who comes again after that says the same name and address, and is the same. */
const mostNewcomers = 1_000;

function remember(accounts: Map<string, Account>, account: Account): void {
  const newcomers = [...accounts.keys()].filter((id) => id.startsWith('newcomer.'));
  if (newcomers.length >= mostNewcomers && newcomers[0] !== undefined) accounts.delete(newcomers[0]);
  accounts.set(account.id, account);
}

/** The API as a resource server: audience, scopes and form of its access tokens. */
function apiResource(config: IdentityConfig) {
  return {
    audience: config.OIDC_AUDIENCE,
    scope: accessScopes.join(' '),
    accessTokenFormat: 'jwt',
    accessTokenTTL: config.OIDC_ACCESS_TOKEN_SECONDS,
    jwt: { sign: { alg: 'ES256' } },
  } as const;
}
type ApiResource = ReturnType<typeof apiResource>;

function createProvider(config: IdentityConfig, accounts: ReadonlyMap<string, Account>): Provider {
  const audience = config.OIDC_AUDIENCE;
  return new Provider(config.OIDC_ISSUER, {
    clients: [
      {
        client_id: webClient,
        client_name: 'Luồng Xanh',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: [new URL('/login/callback', config.PUBLIC_URL).href],
        post_logout_redirect_uris: [new URL('/', config.PUBLIC_URL).href],
      },
      {
        client_id: demonstrationClient,
        token_endpoint_auth_method: 'none',
        grant_types: [demonstrationGrant],
        response_types: [],
        redirect_uris: [],
      },
    ],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    jwks: config.OIDC_KEYS,
    cookies: { keys: [config.OIDC_COOKIE_KEY] },
    pkce: { required: () => true },
    scopes: ['openid', 'profile', 'email'],
    claims: { openid: ['sub', 'acr'], profile: ['name', accountClaim, enterpriseClaim], email: ['email'] },
    // The pages have no other use for an access token than to ask for these.
    conformIdTokenClaims: false,
    extraTokenClaims: () => ({ acr: demonstrationLevel }),
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.type = 'html';
          context.body = endPage(form);
        },
        postLogoutSuccessSource: (context) => {
          context.redirect(new URL('/', config.PUBLIC_URL).href);
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => {
          if (resource !== audience) throw new errors.InvalidTarget();
          return apiResource(config);
        },
      },
    },
    ttl: {
      AccessToken: config.OIDC_ACCESS_TOKEN_SECONDS,
      AuthorizationCode: 60,
      Grant: 8 * 3600,
      IdToken: 3600,
      Interaction: 3600,
      Session: 8 * 3600,
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    renderError: (context, { error }) => {
      context.type = 'html';
      context.body = errorPage(error);
    },
    findAccount: (_context, id) => {
      const account = accounts.get(id);
      if (account === undefined) return undefined;
      const { name, email, role, enterprise } = account;
      const vouched = accountRoles.find((one) => one === role);
      return {
        accountId: id,
        claims: () => ({
          ...{ sub: id, name, email },
          ...(vouched && { [accountClaim]: vouched }),
          ...(enterprise && { [enterpriseClaim]: enterprise }),
        }),
      };
    },
    // The pages are our own: nobody is asked for consent. What the role lacks is refused, not asked for either.
    loadExistingGrant: async (context) => {
      const { client, session } = context.oidc;
      const account = accounts.get(session?.accountId ?? '');
      if (client === undefined || account === undefined) return undefined;
      const grant = new context.oidc.provider.Grant({ accountId: account.id, clientId: client.clientId });
      grant.addOIDCScope('openid profile email');
      const allowed: readonly string[] = scopesOfRole[account.role];
      grant.addResourceScope(audience, allowed.join(' '));
      grant.rejectResourceScope(audience, accessScopes.filter((scope) => !allowed.includes(scope)).join(' '));
      await grant.save();
      return grant;
    },
  });
}

function registerDemonstrationGrant(
  provider: Provider,
  accounts: ReadonlyMap<string, Account>,
  resource: ApiResource,
  check: PasswordCheck,
): void {
  provider.registerGrantType<{ username?: string; password?: string }>(
    demonstrationGrant,
    async (context) => {
      const { client, params } = context.oidc;
      const account = accounts.get(params.username ?? '');
      const { right, waitSeconds } = check(params.username ?? '', params.password);
      if (waitSeconds > 0) {
        context.set('Retry-After', String(waitSeconds));
        throw new TooManyGuesses();
      }
      if (account === undefined || !right) throw new errors.InvalidGrant('wrong account or password');
      if (params.resource !== undefined && params.resource !== resource.audience) throw new errors.InvalidTarget();
      const allowed: readonly string[] = scopesOfRole[account.role];
      const asked = params.scope?.split(' ') ?? allowed;
      const scope = asked.filter((each) => allowed.includes(each)).join(' ');
      const grant = new provider.Grant({ accountId: account.id, clientId: client.clientId });
      grant.addResourceScope(resource.audience, scope);
      const token = new provider.AccessToken({
        accountId: account.id,
        client,
        grantId: await grant.save(),
        gty: 'demonstration',
        resourceServer: new provider.ResourceServer(resource.audience, resource),
        scope,
      });
      context.body = {
        access_token: await token.save(),
        token_type: token.tokenType,
        expires_in: token.expiration,
        scope,
      };
    },
    ['username', 'password', 'scope', 'resource'],
  );
}

class TooManyGuesses extends errors.CustomOIDCProviderError {
  override readonly status = 429;
  override readonly statusCode = 429;
  constructor() {
    super('slow_down', 'too many wrong passwords for this account, wait a little');
  }
}

/** `waitSeconds` > 0: too many wrong ones came for this account, and this one was not looked at. */
type PasswordCheck = (account: string, password: unknown) => { readonly right: boolean; readonly waitSeconds: number };

function passwordCheck(accounts: ReadonlyMap<string, Account>, secret: string): PasswordCheck {
  const isRight = matcher(secret);
  const guesses = new Guesses();
  // Names that nobody has share one count: they are as many as whoever guesses likes.
  return (given, password) => {
    const account = given === newAccount || accounts.has(given) ? given : '';
    const waitSeconds = guesses.waitSeconds(account);
    if (waitSeconds > 0) return { right: false, waitSeconds };
    const right = account !== '' && isRight(password);
    if (right) guesses.succeeded(account);
    else guesses.failed(account);
    return { right, waitSeconds: 0 };
  };
}

/** Compares without telling by its time how much was right. */
function matcher(secret: string): (given: unknown) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const right = digest(secret);
  return (given) => typeof given === 'string' && timingSafeEqual(digest(given), right);
}
