import type { ReactNode } from 'react';
import { type Calendar } from '../../domain/time/calendar.js';
import type { Calendars, FilingFields, PathwayPlan, Problem, Screening } from '../api/contract.js';
import { useReading } from '../investor/reading.js';
import { countryName } from '../parts/countries.js';
import { CountryList } from '../parts/country-list.js';
import { LawMoved } from '../parts/law-moved.js';
import { changeIn } from '../parts/looked.js';
import { calendarFrom, vietnamDay } from '../parts/days.js';
import { Facts, Lane, Notice, ProblemNotice, Table, Tag, Unverified, useTerm } from '../parts/parts.js';
import css from '../parts/parts.module.css';
import { Predicates, verdictWords } from '../parts/predicates.js';
import { Ribbon } from '../parts/ribbon.js';
import { type RibbonRow } from '../parts/ribbon-scale.js';
import { screeningLooked } from '../parts/screening-told.js';
import { useWords, type Word, type Words } from '../words/language.js';
import { answerIn, askedIn, type DryRun, dryQuestions, lookedBefore, seenOf } from './dry-run.js';

type Field = FilingFields['items'][number];

export interface Qualifying {
  readonly run: DryRun;
  readonly fields: FilingFields;
  readonly calendars: Calendars;
  readonly screening?: Screening;
  readonly problem?: Problem;
}

/** Does my project qualify: one question a page, every answer carried along in the form, nothing kept. */
export function Qualify(data: Qualifying) {
  const { run, fields, screening, problem } = data;
  const { t } = useWords();
  if (problem !== undefined) {
    return (
      <>
        <h1>{t('qualifyTitle')}</h1>
        <ProblemNotice problem={problem} />
        <Form run={run}>
          <Answers run={run} fields={fields.items} />
        </Form>
      </>
    );
  }
  if (screening !== undefined)
    return (
      <div
        id="dry-run"
        data-run={JSON.stringify({ answers: run.answers, day: run.day, seen: run.seen })}
        data-at={screening.filedAt}
      >
        <Verdict {...data} screening={screening} />
      </div>
    );
  return <Asking run={run} fields={fields.items} />;
}

/** Carries what was answered so far; `open`: the path that is asked on this page itself. */
function Form(props: {
  readonly run: DryRun;
  readonly open?: string;
  /** What this page says; left out: what one before it said. */
  readonly seen?: string;
  readonly children: ReactNode;
}) {
  const { run, open, seen = run.seen, children } = props;
  return (
    <form method="post" action="/qualify">
      {dryQuestions.map(
        ({ path }) =>
          path !== open &&
          (run.answers[path] ?? '') !== '' && (
            <input key={path} type="hidden" name={path} value={run.answers[path] ?? ''} />
          ),
      )}
      {seen !== '' && <input type="hidden" name="seen" value={seen} />}
      {children}
    </form>
  );
}

