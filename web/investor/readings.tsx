import { useQuery } from '@tanstack/react-query';
import { read } from '../api/call.js';
import { Table } from '../parts/parts.js';
import { WhyRead } from '../parts/why-read.js';
import { useWords } from '../words/language.js';
import { Failure } from '../app/states.js';

const kinds = { case: 'readingsCase', task: 'readingsTask', document: 'readingsDocument' } as const;

/** Which agencies looked into the case, in what role. */
export function Readings({
  code,
  agencyName,
}: {
  readonly code: string;
  readonly agencyName: (agency: string) => string;
}) {
  const { t, moment, number } = useWords();
  const found = useQuery({
    queryKey: ['readings', code],
    queryFn: () => read('/cases/{code}/readings', { code }, { limit: 50 }),
  });
  return (
    <section>
      <h2>{t('readingsTitle')}</h2>
      <p>{t('readingsLead')}</p>
      {found.error !== null && <Failure error={found.error} />}
      {found.data !== undefined && (
        <Table
          caption={t('readingsTitle')}
          titled
          rows={found.data.items}
          rowKey={({ agency, role, kind, firstAt }) => [agency, role, kind, firstAt].join()}
          empty={t('readingsNone')}
          columns={[
            {
              name: t('colAgency'),
              cell: ({ agency }) => (agency === null ? t('readingsSystem') : agencyName(agency)),
            },
            { name: t('readingsWhat'), cell: ({ kind }) => t(kinds[kind]) },
            { name: t('readingsWhy'), cell: (one) => <WhyRead {...one} /> },
            { name: t('colWhen'), cell: ({ lastAt }) => moment(lastAt) },
            { name: t('readingsTimes'), cell: ({ times }) => number(times) },
          ]}
        />
      )}
    </section>
  );
}
