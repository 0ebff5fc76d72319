import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removedAtOnce, removeOld } from '../../db/outbound/retention.js';
import { createWebhook } from '../../db/outbound/webhooks.js';
import { createTestRegister, type TestRegister } from './support.js';

let register: TestRegister;
const keep = { messages: 10, notices: 20, deliveries: 30 };
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

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
  await owner.query(`insert into notice_sending (notice, channel, person, due_at, message) values
    (1, 'mail', 'investor.besi', now(), 1), (2, 'mail', 'investor.besi', now(), 2), (4, 'mail', 'investor.besi', now(), 4)`);
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
  expect(await removeOld(pool, keep)).toBe(false);
  expect(await left('(select id::text as ref from message) m')).toEqual(['2', '4']);
  expect(await left('notice')).toEqual(['lately', 'unread', 'waits']);
  expect(await left('(select seq::text as ref from webhook_delivery) d')).toEqual(['2', '3']);
});

it('goes on in short steps while there is more', async () => {
  const { owner, pool } = register;
  await owner.query(
    `insert into notice (id, person, kind, ref, vars, urgency, at, read_at)
     select 100 + n, 'investor.besi', 'decision', 'old ' || n, '{}', 'soon', now(), now() - interval '1 year' from generate_series(1, $1::int) n`,
    [removedAtOnce + 1],
  );
  expect(await removeOld(pool, keep)).toBe(true);
  expect((await left('notice')).filter((ref) => ref.startsWith('old'))).toHaveLength(1);
  expect(await removeOld(pool, keep)).toBe(false);
  expect((await left('notice')).filter((ref) => ref.startsWith('old'))).toEqual([]);
});
