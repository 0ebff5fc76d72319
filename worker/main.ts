import { caseRuns } from '../domain/case/activities.js';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Client, Connection } from '@temporalio/client';
import { type LogLevel, NativeConnection, Runtime } from '@temporalio/worker';
import { createAgencyClient, type EndedCall } from '../activities/agency-client.js';
import { createDevelopmentSigner } from '../activities/signer.js';
import { sealWordsOfBefore } from '../db/register/case-keys.js';
import { masterKeysAway } from '../db/register/data-keys.js';
import { callDue, dutyDue, resultDue, statusLook } from '../db/register/agenda.js';
import { newestRoot, writeRoot } from '../db/register/roots.js';
import { type LogCheckpoint } from '../db/register/log/append.js';
import { logFolder } from '../db/register/log/log-folder.js';
import { noteKeyOf, verifierFrom } from '../domain/evidence/note.js';
import { ed25519Seed } from '../ops/ed25519.js';
import { keepLog } from './transparency.js';
import { keepSigningKey } from '../db/register/signing-keys.js';
import { absenceBegins } from '../db/people/delegations.js';
import { createRetention } from '../db/register/retention.js';
import { handleMessages } from '../db/outbound/inbox-handler.js';
import { warnOfCalendars } from '../db/law/calendar-watch.js';
import { createLiveLaw } from '../db/law/live-law.js';
import { namesCache } from '../db/read/names.js';
import { createNotifier, noticesAtOnce, noticesDue, notifierReader } from '../db/outbound/notices.js';
import { createBell } from '../db/bell.js';
import { createLeader } from '../db/leader.js';
import { businessClock, businessNow, rehearsedInProduction } from '../db/register/business-clock.js';
import { createPool } from '../db/pool.js';
import { createProjector, projectedAtOnce, projectorReader } from '../db/read/projector.js';
import { findWork } from '../db/read/work.js';
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
import { type AgendaHandler, workOffAgenda } from './agenda.js';
import { workflowBundle } from './bundle.js';
import { smtpOf, workerEnvironment, workerIdentity } from './config.js';
import { instructionRung } from '../db/leadership/instructions.js';
import { planReports, reportOpens, reportRung } from '../db/leadership/reports.js';
import { handOverAbsence } from './delegations.js';
import { settleDuties } from './duties.js';
import { climbInstructions } from './instructions.js';
import { lookForOddReadings } from './odd-readings.js';
import { climbReports, openReports } from './reports.js';
import { createEngineWatch, namespaceIdentity } from './engine-watch.js';
import { lookAtStatuses, planStatusLook, tellStatuses } from './statuses.js';
import { startEngine } from './engine.js';
import { createLawChanges } from './law-changes.js';
import { type Loop, paced, startLoop } from '../engine/worker/loop.js';
import { createMailer } from './mailer.js';
import { createOperations } from './operations.js';
import { lookAfterHolders } from './holders.js';
import { createRehearsal } from './rehearsal.js';
import { tracedClient } from './tracing.js';

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

