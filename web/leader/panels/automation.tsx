import { Whole } from '../../parts/chart.js';
import { Table } from '../../parts/parts.js';
import { useWords } from '../../words/language.js';
import { Defined, meaningsOf, writingOf } from '../figures.js';
import type { Given } from '../dashboards.js';

const levelWords = { full: 'boardFull', partly: 'boardPartly', none: 'boardNone' } as const;

export function AutomationPart({ automation, measures }: Given) {
  const words = useWords();
  const { t, say, number } = words;
  const meaningOf = meaningsOf(words, measures);
  const write = writingOf(words);
  const { processes, dossiers } = automation;
  return (
    <section>
      <h2>{t('boardAutomation', { target: write.target(processes.target) })}</h2>
      {processes.n > 0 && (
        <Whole
          pieces={[
            { key: 'full', value: processes.full, look: 'strong' },
            { key: 'partly', value: processes.partly, look: 'half' },
            { key: 'none', value: processes.none, look: 'empty' },
          ]}
          line={{ value: processes.target, text: write.target(processes.target) }}
        />
      )}
      <Table
        caption={t('boardAutomationTable')}
        rows={[
          {
            code: 'automationProcess',
            counts: [processes.full, processes.partly, processes.none, processes.n] as const,
            share: processes.share,
          },
          {
            code: 'automationDossier',
            counts: [dossiers.automatic, dossiers.partly, dossiers.manual, dossiers.n] as const,
            share: dossiers.shareWithMachine,
          },
        ]}
        rowKey={({ code }) => code}
        columns={[
          {
            name: t('boardColFigure'),
            cell: ({ code }) => <Defined name={meaningOf(code).name} meaning={meaningOf(code)} />,
          },
          { name: t('boardFull'), cell: ({ counts }) => number(counts[0]), numeric: true },
          { name: t('boardPartly'), cell: ({ counts }) => number(counts[1]), numeric: true },
          { name: t('boardNone'), cell: ({ counts }) => number(counts[2]), numeric: true },
          { name: t('boardColTogether'), cell: ({ counts }) => number(counts[3]), numeric: true },
          { name: t('boardColShare'), cell: ({ share }) => write.share(share), numeric: true },
        ]}
      />
      <Defined name={meaningOf('automationTarget').name} meaning={meaningOf('automationTarget')} />
      <Table
        caption={t('boardAutomationItems')}
        rows={automation.items}
        rowKey={({ procedure }) => procedure}
        columns={[
          { name: t('colProcedure'), cell: ({ name }) => say(name) },
          {
            name: t('boardColHappened'),
            cell: (one) => (one.automation === null ? t('boardNotYet') : t(levelWords[one.automation])),
          },
          { name: t('boardColByMachine'), cell: ({ done }) => number(done.byMachine), numeric: true },
          { name: t('boardColAssisted'), cell: ({ done }) => number(done.assisted), numeric: true },
          { name: t('boardColByPerson'), cell: ({ done }) => number(done.byPerson), numeric: true },
          { name: t('boardColPlanned'), cell: ({ plan }) => t(levelWords[plan.automation]) },
        ]}
      />
      <Defined name={meaningOf('automationPlan').name} meaning={meaningOf('automationPlan')} />
    </section>
  );
}
