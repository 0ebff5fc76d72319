import { createSecureServer, type IncomingHttpHeaders } from 'node:http2';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporalTarget, temporalTargetAt } from '../../ops/temporal-connection.js';
import { createAuthority } from '../../scripts/platform/certificates.js';
import { temporalTarget as testTarget } from '../support/environment.js';

// The dev server speaks no TLS: what stands in front of it here does, as a proxy or Temporal Cloud would.
let folder: string;
let proxy: Server;
let port: number;
const sockets = new Set<Socket>();
const ours = await createAuthority('Temporal CA');
const clients = await createAuthority('Clients');
const client = await clients.issue('worker');
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const listen = async (server: Server | ReturnType<typeof createSecureServer>): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'luong-xanh-temporal-tls-'));
  const own = await ours.issue('temporal', ['localhost', 'temporal.internal']);
  const target = testTarget().address;
  const at = target.lastIndexOf(':');
  const options = { ...own, ca: clients.cert, requestCert: true, rejectUnauthorized: true, ALPNProtocols: ['h2'] };
  proxy = createServer(options, (inside) => {
    const outside = connect(Number(target.slice(at + 1)), target.slice(0, at));
    for (const one of [inside, outside]) {
      sockets.add(one);
      one.on('error', () => one.destroy());
      one.on('close', () => sockets.delete(one));
    }
    inside.pipe(outside).pipe(inside);
  });
  proxy.on('tlsClientError', () => undefined); // whoever is not let in says so itself
  port = await listen(proxy);
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => proxy.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const settings = (change: NodeJS.ProcessEnv = {}): TemporalTarget => {
  return temporalTargetAt(`localhost:${port}`, {
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: file('ca.pem', ours.cert),
    TEMPORAL_TLS_CLIENT_CERT_PATH: file('client.pem', client.cert),
    TEMPORAL_TLS_CLIENT_KEY_PATH: file('client-key.pem', client.key),
    ...change,
  });
};
/** Whether client and worker both reach the server so. */
async function reaches(target: TemporalTarget): Promise<boolean> {
  const native = await NativeConnection.connect(target);
  await native.close();
  const connection = await Connection.connect({ ...target, connectTimeout: '3s' });
  const { namespace } = testTarget();
  const described = await new Client({ connection, namespace }).workflowService.describeNamespace({ namespace });
  await connection.close();
  return described.namespaceInfo?.name === namespace;
}

describe('Temporal by TLS', () => {
  it('with a certificate of our own (mTLS) client and worker work', async () => {
    expect(await reaches(settings())).toBe(true);
  });

  it('under another name than its address, where the settings say which', async () => {
    expect(await reaches(settings({ TEMPORAL_TLS_SERVER_NAME: 'temporal.internal' }))).toBe(true);
    await expect(reaches(settings({ TEMPORAL_TLS_SERVER_NAME: 'elsewhere.internal' }))).rejects.toThrow();
  });

  it('a server of somebody else is not believed, and without our certificate nobody is let in', async () => {
    const strange = file('strange.pem', (await createAuthority('Somebody else')).cert);
    await expect(reaches(settings({ TEMPORAL_TLS_SERVER_CA_CERT_PATH: strange }))).rejects.toThrow();
    const nobody = settings({ TEMPORAL_TLS_CLIENT_CERT_PATH: '', TEMPORAL_TLS_CLIENT_KEY_PATH: '' });
    await expect(reaches(nobody)).rejects.toThrow();
  });

  it('shows its API key with every call, and by TLS alone', async () => {
    const seen: IncomingHttpHeaders[] = [];
    const cloud = createSecureServer(await ours.issue('cloud', ['localhost']));
    const sessions = new Set<{ destroy(): void }>();
    cloud.on('session', (session) => sessions.add(session));
    cloud.on('stream', (stream, headers) => {
      seen.push(headers);
      stream.respond(
        { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '16', 'grpc-message': 'no' },
        { endStream: true },
      );
    });
    const at = await listen(cloud);
    const target = temporalTargetAt(`localhost:${at}`, {
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: file('ca.pem', ours.cert),
      TEMPORAL_API_KEY_FILE: file('api-key', 'cloud-key-0123456789\n'),
    });
    await expect(Connection.connect({ ...target, connectTimeout: '3s' })).rejects.toThrow();
    await expect(NativeConnection.connect(target)).rejects.toThrow();
    expect(seen.length).toBeGreaterThanOrEqual(2);
    expect(new Set(seen.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer cloud-key-0123456789']));
    for (const session of sessions) session.destroy();
    await new Promise((resolve) => cloud.close(resolve));
  });
});
