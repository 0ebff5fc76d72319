import { caseRuns } from '../domain/case/activities.js';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { createAgencyClient, type EndedCall } from '../activities/agency-client.js';
import { createDevelopmentSigner, guardedSigner } from '../activities/signer.js';
import { masterKeysAway } from '../db/register/data-keys.js';
import { originOf } from '../db/register/log/origin.js';
import { keepSigningKey, requireValid } from '../db/register/signing-keys.js';
import { createLiveLaw } from '../db/law/live-law.js';
import { namesCache } from '../db/read/names.js';
import { createBell } from '../db/bell.js';
import { createLeader } from '../db/leader.js';
import { businessClock, rehearsedInProduction } from '../db/register/business-clock.js';
import { createPool } from '../db/pool.js';
import { createTemporalPort } from '../engine/register/temporal-port.js';
import { settingsOf } from '../ops/environment.js';
import { masterKeysOf } from '../ops/master-keys.js';
import { createLogger } from '../ops/log.js';
import { registerAddresses } from '../ops/register-connection.js';
import { currentRequest } from '../ops/request-context.js';
import { traceparent, tracingOf } from '../ops/tracing.js';
import { dataConverterOf } from '../ops/payload-codec.js';
import { temporalTarget } from '../ops/temporal-connection.js';
import { startOperationsPage } from '../ops/page.js';
import { workflowBundle } from './bundle.js';
import { smtpOf, workerEnvironment, workerIdentity } from './config.js';
import { createEngineWatch, namespaceIdentity } from './engine-watch.js';
import { startEngine } from './engine.js';
import { createLawChanges } from './law-changes.js';
import { createMailer } from './mailer.js';
import { createOperations } from './operations.js';
import { createRehearsal } from './rehearsal.js';
import { tracedClient } from './tracing.js';
import { createEvidence } from './evidence.js';
import { createJobs } from './jobs.js';
import { startJobs } from './schedule.js';
import { installTemporalRuntime } from './temporal-runtime.js';

const fail = (reason: string): never => {
  process.stderr.write(`The worker cannot start: ${reason}\n`);
  process.exit(1);
};
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What it makes of the settings; where it throws, the worker does not start. */
const attempt = <T>(make: () => T): T => {
  try {
    return make();
  } catch (error) {
    return fail(reasonOf(error));
  }
};

const environment = settingsOf('The worker', workerEnvironment);
const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, TEMPORAL_TASK_QUEUE: taskQueue } = environment;
const { url: databaseUrl, listenUrl } = registerAddresses(environment);
const temporal = attempt(() => temporalTarget(environment));
const smtp = attempt(() => smtpOf(environment));
const logger = createLogger('worker', environment.LOG_LEVEL);
if (environment.NODE_ENV === 'production' && environment.UNSAFE_IN_PRODUCTION.length > 0)
  logger.warn({ allowed: environment.UNSAFE_IN_PRODUCTION }, 'unsafe in production, and allowed');

installTemporalRuntime(logger, environment.TEMPORAL_METRICS_ADDRESS);

const tracing = tracingOf('luong-xanh-worker', environment, (message) =>
  logger.warn({ message }, 'traces were not taken'),
);
const { MASTER_KEY_FILE: masterKeyFile } = environment;
const masterKeys = masterKeyFile === undefined ? undefined : attempt(() => masterKeysOf(masterKeyFile));
if (!masterKeys && environment.NODE_ENV === 'production')
  logger.warn('MASTER_KEY_FILE is not set: what people write is kept in clear');
