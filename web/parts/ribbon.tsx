import type { Calendar } from '../../domain/time/calendar.js';
import { useWords, type Word } from '../words/language.js';
import { type Flag, type Look, restsOf, type RibbonRow, rowHeight, scaleOf, ticksOf, top } from './ribbon-scale.js';
import css from './ribbon.module.css';

const flagWords = { due: 'ribbonDue', promised: 'ribbonPromised', breach: 'ribbonBreach' } as const;
const looks: Readonly<Record<Look, Word>> = {
  agency: 'ribbonAgency',
  late: 'ribbonLate',
  investor: 'ribbonInvestor',
  beside: 'ribbonBeside',
  done: 'ribbonDone',
};

/** Procedures on the legal calendar: dates off shaded, today marked. A picture for the eye: the table that follows it says the same. `id`: one of its own on the page. */
export function Ribbon(props: {
  readonly id: string;
  /** What it shows, in a few words of its own on the page. */
  readonly label: string;
  readonly rows: readonly RibbonRow[];
  readonly today: string;
  /** What the marked day is, with `{day}`; left out: today. */
  readonly marked?: Word;
  readonly calendar: Calendar | undefined;
  /** Dates that have their place also where nothing is there. */
  readonly reach?: readonly string[];
}) {
  const { id, label, rows, today, marked = 'ribbonToday', calendar, reach = [] } = props;
  const { t, day } = useWords();
  const scale = scaleOf(rows, today, reach);
  const { x, end } = scale;
  const height = top + rows.length * rowHeight + 4;
  const short = (text: string) => (text.length > 42 ? `${text.slice(0, 41)}…` : text);
  const seen = new Set(rows.flatMap(({ pieces }) => pieces.map(({ look }) => look)));
  const flagged = new Set(rows.flatMap(({ flags }) => flags.map(({ kind }) => kind)));
  const anyPlanned = rows.some(({ planned }) => planned !== null);
  return (
    <>
      <div className={css['scroll']} tabIndex={0} role="region" aria-label={label}>
        <svg
          className={css['ribbon']}
          viewBox={`0 0 1000 ${height}`}
          role="img"
          aria-label={t('ribbonText', { n: rows.length })}
        >
          <defs>
            <pattern
              id={`${id}-hatch`}
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect className={css['hatchGround']} width="6" height="6" />
              <rect className={css['hatchLine']} width="2.5" height="6" />
            </pattern>
          </defs>
          {calendar !== undefined &&
            restsOf(calendar, scale.first, scale.last).map(({ from, through }) => (
              <rect
                key={from}
                className={css['rest']}
                x={x(from)}
                y={top - 8}
                width={end(through) - x(from)}
                height={height - top + 8}
              />
            ))}
          {ticksOf(scale).map((date) => (
            <g key={date}>
              <line className={css['axis']} x1={x(date)} x2={x(date)} y1={top - 12} y2={height} />
              <text className={css['faint']} x={x(date) + 3} y={12}>
                {day(date).slice(3)}
              </text>
            </g>
          ))}
          {rows.map(({ key, name, critical, planned, pieces, flags }, index) => {
            const y = top + index * rowHeight;
            return (
              <g key={key}>
                <text className={critical ? css['critical'] : undefined} x={0} y={y + 14}>
                  {short(name)}
                </text>
                {planned !== null && (
                  <rect
                    className={critical ? css['plannedCritical'] : css['planned']}
                    x={x(planned.from)}
                    y={y + 1}
                    width={end(planned.through) - x(planned.from)}
                    height={18}
                  />
                )}
                {pieces.map((piece) => (
                  <rect
                    key={piece.from + piece.look}
                    className={css[piece.look]}
                    x={x(piece.from)}
                    y={y + (piece.look === 'beside' ? 8 : 5)}
                    width={Math.max(2, end(piece.through) - x(piece.from))}
                    height={piece.look === 'beside' ? 4 : 10}
                    {...(piece.look === 'investor' && { fill: `url(#${id}-hatch)` })}
                  >
                    <title>{piece.text}</title>
                  </rect>
                ))}
                {flags.map((flag) => (
                  <g key={flag.kind + flag.date}>
                    <title>{flag.text}</title>
                    <line className={css[flag.kind]} x1={end(flag.date)} x2={end(flag.date)} y1={y - 1} y2={y + 21} />
                    {flag.kind === 'due' && (
                      <path className={css['flag']} d={`M${end(flag.date)},${y - 1} l7,3.5 l-7,3.5 z`} />
                    )}
                  </g>
                ))}
              </g>
            );
          })}
          {scale.marks && (
            <>
              <line className={css['today']} x1={x(today)} x2={x(today)} y1={20} y2={height} />
              <text
                className={css['todayText']}
                x={x(today)}
                y={24}
                textAnchor={x(today) > 850 ? 'end' : 'start'}
                dx={x(today) > 850 ? -4 : 4}
              >
                {t(marked, { day: day(today) })}
              </text>
            </>
          )}
        </svg>
      </div>
      <ul className={css['legend']} aria-label={t('ribbonLegend')}>
        {anyPlanned && (
          <li>
            <Swatch id={id} look="planned" /> {t('ribbonPlanned')}
          </li>
        )}
        {(Object.keys(looks) as Look[]).map(
          (look) =>
            seen.has(look) && (
              <li key={look}>
                <Swatch id={id} look={look} /> {t(looks[look])}
              </li>
            ),
        )}
        {(Object.keys(flagWords) as Flag['kind'][]).map(
          (kind) =>
            flagged.has(kind) && (
              <li key={kind}>
                <svg width="16" height="16" aria-hidden="true">
                  <line className={css[kind]} x1="4" x2="4" y1="1" y2="15" />
                  {kind === 'due' && <path className={css['flag']} d="M4,1 l7,3.5 l-7,3.5 z" />}
                </svg>{' '}
                {t(flagWords[kind])}
              </li>
            ),
        )}
        {calendar !== undefined && (
          <li>
            <Swatch id={id} look="rest" /> {t('ribbonRest')}
          </li>
        )}
      </ul>
    </>
  );
}

function Swatch({ id, look }: { readonly id: string; readonly look: Look | 'planned' | 'rest' }) {
  return (
    <svg width="16" height="16" aria-hidden="true">
      <rect
        className={css[look]}
        x="1"
        y={look === 'beside' ? 6 : 2}
        width="14"
        height={look === 'beside' ? 4 : 12}
        {...(look === 'investor' && { fill: `url(#${id}-hatch)` })}
      />
    </svg>
  );
}
