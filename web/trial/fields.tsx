import { type ReactNode, useState } from 'react';
import { keptRows, type Values } from '../app/kept-form.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';

/** Where data of a trial may be kept. */
export const dataPlaces = { none: 'dataNone', 'in-country': 'dataInCountry', abroad: 'dataAbroad' } as const;

/** A list of which one adds one after another; those that were typed into are there again. */
export function Rows(props: {
  readonly name: string;
  readonly more: string;
  readonly kept: Values;
  /** Fields of a row, by which those that were kept are known. */
  readonly fields: readonly string[];
  readonly least?: number;
  /** How many there are before anything was typed. */
  readonly first?: number;
  readonly children: (row: number) => ReactNode;
}) {
  const { name, more, kept, fields, least = 0, first = least, children } = props;
  const { t } = useWords();
  const [rows, setRows] = useState<readonly number[]>(() => {
    const typed = keptRows(kept, fields);
    return typed.length > 0 ? typed : Array.from({ length: first }, (_one, n) => n);
  });
  return (
    <fieldset>
      <legend>{name}</legend>
      {rows.map((row, index) => (
        <fieldset key={row}>
          <legend>{`${name} ${index + 1}`}</legend>
          {children(row)}
          {rows.length > least && (
            <button
              type="button"
              className={parts['secondary']}
              aria-label={`${t('fileRemove')}: ${name} ${index + 1}`}
              onClick={() => setRows(rows.filter((one) => one !== row))}
            >
              {t('fileRemove')}
            </button>
          )}
        </fieldset>
      ))}
      <button type="button" className={parts['secondary']} onClick={() => setRows([...rows, (rows.at(-1) ?? -1) + 1])}>
        {more}
      </button>
    </fieldset>
  );
}

/** A field under its name. */
export function Labelled(props: { readonly id: string; readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={parts['field']}>
      <label htmlFor={props.id}>{props.label}</label>
      {props.children}
    </div>
  );
}

interface LineProps {
  readonly id: string;
  readonly label: string;
  readonly required?: boolean;
  readonly initial?: string | number | undefined;
}

/** One line of text. */
export const Line = ({
  id,
  label,
  required = false,
  longest = 300,
  initial,
}: LineProps & { readonly longest?: number }) => (
  <Labelled id={id} label={label}>
    <input id={id} name={id} required={required} maxLength={longest} defaultValue={initial} />
  </Labelled>
);

/** A whole number. */
export const Whole = ({ id, label, required = false, initial }: LineProps) => (
  <Labelled id={id} label={label}>
    <input id={id} name={id} inputMode="numeric" pattern="\d{1,4}" required={required} defaultValue={initial} />
  </Labelled>
);

/** A number as people write it, with comma or point. */
export const Decimal = ({ id, label, required = false, initial }: LineProps) => (
  <Labelled id={id} label={label}>
    <input
      id={id}
      name={id}
      inputMode="decimal"
      pattern="-?\d{1,12}([.,]\d{1,6})?"
      required={required}
      defaultValue={initial}
    />
  </Labelled>
);

/** One of a few. */
export function Choice(props: {
  readonly id: string;
  readonly words: Readonly<Record<string, Word>>;
  readonly chosen: string;
  readonly none?: string;
  readonly required?: boolean;
}) {
  const { id, words, chosen, none, required = false } = props;
  const { t } = useWords();
  return (
    <select id={id} name={id} defaultValue={chosen} required={required}>
      {none !== undefined && <option value="">{none}</option>}
      {Object.entries(words).map(([value, word]) => (
        <option key={value} value={value}>
          {t(word)}
        </option>
      ))}
    </select>
  );
}

/** The site that an area is part of: one of the regime's, where it names them. */
export function Site(props: {
  readonly id: string;
  readonly sites: readonly string[];
  readonly initial?: string | undefined;
}) {
  const { id, sites, initial } = props;
  const { t } = useWords();
  return (
    <Labelled id={id} label={t('termsSite')}>
      {sites.length > 0 ? (
        <select id={id} name={id} defaultValue={initial}>
          {sites.map((site) => (
            <option key={site} value={site}>
              {site}
            </option>
          ))}
        </select>
      ) : (
        <input id={id} name={id} maxLength={100} defaultValue={initial} />
      )}
    </Labelled>
  );
}

/** The corners of an area, one a line. */
export function Corners({ id, initial }: { readonly id: string; readonly initial?: string | undefined }) {
  const { t } = useWords();
  return (
    <div className={parts['field']}>
      <label htmlFor={id}>{`${t('termsCorners')} (${t('optional')})`}</label>
      <p className={parts['help']}>{t('termsCornersHelp')}</p>
      <textarea id={id} name={id} rows={4} spellCheck={false} defaultValue={initial} />
    </div>
  );
}
