import type pg from 'pg';
import { type PersonRole } from '../../domain/people/access-scopes.js';
import { type CaseEvent } from '../../domain/case/events.js';
import { apply, emptyCase } from '../../domain/case/fold.js';
import { type Law } from '../../domain/law/law.js';
import { type LawSource } from '../law/live-law.js';
import { noticesOf } from '../../domain/notices/notices.js';
import { type Addressee, type NoticeDraft, type Urgency } from '../../domain/notices/kinds.js';
import { defaultNoticeSettings, dueOf, lastOpening, type NoticeSettings } from '../../domain/notices/sending.js';
import { dateOf, earlierOf, laterOf, type Instant, type PlainDate } from '../../domain/time/instants.js';
import { plan } from '../register/agenda.js';
import { eventOf } from '../register/chain-link.js';
import { isFree } from '../register/feed.js';
import { inTransaction, rows } from '../pool.js';
import { bookFault, clearFault, createRetries, type Faulty } from '../register/quarantine.js';

/** Name of the notifier among those who read what happened. */
export const notifierReader = 'notifier';
/** What stands on the agenda where notices wait for an office to open; the reference is `{person}/{instant}`. */
export const noticesDue = 'notices-due';

export interface Notifier {
  /** Tells people of what lies in the outbox, oldest first; answers of how many events (0 = it is empty, or another process is at it). */
  runOnce(): Promise<number>;
}

/** Of how many events at once it tells at most. */
export const noticesAtOnce = 100;
// Where a batch fails, its events go one by one.
const oneByOne = 20;
const eventsAtOnce = 500;

/**
 * Empties the outbox that commands fill with the notices of their events. Notices, what goes out by which channel and when, and the emptying are one
 * transaction: each notice once per person. An event that can't be told is set aside and tried again by itself; the others go on.
 */
export function createNotifier({ pool, law }: { readonly pool: pg.Pool; readonly law: LawSource }): Notifier {
  const due = createRetries(pool, notifierReader);
  /** False where another process is at it. */
  const tellAlone = async (event: Faulty): Promise<boolean> => {
    try {
      return await inTransaction(pool, async (client) => {
        if (!(await isFree(client, notifierReader))) return false;
        await tell(client, law.current().law, await outboxOf(client, event));
        await clearFault(client, notifierReader, event);
        return true;
      });
    } catch (error) {
      await bookFault(pool, notifierReader, event, error);
      return true;
    }
  };
  const nextOneByOne = async (): Promise<number> => {
    const next = await nextInOutbox(pool, oneByOne);
    for (const event of next) if (!(await tellAlone(event))) return 0;
    return next.length;
  };
  const nextBatch = (): Promise<number> =>
    inTransaction(pool, async (client) => {
      if (!(await isFree(client, notifierReader))) return 0;
      const next = await nextInOutbox(client, noticesAtOnce);
      await tell(client, law.current().law, next);
      return next.length;
    });
  return {
    runOnce: async () => {
      for (const event of await due()) await tellAlone(event);
      // At rest this is all there is to do.
      if ((await nextInOutbox(pool, 1)).length === 0) return 0;
      // Whatever made the batch fail is booked with the event that fails alone; where it is the register, that throws.
      return nextBatch().catch(() => nextOneByOne());
    },
  };
}

/** One notice to write: who and when are still to be found out. */
export interface PlannedNotice extends Omit<NoticeDraft, 'ref'> {
  readonly ref: string;
  readonly caseCode: string | null;
  /** The case's investor, where the notice is about a case. */
  readonly investor: string | null;
  readonly at: Instant;
}

/** What one event tells people, as its command left it. Null: its notices are still to be derived. */
interface Outgoing extends Faulty {
  readonly id: number;
  readonly at: Instant | null;
  readonly investor: string | null;
  readonly notices: readonly NoticeDraft[] | null;
}

const outboxColumns = 'o.id, o.case_code as "caseCode", o.seq, o.at, o.investor, o.notices';

