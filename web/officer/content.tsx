import { useEffect, useState } from 'react';
import type { Task } from '../api/contract.js';
import { textOf } from '../app/act.js';
import { type KeptForm, keptRows } from '../app/kept-form.js';
import { Unverified } from '../parts/parts.js';
import css from '../parts/parts.module.css';
import { positions } from './positions.js';
import { useWords } from '../words/language.js';

type Result = NonNullable<Task['result']>;

const favours = (outcome: string): boolean => ['approve', 'agree', 'agree-with-conditions'].includes(outcome);

/** The template of a reason that is wanted for this outcome. */
const fits = (outcome: string) => (one: Result['reasons'][number]) =>
  one.outcome === (favours(outcome) ? 'approved' : 'refused');

/** A refusal grants nothing; what was asked is answered by every opinion. */
const fieldsFor = (outcome: string, fields: Result['fields']) =>
  fields.filter(({ kind }) => outcome === 'approve' || kind === 'verdict');

/** What is said to a question, unless whoever answers says otherwise: one question alone is answered by the opinion itself. */
const verdictBy = (outcome: string, fields: Result['fields']): string =>
  outcome === 'agree' || fields.length === 1 ? outcome : '';

const mostReasons = 20;
/** Reasons for one outcome are none for another. */
const names = (outcome: string) => ({ text: `why-${outcome}`, basis: `why-basis-${outcome}` });

/** The numbers `n` of the rows that are drawn, each with its field `{name}-{n}`, in their order. */
export const rowsIn = (form: FormData, name: string): number[] =>
  [...form.keys()].flatMap((field) => {
    const [, of, n] = /^(.+)-(\d+)$/.exec(field) ?? [];
    return of === name ? [Number(n)] : [];
  });

/** What the form says of the result, in the shape of the completion; what was left empty is left out. */
export function contentFrom(form: FormData, { seen, fields }: Result, outcome: string) {
  const said = fieldsFor(outcome, fields).flatMap(({ code }): [string, string][] => {
    const given = textOf(form, `content-${code}`);
    return given === '' ? [] : [[code, given]];
  });
  const why = names(outcome);
  const reasons = rowsIn(form, why.text).map((n) => ({
    text: textOf(form, `${why.text}-${n}`),
    legalBasis: textOf(form, `${why.basis}-${n}`),
  }));
  return {
    seen,
    fields: Object.fromEntries(said),
    reasons: reasons.filter(({ text, legalBasis }) => text !== '' || legalBasis !== ''),
  };
}

/** What the answer says: fields filled in as the filing says, a verdict on what was asked, reasons picked from templates and then edited. */
export function Content(props: {
  readonly name: string;
  readonly result: Result;
  readonly outcome: string;
  readonly form: Pick<KeptForm, 'values' | 'keep' | 'restore'>;
}) {
  const { name, result, outcome, form } = props;
  const { restore } = form;
  const { t, say } = useWords();
  const templates = result.reasons.filter(fits(outcome));
  const why = names(outcome);
  const [rows, setRows] = useState<readonly number[]>(() => keptRows(form.values(), [why.text, why.basis]));
  // What stands in a row that was picked is what was kept of it.
  useEffect(() => {
    restore();
  }, [rows, restore]);
  const pick = (code: string) => {
    const found = templates.find((one) => one.code === code);
    if (found === undefined) return;
    const n = (rows.at(-1) ?? -1) + 1;
    form.keep({ [`${why.text}-${n}`]: found.text.vi, [`${why.basis}-${n}`]: found.legalBasis.vi });
    setRows([...rows, n]);
  };
  const takeAway = (n: number) => {
    form.keep({ [`${why.text}-${n}`]: '', [`${why.basis}-${n}`]: '' });
    setRows(rows.filter((row) => row !== n));
  };
  return (
    <fieldset>
      <legend>{name}</legend>
      {fieldsFor(outcome, result.fields).map(
        ({ code, name: field, kind, unit, required, proposed, legalBasis, verified }, _n, asked) => {
          const id = `content-${code}`;
          const defaultValue = proposed ?? (kind === 'verdict' ? verdictBy(outcome, asked) : '');
          const control = { id, name: id, required, defaultValue, 'aria-describedby': `${id}-basis` };
          return (
            <div key={code} className={css['field']}>
              <label htmlFor={id}>
                {say(field)}
                {unit !== null && ` (${say(unit)})`}
                {!required && ` (${t('optional')})`}
              </label>
              {kind === 'text' ? (
                <textarea {...control} maxLength={4000} rows={2} />
              ) : kind === 'verdict' ? (
                <select {...control}>
                  <option value="">–</option>
                  {Object.entries(positions).map(([position, [word]]) => (
                    <option key={position} value={position}>
                      {t(word)}
                    </option>
                  ))}
                </select>
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
        },
      )}
      {rows.map((n, index) => (
        <div key={n} className={css['field']}>
          <label htmlFor={`${why.text}-${n}`}>{t('contentReason', { n: index + 1 })}</label>
          <textarea id={`${why.text}-${n}`} name={`${why.text}-${n}`} required maxLength={2000} rows={2} />
          <label htmlFor={`${why.basis}-${n}`}>{t('fieldLegalBasis')}</label>
          <input id={`${why.basis}-${n}`} name={`${why.basis}-${n}`} required maxLength={300} />
          <button type="button" className={css['secondary']} onClick={() => takeAway(n)}>
            {t('contentReasonRemove', { n: index + 1 })}
          </button>
        </div>
      ))}
      {templates.length > 0 && rows.length < mostReasons && (
        <div className={css['field']}>
          <label htmlFor="content-template">{t('contentTemplate')}</label>
          <select id="content-template" value="" onChange={({ target }) => pick(target.value)}>
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
