import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { act, read } from '../api/call.js';
import type { Calendar, CalendarPreview, CalendarPublication } from '../api/contract.js';
import { textOf, useAct } from '../app/act.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { calendarsQuery } from '../case/queries.js';
import { Facts, Notice, Table, Unverified } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';

/** Working calendars: the next version is looked at on the cases that run before it is published. */
export function Calendars() {
  const { t } = useWords();
  useTitle(t('adminCalendars'));
  const found = useQuery(calendarsQuery);
  return (
    <>
      <p>
        <Link to="/admin">{t('navAdmin')}</Link> · <Link to="/admin/law">{t('adminLaw')}</Link>
      </p>
      <h1>{t('adminCalendars')}</h1>
      <p>
        <a href="/holidays">{t('lawAsPublic')}</a>
      </p>
      {found.error !== null && <Failure error={found.error} />}
      {found.isPending && <Loading />}
      {found.data?.items.map((calendar) => (
        <NextCalendar key={calendar.code} calendar={calendar} />
      ))}
    </>
  );
}

/** A day that the next version adds, or takes out of the list of days off. */
interface NewDay {
  readonly date: string;
  readonly kind: 'off' | 'worked' | 'usual';
  readonly name: { readonly vi: string; readonly en: string };
}
const kindWords = { off: 'navHolidays', worked: 'holidaysMakeUp', usual: 'calendarUsual' } as const;

/** The calendar with those days, reaching to `to`; each of them by the document that fixes it. */
function nextOf(calendar: Calendar, days: readonly NewDay[], to: string, document: string): CalendarPublication {
  const dates = new Set(days.map(({ date }) => date));
  const listOf = (name: 'daysOff' | 'makeUpDays', kind: NewDay['kind']) =>
    [
      ...calendar[name].filter(({ date }) => !dates.has(date)),
      ...days
        .filter((one) => one.kind === kind)
        .map(({ date, name: both }) => ({ date, name: both, source: document, verified: true })),
    ].sort((a, b) => (a.date < b.date ? -1 : 1));
  return {
    ...calendar,
    version: calendar.version + 1,
    to,
    daysOff: listOf('daysOff', 'off'),
    makeUpDays: listOf('makeUpDays', 'worked'),
    document,
  } as unknown as CalendarPublication;
}

