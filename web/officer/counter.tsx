import { registerName } from '../../domain/law/registers.js';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { read } from '../api/call.js';
import type { Task, TaskSummary } from '../api/contract.js';
import { useMe, useToday } from '../app/session.js';
import { vietnamDay } from '../parts/days.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { documentAddress, useDocuments } from '../documents/documents.js';
import { Notice, Table, Tag, type Tone } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';
import { Answer } from './answer.js';
import { useTaskLook } from './task-look.js';
import css from './officer.module.css';
import { completedByText, dueText, Risk } from './tasks.js';

const intake = (status: 'done' | undefined) =>
  ({
    queryKey: ['tasks', 'counter', status ?? 'open'],
    queryFn: () => read('/tasks', {}, { kind: 'intake', limit: 50, status }),
    refetchInterval: 30_000,
  }) as const;

/** The counter: what arrived, what the checks found beside the list the law wants, and forms 01, 02 and 03 on the same screen. */
export function Counter() {
  const words = useWords();
  const { t, say, day } = words;
  const me = useMe();
  const navigate = useNavigate();
  const { task: chosen } = useSearch({ from: '/counter' });
  useTitle(t('navCounter'));
  const waiting = useQuery(intake(undefined));
  const done = useQuery(intake('done'));
  const items = waiting.data?.items ?? [];
  const current = chosen ?? items[0]?.id;
  const today = useToday();
  const handled = done.data?.items.filter(
    ({ completedAt }) => completedAt !== null && vietnamDay(completedAt) === today,
  );
  return (
    <>
      <h1>{t('navCounter')}</h1>
      {waiting.error !== null && <Failure error={waiting.error} />}
      {waiting.isPending && <Loading />}
      {waiting.isSuccess && items.length === 0 && chosen === undefined && (
        <Notice>
          <p>{t('counterNone')}</p>
        </Notice>
      )}
      <div className={css['counter']}>
        <nav aria-label={t('counterList')}>
          {items.length > 0 && <p>{t('counterWaiting', { n: items.length })}</p>}
          <ul className={css['arrivals']}>
            {items.map((one) => (
              <li key={one.id}>
                <Link to="/counter" search={{ task: one.id }} aria-current={one.id === current ? 'page' : undefined}>
                  <strong>{one.projectName === null ? one.case : say(one.projectName)}</strong>
                  <span>{one.procedureName === null ? one.case : say(one.procedureName)}</span>
                  <span className={parts['faint']}>{dueText(one, words)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        {current !== undefined && (
          <AtCounter
            key={current}
            id={current}
            mine={me.agency}
            onDone={() => void navigate({ to: '/counter', search: {} })}
          />
        )}
      </div>
      {handled !== undefined && today !== undefined && (
        <Table
          caption={t('counterToday', { day: day(today) })}
          rows={handled}
          rowKey={({ id }) => id}
          empty={t('counterTodayNone')}
          columns={[
            {
              name: t('colProject'),
              cell: (one: TaskSummary) => (
                <Link to="/cases/$code" params={{ code: one.case }}>
                  {one.projectName === null ? one.case : say(one.projectName)}
                </Link>
              ),
            },
            { name: t('colProcedure'), cell: (one) => (one.procedureName === null ? '–' : say(one.procedureName)) },
            { name: t('colDossier'), cell: (one) => one.dossierCode ?? '–' },
            { name: t('decisionOutcome'), cell: (one) => outcomeText(one.outcome, t) },
            { name: t('colBy'), cell: (one) => completedByText(one, words) },
          ]}
        />
      )}
    </>
  );
}

const outcomes: Readonly<Record<string, Word>> = {
  receive: 'counterForm01',
  complete: 'counterForm02',
  refuse: 'counterForm03',
};
const outcomeText = (outcome: string | null, t: (word: Word) => string): string => {
  const word = outcome === null ? undefined : outcomes[outcome];
  return word === undefined ? (outcome ?? '–') : t(word);
};

const remarks = {
  'password-protected': 'remarkPassword',
  'no-pages': 'remarkNoPages',
  unreadable: 'remarkUnreadable',
  'not-looked-into': 'remarkNotLookedInto',
} as const satisfies Record<string, Word>;

/** What nobody looked into yet may be as good as any. */
const isBad = ({ remark }: Pick<Task['documents'][number], 'remark'>): boolean =>
  remark !== null && remark !== 'not-looked-into';

type Wanted = NonNullable<Task['dossier']>['documents'][number];

/** One dossier: each document the law wants with what was given and what is wrong with it; then the answer. */
function AtCounter({
  id,
  mine,
  onDone,
}: {
  readonly id: string;
  readonly mine: string | null;
  readonly onDone: () => void;
}) {
  const words = useWords();
  const { t, say, day, number } = words;
  const queries = useQueryClient();
  const found = useQuery({ queryKey: ['task', id], queryFn: () => read('/tasks/{id}', { id }) });
  const { link, view } = useDocuments(found.data?.withheldDocuments);
  const look = useTaskLook(id, found.data);
  const [said, setSaid] = useState<string>();
  if (found.data === undefined && found.error !== null) return <Failure error={found.error} />;
  if (found.data === undefined) return <Loading />;
  const { task: head, dossier, documents, nearSites } = found.data;
  const wanted: readonly Wanted[] = dossier?.documents ?? [];
  const filed = (code: string) => documents.filter((one) => one.code === code);
  const bad = documents.filter(isBad);
  const missing = wanted.filter(({ code }) => dossier?.missing.includes(code));
  const stateOf = ({ code, required, source, given }: Wanted): readonly [Word, Tone] => {
    if (filed(code).some(isBad)) return ['checkBad', 'red'];
    if (given) return ['dossierGiven', 'green'];
    if (source !== null) return ['checkRegister', 'blue'];
    return required ? ['checkMissing', 'red'] : ['checkIfAny', 'plain'];
  };
  return (
    <div className={css['atCounter']}>
      <section aria-labelledby="dossier">
        <h2 id="dossier">
          {head.projectName === null ? head.case : say(head.projectName)} <Risk risk={head.risk} />
        </h2>
        <p>
          {head.procedureName !== null && `${say(head.procedureName)} · `}
          {head.dossierCode ?? head.case} ·{' '}
          <Link to="/tasks/$id" params={{ id }}>
            {t('counterWhole')}
          </Link>
        </p>
        <Notice tone={missing.length === 0 && bad.length === 0 ? 'green' : 'amber'}>
          <p>
            {missing.length === 0 && bad.length === 0
              ? t('counterComplete')
              : t('counterIncomplete', { missing: missing.length, bad: bad.length })}
          </p>
        </Notice>
        <Table
          caption={t('counterWanted')}
          rows={wanted}
          rowKey={({ code }) => code}
          empty={t('none')}
          columns={[
            { name: t('colDocument'), cell: ({ name }) => say(name) },
            {
              name: t('colState'),
              cell: (one) => {
                const [word, tone] = stateOf(one);
                return <Tag tone={tone}>{t(word)}</Tag>;
              },
            },
            {
              name: t('counterFile'),
              cell: ({ code, source }) => (
                <>
                  {filed(code).map((one) => (
                    <div key={`${one.documentId ?? ''}${one.filedAt}`}>
                      {one.documentId === null
                        ? t('documentFrom', { source: say(registerName(one.obtainedFrom ?? source ?? '–')) })
                        : link(documentAddress(one.documentId), one.fileName ?? code)}{' '}
                      <span className={parts['faint']}>
                        {one.bytes === null ? '' : `${number(Math.ceil(one.bytes / 1024))} KB`} {day(one.filedAt)}
                      </span>{' '}
                      {one.remark !== null && (
                        <Tag tone={one.remark === 'not-looked-into' ? 'plain' : 'red'}>{t(remarks[one.remark])}</Tag>
                      )}
                    </div>
                  ))}
                  {filed(code).length === 0 && '–'}
                </>
              ),
            },
          ]}
        />
        {view}
        {nearSites.length > 0 && (
          <>
            <h3>{t('nearSitesTitle')}</h3>
            <ul>
              {nearSites.map((one) => (
                <li key={one.dossierCode}>
                  {one.dossierCode} · {one.lot ?? t('erased')} · {day(one.receivedOn)}{' '}
                  <Tag tone={one.same ? 'red' : 'amber'}>{t(one.same ? 'nearSame' : 'nearMaybe')}</Tag>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      <section aria-label={t('answerTitle')}>
        {said !== undefined && (
          <Notice tone="green" alert>
            <p>{t('answerDone', { outcome: said })}</p>
          </Notice>
        )}
        {head.agency === mine && found.data.outcomes.length > 0 && said === undefined ? (
          <>
            {look.notice}
            <Answer
              task={found.data}
              isAsRead={look.isAsRead}
              onDone={(outcome) => {
                setSaid(outcome);
                void queries.invalidateQueries({ queryKey: ['tasks'] });
                void found.refetch().then(() => onDone());
              }}
              onRefused={() => void found.refetch()}
            />
          </>
        ) : (
          head.completedAt !== null && said === undefined && <p>{t('taskOver', { at: day(head.completedAt) })}</p>
        )}
      </section>
    </div>
  );
}
