import { createHash } from 'node:crypto';
import type pg from 'pg';
import { canonical } from '../../domain/evidence/canonical.js';
import { refuse } from '../../domain/errors.js';
import { type Agencies, getAgency } from '../../domain/law/agency.js';
import type { Law } from '../../domain/law/law.js';
import { closingsFrom, opensAt, reportClosing } from '../../domain/leadership/report-calendar.js';
import {
  contentOf,
  foldReport,
  type KeptReportAct,
  type PersonReportAct,
  type ReportAct,
  type ReportContent,
  type ReportRung,
  reportRungsAhead,
  reportRungsDue,
  requireReportAct,
  type ReportState,
} from '../../domain/leadership/report.js';
import type { Addressee, NoticeVars } from '../../domain/notices/kinds.js';
import { dateOf, plainDate, type Instant } from '../../domain/time/instants.js';
import type { Recipient } from '../../domain/time/ladder.js';
import { type PlannedNotice, writeNotices } from '../outbound/notices.js';
import { inTransaction, rows } from '../pool.js';
import { agenciesIn } from '../read/dashboards/report-figures.js';
import { projectorReader } from '../projection/projector.js';
import { plan } from '../register/agenda.js';
import { hasReadUntil } from '../register/feed.js';
import {
  chainAct,
  chainedActs,
  chainedSubjects,
  isActKnown,
  lockSubject,
  subjectsWithout,
} from '../register/leadership-acts.js';
import type { Person } from '../people/people.js';
import { headOf, leaders, noticeOf } from './notice.js';

/** On the agenda where a report is to be opened; the reference is its id, `{code}-{last day}`. */
export const reportOpens = 'report-opens';
/** On the agenda at the instant of each rung of a chapter or of the whole; the reference is `{id}/{agency or report}/{rung}@{date}`. */
export const reportRung = 'report-rung';

/** A report under its name. */
export interface Report extends ReportState {
  readonly id: string;
}

const opening: ReportAct['kind'] = 'opened';
const approval: ReportAct['kind'] = 'approved';
const subjectOf = (id: string): string => `report/${id}`;
const withId = (state: ReportState | undefined): Report | undefined => state && { id: state.period.id, ...state };

/** Over the bytes of what is approved. */
export const contentHash = (content: ReportContent): string =>
  createHash('sha256').update(canonical(content)).digest('hex');

/**
 * Puts on the agenda when each report of the City's rhythm opens next, those included that closed already and are still to be handed in, and the rungs of those in work:
 * some have an instant only once the calendar is published that far.
 */
export async function planReports(pool: pg.Pool, law: Law, now: Instant): Promise<void> {
  const { evaluations } = law.settings;
  const closings = evaluations ? closingsFrom(evaluations, dateOf(now)) : [];
  await plan(
    pool,
    closings.map(({ code, to }) => ({ kind: reportOpens, ref: `${code}-${to}`, at: opensAt(to) })),
  );
  for (const subject of await subjectsWithout(pool, { begun: opening, ended: approval })) {
    const report = withId(foldReport(await chainedActs<ReportAct>(pool, subject)));
    if (report) await planRungs(pool, law, report);
  }
}

/**
 * Opens a report once: with a chapter for each agency of the City that has figures in its period. Where the City has no such report any more, or had no case by then,
 * there is nothing to report. Throws while the projected facts, which say what agencies did, are behind the end of its period.
 */
