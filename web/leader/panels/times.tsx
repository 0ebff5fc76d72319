import { Bars, scaleOf } from '../../parts/chart.js';
import { Table } from '../../parts/parts.js';
import partsCss from '../../parts/parts.module.css';
import { useWords } from '../../words/language.js';
import { Defined, meaningsOf, writingOf } from '../figures.js';
import type { Given } from '../dashboards.js';

export function Times({ summary, measures }: Given) {
  const words = useWords();
  const { t, say, number } = words;
  const write = writingOf(words);
  const meaningOf = meaningsOf(words, measures);
  const { procedures } = summary.timePerProcedure;
  const rows = procedures.toSorted((one, other) => (other.net.median ?? -1) - (one.net.median ?? -1));
  return (
    <section>
      <h2>{t('boardTimes')}</h2>
      <Defined name={meaningOf('time').name} meaning={meaningOf('time')} />
      <Defined name={meaningOf('spread').name} meaning={meaningOf('spread')} />
      <Table
        caption={t('boardMilestones')}
        rows={[
          { name: t('boardTimeToLicense'), ...summary.timeToLicense },
          { name: t('boardTimeToBuild'), ...summary.timeToBuild },
        ]}
        rowKey={({ name }) => name}
        columns={[
          { name: t('boardColMilestone'), cell: ({ name }) => name },
          { name: t('boardColNet'), cell: ({ net }) => write.spread(net) },
          { name: t('boardColGross'), cell: ({ gross }) => write.spread(gross) },
        ]}
      />
      <h3>{t('boardPerProcedure')}</h3>
      {rows.length > 0 && (
        <>
          <p className={partsCss['faint']}>{t('boardTickIsP90')}</p>
          <Bars
            bars={rows.map(({ procedure, name, net }) => ({
              key: procedure,
              name: say(name),
              value: net.median,
              mark: net.p90,
              text: write.days(net.median),
            }))}
            scale={scaleOf(
              rows.flatMap(({ net }) => [net.median, net.p90]),
              5,
            )}
          />
        </>
      )}
      <Table
        caption={t('boardPerProcedureTable')}
        rows={rows}
        rowKey={({ procedure }) => procedure}
        empty={t('boardProceduresNone')}
        columns={[
          { name: t('colProcedure'), cell: ({ name }) => say(name) },
          { name: t('boardColNet'), cell: ({ net }) => write.spread(net) },
          { name: t('boardColGross'), cell: ({ gross }) => write.spread(gross) },
          { name: meaningOf('onTime').name, cell: ({ onTime }) => write.part(onTime), numeric: true },
          { name: meaningOf('onTimeStrict').name, cell: ({ onTimeStrict }) => write.part(onTimeStrict), numeric: true },
          { name: t('boardWithin30'), cell: ({ within30 }) => write.part(within30), numeric: true },
          { name: t('boardWithin40'), cell: ({ within40 }) => write.part(within40), numeric: true },
          { name: meaningOf('overdueNow').name, cell: ({ overdueNow }) => number(overdueNow), numeric: true },
        ]}
      />
      {(['onTime', 'onTimeStrict', 'targets', 'overdueNow'] as const).map((code) => (
        <Defined key={code} name={meaningOf(code).name} meaning={meaningOf(code)} />
      ))}
    </section>
  );
}
