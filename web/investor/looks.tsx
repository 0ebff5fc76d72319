import { useQuery } from '@tanstack/react-query';
import { read } from '../api/call.js';
import { Table } from '../parts/parts.js';
import { WhyRead } from '../parts/why-read.js';
import { useWords } from '../words/language.js';
import { Failure } from '../app/states.js';

const kinds = { case: 'looksCase', task: 'looksTask', document: 'looksDocument' } as const;

/** Which agencies looked into the case, in what role. */
export function Looks({
  code,
  agencyName,
}: {
  readonly code: string;
  readonly agencyName: (agency: string) => string;
}) {
  const { t, moment, number } = useWords();
  const found = useQuery({
    queryKey: ['looks', code],
    queryFn: () => read('/cases/{code}/readings', { code }, { limit: 50 }),
  });
  return (
    <section>
      <h2>{t('looksTitle')}</h2>
      <p>{t('looksLead')}</p>
      {found.error !== null && <Failure error={found.error} />}
      {found.data !== undefined && (
        <Table
          caption={t('looksTitle')}
          titled
          rows={found.data.items}
          rowKey={({ agency, role, kind, firstAt }) => [agency, role, kind, firstAt].join()}
          empty={t('looksNone')}
          columns={[
            {
              name: t('colAgency'),
              cell: ({ agency }) => (agency === null ? t('looksSystem') : agencyName(agency)),
            },
            { name: t('looksWhat'), cell: ({ kind }) => t(kinds[kind]) },
            { name: t('looksWhy'), cell: (one) => <WhyRead {...one} /> },
            { name: t('colWhen'), cell: ({ lastAt }) => moment(lastAt) },
            { name: t('looksTimes'), cell: ({ times }) => number(times) },
          ]}
        />
      )}
    </section>
  );
}
