import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type SubmitEvent } from 'react';
import { act, read } from '../api/call.js';
import type { Colleagues, Delegation, TaskSummary } from '../api/contract.js';
import { textOf, useAct } from '../app/act.js';
import { useMe } from '../app/session.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { useAgencyName } from '../case/queries.js';
import { dueText, Risk } from '../officer/tasks.js';
import { Notice, Table, Tag } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';

const mostListed = 50;
const listOf = (filter: Readonly<Record<string, string>>) =>
  ({
    queryKey: ['tasks', 'team', filter],
    queryFn: () => read('/tasks', {}, { ...filter, limit: mostListed }),
    refetchInterval: 30_000,
  }) as const;

/** What the head of an agency looks at: who has how much, what is late or soon will be, what waits for their signature. */
export function Team() {
  const words = useWords();
  const { t, day } = words;
  const me = useMe();
  const agency = me.agency ?? '';
  useTitle(t('teamTitle'));
  const people = useQuery({
    queryKey: ['people', agency],
    queryFn: () => read('/agencies/{agency}/people', { agency }),
  });
  const load = useQuery({
    queryKey: ['workload', agency],
    queryFn: () => read('/agencies/{agency}/workload', { agency }),
    refetchInterval: 30_000,
  });
  const late = useQuery(listOf({ risk: 'breached' }));
  const soon = useQuery(listOf({ risk: 'at-risk' }));
  const letters = useQuery(listOf({ kind: 'apology' }));
  const error = people.error ?? load.error ?? late.error ?? soon.error ?? letters.error;
  const loads = new Map(load.data?.items.map((one) => [one.person, one]));
  const free = loads.get(null);
  return (
    <>
      <h1>{t('teamTitle')}</h1>
      {error !== null && <Failure error={error} />}
      {(people.isPending || load.isPending) && <Loading />}
      {people.data !== undefined && load.data !== undefined && (
        <section>
          <Table
            caption={t('teamLoad')}
            rows={people.data.items}
            rowKey={({ id }) => id}
            columns={[
              { name: t('colHolding'), cell: ({ name }) => name },
              { name: t('teamHeld'), numeric: true, cell: ({ id }) => loads.get(id)?.held ?? 0 },
              { name: t('riskBreached'), numeric: true, cell: ({ id }) => loads.get(id)?.breached ?? 0 },
              { name: t('riskAtRisk'), numeric: true, cell: ({ id }) => loads.get(id)?.atRisk ?? 0 },
              { name: t('teamOverdue'), numeric: true, cell: ({ id }) => loads.get(id)?.overdue ?? 0 },
              {
                name: t('teamPresence'),
                cell: ({ absentUntil, standIn }) =>
                  absentUntil === null ? (
                    t('teamPresent')
                  ) : (
                    <Tag tone="amber">
                      {t('teamAbsent', { until: day(absentUntil), by: standIn?.name ?? t('teamNobody') })}
                    </Tag>
                  ),
              },
            ]}
          />
          <p>
            {t('teamFree', { n: free?.held ?? 0, late: free?.breached ?? 0 })}{' '}
            <Link to="/tasks" search={{ unclaimed: 'true' }}>
              {t('filterUnclaimed')}
            </Link>
          </p>
        </section>
      )}
      <Tasks title={t('teamLate')} none={t('teamLateNone')} items={late.data?.items} people={people.data} />
      <Tasks title={t('teamSoon')} none={t('teamSoonNone')} items={soon.data?.items} people={people.data} />
      <Tasks title={t('teamLetters')} none={t('teamLettersNone')} items={letters.data?.items} people={people.data} />
    </>
  );
}

