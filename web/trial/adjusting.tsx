import { useQuery } from '@tanstack/react-query';
import { act, read } from '../api/call.js';
import type { Trial } from '../api/contract.js';
import { textOf } from '../app/act.js';
import { ActForm } from '../app/act-form.js';
import { useKeptForm } from '../app/kept-form.js';
import { Failure, Loading } from '../app/states.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { Choice, Corners, dataPlaces, Decimal, Labelled, Line, Rows, Site, Whole } from './fields.js';
import { adjustmentFrom, cornersText } from './terms-form.js';

type Terms = NonNullable<Trial['terms']>;

/** The participant asks for other conditions: the form shows them as they are, and what is changed in it is asked for. */
export function Adjusting(props: {
  readonly code: string;
  readonly regime: string;
  readonly terms: Terms;
  readonly onDone: () => void;
}) {
  const { code, regime, terms, onDone } = props;
  const { t, say } = useWords();
  const keptAs = `adjustment ${code}`;
  const kept = useKeptForm(keptAs).values();
  const found = useQuery({
    queryKey: ['regime', regime],
    queryFn: () => read('/regimes/{code}', { code: regime }),
    staleTime: 3_600_000,
  });
  if (found.error !== null) return <Failure error={found.error} />;
  if (found.data === undefined) return <Loading />;
  const { sites } = found.data.territory;
  return (
    <ActForm
      keptAs={keptAs}
      button={t('adjustSend')}
      onDone={onDone}
      names={{
        areas: t('trialAreas'),
        limits: t('trialLimits'),
        dataLocation: t('termsData'),
        reportEvery: t('termsReportEvery'),
        transitionMonths: t('termsTransition'),
        reason: t('fieldReason'),
      }}
      send={(form, key) => act('/cases/{code}/trial/adjustments', { code }, adjustmentFrom(form, terms), key)}
    >
      <p className={parts['help']}>{t('adjustHelp')}</p>
      <fieldset>
        <legend>{t('trialLimits')}</legend>
        {terms.limits
          .filter(({ min, max }) => min !== undefined || max !== undefined)
          .map(({ code: limit, name, unit, min, max }) => (
            <div key={limit}>
              {min !== undefined && (
                <Decimal
                  id={`adjust-min-${limit}`}
                  label={`${say(name)} (${unit}): ${t('termsLeast')}`}
                  initial={min}
                  required
                />
              )}
              {max !== undefined && (
                <Decimal
                  id={`adjust-max-${limit}`}
                  label={`${say(name)} (${unit}): ${t('termsMost')}`}
                  initial={max}
                  required
                />
              )}
            </div>
          ))}
      </fieldset>
      <Rows
        name={t('trialAreas')}
        more={t('termsMoreAreas')}
        kept={kept}
        fields={['area-vi', 'area-en']}
        least={1}
        first={terms.areas.length}
      >
        {(row) => {
          const area = terms.areas[row];
          return (
            <>
              <Line id={`area-vi-${row}`} label={t('nameVi')} initial={area?.name.vi} required />
              <Line id={`area-en-${row}`} label={t('nameEn')} initial={area?.name.en} required />
              <Site id={`area-site-${row}`} sites={sites} initial={area?.site} />
              <Corners
                id={`area-corners-${row}`}
                initial={area === undefined ? undefined : cornersText(area.polygon)}
              />
            </>
          );
        }}
      </Rows>
      <fieldset>
        <legend>{t('termsTime')}</legend>
        <Whole id="report-amount" label={t('termsReportEvery')} initial={terms.reportEvery.amount} required />
        <Labelled id="report-unit" label={t('termsReportUnit')}>
          <Choice id="report-unit" words={{ month: 'unitMonth', week: 'unitWeek' }} chosen={terms.reportEvery.unit} />
        </Labelled>
        <Whole id="transition" label={t('termsTransition')} initial={terms.transitionMonths} required />
        <Labelled id="data-location" label={t('termsData')}>
          <Choice id="data-location" words={dataPlaces} chosen={terms.dataLocation} />
        </Labelled>
      </fieldset>
      <div className={parts['field']}>
        <label htmlFor="adjustment-reason">{t('fieldReason')}</label>
        <textarea id="adjustment-reason" name="reason" required maxLength={4000} />
      </div>
    </ActForm>
  );
}

/** A key with which devices sign is registered; those that are stay. */
export function Keys({
  code,
  keys,
  onDone,
}: {
  readonly code: string;
  readonly keys: Trial['keys'];
  readonly onDone: () => void;
}) {
  const { t } = useWords();
  return (
    <ActForm
      again
      keptAs={`key ${code}`}
      button={t('keySend')}
      onDone={onDone}
      names={{ keyId: t('keyId'), publicKey: t('keyPublic') }}
      send={(form, key) =>
        act(
          '/cases/{code}/trial/keys',
          { code },
          { keyId: textOf(form, 'keyId'), publicKey: textOf(form, 'publicKey') },
          key,
        )
      }
    >
      <p className={parts['help']}>{t('keyHelp')}</p>
      <p>{keys.length === 0 ? t('keysNone') : t('keysKnown', { ids: keys.join(', ') })}</p>
      <div className={parts['field']}>
        <label htmlFor="key-id">{t('keyId')}</label>
        <p className={parts['help']} id="key-id-help">
          {t('keyIdHelp')}
        </p>
        <input
          id="key-id"
          name="keyId"
          required
          pattern="[a-z][a-z0-9\-]{1,63}"
          spellCheck={false}
          autoCapitalize="none"
          aria-describedby="key-id-help"
        />
      </div>
      <div className={parts['field']}>
        <label htmlFor="key-public">{t('keyPublic')}</label>
        <p className={parts['help']} id="key-public-help">
          {t('keyPublicHelp')}
        </p>
        <textarea
          id="key-public"
          name="publicKey"
          required
          maxLength={1000}
          rows={4}
          spellCheck={false}
          aria-describedby="key-public-help"
        />
      </div>
    </ActForm>
  );
}
