import type pg from 'pg';
import type { PredicateId } from '../../domain/lane/evidence.js';
import { refsIn, said } from '../../domain/case/words.js';
import { type Instant } from '../../domain/time/instants.js';
import { eventOf } from '../register/chain-link.js';
import { rows } from '../pool.js';
import { textsOf } from '../register/texts.js';

/** What the counter asked for with form 02. */
export interface DossierAsked {
  readonly at: Instant;
  /** null once erased. */
  readonly items: readonly (string | null)[];
  readonly reason: string | null;
}

/** The words of one supplement request and of its answer. */
export interface SupplementWords {
  /** null once erased. */
  readonly items: readonly (string | null)[];
  readonly reason: string | null;
  readonly explanation: string | null;
}

/** The last word of whoever owns the green lane, with why. */
export interface LaneWords {
  readonly lane: 'green' | 'standard';
  readonly at: Instant;
  /** It was green before, and was taken back. */
  readonly revoked: boolean;
  /** null once erased. */
  readonly reason: string | null;
  readonly findings: readonly {
    readonly predicate: PredicateId;
    readonly verdict: 'yes' | 'no';
    readonly reason: string | null;
  }[];
}

/** What agencies asked the investor for in a case and what they answered, in their own words. */
export interface Exchanges {
  /** The last form 02 of each attempt, by its scope. */
  readonly completions: ReadonlyMap<string, DossierAsked>;
  /** By scope and id of the request. */
  readonly supplements: ReadonlyMap<string, SupplementWords>;
  /** null: nobody has decided on the lane. */
  readonly lane: LaneWords | null;
}

export const supplementKey = (scope: string, requestId: string): string => `${scope} ${requestId}`;

export async function exchangesOf(pool: pg.Pool, caseCode: string): Promise<Exchanges> {
  const found = await rows<{ canonical: string }>(
    pool,
    `select canonical from case_event
     where case_code = (select $1::text) and type in ('completionRequested', 'supplementRequested', 'supplementAnswered', 'laneDecided', 'laneRevoked') order by seq`,
    [caseCode],
    'exchanges-of-case',
  );
  const events = found.map(({ canonical }) => eventOf(canonical));
  const words = await textsOf(pool, caseCode, refsIn(events.map(({ payload }) => payload)));
  const completions = new Map<string, DossierAsked>();
  const supplements = new Map<string, SupplementWords>();
  let lane: LaneWords | null = null;
  for (const { scope, occurredAt: at, ...event } of events) {
    if (event.type === 'laneDecided') {
      const { reason, findings = [] } = event.payload;
      lane = {
        lane: event.payload.lane,
        at,
        revoked: false,
        reason: said(reason, words),
        findings: findings.map((one) => ({
          predicate: one.predicate,
          verdict: one.verdict,
          reason: said(one.reason, words),
        })),
      };
    }
    if (event.type === 'laneRevoked') {
      lane = { lane: 'standard', at, revoked: true, reason: said(event.payload.reason, words), findings: [] };
    }
    if (event.type === 'completionRequested') {
      const { items, reason } = event.payload;
      completions.set(scope, { at, items: items.map((item) => said(item, words)), reason: said(reason, words) });
    }
    if (event.type === 'supplementRequested') {
      const { requestId, items, reason } = event.payload;
      supplements.set(supplementKey(scope, requestId), {
        items: items.map((item) => said(item, words)),
        reason: said(reason, words),
        explanation: null,
      });
    }
    if (event.type === 'supplementAnswered' && event.payload.explanation) {
      const { requestId, explanation } = event.payload;
      const key = supplementKey(scope, requestId);
      const { items = [], reason = null } = supplements.get(key) ?? {};
      supplements.set(key, { items, reason, explanation: said(explanation, words) });
    }
  }
  return { completions, supplements, lane };
}
