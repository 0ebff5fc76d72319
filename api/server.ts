import { type CaseEvent } from '../domain/case/events.js';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { createPress } from '../forms/press.js';
import { createSeal } from '../forms/seal.js';
import { signingOf } from './signing-accounts.js';
import { lookAgain } from './documents/look-again.js';
import { createInspector } from './documents/remarks.js';
import { asksForCalls } from '../db/register/agenda.js';
import { masterKeysAway } from '../db/register/data-keys.js';
import { keepSealCertificate } from '../db/register/signing-keys.js';
import { createDocumentSealing } from '../db/register/seal-documents.js';
import { startLoop } from '../engine/worker/loop.js';
import { businessClock, rehearsedInProduction } from '../db/register/business-clock.js';
import { createDoor } from '../db/register/door.js';
import { caseRuns } from '../domain/case/activities.js';
import { opens } from '../domain/case/routes.js';
import { unworded } from '../domain/case/texts.js';
import { createHandOver } from '../engine/register/hand-over.js';
import { createLiveLaw } from '../db/law/live-law.js';
import { createBell } from '../db/bell.js';
import { createPool } from '../db/pool.js';
import { addRequestCounts } from '../db/people/request-counts.js';
import { noteSecurity } from '../db/people/security.js';
import { logFolder } from '../db/register/log/log-folder.js';
import { createTemporalPort } from '../engine/register/temporal-port.js';
import { watchDisk } from '../ops/metrics.js';
import { drainable } from '../ops/drain.js';
import { settingsOf } from '../ops/environment.js';
import { masterKeysOf } from '../ops/master-keys.js';
import { createLogger } from '../ops/log.js';
import { registerAddresses } from '../ops/register-connection.js';
import { dataConverterOf } from '../ops/payload-codec.js';
import { temporalTarget } from '../ops/temporal-connection.js';
import { startOperationsPage } from '../ops/page.js';
import { tracingOf } from '../ops/tracing.js';
import { createApp } from './app.js';
import { createNews } from './news.js';
import { createTokenVerifier } from './auth/tokens.js';
import { apiEnvironment, claimsOf, clientOf, limitsOf } from './config.js';
import { createSecurityWatch } from './security.js';
import { createDocumentStore } from './documents/store.js';
import { createEnginePort } from './engine.js';
import { loadPages } from './pages/renderer.js';
import { createIssuer } from './sign-in/issuer.js';
import { createSessions } from './sign-in/sessions.js';
import { createRegisterLookups } from './register-lookups.js';
import { createStandIns } from './stand-ins.js';
import { createMetrics, readinessOf, watchCalendars } from './routes/operations.js';

const fail = (reason: string): never => {
  process.stderr.write(`The API cannot start: ${reason}\n`);
  process.exit(1);
};

