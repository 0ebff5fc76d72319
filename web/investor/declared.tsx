import { useQueries, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { limitValue } from '../../domain/law/limit-words.js';
import { read } from '../api/call.js';
import type { Regime } from '../api/contract.js';
import type { KeptForm } from '../app/kept-form.js';
import { Failure, Loading } from '../app/states.js';
import parts from '../parts/parts.module.css';
import { useWords, type Words } from '../words/language.js';
import { type Content, typedOf, valueAt } from './filing-values.js';

export type Limit = Regime['limits'][number];

/** A value of a limit in words. */
export function limitValueIn(value: unknown, { say, number }: Pick<Words, 'say' | 'number'>): string {
  if (typeof value === 'number') return number(value, Math.min(3, String(value).split('.')[1]?.length ?? 0));
  return limitValue(String(value), say);
}

/** What the open regimes of a field want declared before a trial begins, each once. */
export function useDeclarable(field: unknown): { readonly limits?: readonly Limit[]; readonly error: unknown } {
  const all = useQuery({ queryKey: ['regimes'], queryFn: () => read('/regimes'), staleTime: Infinity });
  const codes = (all.data?.items ?? [])
    .filter(({ open, fields }) => open && fields.some(({ code }) => code === field))
    .map(({ code }) => code);
  const found = useQueries({
    queries: [...new Set(codes)].map((code) => ({
      queryKey: ['regime', code],
      queryFn: () => read('/regimes/{code}', { code }),
      staleTime: Infinity,
    })),
  });
  const error = all.error ?? found.find((one) => one.error !== null)?.error ?? null;
  if (all.data === undefined || found.some(({ data }) => data === undefined)) return { error };
  const limits = new Map(
    found
      .flatMap(({ data }) => data?.limits ?? [])
      .filter(({ watch, unit }) => watch === 'declared' && unit !== 'per-admission')
      .map((limit) => [limit.code, limit]),
  );
  return { limits: [...limits.values()], error };
}

/** The questions about limits that hold from the beginning; each may stay open. */
export function Declared(props: { readonly path: string; readonly content: Content; readonly form: KeptForm }) {
  const { path, content, form } = props;
  const words = useWords();
  const { t, say } = words;
  const { limits, error } = useDeclarable(valueAt(content, 'solution.field'));
  const { restore } = form;
  useEffect(() => {
    restore();
  }, [limits?.length, restore]);
  if (limits === undefined) return error === null ? <Loading /> : <Failure error={error} />;
  const given = (valueAt(content, path) ?? {}) as Content;
  if (limits.length === 0) return <p className={parts['faint']}>{t('declaredNothing')}</p>;
  return limits.map(({ code, name, unit, values = [] }) => {
    const field = `${path}.${code}`;
    const now = given[code];
    const label = `${say(name)} (${t('optional')})`;
    if (unit === 'set')
      return (
        <fieldset key={code}>
          <legend>{label}</legend>
          {values.map((value) => (
            <label key={String(value)} className={parts['choice']}>
              <input
                type="checkbox"
                name={`${field}.${String(value)}`}
                defaultChecked={Array.isArray(now) && now.includes(value)}
              />
              {limitValueIn(value, words)}
            </label>
          ))}
        </fieldset>
      );
    // A regime names the values that it allows; of yes and no both may be true of a solution.
    const choices = unit === 'boolean' ? [true, false] : unit === 'category' ? values : undefined;
    return (
      <div key={code} className={parts['field']}>
        <label htmlFor={field}>{choices === undefined ? `${say(name)}, ${unit} (${t('optional')})` : label}</label>
        {choices === undefined ? (
          <input
            id={field}
            name={field}
            inputMode="decimal"
            maxLength={100}
            autoComplete="off"
            defaultValue={typedOf('decimal', now)}
          />
        ) : (
          <select id={field} name={field} defaultValue={now === undefined ? '' : String(now)}>
            <option value="">{t('unknown')}</option>
            {choices.map((value) => (
              <option key={String(value)} value={String(value)}>
                {limitValueIn(value, words)}
              </option>
            ))}
          </select>
        )}
      </div>
    );
  });
}
