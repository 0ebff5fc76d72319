import type { Calendar } from '../../domain/time/calendar.js';
import type { Ledger, RoadmapItem } from '../api/contract.js';
import { vietnamDay } from '../parts/days.js';
import { Table, Unverified } from '../parts/parts.js';
import { Ribbon } from '../parts/ribbon.js';
import { type Look, type RibbonRow } from '../parts/ribbon-scale.js';
import { useWords, type Word, type Words } from '../words/language.js';
import { piecesOf } from './pieces.js';
import { Why } from './why.js';

const readiness = {
  open: 'readyOpen',
  closed: 'readyClosed',
  ready: 'readyReady',
  waiting: 'readyWaiting',
} as const satisfies Record<RoadmapItem['readiness'], Word>;

const lookWords = {
  agency: 'pieceAgency',
  late: 'pieceLate',
  investor: 'pieceInvestor',
  beside: 'pieceBeside',
  done: 'pieceAgency',
} as const satisfies Record<Look, Word>;

/** The lines of the ribbon of a case. */
function rowsOf(items: readonly RoadmapItem[], ledger: Ledger | undefined, today: string, words: Words): RibbonRow[] {
  const { t, say, day } = words;
  const path = new Set(ledger?.path ?? []);
  return items.map((item) => {
    const { statutory } = item.planned;
    const { starts, ends } = statutory;
    const due = item.actual?.clock?.dueDate ?? item.actual?.printedDueDate ?? null;
    const promised = item.actual?.promisedDate ?? null;
    const breach = item.actual?.clock?.breachedOn ?? null;
    return {
      key: item.procedure,
      name: say(item.name),
      critical: path.has(item.procedure),
      planned: starts === null || ends === null ? null : { from: starts, through: ends },
      pieces: piecesOf(item, ledger, today).map((piece) => ({
        ...piece,
        text: t(lookWords[piece.look], { from: day(piece.from), to: day(piece.through) }),
      })),
      flags: [
        ...(promised === null
          ? []
          : [{ date: promised, kind: 'promised' as const, text: `${t('ribbonPromised')}: ${day(promised)}` }]),
        ...(due === null ? [] : [{ date: due, kind: 'due' as const, text: `${t('ribbonDue')}: ${day(due)}` }]),
        ...(breach === null
          ? []
          : [{ date: breach, kind: 'breach' as const, text: `${t('ribbonBreach')}: ${day(breach)}` }]),
      ],
    };
  });
}

/** Every date that the ribbon of these has a place for. */
export const datesOf = (items: readonly RoadmapItem[]): string[] =>
  items.flatMap(({ planned: { statutory }, actual }) =>
    [statutory.starts, statutory.ends, actual?.openedAt, actual?.clock?.dueDate, actual?.promisedDate, actual?.closedAt]
      .filter((date) => typeof date === 'string')
      .map(vietnamDay),
  );

/** The roadmap on the legal calendar, and the table that says the same, with the reasons of each date. */
export function Roadmap(props: {
  /** One of its own on the page. */
  readonly id?: string;
  readonly label?: string;
  /** As of another day than today: that is what the marked day is called, and why each date is what it is, is not told. */
  readonly marked?: Word;
  /** Dates that have their place beside its own. */
  readonly reach?: readonly string[];
  readonly code: string;
  readonly items: readonly RoadmapItem[];
  readonly asOf: string;
  readonly ledger: Ledger | undefined;
  readonly calendar: Calendar | undefined;
  readonly agencyName: (code: string) => string;
}) {
  const { id = 'roadmap', code, items, asOf, ledger, calendar, agencyName, marked, reach } = props;
  const words = useWords();
  const { t, say, day } = words;
  const today = vietnamDay(asOf);
  return (
    <>
      <Ribbon
        id={id}
        label={props.label ?? t('ribbonTitle')}
        {...(marked !== undefined && { marked })}
        {...(reach !== undefined && { reach })}
        rows={rowsOf(items, ledger, today, words)}
        today={today}
        calendar={calendar}
      />
      <Table
        caption={t('ribbonTable')}
        rows={items}
        rowKey={({ procedure }) => procedure}
        columns={[
          { name: t('colProcedure'), cell: (one) => say(one.name) },
          {
            name: t('colState'),
            cell: (one) => stateOf(one, words),
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
            cell: ({ planned: { statutory }, verified }) =>
              statutory.starts === null || statutory.ends === null ? (
                '–'
              ) : (
                <>
                  {day(statutory.starts)} – {day(statutory.ends)} <Unverified verified={verified} />
                </>
              ),
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
              const due = dueOf(actual);
              return due === null ? '–' : day(due);
            },
          },
        ]}
      />
      {marked === undefined && items.some(({ actual }) => actual?.clock) && (
        <section aria-labelledby="whys">
          <h3 id="whys">{t('whyTitle')}</h3>
          {items.map(
            ({ actual, procedure, version, name }) =>
              actual?.clock && (
                <Why
                  key={procedure}
                  code={code}
                  procedure={procedure}
                  version={version}
                  name={say(name)}
                  due={dueOf(actual)}
                />
              ),
          )}
        </section>
      )}
    </>
  );
}

/** Where it stands: put off, as its attempt has it, or what it waits for. */
function stateOf({ deferred, actual, readiness: ready, mandatory }: RoadmapItem, { t, say, day }: Words): string {
  if (deferred !== null) {
    return deferred.until === null ? t('stateDeferred') : t('stateDeferredUntil', { day: day(deferred.until) });
  }
  if (actual !== null) return say(actual.status.name);
  return mandatory ? t(readiness[ready]) : `${t(readiness[ready])} (${t('optional')})`;
}

/** The date a procedure is due, as its clock or else its paper says. */
const dueOf = (actual: RoadmapItem['actual']): string | null =>
  actual?.clock?.dueDate ?? actual?.printedDueDate ?? null;
