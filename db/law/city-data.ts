import type pg from 'pg';
import { locks } from '../locks.js';
import { type CatalogueData } from '../../domain/law/catalogue.js';
import { checkedWithCityData, type CityData, type LawVersion } from '../../domain/law/city-data.js';
import { type CalendarData } from '../../domain/time/calendar.js';
import { type ProcedureDefinition } from '../../domain/law/procedure.js';
import { type Agency } from '../../domain/law/agency.js';
import { withFormerName } from '../../domain/law/merger.js';
import { refuse } from '../../domain/errors.js';
import { dateOf, startOf, type Instant, type PlainDate } from '../../domain/time/instants.js';
import { inTransaction, rows } from '../pool.js';
import {
  columns,
  findPublished,
  type LawChange,
  type LawPublication,
  type Published,
  withCalendar,
  withDefinition,
  closedOfMerged,
} from './law-changes.js';
import { readCatalogue } from './law.js';
import { checkMergerNow, mergePeople } from './mergers.js';

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
    const catalogue = await readCatalogue(client);
    checkedWithCityData(catalogue, { kind, code, data } as CityData);
    if (kind === 'agency') await checkMergerNow(client, catalogue, data);
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
 * One admin proposes the next version of a calendar; it holds from its confirmation on. Refuses as `withCalendar`, and `CONFLICT` while another version of it waits.
 */
export function proposeCalendar(
  pool: pg.Pool,
  publication: LawPublication,
  { document, ...data }: CalendarData & { readonly document: string },
): Promise<Published> {
  return proposeVersion(pool, publication, { kind: 'calendar', code: data.code, data }, document);
}

/** One admin proposes a version of a procedure's definition. Refuses as `withDefinition`, and `CONFLICT` while another version of it waits. */
export function proposeDefinition(
  pool: pg.Pool,
  publication: LawPublication,
  data: ProcedureDefinition,
): Promise<Published> {
  const document = data.legalBasis.map(({ act, article }) => `${act}, ${article}`).join('; ');
  return proposeVersion(pool, publication, { kind: 'procedure', code: data.code, data }, document);
}

function proposeVersion(
  pool: pg.Pool,
  { id, bodyHash, by }: LawPublication,
  change: LawVersion,
  document: string,
): Promise<Published> {
  return underLawLock(pool, async (client, now) => {
    const known = await findPublished(client, id, bodyHash);
    if (known) return { change: known, replayed: true };
    withChange(await readCatalogue(client), change, dateOf(now));
    const { kind, code, data } = change;
    const [waiting] = await rows<{ id: string }>(
      client,
      `select id from law_change where kind = $1 and code = $2 and status = 'proposed' limit 1`,
      [kind, code],
    );
    if (waiting) refuse('CONFLICT', { change: waiting.id });
    const proposed = await oneChange(
      client,
      `insert into law_change (id, body_hash, kind, code, version, document, published_by, at, status, total, data)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'proposed', 0, $9) returning ${columns}`,
      [id, bodyHash, kind, code, String(data.version), document, by, now, JSON.stringify(data)],
    );
    return { change: proposed, replayed: false };
  });
}

/** The catalogue with what was proposed, as of a day; refuses where it would not hold together. */
export function withChange(catalogue: CatalogueData, change: CityData | LawVersion, today: PlainDate): CatalogueData {
  switch (change.kind) {
    case 'calendar':
      return withCalendar(catalogue, change.data, today);
    case 'procedure':
      return withDefinition(catalogue, change.data, today);
    default:
      return checkedWithCityData(catalogue, change);
  }
}

/**
 * Another admin confirms: it holds from its day on, at once where that is today; a calendar at once, a definition as its `validFrom` says. Refuses `PROPOSER_CANNOT_APPROVE` to whoever proposed it, `PRECONDITION_FAILED`
 * for one that is decided or whose day has passed: what holds is never changed backwards.
 */
export function confirmCityData(pool: pg.Pool, id: string, by: string): Promise<LawChange> {
  return underLawLock(pool, async (client, now) => {
    const proposed = await findKept(client, id);
    if (proposed.confirmedBy === by && proposed.status !== 'declined') return readChange(client, id);
    if (proposed.status !== 'proposed') refuse('PRECONDITION_FAILED', { status: proposed.status });
    if (proposed.proposedBy === by) refuse('PROPOSER_CANNOT_APPROVE', { change: id });
    const { effectiveFrom } = proposed;
    if (effectiveFrom !== null && effectiveFrom < dateOf(now)) {
      refuse('PRECONDITION_FAILED', { effectiveFrom, today: dateOf(now) });
    }
    const catalogue = await readCatalogue(client);
    withChange(catalogue, proposed.change, dateOf(now));
    if (proposed.change.kind === 'agency') await checkMergerNow(client, catalogue, proposed.change.data);
    await client.query(
      `update law_change set status = 'confirmed', confirmed_by = $2, confirmed_at = $3 where id = $1`,
      [id, by, now],
    );
    if (effectiveFrom === null || effectiveFrom === dateOf(now))
      await putInForce(client, { ...proposed, confirmedBy: by }, now);
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
    const waiting = `from law_change l, rehearsal_clock r where l.status = 'confirmed'
      and l.effective_from <= (coalesce(r.now, clock_timestamp()) at time zone 'utc' + interval '7 hours')::date`;
    if ((await rows(client, `select l.id ${waiting} limit 1`, [], 'city-data-due')).length === 0) return 0;
    await client.query('select pg_advisory_xact_lock($1)', [locks.law]);
    const due = await rows<{ id: string; effectiveFrom: PlainDate }>(
      client,
      `select l.id, l.effective_from as "effectiveFrom" ${waiting} order by l.effective_from, l.n`,
    );
    for (const { id, effectiveFrom } of due)
      await putInForce(client, await findKept(client, id), startOf(effectiveFrom));
    return due.length;
  });
}