const levels: Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};
const log = (level: LogLevel) => (message: string, meta?: object) => {
  // One of our workers makes agency calls only: that is no news.
  const tier = message.startsWith('No workflows registered') ? 'debug' : levels[level];
  logger[tier](meta ?? {}, message);
};
// For every promise of every workflow the SDK takes a stack and maps it to the sources. Two lines of it find a bug as well as ten; what runs here keeps its ten.
setFlagsFromString('--stack-trace-limit=2');
Runtime.install({
  // We stop in our own order.
  shutdownSignals: [],
  logger: {
    log: (level, message, meta) => log(level)(message, meta),
    trace: log('TRACE'),
    debug: log('DEBUG'),
    info: log('INFO'),
    warn: log('WARN'),
    error: log('ERROR'),
  },
  telemetryOptions: {
    logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } },
    ...(environment.TEMPORAL_METRICS_ADDRESS !== undefined && {
      metrics: { prometheus: { bindAddress: environment.TEMPORAL_METRICS_ADDRESS } },
    }),
  },
});

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
const signer = createDevelopmentSigner(environment.SIGNER_KEY_FILE);
await keepSigningKey(pool, await signer.publicKey());
const rootPlaces = {
  folder: environment.CHAIN_ROOTS_DIR,
  witness: environment.CHAIN_ROOT_WITNESS ?? join(environment.DATA_DIR, 'last-root.json'),
};
// Told whatever the level: who keeps the log keeps a copy of every root.
const rootLog = logger.child({}, { level: 'info' });
async function root(): Promise<void> {
  const written = await writeRoot(pool, rootPlaces, signer);
  if (!written) return;
  const { number, root: hash, writtenAt, cases, signature, keyId } = written;
  rootLog.info({ number, root: hash, writtenAt, cases, signature, keyId }, 'chain root');
}

const logKey = noteKeyOf(ed25519Seed(environment.TLOG_KEY_FILE), 'log', environment.TLOG_ORIGIN);
const witnessKey = environment.WITNESS_KEY === undefined ? undefined : verifierFrom(environment.WITNESS_KEY);
if (environment.WITNESS_URL !== undefined && witnessKey?.kind !== 'witness')
  fail('WITNESS_KEY is no key of a witness: name+id+key');
const transparency = {
  pool,
  writer: {
    ...logKey,
    folder: logFolder(environment.TLOG_DIR),
    ...(environment.TLOG_MIRROR_DIR !== undefined && { mirror: logFolder(environment.TLOG_MIRROR_DIR) }),
  },
  ...(environment.WITNESS_URL !== undefined &&
    witnessKey && { witness: { url: environment.WITNESS_URL, verifier: witnessKey } }),
  onCheckpoint: ({ size, root: hash, writtenAt }: LogCheckpoint) =>
    rootLog.info({ origin: logKey.verifier.name, size, root: hash.toString('base64'), writtenAt }, 'log checkpoint'),
};

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

const projector = createProjector({ pool: feedPool, law });
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
  moved: () => {
    for (const { wake } of [notifying, agenda, statusLooks, mails, shortMessages]) wake();
  },
});
const lawChanges = createLawChanges({ pool, door, law, handOver: engine.handOver, onError: failing('law changes') });
const notifier = createNotifier({ pool, law });
const mailer = createMailer({
  pool,
  names: namesCache(pool),
  digestAbove: () => law.current().law.settings.notices.digestAbove,
  ...smtp,
  from: environment.MAIL_FROM,
  gateway: tracedClient(createAgencyClient(agencies)),
});
// Who does what falls due by itself, by kind of agenda item.
const handlers: Readonly<Record<string, AgendaHandler>> = {
  [absenceBegins]: handOverAbsence({ pool, door }),
  [noticesDue]: mailer.composeFor,
  [dutyDue]: settleDuties({ door }),
  [instructionRung]: climbInstructions({ pool, law }),
  [reportOpens]: openReports({ pool, law }),
  [reportRung]: climbReports({ pool, law }),
};
const retention = createRetention(pool, {
  engine: environment.ENGINE_RETENTION_DAYS,
  exchanges: environment.EXCHANGE_RETENTION_DAYS,
  messages: environment.MESSAGE_RETENTION_DAYS,
  notices: environment.NOTICE_RETENTION_DAYS,
  deliveries: environment.DELIVERY_RETENTION_DAYS,
  security: environment.SECURITY_RETENTION_DAYS,
});
const messages = { pool, door, limit: 50, onError: failing('inbox') };
const statusClient = tracedClient(createAgencyClient(agencies));
const telling: Readonly<Record<string, AgendaHandler>> = {
  // The daily look finds what was not told of these.
  [resultDue]: () => Promise.resolve(),
  [statusLook]: lookAtStatuses({
    ...{ pool, door, client: statusClient, onError: failing('statuses') },
    attempts: environment.AGENCY_CALL_ATTEMPTS,
  }),
};
/** One worker works these off, and where it is gone or frozen another does within seconds. Each bears it that for a moment two do. */
const led =
  (round: () => Promise<boolean | 'soon'>): (() => Promise<boolean | 'soon'>) =>
  async () =>
    leader.leads && (await round());
