import type { RoadmapItem } from '../api/contract.js';
import { Table } from '../parts/parts.js';
import { useWords, type Word } from '../words/language.js';
import css from './ribbon.module.css';

const dayMs = 86_400_000;
/** A legal day as a number of days; no time zone is asked. */
const dayNumber = (date: string): number => Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / dayMs;
const vietnamDay = (instant: string): string =>
  new Date(Date.parse(instant) + 7 * 3_600_000).toISOString().slice(0, 10);

interface Bar {
  readonly item: RoadmapItem;
  readonly planned: readonly [from: number, to: number] | undefined;
  readonly actual: readonly [from: number, to: number] | undefined;
  readonly state: 'actual' | 'open' | 'late';
}

/** Where each procedure lies on the calendar: what the law plans, and what was. */
export function barsOf(items: readonly RoadmapItem[], today: string): readonly Bar[] {
  return items.map((item) => {
    const { statutory } = item.planned;
    const { actual } = item;
    const planned =
      statutory.starts === null || statutory.ends === null
        ? undefined
        : ([dayNumber(statutory.starts), dayNumber(statutory.ends)] as const);
    const over = actual?.decidedAt ?? actual?.closedAt ?? null;
    const began =
      actual === null
        ? undefined
        : ([dayNumber(vietnamDay(actual.openedAt)), dayNumber(over === null ? today : vietnamDay(over))] as const);
    const late = (actual?.clock?.breachedOn ?? null) !== null;
    return {
      item,
      planned,
      actual: began,
      state: late ? 'late' : over === null ? 'open' : 'actual',
    };
  });
}

const readiness = {
  open: 'readyOpen',
  closed: 'readyClosed',
  ready: 'readyReady',
  waiting: 'readyWaiting',
} as const satisfies Record<RoadmapItem['readiness'], Word>;

/** The roadmap on the calendar, and the table that says the same. */
export function Ribbon(props: {
  readonly items: readonly RoadmapItem[];
  readonly asOf: string;
  readonly agencyName: (code: string) => string;
}) {
  const { items, asOf, agencyName } = props;
  const { t, say, day } = useWords();
  const today = vietnamDay(asOf);
  const bars = barsOf(items, today);
  const ends = bars.flatMap(({ planned, actual }) => [...(planned ?? []), ...(actual ?? [])]);
  const [first, last] = [Math.min(dayNumber(today), ...ends), Math.max(dayNumber(today), ...ends)];
  const [left, width, row] = [300, 700, 26];
  const x = (at: number) => left + ((at - first) / Math.max(1, last - first)) * width;
  const height = 30 + bars.length * row;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => Math.round(first + (last - first) * part));
  const short = (text: string) => (text.length > 42 ? `${text.slice(0, 41)}…` : text);
  return (
    <>
      <div className={css['scroll']} tabIndex={0} role="region" aria-label={t('ribbonTitle')}>
        <svg
          className={css['ribbon']}
          viewBox={`0 0 1010 ${height}`}
          role="img"
          aria-label={t('ribbonText', { n: bars.length })}
        >
          {ticks.map((tick) => (
            <g key={tick}>
              <line className={css['axis']} x1={x(tick)} x2={x(tick)} y1={20} y2={height} />
              <text
                className={css['faint']}
                x={x(tick)}
                y={14}
                textAnchor={tick === last ? 'end' : tick === first ? 'start' : 'middle'}
              >
                {day(new Date(tick * dayMs).toISOString().slice(0, 10))}
              </text>
            </g>
          ))}
          {bars.map(({ item, planned, actual, state }, index) => {
            const y = 26 + index * row;
            return (
              <g key={item.procedure}>
                <text x={0} y={y + 14}>
                  {short(say(item.name))}
                </text>
                {planned !== undefined && (
                  <rect
                    className={css['planned']}
                    x={x(planned[0])}
                    y={y + 2}
                    width={Math.max(3, x(planned[1]) - x(planned[0]))}
                    height={16}
                  />
                )}
                {actual !== undefined && (
                  <rect
                    className={css[state]}
                    x={x(actual[0])}
                    y={y + 5}
                    width={Math.max(4, x(actual[1]) - x(actual[0]))}
                    height={10}
                  />
                )}
              </g>
            );
          })}
          <line className={css['today']} x1={x(dayNumber(today))} x2={x(dayNumber(today))} y1={20} y2={height} />
        </svg>
      </div>
      <Table
        caption={t('ribbonTable')}
        rows={items}
        rowKey={({ procedure }) => procedure}
        columns={[
          { name: t('colProcedure'), cell: (one) => say(one.name) },
          {
            name: t('colState'),
            cell: (one) => (one.actual === null ? t(readiness[one.readiness]) : say(one.actual.status.name)),
          },
          {
            name: t('statusHolder'),
            cell: (one) =>
              one.holders
                .map((holder) =>
                  holder === 'investor'
                    ? t('holderInvestor')
                    : holder === 'system'
                      ? t('bySystem')
                      : agencyName(holder),
                )
                .join(' · ') || '–',
          },
          {
            name: t('ribbonPlanned'),
            cell: ({ planned: { statutory } }) =>
              statutory.starts === null || statutory.ends === null
                ? '–'
                : `${day(statutory.starts)} – ${day(statutory.ends)}`,
          },
          {
            name: t('ribbonActual'),
            cell: ({ actual }) => {
              if (actual === null) return '–';
              const over = actual.decidedAt ?? actual.closedAt;
              return `${day(actual.openedAt)} – ${over === null ? '…' : day(over)}`;
            },
          },
          {
            name: t('colDue'),
            cell: ({ actual }) => {
              const due = actual?.printedDueDate ?? null;
              return due === null ? '–' : day(due);
            },
          },
        ]}
      />
    </>
  );
}
