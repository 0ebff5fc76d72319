import type pg from 'pg';
import { refuse } from '../../domain/errors.js';
import { type Instant } from '../../domain/time/instants.js';
import { locks } from '../locks.js';
import { inTransaction, rows } from '../pool.js';
import { businessNow } from './business-clock.js';
import { lockHolds, requireErasable, type Target } from './erasable.js';
import { type Certificate } from './erasure.js';

export const orderStates = ['proposed', 'confirmed', 'refused', 'done'] as const;

/** An erasure under two people: one proposes it with who asked and the legal basis, another confirms or refuses it. */
export interface ErasureOrder extends Target {
  readonly id: string;
  readonly askedBy: string;
  readonly basis: string;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  readonly status: (typeof orderStates)[number];
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly doneAt: Instant | null;
  /** null until it was carried out. */
  readonly certificate: Certificate | null;
}

const columns = `id::text as id, kind, ref, asked_by as "askedBy", basis, proposed_by as "proposedBy", proposed_at as "proposedAt", status,
  decided_by as "decidedBy", decided_at as "decidedAt", done_at as "doneAt", certificate`;

type Row = ErasureOrder & pg.QueryResultRow;

export interface Proposal extends Target {
  readonly askedBy: string;
  readonly basis: string;
  readonly by: string;
}

/**
 * Proposes an erasure. One that is proposed or confirmed already is the same one for whoever proposed it, and refused `CONFLICT` to others; else refused as
 * `requireErasable` does.
 */
export async function proposeErasure(pool: pg.Pool, proposal: Proposal): Promise<ErasureOrder> {
  const now = await businessNow(pool);
  return inTransaction(pool, (client) => propose(client, proposal, now));
}

async function propose(client: pg.PoolClient, proposal: Proposal, now: Instant): Promise<ErasureOrder> {
  await requireErasable(client, proposal);
  const { kind, ref, askedBy, basis, by } = proposal;
  const [made] = await rows<Row>(
    client,
    `insert into erasure_order (kind, ref, asked_by, basis, proposed_by, proposed_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (kind, ref) where status in ('proposed', 'confirmed') do nothing returning ${columns}`,
    [kind, ref, askedBy, basis, by, now],
  );
  if (made) return made;
  const [known] = await rows<Row>(
    client,
    `select ${columns} from erasure_order where kind = $1 and ref = $2 and status in ('proposed', 'confirmed')`,
    [kind, ref],
  );
  if (!known) return refuse('STALE', { [kind]: ref });
  const isSame = known.proposedBy === by && known.askedBy === askedBy && known.basis === basis;
  return isSame ? known : refuse('CONFLICT', { order: known.id, status: known.status });
}

/**
 * Proposes the erasure of every case of a kind that closed before an instant and is under no hold, as long as fewer than `limit` of that kind wait to be decided; answers
 * the orders that it made, how many wait now, and as many of the cases that a hold keeps. One run at a time, and whole or not at all. `repeated`: a run that was answered
 * before, which proposes nothing: it answers those of its orders that wait.
 */
export async function proposeRun(
  pool: pg.Pool,
  run: Omit<Proposal, 'kind' | 'ref'> & {
    readonly caseKind: string;
    readonly closedBefore: Instant;
    readonly limit: number;
    readonly repeated?: boolean;
  },
): Promise<{
  readonly orders: readonly ErasureOrder[];
  readonly held: readonly string[];
  readonly waiting: number;
  readonly more: boolean;
}> {
  const { caseKind, closedBefore, limit, askedBy, basis, by, repeated = false } = run;
  const now = await businessNow(pool);
  return inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [locks.erasureRun]);
    const due = (isHeld: boolean) =>
      rows<{ code: string }>(
        client,
        `select h.code from case_head h where h.kind = $1 and h.status <> 'open' and h.closed_at < $2
           and not exists (select from erasure_order o where o.kind = 'case' and o.ref = h.code and o.status <> 'refused')
           and $4 = exists (select from legal_hold l where l.lifted_at is null
             and ((l.kind = 'case' and l.ref = h.code) or (l.kind = 'person' and l.ref = h.investor)))
         order by h.closed_at, h.code limit $3`,
        [caseKind, closedBefore, limit + 1, isHeld],
      );
    const undecided = await rows<Row>(
      client,
      `select ${columns} from erasure_order o where kind = 'case' and status = 'proposed'
         and exists (select from case_head h where h.code = o.ref and h.kind = $1) order by proposed_at, id`,
      [caseKind],
    );
    const room = repeated ? 0 : Math.max(0, limit - undecided.length);
    const [free, held] = [await due(false), await due(true)];
    const made: ErasureOrder[] = [];
    for (const { code } of free.slice(0, room))
      made.push(await propose(client, { kind: 'case', ref: code, askedBy, basis, by }, now));
    const isOfRun = (order: ErasureOrder) =>
      order.proposedBy === by && order.askedBy === askedBy && order.basis === basis;
    return {
      orders: repeated ? undecided.filter(isOfRun) : made,
      held: held.slice(0, limit).map(({ code }) => code),
      waiting: undecided.length + made.length,
      more: free.length > made.length,
    };
  });
}

export async function findErasure(pool: pg.Pool, id: string): Promise<ErasureOrder | undefined> {
  const [found] = await rows<Row>(pool, `select ${columns} from erasure_order where id = $1`, [id]);
  return found;
}

/** The newest ones, at most 200. */
export const listErasures = (pool: pg.Pool, status: string | undefined): Promise<ErasureOrder[]> =>
  rows<Row>(
    pool,
    `select ${columns} from erasure_order where $1::text is null or status = $1 order by proposed_at desc, id limit 200`,
    [status ?? null],
  );

