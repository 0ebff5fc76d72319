import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Fragment, type SubmitEvent } from 'react';
import { read } from '../api/call.js';
import type { Measure, Part } from '../api/contract.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { Bars, scaleOf, Whole } from '../parts/chart.js';
import { Heading } from '../parts/frame.js';
import { Facts, Notice, Table, Tag } from '../parts/parts.js';
import partsCss from '../parts/parts.module.css';
import { useWords, type Word, type Words } from '../words/language.js';
import { Cards, Defined, figuresOf, meaningsOf, writingOf } from './figures.js';
import css from './leader.module.css';
import {
  type Agencies,
  type Automation,
  type BoardSearch,
  boardSearchOf,
  lanes,
  type Sandbox,
  type Summary,
} from './search.js';

/** The figures of a period, all five answers at once; `every`: milliseconds after which they are asked for anew. */
export function useDashboards(search: BoardSearch, every: number | false = false) {
  const { from, to } = search;
  const all = { ...search };
  const period = { from, to };
  const common = { placeholderData: keepPreviousData, refetchInterval: every, refetchIntervalInBackground: true };
  const [summary, automation, agencies, sandbox, measures] = useQueries({
    queries: [
      { queryKey: ['dashboard', 'summary', all], queryFn: () => read('/dashboard/summary', {}, all), ...common },
      { queryKey: ['dashboard', 'automation', all], queryFn: () => read('/dashboard/automation', {}, all), ...common },
      { queryKey: ['dashboard', 'agencies', all], queryFn: () => read('/dashboard/agencies', {}, all), ...common },
      { queryKey: ['dashboard', 'sandbox', period], queryFn: () => read('/dashboard/sandbox', {}, period), ...common },
      { queryKey: ['measures'], queryFn: () => read('/measures'), staleTime: 3_600_000 },
    ],
  });
  const error = summary.error ?? automation.error ?? agencies.error ?? sandbox.error ?? measures.error;
  const data =
    summary.data && automation.data && agencies.data && sandbox.data && measures.data
      ? {
          summary: summary.data,
          automation: automation.data,
          agencies: agencies.data,
          sandbox: sandbox.data,
          measures: measures.data.items,
        }
      : undefined;
  return { data, error };
}

/** The figures of the green lane: five at a glance, then each with what stands behind it. */
export function Board() {
  const words = useWords();
  const { t, day, moment, number } = words;
  const search = boardSearchOf(useSearch({ strict: false }));
  const { data, error } = useDashboards(search);
  useTitle(t('boardTitle'));
  return (
    <div className={css['sheet']}>
      <Heading title={t('boardTitle')} />
      <Filter key={JSON.stringify(search)} search={search} />
      {error !== null && <Failure error={error} />}
      {data === undefined ? (
        error === null && <Loading />
      ) : (
        <>
          <p className={partsCss['faint']}>
            {data.summary.period.from === null
              ? t('boardPeriodWhole', { to: day(data.summary.period.to) })
              : t('boardPeriod', { from: day(data.summary.period.from), to: day(data.summary.period.to) })}{' '}
            {t('boardAsOf', { at: moment(data.summary.asOf) })}
            {data.summary.dataAgeSeconds >= 5 &&
              ` ${t('boardBehind', { n: number(Math.round(data.summary.dataAgeSeconds)) })}`}
          </p>
          <h2>{t('boardHeadline')}</h2>
          <Cards figures={figuresOf(words, data)} />
          <Reduction {...data} />
          <Times {...data} />
          <Bottlenecks {...data} />
          <AutomationPart {...data} />
          <Promises {...data} />
          <SandboxPart {...data} />
          <Others {...data} />
          <Definitions measures={data.measures} />
        </>
      )}
    </div>
  );
}

const laneWords = { green: 'laneGreen', standard: 'laneStandard', undecided: 'laneUndecided' } as const;

