import type pg from 'pg';
import { taskToSign } from '../../domain/case/approval/signatories.js';
import { type PlainDate } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import { unfinished } from '../unfinished.js';
import { delegationRuns } from './delegations.js';

/** A task, of a case. */
export interface TaskOfCase {
  readonly id: string;
  readonly caseCode: string;
}

/** Stands in for an active head of the agency on day `$1`, as long as that head is not barred either. */
const standsInForHead = (person: string, barred = `'{}'::text[]`): string => `exists (
  select 1 from delegation d join person h on h.id = d.person
  where d.delegate = ${person}.id and h.role = 'head' and h.active and h.agency = ${person}.agency and not h.id = any (${barred})
    and ${delegationRuns('$1')})`;

/** Some head who is there, a stand-in who has accepted, or whom leadership named; nobody who takes no part or signs their own work. */
const somebodyMay = `exists (
  select 1 from person p where p.active and p.agency = t.agency and not p.id = any (t.barred) and (
    p.id = t.signatory
    or (p.role = 'head' and not exists (
      select 1 from delegation a where a.person = p.id and a.revoked_at is null and $1::date between a.from_date and a.to_date))
    or ${standsInForHead('p', 't.barred')}))`;

/** Its agency was merged: the task is about to be handed to the one that took its place, and nobody looks at who may hold it before. One that could not be handed over is looked at. */
const isHandedOver = `exists (
  select from law_change m where m.code = t.agency and m.status = 'pending' and m.data ->> 'mergedInto' is not null)`;

/** The tasks about which the City's leadership is asked now. */
export async function askedAbout(pool: pg.Pool): Promise<string[]> {
  const open = await rows<{ key: string }>(
    pool,
    `select s.key from task s where s.kind = 'signatory' and s.role = 'leader' and ${unfinished('s')}`,
    [],
    'open-signatories',
  );
  return open.flatMap(({ key }) => taskToSign({ kind: 'signatory', key }) ?? []);
}

/** What only a head may do and nobody of the agency can: the head is gone, away without a stand-in, or barred. Not yet asked of leadership. */
export const withoutSignatory = (
  pool: pg.Pool,
  today: PlainDate,
  asked: readonly string[],
  limit: number,
): Promise<TaskOfCase[]> =>
  rows<TaskOfCase & pg.QueryResultRow>(
    pool,
    `select t.id, t.case_code as "caseCode" from task t
     where t.role = 'head' and ${unfinished('t')} and not t.id = any ($3::text[]) and not ${somebodyMay} and not ${isHandedOver} order by t.id limit $2`,
    [today, limit, asked],
    'without-signatory',
  );

/** What leadership is asked about although somebody may do it again; answers the tasks to be signed. */
export const signatoryNotNeeded = (
  pool: pg.Pool,
  today: PlainDate,
  asked: readonly string[],
  limit: number,
): Promise<TaskOfCase[]> =>
  rows<TaskOfCase & pg.QueryResultRow>(
    pool,
    `select t.id, t.case_code as "caseCode" from task t where t.id = any ($3::text[]) and ${somebodyMay} order by t.id limit $2`,
    [today, limit, asked],
    'signatory-not-needed',
  );

/** Tasks in the hand of somebody who may not hold them any more: they have gone, moved, or stood in for a head who is back. */
export const wronglyHeld = (
  pool: pg.Pool,
  today: PlainDate,
  limit: number,
): Promise<(TaskOfCase & { readonly holder: string })[]> =>
  rows<TaskOfCase & { holder: string } & pg.QueryResultRow>(
    pool,
    `select t.id, t.case_code as "caseCode", t.claimed_by as holder from task t left join person p on p.id = t.claimed_by
     where t.status in ('claimed', 'waiting') and t.claimed_by is not null and (
       p.id is null or not p.active
       or (t.role = 'leader' and p.role <> 'leader')
       or (t.role <> 'leader' and p.agency is distinct from t.agency)
       or (t.role <> 'leader' and p.role <> t.role and p.role <> 'head' and p.id is distinct from t.signatory and not ${standsInForHead('p')}))
       and not ${isHandedOver}
     order by t.id limit $2`,
    [today, limit],
    'wrongly-held',
  );
