import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { read } from '../../api/call.js';
import type { CutFigures, Reads } from '../../api/contract.js';
import { TakeSheet } from '../../app/sheet.js';
import { Failure, Loading } from '../../app/states.js';
import { type Bar, Bars, scaleOf } from '../../parts/chart.js';
import { Table } from '../../parts/parts.js';
import partsCss from '../../parts/parts.module.css';
import { useWords, type Word, type Words } from '../../words/language.js';
import { Defined, writingOf } from '../figures.js';
import css from '../leader.module.css';
import type { BoardSearch } from '../search.js';

type CutsOf = Reads['/dashboard/cuts'];
type Row = CutsOf['rows'][number];
type Period = CutsOf['periods'][number];
type Name = CutsOf['figures'][number]['figure'];

const dimensions = {
  none: 'cutNone',
  lane: 'statusLane',
  pathway: 'pathwaysTitle',
  field: 'cutField',
  country: 'cutCountry',
  zone: 'cutZone',
  investor: 'cutInvestor',
  agency: 'colAgency',
} as const satisfies Readonly<Record<CutsOf['by'], Word>>;

/** How the period is looked at, with what is asked for it. */
const shapes = {
  whole: { word: 'cutWhole', ask: {} },
  month: { word: 'cutMonth', ask: { every: 'month' } },
  quarter: { word: 'cutQuarter', ask: { every: 'quarter' } },
  before: { word: 'cutBefore', ask: { against: 'before' } },
  'year-before': { word: 'cutYearBefore', ask: { against: 'year-before' } },
} as const satisfies Readonly<Record<string, { readonly word: Word; readonly ask: Readonly<Record<string, string>> }>>;
type Shape = keyof typeof shapes;

/** One figure of a row as it is written, and as a bar can show it. */
function valueOf(
  words: Words,
  figure: Name,
  figures: CutFigures,
): { readonly text: string; readonly value: number | null } {
  const { number, amount } = words;
  const write = writingOf(words);
  const sum = (found: CutFigures['capital'], unit: string) =>
    found === null || found.sum === null
      ? { text: '–', value: null }
      : { text: `${amount(found.sum)} ${unit}`.trim(), value: Number(found.sum) };
  switch (figure) {
    case 'opened':
      return { text: figures.opened === null ? '–' : number(figures.opened), value: figures.opened };
    case 'licensed':
      return {
        text: figures.licensed === null ? '–' : write.spread(figures.licensed),
        value: figures.licensed?.median ?? null,
      };
    case 'reduction':
      return { text: write.share(figures.reduction?.overall ?? null), value: figures.reduction?.overall ?? null };
    case 'onTime':
      return {
        text: `${write.share(figures.onTime.share)} (${write.part(figures.onTime)})`,
        value: figures.onTime.share,
      };
    case 'overdueNow':
      return { text: number(figures.overdueNow), value: figures.overdueNow };
    case 'capital':
      return sum(figures.capital, '₫');
    case 'jobs':
      return sum(figures.jobs, '');
    case 'fdi':
      return sum(figures.fdi, 'USD');
  }
}

const steps: Readonly<Record<Name, number>> = {
  opened: 5,
  licensed: 5,
  reduction: 0.1,
  onTime: 0.1,
  overdueNow: 5,
  capital: 1e9,
  jobs: 100,
  fdi: 1e6,
};

