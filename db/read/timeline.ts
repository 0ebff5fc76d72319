import type pg from 'pg';
import { type CaseEvent } from '../../domain/case/events.js';
import { spokenRefs } from '../../domain/case/texts.js';
import { type WordsById } from '../../domain/case/words.js';
import { type Instant } from '../../domain/time/instants.js';
import { eventOf } from '../register/chain-link.js';
import { rows } from '../pool.js';
import { textsOf } from '../register/texts.js';
import { type Page, pageOf, placeOf } from './keyset.js';

/** One event with the name of whoever acted, and its place in the chain of evidence. */
export interface TimelineEntry {
  readonly event: CaseEvent;
  /** Of a person, while the register knows them; else null. */
  readonly actorName: string | null;
  readonly recordedAt: Instant;
  /** SHA-256 in hexadecimal. */
  readonly hash: string;
  /** What lies behind the references that its readers may follow (`spokenRefs`). */
  readonly words: WordsById;
}

/** Events of a case, oldest first. */
export async function timelineOf(
  pool: pg.Pool,
  caseCode: string,
  { cursor, limit }: { readonly cursor?: string; readonly limit: number },
): Promise<Page<TimelineEntry>> {
  const after = placeOf(cursor, ['number'])?.[0];
  const found = await rows<{ canonical: string; name: string | null; recordedAt: Instant; hash: string }>(
    pool,
    `select e.canonical, p.name, e.recorded_at as "recordedAt", encode(e.hash, 'hex') as hash
     from case_event e left join person p on p.id = e.actor ->> 'id' and e.actor ->> 'kind' = 'person'
     where e.case_code = $1 and e.seq > $2::int order by e.seq limit $3`,
    [caseCode, after !== undefined && /^\d{1,9}$/.test(after) ? after : '0', limit + 1],
    'timeline',
  );
  const events = found.map(({ canonical }) => eventOf(canonical));
  const words = await textsOf(pool, caseCode, events.flatMap(spokenRefs));
  const entries = found.map(({ canonical, name, recordedAt, hash }) => {
    const event = eventOf(canonical);
    const own = spokenRefs(event).map((id): [string, string | null] => [id, words.get(id) ?? null]);
    return { event, words: new Map(own), actorName: name, recordedAt, hash };
  });
  return pageOf(entries, limit, ({ event }) => [String(event.seq)]);
}