function Asking({ run, fields }: { readonly run: DryRun; readonly fields: readonly Field[] }) {
  const words = useWords();
  const { t, say } = words;
  const readingOf = useReading();
  const at = run.at === 'verdict' ? 0 : run.at;
  const question = dryQuestions[at];
  if (question === undefined) return null;
  const { path, type } = question;
  const field = fields.find((one) => one.path === path);
  const asked = askedIn(run.answers);
  const needed = field?.needed ?? false;
  const value = run.answers[path] ?? '';
  const name = field === undefined ? path : say(field.name);
  const choices: readonly (readonly [string, string])[] | undefined =
    type === 'yes-no'
      ? [
          ['yes', t('yes')],
          ['no', t('no')],
        ]
      : type === 'choice'
        ? (field?.values ?? []).map(({ code, name: called }) => [code, say(called)])
        : undefined;
  const help = `${path}-help`;
  const { wrong, read } = readingOf(type, path, value);
  const before = run.answered === undefined ? undefined : dryQuestions[run.answered];
  const readBefore = before && readingOf(before.type, before.path, run.answers[before.path] ?? '').read;
  return (
    <>
      <p className={css['faint']}>
        {t('qualifyStep', { n: asked.indexOf(at) + 1, of: asked.length })} · {t('qualifyKept')}
      </p>
      {before !== undefined && readBefore !== undefined && (
        <p className={css['read']}>
          {t('qualifyRead', { what: fieldName(fields, before.path, words), value: readBefore })}
        </p>
      )}
      <Form run={run} open={path}>
        <input type="hidden" name="step" value={at} />
        <input type="hidden" name="day" value={run.day} />
        {run.missing && (
          <Notice tone="red" alert>
            <p>{t('qualifyMissing', { what: name })}</p>
          </Notice>
        )}
        {choices === undefined ? (
          <>
            <h1>
              <label htmlFor="answer">{type === 'share' ? `${name} (%)` : name}</label>
            </h1>
            <Explained id={help} field={field} />
            <div className={css['field']}>
              <input
                id="answer"
                name={path}
                defaultValue={value}
                inputMode={type === 'text' || type === 'country' ? undefined : 'decimal'}
                list={type === 'country' ? 'countries' : undefined}
                maxLength={300}
                autoComplete="off"
                required={needed}
                aria-describedby={wrong === '' ? help : `${help} answer-wrong`}
                aria-invalid={wrong !== ''}
              />
              {type === 'country' && <CountryList id="countries" />}
              {wrong !== '' && (
                <p id="answer-wrong" role="alert" className={css['error']}>
                  {wrong}
                </p>
              )}
              {read !== undefined && <p className={css['read']}>{t('readAs', { value: read })}</p>}
              {!needed && <p className={css['help']}>{t('qualifyEmpty')}</p>}
            </div>
          </>
        ) : (
          <fieldset aria-describedby={help}>
            <legend>
              <h1>{name}</h1>
            </legend>
            <Explained id={help} field={field} />
            {choices.map(([code, text]) => (
              <label key={code} className={css['choice']}>
                <input type="radio" name={path} value={code} defaultChecked={code === value} required={needed} />
                {text}
              </label>
            ))}
            {!needed && (
              <label className={css['choice']}>
                <input type="radio" name={path} value="" defaultChecked={value === ''} />
                {t('qualifyUnknown')}
              </label>
            )}
          </fieldset>
        )}
        <div className={css['actions']}>
          <button type="submit" name="go" value="next">
            {t('qualifyNext')}
          </button>
          {asked[0] !== at && (
            <button type="submit" name="go" value="back" className={css['secondary']} formNoValidate>
              {t('stepBack')}
            </button>
          )}
        </div>
      </Form>
    </>
  );
}

function Explained({ id, field }: { readonly id: string; readonly field: Field | undefined }) {
  const { t, say } = useWords();
  if (field === undefined) return null;
  return (
    <div id={id}>
      <p>{say(field.meaning)}</p>
      <p className={css['help']}>
        {t('qualifyWhere')} {say(field.where)}
      </p>
      {field.unknown !== null && (
        <p className={css['help']}>
          {t('qualifyIfUnknown')} {say(field.unknown)}
        </p>
      )}
    </div>
  );
}

/** The day that the ribbons of a dry run mark. */
const filed = 'ribbonFiled' satisfies Word;

const laneTitles = {
  green: 'qualifyGreen',
  standard: 'qualifyStandard',
  undecided: 'qualifyUndecided',
} as const satisfies Record<Screening['lane'], Word>;

