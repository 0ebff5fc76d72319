import type pg from 'pg';
import type { Delivery, EventsMessage, ScopeEvent, ScopeId, ScopeStart, Waking } from '../words.js';
import {
  claimScopes,
  deliveryOf,
  findScope,
  markSent,
  releaseScope,
  type ClaimedScope,
  type StoredDelivery,
} from './mailbox.js';
import { rows } from './rows.js';
import type { WorkflowPort } from './temporal-port.js';

/**
 * How long the process that committed tries before it leaves a mailbox to the dispatchers. Nobody waits for it; and what Temporal takes after it has run out is
 * sent once more, a Signal and a workflow task for nothing: it has to be longer than a busy Temporal needs. Shorter than the three seconds for which a commit takes
 * a mailbox.
 */
const bestEffortMs = 2_000;
const patientMs = 5_000;
/** Longer than any attempt: nobody else sends from a mailbox that somebody is sending from. */
const claimMs = 8_000;
/** Rounds under way at once: where Temporal is slow, no more is taken than it can take. */
const mostRounds = 8;
const mostDeliveries = 50;
const mostBytes = 32_768;

export interface HandOver {
  /**
   * After a commit: sends what these mailboxes hold, in the background and best effort. Never throws, never waits. `claimed`: those that the commit took for it;
   * the others somebody is sending from. Left out: it takes them itself.
   */
  now(scopes: readonly ScopeId[], claimed?: readonly TakenScope[]): void;
  /** One round of a dispatcher: takes what nobody sends and sends it. Resolves to the number of mailboxes taken; throws if the register is away. */
  poll(limit: number): Promise<number>;
  /** Sends nothing: makes the workflow load from the register, and starts it where it is missing. */
  poke(run: ScopeStart): Promise<void>;
  /** When nothing is in the air any more. */
  settled(): Promise<void>;
}

interface HandOverOptions<Event> {
  readonly pool: pg.Pool;
  readonly port: WorkflowPort;
  /** True where this event starts the workflow of that scope. */
  readonly opens: (event: Event, scope: ScopeId) => boolean;
  /** The event as it may stand in Temporal's histories. */
  readonly tell: (event: Event) => Event;
  /** What the run of a scope that is opened would ask the register first; left out, it asks by itself. */
  readonly prepare?: (start: ScopeStart) => Promise<unknown>;
  /** Told of what failed; the mailbox waits a while and is tried again. */
  readonly onError?: (error: unknown, scope: ScopeId) => void;
  /** Told that a mailbox has something for the dispatchers. */
  readonly left?: () => void;
}

/** What one Signal is to carry. */
interface Batch<Event> extends Waking {
  readonly deliveries: readonly Delivery<Event>[];
}

/** A mailbox that a commit took, and what it put into it: where nothing older waits there, nobody has to read it again. */
export interface TakenScope extends ClaimedScope {
  readonly written?: Batch<ScopeEvent>;
}

const isWhole = ({ sentSeq, lastSeq, written }: TakenScope): boolean =>
  written !== undefined && written.deliveries[0]?.prev === sentSeq && written.deliveries.at(-1)?.seq === lastSeq;

