import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyChains } from '../../db/register/chain.js';
import { createProjector } from '../../db/projection/projector.js';
import { drawsOf } from '../../scripts/volume/draws.js';
import { playHistory } from '../../scripts/volume/histories.js';
import { NotEmpty, seedVolume } from '../../scripts/volume/seed.js';
import { plainDate } from '../../domain/time/instants.js';
import { talliesApart } from '../support/register-checks.js';
import { query } from '../support/sql.js';
import { createTestRegister, type TestRegister } from './support.js';

let register: TestRegister;
let said: string[];
beforeAll(async () => {
  register = await createTestRegister();
  said = [];
  await fill((line) => said.push(line));
}, 300_000);
afterAll(() => register.close());

const asked = { cases: 120, openTasks: 12, seed: 7, histories: 20 };
const fill = (say: (line: string) => void = () => undefined) =>
  seedVolume({ url: register.database.appUrl, ownerUrl: register.database.migratorUrl }, asked, say);
const found = <Row extends object>(sql: string) => query<Row>(register.database.migratorUrl, sql);

describe('a register that is filled with a history', () => {
  it('has as many cases as were asked for, of every end, none of which the engine runs', async () => {
    const heads = await found<{ status: string; managed: boolean; n: number; least: number }>(
      'select status, managed, count(*)::int as n, min(seq) as least from case_head group by 1, 2 order by 1',
    );
    expect(heads.map(({ status }) => status)).toEqual(['approved', 'open', 'refused', 'withdrawn']);
    for (const { managed, least } of heads) expect([managed, least >= 3]).toEqual([false, true]);
    const total = heads.reduce((sum, { n }) => sum + n, 0);
    expect(total).toBe(asked.cases + asked.openTasks);
    expect(await found(`select count(*)::int as n from task where status = 'open'`)).toEqual([{ n: asked.openTasks }]);
    expect(said.join('\n')).toContain(`${total}/${total}`);
  });

  it('holds in every chain, word, number and projected row, as if each case had been played', async () => {
    const { broken, cases, events, unprojected } = await verifyChains(register.pool);
    expect(broken).toEqual([]);
    expect([cases, unprojected]).toEqual([asked.cases + asked.openTasks, 0]);
    expect(events).toBeGreaterThan(3 * cases);
    expect(await talliesApart(register.owner)).toEqual([]);
  }, 120_000);

  it('leaves the projector nothing to do', async () => {
    expect(await createProjector({ pool: register.pool, law: register.law }).runOnce()).toBe(0);
  });

  it('is the same of the same seed', () => {
    const plot = {
      code: 'LX-260706-0001A',
      firstNumber: 700_000_000,
      day: plainDate('2026-07-06'),
      end: 'approved',
    } as const;
    const played = [5, 5, 6].map((seed) => playHistory(register.law.current().law, drawsOf(seed), plot));
    expect(played[0]).toEqual(played[1]);
    expect(played[0]?.events).not.toEqual(played[2]?.events);
  });

  it('is filled once: a register that has cases is refused, in a sentence that says what to do', async () => {
    const refused: unknown = await fill().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(NotEmpty);
    expect(refused instanceof Error && refused.message).toContain('npm run reset');
  });
});
