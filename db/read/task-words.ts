import type pg from 'pg';
import { type EventOf } from '../../domain/case/events.js';
import { refsIn, said } from '../../domain/case/words.js';
import { type Instant } from '../../domain/time/instants.js';
import { eventOf } from '../register/chain-link.js';
import { rows } from '../pool.js';
import { textsOf } from '../register/texts.js';

/** How one task was completed, in the words of whoever did it. */
export interface TaskDone {
  readonly at: Instant;
  /** null: by no person. */
  readonly by: { readonly id: string; readonly name: string | null; readonly onBehalfOf: string | null } | null;
  readonly outcome: string;
  readonly note: string | null;
}

/** Every completed task of a case, by its id. */
export async function tasksDone(pool: pg.Pool, caseCode: string): Promise<ReadonlyMap<string, TaskDone>> {
  const found = await rows<{ canonical: string; name: string | null }>(
    pool,
    `select e.canonical, p.name from case_event e left join person p on p.id = e.actor ->> 'id' and e.actor ->> 'kind' = 'person'
     where e.case_code = $1 and e.type = 'taskCompleted' order by e.seq`,
    [caseCode],
    'tasks-done',
  );
  const events = found.map(({ canonical, name }) => ({ event: eventOf(canonical) as EventOf<'taskCompleted'>, name }));
  const words = await textsOf(pool, caseCode, refsIn(events.map(({ event }) => event.payload)));
  return new Map(
    events.map(({ event: { payload, occurredAt: at, actor }, name }) => {
      const by = actor.kind === 'person' ? { id: actor.id, name, onBehalfOf: actor.onBehalfOf ?? null } : null;
      return [payload.taskId, { at, by, outcome: payload.outcome, note: said(payload.note, words) }];
    }),
  );
}
