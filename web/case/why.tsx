import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClockEntry } from '../../domain/time/clock.js';
import { countTerm, type DayOfTerm } from '../../domain/time/day-count.js';
import { plainDate } from '../../domain/time/instants.js';
import { read } from '../api/call.js';
import type { Ledger } from '../api/contract.js';
import { Failure, Loading } from '../app/states.js';
import { calendarFrom } from '../parts/days.js';
import { useTerm } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word, type Words } from '../words/language.js';
import css from './case.module.css';
import { entryText } from './ledger-words.js';
import { latestOf } from './pieces.js';
import { calendarsQuery, ledgerQuery } from './queries.js';

const weekdays = ['weekday0', 'weekday1', 'weekday2', 'weekday3', 'weekday4', 'weekday5', 'weekday6'] as const;
const weekdayOf = (date: string): Word => weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? 'weekday0';

/** A run of dates with the same reason, told in one line; what counts is told date by date. */
function linesOf(days: readonly DayOfTerm[]): readonly (readonly DayOfTerm[])[] {
  const lines: DayOfTerm[][] = [];
  for (const one of days) {
    const last = lines.at(-1)?.at(-1);
    const joins = one.why === 'investor' || one.why === 'rest';
    if (joins && last?.why === one.why && last.ahead === one.ahead) lines.at(-1)?.push(one);
    else lines.push([one]);
  }
  return lines;
}

/** What is said of one line of a term. */
function dayText(run: readonly DayOfTerm[], { t, say, day }: Words): string {
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined) return '';
  const dated = `${t(weekdayOf(first.date))} ${day(first.date)}`;
  const span =
    run.length === 1 ? dated : t('whySpan', { from: dated, to: `${t(weekdayOf(last.date))} ${day(last.date)}` });
  const source =
    first.day === null
      ? ''
      : ` (${say(first.day.name)}; ${first.day.source}; ${t(first.day.verified ? 'verified' : 'unverified')})`;
  switch (first.why) {
    case 'counted':
      return t('whyCounted', { date: span, n: first.number ?? 0 });
    case 'made-up':
      return t('whyMadeUp', { date: span, n: first.number ?? 0 }) + source;
    case 'rest':
      return t('whyRest', { date: span });
    case 'day-off':
      return t('whyDayOff', { date: span }) + source;
    case 'investor':
      return t('whyInvestor', { date: span, n: run.length });
    case 'roll':
      return t('whyRoll', { date: span });
  }
}

/** Why a procedure is due on its date: the term and its clause, the ledger, the days one by one; also as text to copy. Loads when it is opened. */
export function Why(props: {
  readonly code: string;
  readonly procedure: string;
  readonly version: string;
  readonly name: string;
  readonly due: string | null;
}) {
  const { t, day } = useWords();
  const [open, setOpen] = useState(false);
  const { name, due } = props;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{due === null ? t('whyOf', { name }) : t('whyDueOf', { name, day: day(due) })}</summary>
      {open && <Reasons {...props} />}
    </details>
  );
}

function Reasons({ code, procedure, version, name }: Parameters<typeof Why>[0]) {
  const words = useWords();
  const { cite, t, say, day } = words;
  const term = useTerm();
  const ledger = useQuery(ledgerQuery(code));
  const calendars = useQuery(calendarsQuery);
  const versions = useQuery({
    queryKey: ['procedure', procedure],
    queryFn: () => read('/procedures/{code}', { code: procedure }),
    staleTime: Infinity,
  });
  const [copied, setCopied] = useState<'yes' | 'no'>();
  const error = ledger.error ?? calendars.error ?? versions.error;
  if (error !== null) return <Failure error={error} />;
  if (ledger.data === undefined || calendars.data === undefined || versions.data === undefined) return <Loading />;
  const one = latestOf(ledger.data, procedure);
  const calendar = one === undefined ? undefined : calendarFrom(calendars.data, one.calendar);
  if (one === undefined || calendar === undefined) return <p>{t('whyNotStarted')}</p>;
  const definition = versions.data.items.find((known) => known.version === version);
  const { printed, statutory } = one.terms;
  const { days, dueDate } = countTerm(calendar, printed.base, one.entries.map(dated), ledger.data.asOf);
  const head = [
    t('whyLaw', { term: term(statutory.base), basis: cite(definition?.budgetBasis ?? '–') }),
    ...(one.printed === 'promised' ? [t('whyPromised', { term: term(printed.base) })] : []),
    ...(definition !== undefined ? [t('whyVersion', { version: definition.version })] : []),
    t('whyCalendar', { name: say(calendar.data.name), version: calendar.data.version }),
    t('whyFirst'),
  ];
  const entries = one.entries.map((entry) => entryText(entry, words));
  const counted = linesOf(days).map((run) => ({
    key: run[0]?.date ?? '',
    ahead: run[0]?.ahead === true,
    counts: run[0]?.number !== null,
    text: dayText(run, words),
  }));
  const end =
    dueDate !== null
      ? t('whyDue', { day: day(dueDate) })
      : one.clock.dueIfReturned !== null
        ? t('whyReturned', { day: day(one.clock.dueIfReturned) })
        : t('whyNoDate');
  const text = [
    `${name} (${code})`,
    ...head,
    '',
    t('whyLedger'),
    ...entries,
    '',
    t('whyDays'),
    ...counted.map((line) => line.text),
    '',
    end,
  ].join('\n');
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied('yes'),
      () => setCopied('no'),
    );
  };
  return (
    <div className={css['why']}>
      <div className={css['whyColumns']}>
        <div>
          <ul>
            {head.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <h4>{t('whyLedger')}</h4>
          <ul>
            {entries.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
        <div>
          <h4>{t('whyDays')}</h4>
          <ul className={css['dayList']} tabIndex={0} aria-label={t('whyDays')}>
            {counted.map((line) => (
              <li key={line.key} data-counts={line.counts || undefined} data-ahead={line.ahead || undefined}>
                {line.text}
              </li>
            ))}
          </ul>
        </div>
      </div>
      <p>
        <strong>{end}</strong>
      </p>
      <p>
        <button type="button" className={parts['secondary']} onClick={copy}>
          {t('whyCopy')}
        </button>{' '}
        <span role="status">{copied !== undefined && t(copied === 'yes' ? 'whyCopied' : 'whyNotCopied')}</span>
      </p>
      {copied === 'no' && <textarea aria-label={t('whyOf', { name })} readOnly value={text} rows={12} />}
    </div>
  );
}

/** As the rules read it: days are legal days. */
const dated = ({ broken, ...entry }: Ledger['procedures'][number]['entries'][number]): ClockEntry => ({
  ...entry,
  ...(broken && {
    broken: broken.map(({ amount, dueDate, breachedOn }) => ({
      amount,
      dueDate: plainDate(dueDate),
      breachedOn: plainDate(breachedOn),
    })),
  }),
});
