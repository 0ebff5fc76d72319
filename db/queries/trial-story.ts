import type pg from 'pg';
import { type CaseEvent, type EventOf, type TextRef } from '../../domain/case/events.js';
import { type Reading } from '../../domain/sandbox/terms.js';
import { eventOf } from '../chain-link.js';
import { rows } from '../pool.js';
import { textsOf } from '../texts.js';
import { type Page, pageOf, placeOf } from './keyset.js';

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
  const refs = events.flatMap((event) => [...refsOf(event)].map(({ id }) => id));
  return { events, words: await textsOf(pool, caseCode, refs) };
}

function* refsOf({ payload }: Told): Generator<TextRef> {
  if ('reason' in payload && payload.reason !== null) yield payload.reason;
  if ('description' in payload) yield payload.description;
  if ('findings' in payload) yield payload.findings;
  if ('lessons' in payload) for (const { change } of payload.lessons) yield change;
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

/** The readings of a trial that were accepted, newest first: batches do not overlap. */
export async function readingsOf(
  pool: pg.Pool,
  caseCode: string,
  { of, cursor, limit }: ReadingsAsked,
): Promise<Page<AcceptedReading>> {
  const [seq, at, n] = placeOf(cursor, ['number', 'instant', 'number']) ?? [null, null, null];
  const found = await rows<{ seq: number; n: number; batch: number; reading: Reading }>(
    pool,
    // A batch holds one reading at least: so many batches and the one at the cursor fill any page, unless readings of one limit are asked for.
    `select e.seq, r.n::int as n, (e.canonical::json #>> '{payload,batch}')::int as batch, r.reading
     from (
       select seq, canonical from case_event
       where case_code = $1 and type = 'metricsAccepted' and ($3::int is null or seq <= $3::int)
       order by seq desc limit case when $2::text is null then $6::int + 1 end
     ) e
     cross join lateral json_array_elements(e.canonical::json #> '{payload,readings}') with ordinality as r (reading, n)
     where ($2::text is null or r.reading ->> 'limit' = $2)
       and ($3::int is null or (e.seq, (r.reading ->> 'at')::timestamptz, r.n) < ($3::int, $4::timestamptz, $5::int))
     order by e.seq desc, (r.reading ->> 'at')::timestamptz desc, r.n desc limit $6`,
    [caseCode, of ?? null, seq, at, n, limit + 1],
  );
  const page = pageOf(found, limit, ({ seq: last, n: place, reading }) => [String(last), reading.at, String(place)]);
  return { ...page, items: page.items.map(({ batch, reading }) => ({ ...reading, batch })) };
}

/** The public key (SPKI in base64) that is registered under this id in this trial. */
export async function findTrialKey(pool: pg.Pool, caseCode: string, keyId: string): Promise<string | undefined> {
  const [found] = await rows<{ key: string | null }>(
    pool,
    `select state -> 'trial' -> 'keys' ->> $2 as key from case_head where code = $1 and kind = 'sandbox'`,
    [caseCode, keyId],
    'find-trial-key',
  );
  return found?.key ?? undefined;
}

/** Whether devices of another trial sign with this key: then what one of them sent could be sent again for the other. */
export async function isKeyOfAnother(pool: pg.Pool, caseCode: string, publicKey: string): Promise<boolean> {
  const found = await rows(
    pool,
    `select 1 from case_head where kind = 'sandbox' and code <> $1 and position($2 in state::text) > 0 limit 1`,
    [caseCode, publicKey],
  );
  return found.length > 0;
}
