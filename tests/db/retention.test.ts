import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWebhook } from '../../db/outbound/webhooks.js';
import { plan, strikeOff } from '../../db/register/agenda.js';
import { startRehearsal, stepClock } from '../../db/register/business-clock.js';
import { verifyChains } from '../../db/register/chain.js';
import { noteSecurity } from '../../db/people/security.js';
import { createRetention, pageSize } from '../../db/register/retention.js';
import { at, createTestRegister, investor, received, type TestCase, type TestRegister } from './support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
  await startRehearsal(register.pool, 'stepped', at('2026-07-06 08:00'));
});
afterAll(() => register.close());

/** A case with a procedure under way. */
async function lived(): Promise<TestCase> {
  const { file } = await received(register);
  await underTheirNames(file);
  return file;
}

/** Operations of the engine as they are named in earnest. */
async function underTheirNames(file: TestCase): Promise<void> {
  await register.owner.query(
    `update operation set operation_id = 'case/' || case_code || '/' || operation_id 
     where case_code = $1 and operation_id !~ '^(person|case)/'`,
    [file.code],
  );
}
const count = async (text: string, code: string): Promise<number> =>
  (await register.pool.query<{ n: number }>(text, [code])).rows[0]?.n ?? -1;
const operations = (code: string, like: string) =>
  count(`select count(*)::int as n from operation where case_code = $1 and operation_id like '${like}'`, code);
const deliveries = (code: string) => count('select count(*)::int as n from delivery where case_code = $1', code);

const keep = { engine: 90, exchanges: 180, messages: 10, notices: 20, deliveries: 30, security: 40 };
async function sweep(businessTime?: string): Promise<void> {
  if (businessTime !== undefined) await stepClock(register.pool, at(businessTime));
  const retention = createRetention(register.pool, keep);
  while (await retention.runOnce());
}

it('takes what only the engine needed of a case that ended long ago, and nothing else', async () => {
  const [open, over] = [await lived(), await lived()];
  const withdraw = { type: 'withdrawCase', reason: 'no more' } as const;
  await over.act(investor, at('2026-07-08 09:00'), withdraw, `person/investor.besi/${over.code}`);
  for (const scope of [over.procedure('irc-ordinary'), over.scope])
    await over.engine(scope, at('2026-07-08 09:01'), { type: 'closeScope' });
  await underTheirNames(over);
  await plan(register.owner, [
    { kind: 'test', ref: 'done', at: at('2026-07-08 09:00') },
    { kind: 'test', ref: 'not done', at: at('2026-07-08 09:00') },
  ]);
  const { rows } = await register.pool.query<{ id: number }>(`select id from agenda where ref = 'done'`);
  await strikeOff(register.pool, rows[0]?.id ?? 0, at('2026-07-08 10:00'));
  const answered = await register.door.answerTo(`person/investor.besi/${over.code}`, 'body');
  expect(answered?.caseCode).toBe(over.code);
  const events = await count('select count(*)::int as n from case_event where case_code = $1', over.code);

  await sweep('2026-10-05 09:00'); // not long enough ago
  expect(await operations(over.code, 'case/%')).toBeGreaterThan(3);

  await sweep('2026-10-10 09:00');
  expect(await operations(over.code, 'case/%')).toBe(0);
  expect(await deliveries(over.code)).toBe(0);
  expect(await operations(open.code, 'case/%')).toBeGreaterThan(3);
  expect(await deliveries(open.code)).toBeGreaterThan(3);
  expect((await register.pool.query(`select ref from agenda where kind = 'test'`)).rows).toEqual([{ ref: 'not done' }]);

  // What a person sent is answered as before, and the evidence is whole.
  const again = await over.act(investor, at('2026-10-10 09:00'), withdraw, `person/investor.besi/${over.code}`);
  expect(again).toMatchObject({ replayed: true, caseSeq: answered?.caseSeq });
  expect(await count('select count(*)::int as n from case_event where case_code = $1', over.code)).toBe(events);
  expect((await verifyChains(register.pool, { caseCode: over.code })).broken).toEqual([]);
});

it('empties what agencies sent and answered once it was kept long enough; that it came stays', async () => {
  const { owner } = register;
  const [open, over] = [await lived(), await lived()];
  await over.act(investor, at('2026-10-10 09:00'), { type: 'withdrawCase', reason: 'no more' }, 'withdrawn');
  const asked = (file: TestCase, step: string) => [file.scope, step, file.code, `${file.code}/${step}`];
  for (const file of [open, over]) {
    await owner.query(
      `insert into agency_request (scope, step, attempt, case_code, system, kind, correlation_id, status, answer)
       values ($1, $2, 1, $3, 'tax', 'tax-code', $4, 'answered', '{"name": "Nguyễn Văn A"}')`,
      asked(file, 'tax-code'),
    );
  }
  await owner.query(`insert into inbox (agency, message_id, body, received_at, status, handled_at) values
    ('dost', 'old', '{"words": "x"}', now(), 'handled', now() - interval '181 days'),
    ('dost', 'refused', '{"words": "x"}', now(), 'refused', now() - interval '181 days'),
    ('dost', 'lately', '{"words": "x"}', now(), 'handled', now() - interval '179 days'),
    ('dost', 'waits', '{"words": "x"}', now() - interval '400 days', 'pending', null)`);
  await sweep('2027-04-07 09:00');
  const answers = () =>
    owner.query('select case_code as code from agency_request where answer is not null order by case_code');
  expect((await answers()).rows).toEqual([open, over].map(({ code }) => ({ code })).sort());
  await sweep('2027-04-10 09:00');
  expect((await answers()).rows).toEqual([{ code: open.code }]);
  const { rows } = await owner.query(`select message_id as id, status from inbox where body is null order by 1`);
  expect(rows).toEqual([
    { id: 'old', status: 'handled' },
    { id: 'refused', status: 'refused' },
  ]);
});

