import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRehearsal, stepClock } from '../../db/register/business-clock.js';
import { claimMessages, composeDue, noteSent, unsentMessages } from '../../db/outbound/messages.js';
import { loadNames } from '../../db/read/names.js';
import { createNotifier, noticesDue } from '../../db/outbound/notices.js';
import { countUnread, listNotices, markAllRead, markRead, setNoticeSettings } from '../../db/people/notices.js';
import { dateOf } from '../../domain/time/instants.js';
import { type Person } from '../../db/people/people.js';
import {
  at,
  createTestRegister,
  feedSettled,
  investor,
  received,
  receiving,
  TestCase,
  type TestRegister,
} from './support.js';

const digestAbove = 5;

/** Everybody is told of what has happened. */
async function tell(register: TestRegister): Promise<void> {
  await feedSettled(register);
  const notifier = createNotifier(register);
  while ((await notifier.runOnce()) > 0);
}

const noticesIn = async ({ owner }: TestRegister, where = 'true') =>
  (
    await owner.query<{ person: string; kind: string; ref: string; urgency: string; vars: { standing?: object } }>(
      `select person, kind, ref, urgency, vars from notice where ${where} order by id`,
    )
  ).rows;

const agendaIn = async ({ owner }: TestRegister) =>
  (
    await owner.query<{ ref: string; at: string }>('select ref, at from agenda where kind = $1 order by id', [
      noticesDue,
    ])
  ).rows;