const nextInOutbox = (on: pg.Pool | pg.PoolClient, limit: number): Promise<Outgoing[]> =>
  rows<Outgoing & pg.QueryResultRow>(
    on,
    `select ${outboxColumns} from notice_outbox o
     where not exists (select from reader_fault f where f.reader = $1 and f.case_code = o.case_code and f.seq = o.seq)
     order by o.id limit $2`,
    [notifierReader, limit],
    'next-in-outbox',
  );

const outboxOf = (client: pg.PoolClient, { caseCode, seq }: Faulty): Promise<Outgoing[]> =>
  rows<Outgoing & pg.QueryResultRow>(
    client,
    `select ${outboxColumns} from notice_outbox o where o.case_code = $1 and o.seq = $2`,
    [caseCode, seq],
  );

async function tell(client: pg.PoolClient, law: Law, events: readonly Outgoing[]): Promise<void> {
  if (events.length === 0) return;
  const planned: PlannedNotice[] = [];
  for (const { caseCode, seq, ...told } of events) {
    const { notices, investor, at } =
      told.notices && told.at ? { ...told, at: told.at } : await deriveAnew(client, law, { caseCode, seq });
    for (const draft of notices ?? [])
      planned.push({
        ...draft,
        ref: draft.ref ?? `${caseCode}/${seq}`,
        caseCode: draft.vars.case ?? null,
        investor,
        at,
      });
  }
  await writeNotices(client, law, planned);
  await client.query({
    name: 'empty-outbox',
    text: 'delete from notice_outbox where id = any ($1)',
    values: [events.map(({ id }) => id)],
  });
}

/** From before commands derived them, or where they could not: the case is folded up to the event, some events at a time. */
async function deriveAnew(client: pg.PoolClient, law: Law, { caseCode, seq }: Faulty) {
  const state = emptyCase(caseCode);
  for (let event: CaseEvent | undefined; ;) {
    const some = await rows<{ canonical: string }>(
      client,
      'select canonical from case_event where case_code = $1 and seq > $2 and seq <= $3 order by seq limit $4',
      [caseCode, state.seq, seq, eventsAtOnce],
      'events-to-derive',
    );
    for (const { canonical } of some) {
      event = eventOf(canonical);
      apply(state, event);
    }
    if (state.seq === seq && event) {
      return { notices: noticesOf(event, state, law), investor: state.investor.personId, at: event.occurredAt };
    }
    if (some.length === 0) throw new Error(`Event ${seq} of ${caseCode} is not in the register`);
  }
}

interface Recipient {
  readonly id: string;
  readonly role: PersonRole;
  readonly agency: string | null;
  readonly hasPhone: boolean;
  readonly calendar: string | null;
  readonly settings: NoticeSettings | null;
}

interface Power {
  readonly representative: string;
  readonly grantor: string;
  readonly procedures: readonly string[] | null;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly revokedAt: Instant | null;
}

/** Somebody is away, and somebody else is told in their place. */
interface Absence {
  readonly person: string;
  readonly delegate: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
}

const commonCalendar = 'vn-state';
const urgencies: readonly Urgency[] = ['now', 'soon', 'normal', 'digest'];

/** Writes notices for everybody they are addressed to, once per person, cause and kind, and plans what goes out. */
export async function writeNotices(client: pg.PoolClient, law: Law, told: readonly PlannedNotice[]): Promise<void> {
  if (told.length === 0) return;
  const notices = told.map((one) => ({ ...one, addressees: one.addressees.map((to) => ofNow(law, to)) }));
  const people = await findRecipients(client, notices);
  const wanted = new Map<string, PlannedNotice & { readonly person: string }>();
  for (const notice of notices) {
    for (const person of resolve(notice, people)) {
      const key = JSON.stringify([person.id, notice.ref, notice.kind]);
      const other = wanted.get(key);
      if (other && urgencies.indexOf(other.urgency) <= urgencies.indexOf(notice.urgency)) continue;
      wanted.set(key, { ...notice, person: person.id });
    }
  }
  const [clock] = await rows<{ now: Instant }>(
    client,
    'select coalesce(now, clock_timestamp()) as now from rehearsal_clock',
  );
  if (!clock) throw new Error('The register has no clock: migrate it first');
  const now = notices.reduce((last, { at }) => laterOf(last, at), clock.now);
  const due = await planSendings(client, law, now, [...wanted.values()], people.byId);
  await client.query({
    name: 'write-notices',
    text: `insert into notice (person, kind, ref, case_code, vars, urgency, at, mail_due, sms_due)
     select person, kind, ref, "caseCode", vars, urgency, at, "mailDue", "smsDue"
     from json_to_recordset($1::json) as n (person text, kind text, ref text, "caseCode" text, vars jsonb, urgency text, at timestamptz,
       "mailDue" timestamptz, "smsDue" timestamptz)
     on conflict do nothing`,
    values: [JSON.stringify(due)],
  });
  const waits = due.flatMap(({ person, mailDue, smsDue }) =>
    [mailDue, smsDue].flatMap((at) => (at === null || at === now ? [] : [{ person, at }])),
  );
  await plan(
    client,
    waits.map(({ person, at }) => ({ kind: noticesDue, ref: `${person}/${at}`, at })),
  );
}

