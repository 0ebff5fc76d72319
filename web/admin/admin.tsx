import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { act, read } from '../api/call.js';
import type { Calendar, CalendarPreview, CalendarPublication, EngineScope, LawChange } from '../api/contract.js';
import { textOf, useAct } from '../app/act.js';
import { useMe } from '../app/session.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { Facts, Notice, Table, Tag, type Tone, Unverified } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';

/** What administrators look after: the law as data, who is signed in, systems outside, the engine. */
export function Admin() {
  const { t } = useWords();
  const me = useMe();
  useTitle(t('navAdmin'));
  const all = me.role === 'admin';
  return (
    <>
      <h1>{t('navAdmin')}</h1>
      {all && (
        <ul>
          <li>
            <Link to="/admin/calendars">{t('adminCalendars')}</Link>
          </li>
          <li>
            <Link to="/admin/city-data">{t('adminCityData')}</Link>
          </li>
          <li>
            <Link to="/admin/people">{t('adminPeople')}</Link>
          </li>
        </ul>
      )}
      <Changes mayConfirm={all} />
      {all && <Sessions />}
      <Systems />
      <Engine />
      {all && <Webhooks />}
    </>
  );
}

function Section({ title, error, children }: { title: string; error: unknown; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {error !== null && error !== undefined && <Failure error={error} />}
      {children}
    </section>
  );
}

const changeStates = {
  proposed: ['changeProposed', 'amber'],
  confirmed: ['changeConfirmed', 'blue'],
  pending: ['changePending', 'blue'],
  done: ['changeDone', 'green'],
  declined: ['changeDeclined', 'plain'],
} as const satisfies Record<LawChange['status'], readonly [Word, Tone]>;
const changeKinds: Readonly<Record<LawChange['kind'], Word>> = {
  calendar: 'changeCalendar',
  procedure: 'changeProcedure',
  list: 'changeList',
  setting: 'changeSetting',
  agency: 'changeAgency',
  pathway: 'changePathway',
  regime: 'changeRegime',
};

/** What was published or proposed; what waits for a second admin is looked at and confirmed here. */
function Changes({ mayConfirm }: { readonly mayConfirm: boolean }) {
  const { t, day } = useWords();
  const list = useQuery({ queryKey: ['law-changes'], queryFn: () => read('/law-changes'), refetchInterval: 30_000 });
  return (
    <Section title={t('adminChanges')} error={list.error}>
      {list.isPending && <Loading />}
      {list.data !== undefined && (
        <Table
          caption={t('adminChanges')}
          titled
          rows={list.data.items}
          rowKey={({ id }) => id}
          empty={t('adminChangesNone')}
          columns={[
            { name: t('changeWhat'), cell: (one) => `${t(changeKinds[one.kind])} · ${one.code} · ${one.version}` },
            { name: t('changeDocument'), cell: ({ document }) => document },
            { name: t('colBy'), cell: (one) => `${one.publishedBy} · ${day(one.at)}` },
            {
              name: t('colState'),
              cell: ({ status, total, done, moved, effectiveFrom }) => (
                <>
                  <Tag tone={changeStates[status][1]}>{t(changeStates[status][0])}</Tag>{' '}
                  {effectiveFrom !== null && t('procedureFrom', { from: day(effectiveFrom) })}{' '}
                  {total > 0 && t('changeReached', { done, total, moved })}
                </>
              ),
            },
            {
              name: t('delegationDo'),
              cell: (one) => (one.status === 'proposed' && mayConfirm ? <Confirming change={one} /> : '–'),
            },
          ]}
        />
      )}
    </Section>
  );
}

