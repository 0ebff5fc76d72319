import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRehearsal } from '../../db/register/business-clock.js';
import { createNotifier, notifierReader } from '../../db/outbound/notices.js';
import { createProjector, projectorReader } from '../../db/projection/projector.js';
import { countFaults, listFaults } from '../../db/register/quarantine.js';
import { quiet } from '../../db/register/rehearsal.js';
import { at, createTestRegister, feedSettled, received, TestCase, type TestRegister } from './support.js';
import { rewriteState } from '../support/kept-state.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
  await startRehearsal(register.pool, 'stepped', at('2026-07-06 10:05'));
});
afterAll(() => register.close());

/** As if the pause between two attempts were over. */
const later = () => register.owner.query(`update reader_fault set not_before = clock_timestamp()`);
const faults = async () =>
  (await listFaults(register.pool, 100)).map((one) => ({ ...one, error: one.error.length > 0 }));
const noticesOf = async (code: string): Promise<string[]> =>
  (
    await register.owner.query<{ told: string }>(
      `select person || ' ' || kind || ' ' || ref || ' ' || vars::text as told from notice where case_code = $1 order by 1`,
      [code],
    )
  ).rows.map(({ told }) => told);
const sendingsOf = async (code: string): Promise<number> =>
  (
    await register.owner.query(
      'select 1 from notice_sending s join notice n on n.id = s.notice where n.case_code = $1',
      [code],
    )
  ).rows.length;

async function tellAll(): Promise<void> {
  const notifier = createNotifier(register);
  while ((await notifier.runOnce()) > 0);
}

describe('a case that cannot be projected', () => {
  const projector = () => createProjector(register);
  const stageOf = async (code: string): Promise<string | undefined> =>
    (await register.pool.query<{ stage: string }>('select stage from procedure where case_code = $1', [code])).rows[0]
      ?.stage;

  it('is set aside and shown; the others go on at once; mended, it is caught up with', async () => {
    const { file: ill } = await received(register);
    let whole = '';
    await rewriteState(register.owner, ill.code, (text) => {
      whole = text;
      return text.replaceAll('"irc-ordinary@', '"nothing@');
    });
    const { file: well } = await received(register);
    await feedSettled(register);
    const begun = performance.now();
    while ((await projector().runOnce()) > 0);
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(await stageOf(well.code)).toBe('processing');
    expect(await stageOf(ill.code)).toBeUndefined();
    const booked = { reader: projectorReader, case: ill.code, event: null, error: true };
    expect(await faults()).toMatchObject([{ ...booked, attempts: 1 }]);
    expect(await countFaults(register.pool)).toEqual([{ reader: projectorReader, count: 1 }]);

    await later();
    await projector().runOnce();
    expect(await faults()).toMatchObject([{ ...booked, attempts: 2 }]);
    const next = await TestCase.open(register);
    await feedSettled(register);
    while ((await projector().runOnce()) > 0);
    const { rows: linked } = await register.pool.query('select 1 from case_fact where case_code = $1', [next.code]);
    expect(linked).toHaveLength(1);

    await rewriteState(register.owner, ill.code, () => whole);
    await later();
    await projector().runOnce();
    expect(await faults()).toEqual([]);
    expect(await stageOf(ill.code)).toBe('processing');
  });
});

