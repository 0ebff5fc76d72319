import { useEffect, useState } from 'react';
import type { KeptForm } from '../app/kept-form.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { type Content, typedOf } from './filing-values.js';
import { type Asked, type Field, Question } from './question.js';

/** A list of answers, a row for each; what was typed and not sent yet is there again. */
export function QuestionRows(props: {
  readonly asked: Extract<Asked, { readonly type: 'rows' }>;
  readonly fields: readonly Field[];
  readonly value: unknown;
  readonly form: KeptForm;
}) {
  const { asked, fields, value, form } = props;
  const { path, columns, needed } = asked;
  const { t } = useWords();
  const given = (Array.isArray(value) ? value : []) as readonly Content[];
  const [rows, setRows] = useState(() => {
    const kept = Object.keys(form.values()).flatMap((name) =>
      name.startsWith(`${path}.`) ? [Number(name.slice(path.length + 1).split('.')[0])] : [],
    );
    return Math.max(needed ? 1 : 0, given.length, ...kept.map((n) => n + 1));
  });
  const { restore } = form;
  useEffect(() => {
    restore();
  }, [rows, restore]);
  return (
    <fieldset>
      <legend>{t(path === 'solution.sites' ? 'trialSites' : 'trialExemptions')}</legend>
      {Array.from({ length: rows }, (_row, n) => (
        <div key={n} role="group" aria-label={t('rowOf', { n: n + 1 })}>
          {columns.map((column) => {
            const field = fields.find((one) => one.path === `${path}[].${column.name}`);
            return (
              <Question
                key={column.name}
                asked={{ path: `${path}.${n}.${column.name}`, type: column.type }}
                field={field}
                needed={needed && n === 0}
                value={typedOf(column.type, given[n]?.[column.name])}
              />
            );
          })}
        </div>
      ))}
      <button type="button" className={parts['secondary']} onClick={() => setRows(rows + 1)}>
        {t(path === 'solution.sites' ? 'trialSiteAdd' : 'trialExemptionAdd')}
      </button>
    </fieldset>
  );
}