function Tasks(props: {
  readonly title: string;
  readonly none: string;
  readonly items: readonly TaskSummary[] | undefined;
  readonly people: Colleagues | undefined;
}) {
  const { title, none, items, people } = props;
  const words = useWords();
  const { t, say } = words;
  if (items === undefined) return null;
  return (
    <section>
      <h2>{title}</h2>
      <Table
        caption={t('tasksAll', { n: items.length })}
        rows={items}
        rowKey={({ id }) => id}
        empty={none}
        columns={[
          {
            name: t('colTask'),
            cell: (one) => (
              <Link to="/tasks/$id" params={{ id: one.id }}>
                {say(one.stepName ?? one.kindName)}
              </Link>
            ),
          },
          {
            name: t('colProject'),
            cell: (one) => (
              <>
                {one.projectName === null ? one.case : say(one.projectName)}
                <br />
                <span className={parts['faint']}>{one.dossierCode ?? one.case}</span>
              </>
            ),
          },
          { name: t('colDue'), cell: (one) => dueText(one, words) },
          { name: t('colRisk'), cell: (one) => <Risk risk={one.risk} /> },
          {
            name: t('colHolding'),
            cell: ({ claimedBy }) => (claimedBy === null ? '–' : (claimedBy.name ?? t('erased'))),
          },
          { name: t('teamReassign'), cell: (one) => <Reassign task={one} people={people} /> },
        ]}
      />
    </section>
  );
}

/** Gives a task to somebody else of the agency, with the reason. */
function Reassign({ task, people }: { readonly task: TaskSummary; readonly people: Colleagues | undefined }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { busy, failed, run } = useAct();
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    run(
      (key) =>
        act('/tasks/{id}/reassign', { id: task.id }, { to: textOf(form, 'to'), reason: textOf(form, 'reason') }, key),
      () => {
        void queries.invalidateQueries({ queryKey: ['tasks'] });
        void queries.invalidateQueries({ queryKey: ['workload'] });
      },
    );
  };
  const id = task.id.replaceAll('.', '-');
  return (
    <details>
      <summary>{t('teamReassignTo')}</summary>
      <form onSubmit={send}>
        <label htmlFor={`to-${id}`}>{t('colHolding')}</label>
        <select id={`to-${id}`} name="to" required defaultValue="">
          <option value="">{t('choose')}</option>
          {people?.items
            .filter((one) => one.id !== task.claimedBy?.id)
            .map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
        </select>
        <label htmlFor={`reason-${id}`}>{t('fieldReason')}</label>
        <textarea id={`reason-${id}`} name="reason" required maxLength={4000} />
        {failed !== undefined && <Failure error={failed} />}
        <button type="submit" className={parts['secondary']} disabled={busy}>
          {t(busy ? 'sending' : 'teamReassign')}
        </button>
      </form>
    </details>
  );
}

