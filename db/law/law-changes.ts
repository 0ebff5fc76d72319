import type pg from 'pg';
import {
  type Calendar,
  type CalendarData,
  compileCalendar,
  isWorkingDay,
  ifPublished,
  previousWorkingDay,
} from '../../domain/time/calendar.js';
import { locks } from '../locks.js';
import { type ScopeId } from '../../domain/case/scope.js';
import { type ScopeStart } from '../../engine/words.js';
import { type CaseState } from '../../domain/case/state.js';
import { regimeOfAdmission } from '../../domain/law/admission-code.js';
import { buildCatalogue, type CatalogueData } from '../../domain/law/catalogue.js';
import { type CityData } from '../../domain/law/city-data.js';
import { type ErrorCode, refuse } from '../../domain/errors.js';
import { type ProcedureDefinition } from '../../domain/law/procedure.js';
import { addDays, dateOf, type Instant, type PlainDate } from '../../domain/time/instants.js';
import { inTransaction, rows } from '../pool.js';
import { type Kept, keptUnknown, stateAtHead } from '../register/kept-state.js';

/** What was published, and how far it has reached the cases. */
export interface LawChange {
  readonly id: string;
  readonly kind: 'calendar' | 'procedure' | CityData['kind'];
  readonly code: string;
  readonly version: string;
  readonly document: string;
  readonly publishedBy: string;
  readonly publishedByName: string | null;
  /** Business time. */
  readonly at: Instant;
  readonly status: 'proposed' | 'confirmed' | 'pending' | 'done' | 'declined';
  /** Open cases when it was published (of a merger also those that are over and that the agency had to do with), looked at so far, and those in which something moved. */
  readonly total: number;
  readonly done: number;
  readonly moved: number;
  /** Cases that could not be re-dated, with the code of the refusal; the first hundred. */
  readonly failures: readonly { readonly case: string; readonly code: ErrorCode }[];
  readonly finishedAt: Instant | null;
  /** Of data of the City: from which day on, who confirmed it or took it back. */
  readonly effectiveFrom: PlainDate | null;
  readonly confirmedBy: string | null;
  readonly confirmedByName: string | null;
  readonly confirmedAt: Instant | null;
  readonly declinedBy: string | null;
  readonly declinedAt: Instant | null;
  /** Why it was taken back; null where nothing was said. */
  readonly declinedFor: string | null;
}

export const columns = `id, kind, code, version, document, published_by as "publishedBy",
  (select p.name from person p where p.id = published_by) as "publishedByName", at, status, total, done, moved, failures,
  finished_at as "finishedAt", effective_from as "effectiveFrom", confirmed_by as "confirmedBy",
  (select p.name from person p where p.id = confirmed_by) as "confirmedByName", confirmed_at as "confirmedAt",
  declined_by as "declinedBy", declined_at as "declinedAt", declined_for as "declinedFor"`;

/** The change of that id; undefined for an unknown or malformed one. */
export async function findLawChange(on: pg.Pool | pg.PoolClient, id: string): Promise<LawChange | undefined> {
  const [found] = await rows<LawChange & pg.QueryResultRow>(
    on,
    `select ${columns} from law_change where id::text = $1`,
    [id],
  );
  return found;
}

/** The newest first, at most a hundred. */
export const listLawChanges = (pool: pg.Pool): Promise<LawChange[]> =>
  rows<LawChange & pg.QueryResultRow>(pool, `select ${columns} from law_change order by n desc limit 100`);

// Publication ---------------------------------------------------------------------------------------------------------------------------------

/** Who publishes, under an id made from who asked under which key. */
export interface LawPublication {
  readonly id: string;
  readonly bodyHash: string;
  readonly by: string;
}

export interface Published {
  readonly change: LawChange;
  readonly replayed: boolean;
}

/** The catalogue with the next version of a calendar, as it would be; refuses as `calendarChanges`, and `NOT_FOUND` for an unknown code. */
export function withCalendar(catalogue: CatalogueData, next: CalendarData, today: PlainDate): CatalogueData {
  const current =
    catalogue.calendars.find(({ code }) => code === next.code) ?? refuse('NOT_FOUND', { calendar: next.code });
  checkSuccession(current, next, today);
  const whole = { ...catalogue, calendars: catalogue.calendars.map((one) => (one === current ? next : one)) };
  buildCatalogue(whole);
  return whole;
}

/**
 * What changes between two versions of a calendar. Refuses `CONFLICT` for any version but the next, `CALENDAR_DAY_COUNTED` where a day up to today changes that is no
 * closure of today or of the working day before, `VALIDATION_FAILED` for a narrower span or a calendar that contradicts itself.
 */
export function calendarChanges(current: CalendarData, next: CalendarData, today: PlainDate): PlainDate[] {
  checkSuccession(current, next, today);
  return changedDays(compileCalendar(current), compileCalendar(next), current.to);
}