describe('the notifier', () => {
  let register: TestRegister;
  let file: TestCase;
  beforeAll(async () => {
    register = await createTestRegister();
    await startRehearsal(register.pool, 'stepped', at('2026-07-06 10:05'));
    ({ file } = await received(register));
    await tell(register);
  });
  afterAll(() => register.close());

  it('tells the investor and whoever may act for them, in the order of the events', async () => {
    const told = await noticesIn(register, `person in ('investor.besi', 'representative.besi')`);
    expect(told.map(({ person, kind }) => `${person} ${kind}`)).toEqual([
      'investor.besi case-received',
      'representative.besi case-received',
      'investor.besi dossier-wanted',
      'representative.besi dossier-wanted',
      'investor.besi dossier-received',
      'representative.besi dossier-received',
    ]);
    for (const { vars } of told) expect(vars.standing).toBeDefined();
    expect(await noticesIn(register, `person = 'investor.cmc'`)).toEqual([]);
  });

  it('tells an agency of its task: those of the role, and nobody else', async () => {
    const told = await noticesIn(register, `kind = 'task-opened'`);
    expect(new Set(told.map(({ person }) => person))).toEqual(
      new Set(['receiving-officer.hcmc-pasc.1', 'receiving-officer.hcmc-pasc.2']),
    );
  });

  it('tells nobody twice, even where it is given everything again', async () => {
    const before = await noticesIn(register);
    await register.owner.query('insert into notice_outbox (case_code, seq) select case_code, seq from case_event');
    await tell(register);
    expect(await noticesIn(register)).toEqual(before);
  });

  it('tells once where two of them run at the same time', async () => {
    await file.openTask(
      file.procedure('irc-ordinary'),
      '2026-07-06 10:06',
      'by-hand/x',
      'by-hand',
      'shtp-board',
      'officer',
    );
    await feedSettled(register);
    const both = [createNotifier(register), createNotifier(register)];
    await Promise.all(both.map((notifier) => notifier.runOnce()));
    while ((await both[0]?.runOnce()) !== 0);
    const told = await noticesIn(register, `kind = 'task-opened' and urgency = 'normal'`);
    expect(told.map(({ person }) => person)).toEqual(['officer.shtp-board.1', 'officer.shtp-board.2']);
  });

  it('tells nothing of a case to whoever takes no part in it, and sends nothing that waited', async () => {
    const next = await TestCase.open(register, at('2026-07-06 10:06'));
    await next.engine(next.scope, at('2026-07-06 10:06'), { type: 'openProcedure', procedure: 'irc-ordinary' });
    const opened = (n: number) =>
      next.openTask(
        next.procedure('irc-ordinary'),
        '2026-07-06 10:06',
        `by-hand/${n}`,
        'by-hand',
        'shtp-board',
        'officer',
      );
    await opened(1);
    await tell(register);
    const about = () => noticesIn(register, `case_code = '${next.code}' and person = 'officer.shtp-board.1'`);
    const waiting = async () =>
      (
        await register.owner.query(
          `select from notice_sending s join notice n on n.id = s.notice
           where n.case_code = $1 and s.person = 'officer.shtp-board.1'`,
          [next.code],
        )
      ).rowCount;
    expect(await about()).toHaveLength(1);
    expect(await waiting()).toBe(1);
    await register.owner.query('insert into recusal (case_code, person) values ($1, $2)', [
      next.code,
      'officer.shtp-board.1',
    ]);
    await opened(2);
    await tell(register);
    expect(await about()).toHaveLength(1);
    expect(await noticesIn(register, `case_code = '${next.code}' and person = 'officer.shtp-board.2'`)).toHaveLength(2);
    await composeDue(register.pool, at('2026-07-06 10:06'), digestAbove, 'officer.shtp-board.1');
    expect(await waiting()).toBe(0);
  });

  it('leaves out whose power has ended or reaches another procedure', async () => {
    await register.owner.query(`insert into person (id, name, role, email, language) values
      ('representative.other', 'A', 'representative', 'a@luong-xanh.example', 'vi'),
      ('representative.past', 'B', 'representative', 'b@luong-xanh.example', 'vi'),
      ('representative.irc', 'C', 'representative', 'c@luong-xanh.example', 'vi')`);
    await register.owner
      .query(`insert into power_of_attorney (grantor, representative, acts, procedures, from_date, to_date, accepted_at) values
      ('investor.besi', 'representative.other', '{fileDossier}', '{construction-permit}', '2026-01-01', '2027-12-31', now()),
      ('investor.besi', 'representative.past', '{fileDossier}', null, '2026-01-01', '2026-07-05', now()),
      ('investor.besi', 'representative.irc', '{fileDossier}', '{irc-ordinary}', '2026-01-01', '2027-12-31', now())`);
    const next = await TestCase.open(register, at('2026-07-06 10:07'));
    await next.engine(next.scope, at('2026-07-06 10:07'), { type: 'openProcedure', procedure: 'irc-ordinary' });
    await tell(register);
    const told = await noticesIn(register, `case_code = '${next.code}'`);
    expect(told.map(({ person, kind }) => `${person} ${kind}`)).toEqual([
      'investor.besi case-received',
      'representative.besi case-received',
      'investor.besi dossier-wanted',
      'representative.besi dossier-wanted',
      'representative.irc dossier-wanted',
    ]);
  });

  it('tells whoever stands in for somebody who is away, and them too', async () => {
    await register.owner
      .query(`insert into delegation (person, delegate, from_date, to_date, key, body_hash, created_at, accepted_at) values
      ('receiving-officer.hcmc-pasc.1', 'officer.dof.1', '2026-07-06', '2026-07-06', 'a', '', now(), now()),
      ('receiving-officer.hcmc-pasc.2', 'officer.dof.2', '2026-07-07', '2026-07-09', 'b', '', now(), now())`);
    const next = await TestCase.open(register, at('2026-07-06 10:08'));
    await next.engine(next.scope, at('2026-07-06 10:08'), { type: 'openProcedure', procedure: 'irc-ordinary' });
    await next.act(investor, at('2026-07-06 10:08'), {
      type: 'fileDossier',
      procedure: 'irc-ordinary',
      documents: [{ code: 'request', documentId: 'd', obtainedFrom: null }],
    });
    await next.openTask(
      next.procedure('irc-ordinary'),
      '2026-07-06 10:08',
      'intake/1',
      'intake',
      'hcmc-pasc',
      'receiving-officer',
    );
    await tell(register);
    const told = await noticesIn(register, `case_code = '${next.code}' and kind = 'task-opened'`);
    expect(told.map(({ person }) => person).sort()).toEqual([
      'officer.dof.1',
      'receiving-officer.hcmc-pasc.1',
      'receiving-officer.hcmc-pasc.2',
    ]);
  });

  it('holds what can wait until the office opens, on the agenda', async () => {
    const opening = at('2026-07-07 07:30');
    expect(await agendaIn(register)).toContainEqual({ ref: `receiving-officer.hcmc-pasc.1/${opening}`, at: opening });
    const waits = await register.owner.query<{ due_at: string }>(
      `select due_at from notice_sending s join notice n on n.id = s.notice where n.kind = 'task-opened' and n.urgency = 'digest'`,
    );
    for (const { due_at } of waits.rows) expect(new Date(due_at).toISOString()).toBe(opening);
  });

  it('knows what everything is called', async () => {
    const names = await loadNames(register.pool);
    const { rows } = await register.pool.query<{ version: string; data: { steps: { code: string; name: object }[] } }>(
      `select version, data from procedure_definition where code = 'irc-ordinary' order by version desc limit 1`,
    );
    const [first] = rows;
    expect(names.agency('dof').vi).toMatch(/Sở Tài chính/);
    expect(names.step(first?.version ?? '', first?.data.steps[0]?.code ?? '')).toEqual(first?.data.steps[0]?.name);
    expect(names.procedure('nothing@2026-01-01')).toEqual({ vi: 'nothing@2026-01-01', en: 'nothing@2026-01-01' });
  });
});

