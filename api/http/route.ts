import { Readable } from 'node:stream';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { type z } from 'zod';
import { type LoadedLaw } from '../../db/law/law.js';
import { type AccessScope, type PersonRole } from '../../domain/people/access-scopes.js';
import { type ErrorCode, refuse } from '../../domain/errors.js';
import { type LookReason, lookReasons } from '../../domain/people/look-reasons.js';
import { type Instant } from '../../domain/time/instants.js';
import { onBehalfOf } from '../../ops/request-context.js';
import { type Person, type SignIn } from '../auth/person.js';
import { hashOf } from '../hashes.js';
import { rememberCaller } from '../security.js';
import { type Language, languageOf } from './language.js';
import { addressOf } from './limits.js';
import { requestIdOf } from './request-id.js';
import { InvalidRequest, parseAs } from './validation.js';

export interface AccessCall<Params> {
  readonly person: Person;
  readonly params: Params;
  /** Why an official says to look (`X-Reading-Reason`). */
  readonly stated?: LookReason | undefined;
  /** Business time when the caller was known. */
  readonly askedAt: Instant;
}

/**
 * Who may call a route. `person`: someone with a valid token whose scope and role fit; `access` then looks at *this* case or task, before the
 * body is read. `signature`: an agency's system, `device`: a device of a trial's participant; the handler checks their signatures over the bytes received.
 * `anyone`: no login.
 */
export type Auth<Params = never> =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'signature' }
  | { readonly kind: 'device' }
  | {
      readonly kind: 'person';
      readonly roles: readonly PersonRole[];
      /** null: every token will do; of several: any. Nobody carries one that their role may not. */
      readonly scope: AccessScope | readonly AccessScope[] | null;
      /** What it answers is `granted` to the handler. */
      readonly access?: (call: AccessCall<Params>) => Promise<unknown>;
    };

export interface JsonAnswer {
  readonly description: string;
  readonly schema: z.ZodType;
  readonly headers?: Readonly<Record<string, string>>;
}
/** An answer that is no JSON; `content`: its media type, or those it may have (then the handler says which). */
export interface OtherAnswer {
  readonly description: string;
  readonly content: string | readonly string[];
}
type Responses = Readonly<Record<number, JsonAnswer | OtherAnswer>>;

export interface Headers {
  readonly [name: string]: string;
}

type Content<R extends JsonAnswer | OtherAnswer> = R extends { schema: infer Z extends z.ZodType }
  ? z.input<Z>
  : Readable | Buffer | string;

/** Made by `reply` alone, so that status and content are what the contract declares. */
export interface Reply {
  readonly status: number;
  readonly content: unknown;
  readonly headers: Headers;
}

/** What a handler gets: parsed values only, never the raw request's. */
export interface Call<P, Q, B, A, R extends Responses> {
  /** The answer, in the shape the contract gives that status. */
  readonly reply: <S extends keyof R & number>(status: S, content: Content<R[S]>, headers?: Headers) => Reply;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly person: A extends { kind: 'person' } ? Person : null;
  /** How long they are signed in: for what goes on after it was asked for. */
  readonly signIn: A extends { kind: 'person' } ? SignIn : null;
  /** Business time when the caller was known: for what is read. Acts are dated when the register admits them. */
  readonly askedAt: A extends { kind: 'person' } ? Instant : null;
  /** What `access` answered. */
  readonly granted: A extends { access: (...call: never[]) => Promise<infer G> } ? G : undefined;
  /** The Idempotency-Key; empty where the route takes none. */
  readonly key: string;
  /** Of an `own` write: the same request was answered before under its key. */
  readonly repeated: boolean;
  /** The law of this request: one, from when it is first asked for until it is answered. */
  readonly law: () => LoadedLaw;
  /** Of whoever calls, as far as we can tell. */
  readonly address: string;
  /** The concrete path called, part of what an Idempotency-Key is bound to. */
  readonly path: string;
  readonly method: string;
  readonly language: Language;
  readonly header: (name: string) => string | undefined;
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal;
}

/** How the body is taken. `raw`: its bytes, for a signature. `file`: one multipart file, taken by the route's own parser. */
export type BodyKind = 'json' | 'raw' | 'file';

export interface RouteSpec<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends Responses,
  A extends Auth<z.output<P>>,
