import type pg from 'pg';
import type { Delivery, ScopeEvent, ScopeId } from '../words.js';
import { rows } from './rows.js';

/** What the register holds for a run: its mailbox after what it has seen, and where it stands. */
export interface MailboxOf<Event> {
  readonly generation: number;
  readonly closed: boolean;
  readonly lastSeq: number;
  /** Of the whole case, in the same snapshot. */
  readonly caseSeq: number;
  readonly nextAt: string | null;
  /** False while the clock is stepped: then no timer is set, whoever steps sends `settle`. */
  readonly timers: boolean;
  /** Business time of the same moment. */
  readonly now: string;
  readonly deliveries: readonly Delivery<Event>[];
}

/** What else is to be read in the same snapshot: columns over `s` (scope) and `h` (case_head); its values are bound from $3 on. */
export interface AlsoRead {
  readonly columns: string;
  readonly values: readonly unknown[];
}

/** One statement, one snapshot: what the mailbox holds, where it stands, and what the case reads beside it. Undefined for a scope that was never opened. */
export async function readMailbox<Event extends ScopeEvent, Also extends pg.QueryResultRow>(
  pool: pg.Pool,
  scope: ScopeId,
  after: number,
  also: AlsoRead,
): Promise<(MailboxOf<Event> & { readonly also: Also }) | undefined> {
  const [row] = await rows<Also & MailboxRow>(
    pool,
    `select s.generation, s.closed, s.last_seq, h.seq as case_seq, s.next_at, r.mode = 'real' as timers, coalesce(r.now, clock_timestamp()) as now,
       ${also.columns},
       (select coalesce(json_agg(json_build_object('seq', d.seq, 'prev', d.prev, 'canonical', e.canonical) order by d.seq), '[]')
        from delivery d join case_event e on e.case_code = d.case_code and e.seq = d.seq
        where d.scope = s.id and d.seq > $2) as deliveries
     from scope s join case_head h on h.code = s.case_code cross join rehearsal_clock r where s.id = $1`,
    [scope, after, ...also.values],
    'load-scope',
  );
  if (!row) return undefined;
  const { generation, closed, last_seq, case_seq, next_at, timers, now, deliveries } = row;
  return {
    generation,
    closed,
    lastSeq: last_seq,
    caseSeq: case_seq,
    nextAt: next_at,
    timers,
    now,
    deliveries: deliveries.map((stored) => deliveryOf<Event>(stored)),
    also: row,
  };
}

interface MailboxRow {
  generation: number;
  closed: boolean;
  last_seq: number;
  case_seq: number;
  next_at: string | null;
  timers: boolean;
  now: string;
  deliveries: StoredDelivery[];
}

/** A delivery with its event as stored: the canonical text that is hashed, which names the case beside the event. */
export interface StoredDelivery {
  seq: number;
  prev: number;
  canonical: string;
}

export function deliveryOf<Event extends ScopeEvent>({ seq, prev, canonical }: StoredDelivery): Delivery<Event> {
  const { caseCode: _caseCode, ...event } = JSON.parse(canonical) as Event & { caseCode: string };
  return { seq, prev, event: event as unknown as Event };
}

/** A mailbox that somebody has taken for a short while to send from. */
export interface ClaimedScope {
  readonly scope: ScopeId;
  readonly caseCode: string;
  readonly kind: string;
  readonly generation: number;
  /** 0 = nothing was ever sent to this generation: the workflow may have to be started. */
  readonly sentSeq: number;
  readonly lastSeq: number;
  /** How often sending has failed since it last went well. */
  readonly attempts: number;
}

export interface ClaimOptions {
  readonly limit: number;
  readonly forMs: number;
  /** Only these, as far as they have something to send. */
  readonly only?: readonly ScopeId[];
}

/**
 * Takes open mailboxes that have something to send; committed at once, so that no transaction is open while it is sent. Nobody else gets them
 * until `markSent`, `releaseScope`, or the time is over.
 */
export async function claimScopes(pool: pg.Pool, { limit, forMs, only }: ClaimOptions): Promise<ClaimedScope[]> {
  return rows<ClaimedScope & pg.QueryResultRow>(
    pool,
    `update scope s set claimed_until = clock_timestamp() + $2 * interval '1 millisecond'
     from (
       select id from scope
       where sent_seq < last_seq and not closed and ($3::text[] is null or id = any ($3))
         and (claimed_until is null or claimed_until < clock_timestamp())
         and (not_before is null or not_before < clock_timestamp())
       limit $1 for update skip locked
     ) free where s.id = free.id
     returning s.id as scope, s.case_code as "caseCode", s.kind, s.generation, s.sent_seq as "sentSeq", s.last_seq as "lastSeq", s.attempts`,
    [limit, forMs, only ?? null],
    'claim-scopes',
  );
}

/** What lies in the mailbox after `after`, oldest first, at most `limit`. */
export async function pendingDeliveries<Event extends ScopeEvent>(
  pool: pg.Pool,
  scope: ScopeId,
  after: number,
  limit: number,
): Promise<Delivery<Event>[]> {
  const found = await rows<StoredDelivery & pg.QueryResultRow>(
    pool,
    `select d.seq, d.prev, e.canonical from delivery d join case_event e on e.case_code = d.case_code and e.seq = d.seq
     where d.scope = $1 and d.seq > $2 order by d.seq limit $3`,
    [scope, after, limit],
    'pending-deliveries',
  );
  return found.map((stored) => deliveryOf<Event>(stored));
}