/** The figures by what tells cases apart, over time or against another period; every number opens the cases it is made of. */
export function Cuts({ search }: { readonly search: BoardSearch }) {
  const words = useWords();
  const { t, say } = words;
  const [by, setBy] = useState<CutsOf['by']>('none');
  const [shape, setShape] = useState<Shape>('whole');
  const [figure, setFigure] = useState<Name>('opened');
  const needsFrom = shape !== 'whole' && search.from === undefined;
  const { data, error } = useQuery({
    queryKey: ['dashboard', 'cuts', search, by, shape],
    queryFn: () => read('/dashboard/cuts', {}, { ...search, by, ...shapes[shape].ask }),
    enabled: !needsFrom,
    placeholderData: keepPreviousData,
  });
  const shown = data?.figures.some((one) => one.figure === figure) === true ? figure : data?.figures[0]?.figure;
  return (
    <section>
      <h2>{t('cutTitle')}</h2>
      <p>{t('cutLead')}</p>
      <div className={css['filter']}>
        <Choice id="cut-by" label={t('cutBy')} value={by} set={setBy} words={dimensions} />
        <Choice id="cut-shape" label={t('cutShape')} value={shape} set={setShape} words={shapeWords} />
        {shape !== 'whole' && data !== undefined && (
          <div>
            <label htmlFor="cut-figure">{t('boardColFigure')}</label>
            <select
              id="cut-figure"
              value={shown}
              onChange={({ currentTarget }) => {
                const chosen = data.figures.find((one) => one.figure === currentTarget.value);
                if (chosen) setFigure(chosen.figure);
              }}
            >
              {data.figures.map((one) => (
                <option key={one.figure} value={one.figure}>
                  {say(one.name)}
                </option>
              ))}
            </select>
          </div>
        )}
      </div>
      {needsFrom && <p>{t('cutNeedsFrom')}</p>}
      {error !== null && <Failure error={error} />}
      {!needsFrom && data === undefined && error === null && <Loading />}
      {!needsFrom && data !== undefined && (
        <>
          {shape === 'whole' ? (
            <WholePeriod data={data} search={search} />
          ) : (
            shown !== undefined && <OverTime data={data} search={search} figure={shown} />
          )}
          <TakeSheet
            sheet={{ path: '/sheets/figures', query: { ...search, by, ...shapes[shape].ask } }}
            what={t('cutTitle')}
          />
          {data.figures.map((one) => (
            <Defined
              key={one.figure}
              name={say(one.name)}
              meaning={{ definition: say(one.definition), population: '' }}
            />
          ))}
        </>
      )}
    </section>
  );
}

const shapeWords = Object.fromEntries(Object.entries(shapes).map(([shape, { word }]) => [shape, word])) as Record<
  Shape,
  Word
>;

function Choice<T extends string>(props: {
  readonly id: string;
  readonly label: string;
  readonly value: T;
  readonly set: (value: T) => void;
  readonly words: Readonly<Record<T, Word>>;
}) {
  const { id, label, value, set, words } = props;
  const { t } = useWords();
  const options = Object.keys(words) as T[];
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={({ currentTarget }) => set(options.find((one) => one === currentTarget.value) ?? value)}
      >
        {options.map((one) => (
          <option key={one} value={one}>
            {t(words[one])}
          </option>
        ))}
      </select>
    </div>
  );
}

function RowName({ row }: { readonly row: Row }) {
  const { say } = useWords();
  return (
    <>
      {say(row.name)}
      {row.heads.length > 0 && <span className={partsCss['faint']}> · {row.heads.join(', ')}</span>}
    </>
  );
}

function WholePeriod({ data, search }: { readonly data: CutsOf; readonly search: BoardSearch }) {
  const { t, say } = useWords();
  const [period] = data.periods;
  if (period === undefined) return null;
  return (
    <Table
      caption={t('cutTable')}
      rows={data.rows}
      rowKey={({ key }) => key}
      empty={t('cutEmpty')}
      columns={[
        { name: t(dimensions[data.by]), cell: (row) => <RowName row={row} /> },
        ...data.figures.map(({ figure, name }) => ({
          name: say(name),
          numeric: true,
          cell: (row: Row) => <Opens data={data} search={search} row={row} period={period} at={0} figure={figure} />,
        })),
      ]}
    />
  );
}

