import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBell } from '../../db/bell.js';
import { createOwnerPool, createPool } from '../../db/pool.js';
import { withPassword } from '../../ops/register-connection.js';
import {
  createDatabase,
  createRoles,
  type PostgresServer,
  removeDataDir,
  startPostgres,
} from '../../scripts/platform/postgres.js';
import { prepareRegister } from '../../scripts/platform/register.js';
import { createAuthority } from '../../scripts/platform/certificates.js';

let folder: string;
let server: PostgresServer;
let password: string;
const ours = await createAuthority();

/** The server's own files are its account's: put where it can read them. */
function forServer(name: string, content: string): string {
  const path = join(folder, 'postgres', name);
  writeFileSync(path, content);
  const { uid, gid } = statSync(join(folder, 'postgres', 'PG_VERSION'));
  chownSync(path, uid, gid);
  chmodSync(path, 0o600);
  return path;
}
const forUs = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'luong-xanh-tls-'));
  chmodSync(folder, 0o755);
  await (await startPostgres({ dataDir: folder, fsync: false })).stop();
  password = readFileSync(join(folder, 'postgres.password'), 'utf8').trim();
  const certificate = await ours.issue('register', ['localhost']);
  const files = { cert: forServer('server.crt', certificate.cert), key: forServer('server.key', certificate.key) };
  // `hostssl`: whoever does not speak TLS is not let into the register. The other database is for whoever looks whether the server is ready.
  const rules = ['host postgres all 127.0.0.1/32', 'hostssl register all 127.0.0.1/32', 'hostssl register all ::1/128'];
  forServer('pg_hba.conf', rules.map((rule) => `${rule} scram-sha-256\n`).join(''));
  server = await startPostgres({
    dataDir: folder,
    fsync: false,
    settings: { ssl: 'on', ssl_cert_file: files.cert, ssl_key_file: files.key },
  });
  await createRoles(server.adminUrl, { migratorPassword: 'm8Wq-41zKx0Tb', appPassword: 'k3J9-vq0zXw71LmPd' });
  await createDatabase(server.adminUrl, 'register');
}, 60_000);
afterAll(async () => {
  await server.stop();
  removeDataDir(folder);
  rmSync(folder, { recursive: true, force: true });
});

const address = (query: string, host = 'localhost') =>
  withPassword(`postgresql://postgres@${host}:${server.port}/register${query}`, password);
const checked = () => address(`?sslmode=verify-full&sslrootcert=${forUs('ca.pem', ours.cert)}`);

it('the register is spoken to by TLS with a checked certificate: pools, the owner, and who listens for news', async () => {
  const isTls = `select ssl from pg_stat_ssl where pid = pg_backend_pid()`;
  for (const pool of [createPool(checked()), createPool(checked(), { purpose: 'acts' }), createOwnerPool(checked())]) {
    expect((await pool.query(isTls)).rows).toEqual([{ ssl: true }]);
    await pool.end();
  }
  const pool = createPool(checked());
  const errors: unknown[] = [];
  const bells = ['one', 'two'].map((applicationName) =>
    createBell({ pool, url: checked(), applicationName, onError: (error) => errors.push(error) }),
  );
  const [one, two] = bells;
  await expect.poll(() => bells.every(({ listens }) => listens)).toBe(true);
  let heard = 0;
  two?.on('law', () => (heard += 1));
  one?.ring('law');
  await expect.poll(() => heard).toBe(1);
  expect(errors).toEqual([]);
  await Promise.all(bells.map((bell) => bell.stop()));
  await pool.end();
});

it('migrates and seeds by TLS', async () => {
  expect(await prepareRegister(checked(), 'k3J9-vq0zXw71LmPd')).toEqual([]);
}, 60_000);

it('a server with somebody else’s certificate, or of another name, is not believed', async () => {
  const strange = forUs('strange.pem', (await createAuthority('Somebody else')).cert);
  const wrong = createPool(address(`?sslmode=verify-full&sslrootcert=${strange}`));
  await expect(wrong.query('select 1')).rejects.toThrow(/certificate|self.signed|unable to verify/i);
  await wrong.end();
  // The address is right, the name is not in the certificate.
  const other = createPool(checked().replace('@localhost', '@localhost.localdomain'));
  await expect(other.query('select 1')).rejects.toThrow();
  await other.end();
});

it('without TLS it is not let in', async () => {
  const plain = createPool(address(''));
  await expect(plain.query('select 1')).rejects.toThrow(/no encryption|pg_hba/);
  await plain.end();
});