/**
 * Everything up to `seq` has arrived: raised only upwards, and only for the generation it was sent to. Gives the mailbox free; true where it holds more, which
 * whoever wrote it could not take while it was taken.
 */
export async function markSent(
  pool: pg.Pool,
  { scope, generation }: Pick<ClaimedScope, 'scope' | 'generation'>,
  seq: number,
): Promise<boolean> {
  const { rows: marked } = await pool.query<{ more: boolean }>({
    name: 'mark-sent',
    text: `update scope set sent_seq = case when generation = $2 then greatest(sent_seq, $3) else sent_seq end,
             claimed_until = null, attempts = 0, not_before = null where id = $1 returning sent_seq < last_seq and not closed as more`,
    values: [scope, generation, seq],
  });
  return marked[0]?.more === true;
}

/** It could not be sent: this mailbox alone waits a while, longer each time (1 s, 2 s, … at most a minute). */
export async function releaseScope(pool: pg.Pool, scope: ScopeId): Promise<void> {
  await pool.query(
    `update scope set claimed_until = null, attempts = attempts + 1,
       not_before = clock_timestamp() + least(60, power(2, least(attempts, 10))) * interval '1 second'
     where id = $1`,
    [scope],
  );
}

/** How far a workflow has thought about its mailbox: up to `doneSeq`, and now it waits. */
export interface Thought {
  readonly scope: ScopeId;
  readonly generation: number;
  readonly doneSeq: number;
}

/** Keeps how far workflows have thought; of those whose generation is over nothing is kept. Answers of which it was. */
export async function reportDone(pool: pg.Pool, thoughts: readonly Thought[]): Promise<ScopeId[]> {
  const kept = await rows<{ id: ScopeId }>(
    pool,
    `update scope s set done_seq = greatest(s.done_seq, t.seq) from (
       select s.id, t.seq from unnest($1::text[], $2::int[], $3::int[]) as t (id, generation, seq)
       join scope s on s.id = t.id and s.generation = t.generation order by s.id for no key update of s
     ) t where s.id = t.id returning s.id`,
    [
      thoughts.map(({ scope }) => scope),
      thoughts.map(({ generation }) => generation),
      thoughts.map(({ doneSeq }) => doneSeq),
    ],
    'report-done',
  );
  return kept.map(({ id }) => id);
}

/** An open scope whose next instant has come. */
export interface OverdueScope {
  readonly scope: ScopeId;
  readonly caseCode: string;
  readonly nextAt: string;
}

/** Open scopes whose next instant has come by `now`, longest overdue first, after `after` in that order: their timer was lost, somebody must send `settle`. */
export async function overdueScopes(
  pool: pg.Pool,
  now: string,
  limit: number,
  after?: OverdueScope,
): Promise<OverdueScope[]> {
  return rows<OverdueScope & pg.QueryResultRow>(
    pool,
    `select id as scope, case_code as "caseCode", next_at as "nextAt" from scope
     where not closed and next_at <= $1 and ($3::timestamptz is null or (next_at, id) > ($3::timestamptz, $4::text))
     order by next_at, id limit $2`,
    [now, limit, after?.nextAt ?? null, after?.scope ?? null],
    'overdue-scopes',
  );
}

/** One mailbox as an operator sees it. */
export interface ScopeProgress<Kind extends string = string> {
  readonly scope: ScopeId;
  readonly kind: Kind;
  readonly generation: number;
  readonly lastSeq: number;
  readonly sentSeq: number;
  readonly doneSeq: number;
  readonly nextAt: string | null;
  readonly closed: boolean;
  readonly attempts: number;
}

const progress = `id as scope, kind, generation, last_seq as "lastSeq", sent_seq as "sentSeq", done_seq as "doneSeq",
  next_at as "nextAt", closed, attempts`;

/** Every scope of a case; `Kind` as the schema's check allows. */
export async function scopesOf<Kind extends string>(pool: pg.Pool, caseCode: string): Promise<ScopeProgress<Kind>[]> {
  return rows(pool, `select ${progress} from scope where case_code = $1 order by id`, [caseCode]);
}

/** One scope, if it was ever opened: where no workflow is found, this decides. */
export async function findScope(pool: pg.Pool, scope: ScopeId): Promise<ScopeProgress | undefined> {
  const [found] = await rows<ScopeProgress & pg.QueryResultRow>(pool, `select ${progress} from scope where id = $1`, [
    scope,
  ]);
  return found;
}

/** What else keeps a case from being settled: a condition over `h` (case_head), and a name for the statement that has it. */
export interface AlsoBusy {
  readonly condition: string;
  readonly name: string;
}

/**
 * Whether the case has reached `after` and every open scope of it has thought about all it was told: what people read then is what comes
 * of their act. Undefined for a case that is not there.
 */
export async function isSettled(
  pool: pg.Pool,
  caseCode: string,
  after: number,
  busy: AlsoBusy = { condition: 'false', name: 'is-settled' },
): Promise<boolean | undefined> {
  const [row] = await rows<{ settled: boolean }>(
    pool,
    `select h.seq >= $2 and not exists (
       select 1 from scope s where s.case_code = h.code and not s.closed and s.done_seq < s.last_seq
     ) and not ${busy.condition} as settled from case_head h where h.code = $1`,
    [caseCode, after],
    busy.name,
  );
  return row?.settled;
}
