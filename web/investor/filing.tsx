import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { act, ApiProblem, newKey, read } from '../api/call.js';
import type { FilingFields, GreenLaneFiling, Problem, Receipt, Screening } from '../api/contract.js';
import { Facts, Lane, Notice, Table, Unverified } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word, type Words } from '../words/language.js';
import { type AnswerType, answerOf, typedOf, valueAt, withValue } from './filing-values.js';
import { useKeptForm } from '../app/kept-form.js';
import { dryRunCookie, filingCarried } from '../public/dry-run.js';
import { Failure, Loading, useTitle } from '../app/states.js';

type Field = FilingFields['items'][number];
interface Asked {
  readonly path: string;
  readonly type: AnswerType;
}
interface Step {
  readonly title: Word;
  readonly asks: readonly Asked[];
}
const ask = (type: AnswerType, ...paths: string[]): Asked[] => paths.map((path) => ({ path, type }));

/** One subject a page, in the order in which an investor knows the answers. */
const steps: readonly Step[] = [
  {
    title: 'stepProject',
    asks: [
      ...ask('text', 'project.name.vi', 'project.name.en'),
      ...ask('choice', 'project.field'),
      ...ask('words', 'project.summary.vi', 'project.summary.en'),
    ],
  },
  {
    title: 'stepSite',
    asks: [
      ...ask('choice', 'project.site.zone', 'project.site.land'),
      ...ask('text', 'project.site.lot'),
      ...ask('decimal', 'project.site.areaM2'),
      ...ask('yes-no', 'project.construction'),
      ...ask('choice', 'project.feasibilityGroup', 'project.environmentalGroup'),
    ],
  },
  {
    title: 'stepCapital',
    asks: [
      ...ask('money', 'project.capital.totalVnd', 'project.capital.totalUsd'),
      ...ask('share', 'project.capital.foreignShare'),
      ...ask('whole', 'project.termYears', 'project.staffAfterThreeYears', 'project.foreignExperts'),
      ...ask('yes-no', 'project.importsEquipment'),
    ],
  },
  {
    title: 'stepLane',
    asks: ask(
      'yes-no',
      'project.highTechListed',
      'project.internationallyLinked',
      'project.strategicInvestor',
      'project.keyProjectListed',
      'project.restrictedTechnology',
    ),
  },
  {
    title: 'stepInvestor',
    asks: [
      ...ask('text', 'investor.name', 'investor.country', 'investor.registrationNumber'),
      ...ask('choice', 'investor.language'),
    ],
  },
];

type Content = Readonly<Record<string, unknown>>;
const nothing: Content = { kind: 'green-lane', documents: [] };

/** What a dry run in this browser found out, until a draft has it. */
const carried = (): Content | undefined => {
  const cookie = document.cookie.split('; ').find((one) => one.startsWith(`${dryRunCookie.name}=`));
  return filingCarried(cookie && decodeURIComponent(cookie.slice(dryRunCookie.name.length + 1)));
};
const forgetCarried = (): void => {
  document.cookie = `${dryRunCookie.name}=; path=${dryRunCookie.path}; max-age=0`;
};

/** Everything a filing asks stands in it: what nobody answered is null, and the API says whether that is enough. */
const wholeOf = (content: Content): Content =>
  steps
    .flatMap(({ asks }) => asks)
    .reduce<Content>((whole, { path }) => withValue(whole, path, valueAt(whole, path) ?? null), {
      ...nothing,
      ...content,
    });

/** Filing, one subject a page; every page that is left is kept in a draft, so that it survives everything. */
export function Filing() {
  const { draft } = useSearch({ from: '/projects/new' });
  const fields = useQuery({
    queryKey: ['fields'],
    queryFn: () => read('/fields'),
    staleTime: Infinity,
  });
  const kept = useQuery({
    queryKey: ['draft', draft],
    queryFn: () => read('/drafts/{id}', { id: draft ?? '' }),
    enabled: draft !== undefined,
    staleTime: Infinity,
  });
  const [begun] = useState(carried);
  const error = fields.error ?? kept.error;
  if (error !== null) return <Failure error={error} />;
  if (fields.data === undefined || (draft !== undefined && kept.data === undefined)) return <Loading />;
  return (
    <Guided
      fields={fields.data.items}
      version={kept.data?.version}
      content={kept.data?.content ?? begun ?? nothing}
      fromDryRun={draft === undefined && begun !== undefined}
    />
  );
}