function OverTime(props: { readonly data: CutsOf; readonly search: BoardSearch; readonly figure: Name }) {
  const { data, search, figure } = props;
  const words = useWords();
  const { t, say, day } = words;
  const named = ({ from, to }: Period) => t('cutPeriod', { from: from === null ? '' : day(from), to: day(to) });
  // All together: a bar for each period. Else one for each row, of the latest period, with the one before as a tick.
  const [only] = data.rows;
  const bars: readonly Bar[] =
    data.by === 'none'
      ? data.periods.map((period, at) => {
          const figures = only?.periods[at];
          const { text, value } = figures ? valueOf(words, figure, figures) : { text: '–', value: null };
          return { key: period.to, name: named(period), value, text };
        })
      : data.rows.map((row) => {
          const [last, before] = [row.periods.at(-1), row.periods.at(-2)];
          const { text, value } = last ? valueOf(words, figure, last) : { text: '–', value: null };
          const mark = before ? valueOf(words, figure, before).value : null;
          return { key: row.key, name: say(row.name), value, mark, text };
        });
  const values = bars.flatMap(({ value, mark = null }) => [value, mark]);
  return (
    <>
      {data.by !== 'none' && <p className={partsCss['faint']}>{t('cutTick')}</p>}
      <Bars bars={bars} scale={scaleOf(values, steps[figure])} />
      <Table
        caption={t('cutTimeTable')}
        rows={data.rows}
        rowKey={({ key }) => key}
        empty={t('cutEmpty')}
        columns={[
          { name: t(dimensions[data.by]), cell: (row) => <RowName row={row} /> },
          ...data.periods.map((period, at) => ({
            name: named(period),
            numeric: true,
            cell: (row: Row) => <Opens data={data} search={search} row={row} period={period} at={at} figure={figure} />,
          })),
        ]}
      />
    </>
  );
}

/** A number that opens the cases it is made of. */
function Opens(props: {
  readonly data: CutsOf;
  readonly search: BoardSearch;
  readonly row: Row;
  readonly period: Period;
  readonly at: number;
  readonly figure: Name;
}) {
  const { data, search, row, period, at, figure } = props;
  const words = useWords();
  const [open, setOpen] = useState(false);
  const figures = row.periods[at];
  if (figures === undefined) return '–';
  const { text } = valueOf(words, figure, figures);
  if (text === '–' || text === '0') return text;
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{text}</summary>
      {open && (
        <Behind
          figure={figure}
          ask={{
            ...search,
            ...(period.from !== null && { from: period.from }),
            to: period.to,
            by: data.by,
            key: row.key,
          }}
        />
      )}
    </details>
  );
}

/** Days, with parts of them where there are any. */
const daysOf = ({ number }: Words, days: number): string => number(days, Number.isInteger(days) ? 0 : 2);

/** What one case adds to a figure, as the figure itself is written. */
function addedOf(words: Words, figure: Name, value: string): string {
  const { t, number, amount } = words;
  switch (figure) {
    case 'reduction':
      return writingOf(words).share(Number(value));
    case 'licensed':
      return t('workingDays', { n: daysOf(words, Number(value)) });
    case 'capital':
      return `${amount(value)} ₫`;
    case 'fdi':
      return `${amount(value)} USD`;
    case 'jobs':
      return t('cutJobs', { n: number(Number(value)) });
    case 'opened':
    case 'onTime':
    case 'overdueNow':
      return number(Number(value));
  }
}

function Behind({ figure, ask }: { readonly figure: Name; readonly ask: Readonly<Record<string, string>> }) {
  const words = useWords();
  const { t, say, number } = words;
  const found = useInfiniteQuery({
    queryKey: ['dashboard', 'figure-cases', figure, ask],
    queryFn: ({ pageParam }) =>
      read('/dashboard/figures/{figure}/cases', { figure }, { ...ask, ...(pageParam && { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  if (found.error !== null) return <Failure error={found.error} />;
  if (found.data === undefined) return <Loading />;
  const items = found.data.pages.flatMap((page) => page.items);
  const n = found.data.pages[0]?.n ?? 0;
  return (
    <>
      {items.length < n && !found.hasNextPage && (
        <p className={partsCss['faint']}>{t('cutUnread', { shown: number(items.length), n: number(n) })}</p>
      )}
      <ul>
        {items.map((one) => (
          <li key={`${one.case}/${one.procedure ?? ''}/${one.attempt ?? ''}`}>
            <Link to="/cases/$code" params={{ code: one.case }}>
              {one.case}
            </Link>
            {one.procedureName !== null && ` · ${say(one.procedureName)}`}
            {one.value !== null && ` · ${addedOf(words, figure, one.value)}`}
            {one.days !== null &&
              ` (${t('cutAgainst', { n: daysOf(words, one.days.whole), of: daysOf(words, one.days.baseline) })})`}
            {one.counted !== null && ` · ${t(one.counted ? 'cutCounts' : 'cutCountsNot')}`}
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <button type="button" className={partsCss['secondary']} onClick={() => void found.fetchNextPage()}>
          {t('more')}
        </button>
      )}
    </>
  );
}
