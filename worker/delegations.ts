import type pg from 'pg';
import { findAbsence, tasksHeldBy } from '../db/people/delegations.js';
import { type Door } from '../db/register/door.js';
import { Refusal } from '../domain/errors.js';
import { dateOf } from '../domain/time/instants.js';
import { type AgendaHandler } from './agenda.js';

/**
 * The first day of an absence: hands over every task that the absent person holds. A delegation that was revoked, or is over, hands over nothing.
 * Again is once: each task is one operation of the delegation.
 */
export function handOverAbsence({ pool, door }: { readonly pool: pg.Pool; readonly door: Door }): AgendaHandler {
  return async ({ ref }, now) => {
    const absence = await findAbsence(pool, ref, dateOf(now));
    if (!absence) return;
    const { person: from, to } = absence;
    for (const { id: taskId, caseCode } of await tasksHeldBy(pool, from)) {
      try {
        await door.handle({
          caseCode,
          command: { type: 'handOverTask', taskId, from, to },
          actor: { kind: 'clock' },
          occurredAt: now,
          operationId: `delegation/${ref}/${taskId}`,
          bodyHash: '',
        });
      } catch (error) {
        // The case ended meanwhile: nobody holds anything there any more.
        if (!(error instanceof Refusal) || error.code !== 'CASE_CLOSED') throw error;
      }
    }
  };
}
