import type pg from 'pg';
import type { Law } from '../../domain/law/law.js';
import { foldTargets, requireTarget, type SetTarget, type TargetAct } from '../../domain/leadership/target.js';
import type { Instant } from '../../domain/time/instants.js';
import { inTransaction } from '../pool.js';
import { chainAct, chainedActs, isActKnown, lockSubject, targetSubject } from '../register/leadership-acts.js';
import type { Person } from '../people/people.js';

/** The targets of a year, by agency and figure. */
export const targetsOf = async (on: pg.Pool | pg.PoolClient, year: number): Promise<SetTarget[]> =>
  foldTargets(await chainedActs<TargetAct>(on, targetSubject(year)));

/** Sets, changes or takes back one target, once under its key. Refuses as `requireTarget` does. */
export const setTarget = (
  pool: pg.Pool,
  law: Law,
  asked: { year: number; act: TargetAct; by: Pick<Person, 'id' | 'role'>; key: string },
  now: Instant,
): Promise<void> =>
  inTransaction(pool, async (client) => {
    const { year, act, by, key } = asked;
    const subject = targetSubject(year);
    await lockSubject(client, subject);
    if (await isActKnown(client, subject, by.id, key)) return;
    requireTarget(act, year, by, law, now);
    const kept = await chainedActs<TargetAct>(client, subject);
    await chainAct(client, subject, { n: kept.length + 1, at: now, by: by.id, act }, key);
  });
