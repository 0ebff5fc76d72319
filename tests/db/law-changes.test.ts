import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locks } from '../../db/locks.js';
import { eventOf } from '../../db/register/chain-link.js';
import { createDoor, type Door } from '../../db/register/door.js';
import { type HandOver } from '../../engine/register/hand-over.js';
import { loadLaw } from '../../db/law/law.js';
import { findLawChange } from '../../db/law/law-changes.js';
import { publishCalendar, publishDefinition } from '../support/two-admins.js';
import { createLiveLaw, type LiveLaw } from '../../db/law/live-law.js';
import { quiet } from '../../db/register/rehearsal.js';
import { seed } from '../../db/seed.js';
import { type CalendarData } from '../../domain/time/calendar.js';
import { procedureVersion } from '../../domain/law/procedure.js';
import { addDays, plainDate } from '../../domain/time/instants.js';
import { catalogueData, people } from '../../seeds/index.js';
import { createLawChanges } from '../../worker/law-changes.js';
import { multiply } from './running-cases.js';
import {
  assessing,
  at,
  countRoundTrips,
  createChangingRegister,
  received,
  refusedWith,
  type TestRegister,
} from './support.js';
import { rewriteState } from '../support/kept-state.js';

let register: TestRegister;
let live: LiveLaw;
beforeEach(async () => {
  register = await createChangingRegister();
  live = register.law;
});
afterEach(() => register.close());

const newest = (): CalendarData => live.current().law.calendar('vn-state').data;
const day = (date: string) => ({
  date: plainDate(date),
  name: { vi: 'Hoán đổi', en: 'Swap' },
  source: 'Thông báo 1',
  verified: true,
});
const publication = () => ({ id: randomUUID(), bodyHash: 'body', by: 'admin.1' });
const publish = (change: Partial<CalendarData>) =>
  publishCalendar(register.pool, publication(), {
    ...newest(),
    version: newest().version + 1,
    ...change,
    document: 'Thông báo 1',
  });
const off = (...dates: string[]) => publish({ daysOff: [...newest().daysOff, ...dates.map(day)] });
const worked = (...dates: string[]) => publish({ makeUpDays: [...newest().makeUpDays, ...dates.map(day)] });

const errorsSeen: unknown[] = [];
const changes = (door: Door = register.door, poke: HandOver['poke'] = () => Promise.resolve()) =>
  createLawChanges({
    pool: register.pool,
    door,
    law: live,
    handOver: { poke },
    onError: (error) => errorsSeen.push(error),
  });
async function workOff(job: { redate(): Promise<boolean> }): Promise<void> {
  while (await job.redate());
}
const redated = async () => {
  const { rows } = await register.pool.query<{ code: string; canonical: string }>(
    `select case_code as code, canonical from case_event where type = 'clocksRedated' order by case_code, seq`,
  );
  return rows.map(({ code, canonical }) => ({ code, event: eventOf(canonical) }));
};

describe('the law of a process', () => {
  it('no command is decided by an older calendar, and none takes more than four round trips for it', async () => {
    const { irc, file } = await assessing(register);
    await off('2026-07-20');
    expect(live.current().version).toBe(1);
    await file.act({ kind: 'clock' }, at('2026-07-08 11:01'), { type: 'settle' });
    expect(live.current().version).toBe(2);
    const { rows } = await register.pool.query('select due_date from clock where scope = $1', [irc]);
    expect(rows).toEqual([{ due_date: '2026-07-21' }]);

    const counted = countRoundTrips(register);
    const door = createDoor({ pool: counted.pool, law: live });
    await door.handle({ ...file.envelope({ kind: 'clock' }, at('2026-07-17 08:00'), { type: 'settle' }) });
    expect(counted.trips).toBeLessThanOrEqual(4);
    await counted.pool.end();
  });

  it('a publication waits for the commands under way, and they for it', async () => {
    const client = await register.pool.connect();
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock_shared($1)', [locks.law]);
    let over = false;
    const publishing = off('2026-07-20').then(() => (over = true));
    await sleep(150);
    expect(over).toBe(false);
    await client.query('commit');
    client.release();
    await publishing;
    expect((await loadLaw(register.pool)).version).toBe(2);
  });

  it('readers have the new one within a second without being told', async () => {
    const reader = await createLiveLaw(register.pool);
    try {
      await off('2026-07-20');
      await expect.poll(() => reader.current().version, { timeout: 1_000, interval: 25 }).toBe(2);
      const { law, catalogue } = reader.current();
      expect(catalogue.calendars.get('vn-state')?.data.version).toBe(2);
      expect(law.changes).toMatchObject([{ calendar: 'vn-state', version: 2, document: 'Thông báo 1' }]);
    } finally {
      reader.stop();
    }
  });
});