> {
  readonly method: 'get' | 'post';
  /** OpenAPI's form below the base: `/cases/{code}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly auth: A;
  /** A write: the Idempotency-Key is required. `true`: an act of a case, which the door keeps with its answer; `own`: anything else, bound to its key here. */
  readonly idempotent?: true | 'own';
  readonly request?: {
    readonly params?: P;
    readonly query?: Q;
    readonly body?: B;
    readonly bodyKind?: BodyKind;
    /** Takes the body where it is no JSON; the parsed value is what it leaves in `request.body`. */
    readonly bodyParser?: RequestHandler;
    /** What the contract says of the body, where the handler looks at its bytes first. */
    readonly contractBody?: z.ZodType;
    /** Media type of a body that is no JSON, for the contract. */
    readonly bodyContent?: string;
    /** Headers of the contract beside Authorization and Idempotency-Key. */
    readonly headers?: Readonly<Record<string, string>>;
  };
  readonly responses: R;
  /** Codes of refusals this route can give beside the common ones. */
  readonly refusals?: readonly ErrorCode[];
  /** A limit of its own, before anything is looked at. */
  readonly limiter?: RequestHandler;
  handler(call: Call<z.output<P>, z.output<Q>, z.output<B>, A, R>): Promise<Reply>;
}

/** A route whose types are forgotten: what mounting, the OpenAPI document and the matrix of access read. */
export interface Route extends Omit<
  RouteSpec<z.ZodType, z.ZodType, z.ZodType, Responses, Auth<unknown>>,
  'auth' | 'handler'
> {
  readonly auth: Auth<unknown>;
  handler(call: Call<unknown, unknown, unknown, Auth<unknown>, Responses>): Promise<Reply>;
}

/** The one way a route comes to be: types the handler by its schemas and carries everything mounting and documentation need. */
export function defineRoute<
  const R extends Responses,
  const A extends Auth<z.output<P>>,
  P extends z.ZodType = z.ZodUnknown,
  Q extends z.ZodType = z.ZodUnknown,
  B extends z.ZodType = z.ZodUnknown,
>(spec: RouteSpec<P, Q, B, R, A>): Route {
  return spec as unknown as Route;
}

/** What mounting needs of the application. */
export interface Mounting {
  readonly authenticate: (
    request: Request,
  ) => Promise<{ person: Person; signIn: SignIn; scopes: ReadonlySet<string>; askedAt: Instant }>;
  /** Counts a request as a person's own, or (null) as of its address where nobody has signed in. Refuses RATE_LIMITED. */
  readonly count: (request: Request, person: string | null) => void;
  /** Which requests of a person their keys answered; see `db/person-requests.ts`. */
  readonly requests: {
    readonly isRepeated: (person: string, key: string, hash: string) => Promise<boolean>;
    readonly bind: (person: string, key: string, hash: string) => Promise<void>;
  };
  /** See `lawPerRequest`. */
  readonly law: (request: Request) => LoadedLaw;
  /** Checks every answer against its schema; a difference is a bug. On in tests and development. */
  readonly checkAnswers: boolean;
}

/** Why an official without a task on a case says to look into it; one of `lookReasons`. */
export const lookReasonHeader = 'X-Reading-Reason';

const jsonBody = express.json({ limit: '256kb', strict: true, type: ['application/json', 'application/*+json'] });
const rawBody = express.raw({ limit: '256kb', type: () => true });
const keyShape = /^[\x21-\x7e]{1,200}$/;

/** Mounts routes; every path refuses the methods it does not have. */
export function mountRoutes(router: Router, routes: readonly Route[], mounting: Mounting): void {
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    methods.set(path, [...(methods.get(path) ?? []), route.method]);
    const handlers: RequestHandler[] = [serve(route, mounting)];
    if (route.limiter) handlers.unshift(route.limiter);
    router[route.method](path, ...handlers);
  }
  // The literal path before the one with a parameter in its place, or it would answer for both.
  const parameters = (path: string) => path.split(':').length;
  for (const [path, allowed] of [...methods].sort(([a], [b]) => parameters(a) - parameters(b))) {
    router.all(path, (_request, response) => {
      response.set('Allow', allowed.map((method) => method.toUpperCase()).join(', '));
      refuse('METHOD_NOT_ALLOWED', { allowed });
    });
  }
}

