import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { refuse } from '../../domain/errors.js';
import { actsOfMember, type MemberRole } from '../../domain/people/members.js';
import { overQuota } from '../../domain/people/quotas.js';
import { dateOf, type Instant } from '../../domain/time/instants.js';
import { type Law } from '../../domain/law/law.js';
import { writeNotices } from '../outbound/notices.js';
import { inTransaction, rows } from '../pool.js';

/** For which enterprise the sign-on vouches of somebody. */
export interface Vouched {
  readonly enterprise: string;
  readonly name: string;
}

/** Somebody in an organisation, or whom it has asked in. */
export interface Member {
  readonly person: string;
  /** null once they are no longer known. */
  readonly name: string | null;
  readonly as: MemberRole;
  readonly since: Instant;
  /** They have not answered yet: nothing is theirs. */
  readonly invited: boolean;
}

export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly enterprise: string;
  readonly members: readonly Member[];
}

/** Of how many people an organisation may be, those who are asked in among them. */
export const mostMembers = 100;
/** Who is a member is so until they leave. */
const forEver = '9999-12-31';

/** How long the word of the sign-on about an enterprise holds, unless a setting says otherwise. */
export const vouchedDays = 30;

/** What the sign-on said when they signed in, and for how many days of real time that holds; null: it vouches for none any more. */
export async function noteVouched(
  pool: pg.Pool,
  person: string,
  vouched: Vouched | null,
  days = vouchedDays,
): Promise<void> {
  if (vouched === null) {
    await pool.query('delete from enterprise_vouched where person = $1', [person]);
    return;
  }
  await pool.query(
    `insert into enterprise_vouched (person, enterprise, name, at, holds_until)
     select $1, $2, $3, coalesce(now, clock_timestamp()), clock_timestamp() + make_interval(days => $4) from rehearsal_clock
     on conflict (person) do update set enterprise = excluded.enterprise, name = excluded.name, at = excluded.at, holds_until = excluded.holds_until`,
    [person, vouched.enterprise, vouched.name, days],
  );
}

const stands = `w.member_as is not null and w.revoked_at is null and w.declined_at is null`;

/** SQL: the member `w` manages, and is somebody who can: accepted, active, not erased. */
export const managesNow = `${stands} and w.member_as = 'manages' and w.accepted_at is not null
  and exists (select from person m where m.id = w.representative and m.active and m.erased_at is null)`;

interface Joinable extends Vouched {
  readonly organisation: string | null;
  /** Whether somebody manages it; where nobody does, whoever is vouched for takes it over. */
  readonly managed: boolean;
  /** Whether a manager has seen this person out of it: only an invitation leads back. */
  readonly seenOut: boolean;
}

/** Undefined where the sign-on vouches for none, or what it said is too old. */
export async function vouchedFor(on: pg.Pool | pg.PoolClient, person: string): Promise<Joinable | undefined> {
  const [found] = await rows<Joinable & pg.QueryResultRow>(
    on,
    `select v.enterprise, v.name, o.id as organisation,
       exists (select from power_of_attorney w where w.grantor = o.id and ${managesNow}) as managed,
       exists (select from power_of_attorney w where w.grantor = o.id and w.representative = v.person and w.member_as is not null
         and w.accepted_at is not null and w.ended_by <> w.representative) as "seenOut"
     from enterprise_vouched v left join organisation o on o.enterprise = v.enterprise where v.person = $1 and v.holds_until > clock_timestamp()`,
    [person],
    'vouched-for',
  );
  return found;
}