/** Confirmed ones that wait to be carried out, and those that were cut off before they were certified; the oldest first. */
export const confirmedErasures = (owner: pg.Pool): Promise<ErasureOrder[]> =>
  rows<Row>(
    owner,
    `select ${columns} from erasure_order where status = 'confirmed' or pending is not null order by decided_at, id`,
  );

/**
 * Confirms or refuses what another administrator proposed; whoever proposed may take it back. Refuses `PROPOSER_CANNOT_APPROVE`, `PRECONDITION_FAILED` where it was
 * decided otherwise, and a confirmation as `requireErasable` does.
 */
export async function decideErasure(
  pool: pg.Pool,
  { id, by, status }: { readonly id: string; readonly by: string; readonly status: 'confirmed' | 'refused' },
): Promise<ErasureOrder> {
  const now = await businessNow(pool);
  return inTransaction(pool, async (client) => {
    const [found] = await rows<Row>(client, `select ${columns} from erasure_order where id = $1 for update`, [id]);
    if (!found) return refuse('NOT_FOUND', { erasure: id });
    if (found.status === status && found.decidedBy === by) return found;
    // Confirmed and not carried out yet, it may still be refused.
    const isOpen = found.status === 'proposed' || (found.status === 'confirmed' && status === 'refused');
    if (!isOpen) refuse('PRECONDITION_FAILED', { erasure: id, status: found.status });
    if (status === 'confirmed') {
      if (found.proposedBy === by) refuse('PROPOSER_CANNOT_APPROVE', { erasure: id });
      await requireErasable(client, found);
    }
    const [decided] = await rows<Row>(
      client,
      `update erasure_order set status = $2, decided_by = $3, decided_at = $4 where id = $1 returning ${columns}`,
      [id, status, by, now],
    );
    return decided ?? refuse('NOT_FOUND', { erasure: id });
  });
}

// Legal holds ---------------------------------------------------------------------------------------------------------------------------------

/** A case, or whatever concerns a person, that may not be erased until it is lifted. */
export interface LegalHold {
  readonly id: string;
  readonly kind: 'case' | 'person';
  readonly ref: string;
  readonly basis: string;
  readonly placedBy: string;
  readonly placedAt: Instant;
  readonly liftedBy: string | null;
  readonly liftedAt: Instant | null;
  readonly liftBasis: string | null;
}

const holdColumns = `id::text as id, kind, ref, basis, placed_by as "placedBy", placed_at as "placedAt", lifted_by as "liftedBy", lifted_at as "liftedAt",
  lift_basis as "liftBasis"`;

/** Places a hold at once; the same one again is answered. Refuses `NOT_FOUND`, and `CONFLICT` where another one stands: it is lifted first. */
export async function placeHold(
  pool: pg.Pool,
  { kind, ref, basis, by }: Pick<LegalHold, 'kind' | 'ref' | 'basis'> & { readonly by: string },
): Promise<LegalHold> {
  const now = await businessNow(pool);
  return inTransaction(pool, async (client) => {
    await lockHolds(client);
    const there = kind === 'case' ? 'select 1 from case_head where code = $1' : 'select 1 from person where id = $1';
    if ((await rows(client, there, [ref])).length === 0) refuse('NOT_FOUND', { [kind]: ref });
    await client.query(
      `insert into legal_hold (kind, ref, basis, placed_by, placed_at) values ($1, $2, $3, $4, $5)
       on conflict (kind, ref) where lifted_at is null do nothing`,
      [kind, ref, basis, by, now],
    );
    const [hold] = await rows<LegalHold & pg.QueryResultRow>(
      client,
      `select ${holdColumns} from legal_hold where kind = $1 and ref = $2 and lifted_at is null`,
      [kind, ref],
    );
    if (!hold) throw new Error('A hold was placed and is not there');
    // One that is swallowed by another would end with it.
    if (hold.placedBy !== by || hold.basis !== basis) refuse('CONFLICT', { hold: hold.id });
    return hold;
  });
}

/** Lifts a hold that somebody else placed. Refuses `NOT_FOUND`, `FOUR_EYES`, and `PRECONDITION_FAILED` where it was lifted by another. */
export async function liftHold(
  pool: pg.Pool,
  { id, basis, by }: { readonly id: string; readonly basis: string; readonly by: string },
): Promise<LegalHold> {
  const now = await businessNow(pool);
  return inTransaction(pool, async (client) => {
    const [found] = await rows<LegalHold & pg.QueryResultRow>(
      client,
      `select ${holdColumns} from legal_hold where id = $1 for update`,
      [id],
    );
    if (!found) return refuse('NOT_FOUND', { hold: id });
    if (found.liftedAt !== null) return found.liftedBy === by ? found : refuse('PRECONDITION_FAILED', { hold: id });
    if (found.placedBy === by) refuse('FOUR_EYES', { hold: id });
    const [lifted] = await rows<LegalHold & pg.QueryResultRow>(
      client,
      `update legal_hold set lifted_by = $2, lifted_at = $3, lift_basis = $4 where id = $1 returning ${holdColumns}`,
      [id, by, now, basis],
    );
    return lifted ?? refuse('NOT_FOUND', { hold: id });
  });
}

/** Holds, the newest first, at most 200. */
export const listHolds = (pool: pg.Pool): Promise<LegalHold[]> =>
  rows<LegalHold & pg.QueryResultRow>(
    pool,
    `select ${holdColumns} from legal_hold order by lifted_at is not null, placed_at desc, id limit 200`,
  );