/** What was to be told to a merged agency is told to the one that took its place. */
const ofNow = (law: Law, to: Addressee): Addressee =>
  to.to === 'agency' ? { ...to, agency: law.successorOf(to.agency) } : to;

/** When each goes out, and by what. */
async function planSendings<Notice extends { readonly person: string; readonly urgency: Urgency }>(
  client: pg.PoolClient,
  law: Law,
  now: Instant,
  notices: readonly Notice[],
  people: ReadonlyMap<string, Recipient>,
): Promise<(Notice & { readonly mailDue: Instant | null; readonly smsDue: Instant | null })[]> {
  const calendarOf = ({ calendar }: Recipient) => law.calendar(calendar ?? commonCalendar);
  const told = [...new Set(notices.map(({ person }) => person))].flatMap((id) => people.get(id) ?? []);
  const given = await rows<{ person: string; given: number }>(
    client,
    `select w.person, count(*)::int as given from json_to_recordset($1::json) as w (person text, since timestamptz)
     join notice n on n.person = w.person and n.mail_due >= w.since and n.mail_due <= $2 and n.urgency = 'normal' group by 1`,
    [JSON.stringify(told.map((one) => ({ person: one.id, since: lastOpening(calendarOf(one), now) }))), now],
    'notices-given',
  );
  const counts = new Map(given.map((one) => [one.person, one.given]));
  return notices.map((notice) => {
    const { person, urgency } = notice;
    const recipient = people.get(person);
    if (!recipient) return { ...notice, mailDue: null, smsDue: null };
    const { mail, sms, digest } = recipient.settings ?? defaultNoticeSettings;
    const sentToday = counts.get(person) ?? 0;
    const dueAt = dueOf(urgency, now, calendarOf(recipient), law.settings.notices, { digest, sentToday });
    if (mail && urgency === 'normal' && dueAt === now) counts.set(person, sentToday + 1);
    const short = sms && recipient.hasPhone && (urgency === 'now' || urgency === 'soon');
    return { ...notice, mailDue: mail ? dueAt : null, smsDue: short ? dueAt : null };
  });
}

interface People {
  readonly byId: ReadonlyMap<string, Recipient>;
  readonly powers: readonly Power[];
  readonly absences: readonly Absence[];
  /** Who has declared an interest in which case: `{case} {person}`. */
  readonly recused: ReadonlySet<string>;
}