/** What a dry run found; `trying`: with what its day and answers are changed here and now. */
export function Verdict(props: Qualifying & { readonly screening: Screening; readonly trying?: ReactNode }) {
  const { run, fields, calendars, screening, trying } = props;
  const words = useWords();
  const { cite, t, say, day, percent } = words;
  const today = vietnamDay(screening.filedAt);
  const looked = screeningLooked(screening, words);
  const before = lookedBefore(run, words.language);
  const change = before && changeIn(before, looked);
  const calendar = calendarFrom(calendars, calendars.items[0]?.code ?? '');
  const chosen = screening.recommended.pathway;
  const ordered = [...screening.pathways].sort((a, b) => Number(b.id === chosen) - Number(a.id === chosen));
  const dated = (days: number, end: string) => `${t('workingDays', { n: days })} · ${day(end)}`;
  return (
    <>
      <h1>{t(laneTitles[screening.lane])}</h1>
      <p className={css['lead']}>{t('qualifyDry')}</p>
      {change !== undefined && change.moved.length > 0 && (
        <LawMoved change={change} words={{ what: 'lawMoved', then: 'lawMovedDryRun' }} />
      )}
      <Facts
        items={[
          [t('statusLane'), <Lane lane={screening.lane} />],
          [t('qualifyDay'), day(screening.filedAt)],
          [t('planBaseline'), dated(screening.baselineDays, screening.baselineEndDate)],
          [t('planTarget'), dated(screening.targetDays, screening.targetEndDate)],
          [t('qualifyAmbition'), dated(screening.ambitionDays, screening.ambitionEndDate)],
          [t('planReduction'), percent(screening.plannedReduction)],
        ]}
      />
      {trying}
      <section>
        <h2>{t('predicatesTitle')}</h2>
        <Predicates predicates={screening.predicates} />
      </section>
      <section>
        <h2>{t('qualifyPathways')}</h2>
        <p>{say(screening.recommended.reason)}</p>
        <Ribbon
          id="pathways"
          label={t('qualifyPathways')}
          marked={filed}
          rows={pathwayRows(screening, ordered, words)}
          today={today}
          calendar={calendar}
        />
        <Table
          caption={t('qualifyPathways')}
          titled
          rows={ordered}
          rowKey={({ id }) => id}
          columns={[
            {
              name: t('planPathway'),
              cell: (one) => (
                <>
                  {say(one.name)} {one.id === chosen && <Tag tone="green">{t('qualifyRecommended')}</Tag>}
                </>
              ),
            },
            {
              name: t('qualifyLawful'),
              cell: (one) => <Tag tone={verdictWords[one.lawful][1]}>{t(verdictWords[one.lawful][0])}</Tag>,
            },
            {
              name: t('qualifyLicence'),
              cell: ({ milestones: { licence } }) => dated(licence.workingDays, licence.endDate),
            },
            {
              name: t('qualifyApprovals'),
              cell: ({ milestones: { approvals } }) => dated(approvals.workingDays, approvals.endDate),
            },
            {
              name: t('planTarget'),
              cell: ({ target }) => {
                const { workingDays, endDate } = target[screening.milestone];
                return dated(workingDays, endDate);
              },
            },
            {
              name: t('pathwayConditions'),
              cell: (one) =>
                one.reasons.length === 0 ? (
                  '–'
                ) : (
                  <ul>
                    {one.reasons.map((reason) => (
                      <li key={reason.clause + reason.text.en}>
                        {say(reason.text)} ({cite(reason.clause)}): {t(verdictWords[reason.verdict][0])}{' '}
                        <Unverified verified={reason.verified} />
                      </li>
                    ))}
                  </ul>
                ),
            },
          ]}
        />
        {screening.beyondCalendar.length > 0 && (
          <p>{t('qualifyBeyond', { names: screening.beyondCalendar.join(', ') })}</p>
        )}
        {ordered.map((one) => (
          <Procedures key={one.id} plan={one} milestone={screening.milestone} today={today} calendar={calendar} />
        ))}
      </section>
      <section>
        <h2>{t('checkAnswers')}</h2>
        {screening.presumed.length > 0 && (
          <p>
            {t('qualifyPresumed', {
              names: screening.presumed.map((path) => fieldName(fields.items, path, words)).join('; '),
            })}
          </p>
        )}
        {screening.unverified.length > 0 && <p>{t('qualifyUnverified', { n: screening.unverified.length })}</p>}
        <Form run={run} seen={seenOf(run, words.language, looked)}>
          <Answers run={run} fields={fields.items} />
          {trying === undefined ? (
            <div className={css['field']}>
              <label htmlFor="day">{t('qualifyOtherDay')}</label>
              <input id="day" name="day" type="date" defaultValue={run.day === '' ? today : run.day} />
            </div>
          ) : (
            <input type="hidden" name="day" value={run.day} />
          )}
          <div className={css['actions']}>
            <button type="submit" name="go" value="verdict">
              {t('qualifyAgain')}
            </button>
            <a href="/projects/new">{t('qualifyFile')}</a>
          </div>
        </Form>
      </section>
    </>
  );
}

const fieldName = (fields: readonly Field[], path: string, { say }: Words): string => {
  const field = fields.find((one) => one.path === path);
  return field === undefined ? path : say(field.name);
};

