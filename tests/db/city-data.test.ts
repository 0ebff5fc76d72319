import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { confirmCityData, proposeCityData, putDueCityData } from '../../db/law/city-data.js';
import { type LiveLaw } from '../../db/law/live-law.js';
import { loadLaw } from '../../db/law/law.js';
import { stepClock } from '../../db/register/business-clock.js';
import { quiet } from '../../db/register/rehearsal.js';
import { seed } from '../../db/seed.js';
import { type CityData } from '../../domain/law/city-data.js';
import { plainDate } from '../../domain/time/instants.js';
import { catalogueData, people } from '../../seeds/index.js';
import { createLawChanges } from '../../worker/law-changes.js';
import { at, createChangingRegister, TestCase, type TestRegister } from './support.js';

let register: TestRegister;
let live: LiveLaw;
beforeEach(async () => {
  register = await createChangingRegister();
  live = register.law;
});
afterEach(() => register.close());

const seeded = catalogueData().settings;
const propose = async (change: CityData, effectiveFrom: string) =>
  (
    await proposeCityData(
      register.pool,
      { id: randomUUID(), bodyHash: 'body', by: 'admin.1' },
      { change, effectiveFrom: plainDate(effectiveFrom), document: 'Quyết định 1' },
    )
  ).change.id;
const fewer: CityData = {
  kind: 'setting',
  code: 'ladders',
  data: { ...seeded.ladders, task: [{ code: 'late', kind: 'missed', tells: ['head'] }] },
};
const rungsOf = async (file: TestCase) =>
  (
    await register.pool.query<{ canonical: string }>(
      `select canonical from case_event where case_code = $1 and canonical like '%rungReached%' order by seq`,
      [file.code],
    )
  ).rows.map(({ canonical }) => {
    const { payload, occurredAt } = JSON.parse(canonical) as { payload: { rung: string }; occurredAt: string };
    return [payload.rung, occurredAt];
  });

/** Changes for which a rehearsal's clock waits. */
const waiting = async () => {
  const found = await quiet(register.pool);
  return found.quiet ? 0 : found.pendingChanges;
};

/** A decision on the lane, opened on Wednesday 8 July, due on Monday the 13th. */
async function undecided(): Promise<TestCase> {
  const file = await TestCase.open(register, at('2026-07-08 09:00'));
  await file.openTask(file.scope, '2026-07-08 10:00', 'lane', 'lane', 'dof', 'officer');
  return file;
}

describe('data of the City that is confirmed for a day to come', () => {
  it('holds from the beginning of that day, however late anybody looks, and what fell due before is told by what held before', async () => {
    const file = await undecided();
    const id = await propose(fewer, '2026-07-15');
    expect(await confirmCityData(register.pool, id, 'admin.2')).toMatchObject({ status: 'confirmed' });
    expect(await putDueCityData(register.pool)).toBe(0);
    expect(await waiting()).toBe(0);
    await stepClock(register.pool, at('2026-07-20 12:00'));
    expect(await waiting()).toBe(1);
    expect(await putDueCityData(register.pool)).toBe(1);
    const loaded = await loadLaw(register.pool);
    expect(loaded.law.settings.ladders.task).toHaveLength(1);
    expect(loaded.law.changes).toMatchObject([{ at: at('2026-07-15 00:00'), document: 'Quyết định 1' }]);
    await file.act({ kind: 'clock' }, at('2026-07-20 12:00'), { type: 'settle' });
    expect(await rungsOf(file)).toEqual([
      ['eighty', at('2026-07-13 07:30')],
      ['missed', at('2026-07-14 00:00')],
      ['late', at('2026-07-14 00:00')],
    ]);
  });

  it('is brought to every case that runs by the job, once', async () => {
    const file = await undecided();
    const id = await propose(fewer, '2026-07-08');
    expect(await confirmCityData(register.pool, id, 'admin.2')).toMatchObject({ status: 'pending', total: 1 });
    const changes = createLawChanges({
      pool: register.pool,
      door: register.door,
      law: live,
      handOver: { poke: () => Promise.resolve() },
      onError: (error) => {
        throw error;
      },
    });
    expect(await changes.redate()).toBe(true);
    expect(await changes.redate()).toBe(false);
    const { rows } = await register.pool.query('select status, done, moved from law_change where id = $1', [id]);
    expect(rows).toEqual([{ status: 'done', done: 1, moved: 1 }]);
    const next = await register.pool.query<{ next_at: Date }>('select next_at from scope where id = $1', [file.scope]);
    expect(new Date(next.rows[0]?.next_at ?? 0).toISOString()).toBe(at('2026-07-14 00:00'));
  });

  it('outlives the seeds of the next start', async () => {
    const dost = catalogueData().agencies.find(({ code }) => code === 'dost');
    if (!dost) throw new Error('no department');
    const agency: CityData = {
      kind: 'agency',
      code: 'dost',
      data: { ...dost, name: { vi: 'Tên mới', en: 'New name' } },
    };
    for (const change of [fewer, agency])
      await confirmCityData(register.pool, await propose(change, '2026-07-08'), 'admin.2');
    await seed(register.owner, { catalogue: catalogueData(), people });
    const { catalogue } = await loadLaw(register.pool);
    expect(catalogue.settings.ladders.task).toHaveLength(1);
    expect(catalogue.agencies.get('dost')?.name.vi).toBe('Tên mới');
  });

  it('can be changed by nobody who works by it: neither what was published nor who did', async () => {
    const id = await propose(fewer, '2026-07-08');
    for (const set of [`data = '{}'`, `document = 'x'`, `published_by = 'admin.2'`, `effective_from = '2020-01-01'`]) {
      await expect(register.pool.query(`update law_change set ${set} where id = $1`, [id])).rejects.toMatchObject({
        code: '42501',
      });
    }
    await expect(
      register.owner.query(`update law_change set confirmed_by = published_by where id = $1`, [id]),
    ).rejects.toMatchObject({ code: '23514' });
  });
});
