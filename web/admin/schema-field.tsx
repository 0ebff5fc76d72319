import { type ReactNode, useId } from 'react';
import { registerCodes, registerName } from '../../domain/law/registers.js';
import { settingValue, settingWord } from '../../domain/law/setting-words.js';
import { useQuery } from '@tanstack/react-query';
import { read } from '../api/call.js';
import { agenciesQuery } from '../case/queries.js';
import parts from '../parts/parts.module.css';
import css from './setting.module.css';
import { useWords, type Words } from '../words/language.js';
import {
  blankOf,
  choicesOf,
  isJson,
  type Json,
  kindsOf,
  ofKind,
  type Schema,
  typedAs,
  withoutNull,
} from './json-schema.js';

interface FieldProps {
  /** Keys from the outside in, without places in lists. */
  readonly place: readonly string[];
  readonly schema: Schema;
  readonly value: unknown;
  /** What holds now; undefined: nothing of it does. */
  readonly held: unknown;
  readonly onChange: (value: unknown) => void;
}

/** What a place is called, with what its number counts. */
export function placeName(place: readonly string[], { say }: Words): string {
  const { name, unit } = settingWord(place);
  return unit === undefined ? say(name) : `${say(name)} (${say(unit)})`;
}

/** A value as people read it. */
function readable(value: unknown, { t, say, day }: Words): string {
  if (value === null || value === undefined || value === '') return t('none');
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : JSON.stringify(value);
  const named = settingValue(value);
  if (named !== undefined) return say(named);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? day(value) : value;
}

/** The code lists that a place takes its values from, each with its name. */
function useNamed(place: readonly string[]): readonly (readonly [code: string, name: string])[] | undefined {
  const { say } = useWords();
  const last = place.at(-1) ?? '';
  const end = place.slice(-2).join('.');
  const ofAgency = last === 'gatheredBy' || last === 'agency';
  const ofProcedure = end === 'fees.key' || end === 'procedures.procedure';
  const agencies = useQuery({ ...agenciesQuery, enabled: ofAgency });
  const procedures = useQuery({
    queryKey: ['procedures'],
    queryFn: () => read('/procedures'),
    staleTime: 3_600_000,
    enabled: ofProcedure,
  });
  if (ofAgency) return agencies.data?.items.map(({ code, name }) => [code, say(name)]);
  if (ofProcedure) return [...new Map(procedures.data?.items.map(({ code, name }) => [code, say(name)])).entries()];
  if (end === 'freshDays.key' || last === 'consent')
    return registerCodes.map((code) => [code, say(registerName(code))]);
  return undefined;
}

/** One place of a setting and all below it, made from its schema: what holds now stands beside what was changed. */
export function SchemaField(props: FieldProps): ReactNode {
  const { place, value, held, onChange } = props;
  const words = useWords();
  const { t } = words;
  const { schema, nullable } = withoutNull(props.schema);
  const name = placeName(place, words);
  const simple = schema.type !== 'object' && schema.type !== 'array' && kindsOf(schema).size === 0;
  if (nullable && !simple) {
    return (
      <fieldset>
        <legend>{name}</legend>
        <label className={parts['choice']}>
          <input
            type="checkbox"
            checked={value !== null && value !== undefined}
            onChange={({ currentTarget }) => onChange(currentTarget.checked ? blankOf(schema) : null)}
          />
          {t('settingThere')}
        </label>
        {value !== null && value !== undefined && <SchemaField {...props} schema={schema} />}
      </fieldset>
    );
  }
  const kinds = kindsOf(schema);
  if (kinds.size > 0) return <OneOfKinds {...props} kinds={kinds} />;
  if (schema.type === 'array') return <Rows {...props} schema={schema} />;
  if (schema.type === 'object' && isJson(schema.additionalProperties) && schema.properties === undefined)
    return <Keyed {...props} schema={schema} />;
  if (schema.type === 'object') return <Parts {...props} schema={schema} />;
  return <Simple place={place} schema={schema} nullable={nullable} value={value} held={held} onChange={onChange} />;
}

