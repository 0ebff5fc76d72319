import { definitionValue } from '../../domain/law/definition-words.js';
import type {
  Agencies,
  Lands,
  PublicFigures,
  PublishedReports,
  RegimeSummary,
  Regimes,
  Regime,
  Zones,
  Measures,
} from '../api/contract.js';
import { Heading } from '../parts/frame.js';
import { Facts, Notice, Table, Tag, Unverified, useTerm } from '../parts/parts.js';
import css from '../parts/parts.module.css';
import { useWords } from '../words/language.js';

/** Where a project may stand, and on what land, with the clauses that make a difference. */
export function ZoneList({ zones, lands, agencies }: { zones: Zones; lands: Lands; agencies: Agencies }) {
  const { t, say } = useWords();
  const nameOf = (code: string) => {
    const known = agencies.items.find((one) => one.code === code);
    return known === undefined ? code : say(known.name);
  };
  const rules = ({ rules: clauses }: Pick<Zones['items'][number], 'rules'>) =>
    clauses.length === 0 ? (
      '–'
    ) : (
      <ul>
        {clauses.map(({ clause, verified }) => (
          <li key={clause}>
            {clause} <Unverified verified={verified} />
          </li>
        ))}
      </ul>
    );
  return (
    <>
      <Heading title={t('zonesTitle')} lead={t('zonesLead')} />
      <Table
        caption={t('navZones')}
        titled
        rows={zones.items}
        rowKey={({ code }) => code}
        columns={[
          { name: t('factZone'), cell: (one) => say(one.name) },
          { name: t('zoneMeaning'), cell: (one) => say(one.meaning) },
          { name: t('zoneBoard'), cell: (one) => (one.board === null ? '–' : nameOf(one.board)) },
          { name: t('zoneRules'), cell: rules },
        ]}
      />
      <Table
        caption={t('zoneLands')}
        rows={lands.items}
        rowKey={({ code }) => code}
        columns={[
          { name: t('factLand'), cell: (one) => say(one.name) },
          { name: t('zoneMeaning'), cell: (one) => say(one.meaning) },
          { name: t('zoneRules'), cell: rules },
        ]}
      />
    </>
  );
}

function Openness({ regime }: { readonly regime: Pick<RegimeSummary, 'open' | 'closedBecause'> }) {
  const { t, say } = useWords();
  return regime.open ? (
    <Tag tone="green">{t('regimeOpen')}</Tag>
  ) : (
    <>
      <Tag tone="amber">{t('regimeClosed')}</Tag> {regime.closedBecause.map(({ text }) => say(text)).join('; ')}
    </>
  );
}

/** The sandbox regimes: which take trials today, and why others do not. */
export function RegimeList({ asOf, items }: Regimes) {
  const { t, say, day } = useWords();
  return (
    <>
      <Heading title={t('regimesTitle')} lead={t('regimesLead', { at: day(asOf) })} />
      <Table
        caption={t('navRegimes')}
        titled
        rows={items}
        rowKey={({ code }) => code}
        columns={[
          { name: t('colRegime'), cell: (one) => <a href={`/regimes/${one.code}`}>{say(one.name)}</a> },
          { name: t('colState'), cell: (one) => <Openness regime={one} /> },
          { name: t('regimeFields'), cell: (one) => one.fields.map(({ name }) => say(name)).join('; ') || '–' },
          {
            name: t('trialAuthority'),
            cell: ({ authority }) => (authority === null ? t('unknown') : say(authority.value.name)),
          },
        ]}
      />
    </>
  );
}

/** One regime: tests, limits and figures, each with what it rests on. */
export function RegimePage(regime: Regime) {
  const { cite, t, say, day } = useWords();
  const term = useTerm();
  const { figures } = regime;
  const sourced = (source: 'law' | 'setting' | 'default') =>
    t(source === 'law' ? 'sourceLaw' : source === 'setting' ? 'sourceSetting' : 'sourceDefault');
  interface Ruled<V> {
    readonly value: V;
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  }
  const ruled = <V,>(figure: Ruled<V> | null, write: (value: V) => string) =>
    figure === null ? (
      t('unknown')
    ) : (
      <>
        {write(figure.value)} <Unverified verified={figure.verified} />{' '}
        <span className={css['faint']}>
          {sourced(figure.source)}
          {figure.basis === null ? '' : `: ${cite(figure.basis)}`}
        </span>
      </>
    );
  const months = (n: number) => t('months', { n });
  return (
    <>
      <h1>{say(regime.name)}</h1>
      <Facts
        items={[
          [t('colState'), <Openness regime={regime} />],
          [
            t('regimeBasis'),
            regime.legalBasis.map(({ act, article }) => cite(article === null ? act : `${act}, ${article}`)).join('; '),
          ],
          [
            t('regimeValid'),
            regime.effectiveFrom === null
              ? t('unknown')
              : `${day(regime.effectiveFrom)}${regime.effectiveTo === null ? '' : ` – ${day(regime.effectiveTo)}`}`,
          ],
          [t('regimeFields'), regime.fields.map(({ name }) => say(name)).join('; ') || '–'],
          [t('trialAuthority'), regime.authority === null ? t('unknown') : say(regime.authority.value.name)],
          [t('trialSupervisor'), regime.supervises === null ? t('unknown') : say(regime.supervises.name)],
          [t('regimeLongest'), ruled(figures.longestTerm, months)],
          [t('regimeAppraisal'), ruled(figures.appraisal, term)],
          [t('regimeDecision'), ruled(figures.decision, term)],
          [t('regimeExtensions'), ruled(figures.maxExtensions, String)],
          [t('regimeIncident'), ruled(figures.incidentHours, (n) => t('hours', { n }))],
        ]}
      />
      <Table
        caption={t('regimeTests')}
        rows={regime.tests}
        rowKey={({ code }) => code}
        empty={t('none')}
        columns={[
          { name: t('pathwayConditions'), cell: (one) => say(one.text) },
          {
            name: t('colBasis'),
            cell: (one) => (
              <>
                {cite(one.clause)} <Unverified verified={one.verified} />
              </>
            ),
          },
        ]}
      />
      <Table
        caption={t('regimeLimits')}
        rows={regime.limits}
        rowKey={({ code }) => code}
        empty={t('regimeNoLimits')}
        columns={[
          { name: t('colName'), cell: (one) => say(one.name) },
          {
            name: t('regimeUnit'),
            cell: ({ unit }) => {
              const word = definitionValue(['unit'], unit);
              return word === undefined ? unit : say(word);
            },
          },
          {
            name: t('colSource'),
            cell: (one) => (
              <>
                {sourced(one.source)} <Unverified verified={one.verified} />
              </>
            ),
          },
        ]}
      />
      {regime.unverified.length > 0 && (
        <Notice tone="amber">
          <p>{t('regimeUnverified', { n: regime.unverified.length })}</p>
        </Notice>
      )}
      <p>
        <a href="/regimes">{t('regimesTitle')}</a>
      </p>
    </>
  );
}