export async function openReport(pool: pg.Pool, law: Law, id: string, now: Instant): Promise<void> {
  const [code, last] = [id.slice(0, -11), id.slice(-10)];
  const rhythm = law.settings.evaluations?.rhythm.find((one) => one.code === code);
  if (!rhythm || !law.settings.evaluations) return;
  const period = reportClosing(law.settings.evaluations, rhythm, plainDate(last), law.caseCalendar);
  await inTransaction(pool, async (client) => {
    await lockSubject(client, subjectOf(id));
    if ((await chainedActs(client, subjectOf(id))).length > 0) return;
    if (!(await hasReadUntil(client, projectorReader, opensAt(period.to))))
      throw new Error(`The projector is behind the end of report ${id}`);
    const [began] = await rows(client, 'select 1 from case_fact where opened_on <= $1 limit 1', [period.to]);
    if (!began) return;
    const agencies = (await agenciesIn(client, period)).filter((agency) => law.commandedByCity(agency));
    const act: ReportAct = { kind: 'opened', period, agencies };
    await chainAct(client, subjectOf(id), { n: 1, at: now, by: null, act }, null);
    const report = withId(foldReport([{ at: now, by: null, act }])) ?? refuse('NOT_FOUND', { report: id });
    const owing = [...new Set([...agencies, law.settings.evaluations?.gatheredBy ?? law.laneOwner])];
    const notices = owing.map((agency) =>
      noticeOf(refOf(report, 1), now, [headOf(agency)], 'report-opened', {
        ...varsOf(report),
        agency,
        date: agencies.includes(agency) ? period.chaptersDue : period.due,
      }),
    );
    await writeNotices(client, law, notices);
    await planRungs(client, law, report);
  });
}

/** Who asks for what, once under their key. */
interface Asked {
  readonly id: string;
  readonly by: Pick<Person, 'id' | 'role' | 'agency'>;
  readonly key: string;
}

type MakeAct = (client: pg.PoolClient, before: Report) => PersonReportAct | Promise<PersonReportAct>;

/** Does what `make` makes of the report as it stands, once under the key, and tells whom it concerns. */
const actOnce = (pool: pg.Pool, law: Law, { id, by, key }: Asked, now: Instant, make: MakeAct): Promise<Report> =>
  inTransaction(pool, async (client) => {
    const subject = subjectOf(id);
    await lockSubject(client, subject);
    const kept = await chainedActs<ReportAct>(client, subject);
    const before = withId(foldReport(kept)) ?? refuse('NOT_FOUND', { report: id });
    if (await isActKnown(client, subject, by.id, key)) return before;
    const act = await make(client, before);
    requireReportAct(before, act, by, law, now);
    const n = (kept.at(-1)?.n ?? 0) + 1;
    const next: KeptReportAct = { at: now, by: by.id, act };
    await chainAct(client, subject, { n, ...next }, key);
    const state = withId(foldReport([...kept, next])) ?? before;
    await writeNotices(client, law, noticesOf(state, n, next));
    await planRungs(client, law, state);
    return state;
  });

/** One act with a report, made of the report as nobody else changes it meanwhile. Refuses as `make` and `requireReportAct` do. */
export const actOnReport = (
  pool: pg.Pool,
  law: Law,
  { make, ...asked }: Asked & { readonly make: (before: Report) => PersonReportAct },
  now: Instant,
): Promise<Report> => actOnce(pool, law, asked, now, (_client, before) => make(before));

/**
 * Approves what was gathered, under the next number of that body and year; a refused approval takes none. `contentHash`: of what the approver has looked at; refuses
 * `STALE` where it is another by now, else as `requireReportAct` does.
 */
export const approveReport = (
  pool: pg.Pool,
  { law, agencies }: { readonly law: Law; readonly agencies: Agencies },
  { contentHash: seen, ...asked }: Asked & { readonly contentHash: string },
  now: Instant,
): Promise<Report> =>
  actOnce(pool, law, asked, now, async (client, before) => {
    const content = contentOf(before);
    if (content && contentHash(content) !== seen) refuse('STALE', { report: asked.id });
    const agency = asked.by.agency ?? law.laneOwner;
    const [counted] = await rows<{ last: number }>(
      client,
      `insert into form_counter as c (agency, year, form, last) values ($1, $2, 'report', 1)
       on conflict (agency, year, form) do update set last = c.last + 1 returning last`,
      [agency, Number(dateOf(now).slice(0, 4))],
      'next-report-number',
    );
    if (!counted) throw new Error('A counter gave no number');
    const number = `${String(counted.last).padStart(2, '0')}/BC-${getAgency(agencies, agency).abbreviation}`;
    return { kind: 'approved', agency, number, contentHash: seen };
  });

