import type pg from 'pg';
import { type ScopeId } from '../../domain/case/scope.js';
import { type Instant } from '../../domain/time/instants.js';
import { readCursor } from './feed.js';
import { notifierReader } from '../outbound/notices.js';
import { rows } from '../pool.js';
import { projectorReader } from '../projection/projector.js';

/** What still moves. Counts are whole, the names at most the first ten. */
export interface Unrest {
  /** Open scopes that have not thought about their last event. */
  readonly thinking: readonly ScopeId[];
  /** Messages of agencies not yet handled, and calls to agencies that are under way. */
  readonly pendingMessages: number;
  readonly pendingCalls: number;
  /** What the register should have done by itself by now. */
  readonly dueAgenda: number;
  /** Changes of the law that have not reached every case yet. */
  readonly pendingChanges: number;
  /** Mails and short messages that are due and have not left. */
  readonly unsentMessages: number;
  /** Whether the projector stands behind the last event. */
  readonly projectorBehind: boolean;
  /** Whether people have still to be told of an event. */
  readonly notifierBehind: boolean;
}

/** What does its work in rounds with a gap between them, so that what comes meanwhile is done together. */
export type Gathering = 'projector' | 'notifier' | 'agenda' | 'status looks' | 'mails' | 'short messages';

/** Whose gaps time waits for: nothing moves but what lies before these. Figures are made last, once for all that the others bring about. */
export function waitedFor(unrest: Unrest): readonly Gathering[] {
  const { thinking, pendingMessages, pendingCalls, pendingChanges } = unrest;
  if (thinking.length + pendingMessages + pendingCalls + pendingChanges > 0) return [];
  const others: readonly Gathering[] = [
    ...(unrest.notifierBehind ? (['notifier'] as const) : []),
    ...(unrest.dueAgenda > 0 ? (['agenda', 'status looks'] as const) : []),
    ...(unrest.unsentMessages > 0 ? (['mails', 'short messages'] as const) : []),
  ];
  return others.length === 0 && unrest.projectorBehind ? ['projector'] : others;
}

export type Quiet = { readonly quiet: true } | ({ readonly quiet: false } & Unrest);

/**
 * Quiet: every open managed scope has thought about its last event, the inbox is empty, no call is under way, no message waits, projector and
 * notifier are at the head. An accepted consultation is not unrest: its answer comes at an instant of its own.
 */
export async function quiet(pool: pg.Pool): Promise<Quiet> {
  const { epoch, xid, id } = await readCursor(pool, projectorReader);
  const [row] = await rows<{
    thinking: ScopeId[];
    messages: number;
    calls: number;
    agenda: number;
    changes: number;
    unsent: number;
    behind: boolean;
    untold: boolean;
  }>(
    pool,
    `select
       array(select s.id from scope s where s.done_seq < s.last_seq and not s.closed order by s.id limit 10) as thinking,
       (select count(*) from inbox where status = 'pending') as messages,
       (select count(*) from agency_request r where r.status in ('created', 'called')
          and exists (select 1 from scope s where s.id = r.scope and not s.closed)) as calls,
       (select count(*) from agenda a, rehearsal_clock r where a.done_at is null and a.at <= coalesce(r.now, clock_timestamp())) as agenda,
       (select count(*) from law_change l, rehearsal_clock r where l.status = 'pending' or (l.status = 'confirmed'
          and l.effective_from <= (coalesce(r.now, clock_timestamp()) at time zone 'utc' + interval '7 hours')::date)) as changes,
       (select count(*) from notice_sending s, rehearsal_clock r where s.message is null and s.due_at <= coalesce(r.now, clock_timestamp()))
         + (select count(*) from message m where m.status in ('ready', 'sending') and not exists (
             -- What a mail server puts off comes when it comes, with what waits behind it: nothing moves meanwhile.
             select from message d where d.channel = m.channel and d.person = m.person and d.id <= m.id and d.status = 'ready'
               and d.attempts >= 3 and d.not_before > clock_timestamp())) as unsent,
       exists (select 1 from case_event e where (e.epoch, e.xid, e.id) > ($1::int, $2::xid8, $3::bigint)) as behind,
       exists (select 1 from notice_outbox o where not exists (
         select from reader_fault f where f.reader = $4 and f.case_code = o.case_code and f.seq = o.seq)) as untold`,
    [epoch, xid, id, notifierReader],
  );
  if (!row) throw new Error('A query without a table answered nothing');
  const { thinking, messages, calls, agenda, changes, unsent, behind, untold } = row;
  const moving = thinking.length + messages + calls + agenda + changes + unsent;
  if (moving === 0 && !behind && !untold) return { quiet: true };
  return {
    quiet: false,
    thinking,
    pendingMessages: messages,
    pendingCalls: calls,
    dueAgenda: agenda,
    pendingChanges: changes,
    unsentMessages: unsent,
    projectorBehind: behind,
    notifierBehind: untold,
  };
}

/** The earliest instant that matters in any open scope or on the agenda; null when nothing lies ahead. */
export async function nextInstant(pool: pg.Pool): Promise<Instant | null> {
  const [row] = await rows<{ next: Instant | null }>(
    pool,
    `select least((select min(next_at) from scope where not closed),
                  (select min(at) from agenda where done_at is null)) as next`,
    [],
    'next-instant',
  );
  return row?.next ?? null;
}

/** One request to move the rehearsal clock to `to`, event by event. */
export interface Advance {
  readonly id: string;
  readonly to: Instant;
  readonly status: 'pending' | 'running' | 'quiet' | 'restless' | 'failed';
  /** What is not quiet, or what went wrong. */
  readonly detail: unknown;
  readonly requestedBy: string;
  readonly requestedAt: Instant;
  readonly finishedAt: Instant | null;
}

/** The advance of that id; undefined for an unknown or malformed one. */
export async function findAdvance(pool: pg.Pool, id: string): Promise<Advance | undefined> {
  const [found] = await rows<Advance & pg.QueryResultRow>(
    pool,
    `select id, target as "to", status, detail, requested_by as "requestedBy", requested_at as "requestedAt", finished_at as "finishedAt"
     from rehearsal_advance where id::text = $1`,
    [id],
  );
  return found;
}

/** Whether somebody waits for time to pass. */
export async function isAdvanceOpen(pool: pg.Pool): Promise<boolean> {
  const found = await rows(
    pool,
    `select from rehearsal_advance where status in ('pending', 'running')`,
    [],
    'open-advance',
  );
  return found.length > 0;
}

/** The advance to work on, marked running; also one that a process left unfinished. */
export async function claimAdvance(pool: pg.Pool): Promise<{ id: string; target: Instant } | undefined> {
  const [claimed] = await rows<{ id: string; target: Instant }>(
    pool,
    `update rehearsal_advance set status = 'running' where status in ('pending', 'running') returning id, target`,
  );
  return claimed;
}

/** Ends an advance. */
export async function finishAdvance(
  pool: pg.Pool,
  id: string,
  status: 'quiet' | 'restless' | 'failed',
  detail: unknown,
): Promise<void> {
  await pool.query(
    `update rehearsal_advance set status = $2, detail = $3, finished_at = clock_timestamp() where id = $1 and status = 'running'`,
    [id, status, detail === null ? null : JSON.stringify(detail)],
  );
}
