import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { act, read } from '../api/call.js';
import type { StandIn, StandInRequest } from '../api/contract.js';
import { textOf, useAct } from '../app/act.js';
import { passTime, useRehearsed } from '../app/next-event.js';
import { clockQuery } from '../app/session.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { vietnamDay } from '../parts/days.js';
import { Facts, Notice, Table, Tag } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';
import { systemWords } from './system-words.js';

type Switches = NonNullable<StandIn['switches']>;
const positions = {
  agree: 'positionAgree',
  'needs-supplement': 'positionSupplement',
  object: 'positionObject',
} as const;
const yesOrNo = {
  down: 'faultDown',
  silent: 'faultSilent',
  outOfOrder: 'faultOutOfOrder',
  wrongSignature: 'faultWrongSignature',
} as const satisfies Partial<Record<keyof Switches, Word>>;
const amounts = {
  latencyMs: ['faultLatency', 600_000],
  lateByWorkingDays: ['faultLate', 1_000],
  duplicateCallbacks: ['faultDuplicates', 20],
} as const satisfies Partial<Record<keyof Switches, readonly [Word, number]>>;
const shares = { errorRate: 'faultErrors', timeoutRate: 'faultTimeouts' } as const satisfies Partial<
  Record<keyof Switches, Word>
>;

/** What is switched on, in words. */
function useWrong(): (switches: Switches) => readonly string[] {
  const { t, percent } = useWords();
  return (switches) => [
    ...Object.entries(yesOrNo).flatMap(([name, word]) => (switches[name as keyof typeof yesOrNo] ? [t(word)] : [])),
    ...Object.entries(amounts).flatMap(([name, [word]]) => {
      const n = switches[name as keyof typeof amounts];
      return n > 0 ? [`${t(word)}: ${n}`] : [];
    }),
    ...Object.entries(shares).flatMap(([name, word]) => {
      const share = switches[name as keyof typeof shares];
      return share > 0 ? [`${t(word)}: ${percent(share)}`] : [];
    }),
    ...(switches.position === 'agree' ? [] : [t('faultPosition', { position: t(positionWord(switches.position)) })]),
  ];
}
const positionWord = (position: Switches['position']): Word =>
  position === 'agree-with-conditions' ? 'positionConditions' : positions[position];

/** In rehearsal: the virtual day and how it passes, and what goes wrong with the systems of agencies. */
export function Rehearsal() {
  const { t, moment } = useWords();
  useTitle(t('adminRehearsal'));
  const clock = useQuery(clockQuery);
  return (
    <>
      <p>
        <Link to="/admin">{t('navAdmin')}</Link>
      </p>
      <h1>{t('adminRehearsal')}</h1>
      {clock.error !== null && <Failure error={clock.error} />}
      {clock.isPending && <Loading />}
      {clock.data?.mode === 'real' && (
        <Notice>
          <p>{t('rehearsalReal')}</p>
        </Notice>
      )}
      {clock.data !== undefined && clock.data.mode !== 'real' && (
        <>
          <Facts
            items={[
              [t('rehearsalNow'), moment(clock.data.now)],
              [t('rehearsalMode'), t(clock.data.mode === 'stepped' ? 'rehearsalStepped' : 'rehearsalTicking')],
            ]}
          />
          <Passing today={vietnamDay(clock.data.now)} />
          <Systems />
        </>
      )}
    </>
  );
}

/** Lets business time pass up to a day. */
function Passing({ today }: { readonly today: string }) {
  const { t } = useWords();
  const { busy, failed, run } = useAct();
  const rehearsed = useRehearsed();
  const go = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const to = `${textOf(form, 'day')}T${textOf(form, 'hour')}:00+07:00`;
    run((key) => passTime(to, key), rehearsed.done);
  };
  return (
    <section>
      <h2>{t('rehearsalPass')}</h2>
      <form onSubmit={go}>
        <div className={parts['field']}>
          <label htmlFor="pass-day">{t('colDate')}</label>
          <input id="pass-day" name="day" type="date" required min={today} defaultValue={today} />
        </div>
        <div className={parts['field']}>
          <label htmlFor="pass-hour">{t('rehearsalHour')}</label>
          <input id="pass-hour" name="hour" type="time" required defaultValue="17:00" />
        </div>
        {failed !== undefined && <Failure error={failed} />}
        <button type="submit" disabled={busy}>
          {t(busy ? 'rehearsalGoing' : 'rehearsalPassDo')}
        </button>
        {rehearsed.said}
      </form>
    </section>
  );
}

