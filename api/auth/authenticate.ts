import { type Request } from 'express';
import { findCaller, findSignedOn } from '../../db/people/people.js';
import { scopesOfRole } from '../../domain/people/access-scopes.js';
import { type Assurance } from '../../domain/people/assurance.js';
import { refuse } from '../../domain/errors.js';
import { type Instant } from '../../domain/time/instants.js';
import { type ApiDeps } from '../deps.js';
import { assuranceOfSession, comesFromUs, idOfSession, isWall, personOfSession } from '../sign-in/sessions.js';
import { type Person, type SignIn } from './person.js';

export interface Caller {
  readonly person: Person;
  readonly signIn: SignIn;
  /** What the token opens, at most what the person's role in the register may have. */
  readonly scopes: ReadonlySet<string>;
  /** Business time when they were known: before their request was read, so no act is dated by it. */
  readonly askedAt: Instant;
}

const known = (person: Person, assurance: Assurance | undefined): Person =>
  assurance === undefined ? person : { ...person, assurance };

/** What a screen on a wall reads, beside what anybody may. */
const ofWall = /^\/(dashboard\/[a-z]+|me)$/;

/**
 * Who calls: a valid token, or else a session of the pages, names somebody the register knows. Refuses UNAUTHENTICATED and TOKEN_EXPIRED, and CROSS_SITE what a
 * session was to write by somebody else's page.
 */
export function createAuthenticator({
  verifyToken,
  pool,
  publicUrl,
}: Pick<ApiDeps, 'verifyToken' | 'pool' | 'publicUrl'>) {
  return async (request: Request): Promise<Caller> => {
    const signedIn = request.get('Authorization') === undefined ? personOfSession(request) : undefined;
    if (signedIn !== undefined) {
      if (request.method !== 'GET' && !comesFromUs(request, publicUrl)) refuse('CROSS_SITE');
      if (isWall(request) && !(request.method === 'GET' && ofWall.test(request.path)))
        refuse('FORBIDDEN', { session: 'wall' });
      const caller = await findCaller(pool, signedIn);
      if (!caller) return refuse('UNAUTHENTICATED');
      const { person, askedAt } = caller;
      return {
        person: known(person, assuranceOfSession(request)),
        signIn: { session: idOfSession(request) },
        scopes: new Set(scopesOfRole[person.role]),
        askedAt,
      };
    }
    const [, token] = /^Bearer +([\w.~+/-]+=*)$/i.exec(request.get('Authorization') ?? '') ?? [];
    if (token === undefined) return refuse('UNAUTHENTICATED');
    const { subject, scopes, assurance, endsAt } = await verifyToken(token);
    const caller = await findSignedOn(pool, subject);
    if (!caller) return refuse('UNAUTHENTICATED');
    const { person, askedAt } = caller;
    const allowed: ReadonlySet<string> = new Set(scopesOfRole[person.role]);
    const open = scopes ? new Set([...scopes].filter((scope) => allowed.has(scope))) : allowed;
    return { person: known(person, assurance), signIn: { endsAt }, scopes: open, askedAt };
  };
}
