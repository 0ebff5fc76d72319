import { useQuery, useInfiniteQuery, keepPreviousData } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { act, read } from '../../api/call.js';
import type { Reads } from '../../api/contract.js';
import { textOf } from '../../app/act.js';
import { ActForm } from '../../app/act-form.js';
import { useMe } from '../../app/session.js';
import { Failure, Loading } from '../../app/states.js';
import { CommandedAgencies } from '../../case/agency-options.js';
import { Bars, scaleOf } from '../../parts/chart.js';
import { Table } from '../../parts/parts.js';
import parts from '../../parts/parts.module.css';
import { useWords } from '../../words/language.js';
import { Defined, writingOf } from '../figures.js';
import type { BoardSearch } from '../search.js';
import { groundWords } from './grounds.js';

type Step = Reads['/dashboard/bottlenecks']['steps'][number];
const keyOf = ({ procedure, step, agency }: Step) => `${procedure}/${step}/${agency}`;
const mostSaving = 10;

/** Where work waits, what it would save to take it at once, and the way to have it cleared. */
export function Waits({ search }: { readonly search: BoardSearch }) {
  const words = useWords();
  const { t, say, number, day } = words;
  const write = writingOf(words);
  const me = useMe();
  const { data, error } = useQuery({
    queryKey: ['dashboard', 'bottlenecks', search],
    queryFn: () => read('/dashboard/bottlenecks', {}, { ...search }),
    placeholderData: keepPreviousData,
  });
  if (error !== null) return <Failure error={error} />;
  if (data === undefined) return <Loading />;
  const saving = data.steps.filter((one) => one.saving > 0).slice(0, mostSaving);
  const named = (one: Step) => `${say(one.stepName)} · ${say(one.procedureName)} · ${say(one.agencyName)}`;
  return (
    <section>
      <h2>{t('waitsTitle')}</h2>
      <Defined name={t('boardHow')} meaning={{ definition: say(data.definition), population: '' }} />
      {saving.length > 0 && (
        <Bars
          bars={saving.map((one) => ({
            key: keyOf(one),
            name: named(one),
            value: one.saving,
            text: t('waitsDays', { n: number(one.saving) }),
          }))}
          scale={scaleOf(
            saving.map((one) => one.saving),
            5,
          )}
        />
      )}
      <Table
        caption={t('waitsTable')}
        rows={data.steps.slice(0, 50)}
        rowKey={keyOf}
        empty={t('waitsNone')}
        columns={[
          { name: t('waitsStep'), cell: named },
          {
            name: t('waitsWaiting'),
            cell: (one) => <Behind step={one} search={search} text={write.spread(one.waiting)} />,
          },
          { name: t('waitsWorking'), cell: ({ working }) => write.spread(working) },
          { name: t('waitsSaving'), cell: (one) => number(one.saving), numeric: true },
          { name: t('waitsArrived'), cell: (one) => number(one.arrived), numeric: true },
          { name: t('waitsFinished'), cell: (one) => number(one.finished), numeric: true },
          {
            name: t('waitsQueue'),
            numeric: true,
            cell: ({ queue, unclaimed, oldestSince }) =>
              oldestSince === null
                ? number(queue)
                : t('waitsQueueOf', { n: number(queue), free: number(unclaimed), since: day(oldestSince) }),
          },
          ...(me.role === 'leader'
            ? [{ name: t('waitsClear'), cell: (one: Step) => (one.finished > 0 ? <Clear step={one} /> : '–') }]
            : []),
        ]}
      />
      <h3>{t('waitsClauses')}</h3>
      <Table
        caption={t('waitsClausesTable')}
        rows={data.clauses}
        rowKey={({ clause, ground }) => `${clause ?? ''} ${ground}`}
        empty={t('waitsClausesNone')}
        columns={[
          { name: t('waitsClause'), cell: ({ clause }) => clause ?? t('waitsNoClause') },
          {
            name: t('waitsGround'),
            cell: ({ ground }) => {
              const word = groundWords[ground];
              return word === undefined ? ground : t(word);
            },
          },
          { name: t('boardColCount'), cell: ({ n }) => number(n), numeric: true },
          { name: t('waitsLost'), cell: ({ days }) => number(days), numeric: true },
        ]}
      />
      <h3>{t('waitsPaths')}</h3>
      <Table
        caption={t('waitsPathsTable')}
        rows={data.variants}
        rowKey={({ path }) => path.map(({ procedure, outcome }) => `${procedure}:${outcome}`).join(' ')}
        empty={t('cutEmpty')}
        columns={[
          { name: t('waitsPath'), cell: ({ path }) => path.map(({ name }) => say(name)).join(' → ') },
          { name: t('boardColCases'), cell: ({ n }) => number(n), numeric: true },
          { name: t('boardColGross'), cell: ({ grossDays }) => write.spread(grossDays) },
        ]}
      />
      {me.role !== 'head' && (
        <p>
          <a href={`/api/v1/dashboard/event-log?${new URLSearchParams(logPeriod(search)).toString()}`}>
            {t('waitsLog')}
          </a>
        </p>
      )}
    </section>
  );
}

