import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { act, ApiProblem, newKey, read } from '../api/call.js';
import type { Problem, Receipt, TrialReceipt } from '../api/contract.js';
import { textOf } from '../app/act.js';
import { useKeptForm } from '../app/kept-form.js';
import { Failure, useTitle } from '../app/states.js';
import { Facts, Notice } from '../parts/parts.js';
import { countryName } from '../parts/countries.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word, type Words } from '../words/language.js';
import { Declared, type Limit, limitValueIn, useDeclarable } from './declared.js';
import type { FilingSearch } from './filing-search.js';
import {
  type AnswerType,
  answerOf,
  type Content,
  declaredOf,
  rowsOf,
  typedOf,
  valueAt,
  withValue,
} from './filing-values.js';
import { LawMoved, movedIn, type Told } from './law-moved.js';
import { type Asked, type Field, Question } from './question.js';
import { ForWhom } from './organisation.js';
import { QuestionRows } from './question-rows.js';

export interface Step {
  readonly title: Word;
  readonly asks: readonly Asked[];
}
export const ask = (type: AnswerType, ...paths: string[]): Asked[] => paths.map((path) => ({ path, type }));

/** What is filed, one subject a page. */
export interface Guide {
  readonly kind: 'green-lane' | 'sandbox';
  readonly title: Word;
  readonly steps: readonly Step[];
  /** What stands in it before anything is answered. */
  readonly empty: Content;
  /** What the law of now says of it, in words. */
  readonly look: (content: Content, words: Words) => Promise<readonly Told[]>;
  /** What it is with these answers, before it is filed. */
  readonly Verdict: (props: VerdictProps) => ReactNode;
  readonly Received: (props: { readonly receipt: Receipt | TrialReceipt }) => ReactNode;
  readonly onKept?: () => void;
}
export interface VerdictProps {
  readonly content: Content;
  /** It was looked at: what was said of it where that is new; what is given is filed with it. */
  readonly onLooked: (also: Content, told?: readonly Told[]) => void;
  readonly onFailed: (error: unknown) => void;
}

/** Everything a filing asks stands in it: what nobody answered is null, and the API says whether that is enough. */
export const wholeOf = ({ steps, empty }: Pick<Guide, 'steps' | 'empty'>, content: Content): Content =>
  steps
    .flatMap(({ asks }) => asks)
    .reduce<Content>(
      (whole, { path, type }) =>
        withValue(whole, path, valueAt(whole, path) ?? (type === 'rows' ? [] : type === 'declared' ? {} : null)),
      { ...empty, ...content },
    );

/** What a page of the form says, in the filing. */
function answered(asks: readonly Asked[], form: FormData, content: Content): Content {
  return asks.reduce<Content>((filled, asked) => {
    const { path, type } = asked;
    if (type === 'rows') return withValue(filled, path, rowsOf(form, path, asked.columns));
    if (type === 'declared') return withValue(filled, path, declaredOf(form, path));
    const typed = form.get(path);
    return withValue(filled, path, answerOf(type, typeof typed === 'string' ? typed : '', path));
  }, content);
}

/** Where a page of a filing is. */
const placeOf = ({ kind }: Pick<Guide, 'kind'>, draft: string | undefined, step: number): FilingSearch => ({
  ...(kind === 'sandbox' && { kind }),
  ...(draft !== undefined && { draft }),
  step,
});

