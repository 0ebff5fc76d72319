import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { act, read } from '../api/call.js';
import type { EngineScope } from '../api/contract.js';
import { textOf, useAct } from '../app/act.js';
import { useMe } from '../app/session.js';
import { useTitle } from '../app/states.js';
import { Table, Tag } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { Changes } from './changes.js';
import { Section } from './section.js';
import { systemWords } from './system-words.js';

const ways = [
  { to: '/admin/law', word: 'adminLaw', all: true },
  { to: '/admin/calendars', word: 'adminCalendars', all: true },
  { to: '/admin/city-data', word: 'adminCityData', all: true },
  { to: '/admin/people', word: 'adminPeople', all: true },
  { to: '/admin/webhooks', word: 'adminWebhooks', all: true },
  { to: '/admin/erasures', word: 'adminErasures', all: true },
  { to: '/admin/rehearsal', word: 'adminRehearsal', all: false },
] as const;

/** What administrators look after: the law as data, who is signed in, systems outside, the engine. */
export function Admin() {
  const { t } = useWords();
  const me = useMe();
  useTitle(t('navAdmin'));
  const all = me.role === 'admin';
  return (
    <>
      <h1>{t('navAdmin')}</h1>
      <ul>
        {ways.map(({ to, word, all: forAdmins }) =>
          forAdmins && !all ? null : (
            <li key={to}>
              <Link to={to}>{t(word)}</Link>
            </li>
          ),
        )}
      </ul>
      <Changes mayConfirm={all} />
      {all && <Sessions />}
      <Systems />
      <Engine />
    </>
  );
}

/** Who is signed in at the pages. */
function Sessions() {
  const { t, moment } = useWords();
  const queries = useQueryClient();
  const { busy, failed, run } = useAct();
  const list = useQuery({ queryKey: ['sessions'], queryFn: () => read('/sessions') });
  return (
    <Section title={t('adminSessions')} error={list.error ?? failed}>
      {list.data !== undefined && (
        <Table
          caption={t('adminSessions')}
          titled
          rows={list.data.items}
          rowKey={({ id }) => id}
          empty={t('none')}
          columns={[
            { name: t('colName'), cell: ({ name }) => name ?? t('erased') },
            { name: t('accountId'), cell: ({ person }) => person },
            { name: t('sessionExpires'), cell: ({ expiresAt }) => moment(expiresAt) },
            {
              name: t('delegationDo'),
              cell: ({ id, name, person }) => (
                <button
                  type="button"
                  className={parts['secondary']}
                  disabled={busy}
                  aria-label={t('sessionEndOf', { person: name ?? person })}
                  onClick={() =>
                    run(
                      (key) => act('/sessions/{id}/end', { id }, {}, key),
                      () => void queries.invalidateQueries({ queryKey: ['sessions'] }),
                    )
                  }
                >
                  {t('sessionEnd')}
                </button>
              ),
            },
          ]}
        />
      )}
    </Section>
  );
}

/** How calls of agencies' systems go. */
function Systems() {
  const { t, moment, number } = useWords();
  const list = useQuery({ queryKey: ['systems'], queryFn: () => read('/engine/systems'), refetchInterval: 30_000 });
  return (
    <Section title={t('adminSystems')} error={list.error}>
      {list.data !== undefined && (
        <Table
          caption={t('adminSystemsDays', { n: list.data.days })}
          rows={list.data.items}
          rowKey={({ system }) => system}
          empty={t('adminSystemsNone')}
          columns={[
            {
              name: t('systemName'),
              cell: ({ system }) =>
                Object.hasOwn(systemWords, system) ? t(systemWords[system as keyof typeof systemWords]) : system,
            },
            {
              name: t('colState'),
              cell: ({ failedAt, answeredAt }) => {
                const bad = failedAt !== null && (answeredAt === null || failedAt > answeredAt);
                return <Tag tone={bad ? 'red' : 'green'}>{t(bad ? 'systemFails' : 'systemWorks')}</Tag>;
              },
            },
            { name: t('systemCalls'), numeric: true, cell: ({ calls }) => number(calls) },
            { name: t('systemWaiting'), numeric: true, cell: ({ waiting }) => number(waiting) },
            { name: t('systemFailed'), numeric: true, cell: ({ failed }) => number(failed) },
            {
              name: t('systemAnswered'),
              cell: ({ answeredAt }) => (answeredAt === null ? '–' : moment(answeredAt)),
            },
            { name: t('systemError'), cell: ({ error }) => error ?? '–' },
          ]}
        />
      )}
    </Section>
  );
}