describe('what an event tells', () => {
  it('is written with it, and is gone once it is told', async () => {
    const { file } = await received(register);
    const { rows } = await register.owner.query<{ notices: { kind: string }[] }>(
      'select notices from notice_outbox where case_code = $1 order by id',
      [file.code],
    );
    expect(rows.flatMap(({ notices }) => notices.map(({ kind }) => kind))).toEqual([
      'case-received',
      'dossier-wanted',
      'task-opened',
      'dossier-received',
    ]);
    expect(await quiet(register.pool)).toMatchObject({ notifierBehind: true });
    await tellAll();
    expect((await register.owner.query('select 1 from notice_outbox')).rows).toEqual([]);
    expect(await noticesOf(file.code)).not.toEqual([]);
    const { rows: log } = await register.owner.query('select 1 from feed_cursor where reader = $1', [notifierReader]);
    expect(log).toEqual([]);
  });

  it('that cannot be told is set aside and shown; the others go on; mended, it is told once', async () => {
    const ill = await TestCase.open(register);
    await register.owner.query(`update notice_outbox set notices = '[{}]' where case_code = $1`, [ill.code]);
    const well = await TestCase.open(register);
    const begun = performance.now();
    await tellAll();
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(await noticesOf(well.code)).toHaveLength(2);
    expect(await noticesOf(ill.code)).toEqual([]);
    expect(await faults()).toMatchObject([{ reader: notifierReader, case: ill.code, event: 1, attempts: 1 }]);
    // It is somebody's work to mend it: nothing moves by itself.
    expect(await quiet(register.pool)).not.toMatchObject({ notifierBehind: true });

    await register.owner.query('update notice_outbox set notices = null where case_code = $1', [ill.code]);
    await later();
    await tellAll();
    expect(await noticesOf(ill.code)).toHaveLength(2);
    expect(await faults()).toEqual([]);
  });

  it('is told once where it is cut off between the notices and the end of its transaction', async () => {
    const file = await TestCase.open(register);
    const holder = await register.owner.connect();
    try {
      await holder.query('begin');
      await holder.query('select 1 from notice_outbox where case_code = $1 for update', [file.code]);
      const cut = createNotifier(register).runOnce();
      const killed = async (): Promise<number> =>
        (
          await register.pool.query(
            `select pg_cancel_backend(pid) from pg_stat_activity
             where datname = current_database() and wait_event_type = 'Lock' and query like 'delete from notice_outbox%'`,
          )
        ).rows.length;
      await expect.poll(killed, { interval: 10 }).toBe(1);
      await holder.query('rollback');
      await cut;
    } finally {
      holder.release();
    }
    await later();
    await tellAll();
    expect(await noticesOf(file.code)).toHaveLength(2);
    expect(await sendingsOf(file.code)).toBe(2);
    expect(await faults()).toEqual([]);
  });

  it('is the same where it is derived anew from the events', async () => {
    const { file } = await received(register);
    await register.owner.query('update notice_outbox set notices = null, at = null, investor = null');
    await tellAll();
    const anew = await noticesOf(file.code);
    await register.owner.query('delete from notice');
    const { file: other } = await received(register);
    await tellAll();
    const same = (await noticesOf(other.code)).map((one) => one.replaceAll(other.code, file.code));
    const plain = (list: readonly string[]) => list.map((one) => one.replaceAll(/H29-\d{6}-\d{4}/g, 'dossier'));
    expect(plain(same)).toEqual(plain(anew));
  });

  it('but had not been told at the upgrade is told once after it, and what had been is not', async () => {
    const told = await TestCase.open(register);
    await tellAll();
    const before = await noticesOf(told.code);
    const untold = await TestCase.open(register);
    // As the last release leaves it: no outbox, a place in the feed.
    await register.owner.query('delete from notice_outbox');
    await register.owner.query(
      `insert into feed_cursor (reader, epoch, xid, id) select 'notifier', epoch, xid, id from case_event where case_code = $1 and seq = 1`,
      [told.code],
    );
    const file = join(import.meta.dirname, '../../db/migrations/0031_readers.sql');
    const statements = (await readFile(file, 'utf8')).split('--> statement-breakpoint');
    for (const statement of statements.slice(-2)) await register.owner.query(statement);
    expect((await register.owner.query('select 1 from notice_outbox')).rows).toHaveLength(1);
    await tellAll();
    expect(await noticesOf(untold.code)).toHaveLength(2);
    expect(await noticesOf(told.code)).toEqual(before);
  });
});
