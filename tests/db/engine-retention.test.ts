import { afterAll, beforeAll, expect, it } from 'vitest';
import { plan, strikeOff } from '../../db/register/agenda.js';
import { verifyChains } from '../../db/register/chain.js';
import { createEngineRetention } from '../../db/register/engine-retention.js';
import { at, createTestRegister, investor, received, type TestCase, type TestRegister } from './support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
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

async function sweep(before: string): Promise<void> {
  const retention = createEngineRetention(register.pool);
  while (await retention.runOnce(at(before)));
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

  await sweep('2026-07-07 09:00'); // not long enough ago
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

it('is a few rows at a time, and begins anew when it is through', async () => {
  await register.owner.query(
    `insert into agenda (kind, ref, at, done_at) select 'many', n::text, '2026-07-01Z', '2026-07-01Z' from generate_series(1, 2500) n`,
  );
  const retention = createEngineRetention(register.pool);
  const left = () => count(`select count(*)::int as n from agenda where kind = $1`, 'many');
  expect(await retention.runOnce(at('2026-08-01 09:00'))).toBe(true);
  expect(await left()).toBeGreaterThanOrEqual(1500);
  while (await retention.runOnce(at('2026-08-01 09:00')));
  expect(await left()).toBe(0);
});
