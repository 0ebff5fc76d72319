import type pg from 'pg';
import { type Law } from '../../domain/law/law.js';
import { type CaseState } from '../../domain/case/state.js';
import { trialFactsOf, trialRecordOf } from '../../domain/case/trial/record.js';
import { trial, trialFact } from '../schema/trials.js';
import { upsert } from '../upsert.js';

/** Makes the rows of these trials what their states say now. Doing it twice is doing it once. */
export async function writeTrials(client: pg.PoolClient, law: Law, states: readonly CaseState[]): Promise<void> {
  const each = states.flatMap((state) => {
    const record = trialRecordOf(state, law);
    return record ? [{ caseCode: state.code, record, facts: trialFactsOf(state) }] : [];
  });
  if (each.length === 0) return;
  await upsert(
    client,
    trial,
    each.map(({ caseCode, record: { sites, ...record } }) => ({
      caseCode,
      ...record,
      sites: [...sites],
    })),
  );
  await upsert(
    client,
    trialFact,
    each.flatMap(({ caseCode, record: { regime, field }, facts }) =>
      facts.map((fact, i) => ({ caseCode, n: i + 1, regime, field, ...fact })),
    ),
  );
  await client.query({
    name: 'drop-other-trial-facts',
    text: `delete from trial_fact f using unnest($1::text[], $2::int[]) k (code, rows)
           where f.case_code = k.code and f.n > k.rows`,
    values: [each.map(({ caseCode }) => caseCode), each.map(({ facts }) => facts.length)],
  });
}