function Guided(props: {
  readonly fields: readonly Field[];
  readonly version: number | undefined;
  readonly content: Content;
  /** It begins with the answers of a dry run. */
  readonly fromDryRun: boolean;
}) {
  const { fields, fromDryRun } = props;
  const { t } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { draft, step = 1 } = useSearch({ from: '/projects/new' });
  const [content, setContent] = useState(props.content);
  const [version, setVersion] = useState(props.version);
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const [receipt, setReceipt] = useState<Receipt>();
  const key = useRef(newKey());
  const keeping = useKeptForm(`filing ${draft ?? 'new'} ${step}`);
  useEffect(() => keeping.restore(), [step, keeping.restore]);
  useTitle(t('fileNew'));
  const current = steps[step - 1];
  if (receipt !== undefined) return <Received receipt={receipt} />;

  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (current === undefined || saving) return;
    const form = new FormData(event.currentTarget);
    const next = current.asks.reduce<Content>((filled, { path, type }) => {
      const typed = form.get(path);
      return withValue(filled, path, answerOf(type, typeof typed === 'string' ? typed : ''));
    }, content);
    setSaving(true);
    setFailed(undefined);
    const kept =
      draft === undefined || version === undefined
        ? act('/drafts', {}, { content: { ...nothing, ...next } }, key.current)
        : act('/drafts/{id}', { id: draft }, { version, content: next }, key.current);
    kept.then(
      (saved) => {
        key.current = newKey();
        keeping.forget();
        forgetCarried();
        setContent(next);
        setVersion(saved.version);
        setSaving(false);
        queries.setQueryData(['draft', saved.id], saved);
        void queries.invalidateQueries({ queryKey: ['drafts'] });
        void navigate({
          to: '/projects/new',
          search: { draft: saved.id, step: step + 1 },
        });
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
      <h1>{t('fileNew')}</h1>
      <p className={parts['faint']}>
        {t('stepOf', {
          n: Math.min(step, steps.length + 1),
          of: steps.length + 1,
        })}
      </p>
      {current === undefined ? (
        <Check draft={draft} content={content} fields={fields} onFiled={setReceipt} />
      ) : (
        <form ref={keeping.ref} onInput={keeping.onInput} onSubmit={save} key={step}>
          <h2>{t(current.title)}</h2>
          {fromDryRun && (
            <Notice tone="blue">
              <p>{t('fileFromDryRun')}</p>
            </Notice>
          )}
          {current.asks.map((one) => (
            <Question
              key={one.path}
              asked={one}
              field={fields.find(({ path }) => path === one.path)}
              value={typedOf(one.type, valueAt(content, one.path))}
            />
          ))}
          {failed !== undefined && <Failure error={failed} />}
          <div className={parts['actions']}>
            <button type="submit" disabled={saving}>
              {t(saving ? 'sending' : 'stepNext')}
            </button>
            {step > 1 && (
              <Link
                to="/projects/new"
                search={{
                  ...(draft !== undefined && { draft }),
                  step: step - 1,
                }}
              >
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

/** One question of the form with what it means, what «I don't know» does and where the answer is found. */
function Question(props: { readonly asked: Asked; readonly field: Field | undefined; readonly value: string }) {
  const { asked, field, value } = props;
  const { t, say } = useWords();
  const { path, type } = asked;
  const name = field === undefined ? path : say(field.name);
  const needed = field?.needed ?? false;
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

/** The dry run of what was written, and the button that files it. */
function Check(props: {
  readonly draft: string | undefined;
  readonly content: Content;
  readonly fields: readonly Field[];
  readonly onFiled: (receipt: Receipt) => void;
}) {
  const { draft, content, fields, onFiled } = props;
  const words = useWords();
  const { t, say } = words;
  const [screening, setScreening] = useState<Screening>();
  const [failed, setFailed] = useState<unknown>();
  const [filing, setFiling] = useState(false);
  const key = useRef(newKey());
  useEffect(() => {
    const whole = wholeOf(content) as unknown as GreenLaneFiling;
    act('/screenings', {}, whole, newKey()).then(setScreening, setFailed);
  }, [content]);
  const file = () => {
    if (draft === undefined) return;
    setFiling(true);
    setFailed(undefined);
    // What was left open is written down as open before the draft becomes a case.
    read('/drafts/{id}', { id: draft })
      .then(({ version, content: now }) =>
        act('/drafts/{id}', { id: draft }, { version, content: wholeOf(now ?? content) }, `${key.current}-whole`),
      )
      .then(() => act('/drafts/{id}/filing', { id: draft }, {}, key.current))
      .then(onFiled)
      .catch((error: unknown) => {
        if (error instanceof ApiProblem) key.current = newKey();
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
        <ToMend problem={problem} fields={fields} draft={draft} />
      )}
      {screening !== undefined && <Plan screening={screening} />}
      <h3>{t('checkAnswers')}</h3>
      {steps.map(({ title, asks }, index) => (
        <section key={title}>
          <h3>
            {t(title)}{' '}
            <Link
              to="/projects/new"
              search={{
                ...(draft !== undefined && { draft }),
                step: index + 1,
              }}
            >
              {t('checkChange', { what: t(title) })}
            </Link>
          </h3>
          <Facts
            items={asks.map(({ path, type }) => {
              const field = fields.find((one) => one.path === path);
              const value = valueAt(content, path);
              const named = field?.values?.find(({ code }) => code === value)?.name;
              const shown = named ? say(named) : readOf(type, value, words);
              return [field === undefined ? path : say(field.name), shown];
            })}
          />
        </section>
      ))}
      <div className={parts['actions']}>
        <button type="button" onClick={file} disabled={filing || draft === undefined || screening === undefined}>
          {t(filing ? 'sending' : 'fileNow')}
        </button>
      </div>
    </>
  );
}

/** An answer as people read it. */
function readOf(type: AnswerType, value: unknown, { t, percent, amount }: Words): string {
  const typed = typedOf(type, value);
  if (typed === '') return t('unknown');
  if (type === 'yes-no') return t(typed === 'yes' ? 'yes' : 'no');
  if (type === 'share' && typeof value === 'number') return percent(value);
  return type === 'money' ? amount(typed) : typed;
}

/** What keeps the filing from being taken, each with the page where it is put right. */
function ToMend({ problem, fields, draft }: { problem: Problem; fields: readonly Field[]; draft: string | undefined }) {
  const { t, say } = useWords();
  return (
    <Notice tone="red" alert>
      <p>
        <strong>{problem.title}.</strong> {problem.detail}
      </p>
      <ul>
        {problem.errors?.map((one) => {
          const path = one.pointer.slice(1).replaceAll('/', '.');
          const page = steps.findIndex(({ asks }) => asks.some((asked) => path.startsWith(asked.path)));
          const field = fields.find((known) => path.startsWith(known.path));
          const text = `${field === undefined ? path : say(field.name)}: ${one.detail}`;
          return (
            <li key={one.pointer + one.detail}>
              {page < 0 ? (
                text
              ) : (
                <Link
                  to="/projects/new"
                  search={{
                    ...(draft !== undefined && { draft }),
                    step: page + 1,
                  }}
                >
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

/** What the engine would do with it: lane, pathway, days. */
function Plan({ screening }: { readonly screening: Screening }) {
  const { t, say, day, percent } = useWords();
  const recommended = screening.pathways.find(({ id }) => id === screening.recommended.pathway);
  return (
    <Notice tone="green">
      <Facts
        items={[
          [t('statusLane'), <Lane lane={screening.lane} />],
          [t('planPathway'), recommended === undefined ? screening.recommended.pathway : say(recommended.name)],
          [t('planBaseline'), `${t('workingDays', { n: screening.baselineDays })} · ${day(screening.baselineEndDate)}`],
          [t('planTarget'), `${t('workingDays', { n: screening.targetDays })} · ${day(screening.targetEndDate)}`],
          [t('planReduction'), percent(screening.plannedReduction)],
        ]}
      />
      <p>{say(screening.recommended.reason)}</p>
      <ul>
        {screening.predicates.map((one) => (
          <li key={one.id}>
            {say(one.name)}: {t(one.verdict === 'yes' ? 'yes' : one.verdict === 'no' ? 'no' : 'unknown')} ({one.clause}){' '}
            <Unverified verified={one.verified} />
            {one.nearMiss !== undefined && ` ${say(one.nearMiss.text)}`}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** The receipt: code, PIN (shown once), and when each agency answers if every dossier comes on time. */
function Received({ receipt }: { readonly receipt: Receipt }) {
  const { t, say, day } = useWords();
  return (
    <>
      <h1>{t('receiptTitle')}</h1>
      <Notice tone="green" alert>
        <p>{t('receiptText')}</p>
        <Facts
          items={[
            [t('statusCode'), <strong>{receipt.public.code}</strong>],
            [t('statusPin'), <strong>{receipt.public.pin}</strong>],
            [t('statusLane'), <Lane lane={receipt.lane} />],
            [t('planBaseline'), `${t('workingDays', { n: receipt.baseline.days })} · ${day(receipt.baseline.endDate)}`],
            [t('planTarget'), `${t('workingDays', { n: receipt.target.days })} · ${day(receipt.target.endDate)}`],
          ]}
        />
        <p>{t('receiptPin')}</p>
      </Notice>
      <Table
        caption={t('receiptPlan')}
        rows={receipt.plan}
        rowKey={({ procedure }) => procedure}
        columns={[
          { name: t('colProcedure'), cell: (one) => say(one.name) },
          { name: t('colAgency'), cell: (one) => say(one.agencyName) },
          {
            name: t('planLaw'),
            cell: ({ statutory }) => (statutory.ends === null ? '–' : day(statutory.ends)),
          },
          {
            name: t('planPromise'),
            cell: ({ target }) => (target.ends === null ? '–' : day(target.ends)),
          },
          {
            name: t('colMandatory'),
            cell: ({ mandatory }) => t(mandatory ? 'yes' : 'no'),
          },
        ]}
      />
      <p>
        <Link to="/cases/$code" params={{ code: receipt.case }}>
          {t('receiptNext')}
        </Link>
      </p>
    </>
  );
}
