import { Table, laneWords } from '../../parts/parts.js';
import { useWords } from '../../words/language.js';
import { Defined, meaningsOf, writingOf } from '../figures.js';
import type { Given } from '../dashboards.js';

export function Others({ summary, measures }: Given) {
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
