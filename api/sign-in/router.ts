import { type Request, type RequestHandler, Router } from 'express';
import { type Pool } from 'pg';
import { type Logger } from 'pino';
import { noteVouched } from '../../db/people/organisations.js';
import { openAccount } from '../../db/people/accounts.js';
import { findPerson, findSignedOn } from '../../db/people/people.js';
import { refuse } from '../../domain/errors.js';
import { isLoopback } from '../../ops/addresses.js';
import { pageLanguageOf } from '../http/language.js';
import { type Issuer } from './issuer.js';
import { scopesOfRole } from '../../domain/people/access-scopes.js';
import { comesFromUs, personOfSession, type Sessions, wallMs } from './sessions.js';

export interface SignInDeps {
  readonly pool: Pool;
  readonly publicUrl: string;
  readonly sessions: Sessions;
  readonly issuer: Issuer;
  readonly logger: Logger;
  /** Answers with a page that says why nobody was signed in, and what to do. */
  readonly explain: (reason: SignInFailure) => RequestHandler;
}

/** `cookie`: the browser brought no session back; `refused`: the issuer signed nobody in; `unknown`: nobody the register knows; `unreachable`: the issuer does not answer. */
export const signInFailures = ['cookie', 'refused', 'unknown', 'unreachable'] as const;
export type SignInFailure = (typeof signInFailures)[number];

/** Sends a browser that came by another name of this machine to the one name under which the session's cookie holds. */
export function oneName(publicUrl: string): RequestHandler {
  const { hostname } = new URL(publicUrl);
  return (request, response, next) => {
    const other = isLoopback(hostname) && isLoopback(request.hostname) && request.hostname !== hostname;
    if (other) response.redirect(308, new URL(request.originalUrl, publicUrl).href);
    else next();
  };
}

/** Only a path of our own: no address, no `//host`. */
const backFrom = (request: Request): string => {
  const { return: back } = request.query;
  return typeof back === 'string' && /^\/(?![/\\])[\x21-\x7e]{0,1000}$/.test(back) ? back : '/start';
};

/** Somebody signed out here. The issuer asks before it ends its own session: until then it would sign the next one in under their name, unasked. */
const signedOut = '__Host-signed-out';
const ofHost = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const;
const hasSignedOut = (request: Request): boolean => (request.get('Cookie') ?? '').includes(`${signedOut}=`);

/** `/login`, `/login/callback`, `/login/wall` (from now on this browser is a screen on a wall), `/logout`. No token reaches the browser, nor is one kept. */
export function signInRouter({ pool, publicUrl, sessions, issuer, logger, explain }: SignInDeps): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.use(['/login', '/logout'], (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });

  router.get('/login', oneName(publicUrl), sessions.begin, async (request, response, next) => {
    const begun = await issuer.begin(pageLanguageOf(request), hasSignedOut(request)).catch((err: unknown) => {
      logger.warn({ err }, 'the issuer is not reached');
      return undefined;
    });
    if (begun === undefined) return void explain('unreachable')(request, response, next);
    const { url, ...asked } = begun;
    request.session.login = { ...asked, back: backFrom(request) };
    // Kept before the browser is away: it may be back at once.
    await saved(request);
    response.redirect(303, url);
  });

  router.get('/login/callback', sessions.begin, async (request, response, next) => {
    const { login } = request.session;
    if (login === undefined) return void explain('cookie')(request, response, next);
    const found = await issuer.finish(new URL(request.originalUrl, publicUrl), login).catch((err: unknown) => {
      logger.warn({ err }, 'nobody was signed in');
      return undefined;
    });
    if (found === undefined) return void explain('refused')(request, response, next);
    const { subject, assurance, account, enterprise, enterpriseDays } = found;
    const language = pageLanguageOf(request);
    const person =
      (await findSignedOn(pool, subject))?.person ??
      (account && (await openAccount(pool, subject, { ...account, language })));
    if (person === undefined) return void explain('unknown')(request, response, next);
    if (enterprise !== undefined && person.role === 'investor')
      await noteVouched(pool, person.id, enterprise, enterpriseDays);
    // A new id: whoever knew the one before sign-in knows nothing.
    await new Promise<void>((resolve, reject) =>
      request.session.regenerate((error?: Error | null) => (error ? reject(error) : resolve())),
    );
    request.session.person = person.id;
    if (assurance !== undefined) request.session.assurance = assurance;
    await saved(request);
    response.clearCookie(signedOut, ofHost);
    response.redirect(303, login.back);
  });

  router.post('/login/wall', sessions.find, async (request, response) => {
    if (!comesFromUs(request, publicUrl)) refuse('CROSS_SITE');
    const id = personOfSession(request);
    const person = id === undefined ? undefined : await findPerson(pool, id);
    if (person === undefined) return refuse('UNAUTHENTICATED');
    if (!scopesOfRole[person.role].includes('dashboard:read')) refuse('FORBIDDEN', { scope: 'dashboard:read' });
    request.session.wall = true;
    request.session.cookie.maxAge = wallMs;
    await saved(request);
    response.json({ until: new Date(Date.now() + wallMs).toISOString() });
  });

  router.post('/logout', sessions.find, async (request, response) => {
    if (!comesFromUs(request, publicUrl)) refuse('CROSS_SITE');
    const next = await issuer.endUrl().catch((err: unknown) => {
      logger.warn({ err }, 'the issuer is not told of the end of a session');
      return '/';
    });
    await new Promise<void>((resolve, reject) => {
      if (request.session === undefined) return resolve();
      request.session.destroy((error?: Error | null) => (error ? reject(error) : resolve()));
    });
    response.clearCookie('__Host-session', ofHost);
    response.cookie(signedOut, '1', ofHost);
    response.json({ next });
  });
  return router;
}

const saved = (request: Request): Promise<void> =>
  new Promise((resolve, reject) => request.session.save((error?: Error | null) => (error ? reject(error) : resolve())));