function checkSuccession(current: CalendarData, next: CalendarData, today: PlainDate): void {
  if (next.version !== current.version + 1) refuse('CONFLICT', { version: next.version, next: current.version + 1 });
  if (next.from > current.from) refuse('VALIDATION_FAILED', { field: 'from', latest: current.from });
  if (next.to < current.to) refuse('VALIDATION_FAILED', { field: 'to', earliest: current.to });
  const [before, after] = [compileCalendar(current), compileCalendar(next)];
  const closed = closuresOf(next, before, today);
  const dates = changedDays(before, after, today).filter((date) => !closed.has(date) || isWorkingDay(after, date));
  if (dates.length > 0) refuse('CALENDAR_DAY_COUNTED', { dates: dates.slice(0, 20), count: dates.length, today });
}

/** The working days that an act of today may still close, with its document: today, and the one before it. */
function closuresOf({ daysOff }: CalendarData, before: Calendar, today: PlainDate): ReadonlySet<PlainDate> {
  const eve = ifPublished(() => previousWorkingDay(before, today)) ?? today;
  return new Set(daysOff.filter(({ closure, date }) => closure !== undefined && date >= eve).map(({ date }) => date));
}

/** Dates up to `through` that one of the two works and the other does not. */
function changedDays(a: Calendar, b: Calendar, through: PlainDate): PlainDate[] {
  const last = through < a.data.to ? through : a.data.to;
  const changed: PlainDate[] = [];
  for (let date = a.data.from; date <= last; date = addDays(date, 1)) {
    if (isWorkingDay(a, date) !== isWorkingDay(b, date)) changed.push(date);
  }
  return changed;
}

/**
 * The catalogue with a version of a procedure's definition beside those there are: it holds for what is received from its `validFrom` on, and the version before it, for
 * a fixed term too, ends the day before. Refuses `NOT_FOUND` for an unknown procedure, `CONFLICT` for a version that is there, else `DEFINITION_INVALID`, also for an
 * admission to a trial, which follows from its regime.
 */
export function withDefinition(catalogue: CatalogueData, next: ProcedureDefinition, today: PlainDate): CatalogueData {
  checkPlace(next, catalogue, today);
  const eve = addDays(next.validFrom, -1);
  const procedures = catalogue.procedures.map((one) => {
    const shortened = one.code === next.code && one.validFrom < next.validFrom && (one.validTo ?? next.validFrom) > eve;
    return shortened ? { ...one, validTo: eve } : one;
  });
  const whole = { ...catalogue, procedures: [...procedures, next] };
  buildCatalogue(whole);
  return whole;
}

function checkPlace(next: ProcedureDefinition, { procedures }: CatalogueData, today: PlainDate): void {
  const { code, version, validFrom, validTo } = next;
  const versions = procedures.filter((one) => one.code === code);
  if (versions.length === 0) refuse('NOT_FOUND', { procedure: code });
  if (versions.some((one) => one.version === version)) refuse('CONFLICT', { version });
  const invalid = (reason: string): never => refuse('DEFINITION_INVALID', { procedure: code, version, reason });
  if (regimeOfAdmission(code) !== undefined)
    invalid('an admission follows from its regime: propose the next version of that');
  if (validFrom < today) invalid('validFrom lies in the past');
  if (validTo !== null && validTo < validFrom) invalid('validTo lies before validFrom');
}

/**
 * Takes a published definition back before it is in force; what was published anew under its version then holds instead. Nothing was received by it yet. Refuses
 * `NOT_FOUND` for what is no publication of a definition, `PRECONDITION_FAILED` for one taken back already or in force.
 */
export function withdrawDefinition(pool: pg.Pool, id: string, by: string, reason: string): Promise<LawChange> {
  return inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [locks.law]);
    const change = await findLawChange(client, id);
    if (change?.kind !== 'procedure') return refuse('NOT_FOUND', { change: id });
    if (change.declinedBy === by) return change;
    // One that waits is refused, not withdrawn: it was never published.
    if (change.status === 'declined' || change.status === 'proposed')
      refuse('PRECONDITION_FAILED', { status: change.status });
    const [clock] = await rows<{ now: Instant }>(
      client,
      'select coalesce(now, clock_timestamp()) as now from rehearsal_clock',
    );
    if (!clock) throw new Error('The register has no clock: migrate it first');
    const [found] = await rows<{ validFrom: PlainDate }>(
      client,
      'select valid_from as "validFrom" from procedure_definition where version = $1',
      [change.version],
    );
    const inForceFrom = found?.validFrom ?? refuse('NOT_FOUND', { version: change.version });
    if (inForceFrom <= dateOf(clock.now)) refuse('PRECONDITION_FAILED', { inForceFrom });
    await client.query('update catalogue_rules set version = version + 1');
    const [declined] = await rows<LawChange & pg.QueryResultRow>(
      client,
      `update law_change set status = 'declined', declined_by = $2, declined_at = $3, declined_for = $4
       where id = $1 returning ${columns}`,
      [change.id, by, clock.now, reason],
    );
    if (!declined) throw new Error('An update gave no row');
    return declined;
  });
}

export async function findPublished(
  client: pg.PoolClient,
  id: string,
  bodyHash: string,
): Promise<LawChange | undefined> {
  const [known] = await rows<{ same: boolean }>(client, 'select body_hash = $2 as same from law_change where id = $1', [
    id,
    bodyHash,
  ]);
  if (known?.same === false) refuse('IDEMPOTENCY_KEY_REUSED');
  return known && findLawChange(client, id);
}

