import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { read } from '../api/call.js';
import type { AskedOfInvestor, CaseSummary, DraftSummary as Draft } from '../api/contract.js';
import { askedWords } from '../parts/asked-words.js';
import { CaseDue, CaseStatus, Lane, Notice, Table, Tag } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Words } from '../words/language.js';
import { laneLacking } from './lane.js';
import { TakeSheet } from '../app/sheet.js';
import { useMe } from '../app/session.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { ActingFor } from './acting-in.js';
import { grantorOf, heldFrom } from './acting.js';

/** What is asked, in one line. */
export function askedText(asked: AskedOfInvestor, { t, say }: Words, nameOf: (procedure: string) => string): string {
  const what = t(askedWords[asked.kind]);
  switch (asked.kind) {
    case 'duty':
      return `${what}: ${say(asked.name)}`;
    case 'lane-hearing':
      return what;
    case 'fact':
      return `${what}: ${asked.facts.map(({ name }) => say(name)).join('; ')}`;
    case 'gate':
      return `${what}: ${asked.procedures.map(nameOf).join('; ')}`;
    case 'survey':
      return asked.procedure === null ? what : `${what}: ${nameOf(asked.procedure)}`;
    default:
      return `${what}: ${nameOf(asked.procedure)}`;
  }
}

/** What tells one thing that is asked from the others, whatever its place among them: what was begun in its form stays with it. */
export const askedKey = (asked: AskedOfInvestor): string =>
  Object.values(asked)
    .filter((value) => typeof value === 'string')
    .join(' ');

/** By when, where there is a date. */
export const askedBy = (asked: AskedOfInvestor): string | null =>
  asked.kind === 'supplement'
    ? asked.deadline
    : asked.kind === 'duty'
      ? asked.dueDate
      : asked.kind === 'lane-hearing' || asked.kind === 'result-hearing' || asked.kind === 'fact'
        ? asked.answerBy
        : null;

