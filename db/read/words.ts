import type pg from 'pg';
import { type EventOf, type EventType } from '../../domain/case/events.js';
import { refsIn, said } from '../../domain/case/words.js';
import { type Instant } from '../../domain/time/instants.js';
import { eventOf } from '../register/chain-link.js';
import { rows } from '../pool.js';
import { textsOf } from '../register/texts.js';

async function eventsOf<T extends EventType>(pool: pg.Pool, caseCode: string, type: T) {
  const found = await rows<{ canonical: string; name: string | null }>(
    pool,
    `select e.canonical, p.name from case_event e left join person p on p.id = e.actor ->> 'id' and e.actor ->> 'kind' = 'person'
     where e.case_code = $1 and e.type = $2 order by e.seq`,
    [caseCode, type],
  );
  return found.map(({ canonical, name }) => ({ event: eventOf(canonical) as EventOf<T>, name }));
}

const personOf = ({ actor }: { readonly actor: EventOf<'workReturned'>['actor'] }): string =>
  actor.kind === 'person' ? actor.id : '';

/** One time that a step's work was sent back. `reason` is null once it was erased. */
export interface Return {
  readonly at: Instant;
  readonly by: { readonly id: string; readonly name: string | null };
  readonly step: string;
  /** null once erased. */
  readonly items: readonly (string | null)[];
  readonly reason: string | null;
}

/** How often, by whom and why the work on a step was sent back, oldest first. */
export async function returnsOf(pool: pg.Pool, caseCode: string, scope: string, step: string): Promise<Return[]> {
  const all = await eventsOf(pool, caseCode, 'workReturned');
  const found = all.filter(({ event }) => event.scope === scope && event.payload.step === step);
  const words = await textsOf(pool, caseCode, refsIn(found.map(({ event }) => event.payload)));
  return found.map(({ event, name }) => ({
    at: event.occurredAt,
    by: { id: personOf(event), name },
    step,
    items: event.payload.items.map((item) => said(item, words)),
    reason: words.get(event.payload.reason.id) ?? null,
  }));
}

/** Somebody who takes no part in a case any more, and why. */
export interface InterestDeclared {
  readonly person: { readonly id: string; readonly name: string | null };
  readonly at: Instant;
  readonly reason: string | null;
}

export async function interestsOf(pool: pg.Pool, caseCode: string): Promise<InterestDeclared[]> {
  const found = await eventsOf(pool, caseCode, 'interestDeclared');
  const words = await textsOf(
    pool,
    caseCode,
    found.map(({ event }) => event.payload.reason.id),
  );
  return found.map(({ event, name }) => ({
    person: { id: event.payload.person, name },
    at: event.occurredAt,
    reason: words.get(event.payload.reason.id) ?? null,
  }));
}
