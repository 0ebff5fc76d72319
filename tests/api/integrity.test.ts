import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, investor, openingCommand } from '../db/support.js';
import { projected } from '../support/feed.js';
import { atTheDoor, greenProject, LicensingLife } from '../support/licensing-life.js';
import { startApi, type TestApi } from './support.js';

interface Questions {
  readonly items: readonly {
    readonly rule: string;
    readonly cases: readonly string[];
    readonly seen: number;
    readonly party: { readonly name: string | null } | null;
  }[];
}

let api: TestApi;
const codes: string[] = [];
const ask = async (as: string, query = '') =>
  (await api.call<Questions>('GET', `/integrity/questions${query}`, { as })).body;

// One investor files the same project three times in July 2026 and takes it back each time.
beforeAll(async () => {
  api = await startApi();
  await api.pool.query(`update rehearsal_clock set mode = 'stepped', now = $1`, [at('2026-07-31 09:00')]);
  if (investor.kind !== 'person') throw new Error('the investor is a person');
  for (const [n, month] of ['07-06', '07-13', '07-20'].entries()) {
    const filedAt = at(`2026-${month} 09:00`);
    const { caseCode } = await api.deps.door.open({
      command: openingCommand(greenProject(), filedAt),
      actor: investor,
      key: `again-${n}`,
      bodyHash: 'body',
      occurredAt: filedAt,
    });
    codes.push(caseCode);
    await new LicensingLife(atTheDoor(api.deps, caseCode), investor).withdraw(`${month} 15:00`);
  }
  await projected(api.deps);
});
afterAll(() => api.close());

describe('questions of integrity', () => {
  it('are asked with the cases they rest on, of the register as the projector leaves it', async () => {
    const { rows } = await api.pool.query<{ n: number }>(
      `select count(*)::int as n from conduct_fact where conduct ->> 'kind' = 'ended'`,
    );
    expect(rows[0]?.n).toBe(3);
    await api.pool.query(
      `update conduct_fact set conduct = jsonb_set(conduct, '{site}', '"lot"') where conduct ->> 'kind' = 'ended'`,
    );
    const { items } = await ask('auditor.1');
    expect(items).toMatchObject([{ rule: 'filed-again', seen: 3, cases: [...codes].sort() }]);
    expect(items[0]?.party?.name).not.toBeNull();
    expect((await ask('leader.hcmc-committee', '?from=2026-07-15&to=2026-07-31')).items).toEqual([]);
  });

  it('are for those who supervise alone, over a year at most that has passed', async () => {
    for (const as of ['head.dof', 'officer.dof.1', 'investor.besi', 'admin.1'])
      expect((await api.refused('GET', '/integrity/questions', { as })).status).toBe(403);
    for (const query of ['?to=2026-08-01', '?from=2026-07-20&to=2026-07-01', '?from=2025-01-01&to=2026-07-01'])
      expect((await api.refused('GET', `/integrity/questions${query}`, { as: 'auditor.1' })).status).toBe(422);
  });
});