/** The projects of whoever is signed in: what is asked of them first, then all of them, then what is not filed yet. */
export function Projects() {
  const words = useWords();
  const { t, say, day } = words;
  const me = useMe();
  useTitle(t('navProjects'));
  const list = useInfiniteQuery({
    queryKey: ['cases'],
    queryFn: ({ pageParam }) => read('/cases', {}, { limit: 50, ...(pageParam && { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const drafts = useQuery({
    queryKey: ['drafts'],
    queryFn: () => read('/drafts'),
  });
  const cases = list.data?.pages.flatMap((page) => page.items) ?? [];
  const open = cases.filter(({ status }) => status === 'open');
  const details = useQueries({
    queries: open.map(({ case: code }) => ({
      queryKey: ['case', code],
      queryFn: () => read('/cases/{code}', { code }),
    })),
  });
  const asked = details.flatMap(({ data }) =>
    (data?.asked ?? []).map((one) => ({
      one,
      data: data as NonNullable<typeof data>,
    })),
  );
  const lacking = details.flatMap(({ data }) => {
    const tests = data === undefined ? [] : laneLacking(data);
    return data === undefined || tests.length === 0 ? [] : [{ data, tests }];
  });
  const grantors = [...new Set(me.powersOfAttorney.map(({ grantor }) => grantor))];
  const ownerOf = (owner: string) => {
    const [power] = heldFrom(me, owner);
    return power === undefined ? (owner === me.id ? me.name : owner) : grantorOf(power);
  };
  const nameOf = (one: CaseSummary) => (one.name === null ? t('erased') : say(one.name));
  return (
    <>
      <h1>{t('navProjects')}</h1>
      <div className={parts['actions']}>
        <Link to="/projects/new" search={{}}>
          {t('fileNew')}
        </Link>
        <Link to="/projects/new" search={{ kind: 'sandbox' }}>
          {t('fileTrial')}
        </Link>
      </div>
      {grantors.map((grantor) => (
        <ActingFor key={grantor} powers={heldFrom(me, grantor)} />
      ))}
      {list.error !== null && <Failure error={list.error} />}
      {list.isPending && <Loading />}
      {asked.length + lacking.length > 0 && (
        <Notice tone="blue">
          <h2>{t('askedTitle')}</h2>
          <ul>
            {asked.map(({ one, data }, index) => {
              const by = askedBy(one);
              return (
                <li key={`${data.case}-${index}`}>
                  <Link to="/cases/$code" params={{ code: data.case }}>
                    {askedText(one, words, (code) => {
                      const found = data.procedures.find(({ procedure }) => procedure === code);
                      return found === undefined ? code : say(found.name);
                    })}
                  </Link>
                  {by !== null && ` · ${t('askedBy', { day: day(by) })}`}{' '}
                  <span className={parts['faint']}>
                    {data.project === null ? data.case : say(data.project.name)} ({data.case})
                  </span>
                </li>
              );
            })}
            {lacking.map(({ data, tests }) => (
              <li key={data.case}>
                <Link to="/cases/$code" params={{ code: data.case }} hash="lane-title">
                  {t('askedLane', { names: tests.map(({ name }) => say(name)).join('; ') })}
                </Link>{' '}
                <span className={parts['faint']}>
                  {data.project === null ? data.case : say(data.project.name)} ({data.case})
                </span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {list.isSuccess &&
        asked.length + lacking.length === 0 &&
        open.length > 0 &&
        details.every(({ isSuccess }) => isSuccess) && (
          <Notice tone="green">
            <p>{t('askedNothing')}</p>
          </Notice>
        )}
      {cases.length > 0 && <TakeSheet sheet={{ path: '/sheets/cases' }} what={t('navProjects')} />}
      {list.isSuccess && (
        <Table
          caption={t('navProjects')}
          titled
          rows={cases}
          rowKey={({ case: code }) => code}
          empty={t('projectsNone')}
          columns={[
            {
              name: t('colProject'),
              cell: (one) => (
                <>
                  <Link to="/cases/$code" params={{ code: one.case }}>
                    {nameOf(one)}
                  </Link>
                  <br />
                  <span className={parts['faint']}>{one.case}</span>
                </>
              ),
            },
            ...(cases.some(({ onBehalfOf }) => onBehalfOf !== null)
              ? [{ name: t('actingOf'), cell: (one: CaseSummary) => ownerOf(one.onBehalfOf ?? me.id) }]
              : []),
            {
              name: t('colState'),
              cell: (one) => <CaseStatus status={one.status} />,
            },
            { name: t('statusLane'), cell: (one) => <Lane lane={one.lane} /> },
            {
              name: t('colApprovals'),
              cell: (one) => `${one.mandatory.approved}/${one.mandatory.total}`,
            },
            {
              name: t('colDue'),
              cell: ({ dueDate, breachedOn }) => <CaseDue dueDate={dueDate} breachedOn={breachedOn} />,
            },
            { name: t('statusFiled'), cell: (one) => day(one.filedAt) },
          ]}
        />
      )}
      {list.hasNextPage && (
        <button type="button" className={parts['secondary']} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </button>
      )}
      {drafts.data !== undefined && drafts.data.items.length > 0 && (
        <Table
          caption={t('draftsTitle')}
          rows={drafts.data.items}
          rowKey={({ id }) => id}
          columns={[
            {
              name: t('colProject'),
              cell: (draft) => (
                <Link to="/projects/new" search={{ draft: draft.id }}>
                  {draft.name ?? t('draftUnnamed')}
                </Link>
              ),
            },
            ...(drafts.data.items.some(({ owner }) => owner !== me.id)
              ? [{ name: t('actingOf'), cell: (draft: Draft) => ownerOf(draft.owner) }]
              : []),
            { name: t('draftChanged'), cell: (draft) => day(draft.updatedAt) },
            {
              name: t('colState'),
              cell: () => <Tag tone="amber">{t('draftOpen')}</Tag>,
            },
          ]}
        />
      )}
      <section>
        <h2>{t('myData')}</h2>
        <p>{t('myDataLead')}</p>
        <p>
          <a href="/api/v1/me/data" download="luong-xanh-my-data.json">
            {t('myDataDownload')}
          </a>
        </p>
      </section>
    </>
  );
}
