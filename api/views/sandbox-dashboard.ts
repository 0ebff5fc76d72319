import { type z } from 'zod';
import { type SandboxFigures, type TrialFigures } from '../../db/read/trial-figures.js';
import { type Text } from '../../domain/law/agency.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { type Regime } from '../../domain/law/regime.js';
import { type DashboardSandbox } from '../schemas/sandbox-dashboard.js';

type View = z.input<typeof DashboardSandbox>;

export function sandboxView(
  { trials, holds, incidents, reports, lessons }: SandboxFigures,
  catalogue: Catalogue,
): Omit<View, 'asOf' | 'dataAgeSeconds' | 'period'> {
  const whole = trials.find(({ regime, field }) => regime === null && field === null);
  if (!whole) throw new Error('the empty grouping set always gives a row');
  const regimes = [...catalogue.regimes.values()].map(({ regime }) => regime);
  return {
    indicator: {
      enterprisesRegistered: whole.enterprisesAdmitted,
      dossiersFiled: whole.filed,
      modelsTested: whole.ended.completed,
    },
    trials: ofTrials(whole),
    now: nowOf(whole),
    holds,
    incidents,
    reports,
    lessons,
    byRegime: trials.flatMap((one) =>
      one.regime === null
        ? []
        : [{ regime: one.regime, name: regimeName(regimes, one.regime), ...ofTrials(one), now: nowOf(one) }],
    ),
    byField: trials.flatMap((one) =>
      one.field === null
        ? []
        : [{ field: one.field, name: fieldName(regimes, one.field), ...ofTrials(one), now: nowOf(one) }],
    ),
  };
}

const ofTrials = (one: TrialFigures): View['trials'] => ({
  dossiersFiled: one.filed,
  enterprisesFiled: one.enterprisesFiled,
  trialsAdmitted: one.admitted,
  enterprisesAdmitted: one.enterprisesAdmitted,
  refused: one.refused,
  withdrawnBefore: one.withdrawnBefore,
  ended: one.ended,
  daysToDecision: one.daysToDecision,
});

const nowOf = ({ now, reportsOverdue }: TrialFigures): View['now'] => ({
  inAdmission: now.admission,
  admitted: now.admitted,
  running: now.running,
  held: now.held,
  suspended: now.suspended,
  inAssessment: now.assessment,
  inTransition: now.transition,
  reportsOverdue,
});

/** A code the catalogue no longer has is its own name; of several versions the newest speaks. */
const regimeName = (regimes: readonly Regime[], code: string): Text =>
  regimes.findLast((one) => one.code === code)?.name ?? { vi: code, en: code };

const fieldName = (regimes: readonly Regime[], code: string): Text =>
  regimes.flatMap(({ fields }) => fields).findLast((one) => one.code === code)?.name ?? { vi: code, en: code };
