import type pg from 'pg';
import type { Assignee } from '../../domain/case/task/commands.js';
import { type Role } from '../../domain/case/events.js';
import { refuse } from '../../domain/errors.js';
import { addDays, dateOf, laterOf, startOf, type Instant, type PlainDate } from '../../domain/time/instants.js';
import { plan } from '../register/agenda.js';
import { inTransaction, rows } from '../pool.js';
import { type Person } from './people.js';

/** Who stands in for whom, from the first day to the last, both counted. */
export interface Delegation {
  readonly id: string;
  readonly person: { readonly id: string; readonly name: string };
  readonly delegate: { readonly id: string; readonly name: string };
  readonly agency: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly reason: string | null;
  readonly createdAt: Instant;
  /** null: who is to stand in has not said yes. */
  readonly acceptedAt: Instant | null;
  readonly declinedAt: Instant | null;
  readonly revokedAt: Instant | null;
  /** The head who noted the absence of somebody else. */
  readonly notedBy: string | null;
}

/** On the agenda at the start of the first day: what they hold goes to the delegate. */
export const absenceBegins = 'absence-begins';

/** Whether somebody of this role may stand in for somebody of that one, in the same agency. A head may have an officer sign, and may do what any of them may. */
export const standsIn = (delegate: Role, absent: Role): boolean =>
  delegate === absent || delegate === 'head' || (absent === 'head' && delegate === 'officer');

export interface NewDelegation {
  /** Who is away. */
  readonly person: Person;
  /** Who notes it: they themselves, or the head of their agency. */
  readonly by: string;
  /** How long somebody may be stood in for at most, first and last day counted. */
  readonly longestDays: number;
  readonly delegate: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly reason: string;
  readonly key: string;
  readonly bodyHash: string;
}

/**
 * Notes an absence and who stands in, once per (person, key). Refuses `DELEGATION_TO_SELF`; `UNKNOWN_VALUE` for a delegate who is nobody of that
 * agency, or of a role that does not fit; `VALIDATION_FAILED` for a term that is past or ends before it begins; `TERM_TOO_LONG`; `PRECONDITION_FAILED`
 * where it would overlap, lead to somebody who is away then, or make a chain; `IDEMPOTENCY_KEY_REUSED`. It holds once who is to stand in has accepted
 * it; a head who stands in for whom they note themselves has.
 */
