import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAgencyClient } from '../../activities/agency-client.js';
import { startRehearsal } from '../../db/register/business-clock.js';
import { namesCache } from '../../db/read/names.js';
import { readEnvironment } from '../../ops/environment.js';
import { smtpOf, workerEnvironment } from '../../worker/config.js';
import { createMailer } from '../../worker/mailer.js';
import { at, createTestRegister, type TestRegister } from '../db/support.js';
import { createAuthority } from '../../scripts/platform/certificates.js';

let register: TestRegister;
let folder: string;
const ours = await createAuthority('Mail CA');
beforeAll(async () => {
  register = await createTestRegister();
  folder = mkdtempSync(join(tmpdir(), 'luong-xanh-mail-tls-'));
  writeFileSync(join(folder, 'ca.pem'), ours.cert);
  writeFileSync(join(folder, 'password'), 'pässwörd/:@%41\n');
  await startRehearsal(register.pool, 'stepped', at('2026-07-06 10:05'));
});
afterAll(async () => {
  await register.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A mail server of the City; answers who signed in with each mail, and whether that was by TLS. */
async function startServer(options: SMTPServerOptions = {}) {
  const taken: { user: string | undefined; secure: boolean }[] = [];
  const server = new SMTPServer({
    ...(await ours.issue('mail', ['localhost'])),
    authMethods: ['PLAIN', 'LOGIN'],
    onAuth: ({ username, password }, _session, done) =>
      username === 'luong-xanh' && password === 'pässwörd/:@%41'
        ? done(null, { user: username })
        : done(Object.assign(new Error('no'), { responseCode: 535 })),
    onData: (stream, session, done) => {
      taken.push({ user: session.user, secure: session.secure });
      stream.resume().on('end', () => done());
    },
    ...options,
  });
  server.on('error', () => undefined); // a client that does not believe us goes away
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return { port, taken, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

/** The mailer as the worker makes it of these settings. */
function mailer(change: NodeJS.ProcessEnv) {
  const settings = readEnvironment(workerEnvironment, {
    DATABASE_URL: 'postgresql://app@localhost/register',
    TEMPORAL_ADDRESS: 'localhost:7233',
    AGENCIES_URL: 'http://127.0.0.1:1',
    AGENCY_TOKEN: 'x'.repeat(16),
    CALLBACK_BASE_URL: 'http://127.0.0.1:1',
    SIGNER_KEY_FILE: 'x',
    CHAIN_ROOTS_DIR: 'x',
    TLOG_KEY_FILE: 'x',
    TLOG_DIR: 'x',
    ...change,
  });
  return createMailer({
    pool: register.pool,
    names: namesCache(register.pool),
    digestAbove: () => 5,
    ...smtpOf(settings),
    from: settings.MAIL_FROM,
    gateway: createAgencyClient({ baseUrl: settings.AGENCIES_URL, token: settings.AGENCY_TOKEN }),
  });
}

async function tell(person: string): Promise<void> {
  await register.owner.query(
    `insert into notice (person, kind, ref, vars, urgency, at, mail_due)
     values ($1, 'case-received', gen_random_uuid()::text, '{}', 'now', now(), '2026-07-06T00:00:00Z')`,
    [person],
  );
}
async function send(change: NodeJS.ProcessEnv): Promise<void> {
  await tell('investor.besi');
  const one = mailer(change);
  try {
    while (await one.mails());
  } finally {
    one.close();
  }
}
const signIn = () => ({ SMTP_USER: 'luong-xanh', SMTP_PASSWORD_FILE: join(folder, 'password') });
const ca = () => ({ SMTP_CA_FILE: join(folder, 'ca.pem') });

describe('a mail server that wants a login', () => {
  it('gets it after STARTTLS, password from a file', async () => {
    const server = await startServer();
    await send({ SMTP_URL: `smtp://localhost:${server.port}`, SMTP_TLS: 'required', ...ca(), ...signIn() });
    expect(server.taken).toEqual([{ user: 'luong-xanh', secure: true }]);
    await server.close();
  });

  it('speaks TLS from the start (smtps), user and password in the address', async () => {
    const server = await startServer({ secure: true });
    const url = `smtps://luong-xanh:${encodeURIComponent('pässwörd/:@%41')}@localhost:${server.port}`;
    await send({ SMTP_URL: url, ...ca() });
    expect(server.taken).toEqual([{ user: 'luong-xanh', secure: true }]);
    await server.close();
  });

  it('is sent nothing, and no password, without TLS or with a certificate that nobody vouches for', async () => {
    const plain = await startServer({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
    const required = { SMTP_TLS: 'required', ...ca(), ...signIn() };
    await expect(send({ SMTP_URL: `smtp://localhost:${plain.port}`, ...required })).rejects.toThrow(/SMTP_/);
    expect(plain.taken).toEqual([]);
    await plain.close();
    const strange = await startServer();
    const unknown = { SMTP_TLS: 'required', ...signIn() };
    await expect(send({ SMTP_URL: `smtp://localhost:${strange.port}`, ...unknown })).rejects.toThrow(/SMTP_/);
    expect(strange.taken).toEqual([]);
    await strange.close();
  });
});
