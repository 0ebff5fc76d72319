import { type CaseEvent } from '../domain/case/events.js';
import { type Client } from '@temporalio/client';
import {
  type InjectedSinks,
  type NativeConnection,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import type pg from 'pg';
import { type Logger } from 'pino';
import { createAgencyActivities } from '../activities/agencies.js';
import { createAgencyClient, type EndedCall } from '../activities/agency-client.js';
import { createRegisterActivities, type RegisterActivities } from '../activities/register.js';
import type { Signer } from '../activities/signer.js';
import { createWebhookActivities } from '../activities/webhooks.js';
import { asksForCalls } from '../db/register/agenda.js';
import { businessClock } from '../db/register/business-clock.js';
import { type Bell } from '../db/bell.js';
import { createDoor, type Door } from '../db/register/door.js';
import { settleCase } from '../db/register/settle-case.js';
import { createHandOver, type HandOver } from '../engine/register/hand-over.js';
import { type LawSource } from '../db/law/live-law.js';
import { createTemporalPort } from '../engine/register/temporal-port.js';
import { type AgencyCallPolicy, agencyTaskQueue, caseRuns } from '../domain/case/activities.js';
import { opens } from '../domain/case/routes.js';
import { caseCodeOf } from '../domain/case/scope.js';
import { unworded } from '../domain/case/texts.js';
import { type EngineSinks } from '../engine/workflow/run.js';
import { startLoop, type Loop } from '../engine/worker/loop.js';
import { createSweeper } from '../engine/worker/sweeper.js';
import { createThoughts } from '../engine/worker/thoughts.js';
import { createCalls } from './calls.js';
import { tracedActivities, tracedClient } from './tracing.js';
import { createWebhookWaker } from './webhooks.js';

export interface EngineOptions {
  readonly pool: pg.Pool;
  /** Sessions for commands; left out: those of `pool`. */
  readonly actsPool?: pg.Pool;
  readonly law: LawSource;
  /** Left out: nobody says that there is something to do, and every loop looks often. */
  readonly bell?: Bell;
  /** Whether this one of several workers does what one at a time does. Left out: it does. */
  readonly leads?: () => boolean;
  readonly signer: Signer;
  readonly connection: NativeConnection;
  readonly client: Client;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly workflowBundle: { readonly codePath: string } | WorkflowBundleWithSourceMap;
  readonly agencies: {
    readonly baseUrl: string;
    readonly token: string;
    readonly callbackBaseUrl: string;
    readonly calls: AgencyCallPolicy;
    readonly callsPerSecond: number;
    /** Told of every call. */
    readonly ended?: (call: EndedCall) => void;
  };
  /** Left out: public addresses only, and as patient as with agencies. */
  readonly webhooks?: { readonly privateAddresses: boolean; readonly calls: AgencyCallPolicy };
  readonly maxCachedWorkflows: number;
  readonly identity?: string;
  readonly logger: Logger;
  /** Counts what one of the engine's loops could not do: a round of it, or one mailbox, scope or report. Left out: it is only logged. */
  readonly failed?: (loop: string) => void;
}

/** No mailbox holds anything after it: whoever starts a run tells it the deliveries, too. */
const everything = 2_147_483_647;

/** What pushes cases forward. */
export interface Engine {
  readonly door: Door;
  readonly handOver: HandOver;
  /** There may be something to do for them. */
  readonly look: { readonly mailboxes: () => void; readonly calls: () => void };
  /** Ends when `stop` is called or a worker fails; then it throws. */
  readonly running: Promise<void>;
  /** Whether every Temporal worker takes work. */
  isWorking(): boolean;
  /** Takes no more work, finishes what is in hand. */
  stop(): Promise<void>;
}

/** The Temporal workers, the dispatcher that carries mailboxes to workflows, and the sweeper behind both. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { pool, law, bell, signer, connection, namespace, taskQueue, agencies, logger } = options;
  const leads = options.leads ?? (() => true);
  const { webhooks = { privateAddresses: false, calls: agencies.calls } } = options;
  const port = createTemporalPort(options.client, taskQueue, caseRuns);
  const told = (loop: string, what: string) => (error: unknown, about?: string) => {
    logger.warn({ err: error, loop, about }, what);
    options.failed?.(loop);
  };
  const handOver: HandOver = createHandOver<CaseEvent>({
    pool,
    port,
    opens,
    tell: unworded,
    prepare: (start) => registerActivities.loadScope({ ...start, after: everything, holds: null }),
    onError: told('hand-over', 'a mailbox was not handed over'),
    left: () => bell?.ring('mailboxes'),
  });
  const door: Door = createDoor({
    pool: options.actsPool ?? pool,
    law,
    handOver: (scopes, claimed) => handOver.now(scopes, claimed),
    written: (events, planned) => {
      bell?.ring('events');
      if (planned) bell?.ring('agenda');
      if (events.some(asksForCalls)) bell?.ring('calls');
    },
  });
  const registerActivities: RegisterActivities = tracedActivities(
    pool,
    createRegisterActivities({ pool, door, law, signer, agencyCalls: agencies.calls }),
  );
  // One for both ways of calling: it knows which system to leave alone.
  const agencyClient = tracedClient(createAgencyClient(agencies));
  const thoughts = createThoughts(pool, told('reports', 'a report was not written'), (scope) =>
    bell?.ring('thoughts', caseCodeOf(scope)),
  );
  const sinks: InjectedSinks<EngineSinks> = {
    register: {
      thought: { fn: (_info, scope, generation, doneSeq) => thoughts.note(scope, generation, doneSeq) },
    },
  };
  // What the client sends the workers open, and the other way round.
  const dataConverter = options.client.options.loadedDataConverter;
  const common = {
    connection,
    namespace,
    dataConverter: { payloadCodecs: dataConverter.payloadCodecs },
    ...(options.identity === undefined ? {} : { identity: options.identity }),
  };
  const workers = await Promise.all([
    Worker.create({
      ...common,
      taskQueue,
      workflowBundle: options.workflowBundle,
      activities: registerActivities,
      sinks,
      maxCachedWorkflows: options.maxCachedWorkflows,
      maxConcurrentWorkflowTaskExecutions: 40,
      maxConcurrentLocalActivityExecutions: 40,
      shutdownGraceTime: '5s',
    }),
    Worker.create({
      ...common,
      taskQueue: agencyTaskQueue(taskQueue),
      activities: {
        ...createAgencyActivities({
          pool,
          client: agencyClient,
          callbackBaseUrl: agencies.callbackBaseUrl,
          get calendar() {
            return law.current().law.calendar('vn-state');
          },
        }),
        ...createWebhookActivities({ pool, law, privateAddresses: webhooks.privateAddresses }),
      },
      maxTaskQueueActivitiesPerSecond: agencies.callsPerSecond,
      shutdownGraceTime: '5s',
    }),
  ]);
  const runs = workers.map((worker) => worker.run());
  const sweeper = createSweeper({
    pool,
    clock: () => businessClock(pool),
    settle: (caseCode, now) => settleCase(door, caseCode, now),
    handOver,
    onError: (error, scope, loop) => told(loop, 'the sweeper could not help a scope')(error, scope),
  });
  const calls = createCalls({
    pool,
    door,
    law,
    client: agencyClient,
    callbackBaseUrl: agencies.callbackBaseUrl,
    calls: agencies.calls,
    callsPerSecond: agencies.callsPerSecond,
    onError: (error, about) => told('calls', 'a call for a step failed')(error, about),
    done: () => calling.wake(),
    ended: (caseCode) => bell?.ring('thoughts', caseCode),
  });
  const waker = createWebhookWaker({ pool, client: options.client, taskQueue, calls: webhooks.calls });
  const onError = (error: unknown, loop: string) => told(loop, 'a loop of the worker failed')(error);
  // Whoever gives a bell looks for what lies there, too (`look`).
  const restOr = (often: number, rarely: number) => () => (bell?.listens === true ? rarely : often);
  const dispatcher = startLoop({
    name: 'dispatcher',
    everyMs: restOr(100, 60_000),
    onError,
    round: async () => (await handOver.poll(50)) === 50,
  });
  bell?.on('mailboxes', dispatcher.wake);
  const webhooksLoop = startLoop({
    name: 'webhooks',
    everyMs: restOr(500, 30_000),
    gapMs: 500,
    onError,
    round: async () => {
      if (leads()) await waker.runOnce(performance.now());
      return false;
    },
  });
  bell?.on('events', webhooksLoop.wake);
  const calling = startLoop({
    name: 'calls',
    everyMs: restOr(100, 60_000),
    onError,
    // One worker makes the calls: their rate is that of the whole installation.
    round: async () => {
      if (leads()) await calls.begin();
      return false;
    },
  });
  bell?.on('calls', calling.wake);
  const loops: Loop[] = [
    dispatcher,
    webhooksLoop,
    calling,
    startLoop({
      name: 'timers',
      everyMs: 15_000,
      onError,
      round: async () => leads() && (await sweeper.settleOverdue(performance.now())) >= 100,
    }),
    startLoop({
      name: 'silence',
      everyMs: 5_000,
      onError,
      round: async () => {
        if (leads()) await sweeper.pokeSilent(performance.now());
        return false;
      },
    }),
  ];

  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.allSettled(runs);
      await calls.settled();
      await handOver.settled();
      await thoughts.flush();
    })();
    return stopping;
  };
  const running = Promise.all(runs).then(
    () => undefined,
    async (error: unknown) => {
      await stop();
      throw error;
    },
  );
  const isWorking = () => workers.every((worker) => worker.getState() === 'RUNNING');
  return { door, handOver, look: { mailboxes: dispatcher.wake, calls: calling.wake }, running, isWorking, stop };
}
