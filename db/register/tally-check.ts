import type pg from 'pg';
import { rows } from '../pool.js';
import { type Break } from './breaks.js';

/** What the figures of dashboards are read from, against the facts that they count: in one statement, which sees one state of both. */
export async function verifyTallies(client: pg.PoolClient, report: (found: Break) => void): Promise<void> {
  const apart = await rows<{ what: string }>(
    client,
    `select 'kept ' || k::text as what from (select * from public.tally_kept except all select * from public.tally_scan) k
     union all select 'counted ' || s::text from (select * from public.tally_scan except all select * from public.tally_kept) s limit 20`,
  );
  for (const { what } of apart)
    report({ caseCode: null, seq: null, reason: 'projection-differs', detail: `tally ${what}` });
}
