import { Agent, request as ask } from 'node:http';
import { createServer, type Server } from 'node:https';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import { connect } from 'node:net';

/** In place of nginx: TLS before the processes of the API, one after the other; one that does not take the connection is passed over. */
export function startProxy(options: {
  readonly cert: string;
  readonly key: string;
  readonly port: number;
  readonly upstreams: readonly number[];
}): Promise<Server> {
  const { cert, key, port, upstreams } = options;
  const agent = new Agent({ keepAlive: true });
  let turn = 0;
  const server = createServer({ cert, key }, (request, response) => {
    const headers = {
      ...request.headers,
      'x-forwarded-for': request.socket.remoteAddress ?? '',
      'x-forwarded-proto': 'https',
    };
    const first = turn++;
    const pass = (tried: number): void => {
      const upstream = upstreams[(first + tried) % upstreams.length];
      const asked = ask({
        host: '127.0.0.1',
        port: upstream,
        method: request.method,
        path: request.url,
        headers,
        agent,
      });
      asked.once('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        answer.once('error', () => response.destroy());
      });
      asked.once('error', (error: NodeJS.ErrnoException) => {
        // Nobody listened: nothing was taken, and another may.
        if (error.code === 'ECONNREFUSED' && tried + 1 < upstreams.length) return pass(tried + 1);
        if (response.headersSent) response.destroy();
        else response.writeHead(502).end();
      });
      response.once('close', () => asked.destroy());
      // Only once somebody listens: what was read for one who does not is lost for the next.
      asked.once('socket', (socket) => {
        if (socket.connecting) socket.once('connect', () => request.pipe(asked));
        else request.pipe(asked);
      });
    };
    pass(0);
  });
  return listening(server, port);
}

/** TLS before a server that speaks none, for whoever shows a certificate of the CA. `stop` cuts what is open. */
export async function startTlsBefore(options: {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
  readonly port: number;
  readonly target: number;
}): Promise<{ stop(): Promise<void> }> {
  const { target, port, ...files } = options;
  const open = new Set<{ destroy(): void }>();
  const server = createTlsServer(
    { ...files, requestCert: true, rejectUnauthorized: true, ALPNProtocols: ['h2'] },
    (inside) => {
      const outside = connect(target, '127.0.0.1');
      open.add(inside);
      inside.once('close', () => open.delete(inside));
      for (const [one, other] of [
        [inside, outside],
        [outside, inside],
      ] as const) {
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
      }
      inside.pipe(outside).pipe(inside);
    },
  );
  server.on('tlsClientError', () => undefined); // told to whoever was not let in
  await listening(server, port);
  return {
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const one of open) one.destroy();
      }),
  };
}

const listening = <S extends Server | TlsServer>(server: S, port: number): Promise<S> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
