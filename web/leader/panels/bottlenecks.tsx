import { Bars, scaleOf } from '../../parts/chart.js';
import { Table, Tag } from '../../parts/parts.js';
import partsCss from '../../parts/parts.module.css';
import { useWords } from '../../words/language.js';
import { Defined, meaningsOf, writingOf } from '../figures.js';
import type { Agencies } from '../search.js';
import type { Given } from '../dashboards.js';

/** Agencies, those where most is late or waits longest first. */
function bottlenecksOf({ items }: Agencies): Agencies['items'] {
  const late = ({ procedures, tasks }: Agencies['items'][number]) => procedures.overdue + tasks.overdue;
  return items.toSorted(
    (one, other) => late(other) - late(one) || (other.holding.median ?? -1) - (one.holding.median ?? -1),
  );
}

export function Bottlenecks({ agencies, measures }: Given) {
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
