import type pg from 'pg';
import { type PersonRole } from '../domain/access-scopes.js';
import { type CaseEvent } from '../domain/case/events.js';
import { apply, emptyCase } from '../domain/case/fold.js';
import { type Law } from '../domain/case/law.js';
import { type CaseState } from '../domain/case/state.js';
import { noticesOf } from '../domain/notices.js';
import { type Addressee, type NoticeDraft, type Urgency } from '../domain/notices/kinds.js';
import { defaultNoticeSettings, dueOf, lastOpening, type NoticeSettings } from '../domain/notices/sending.js';
import { dateOf, earlierOf, laterOf, type Instant, type PlainDate } from '../domain/time.js';
import { plan } from './agenda.js';
import { eventOf } from './chain-link.js';
import { type FeedEvent, withNextEvents } from './feed.js';
import { rows } from './pool.js';

/** Name of the notifier among the readers of the feed. */
export const notifierReader = 'notifier';
/** What stands on the agenda where notices wait for an office to open; the reference is `{person}/{instant}`. */
export const noticesDue = 'notices-due';

export interface Notifier {
  /** Tells people of the next events of the feed; answers how many it took (0 = at the head, or another process is at it). */
  runOnce(): Promise<number>;
}

const batch = 100;

interface NotifierOptions {
  readonly pool: pg.Pool;
  readonly law: Law;
  /** How many cases are kept folded between rounds; the others are folded anew from their first event. */
  readonly mostRemembered?: number;
}