/** Carries mailboxes to their workflows. At most one Signal per workflow is in the air, whoever sends; a mailbox that fails waits alone. */
export function createHandOver<Event extends ScopeEvent>({
  pool,
  port,
  opens,
  tell,
  prepare = () => Promise.resolve(undefined),
  onError = () => undefined,
  left = () => undefined,
}: HandOverOptions<Event>): HandOver {
  const inTheAir = new Set<Promise<unknown>>();
  const busy = new Set<ScopeId>();
  const again = new Set<ScopeId>();

  const send = async (claim: ClaimedScope, batch: Batch<Event>, deadlineMs: number): Promise<void> => {
    const { scope, kind, generation, lastSeq } = claim;
    try {
      const { message, upTo } = messageOf(batch, lastSeq);
      const opening = batch.deliveries.some(({ event }) => opens(event, scope));
      if (opening) {
        const loaded = await prepare({ scope, kind, generation });
        await port.signalWithStart(
          { scope, kind, generation, ...(loaded !== undefined && { loaded }) },
          message,
          deadlineMs,
        );
      } else if (!(await port.signal(scope, message, deadlineMs))) {
        const found = await findScope(pool, scope);
        if (found && !found.closed) await port.start({ scope, kind, generation: found.generation }, deadlineMs);
      }
      if (await markSent(pool, claim, upTo)) left();
    } catch (error) {
      onError(error, scope);
      // Best effort failed: the dispatchers take it at once, with more patience. Where the register is away too, the claim runs out by itself.
      const free = deadlineMs === bestEffortMs ? markSent(pool, claim, claim.sentSeq) : releaseScope(pool, scope);
      await free
        .then(deadlineMs === bestEffortMs ? left : undefined)
        .catch((failure: unknown) => onError(failure, scope));
    }
  };

  const told = ({ deliveries, ...waking }: Batch<Event>): Batch<Event> => ({
    ...waking,
    deliveries: deliveries.map((delivery) => ({ ...delivery, event: tell(delivery.event) })),
  });

  const sendAll = async (claims: readonly TakenScope[], deadlineMs: number): Promise<void> => {
    const unread = claims.filter((claim) => !isWhole(claim));
    const batches = unread.length === 0 ? new Map<ScopeId, Batch<Event>>() : await batchesOf<Event>(pool, unread);
    const batchOf = (claim: TakenScope): Batch<Event> =>
      isWhole(claim) ? (claim.written as Batch<Event>) : (batches.get(claim.scope) ?? nothing);
    await Promise.all(claims.map((claim) => send(claim, told(batchOf(claim)), deadlineMs)));
  };

  const follow = (work: Promise<unknown>, scope: ScopeId): void => {
    const tracked = work.catch((error: unknown) => onError(error, scope)).finally(() => inTheAir.delete(tracked));
    inTheAir.add(tracked);
  };

  const handOver = async (scopes: readonly ScopeId[], claimed?: readonly TakenScope[]): Promise<void> => {
    for (let [left, taken] = [[...scopes], claimed]; left.length > 0; taken = undefined) {
      for (const scope of left) busy.add(scope);
      try {
        const claims = taken ?? (await claimScopes(pool, { limit: left.length, forMs: claimMs, only: left }));
        await sendAll(claims, bestEffortMs);
      } finally {
        for (const scope of left) busy.delete(scope);
      }
      // What was committed meanwhile by this very process found the mailbox taken.
      left = left.filter((scope) => again.delete(scope));
    }
  };

  return {
    now(scopes, claimed) {
      const taken = claimed && new Set(claimed.map(({ scope }) => scope));
      for (const scope of scopes) if (busy.has(scope) && !taken?.has(scope)) again.add(scope);
      const free = taken ? [...taken] : scopes.filter((scope) => !busy.has(scope));
      if (free.length > 0) follow(handOver(free, claimed), free[0] ?? '');
    },
    async poll(limit) {
      if (inTheAir.size >= mostRounds) return 0;
      const claims = await claimScopes(pool, { limit, forMs: claimMs });
      follow(sendAll(claims, patientMs), claims[0]?.scope ?? '');
      return claims.length;
    },
    async poke(run) {
      const poke: EventsMessage<never> = { deliveries: [] };
      if (!(await port.signal(run.scope, poke, patientMs))) await port.start(run, patientMs);
    },
    async settled() {
      while (inTheAir.size > 0) await Promise.all(inTheAir);
    },
  };
}

/** Open scopes after `after` that were told everything and have not thought about it yet: most of them are just thinking, a few have lost their run. */
export async function thoughtlessScopes(
  pool: pg.Pool,
  limit: number,
  after: ScopeId = '',
): Promise<(ScopeStart & { readonly lastSeq: number })[]> {
  return rows(
    pool,
    `select id as scope, kind, generation, last_seq as "lastSeq" from scope
     where done_seq < last_seq and sent_seq = last_seq and not closed and id > $2 order by id limit $1`,
    [limit, after],
    'thoughtless-scopes',
  );
}

const nothing: Batch<never> = { deliveries: [], wake: null };

/** Too much for one Signal becomes an empty one: the workflow reads the register itself, up to its end. */
function messageOf<Event>(
  { deliveries, ...waking }: Batch<Event>,
  lastSeq: number,
): { message: EventsMessage<Event>; upTo: number } {
  const fits = deliveries.length <= mostDeliveries && JSON.stringify(deliveries).length <= mostBytes;
  if (!fits) return { message: { deliveries: [], ...waking }, upTo: lastSeq };
  return { message: { deliveries, ...waking }, upTo: deliveries.at(-1)?.seq ?? lastSeq };
}

/** What lies in the claimed mailboxes, one more than a Signal takes, and when each wants to be woken. One query. */
async function batchesOf<Event extends ScopeEvent>(
  pool: pg.Pool,
  claims: readonly ClaimedScope[],
): Promise<Map<ScopeId, Batch<Event>>> {
  const found = await rows<{
    scope: ScopeId;
    at: string | null;
    inMs: number | null;
    seq: number;
    deliveries: StoredDelivery[];
  }>(
    pool,
    `select s.id as scope, case when r.mode = 'real' then s.next_at end as at,
       (extract(epoch from s.next_at - clock_timestamp()) * 1000)::float8 as "inMs", h.seq, box.deliveries
     from json_to_recordset($1::json) as c (scope text, "sentSeq" int)
     join scope s on s.id = c.scope join case_head h on h.code = s.case_code cross join rehearsal_clock r
     cross join lateral (
       select coalesce(json_agg(json_build_object('seq', l.seq, 'prev', l.prev, 'canonical', l.canonical) order by l.seq), '[]') as deliveries
       from (select d.seq, d.prev, e.canonical from delivery d join case_event e on e.case_code = d.case_code and e.seq = d.seq
             where d.scope = c.scope and d.seq > c."sentSeq" order by d.seq limit $2) l
     ) box`,
    [JSON.stringify(claims.map(({ scope, sentSeq }) => ({ scope, sentSeq }))), mostDeliveries + 1],
    'batches',
  );
  return new Map(
    found.map(({ scope, at, inMs, seq, deliveries }) => [
      scope,
      {
        deliveries: deliveries.map((stored) => deliveryOf<Event>(stored)),
        wake: at === null ? null : { at, inMs: Math.round(inMs ?? 0) },
        wakeAsOf: seq,
      },
    ]),
  );
}