async function findRecipients(client: pg.PoolClient, notices: readonly PlannedNotice[]): Promise<People> {
  const to = notices.flatMap(({ addressees }) => addressees);
  const investors = notices.flatMap(({ investor, addressees }) =>
    investor !== null && addressees.some((one) => one.to === 'investor') ? [investor] : [],
  );
  const powers = await rows<Power & pg.QueryResultRow>(
    client,
    `select representative, grantor, procedures, from_date as "from", to_date as "to", revoked_at as "revokedAt"
     from power_of_attorney where grantor = any ($1) and accepted_at is not null`,
    [[...new Set(investors)]],
    'powers-granted',
  );
  const earliest = dateOf(notices.reduce((first, { at }) => earlierOf(first, at), notices[0]?.at ?? ''));
  const ids = to.flatMap((one) => (one.to === 'person' ? [one.id] : []));
  const named = [...ids, ...investors, ...powers.map(({ representative }) => representative)];
  const agencies = to.flatMap((one) => (one.to === 'agency' ? [one.agency] : []));
  const roles = [
    ...(to.some((one) => one.to === 'leaders') ? ['leader'] : []),
    ...(to.some((one) => one.to === 'admins') ? ['admin'] : []),
  ];
  const found = await loadPeople(client, named, agencies, roles);
  const absences = await rows<Absence & pg.QueryResultRow>(
    client,
    `select person, delegate, from_date as "from", to_date as "to" from delegation
     where person = any ($1) and accepted_at is not null and revoked_at is null and to_date >= $2`,
    [found.map(({ id }) => id), earliest],
    'absences-of',
  );
  const delegates =
    absences.length === 0
      ? []
      : await loadPeople(
          client,
          absences.map(({ delegate }) => delegate),
          [],
          [],
        );
  const recused = await rows<{ both: string }>(
    client,
    `select case_code || ' ' || person as both from recusal where case_code = any ($1)`,
    [[...new Set(notices.flatMap(({ caseCode }) => caseCode ?? []))]],
    'recused-from-cases',
  );
  return {
    byId: new Map([...found, ...delegates].map((one) => [one.id, one])),
    powers,
    absences,
    recused: new Set(recused.map(({ both }) => both)),
  };
}

async function loadPeople(
  client: pg.PoolClient,
  ids: readonly string[],
  agencies: readonly string[],
  roles: readonly string[],
): Promise<Recipient[]> {
  return rows<Recipient & pg.QueryResultRow>(
    client,
    `select p.id, p.role, p.agency, p.phone is not null as "hasPhone", a.data ->> 'calendar' as calendar,
       case when s.person is not null then json_build_object('mail', s.mail, 'sms', s.sms, 'digest', s.digest) end as settings
     from person p left join agency a on a.code = p.agency left join notice_setting s on s.person = p.id
     where p.active and (p.id = any ($1) or p.agency = any ($2) or p.role = any ($3)) order by p.id`,
    [[...new Set(ids)], [...new Set(agencies)], roles],
    'notice-recipients',
  );
}

/** Whoever takes no part in a case hears nothing of it, not in somebody's place either. */
function resolve(notice: PlannedNotice, { byId, powers, absences, recused }: People): Recipient[] {
  const everybody = [...byId.values()];
  const named = (id: string) => byId.get(id) ?? [];
  const reached = (addressee: Addressee): Recipient[] => {
    switch (addressee.to) {
      case 'person':
        return [named(addressee.id)].flat();
      case 'agency':
        return everybody.filter(({ agency, role }) => agency === addressee.agency && role === addressee.role);
      case 'leaders':
        return everybody.filter(({ role }) => role === 'leader');
      case 'admins':
        return everybody.filter(({ role }) => role === 'admin');
      case 'investor': {
        const { investor } = notice;
        if (investor === null) return [];
        const acting = powers.filter(
          (power) => power.grantor === investor && reaches(power, addressee.procedure, notice.at),
        );
        return [investor, ...acting.map(({ representative }) => representative)].flatMap(named);
      }
    }
  };
  const on = dateOf(notice.at);
  const inPlaceOf = ({ id }: Recipient) =>
    absences.filter(({ person, from, to }) => person === id && from <= on && on <= to).map(({ delegate }) => delegate);
  const meant = notice.addressees.flatMap(reached);
  return [...new Set([...meant, ...meant.flatMap(inPlaceOf).flatMap(named)])].filter(
    ({ id }) => !recused.has(`${notice.caseCode ?? ''} ${id}`),
  );
}

/** A power limited to some procedures hears of those, and of nothing else in the case. */
function reaches({ procedures, from, to, revokedAt }: Power, procedure: string | null, at: Instant): boolean {
  const on = dateOf(at);
  if (on < from || on > to || (revokedAt !== null && revokedAt <= at)) return false;
  return procedures === null || (procedure !== null && procedures.includes(procedure));
}