function Systems() {
  const { t } = useWords();
  const wrong = useWrong();
  const list = useQuery({ queryKey: ['stand-ins'], queryFn: () => read('/rehearsal/systems') });
  return (
    <section>
      <h2>{t('rehearsalSystems')}</h2>
      <p>{t('rehearsalSystemsLead')}</p>
      {list.error !== null && <Failure error={list.error} />}
      {list.isPending && <Loading />}
      {list.data !== undefined && (
        <Table
          caption={t('rehearsalSystems')}
          titled
          rows={list.data.items}
          rowKey={({ system }) => system}
          columns={[
            { name: t('systemName'), cell: ({ system }) => t(systemWords[system]) },
            {
              name: t('colState'),
              cell: ({ switches }) => {
                if (switches === null) return <Tag>{t('faultAbsent')}</Tag>;
                const all = wrong(switches);
                return all.length === 0 ? (
                  <Tag tone="green">{t('faultNone')}</Tag>
                ) : (
                  <>
                    <Tag tone="amber">{t('faultSome')}</Tag> {all.join('; ')}
                  </>
                );
              },
            },
            {
              name: t('delegationDo'),
              cell: ({ system, switches }) =>
                switches === null ? '–' : <Switching system={system} switches={switches} />,
            },
          ]}
        />
      )}
    </section>
  );
}

function Switching({ system, switches }: { readonly system: StandIn['system']; readonly switches: Switches }) {
  const { t, number } = useWords();
  const isWrong = useWrong()(switches).length > 0;
  const queries = useQueryClient();
  const { busy, failed, run } = useAct();
  const [wrong, setWrong] = useState(false);
  const name = t(systemWords[system]);
  const send = (body: StandInRequest) =>
    run(
      (key) => act('/rehearsal/systems/{system}/switches', { system }, body, key),
      () => void queries.invalidateQueries({ queryKey: ['stand-ins'] }),
    );
  const set = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const amountOf = (field: string) => Number(textOf(form, field).replace(',', '.'));
    const rates = Object.keys(shares).map((field) => [field, amountOf(field) / 100] as const);
    setWrong(rates.some(([, rate]) => !(rate >= 0 && rate <= 1)));
    if (rates.some(([, rate]) => !(rate >= 0 && rate <= 1))) return;
    send({
      ...Object.fromEntries(Object.keys(yesOrNo).map((field) => [field, form.get(field) === 'on'])),
      ...Object.fromEntries(Object.keys(amounts).map((field) => [field, amountOf(field)])),
      ...Object.fromEntries(rates),
      position: textOf(form, 'position') as Switches['position'],
    });
  };
  const id = (field: string) => `${system}-${field}`;
  return (
    <>
      {failed !== undefined && <Failure error={failed} />}
      <details>
        <summary aria-label={t('faultSetOf', { name })}>{t('faultSet')}</summary>
        {/* Drawn anew when something was switched elsewhere. */}
        <form key={JSON.stringify(switches)} onSubmit={set}>
          {Object.entries(yesOrNo).map(([field, word]) => (
            <label key={field} className={parts['choice']}>
              <input type="checkbox" name={field} defaultChecked={switches[field as keyof typeof yesOrNo]} />
              <span>{t(word)}</span>
            </label>
          ))}
          {Object.entries(amounts).map(([field, [word]]) => (
            <div key={field} className={parts['field']}>
              <label htmlFor={id(field)}>{t(word)}</label>
              <input
                id={id(field)}
                name={field}
                inputMode="numeric"
                pattern="\d{1,6}"
                required
                defaultValue={switches[field as keyof typeof amounts]}
              />
            </div>
          ))}
          {Object.entries(shares).map(([field, word]) => (
            <div key={field} className={parts['field']}>
              <label htmlFor={id(field)}>{`${t(word)} (%)`}</label>
              <input
                id={id(field)}
                name={field}
                inputMode="decimal"
                required
                defaultValue={number(switches[field as keyof typeof shares] * 100)}
              />
            </div>
          ))}
          {wrong && (
            <p className={parts['error']} role="alert">
              {t('faultShareWrong')}
            </p>
          )}
          <div className={parts['field']}>
            <label htmlFor={id('position')}>{t('faultSays')}</label>
            <select id={id('position')} name="position" defaultValue={switches.position}>
              {Object.entries(positions).map(([position, word]) => (
                <option key={position} value={position}>
                  {t(word)}
                </option>
              ))}
            </select>
          </div>
          <button type="submit" disabled={busy} aria-label={t('faultSetOf', { name })}>
            {t(busy ? 'sending' : 'faultSet')}
          </button>
        </form>
      </details>
      {isWrong && (
        <button
          type="button"
          className={parts['secondary']}
          disabled={busy}
          aria-label={t('faultClearOf', { name })}
          onClick={() => send({})}
        >
          {t(busy ? 'sending' : 'faultClear')}
        </button>
      )}
    </>
  );
}
