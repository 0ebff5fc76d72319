import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { read } from '../../api/call.js';
import type { Reads } from '../../api/contract.js';
import { Failure, Loading } from '../../app/states.js';
import { Facts, Notice, Table, Tag } from '../../parts/parts.js';
import parts from '../../parts/parts.module.css';
import { useWords, type Word } from '../../words/language.js';
import { Defined } from '../figures.js';

type Warning = Reads['/dashboard/early-warning'];
type Item = Warning['items'][number];

const warningQuery = (ask: { readonly case?: string }) =>
  ({
    queryKey: ['dashboard', 'early-warning', ask],
    queryFn: () => read('/dashboard/early-warning', {}, ask),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  }) as const;

const alikeWords = {
  'agency-and-load': 'warnAlikeLoad',
  agency: 'warnAlikeAgency',
  procedure: 'warnAlikeProcedure',
} as const satisfies Readonly<Record<Item['alike']['by'], Word>>;

/** On the board: the open procedures that will most probably miss their date, with how far such forecasts held. */
export function EarlyWarnings() {
  const { t, number } = useWords();
  const { data, error } = useQuery(warningQuery({}));
  return (
    <section>
      <h2>{t('warnTitle')}</h2>
      {error !== null && <Failure error={error} />}
      {data === undefined ? (
        error === null && <Loading />
      ) : (
        <>
          <Meaning data={data} />
          {data.reliability.withheld === null ? (
            <>
              <WarningTable items={data.items} of="all" />
              <p className={parts['faint']}>
                {t('warnOf', { open: number(data.open), unknown: number(data.unknown) })}
              </p>
            </>
          ) : (
            <Withheld data={data} />
          )}
          <ReliabilityOf data={data} />
        </>
      )}
    </section>
  );
}

/** On the page of a case, for leadership and heads; nothing where nothing is forecast. */
export function CaseWarnings({ code }: { readonly code: string }) {
  const { t } = useWords();
  const { data, error } = useQuery(warningQuery({ case: code }));
  if (error !== null) return <Failure error={error} />;
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section>
      <h2>{t('warnTitle')}</h2>
      <Meaning data={data} />
      <WarningTable items={data.items} of="case" />
      <ReliabilityOf data={data} />
    </section>
  );
}

function Meaning({ data }: { readonly data: Warning }) {
  const { t, say } = useWords();
  return <Defined name={t('boardHow')} meaning={{ definition: say(data.definition), population: '' }} />;
}

function Withheld({ data: { reliability, leastForecasts, leastHistory } }: { readonly data: Warning }) {
  const { t, number } = useWords();
  const { withheld, n } = reliability;
  return (
    <Notice>
      <p>
        {withheld === 'no-better'
          ? t('warnNoBetter')
          : t('warnLittle', { n: number(n), forecasts: leastForecasts, history: leastHistory })}
      </p>
    </Notice>
  );
}

function WarningTable({ items, of }: { readonly items: readonly Item[]; readonly of: 'all' | 'case' }) {
  const { t, say, day, number, percent } = useWords();
  const procedure = (one: Item) => say(one.procedureName);
  const act = (one: Item) => {
    if (one.act === null) return t('warnNoAct');
    const { act: kind, stepName, agencyName, claimedBy, days, chance } = one.act;
    const what =
      kind === 'take'
        ? t('warnTake', { step: say(stepName), agency: say(agencyName) })
        : t('warnFinish', { step: say(stepName), who: claimedBy?.name ?? say(agencyName) });
    return (
      <>
        {what}
        <br />
        <span className={parts['faint']}>{t('warnSaves', { days: number(days), chance: percent(chance) })}</span>
      </>
    );
  };
  return (
    <Table
      caption={t('warnTable')}
      titled
      rows={items}
      rowKey={(one) => `${one.case}/${one.procedure}/${one.attempt}`}
      empty={t('warnNone')}
      columns={[
        of === 'case'
          ? { name: t('colProcedure'), cell: procedure }
          : {
              name: t('statusCode'),
              cell: (one) => (
                <>
                  <Link to="/cases/$code" params={{ code: one.case }}>
                    {one.case}
                  </Link>
                  <br />
                  {procedure(one)}
                </>
              ),
            },
        { name: t('colAgency'), cell: (one) => say(one.agencyName) },
        {
          name: t('warnChance'),
          cell: ({ chance, alike: { by, n } }) => (
            <>
              <Tag tone={chance >= 0.5 ? 'red' : chance >= 0.2 ? 'amber' : 'plain'}>{percent(chance)}</Tag>
              <br />
              <span className={parts['faint']}>{t(alikeWords[by], { n: number(n) })}</span>
            </>
          ),
        },
        { name: t('warnPromised'), cell: ({ promisedOn }) => (promisedOn === null ? '–' : day(promisedOn)) },
        { name: t('warnAct'), cell: act },
      ]}
    />
  );
}

function ReliabilityOf({ data: { reliability } }: { readonly data: Warning }) {
  const { t, number, percent } = useWords();
  const { n, brier, constant, bins } = reliability;
  if (brier === null || constant === null) return null;
  return (
    <details>
      <summary>{t('warnReliability')}</summary>
      <Facts
        items={[
          [t('warnForecasts'), number(n)],
          [t('warnBrier'), number(brier, 4)],
          [t('warnConstant'), number(constant, 4)],
        ]}
      />
      <Table
        caption={t('warnCurve')}
        rows={bins}
        rowKey={({ from }) => String(from)}
        columns={[
          { name: t('warnSaid'), cell: ({ from, to }) => `${percent(from)} – ${percent(to)}` },
          { name: t('warnForecast'), numeric: true, cell: ({ forecast }) => percent(forecast) },
          { name: t('warnCame'), numeric: true, cell: ({ missed }) => percent(missed) },
          { name: t('boardColCount'), numeric: true, cell: (bin) => number(bin.n) },
        ]}
      />
    </details>
  );
}
