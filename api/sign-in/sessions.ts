import connectPgSimple from 'connect-pg-simple';
import { type Request, type RequestHandler } from 'express';
import session from 'express-session';
import { type Pool } from 'pg';
import { type Assurance } from '../../domain/people/assurance.js';
import { isLoopback } from '../../ops/addresses.js';

/** What the answer of the issuer is checked against, and the page to go on with. */
interface SignInUnderWay {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly back: string;
}

declare module 'express-session' {
  interface SessionData {
    /** Id of who is signed in. Role and agency are the register's, read at each call. */
    person: string;
    /** How surely the sign-on knew them; left out: it did not say. */
    assurance: Assurance;
    login: SignInUnderWay;
    /** A screen on a wall: reads the figures, and nothing else. */
    wall: true;
  }
}

/** `__Host-`: sent to this very origin alone, over TLS (or on loopback), never set by a neighbour. */
const cookieName = '__Host-session';
/** As long as the issuer's own session. */
const sessionMs = 8 * 3_600_000;
/** A screen on a wall is signed in anew about once a month. */
export const wallMs = 30 * 86_400_000;

export interface Sessions {
  /** Finds the session of a request that carries its cookie; others are not looked up. */
  readonly find: RequestHandler;
  /** The same, and makes one where there is none. */
  readonly begin: RequestHandler;
}

/** Sessions of the pages, a row each in the register. */
export function createSessions(options: { pool: Pool; secret: string; publicUrl: string }): Sessions {
  const Store = connectPgSimple(session);
  const loopback = isLoopback(new URL(options.publicUrl).hostname);
  const sessions = session({
    name: cookieName,
    secret: options.secret,
    store: new Store({ pool: options.pool, tableName: 'web_session', createTableIfMissing: false }),
    resave: false,
    saveUninitialized: false,
    // Lax: the issuer's redirect comes from another site and has to bring it.
    cookie: { path: '/', httpOnly: true, secure: true, sameSite: 'lax', maxAge: sessionMs },
  });
  const begin: RequestHandler = (request, response, next) => {
    // Browsers take a `Secure` cookie over plain HTTP from loopback, and from nowhere else.
    if (loopback) Object.defineProperty(request, 'secure', { value: true, configurable: true });
    sessions(request, response, next);
  };
  return {
    begin,
    find: (request, response, next) => (carriesSession(request) ? begin(request, response, next) : next()),
  };
}

export const carriesSession = (request: Request): boolean =>
  (request.get('Cookie') ?? '').split(';').some((one) => one.trimStart().startsWith(`${cookieName}=`));

/** Id of who is signed in at the pages; undefined for nobody. */
export const personOfSession = (request: Request): string | undefined =>
  (request as Partial<Pick<Request, 'session'>>).session?.person;

/** The session's own id, which nobody but its browser may know. */
export const idOfSession = (request: Request): string => (request as Pick<Request, 'sessionID'>).sessionID;

/** How surely the sign-on knew who is signed in; undefined where it did not say. */
export const assuranceOfSession = (request: Request): Assurance | undefined =>
  (request as Partial<Pick<Request, 'session'>>).session?.assurance;

/** Whether the session is that of a screen on a wall. */
export const isWall = (request: Request): boolean =>
  (request as Partial<Pick<Request, 'session'>>).session?.wall === true;

/**
 * Whether a request that writes comes from our own pages. A browser sends the cookie with a form of any other origin of this machine, too, and says where it comes
 * from; what says nothing is no browser, and is refused.
 */
export function comesFromUs(request: Request, publicUrl: string): boolean {
  const site = request.get('Sec-Fetch-Site');
  if (site !== undefined) return site === 'same-origin';
  return request.get('Origin') === new URL(publicUrl).origin;
}