/** One request, in the order of the house: who, whether, then what. The body is not touched before the caller may send one. */
function serve(route: Route, { authenticate, count, requests, law, checkAnswers }: Mounting): RequestHandler {
  return async (request, response) => {
    const language = languageOf(request);
    const { auth } = route;
    let person: Person | null = null;
    let signIn: SignIn | null = null;
    let askedAt: Instant | null = null;
    const read = (schema: z.ZodType | undefined, value: unknown, place: 'path' | 'query' | 'body') =>
      schema === undefined ? value : parseAs(schema, value, place, language);
    let params: unknown;
    let granted: unknown;
    if (auth.kind === 'person') {
      const caller = await authenticate(request).catch(async (error: unknown) => {
        count(request, null);
        throw error;
      });
      ({ person, signIn, askedAt } = caller);
      rememberCaller(request, person);
      count(request, person.id);
      const scopes = auth.scope === null ? null : [auth.scope].flat();
      if (scopes?.every((one) => !caller.scopes.has(one))) refuse('FORBIDDEN', { scope: auth.scope });
      if (!auth.roles.includes(person.role)) refuse('FORBIDDEN', { roles: auth.roles });
      params = read(route.request?.params, request.params, 'path');
      granted = await auth.access?.({ person, params, askedAt, stated: statedReason(request) });
    } else {
      count(request, null);
      params = read(route.request?.params, request.params, 'path');
    }
    const key = route.idempotent === undefined ? '' : idempotencyKey(request);
    await takeBody(route, request, response);
    const query = read(route.request?.query, withoutBlanks(request.query), 'query');
    const body = read(route.request?.body, request.body, 'body');
    const path = request.baseUrl + request.path;
    const { method } = request;
    // Of a file, the handler compares the bytes.
    const own =
      route.idempotent === 'own' && person !== null
        ? { person: person.id, hash: hashOf({ method, path, body: isJson(route) ? (body ?? null) : null }) }
        : undefined;
    const repeated = own !== undefined && (await requests.isRepeated(own.person, key, own.hash));
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const call: Parameters<typeof route.handler>[0] = {
      reply: (status, content, headers = {}) => ({ status, content, headers }),
      params,
      query,
      body,
      person: person as never,
      signIn: signIn as never,
      askedAt: askedAt as never,
      granted: granted as never,
      key,
      repeated,
      law: () => law(request),
      address: addressOf(request),
      path,
      method,
      language,
      header: (name) => request.get(name),
      signal: gone.signal,
    };
    const reply = await onBehalfOf(requestIdOf(request), () => route.handler(call));
    if (own !== undefined && !repeated) await requests.bind(own.person, key, own.hash);
    send(route, reply, response, checkAnswers);
  };
}

const isJson = ({ request }: Route): boolean => (request?.bodyKind ?? 'json') === 'json';

/** `?after=` says nothing. */
const withoutBlanks = (query: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));

function idempotencyKey(request: Request): string {
  const key = request.get('Idempotency-Key') ?? refuse('IDEMPOTENCY_KEY_MISSING');
  if (keyShape.test(key)) return key;
  throw new InvalidRequest([{ in: 'header', pointer: '/idempotency-key', code: 'INVALID', detail: '1-200 × [!-~]' }]);
}

function statedReason(request: Request): LookReason | undefined {
  const said = request.get(lookReasonHeader);
  const known = lookReasons.find((one) => one === said);
  if (said === undefined || known !== undefined) return known;
  const detail = lookReasons.join(' | ');
  throw new InvalidRequest([{ in: 'header', pointer: '/x-reading-reason', code: 'INVALID', detail }]);
}

async function takeBody(route: Route, request: Request, response: Response): Promise<void> {
  const { body, bodyKind = 'json', bodyParser } = route.request ?? {};
  if (body === undefined) return;
  const empty = request.get('Content-Length') === '0';
  if (bodyKind === 'json' && !empty && request.is(['json', '+json']) === false) refuse('UNSUPPORTED_MEDIA_TYPE');
  const parser = bodyParser ?? (bodyKind === 'raw' ? rawBody : jsonBody);
  await new Promise<void>((resolve, reject) => {
    void parser(request, response, (error?: unknown) => {
      if (error === undefined || error === null) return resolve();
      reject(error instanceof Error ? error : new Error('body parser failed', { cause: error }));
    });
  });
}

function send(route: Route, { status, content, headers }: Reply, response: Response, checkAnswers: boolean): void {
  const declared = route.responses[status];
  if (declared === undefined) throw new Error(`${route.method} ${route.path} answers ${status}, undeclared`);
  response.status(status).set(headers);
  if ('schema' in declared) {
    if (checkAnswers) checkAnswer(route, declared.schema, content);
    response.json(content);
    return;
  }
  if (!response.hasHeader('Content-Type')) response.type([declared.content].flat()[0] ?? 'application/octet-stream');
  if (!(content instanceof Readable)) {
    response.send(content);
    return;
  }
  content.once('error', (error) => response.destroy(error));
  content.pipe(response);
}

function checkAnswer(route: Route, schema: z.ZodType, body: unknown): void {
  const parsed = schema.safeParse(body);
  if (parsed.success) return;
  const wrong = parsed.error.issues.slice(0, 10).map(({ path, message }) => `/${path.join('/')}: ${message}`);
  throw new Error(`${route.method} ${route.path} answers outside its contract: ${wrong.join('; ')}`);
}