/** Reads the feed in order. Notices, what goes out by which channel and when, and the cursor are one transaction: each notice once per person. */
export function createNotifier({ pool, law, mostRemembered = 200 }: NotifierOptions): Notifier {
  const remembered = new Map<string, CaseState>();
  return {
    runOnce: async () => {
      try {
        return await withNextEvents(pool, notifierReader, batch, async (client, events) => {
          await writeNotices(client, law, await draftsOf(client, law, events, remembered));
          // Not before the round is over: what it read of a case begins where the case was remembered.
          forgetOldest(remembered, mostRemembered);
        });
      } catch (error) {
        // What was folded for a transaction that failed would be ahead of the cursor.
        remembered.clear();
        throw error;
      }
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

async function draftsOf(
  client: pg.PoolClient,
  law: Law,
  events: readonly FeedEvent[],
  remembered: Map<string, CaseState>,
): Promise<PlannedNotice[]> {
  const evidence = await loadEvidence(client, events, remembered);
  return events.flatMap(({ caseCode, seq }) => {
    let state = remembered.get(caseCode) ?? emptyCase(caseCode);
    // The feed may give two transactions of one case in the other order.
    if (state.seq >= seq) state = emptyCase(caseCode);
    const of = evidence.get(caseCode) ?? [];
    for (const event of of) if (event.seq > state.seq && event.seq <= seq) apply(state, event);
    const event = of.find((one) => one.seq === seq);
    if (!event || state.seq !== seq) throw new Error(`Event ${seq} of ${caseCode} is not in the register`);
    remembered.delete(caseCode);
    remembered.set(caseCode, state);
    return noticesOf(event, state, law).map((draft): PlannedNotice => ({
      ...draft,
      ref: draft.ref ?? `${caseCode}/${seq}`,
      caseCode: draft.vars.case ?? null,
      investor: state.investor.personId,
      at: event.occurredAt,
    }));
  });
}

function forgetOldest(remembered: Map<string, CaseState>, most: number): void {
  for (const oldest of remembered.keys()) {
    if (remembered.size <= most) return;
    remembered.delete(oldest);
  }
}

/** The events of these cases from where their remembered state stands, up to the last one asked for. */
async function loadEvidence(
  client: pg.PoolClient,
  events: readonly FeedEvent[],
  remembered: ReadonlyMap<string, CaseState>,
): Promise<Map<string, CaseEvent[]>> {
  const wanted = new Map<string, { caseCode: string; after: number; upTo: number }>();
  for (const { caseCode, seq } of events) {
    const known = remembered.get(caseCode)?.seq ?? 0;
    const one = wanted.get(caseCode) ?? { caseCode, after: known, upTo: 0 };
    wanted.set(caseCode, {
      caseCode,
      after: seq <= Math.max(known, one.upTo) ? 0 : one.after,
      upTo: Math.max(one.upTo, seq),
    });
  }
  const found = await rows<{ caseCode: string; canonical: string }>(
    client,
    `select e.case_code as "caseCode", e.canonical from json_to_recordset($1::json) as w ("caseCode" text, after int, "upTo" int)
     join case_event e on e.case_code = w."caseCode" and e.seq > w.after and e.seq <= w."upTo" order by e.case_code, e.seq`,
    [JSON.stringify([...wanted.values()])],
    'notifier-evidence',
  );
  const evidence = new Map<string, CaseEvent[]>();
  for (const { caseCode, canonical } of found) {
    const list = evidence.get(caseCode) ?? [];
    list.push(eventOf(canonical));
    evidence.set(caseCode, list);
  }
  return evidence;
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
export async function writeNotices(client: pg.PoolClient, law: Law, notices: readonly PlannedNotice[]): Promise<void> {
  if (notices.length === 0) return;
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
  const written = await rows<{ id: number; person: string; urgency: Urgency }>(
    client,
    `insert into notice (person, kind, ref, case_code, vars, urgency, at)
     select person, kind, ref, "caseCode", vars, urgency, at
     from json_to_recordset($1::json) as n (person text, kind text, ref text, "caseCode" text, vars jsonb, urgency text, at timestamptz)
     on conflict do nothing returning id, person, urgency`,
    [JSON.stringify([...wanted.values()])],
    'write-notices',
  );
  const [clock] = await rows<{ now: Instant }>(
    client,
    'select coalesce(now, clock_timestamp()) as now from rehearsal_clock',
  );
  if (!clock) throw new Error('The register has no clock: migrate it first');
  const latest = notices.reduce((last, { at }) => laterOf(last, at), clock.now);
  await planSendings(client, law, latest, written, people.byId);
}

async function planSendings(
  client: pg.PoolClient,
  law: Law,
  now: Instant,
  written: readonly { readonly id: number; readonly person: string; readonly urgency: Urgency }[],
  people: ReadonlyMap<string, Recipient>,
): Promise<void> {
  const calendarOf = ({ calendar }: Recipient) => law.calendar(calendar ?? commonCalendar);
  const told = [...new Set(written.map(({ person }) => person))].flatMap((id) => people.get(id) ?? []);
  const given = await rows<{ person: string; given: number }>(
    client,
    `select w.person, count(*)::int as given from json_to_recordset($1::json) as w (person text, since timestamptz)
     join notice_sending s on s.person = w.person and s.due_at >= w.since and s.due_at <= $2 and s.channel = 'mail'
     join notice n on n.id = s.notice and n.urgency = 'normal' group by 1`,
    [JSON.stringify(told.map((one) => ({ person: one.id, since: lastOpening(calendarOf(one), now) }))), now],
    'notices-given',
  );
  const counts = new Map(given.map((one) => [one.person, one.given]));
  const sendings = written.flatMap(({ id, person, urgency }) => {
    const recipient = people.get(person);
    if (!recipient) return [];
    const { mail, sms, digest } = recipient.settings ?? defaultNoticeSettings;
    const sentToday = counts.get(person) ?? 0;
    const dueAt = dueOf(urgency, now, calendarOf(recipient), law.settings.notices, { digest, sentToday });
    if (mail && urgency === 'normal' && dueAt === now) counts.set(person, sentToday + 1);
    const short = sms && recipient.hasPhone && (urgency === 'now' || urgency === 'soon');
    const channels = [...(mail ? ['mail'] : []), ...(short ? ['sms'] : [])];
    return channels.map((channel) => ({ notice: id, channel, person, dueAt }));
  });
  await client.query({
    name: 'plan-sendings',
    text: `insert into notice_sending (notice, channel, person, due_at) select notice, channel, person, "dueAt"
           from json_to_recordset($1::json) as s (notice bigint, channel text, person text, "dueAt" timestamptz)`,
    values: [JSON.stringify(sendings)],
  });
  const waits = sendings.filter(({ dueAt }) => dueAt !== now);
  await plan(
    client,
    waits.map(({ person, dueAt }) => ({ kind: noticesDue, ref: `${person}/${dueAt}`, at: dueAt })),
  );
}

interface People {
  readonly byId: ReadonlyMap<string, Recipient>;
  readonly powers: readonly Power[];
  readonly absences: readonly Absence[];
}

async function findRecipients(client: pg.PoolClient, notices: readonly PlannedNotice[]): Promise<People> {
  const to = notices.flatMap(({ addressees }) => addressees);
  const investors = notices.flatMap(({ investor, addressees }) =>
    investor !== null && addressees.some((one) => one.to === 'investor') ? [investor] : [],
  );
  const powers = await rows<Power & pg.QueryResultRow>(
    client,
    `select representative, grantor, procedures, from_date as "from", to_date as "to", revoked_at as "revokedAt"
     from power_of_attorney where grantor = any ($1)`,
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
     where person = any ($1) and revoked_at is null and to_date >= $2`,
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
  return { byId: new Map([...found, ...delegates].map((one) => [one.id, one])), powers, absences };
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

function resolve(notice: PlannedNotice, { byId, powers, absences }: People): Recipient[] {
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
  return [...new Set([...meant, ...meant.flatMap(inPlaceOf).flatMap(named)])];
}

/** A power limited to some procedures hears of those, and of nothing else in the case. */
function reaches({ procedures, from, to, revokedAt }: Power, procedure: string | null, at: Instant): boolean {
  const on = dateOf(at);
  if (on < from || on > to || (revokedAt !== null && revokedAt <= at)) return false;
  return procedures === null || (procedure !== null && procedures.includes(procedure));
}
