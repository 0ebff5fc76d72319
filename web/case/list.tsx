import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { read } from '../api/call.js';
import { textOf } from '../app/act.js';
import { useMe, useToday } from '../app/session.js';
import { TakeSheet } from '../app/sheet.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { CaseDue, CaseStatus, Lane, laneWords, Table } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';
import { AgencyField } from './agency-options.js';
import { agenciesQuery } from './queries.js';
import { caseLanes, type CaseSearch, caseSearchOf, caseStatuses } from './case-search.js';
import css from '../officer/officer.module.css';

const statusWords = {
  open: 'stateOpen',
  approved: 'stateApproved',
  refused: 'stateRefused',
  withdrawn: 'stateWithdrawn',
} as const satisfies Readonly<Record<(typeof caseStatuses)[number], Word>>;

/** Every case that somebody who works on them may read, found by words of it; and the book of dossiers that the law has each agency keep. */
export function CaseList() {
  const { t, say, day } = useWords();
  const search = caseSearchOf(useSearch({ strict: false }));
  const me = useMe();
  // Whoever reads every case chooses an agency; everybody else has their own.
  const ofAll = me.role === 'leader' || me.role === 'auditor' || me.role === 'admin';
  useTitle(t('navCases'));
  const list = useInfiniteQuery({
    queryKey: ['cases', search],
    queryFn: ({ pageParam }) => read('/cases', {}, { ...search, limit: 50, ...(pageParam && { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const cases = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <h1>{t('navCases')}</h1>
      <Filter key={JSON.stringify(search)} search={search} every={ofAll} />
      {list.error !== null && <Failure error={list.error} />}
      {list.isPending && <Loading />}
      {list.isSuccess && (
        <>
          {cases.length > 0 && (
            <TakeSheet sheet={{ path: '/sheets/cases', query: { ...search } }} what={t('navCases')} />
          )}
          <Table
            caption={t(list.hasNextPage ? 'casesSome' : 'casesAll', { n: cases.length })}
            rows={cases}
            rowKey={({ case: code }) => code}
            empty={t(Object.keys(search).length > 0 ? 'casesNoneFiltered' : 'casesNone')}
            columns={[
              {
                name: t('colProject'),
                cell: (one) => (
                  <>
                    <Link to="/cases/$code" params={{ code: one.case }}>
                      {one.name === null ? t('erased') : say(one.name)}
                    </Link>
                    <br />
                    <span className={parts['faint']}>{one.case}</span>
                  </>
                ),
              },
              { name: t('colState'), cell: (one) => <CaseStatus status={one.status} /> },
              { name: t('statusLane'), cell: (one) => <Lane lane={one.lane} /> },
              {
                name: t('colApprovals'),
                numeric: true,
                cell: ({ mandatory }) => `${mandatory.approved}/${mandatory.total}`,
              },
              {
                name: t('colDue'),
                cell: ({ dueDate, breachedOn }) => <CaseDue dueDate={dueDate} breachedOn={breachedOn} />,
              },
              { name: t('statusFiled'), cell: (one) => day(one.filedAt) },
            ]}
          />
        </>
      )}
      {list.hasNextPage && (
        <button
          type="button"
          className={parts['secondary']}
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('more')}
        </button>
      )}
      <TrackingBook agency={ofAll ? null : me.agency} />
    </>
  );
}

function Filter({ search, every }: { readonly search: CaseSearch; readonly every: boolean }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const show = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = Object.fromEntries(new FormData(event.currentTarget));
    void navigate({ to: '/cases', search: caseSearchOf({ ...form, overdue: form['overdue'] === 'on' }) });
  };
  return (
    <form className={css['filters']} onSubmit={show}>
      <div>
        <label htmlFor="q">{t('casesWords')}</label>
        <input id="q" name="q" maxLength={200} defaultValue={search.q} autoComplete="off" />
      </div>
      <div>
        <label htmlFor="status">{t('colState')}</label>
        <select id="status" name="status" defaultValue={search.status ?? ''}>
          <option value="">{t('filterAll')}</option>
          {caseStatuses.map((status) => (
            <option key={status} value={status}>
              {t(statusWords[status])}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor="lane">{t('statusLane')}</label>
        <select id="lane" name="lane" defaultValue={search.lane ?? ''}>
          <option value="">{t('filterAll')}</option>
          {caseLanes.map((lane) => (
            <option key={lane} value={lane}>
              {t(laneWords[lane])}
            </option>
          ))}
        </select>
      </div>
      {every && (
        <div>
          <AgencyField id="agency" chosen={search.agency} none={t('filterAll')} />
        </div>
      )}
      <label className={css['check']}>
        <input type="checkbox" name="overdue" defaultChecked={search.overdue === 'true'} />
        {t('filterOverdue')}
      </label>
      <button type="submit">{t('casesShow')}</button>
      {Object.keys(search).length > 0 && (
        <Link to="/cases" search={{}}>
          {t('filterNone')}
        </Link>
      )}
    </form>
  );
}

/** Form 07 of one agency, of days within one year. */
function TrackingBook({ agency }: { readonly agency: string | null }) {
  const { t } = useWords();
  const [asked, setAsked] = useState<{ readonly agency: string; readonly from: string; readonly to: string }>();
  const today = useToday();
  const { data } = useQuery(agenciesQuery);
  // The books of those whose place it took are its own to keep.
  const takenOver = agency !== null && (data?.items ?? []).some(({ mergedInto }) => mergedInto === agency);
  const change = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setAsked({ agency: textOf(form, 'agency') || (agency ?? ''), from: textOf(form, 'from'), to: textOf(form, 'to') });
  };
  if (today === undefined) return null;
  return (
    <section>
      <h2>{t('bookTitle')}</h2>
      <p>{t('bookLead')}</p>
      <form className={css['filters']} onSubmit={change}>
        {(agency === null || takenOver) && (
          <div>
            <AgencyField id="book-agency" required {...(agency !== null && { chosen: agency, succeededBy: agency })} />
          </div>
        )}
        <div>
          <label htmlFor="book-from">{t('boardFrom')}</label>
          <input id="book-from" name="from" type="date" required defaultValue={`${today.slice(0, 4)}-01-01`} />
        </div>
        <div>
          <label htmlFor="book-to">{t('boardTo')}</label>
          <input id="book-to" name="to" type="date" required defaultValue={today} />
        </div>
        <button type="submit" className={parts['secondary']}>
          {t('bookOpen')}
        </button>
      </form>
      {asked !== undefined && (
        <div className={parts['actions']}>
          <a
            href={`/api/v1/agencies/${encodeURIComponent(asked.agency)}/tracking-book?from=${asked.from}&to=${asked.to}`}
            target="_blank"
            rel="noopener"
          >
            {t('bookPaper')}
          </a>
          <TakeSheet
            sheet={{
              path: '/sheets/tracking-book/{agency}',
              params: { agency: asked.agency },
              query: { from: asked.from, to: asked.to },
            }}
            what={t('bookTitle')}
          />
        </div>
      )}
    </section>
  );
}