describe('a new calendar', () => {
  it('reaches two thousand running cases in one job, each once, and every row of the register shows it', async () => {
    const { file } = await assessing(register);
    const codes = await multiply(register, file.code, 2_000);
    const { change } = await off('2026-07-20');
    expect(change).toMatchObject({ status: 'pending', total: 2_001 });
    const began = performance.now();
    await workOff(changes());
    const seconds = (performance.now() - began) / 1_000;
    console.log(`${codes.length + 1} clocks re-dated in ${seconds.toFixed(1)} s`);
    expect(await findLawChange(register.pool, change.id)).toMatchObject({
      status: 'done',
      total: 2_001,
      done: 2_001,
      moved: 2_001,
      failures: [],
    });
    const events = await redated();
    expect(new Set(events.map(({ code }) => code)).size).toBe(2_001);
    expect(events).toHaveLength(2_001);
    expect(events[0]?.event).toMatchObject({
      occurredAt: at('2026-07-08 11:00'),
      payload: { document: 'Thông báo 1', moved: [{ clock: 'printed', from: '2026-07-20', to: '2026-07-21' }] },
    });
    const { rows } = await register.pool.query(`select distinct due_date::text as due from clock where state = 'running'
      union select distinct due_date::text from case_head where due_date is not null`);
    expect(rows).toEqual([{ due: '2026-07-21' }]);
  });

  it('leaves the cases alone that end before the day that changed', async () => {
    const { file } = await assessing(register);
    await multiply(register, file.code, 20);
    const { change } = await off('2026-12-28');
    await workOff(changes());
    expect(await findLawChange(register.pool, change.id)).toMatchObject({ status: 'done', done: 21, moved: 0 });
    expect(await redated()).toEqual([]);
  });

  it('is worked off to the end by whoever lives: a dead worker and a register without time cost nothing twice', async () => {
    const { file } = await assessing(register);
    await multiply(register, file.code, 250);
    const { change } = await off('2026-07-20');
    let handled = 0;
    const failing: Door = {
      ...register.door,
      handle: (envelope) => {
        handled += 1;
        if (handled === 130) return Promise.reject(Object.assign(new Error('gone'), { code: '57P01' }));
        return register.door.handle(envelope);
      },
    };
    // One dies without giving the job free; the claim runs out.
    await register.owner.query(`update law_change set claimed_until = clock_timestamp() + interval '200 milliseconds'`);
    expect(await changes().redate()).toBe(false);
    await expect.poll(() => changes(failing).redate(), { timeout: 2_000, interval: 50 }).toBe(true);
    await changes(failing).redate();
    await Promise.all([workOff(changes()), workOff(changes()), workOff(changes())]);
    const done = await findLawChange(register.pool, change.id);
    expect(done).toMatchObject({ status: 'done', done: 251 });
    const events = await redated();
    expect(events.length + (done?.failures.length ?? 0)).toBeGreaterThanOrEqual(251);
    expect(new Set(events.map(({ code }) => code)).size).toBe(events.length);
  });

  it('names the cases that it cannot re-date, and goes on', async () => {
    const { file } = await assessing(register);
    const [broken = ''] = await multiply(register, file.code, 3);
    await rewriteState(register.owner, broken, (text) =>
      text.replaceAll('"calendar":"vn-state"', '"calendar":"nowhere"'),
    );
    const { change } = await off('2026-07-20');
    await workOff(changes());
    expect(await findLawChange(register.pool, change.id)).toMatchObject({
      status: 'done',
      moved: 3,
      failures: [{ case: broken, code: 'CALENDAR_UNKNOWN' }],
    });
  });

  it('has only those workflows poked whose next instant comes earlier, no more at a time than allowed, and none forgotten', async () => {
    const { file, irc } = await assessing(register);
    const codes = await multiply(register, file.code, 11);
    const poked: string[] = [];
    const poker = changes(register.door, ({ scope }) => {
      if (poked.length === 7 && !poked.includes('a failure')) {
        poked.push('a failure');
        return Promise.reject(new Error('Temporal is away'));
      }
      poked.push(scope);
      return Promise.resolve();
    });
    await off('2026-07-20');
    await workOff(poker);
    expect(await poker.poke(50)).toBe(0);

    await live.atLeast();
    await worked('2026-07-11');
    await workOff(poker);
    expect(await poker.poke(5)).toBe(5);
    expect(poked).toHaveLength(5);
    await expect(poker.poke(50)).rejects.toThrow('Temporal is away');
    while ((await poker.poke(50)) > 0);
    const scopes = [irc, ...codes.map((code) => irc.replace(file.code, code))];
    expect(poked.filter((scope) => scope !== 'a failure').sort()).toEqual(scopes.sort());
  });

  it('holds up the rehearsal until it has reached everybody', async () => {
    await received(register);
    await off('2026-07-20');
    expect(await quiet(register.pool)).toMatchObject({ quiet: false, pendingChanges: 1 });
    await workOff(changes());
    expect(await quiet(register.pool)).not.toMatchObject({ pendingChanges: 1 });
  });
});

