import { businessNow } from '../../db/register/business-clock.js';
import { calendarCoverages } from '../../db/law/calendar-watch.js';
import { unsentMessages } from '../../db/outbound/messages.js';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type RequestHandler, Router } from 'express';
import { within } from '../../ops/page.js';
import { dateOf, daysBetween } from '../../domain/time/instants.js';
import { type ApiDeps } from '../deps.js';
import { routeOf } from '../http/trace.js';

const patienceMs = 2_000;

/** The registry behind `/metrics`, and what fills it while requests come by. */
export interface Metrics {
  readonly registry: Registry;
  readonly observe: RequestHandler;
}

/** Latency by route and status, and what the process and its pool are doing. One registry per process. */
export function createMetrics(pool: ApiDeps['pool'], restarts = 0): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({ name: 'restarts', help: 'How often the supervisor had to start it again', registers: [registry] }).set(
    restarts,
  );
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time until the answer was sent',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  new Gauge({
    name: 'register_connections',
    help: 'Sessions of this process on the register',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
      this.set({ state: 'waited-for' }, pool.waitingCount);
    },
  });
  new Gauge({
    name: 'messages_unsent',
    help: 'Mails and short messages that are due and have not left',
    labelNames: ['channel'],
    registers: [registry],
    async collect() {
      this.set({ channel: 'mail' }, 0);
      this.set({ channel: 'sms' }, 0);
      // Where the register is away there is nothing to say about it here: `readyz` does.
      const unsent = await within(patienceMs, unsentMessages(pool), []);
      for (const { channel, count } of unsent) this.set({ channel }, count);
    },
  });
  const observe: RequestHandler = (request, response, next) => {
    const begun = process.hrtime.bigint();
    response.once('finish', () => {
      const labels = { method: request.method, route: routeOf(request), status: response.statusCode };
      duration.observe(labels, Number(process.hrtime.bigint() - begun) / 1e9);
    });
    next();
  };
  return { registry, observe };
}

/** What of what it needs is up. It can work with the register alone; the engine may be away. Answers within two seconds, whatever hangs. */
export async function readinessOf({ pool, engine }: Pick<ApiDeps, 'pool' | 'engine'>) {
  const [register, engineUp] = await Promise.all([
    within(
      patienceMs,
      pool.query('select 1').then(() => true),
      false,
    ),
    within(patienceMs, engine.isReachable(), false),
  ]);
  return { ready: register, parts: { register: register ? 'up' : 'down', engine: engineUp ? 'up' : 'down' } } as const;
}

/** `/healthz`: the process lives. `/readyz`: it can work. For load balancers; the metrics are on the private page alone. */
export function operationsRouter(deps: ApiDeps): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const { ready, parts } = await readinessOf(deps);
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not-ready', ...parts });
  });
  return router;
}

/** How far the working calendars reach, beside the rest. */
export function watchCalendars(registry: Registry, pool: ApiDeps['pool'], law: ApiDeps['law']): void {
  const labelNames = ['calendar'] as const;
  const now = () => within(patienceMs, businessNow(pool), undefined);
  new Gauge({
    name: 'calendar_days_covered',
    help: 'Days from today, business time, to the last one that a working calendar covers, provisional days included',
    labelNames,
    registers: [registry],
    async collect() {
      const at = await now();
      if (at === undefined) return;
      for (const { data, to } of law.current().catalogue.calendars.values())
        this.set({ calendar: data.code }, daysBetween(dateOf(at), to));
    },
  });
  new Gauge({
    name: 'calendar_years_missing',
    help: 'Years, from 1 October also the next one, whose days off no document fixes yet',
    labelNames,
    registers: [registry],
    async collect() {
      const at = await now();
      if (at === undefined) return;
      for (const { calendar, missing } of calendarCoverages(law.current().catalogue, dateOf(at)))
        this.set({ calendar }, missing.length);
    },
  });
}
