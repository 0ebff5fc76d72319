import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

function listen(port: number, host: string | undefined): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }), exclusive: true }, () => resolve(server));
  });
}

const close = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));

// Below the range from which systems take the near end of outgoing connections: such a port would often be taken before it is used.
const [lowest, highest] = [20_000, 32_000];

/** `count` different TCP ports of loopback that were free a moment ago. Whoever uses one must still be ready to find it taken. */
export async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = [];
  try {
    for (let tries = 0; servers.length < count; tries++) {
      if (tries > count + 1_000) throw new Error(`No ${count} free ports between ${lowest} and ${highest}`);
      try {
        servers.push(await listen(randomInt(lowest, highest), '127.0.0.1'));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      }
    }
    return servers.map((server) => (server.address() as { port: number }).port);
  } finally {
    await Promise.all(servers.map(close));
  }
}

/** One free TCP port of loopback: see `freePorts`. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('The system gave no port');
  return port;
}

/** Whether nobody listens on the port, on loopback or on every address. Other errors than "taken" (a privileged port) are thrown. */
export async function isPortFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', undefined]) {
    try {
      await close(await listen(port, host));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
      throw error;
    }
  }
  return true;
}
