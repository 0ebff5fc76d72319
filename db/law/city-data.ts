import type pg from 'pg';
import { checkedWithCityData, type CityData } from '../../domain/law/city-data.js';
import { type Agency } from '../../domain/law/agency.js';
import { refuse } from '../../domain/errors.js';
import { dateOf, startOf, type Instant, type PlainDate } from '../../domain/time/instants.js';
import { inTransaction, rows } from '../pool.js';
import { columns, findPublished, type LawChange, type LawPublication, type Published } from './law-changes.js';
import { cityKind } from './laid-over.js';
import { lawLock, readCatalogue } from './law.js';

/** What an admin proposes: data, the day from which it is to hold, the document behind it. */
export interface CityProposal {
  readonly change: CityData;
  readonly effectiveFrom: PlainDate;
  readonly document: string;
}

/**
 * One admin proposes. Nothing holds yet. Refuses `VALIDATION_FAILED` for a day that has passed, `DEFINITION_INVALID` where the whole would not hold together, `CONFLICT`
 * while another version of the same is not in force yet: each is a whole, and one made without the other would take it back.
 */
export function proposeCityData(
  pool: pg.Pool,
  { id, bodyHash, by }: LawPublication,
  { change: { kind, code, data }, effectiveFrom, document }: CityProposal,
): Promise<Published> {
  return underLawLock(pool, async (client, now) => {
    const known = await findPublished(client, id, bodyHash);
    if (known) return { change: known, replayed: true };
    if (effectiveFrom < dateOf(now)) refuse('VALIDATION_FAILED', { field: 'effectiveFrom', earliest: dateOf(now) });
    const [waiting] = await rows<{ id: string }>(
      client,
      `select id from law_change where kind = $1 and code = $2 and status in ('proposed', 'confirmed') limit 1`,
      [kind, code],
    );
    if (waiting) refuse('CONFLICT', { change: waiting.id });
    checkedWithCityData(await readCatalogue(client), { kind, code, data } as CityData);
    const change = await oneChange(
      client,
      `insert into law_change (id, body_hash, kind, code, version, document, published_by, at, status, total, data, effective_from)
       values ($1, $2, $3, $4, (select (count(*) + 1)::text from law_change where kind = $3 and code = $4), $5, $6, $7, 'proposed', 0, $8, $9)
       returning ${columns}`,
      [id, bodyHash, kind, code, document, by, now, JSON.stringify(data), effectiveFrom],
    );
    return { change, replayed: false };
  });
}

/**
 * Another admin confirms: it holds from its day on, at once where that is today. Refuses `PROPOSER_CANNOT_APPROVE` to whoever proposed it, `PRECONDITION_FAILED`
 * for one that is decided or whose day has passed: what holds is never changed backwards.
 */
export function confirmCityData(pool: pg.Pool, id: string, by: string): Promise<LawChange> {
  return underLawLock(pool, async (client, now) => {
    const proposed = await findKept(client, id);
    if (proposed.confirmedBy === by && proposed.status !== 'declined') return readChange(client, id);
    if (proposed.status !== 'proposed') refuse('PRECONDITION_FAILED', { status: proposed.status });
    if (proposed.proposedBy === by) refuse('PROPOSER_CANNOT_APPROVE', { change: id });
    if (proposed.effectiveFrom < dateOf(now)) {
      refuse('PRECONDITION_FAILED', { effectiveFrom: proposed.effectiveFrom, today: dateOf(now) });
    }
    checkedWithCityData(await readCatalogue(client), proposed.change);
    await client.query(
      `update law_change set status = 'confirmed', confirmed_by = $2, confirmed_at = $3 where id = $1`,
      [id, by, now],
    );
    if (proposed.effectiveFrom === dateOf(now)) await putInForce(client, proposed, now);
    return readChange(client, id);
  });
}

/** Takes it back while it does not hold: the one who proposed it, or the one who was to confirm it. */
export function declineCityData(pool: pg.Pool, id: string, by: string): Promise<LawChange> {
  return underLawLock(pool, async (client, now) => {
    const { status, declinedBy } = await findKept(client, id);
    if (declinedBy === by) return readChange(client, id);
    if (status !== 'proposed' && status !== 'confirmed') refuse('PRECONDITION_FAILED', { status });
    await client.query(`update law_change set status = 'declined', declined_by = $2, declined_at = $3 where id = $1`, [
      id,
      by,
      now,
    ]);
    return readChange(client, id);
  });
}

