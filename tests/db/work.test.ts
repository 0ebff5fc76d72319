import { afterAll, beforeAll, expect, it } from 'vitest';
import { receiveMessage } from '../../db/outbound/inbox.js';
import { createNotifier } from '../../db/outbound/notices.js';
import { createProjector, projectorReader } from '../../db/projection/projector.js';
import { findWork, type Work } from '../../db/read/work.js';
import { callDue, claimItems, plan } from '../../db/register/agenda.js';
import { claimScopes } from '../../engine/register/mailbox.js';
import { createTestRegister, feedSettled, TestCase, type TestRegister } from './support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

const nothing: Work = {
  mailboxes: false,
  pokes: false,
  events: false,
  untold: false,
  agenda: [],
  statuses: false,
  inbox: false,
  mails: false,
  shortMessages: false,
  law: false,
  advances: false,
  faults: [],
};
const look = () => findWork(register.pool, projectorReader);

it('finds nothing in a register at rest, and each thing for as long as it lies there', async () => {
  expect(await look()).toEqual(nothing);
  const file = await TestCase.open(register);
  await feedSettled(register);
  expect(await look()).toEqual({ ...nothing, mailboxes: true, events: true, untold: true });
  await claimScopes(register.pool, { limit: 10, forMs: 60_000 });
  await createProjector(register).runOnce();
  while ((await createNotifier(register).runOnce()) > 0);
  const told = await look();
  expect(told).toEqual({ ...nothing, mails: told.mails });
  await register.owner.query('update notice set mail_due = null, sms_due = null; update scope set poke = true');
  expect(await look()).toEqual({ ...nothing, pokes: true });
  await register.owner.query('update scope set poke = false');
  const at = '2026-07-06T03:00:00Z';
  await plan(register.pool, [
    { kind: callDue, ref: `${file.scope}#a#1`, at },
    { kind: 'duty', ref: `${file.code}@${at}`, at: '2999-01-01T00:00:00Z' },
  ]);
  const { id } = await receiveMessage(register.pool, { agency: 'doc', messageId: 'm-1', body: {}, receivedAt: at });
  expect(await look()).toEqual({ ...nothing, agenda: [callDue], inbox: true });
  await claimItems(register.pool, callDue, { limit: 1, forMs: 60_000 });
  await register.owner.query(`update inbox set not_before = clock_timestamp() + interval '1 minute' where id = $1`, [
    id,
  ]);
  expect(await look()).toEqual(nothing);
  await register.owner.query(
    `insert into reader_fault (reader, case_code, seq, error, attempts, not_before, first_at, last_at)
     select 'projector', $1, 0, 'INTERNAL', 1, now, now, now from clock_timestamp() now`,
    [file.code],
  );
  await register.owner.query(`insert into message (person, channel, at) values ('investor.besi', 'sms', $1)`, [at]);
  expect(await look()).toEqual({ ...nothing, shortMessages: true, faults: ['projector'] });
});
