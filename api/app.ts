import express, { type Express, type Request, Router } from 'express';
import helmet from 'helmet';
import { bindRequest, isRepeated } from '../db/people/person-requests.js';
import { Refusal } from '../domain/errors.js';
import { createAuthenticator } from './auth/authenticate.js';
import { createAccess } from './auth/access.js';
import { type ApiDeps } from './deps.js';
import { docsRouter } from './http/docs.js';
import { lawPerRequest } from './http/law.js';
import { addressLimiter, personLimiter } from './http/limits.js';
import { logRouter } from './http/log.js';
import { openApiDocument } from './http/open-api.js';
import { siteRouter } from './pages/router.js';
import { carriesSession } from './sign-in/sessions.js';
import { problemHandler } from './http/problem.js';
import { wellKnownRouter } from './http/well-known.js';
import { requestId } from './http/request-id.js';
import { mountRoutes, type Route } from './http/route.js';
import { requestLog } from './logging.js';
import { requestTrace } from './http/trace.js';
import { watchRefusals } from './security.js';
import { callbackRoutes } from './routes/callbacks.js';
import { caseRoutes } from './routes/cases.js';
import { catalogueRoutes } from './routes/catalogue.js';
import { fieldRoutes } from './routes/fields.js';
import { cityFeedRoutes } from './routes/city-feed.js';
import { colleagueRoutes } from './routes/colleagues.js';
import { consultationRoutes } from './routes/consultations.js';
import { delegationRoutes } from './routes/delegations.js';
import { bottleneckRoutes } from './routes/bottlenecks.js';
import { cutRoutes } from './routes/cuts.js';
import { dashboardRoutes } from './routes/dashboards.js';
import { documentRoutes } from './routes/documents.js';
import { dutyRoutes } from './routes/duties.js';
import { engineRoutes } from './routes/engine.js';
import { eventRoutes } from './routes/events.js';
import { statusRoutes } from './routes/statuses.js';
import { extractRoutes } from './routes/extracts.js';
import { evidenceRoutes } from './routes/evidence.js';
import { filingRoutes } from './routes/filing.js';
import { formRoutes } from './routes/forms.js';
import { filingDraftRoutes } from './routes/filing-drafts.js';
import { investorRoutes } from './routes/investor-acts.js';
import { instructionRoutes } from './routes/instructions.js';
import { targetRoutes } from './routes/targets.js';
import { reportRoutes } from './routes/reports.js';
import { integrityRoutes } from './routes/integrity.js';
import { knownFactsRoutes } from './routes/known-facts.js';
import { cityDataRoutes } from './routes/city-data.js';
import { lawChangeRoutes } from './routes/law-changes.js';
import { staffRoutes } from './routes/staff.js';
import { meRoutes } from './routes/me.js';
import { notificationRoutes } from './routes/notifications.js';
import { operationsRouter } from './routes/operations.js';
import { earlyWarningRoutes } from './routes/early-warning.js';
import { openDataRoutes } from './routes/open-data.js';
import { partyRoutes } from './routes/party-acts.js';
import { organisationRoutes } from './routes/organisations.js';
import { powerRoutes } from './routes/powers-of-attorney.js';
import { erasureRoutes } from './routes/erasures.js';
import { lookRoutes } from './routes/looks.js';
import { proofRoutes } from './routes/proof.js';
import { problemRoutes } from './routes/problems.js';
import { keyRoutes } from './routes/keys.js';
import { publicRoutes } from './routes/public.js';
import { publicFigureRoutes } from './routes/public-figures.js';
import { publicTrialRoutes } from './routes/public-trials.js';
import { questionRoutes } from './routes/questions.js';
import { regimeRoutes } from './routes/regimes.js';
import { rehearsalRoutes } from './routes/rehearsal.js';
import { screeningRoutes } from './routes/screenings.js';
import { mistakeRoutes } from './routes/mistakes.js';
import { officialActRoutes } from './routes/official-acts.js';
import { securityRoutes } from './routes/security.js';
import { sessionRoutes } from './routes/sessions.js';
import { sheetRoutes } from './routes/sheets.js';
import { supplementExtensionRoutes } from './routes/supplement-extension.js';
import { taskActRoutes } from './routes/task-acts.js';
import { taskRoutes } from './routes/tasks.js';
import { trialAdmissionRoutes } from './routes/trial-admission.js';
import { trialExitRoutes } from './routes/trial-exit.js';
import { trialRunningRoutes } from './routes/trial-running.js';
import { trialRoutes } from './routes/trials.js';
import { webhookRoutes } from './routes/webhooks.js';

export const apiBase = '/api/v1';
export const apiVersion = '1.0.0';

