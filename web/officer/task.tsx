import { registerName } from '../../domain/law/registers.js';
import { FactQuestions } from '../case/facts.js';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type SubmitEvent, useRef, useState } from 'react';
import { act, newKey, read } from '../api/call.js';
import type { Task } from '../api/contract.js';
import { documentAddress, useDocuments } from '../documents/documents.js';
import { Facts, Lane, Notice, Tag, Unverified, useDaysLeft, useTerm } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { entryText, grounds } from '../case/ledger-words.js';
import { ResultChange } from '../case/issued-results.js';
import { Why } from '../case/why.js';
import { Answer } from './answer.js';
import { Attachments } from '../case/attachments.js';
import { Extracts } from '../case/extracts.js';
import { OfficialActs } from '../case/official-acts.js';
import { UnlessRecused } from '../case/recused.js';
import { OutsideMatter } from '../case/statuses.js';
import { factName, factValue } from './facts.js';
import { useKeys, useKeysWanted } from './keys.js';
import { Mistakes, ReviewDay } from './mistakes.js';
import { conditionText } from './conditions.js';
import { OpinionContent } from './opinion.js';
import { positions } from './positions.js';
import { Similar } from './similar.js';
import { AlsoLooking } from './presence.js';
import css from './officer.module.css';
import { useTaskLook } from './task-look.js';
import { useMe } from '../app/session.js';
import { FailedPage, Failure, Loading, useTitle } from '../app/states.js';
import { completedByText, dueText, KeysHelp, orderOfList, Risk } from './tasks.js';

/** Everything that one task needs to be answered, on one screen. */
export function TaskPage() {
  const { id } = useParams({ from: '/tasks/$id' });
  // A new task is a new page: nothing of the one before stays in its forms.
  return (
    <UnlessRecused key={id}>
      <OneTask id={id} />
    </UnlessRecused>
  );
}

