import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { act, ApiProblem, newKey } from '../api/call.js';
import type { Draft, Problem, Receipt, TrialReceipt } from '../api/contract.js';
import { textOf } from '../app/act.js';
import { useKeptForm } from '../app/kept-form.js';
import { Failure, useTitle } from '../app/states.js';
import { Facts, Notice } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word, type Words } from '../words/language.js';
import { Declared, useDeclarable } from './declared.js';
import { type Attempt, attemptOf, fileDraft, forgetAttempt } from './file-draft.js';
import { shownOf } from './answer-shown.js';
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
import { LawMoved } from '../parts/law-moved.js';
import { type Change, changeIn, type Looked } from '../parts/looked.js';
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
  readonly look: (content: Content, words: Words) => Promise<Looked>;
  /** What it is with these answers, before it is filed. */
  readonly Verdict: (props: VerdictProps) => ReactNode;
  readonly Received: (props: { readonly receipt: Receipt | TrialReceipt }) => ReactNode;
  readonly onKept?: () => void;
}
export interface VerdictProps {
  readonly content: Content;
  /** It was looked at: what was said of it where that is new; what is given is filed with it. */
  readonly onLooked: (also: Content, looked?: Looked) => void;
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
  useEffect(() => {
    keeping.restore();
  }, [step, keeping.restore]);
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
        <Check
          guide={guide}
          draft={draft}
          version={version}
          content={content}
          fields={fields}
          onFiled={setReceipt}
          onWritten={(written) => {
            setVersion(written.version);
            queries.setQueryData(['draft', written.id], written);
          }}
          onNewer={(newer) => {
            setContent(newer.content ?? content);
            setVersion(newer.version);
            queries.setQueryData(['draft', newer.id], newer);
          }}
        />
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
  readonly version: number | undefined;
  readonly content: Content;
  readonly fields: readonly Field[];
  readonly onFiled: (receipt: Receipt | TrialReceipt) => void;
  /** All of it was written down, which is another version of the draft. */
  readonly onWritten: (draft: Draft) => void;
  /** Somebody else, or another page, wrote a version that was not read here. */
  readonly onNewer: (draft: Draft) => void;
}) {
  const { guide, draft, version, content, fields, onFiled, onWritten, onNewer } = props;
  const words = useWords();
  const { t, say } = words;
  const { limits = [] } = useDeclarable(valueAt(content, 'solution.field'));
  const [also, setAlso] = useState<Content>();
  const [failed, setFailed] = useState<unknown>();
  const [filing, setFiling] = useState(false);
  const [looked, setLooked] = useState<Looked>();
  const [change, setChange] = useState<Change>();
  const [isNewer, setNewer] = useState(false);
  /** How often it was read anew: what was chosen for what was read before is chosen again. */
  const [reading, setReading] = useState(0);
  const [sign, setSign] = useState(false);
  const attempt = useRef<Attempt>(undefined);
  const isAsRead = async (): Promise<boolean> => {
    const now = await guide.look(content, words);
    const found = changeIn(looked ?? now, now);
    const isMoved = found.moved.length > 0;
    if (!isMoved) return true;
    // It is read again before anything is filed.
    setChange(found);
    setLooked(now);
    setReading((times) => times + 1);
    return false;
  };
  const file = () => {
    if (draft === undefined || version === undefined) return;
    const forget = () => {
      attempt.current = undefined;
      forgetAttempt(draft);
    };
    setFiling(true);
    setFailed(undefined);
    setNewer(false);
    setChange(undefined);
    const it = { id: draft, version, content: { ...wholeOf(guide, content), ...also }, sign };
    const going = attemptOf(it, attempt.current);
    attempt.current = going;
    fileDraft(it, going, isAsRead, onWritten)
      .then((outcome) => {
        if (outcome.kind === 'filed') {
          forgetAttempt(draft);
          return onFiled(outcome.receipt);
        }
        setFiling(false);
        if (outcome.kind === 'moved') return;
        forget();
        setNewer(true);
        setAlso(undefined);
        setReading((times) => times + 1);
        onNewer(outcome.draft);
      })
      .catch((error: unknown) => {
        // What the API refused is another attempt; what it could not do now may have been done.
        if (error instanceof ApiProblem && error.problem.status < 500) forget();
        setFailed(error);
        setFiling(false);
      });
  };
  const problem = failed instanceof ApiProblem ? failed.problem : undefined;
  return (
    <>
      <h2>{t('checkTitle')}</h2>
      {problem === undefined ? (
        failed !== undefined && <Failure error={failed} />
      ) : (
        <ToMend problem={problem} fields={fields} guide={guide} draft={draft} />
      )}
      {change !== undefined && <LawMoved change={change} />}
      {isNewer && (
        <Notice tone="amber" alert>
          <p>
            <strong>{t('draftNewer')}</strong> {t('draftNewerText')}
          </p>
        </Notice>
      )}
      <guide.Verdict
        key={reading}
        content={content}
        onLooked={(given, found) => {
          setAlso(given);
          if (found !== undefined) setLooked(found);
        }}
        onFailed={setFailed}
      />
      <h3>{t('checkAnswers')}</h3>
      {guide.steps.map(({ title, asks }, index) => (
        <section key={title}>
          <h3>
            {t(title)}{' '}
            <Link
              to="/projects/new"
              search={placeOf(guide, draft, index + 1)}
              aria-label={t('checkChange', { what: t(title) })}
            >
              {t('qualifyChange')}
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
