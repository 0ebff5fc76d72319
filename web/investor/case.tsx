import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { read } from '../api/call.js';
import { useDocuments } from '../documents/documents.js';
import { CaseStatus, Lane, Notice, Table } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { calendarsQuery, ledgerQuery, useAgencyName } from '../case/queries.js';
import { ExtractsOfCase } from '../case/extracts.js';
import { StatusesOfCase } from '../case/statuses.js';
import { FactQuestions } from '../case/facts.js';
import { Results } from '../case/results.js';
import { IssuedResults } from '../case/issued-results.js';
import { Film } from '../case/film.js';
import { Roadmap } from '../case/roadmap.js';
import { Waterfall } from '../case/waterfall.js';
import { calendarFrom } from '../parts/days.js';
import { AskedForm } from './asked.js';
import { CaseInstructions } from '../case/instructions.js';
import { LaneHearings } from '../case/lane-hearings.js';
import { LookReasonField } from '../case/look-reason.js';
import { OfficialActs } from '../case/official-acts.js';
import { UnlessRecused } from '../case/recused.js';
import { CaseWarnings } from '../leader/panels/early-warning.js';
import { ActingIn, actName } from './acting-in.js';
import { coveredBy, covers, heldFrom, limitedTo } from './acting.js';
import { ChoicesOfCase } from './choices.js';
import { laneLacking, LaneOfCase } from './lane.js';
import { Looks } from './looks.js';
import { NewPin } from './new-pin.js';
import { askedBy, askedKey, askedText } from './projects.js';
import { QuestionsOfCase } from './questions.js';
import { HoldersOfCase, TermsOfCase } from './standing.js';
import { Withdrawal } from './withdrawal.js';
import { useMe } from '../app/session.js';
import { FailedPage, Failure, Loading, useTitle } from '../app/states.js';

/** Roles that may do something in a case beside their tasks. */
const actsBeside = new Set(['receiving-officer', 'officer', 'head']);
const readsInstructions = new Set(['leader', 'auditor', 'head']);

/** One case: what is asked first, who has it, the ribbon, the papers, what happened. */
export function CasePage() {
  const { code } = useParams({ from: '/cases/$code' });
  return (
    <UnlessRecused key={code}>
      <OneCase />
    </UnlessRecused>
  );
}

