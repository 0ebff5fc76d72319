import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { act, read } from '../api/call.js';
import type { Conference, Consultations } from '../api/contract.js';
import { textOf } from '../app/act.js';
import { OwnWords } from './statements.js';
import { ActForm } from '../app/act-form.js';
import { useMe } from '../app/session.js';
import { FailedPage, Loading, useTitle } from '../app/states.js';
import { Notice, Table, Tag } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import css from '../trial/trial.module.css';
import { OpinionContent } from './opinion.js';
import { conditionText } from './conditions.js';
import { positions } from './positions.js';
import { useWords, type Words } from '../words/language.js';

type Consultation = Consultations['items'][number];
type Issue = Conference['issues'][number];
type Option = Issue['options'][number];

const issueName = ({ kind, subject, subjectName }: Issue, { t, say }: Words): string =>
  subjectName === null
    ? (subject ?? t(kind === 'objection' ? 'issueObjection' : 'issueContradiction'))
    : say(subjectName);
const optionName = ({ agencyName }: Option, { t, say }: Words): string =>
  agencyName === null ? t('issueMiddle') : t('issueUpholds', { agency: say(agencyName) });

/** What agencies said of one procedure, what of it contradicts, clause beside clause, and the decision with the minutes it makes. */
export function ConferencePage() {
  const words = useWords();
  const { t, say, day } = words;
  const { code, procedure } = useParams({ from: '/cases/$code/conference/$procedure' });
  useTitle(t('conferenceTitle'));
  const params = { code, procedure };
  const found = useQuery({
    queryKey: ['consultations', code, procedure],
    queryFn: () => read('/cases/{code}/procedures/{procedure}/consultations', params),
  });
  if (found.data === undefined && found.error !== null)
    return <FailedPage title={t('conferenceTitle')} error={found.error} />;
  if (found.data === undefined) return <Loading />;
  const { items } = found.data;
  return (
    <>
      <p>
        <Link to="/cases/$code" params={{ code }}>
          {t('trialCase', { code })}
        </Link>
      </p>
      <h1>{t('conferenceTitle')}</h1>
      {items.length === 0 && (
        <Notice>
          <p>{t('conferenceNothing')}</p>
        </Notice>
      )}
      {items.map((one) => (
        <section key={one.n} aria-labelledby={`consultation-${one.n}`}>
          <h2 id={`consultation-${one.n}`}>
            {one.stepName === null ? one.step : say(one.stepName)} · {say(one.leadName)} · {day(one.openedAt)}
          </h2>
          {one.conference === null ? (
            <p>{t('conferenceNone')}</p>
          ) : (
            <Bench conference={one.conference} consultation={one} params={params} />
          )}
          <Statements consultation={one} />
        </section>
      ))}
    </>
  );
}

/** What each agency said, with its clause. */
function Statements({ consultation }: { readonly consultation: Consultation }) {
  const words = useWords();
  const { t, say, day } = words;
  return (
    <Table
      caption={t('conferenceStatements')}
      rows={consultation.opinions}
      rowKey={({ agency }) => agency}
      empty={t('none')}
      columns={[
        { name: t('colAgency'), cell: ({ agencyName }) => say(agencyName) },
        {
          name: t('conferencePosition'),
          cell: ({ position, dueDate, late }) => (
            <>
              {position === null ? (
                <Tag>{t('opinionWaiting', { due: day(dueDate) })}</Tag>
              ) : (
                <Tag tone={positions[position][1]}>{t(positions[position][0])}</Tag>
              )}{' '}
              {late && <Tag tone="red">{t('conferenceLate')}</Tag>}
            </>
          ),
        },
        {
          name: t('fieldConditions'),
          cell: ({ conditions }) =>
            conditions.length === 0 ? '–' : conditions.map((one) => conditionText(one, words)).join('; '),
        },
        {
          name: t('opinionQuestions'),
          cell: ({ content }) => (content === null ? '–' : <OpinionContent content={content} />),
        },
        { name: t('fieldReason'), cell: ({ reason }) => reason ?? '–' },
        { name: t('fieldLegalBasis'), cell: ({ legalBasis }) => legalBasis ?? '–' },
      ]}
    />
  );
}