const sessions = {
  max: environment.DATABASE_POOL,
  applicationName: 'luong-xanh-worker',
  masterKeys,
  onIdleError: (err: Error) => logger.warn({ err }, 'a session on the register broke'),
};
const pool = createPool(databaseUrl, sessions);
const actsPool = createPool(databaseUrl, { ...sessions, purpose: 'acts' });
const feedPool = createPool(databaseUrl, { ...sessions, max: 2, purpose: 'feed' });
const bell = createBell({
  pool,
  url: listenUrl,
  applicationName: 'luong-xanh-worker',
  onError: (err) => logger.warn({ err }, 'news is looked for instead of listened for'),
});
const law = await createLiveLaw(pool, {
  bell,
  onError: (err) => logger.warn({ err }, 'the register was not asked for changes of the law'),
}).catch((error: unknown) => fail(`no catalogue: ${reasonOf(error)}`));
for (const away of await masterKeysAway(pool, masterKeys))
  logger.error(
    away,
    'a master key is not at hand: the words of these cases and these documents stay shut (KEY_UNAVAILABLE), all others are served',
  );
const rehearsed = (await businessClock(pool)).mode !== 'real';
if (rehearsed && environment.NODE_ENV === 'production' && environment.REHEARSAL_IN_PRODUCTION !== 'yes')
  fail(rehearsedInProduction);
const [connection, native, codePath] = await Promise.all([
  Connection.connect(temporal),
  NativeConnection.connect(temporal),
  workflowBundle(join(environment.DATA_DIR, 'workflow-bundle')),
]).catch((error: unknown) => fail(`Temporal at ${address}, or the workflow bundle: ${reasonOf(error)}`));

const { TEMPORAL_PAYLOAD_KEY_FILE: payloadKeys } = environment;
const dataConverter = attempt(() => dataConverterOf(payloadKeys));
if (payloadKeys === undefined && environment.NODE_ENV === 'production')
  logger.warn('TEMPORAL_PAYLOAD_KEY_FILE is not set: what Temporal keeps of workflows is in clear');
const client = new Client({ connection, namespace, dataConverter });
const agencies = {
  baseUrl: environment.AGENCIES_URL,
  token: environment.AGENCY_TOKEN,
  requestId: currentRequest,
  traceparent,
  ended: (call: EndedCall) => {
    operations.callEnded(call);
    logger.info(call, 'call of a system of another body');
  },
};
const signer = guardedSigner(createDevelopmentSigner(environment.SIGNER_KEY_FILE), (key) => requireValid(pool, key));
await keepSigningKey(pool, await signer.publicKey());
const origin = await originOf(pool, environment.TLOG_ORIGIN, environment.TLOG_DIR);
const evidence = attempt(() => createEvidence({ environment, pool, signer, logger, origin }));

const operations = createOperations({
  pool,
  client,
  working: () => engine.isWorking(),
  leads: () => leader.leads,
  restarts: environment.RESTARTS,
  places: { data: environment.DATA_DIR, roots: environment.CHAIN_ROOTS_DIR, log: environment.TLOG_DIR },
});
/** What waits for a worker that leads begins. */
let begin = (): void => undefined;
const leader = createLeader({
  url: listenUrl ?? databaseUrl,
  applicationName: 'luong-xanh-worker',
  onChange: (leads) => {
    logger.info({ leads }, leads ? 'this worker leads' : 'this worker does not lead');
    if (leads) begin();
  },
  onError: (err) => logger.warn({ err }, 'the register was not asked who leads'),
});
const engine = await startEngine({
  pool,
  actsPool,
  law,
  bell,
  leads: () => leader.leads,
  signer,
  connection: native,
  client,
  namespace,
  taskQueue,
  workflowBundle: { codePath },
  agencies: {
    ...agencies,
    callbackBaseUrl: environment.CALLBACK_BASE_URL,
    calls: { attempts: environment.AGENCY_CALL_ATTEMPTS, firstRetryMs: environment.AGENCY_CALL_FIRST_RETRY_MS },
    callsPerSecond: environment.AGENCY_CALLS_PER_SECOND,
  },
  webhooks: {
    privateAddresses: environment.NODE_ENV !== 'production',
    calls: { attempts: environment.WEBHOOK_ATTEMPTS, firstRetryMs: environment.WEBHOOK_FIRST_RETRY_MS },
  },
  maxCachedWorkflows: environment.WORKER_CACHED_WORKFLOWS,
  identity: workerIdentity(),
  logger,
  failed: (loop) => operations.loopFailed(loop),
});

