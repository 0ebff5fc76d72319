import type pg from 'pg';
import { type CatalogueData } from '../../domain/law/catalogue.js';
import { type Agency } from '../../domain/law/agency.js';
import { refuse } from '../../domain/errors.js';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';

/** What somebody of an agency may be. */
type AgencyRole = 'receiving-officer' | 'officer' | 'head';

/** Somebody who goes over with their agency, and as what. */
export interface MovedPerson {
  readonly id: string;
  readonly name: string;
  readonly role: AgencyRole;
  readonly becomes: AgencyRole;
}

/** Who goes over: everybody active, each in their role; a head beside the successor's own becomes an officer. */
export const peopleToMove = (on: pg.Pool | pg.PoolClient, from: string, into: string): Promise<MovedPerson[]> =>
  rows<MovedPerson & pg.QueryResultRow>(
    on,
    `select p.id, p.name, p.role, case when p.role = 'head' and exists (
         select from person h where h.agency = $2 and h.role = 'head' and h.active
       ) then 'officer' else p.role end as becomes
     from person p where p.agency = $1 and p.active order by p.role <> 'head', p.id`,
    [from, into],
    'people-to-move',
  );

/** Work in the hand of the agency now. */
export async function openWorkOf(
  on: pg.Pool | pg.PoolClient,
  agency: string,
): Promise<{ tasks: number; cases: number }> {
  const [found] = await rows<{ tasks: number; cases: number }>(
    on,
    `select count(*)::int as tasks, count(distinct case_code)::int as cases from task
     where agency = $1 and status in ('open', 'claimed', 'waiting')`,
    [agency],
    'open-work-of',
  );
  return found ?? { tasks: 0, cases: 0 };
}

/**
 * What only the register knows of a merger. Refuses `MERGER_REFUSED` where nobody would be there to decide (`nobody`), `CONFLICT` while another merger that waits has
 * one of the two in it: which of them comes first would decide who has the work.
 */
export async function checkMergerNow(
  client: pg.PoolClient,
  { agencies }: Pick<CatalogueData, 'agencies'>,
  { code, mergedInto: into }: Agency,
): Promise<void> {
  const waiting = await rows<{ id: string }>(
    client,
    `select id from law_change where kind = 'agency' and status in ('proposed', 'confirmed') and code <> $1
       and (data ->> 'mergedInto' = any ($2) or (code = any ($2) and data ->> 'mergedInto' is not null)) limit 1`,
    [code, into === undefined ? [code] : [code, into]],
  );
  // Also a new name for one that another is about to be merged into would be a whole made without the other.
  if (waiting[0] && into !== undefined) refuse('CONFLICT', { change: waiting[0].id });
  if (into === undefined || !agencies.some((one) => one.code === into)) return;
  const [head] = await rows<{ n: number }>(
    client,
    `select count(*)::int as n from person where agency = any ($1) and role = 'head' and active`,
    [[code, into]],
  );
  if (head?.n === 0) refuse('MERGER_REFUSED', { agency: code, into, reason: 'nobody' });
}

/**
 * Everybody of a merged agency is of the one that took its place, in the transaction that puts it in force; whatever they hold stays in their hands, and whoever stands
 * in for them goes with them.
 */
export async function mergePeople(
  client: pg.PoolClient,
  merger: {
    readonly id: string;
    readonly agency: Agency;
    readonly document: string;
    readonly confirmedBy: string | null;
    readonly proposedBy: string;
  },
  at: Instant,
): Promise<void> {
  const { id, agency, document, confirmedBy, proposedBy } = merger;
  const into = agency.mergedInto;
  if (into === undefined) return;
  // Whoever joins or moves meanwhile waits.
  await client.query(`select pg_advisory_xact_lock(hashtext('staff'))`);
  const moved = await peopleToMove(client, agency.code, into);
  await client.query(
    `insert into person_change (id, n, body_hash, person, kind, before_role, before_agency, role, agency, document, by, at)
     select $1, m.n, 'merger', m.id, 'move', m.role, $2, m.becomes, $3, $4, $5, $6
     from json_to_recordset($7::json) as m (n int, id text, role text, becomes text)`,
    [
      ...[id, agency.code, into, document, confirmedBy ?? proposedBy, at],
      JSON.stringify(moved.map((one, n) => ({ ...one, n }))),
    ],
  );
  await client.query(
    `update person p set role = m.becomes, agency = $1 from json_to_recordset($2::json) as m (id text, becomes text) where p.id = m.id`,
    [into, JSON.stringify(moved)],
  );
}

const readersAtOnce = 5_000;

/** Whoever took the place of a merged agency reads the cases that it had to do with, those that are over too; true while some are left. */
export async function giveReaders(pool: pg.Pool, merged: string, into: string): Promise<boolean> {
  const found = await rows(
    pool,
    `insert into case_agency (agency, case_code, opened_at, status, breached)
     select $2, o.case_code, o.opened_at, o.status, o.breached from case_agency o
     where o.agency = $1 and not exists (select from case_agency n where n.agency = $2 and n.case_code = o.case_code)
     limit $3 on conflict do nothing returning case_code`,
    [merged, into, readersAtOnce],
    'give-readers',
  );
  return found.length > 0;
}
