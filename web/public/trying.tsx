import { useMemo, useState } from 'react';
import type { Catalogue } from '../../domain/law/catalogue.js';
import { addDays, dateOf, instant, type PlainDate } from '../../domain/time/instants.js';
import type { Calendars, FilingFields, Screening } from '../api/contract.js';
import { Notice } from '../parts/parts.js';
import css from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { askedIn, type DryRun, dryQuestions } from './dry-run.js';
import { Verdict } from './qualify.js';
import { tried } from './tried.js';

interface TryingProps {
  readonly run: DryRun;
  /** The instant of filing of the verdict that came with the page. */
  readonly at: string;
  readonly fields: FilingFields;
  readonly calendars: Calendars;
  readonly catalogue: Catalogue;
}

/** How far the day of filing is moved by hand; any other day is typed. */
const longestDays = 180;

/** The verdict of a dry run, made anew in the browser by the engine's own law whenever its day or an answer is changed. */
export function Trying({ run: first, at, fields, calendars, catalogue }: TryingProps) {
  const words = useWords();
  const { t, say, day } = words;
  const [run, setRun] = useState(first);
  const found = useMemo(() => tried(run, at, catalogue), [run, at, catalogue]);
  const asIs = useMemo(() => tried(first, at, catalogue), [first, at, catalogue]);
  const [last, setLast] = useState<Screening>();
  const screening = 'screening' in found ? found.screening : last;
  if ('screening' in found && found.screening !== last) setLast(found.screening);
  const today = dateOf(instant(at));
  const chosen = run.day === '' ? today : run.day;
  const write = (path: string, answer: string) =>
    setRun((now) => ({ ...now, answers: { ...now.answers, [path]: answer } }));
  const trying = (
    <section aria-labelledby="trying">
      <h2 id="trying">{t('tryTitle')}</h2>
      <p>{t('tryLead')}</p>
      <div className={css['tries']}>
        <div className={css['field']}>
          <label htmlFor="try-day">{t('tryDay')}</label>
          <input
            id="try-day"
            type="date"
            value={chosen}
            onChange={({ currentTarget }) => setRun((now) => ({ ...now, day: currentTarget.value }))}
          />
          <input
            type="range"
            aria-label={t('tryDays')}
            aria-valuetext={day(chosen)}
            min={0}
            max={longestDays}
            value={Math.min(longestDays, Math.max(0, daysBetween(today, chosen)))}
            onChange={({ currentTarget }) =>
              setRun((now) => ({ ...now, day: addDays(today, Number(currentTarget.value)) }))
            }
          />
        </div>
        {askedIn(run.answers).map((index) => {
          const question = dryQuestions[index];
          const field = fields.items.find(({ path }) => path === question?.path);
          if (question === undefined || field === undefined) return null;
          const options: readonly (readonly [string, string])[] | undefined =
            question.type === 'yes-no'
              ? [
                  ['yes', t('yes')],
                  ['no', t('no')],
                ]
              : question.type === 'choice'
                ? field.values?.map(({ code, name }) => [code, say(name)] as const)
                : undefined;
          if (options === undefined) return null;
          return (
            <div key={question.path} className={css['field']}>
              <label htmlFor={`try-${question.path}`}>{say(field.name)}</label>
              <select
                id={`try-${question.path}`}
                value={run.answers[question.path] ?? ''}
                onChange={({ currentTarget }) => write(question.path, currentTarget.value)}
              >
                {!field.needed && <option value="">{t('qualifyUnknown')}</option>}
                {options.map(([code, name]) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
              </select>
            </div>
          );
        })}
      </div>
      <div role="status">
        {'wrong' in found ? (
          <Notice tone="red">
            <p>{say(found.wrong)}</p>
          </Notice>
        ) : (
          'screening' in asIs &&
          run !== first && (
            <Notice tone="blue">
              <p>{t('tryEnds', endsOf(found.screening, asIs.screening, words))}</p>
            </Notice>
          )
        )}
        {run !== first && (
          <button type="button" className={css['secondary']} onClick={() => setRun(first)}>
            {t('tryBack')}
          </button>
        )}
      </div>
    </section>
  );
  if (screening === undefined) return trying;
  return <Verdict run={run} fields={fields} calendars={calendars} screening={screening} trying={trying} />;
}

const endsOf = (now: Screening, before: Screening, { day }: ReturnType<typeof useWords>) => ({
  law: day(now.baselineEndDate),
  lawBefore: day(before.baselineEndDate),
  target: day(now.targetEndDate),
  targetBefore: day(before.targetEndDate),
});

const dayMs = 86_400_000;
function daysBetween(from: PlainDate, to: string): number {
  const [a, b] = [from, to].map((date) => Date.parse(`${date}T00:00:00Z`));
  return a === undefined || b === undefined || Number.isNaN(b) ? 0 : Math.round((b - a) / dayMs);
}