function OneTask({ id }: { readonly id: string }) {
  const words = useWords();
  const { t, say, day } = words;
  const me = useMe();
  const navigate = useNavigate();
  const [order] = useState(orderOfList);
  const [keysWanted, wantKeys] = useKeysWanted();
  const [done, setDone] = useState<string>();
  const [failed, setFailed] = useState<unknown>();
  const found = useQuery({
    queryKey: ['task', id],
    queryFn: () => read('/tasks/{id}', { id }),
  });
  const place = order.ids.indexOf(id);
  const [before, after] = [place < 0 ? undefined : order.ids[place - 1], place < 0 ? undefined : order.ids[place + 1]];
  const go = (to: string | undefined) => {
    if (to !== undefined) void navigate({ to: '/tasks/$id', params: { id: to } });
  };
  const claim = (name: 'claim' | 'release') => {
    setFailed(undefined);
    act(`/tasks/{id}/${name}`, { id }, {}, newKey()).then(() => found.refetch(), setFailed);
  };
  useKeys(
    {
      '[': () => go(before),
      ']': () => go(after),
      c: () => claim('claim'),
      a: () => document.querySelector<HTMLElement>('#answer input')?.focus(),
      u: () => void navigate({ to: '/tasks', search: order.search }),
    },
    keysWanted,
  );
  const task = found.data;
  // Whoever writes an answer keeps it, also where somebody else was faster.
  const written = useRef<Task>(undefined);
  if (task !== undefined && task.outcomes.length > 0) written.current = task;
  const look = useTaskLook(id, task);
  const title = task === undefined ? t('navTasks') : say(task.task.stepName ?? task.task.kindName);
  useTitle(title);
  if (found.data === undefined && found.error !== null) return <FailedPage title={title} error={found.error} />;
  if (task === undefined) return <Loading />;
  const { task: head } = task;
  const answered = task.outcomes.length > 0 ? task : written.current;
  const overtaken = answered !== undefined && task.outcomes.length === 0 && done === undefined;
  // Leadership answers what only leadership is asked.
  const mayWork = me.role === 'leader' ? head.role === 'leader' : me.agency === head.agency;
  return (
    <>
      <div className={css['head']}>
        <Link to="/tasks" search={order.search}>
          {t('navTasks')}
        </Link>
        <h1>{title}</h1>
        <Risk risk={head.risk} />
        <Lane lane={head.lane} />
        <span>{dueText(head, words)}</span>
        {place >= 0 && <span className={parts['faint']}>{t('taskPlace', { n: place + 1, of: order.ids.length })}</span>}
        {before !== undefined && (
          <Link to="/tasks/$id" params={{ id: before }}>
            {t('taskBefore')}
          </Link>
        )}
        {after !== undefined && (
          <Link to="/tasks/$id" params={{ id: after }}>
            {t('taskAfter')}
          </Link>
        )}
      </div>
      <p>
        <strong>{head.projectName === null ? head.case : say(head.projectName)}</strong> ·{' '}
        {head.dossierCode ?? head.case}
        {head.procedureName !== null && ` · ${say(head.procedureName)}`} · {say(head.agencyName)}
      </p>
      {done !== undefined && (
        <Notice tone="green" alert>
          <p>
            {t('answerDone', { outcome: done })}{' '}
            {after === undefined ? (
              <Link to="/tasks" search={order.search}>
                {t('navTasks')}
              </Link>
            ) : (
              <Link to="/tasks/$id" params={{ id: after }}>
                {t('taskAfter')}
              </Link>
            )}
          </p>
        </Notice>
      )}
      {mayWork && head.completedAt === null && <AlsoLooking id={id} />}
      {found.error !== null && <Failure error={found.error} />}
      {failed !== undefined && <Failure error={failed} />}
      <div className={css['columns']}>
        <div tabIndex={0} role="region" aria-label={t('regionFile')}>
          <FileOf task={task} />
        </div>
        <div tabIndex={0} role="region" aria-label={t('regionWork')}>
          <WorkOf task={task} />
          {head.procedure !== null && <Similar id={id} />}
        </div>
        <div tabIndex={0} role="region" aria-label={t('answerTitle')}>
          <p>
            {head.claimedBy === null
              ? t('taskFree')
              : t('taskHeldBy', {
                  name: head.claimedBy.name ?? t('erased'),
                  since: head.claimedSince === null ? '' : day(head.claimedSince),
                })}
          </p>
          {mayWork && head.completedAt === null && me.role !== 'leader' && (
            <div className={parts['actions']}>
              {head.claimedBy === null && (
                <button type="button" className={parts['secondary']} onClick={() => claim('claim')}>
                  {t('taskClaim')}
                </button>
              )}
              {head.claimedBy?.id === me.id && (
                <button type="button" className={parts['secondary']} onClick={() => claim('release')}>
                  {t('taskRelease')}
                </button>
              )}
            </div>
          )}
          {mayWork && overtaken && (
            <Notice tone="amber" alert>
              <p>
                {t('taskOvertaken', {
                  name: completedByText(head, words),
                  at: head.completedAt === null ? '' : day(head.completedAt),
                })}
              </p>
            </Notice>
          )}
          {mayWork && answered !== undefined && done === undefined ? (
            <>
              {look.notice}
              <Answer
                task={answered}
                isAsRead={look.isAsRead}
                onDone={(outcome) => {
                  setDone(outcome);
                  void found.refetch();
                  document.getElementById('main')?.focus();
                }}
                onRefused={() => void found.refetch()}
              />
              {head.kind === 'step' && <OtherActs task={task} onDone={() => void found.refetch().then(look.expect)} />}
            </>
          ) : (
            head.completedAt !== null && <p>{t('taskOver', { at: day(head.completedAt) })}</p>
          )}
          {head.completedAt === null && <Mistakes task={task} onDone={() => void found.refetch()} />}
          {head.completedAt === null && mayWork && me.role !== 'leader' && (
            <OfficialActs code={head.case} procedure={head.procedure} onDone={() => void found.refetch()} />
          )}
        </div>
      </div>
      <KeysHelp
        keys={[
          ['[', 'keyBefore'],
          [']', 'keyAfter'],
          ['c', 'keyClaim'],
          ['a', 'keyAnswer'],
          ['u', 'keyList'],
        ]}
        wanted={keysWanted}
        want={wantKeys}
      />
    </>
  );
}

const remarks = {
  'password-protected': 'remarkPassword',
  'no-pages': 'remarkNoPages',
  unreadable: 'remarkUnreadable',
  'not-looked-into': 'remarkNotLookedInto',
} as const;

