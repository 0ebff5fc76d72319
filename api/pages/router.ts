import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import { type z } from 'zod';
import { businessClock } from '../../db/register/business-clock.js';
import { errors, Refusal } from '../../domain/errors.js';
import { type ApiDeps, type Site } from '../deps.js';
import { languageCookie, pageLanguageOf } from '../http/language.js';
import { problemOf, refusalOf } from '../http/problem.js';
import { type Route } from '../http/route.js';
import { requestIdOf } from '../http/request-id.js';
import { carriesSession, personOfSession } from '../sign-in/sessions.js';
import { oneName, type SignInFailure, signInRouter } from '../sign-in/router.js';
import { lawPerRequest } from '../http/law.js';
import { askOf } from './ask.js';
import { type PublishedKeys } from '../schemas/keys.js';
import { isPdfWorker, pagePolicy, pdfWorkerPolicy } from './policy.js';
import { type Frame, type PublicPage } from './renderer.js';

/** What only those see who are signed in: one document, the application finds the page by the address. */
export const applicationPaths: string[] = [
  '/start',
  '/notices',
  '/board',
  '/instructions',
  '/reports',
  '/reports/:id',
  '/integrity',
  '/wall',
  '/tasks',
  '/tasks/:id',
  '/counter',
  '/team',
  '/delegations',
  '/projects',
  '/projects/new',
  '/powers',
  '/organisation',
  '/cases',
  '/cases/:code',
  '/cases/:code/trial',
  '/cases/:code/council',
  '/cases/:code/conference/:procedure',
  '/councils',
  '/admin',
  '/admin/calendars',
  '/admin/law',
  '/admin/law/:kind/:code',
  '/admin/webhooks',
  '/admin/erasures',
  '/admin/rehearsal',
  '/admin/people',
  '/admin/city-data',
  '/security',
];

/** Of a field of the filing: whether an answer is needed. */
interface Asked {
  readonly path: string;
  readonly needed: boolean;
}