function Simple(props: FieldProps & { readonly nullable: boolean }) {
  const { place, schema, nullable, value, held, onChange } = props;
  const words = useWords();
  const { t, say } = words;
  const id = useId();
  const named = useNamed(place);
  const name = placeName(place, words);
  const changed = JSON.stringify(value) !== JSON.stringify(held);
  const before = changed && <p className={parts['help']}>{t('settingNow', { value: readable(held, words) })}</p>;
  if (schema.type === 'boolean')
    return (
      <div className={parts['field']}>
        <label className={parts['choice']}>
          <input
            type="checkbox"
            checked={value === true}
            onChange={({ currentTarget }) => onChange(currentTarget.checked)}
          />
          {name}
        </label>
        {before}
      </div>
    );
  const codes = choicesOf(schema)?.map(
    (code) =>
      [code, typeof code === 'string' ? say(settingValue(code) ?? { vi: code, en: code }) : String(code)] as const,
  );
  const options: readonly (readonly [string | number, string])[] | undefined = codes ?? named;
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const change = (typed: string) => onChange(typed === '' && nullable ? null : typedAs(schema, typed));
  return (
    <div className={parts['field']}>
      <label htmlFor={id}>
        {name}
        {nullable && ` (${t('optional')})`}
      </label>
      {options !== undefined ? (
        <select
          id={id}
          value={text}
          required={!nullable}
          onChange={({ currentTarget }) =>
            onChange(options.find(([code]) => String(code) === currentTarget.value)?.[0] ?? (nullable ? null : ''))
          }
        >
          {!options.some(([code]) => String(code) === text) && (
            <option value={text}>{text === '' ? t('choose') : text}</option>
          )}
          {options.map(([code, called]) => (
            <option key={code} value={code}>
              {called}
            </option>
          ))}
        </select>
      ) : text.length > 60 ? (
        <textarea
          id={id}
          value={text}
          required={!nullable}
          onChange={({ currentTarget }) => change(currentTarget.value)}
        />
      ) : (
        <input
          id={id}
          type={schema.format === 'date' ? 'date' : 'text'}
          inputMode={schema.type === 'integer' ? 'numeric' : schema.type === 'number' ? 'decimal' : undefined}
          value={text}
          required={!nullable}
          autoComplete="off"
          onChange={({ currentTarget }) => change(currentTarget.value)}
        />
      )}
      {before}
    </div>
  );
}

/** The parts of one thing; those that may be left out are added and taken away. */
function Parts({ place, schema, value, held, onChange }: FieldProps) {
  const words = useWords();
  const { t } = words;
  const own: Json = isJson(value) ? value : {};
  const before: Json = isJson(held) ? held : {};
  const { properties = {}, required = [] } = schema;
  const fields = Object.entries(properties).map(([key, part]) => {
    const at = [...place, key];
    const here = key in own;
    const drop = () => onChange(Object.fromEntries(Object.entries(own).filter(([name]) => name !== key)));
    if (!here && !required.includes(key))
      return (
        <button
          key={key}
          type="button"
          className={parts['secondary']}
          onClick={() => onChange({ ...own, [key]: blankOf(part) })}
        >
          {t('settingAddPart', { name: placeName(at, words) })}
        </button>
      );
    return (
      <div key={key}>
        <SchemaField
          place={at}
          schema={part}
          value={own[key]}
          held={before[key]}
          onChange={(next) => onChange({ ...own, [key]: next })}
        />
        {!required.includes(key) && (
          <button type="button" className={parts['secondary']} onClick={drop}>
            {t('settingDropPart', { name: placeName(at, words) })}
          </button>
        )}
      </div>
    );
  });
  return place.length <= 1 ? (
    fields
  ) : (
    <fieldset className={css['parts']}>
      <legend>{placeName(place, words)}</legend>
      {fields}
    </fieldset>
  );
}

/** One of several shapes, told apart by their kind. */
function OneOfKinds(props: FieldProps & { readonly kinds: ReadonlyMap<string, Schema> }) {
  const { place, value, held, onChange, kinds } = props;
  const words = useWords();
  const { say } = words;
  const id = useId();
  const own: Json = isJson(value) ? value : {};
  const kind = String(own['kind'] ?? '');
  const shape = kinds.get(kind);
  const { kind: _kind, ...properties } = shape?.properties ?? {};
  return (
    <>
      <div className={parts['field']}>
        <label htmlFor={id}>{placeName([...place, 'kind'], words)}</label>
        <select
          id={id}
          value={kind}
          onChange={({ currentTarget }) => {
            const next = kinds.get(currentTarget.value);
            if (next !== undefined) onChange(ofKind(own, currentTarget.value, next));
          }}
        >
          {[...kinds.keys()].map((one) => (
            <option key={one} value={one}>
              {say(settingValue(one) ?? { vi: one, en: one })}
            </option>
          ))}
        </select>
      </div>
      {shape !== undefined && (
        <Parts
          place={place.slice(0, 1)}
          schema={{ ...shape, properties, required: (shape.required ?? []).filter((one) => one !== 'kind') }}
          value={own}
          held={held}
          onChange={onChange}
        />
      )}
    </>
  );
}