/** What was filed: facts, documents, what the dossier asks for. */
function FileOf({ task }: { readonly task: Task }) {
  const words = useWords();
  const me = useMe();
  const { t, say, day, number } = words;
  const { facts, presumed, summary, documents, dossier, nearSites, question, instruction } = task;
  const { link, view } = useDocuments(task.withheldDocuments);
  const missing = dossier?.documents.filter(({ code }) => dossier.missing.includes(code)) ?? [];
  return (
    <>
      {question !== null && (
        <section>
          <h2>{t('questionTitle')}</h2>
          <Notice tone="blue">
            <p className={css['quote']}>{question.text ?? t('erased')}</p>
            <p className={parts['faint']}>
              {question.askedBy.name ?? t('erased')} · {day(question.askedAt)}
              {question.procedureName !== null && ` · ${say(question.procedureName)}`}
            </p>
          </Notice>
        </section>
      )}
      {instruction !== null && (
        <section>
          <h2>{t(instruction.want === 'explain' ? 'instructionExplain' : 'instructionAct')}</h2>
          <Notice tone="blue">
            <p className={css['quote']}>{instruction.text ?? t('erased')}</p>
            <p className={parts['faint']}>
              {day(instruction.givenAt)}
              {instruction.procedureName !== null && ` · ${say(instruction.procedureName)}`}
            </p>
          </Notice>
        </section>
      )}
      {summary !== null && (
        <details>
          <summary>{t('projectSummary')}</summary>
          <p className={css['quote']}>{say(summary)}</p>
        </details>
      )}
      <section>
        <h2>{t('documentsTitle')}</h2>
        {missing.length > 0 && (
          <Notice tone="amber">
            <p>
              {t('documentsMissing', {
                names: missing.map(({ name }) => say(name)).join('; '),
              })}
            </p>
          </Notice>
        )}
        {documents.length === 0 && <p>{t('none')}</p>}
        <ul className={css['entries']}>
          {documents.map((one) => (
            <li key={`${one.code}-${one.documentId ?? one.obtainedFrom ?? ''}-${one.filedAt}`}>
              {one.documentId === null ? (
                <>
                  {one.name === null ? one.code : say(one.name)} ·{' '}
                  {t('documentFrom', { source: say(registerName(one.obtainedFrom ?? '–')) })}
                </>
              ) : (
                link(documentAddress(one.documentId), one.name === null ? one.code : say(one.name))
              )}{' '}
              <span className={parts['faint']}>
                {one.fileName ?? ''} {one.bytes === null ? '' : `${number(Math.ceil(one.bytes / 1024))} KB`}{' '}
                {day(one.filedAt)}
              </span>{' '}
              {one.remark !== null && (
                <Tag tone={one.remark === 'not-looked-into' ? 'plain' : 'red'}>{t(remarks[one.remark])}</Tag>
              )}
            </li>
          ))}
        </ul>
        {view}
      </section>
      {task.procedure !== null && (
        <Extracts
          code={task.case}
          procedure={task.procedure.procedure}
          asks={me.agency === task.procedure.handlingAgency && task.procedure.decision === null}
        />
      )}
      {task.procedure !== null && task.procedure.attachments.length > 0 && (
        <section>
          <Attachments items={task.procedure.attachments} withheld={task.withheldDocuments} />
        </section>
      )}
      {nearSites.length > 0 && (
        <section>
          <h2>{t('nearSitesTitle')}</h2>
          <ul className={css['entries']}>
            {nearSites.map((one) => (
              <li key={one.dossierCode}>
                {one.dossierCode} · {one.lot ?? t('erased')} · {day(one.receivedOn)}{' '}
                <Tag tone={one.same ? 'red' : 'amber'}>{t(one.same ? 'nearSame' : 'nearMaybe')}</Tag>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{t('factsTitle')}</h2>
        <Facts
          items={Object.entries(facts)
            // What the rules derive is theirs; people judge by what was stated.
            .filter(([path]) => !path.startsWith('derived.'))
            .map(([path, value]) => [
              factName(path, words),
              presumed.includes(path) ? (
                <>
                  {factValue(path, value, words)} <Tag>{t('factPresumed')}</Tag>
                </>
              ) : (
                factValue(path, value, words)
              ),
            ])}
        />
      </section>
    </>
  );
}

const clockStates = {
  running: 'clockRunning',
  suspended: 'clockSuspended',
  stopped: 'clockStopped',
} as const;
const verdicts = {
  yes: ['yes', 'green'],
  no: ['no', 'red'],
  unknown: ['unknown', 'amber'],
} as const;

/** What is known beside the file: clock with its ledger, tests of the lane, opinions, steps done before, returns. */
function WorkOf({ task }: { readonly task: Task }) {
  const words = useWords();
  const { cite, t, say, day } = words;
  const term = useTerm();
  const { clock, ledger, predicates, laneHearing, factQuestion, opinions, work, returns, procedure } = task;
  const daysLeft = useDaysLeft();
  const left = clock && daysLeft({ remaining: clock.remaining, unit: clock.budget.unit });
  return (
    <>
      {clock !== null && left !== null && (
        <section>
          <h2>{t('clockTitle')}</h2>
          <Facts
            items={[
              [t('statusState'), t(clockStates[clock.state])],
              procedure === null || procedure.countedFrom === null
                ? null
                : [t('clockCountedFrom'), day(procedure.countedFrom)],
              [t('clockBudget'), term(clock.budget)],
              [t('clockUsed'), `${clock.consumed} · ${left.late ? left.text : t('clockLeft', { n: left.text })}`],
              [t('colDue'), clock.dueDate === null ? '–' : day(clock.dueDate)],
              clock.dueIfReturned === null ? null : [t('clockIfReturned'), day(clock.dueIfReturned)],
              clock.breachedOn === null ? null : [t('clockBreached'), <Tag tone="red">{day(clock.breachedOn)}</Tag>],
            ]}
          />
          <ul className={css['entries']}>
            {ledger.map((entry) => (
              <li key={entry.type + entry.at}>{entryText(entry, words)}</li>
            ))}
          </ul>
          {procedure !== null && (
            <Why
              code={task.case}
              procedure={procedure.procedure}
              version={procedure.version}
              name={say(procedure.name)}
              due={clock.dueDate}
            />
          )}
        </section>
      )}
      {predicates.length > 0 && (
        <section>
          <h2>{t('predicatesTitle')}</h2>
          <ul className={css['entries']}>
            {predicates.map((one) => (
              <li key={one.id}>
                {say(one.name)} <Tag tone={verdicts[one.verdict][1]}>{t(verdicts[one.verdict][0])}</Tag>{' '}
                <Unverified verified={one.verified} />
                <br />
                <span className={parts['faint']}>
                  {cite(one.clause)}
                  {one.nearMiss !== undefined && ` · ${say(one.nearMiss.text)}`}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {task.conferences.length > 0 && procedure !== null && (
        <p>
          <Link to="/cases/$code/conference/$procedure" params={{ code: task.case, procedure: procedure.procedure }}>
            {t('conferenceToBench')}
          </Link>
        </p>
      )}
      {task.admission !== null && (
        <p>
          <Link to="/cases/$code/council" params={{ code: task.case }}>
            {t('councilOpenPage')}
          </Link>
        </p>
      )}
      {task.resultChange !== null && (
        <section>
          <h2>{t('issuedTitle')}</h2>
          <ResultChange change={task.resultChange} />
        </section>
      )}
      {task.outside !== null && <OutsideMatter matter={task.outside} />}
      {factQuestion !== null && <FactQuestions questions={[factQuestion]} withheld={task.withheldDocuments} />}
      {laneHearing !== null && (
        <section>
          <h2>{t('hearingTitle')}</h2>
          <Facts
            items={[
              [t('hearingReason'), laneHearing.reason ?? '–'],
              [t('hearingAnswerBy'), day(laneHearing.answerBy)],
              [t('hearingStatement'), laneHearing.statement ?? t('hearingSilent')],
            ]}
          />
        </section>
      )}
      {opinions.length > 0 && (
        <section>
          <h2>{t('opinionsTitle')}</h2>
          <ul className={css['entries']}>
            {opinions.map((one) => (
              <li key={one.agency}>
                {say(one.agencyName)}{' '}
                {one.position === null ? (
                  <Tag>{t('opinionWaiting', { due: day(one.dueDate) })}</Tag>
                ) : (
                  <Tag tone={positions[one.position][1]}>{t(positions[one.position][0])}</Tag>
                )}
                {one.conditions.map((condition) => (
                  <span key={condition.subject + condition.direction} className={parts['faint']}>
                    {' '}
                    {conditionText(condition, words)}
                  </span>
                ))}
                <OpinionContent content={one.content} />
                {one.reason !== null && <p className={css['quote']}>{one.reason}</p>}
                {one.legalBasis !== null && <span className={parts['faint']}>{cite(one.legalBasis)}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {work.length > 0 && (
        <section>
          <h2>{t('workTitle')}</h2>
          <ul className={css['entries']}>
            {work.map((one) => (
              <li key={one.step + String(one.round)}>
                {say(one.stepName)} · {day(one.at)} ·{' '}
                {one.people.length === 0 ? t('bySystem') : one.people.map(({ name }) => name ?? t('erased')).join(', ')}
                {one.people.map(({ note, drafted, id }) =>
                  note === null ? null : (
                    <p key={id} className={css['quote']}>
                      {note}
                      {drafted !== null && (
                        <span className={parts['faint']}>{t('draftedKept', { n: drafted.kept, of: drafted.of })}</span>
                      )}
                    </p>
                  ),
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {returns.length > 0 && (
        <section>
          <h2>{t('returnsTitle')}</h2>
          <ul className={css['entries']}>
            {returns.map((one) => (
              <li key={one.at}>
                {one.by.name ?? t('erased')} · {day(one.at)}: {one.items.map((item) => item ?? t('erased')).join('; ')}
                {one.reason !== null && <p className={css['quote']}>{one.reason}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {clock === null && predicates.length === 0 && opinions.length === 0 && work.length === 0 && (
        <p>{t('workNone')}</p>
      )}
    </>
  );
}

/** What can be done with a step beside answering it: ask the investor for more (form 02), or send the work before it back. */
function OtherActs({ task, onDone }: { readonly task: Task; readonly onDone: () => void }) {
  const { t } = useWords();
  const { id } = task.task;
  const [sending, setSending] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const [said, setSaid] = useState<string>();
  const [ground, setGround] = useState<keyof typeof grounds>('supplement');
  const key = useRef(newKey());
  const send = (kind: 'supplement-request' | 'return') => (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: string) => {
      const found = form.get(name);
      return typeof found === 'string' ? found.trim().normalize('NFC') : '';
    };
    const items = value('items')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const reason = value('reason');
    setSending(true);
    setFailed(undefined);
    const sent =
      kind === 'return'
        ? act('/tasks/{id}/return', { id }, { items, reason }, key.current)
        : act(
            '/tasks/{id}/supplement-request',
            { id },
            {
              ground,
              items,
              reason,
              ...(ground === 'violation-handling' && { decision: value('decision') }),
              ...(value('reviewOn') !== '' && { reviewOn: value('reviewOn') }),
            },
            key.current,
          );
    sent.then(
      () => {
        setSaid(t(kind === 'return' ? 'returnDone' : 'supplementDone'));
        setSending(false);
        onDone();
      },
      (error: unknown) => {
        key.current = newKey();
        setFailed(error);
        setSending(false);
      },
    );
  };
  const wordsOf = (kind: string) => (
    <>
      <div className={parts['field']}>
        <label htmlFor={`${kind}-items`}>{t('fieldItems')}</label>
        <p className={parts['help']}>{t('fieldItemsHelp')}</p>
        <textarea id={`${kind}-items`} name="items" required />
      </div>
      <div className={parts['field']}>
        <label htmlFor={`${kind}-reason`}>{t('fieldReason')}</label>
        <textarea id={`${kind}-reason`} name="reason" required maxLength={4000} />
      </div>
    </>
  );
  return (
    <>
      {failed !== undefined && <Failure error={failed} />}
      {said !== undefined && (
        <Notice tone="green" alert>
          <p>{said}</p>
        </Notice>
      )}
      <details>
        <summary>{t('supplementTitle')}</summary>
        <form onSubmit={send('supplement-request')}>
          <div className={parts['field']}>
            <label htmlFor="ground">{t('fieldGround')}</label>
            <select
              id="ground"
              name="ground"
              value={ground}
              onChange={(event) => setGround(event.currentTarget.value as keyof typeof grounds)}
            >
              {Object.entries(grounds).map(([code, word]) => (
                <option key={code} value={code}>
                  {t(word)}
                </option>
              ))}
            </select>
          </div>
          {ground === 'violation-handling' && (
            <>
              <div className={parts['field']}>
                <label htmlFor="violation-decision">{t('fieldViolationDecision')}</label>
                <input id="violation-decision" name="decision" required maxLength={100} />
              </div>
              <ReviewDay />
            </>
          )}
          {wordsOf('supplement')}
          <button type="submit" className={parts['secondary']} disabled={sending}>
            {t('supplementSend')}
          </button>
        </form>
      </details>
      <details>
        <summary>{t('returnTitle')}</summary>
        <form onSubmit={send('return')}>
          {wordsOf('return')}
          <button type="submit" className={parts['secondary']} disabled={sending}>
            {t('returnSend')}
          </button>
        </form>
      </details>
    </>
  );
}
