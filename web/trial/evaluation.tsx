import { useQuery } from '@tanstack/react-query';
import { act, read } from '../api/call.js';
import type { TrialEvaluation, TrialTermsProposal } from '../api/contract.js';
import { textOf } from '../app/act.js';
import { ActForm } from '../app/act-form.js';
import { useKeptForm } from '../app/kept-form.js';
import { Failure, Loading } from '../app/states.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { Choice, Corners, dataPlaces, Decimal, Labelled, Line, Rows, Site, Whole } from './fields.js';
import { termsFrom } from './terms-form.js';

const findings = { positive: 'criterionPositive', negative: 'criterionNegative', unclear: 'criterionUnclear' } as const;
const exempted = {
  participant: 'exemptParticipant',
  'participant-staff': 'exemptStaff',
  'supervising-officers': 'exemptOfficers',
} as const;
const scopes = {
  administrative: 'exemptAdministrative',
  civil: 'exemptCivil',
  'duty-waived': 'exemptWaived',
  'duty-reduced': 'exemptReduced',
} as const;
const watches = {
  telemetry: 'watchTelemetry',
  declared: 'watchDeclared',
  calendar: 'watchCalendar',
  geofence: 'watchGeofence',
  register: 'watchRegister',
} as const;

/** What was found about each criterion, and the conditions under which it may be tried: proposed by whoever holds the task of the evaluation. */
export function EvaluationForm(props: {
  readonly code: string;
  readonly taskId: string;
  readonly evaluation: TrialEvaluation;
  readonly onDone: () => void;
}) {
  const { code, taskId, evaluation, onDone } = props;
  const { t, say, number } = useWords();
  const keptAs = `evaluation ${taskId}`;
  const kept = useKeptForm(keptAs).values();
  const regime = useQuery({
    queryKey: ['regime', evaluation.regime.code],
    queryFn: () => read('/regimes/{code}', { code: evaluation.regime.code }),
    staleTime: 3_600_000,
  });
  if (regime.error !== null) return <Failure error={regime.error} />;
  if (regime.data === undefined) return <Loading />;
  const { sites } = regime.data.territory;
  return (
    <ActForm
      again
      keptAs={keptAs}
      button={t('evaluationSend')}
      onDone={onDone}
      send={(form, key) => {
        const body: TrialTermsProposal = {
          taskId,
          criteria: evaluation.criteria.map(({ criterion }) => ({
            criterion,
            finding: textOf(form, `finding-${criterion}`) as keyof typeof findings,
          })),
          terms: termsFrom(form, evaluation),
        };
        return act('/cases/{code}/trial/terms', { code }, body, key);
      }}
    >
      <fieldset>
        <legend>{t('councilCriteria')}</legend>
        {evaluation.criteria.map((one) => (
          <div key={one.criterion} className={parts['field']}>
            <label htmlFor={`finding-${one.criterion}`}>{say(one.name)}</label>
            <p className={parts['help']}>
              {t('councilSpeaksFor')}: {say(one.positive)} · {t('councilSpeaksAgainst')}: {say(one.negative)}
            </p>
            <Choice
              id={`finding-${one.criterion}`}
              words={findings}
              chosen={one.finding ?? ''}
              none={t('choose')}
              required
            />
          </div>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t('termsTime')}</legend>
        <Whole id="months" label={t('extensionMonths')} initial={evaluation.askedMonths} required />
        <Whole
          id="report-amount"
          label={t('termsReportEvery')}
          initial={evaluation.reportInterval?.value.amount}
          required={evaluation.reportInterval === null}
        />
        <Labelled id="report-unit" label={t('termsReportUnit')}>
          <Choice
            id="report-unit"
            words={{ month: 'unitMonth', week: 'unitWeek' }}
            chosen={evaluation.reportInterval?.value.unit ?? 'month'}
          />
        </Labelled>
        <Whole id="visit-every" label={`${t('termsVisitEvery')} (${t('optional')})`} />
        <Whole id="transition" label={t('termsTransition')} initial={0} required />
        <Labelled id="data-location" label={t('termsData')}>
          <Choice id="data-location" words={dataPlaces} chosen="" none={t('choose')} required />
        </Labelled>
      </fieldset>
      <Rows name={t('trialAreas')} more={t('termsMoreAreas')} kept={kept} fields={['area-vi', 'area-en']} least={1}>
        {(row) => (
          <>
            <Line id={`area-vi-${row}`} label={t('nameVi')} required={row === 0} />
            <Line id={`area-en-${row}`} label={t('nameEn')} required={row === 0} />
            <Site id={`area-site-${row}`} sites={sites} />
            <Corners id={`area-corners-${row}`} />
          </>
        )}
      </Rows>
      <fieldset>
        <legend>{t('termsNarrower')}</legend>
        <p>{t('termsNarrowerLead')}</p>
        {evaluation.limits
          .filter(({ min, max }) => min !== undefined || max !== undefined)
          .map(({ code: limit, name, unit, min, max }) => (
            <div key={limit} className={parts['field']}>
              {min !== undefined && (
                <Decimal
                  id={`limit-min-${limit}`}
                  label={`${say(name)} (${unit}): ${t('limitAtLeast', { n: number(min, Number.isInteger(min) ? 0 : 2) })}`}
                />
              )}
              {max !== undefined && (
                <Decimal
                  id={`limit-max-${limit}`}
                  label={`${say(name)} (${unit}): ${t('limitAtMost', { n: number(max, Number.isInteger(max) ? 0 : 2) })}`}
                />
              )}
            </div>
          ))}
      </fieldset>
      <Rows name={t('termsOwnLimits')} more={t('termsMoreLimits')} kept={kept} fields={['own-vi', 'own-en']}>
        {(row) => (
          <>
            <Line id={`own-vi-${row}`} label={t('nameVi')} required />
            <Line id={`own-en-${row}`} label={t('nameEn')} required />
            <Line id={`own-unit-${row}`} label={t('colUnit')} required />
            <Decimal id={`own-max-${row}`} label={t('termsMost')} />
            <Decimal id={`own-min-${row}`} label={t('termsLeast')} />
            <Labelled id={`own-watch-${row}`} label={t('termsWatch')}>
              <Choice id={`own-watch-${row}`} words={watches} chosen="telemetry" />
            </Labelled>
          </>
        )}
      </Rows>
      <Rows name={t('councilExemptions')} more={t('termsMoreExemptions')} kept={kept} fields={['rule', 'article']}>
        {(row) => (
          <>
            <Line id={`rule-${row}`} label={t('lessonAct')} required />
            <Line id={`article-${row}`} label={t('lessonArticle')} required longest={100} />
            <Labelled id={`whom-${row}`} label={t('termsWhom')}>
              <Choice id={`whom-${row}`} words={exempted} chosen="participant" />
            </Labelled>
            <Labelled id={`scope-${row}`} label={t('termsScope')}>
              <Choice id={`scope-${row}`} words={scopes} chosen="administrative" />
            </Labelled>
            <Line id={`basis-${row}`} label={t('termsAllowedBy')} required />
          </>
        )}
      </Rows>
      <Rows name={t('termsUsers')} more={t('termsMoreUsers')} kept={kept} fields={['duty-vi', 'duty-en']}>
        {(row) => (
          <>
            <Line id={`duty-vi-${row}`} label={t('nameVi')} required />
            <Line id={`duty-en-${row}`} label={t('nameEn')} required />
            <Whole id={`duty-days-${row}`} label={t('termsDaysAfter')} required />
          </>
        )}
      </Rows>
    </ActForm>
  );
}
