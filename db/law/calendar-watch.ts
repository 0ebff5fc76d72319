import type pg from 'pg';
import { type CalendarCoverage, coverageOfCalendar } from '../../domain/time/calendar-ahead.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { dateOf, type PlainDate } from '../../domain/time/instants.js';
import { businessNow } from '../register/business-clock.js';
import { type PlannedNotice, writeNotices } from '../outbound/notices.js';
import { inTransaction, rows } from '../pool.js';
import { type LawSource } from './live-law.js';

/** How far every calendar is known, and which years want their document. */
export const calendarCoverages = ({ calendars }: Pick<Catalogue, 'calendars'>, today: PlainDate): CalendarCoverage[] =>
  [...calendars.values()].map(({ data, to }) => coverageOfCalendar(data, to, today));

/** Tells admins of every year that wants its document, once per calendar and year; answers how many were told now. */
export async function warnOfCalendars(pool: pg.Pool, source: LawSource): Promise<number> {
  const { law, catalogue } = source.current();
  const at = await businessNow(pool);
  const missing = calendarCoverages(catalogue, dateOf(at)).flatMap(({ calendar, coveredTo, missing: years }) =>
    years.map((year): PlannedNotice => ({
      addressees: [{ to: 'admins' }],
      kind: 'calendar-missing',
      urgency: 'normal',
      vars: { calendar, year, date: coveredTo },
      ref: `calendar-missing/${calendar}/${year}`,
      caseCode: null,
      investor: null,
      at,
    })),
  );
  if (missing.length === 0) return 0;
  const told = await rows<{ ref: string }>(
    pool,
    `select distinct ref from notice where kind = 'calendar-missing' and ref = any ($1)`,
    [missing.map(({ ref }) => ref)],
    'calendar-warnings',
  );
  const untold = missing.filter(({ ref }) => !told.some((one) => one.ref === ref));
  if (untold.length > 0) await inTransaction(pool, (client) => writeNotices(client, law, untold));
  return untold.length;
}