/** Where news is heard, one look finds what lies there for any of them (`net`); by themselves they look once a minute. */
const restOr = (often: number, rarely: number) => () => (bell.listens ? rarely : often);
const projecting = startLoop({
  name: 'projector',
  everyMs: restOr(500, 60_000),
  gapMs: 500,
  onError,
  round: led(async () => paced(await projector.runOnce(), projectedAtOnce)),
});
const mails = startLoop({
  name: 'mails',
  everyMs: restOr(250, 60_000),
  gapMs: 100,
  onError,
  round: led(() => mailer.mails()),
});
const shortMessages = startLoop({
  name: 'short messages',
  everyMs: restOr(500, 60_000),
  gapMs: 100,
  onError,
  round: led(() => mailer.shortMessages()),
});
const sendMessages = (): void => {
  mails.wake();
  shortMessages.wake();
};
const notifying = startLoop({
  name: 'notifier',
  everyMs: restOr(500, 60_000),
  gapMs: 500,
  onError,
  round: led(async () => {
    const told = await notifier.runOnce();
    if (told > 0) sendMessages();
    return paced(told, noticesAtOnce);
  }),
});
const agenda = startLoop({
  name: 'agenda',
  everyMs: restOr(250, 60_000),
  gapMs: 250,
  onError,
  round: led(async () => {
    const except = [...Object.keys(telling), callDue];
    const done = await workOffAgenda({ pool, handlers, onError: failing('agenda'), except });
    if (done !== false) sendMessages();
    return done;
  }),
});
// Apart from the rest: a system that takes its time holds nothing else up.
const statuses = startLoop({
  name: 'statuses',
  everyMs: restOr(500, 60_000),
  gapMs: 250,
  onError,
  round: led(async () => (await tellStatuses({ pool, client: statusClient, onError: failing('statuses') })) > 0),
});
const statusLooks = startLoop({
  name: 'status looks',
  everyMs: 60_000,
  gapMs: 250,
  onError,
  round: led(async () => {
    await planStatusLook(pool, await businessNow(pool));
    const done = { pool, handlers: telling, onError: failing('status looks'), only: Object.keys(telling) };
    return workOffAgenda(done);
  }),
});
const inbox = startLoop({
  name: 'inbox',
  everyMs: restOr(500, 60_000),
  onError,
  round: async () => (await handleMessages(messages)) > 0,
});
const redating = startLoop({
  name: 'law changes',
  everyMs: restOr(250, 60_000),
  onError,
  round: led(() => lawChanges.redate()),
});
const rehearsing = startLoop({
  name: 'rehearsal',
  everyMs: restOr(100, 60_000),
  onError,
  round: led(() => rehearsal.runOnce()),
});
const poking = startLoop({
  name: 'pokes',
  everyMs: restOr(1_000, 60_000),
  onError,
  round: led(async () => {
    await lawChanges.poke(50);
    return false;
  }),
});
/** A ring that was lost, what falls due by the clock, what is to be tried again: found within two seconds. */
const net = startLoop({
  name: 'net',
  everyMs: 2_000,
  onError,
  round: async () => {
    const work = await findWork(feedPool, projectorReader);
    const { faults } = work;
    const isDue = (kinds: readonly string[]) => work.agenda.some((kind) => kinds.includes(kind));
    const others = work.agenda.some((kind) => kind !== callDue && !Object.hasOwn(telling, kind));
    const wakes: readonly (readonly [found: boolean, wake: () => void])[] = [
      [work.mailboxes, engine.look.mailboxes],
      [isDue([callDue]), engine.look.calls],
      [isDue(Object.keys(telling)), statusLooks.wake],
      [work.statuses, statuses.wake],
      [others, agenda.wake],
      [work.events || faults.includes(projectorReader), projecting.wake],
      [work.untold || faults.includes(notifierReader), notifying.wake],
      [work.mails, mails.wake],
      [work.shortMessages, shortMessages.wake],
      [work.inbox, inbox.wake],
      [work.law, redating.wake],
      [work.advances, rehearsing.wake],
      [work.pokes, poking.wake],
    ];
    for (const [found, wake] of wakes) if (found) wake();
    return false;
  },
});
for (const { wake } of [projecting, notifying]) bell.on('events', wake);
for (const { wake } of [agenda, statuses]) bell.on('agenda', wake);
bell.on('inbox', inbox.wake);
bell.on('law', redating.wake);
bell.on('advances', rehearsing.wake);
const loops: Loop[] = [
  projecting,
  notifying,
  mails,
  shortMessages,
  agenda,
  statuses,
  statusLooks,
  inbox,
  redating,
  rehearsing,
  poking,
  net,
  startLoop({
    name: 'calendars',
    everyMs: 60_000,
    onError,
    round: led(async () => (await warnOfCalendars(pool, law)) < 0),
  }),
  startLoop({
    name: 'reports',
    everyMs: 3_600_000,
    onError,
    round: led(async () => {
      await planReports(pool, law.current().law, await businessNow(pool));
      return false;
    }),
  }),
  startLoop({
    name: 'stand-ins',
    everyMs: 5_000,
    onError,
    round: led(() => lookAfterHolders({ pool, door, onError: failing('stand-ins') })),
  }),
  startLoop({ name: 'lost engine', everyMs: 10_000, onError, round: led(() => engineWatch.look()) }),
  ...(masterKeys
    ? [
        startLoop({
          name: 'sealing',
          everyMs: 3_600_000,
          onError,
          round: led(() => sealWordsOfBefore(pool, masterKeys)),
        }),
      ]
    : []),
  startLoop({ name: 'retention', everyMs: 3_600_000, onError, round: led(() => retention.runOnce()) }),
  startLoop({
    name: 'odd readings',
    everyMs: 300_000,
    onError,
    round: led(async () => {
      await lookForOddReadings(pool, law);
      return false;
    }),
  }),
  startLoop({
    name: 'transparency log',
    everyMs: 15_000,
    onError,
    round: led(async () => {
      await keepLog(transparency);
      return false;
    }),
  }),
  startLoop({
    name: 'chain roots',
    everyMs: 3_600_000,
    onError,
    round: led(async () => {
      await root();
      return false;
    }),
  }),
];
begin = () => {
  for (const { wake } of loops) wake();
};

let stopping: Promise<void> | undefined;
function stop(): Promise<void> {
  stopping ??= (async () => {
    rehearsal.stop();
    law.stop();
    await Promise.all([engine.stop(), ...loops.map((loop) => loop.stop())]);
    await bell.stop();
    if (leader.leads) {
      // The last word: what was decided until now is covered before anybody can touch it. A stop goes on without it.
      await root().catch((error: unknown) => onError(error, 'chain roots'));
      await keepLog(transparency).catch((error: unknown) => onError(error, 'transparency log'));
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

newestRoot(pool).then(
  (newest) => rootLog.info({ newest: newest ?? null }, 'newest chain root at start'),
  (error: unknown) => onError(error, 'chain roots'),
);
logger.info({ taskQueue, namespace }, 'worker ready');
process.send?.({ ready: true });

engine.running.then(
  () => undefined,
  (error: unknown) => {
    logger.fatal({ err: error }, 'a Temporal worker failed');
    process.exit(1);
  },
);
