import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/call.js';
import { Facts, Table, Tag } from '../../parts/parts.js';
import { useWords } from '../../words/language.js';
import { Defined, meaningsOf, writingOf } from '../figures.js';
import type { Given } from '../dashboards.js';
import css from '../leader.module.css';
import { Cases } from './cases.js';

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

/** A name that a wall gives two lines at most. */
const Short = ({ text }: { readonly text: string }) => (
  <span className={css['short']} title={text}>
    {text}
  </span>
);

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
      titled={limit !== undefined}
      rows={summary.targets.items.slice(0, limit)}
      rowKey={(one) => `${one.case}/${one.procedure}/${one.attempt}`}
      empty={t('boardPromisesNone')}
      columns={[
        { name: t('statusCode'), cell: (one) => <Cases items={[one]} /> },
        {
          name: t('colProcedure'),
          cell: ({ procedure }) => <Short text={procedureNames.get(procedure) ?? procedure} />,
        },
        { name: t('colAgency'), cell: ({ agency }) => <Short text={names.get(agency) ?? agency} /> },
        { name: t('boardTerm30'), cell: (one) => <Promised state={one.target30} due={one.target30Due} /> },
        { name: t('boardTerm40'), cell: (one) => <Promised state={one.target40} due={one.target40Due} /> },
      ]}
    />
  );
}

export function Promises(given: Given) {
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
