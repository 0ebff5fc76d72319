import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { domainToASCII } from 'node:url';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAgencyClient } from '../../activities/agency-client.js';
import { type KeptMail } from '../../agencies/mail-server/mailbox.js';
import { type MailServer, startMailServer } from '../../agencies/mail-server/mail-server.js';
import { startRehearsal, stepClock } from '../../db/register/business-clock.js';
import { failedMessages, unsentMessages } from '../../db/outbound/messages.js';
import { namesCache } from '../../db/read/names.js';
import { callDue } from '../../db/register/agenda.js';
import { createNotifier, noticesDue } from '../../db/outbound/notices.js';
import { quiet } from '../../db/register/rehearsal.js';
import { workOffAgenda } from '../../worker/agenda.js';
import { createMailer } from '../../worker/mailer.js';
import { startAgencies, token } from '../agencies/support.js';
import {
  at,
  createTestRegister,
  feedSettled,
  received,
  receiving,
  TestCase,
  type TestRegister,
} from '../db/support.js';
import { freePort } from '../support/environment.js';

let register: TestRegister;
let agencies: Awaited<ReturnType<typeof startAgencies>>;
let folder: string;
let smtpPort: number;
let httpPort: number;
let server: MailServer;

const start = () => startMailServer({ host: '127.0.0.1', smtpPort, httpPort, folder });
const mailer = (smtpUrl = `smtp://127.0.0.1:${smtpPort}`) =>
  createMailer({
    pool: register.pool,
    names: namesCache(register.pool),
    digestAbove: () => 5,
    smtpUrl,
    from: 'Luồng Xanh <no-reply@luong-xanh.example>',
    gateway: createAgencyClient({ baseUrl: agencies.client.url, token }),
  });
const tell = async () => {
  await feedSettled(register);
  while ((await createNotifier(register).runOnce()) > 0);
};
const mails = async (to = ''): Promise<KeptMail[]> =>
  (await (await fetch(`${server.pagesUrl}/mails.json?to=${to}`)).json()) as KeptMail[];

/** Rounds until nothing is left to do. */
async function work(one: ReturnType<typeof mailer>): Promise<void> {
  while ((await one.mails()) || (await one.shortMessages()));
}

/** Something urgent for each of them, due at once. */
async function tellNow(people: readonly string[]): Promise<void> {
  await register.owner.query(
    `insert into notice (person, kind, ref, vars, urgency, at, mail_due)
     select person, 'case-received', gen_random_uuid()::text, '{}', 'now', now(), '2026-07-06T00:00:00Z' from unnest($1::text[]) person`,
    [people],
  );
}

/** How the newest mail of each of them stands. */
async function standing(people: readonly string[]) {
  const { rows } = await register.owner.query<{
    person: string;
    status: string;
    attempts: number;
    error: string | null;
  }>(
    `select distinct on (array_position($1::text[], person)) person, status, attempts, last_error as error from message
     where channel = 'mail' and person = any ($1) order by array_position($1::text[], person), id desc`,
    [people],
  );
  return rows;
}

beforeAll(async () => {
  [register, agencies, folder, smtpPort, httpPort] = await Promise.all([
    createTestRegister(),
    startAgencies(),
    mkdtemp(join(tmpdir(), 'luong-xanh-mails-')),
    freePort(),
    freePort(),
  ]);
  server = await start();
  await startRehearsal(register.pool, 'stepped', at('2026-07-06 10:05'));
});
afterAll(async () => {
  await server.close();
  await agencies.stop();
  await register.close();
  await rm(folder, { recursive: true, force: true });
});

