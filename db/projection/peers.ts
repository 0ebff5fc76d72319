import type pg from 'pg';
import type { CaseState } from '../../domain/case/state.js';
import { yearBefore } from '../../domain/measures/cuts.js';
import type { CaseFact } from '../../domain/measures/case-facts.js';
import type { Facts } from '../../domain/measures/facts.js';
import { spansOf } from '../../domain/measures/spans.js';
import { Distribution } from '../../domain/measures/spread.js';
import { addDays } from '../../domain/time/instants.js';
import { inTransaction, rows } from '../pool.js';
import { settledMeanwhile } from './tallies.js';

const leastPeers = 10;

interface Peers {
  readonly n: number;
  readonly days: number | null;
}

/** Standard-lane cases of the same milestone, pathway and zone that ended in the twelve months before the filing; none where they are too few. */
export async function peersOf(
  client: pg.PoolClient,
  counted: readonly { readonly state: CaseState; readonly facts: Facts }[],
): Promise<ReadonlyMap<string, Peers>> {
  const asking = counted.flatMap(({ state: { code }, facts: { case: fact } }) =>
    fact.reduction === null ? [] : [{ ...fact, code }],
  );
  const found = await peersFor(client, asking);
  return new Map(asking.map((one, i) => [one.code, found[i] ?? { n: 0, days: null }]));
}

type Asking = Pick<CaseFact, 'milestone' | 'pathway' | 'zone' | 'openedOn'>;

/** One answer for each, in their order; from the tallies of the register, also where a rebuild is written to tables that hide it. */
async function peersFor(client: pg.PoolClient, asking: readonly Asking[]): Promise<Peers[]> {
  const keyOf = ({ milestone, pathway, zone, openedOn }: Asking) =>
    JSON.stringify([milestone, pathway, zone, openedOn]);
  if (asking.length === 0) return [];
  const settled = await settledMeanwhile(client);
  const asks = [...new Map(asking.map((one) => [keyOf(one), one])).values()].flatMap((one) =>
    spansOf({ from: yearBefore(one.openedOn), to: addDays(one.openedOn, -1) }, settled).map((range) => ({
      ...one,
      ...range,
    })),
  );
  const found = await rows<{ ask: string; measure: string; value: string; n: number }>(
    client,
    `select a.ask, x.measure, x.value::text as value, sum(x.n)::int as n
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::date[]) a (ask, milestone, pathway, zone, span, first, last)
     join public.tally_cell c on c.family = 'peers' and c.key = a.milestone and c.pathway = a.pathway and c.zone is not distinct from a.zone
     join public.tally t on t.family = 'peers' and t.span = a.span and t.first between a.first and a.last and t.cell = c.id
     cross join lateral unnest(t.measures, t.vals, t.ns) x (measure, value, n) group by 1, 2, 3`,
    [
      asks.map(keyOf),
      asks.map(({ milestone }) => milestone),
      asks.map(({ pathway }) => pathway),
      asks.map(({ zone }) => zone),
      asks.map(({ span }) => span),
      asks.map(({ first }) => first),
      asks.map(({ last }) => last),
    ],
    'peers-of-cases',
  );
  return asking.map((one) => {
    const own = found.filter(({ ask }) => ask === keyOf(one));
    const n = own.filter(({ measure }) => measure === 'peers').reduce((sum, peer) => sum + peer.n, 0);
    const days = own.flatMap(({ measure, value, n: times }) =>
      measure === 'whole days' ? [{ value: Number(value), n: times }] : [],
    );
    return n < leastPeers ? { n: 0, days: null } : { n, days: new Distribution(days).spread().median };
  });
}

/** Counts the peers of every case anew, once for all cases that ask for the same; by the owner of the tables. */
export async function countPeers(owner: pg.Pool): Promise<void> {
  const asking = await rows<Asking & pg.QueryResultRow>(
    owner,
    `select distinct milestone, pathway, zone, to_char(opened_on, 'YYYY-MM-DD') as "openedOn" from case_fact where reduction is not null`,
  );
  const peers = await inTransaction(owner, (client) => peersFor(client, asking));
  await owner.query(
    `update case_fact c set peers = p.n, peers_whole_days = p.days
     from unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::int[], $6::numeric[]) p (milestone, pathway, zone, opened_on, n, days)
     where c.reduction is not null and c.milestone = p.milestone and c.pathway = p.pathway and c.zone is not distinct from p.zone
       and c.opened_on = p.opened_on and (c.peers, c.peers_whole_days) is distinct from (p.n, p.days)`,
    [
      asking.map(({ milestone }) => milestone),
      asking.map(({ pathway }) => pathway),
      asking.map(({ zone }) => zone),
      asking.map(({ openedOn }) => openedOn),
      peers.map(({ n }) => n),
      peers.map(({ days }) => days),
    ],
  );
}