/** What it makes of the settings; where it throws, the API does not start. */
const attempt = <T>(make: () => T): T => {
  try {
    return make();
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
};

const registersOf = (baseUrl: string | undefined, token: string | undefined) =>
  baseUrl === undefined || token === undefined
    ? {}
    : { registers: createRegisterLookups({ baseUrl, token }), standIns: createStandIns({ baseUrl, token }) };

const environment = settingsOf('The API', apiEnvironment);
const { HOST: host, PORT: port } = environment;
const { url: databaseUrl, listenUrl } = registerAddresses(environment);
const logger = createLogger('api', environment.LOG_LEVEL);
const temporalOptions = attempt(() => temporalTarget(environment));
const rehearsalAllowed = environment.NODE_ENV !== 'production' || environment.REHEARSAL_IN_PRODUCTION === 'yes';
if (environment.NODE_ENV === 'production' && environment.UNSAFE_IN_PRODUCTION.length > 0)
  logger.warn({ allowed: environment.UNSAFE_IN_PRODUCTION }, 'unsafe in production, and allowed');

const tracing = tracingOf('luong-xanh-api', environment, (message) =>
  logger.warn({ message }, 'traces were not taken'),
);
const { MASTER_KEY_FILE: masterKeyFile } = environment;
const masterKeys = masterKeyFile === undefined ? undefined : attempt(() => masterKeysOf(masterKeyFile));
const sessions = {
  max: environment.DATABASE_POOL,
  applicationName: 'luong-xanh-api',
  masterKeys,
  // Whoever asked waits for it.
  answerMs: 5_000,
  onIdleError: (err: Error) => logger.warn({ err }, 'a session on the register broke'),
};
const pool = createPool(databaseUrl, sessions);
const actsPool = createPool(databaseUrl, { ...sessions, purpose: 'acts' });
const bell = createBell({
  pool,
  url: listenUrl,
  applicationName: 'luong-xanh-api',
  onError: (err) => logger.warn({ err }, 'news is looked for instead of listened for'),
});
const news = createNews({
  pool,
  bell,
  onError: (err) => logger.warn({ err }, 'the register was not asked for news'),
});
const law = await createLiveLaw(pool, {
  bell,
  onError: (err) => logger.warn({ err }, 'the register was not asked for changes of the law'),
}).catch((error: unknown) =>
  fail(`the register gives no catalogue: ${error instanceof Error ? error.message : String(error)}`),
);
for (const away of await masterKeysAway(pool, masterKeys))
  logger.error(
    away,
    'a master key is not at hand: the words of these cases and these documents stay shut (KEY_UNAVAILABLE), all others are served',
  );
if (!rehearsalAllowed && (await businessClock(pool)).mode !== 'real') fail(rehearsedInProduction);
// Connects when first used, and again after an outage: writes go on without the engine.
const connection = Connection.lazy(temporalOptions);
const { TEMPORAL_PAYLOAD_KEY_FILE: payloadKeys } = environment;
const dataConverter = attempt(() => dataConverterOf(payloadKeys));
const client = new Client({ connection, namespace: environment.TEMPORAL_NAMESPACE, dataConverter });
const handOver = createHandOver<CaseEvent>({
  opens,
  tell: unworded,
  pool,
  port: createTemporalPort(client, environment.TEMPORAL_TASK_QUEUE, caseRuns),
  onError: (err, scope) => logger.warn({ err, scope }, 'left to the dispatchers'),
  left: () => bell.ring('mailboxes'),
});
const engine = createEnginePort(client);
const metrics = createMetrics(pool, environment.RESTARTS);
watchCalendars(metrics.registry, pool, law);
watchDisk(metrics.registry, { documents: environment.DOCUMENTS_DIR });
const press = createPress();
const { SEAL_KEY_FILE: sealKey, SEAL_CERTIFICATES_FILE: sealCertificates } = environment;
if ((sealKey === undefined) !== (sealCertificates === undefined))
  fail('SEAL_KEY_FILE and SEAL_CERTIFICATES_FILE go together: give both, or none');
const seal =
  sealKey === undefined || sealCertificates === undefined
    ? undefined
    : await Promise.all([readFile(sealKey, 'utf8'), readFile(sealCertificates, 'utf8')])
        .then(([key, certificates]) =>
          createSeal(
            {
              key,
              certificates,
              timestampUrl: environment.SEAL_TIMESTAMP_URL,
              location: 'Thành phố Hồ Chí Minh',
            },
            (job) => press.seal(job),
          ),
        )
        .catch((error: unknown) => fail(`no seal: ${error instanceof Error ? error.message : String(error)}`));
if (seal) await keepSealCertificate(pool, seal);
const signing = await signingOf(
  {
    url: environment.SIGNING_ACCOUNTS_URL,
    token: environment.SIGNING_ACCOUNTS_TOKEN,
    roots: environment.SIGNING_ROOTS_FILE,
    lists: environment.SIGNING_REVOCATION_LISTS,
  },
  (url, err) => logger.warn({ err, url }, 'a list of revoked certificates is not read'),
).catch((error: unknown) => fail(`nobody signs: ${error instanceof Error ? error.message : String(error)}`));
const store = await createDocumentStore(environment.DOCUMENTS_DIR, {
  reserveBytes: environment.DISK_RESERVE_BYTES,
  masterKeys,
});
const inspector = createInspector({
  onFault: (what) => logger.warn({ what }, 'documents are not looked into: the process that does'),
});
const pages = await loadPages(environment.PAGES_DIR).catch((error: unknown) =>
  fail(`the pages in ${environment.PAGES_DIR} are broken: ${error instanceof Error ? error.message : String(error)}`),
);
if (!pages) logger.warn({ folder: environment.PAGES_DIR }, 'no pages were built: there is the API alone');
const signingIn = {
  sessions: createSessions({ pool, secret: environment.SESSION_SECRET, publicUrl: environment.PUBLIC_URL }),
  issuer: createIssuer({
    issuer: environment.OIDC_ISSUER,
    internalUrl: environment.OIDC_INTERNAL_URL,
    publicUrl: environment.PUBLIC_URL,
    ...clientOf(environment),
  }),
};
const security = createSecurityWatch({
  keep: (notes) => noteSecurity(pool, notes),
  failed: (err) => logger.warn({ err }, 'security events wait to be kept'),
  secret: environment.AGENCY_HMAC_SECRET,
});
const app = createApp({
  security,
  ...(pages && { site: { pages, ...signingIn } }),
  pool,
  bell,
  news,
  press,
  ...(seal && { seal }),
  ...(signing && { signing }),
  inspector,
  law: {
    current: () => law.current(),
    // Asked for where something was published.
    atLeast: async (version) => {
      const loaded = await law.atLeast(version);
      bell.ring('law');
      return loaded;
    },
  },
  door: createDoor({
    pool: actsPool,
    law,
    handOver: (scopes, claimed) => handOver.now(scopes, claimed),
    written: (events, planned) => {
      bell.ring('events');
      if (planned) bell.ring('agenda');
      if (events.some(asksForCalls)) bell.ring('calls');
    },
  }),
  verifyToken: createTokenVerifier({
    issuer: environment.OIDC_ISSUER,
    internalUrl: environment.OIDC_INTERNAL_URL,
    audience: environment.OIDC_AUDIENCE,
    claims: claimsOf(environment),
  }),
  documents: store,
  ...(environment.TLOG_DIR !== undefined && {
    log: { folder: environment.TLOG_DIR, files: logFolder(environment.TLOG_DIR) },
  }),
  engine,
  metrics,
  ...registersOf(environment.AGENCIES_URL, environment.AGENCY_TOKEN),
  agencyHmacSecret: environment.AGENCY_HMAC_SECRET,
  publicUrl: environment.PUBLIC_URL,
  documentMaxBytes: environment.DOCUMENT_MAX_BYTES,
  limits: limitsOf(environment),
  requestCounts: {
    add: (counted) => addRequestCounts(pool, counted),
    failed: (err) => logger.warn({ err }, 'requests are counted by this process alone'),
  },
  trustedProxies: environment.TRUSTED_PROXIES,
  rehearsalAllowed,
  privateWebhooks: environment.NODE_ENV !== 'production',
  checkAnswers: (environment.CHECK_ANSWERS ?? (environment.NODE_ENV === 'production' ? 'no' : 'yes')) === 'yes',
  logger,
});

const operations = await startOperationsPage(
  { host: environment.OPERATIONS_HOST, port: environment.OPERATIONS_PORT },
  { readiness: () => readinessOf({ pool, engine }), registry: metrics.registry },
).catch((error: NodeJS.ErrnoException) =>
  fail(`operations port ${environment.OPERATIONS_PORT}: ${error.code ?? error.message}; set OPERATIONS_PORT`),
);
const server = createServer({ requestTimeout: 60_000, headersTimeout: 15_000 }, app);
const drain = drainable(server);
server.on('error', (error: NodeJS.ErrnoException) =>
  fail(
    error.code === 'EADDRINUSE'
      ? `port ${port} is taken by another program; stop it, or set PORT`
      : `${error.code ?? error.name}: ${error.message}`,
  ),
);
server.listen(port, host, () => {
  logger.info({ address: `http://${host}:${(server.address() as AddressInfo).port}` }, 'API ready');
});

// Whoever keeps the folder of documents seals what a release of before left in it in clear.
const sealing =
  masterKeys &&
  startLoop({
    name: 'sealing documents',
    everyMs: 300_000,
    round: (() => {
      const job = createDocumentSealing(pool, environment.DOCUMENTS_DIR, masterKeys);
      return () => job.runOnce();
    })(),
    onError: (err) => logger.warn({ err }, 'documents in clear are sealed later'),
  });

// Documents whose turn did not come when they were uploaded.
const lookingAgain = startLoop({
  name: 'looking into documents again',
  everyMs: 30_000,
  round: () => lookAgain({ pool, documents: store, inspector }),
  onError: (err) => logger.warn({ err }, 'a document stays without a second look'),
});

// Longer than a statement may go unanswered, shorter than a supervisor waits.
const drainMs = 7_000;
let stopping = false;

/** Takes no new connection, answers what was asked, then lets go of register and engine. */
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  news.stop();
  await drain(drainMs);
  await sealing?.stop();
  // A look that is under way is not waited for.
  await Promise.all([lookingAgain.stop(), inspector.close()]);
  await security.flush();
  await operations.close();
  law.stop();
  await bell.stop();
  await handOver.settled();
  await connection.close();
  await press.close();
  await Promise.all([pool.end(), actsPool.end()]);
  await tracing?.stop();
}

const end = (): void => {
  stop().then(
    () => process.exit(0),
    (error: unknown) => {
      logger.fatal({ err: error }, 'stop failed');
      process.exit(1);
    },
  );
};
process.on('SIGTERM', end);
process.on('SIGINT', end);
// Started by a supervisor: when it dies, so do we.
if (process.send) process.on('disconnect', end);
