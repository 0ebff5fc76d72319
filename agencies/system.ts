import { timingSafeEqual } from 'node:crypto';
import express, { type Express, type RequestHandler, type Response } from 'express';
import { pino } from 'pino';
import { type SystemCode } from '../domain/law/agency-systems.js';
import { refuse } from '../domain/errors.js';
import { logDestination } from '../ops/log.js';
import { authorityRouter } from './authority/router.js';
import { openBooks } from './books.js';
import { CallbackDesk } from './callbacks.js';
import { type AgenciesConfig } from './config.js';
import { controlRouter } from './control-router.js';
import { IdempotencyStore } from './idempotency.js';
import { problemHandler } from './problem.js';
import { Store } from './store.js';
import { type SystemRoom, systemRoom } from './system-router.js';
import { systems } from './systems/index.js';
import { witnessRouter } from './witness/router.js';
import { createWitness } from './witness/witness.js';

function bearer(token: string): RequestHandler {
  const expected = Buffer.from(`Bearer ${token}`);
  return (request, response, next) => {
    const shown = Buffer.from(request.get('authorization') ?? '');
    if (shown.length === expected.length && timingSafeEqual(shown, expected)) return next();
    response.set('WWW-Authenticate', 'Bearer');
    return refuse('UNAUTHENTICATED');
  };
}

/**
 * All agency systems in one Express app (no listen), each under `/{system}`, with `/control`, `/healthz`, a witness of the transparency log and an authority for seals beside them. `close` stops
 * timers, cuts the calls that were never to be answered and closes the state file; the caller closes its server first or after.
 */
export function createAgencies(config: AgenciesConfig): { app: Express; close(): Promise<void> } {
  const logger = pino(
    {
      level: config.logLevel,
      base: { process: 'agencies' },
      redact: ['authorization', '*.authorization', '*.to', '*.text'],
    },
    logDestination(),
  );
  const store = new Store(config.stateFile);
  const unanswered = new Set<Response>();
  const admit = [bearer(config.token), express.json({ limit: '64kb', type: () => true })];
  const rooms = new Map<SystemCode, SystemRoom>();
  const byCode = new Map(systems.map((system) => [system.code, system]));
  const desk = new CallbackDesk(store, sender, config, logger);
  const shared = {
    store,
    books: openBooks(store, config.daysOff),
    desk: () => desk,
    answers: new IdempotencyStore(store, config.hmacSecret),
    admit,
    unanswered,
  };

  function sender(code: SystemCode) {
    const room = rooms.get(code);
    if (!room) throw new Error(`no agency system ${code}`);
    const system = byCode.get(code);
    return {
      faults: room.faults(),
      journal: room.journal,
      legalBasis: system?.legalBasis ?? null,
      conditions: system?.conditions ?? {},
    };
  }

  const app = express();
  app.disable('x-powered-by');
  app.use((request, response, next) => {
    const started = performance.now();
    response.on('close', () => {
      const ms = Math.round(performance.now() - started);
      logger[request.get('x-request-id') === undefined ? 'debug' : 'info'](
        {
          method: request.method,
          path: request.path,
          status: response.headersSent ? response.statusCode : null,
          ms,
          // The caller's, by which its own log tells the call.
          requestId: request.get('x-request-id'),
        },
        'request',
      );
    });
    next();
  });
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  for (const system of systems) {
    const room = systemRoom(system, shared);
    rooms.set(system.code, room);
    app.use(`/${system.code}`, room.router);
  }
  app.use('/control', controlRouter(desk, admit));
  if (config.authority) app.use('/authority', authorityRouter(config.authority, admit));
  if (config.witness) app.use('/witness', witnessRouter(createWitness({ ...config.witness, now: Date.now })));
  app.use(() => refuse('NOT_FOUND'));
  app.use(problemHandler(logger));
  desk.wake();

  return {
    app,
    close: async () => {
      for (const response of unanswered) response.destroy();
      await desk.close();
      store.close();
    },
  };
}