/** What the engine could not do, and what each workflow of a case waits for. */
function Engine() {
  const { t, moment } = useWords();
  const faults = useQuery({ queryKey: ['faults'], queryFn: () => read('/engine/faults'), refetchInterval: 30_000 });
  const [code, setCode] = useState('');
  const scopes = useQuery({
    queryKey: ['engine', code],
    queryFn: () => read('/cases/{code}/engine', { code }),
    enabled: code !== '',
  });
  const look = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setCode(textOf(new FormData(event.currentTarget), 'code').toUpperCase());
  };
  const stateOf = ({ workflow }: EngineScope): string =>
    typeof workflow === 'string' ? t(workflowWords[workflow]) : workflow.waitingFor.join(', ') || '–';
  return (
    <Section title={t('adminEngine')} error={faults.error ?? scopes.error}>
      {faults.data !== undefined && (
        <>
          <Table
            caption={t('engineFaults')}
            rows={faults.data.faults}
            rowKey={(one) => `${one.reader}${one.case}${one.event ?? ''}`}
            empty={t('engineFaultsNone')}
            columns={[
              { name: t('engineReader'), cell: ({ reader }) => reader },
              { name: t('statusCode'), cell: (one) => `${one.case} ${one.event ?? ''}` },
              { name: t('systemError'), cell: ({ error }) => error },
              { name: t('engineAttempts'), numeric: true, cell: ({ attempts }) => attempts },
              { name: t('engineAgain'), cell: ({ notBefore }) => moment(notBefore) },
            ]}
          />
          <Table
            caption={t('engineMessages')}
            rows={faults.data.messages}
            rowKey={(one) => one.person + one.channel}
            empty={t('engineMessagesNone')}
            columns={[
              { name: t('accountId'), cell: ({ person }) => person },
              { name: t('engineChannel'), cell: ({ channel }) => channel },
              { name: t('systemError'), cell: ({ error }) => error },
              { name: t('colWhen'), cell: ({ at }) => moment(at) },
            ]}
          />
        </>
      )}
      <form onSubmit={look}>
        <div className={parts['field']}>
          <label htmlFor="engine-code">{t('engineCase')}</label>
          <input id="engine-code" name="code" required maxLength={40} autoComplete="off" spellCheck={false} />
        </div>
        <button type="submit" className={parts['secondary']}>
          {t('engineShow')}
        </button>
      </form>
      {scopes.data !== undefined && (
        <Table
          caption={t('engineScopes', { code })}
          rows={scopes.data.scopes}
          rowKey={({ scope }) => scope}
          columns={[
            { name: t('engineScope'), cell: ({ scope }) => <code>{scope}</code> },
            {
              name: t('colState'),
              cell: ({ closed, agrees }) => (
                <Tag tone={closed ? 'plain' : agrees === false ? 'red' : 'green'}>
                  {t(closed ? 'readyClosed' : agrees === false ? 'engineDisagrees' : 'engineAgrees')}
                </Tag>
              ),
            },
            { name: t('engineWaits'), cell: stateOf },
            { name: t('engineNext'), cell: ({ nextAt }) => (nextAt === null ? '–' : moment(nextAt)) },
            { name: t('engineSeq'), numeric: true, cell: ({ doneSeq, lastSeq }) => `${doneSeq}/${lastSeq}` },
          ]}
        />
      )}
    </Section>
  );
}

const workflowWords = {
  missing: 'workflowMissing',
  unreachable: 'workflowUnreachable',
  'not-asked': 'workflowNotAsked',
} as const;