/** The organisations that somebody is in, or is asked into; of one that only asks them nobody else is told. */
export async function organisationsOf(pool: pg.Pool, person: string): Promise<Organisation[]> {
  const found = await rows<Organisation & pg.QueryResultRow>(
    pool,
    `select o.id, p.name, o.enterprise, (
       select coalesce(json_agg(json_build_object('person', w.representative, 'name', m.name, 'as', w.member_as,
         'since', coalesce(w.accepted_at, w.granted_at), 'invited', w.accepted_at is null) order by w.granted_at, w.representative), '[]')
       from power_of_attorney w left join person m on m.id = w.representative and m.erased_at is null
       where w.grantor = o.id and ${stands} and (mine.accepted_at is not null or w.representative = $1)
     ) as members
     from power_of_attorney mine join organisation o on o.id = mine.grantor join person p on p.id = o.id
     where mine.representative = $1 and mine.member_as is not null and mine.revoked_at is null and mine.declined_at is null
     order by p.name, o.id`,
    [person],
    'organisations-of',
  );
  return found.map((one) => ({
    ...one,
    members: one.members.map((member) => ({ ...member, since: new Date(member.since).toISOString() })),
  }));
}

interface Kept {
  readonly id: string;
  readonly person: string;
  readonly as: MemberRole;
  readonly accepted: boolean;
  /** Manages it, and is somebody who can. */
  readonly managing: boolean;
}

const keptIn = (client: pg.PoolClient, organisation: string): Promise<Kept[]> =>
  rows<Kept & pg.QueryResultRow>(
    client,
    `select w.id::text, w.representative as person, w.member_as as as, w.accepted_at is not null as accepted,
       (${managesNow}) as managing
     from power_of_attorney w where w.grantor = $1 and ${stands}`,
    [organisation],
    'members-kept',
  );

/** Nothing changes in the organisations of this person until the transaction is over: neither the last two who manage one go at once. */
export const lockOrganisationsOf = async (client: pg.PoolClient, person: string): Promise<void> => {
  await client.query(
    `select pg_advisory_xact_lock(hashtext('organisation ' || grantor)) from (
       select distinct grantor from power_of_attorney where representative = $1 and member_as is not null order by 1) as own`,
    [person],
  );
};