/** Who stands in for whom: asked, accepted, ended. */
export function Delegations() {
  const { t, day } = useWords();
  const me = useMe();
  const queries = useQueryClient();
  const agency = me.agency ?? '';
  const agencyName = useAgencyName();
  useTitle(t('navDelegations'));
  const list = useQuery({ queryKey: ['delegations'], queryFn: () => read('/delegations') });
  const people = useQuery({
    queryKey: ['people', agency],
    queryFn: () => read('/agencies/{agency}/people', { agency }),
    enabled: agency !== '',
  });
  const takesPart = me.role !== 'auditor' && me.role !== 'admin';
  const answering = useAct();
  const asking = useAct();
  const again = () => {
    void queries.invalidateQueries({ queryKey: ['delegations'] });
    void queries.invalidateQueries({ queryKey: ['people'] });
  };
  const answer = (id: string, name: 'acceptance' | 'refusal' | 'revocation') =>
    answering.run((key) => act(`/delegations/{id}/${name}`, { id }, {}, `${key}-${name}`), again);
  const ask = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const person = textOf(form, 'person');
    const body = {
      ...(person !== '' && person !== me.id && { person }),
      delegate: textOf(form, 'delegate'),
      from: textOf(form, 'from'),
      to: textOf(form, 'to'),
      reason: textOf(form, 'reason'),
    };
    asking.run(
      (key) => act('/delegations', {}, body, key),
      () => {
        element.reset();
        again();
      },
    );
  };
  const states = {
    asked: ['delegationAsked', 'amber'],
    accepted: ['delegationAccepted', 'green'],
    declined: ['delegationDeclined', 'red'],
    ended: ['delegationEnded', 'plain'],
  } as const;
  const others = people.data?.items ?? [];
  return (
    <>
      <h1>{t('navDelegations')}</h1>
      <p>{t('delegationLead')}</p>
      {list.error !== null && <Failure error={list.error} />}
      {answering.failed !== undefined && <Failure error={answering.failed} />}
      {list.isPending && <Loading />}
      {list.data !== undefined && (
        <Table
          caption={t('delegationList')}
          rows={list.data.items}
          rowKey={({ id }) => id}
          empty={t('delegationNone')}
          columns={[
            { name: t('delegationPerson'), cell: ({ person }) => person.name },
            ...(takesPart ? [] : [{ name: t('colAgency'), cell: (one: Delegation) => agencyName(one.agency) }]),
            { name: t('delegationDelegate'), cell: ({ delegate }) => delegate.name },
            { name: t('delegationTerm'), cell: ({ from, to }) => `${day(from)} – ${day(to)}` },
            { name: t('fieldReason'), cell: ({ reason }) => reason ?? t('erased') },
            {
              name: t('colState'),
              cell: ({ status }) => <Tag tone={states[status][1]}>{t(states[status][0])}</Tag>,
            },
            {
              name: t('delegationDo'),
              cell: ({ id, status, person, delegate }) => {
                const isMine = person.id === me.id || delegate.id === me.id || me.role === 'head';
                return (
                  <span className={parts['actions']}>
                    {status === 'asked' && delegate.id === me.id && (
                      <>
                        <button type="button" disabled={answering.busy} onClick={() => answer(id, 'acceptance')}>
                          {t('delegationAccept')}
                        </button>
                        <button
                          type="button"
                          className={parts['secondary']}
                          disabled={answering.busy}
                          onClick={() => answer(id, 'refusal')}
                        >
                          {t('delegationDecline')}
                        </button>
                      </>
                    )}
                    {(status === 'asked' || status === 'accepted') && isMine && (
                      <button
                        type="button"
                        className={parts['secondary']}
                        disabled={answering.busy}
                        onClick={() => answer(id, 'revocation')}
                      >
                        {t('delegationEnd')}
                      </button>
                    )}
                  </span>
                );
              },
            },
          ]}
        />
      )}
      {takesPart && (
        <section>
          <h2>{t('delegationNew')}</h2>
          <form onSubmit={ask}>
            {me.role === 'head' && (
              <div className={parts['field']}>
                <label htmlFor="person">{t('delegationPerson')}</label>
                <select id="person" name="person" defaultValue={me.id}>
                  {others.map((one) => (
                    <option key={one.id} value={one.id}>
                      {one.name}
                    </option>
                  ))}
                </select>
              </div>
            )}
            <div className={parts['field']}>
              <label htmlFor="delegate">{t('delegationDelegate')}</label>
              <select id="delegate" name="delegate" required defaultValue="">
                <option value="">{t('choose')}</option>
                {others
                  .filter(({ id }) => me.role === 'head' || id !== me.id)
                  .map((one) => (
                    <option key={one.id} value={one.id}>
                      {one.name}
                    </option>
                  ))}
              </select>
            </div>
            <div className={parts['field']}>
              <label htmlFor="from">{t('delegationFrom')}</label>
              <input id="from" name="from" type="date" required />
            </div>
            <div className={parts['field']}>
              <label htmlFor="to">{t('delegationTo')}</label>
              <input id="to" name="to" type="date" required />
            </div>
            <div className={parts['field']}>
              <label htmlFor="reason">{t('fieldReason')}</label>
              <textarea id="reason" name="reason" required maxLength={4000} />
            </div>
            {asking.failed !== undefined && <Failure error={asking.failed} />}
            <button type="submit" disabled={asking.busy}>
              {t(asking.busy ? 'sending' : 'delegationAsk')}
            </button>
          </form>
        </section>
      )}
      {!takesPart && (
        <Notice>
          <p>{t('delegationReadOnly')}</p>
        </Notice>
      )}
    </>
  );
}