interface Kept {
  readonly id: string;
  readonly change: CityData | LawVersion;
  /** null: from its confirmation, or as its definition says. */
  readonly effectiveFrom: PlainDate | null;
  readonly status: LawChange['status'];
  readonly proposedBy: string;
  readonly confirmedBy: string | null;
  readonly declinedBy: string | null;
  readonly document: string;
}

/** What was proposed; with what it would replace. */
export async function findKept(on: pg.Pool | pg.PoolClient, id: string): Promise<Kept> {
  const [found] = await rows<{
    kind: string;
    code: string;
    data: unknown;
    effectiveFrom: PlainDate | null;
    status: LawChange['status'];
    proposedBy: string;
    confirmedBy: string | null;
    declinedBy: string | null;
    document: string;
  }>(
    on,
    `select kind, code, data, document, effective_from as "effectiveFrom", status, published_by as "proposedBy",
       confirmed_by as "confirmedBy", declined_by as "declinedBy" from law_change
     where id::text = $1 and data is not null`,
    [id],
  );
  if (!found) return refuse('NOT_FOUND', { change: id });
  const { kind, code, data, ...rest } = found;
  return { id, change: { kind, code, data } as CityData | LawVersion, ...rest };
}

async function putInForce(client: pg.PoolClient, kept: Kept, at: Instant): Promise<void> {
  const { id, change } = kept;
  const merged = change.kind === 'agency' && change.data.mergedInto !== undefined ? change.code : null;
  if (change.kind === 'agency') {
    const before = (await readCatalogue(client)).agencies.find(({ code }) => code === change.code);
    await writeAgency(client, withFormerName(before, change.data, dateOf(at), kept.document));
  }
  if (change.kind === 'agency') await mergePeople(client, { ...kept, agency: change.data }, at);
  if (change.kind === 'calendar') await writeCalendar(client, change.data);
  if (change.kind === 'procedure') await writeDefinition(client, change.data);
  // Settings and calendars move what falls due, a merger moves work: they are brought to every case that runs. A merger also has readers to move where none does.
  const reaches = change.kind === 'setting' || change.kind === 'calendar' || merged !== null;
  await client.query(
    `update law_change set at = $2, status = case when n.waits then 'pending' else 'done' end, total = n.total,
       finished_at = case when n.waits then null else clock_timestamp() end
     from (select case when $3 then o.cases else 0 end as total, $3 and (o.cases > 0 or $4::text is not null) as waits from (
       select count(*)::int as cases from case_head h where h.status = 'open' or h.code in (${closedOfMerged('$4')})) o) n
     where id = $1`,
    [id, at, reaches, merged],
  );
  await client.query('update catalogue_rules set version = version + 1');
}

const writeAgency = (client: pg.PoolClient, agency: Agency) =>
  client.query(
    `insert into agency (code, name_vi, name_en, data) values ($1, $2, $3, $4)
     on conflict (code) do update set name_vi = excluded.name_vi, name_en = excluded.name_en, data = excluded.data`,
    [agency.code, agency.name.vi, agency.name.en, JSON.stringify(agency)],
  );

const writeCalendar = (client: pg.PoolClient, calendar: CalendarData) =>
  client.query('insert into calendar (code, version, data) values ($1, $2, $3)', [
    calendar.code,
    calendar.version,
    JSON.stringify(calendar),
  ]);

/** One that was taken back before it was in force comes again, put right: what was published stays as it was, the change holds instead. */
const writeDefinition = (client: pg.PoolClient, definition: ProcedureDefinition) =>
  client.query(
    `insert into procedure_definition (version, code, valid_from, valid_to, data) values ($1, $2, $3, $4, $5)
     on conflict (version) do nothing`,
    [definition.version, definition.code, definition.validFrom, definition.validTo, JSON.stringify(definition)],
  );

/** One publication at a time, and no command meanwhile: what was decided before it was decided by the old law and is dated before it. */
function underLawLock<T>(pool: pg.Pool, work: (client: pg.PoolClient, now: Instant) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [locks.law]);
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
