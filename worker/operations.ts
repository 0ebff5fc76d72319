import { type Client } from '@temporalio/client';
import type pg from 'pg';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { type Backlog, backlog } from '../db/read/backlog.js';
import { businessNow } from '../db/register/business-clock.js';
import { agencyCallMetric, watchDisk } from '../ops/metrics.js';
import { type OperationsPage, within } from '../ops/page.js';

const patienceMs = 2_000;

interface OperationsDeps {
  readonly pool: pg.Pool;
  readonly client: Client;
  /** False once one of the Temporal workers does not work any more. */
  readonly working: () => boolean;
  /** Whether this worker leads the others. */
  readonly leads: () => boolean;
  readonly restarts: number;
  /** Folders it writes to, by what is kept there. */
  readonly places?: Readonly<Record<string, string>>;
}

/** What operators see of the worker. Answers within two seconds, whatever hangs. */
export interface WorkerOperations extends OperationsPage {
  /** A round of a loop failed. */
  loopFailed(name: string): void;
  /** A call of another body's system ended. */
  callEnded(call: { readonly system: string; readonly outcome: string; readonly seconds: number }): void;
  /** The workflows were rebuilt because Temporal had lost them. */
  rebuilt(scopes: number): void;
}

export function createOperations({
  pool,
  client,
  working,
  leads,
  restarts,
  places = {},
}: OperationsDeps): WorkerOperations {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  watchDisk(registry, places);
  const callEnded = agencyCallMetric(registry);
  new Gauge({ name: 'restarts', help: 'How often the supervisor had to start it again', registers }).set(restarts);
  new Gauge({
    name: 'worker_leads',
    help: 'Whether this worker does what one worker at a time does: the sum over all workers is 1',
    registers,
    collect() {
      this.set(leads() ? 1 : 0);
    },
  });
  const failures = new Counter({
    name: 'loop_failures_total',
    help: 'Rounds of a loop that failed and will be tried again',
    labelNames: ['loop'],
    registers,
  });
  const rebuilds = new Counter({
    name: 'workflows_rebuilt_total',
    help: 'Workflows rebuilt from the register because Temporal had lost its data',
    registers,
  });

  const lag = new Gauge({
    name: 'feed_lag_seconds',
    help: 'Age of the oldest event that a reader of the feed has not read',
    labelNames: ['reader'],
    registers,
  });
  const unsent = new Gauge({
    name: 'messages_unsent',
    help: 'Mails and short messages that are due and have not left',
    labelNames: ['channel'],
    registers,
  });
  const faults = new Gauge({
    name: 'reader_faults',
    help: 'Events and cases that a reader of events has set aside: see GET /api/v1/engine/faults',
    labelNames: ['reader'],
    registers,
  });
  const counts: Readonly<Record<keyof Omit<Backlog, 'feeds' | 'unsent' | 'faults'>, Gauge>> = {
    unsentScopes: new Gauge({ name: 'scopes_unsent', help: 'Mailboxes that have something to send', registers }),
    undelivered: new Gauge({
      name: 'events_undelivered',
      help: 'Events in them that no workflow was told of',
      registers,
    }),
    lateTimers: new Gauge({
      name: 'timers_late',
      help: 'Scopes that a timer should have woken more than a minute ago',
      registers,
    }),
    thinkingScopes: new Gauge({
      name: 'scopes_thinking',
      help: 'Open scopes that have not finished thinking about what they were told',
      registers,
    }),
    dueAgenda: new Gauge({ name: 'agenda_due', help: 'Items of the agenda that are due and not done', registers }),
    untold: new Gauge({ name: 'notices_untold', help: 'Events of which people have still to be told', registers }),
    inboxAgeSeconds: new Gauge({
      name: 'inbox_age_seconds',
      help: 'Age of the oldest message of an agency that is not handled',
      registers,
    }),
    pendingInbox: new Gauge({ name: 'inbox_pending', help: 'Messages of agencies that are not handled', registers }),
  };
  const show = (found: Backlog): void => {
    lag.reset();
    for (const { reader, lagSeconds } of found.feeds) lag.set({ reader }, lagSeconds);
    unsent.reset();
    for (const channel of ['mail', 'sms']) unsent.set({ channel }, 0);
    for (const { channel, count } of found.unsent) unsent.set({ channel }, count);
    for (const reader of ['projector', 'notifier', 'webhook']) faults.set({ reader }, 0);
    for (const { reader, count } of found.faults) faults.set({ reader }, count);
    for (const [name, gauge] of Object.entries(counts)) gauge.set(found[name as keyof typeof counts]);
  };
  const up = new Gauge({
    name: 'register_up',
    help: 'Whether the register could be asked; while it is 0 the backlogs are the last ones known',
    registers,
  });
  const look = async (): Promise<void> => {
    const asked = businessNow(pool).then((now) => backlog(pool, now));
    const found = await within(patienceMs, asked, undefined);
    if (found) show(found);
    up.set(found ? 1 : 0);
  };

  return {
    registry: {
      contentType: registry.contentType,
      metrics: async () => {
        await look();
        return registry.metrics();
      },
    },
    loopFailed: (loop) => failures.inc({ loop }),
    callEnded,
    rebuilt: (scopes) => rebuilds.inc(scopes),
    async readiness() {
      const [register, engine] = await Promise.all([
        within(
          patienceMs,
          pool.query('select 1').then(() => true),
          false,
        ),
        within(
          patienceMs,
          client.withDeadline(Date.now() + patienceMs, () => client.workflowService.getSystemInfo({})).then(() => true),
          false,
        ),
      ]);
      const state = (up: boolean) => (up ? 'up' : 'down');
      const parts = { register: state(register), engine: state(engine), workers: state(working()) } as const;
      return { ready: register && engine && working(), parts };
    },
  };
}
