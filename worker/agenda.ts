import type pg from 'pg';
import { dueItems, postpone, strikeOff, type AgendaItem, type AgendaKinds } from '../db/register/agenda.js';
import { businessNow } from '../db/register/business-clock.js';
import { type Instant } from '../domain/time/instants.js';
import { paced } from '../engine/worker/loop.js';
import { onBehalfOf } from '../ops/request-context.js';

/** Does one thing of its kind; may be called again for the same one, after a failure or by another worker at the same time. */
export type AgendaHandler = (item: AgendaItem, now: Instant) => Promise<void>;

interface AgendaDeps extends AgendaKinds {
  readonly pool: pg.Pool;
  readonly handlers: Readonly<Record<string, AgendaHandler>>;
  readonly onError: (error: unknown, about: string) => void;
}

const atOnce = 100;

/** One round over what is due; see `paced`. What fails stays on the agenda, behind everything else. */
export async function workOffAgenda({ pool, handlers, onError, ...kinds }: AgendaDeps): Promise<boolean | 'soon'> {
  const now = await businessNow(pool);
  const due = await dueItems(pool, now, atOnce, kinds);
  let done = 0;
  for (const item of due) {
    try {
      const handle = handlers[item.kind];
      if (!handle) throw new Error(`Nobody handles ${item.kind}`);
      await onBehalfOf(item.requestId, () => handle(item, now));
      await strikeOff(pool, item.id, now);
      done += 1;
    } catch (error) {
      onError(error, `${item.kind} ${item.ref}`);
      await postpone(pool, item.id);
    }
  }
  return due.length === atOnce || paced(done, atOnce);
}