/** What the public may hold the City to: each figure with its definition and of how many cases it speaks. */
export function Figures({
  figures,
  measures,
  reports,
}: {
  figures: PublicFigures;
  measures: Measures;
  reports: PublishedReports;
}) {
  const { t, say, day, number, percent, moment } = useWords();
  const { reduction, cases, automation, timeToLicense, onTime, satisfaction } = figures;
  const share = (value: number | null) => (value === null ? t('boardNoFigure') : percent(value));
  const rows = [
    {
      code: 'reduction',
      value: share(reduction.overall),
      of: number(reduction.n),
      aim: `${percent(reduction.commitment)} / ${percent(reduction.ambition)}`,
    },
    {
      code: 'time',
      value: timeToLicense.median === null ? t('boardNoFigure') : t('workingDays', { n: timeToLicense.median }),
      of: number(timeToLicense.n),
      aim: '–',
    },
    { code: 'onTime', value: share(onTime.share), of: number(onTime.n), aim: '–' },
    { code: 'overdueNow', value: number(figures.overdueNow), of: '–', aim: '–' },
    {
      code: 'automationProcess',
      value: share(automation.share),
      of: number(automation.n),
      aim: percent(automation.target),
    },
    {
      code: 'satisfaction',
      value: satisfaction.mean === null ? t('boardNoFigure') : number(satisfaction.mean, 1),
      of: t('figuresAnswers', { n: satisfaction.responseRate.count, of: satisfaction.responseRate.n }),
      aim: '–',
    },
  ];
  const measureOf = (code: string) => measures.items.find((one) => one.code === code);
  return (
    <>
      <Heading title={t('figuresTitle')} lead={t('figuresLead', { to: day(figures.period.to) })} />
      <Table
        caption={t('figuresTitle')}
        titled
        rows={rows}
        rowKey={({ code }) => code}
        columns={[
          {
            name: t('boardColFigure'),
            cell: ({ code }) => {
              const measure = measureOf(code);
              return measure === undefined ? code : say(measure.name);
            },
          },
          { name: t('boardColValue'), cell: ({ value }) => <strong>{value}</strong> },
          { name: t('figuresAim'), cell: ({ aim }) => aim },
          { name: t('figuresOf'), cell: ({ of }) => of },
        ]}
      />
      <Facts
        items={[
          [t('figuresOpened'), number(cases.opened)],
          [t('figuresOpen'), number(cases.open)],
          [t('figuresApproved'), number(cases.approved)],
          [t('figuresRefused'), number(cases.refused)],
          [t('figuresExcluded'), number(reduction.excluded)],
        ]}
      />
      {reduction.n < 6 && (
        <Notice tone="amber">
          <p>{t('figuresFew', { n: reduction.n })}</p>
        </Notice>
      )}
      <p>
        <a href="/scorecards">{t('scorecardsTitle')}</a> · <a href="/open-data">{t('openDataTitle')}</a>
      </p>
      <h2>{t('reportsPublic')}</h2>
      <Table
        caption={t('reportsPublicTable')}
        rows={reports.items}
        rowKey={({ id }) => id}
        empty={t('reportsPublicNone')}
        columns={[
          {
            name: t('reportName'),
            cell: (one) => (
              <>
                {say(one.name)} · {one.number}
                <br />
                <span className={css['faint']}>{t('cutPeriod', { from: day(one.from), to: day(one.to) })}</span>
              </>
            ),
          },
          { name: t('reportErrata'), numeric: true, cell: ({ errata }) => number(errata) },
          {
            name: t('reportFiles'),
            cell: ({ id }) => (
              <>
                <a href={`/api/v1/public/reports/${id}/paper`}>PDF</a> ·{' '}
                <a href={`/api/v1/public/reports/${id}/sheet`}>XLSX</a> ·{' '}
                <a href={`/api/v1/public/reports/${id}/content`}>JSON</a>
              </>
            ),
          },
        ]}
      />
      <h2>{t('boardDefinitions')}</h2>
      {rows.map(({ code }) => {
        const measure = measureOf(code);
        return measure === undefined ? null : (
          <section key={code}>
            <h3>{say(measure.name)}</h3>
            <p>{say(measure.definition)}</p>
            <p className={css['faint']}>{say(measure.population)}</p>
          </section>
        );
      })}
      <p className={css['faint']}>{t('boardAsOf', { at: moment(figures.asOf) })}</p>
    </>
  );
}
