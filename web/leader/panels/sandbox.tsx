import { Table } from '../../parts/parts.js';
import { useWords, type Word } from '../../words/language.js';
import { Defined, writingOf } from '../figures.js';
import type { Given } from '../dashboards.js';

export function SandboxPart({ sandbox }: Given) {
  const words = useWords();
  const { t, say, number } = words;
  const write = writingOf(words);
  const { now, trials, holds, incidents, reports } = sandbox;
  const counts: readonly (readonly [Word, number])[] = [
    ['boardNowAdmission', now.inAdmission],
    ['boardNowAdmitted', now.admitted],
    ['boardNowRunning', now.running],
    ['boardNowHeld', now.held],
    ['boardNowSuspended', now.suspended],
    ['boardNowAssessment', now.inAssessment],
    ['boardNowTransition', now.inTransition],
    ['boardReportsOverdue', now.reportsOverdue],
    ['boardHoldsPlaced', holds.placed],
    ['boardIncidentsMinor', incidents.minor],
    ['boardIncidentsSerious', incidents.serious],
    ['boardIncidentsCritical', incidents.critical],
    ['boardIncidentsUnreported', incidents.unreported],
    ['boardReportsLate', reports.late],
    ['boardEndedCompleted', trials.ended.completed],
    ['boardEndedFailed', trials.ended.failed + trials.ended.revoked + trials.ended.expired],
  ];
  return (
    <section>
      <h2>{t('boardSandbox')}</h2>
      <Defined
        name={t('boardHow')}
        meaning={{ definition: t('boardSandboxDefinition'), population: t('boardSandboxPopulation') }}
      />
      <Table
        caption={t('boardSandboxTable')}
        rows={counts}
        rowKey={([word]) => word}
        columns={[
          { name: t('boardColFigure'), cell: ([word]) => t(word) },
          { name: t('boardColCount'), cell: ([, count]) => number(count), numeric: true },
        ]}
      />
      <Table
        caption={t('boardRegimesTable')}
        rows={sandbox.byRegime}
        rowKey={({ regime }) => regime}
        empty={t('boardSandboxNone')}
        columns={[
          { name: t('colRegime'), cell: ({ name }) => say(name) },
          { name: t('boardColFiled'), cell: ({ dossiersFiled }) => number(dossiersFiled), numeric: true },
          { name: t('boardColAdmitted'), cell: ({ trialsAdmitted }) => number(trialsAdmitted), numeric: true },
          { name: t('boardNowRunning'), cell: (one) => number(one.now.running), numeric: true },
          { name: t('boardEndedCompleted'), cell: ({ ended }) => number(ended.completed), numeric: true },
          { name: t('boardColToDecision'), cell: ({ daysToDecision }) => write.spread(daysToDecision) },
        ]}
      />
    </section>
  );
}