describe('mail over real SMTP', () => {
  it('reaches each person in their language, letter by letter, dated by business time', async () => {
    const { file } = await received(register);
    await tell();
    const one = mailer();
    await work(one);
    one.close();
    const state = await file.state();
    const dossier = state.procedures[file.procedure('irc-ordinary')]?.dossierCode;
    const found = await mails('representative-besi@luong-xanh.example');
    const receipt = found.find(({ subject }) => subject.includes('Đã tiếp nhận hồ sơ'));
    expect(receipt?.subject).toBe(`[${file.code}] [${dossier}] Đã tiếp nhận hồ sơ, hẹn trả kết quả`);
    expect(receipt?.text).toContain('Hồ sơ đang ở: ');
    expect(receipt?.text).toMatch(/Còn 10 ngày làm việc \(đến 20\/07\/2026\)/);
    expect(receipt?.text.normalize('NFC')).toBe(receipt?.text);
    expect(receipt?.html).toContain('lang="vi"');
    expect(receipt?.date).toBe('2026-07-06T03:05:00.000Z');
    const english = (await mails('investor-besi@luong-xanh.example')).map(({ subject }) => subject);
    expect(english).toContain(`[${file.code}] [${dossier}] Dossier received, with an appointment`);
    for (const { subject } of found) expect(subject).not.toMatch(/Trần|Voorbeeld|BE Semiconductor/);
    expect(await unsentMessages(register.pool)).toEqual([]);
  });

  it('waits while the server is down, and then leaves, each once', async () => {
    const before = (await mails()).length;
    await server.close();
    await TestCase.open(register, at('2026-07-06 10:05'));
    await tell();
    const one = mailer();
    await expect(one.mails()).rejects.toThrow(/SMTP_(ECONNECTION|ESOCKET|ECONNREFUSED)/);
    await expect(one.mails()).rejects.toThrow(/SMTP_/);
    const waiting = await quiet(register.pool);
    expect(waiting).toMatchObject({ quiet: false, unsentMessages: 2, notifierBehind: false });
    // That the server was away was no attempt of theirs.
    const { rows: tried } = await register.owner.query(`select distinct attempts from message where status = 'ready'`);
    expect(tried).toEqual([{ attempts: 0 }]);
    server = await start();
    await work(one);
    one.close();
    const after = await mails();
    expect(after).toHaveLength(before + 2);
    expect(after.every(({ times }) => times === 1)).toBe(true);
    expect(await quiet(register.pool)).toMatchObject({ unsentMessages: 0 });
  });

  it('is the same mail where a process died before it could note that it was sent', async () => {
    const before = await mails();
    await register.owner
      .query(`update message set status = 'sending', claimed_until = clock_timestamp() - interval '1 s'
      where id = (select min(id) from message where channel = 'mail')`);
    const one = mailer();
    await work(one);
    one.close();
    const after = await mails();
    expect(after.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort());
    expect(after.filter(({ times }) => times === 2)).toHaveLength(1);
  });

  it('that nobody takes is given up with its reason, and holds up nothing', async () => {
    const refusing = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith('investor') ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null),
    });
    await new Promise<void>((resolve) => {
      refusing.listen(0, '127.0.0.1', resolve);
    });
    await TestCase.open(register, at('2026-07-06 10:05'));
    await tell();
    const one = mailer(`smtp://127.0.0.1:${(refusing.server.address() as AddressInfo).port}`);
    await work(one);
    one.close();
    await new Promise<void>((resolve) => {
      refusing.close(resolve);
    });
    const { rows } = await register.owner.query(
      `select p.role, m.status, m.last_error from message m join person p on p.id = m.person where channel = 'mail' order by m.id desc limit 2`,
    );
    expect(rows).toContainEqual({ role: 'investor', status: 'failed', last_error: 'SMTP_550' });
    expect(rows).toContainEqual({ role: 'representative', status: 'sent', last_error: null });
  });

  it.each([
    'không có',
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    'Hồ <a@b.example>',
    'hồ@b.example',
    `${'a'.repeat(300)}@b.example`,
  ])(
    'to %j fails at the first attempt; eleven such people hold up nobody, and nothing stays restless',
    async (email) => {
      const before = (await mails()).length;
      const lost = Array.from({ length: 11 }, (_, n) => `lost.${n}`);
      await register.owner.query(
        `insert into person (id, name, role, email, language) select unnest($2::text[]), 'x', 'investor', $1, 'vi'
         on conflict (id) do update set email = excluded.email`,
        [email, lost],
      );
      await tellNow([...lost, 'investor.besi', 'representative.besi']);
      const one = mailer();
      await work(one);
      one.close();
      expect(await standing(lost)).toEqual(
        lost.map((person) => ({ person, status: 'failed', attempts: 1, error: 'ADDRESS_UNUSABLE' })),
      );
      expect((await mails()).length).toBe(before + 2);
      expect(await unsentMessages(register.pool)).toEqual([]);
      const unreached = (await failedMessages(register.pool, 100)).map(({ person }) => person);
      expect(unreached).toEqual(expect.arrayContaining(lost));
    },
  );

  it('goes to an address in the letters of its country, in ASCII', async () => {
    await register.owner.query(`update person set email = 'a@bộ-y-tế.example' where id = 'lost.1'`);
    await tellNow(['lost.1']);
    const one = mailer();
    await work(one);
    one.close();
    const taken = (await mails()).map(({ to }) => to.map((address) => address.replace(/^a@/, '')));
    expect(taken.flat().map(domainToASCII)).toContain(domainToASCII('bộ-y-tế.example'));
    expect((await failedMessages(register.pool, 100)).map(({ person }) => person)).not.toContain('lost.1');
  });

  describe('to a server that', () => {
    /** Mails of one round to a server that answers recipients, or our sender, as told; how the two newest stand. */
    async function round(answers: Pick<SMTPServerOptions, 'onRcptTo' | 'onMailFrom'>, rounds = 1) {
      const picky = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], ...answers });
      await new Promise<void>((resolve) => {
        picky.listen(0, '127.0.0.1', resolve);
      });
      await tellNow(['investor.besi', 'representative.besi']);
      const one = mailer(`smtp://127.0.0.1:${(picky.server.address() as AddressInfo).port}`);
      let away = false;
      for (let n = 0; n < rounds; n++) {
        await register.owner.query('update message set not_before = null');
        await work(one).catch(() => (away = true));
      }
      one.close();
      await new Promise<void>((resolve) => {
        picky.close(resolve);
      });
      const [investor, other] = await standing(['investor.besi', 'representative.besi']);
      return { away, investor, other };
    }
    const refusing = (responseCode: number, words: string): Pick<SMTPServerOptions, 'onRcptTo'> => ({
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith('investor') ? Object.assign(new Error(words), { responseCode }) : null),
    });

    it('refuses it for good is asked once, and its answer is kept as a code', async () => {
      const { away, investor, other } = await round(
        refusing(550, '5.1.1 no such user investor-besi@luong-xanh.example'),
      );
      expect(away).toBe(false);
      expect(investor).toMatchObject({ status: 'failed', attempts: 1, error: 'SMTP_550 5.1.1' });
      expect(other).toMatchObject({ status: 'sent', attempts: 1 });
    });

    it('puts it off is asked again, more rarely, for a day; meanwhile others go and the clock is quiet', async () => {
      const { investor, other } = await round(refusing(452, '4.2.2 mailbox full'), 3);
      expect(investor).toMatchObject({ status: 'ready', attempts: 3, error: 'SMTP_452 4.2.2' });
      expect(other).toMatchObject({ status: 'sent' });
      expect(await quiet(register.pool)).not.toMatchObject({ unsentMessages: 1 });
      await register.owner.query(`update message set attempts = 35 where status = 'ready'`);
      await round(refusing(452, '4.2.2 mailbox full'));
      const { rows } = await register.owner.query(
        `select last_error from message where status = 'failed' and attempts = 36`,
      );
      expect(rows).toEqual([{ last_error: 'SMTP_452 4.2.2' }]);
      await round(refusing(250, ''), 2);
    });

    it('refuses our sender is away for all: no mail is given up for that', async () => {
      const { away, investor, other } = await round({
        onMailFrom: (_from, _session, done) =>
          done(Object.assign(new Error('5.7.1 not from you'), { responseCode: 550 })),
      });
      expect(away).toBe(true);
      for (const one of [investor, other])
        expect(one).toMatchObject({ status: 'ready', attempts: 0, error: 'SMTP_550 5.7.1' });
      const one = mailer();
      await work(one);
      one.close();
      expect(await unsentMessages(register.pool)).toEqual([]);
    });
  });

  it('of a morning comes when the clock gets there: the agenda makes it up', async () => {
    const officer = 'receiving-officer-hcmc-pasc-1@luong-xanh.example';
    expect(await mails(officer)).toEqual([]);
    await stepClock(register.pool, at('2026-07-07 07:30'));
    const one = mailer();
    const handlers = { [noticesDue]: one.composeFor };
    const errors: unknown[] = [];
    while (
      await workOffAgenda({
        pool: register.pool,
        handlers,
        onError: (error) => errors.push(error),
        except: [callDue],
      })
    );
    await work(one);
    one.close();
    expect(errors).toEqual([]);
    expect((await mails(officer)).map(({ subject }) => subject)).toEqual([expect.stringMatching(/Việc mới$/)]);
  });
});