describe('what was published', () => {
  it('is not undone by the seeds of the next start', async () => {
    await off('2026-07-20');
    const catalogue = catalogueData();
    const irc = procedureVersion(live.current().catalogue.procedures, 'irc-ordinary', 'newest');
    const validFrom = plainDate('2026-08-01');
    const next = { ...structuredClone(irc), validFrom, version: `irc-ordinary@${validFrom}`, notes: 'published' };
    await publishDefinition(register.pool, publication(), next);
    const dump = async () => (await loadLaw(register.pool)).catalogue;
    const before = await dump();
    expect(before.calendars.get('vn-state')?.data.version).toBe(2);
    expect(procedureVersion(before.procedures, 'irc-ordinary', addDays(validFrom, -1)).validTo).toBe('2026-07-31');

    expect(await seed(register.database.migratorUrl, { catalogue, people })).toEqual({ kept: [] });
    expect(await dump()).toEqual(before);

    // An upgrade brings the same version in its own words, a later one, and a calendar of its own.
    const ours = { ...next, notes: 'seeded' };
    const later = { ...next, validFrom: plainDate('2026-09-01'), version: 'irc-ordinary@2026-09-01', notes: 'later' };
    const calendars = catalogue.calendars.map((one) => ({ ...one, version: 3 }));
    const procedures = [...catalogue.procedures, { ...ours, validTo: plainDate('2026-08-31') }, later];
    const { kept } = await seed(register.database.migratorUrl, {
      catalogue: { ...catalogue, calendars, procedures },
      people,
    });
    expect(kept).toEqual(expect.arrayContaining(['irc-ordinary@2026-08-01', 'vn-state@3']));
    const after = await dump();
    expect(after.calendars.get('vn-state')?.data.version).toBe(2);
    expect(procedureVersion(after.procedures, 'irc-ordinary', validFrom)).toMatchObject({
      notes: 'published',
      validTo: '2026-08-31',
    });
    expect(procedureVersion(after.procedures, 'irc-ordinary', 'newest').notes).toBe('later');
  });

  it('cannot be changed or taken back by the running system', async () => {
    await off('2026-07-20');
    const denied = async (text: string) =>
      register.pool.query(text).then(
        () => 'done',
        (error: { code?: string }) => error.code,
      );
    expect(await denied('update calendar set version = 7')).toBe('42501');
    expect(await denied('delete from law_change')).toBe('42501');
    expect(await denied(`update law_change set document = 'another'`)).toBe('42501');
    expect(await denied(`update procedure_definition set valid_to = '2030-01-01'`)).toBe('42501');
    expect(await denied(`update catalogue_rules set settings = '{}'`)).toBe('42501');
  });

  it('refuses a day that today has begun to count', async () => {
    expect(await refusedWith(off('2026-07-08'))).toBe('CALENDAR_DAY_COUNTED');
    expect(await refusedWith(off('2026-07-09'))).toBe('accepted');
  });
});
