import type { FilingFields } from '../api/contract.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import type { AnswerType } from './filing-values.js';

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
  const label = needed ? name : `${name} (${t('optional')})`;
  const help = field !== undefined && (
    <div id={`${path}-help`}>
      <p className={parts['help']}>{say(field.meaning)}</p>
      <details>
        <summary className={parts['help']}>{t('fieldMore')}</summary>
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
        <input {...common} inputMode={type === 'text' ? undefined : 'decimal'} maxLength={300} autoComplete="off" />
      )}
    </div>
  );
}