describe('short messages', () => {
  const outbox = async () =>
    (await agencies.client.call('GET', '/message-gateway/outbox')).body as {
      channel: string;
      to: string;
      text: string;
    }[];

  it('go by the gateway, of what presses, once; while it is away they wait', async () => {
    await agencies.client.faults('message-gateway', { down: true });
    const file = await TestCase.open(register, at('2026-07-07 08:00'));
    await stepClock(register.pool, at('2026-07-07 08:05'));
    await file.engine(file.scope, at('2026-07-07 08:00'), { type: 'openProcedure', procedure: 'irc-ordinary' });
    const documents = [{ code: 'request', documentId: 'd', obtainedFrom: null }];
    const investor = { kind: 'person', id: 'investor.besi', role: 'investor', agency: null } as const;
    await file.act(investor, at('2026-07-07 08:01'), { type: 'fileDossier', procedure: 'irc-ordinary', documents });
    const irc = file.procedure('irc-ordinary');
    await file.openTask(irc, '2026-07-07 08:01', 'intake/1', 'intake', 'hcmc-pasc', 'receiving-officer');
    await file.complete('intake/1', receiving, '2026-07-07 08:02', { outcome: 'refuse', reason: 'not here' });
    await tell();
    const one = mailer();
    await work(one);
    expect(await unsentMessages(register.pool)).toEqual([{ channel: 'sms', count: 2 }]);
    await agencies.client.faults('message-gateway', { down: false });
    await register.owner.query(`update message set not_before = null where channel = 'sms'`);
    await work(one);
    one.close();
    const sent = (await outbox()).filter(({ channel }) => channel === 'sms');
    expect(sent.map(({ to }) => to).sort()).toEqual(['+84000000001', '+84000000003']);
    expect(sent.map(({ text }) => text)).toContainEqual(expect.stringContaining('Từ chối tiếp nhận hồ sơ'));
  });
});

describe('the mail server', () => {
  it('shows what came, and finds it again after a restart', async () => {
    const before = await mails();
    await server.close();
    server = await start();
    expect(await mails()).toEqual(before);
    const page = await fetch(`${server.pagesUrl}/mails`);
    expect(page.headers.get('content-security-policy')).toContain('sandbox');
    const html = await page.text();
    expect(html).toContain(before[0]?.subject);
    expect((await fetch(`${server.pagesUrl}/mails/${before[0]?.id}`)).status).toBe(200);
    expect((await fetch(`${server.pagesUrl}/mails/..%2F..%2Fsecret`)).status).toBe(404);
  });
});
