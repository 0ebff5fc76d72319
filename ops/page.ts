import { createServer } from 'node:http';
import { type Registry } from 'prom-client';

/** What the operations page of a process shows. */
export interface OperationsPage {
  /** Whether it can work, and what of what it needs is up. */
  readiness(): Promise<{ readonly ready: boolean; readonly parts: Readonly<Record<string, 'up' | 'down'>> }>;
  readonly registry: Pick<Registry, 'contentType' | 'metrics'>;
}

/**
 * The private page of a process, on a port of its own: `/healthz` (it lives), `/readyz` (it can work), `/metrics` (for Prometheus). For operators and their
 * machines alone. Rejects where it cannot listen.
 */
export async function startOperationsPage(
  at: { readonly host: string; readonly port: number },
  { readiness, registry }: OperationsPage,
): Promise<{ close(): Promise<void> }> {
  const pages: Readonly<Record<string, () => Promise<{ status: number; type: string; body: string }>>> = {
    '/healthz': () => Promise.resolve(json(200, { status: 'ok' })),
    '/readyz': async () => {
      const { ready, parts } = await readiness();
      return json(ready ? 200 : 503, { status: ready ? 'ready' : 'not-ready', ...parts });
    },
    '/metrics': async () => ({ status: 200, type: registry.contentType, body: await registry.metrics() }),
  };
  const server = createServer((request, response) => {
    const page = request.method === 'GET' ? pages[(request.url ?? '').split('?')[0] ?? ''] : undefined;
    const answer = page?.() ?? Promise.resolve(json(404, { status: 'not-found' }));
    void answer
      .catch(() => json(500, { status: 'failed' }))
      .then(({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  });
  return {
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const json = (status: number, body: unknown) => ({ status, type: 'application/json', body: JSON.stringify(body) });

/** What `work` resolves to, or `late` where it rejects or takes longer than `ms`: a page about what is down must not hang on it. */
export async function within<T>(ms: number, work: Promise<T>, late: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<T>((resolve) => (timer = setTimeout(resolve, ms, late)));
  try {
    return await Promise.race([work.catch(() => late), over]);
  } finally {
    clearTimeout(timer);
  }
}
