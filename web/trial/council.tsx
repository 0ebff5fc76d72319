import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { act, ApiProblem, read } from '../api/call.js';
import type { TrialCouncil, TrialEvaluation } from '../api/contract.js';
import { textOf } from '../app/act.js';
import { ActForm } from '../app/act-form.js';
import { useMe } from '../app/session.js';
import { FailedPage, Failure, Loading, useTitle } from '../app/states.js';
import { CaseStatus, Facts, Notice, Table, Tag, type Tone } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';
import { Convening } from './convening.js';
import { EvaluationForm } from './evaluation.js';

const states = { convened: 'councilConvened', meeting: 'councilMeeting', closed: 'councilClosed' } as const;
const roles = {
  chair: 'councilChair',
  member: 'councilMember',
} as const satisfies Record<TrialCouncil['members'][number]['role'], Word>;
const votes = {
  for: ['voteFor', 'green'],
  against: ['voteAgainst', 'red'],
  abstain: ['voteAbstain', 'plain'],
} as const satisfies Record<NonNullable<TrialCouncil['members'][number]['vote']>, readonly [Word, Tone]>;
const findings = { positive: 'criterionPositive', negative: 'criterionNegative', unclear: 'criterionUnclear' } as const;
const recommended = {
  admit: 'councilAdmit',
  reject: 'councilReject',
  none: 'councilNoMajority',
} as const satisfies Record<NonNullable<TrialCouncil['result']>['recommends'], Word>;

