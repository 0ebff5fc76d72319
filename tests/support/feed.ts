import type pg from 'pg';
import { createProjector } from '../../db/projection/projector.js';
import type { LawSource } from '../../db/law/live-law.js';

/**
 * Until every event lies below the feed's horizon. That is the oldest open transaction of the whole cluster, so another test file that copies a
 * database at this moment holds it up.
 */
export async function feedSettled({ pool }: { readonly pool: pg.Pool }): Promise<void> {
  for (let turn = 0; turn < 500; turn++) {
    const { rows } = await pool.query(
      `select 1 from case_event where epoch = (select epoch from installation) and xid >= pg_snapshot_xmin(pg_current_snapshot()) limit 1`,
    );
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('A transaction has held up the feed for ten seconds');
}

/** The projections of this register at its last event. */
export async function projected(register: { readonly pool: pg.Pool; readonly law: LawSource }): Promise<void> {
  await feedSettled(register);
  while ((await createProjector(register).runOnce()) > 0);
}
