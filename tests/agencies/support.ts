import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type LookupKind, lookupPath } from '../../domain/law/agency-systems.js';
import { type LookupSubject, type OpinionCallback } from '../../domain/schemas/agency-messages.js';
import { agenciesConfig, agenciesEnvironment, type AgenciesConfig } from '../../agencies/config.js';
import { createAgencies } from '../../agencies/system.js';

export const token = 'token-of-the-tests-0001';
export const secret = 'master-secret-of-the-tests-0123456789';
export const environment = { AGENCY_TOKEN: token, AGENCY_HMAC_SECRET: secret, LOG_LEVEL: 'silent' } as const;

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

export interface Answer {
  status: number;
  type: string;
  body: unknown;
}

/** Speaks to agency systems at an address as the engine does. */
export class Client {
  constructor(readonly url: string) {}

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      body: text ? JSON.parse(text) : null,
    };
  }

  lookUp<K extends LookupKind>(kind: K, subject: LookupSubject<K>, key = `key/${kind}`): Promise<Answer> {
    const body = {
      correlationId: key,
      caseCode: 'LX-260302-0001-A',
      procedure: 'irc-ordinary',
      askedAt: '2026-03-02T02:00:00Z',
      subject,
    };
    return this.call('POST', lookupPath(kind), body, { 'idempotency-key': key });
  }

  consult(system: string, asked: Record<string, unknown>): Promise<Answer> {
    return this.call('POST', `/${system}/consultations`, asked, { 'idempotency-key': String(asked.correlationId) });
  }

  faults(system: string, faults: Record<string, unknown>): Promise<Answer> {
    return this.call('PUT', `/${system}/faults`, faults);
  }

  clock(now: string): Promise<Answer> {
    return this.call('PUT', '/control/clock', { now });
  }
}

export interface Received {
  raw: string;
  headers: IncomingHttpHeaders;
  opinion: OpinionCallback;
}

/** Our side of the callbacks: keeps what came, answers what the test says (default 202). */
export class Receiver {
  readonly received: Received[] = [];
  status: (attempt: number) => number = () => 202;
  url = '';
  readonly #server = createServer((request, response) => {
    let raw = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (raw += chunk));
    request.on('end', () => {
      this.received.push({ raw, headers: request.headers, opinion: JSON.parse(raw) as OpinionCallback });
      response.statusCode = this.status(this.received.length);
      response.end();
    });
  });

  async open(): Promise<this> {
    this.url = `${await listen(this.#server)}/agency-callbacks/any`;
    return this;
  }

  close(): Promise<void> {
    return closeServer(this.#server);
  }

  correlationIds(): string[] {
    return this.received.map(({ opinion }) => opinion.correlationId);
  }
}

/** The agency systems in this process on a free port. */
export async function startAgencies(overrides: Partial<AgenciesConfig> = {}) {
  const config = {
    ...agenciesConfig(agenciesEnvironment.parse(environment)),
    replyMs: 5,
    callbackBackoffMs: 5,
    releaseWaitMs: 300,
  };
  const agencies = createAgencies({ ...config, ...overrides });
  const server = createServer(agencies.app);
  const client = new Client(await listen(server));
  return {
    client,
    stop: async () => {
      await agencies.close();
      await closeServer(server);
    },
  };
}

/** A question to the Department of Agriculture and Environment, asked on Monday 2 March 2026 at 09:00. */
export function question(callbackUrl: string, change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    correlationId: 'consultation/1/dae',
    caseCode: 'LX-260302-0001-A',
    procedure: 'investment-policy-park',
    agency: 'dae',
    about: { vi: 'Đất đai, môi trường', en: 'Land and environment' },
    askedAt: '2026-03-02T02:00:00.000Z',
    dueDate: '2026-03-11',
    callbackUrl,
    ...change,
  };
}
