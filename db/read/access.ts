import type pg from 'pg';
import { type TaskRole } from '../../domain/case/task/words.js';
import { rows } from '../pool.js';

/** Whose case it is, and whether that investor ever gave this person a power of attorney (it may have ended, or not cover the act). */
export interface PartyToCase {
  readonly investor: string;
  readonly represented: boolean;
}

/** Undefined where there is no such case. */
export async function findParty(pool: pg.Pool, caseCode: string, personId: string): Promise<PartyToCase | undefined> {
  const [found] = await rows<PartyToCase & pg.QueryResultRow>(
    pool,
    `select h.investor, exists (
       select 1 from power_of_attorney p where p.grantor = h.investor and p.representative = $2
     ) as represented from case_head h where h.code = $1`,
    [caseCode, personId],
    'find-party',
  );
  return found;
}

/** Whose task it is. */
export interface TaskHolder {
  readonly agency: string;
  readonly role: TaskRole;
  /** Whom the City's leadership named for it. */
  readonly signatory: string | null;
  /** Whether the person who asks has declared an interest in its case. */
  readonly recused: boolean;
}

/** Undefined where there is no such task. */
export async function findTaskHolder(pool: pg.Pool, taskId: string, personId: string): Promise<TaskHolder | undefined> {
  const [found] = await rows<TaskHolder & pg.QueryResultRow>(
    pool,
    `select t.agency, t.role, t.signatory, exists (select from recusal r where r.case_code = t.case_code and r.person = $2) as recused
     from task t where t.id = $1`,
    [taskId, personId],
    'find-task-holder',
  );
  return found;
}