describe('what a person reads', () => {
  let register: TestRegister;
  let file: TestCase;
  beforeAll(async () => {
    register = await createTestRegister();
    ({ file } = await received(register));
    await tell(register);
  });
  afterAll(() => register.close());

  const reader = (id: string, role: Person['role'], agency: string | null = null) => ({
    person: { id, role, agency },
    on: dateOf(at('2026-07-06 12:00')),
  });
  const all = { unread: false, cursor: undefined, limit: 50 };

  it('is newest first, page by page, and counts what is unread', async () => {
    const mine = reader('investor.besi', 'investor');
    const whole = await listNotices(register.pool, mine, all);
    const first = await listNotices(register.pool, mine, { ...all, limit: 2 });
    const second = await listNotices(register.pool, mine, { ...all, limit: 2, cursor: first.next ?? undefined });
    expect([...first.items, ...second.items]).toEqual(whole.items);
    expect(whole.items.map(({ kind }) => kind)).toEqual(['dossier-received', 'dossier-wanted', 'case-received']);
    expect(await countUnread(register.pool, mine)).toBe(3);
    const id = whole.items[1]?.id ?? 0;
    const readAt = await markRead(register.pool, 'investor.besi', id);
    expect(await markRead(register.pool, 'investor.besi', id)).toBe(readAt);
    expect(await markRead(register.pool, 'investor.cmc', id)).toBeUndefined();
    expect((await listNotices(register.pool, mine, { ...all, unread: true })).items).toHaveLength(2);
    expect(await markAllRead(register.pool, 'investor.besi', whole.items[2]?.id ?? 0)).toBe(1);
    expect(await markAllRead(register.pool, 'investor.besi', null)).toBe(1);
    expect(await countUnread(register.pool, mine)).toBe(0);
  });

  it('ends with what they had to do with the case', async () => {
    const theirs = reader('representative.besi', 'representative');
    expect((await listNotices(register.pool, theirs, all)).items).toHaveLength(3);
    const later = { ...theirs, on: dateOf(at('2028-01-03 12:00')) };
    expect((await listNotices(register.pool, later, all)).items).toEqual([]);
    const officer = reader('receiving-officer.hcmc-pasc.1', 'receiving-officer', 'hcmc-pasc');
    expect((await listNotices(register.pool, officer, all)).items).toHaveLength(1);
    const moved = reader('receiving-officer.hcmc-pasc.1', 'officer', 'city-tax');
    expect((await listNotices(register.pool, moved, all)).items).toEqual([]);
    expect(file.code).toBeTruthy();
  });
});