/** Trials in whose council the reader sits, or that concern them. */
export function Councils() {
  const { t, say, day } = useWords();
  useTitle(t('navCouncils'));
  const list = useInfiniteQuery({
    queryKey: ['cases', 'sandbox'],
    queryFn: ({ pageParam }) =>
      read('/cases', {}, { kind: 'sandbox', limit: 50, ...(pageParam && { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const cases = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <h1>{t('navCouncils')}</h1>
      {list.error !== null && <Failure error={list.error} />}
      {list.isPending && <Loading />}
      {list.isSuccess && (
        <Table
          caption={t('councilTrials')}
          rows={cases}
          rowKey={({ case: code }) => code}
          empty={t('councilTrialsNone')}
          columns={[
            {
              name: t('colSolution'),
              cell: (one) => (
                <>
                  {one.name === null ? t('erased') : say(one.name)}
                  <br />
                  <span className={parts['faint']}>{one.case}</span>
                </>
              ),
            },
            { name: t('colState'), cell: (one) => <CaseStatus status={one.status} /> },
            { name: t('statusFiled'), cell: (one) => day(one.filedAt) },
            {
              name: t('councilTitle'),
              cell: (one) => (
                <Link to="/cases/$code/council" params={{ code: one.case }}>
                  {t('councilOpenPage')}
                </Link>
              ),
            },
            {
              name: t('navTrial'),
              cell: (one) => (
                <Link to="/cases/$code/trial" params={{ code: one.case }}>
                  {t('trialOpenPage')}
                </Link>
              ),
            },
          ]}
        />
      )}
      {list.hasNextPage && (
        <button type="button" className={parts['secondary']} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </button>
      )}
    </>
  );
}

/** The council of one admission: agenda, who sits in it, the reader's vote, and the minutes once it is closed. */
export function CouncilPage() {
  const { t, say, moment } = useWords();
  const { code } = useParams({ from: '/cases/$code/council' });
  const me = useMe();
  const queries = useQueryClient();
  useTitle(t('councilTitle'));
  // Whoever has declared an interest and reads the case for this seat alone reads it no more.
  const [gone, setGone] = useState(false);
  const found = useQuery({
    queryKey: ['council', code],
    queryFn: () => read('/cases/{code}/trial/council', { code }),
    refetchInterval: 15_000,
    enabled: !gone,
  });
  const inside = me.role !== 'investor' && me.role !== 'representative';
  const terms = useQuery({
    queryKey: ['terms', code],
    queryFn: () => read('/cases/{code}/trial/terms', { code }),
    enabled: inside && !gone,
  });
  const tasks = useQuery({
    queryKey: ['tasks', 'council', code],
    queryFn: () => read('/tasks', {}, { case: code, mine: 'true' }),
    enabled: me.role === 'officer' || me.role === 'head',
  });
  if (found.data === undefined && found.error !== null)
    return <FailedPage title={t('councilTitle')} error={found.error} />;
  if (found.data === undefined) return <Loading />;
  if (gone)
    return (
      <>
        <h1>{t('councilTitle')}</h1>
        <Notice tone="green" alert>
          <p>
            {t('councilRecused')} <Link to="/councils">{t('navCouncils')}</Link>
          </p>
        </Notice>
      </>
    );
  const again = () => {
    for (const key of ['council', 'terms']) void queries.invalidateQueries({ queryKey: [key, code] });
  };
  const { council, councilNeeded, quorumRule } = found.data;
  const own = council?.members.find(({ person }) => person.id === me.id);
  const held = tasks.data?.items.find(({ kind }) => kind === 'step');
  const params = { code };
  return (
    <>
      <p>
        <Link to="/cases/$code/trial" params={{ code }}>
          {t('trialTitle', { code })}
        </Link>
      </p>
      <h1>
        {t('councilTitle')} {council !== null && <Tag tone="blue">{t(states[council.status])}</Tag>}
      </h1>
      {found.error !== null && <Failure error={found.error} />}
      {!councilNeeded && (
        <Notice>
          <p>{t('councilNotNeeded')}</p>
        </Notice>
      )}
      {council !== null && (
        <Facts
          items={[
            [t('councilMeets'), moment(council.meetsAt)],
            [
              t('councilQuorum'),
              t('councilQuorumOf', { n: council.quorum, of: council.members.length || (council.voters ?? 0) }),
            ],
            quorumRule === null || quorumRule.basis === null
              ? null
              : [t('colBasis'), quorumRule.source === 'default' ? t('sourceDefault') : quorumRule.basis],
          ]}
        />
      )}
      {own !== undefined && council?.status === 'meeting' && (
        <section>
          <h2>{t('councilVote')}</h2>
          {own.recused ? (
            <p>{t('councilRecused')}</p>
          ) : own.vote !== null ? (
            <p>
              {t('councilVoted')} <Tag tone={votes[own.vote][1]}>{t(votes[own.vote][0])}</Tag> {own.reason ?? ''}
            </p>
          ) : (
            <ActForm
              button={t('councilCast')}
              onDone={again}
              send={(form, key) => {
                const reason = textOf(form, 'reason');
                return act(
                  '/cases/{code}/trial/council/votes',
                  params,
                  { vote: textOf(form, 'vote') as keyof typeof votes, ...(reason !== '' && { reason }) },
                  key,
                );
              }}
            >
              <fieldset>
                <legend>{t('councilVoteAsk')}</legend>
                {Object.entries(votes).map(([value, [word]]) => (
                  <label key={value} className={parts['choice']}>
                    <input type="radio" name="vote" value={value} required />
                    {t(word)}
                  </label>
                ))}
              </fieldset>
              <div className={parts['field']}>
                <label htmlFor="vote-reason">{t('fieldReason')}</label>
                <p className={parts['help']}>{t('councilReasonHelp')}</p>
                <textarea id="vote-reason" name="reason" maxLength={4000} />
              </div>
            </ActForm>
          )}
        </section>
      )}
      {own !== undefined && council?.status !== 'closed' && !own.recused && (
        <details>
          <summary>{t('councilInterest')}</summary>
          <ActForm
            button={t('councilInterestSend')}
            onDone={() => (me.role === 'expert' ? setGone(true) : again())}
            send={(form, key) =>
              act('/cases/{code}/trial/council/interest', params, { reason: textOf(form, 'reason') }, key)
            }
          >
            <div className={parts['field']}>
              <label htmlFor="interest-reason">{t('fieldReason')}</label>
              <textarea id="interest-reason" name="reason" required maxLength={4000} />
            </div>
          </ActForm>
        </details>
      )}
      {held?.step === 'evaluation' && terms.data !== undefined && (
        <details open={terms.data.proposal === null}>
          <summary>{t('evaluationTitle')}</summary>
          <EvaluationForm code={code} taskId={held.id} evaluation={terms.data} onDone={again} />
        </details>
      )}
      {held?.step === 'council' && council?.status !== 'closed' && (
        <Convening code={code} taskId={held.id} council={council} onDone={again} />
      )}
      {terms.data !== undefined && <Agenda evaluation={terms.data} />}
      {terms.error instanceof ApiProblem && <Failure error={terms.error} />}
      {council !== null && council.members.length > 0 && (
        <Table
          caption={t('councilMembers')}
          rows={council.members}
          rowKey={({ person }) => person.id}
          columns={[
            { name: t('colName'), cell: ({ person }) => person.name ?? t('erased') },
            { name: t('councilRole'), cell: ({ role }) => t(roles[role]) },
            { name: t('colAgency'), cell: ({ agencyName }) => (agencyName === null ? '–' : say(agencyName)) },
            {
              name: t('councilPresent'),
              cell: ({ present, recused }) =>
                recused ? t('councilRecusedShort') : present === null ? '–' : t(present ? 'yes' : 'no'),
            },
            {
              name: t('councilVote'),
              cell: ({ vote, voted }) =>
                vote === null ? t(voted ? 'councilHasVoted' : 'councilNotVoted') : t(votes[vote][0]),
            },
          ]}
        />
      )}
      {council !== null && council.result !== null && <Minutes council={council} result={council.result} />}
      {council === null && councilNeeded && <p>{t('councilNone')}</p>}
    </>
  );
}

function Minutes(props: { readonly council: TrialCouncil; readonly result: NonNullable<TrialCouncil['result']> }) {
  const { council, result } = props;
  const { t, moment } = useWords();
  return (
    <section>
      <h2>{t('councilMinutes')}</h2>
      <Notice tone={result.recommends === 'admit' ? 'green' : 'amber'}>
        <p>
          <strong>{t(recommended[result.recommends])}</strong>{' '}
          {t('councilCount', { for: result.for, against: result.against, abstained: result.abstained })}
        </p>
      </Notice>
      <Facts
        items={[
          [t('councilMeets'), moment(council.meetsAt)],
          [t('statusClosed'), moment(result.at)],
        ]}
      />
      <Table
        caption={t('councilDissent')}
        rows={result.dissent}
        rowKey={(one) => `${one.person?.id ?? ''}${one.vote}${one.reason ?? ''}`}
        empty={t('councilDissentNone')}
        columns={[
          { name: t('colName'), cell: ({ person }) => person?.name ?? '–' },
          { name: t('councilVote'), cell: ({ vote }) => t(votes[vote][0]) },
          { name: t('fieldReason'), cell: ({ reason }) => reason ?? '–' },
        ]}
      />
    </section>
  );
}

/** What the council decides about: each criterion with what speaks for and against it, then the conditions proposed. */
function Agenda({ evaluation }: { readonly evaluation: TrialEvaluation }) {
  const { t, say, day, number } = useWords();
  const { proposal } = evaluation;
  return (
    <section>
      <h2>{t('councilAgenda')}</h2>
      <Table
        caption={t('councilCriteria')}
        rows={evaluation.criteria}
        rowKey={({ criterion }) => criterion}
        empty={t('none')}
        columns={[
          { name: t('councilCriterion'), cell: ({ name }) => say(name) },
          { name: t('councilSpeaksFor'), cell: ({ positive }) => say(positive) },
          { name: t('councilSpeaksAgainst'), cell: ({ negative }) => say(negative) },
          {
            name: t('councilFinding'),
            cell: ({ finding }) => (finding === null ? '–' : t(findings[finding])),
          },
          { name: t('colBasis'), cell: ({ basis }) => basis },
        ]}
      />
      {proposal !== null && (
        <>
          <h3>{t('councilProposal')}</h3>
          <Facts
            items={[
              [
                t('councilProposedBy'),
                `${proposal.by.map(({ name }) => name ?? t('erased')).join(', ')} · ${day(proposal.at)}`,
              ],
              [t('extensionMonths'), t('months', { n: proposal.terms.months })],
              [t('trialAreas'), proposal.terms.areas.map(({ name }) => say(name)).join('; ') || '–'],
              [
                t('trialLimits'),
                proposal.terms.limits
                  .map(({ name, min, max, unit }) => {
                    const bounds = [min, max]
                      .filter((one) => one !== undefined)
                      .map((one) => number(one, Math.min(3, String(one).split('.')[1]?.length ?? 0)));
                    return `${say(name)}${bounds.length > 0 ? `: ${bounds.join(' – ')} ${unit}` : ''}`;
                  })
                  .join('; ') || '–',
              ],
              [
                t('councilExemptions'),
                proposal.terms.exemptions.map(({ act: rule, article }) => `${rule}, ${article}`).join('; ') || '–',
              ],
            ]}
          />
        </>
      )}
    </section>
  );
}