function Filter({ search }: { readonly search: BoardSearch }) {
  const { t, say } = useWords();
  const navigate = useNavigate();
  const pathways = useQuery({ queryKey: ['pathways'], queryFn: () => read('/pathways'), staleTime: 3_600_000 });
  const show = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const next = boardSearchOf(Object.fromEntries(new FormData(event.currentTarget)));
    void navigate({ to: '/board', search: next });
  };
  return (
    <form className={css['filter']} onSubmit={show}>
      <div>
        <label htmlFor="from">{t('boardFrom')}</label>
        <input id="from" name="from" type="date" defaultValue={search.from} />
      </div>
      <div>
        <label htmlFor="to">{t('boardTo')}</label>
        <input id="to" name="to" type="date" defaultValue={search.to} />
      </div>
      <div>
        <label htmlFor="lane">{t('statusLane')}</label>
        <select id="lane" name="lane" defaultValue={search.lane ?? ''}>
          <option value="">{t('boardEvery')}</option>
          {lanes.map((lane) => (
            <option key={lane} value={lane}>
              {t(laneWords[lane])}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor="pathway">{t('pathwaysTitle')}</label>
        {/* Drawn anew when the names have come, so that what the address says is chosen. */}
        <select key={String(pathways.isSuccess)} id="pathway" name="pathway" defaultValue={search.pathway ?? ''}>
          <option value="">{t('boardEvery')}</option>
          {(pathways.data?.items ?? []).map(({ code, name }) => (
            <option key={code} value={code}>
              {say(name)}
            </option>
          ))}
        </select>
      </div>
      <button type="submit">{t('boardShow')}</button>
    </form>
  );
}

interface Given {
  readonly summary: Summary;
  readonly automation: Automation;
  readonly agencies: Agencies;
  readonly sandbox: Sandbox;
  readonly measures: readonly Measure[];
}

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
  const { all, verified, unverified, bound, control, peers } = summary.reduction;
  const named = (code: string, row: Omit<ReductionRow, 'code' | 'name'>): ReductionRow => ({
    code,
    name: meaningOf(code).name,
    ...row,
  });
  const none = { atLeast30: null, atLeast40: null };
  return [
    named('reduction', all),
    named('reductionWhole', { ...all.whole, n: all.n, ...none }),
    named('reductionCity', { ...all.city, n: all.n, ...none }),
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
} as const satisfies Partial<Record<keyof Summary['beside'], Word>>;

const groundWords: Readonly<Record<string, Word>> = {
  supplement: 'boardGroundSupplement',
  explanation: 'boardGroundExplanation',
  'violation-handling': 'boardGroundViolation',
  'errors-in-dossier': 'boardGroundErrors',
};

function Reduction({ summary, measures }: Given) {
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

/** The cases behind a figure, each as far as its page. */
function Cases({ items }: { readonly items: readonly { readonly case: string }[] }) {
  if (items.length === 0) return '–';
  return items.map((one, index) => (
    <Fragment key={one.case}>
      {index > 0 && ', '}
      <Link to="/cases/$code" params={{ code: one.case }}>
        {one.case}
      </Link>
    </Fragment>
  ));
}

function Times({ summary, measures }: Given) {
  const words = useWords();
  const { t, say, number } = words;
  const write = writingOf(words);
  const meaningOf = meaningsOf(words, measures);
  const { procedures } = summary.timePerProcedure;
  const rows = procedures.toSorted((one, other) => (other.net.median ?? -1) - (one.net.median ?? -1));
  return (
    <section>
      <h2>{t('boardTimes')}</h2>
      <Defined name={meaningOf('time').name} meaning={meaningOf('time')} />
      <Defined name={meaningOf('spread').name} meaning={meaningOf('spread')} />
      <Table
        caption={t('boardMilestones')}
        rows={[
          { name: t('boardTimeToLicense'), ...summary.timeToLicense },
          { name: t('boardTimeToBuild'), ...summary.timeToBuild },
        ]}
        rowKey={({ name }) => name}
        columns={[
          { name: t('boardColMilestone'), cell: ({ name }) => name },
          { name: t('boardColNet'), cell: ({ net }) => write.spread(net) },
          { name: t('boardColGross'), cell: ({ gross }) => write.spread(gross) },
        ]}
      />
      <h3>{t('boardPerProcedure')}</h3>
      {rows.length > 0 && (
        <>
          <p className={partsCss['faint']}>{t('boardTickIsP90')}</p>
          <Bars
            bars={rows.map(({ procedure, name, net }) => ({
              key: procedure,
              name: say(name),
              value: net.median,
              mark: net.p90,
              text: write.days(net.median),
            }))}
            scale={scaleOf(
              rows.flatMap(({ net }) => [net.median, net.p90]),
              5,
            )}
          />
        </>
      )}
      <Table
        caption={t('boardPerProcedureTable')}
        rows={rows}
        rowKey={({ procedure }) => procedure}
        empty={t('boardProceduresNone')}
        columns={[
          { name: t('colProcedure'), cell: ({ name }) => say(name) },
          { name: t('boardColNet'), cell: ({ net }) => write.spread(net) },
          { name: t('boardColGross'), cell: ({ gross }) => write.spread(gross) },
          { name: meaningOf('onTime').name, cell: ({ onTime }) => write.part(onTime), numeric: true },
          { name: meaningOf('onTimeStrict').name, cell: ({ onTimeStrict }) => write.part(onTimeStrict), numeric: true },
          { name: t('boardWithin30'), cell: ({ within30 }) => write.part(within30), numeric: true },
          { name: t('boardWithin40'), cell: ({ within40 }) => write.part(within40), numeric: true },
          { name: meaningOf('overdueNow').name, cell: ({ overdueNow }) => number(overdueNow), numeric: true },
        ]}
      />
      {(['onTime', 'onTimeStrict', 'targets', 'overdueNow'] as const).map((code) => (
        <Defined key={code} name={meaningOf(code).name} meaning={meaningOf(code)} />
      ))}
    </section>
  );
}

/** Agencies, those where most is late or waits longest first. */
export function bottlenecksOf({ items }: Agencies): Agencies['items'] {
  const late = ({ procedures, tasks }: Agencies['items'][number]) => procedures.overdue + tasks.overdue;
  return items.toSorted(
    (one, other) => late(other) - late(one) || (other.holding.median ?? -1) - (one.holding.median ?? -1),
  );
}

function Bottlenecks({ agencies, measures }: Given) {
  const words = useWords();
  const meaningOf = meaningsOf(words, measures);
  const { t, say, number } = words;
  const write = writingOf(words);
  const rows = bottlenecksOf(agencies);
  const held = rows
    .filter(({ holding }) => holding.n > 0)
    .toSorted((one, other) => (other.holding.median ?? 0) - (one.holding.median ?? 0));
  return (
    <section>
      <h2>{t('boardBottlenecks')}</h2>
      <p>{t('boardBottlenecksLead')}</p>
      {held.length > 0 && (
        <>
          <p className={partsCss['faint']}>{t('boardTickIsP90')}</p>
          <Bars
            bars={held.map(({ agency, name, holding }) => ({
              key: agency,
              name: say(name),
              value: holding.median,
              mark: holding.p90,
              text: write.days(holding.median),
            }))}
            scale={scaleOf(
              held.flatMap(({ holding }) => [holding.median, holding.p90]),
              5,
            )}
          />
        </>
      )}
      <Defined name={meaningOf('priorityCost').name} meaning={meaningOf('priorityCost')} />
      <Table
        caption={t('boardPriorityTable')}
        rows={rows.filter(({ priority }) => priority.green.n + priority.standard.n > 0)}
        rowKey={({ agency }) => agency}
        empty={t('boardAgenciesNone')}
        columns={[
          { name: t('colAgency'), cell: ({ name }) => say(name) },
          { name: t('laneGreen'), cell: ({ priority }) => write.spread(priority.green) },
          { name: t('laneStandard'), cell: ({ priority }) => write.spread(priority.standard) },
          { name: t('boardColCost'), cell: ({ priority }) => write.days(priority.cost), numeric: true },
        ]}
      />
      <Table
        caption={t('boardAgenciesTable')}
        rows={rows}
        rowKey={({ agency }) => agency}
        empty={t('boardAgenciesNone')}
        columns={[
          { name: t('colAgency'), cell: ({ name }) => say(name) },
          { name: t('boardColHeld'), cell: ({ holding }) => write.spread(holding) },
          { name: t('boardColOnTime'), cell: ({ onTime }) => write.part(onTime), numeric: true },
          {
            name: t('boardColProcedures'),
            cell: ({ procedures: { open, overdue } }) => <OpenLate open={open} late={overdue} />,
            numeric: true,
          },
          {
            name: t('boardColTasks'),
            cell: ({ tasks: { open, overdue } }) => <OpenLate open={open} late={overdue} />,
            numeric: true,
          },
          { name: t('boardColOpinions'), cell: ({ opinions }) => write.part(opinions.inTime), numeric: true },
          { name: t('boardColSilent'), cell: ({ opinions }) => number(opinions.silent), numeric: true },
          {
            name: t('boardColStopped'),
            cell: ({ suspensions: { n, days } }) => t('boardTimesDays', { n: number(n), days: number(days) }),
            numeric: true,
          },
          { name: t('boardExtensions'), cell: ({ extensions }) => number(extensions), numeric: true },
        ]}
      />
    </section>
  );
}

function OpenLate({ open, late }: { readonly open: number; readonly late: number }) {
  const { t, number } = useWords();
  if (late === 0) return number(open);
  return (
    <>
      {number(open)} <Tag tone="red">{t('boardLate', { n: number(late) })}</Tag>
    </>
  );
}

const levelWords = { full: 'boardFull', partly: 'boardPartly', none: 'boardNone' } as const;

function AutomationPart({ automation, measures }: Given) {
  const words = useWords();
  const { t, say, number } = words;
  const meaningOf = meaningsOf(words, measures);
  const write = writingOf(words);
  const { processes, dossiers } = automation;
  return (
    <section>
      <h2>{t('boardAutomation', { target: write.target(processes.target) })}</h2>
      {processes.n > 0 && (
        <Whole
          pieces={[
            { key: 'full', value: processes.full, look: 'strong' },
            { key: 'partly', value: processes.partly, look: 'half' },
            { key: 'none', value: processes.none, look: 'empty' },
          ]}
          line={{ value: processes.target, text: write.target(processes.target) }}
        />
      )}
      <Table
        caption={t('boardAutomationTable')}
        rows={[
          {
            code: 'automationProcess',
            counts: [processes.full, processes.partly, processes.none, processes.n] as const,
            share: processes.share,
          },
          {
            code: 'automationDossier',
            counts: [dossiers.automatic, dossiers.partly, dossiers.manual, dossiers.n] as const,
            share: dossiers.shareWithMachine,
          },
        ]}
        rowKey={({ code }) => code}
        columns={[
          {
            name: t('boardColFigure'),
            cell: ({ code }) => <Defined name={meaningOf(code).name} meaning={meaningOf(code)} />,
          },
          { name: t('boardFull'), cell: ({ counts }) => number(counts[0]), numeric: true },
          { name: t('boardPartly'), cell: ({ counts }) => number(counts[1]), numeric: true },
          { name: t('boardNone'), cell: ({ counts }) => number(counts[2]), numeric: true },
          { name: t('boardColTogether'), cell: ({ counts }) => number(counts[3]), numeric: true },
          { name: t('boardColShare'), cell: ({ share }) => write.share(share), numeric: true },
        ]}
      />
      <Defined name={meaningOf('automationTarget').name} meaning={meaningOf('automationTarget')} />
      <Table
        caption={t('boardAutomationItems')}
        rows={automation.items}
        rowKey={({ procedure }) => procedure}
        columns={[
          { name: t('colProcedure'), cell: ({ name }) => say(name) },
          {
            name: t('boardColHappened'),
            cell: (one) => (one.automation === null ? t('boardNotYet') : t(levelWords[one.automation])),
          },
          { name: t('boardColByMachine'), cell: ({ done }) => number(done.byMachine), numeric: true },
          { name: t('boardColAssisted'), cell: ({ done }) => number(done.assisted), numeric: true },
          { name: t('boardColByPerson'), cell: ({ done }) => number(done.byPerson), numeric: true },
          { name: t('boardColPlanned'), cell: ({ plan }) => t(levelWords[plan.automation]) },
        ]}
      />
      <Defined name={meaningOf('automationPlan').name} meaning={meaningOf('automationPlan')} />
    </section>
  );
}

const targetWords = { 'at-risk': ['boardAtRisk', 'amber'], missed: ['boardMissed', 'red'] } as const;

/** The state of one promised term with its date. */
function Promised({ state, due }: { readonly state: keyof typeof targetWords | null; readonly due: string | null }) {
  const { t, day } = useWords();
  if (due === null) return '–';
  if (state === null) return day(due);
  const [word, tone] = targetWords[state];
  return (
    <>
      {day(due)} <Tag tone={tone}>{t(word)}</Tag>
    </>
  );
}

/** Open procedures whose promised term is near or past, those due first on top. */
export function PromiseTable({
  summary,
  agencies,
  limit,
}: Pick<Given, 'summary' | 'agencies'> & { readonly limit?: number }) {
  const { t, say } = useWords();
  const names = new Map(agencies.items.map(({ agency, name }) => [agency, say(name)]));
  const procedures = useQuery({ queryKey: ['procedures'], queryFn: () => read('/procedures'), staleTime: 3_600_000 });
  const procedureNames = new Map((procedures.data?.items ?? []).map(({ code, name }) => [code, say(name)]));
  return (
    <Table
      caption={t('boardPromisesTable')}
      rows={summary.targets.items.slice(0, limit)}
      rowKey={(one) => `${one.case}/${one.procedure}/${one.attempt}`}
      empty={t('boardPromisesNone')}
      columns={[
        { name: t('statusCode'), cell: (one) => <Cases items={[one]} /> },
        { name: t('colProcedure'), cell: ({ procedure }) => procedureNames.get(procedure) ?? procedure },
        { name: t('colAgency'), cell: ({ agency }) => names.get(agency) ?? agency },
        { name: t('boardTerm30'), cell: (one) => <Promised state={one.target30} due={one.target30Due} /> },
        { name: t('boardTerm40'), cell: (one) => <Promised state={one.target40} due={one.target40Due} /> },
      ]}
    />
  );
}

function Promises(given: Given) {
  const words = useWords();
  const { t, number } = words;
  const { targets, within30, within40 } = given.summary;
  const write = writingOf(words);
  const meaning = meaningsOf(words, given.measures)('targets');
  return (
    <section>
      <h2>{t('boardPromises')}</h2>
      <Defined name={meaning.name} meaning={meaning} />
      <Facts
        items={[
          [t('boardWithin30'), `${write.share(within30.share)} (${write.part(within30)})`],
          [t('boardWithin40'), `${write.share(within40.share)} (${write.part(within40)})`],
          [
            t('boardTerm30'),
            t('boardTargetsOpen', { risk: number(targets.atRisk30), missed: number(targets.missed30) }),
          ],
          [
            t('boardTerm40'),
            t('boardTargetsOpen', { risk: number(targets.atRisk40), missed: number(targets.missed40) }),
          ],
        ]}
      />
      <PromiseTable {...given} />
    </section>
  );
}

function SandboxPart({ sandbox }: Given) {
  const words = useWords();
  const { t, say, number } = words;
  const write = writingOf(words);
  const { now, trials, holds, incidents, reports } = sandbox;
  const counts: readonly (readonly [Word, number])[] = [
    ['boardNowAdmission', now.inAdmission],
    ['boardNowAdmitted', now.admitted],
    ['boardNowRunning', now.running],
    ['boardNowHeld', now.held],
    ['boardNowSuspended', now.suspended],
    ['boardNowAssessment', now.inAssessment],
    ['boardNowTransition', now.inTransition],
    ['boardReportsOverdue', now.reportsOverdue],
    ['boardHoldsPlaced', holds.placed],
    ['boardIncidentsMinor', incidents.minor],
    ['boardIncidentsSerious', incidents.serious],
    ['boardIncidentsCritical', incidents.critical],
    ['boardIncidentsUnreported', incidents.unreported],
    ['boardReportsLate', reports.late],
    ['boardEndedCompleted', trials.ended.completed],
    ['boardEndedFailed', trials.ended.failed + trials.ended.revoked + trials.ended.expired],
  ];
  return (
    <section>
      <h2>{t('boardSandbox')}</h2>
      <Defined
        name={t('boardHow')}
        meaning={{ definition: t('boardSandboxDefinition'), population: t('boardSandboxPopulation') }}
      />
      <Table
        caption={t('boardSandboxTable')}
        rows={counts}
        rowKey={([word]) => word}
        columns={[
          { name: t('boardColFigure'), cell: ([word]) => t(word) },
          { name: t('boardColCount'), cell: ([, count]) => number(count), numeric: true },
        ]}
      />
      <Table
        caption={t('boardRegimesTable')}
        rows={sandbox.byRegime}
        rowKey={({ regime }) => regime}
        empty={t('boardSandboxNone')}
        columns={[
          { name: t('colRegime'), cell: ({ name }) => say(name) },
          { name: t('boardColFiled'), cell: ({ dossiersFiled }) => number(dossiersFiled), numeric: true },
          { name: t('boardColAdmitted'), cell: ({ trialsAdmitted }) => number(trialsAdmitted), numeric: true },
          { name: t('boardNowRunning'), cell: (one) => number(one.now.running), numeric: true },
          { name: t('boardEndedCompleted'), cell: ({ ended }) => number(ended.completed), numeric: true },
          { name: t('boardColToDecision'), cell: ({ daysToDecision }) => write.spread(daysToDecision) },
        ]}
      />
    </section>
  );
}

function Others({ summary, measures }: Given) {
  const words = useWords();
  const { t, number, amount, money } = words;
  const write = writingOf(words);
  const meaningOf = meaningsOf(words, measures);
  const { fdi, satisfaction, onceOnly, cases } = summary;
  const rows = [
    {
      code: 'fdi',
      value: [fdi.usd === null ? null : `${amount(fdi.usd)} USD`, fdi.vnd === null ? null : money(fdi.vnd)]
        .filter((one) => one !== null)
        .join(' · '),
      of: t('boardProjects', { n: number(fdi.n) }),
    },
    {
      code: 'satisfaction',
      value: satisfaction.mean === null ? '' : `${number(satisfaction.mean, 1)} ${t('boardOfFive')}`,
      of: t('boardAnswersFour', {
        answers: write.part(satisfaction.responseRate),
        four: write.part(satisfaction.atLeast4),
      }),
    },
    {
      code: 'onceOnly',
      value: write.share(onceOnly.share),
      of: t('boardDocuments', { notAsked: number(onceOnly.notAsked), n: number(onceOnly.documents) }),
    },
  ];
  return (
    <section>
      <h2>{t('boardOthers')}</h2>
      <Table
        caption={t('boardOthersTable')}
        rows={rows}
        rowKey={({ code }) => code}
        columns={[
          {
            name: t('boardColFigure'),
            cell: ({ code }) => <Defined name={meaningOf(code).name} meaning={meaningOf(code)} />,
          },
          { name: t('boardColValue'), cell: ({ value }) => value || '–' },
          { name: t('boardColOf'), cell: ({ of }) => of },
        ]}
      />
      <Table
        caption={t('boardCasesTable')}
        rows={cases.lanes}
        rowKey={({ lane }) => lane}
        empty={t('boardCasesNone')}
        columns={[
          {
            name: t('statusLane'),
            cell: ({ lane }) => t(lane in laneWords ? laneWords[lane as keyof typeof laneWords] : 'kindTrial'),
          },
          { name: t('boardColOpened'), cell: ({ opened }) => number(opened), numeric: true },
          { name: t('stateOpen'), cell: ({ open }) => number(open), numeric: true },
          { name: t('stateApproved'), cell: ({ approved }) => number(approved), numeric: true },
          { name: t('boardInPart'), cell: ({ approvedInPart }) => number(approvedInPart), numeric: true },
          { name: t('stateRefused'), cell: ({ refused }) => number(refused), numeric: true },
          { name: t('stateWithdrawn'), cell: ({ withdrawn }) => number(withdrawn), numeric: true },
        ]}
      />
    </section>
  );
}

/** On paper nothing opens: there every definition stands at the end. */
function Definitions({ measures }: Pick<Given, 'measures'>) {
  const { t, say } = useWords();
  return (
    <section className={css['printed']}>
      <h2>{t('boardDefinitions')}</h2>
      <dl>
        {measures.map(({ code, name, definition, population }) => (
          <div key={code}>
            <dt>
              <strong>{say(name)}</strong>
            </dt>
            <dd>
              {say(definition)} {say(population)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