describe('what goes out', () => {
  let register: TestRegister;
  beforeAll(async () => {
    register = await createTestRegister();
    await startRehearsal(register.pool, 'stepped', at('2026-07-06 09:00'));
  });
  afterAll(() => register.close());

  const claimed = async (channel: 'mail' | 'sms' = 'mail') =>
    (await claimMessages(register.pool, channel, 50)).map(({ id, attempts, notices, email }) => ({
      id,
      attempts,
      email,
      kinds: notices.map(({ kind }) => kind),
    }));
  const sendAll = async (channel: 'mail' | 'sms' = 'mail') => {
    const sent: Awaited<ReturnType<typeof claimed>> = [];
    for (let round = await claimed(channel); round.length > 0; round = await claimed(channel)) {
      sent.push(...round);
      for (const { id } of round) await noteSent(register.pool, id, { how: 'sent' });
    }
    return sent;
  };

  it('leaves one mail after another for each person, and comes again where a process died over it', async () => {
    const file = await TestCase.open(register);
    await file.engine(file.scope, at('2026-07-06 09:00'), { type: 'openProcedure', procedure: 'irc-ordinary' });
    await tell(register);
    expect(await composeDue(register.pool, at('2026-07-06 09:00'), digestAbove)).toBe(2);
    expect(await composeDue(register.pool, at('2026-07-06 09:00'), digestAbove)).toBe(0);
    const [first, second] = await Promise.all([claimed(), claimed()]);
    const heads = [...(first ?? []), ...(second ?? [])];
    expect(heads.map(({ kinds }) => kinds)).toEqual([['case-received'], ['case-received']]);
    // Both are held: what comes after them waits.
    expect(await claimed()).toEqual([]);
    await register.owner.query(
      `update message set claimed_until = clock_timestamp() - interval '1 s' where status = 'sending'`,
    );
    const again = await claimed();
    expect(again.map(({ id, attempts }) => [id, attempts]).sort()).toEqual(heads.map(({ id }) => [id, 2]).sort());
    for (const { id } of again) await noteSent(register.pool, id, { how: 'again', error: 'SMTP_451', inMs: 60_000 });
    expect(await claimed()).toEqual([]);
    expect(await unsentMessages(register.pool)).toEqual([{ channel: 'mail', count: 4 }]);
    await register.owner.query('update message set not_before = null');
    expect((await sendAll()).map(({ kinds }) => kinds[0])).toEqual([
      'case-received',
      'case-received',
      'dossier-wanted',
      'dossier-wanted',
    ]);
    expect(await unsentMessages(register.pool)).toEqual([]);
  });

  it('gathers a flood into one mail at the next office opening', async () => {
    for (let n = 0; n < 6; n++) await TestCase.open(register, at('2026-07-06 10:00'));
    await stepClock(register.pool, at('2026-07-06 10:00'));
    await tell(register);
    await composeDue(register.pool, at('2026-07-06 10:00'), digestAbove);
    const today = (await sendAll()).filter(({ email }) => email.startsWith('investor'));
    // Two went out at nine.
    expect(today.map(({ kinds }) => kinds)).toEqual([['case-received'], ['case-received'], ['case-received']]);
    const opening = at('2026-07-07 07:30');
    expect(await agendaIn(register)).toContainEqual({ ref: `investor.besi/${opening}`, at: opening });
    await composeDue(register.pool, at('2026-07-07 07:29'), digestAbove);
    expect(await sendAll()).toEqual([]);
    await stepClock(register.pool, opening);
    await composeDue(register.pool, opening, digestAbove, 'investor.besi');
    const [digest, ...more] = await sendAll();
    // Three waited: not more than the limit, so each has its mail.
    expect([digest, ...more].map((mail) => mail?.kinds)).toEqual([
      ['case-received'],
      ['case-received'],
      ['case-received'],
    ]);
  });

  it('is what each person has chosen', async () => {
    await setNoticeSettings(register.pool, 'investor.besi', { mail: true, sms: false, digest: true });
    await setNoticeSettings(register.pool, 'representative.besi', { mail: false, sms: true, digest: false });
    const { file, irc } = await received(register);
    await file.openTask(
      irc,
      '2026-07-06 10:05',
      'by-hand/completeness-check',
      'by-hand',
      'shtp-board',
      'officer',
      'completeness-check',
    );
    await stepClock(register.pool, at('2026-07-07 09:00'));
    await tell(register);
    await composeDue(register.pool, at('2026-07-07 09:00'), digestAbove);
    await sendAll();
    await stepClock(register.pool, at('2026-07-08 07:30'));
    await composeDue(register.pool, at('2026-07-08 07:30'), digestAbove);
    const mails = (await sendAll()).filter(({ email }) => email.includes('besi'));
    expect(mails.map(({ email, kinds }) => [email, kinds])).toEqual([
      ['investor-besi@luong-xanh.example', ['case-received', 'dossier-wanted', 'dossier-received']],
    ]);
  });

  it('at night waits for the morning, save what is urgent; a short message only of what presses', async () => {
    await setNoticeSettings(register.pool, 'investor.besi', { mail: true, sms: true, digest: false });
    const night = at('2026-07-08 21:00');
    await stepClock(register.pool, night);
    const file = await TestCase.open(register, night);
    await file.engine(file.scope, night, { type: 'openProcedure', procedure: 'irc-ordinary' });
    await file.act(investor, night, {
      type: 'fileDossier',
      procedure: 'irc-ordinary',
      documents: [{ code: 'request', documentId: 'd', obtainedFrom: null }],
    });
    const irc = file.procedure('irc-ordinary');
    await file.openTask(irc, '2026-07-08 21:00', 'intake/1', 'intake', 'hcmc-pasc', 'receiving-officer');
    await file.complete('intake/1', receiving, '2026-07-08 21:05', { outcome: 'refuse', reason: 'not here' });
    await tell(register);
    await composeDue(register.pool, night, digestAbove);
    expect(await sendAll()).toEqual([]);
    expect(await sendAll('sms')).toEqual([]);
    await stepClock(register.pool, at('2026-07-09 07:30'));
    await composeDue(register.pool, at('2026-07-09 07:30'), digestAbove, 'investor.besi');
    expect((await sendAll('sms')).map(({ kinds }) => kinds)).toEqual([['reception-refused']]);
    const mails = await sendAll();
    expect(mails.map(({ kinds }) => kinds)).toEqual([['case-received'], ['dossier-wanted'], ['reception-refused']]);
  });
});