function NextCalendar({ calendar }: { readonly calendar: Calendar }) {
  const { t, say, day } = useWords();
  const queries = useQueryClient();
  const procedures = useQuery({ queryKey: ['procedures'], queryFn: () => read('/procedures'), staleTime: 3_600_000 });
  const nameOf = (code: string) => {
    const known = procedures.data?.items.find((one) => one.code === code);
    return known === undefined ? code : say(known.name);
  };
  const looking = useAct();
  const publishing = useAct();
  const [days, setDays] = useState<readonly NewDay[]>([]);
  const [preview, setPreview] = useState<{ readonly effect: CalendarPreview; readonly next: CalendarPublication }>();
  const [published, setPublished] = useState(false);
  const change = (next: readonly NewDay[]) => {
    setDays(next);
    setPreview(undefined);
    setPublished(false);
  };
  const add = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const kind = textOf(form, 'kind');
    const one: NewDay = {
      date: textOf(form, 'date'),
      kind: kind === 'worked' || kind === 'usual' ? kind : 'off',
      name: { vi: textOf(form, 'vi'), en: textOf(form, 'en') },
    };
    change([...days.filter(({ date }) => date !== one.date), one].sort((a, b) => (a.date < b.date ? -1 : 1)));
    element.reset();
  };
  const look = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const next = nextOf(calendar, days, textOf(form, 'to'), textOf(form, 'document'));
    setPublished(false);
    looking.run(
      (key) => act('/calendars/{code}/preview', { code: calendar.code }, next, key),
      (effect) => setPreview({ effect, next }),
    );
  };
  const publish = () => {
    if (preview === undefined) return;
    publishing.run(
      (key) => act('/calendars/{code}/versions', { code: calendar.code }, preview.next, key),
      () => {
        setDays([]);
        setPreview(undefined);
        setPublished(true);
        void queries.invalidateQueries({ queryKey: ['law-changes'] });
      },
    );
  };
  const id = calendar.code;
  const latest = calendar.daysOff.at(-1);
  return (
    <section>
      <h2>{say(calendar.name)}</h2>
      <Facts
        items={[
          [t('calendarVersion'), String(calendar.version)],
          [t('calendarSpan'), `${day(calendar.from)} – ${day(calendar.to)}`],
          [
            t('calendarLatest'),
            latest === undefined ? (
              '–'
            ) : (
              <>
                {day(latest.date)} ({latest.source}) <Unverified verified={latest.verified} />
              </>
            ),
          ],
        ]}
      />
      {published && (
        <Notice tone="green" alert>
          <p>
            {t('calendarPublished')} <Link to="/admin">{t('adminChanges')}</Link>
          </p>
        </Notice>
      )}
      <h3>{t('calendarAddTitle')}</h3>
      <form onSubmit={add}>
        <div className={parts['field']}>
          <label htmlFor={`${id}-date`}>{t('colDate')}</label>
          <input id={`${id}-date`} name="date" type="date" required min={calendar.from} />
        </div>
        <div className={parts['field']}>
          <label htmlFor={`${id}-kind`}>{t('calendarKind')}</label>
          <select id={`${id}-kind`} name="kind">
            {Object.entries(kindWords).map(([kind, word]) => (
              <option key={kind} value={kind}>
                {t(word)}
              </option>
            ))}
          </select>
        </div>
        {(['vi', 'en'] as const).map((language) => (
          <div key={language} className={parts['field']}>
            <label htmlFor={`${id}-${language}`}>{t(language === 'vi' ? 'calendarNameVi' : 'calendarNameEn')}</label>
            <input id={`${id}-${language}`} name={language} required maxLength={200} />
          </div>
        ))}
        <button type="submit" className={parts['secondary']}>
          {t('calendarAdd')}
        </button>
      </form>
      <Table
        caption={t('calendarNew')}
        rows={days}
        rowKey={({ date }) => date}
        empty={t('calendarNewNone')}
        columns={[
          { name: t('colDate'), cell: ({ date }) => day(date) },
          { name: t('calendarKind'), cell: ({ kind }) => t(kindWords[kind]) },
          { name: t('colName'), cell: ({ name }) => say(name) },
          {
            name: t('delegationDo'),
            cell: ({ date }) => (
              <button
                type="button"
                className={parts['secondary']}
                aria-label={t('calendarDropOf', { date: day(date) })}
                onClick={() => change(days.filter((one) => one.date !== date))}
              >
                {t('calendarDrop')}
              </button>
            ),
          },
        ]}
      />
      <form onSubmit={look} onInput={() => setPreview(undefined)}>
        <div className={parts['field']}>
          <label htmlFor={`${id}-to`}>{t('calendarTo')}</label>
          <input id={`${id}-to`} name="to" type="date" required min={calendar.to} defaultValue={calendar.to} />
        </div>
        <div className={parts['field']}>
          <label htmlFor={`${id}-document`}>{t('calendarDocument')}</label>
          <input id={`${id}-document`} name="document" required maxLength={500} />
        </div>
        {looking.failed !== undefined && <Failure error={looking.failed} />}
        <button type="submit" className={parts['secondary']} disabled={looking.busy}>
          {t(looking.busy ? 'sending' : 'calendarPreview')}
        </button>
      </form>
      {preview !== undefined && (
        <>
          <Table
            caption={t('calendarMoves', { n: preview.effect.items.length, of: preview.effect.looked })}
            rows={preview.effect.items}
            rowKey={(one) => one.case + one.procedure}
            empty={t('calendarMovesNone', { of: preview.effect.looked })}
            columns={[
              { name: t('statusCode'), cell: (one) => one.case },
              { name: t('colProcedure'), cell: ({ procedure }) => nameOf(procedure) },
              { name: t('calendarBefore'), cell: ({ from }) => (from === null ? '–' : day(from)) },
              { name: t('calendarAfter'), cell: ({ to }) => (to === null ? '–' : day(to)) },
            ]}
          />
          <p>{t('calendarChanged', { days: preview.effect.changed.map(({ date }) => day(date)).join(', ') || '–' })}</p>
          {publishing.failed !== undefined && <Failure error={publishing.failed} />}
          <button type="button" disabled={publishing.busy} onClick={publish}>
            {t(publishing.busy ? 'sending' : 'calendarPublish')}
          </button>
        </>
      )}
    </section>
  );
}
