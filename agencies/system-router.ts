import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { agencySystems, type LookupKind } from '../domain/law/agency-systems.js';
import { refuse } from '../domain/errors.js';
import { ConsultationRequest, lookupRequest, RedeliveryRequest } from '../domain/schemas/agency-messages.js';
import { type Books } from './books.js';
import { type CallbackDesk, CounterReport } from './callbacks.js';
import { Faults, noFaults, seededSeries } from './faults.js';
import { type IdempotencyStore } from './idempotency.js';
import { Journal } from './journal.js';
import { openApiDocument } from './open-api.js';
import { sendProblem } from './problem.js';
import { type Store } from './store.js';
import { type AgencySystem } from './systems/agency-system.js';

const IdempotencyKey = z.string().min(1).max(200);
const Correlated = z.object({ correlationId: z.string() });

/** What all systems of the process share. */
interface Shared {
  readonly store: Store;
  readonly books: Books;
  readonly desk: () => CallbackDesk;
  readonly answers: IdempotencyStore;
  /** Bearer token, then JSON body. */
  readonly admit: readonly RequestHandler[];
  /** Responses that will never be answered; cut when the process ends. */
  readonly unanswered: Set<Response>;
}

/** One system, mounted under `/{system}`: its look-ups, consultations, contract, faults and journal. */
export interface SystemRoom {
  readonly router: Router;
  readonly journal: Journal;
  readonly faults: () => Faults;
}

export function systemRoom(system: AgencySystem, shared: Shared): SystemRoom {
  const { store, books, desk, answers, admit, unanswered } = shared;
  const agencies = Object.keys(agencySystems).filter((agency) => agencySystems[agency] === system.code);
  const contract = openApiDocument(system, agencies);
  const journal = new Journal();
  const table = store.table(`faults ${system.code}`, Faults);
  let faults = table.get('faults') ?? noFaults;
  let random = seededSeries(faults.seed);

  const setFaults = (next: Faults) => {
    table.put('faults', next);
    faults = next;
    random = seededSeries(next.seed);
    desk().wake();
  };

  const note = (request: Request, outcome: string) => {
    const correlated = Correlated.safeParse(request.body);
    journal.add({
      event: 'request',
      route: request.path,
      key: request.get('idempotency-key') ?? null,
      correlationId: correlated.data?.correlationId ?? null,
      outcome,
      attempt: null,
    });
  };

  // Before anything else is looked at: a system that is down does not even say 401.
  const cutWhenDown: RequestHandler = (request, _response, next) => {
    if (!faults.down) return next();
    note(request, 'cut');
    request.socket.destroy();
  };

  const misbehave = async (request: Request, response: Response, next: NextFunction) => {
    const { latencyMs, jitterMs, errorRate, errorStatus } = faults;
    const wait = latencyMs + jitterMs * random();
    const fails = random() < errorRate;
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait).unref());
    if (!fails) return next();
    note(request, String(errorStatus));
    sendProblem(request, response, 'AGENCY_UNAVAILABLE', undefined, errorStatus);
  };

  /** Works once per key, then answers, or hangs for ever where the faults say so: the caller must ask again with the same key. */
  const answerOnce = (request: Request, response: Response, status: number, work: () => unknown) => {
    const hangs = random() < faults.timeoutRate;
    const key = IdempotencyKey.safeParse(request.get('idempotency-key'));
    if (!key.success) refuse('IDEMPOTENCY_KEY_MISSING');
    const done = answers.once(system.code, key.data, request.path, request.body, () => ({ status, answer: work() }));
    if (hangs) {
      note(request, 'unanswered');
      unanswered.add(response);
      response.on('close', () => unanswered.delete(response));
      return;
    }
    note(request, done.replayed ? 'replayed' : String(done.status));
    response.status(done.status).json(done.answer);
  };

  const router = Router();
  const business = [cutWhenDown, ...admit, misbehave];

  router.get('/openapi.json', (_request, response) => {
    response.json(contract);
  });
  for (const kind of system.kinds) router.post(`/lookups/${kind}`, ...business, lookUp(kind));

  function lookUp<K extends LookupKind>(kind: K): RequestHandler {
    const schema = lookupRequest(kind);
    return (request, response) => {
      const asked = schema.parse(request.body);
      answerOnce(request, response, 200, () => ({
        ...system.answer(kind, asked, books),
        ...faults.lookupAnswers[kind],
      }));
    };
  }

  if (agencies.length > 0) {
    router.post('/consultations', ...business, (request, response) => {
      const asked = ConsultationRequest.parse(request.body);
      if (!agencies.includes(asked.agency)) refuse('NOT_FOUND');
      answerOnce(request, response, 202, () => {
        desk().accept(system.code, asked);
        return { accepted: true };
      });
    });
    router.post('/redeliveries', ...business, (request, response) => {
      const { since } = RedeliveryRequest.parse(request.body);
      response.status(202).json({ accepted: true, resent: desk().redeliver(system.code, since) });
    });
  }
  if (system.reports) {
    router.post('/reports', ...business, (request, response) => {
      const report = CounterReport.parse(request.body);
      answerOnce(request, response, 202, () => ({ accepted: true, messageId: desk().report(system.code, report) }));
    });
  }
  for (const inspection of system.inspections ?? []) {
    router.get(`/${inspection.path}`, ...admit, (request, response) => {
      const query = z.strictObject({ [inspection.filter]: z.string().optional() }).parse(request.query);
      response.json(inspection.read(books, query[inspection.filter]));
    });
  }

  router.get('/faults', ...admit, (_request, response) => {
    response.json(faults);
  });
  router.put('/faults', ...admit, (request, response) => {
    setFaults(Faults.parse(request.body));
    response.json(faults);
  });
  router.delete('/faults', ...admit, (_request, response) => {
    setFaults(noFaults);
    response.json(faults);
  });
  router.get('/journal', ...admit, (_request, response) => {
    response.json(journal.entries());
  });
  router.use(...admit, () => refuse('NOT_FOUND'));

  return { router, journal, faults: () => faults };
}
