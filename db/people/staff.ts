import type pg from 'pg';
import { type Assignee } from '../../domain/case/task/commands.js';
import { refuse, type ErrorCode } from '../../domain/errors.js';
import { type StaffRole, staffRoles } from '../../domain/people/access-scopes.js';
import { type Instant } from '../../domain/time/instants.js';
import { inTransaction, rows } from '../pool.js';
import { type TaskOfCase } from './deputies.js';

/** Somebody who works in an agency, or for the City's leadership or a council. */
export interface StaffMember {
  readonly id: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly agency: string | null;
  readonly email: string;
  readonly phone: string | null;
  readonly language: 'vi' | 'en';
}

/** What an admin has decided of one person, by a document. */
export type StaffAct =
  | { readonly kind: 'join'; readonly member: StaffMember }
  | { readonly kind: 'move'; readonly person: string; readonly role: StaffRole; readonly agency: string | null }
  | { readonly kind: 'leave'; readonly person: string };

/** Why one of them cannot be. */
export interface StaffFault {
  readonly person: string;
  readonly code: ErrorCode;
  readonly field?: string;
}

interface Request {
  /** Made from who asked under which key. */
  readonly id: string;
  readonly bodyHash: string;
  readonly by: string;
  readonly document: string;
}

interface Kept {
  readonly role: string;
  readonly agency: string | null;
  readonly active: boolean;
}

const agencyless: readonly StaffRole[] = ['leader', 'expert'];
const needsAgency = (role: StaffRole): boolean => !agencyless.includes(role);
const isStaff = (role: string): role is StaffRole => staffRoles.some((one) => one === role);

/** Faults of all of them at once, each on what the register holds now: nothing is written. */
export async function staffFaults(on: pg.Pool | pg.PoolClient, acts: readonly StaffAct[]): Promise<StaffFault[]> {
  const ids = acts.map((act) => (act.kind === 'join' ? act.member.id : act.person));
  const kept = new Map(
    (
      await rows<Kept & { id: string }>(on, 'select id, role, agency, active from person where id = any ($1)', [ids])
    ).map((one) => [one.id, one]),
  );
  const named = acts
    .flatMap((act) => (act.kind === 'leave' ? [] : [placeOf(act).agency]))
    .filter((one) => one !== null);
  const known = new Map(
    (
      await rows<{ code: string; merged: boolean }>(
        on,
        `select code, data ->> 'mergedInto' is not null as merged from agency where code = any ($1)`,
        [named],
      )
    ).map(({ code, merged }) => [code, merged]),
  );
  const seen = new Set<string>();
  return acts.flatMap((act, n) => {
    const person = ids[n] ?? '';
    const fault = (code: ErrorCode, field?: string): StaffFault[] => [{ person, code, ...(field && { field }) }];
    if (seen.has(person)) return fault('DUPLICATE_REQUEST', 'id');
    seen.add(person);
    const before = kept.get(person);
    if (act.kind === 'join') {
      if (before) return fault('CONFLICT', 'id');
    } else {
      if (!before) return fault('NOT_FOUND', 'id');
      // Who may change the law and the people is set by whoever owns the installation, never by one of them.
      if (!isStaff(before.role)) return fault('FORBIDDEN', 'role');
      if (!before.active) return fault('PRECONDITION_FAILED', 'active');
      if (act.kind === 'leave') return [];
    }
    const { role, agency } = placeOf(act);
    if ((agency !== null) !== needsAgency(role)) return fault('VALIDATION_FAILED', 'agency');
    if (agency === null) return [];
    const merged = known.get(agency);
    return merged === undefined ? fault('UNKNOWN_VALUE', 'agency') : merged ? fault('AGENCY_MERGED', 'agency') : [];
  });
}

const placeOf = (act: Exclude<StaffAct, { kind: 'leave' }>) => (act.kind === 'join' ? act.member : act);

/** When it was decided, and whether that was an earlier request under the same key. */
interface StaffChanged {
  readonly at: Instant;
  readonly replayed: boolean;
}

/**
 * All of it in one transaction, or nothing: refused with the first fault, and all of them beside it. The same request again changes nothing.
 */
export function changeStaff(
  pool: pg.Pool,
  { id, bodyHash, by, document }: Request,
  acts: readonly StaffAct[],
): Promise<StaffChanged> {
  return inTransaction(pool, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtext('staff'))`);
    const [known] = await rows<{ same: boolean; at: Instant }>(
      client,
      'select body_hash = $2 as same, at from person_change where id = $1 limit 1',
      [id, bodyHash],
    );
    if (known?.same === false) refuse('IDEMPOTENCY_KEY_REUSED');
    if (known) return { at: known.at, replayed: true };
    const [fault, ...others] = await staffFaults(client, acts);
    if (fault) refuse(fault.code, { ...fault, ...(others.length > 0 && { others: others.slice(0, 50) }) });
    const [clock] = await rows<{ now: Instant }>(
      client,
      'select coalesce(now, clock_timestamp()) as now from rehearsal_clock',
    );
    if (!clock) throw new Error('The register has no clock: migrate it first');
    for (const [n, act] of acts.entries()) {
      const person = act.kind === 'join' ? act.member.id : act.person;
      const { role, agency } = act.kind === 'leave' ? { role: null, agency: null } : placeOf(act);
      if (act.kind === 'join') await insertMember(client, act.member);
      await client.query(
        `insert into person_change (id, n, body_hash, person, kind, before_role, before_agency, role, agency, document, by, at)
         select $1, $2, $3, p.id, $5, case when $5 <> 'join' then p.role end, case when $5 <> 'join' then p.agency end, $6, $7, $8, $9, $10
         from person p where p.id = $4`,
        [id, n, bodyHash, person, act.kind, role, agency, document, by, clock.now],
      );
      if (act.kind === 'move')
        await client.query('update person set role = $2, agency = $3 where id = $1', [person, act.role, act.agency]);
      if (act.kind === 'leave') await client.query('update person set active = false where id = $1', [person]);
    }
    return { at: clock.now, replayed: false };
  });
}

const insertMember = (client: pg.PoolClient, { id, name, role, agency, email, phone, language }: StaffMember) =>
  client.query(
    'insert into person (id, name, role, agency, email, phone, language) values ($1, $2, $3, $4, $5, $6, $7)',
    [id, name, role, agency, email, phone, language],
  );

/** What somebody holds and may not hold as they stand now: all of it where they have left or moved to another agency. */
export const heldWrongly = (pool: pg.Pool, person: string): Promise<TaskOfCase[]> =>
  rows<TaskOfCase & pg.QueryResultRow>(
    pool,
    `select t.id, t.case_code as "caseCode" from task t join person p on p.id = t.claimed_by
     where t.claimed_by = $1 and t.status in ('claimed', 'waiting')
       and (not p.active or p.agency is distinct from t.agency or (p.role <> t.role and p.role <> 'head')) order by t.id`,
    [person],
  );

/** Whoever takes over; undefined where the register has no such active person. */
export async function findSuccessor(pool: pg.Pool, id: string): Promise<Assignee | undefined> {
  const [found] = await rows<Assignee & pg.QueryResultRow>(
    pool,
    'select id, role, agency from person where id = $1 and active',
    [id],
  );
  return found;
}