const { door } = engine;
const page = await startOperationsPage(
  { host: environment.OPERATIONS_HOST, port: environment.OPERATIONS_PORT },
  operations,
).catch((error: NodeJS.ErrnoException) =>
  fail(`operations port ${environment.OPERATIONS_PORT}: ${error.code ?? error.message}; set OPERATIONS_PORT`),
);
/** A round of a loop, or `about`: the one thing of many that it could not do. Counted by loop only, or each case would be a metric of its own. */
const failing =
  (loop: string) =>
  (err: unknown, about?: string): void => {
    logger.warn({ err, loop, about }, 'a loop of the worker failed');
    operations.loopFailed(loop);
  };
const onError = (error: unknown, loop: string): void => failing(loop)(error);
const engineWatch = createEngineWatch({
  pool,
  door,
  port: createTemporalPort(client, taskQueue, caseRuns),
  identity: namespaceIdentity(client, namespace),
  logger,
  rebuilt: (scopes) => operations.rebuilt(scopes),
});
const rehearsal = createRehearsal({
  pool,
  door,
  handOver: engine.handOver,
  agencies: { baseUrl: environment.AGENCIES_URL, token: environment.AGENCY_TOKEN },
  moved: () => schedule.wake('notifier', 'agenda', 'status looks', 'mails', 'short messages'),
  waits: (gathering) => schedule.hurry(gathering),
});
const lawChanges = createLawChanges({ pool, door, law, handOver: engine.handOver, onError: failing('law changes') });
const mailer = createMailer({
  pool,
  names: namesCache(pool),
  digestAbove: () => law.current().law.settings.notices.digestAbove,
  ...smtp,
  from: environment.MAIL_FROM,
  gateway: tracedClient(createAgencyClient(agencies)),
});
const jobs = createJobs({
  environment,
  pool,
  feedPool,
  law,
  masterKeys,
  door,
  mailer,
  lawChanges,
  rehearsal,
  engineWatch,
  evidence,
  statusClient: tracedClient(createAgencyClient(agencies)),
  failing,
  messagesWait: () => schedule.wake('mails', 'short messages'),
});
const schedule = startJobs({ jobs, feedPool, bell, leads: () => leader.leads, look: engine.look, onError });
begin = () => schedule.wake();

let stopping: Promise<void> | undefined;
function stop(): Promise<void> {
  stopping ??= (async () => {
    rehearsal.stop();
    law.stop();
    await Promise.all([engine.stop(), schedule.stop()]);
    await bell.stop();
    if (leader.leads) {
      // The last word: what was decided until now is covered before anybody can touch it. A stop goes on without it.
      await evidence.signRoot().catch((error: unknown) => onError(error, 'chain roots'));
      await evidence.keepLog().catch((error: unknown) => onError(error, 'transparency log'));
    }
    await leader.stop();
    mailer.close();
    await Promise.all([
      page.close(),
      native.close(),
      connection.close(),
      ...[pool, actsPool, feedPool].map((one) => one.end()),
    ]);
    await tracing?.stop();
  })();
  return stopping;
}
const stopAndExit = (): void => {
  stop().then(
    () => process.exit(0),
    (error: unknown) => {
      logger.fatal({ err: error }, 'stop failed');
      process.exit(1);
    },
  );
};
process.on('SIGTERM', stopAndExit);
process.on('SIGINT', stopAndExit);
// Started by a supervisor: when it dies, so do we.
if (process.send) process.on('disconnect', stopAndExit);

evidence.tellNewestRoot().catch((error: unknown) => onError(error, 'chain roots'));
logger.info({ taskQueue, namespace }, 'worker ready');
process.send?.({ ready: true });

engine.running.then(
  () => undefined,
  (error: unknown) => {
    logger.fatal({ err: error }, 'a Temporal worker failed');
    process.exit(1);
  },
);
