import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { read } from '../api/call.js';
import { type KeptForm, keptRows } from '../app/kept-form.js';
import css from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { directions } from './conditions.js';

const subjectsQuery = {
  queryKey: ['subjects'],
  queryFn: () => read('/condition-subjects'),
  staleTime: Infinity,
} as const;

/** The conditions of an opinion, one row each: what it is about decides what is asked of it. */
export function Conditions({ name, form }: { readonly name: string; readonly form: KeptForm }) {
  const { t, say } = useWords();
  const { restore, values } = form;
  const [rows, setRows] = useState<readonly number[]>(() => {
    const kept = keptRows(values(), ['subject', 'value']);
    return kept.length === 0 ? [0] : kept;
  });
  const [chosen, setChosen] = useState<Readonly<Record<number, string>>>(() =>
    Object.fromEntries(rows.map((row) => [row, values()[`subject-${row}`] ?? ''])),
  );
  const subjects = useQuery(subjectsQuery);
  // Again when the options have come: what was kept may be among them only now.
  useEffect(() => {
    restore();
  }, [rows, chosen, subjects.data, restore]);
  return (
    <fieldset>
      <legend>{name}</legend>
      {rows.map((row, index) => {
        const subject = subjects.data?.items.find(({ code }) => code === chosen[row]);
        return (
          <div key={row} className={css['field']}>
            <label htmlFor={`subject-${row}`}>{t('conditionSubject', { n: index + 1 })}</label>
            <select
              id={`subject-${row}`}
              name={`subject-${row}`}
              defaultValue=""
              onChange={({ currentTarget }) => setChosen({ ...chosen, [row]: currentTarget.value })}
            >
              <option value="">–</option>
              {subjects.data?.items.map((one) => (
                <option key={one.code} value={one.code}>
                  {say(one.name)}
                  {one.unit === null ? '' : ` (${one.unit})`}
                </option>
              ))}
              <option value="other">{t('conditionOther')}</option>
            </select>
            <label htmlFor={`direction-${row}`}>{t('conditionDirection')}</label>
            <select id={`direction-${row}`} name={`direction-${row}`}>
              {Object.entries(directions).map(([code, word]) => (
                <option key={code} value={code}>
                  {t(word)}
                </option>
              ))}
            </select>
            <label htmlFor={`value-${row}`}>{t('conditionValue')}</label>
            {subject !== undefined && subject.choices.length > 0 ? (
              <select key={subject.code} id={`value-${row}`} name={`value-${row}`} defaultValue="">
                <option value="">–</option>
                {subject.choices.map((one) => (
                  <option key={one.code} value={one.code}>
                    {say(one.name)}
                  </option>
                ))}
              </select>
            ) : (
              <input
                key="written"
                id={`value-${row}`}
                name={`value-${row}`}
                maxLength={500}
                inputMode={subject === undefined ? undefined : 'decimal'}
              />
            )}
          </div>
        );
      })}
      <button type="button" className={css['secondary']} onClick={() => setRows([...rows, (rows.at(-1) ?? -1) + 1])}>
        {t('conditionMore')}
      </button>
    </fieldset>
  );
}
