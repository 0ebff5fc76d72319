import type pg from 'pg';
import { type Instant } from '../../domain/time.js';
import { eventOf } from '../chain-link.js';
import { rows } from '../pool.js';
import { textsOf } from '../texts.js';

/** What the counter asked for with form 02. */
export interface CompletionAsked {
  readonly at: Instant;
  readonly items: readonly string[];
  readonly reason: string | null;
}

/** The words of one supplement request and of its answer. */
export interface SupplementWords {
  readonly reason: string | null;
  readonly explanation: string | null;
}

/** What agencies asked the investor for in a case and what they answered, in their own words. */
export interface Exchanges {
  /** The last form 02 of each attempt, by its scope. */
  readonly completions: ReadonlyMap<string, CompletionAsked>;
  /** By scope and id of the request. */
  readonly supplements: ReadonlyMap<string, SupplementWords>;
}

export const supplementKey = (scope: string, requestId: string): string => `${scope} ${requestId}`;

export async function exchangesOf(pool: pg.Pool, caseCode: string): Promise<Exchanges> {
  const found = await rows<{ canonical: string }>(
    pool,
    `select canonical from case_event
     where case_code = $1 and type in ('completionRequested', 'supplementRequested', 'supplementAnswered') order by seq`,
    [caseCode],
    'exchanges-of-case',
  );
  const events = found.map(({ canonical }) => eventOf(canonical));
  const refs = events.flatMap((event) =>
    event.type === 'supplementAnswered' && event.payload.explanation ? [event.payload.explanation.id] : [],
  );
  const words = await textsOf(pool, caseCode, refs);
  const completions = new Map<string, CompletionAsked>();
  const supplements = new Map<string, SupplementWords>();
  for (const { scope, occurredAt: at, ...event } of events) {
    if (event.type === 'completionRequested') {
      const { items, reason } = event.payload;
      completions.set(scope, { at, items, reason });
    }
    if (event.type === 'supplementRequested') {
      const { requestId, reason } = event.payload;
      supplements.set(supplementKey(scope, requestId), { reason, explanation: null });
    }
    if (event.type === 'supplementAnswered' && event.payload.explanation) {
      const { requestId, explanation } = event.payload;
      const key = supplementKey(scope, requestId);
      const reason = supplements.get(key)?.reason ?? null;
      supplements.set(key, { reason, explanation: words.get(explanation.id) ?? null });
    }
  }
  return { completions, supplements };
}
