import { unsentMessages } from '../../db/messages.js';
import { countFaults } from '../../db/quarantine.js';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type RequestHandler, Router } from 'express';
import { type ApiDeps } from '../deps.js';

/** Latency by route and status, and what the process and its pool are doing. One registry per application. */
export function createMetrics(pool: ApiDeps['pool']) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
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
      const unsent = await unsentMessages(pool).catch(() => []);
      for (const { channel, count } of unsent) this.set({ channel }, count);
    },
  });
  new Gauge({
    name: 'reader_faults',
    help: 'Events and cases that a reader of events has set aside: see GET /api/v1/engine/faults',
    labelNames: ['reader'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const reader of ['projector', 'notifier', 'webhook']) this.set({ reader }, 0);
      const booked = await countFaults(pool).catch(() => []);
      for (const { reader, count } of booked) this.set({ reader }, count);
    },
  });
  const observe: RequestHandler = (request, response, next) => {
    const begun = process.hrtime.bigint();
    response.once('finish', () => {
      // The pattern, not the address: a label per case would be a label without end.
      const route = (request.route as { path?: unknown } | undefined)?.path;
      const labels = {
        method: request.method,
        route: typeof route === 'string' ? route : 'none',
        status: response.statusCode,
      };
      duration.observe(labels, Number(process.hrtime.bigint() - begun) / 1e9);
    });
    next();
  };
  return { registry, observe };
}

/** `/healthz`: the process lives. `/readyz`: it can work, which needs the register; the engine may be away. `/metrics`: for Prometheus. */
export function operationsRouter({ pool, engine }: ApiDeps, registry: Registry): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const [register, engineUp] = await Promise.all([
      pool.query('select 1').then(
        () => true,
        () => false, // said in the answer
      ),
      engine.isReachable(),
    ]);
    response.status(register ? 200 : 503).json({
      status: register ? 'ready' : 'not-ready',
      register: register ? 'up' : 'down',
      engine: engineUp ? 'up' : 'down',
    });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}