interface Draft {
  /** Of each issue: the agency that is upheld; '' = a middle way. */
  readonly upheld: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly dissent: Readonly<Record<string, string>>;
}

function Bench(props: {
  readonly conference: Conference;
  readonly consultation: Consultation;
  readonly params: { readonly code: string; readonly procedure: string };
}) {
  const { conference, params } = props;
  const words = useWords();
  const { cite, t, say, day } = words;
  const me = useMe();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>({ upheld: {}, reason: '', dissent: {} });
  const isOpen = conference.decidedAt === null;
  const mayDecide = isOpen && me.agency === conference.chair && (me.role === 'officer' || me.role === 'head');
  const agencies = [...new Set(conference.issues.flatMap((issue) => issue.agencies))];
  const nameOf = (agency: string) => {
    const option = conference.issues.flatMap(({ options }) => options).find(({ upholds }) => upholds === agency);
    return option?.agencyName === undefined || option.agencyName === null ? agency : say(option.agencyName);
  };
  // Who gave their dissent in their own words needs nobody to write it for them.
  const ownDissent = new Map(
    conference.statements.flatMap(({ agency, dissent }) => (dissent === null ? [] : [[agency, dissent] as const])),
  );
  const notFollowed = agencies.filter((agency) =>
    conference.issues.some(
      (issue) =>
        issue.agencies.includes(agency) && draft.upheld[issue.id] !== undefined && draft.upheld[issue.id] !== agency,
    ),
  );
  const overruled = notFollowed.filter((agency) => !ownDissent.has(agency));
  const chosenOf = (issue: Issue): string | null | undefined =>
    isOpen ? draft.upheld[issue.id] : issue.resolution === null ? undefined : (issue.resolution.upholds ?? '');
  return (
    <>
      <p>
        {t('conferenceChair', { chair: say(conference.chairName), due: day(conference.dueDate) })}{' '}
        <Tag tone={isOpen ? 'amber' : 'green'}>{t(isOpen ? 'conferenceOpen' : 'conferenceDecided')}</Tag>
      </p>
      {conference.chairIsParty && (
        <Notice tone="amber">
          <p>{t('conferenceChairIsParty')}</p>
        </Notice>
      )}
      {conference.referred !== null && (
        <Notice>
          <p>
            {t(conference.referred.reason === null ? 'conferenceReferredLate' : 'conferenceReferred', {
              from: say(conference.referred.fromName),
              day: day(conference.referred.at),
            })}
            {conference.referred.reason !== null && `: ${conference.referred.reason}`}
          </p>
        </Notice>
      )}
      <OwnWords conference={conference} />
      <div className={css['bench']}>
        <div>
          {conference.issues.map((issue) => (
            <fieldset key={issue.id}>
              <legend>
                <h3>{issueName(issue, words)}</h3>
              </legend>
              <div className={css['sides']}>
                {issue.options.map((option) => {
                  const value = option.upholds ?? '';
                  const chosen = chosenOf(issue) === value;
                  return (
                    <div key={value} className={css['side']} data-chosen={chosen || undefined}>
                      <label className={parts['choice']}>
                        <input
                          type="radio"
                          name={`issue-${issue.id}`}
                          value={value}
                          checked={chosen}
                          disabled={!mayDecide}
                          onChange={() => setDraft({ ...draft, upheld: { ...draft.upheld, [issue.id]: value } })}
                        />
                        <strong>{optionName(option, words)}</strong>
                      </label>
                      {option.position !== null && (
                        <p>
                          <Tag tone={positions[option.position][1]}>{t(positions[option.position][0])}</Tag>
                        </p>
                      )}
                      {option.conditions.length > 0 && (
                        <ul>
                          {option.conditions.map((one) => (
                            <li key={one.subject + one.direction}>{conditionText(one, words)}</li>
                          ))}
                        </ul>
                      )}
                      <OpinionContent content={option.content} />
                      {option.legalBasis !== null && <p className={parts['faint']}>{cite(option.legalBasis)}</p>}
                      {option.reason !== null && <p>{option.reason}</p>}
                    </div>
                  );
                })}
              </div>
            </fieldset>
          ))}
          {mayDecide && (
            <ActForm
              button={t('conferenceDecide')}
              disabled={conference.issues.some(({ id }) => draft.upheld[id] === undefined)}
              onDone={() => {
                void queries.invalidateQueries({ queryKey: ['consultations'] });
                void queries.invalidateQueries({ queryKey: ['tasks'] });
              }}
              send={(form, key) =>
                act(
                  '/cases/{code}/procedures/{procedure}/conference',
                  params,
                  {
                    resolutions: conference.issues.map(({ id }) => ({ issue: id, upholds: draft.upheld[id] || null })),
                    ...(overruled.some((agency) => textOf(form, `dissent-${agency}`) !== '') && {
                      dissent: overruled.flatMap((agency) => {
                        const reason = textOf(form, `dissent-${agency}`);
                        return reason === '' ? [] : [{ agency, reason }];
                      }),
                    }),
                    reason: textOf(form, 'reason'),
                  },
                  key,
                )
              }
            >
              {overruled.map((agency) => (
                <div key={agency} className={parts['field']}>
                  <label htmlFor={`dissent-${agency}`}>
                    {t('fieldDissent')}: {nameOf(agency)} ({t('optional')})
                  </label>
                  <textarea
                    id={`dissent-${agency}`}
                    name={`dissent-${agency}`}
                    maxLength={4000}
                    onChange={(event) =>
                      setDraft({ ...draft, dissent: { ...draft.dissent, [agency]: event.currentTarget.value } })
                    }
                  />
                </div>
              ))}
              <div className={parts['field']}>
                <label htmlFor="conference-reason">{t('fieldReason')}</label>
                <textarea
                  id="conference-reason"
                  name="reason"
                  required
                  maxLength={4000}
                  onChange={(event) => setDraft({ ...draft, reason: event.currentTarget.value })}
                />
              </div>
            </ActForm>
          )}
        </div>
        <aside aria-label={t('conferenceMinutes')}>
          <h3>{t('conferenceMinutes')}</h3>
          <p className={css['minutes']}>
            {minutesOf(
              conference,
              isOpen ? { ...draft, dissent: { ...draft.dissent, ...ownOf(notFollowed, ownDissent) } } : undefined,
              words,
              nameOf,
            ).join('\n')}
          </p>
        </aside>
      </div>
    </>
  );
}