const planRungs = (on: pg.Pool | pg.PoolClient, law: Law, report: Report) =>
  plan(
    on,
    reportRungsAhead(report, law).map(({ about, rung, dueDate, at }) => ({
      kind: reportRung,
      ref: `${report.id}/${about ?? 'report'}/${rung.code}@${dueDate}`,
      at,
    })),
  );

/** Writes every rung of this report that has fallen by now, once each, and tells whom the ladder names. */
export const climbReport = (pool: pg.Pool, law: Law, id: string, now: Instant): Promise<void> =>
  inTransaction(pool, async (client) => {
    const subject = subjectOf(id);
    await lockSubject(client, subject);
    const kept = await chainedActs<ReportAct>(client, subject);
    const report = withId(foldReport(kept));
    if (!report) throw new Error(`There is no report ${id}`);
    let n = kept.at(-1)?.n ?? 0;
    for (const due of reportRungsDue(report, law, now)) {
      n += 1;
      const { about, rung, dueDate, at } = due;
      await chainAct(
        client,
        subject,
        { n, at, by: null, act: { kind: 'rung', about, rung: rung.code, dueDate } },
        null,
      );
      await writeNotices(client, law, [rungNotice(report, law, due, n)]);
    }
  });

function rungNotice(report: Report, law: Law, { about, rung, dueDate, at }: ReportRung, n: number): PlannedNotice {
  const gatherer = law.settings.evaluations?.gatheredBy ?? law.laneOwner;
  const owes = headOf(about ?? gatherer);
  const told: Readonly<Record<Recipient, Addressee>> = {
    holder: owes,
    head: owes,
    'lead-agency': headOf(gatherer),
    'city-leadership': leaders,
  };
  const addressees = [...new Set((rung.tells ?? ['holder']).map((one) => told[one]))];
  const vars = { ...varsOf(report), agency: about ?? gatherer, rung, date: dueDate };
  const urgency = law.settings.notices.urgentRungs.includes(rung.code) ? 'now' : 'normal';
  return noticeOf(refOf(report, n), at, addressees, 'report-due', vars, urgency);
}

const varsOf = ({ period }: Report): NoticeVars => ({ label: period.name, date: period.due, from: period.from });

const refOf = ({ id }: Report, n: number): string => `report/${id}/${n}`;

function noticesOf(report: Report, n: number, { at, act }: KeptReportAct): PlannedNotice[] {
  switch (act.kind) {
    case 'gathered':
      return [noticeOf(refOf(report, n), at, [leaders], 'report-to-approve', varsOf(report))];
    case 'approved': {
      const heads = report.agencies.map(headOf);
      return [noticeOf(refOf(report, n), at, heads, 'report-approved', { ...varsOf(report), number: act.number })];
    }
    case 'opened':
    case 'signed':
    case 'corrected':
    case 'rung':
      return [];
  }
}

/** Undefined where there is none. */
export async function findReport(pool: pg.Pool, id: string): Promise<Report | undefined> {
  return withId(foldReport(await chainedActs<ReportAct>(pool, subjectOf(id))));
}

/** The newest `limit` reports, newest first. */
export async function listReports(pool: pg.Pool, limit: number): Promise<Report[]> {
  const found = await chainedSubjects<ReportAct>(pool, { begun: opening, limit });
  return found.flatMap(({ acts }) => withId(foldReport(acts)) ?? []);
}

/** What is public of a report without its chapters. */
export type PublicReport = Pick<Report, 'id' | 'period' | 'gathered' | 'approved' | 'errata'>;

/** As `listReports`, without reading what heads wrote. */
export async function listPublicReports(pool: pg.Pool, limit: number): Promise<PublicReport[]> {
  const without: readonly ReportAct['kind'][] = ['signed', 'rung'];
  const found = await chainedSubjects<ReportAct>(pool, { begun: opening, limit, without });
  return found.flatMap(({ acts }) => withId(foldReport(acts)) ?? []);
}
