import type { Part } from '../../api/contract.js';
import { Bars, scaleOf } from '../../parts/chart.js';
import { Notice, Table } from '../../parts/parts.js';
import { useWords, type Word, type Words } from '../../words/language.js';
import { Defined, meaningsOf, writingOf } from '../figures.js';
import type { Summary } from '../search.js';
import type { Given } from '../dashboards.js';
import { Cases } from './cases.js';
import { groundWords } from './grounds.js';

interface ReductionRow {
  readonly code: string;
  readonly name: string;
  readonly overall: number | null;
  readonly mean: number | null;
  readonly median: number | null;
  readonly n: number;
  readonly atLeast30: Part | null;
  readonly atLeast40: Part | null;
}

/** The reduction in each of its definitions: the published one first, then what it is to be read beside. */
export function reductionRows(
  words: Words,
  { summary, measures }: Pick<Given, 'summary' | 'measures'>,
): ReductionRow[] {
  const { t } = words;
  const meaningOf = meaningsOf(words, measures);
  const { all, verified, unverified, bound, control, peers, against } = summary.reduction;
  const named = (code: string, row: Omit<ReductionRow, 'code' | 'name'>): ReductionRow => ({
    code,
    name: meaningOf(code).name,
    ...row,
  });
  const none = { atLeast30: null, atLeast40: null };
  // A baseline nobody has published is said, not left as a dash.
  const againstToday = (): ReductionRow => {
    const row = named('againstObserved', { ...against.observed, mean: null, median: null, ...none });
    return row.n === 0 ? { ...row, name: `${row.name}: ${t('boardAgainstNone')}` } : row;
  };
  return [
    named('reduction', all),
    named('reductionWhole', { ...all.whole, n: all.n, ...none }),
    named('reductionCity', { ...all.city, n: all.n, ...none }),
    named('againstLaw', { ...against.law, mean: null, median: null, ...none }),
    againstToday(),
    { ...named('reduction', verified), name: t('boardVerifiedOnly') },
    { ...named('reduction', unverified), name: t('boardUnverifiedOnly') },
    named('bound', { ...bound, median: null }),
    named('control', control),
    named('peers', { overall: null, mean: peers.mean, median: peers.median, n: peers.n, ...none }),
  ];
}

/** The bars of a reduction with the two lines it is measured against. */
export function ReductionBars({ summary, measures }: Pick<Given, 'summary' | 'measures'>) {
  const words = useWords();
  const write = writingOf(words);
  const { commitment, ambition } = summary.reduction;
  const bars = reductionRows(words, { summary, measures }).map(({ name, overall, median }) => {
    const value = overall ?? median;
    return { key: name, name, value, text: write.share(value) };
  });
  return (
    <Bars
      bars={bars}
      scale={scaleOf(
        bars.map(({ value }) => value),
        0.1,
        0.6,
      )}
      lines={[commitment, ambition].map((value) => ({ value, text: write.target(value) }))}
    />
  );
}

const exclusionWords = {
  adjustment: 'boardOutAdjustment',
  'calendar-unknown': 'boardOutCalendar',
  'city-baseline-short': 'boardOutShort',
  'city-baseline-unknown': 'boardOutUnknown',
  deferred: 'boardOutDeferred',
  'facts-open': 'boardOutFacts',
  'result-revoked': 'boardOutRevoked',
  'lane-undecided': 'boardOutUndecided',
  'no-baseline': 'boardOutNoBaseline',
  refused: 'boardOutRefused',
  'standard-lane': 'boardOutStandard',
  withdrawn: 'boardOutWithdrawn',
} as const satisfies Readonly<Record<Summary['reduction']['excluded']['reasons'][number]['reason'], Word>>;

const besideWords = {
  openPastBaseline: 'boardOpenPast',
  breachesOpen: 'boardBreaches',
  casesWithBrokenTerms: 'boardBroken',
  refiledCases: 'boardRefiled',
  withdrawnAfterBreach: 'boardWithdrawnLate',
  approvedInPart: 'boardInPart',
  laneDecidedLate: 'boardLaneLate',
  counterReturns: 'boardReturns',
  receptionsRefused: 'boardReceptionsRefused',
  extensions: 'boardExtensions',
  resultsCorrected: 'boardResultsCorrected',
} as const satisfies Partial<Record<keyof Summary['beside'], Word>>;