function OneCase() {
  const words = useWords();
  const { t, say, day, moment } = words;
  const { code } = useParams({ from: '/cases/$code' });
  const me = useMe();
  const queries = useQueryClient();
  const found = useQuery({
    queryKey: ['case', code],
    queryFn: () => read('/cases/{code}', { code }),
    refetchInterval: 15_000,
  });
  // A power of attorney for some procedures shows those alone.
  const onBehalfOf = found.data?.onBehalfOf ?? undefined;
  const powers = onBehalfOf === undefined ? undefined : heldFrom(me, onBehalfOf);
  // A membership reaches every procedure.
  const part = powers === undefined || me.role === 'investor' ? null : limitedTo(powers);
  const enabled = me.role !== 'representative' || (powers !== undefined && part === null);
  const roadmap = useQuery({
    queryKey: ['roadmap', code],
    queryFn: () => read('/cases/{code}/roadmap', { code }),
    enabled,
  });
  const papers = useQuery({
    queryKey: ['forms', code],
    queryFn: () => read('/cases/{code}/forms', { code }),
    enabled,
  });
  const ledger = useQuery({ ...ledgerQuery(code), enabled });
  const calendars = useQuery(calendarsQuery);
  const agencyName = useAgencyName();
  const { link, view } = useDocuments();
  const timeline = useInfiniteQuery({
    queryKey: ['timeline', code],
    queryFn: ({ pageParam }) =>
      read('/cases/{code}/timeline', { code }, { limit: 100, ...(pageParam && { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    enabled,
  });
  const [replaying, replay] = useState(false);
  // What was answered is asked no more, and its form with what it said is gone: that it was taken stays.
  const [answeredIn, setAnsweredIn] = useState<string>();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = timeline;
  // A film begins when all of it is there.
  useEffect(() => {
    if (replaying && hasNextPage && !isFetchingNextPage && timeline.error === null) void fetchNextPage();
  }, [replaying, hasNextPage, isFetchingNextPage, fetchNextPage, timeline.error]);
  const one = found.data;
  const called = one?.project?.name ?? one?.solution?.name;
  const name = called === undefined ? code : say(called);
  useTitle(name);
  if (found.data === undefined && found.error !== null) return <FailedPage title={code} error={found.error} />;
  if (one === undefined) return <Loading />;
  const nameOf = (procedure: string) => {
    const known = [...one.procedures, ...(roadmap.data?.items ?? [])].find((item) => item.procedure === procedure);
    return known === undefined ? procedure : say(known.name);
  };
  const again = () => {
    for (const key of ['case', 'roadmap', 'ledger', 'forms', 'timeline'])
      void queries.invalidateQueries({ queryKey: [key, code] });
    void queries.invalidateQueries({ queryKey: ['cases'] });
  };
  const answered = () => {
    setAnsweredIn(code);
    again();
    // That it was taken is said there.
    window.scrollTo({ top: 0 });
  };
  // The ribbon shows the calendar of most of its clocks.
  const calendar =
    calendars.data === undefined
      ? undefined
      : calendarFrom(calendars.data, ledger.data?.procedures[0]?.calendar ?? calendars.data.items[0]?.code ?? '');
  const lacking = laneLacking(one);
  const mine = me.role === 'investor' || me.role === 'representative';
  // Who leaves a trial that was admitted still owes its users: that is an act of the trial.
  const takesBack =
    one.status === 'open' && (one.trial === null || one.trial.phase === 'admission') && covers(powers, 'withdrawCase');
  const renewsPin = me.role === 'investor' && covers(powers, 'openCase');
  const events = timeline.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <ActingIn code={code}>
      <h1>{name}</h1>
      {found.error !== null && <Failure error={found.error} />}
      <p>
        {code} <CaseStatus status={one.status} />{' '}
        {one.lane !== null && (
          <>
            {t('statusLane')}: <Lane lane={one.lane} />
          </>
        )}
        {one.kind === 'sandbox' && (
          <>
            {' '}
            <Link to="/cases/$code/trial" params={{ code }}>
              {t('trialOpenPage')}
            </Link>
          </>
        )}
      </p>
      {one.reading?.withoutTask === true && <LookReasonField code={code} reading={one.reading} />}
      {answeredIn === code && (
        <Notice tone="green" alert>
          <p>{t('sent')}</p>
        </Notice>
      )}
      <HoldersOfCase one={one} />
      {mine && one.asked.length > 0 && (
        <section>
          <h2>{t('askedTitle')}</h2>
          {one.asked.map((asked, index) => {
            const by = askedBy(asked);
            return (
              <details key={askedKey(asked)} open={index === 0}>
                <summary>
                  <strong>{askedText(asked, words, nameOf)}</strong>
                  {by !== null && ` · ${t('askedBy', { day: day(by) })}`}
                </summary>
                {coveredBy(powers, asked).covered ? (
                  <AskedForm code={code} asked={asked} onDone={answered} />
                ) : (
                  <p>
                    {me.role === 'investor'
                      ? t('memberReadsOnly')
                      : t('actingNotThis', { act: actName(coveredBy(powers, asked).act, say) })}
                  </p>
                )}
              </details>
            );
          })}
        </section>
      )}
      {mine &&
        one.asked.length === 0 &&
        one.status === 'open' &&
        (lacking.length > 0 ? (
          <Notice tone="amber">
            <p>
              {t('askedLaneOnly', { names: lacking.map(({ name: test }) => say(test)).join('; ') })}{' '}
              <a href="#lane-title">{t('laneTitle')}</a>
            </p>
          </Notice>
        ) : (
          <Notice tone="green">
            <p>{t(one.mayFile.length > 0 ? 'askedNothingMay' : 'askedNothing')}</p>
          </Notice>
        ))}
      {mine && one.laneNow !== null && <LaneOfCase one={one} now={one.laneNow} powers={powers} onDone={again} />}
      {mine && (
        <ChoicesOfCase
          code={code}
          mayFile={one.mayFile}
          roadmap={roadmap.data?.items ?? []}
          powers={powers}
          nameOf={nameOf}
          onDone={answered}
        />
      )}
      {readsInstructions.has(me.role) && one.status === 'open' && <CaseWarnings code={code} />}
      {readsInstructions.has(me.role) && (
        <CaseInstructions
          code={code}
          procedures={one.procedures.map(({ procedure, name: called }) => ({ procedure, name: say(called) }))}
          open={one.status === 'open'}
        />
      )}
      <TermsOfCase one={one} />
      <Results procedures={one.procedures} withheld={one.withheldDocuments} />
      <IssuedResults code={code} procedures={one.procedures} onDone={again} />
      {actsBeside.has(me.role) && <OfficialActs code={code} onDone={again} />}
      <LaneHearings hearings={one.laneHearings} predicates={one.predicates} />
      <ExtractsOfCase
        code={code}
        procedures={[...new Map(one.procedures.map((each) => [each.procedure, say(each.name)]))].map(
          ([procedure, name]) => ({ procedure, name }),
        )}
        party={mine}
      />
      {!mine && <StatusesOfCase code={code} />}
      {one.factQuestions.length > 0 && <FactQuestions questions={one.factQuestions} withheld={one.withheldDocuments} />}
      <QuestionsOfCase
        code={code}
        procedures={roadmap.data?.items ?? one.procedures}
        {...(mine && { asking: { powers, open: one.status === 'open' } })}
      />
      {part !== null && (
        <Notice>
          <p>{t('actingPart', { names: part.map(nameOf).join('; ') })}</p>
        </Notice>
      )}
      {enabled && (
        <>
          <section>
            <h2>{t('ribbonTitle')}</h2>
            {roadmap.error !== null && <Failure error={roadmap.error} />}
            {roadmap.data !== undefined && (
              <Roadmap
                code={code}
                items={roadmap.data.items}
                asOf={roadmap.data.asOf}
                ledger={ledger.data}
                calendar={calendar}
                agencyName={agencyName}
              />
            )}
          </section>
          <section>
            <h2>{t('filmTitle')}</h2>
            <details onToggle={({ currentTarget }) => replay(currentTarget.open)}>
              <summary>{t('filmOpen')}</summary>
              <p>{t('filmLead')}</p>
              {replaying &&
                (roadmap.data === undefined || timeline.data === undefined || hasNextPage ? (
                  <Loading />
                ) : (
                  <Film
                    code={code}
                    events={events}
                    items={roadmap.data.items}
                    calendar={calendar}
                    agencyName={agencyName}
                  />
                ))}
            </details>
          </section>
          <section>
            <h2>{t('fallTitle')}</h2>
            {ledger.error !== null && <Failure error={ledger.error} />}
            {ledger.data !== undefined && <Waterfall ledger={ledger.data} nameOf={nameOf} agencyName={agencyName} />}
          </section>
          <section>
            <h2>{t('papersTitle')}</h2>
            {papers.error !== null && <Failure error={papers.error} />}
            {papers.data !== undefined && (
              <Table
                caption={t('papersTitle')}
                titled
                rows={papers.data.items}
                rowKey={({ id }) => id}
                empty={t('papersNone')}
                columns={[
                  {
                    name: t('colPaper'),
                    cell: (paper) => link(`/api/v1/cases/${code}/forms/${paper.id}`, say(paper.title)),
                  },
                  { name: t('colNumber'), cell: (paper) => paper.number ?? '–' },
                  { name: t('colProcedure'), cell: (paper) => say(paper.name) },
                  {
                    name: t('colAgency'),
                    cell: (paper) => agencyName(paper.agency),
                  },
                  { name: t('colDate'), unbroken: true, cell: (paper) => day(paper.date) },
                ]}
              />
            )}
            {view}
          </section>
          {renewsPin && <NewPin code={code} />}
          {mine && takesBack && <Withdrawal code={code} onDone={again} />}
          {mine && <Looks code={code} agencyName={agencyName} />}
          <section>
            <h2>{t('timelineTitle')}</h2>
            <p>
              <a href={`/api/v1/cases/${code}/proof`} download={`${code}-proof.json`}>
                {t('proofDownload')}
              </a>{' '}
              · <a href="/verify">{t('navVerify')}</a>
            </p>
            {timeline.error !== null && <Failure error={timeline.error} />}
            <Table
              caption={t('timelineTitle')}
              titled
              rows={events}
              rowKey={({ seq }) => String(seq)}
              columns={[
                { name: t('colEvent'), cell: (event) => say(event.name) },
                { name: t('colWhen'), unbroken: true, cell: (event) => moment(event.occurredAt) },
                {
                  name: t('colBy'),
                  cell: ({ actor }) => actor.name ?? (actor.agency === null ? t('bySystem') : agencyName(actor.agency)),
                },
              ]}
            />
            {timeline.hasNextPage && (
              <button type="button" className={parts['secondary']} onClick={() => void timeline.fetchNextPage()}>
                {t('more')}
              </button>
            )}
          </section>
        </>
      )}
    </ActingIn>
  );
}
