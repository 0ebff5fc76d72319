import type pg from 'pg';
import { type CaseEvent, type EventOf } from '../../domain/case/events.js';
import { refsIn } from '../../domain/case/words.js';
import { type Reading } from '../../domain/law/trial-terms.js';
import { eventOf } from '../register/chain-link.js';
import { rows } from '../pool.js';
import { readState } from '../register/kept-state.js';
import { textsOf } from '../register/texts.js';
import { cursorOf, type Page, pageOf, placeOf } from './keyset.js';

// Everything that people read of a trial beside its state; metrics have a page of their own.
const told = [
  'permitRecorded',
  'limitNeared',
  'limitExceeded',
  'holdConfirmed',
  'holdLifted',
  'incidentReported',
  'incidentExamined',
  'trialReportFiled',
  'visitRecorded',
  'trialChangeRequested',
  'trialChangeRefused',
  'trialAdjusted',
  'trialExtended',
  'trialSuspended',
  'trialResumed',
  'finalReportFiled',
  'trialEnded',
] as const satisfies CaseEvent['type'][];
export type Told = EventOf<(typeof told)[number]>;

/** What happened in a trial, oldest first, and the words that belong to it by their id: null where they were erased. */
export interface TrialStory {
  readonly events: readonly Told[];
  readonly words: ReadonlyMap<string, string | null>;
}

export async function trialStoryOf(pool: pg.Pool, caseCode: string): Promise<TrialStory> {
  const found = await rows<{ canonical: string }>(
    pool,
    'select canonical from case_event where case_code = $1 and type = any ($2) order by seq',
    [caseCode, told],
    'trial-story',
  );
  const events = found.map(({ canonical }) => eventOf(canonical) as Told);
  const refs = refsIn(events.map(({ payload }) => payload));
  return { events, words: await textsOf(pool, caseCode, refs) };
}

export interface AcceptedReading extends Reading {
  readonly batch: number;
}

interface ReadingsAsked {
  /** Of one limit only. */
  readonly of?: string;
  readonly cursor?: string;
  readonly limit: number;
}

/** How many batches are looked through for one page: where few of them name the limit, a page is shorter than asked for and the next one goes on. */
const mostBatches = 1_000;
/** Later than any reading. */
const farFuture = '9999-12-31T23:59:59.999Z';

/** The readings of a trial that were accepted, newest first: batches do not overlap. Older ones stand in their events themselves. */
export async function readingsOf(
  pool: pg.Pool,
  caseCode: string,
  { of, cursor, limit }: ReadingsAsked,
): Promise<Page<AcceptedReading>> {
  const [seq, at, n] = placeOf(cursor, ['number', 'instant', 'number']) ?? [null, null, null];
  const found = await rows<{
    seq: number;
    last: number;
    looked: number;
    n: number | null;
    batch: number;
    reading: Reading;
  }>(
    pool,
    // A batch holds one reading at least: so many batches and the one at the cursor fill any page, unless readings of one limit are asked for.
    `with batches as materialized (
       select e.seq, e.canonical::json -> 'payload' as payload from case_event e
       where e.case_code = $1 and e.type = 'metricsAccepted' and ($3::int is null or e.seq <= $3::int)
       order by e.seq desc limit case when $2::text is null then $6::int + 1 else $7::int end
     ), looked as (select min(seq) as last, count(*)::int as looked from batches)
     select l.last, l.looked, r.seq, r.n, r.batch, r.reading from looked l left join lateral (
       select e.seq, r.n::int as n, (e.payload ->> 'batch')::int as batch, r.reading
       from batches e left join trial_batch b on b.case_code = $1 and b.seq = e.seq
       cross join lateral json_array_elements(coalesce(
         case when $2::text is null or $2::text = any (b.limits) then b.readings::json end,
         e.payload -> 'readings', '[]')) with ordinality as r (reading, n)
       where ($2::text is null or r.reading ->> 'limit' = $2)
         and ($3::int is null or (e.seq, (r.reading ->> 'at')::timestamptz, r.n) < ($3::int, $4::timestamptz, $5::int))
       order by e.seq desc, (r.reading ->> 'at')::timestamptz desc, r.n desc limit $6
     ) r on true order by r.seq desc, (r.reading ->> 'at')::timestamptz desc, r.n desc`,
    [caseCode, of ?? null, seq, at, n, limit + 1, mostBatches],
  );
  const readings = found.filter((row) => row.n !== null);
  const page = pageOf(readings, limit, ({ seq: last, n: place, reading }) => [String(last), reading.at, String(place)]);
  const items = page.items.map(({ batch, reading }) => ({ ...reading, batch }));
  const [looked] = found;
  if (page.next !== null || of === undefined || looked?.looked !== mostBatches) return { items, next: page.next };
  // All of the last batch looked at is read: the next page begins with the one before it.
  return { items, next: cursorOf([String(looked.last - 1), farFuture, '0']) };
}

/** The public key (SPKI in base64) that is registered under this id in this trial. `shared`: another trial registered it, too, when that was possible. */
export async function findTrialKey(
  pool: pg.Pool,
  caseCode: string,
  keyId: string,
): Promise<{ readonly publicKey: string; readonly shared: boolean } | undefined> {
  const keys = (await readState(pool, caseCode))?.trial?.keys ?? {};
  const publicKey = Object.hasOwn(keys, keyId) ? keys[keyId] : undefined;
  if (publicKey === undefined) return undefined;
  const [found] = await rows<{ shared: boolean }>(
    pool,
    'select shared or case_code <> $1 as shared from trial_key where public_key = $2',
    [caseCode, publicKey],
    'find-trial-key',
  );
  return { publicKey, shared: found?.shared ?? false };
}
