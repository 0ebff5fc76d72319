import type pg from 'pg';
import { type CaseEvent } from '../../domain/case/events.js';
import { apply, deliver, emptyCase, foldCase } from '../../domain/case/fold.js';
import { type CaseState, foldVersion } from '../../domain/case/state.js';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import { eventOf } from './chain-link.js';

/**
 * A case's state is written beside its chain head after so many events at the latest; between, it is the kept one and the events after it. More would make a
 * process that has not met the case read more of them, fewer would write states that nobody reads.
 */
export const keptEvery = 32;

/** What the register holds of a case's state, as `keptColumn` reads it. */
export interface Kept {
  readonly code: string;
  /** Of the chain head; its hash in hexadecimal. */
  readonly seq: number;
  readonly hash: string;
  /** As of which event the state was written, and by which fold, as the columns say. */
  readonly stateSeq: number;
  readonly fold: number;
  /** The remembered state that the reader named is of this chain: `state` is left out, `tail` begins after it. */
  readonly known: boolean;
  /** null: `known`, or before the first event. */
  readonly state: CaseState | null;
  readonly tail: readonly (CaseEvent & { readonly caseCode: string })[];
}

interface Remembered {
  readonly seq: number;
  readonly hash: string;
  readonly state: CaseState;
}

// A process folds what it has met before no further than it must. A state is of the register that has its hash at its sequence, whichever that is.
const mostRemembered = 500;
const remembered = new Map<string, Remembered>();
let guard = (state: CaseState): CaseState => state;

/** For tests: whatever is remembered passes through `seal`, which may freeze it. */
export function sealRemembered(seal: (state: CaseState) => CaseState): void {
  guard = seal;
}

/** The next reader takes what the register keeps. For tests that write a state by hand. */
export function forgetStates(): void {
  remembered.clear();
}

/** What this process knows of the case; to be named to `keptColumn` and handed to `stateAtHead` with what was read. */
export function rememberedState(code: string): Remembered | undefined {
  const found = remembered.get(code);
  if (!found) return undefined;
  remembered.delete(code);
  remembered.set(code, found);
  return found;
}

/** Of what is committed only, as JSON would give it back. Whoever reads a remembered state changes nothing of it. */
export function rememberState(code: string, hash: string, state: CaseState): CaseState {
  const kept = guard(state);
  remembered.delete(code);
  remembered.set(code, { seq: state.seq, hash, state: kept });
  if (remembered.size > mostRemembered) {
    const [oldest] = remembered.keys();
    if (oldest !== undefined) remembered.delete(oldest);
  }
  return kept;
}

/** A copy that may be changed, without what JSON would leave out. */
export function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: unknown) => copyOf(one)) as T;
  const copy: Record<string, unknown> = {};
  // By its keys: entries would be a list more for each object, and half of the time.
  for (const key of Object.keys(value)) {
    const one = (value as Record<string, unknown>)[key];
    if (one === undefined) continue;
    const copied = typeof one === 'object' && one !== null ? copyOf(one) : one;
    if (key === '__proto__') Object.defineProperty(copy, key, { ...plain, value: copied });
    else copy[key] = copied;
  }
  return copy as T;
}
const plain = { enumerable: true, configurable: true, writable: true };

/** SQL: one column of type `Kept` over `case_head h`. `known`: expressions for sequence (int) and hash (text) of a remembered state, null where there is none. */
export const keptColumn = (known: { readonly seq: string; readonly hash: string }): string => `(
    select json_build_object('code', h.code, 'seq', h.seq, 'hash', encode(h.hash, 'hex'), 'stateSeq', h.state_seq, 'fold', h.fold, 'known', k.known,
      'state', case when not k.known then h.state end,
      'tail', case when h.seq = case when k.known then ${known.seq} else h.state_seq end then '[]'::json else (
        select coalesce(json_agg(e.canonical::json order by e.seq), '[]') from case_event e
        where e.case_code = h.code and e.seq > case when k.known then ${known.seq} else h.state_seq end) end)
    from (select coalesce(${known.hash} = encode(case when h.seq = ${known.seq} then h.hash else (
      select e.hash from case_event e where e.case_code = h.code and e.seq = ${known.seq}) end, 'hex'), false) as known) k)`;

