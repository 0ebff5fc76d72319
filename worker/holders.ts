import type pg from 'pg';
import { businessNow } from '../db/register/business-clock.js';
import { type Door } from '../db/register/door.js';
import {
  askedAbout,
  signatoryNotNeeded,
  withoutSignatory,
  wronglyHeld,
  type TaskOfCase,
} from '../db/people/deputies.js';
import { type Command } from '../domain/case/commands.js';
import { Refusal } from '../domain/errors.js';
import { dateOf } from '../domain/time/instants.js';

interface StandInDeps {
  readonly pool: pg.Pool;
  readonly door: Door;
  readonly onError: (error: unknown, about: string) => void;
}

const limit = 100;

/**
 * Looks at who is there: a task in the hand of somebody who may not hold it is freed, one that nobody of its agency can sign goes to the City's
 * leadership, and no longer once somebody can. Level, not edge: a change of people, an absence or a recusal needs to tell nobody. True where
 * something was done.
 */
export async function lookAfterHolders({ pool, door, onError }: StandInDeps): Promise<boolean> {
  const now = await businessNow(pool);
  const today = dateOf(now);
  let done = 0;
  const tell = async (tasks: readonly TaskOfCase[], what: string, commandOf: (task: TaskOfCase) => Command) => {
    for (const task of tasks) {
      const operationId = `stand-ins/${task.id}/${what}/${now}`;
      const told = { caseCode: task.caseCode, actor: { kind: 'clock' }, occurredAt: now, operationId } as const;
      try {
        await door.handle({ ...told, command: commandOf(task), bodyHash: '' });
        done += 1;
      } catch (error) {
        // The case ended meanwhile: nobody holds anything there any more.
        if (!(error instanceof Refusal) || error.code !== 'CASE_CLOSED') onError(error, task.id);
      }
    }
  };
  for (const { holder, ...task } of await wronglyHeld(pool, today, limit)) {
    await tell([task], 'free', ({ id }) => ({ type: 'freeTask', taskId: id, from: holder }));
  }
  const asks = (wanted: boolean) => (task: TaskOfCase) => ({ type: 'askSignatory', taskId: task.id, wanted }) as const;
  const asked = await askedAbout(pool);
  await tell(await withoutSignatory(pool, today, asked, limit), 'ask', asks(true));
  // Mostly leadership is asked nothing.
  if (asked.length > 0) await tell(await signatoryNotNeeded(pool, today, asked, limit), 'drop', asks(false));
  return done > 0;
}
