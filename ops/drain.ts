import { type Server, type ServerResponse } from 'node:http';

/**
 * Lets a server be stopped without losing the answer of a request it has taken: no new connection, `Connection: close` on every answer from then on, so that each
 * connection ends with the answer under way on it. Resolves when none is left; what is not over after `patienceMs` is cut. Call it before the server listens.
 */
export function drainable(server: Server): (patienceMs: number) => Promise<void> {
  const underWay = new Set<ServerResponse>();
  let stopping = false;
  const last = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader('Connection', 'close');
    // Its headers were sent and promise to stay: the connection is idle, and so closed, a moment after its end.
    else response.once('finish', () => setImmediate(() => server.closeIdleConnections()));
  };
  server.prependListener('request', (_request, response: ServerResponse) => {
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
    if (stopping) last(response);
  });
  return async (patienceMs) => {
    stopping = true;
    for (const response of underWay) last(response);
    const impatience = setTimeout(() => server.closeAllConnections(), patienceMs);
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    });
    clearTimeout(impatience);
  };
}