// Reaching the cases --------------------------------------------------------------------------------------------------------------------------

/** A change of a calendar that somebody works on for a short while. */
export interface ClaimedChange {
  readonly id: string;
  readonly cursor: string;
  /** Of a merger: which agency was merged into which. */
  readonly merged: string | null;
  readonly into: string | null;
}

/** Cases that are over and that a merged agency had to do with: duties go on in them, and results are looked at again. */
export const closedOfMerged = (merged: string): string =>
  `select a.case_code from case_agency a where a.agency = ${merged} and a.status <> 'open'`;

/** Takes the oldest change that has not reached every case and that nobody works on; committed at once. Mergers one by one: the next may pass on what this one hands over. */
export async function claimLawChange(pool: pg.Pool, forMs: number): Promise<ClaimedChange | undefined> {
  const [claimed] = await rows<ClaimedChange & pg.QueryResultRow>(
    pool,
    `update law_change c set claimed_until = clock_timestamp() + $1 * interval '1 millisecond'
     from (select p.id from law_change p where p.status = 'pending' and (p.claimed_until is null or p.claimed_until < clock_timestamp())
             and (p.data ->> 'mergedInto' is null or not exists (
               select from law_change e where e.status = 'pending' and e.data ->> 'mergedInto' is not null and e.n < p.n))
           order by p.n limit 1 for update skip locked) free
     where c.id = free.id
     returning c.id, c.cursor, case when c.data ->> 'mergedInto' is not null then c.code end as merged, c.data ->> 'mergedInto' as into`,
    [forMs],
    'claim-law-change',
  );
  return claimed;
}

/** One case whose clocks may run, or in which somebody still has work, and when each of its open scopes is to be woken. */
export interface OpenCase {
  readonly code: string;
  readonly state: CaseState;
  readonly nextAt: Readonly<Record<ScopeId, Instant | null>>;
}

/** The open cases after `cursor`, by code; of a merger, with those that are over and that the merged agency had to do with. */
export async function openCasesAfter(
  pool: pg.Pool,
  cursor: string,
  limit: number,
  merged: string | null = null,
): Promise<OpenCase[]> {
  const found = await rows<Omit<OpenCase, 'state'> & { kept: Kept }>(
    pool,
    `select h.code, ${keptUnknown} as kept, (
       select coalesce(json_object_agg(s.id, s.next_at), '{}') from scope s where s.case_code = h.code and not s.closed
     ) as "nextAt"
     from case_head h where h.code in (
       (select o.code from case_head o where o.status = 'open' and o.state is not null and o.code > $1 order by o.code limit $2)
       union (${closedOfMerged('$3')} and a.case_code > $1 order by a.case_code limit $2)
     ) order by h.code limit $2`,
    [cursor, limit, merged],
    'open-cases-after',
  );
  return Promise.all(found.map(async ({ kept, ...one }) => ({ ...one, state: await stateAtHead(pool, kept) })));
}

/** What one batch came to. */
export interface Batch {
  /** The last case looked at; null: there is none left. */
  readonly cursor: string | null;
  readonly done: number;
  readonly moved: number;
  readonly failures: LawChange['failures'];
}

/** Notes the batch and gives the change free. A batch that another worker noted meanwhile is not counted twice. */
export async function noteBatch(pool: pg.Pool, { id, cursor: from }: ClaimedChange, batch: Batch): Promise<void> {
  const { cursor, done, moved, failures } = batch;
  await pool.query(
    `update law_change set cursor = coalesce($3, cursor), done = done + $4, moved = moved + $5, total = greatest(total, done + $4),
       failures = case when jsonb_array_length(failures) < 100 then failures || $6::jsonb else failures end, claimed_until = null,
       status = case when $3::text is null then 'done' else status end,
       finished_at = case when $3::text is null then clock_timestamp() end
     where id = $1 and cursor = $2 and status = 'pending'`,
    [id, from, cursor, done, moved, JSON.stringify(failures)],
  );
}

/** Gives a change free that could not be worked on now. */
export async function releaseLawChange(pool: pg.Pool, { id }: ClaimedChange): Promise<void> {
  await pool.query('update law_change set claimed_until = null where id = $1', [id]);
}

/** A workflow that sleeps longer than it should. */
export interface ScopeToPoke extends ScopeStart {
  readonly nextAt: Instant | null;
}

/** The most urgent first. */
export const scopesToPoke = (pool: pg.Pool, limit: number): Promise<ScopeToPoke[]> =>
  rows<ScopeToPoke & pg.QueryResultRow>(
    pool,
    `select id as scope, kind, generation, next_at as "nextAt" from scope where poke and not closed order by next_at limit $1`,
    [limit],
    'scopes-to-poke',
  );

/** It was poked; an instant that moved again since then needs another. */
export async function notePoked(pool: pg.Pool, { scope, nextAt }: ScopeToPoke): Promise<void> {
  await pool.query('update scope set poke = false where id = $1 and next_at is not distinct from $2', [scope, nextAt]);
}
