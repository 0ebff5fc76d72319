import { type ReactNode, type SubmitEvent, useEffect, useState } from 'react';
import { useKeptForm } from '../app/kept-form.js';
import { Notice } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Words } from '../words/language.js';
import { Differences } from './differences.js';
import { jsonFault } from './json-text.js';
import { differencesOf } from './law-data.js';
import type { Node } from './readable.js';
import { ReadableDefinition, useReadable } from './readable-view.js';
import css from './setting.module.css';

/** What a form says of the next version; a sentence in place of it: why it is none, and before which letter of its data. */
export type Read = (form: FormData) => { readonly next: object } | Wrong;
interface Wrong {
  readonly wrong: string;
  readonly at?: number;
}

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
    if ('wrong' in found && found.at !== undefined) showFault(event.currentTarget, found.at);
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
        <Looked held={held ?? {}} next={seen.next}>
          {children(seen.next, seen.form, forget)}
        </Looked>
      )}
    </>
  );
}

/** Opens the data and stands where it is wrong. */
function showFault(form: HTMLFormElement, at: number): void {
  const field = form.elements.namedItem('data');
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.closest('details')?.setAttribute('open', '');
  field.focus();
  field.setSelectionRange(at, at + 1);
}

/** What changes, beside what it would do; then the whole of it. */
function Looked(props: { readonly held: object; readonly next: object; readonly children: ReactNode }) {
  const { held, next, children } = props;
  const { t } = useWords();
  const readable = useReadable(held, next);
  const changed = new Set(differencesOf(held, next).map(({ place }) => place));
  return (
    <>
      <div className={css['beside']}>
        <div>
          <Differences before={held} after={next} readable={readable} />
        </div>
        <div>{children}</div>
      </div>
      <details>
        <summary>{t('lawNextWhole')}</summary>
        <ReadableDefinition data={next as Node} readable={readable} changed={changed} />
      </details>
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

/** The data that was written, or why it is none, with its line. */
export function dataOf(form: FormData, { t }: Words): { readonly data: object } | Wrong {
  const field = form.get('data');
  const text = typeof field === 'string' ? field : '';
  // A form sends its lines as the net does; where they are counted they end as in the field.
  const typed = text.replaceAll('\r\n', '\n');
  const fault = jsonFault(typed);
  if (fault !== undefined) return { wrong: t('cityNotJson', { line: fault.line, column: fault.column }), at: fault.at };
  const data: unknown = JSON.parse(typed);
  return typeof data === 'object' && data !== null && !Array.isArray(data)
    ? { data }
    : { wrong: t('cityNotObject'), at: 0 };
}