/** Every route of the contract, in the order of its document. */
export function apiRoutes(deps: ApiDeps): Route[] {
  const access = createAccess(deps);
  return [
    ...screeningRoutes(deps),
    ...filingRoutes(deps, access),
    ...caseRoutes(deps, access),
    ...partyRoutes(deps, access),
    ...investorRoutes(deps, access),
    ...questionRoutes(deps, access),
    ...dutyRoutes(deps, access),
    ...trialRoutes(deps, access),
    ...trialRunningRoutes(deps, access),
    ...trialExitRoutes(deps, access),
    ...filingDraftRoutes(deps, access),
    ...powerRoutes(deps),
    ...organisationRoutes(deps),
    ...knownFactsRoutes(deps, access),
    ...supplementExtensionRoutes(deps, access),
    ...mistakeRoutes(deps, access),
    ...officialActRoutes(deps, access),
    ...documentRoutes(deps, access),
    ...formRoutes(deps, access),
    ...taskRoutes(deps, access),
    ...taskActRoutes(deps, access),
    ...eventRoutes(deps, access),
    ...consultationRoutes(deps, access),
    ...extractRoutes(deps, access),
    ...statusRoutes(deps, access),
    ...trialAdmissionRoutes(deps, access),
    ...delegationRoutes(deps),
    ...colleagueRoutes(deps),
    ...catalogueRoutes(deps),
    ...fieldRoutes(),
    ...regimeRoutes(deps),
    ...lawChangeRoutes(deps),
    ...cityDataRoutes(deps),
    ...staffRoutes(deps),
    ...dashboardRoutes(deps),
    ...cutRoutes(deps),
    ...sheetRoutes(deps, access),
    ...bottleneckRoutes(deps),
    ...earlyWarningRoutes(deps),
    ...integrityRoutes(deps),
    ...instructionRoutes(deps, access),
    ...reportRoutes(deps),
    ...targetRoutes(deps),
    ...cityFeedRoutes(deps),
    ...callbackRoutes(deps),
    ...publicRoutes(deps),
    ...keyRoutes(deps),
    ...publicTrialRoutes(deps),
    ...publicFigureRoutes(deps),
    ...openDataRoutes(deps),
    ...engineRoutes(deps),
    ...sessionRoutes(deps),
    ...securityRoutes(deps),
    ...evidenceRoutes(deps),
    ...proofRoutes(deps, access),
    ...lookRoutes(deps, access),
    ...erasureRoutes(deps),
    ...rehearsalRoutes(deps),
    ...meRoutes(deps),
    ...notificationRoutes(deps),
    ...webhookRoutes(deps),
    ...problemRoutes(),
  ];
}

/** The HTTP application; whoever calls it listens. */
export function createApp(deps: ApiDeps): Express {
  const { logger, limits } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('trust proxy', deps.trustedProxies);
  app.set('query parser', 'simple');

  app.use(requestId);
  app.use(requestLog(logger));
  app.use(requestTrace);
  if (deps.metrics) app.use(deps.metrics.observe);
  app.use(
    helmet({ contentSecurityPolicy: { directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] } } }),
  );
  app.use(operationsRouter(deps));
  // Whoever signs in is counted by name: people behind one address do not share what is left.
  const shared = deps.requestCounts;
  const addresses = addressLimiter({ name: 'address', perMinute: limits.perMinute, shared, except: signsIn });
  const people = personLimiter({ name: 'person', perMinute: limits.perPersonPerMinute, shared });
  app.use(addresses.limit);
  app.use('/api', docsRouter());
  app.use('/.well-known', wellKnownRouter(deps.pool));
  if (deps.log) app.use('/log', logRouter(deps.log.folder));
  if (deps.site) app.use(apiBase, deps.site.sessions.find);

  const routes = apiRoutes(deps);
  const api = Router({ caseSensitive: true });
  api.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  let contract: ReturnType<typeof openApiDocument> | undefined;
  api.get('/openapi.json', (_request, response) => {
    // Made for the first reader: a start has no time for it.
    contract ??= openApiDocument(routes, apiBase, apiVersion);
    response.json(contract);
  });
  mountRoutes(api, routes, {
    authenticate: createAuthenticator(deps),
    count: (request, person) => {
      if (person !== null) people.count(person);
      else if (signsIn(request)) addresses.charge(request);
    },
    requests: {
      isRepeated: (...request) => isRepeated(deps.pool, ...request),
      bind: (...request) => bindRequest(deps.pool, ...request),
    },
    law: lawPerRequest(deps.law),
    checkAnswers: deps.checkAnswers,
  });
  app.use(apiBase, api);
  const refusals =
    deps.security && watchRefusals(deps.security, (code) => deps.law.current().catalogue.agencies.has(code));
  if (deps.site) app.use(siteRouter(deps, deps.site, routes, refusals));

  app.use((_request, _response, next) => next(new Refusal('NOT_FOUND')));
  if (refusals) app.use(refusals);
  app.use(problemHandler(logger));
  return app;
}

const signsIn = (request: Request): boolean => request.get('Authorization') !== undefined || carriesSession(request);