const ownOf = (agencies: readonly string[], own: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries(agencies.flatMap((agency) => (own.has(agency) ? [[agency, own.get(agency) ?? '']] : [])));

/** The minutes as they would read with what is chosen, or as they read since it was decided. */
function minutesOf(
  conference: Conference,
  draft: Draft | undefined,
  words: Words,
  nameOf: (agency: string) => string,
): string[] {
  const { t, say, day } = words;
  const upheld = (issue: Issue): string => {
    const chosen = draft === undefined ? issue.resolution?.upholds : draft.upheld[issue.id];
    if (draft !== undefined && chosen === undefined) return t('minutesOpen');
    const option = issue.options.find(({ upholds }) => (upholds ?? '') === (chosen ?? ''));
    if (option === undefined) return t('issueMiddle');
    const conditions = option.conditions.map((one) => conditionText(one, words)).join('; ');
    const basis = option.legalBasis === null ? '' : ` (${option.legalBasis})`;
    return `${optionName(option, words)}${conditions === '' ? '' : `: ${conditions}`}${basis}`;
  };
  const dissent =
    draft === undefined
      ? conference.dissent.map((one) => [say(one.agencyName), one.reason ?? t('erased')] as const)
      : Object.entries(draft.dissent).map(([agency, reason]) => [nameOf(agency), reason.trim()] as const);
  const reason = draft === undefined ? (conference.reason ?? t('erased')) : draft.reason.trim();
  return [
    t('minutesHead', { chair: say(conference.chairName), day: day(conference.openedAt) }),
    '',
    ...conference.issues.map((issue, index) => `${index + 1}. ${issueName(issue, words)}: ${upheld(issue)}`),
    '',
    `${t('fieldReason')}: ${reason === '' ? '…' : reason}`,
    ...dissent.filter(([, said]) => said !== '').map(([agency, said]) => `${t('fieldDissent')} · ${agency}: ${said}`),
  ];
}
