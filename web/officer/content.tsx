import { useState } from 'react';
import type { Task } from '../api/contract.js';
import { Unverified } from '../parts/parts.js';
import css from '../parts/parts.module.css';
import { useWords } from '../words/language.js';

type Result = NonNullable<Task['result']>;

/** The template of a reason that is wanted for this outcome. */
const fits = (outcome: string) => (one: Result['reasons'][number]) =>
  one.outcome === (outcome === 'approve' ? 'approved' : 'refused');

const mostReasons = 20;
const value = (form: FormData, name: string): string => {
  const given = form.get(name);
  return typeof given === 'string' ? given.trim().normalize('NFC') : '';
};

/** What the form says of the result, in the shape of the completion; what was left empty is left out. */
export function contentFrom(form: FormData, { seen, fields }: Result, outcome: string) {
  const said = fields.flatMap(({ code }): [string, string][] => {
    const given = value(form, `content-${code}`);
    return outcome !== 'approve' || given === '' ? [] : [[code, given]];
  });
  const reasons = Array.from({ length: mostReasons }, (_, n) => ({
    text: value(form, `why-${n}`),
    legalBasis: value(form, `why-basis-${n}`),
  }));
  return {
    seen,
    fields: Object.fromEntries(said),
    reasons: reasons.filter(({ text, legalBasis }) => text !== '' && legalBasis !== ''),
  };
}

/** What the decision says: fields filled in as the filing says, reasons picked from templates and then edited. */
export function Content(props: { readonly name: string; readonly result: Result; readonly outcome: string }) {
  const { name, result, outcome } = props;
  const { t, say } = useWords();
  const templates = result.reasons.filter(fits(outcome));
  const [picked, setPicked] = useState<readonly { readonly text: string; readonly legalBasis: string }[]>([]);
  return (
    <fieldset>
      <legend>{name}</legend>
      {outcome === 'approve' &&
        result.fields.map(({ code, name: field, kind, unit, required, proposed, legalBasis, verified }) => {
          const id = `content-${code}`;
          const control = { id, name: id, required, defaultValue: proposed ?? '', 'aria-describedby': `${id}-basis` };
          return (
            <div key={code} className={css['field']}>
              <label htmlFor={id}>
                {say(field)}
                {unit !== null && ` (${say(unit)})`}
                {!required && ` (${t('optional')})`}
              </label>
              {kind === 'text' ? (
                <textarea {...control} maxLength={4000} rows={2} />
              ) : (
                <input
                  {...control}
                  type={kind === 'date' ? 'date' : 'text'}
                  inputMode={kind === 'date' ? undefined : 'decimal'}
                />
              )}
              <p className={css['help']} id={`${id}-basis`}>
                {proposed !== null && `${t('contentFiled')} · `}
                {say(legalBasis)} <Unverified verified={verified} />
              </p>
            </div>
          );
        })}
      {picked.map((one, n) => (
        <div key={n} className={css['field']}>
          <label htmlFor={`why-${n}`}>{t('contentReason', { n: n + 1 })}</label>
          <textarea id={`why-${n}`} name={`why-${n}`} defaultValue={one.text} maxLength={2000} rows={2} />
          <label htmlFor={`why-basis-${n}`}>{t('fieldLegalBasis')}</label>
          <input id={`why-basis-${n}`} name={`why-basis-${n}`} defaultValue={one.legalBasis} maxLength={300} />
        </div>
      ))}
      {templates.length > 0 && picked.length < mostReasons && (
        <div className={css['field']}>
          <label htmlFor="content-template">{t('contentTemplate')}</label>
          <select
            id="content-template"
            value=""
            onChange={({ target }) => {
              const found = templates.find(({ code }) => code === target.value);
              if (found) setPicked([...picked, { text: found.text.vi, legalBasis: found.legalBasis.vi }]);
            }}
          >
            <option value="">–</option>
            {templates.map(({ code, text }) => (
              <option key={code} value={code}>
                {say(text)}
              </option>
            ))}
          </select>
        </div>
      )}
    </fieldset>
  );
}