const namers = ['code', 'procedure', 'date', 'path'] as const;
/** The element of a list that holds now and has the same name, else the same place. */
function heldLike(held: readonly unknown[], one: unknown, index: number): unknown {
  if (!isJson(one)) return held.includes(one) ? one : undefined;
  const namer = namers.find((key) => typeof one[key] === 'string');
  if (namer === undefined) return held[index];
  return held.find((other) => isJson(other) && other[namer] === one[namer]);
}

function Rows({ place, schema, value, held, onChange }: FieldProps) {
  const words = useWords();
  const { t, say } = words;
  const named = useNamed(place);
  const items = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const before = Array.isArray(held) ? (held as readonly unknown[]) : [];
  const shape = schema.items ?? {};
  const name = placeName(place, words);
  const codes =
    choicesOf(shape)?.map(
      (code) => [String(code), say(settingValue(String(code)) ?? { vi: String(code), en: String(code) })] as const,
    ) ?? (shape.type === 'string' ? named : undefined);
  // Of some that have names one ticks those that are meant.
  if (codes !== undefined) {
    const other = items.filter((one) => !codes.some(([code]) => code === one)).map(String);
    return (
      <fieldset>
        <legend>{name}</legend>
        {[...codes, ...other.map((code) => [code, code] as const)].map(([code, called]) => (
          <label key={code} className={parts['choice']}>
            <input
              type="checkbox"
              checked={items.includes(code)}
              onChange={({ currentTarget }) =>
                onChange(currentTarget.checked ? [...items, code] : items.filter((one) => one !== code))
              }
            />
            {called}
          </label>
        ))}
      </fieldset>
    );
  }
  const set = (index: number, next: unknown) => onChange(items.map((one, at) => (at === index ? next : one)));
  return (
    <fieldset>
      <legend>{name}</legend>
      {items.map((one, index) => (
        <details key={index}>
          <summary>{rowName(one, words) || `${name} ${index + 1}`}</summary>
          <SchemaField
            place={place}
            schema={shape}
            value={one}
            held={heldLike(before, one, index)}
            onChange={(next) => set(index, next)}
          />
          <button
            type="button"
            className={parts['secondary']}
            aria-label={`${t('fileRemove')}: ${rowName(one, words) || `${name} ${index + 1}`}`}
            onClick={() => onChange(items.filter((_one, at) => at !== index))}
          >
            {t('fileRemove')}
          </button>
        </details>
      ))}
      <button type="button" className={parts['secondary']} onClick={() => onChange([...items, blankOf(shape)])}>
        {t('settingAddRow', { name })}
      </button>
    </fieldset>
  );
}

/** What a row is called: its name, else its code. */
function rowName(one: unknown, { say }: Words): string {
  if (!isJson(one)) return typeof one === 'string' ? one : '';
  const { name, code, procedure } = one;
  if (isJson(name) && typeof name['vi'] === 'string' && typeof name['en'] === 'string')
    return say({ vi: name['vi'], en: name['en'] });
  const kind = typeof one['kind'] === 'string' ? settingValue(one['kind']) : undefined;
  const called = [code, procedure].find((each) => typeof each === 'string' && each !== '');
  return [kind === undefined ? '' : say(kind), typeof called === 'string' ? called : '']
    .filter((part) => part !== '')
    .join(' · ');
}

/** Values by a code that people choose. */
function Keyed({ place, schema, value, held, onChange }: FieldProps) {
  const words = useWords();
  const { t } = words;
  const own: Json = isJson(value) ? value : {};
  const before: Json = isJson(held) ? held : {};
  const shape = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
  const name = placeName(place, words);
  const entries = Object.entries(own);
  const rename = (from: string, to: unknown) =>
    onChange(Object.fromEntries(entries.map(([key, one]) => [key === from ? String(to) : key, one])));
  return (
    <fieldset>
      <legend>{name}</legend>
      {entries.map(([key, one], index) => (
        <fieldset key={index}>
          <legend>{`${name} ${index + 1}`}</legend>
          <SchemaField
            place={[...place, 'key']}
            schema={{ type: 'string' }}
            value={key}
            held={key in before ? key : undefined}
            onChange={(next) => rename(key, next)}
          />
          <SchemaField
            place={place}
            schema={shape}
            value={one}
            held={before[key]}
            onChange={(next) => onChange({ ...own, [key]: next })}
          />
          <button
            type="button"
            className={parts['secondary']}
            aria-label={`${t('fileRemove')}: ${name} ${index + 1}`}
            onClick={() => onChange(Object.fromEntries(entries.filter(([other]) => other !== key)))}
          >
            {t('fileRemove')}
          </button>
        </fieldset>
      ))}
      {!('' in own) && (
        <button type="button" className={parts['secondary']} onClick={() => onChange({ ...own, '': blankOf(shape) })}>
          {t('settingAddRow', { name })}
        </button>
      )}
    </fieldset>
  );
}
