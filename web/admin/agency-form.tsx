import type { Agency } from '../api/contract.js';
import { textOf } from '../app/act.js';
import { AgencyField } from '../case/agency-options.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';
import { decidingOf, DecisionFields } from './decision-fields.js';
import { NextVersion } from './next-version.js';
import { Proposing } from './proposing.js';

export const agencyKinds = {
  city: 'kindCity',
  zone: 'kindZone',
  ward: 'kindWard',
  central: 'kindCentral',
} as const satisfies Record<Agency['kind'], Word>;

const blank: Agency = {
  code: '',
  name: { vi: '', en: '' },
  abbreviation: '',
  kind: 'ward',
  commandedByCity: true,
  roles: [],
  calendar: 'vn-state',
  identifierCode: null,
  identifierVerified: false,
  unverified: [],
  notes: null,
};

/** An agency as the form says, over what held before. */
function agencyOf(form: FormData, held: Agency): Agency {
  const text = (name: string) => textOf(form, name);
  const { parent: _parent, address: _address, mergedInto: _mergedInto, ...rest } = held;
  const mergedInto = text('mergedInto');
  const [parent, address, identifierCode] = [text('agency'), text('address'), text('identifierCode')];
  return {
    ...rest,
    code: held.code === '' ? text('code') : held.code,
    name: { vi: text('vi'), en: text('en') },
    abbreviation: text('abbreviation'),
    kind: text('kind') as Agency['kind'],
    commandedByCity: form.get('commandedByCity') === 'on',
    identifierCode: identifierCode === '' ? null : identifierCode,
    // Another code is another claim: nobody has compared it with its text.
    identifierVerified: held.identifierVerified && identifierCode === held.identifierCode,
    ...(parent !== '' && { parent }),
    ...(address !== '' && { address }),
    ...(mergedInto !== '' && { mergedInto }),
  };
}

/** The next version of an agency, or a new one: its names and its place in the order. */
export function AgencyForm({ held, today }: { readonly held: object | undefined; readonly today: string }) {
  const { t } = useWords();
  const known = (held as Agency | undefined) ?? blank;
  return (
    <NextVersion
      name={`agencies/${known.code}`}
      held={held}
      readNext={(form) => ({ next: agencyOf(form, known) })}
      fields={
        <>
          {held === undefined && (
            <div className={parts['field']}>
              <label htmlFor="agency-code">{t('agencyCode')}</label>
              <p className={parts['help']} id="agency-code-help">
                {t('agencyCodeHelp')}
              </p>
              <input
                id="agency-code"
                name="code"
                required
                maxLength={64}
                pattern="[a-z][a-z0-9\-]+"
                autoComplete="off"
                spellCheck={false}
                aria-describedby="agency-code-help"
              />
            </div>
          )}
          {(['vi', 'en'] as const).map((language) => (
            <div key={language} className={parts['field']}>
              <label htmlFor={`agency-${language}`}>{t(language === 'vi' ? 'calendarNameVi' : 'calendarNameEn')}</label>
              <input
                id={`agency-${language}`}
                name={language}
                required
                maxLength={300}
                defaultValue={known.name[language]}
              />
            </div>
          ))}
          <div className={parts['field']}>
            <label htmlFor="agency-abbreviation">{t('agencyAbbreviation')}</label>
            <input
              id="agency-abbreviation"
              name="abbreviation"
              required
              maxLength={30}
              defaultValue={known.abbreviation}
            />
          </div>
          <div className={parts['field']}>
            <label htmlFor="agency-kind">{t('agencyKind')}</label>
            <select id="agency-kind" name="kind" defaultValue={known.kind}>
              {Object.entries(agencyKinds).map(([kind, word]) => (
                <option key={kind} value={kind}>
                  {t(word)}
                </option>
              ))}
            </select>
          </div>
          <label className={parts['choice']}>
            <input type="checkbox" name="commandedByCity" defaultChecked={known.commandedByCity} />
            <span>{t('agencyCommanded')}</span>
          </label>
          <div className={parts['field']}>
            <AgencyField
              id="agency-parent"
              label={t('agencyParent')}
              chosen={known.parent}
              none={t('agencyNoParent')}
              existing
              but={known.code}
            />
          </div>
          <div className={parts['field']}>
            <label htmlFor="agency-identifier">{`${t('agencyIdentifier')} (${t('optional')})`}</label>
            <input
              id="agency-identifier"
              name="identifierCode"
              maxLength={35}
              placeholder="H29.15"
              defaultValue={known.identifierCode ?? ''}
            />
          </div>
          <div className={parts['field']}>
            <label htmlFor="agency-address">{`${t('agencyAddress')} (${t('optional')})`}</label>
            <input id="agency-address" name="address" type="email" maxLength={320} defaultValue={known.address ?? ''} />
          </div>
          {held !== undefined && known.commandedByCity && (
            <div className={parts['field']}>
              <AgencyField
                id="agency-merged-into"
                name="mergedInto"
                label={t('agencyMergedInto')}
                chosen={known.mergedInto}
                none={t('agencyNotMerged')}
                existing
                but={known.code}
              />
              <p className={parts['help']}>{t('agencyMergedHelp')}</p>
            </div>
          )}
          <DecisionFields id="agency" today={today} />
        </>
      }
    >
      {(next, form, forget) => (
        <Proposing
          kind="agencies"
          code={(next as Agency).code}
          next={next}
          deciding={decidingOf(form)}
          onSent={forget}
        />
      )}
    </NextVersion>
  );
}
