import { type ReactNode, type SubmitEvent, useEffect, useState } from 'react';
import { useKeptForm } from '../app/kept-form.js';
import { Notice } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { Differences } from './differences.js';

/** What a form says of the next version; a word in place of it: why it is none. */
export type Read = (form: FormData) => { readonly next: object } | { readonly wrong: string };

/**
 * The next version of something, in two steps: it is written, then its changes are looked at, place by place, and only then it is sent. What is typed is kept until it was.
 */
export function NextVersion(props: {
  /** Under which what is typed is kept. */
  readonly name: string;
  readonly held: object | undefined;
  readonly readNext: Read;
  readonly fields: ReactNode;
  /** What is done about a version that was looked at; `forget`: it was sent. */
  readonly children: (next: object, form: FormData, forget: () => void) => ReactNode;
}) {
  const { name, held, readNext, fields, children } = props;
  const { t } = useWords();
  const [seen, setSeen] = useState<{ readonly next: object; readonly form: FormData }>();
  const [wrong, setWrong] = useState<string>();
  const { ref, onInput, restore, forget } = useKeptForm(`law ${name}`);
  useEffect(restore);
  const look = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const found = readNext(form);
    setWrong('wrong' in found ? found.wrong : undefined);
    setSeen('next' in found ? { next: found.next, form } : undefined);
  };
  const change = (event: { readonly target: EventTarget }) => {
    onInput(event);
    // What was looked at is not what stands there now.
    setSeen(undefined);
  };
  return (
    <>
      <form ref={ref} onInput={change} onSubmit={look}>
        {fields}
        {wrong !== undefined && (
          <Notice tone="red" alert>
            <p>{wrong}</p>
          </Notice>
        )}
        <button type="submit" className={parts['secondary']}>
          {t('lawLook')}
        </button>
      </form>
      {seen !== undefined && (
        <>
          <Differences before={held ?? {}} after={seen.next} />
          {children(seen.next, seen.form, forget)}
        </>
      )}
    </>
  );
}

/** The rest of a definition, as data, without the `fields` that have an input of their own. */
export function DataField(props: { readonly id: string; readonly held: object; readonly without: readonly string[] }) {
  const { id, held, without } = props;
  const { t } = useWords();
  const rest = Object.fromEntries(Object.entries(held).filter(([key]) => !without.includes(key)));
  return (
    <details>
      <summary>{t('lawRest')}</summary>
      <div className={parts['field']}>
        <label htmlFor={id}>{t('cityValue')}</label>
        <textarea
          id={id}
          name="data"
          required
          rows={16}
          spellCheck={false}
          defaultValue={JSON.stringify(rest, null, 2)}
        />
      </div>
    </details>
  );
}

/** The data that was written; undefined where it is no object of JSON. */
export function dataOf(form: FormData): object | undefined {
  const text = form.get('data');
  try {
    const data: unknown = JSON.parse(typeof text === 'string' ? text : '');
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? data : undefined;
  } catch {
    return undefined;
  }
}
