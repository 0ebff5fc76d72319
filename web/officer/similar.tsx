import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { read } from '../api/call.js';
import type { SimilarCases } from '../api/contract.js';
import { Failure, Loading } from '../app/states.js';
import { Tag } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';
import css from './officer.module.css';

type Item = SimilarCases['items'][number];

const words = {
  field: 'similarField',
  zone: 'similarZone',
  pathway: 'similarPathway',
  lane: 'similarLane',
  country: 'similarCountry',
  condition: 'similarCondition',
} as const satisfies Record<Item['overlap'][number]['on'], Word>;

/** Earlier cases that are like this one, each with what makes it so. */
export function Similar({ id }: { readonly id: string }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const found = useQuery({
    queryKey: ['similar', id],
    queryFn: () => read('/tasks/{id}/similar', { id }),
    enabled: open,
  });
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('similarTitle')}</summary>
      {found.error !== null && <Failure error={found.error} />}
      {found.data === undefined && found.error === null && <Loading />}
      {found.data?.items.length === 0 && <p>{t('similarNone')}</p>}
      <ul className={css['entries']}>
        {found.data?.items.map((item) => (
          <SimilarCase key={item.case} item={item} />
        ))}
      </ul>
    </details>
  );
}

function SimilarCase({ item }: { readonly item: Item }) {
  const { t, say, day } = useWords();
  return (
    <li>
      <Link to="/cases/$code" params={{ code: item.case }}>
        {item.case}
      </Link>{' '}
      <Tag tone={item.outcome === 'approved' ? 'green' : 'red'}>
        {t(item.outcome === 'approved' ? 'similarApproved' : 'similarRefused')}
      </Tag>{' '}
      {day(item.decidedOn)}
      {item.netDays !== null && ` · ${t('similarDays', { n: item.netDays })}`}
      {item.supplements > 0 && ` · ${t('similarSupplements', { n: item.supplements })}`}
      <br />
      <span className={parts['faint']}>
        {item.overlap.map(({ on, name }) => t(words[on], { name: say(name) })).join('; ')}
      </span>
    </li>
  );
}