export async function delegate(
  pool: pg.Pool,
  asked: NewDelegation,
  now: Instant,
): Promise<{ delegation: Delegation; replayed: boolean }> {
  return inTransaction(pool, async (client) => {
    const { person, from, to, by, bodyHash } = asked;
    // Two people may note the absence of a third, each under a key of their own.
    const key = by === person.id ? asked.key : `${by}/${asked.key}`;
    // The rules look at what others of the agency have noted: one at a time there.
    await client.query(`select pg_advisory_xact_lock(hashtext('delegation ' || $1))`, [person.agency]);
    const [known] = await rows<{ id: string; body_hash: string }>(
      client,
      'select id, body_hash from delegation where person = $1 and key = $2',
      [person.id, key],
    );
    if (known && known.body_hash !== bodyHash) refuse('IDEMPOTENCY_KEY_REUSED', { key });
    if (known) return { delegation: await getDelegation(client, known.id), replayed: true };
    await checkDelegation(client, asked, dateOf(now));
    const [made] = await rows<{ id: string }>(
      client,
      `insert into delegation (person, delegate, from_date, to_date, reason, key, body_hash, created_at, noted_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
      [person.id, asked.delegate, from, to, asked.reason, key, bodyHash, now, by === person.id ? null : by],
    );
    const id = made?.id ?? '';
    if (by === asked.delegate) await accept(client, id, from, now);
    return { delegation: await getDelegation(client, id), replayed: false };
  });
}

async function checkDelegation(client: pg.PoolClient, asked: NewDelegation, today: PlainDate): Promise<void> {
  const { person, delegate: other, from, to } = asked;
  if (other === person.id) refuse('DELEGATION_TO_SELF');
  if (from < today) refuse('VALIDATION_FAILED', { field: 'from', today });
  if (to < from) refuse('VALIDATION_FAILED', { field: 'to', from });
  if (to > addDays(from, asked.longestDays - 1)) refuse('TERM_TOO_LONG', { longestDays: asked.longestDays });
  const [found] = await rows<{ role: Role }>(
    client,
    'select role from person where id = $1 and active and agency = $2',
    [other, person.agency],
  );
  if (!found || !standsIn(found.role, person.role)) refuse('UNKNOWN_VALUE', { field: 'delegate' });
  await checkFree(client, { person: person.id, delegate: other, from, to });
}

/** Nobody is away twice, stands in while away, or is away while standing in; a question that was not answered yet binds nobody but who asked it. */
async function checkFree(
  client: pg.PoolClient,
  asked: { readonly person: string; readonly delegate: string; readonly from: PlainDate; readonly to: PlainDate },
  self: string | null = null,
): Promise<void> {
  const { person: away, delegate: other, from, to } = asked;
  const overlapping = await rows<{ id: string; person: string; delegate: string }>(
    client,
    `select id, person, delegate from delegation where revoked_at is null and declined_at is null and from_date <= $3 and to_date >= $2
       and (person in ($1, $4) or (delegate = $1 and accepted_at is not null)) and id::text is distinct from $5`,
    [away, from, to, other, self],
  );
  for (const { id, person: absent } of overlapping) {
    const reason = absent === away ? 'overlap' : absent === other ? 'delegate-absent' : 'chain';
    refuse('PRECONDITION_FAILED', { delegation: id, reason });
  }
}

const accept = async (client: pg.PoolClient, id: string, from: PlainDate, now: Instant): Promise<void> => {
  await client.query('update delegation set accepted_at = $2 where id = $1', [id, now]);
  await plan(client, [{ kind: absenceBegins, ref: id, at: laterOf(startOf(from), now) }]);
};

/**
 * Whoever is to stand in says yes or no. The same answer again changes nothing. Refuses `PRECONDITION_FAILED` where it was answered otherwise, has
 * ended, or does not fit any more what was noted meanwhile.
 */
export async function answerDelegation(pool: pg.Pool, id: string, yes: boolean, now: Instant): Promise<Delegation> {
  return inTransaction(pool, async (client) => {
    const { agency } = await getDelegation(client, id);
    await client.query(`select pg_advisory_xact_lock(hashtext('delegation ' || $1))`, [agency]);
    const known = await getDelegation(client, id);
    const { person, delegate: other, from, to, acceptedAt, declinedAt, revokedAt } = known;
    if ((yes ? acceptedAt : declinedAt) !== null) return known;
    if (acceptedAt ?? declinedAt)
      refuse('PRECONDITION_FAILED', { delegation: id, answered: yes ? 'declined' : 'accepted' });
    if (revokedAt !== null || to < dateOf(now))
      refuse('PRECONDITION_FAILED', { delegation: id, ended: revokedAt ?? to });
    if (yes) {
      await checkFree(client, { person: person.id, delegate: other.id, from, to }, id);
      await accept(client, id, from, now);
    } else await client.query('update delegation set declined_at = $2 where id = $1', [id, now]);
    return getDelegation(client, id);
  });
}

/** Ends the right to stand in, at once. Ended before, it stays as it is. Refuses `NOT_FOUND` and, after its last day, `PRECONDITION_FAILED`. */
export async function revokeDelegation(pool: pg.Pool, id: string, by: string, now: Instant): Promise<Delegation> {
  return inTransaction(pool, async (client) => {
    const { to, revokedAt } = await getDelegation(client, id);
    if (revokedAt === null && to < dateOf(now)) refuse('PRECONDITION_FAILED', { delegation: id, ended: to });
    await client.query('update delegation set revoked_at = $2, revoked_by = $3 where id = $1 and revoked_at is null', [
      id,
      now,
      by,
    ]);
    return getDelegation(client, id);
  });
}

const columns = `d.id, d.from_date as "from", d.to_date as "to", d.reason, d.created_at as "createdAt", d.revoked_at as "revokedAt", p.agency,
  d.accepted_at as "acceptedAt", d.declined_at as "declinedAt", d.noted_by as "notedBy",
  json_build_object('id', p.id, 'name', p.name) as person, json_build_object('id', o.id, 'name', o.name) as delegate`;
const source = 'delegation d join person p on p.id = d.person join person o on o.id = d.delegate';

/** Undefined for an unknown or malformed id. */
export async function findDelegation(on: pg.Pool | pg.PoolClient, id: string): Promise<Delegation | undefined> {
  const [found] = await rows<Delegation & pg.QueryResultRow>(
    on,
    `select ${columns} from ${source} where d.id::text = $1`,
    [id],
  );
  return found;
}

const getDelegation = async (on: pg.PoolClient, id: string): Promise<Delegation> =>
  (await findDelegation(on, id)) ?? refuse('NOT_FOUND', { delegation: id });

/** Whose delegations to list: a person's own on either side, an agency's, or everybody's. Newest term first, at most 500. */
export async function listDelegations(
  pool: pg.Pool,
  whose: { readonly person: string } | { readonly agency: string } | { readonly all: true },
): Promise<Delegation[]> {
  const where =
    'person' in whose ? '$1 in (d.person, d.delegate)' : 'agency' in whose ? 'p.agency = $1' : '$1::text is null';
  const value = 'person' in whose ? whose.person : 'agency' in whose ? whose.agency : null;
  return rows<Delegation & pg.QueryResultRow>(
    pool,
    `select ${columns} from ${source} where ${where} order by d.from_date desc, d.id limit 500`,
    [value],
  );
}

/** SQL: the delegation `d` is accepted and runs on that day. */
export const delegationRuns = (on: string): string =>
  `d.accepted_at is not null and d.revoked_at is null and ${on}::date between d.from_date and d.to_date`;

const holds = `${delegationRuns('$2')} and p.active and o.active and p.agency = o.agency`;

/** For whom of their agency this person stands in on that day. */
export async function standingInFor(
  pool: pg.Pool,
  delegateId: string,
  on: PlainDate,
): Promise<{ readonly id: string; readonly role: Role }[]> {
  return rows<{ id: string; role: Role }>(
    pool,
    `select p.id, p.role from ${source} where d.delegate = $1 and ${holds} order by p.id`,
    [delegateId, on],
    'standing-in-for',
  );
}

/** Who gets what would come to this person on that day: their delegate while they are away, acting as they would. */
export async function assigneeFor(pool: pg.Pool, person: Assignee, on: PlainDate): Promise<Assignee> {
  const [found] = await rows<{ id: string; role: Role }>(
    pool,
    `select o.id, o.role from ${source} where d.person = $1 and ${holds}`,
    [person.id, on],
    'assignee-for',
  );
  return found ? actingFor(found, person) : person;
}

/** The delegate as the holder of what the absent person held: with the head's role where that is the head's. */
export const actingFor = (
  { id, role }: { readonly id: string; readonly role: Role },
  absent: Pick<Assignee, 'role' | 'agency'>,
): Assignee => ({ id, role: absent.role === 'head' ? 'head' : role, agency: absent.agency });

/** What somebody has in hand in every case. */
export const tasksHeldBy = (pool: pg.Pool, personId: string): Promise<{ id: string; caseCode: string }[]> =>
  rows<{ id: string; caseCode: string }>(
    pool,
    `select t.id, t.case_code as "caseCode" from task t where t.status in ('claimed', 'waiting') and t.claimed_by = $1 order by t.id`,
    [personId],
  );

/** Both people of a delegation as the register knows them now, while it holds on that day. */
export async function findAbsence(
  pool: pg.Pool,
  id: string,
  on: PlainDate,
): Promise<{ readonly person: string; readonly to: Assignee } | undefined> {
  const [found] = await rows<{ person: string; role: Role; agency: string; delegate: string; delegateRole: Role }>(
    pool,
    `select p.id as person, p.role, p.agency, o.id as delegate, o.role as "delegateRole" from ${source} where d.id::text = $1 and ${holds}`,
    [id, on],
  );
  if (!found) return undefined;
  const { person, role, agency } = found;
  return { person, to: actingFor({ id: found.delegate, role: found.delegateRole }, { role, agency }) };
}
