import { useEffect, useRef, useState } from 'react';
import type { FilingFields } from '../api/contract.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { countryName } from '../parts/countries.js';
import { CountryList } from '../parts/country-list.js';
import { type AnswerType } from './filing-values.js';
import { useReading } from './reading.js';

export type Field = FilingFields['items'][number];
/** One answer; a list with a row for each; what the chosen field's regimes want declared. */
export type Asked =
  | { readonly path: string; readonly type: AnswerType }
  | { readonly path: string; readonly type: 'rows'; readonly columns: readonly Column[]; readonly needed: boolean }
  | { readonly path: string; readonly type: 'declared' };
export interface Column {
  readonly name: string;
  readonly type: AnswerType;
}

/** One question of the form with what it means, what «I don't know» does and where the answer is found. */
export function Question(props: {
  readonly asked: { readonly path: string; readonly type: AnswerType };
  readonly field: Field | undefined;
  readonly value: string;
  readonly needed?: boolean;
}) {
  const { asked, field, value } = props;
  const { t, say } = useWords();
  const { path, type } = asked;
  const name = field === undefined ? path : say(field.name);
  const needed = props.needed ?? field?.needed ?? false;
  // Among its answers is one for what nobody knows.
  const open = type === 'choice' || type === 'yes-no';
  const called = type === 'share' ? `${name} (%)` : name;
  const label = needed || open ? called : `${called} (${t('optional')})`;
  const help = field !== undefined && (
    <div id={`${path}-help`}>
      <p className={parts['help']}>{say(field.meaning)}</p>
      <details>
        <summary className={parts['help']}>{t(field.unknown === null ? 'fieldWhere' : 'fieldMore')}</summary>
        <p className={parts['help']}>
          {say(field.where)} {field.unknown !== null && say(field.unknown)}
        </p>
      </details>
    </div>
  );
  if (type === 'yes-no') {
    const choices = [['yes', 'yes'], ['no', 'no'], ...(needed ? [] : ([['', 'unknown']] as const))] as const;
    return (
      <fieldset>
        <legend>{label}</legend>
        {help}
        {choices.map(([code, word]) => (
          <label key={code} className={parts['choice']}>
            <input type="radio" name={path} value={code} defaultChecked={code === value} required={needed} />
            {t(word)}
          </label>
        ))}
      </fieldset>
    );
  }
  const common = {
    id: path,
    name: path,
    required: needed,
    defaultValue: value,
    'aria-describedby': `${path}-help`,
  };
  return (
    <div className={parts['field']}>
      <label htmlFor={path}>{label}</label>
      {help}
      {type === 'choice' ? (
        <select {...common}>
          <option value="">{t(needed ? 'choose' : 'unknown')}</option>
          {field?.values?.map((one) => (
            <option key={one.code} value={one.code}>
              {say(one.name)}
            </option>
          ))}
        </select>
      ) : type === 'words' ? (
        <textarea {...common} maxLength={4000} />
      ) : (
        <Typed {...common} type={type} />
      )}
    </div>
  );
}

/** What is written in letters or figures; under it how it is read, so that a slip shows before it is sent. */
function Typed(props: {
  readonly id: string;
  readonly name: string;
  readonly required: boolean;
  readonly defaultValue: string;
  readonly 'aria-describedby': string;
  readonly type: AnswerType;
}) {
  const { type, defaultValue, ...common } = props;
  const { id } = common;
  const { t, language } = useWords();
  const readingOf = useReading();
  const input = useRef<HTMLInputElement>(null);
  const first = type === 'country' ? countryName(defaultValue, language) : defaultValue;
  const [typed, setTyped] = useState(first);
  const { wrong, read } = readingOf(type, id, typed);
  useEffect(() => {
    input.current?.setCustomValidity(wrong);
  }, [wrong]);
  // What was kept of an earlier visit is put in without anybody typing it.
  useEffect(() => {
    setTyped(input.current?.value ?? '');
  }, []);
  return (
    <>
      <input
        {...common}
        ref={input}
        defaultValue={first}
        inputMode={type === 'text' || type === 'country' ? undefined : 'decimal'}
        maxLength={300}
        autoComplete="off"
        list={type === 'country' ? `${id}-list` : undefined}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        onBlur={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {type === 'country' && <CountryList id={`${id}-list`} />}
      <output htmlFor={id} className={wrong === '' ? parts['read'] : parts['error']}>
        {wrong === '' ? read !== undefined && t('readAs', { value: read }) : wrong}
      </output>
    </>
  );
}
