import type pg from 'pg';
import { type Investor } from '../../domain/schemas/project.js';
import { type Instant } from '../../domain/time/instants.js';
import { eventOf } from '../register/chain-link.js';
import { rows } from '../pool.js';

/** What an earlier case of the investor says, and which one. */
export interface EarlierFact {
  readonly field: 'name' | 'country' | 'registrationNumber' | 'language';
  readonly value: string;
  readonly case: string;
  readonly at: Instant;
}

/**
 * What our own register knows of an investor: how they named themselves in their latest filing, and the number under which their company was
 * registered in the course of a case.
 */
export async function earlierFacts(pool: pg.Pool, investor: string): Promise<EarlierFact[]> {
  const [latest] = await rows<{ code: string; at: Instant; investor: Investor }>(
    pool,
    `select h.code, h.opened_at as at, coalesce(f.body -> 'investor', f.body -> 'applicant') as investor from case_head h join filing f on f.case_code = h.code
     where h.investor = $1 and f.body is not null order by h.opened_at desc limit 1`,
    [investor],
    'latest-filing',
  );
  if (!latest) return [];
  const { code, at } = latest;
  const { name, country, registrationNumber, language } = latest.investor;
  const fact = (field: EarlierFact['field'], value: string): EarlierFact => ({ field, value, case: code, at });
  const registered = await registeredNumber(pool, investor);
  const number =
    registered ?? (registrationNumber === null ? undefined : fact('registrationNumber', registrationNumber));
  return [fact('name', name), fact('country', country), fact('language', language), ...(number ? [number] : [])];
}

/** The enterprise code that the tax authority gave in the last company registration. */
async function registeredNumber(pool: pg.Pool, investor: string): Promise<EarlierFact | undefined> {
  const [found] = await rows<{ code: string; canonical: string }>(
    pool,
    `select e.case_code as code, e.canonical from case_head h join case_event e on e.case_code = h.code
     where h.investor = $1 and e.type = 'stepCompleted' and e.canonical::json -> 'payload' ->> 'step' = 'tax-code'
       and e.canonical::json -> 'payload' ->> 'by' = 'system' order by e.occurred_at desc limit 1`,
    [investor],
    'registered-number',
  );
  const event = found && eventOf(found.canonical);
  if (event?.type !== 'stepCompleted' || typeof event.payload.reference !== 'string') return undefined;
  return { field: 'registrationNumber', value: event.payload.reference, case: found?.code ?? '', at: event.occurredAt };
}