/** One change of an organisation at a time, on what it is now; whose it is not looks like one that is not there. */
function changing<T>(
  pool: pg.Pool,
  organisation: string,
  work: (client: pg.PoolClient, members: readonly Kept[], now: Instant) => Promise<T>,
): Promise<T> {
  return inTransaction(pool, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtext('organisation ' || $1))`, [organisation]);
    const [found] = await rows<{ now: Instant }>(
      client,
      `select coalesce(c.now, clock_timestamp()) as now from organisation o cross join rehearsal_clock c where o.id = $1`,
      [organisation],
    );
    if (!found) return refuse('NOT_FOUND', { organisation });
    return work(client, await keptIn(client, organisation), found.now);
  });
}

const memberOf = (members: readonly Kept[], person: string): Kept | undefined =>
  members.find((one) => one.person === person);

function requireManager(members: readonly Kept[], organisation: string, person: string): void {
  const own = memberOf(members, person);
  if (!own?.accepted) refuse('NOT_FOUND', { organisation });
  if (own.as !== 'manages') refuse('FORBIDDEN', { organisation, as: own.as });
}

const add = (
  client: pg.PoolClient,
  {
    organisation,
    person,
    as,
    now,
    accepted,
  }: { organisation: string; person: string; as: MemberRole; now: Instant; accepted: boolean },
) =>
  client.query(
    `insert into power_of_attorney (id, grantor, representative, acts, procedures, from_date, to_date, granted_at, accepted_at, member_as)
     values (gen_random_uuid(), $1, $2, $3, null, $4, $5, $6, $7, $8)`,
    [organisation, person, actsOfMember[as], dateOf(now), forEver, now, accepted ? now : null, as],
  );

/** `by`: who ended it; null where another membership takes its place. */
const end = (client: pg.PoolClient, { id }: Kept, now: Instant, by: string | null) =>
  client.query('update power_of_attorney set revoked_at = $2, ended_by = $3 where id = $1', [id, now, by]);

/**
 * The enterprise for which the sign-on vouches becomes an organisation whose first manager this person is; once, whoever of its people asks first. The same again changes
 * nothing. Refuses `ENTERPRISE_NOT_VOUCHED`, and `CONFLICT` where another of its people was first: it is joined.
 */
export function foundOrganisation(pool: pg.Pool, person: string): Promise<string> {
  return inTransaction(pool, async (client) => {
    const vouched = (await vouchedFor(client, person)) ?? refuse('ENTERPRISE_NOT_VOUCHED');
    await client.query(`select pg_advisory_xact_lock(hashtext('enterprise ' || $1))`, [vouched.enterprise]);
    const { organisation } = (await vouchedFor(client, person)) ?? refuse('ENTERPRISE_NOT_VOUCHED');
    if (organisation !== null) {
      const own = memberOf(await keptIn(client, organisation), person);
      return own?.accepted ? organisation : refuse('CONFLICT', { organisation });
    }
    const [clock] = await rows<{ now: Instant }>(
      client,
      'select coalesce(now, clock_timestamp()) as now from rehearsal_clock',
    );
    if (!clock) throw new Error('The register has no clock: migrate it first');
    const id = `organisation.${randomBytes(8).toString('hex')}`;
    // Nobody signs in with it and nothing is sent to it: its people are told.
    await client.query(
      `insert into person (id, name, role, organisation, email, language) values ($1, $2, 'investor', $2, '', 'vi')`,
      [id, vouched.name],
    );
    await client.query(`insert into notice_setting (person, mail, sms, digest) values ($1, false, false, false)`, [id]);
    await client.query('insert into organisation (id, enterprise, created_by, created_at) values ($1, $2, $3, $4)', [
      ...[id, vouched.enterprise, person, clock.now],
    ]);
    await add(client, { organisation: id, person, as: 'manages', now: clock.now, accepted: true });
    return id;
  });
}

/**
 * Somebody for whom the sign-on vouches as one of the same enterprise joins; they read until a manager lets them file, and its managers are told. Where nobody is left
 * who manages it, they take it over, and all its people are told. Refuses `ENTERPRISE_NOT_VOUCHED`, and `MEMBERSHIP_ENDED` to whom a manager has seen out: an invitation
 * leads back. Who is in already, or was asked in, is in.
 */
export const joinOrganisation = (pool: pg.Pool, law: Law, organisation: string, person: string): Promise<void> =>
  changing(pool, organisation, async (client, members, now) => {
    const vouched = await vouchedFor(client, person);
    const own = memberOf(members, person);
    const managers = members.filter(({ managing }) => managing);
    if (vouched?.organisation !== organisation) refuse('ENTERPRISE_NOT_VOUCHED', { organisation });
    const takesOver = managers.length === 0 && !vouched.seenOut;
    if (own?.accepted && !takesOver) return;
    if (vouched.seenOut && own === undefined) refuse('MEMBERSHIP_ENDED', { organisation });
    requireRoom(members, own);
    if (own && !takesOver) await accept(client, own, now);
    else {
      if (own) await end(client, own, now, null);
      await add(client, { organisation, person, as: takesOver ? 'manages' : 'reads', now, accepted: true });
    }
    const told = (takesOver ? members.filter(({ accepted }) => accepted) : managers).filter((one) => one !== own);
    if (told.length === 0) return;
    const to = told.map((one) => one.person);
    const outcome = takesOver ? 'manages' : 'joined';
    await tell(client, law, { organisation, to, kind: 'member-joined', outcome, at: now });
  });

interface Told {
  readonly organisation: string;
  readonly to: readonly string[];
  readonly kind: 'member-joined' | 'member-invited';
  readonly outcome: string;
  readonly at: Instant;
}

/** Tells people of a change in an organisation, in the transaction of the change. */
async function tell(client: pg.PoolClient, law: Law, { organisation, to, kind, outcome, at }: Told): Promise<void> {
  const addressees = to.map((id) => ({ to: 'person', id }) as const);
  const ref = `organisation/${organisation}/${randomBytes(8).toString('hex')}`;
  const about = { vars: { outcome }, ref, caseCode: null, investor: null, at };
  await writeNotices(client, law, [{ addressees, kind, urgency: 'soon', ...about }]);
}

function requireRoom(members: readonly Kept[], own?: Kept): void {
  if (own === undefined && members.length >= mostMembers) overQuota('organisation-members', mostMembers);
}

const accept = (client: pg.PoolClient, { id }: Kept, now: Instant) =>
  client.query('update power_of_attorney set accepted_at = $2 where id = $1', [id, now]);

/**
 * A manager asks an investor in, who is told. Refuses `UNKNOWN_VALUE` for whoever is no investor, `DUPLICATE_REQUEST` for a member or somebody who was asked, `QUOTA_EXCEEDED`.
 */
export const inviteMember = (
  pool: pg.Pool,
  law: Law,
  organisation: string,
  by: string,
  { person, as }: { readonly person: string; readonly as: MemberRole },
): Promise<void> =>
  changing(pool, organisation, async (client, members, now) => {
    requireManager(members, organisation, by);
    if (memberOf(members, person)) refuse('DUPLICATE_REQUEST', { person });
    const [known] = await rows<{ ok: boolean }>(
      client,
      `select role = 'investor' and active and not exists (select from organisation o where o.id = p.id) as ok from person p where id = $1`,
      [person],
    );
    if (!known?.ok) refuse('UNKNOWN_VALUE', { field: 'person' });
    requireRoom(members);
    await add(client, { organisation, person, as, now, accepted: false });
    await tell(client, law, { organisation, to: [person], kind: 'member-invited', outcome: as, at: now });
  });

/** Whoever was asked in says yes or no. The same again changes nothing; refuses `NOT_FOUND` to whoever was not asked. */
export const answerInvitation = (pool: pg.Pool, organisation: string, person: string, yes: boolean): Promise<void> =>
  changing(pool, organisation, async (client, members, now) => {
    const own = memberOf(members, person) ?? refuse('NOT_FOUND', { organisation });
    if (own.accepted) return yes ? undefined : refuse('PRECONDITION_FAILED', { accepted: true });
    if (yes) await accept(client, own, now);
    else await client.query('update power_of_attorney set declined_at = $2 where id = $1', [own.id, now]);
  });

/** Who would be the last to manage it does not go, and is nothing less: refuses `LAST_MANAGER`. */
function requireAnotherManager(members: readonly Kept[], leaving: Kept): void {
  const others = members.filter((one) => one !== leaving && one.managing);
  if (leaving.accepted && leaving.as === 'manages' && others.length === 0)
    refuse('LAST_MANAGER', { person: leaving.person });
}

/** A manager makes somebody something else: from now on, by a membership of its own, so that what was true before stays. */
export const changeMember = (
  pool: pg.Pool,
  organisation: string,
  by: string,
  { person, as }: { readonly person: string; readonly as: MemberRole },
): Promise<void> =>
  changing(pool, organisation, async (client, members, now) => {
    requireManager(members, organisation, by);
    const member = memberOf(members, person) ?? refuse('UNKNOWN_VALUE', { field: 'person' });
    if (member.as === as) return;
    requireAnotherManager(members, member);
    await end(client, member, now, null);
    await add(client, { organisation, person, as, now, accepted: member.accepted });
  });

/** Somebody leaves, or a manager sees them out: from now on they read and do nothing more of it; what they did stays theirs. */
export const endMembership = (pool: pg.Pool, organisation: string, by: string, person: string): Promise<void> =>
  changing(pool, organisation, async (client, members, now) => {
    if (by !== person) requireManager(members, organisation, by);
    const member = memberOf(members, person) ?? refuse('NOT_FOUND', { organisation, person });
    requireAnotherManager(members, member);
    await end(client, member, now, by);
  });