/** The log is asked for by period alone. */
const logPeriod = ({ from, to }: BoardSearch) => ({
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
});

/** The figure, opening the work it is made of. */
function Behind(props: { readonly step: Step; readonly search: BoardSearch; readonly text: string }) {
  const { step, search, text } = props;
  const [open, setOpen] = useState(false);
  if (step.finished === 0) return text;
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{text}</summary>
      {open && <WorkBehind step={step} search={search} />}
    </details>
  );
}

function WorkBehind({ step, search }: { readonly step: Step; readonly search: BoardSearch }) {
  const { t, number } = useWords();
  const { procedure, step: code, agency } = step;
  const found = useInfiniteQuery({
    queryKey: ['dashboard', 'bottlenecks', 'cases', search, procedure, code, agency],
    queryFn: ({ pageParam }) =>
      read(
        '/dashboard/bottlenecks/cases',
        {},
        { ...search, procedure, step: code, agency, ...(pageParam && { cursor: pageParam }) },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  if (found.error !== null) return <Failure error={found.error} />;
  if (found.data === undefined) return <Loading />;
  return (
    <>
      <ul>
        {found.data.pages.flatMap((page) =>
          page.items.map((one, index) => (
            <li key={`${one.case}/${one.openedOn}/${index}`}>
              <Link to="/cases/$code" params={{ code: one.case }}>
                {one.case}
              </Link>{' '}
              · {t('waitsOne', { waiting: number(one.waitingDays), working: number(one.workingDays) })}
            </li>
          )),
        )}
      </ul>
      {found.hasNextPage && (
        <button type="button" className={parts['secondary']} onClick={() => void found.fetchNextPage()}>
          {t('more')}
        </button>
      )}
    </>
  );
}

/** Gives the bottleneck to somebody, with a date: it closes once the figure has moved. */
function Clear({ step }: { readonly step: Step }) {
  const { t } = useWords();
  const id = keyOf(step).replaceAll('/', '-');
  const bottleneck = { procedure: step.procedure, step: step.step, at: step.agency };
  return (
    <details>
      <summary>{t('waitsGive')}</summary>
      <ActForm
        button={t('instructionSend')}
        onDone={() => undefined}
        send={(form, key) =>
          act(
            '/instructions',
            {},
            {
              want: 'act',
              dueDate: textOf(form, 'dueDate'),
              text: textOf(form, 'text'),
              bottleneck,
              ...(textOf(form, 'agency') && { agency: textOf(form, 'agency') }),
            },
            key,
          )
        }
      >
        <div className={parts['field']}>
          <label htmlFor={`owner-${id}`}>{t('waitsOwner')}</label>
          <select id={`owner-${id}`} name="agency" defaultValue="">
            <option value="">{t('waitsOwnerDefault')}</option>
            <CommandedAgencies />
          </select>
        </div>
        <div className={parts['field']}>
          <label htmlFor={`due-${id}`}>{t('instructionDue')}</label>
          <input id={`due-${id}`} name="dueDate" type="date" required />
        </div>
        <div className={parts['field']}>
          <label htmlFor={`text-${id}`}>{t('waitsAction')}</label>
          <textarea id={`text-${id}`} name="text" required maxLength={4000} />
        </div>
      </ActForm>
    </details>
  );
}