/** Filing, one subject a page; every page that is left is kept in a draft, so that it survives everything. */
export function Guided(props: {
  readonly guide: Guide;
  readonly fields: readonly Field[];
  readonly version: number | undefined;
  readonly content: Content;
  /** Of a representative: for whom. */
  readonly onBehalfOf?: string;
  /** Said above each page. */
  readonly begun?: Word;
}) {
  const { guide, fields, onBehalfOf, begun } = props;
  const { steps, empty } = guide;
  const { t } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { draft, step = 1 } = useSearch({ from: '/projects/new' });
  const [content, setContent] = useState(props.content);
  const [version, setVersion] = useState(props.version);
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const [receipt, setReceipt] = useState<Receipt | TrialReceipt>();
  const key = useRef(newKey());
  const keeping = useKeptForm(`filing ${guide.kind === 'sandbox' ? 'trial ' : ''}${draft ?? 'new'} ${step}`);
  useEffect(() => keeping.restore(), [step, keeping.restore]);
  useTitle(t(guide.title));
  const current = steps[step - 1];
  if (receipt !== undefined) return <guide.Received receipt={receipt} />;

  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (current === undefined || saving) return;
    const form = new FormData(event.currentTarget);
    const next = answered(current.asks, form, content);
    const owner = onBehalfOf ?? textOf(form, 'onBehalfOf');
    setSaving(true);
    setFailed(undefined);
    const kept =
      draft === undefined || version === undefined
        ? act(
            '/drafts',
            {},
            { content: { ...empty, ...next }, ...(owner !== '' && { onBehalfOf: owner }) },
            key.current,
          )
        : act('/drafts/{id}', { id: draft }, { version, content: next }, key.current);
    kept.then(
      (saved) => {
        key.current = newKey();
        keeping.forget();
        guide.onKept?.();
        setContent(next);
        setVersion(saved.version);
        setSaving(false);
        queries.setQueryData(['draft', saved.id], saved);
        void queries.invalidateQueries({ queryKey: ['drafts'] });
        void navigate({ to: '/projects/new', search: placeOf(guide, saved.id, step + 1) });
      },
      (error: unknown) => {
        if (error instanceof ApiProblem) key.current = newKey();
        setFailed(error);
        setSaving(false);
      },
    );
  };
  return (
    <>
      <h1>{t(guide.title)}</h1>
      <p className={parts['faint']}>
        {t('stepOf', {
          n: Math.min(step, steps.length + 1),
          of: steps.length + 1,
        })}
      </p>
      {current === undefined ? (
        <Check guide={guide} draft={draft} content={content} fields={fields} onFiled={setReceipt} />
      ) : (
        <form ref={keeping.ref} onInput={keeping.onInput} onSubmit={save} key={step}>
          <h2>{t(current.title)}</h2>
          {begun !== undefined && (
            <Notice tone="blue">
              <p>{t(begun)}</p>
            </Notice>
          )}
          {draft === undefined && <ForWhom />}
          {current.asks.map((one) =>
            one.type === 'rows' ? (
              <QuestionRows
                key={one.path}
                asked={one}
                fields={fields}
                value={valueAt(content, one.path)}
                form={keeping}
              />
            ) : one.type === 'declared' ? (
              <Declared key={one.path} path={one.path} content={content} form={keeping} />
            ) : (
              <Question
                key={one.path}
                asked={one}
                field={fields.find(({ path }) => path === one.path)}
                value={typedOf(one.type, valueAt(content, one.path))}
              />
            ),
          )}
          {failed !== undefined && <Failure error={failed} />}
          <div className={parts['actions']}>
            <button type="submit" disabled={saving}>
              {t(saving ? 'sending' : 'stepNext')}
            </button>
            {step > 1 && (
              <Link to="/projects/new" search={placeOf(guide, draft, step - 1)}>
                {t('stepBack')}
              </Link>
            )}
          </div>
          <p className={parts['faint']}>{t('draftKept')}</p>
        </form>
      )}
    </>
  );
}

/** What was written, what it would become, and the button that files it. */
function Check(props: {
  readonly guide: Guide;
  readonly draft: string | undefined;
  readonly content: Content;
  readonly fields: readonly Field[];
  readonly onFiled: (receipt: Receipt | TrialReceipt) => void;
}) {
  const { guide, draft, content, fields, onFiled } = props;
  const words = useWords();
  const { t, say } = words;
  const { limits = [] } = useDeclarable(valueAt(content, 'solution.field'));
  const [also, setAlso] = useState<Content>();
  const [failed, setFailed] = useState<unknown>();
  const [filing, setFiling] = useState(false);
  const [told, setTold] = useState<readonly Told[]>();
  const [moved, setMoved] = useState<ReturnType<typeof movedIn>>([]);
  const [sign, setSign] = useState(false);
  const key = useRef(newKey());
  const file = () => {
    if (draft === undefined) return;
    setFiling(true);
    setFailed(undefined);
    guide
      .look(content, words)
      .then((now) => {
        const other = movedIn(told ?? now, now);
        setMoved(other);
        if (other.length === 0) return fileNow(draft);
        // The law changed under what was read: it is read again before anything is filed.
        setTold(now);
        setFiling(false);
        return undefined;
      })
      .catch((error: unknown) => {
        if (error instanceof ApiProblem) key.current = newKey();
        setFailed(error);
        setFiling(false);
      });
  };
  // What was left open is written down as open before the draft becomes a case.
  const fileNow = (draft: string): Promise<void> =>
    read('/drafts/{id}', { id: draft })
      .then(({ version, content: now }) =>
        act(
          '/drafts/{id}',
          { id: draft },
          { version, content: { ...wholeOf(guide, now ?? content), ...also } },
          `${key.current}-whole`,
        ),
      )
      .then(async () =>
        sign
          ? { signature: (await act('/drafts/{id}/signature', { id: draft }, {}, `${key.current}-sign`)).signature }
          : {},
      )
      .then((signed) => act('/drafts/{id}/filing', { id: draft }, signed, key.current))
      .then(onFiled);
  const problem = failed instanceof ApiProblem ? failed.problem : undefined;
  return (
    <>
      <h2>{t('checkTitle')}</h2>
      {problem === undefined ? (
        failed !== undefined && <Failure error={failed} />
      ) : (
        <ToMend problem={problem} fields={fields} guide={guide} draft={draft} />
      )}
      {moved.length > 0 && <LawMoved moved={moved} />}
      <guide.Verdict
        key={JSON.stringify(moved)}
        content={content}
        onLooked={(given, said) => {
          setAlso(given);
          if (said !== undefined) setTold(said);
        }}
        onFailed={setFailed}
      />
      <h3>{t('checkAnswers')}</h3>
      {guide.steps.map(({ title, asks }, index) => (
        <section key={title}>
          <h3>
            {t(title)}{' '}
            <Link to="/projects/new" search={placeOf(guide, draft, index + 1)}>
              {t('checkChange', { what: t(title) })}
            </Link>
          </h3>
          <Facts
            items={asks.map((one) => {
              const field = fields.find(({ path }) => path === one.path || path.startsWith(`${one.path}[]`));
              const name = field === undefined ? one.path : say(field.name);
              return [name, shownOf(one, valueAt(content, one.path), { fields, limits }, words)];
            })}
          />
        </section>
      ))}
      <p>
        <label>
          <input
            type="checkbox"
            checked={sign}
            aria-describedby="sign-help"
            onChange={({ target }) => setSign(target.checked)}
          />{' '}
          {t('signFiling')}
        </label>
      </p>
      <p id="sign-help" className={parts['faint']}>
        {t('signFilingHelp')}
      </p>
      <div className={parts['actions']}>
        <button type="button" onClick={file} disabled={filing || draft === undefined || also === undefined}>
          {t(filing ? 'sending' : 'fileNow')}
        </button>
      </div>
    </>
  );
}