/** For readers of many cases, who name no remembered state. */
export const keptUnknown = keptColumn({ seq: 'null::int', hash: 'null::text' });

/** The state of now, of what was read: nobody changes it. `base` is the remembered state that was named to `keptColumn`. */
export async function stateAtHead(on: pg.Pool | pg.PoolClient, kept: Kept, base?: Remembered): Promise<CaseState> {
  const { code, seq, hash, known, tail } = kept;
  const from = known ? base?.state : kept.state;
  if (known && from?.seq === seq) return from;
  if (seq === 0) return emptyCase(code);
  const folded = from?.fold === foldVersion ? foldOn(known ? copyOf(from) : from, tail, seq) : undefined;
  const state = folded ?? (await foldAnew(on, code));
  // Folded from what was committed since it was read, it is of another head.
  return state.seq === seq ? rememberState(code, hash, state) : state;
}

/** Undefined where the events do not lead from the state to the head: a program of an older release keeps states without saying as of when. */
function foldOn(state: CaseState, tail: Kept['tail'], head: number): CaseState | undefined {
  for (const { caseCode: _caseCode, ...event } of tail) {
    if (event.seq <= state.seq) continue;
    if (event.seq !== state.seq + 1) return undefined;
    apply(state, event as CaseEvent);
    deliver(state, event as CaseEvent);
  }
  return state.seq === head ? state : undefined;
}

/** The states of these cases as of their last commits, by code; those there are none of are left out. Read without a lock: a rule decides in the door. */
export async function readStates(on: pg.Pool | pg.PoolClient, codes: readonly string[]): Promise<CaseState[]> {
  const named = codes.map((code) => rememberedState(code));
  // Behind selects of their own: a list whose length the planner sees is planned for each time.
  const found = await rows<{ kept: Kept }>(
    on,
    `select ${keptColumn({ seq: 'u.seq', hash: 'u.hash' })} as kept from unnest((select $1::text[]), (select $2::int[]), (select $3::text[])) as u (code, seq, hash)
     join case_head h on h.code = u.code where h.state is not null order by h.code`,
    [codes, named.map((one) => one?.seq ?? null), named.map((one) => one?.hash ?? null)],
    'states-at-head',
  );
  const bases = new Map(codes.map((code, i) => [code, named[i]]));
  return Promise.all(found.map(({ kept }) => stateAtHead(on, kept, bases.get(kept.code))));
}

/** One of them; undefined where there is no such case. */
export async function readState(on: pg.Pool | pg.PoolClient, code: string): Promise<CaseState | undefined> {
  const [found] = await readStates(on, [code]);
  return found;
}

/** The case as it stood after event `seq`, and when that was (business time); undefined where it has no such event. Folded anew: the past is kept as events only. */
export async function stateAfter(
  on: pg.Pool | pg.PoolClient,
  code: string,
  seq: number,
): Promise<{ readonly state: CaseState; readonly at: Instant } | undefined> {
  const events = await eventsOf(on, code, seq);
  const last = events.at(-1);
  return last?.seq === seq ? { state: foldCase(code, events), at: last.occurredAt } : undefined;
}

/** What the case's events say, folded by this program: of now where the caller holds the case's chain head. */
export async function foldAnew(on: pg.Pool | pg.PoolClient, code: string): Promise<CaseState> {
  return foldCase(code, await eventsOf(on, code));
}

/** Its events in their order, up to `through` where that is named. */
async function eventsOf(on: pg.Pool | pg.PoolClient, code: string, through?: number): Promise<CaseEvent[]> {
  const events = await rows<{ canonical: string }>(
    on,
    'select canonical from case_event where case_code = $1 and ($2::int is null or seq <= $2) order by seq',
    [code, through ?? null],
    'events-to-fold',
  );
  return events.map(({ canonical }) => eventOf(canonical));
}
