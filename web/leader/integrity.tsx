import { useQuery } from '@tanstack/react-query';
import { read } from '../api/call.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { Notice, Table } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { Cases } from './panels/cases.js';

/** What a supervisor may want to ask, with the cases behind it and why it may be in order. */
export function IntegrityPage() {
  const { t, say, number, day } = useWords();
  useTitle(t('integrityTitle'));
  const { data, error } = useQuery({ queryKey: ['integrity'], queryFn: () => read('/integrity/questions') });
  return (
    <>
      <h1>{t('integrityTitle')}</h1>
      {error !== null && <Failure error={error} />}
      {data === undefined ? (
        error === null && <Loading />
      ) : (
        <>
          <Notice tone="amber">
            <p>{say(data.notice)}</p>
          </Notice>
          <p className={parts['faint']}>{t('cutPeriod', { from: day(data.period.from), to: day(data.period.to) })}</p>
          <Table
            caption={t('integrityTable')}
            rows={data.items.map((one, index) => ({ ...one, index }))}
            rowKey={({ index }) => String(index)}
            empty={t('integrityNone')}
            columns={[
              {
                name: t('integrityAsks'),
                cell: (one) => (
                  <>
                    {say(one.asks)}
                    <br />
                    <span className={parts['faint']}>{say(one.innocent)}</span>
                  </>
                ),
              },
              {
                name: t('integrityWho'),
                cell: ({ agencyName, person, party, procedureName }) =>
                  [
                    agencyName && say(agencyName),
                    person && (person.name ?? t('erased')),
                    party && (party.name ?? t('erased')),
                    procedureName && say(procedureName),
                  ]
                    .filter(Boolean)
                    .join(' · '),
              },
              {
                name: t('integritySeen'),
                cell: ({ seen, of }) => t('boardPart', { count: number(seen), n: number(of) }),
              },
              {
                name: t('boardColCases'),
                cell: ({ cases }) => <Cases items={cases.map((code) => ({ case: code }))} />,
              },
            ]}
          />
        </>
      )}
    </>
  );
}
