import type { OpenTimelineSet, Scorecards } from '../api/contract.js';
import { Heading } from '../parts/frame.js';
import { Facts, Notice, Table, Tag } from '../parts/parts.js';
import css from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';

/** How each agency kept its terms in one quarter. */
export function ScorecardList({ leastCases, quarters, shown, figures, items, asOf }: Scorecards) {
  const { t, say, day, moment } = useWords();
  type Item = Scorecards['items'][number];
  const valueOf = (own: Item['figures'], figure: Item['figures'][number]['figure']) => {
    const one = own.find((other) => other.figure === figure);
    if (one === undefined || one.written === null)
      return <span className={css['faint']}>{t('scorecardsFew', { n: leastCases })}</span>;
    return say(one.written);
  };
  return (
    <>
      <Heading title={t('scorecardsTitle')} lead={t('scorecardsLead', { n: leastCases })} />
      {shown === null ? (
        <Notice>
          <p>{t('scorecardsNone')}</p>
        </Notice>
      ) : (
        <>
          <h2>{t('scorecardsShown', { quarter: shown.quarter, from: day(shown.from), to: day(shown.to) })}</h2>
          {items.length === 0 && (
            <Notice>
              <p>{t('scorecardsNone')}</p>
            </Notice>
          )}
          {items.map(({ agency, name, commandedByCity, figures: own }) => (
            <section key={agency}>
              <h3>
                {say(name)} {!commandedByCity && <Tag>{t('scorecardsCentral')}</Tag>}
              </h3>
              <Facts items={figures.map((figure) => [say(figure.name), valueOf(own, figure.figure)] as const)} />
            </section>
          ))}
          <h2>{t('scorecardsQuarters')}</h2>
          <ul>
            {quarters.map(({ quarter }) => (
              <li key={quarter}>
                <a
                  href={`/scorecards?quarter=${quarter}`}
                  aria-current={quarter === shown.quarter ? 'page' : undefined}
                >
                  {quarter}
                </a>
              </li>
            ))}
          </ul>
          <h2>{t('boardDefinitions')}</h2>
          {figures.map(({ figure, name, definition }) => (
            <section key={figure}>
              <h3>{say(name)}</h3>
              <p>{say(definition)}</p>
            </section>
          ))}
        </>
      )}
      <p>
        <a href="/open-data">{t('openDataTitle')}</a> · <a href="/figures">{t('figuresTitle')}</a>
      </p>
      <p className={css['faint']}>{t('boardAsOf', { at: moment(asOf) })}</p>
    </>
  );
}

const typeWords = {
  code: 'openTypeCode',
  period: 'openTypePeriod',
  days: 'openTypeDays',
  boolean: 'openTypeBoolean',
} as const satisfies Readonly<Record<OpenTimelineSet['columns'][number]['type'], Word>>;

/** The data set with its files and its dictionary. */
export function OpenData({ leastCases, columns, files, asOf }: OpenTimelineSet) {
  const { t, say, day, number, moment } = useWords();
  return (
    <>
      <Heading title={t('openDataTitle')} lead={t('openDataLead')} />
      <p>{t('openDataHow', { others: leastCases - 1 })}</p>
      <h2>{t('openDataFiles')}</h2>
      <Table
        caption={t('openDataFiles')}
        titled
        rows={files}
        rowKey={({ quarter }) => quarter}
        empty={t('openDataNone')}
        columns={[
          {
            name: t('openDataQuarter'),
            cell: ({ quarter, from, to }) => (
              <>
                {quarter}
                <br />
                <span className={css['faint']}>{t('cutPeriod', { from: day(from), to: day(to) })}</span>
              </>
            ),
          },
          { name: t('openDataRows'), numeric: true, cell: ({ rows }) => number(rows) },
          {
            name: t('openDataWithheld'),
            numeric: true,
            cell: ({ withheld }) => (withheld === null ? `< ${leastCases}` : number(withheld)),
          },
          {
            name: t('reportFiles'),
            cell: ({ quarter, address }) => (
              <a href={address} aria-label={`CSV ${quarter}`}>
                CSV
              </a>
            ),
          },
        ]}
      />
      <h2>{t('openDataDictionary')}</h2>
      <Table
        caption={t('openDataDictionary')}
        titled
        rows={columns}
        rowKey={({ column }) => column}
        columns={[
          { name: t('openDataColumn'), cell: ({ column }) => <code className={css['unbroken']}>{column}</code> },
          { name: t('colName'), cell: ({ name }) => say(name) },
          { name: t('openDataType'), cell: ({ type }) => t(typeWords[type]) },
          { name: t('openDataMeaning'), cell: ({ description }) => say(description) },
        ]}
      />
      <p>
        <a href="/api/v1/public/open-data/decision-timelines">JSON</a> ·{' '}
        <a href="/scorecards">{t('scorecardsTitle')}</a>
      </p>
      <p className={css['faint']}>{t('boardAsOf', { at: moment(asOf) })}</p>
    </>
  );
}