it('is a few rows at a time, and begins anew when it is through', async () => {
  await register.owner.query(
    `insert into agenda (kind, ref, at, done_at) select 'many', n::text, '2026-07-01Z', '2026-07-01Z' from generate_series(1, $1::int) n`,
    [2 * pageSize + 1],
  );
  const retention = createRetention(register.pool, keep);
  const left = () => count(`select count(*)::int as n from agenda where kind = $1`, 'many');
  expect(await retention.runOnce()).toBe(true);
  expect(await left()).toBeGreaterThan(pageSize);
  while (await retention.runOnce());
  expect(await left()).toBe(0);
});

const left = async (table: string) =>
  (await register.owner.query<{ ref: string }>(`select ref from ${table} order by 1`)).rows.map(({ ref }) => ref);

it('removes messages that are over, notices that were read and deliveries that arrived, each after its time', async () => {
  const { owner, pool } = register;
  await owner.query(`insert into message (id, person, channel, at, status, sent_at, not_before) values
    (1, 'investor.besi', 'mail', now(), 'sent', now() - interval '11 days', null),
    (2, 'investor.besi', 'mail', now(), 'sent', now() - interval '9 days', null),
    (3, 'investor.besi', 'mail', now(), 'failed', null, now() - interval '11 days'),
    (4, 'investor.besi', 'mail', now(), 'ready', null, now() - interval '90 days')`);
  await owner.query(`insert into notice (id, person, kind, ref, vars, urgency, at, read_at) values
    (1, 'investor.besi', 'decision', 'unread', '{}', 'soon', now(), null),
    (2, 'investor.besi', 'decision', 'read', '{}', 'soon', now(), now() - interval '21 days'),
    (3, 'investor.besi', 'decision', 'lately', '{}', 'soon', now(), now() - interval '19 days'),
    (4, 'investor.besi', 'decision', 'waits', '{}', 'soon', now(), now() - interval '21 days')`);
  await owner.query(
    `update notice set mail_due = now(), mail_message = id, sms_due = case when id = 1 then now() end, sms_message = case when id = 1 then 3 end where id in (1, 2, 4)`,
  );
  const { webhook } = await createWebhook(pool, {
    id: randomUUID(),
    url: 'https://outside.example/events',
    events: [],
    secret: 's'.repeat(64),
    createdBy: 'admin.1',
  });
  await owner.query(
    `insert into webhook_delivery (webhook, case_code, seq, type, status, attempts, answer, last_at) values
      ($1, 'a', 1, 'caseOpened', 'delivered', 1, '200', now() - interval '31 days'),
      ($1, 'a', 2, 'caseOpened', 'delivered', 1, '200', now() - interval '29 days'),
      ($1, 'a', 3, 'caseOpened', 'failed', 1, '500', now() - interval '31 days')`,
    [webhook.id],
  );
  await sweep();
  expect(await left('(select id::text as ref from message) m')).toEqual(['2', '4']);
  expect(await left('notice')).toEqual(['lately', 'unread', 'waits']);
  expect(await left('(select seq::text as ref from webhook_delivery) d')).toEqual(['2', '3']);
});

it('goes on in short steps while there is more', async () => {
  const { owner, pool } = register;
  await owner.query(
    `insert into notice (id, person, kind, ref, vars, urgency, at, read_at)
     select 100 + n, 'investor.besi', 'decision', 'old ' || n, '{}', 'soon', now(), now() - interval '1 year' from generate_series(1, $1::int) n`,
    [pageSize + 1],
  );
  const retention = createRetention(pool, keep);
  expect(await retention.runOnce()).toBe(true);
  expect((await left('notice')).filter((ref) => ref.startsWith('old'))).toHaveLength(1);
  while (await retention.runOnce());
  expect((await left('notice')).filter((ref) => ref.startsWith('old'))).toEqual([]);
});

it('takes security events that last happened long ago', async () => {
  const one = { account: '', subject: '', caller: '', times: 1 } as const;
  await noteSecurity(register.pool, [
    { kind: 'pin-locked', ...one },
    { kind: 'cross-site', ...one },
  ]);
  await register.owner.query(
    `update security_event set last_at = now() - interval '41 days' where kind = 'cross-site'`,
  );
  await sweep();
  expect(await left('(select kind as ref from security_event) s')).toEqual(['pin-locked']);
});