/** Puts in force what was confirmed for a day that has come, dated by the beginning of that day however late it is; answers how many. */
export function putDueCityData(pool: pg.Pool): Promise<number> {
  return inTransaction(pool, async (client) => {
    const waiting = `select l.id from law_change l, rehearsal_clock r where l.status = 'confirmed'
      and l.effective_from <= (coalesce(r.now, clock_timestamp()) at time zone 'utc' + interval '7 hours')::date`;
    if ((await rows(client, `${waiting} limit 1`, [], 'city-data-due')).length === 0) return 0;
    await client.query('select pg_advisory_xact_lock($1)', [lawLock]);
    const due = await rows<{ id: string }>(client, `${waiting} order by l.effective_from, l.n`);
    for (const { id } of due) {
      const kept = await findKept(client, id);
      await putInForce(client, kept, startOf(kept.effectiveFrom));
    }
    return due.length;
  });
}

interface Kept {
  readonly id: string;
  readonly change: CityData;
  readonly effectiveFrom: PlainDate;
  readonly status: LawChange['status'];
  readonly proposedBy: string;
  readonly confirmedBy: string | null;
  readonly declinedBy: string | null;
}

/** What was proposed; with what it would replace. */
export async function findKept(on: pg.Pool | pg.PoolClient, id: string): Promise<Kept> {
  const [found] = await rows<{
    kind: string;
    code: string;
    data: unknown;
    effectiveFrom: PlainDate;
    status: LawChange['status'];
    proposedBy: string;
    confirmedBy: string | null;
    declinedBy: string | null;
  }>(
    on,
    `select kind, code, data, effective_from as "effectiveFrom", status, published_by as "proposedBy",
       confirmed_by as "confirmedBy", declined_by as "declinedBy" from law_change
     where id::text = $1 and ${cityKind}`,
    [id],
  );
  if (!found) return refuse('NOT_FOUND', { change: id });
  const { kind, code, data, ...rest } = found;
  return { id, change: { kind, code, data } as CityData, ...rest };
}

async function putInForce(client: pg.PoolClient, { id, change }: Kept, at: Instant): Promise<void> {
  if (change.kind === 'agency') await writeAgency(client, change.data);
  // Only settings move what falls due: they are brought to every case that runs.
  const reaches = change.kind === 'setting';
  await client.query(
    `update law_change set at = $2, status = case when $3 and n.open > 0 then 'pending' else 'done' end, total = case when $3 then n.open else 0 end,
       finished_at = case when $3 and n.open > 0 then null else clock_timestamp() end
     from (select count(*)::int as open from case_head where status = 'open') n where id = $1`,
    [id, at, reaches],
  );
  await client.query('update catalogue_rules set version = version + 1');
}

const writeAgency = (client: pg.PoolClient, agency: Agency) =>
  client.query(
    `insert into agency (code, name_vi, name_en, data) values ($1, $2, $3, $4)
     on conflict (code) do update set name_vi = excluded.name_vi, name_en = excluded.name_en, data = excluded.data`,
    [agency.code, agency.name.vi, agency.name.en, JSON.stringify(agency)],
  );

/** As a publication: no command meanwhile. */
function underLawLock<T>(pool: pg.Pool, work: (client: pg.PoolClient, now: Instant) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [lawLock]);
    const [clock] = await rows<{ now: Instant }>(
      client,
      'select coalesce(now, clock_timestamp()) as now from rehearsal_clock',
    );
    if (!clock) throw new Error('The register has no clock: migrate it first');
    return work(client, clock.now);
  });
}

const readChange = (client: pg.PoolClient, id: string): Promise<LawChange> =>
  oneChange(client, `select ${columns} from law_change where id = $1`, [id]);

async function oneChange(client: pg.PoolClient, text: string, values: unknown[]): Promise<LawChange> {
  const [change] = await rows<LawChange & pg.QueryResultRow>(client, text, values);
  if (!change) throw new Error('A change that was just written is not there');
  return change;
}
