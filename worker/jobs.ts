import type pg from 'pg';
import { type AgencyClient } from '../activities/agency-client.js';
import { warnOfCalendars } from '../db/law/calendar-watch.js';
import { type LawSource } from '../db/law/live-law.js';
import { instructionRung } from '../db/leadership/instructions.js';
import { planReports, reportOpens, reportRung } from '../db/leadership/reports.js';
import { handleMessages } from '../db/outbound/inbox-handler.js';
import { createNotifier, noticesAtOnce, noticesDue } from '../db/outbound/notices.js';
import { absenceBegins } from '../db/people/delegations.js';
import { createProjector, projectedAtOnce } from '../db/projection/projector.js';
import { settleTallies } from '../db/projection/tallies.js';
import { callDue, dutyDue, resultDue, statusLook } from '../db/register/agenda.js';
import { businessNow } from '../db/register/business-clock.js';
import { sealWordsOfBefore } from '../db/register/case-keys.js';
import { createRetention } from '../db/register/retention.js';
import { paced } from '../engine/worker/loop.js';
import { type MasterKeys } from '../ops/master-keys.js';
import { type AgendaHandler, workOffAgenda } from './agenda.js';
import { type WorkerEnvironment } from './config.js';
import { handOverAbsence } from './delegations.js';
import { settleDuties } from './duties.js';
import { type createEngineWatch } from './engine-watch.js';
import { type Engine } from './engine.js';
import { type Evidence } from './evidence.js';
import { lookAfterHolders } from './holders.js';
import { climbInstructions } from './instructions.js';
import { type createLawChanges } from './law-changes.js';
import { type createMailer } from './mailer.js';
import { noteOddLooks } from './odd-looks.js';
import { type createRehearsal } from './rehearsal.js';
import { climbReports, openReports } from './reports.js';
import { lookAtStatuses, planStatusLook, tellStatuses } from './statuses.js';

/** What a job does once; how it answers: see `startLoop`. */
export type Round = () => Promise<boolean | 'soon'>;

interface JobDeps {
  readonly environment: WorkerEnvironment;
  readonly pool: pg.Pool;
  /** Sessions for who reads the feed. */
  readonly feedPool: pg.Pool;
  readonly law: LawSource;
  readonly masterKeys: MasterKeys | undefined;
  readonly door: Engine['door'];
  readonly mailer: ReturnType<typeof createMailer>;
  readonly lawChanges: ReturnType<typeof createLawChanges>;
  readonly rehearsal: ReturnType<typeof createRehearsal>;
  readonly engineWatch: ReturnType<typeof createEngineWatch>;
  readonly evidence: Evidence;
  /** Calls of the systems that are told of states and asked for them. */
  readonly statusClient: AgencyClient;
  /** Told of `about`, the one thing of many that a round of `job` could not do. */
  readonly failing: (job: string) => (error: unknown, about?: string) => void;
  /** Told that there are messages to send. */
  readonly messagesWait: () => void;
}

/** Kinds of agenda items that wait for systems which take their time: worked off apart from all others. */
export const statusKinds: readonly string[] = [resultDue, statusLook];

/** Everything that the worker does again and again beside the engine's own loops: one round of each. How often, and who wakes whom: `startJobs`. */
export function createJobs(deps: JobDeps) {
  const { environment, pool, law, masterKeys, door, mailer, lawChanges, rehearsal, evidence, failing } = deps;
  const projector = createProjector({ pool: deps.feedPool, law });
  const notifier = createNotifier({ pool, law });
  const retention = createRetention(pool, {
    engine: environment.ENGINE_RETENTION_DAYS,
    exchanges: environment.EXCHANGE_RETENTION_DAYS,
    messages: environment.MESSAGE_RETENTION_DAYS,
    notices: environment.NOTICE_RETENTION_DAYS,
    deliveries: environment.DELIVERY_RETENTION_DAYS,
    security: environment.SECURITY_RETENTION_DAYS,
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
  const statusHandlers: Readonly<Record<string, AgendaHandler>> = {
    // The daily look finds what was not told of these.
    [resultDue]: () => Promise.resolve(),
    [statusLook]: lookAtStatuses({
      ...{ pool, door, client: deps.statusClient, onError: failing('statuses') },
      attempts: environment.AGENCY_CALL_ATTEMPTS,
    }),
  };
  const messages = { pool, door, limit: 50, onError: failing('inbox') };
  const once =
    (work: () => Promise<unknown>): Round =>
    async () => {
      await work();
      return false;
    };
  return {
    projector: async () => paced(await projector.runOnce(), projectedAtOnce),
    notifier: async () => {
      const told = await notifier.runOnce();
      if (told > 0) deps.messagesWait();
      return paced(told, noticesAtOnce);
    },
    mails: () => mailer.mails(),
    'short messages': () => mailer.shortMessages(),
    agenda: async () => {
      const except = [...statusKinds, callDue];
      const done = await workOffAgenda({ pool, handlers, onError: failing('agenda'), except });
      if (done !== false) deps.messagesWait();
      return done;
    },
    statuses: async () => (await tellStatuses({ pool, client: deps.statusClient, onError: failing('statuses') })) > 0,
    'status looks': async () => {
      await planStatusLook(pool, await businessNow(pool));
      return workOffAgenda({ pool, handlers: statusHandlers, onError: failing('status looks'), only: statusKinds });
    },
    inbox: async () => (await handleMessages(messages)) > 0,
    'law changes': () => lawChanges.redate(),
    pokes: once(() => lawChanges.poke(50)),
    rehearsal: () => rehearsal.runOnce(),
    calendars: async () => (await warnOfCalendars(pool, law)) < 0,
    reports: once(async () => planReports(pool, law.current().law, await businessNow(pool))),
    tallies: once(async () => settleTallies(pool, await businessNow(pool))),
    'stand-ins': () => lookAfterHolders({ pool, door, onError: failing('stand-ins') }),
    'lost engine': () => deps.engineWatch.look(),
    sealing: async () => masterKeys !== undefined && (await sealWordsOfBefore(pool, masterKeys)),
    retention: () => retention.runOnce(),
    'odd looks': once(() => noteOddLooks(pool, law)),
    'transparency log': once(() => evidence.keepLog()),
    'chain roots': once(() => evidence.signRoot()),
  } satisfies Readonly<Record<string, Round>>;
}

export type Jobs = ReturnType<typeof createJobs>;