/** Each answer with a way back to its question. */
function Answers({ run, fields }: { readonly run: DryRun; readonly fields: readonly Field[] }) {
  const words = useWords();
  const { t, say, percent, language } = words;
  const shown = (index: number): string => {
    const question = dryQuestions[index];
    if (question === undefined) return '';
    const value = answerIn(run, question.path);
    if (value === null || value === undefined) return t('unknown');
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (question.type === 'share' && typeof value === 'number') return percent(value);
    if (question.type === 'country') return countryName(String(value as string), language);
    const named = fields.find(({ path }) => path === question.path)?.values?.find(({ code }) => code === value)?.name;
    return named === undefined ? String(value as string | number) : say(named);
  };
  return (
    <Facts
      items={askedIn(run.answers).map((index) => {
        const name = fieldName(fields, dryQuestions[index]?.path ?? '', words);
        return [
          name,
          <>
            {shown(index)}{' '}
            <button
              type="submit"
              name="go"
              value={index}
              className={css['plain']}
              aria-label={t('checkChange', { what: name })}
            >
              {t('qualifyChange')}
            </button>
          </>,
        ];
      })}
    />
  );
}

/** Pathways under each other on one calendar: outlined as the law has it, filled as the City aims at. */
function pathwayRows(screening: Screening, plans: readonly PathwayPlan[], { t, say, day }: Words): RibbonRow[] {
  const from = vietnamDay(screening.filedAt);
  return plans.map((plan) => {
    const law = plan.milestones[screening.milestone];
    const target = plan.target[screening.milestone];
    return {
      key: plan.id,
      name: say(plan.name),
      critical: plan.id === screening.recommended.pathway,
      planned: { from, through: law.endDate },
      pieces: [
        {
          from,
          through: target.endDate,
          look: 'done',
          text: `${t('planTarget')}: ${day(from)} – ${day(target.endDate)}`,
        },
      ],
      flags: [],
    };
  });
}

function Procedures(props: {
  readonly plan: PathwayPlan;
  readonly milestone: Screening['milestone'];
  readonly today: string;
  readonly calendar: Calendar | undefined;
}) {
  const { plan, milestone, today, calendar } = props;
  const { cite, t, say, day } = useWords();
  const term = useTerm();
  const critical = new Set(plan.milestones[milestone].criticalPath);
  const rows: RibbonRow[] = plan.procedures.map((one) => ({
    key: one.procedure,
    name: say(one.name),
    critical: critical.has(one.procedure),
    planned: one.starts === null || one.ends === null ? null : { from: one.starts, through: one.ends },
    pieces:
      one.target.starts === null || one.target.ends === null
        ? []
        : [
            {
              from: one.target.starts,
              through: one.target.ends,
              look: 'done' as const,
              text: `${day(one.target.starts)} – ${day(one.target.ends)}`,
            },
          ],
    flags: [],
  }));
  const days = (starts: string | null, ends: string | null) =>
    starts === null || ends === null ? '–' : `${day(starts)} – ${day(ends)}`;
  return (
    <details>
      <summary>
        {t('pathwayProcedures')}: {say(plan.name)} ({plan.procedures.length})
      </summary>
      <Ribbon
        id={`pathway-${plan.id}`}
        label={say(plan.name)}
        marked={filed}
        rows={rows}
        today={today}
        calendar={calendar}
      />
      <Table
        caption={say(plan.name)}
        rows={plan.procedures}
        rowKey={({ procedure }) => procedure}
        columns={[
          { name: t('colProcedure'), cell: (one) => <a href={`/procedures/${one.procedure}`}>{say(one.name)}</a> },
          {
            name: t('colMandatory'),
            cell: (one) => t(one.requirement === 'unknown' ? 'unknown' : one.mandatory ? 'yes' : 'no'),
          },
          { name: t('colTerm'), cell: (one) => term(one.budget) },
          { name: t('planLaw'), cell: (one) => days(one.starts, one.ends) },
          { name: t('planTarget'), cell: (one) => days(one.target.starts, one.target.ends) },
          {
            name: t('colBasis'),
            cell: (one) => (
              <>
                {cite(one.clause)} <Unverified verified={one.verified} />
              </>
            ),
          },
        ]}
      />
    </details>
  );
}