/** Everything a browser opens: public pages, sign-in, the application. */
export function siteRouter(
  deps: ApiDeps,
  site: Site,
  routes: readonly Route[],
  /** Told of what is refused before a page answers it. */
  refusals?: ErrorRequestHandler,
): Router {
  const { pool, law, publicUrl, logger, documentMaxBytes } = deps;
  const { pages, sessions, issuer } = site;
  const ask = askOf(routes, lawPerRequest(law));
  const router = Router({ caseSensitive: true });

  const frameOf = async (request: Request): Promise<Frame> => ({
    language: pageLanguageOf(request),
    address: request.method === 'GET' ? request.originalUrl : request.path,
    signedIn: carriesSession(request),
    clock: await businessClock(pool),
    documentMaxBytes,
  });
  const show = async (request: Request, response: Response, page: PublicPage, status = 200): Promise<void> => {
    const html = pages.render(page, await frameOf(request));
    response.status(status).vary('Accept-Language, Cookie').type('html').send(html);
  };
  const limiterOf = (path: string): RequestHandler =>
    routes.find((route) => route.path === path)?.limiter ?? ((_request, _response, next) => next());

  router.use(
    '/assets',
    express.static(pages.assets, {
      immutable: true,
      maxAge: '365d',
      index: false,
      redirect: false,
      fallthrough: true,
      setHeaders: (response, path) => {
        if (isPdfWorker(path)) response.setHeader('Content-Security-Policy', pdfWorkerPolicy);
      },
    }),
  );

  const open = Router({ caseSensitive: true });
  open.use(pagePolicy("'none'"), (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  /** A page that shows what public routes answer. */
  const page = (
    path: string,
    name: string,
    read: (
      question: (path: string, given?: Parameters<typeof ask>[4]) => Promise<unknown>,
      request: Request,
    ) => Promise<unknown>,
    limiter?: RequestHandler,
  ): void => {
    const handler: RequestHandler = async (request, response) => {
      const question = (to: string, given?: Parameters<typeof ask>[4]) =>
        ask(request, pageLanguageOf(request), 'get', to, given);
      await show(request, response, { name, data: await read(question, request) });
    };
    open.get(path, ...(limiter ? [limiter] : []), handler);
  };

  page('/', 'home', () => Promise.resolve(null));
  page('/procedures', 'procedures', async (question) => ({
    procedures: await question('/procedures'),
    agencies: await question('/agencies'),
  }));
  page('/procedures/:code', 'procedure', async (question, request) => ({
    procedure: await question('/procedures/{code}', { params: { code: text(request.params['code']) } }),
    agencies: await question('/agencies'),
  }));
  page('/pathways', 'pathways', async (question) => ({
    pathways: await question('/pathways'),
    procedures: await question('/procedures'),
  }));
  page('/holidays', 'holidays', (question) => question('/calendars'));
  page('/zones', 'zones', async (question) => ({
    zones: await question('/zones'),
    lands: await question('/lands'),
    agencies: await question('/agencies'),
  }));
  page('/regimes', 'regimes', (question) => question('/regimes'));
  page('/regimes/:code', 'regime', (question, request) =>
    question('/regimes/{code}', { params: { code: text(request.params['code']) } }),
  );
  page(
    '/figures',
    'figures',
    async (question) => ({
      figures: await question('/public/figures'),
      measures: await question('/measures'),
      reports: await question('/public/reports'),
    }),
    limiterOf('/public/figures'),
  );
  page(
    '/scorecards',
    'scorecards',
    (question, request) => {
      const quarter = text(request.query['quarter']);
      return question('/public/scorecards', { query: quarter === '' ? {} : { quarter } });
    },
    limiterOf('/public/scorecards'),
  );
  page(
    '/open-data',
    'openData',
    (question) => question('/public/open-data/decision-timelines'),
    limiterOf('/public/open-data/decision-timelines'),
  );
  page('/publications', 'publications', (question, request) =>
    question('/public/publications', { query: cursorOf(request) }),
  );
  page(
    '/trials',
    'trials',
    (question, request) => question('/public/trials', { query: cursorOf(request) }),
    limiterOf('/public/trials'),
  );
  page(
    '/public/trials/:code',
    'trial',
    (question, request) => question('/public/trials/{code}', { params: { code: text(request.params['code']) } }),
    limiterOf('/public/trials/{code}'),
  );
  page('/status', 'status', (_question, request) => Promise.resolve({ code: text(request.query['code']) }));
  router.get('/verify', pagePolicy("'self'"), limiterOf('/public/log'), async (request, response) => {
    const log = await ask(request, pageLanguageOf(request), 'get', '/public/log').catch((error: unknown) => {
      if (refusalOf(error).code === 'NOT_LOGGED_YET') return null;
      throw error;
    });
    const { keys, ...published } = (await ask(
      request,
      pageLanguageOf(request),
      'get',
      '/public/signing-keys',
    )) as z.output<typeof PublishedKeys>;
    const shown = { ...published, keys: keys.map(({ certificate: _certificate, ...key }) => key) };
    response.set('Cache-Control', 'no-store');
    await show(request, response, { name: 'verify', data: { log, keys: shown } });
  });
  router.get('/verify-proof.mjs', (_request, response) => {
    response.type('text/javascript').sendFile(pages.checker);
  });
  const form = express.urlencoded({ extended: false, limit: '4kb' });
  open.post('/status', limiterOf('/public/case-status'), form, async (request, response) => {
    const { code, pin } = (request.body ?? {}) as { code?: unknown; pin?: unknown };
    const asked = { code: text(code).trim(), pin: text(pin).trim() };
    try {
      const found = await ask(request, pageLanguageOf(request), 'post', '/public/case-status', { body: asked });
      await show(request, response, { name: 'status', data: { code: asked.code, found } });
    } catch (error) {
      const refusal = refusalOf(error);
      const { http } = errors[refusal.code];
      if (http >= 500) throw error;
      refusals?.(error, request, response, () => undefined);
      const problem = problemOf(request, refusal, pageLanguageOf(request));
      await show(request, response, { name: 'status', data: { code: asked.code, problem } }, http);
    }
  });
  const scripted = pagePolicy("'self'");
  const qualify: RequestHandler = async (request, response) => {
    const language = pageLanguageOf(request);
    const question = (path: string) => ask(request, language, 'get', path);
    const fields = (await question('/fields')) as { readonly items: readonly Asked[] };
    const calendars = await question('/calendars');
    const needed = new Set(fields.items.filter((field) => field.needed).map(({ path }) => path));
    const run = pages.readDryRun((request.body ?? {}) as Record<string, unknown>, needed);
    if (run.at !== 'verdict') return show(request, response, { name: 'qualify', data: { run, fields, calendars } });
    try {
      // In office hours of that day: the day counts, not the hour.
      const query = run.day === '' ? {} : { at: `${run.day}T09:00:00+07:00` };
      const screening = await ask(request, language, 'post', '/screenings', { body: pages.filingOf(run), query });
      const { name, ...carried } = pages.dryRunCookie;
      response.cookie(name, pages.carriedOf(run), { ...carried, sameSite: 'lax' });
      // Days and answers are tried in the browser as well, by the law itself; without a script the form does it.
      scripted(request, response, () => undefined);
      await show(request, response, { name: 'verdict', data: { run, fields, calendars, screening } });
    } catch (error) {
      const refusal = refusalOf(error);
      const { http } = errors[refusal.code];
      if (http >= 500) throw error;
      const problem = problemOf(request, refusal, language);
      await show(request, response, { name: 'qualify', data: { run, fields, calendars, problem } }, http);
    }
  };
  open.get('/qualify', qualify);
  // With what the last verdict said, in letters that a form writes as nine.
  open.post('/qualify', express.urlencoded({ extended: false, limit: '128kb' }), qualify);
  const decision = async (request: Request, response: Response, number: string): Promise<void> => {
    if (number === '') return show(request, response, { name: 'decision', data: { number } });
    try {
      const found = (await ask(request, pageLanguageOf(request), 'get', '/public/decisions/{number}', {
        params: { number },
      })) as { readonly documentHash: string };
      const scanned = text(request.query['hash']);
      const other = scanned !== '' && !found.documentHash.startsWith(scanned);
      await show(request, response, { name: 'decision', data: { number, found, other } });
    } catch (error) {
      const { code } = refusalOf(error);
      if (errors[code].http >= 500) throw error;
      await show(request, response, { name: 'decision', data: { number, unknown: true } }, 404);
    }
  };
  const decisionLimit = limiterOf('/public/decisions/{number}');
  open.get('/decisions', decisionLimit, (request, response) =>
    decision(request, response, text(request.query['number']).trim()),
  );
  open.get('/decisions/:number', decisionLimit, (request, response) =>
    decision(request, response, text(request.params['number'])),
  );

  open.get('/language', (request, response) => {
    const { to, back } = request.query;
    if (to === 'vi' || to === 'en') {
      response.cookie(languageCookie, to, { path: '/', sameSite: 'lax', maxAge: 365 * 86_400_000 });
    }
    response.redirect(303, typeof back === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(back) ? back : '/');
  });

  const explain =
    (reason: SignInFailure): RequestHandler =>
    (request, response, next) => {
      if (reason === 'refused' || reason === 'unknown') deps.security?.note({ kind: 'sign-in-refused', request });
      show(request, response, { name: 'sign-in-failed', data: { reason } }, reason === 'unreachable' ? 503 : 403).catch(
        next,
      );
    };
  open.use(signInRouter({ pool, publicUrl, sessions, issuer, logger, explain }));
  router.use(open);

  router.get(applicationPaths, oneName(publicUrl), sessions.find, pagePolicy("'self'"), async (request, response) => {
    response.set('Cache-Control', 'no-store');
    if (personOfSession(request) === undefined) {
      response.redirect(303, `/login?return=${encodeURIComponent(request.originalUrl)}`);
      return;
    }
    response.type('html').send(pages.shell(await frameOf(request)));
  });

  router.use((_request, _response, next) => next(new Refusal('NOT_FOUND')));
  const fail: ErrorRequestHandler = (error: unknown, request, response, next) => {
    // Programs get the problem itself.
    if (response.headersSent || request.accepts(['json', 'html']) !== 'html') return next(error);
    const refusal = refusalOf(error);
    const { http } = errors[refusal.code];
    if (http >= 500) logger.error({ err: error, requestId: requestIdOf(request) }, 'page failed');
    const problem = problemOf(request, refusal, pageLanguageOf(request));
    pagePolicy("'none'")(request, response, () => {
      show(request, response, { name: 'problem', data: { problem } }, http).catch(next);
    });
  };
  if (refusals) router.use(refusals);
  router.use(fail);
  return router;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function cursorOf(request: Request): Readonly<Record<string, string>> {
  const cursor = text(request.query['cursor']);
  return cursor === '' ? {} : { cursor };
}
