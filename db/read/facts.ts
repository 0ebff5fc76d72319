import type pg from 'pg';
import { type Capital } from '../../domain/case/events.js';
import { type Law } from '../../domain/law/law.js';
import { type CaseState } from '../../domain/case/state.js';
import { factsOf } from '../../domain/measures/facts.js';
import { rows } from '../pool.js';
import { agencyFact, caseFact, procedureFact, surveyFact } from '../schema/facts.js';
import { upsert } from '../upsert.js';

/** Makes the fact rows of these cases what their states say now. Doing it twice is doing it once. */
export async function writeFacts(client: pg.PoolClient, law: Law, states: readonly CaseState[]): Promise<void> {
  const filed = await capitalAsFiled(client, states);
  const each = states.map((state) => {
    const capital = state.capital ?? filed.get(state.code) ?? null;
    const facts = factsOf({ ...state, capital }, law);
    const { lane, pathway, zone } = facts.case;
    return { ofCase: { caseCode: state.code, lane, pathway, zone }, asOfSeq: state.seq, facts };
  });
  const agencies = each.flatMap(({ ofCase, facts }) =>
    facts.agencies.map((fact, i) => ({ ...ofCase, n: i + 1, ...fact })),
  );
  await upsert(
    client,
    caseFact,
    each.map(({ ofCase, asOfSeq, facts }) => {
      const { exclusions, unverified, ...fact } = facts.case;
      return { ...ofCase, asOfSeq, ...fact, exclusions: [...exclusions], unverified: [...unverified] };
    }),
  );
  await upsert(
    client,
    procedureFact,
    each.flatMap(({ ofCase, facts }) => facts.procedures.map((fact) => ({ ...ofCase, ...fact }))),
  );
  await upsert(client, agencyFact, agencies);
  await upsert(
    client,
    surveyFact,
    each.flatMap(({ ofCase, facts }) => facts.surveys.map((fact) => ({ ...ofCase, ...fact }))),
  );
  await client.query({
    name: 'drop-other-agency-facts',
    text: `delete from agency_fact f using unnest($1::text[], $2::int[]) k (code, rows)
           where f.case_code = k.code and f.n > k.rows`,
    values: [each.map(({ ofCase }) => ofCase.caseCode), each.map(({ facts }) => facts.agencies.length)],
  });
}

/** Cases of before the event carried it: the filing has it, unless it was erased. */
async function capitalAsFiled(
  client: pg.PoolClient,
  states: readonly CaseState[],
): Promise<ReadonlyMap<string, Capital>> {
  const without = states.filter(({ capital }) => capital === null).map(({ code }) => code);
  if (without.length === 0) return new Map();
  const found = await rows<{ code: string; capital: Capital }>(
    client,
    `select case_code as code, body -> 'project' -> 'capital' as capital from filing
     where case_code = any ($1) and body -> 'project' -> 'capital' is not null`,
    [without],
  );
  return new Map(found.map(({ code, capital }) => [code, capital]));
}
