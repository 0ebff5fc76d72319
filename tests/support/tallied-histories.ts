import { expect } from 'vitest';
import { createProjector } from '../../db/projection/projector.js';
import { seedVolume } from '../../scripts/volume/seed.js';
import { createTestRegister } from '../db/support.js';
import { talliesApart } from './register-checks.js';

/** Tables of facts that are tallied. */
export const tallied = [
  ...['case_fact', 'procedure_fact', 'agency_fact', 'step_fact', 'clause_fact', 'survey_fact', 'work_fact'],
] as const;

/** Plays so many different histories into a register of their own, forgets every fact, makes all of them anew from the events, and expects the same tallies row by row. */
export async function expectTalliesAnew({
  histories,
  seed,
}: {
  readonly histories: number;
  readonly seed: number;
}): Promise<void> {
  const register = await createTestRegister();
  try {
    const { appUrl: url, migratorUrl: ownerUrl } = register.database;
    const asked = { cases: histories, openTasks: histories / 10, seed, histories };
    await seedVolume({ url, ownerUrl }, asked, () => undefined);
    const kept = async () =>
      (
        await register.owner.query<{ one: string }>(
          `select concat_ws('|', family, span, first, measure, key, lane, pathway, zone, value, n, amount) as one from tally_kept order by 1`,
        )
      ).rows.map(({ one }) => one);
    const before = await kept();
    expect(before.length).toBeGreaterThan(histories);
    for (const table of tallied) await register.owner.query(`delete from ${table}`);
    expect(await kept()).toEqual([]);
    await createProjector(register).rebuild();
    expect([seed, await kept()]).toEqual([seed, before]);
    expect(await talliesApart(register.owner)).toEqual([]);
  } finally {
    await register.close();
  }
}