function shownOf(
  asked: Asked,
  value: unknown,
  { fields, limits }: { readonly fields: readonly Field[]; readonly limits: readonly Limit[] },
  words: Words,
): string {
  const { say, t } = words;
  const one = (path: string, type: AnswerType, at: unknown): string => {
    const known = fields.find((field) => field.path === path)?.values?.find(({ code }) => code === at)?.name;
    return known ? say(known) : readOf(type, at, words);
  };
  if (asked.type === 'rows') {
    const rows = (value ?? []) as readonly Content[];
    return (
      rows
        .map((row) => asked.columns.map(({ name, type }) => one(`${asked.path}[].${name}`, type, row[name])).join(', '))
        .join('; ') || t('none')
    );
  }
  if (asked.type === 'declared') {
    const nameOf = (code: string) => {
      const limit = limits.find((each) => each.code === code);
      return limit === undefined ? code : say(limit.name);
    };
    const told = Object.entries((value ?? {}) as Content).map(
      ([code, at]) =>
        `${nameOf(code)}: ${[at]
          .flat()
          .map((each) => limitValueIn(each, words))
          .join(', ')}`,
    );
    return told.join('; ') || t('none');
  }
  return one(asked.path, asked.type, value);
}

/** An answer as people read it. */
function readOf(type: AnswerType, value: unknown, { t, percent, amount, language }: Words): string {
  const typed = typedOf(type, value);
  if (typed === '') return t('unknown');
  if (type === 'yes-no') return t(typed === 'yes' ? 'yes' : 'no');
  if (type === 'country') return countryName(typed, language);
  if (type === 'share' && typeof value === 'number') return percent(value);
  return type === 'money' ? amount(typed) : typed;
}

/** What keeps the filing from being taken, each with the page where it is put right. */
function ToMend(props: {
  readonly problem: Problem;
  readonly fields: readonly Field[];
  readonly guide: Guide;
  readonly draft: string | undefined;
}) {
  const { problem, fields, guide, draft } = props;
  const { t, say } = useWords();
  return (
    <Notice tone="red" alert>
      <p>
        <strong>{problem.title}.</strong> {problem.detail}
      </p>
      <ul>
        {problem.errors?.map((one) => {
          const path = one.pointer.slice(1).replaceAll('/', '.');
          const page = guide.steps.findIndex(({ asks }) => asks.some((asked) => path.startsWith(asked.path)));
          const field = fields.find((known) => path.replace(/\.\d+\./, '[].').startsWith(known.path));
          const text = `${field === undefined ? path : say(field.name)}: ${one.detail}`;
          return (
            <li key={one.pointer + one.detail}>
              {page < 0 ? (
                text
              ) : (
                <Link to="/projects/new" search={placeOf(guide, draft, page + 1)}>
                  {text}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
      <p className={parts['faint']}>{t('problemId', { id: problem.requestId })}</p>
    </Notice>
  );
}