export function Reduction({ summary, measures }: Given) {
  const words = useWords();
  const { t, number, percent } = words;
  const write = writingOf(words);
  const meaningOf = meaningsOf(words, measures);
  const { interval, excluded, unverifiedCases, commitment, ambition } = summary.reduction;
  const ground = (code: string) => {
    const word = groundWords[code];
    return word === undefined ? code : t(word);
  };
  const beside = [
    ...Object.entries(besideWords).map(([key, word]) => ({
      name: t(word),
      value: number(summary.beside[key as keyof typeof besideWords]),
    })),
    ...summary.beside.suspensions.map((one) => ({
      name: t('boardSuspended', { ground: ground(one.ground) }),
      value: t('boardTimesDays', { n: number(one.n), days: number(one.days) }),
    })),
  ];
  return (
    <section>
      <h2>{t('boardReduction', { commitment: write.target(commitment), ambition: write.target(ambition) })}</h2>
      <ReductionBars summary={summary} measures={measures} />
      <Table
        caption={t('boardReductionTable')}
        rows={reductionRows(words, { summary, measures })}
        rowKey={({ name }) => name}
        columns={[
          { name: t('boardColFigure'), cell: ({ name, code }) => <Defined name={name} meaning={meaningOf(code)} /> },
          { name: t('boardColOverall'), cell: ({ overall }) => write.share(overall), numeric: true },
          { name: t('boardColMean'), cell: ({ mean }) => write.share(mean), numeric: true },
          { name: t('boardColMedian'), cell: ({ median }) => write.share(median), numeric: true },
          {
            name: t('boardColAtLeast', { share: write.target(commitment) }),
            cell: ({ atLeast30 }) => (atLeast30 === null ? '–' : write.part(atLeast30)),
            numeric: true,
          },
          {
            name: t('boardColAtLeast', { share: write.target(ambition) }),
            cell: ({ atLeast40 }) => (atLeast40 === null ? '–' : write.part(atLeast40)),
            numeric: true,
          },
          { name: t('boardColN'), cell: ({ n }) => number(n), numeric: true },
        ]}
      />
      <p>
        {interval === null
          ? t('boardNoInterval')
          : t('boardInterval', { low: percent(interval.low), high: percent(interval.high) })}
      </p>
      <Defined name={meaningOf('interval').name} meaning={meaningOf('interval')} />
      <Defined name={meaningOf('baselineLaw').name} meaning={meaningOf('baselineLaw')} />
      <h3>{meaningOf('beside').name}</h3>
      <Defined name={t('boardHow')} meaning={meaningOf('beside')} />
      <Table
        caption={t('boardBesideTable')}
        rows={beside}
        rowKey={({ name }) => name}
        columns={[
          { name: t('boardColFigure'), cell: ({ name }) => name },
          { name: t('boardColCount'), cell: ({ value }) => value, numeric: true },
        ]}
      />
      <h3>{t('boardExcluded', { n: number(excluded.n) })}</h3>
      <Table
        caption={t('boardExcludedTable')}
        rows={excluded.reasons}
        rowKey={({ reason }) => reason}
        empty={t('boardExcludedNone')}
        columns={[
          { name: t('boardColReason'), cell: ({ reason }) => t(exclusionWords[reason]) },
          { name: t('boardColCases'), cell: ({ n }) => number(n), numeric: true },
          {
            name: t('statusCode'),
            cell: ({ reason }) => <Cases items={excluded.items.filter(({ reasons }) => reasons.includes(reason))} />,
          },
        ]}
      />
      {unverifiedCases.n > 0 && (
        <Notice tone="amber">
          <p>{t('boardUnverifiedCases', { n: number(unverifiedCases.n) })}</p>
          <p>
            <Cases items={unverifiedCases.items} />
          </p>
        </Notice>
      )}
    </section>
  );
}