function Confirming({ change }: { readonly change: LawChange }) {
  const { t } = useWords();
  const me = useMe();
  const queries = useQueryClient();
  const { busy, failed, run } = useAct();
  const [open, setOpen] = useState(false);
  const { id } = change;
  const preview = useQuery({
    queryKey: ['law-changes', id, 'preview'],
    queryFn: () => read('/law-changes/{id}/preview', { id }),
    enabled: open,
  });
  const answer = (name: 'confirmation' | 'refusal') =>
    run(
      (key) => act(`/law-changes/{id}/${name}`, { id }, undefined, `${key}-${name}`),
      () => void queries.invalidateQueries({ queryKey: ['law-changes'] }),
    );
  const own = change.publishedBy === me.id;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('changeLook')}</summary>
      {preview.error !== null && <Failure error={preview.error} />}
      {open && preview.isPending && <Loading />}
      {preview.data !== undefined && (
        <>
          <p>{t('changeConcerns', { n: preview.data.items.length, of: preview.data.looked })}</p>
          {preview.data.items.length > 0 && (
            <ul>
              {preview.data.items.map((one) => (
                <li key={one.case}>
                  <Link to="/cases/$code" params={{ code: one.case }}>
                    {one.case}
                  </Link>
                </li>
              ))}
            </ul>
          )}
          <p>{t('changeNow')}</p>
          <pre tabIndex={0}>{JSON.stringify(preview.data.replaces, null, 1)}</pre>
          <p>{t('changeThen')}</p>
          <pre tabIndex={0}>{JSON.stringify(preview.data.data, null, 1)}</pre>
          {failed !== undefined && <Failure error={failed} />}
          {own && <p>{t('changeOwn')}</p>}
          <div className={parts['actions']}>
            {!own && (
              <button type="button" disabled={busy} onClick={() => answer('confirmation')}>
                {t('changeConfirm')}
              </button>
            )}
            <button type="button" className={parts['secondary']} disabled={busy} onClick={() => answer('refusal')}>
              {t(own ? 'changeTakeBack' : 'changeRefuse')}
            </button>
          </div>
        </>
      )}
    </details>
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
            { name: t('colName'), cell: ({ name, person }) => name ?? person },
            { name: t('accountId'), cell: ({ person }) => person },
            { name: t('sessionExpires'), cell: ({ expiresAt }) => moment(expiresAt) },
            {
              name: t('delegationDo'),
              cell: ({ id, person }) => (
                <button
                  type="button"
                  className={parts['secondary']}
                  disabled={busy}
                  aria-label={t('sessionEndOf', { person })}
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
            { name: t('systemName'), cell: ({ system }) => system },
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

/** Systems outside that are sent events. */
function Webhooks() {
  const { t, number } = useWords();
  const queries = useQueryClient();
  const changing = useAct();
  const making = useAct();
  const [secret, setSecret] = useState<string>();
  const list = useQuery({ queryKey: ['webhooks'], queryFn: () => read('/webhooks'), refetchInterval: 30_000 });
  const again = () => void queries.invalidateQueries({ queryKey: ['webhooks'] });
  const make = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const url = textOf(new FormData(element), 'url');
    making.run(
      (key) => act('/webhooks', {}, { url, events: [] }, key),
      (made) => {
        setSecret(made.secret);
        element.reset();
        again();
      },
    );
  };
  return (
    <Section title={t('adminWebhooks')} error={list.error ?? changing.failed}>
      {list.data !== undefined && (
        <Table
          caption={t('adminWebhooks')}
          titled
          rows={list.data.items}
          rowKey={({ id }) => id}
          empty={t('adminWebhooksNone')}
          columns={[
            { name: t('webhookUrl'), cell: ({ url }) => url },
            {
              name: t('webhookEvents'),
              cell: ({ events }) => (events.length === 0 ? t('webhookAll') : events.join(', ')),
            },
            {
              name: t('colState'),
              cell: ({ status, reason }) => (
                <>
                  <Tag tone={status === 'active' ? 'green' : 'amber'}>
                    {t(status === 'active' ? 'webhookActive' : 'webhookPaused')}
                  </Tag>{' '}
                  {reason ?? ''}
                </>
              ),
            },
            { name: t('systemWaiting'), numeric: true, cell: ({ waiting }) => number(waiting) },
            {
              name: t('delegationDo'),
              cell: ({ id, status }) => (
                <button
                  type="button"
                  className={parts['secondary']}
                  disabled={changing.busy}
                  onClick={() =>
                    changing.run(
                      (key) =>
                        act(
                          `/webhooks/{id}/${status === 'active' ? 'pause' : 'resumption'}`,
                          { id },
                          {},
                          `${key}-${status}`,
                        ),
                      again,
                    )
                  }
                >
                  {t(status === 'active' ? 'webhookPause' : 'webhookResume')}
                </button>
              ),
            },
          ]}
        />
      )}
      {secret !== undefined && (
        <Notice tone="green" alert>
          <p>
            {t('webhookSecret')} <code>{secret}</code>
          </p>
        </Notice>
      )}
      <form onSubmit={make}>
        <div className={parts['field']}>
          <label htmlFor="webhook-url">{t('webhookNew')}</label>
          <input id="webhook-url" name="url" type="url" required maxLength={2000} />
        </div>
        {making.failed !== undefined && <Failure error={making.failed} />}
        <button type="submit" className={parts['secondary']} disabled={making.busy}>
          {t(making.busy ? 'sending' : 'webhookMake')}
        </button>
      </form>
    </Section>
  );
}

/** Working calendars: the next version is looked at on the cases that run before it is published. */
export function Calendars() {
  const { t } = useWords();
  useTitle(t('adminCalendars'));
  const found = useQuery({ queryKey: ['calendars'], queryFn: () => read('/calendars') });
  return (
    <>
      <p>
        <Link to="/admin">{t('navAdmin')}</Link>
      </p>
      <h1>{t('adminCalendars')}</h1>
      {found.error !== null && <Failure error={found.error} />}
      {found.isPending && <Loading />}
      {found.data?.items.map((calendar) => (
        <NextVersion key={calendar.code} calendar={calendar} />
      ))}
    </>
  );
}

function NextVersion({ calendar }: { readonly calendar: Calendar }) {
  const { t, say, day } = useWords();
  const queries = useQueryClient();
  const looking = useAct();
  const publishing = useAct();
  const [preview, setPreview] = useState<{ readonly effect: CalendarPreview; readonly next: CalendarPublication }>();
  const [published, setPublished] = useState(false);
  const look = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [date, vi, en, document] = ['date', 'vi', 'en', 'document'].map((name) => textOf(form, name));
    const entry = { date: date ?? '', name: { vi: vi ?? '', en: en ?? '' }, source: document ?? '', verified: true };
    const list = textOf(form, 'kind') === 'worked' ? 'makeUpDays' : 'daysOff';
    const next = {
      ...calendar,
      version: calendar.version + 1,
      [list]: [...calendar[list].filter((one) => one.date !== date), entry].sort((a, b) => (a.date < b.date ? -1 : 1)),
      document: document ?? '',
    } as unknown as CalendarPublication;
    setPublished(false);
    looking.run(
      () => act('/calendars/{code}/preview', { code: calendar.code }, next, crypto.randomUUID()),
      (effect) => setPreview({ effect, next }),
    );
  };
  const publish = () => {
    if (preview === undefined) return;
    publishing.run(
      (key) => act('/calendars/{code}/versions', { code: calendar.code }, preview.next, key),
      () => {
        setPreview(undefined);
        setPublished(true);
        void queries.invalidateQueries({ queryKey: ['calendars'] });
      },
    );
  };
  const id = calendar.code;
  return (
    <section>
      <h2>{say(calendar.name)}</h2>
      <Facts
        items={[
          [t('calendarVersion'), String(calendar.version)],
          [t('calendarSpan'), `${day(calendar.from)} – ${day(calendar.to)}`],
          [
            t('calendarLatest'),
            calendar.daysOff.length === 0 ? (
              '–'
            ) : (
              <>
                {day(calendar.daysOff.at(-1)?.date ?? '')}{' '}
                <Unverified verified={calendar.daysOff.at(-1)?.verified ?? true} />
              </>
            ),
          ],
        ]}
      />
      {published && (
        <Notice tone="green" alert>
          <p>{t('calendarPublished')}</p>
        </Notice>
      )}
      <form onSubmit={look}>
        <div className={parts['field']}>
          <label htmlFor={`${id}-date`}>{t('colDate')}</label>
          <input id={`${id}-date`} name="date" type="date" required min={calendar.from} max={calendar.to} />
        </div>
        <div className={parts['field']}>
          <label htmlFor={`${id}-kind`}>{t('calendarKind')}</label>
          <select id={`${id}-kind`} name="kind">
            <option value="off">{t('navHolidays')}</option>
            <option value="worked">{t('holidaysMakeUp')}</option>
          </select>
        </div>
        {(['vi', 'en'] as const).map((language) => (
          <div key={language} className={parts['field']}>
            <label htmlFor={`${id}-${language}`}>{t(language === 'vi' ? 'calendarNameVi' : 'calendarNameEn')}</label>
            <input id={`${id}-${language}`} name={language} required maxLength={200} />
          </div>
        ))}
        <div className={parts['field']}>
          <label htmlFor={`${id}-document`}>{t('calendarDocument')}</label>
          <input id={`${id}-document`} name="document" required maxLength={500} />
        </div>
        {looking.failed !== undefined && <Failure error={looking.failed} />}
        <button type="submit" className={parts['secondary']} disabled={looking.busy}>
          {t(looking.busy ? 'sending' : 'calendarPreview')}
        </button>
      </form>
      {preview !== undefined && (
        <>
          <Table
            caption={t('calendarMoves', { n: preview.effect.items.length, of: preview.effect.looked })}
            rows={preview.effect.items}
            rowKey={(one) => one.case + one.procedure}
            empty={t('calendarMovesNone', { of: preview.effect.looked })}
            columns={[
              { name: t('statusCode'), cell: (one) => one.case },
              { name: t('colProcedure'), cell: ({ procedure }) => procedure },
              { name: t('calendarBefore'), cell: ({ from }) => (from === null ? '–' : day(from)) },
              { name: t('calendarAfter'), cell: ({ to }) => (to === null ? '–' : day(to)) },
            ]}
          />
          <p>{t('calendarChanged', { days: preview.effect.changed.map(({ date }) => day(date)).join(', ') || '–' })}</p>
          {publishing.failed !== undefined && <Failure error={publishing.failed} />}
          <button type="button" disabled={publishing.busy} onClick={publish}>
            {t(publishing.busy ? 'sending' : 'calendarPublish')}
          </button>
        </>
      )}
    </section>
  );
}
