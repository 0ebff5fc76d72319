import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { read } from '../api/call.js';
import type { SecurityEvent } from '../api/contract.js';
import { textOf } from '../app/act.js';
import { useMe } from '../app/session.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { Table, Tag, type Tone } from '../parts/parts.js';
import css from '../officer/officer.module.css';
import { WhyRead } from '../parts/why-read.js';
import { useWords, type Word } from '../words/language.js';

const severities = {
  notice: ['securityNotice', 'plain'],
  warning: ['securityWarning', 'amber'],
  alarm: ['securityAlarm', 'red'],
} as const satisfies Record<SecurityEvent['severity'], readonly [Word, Tone]>;

const lookKinds = { case: 'looksCase', task: 'looksTask', document: 'looksDocument' } as const;

/** What was refused, forged or unusual, newest first; and for the auditor who looked into what. */
export function SecurityPage() {
  const { t } = useWords();
  const me = useMe();
  useTitle(t('securityTitle'));
  return (
    <>
      <h1>{t('securityTitle')}</h1>
      <p>{t('securityLead')}</p>
      <Events />
      {me.role === 'auditor' && <Looks />}
    </>
  );
}

function Events() {
  const { t, say, moment, number } = useWords();
  const found = useQuery({
    queryKey: ['security-events'],
    queryFn: () => read('/security/events', {}, { newest: 'true', limit: 100 }),
    refetchInterval: 30_000,
  });
  return (
    <section>
      <h2>{t('securityEvents')}</h2>
      {found.error !== null && <Failure error={found.error} />}
      {found.isPending && <Loading />}
      {found.data !== undefined && (
        <Table
          caption={t('securityEvents')}
          titled
          rows={found.data.items}
          rowKey={({ id }) => id}
          empty={t('securityNone')}
          columns={[
            {
              name: t('securityWhat'),
              cell: ({ name, severity }) => (
                <>
                  <Tag tone={severities[severity][1]}>{t(severities[severity][0])}</Tag> {say(name)}
                </>
              ),
            },
            {
              name: t('securityWho'),
              cell: ({ account, caller }) =>
                account ?? (caller === null ? '–' : t('securityCaller', { caller: caller.slice(0, 8) })),
            },
            { name: t('securityAbout'), cell: ({ subject }) => subject ?? '–' },
            { name: t('colWhen'), cell: ({ lastAt }) => moment(lastAt) },
            { name: t('looksTimes'), numeric: true, cell: ({ times }) => number(times) },
          ]}
        />
      )}
    </section>
  );
}

interface Looked {
  readonly person?: string;
  readonly case?: string;
  readonly withoutTask?: 'true';
}

function Looks() {
  const { t, moment, number } = useWords();
  const [asked, setAsked] = useState<Looked>({});
  const found = useQuery({
    queryKey: ['all-looks', asked],
    queryFn: () => read('/readings', {}, { ...asked, limit: 100 }),
  });
  const search = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [person, code] = [textOf(form, 'person'), textOf(form, 'case')];
    setAsked({
      ...(person !== '' && { person }),
      ...(code !== '' && { case: code }),
      ...(form.get('withoutTask') === 'on' && { withoutTask: 'true' }),
    });
  };
  return (
    <section>
      <h2>{t('looksAll')}</h2>
      <form onSubmit={search} className={css['filters']}>
        <div>
          <label htmlFor="person">{t('looksPerson')}</label>
          <input id="person" name="person" maxLength={100} autoComplete="off" />
        </div>
        <div>
          <label htmlFor="case">{t('looksOfCase')}</label>
          <input id="case" name="case" maxLength={32} autoComplete="off" />
        </div>
        <label className={css['check']}>
          <input type="checkbox" name="withoutTask" />
          {t('looksWithoutTask')}
        </label>
        <button type="submit">{t('casesShow')}</button>
      </form>
      {found.error !== null && <Failure error={found.error} />}
      {found.isPending && <Loading />}
      {found.data !== undefined && (
        <Table
          caption={t('looksAll')}
          titled
          rows={found.data.items}
          rowKey={({ caseCode, person, kind, subject, firstAt }) => [caseCode, person, kind, subject, firstAt].join()}
          empty={t('looksNoneFound')}
          columns={[
            { name: t('securityWho'), cell: ({ person, agency }) => [person, agency].filter(Boolean).join(' · ') },
            { name: t('looksWhat'), cell: ({ kind, caseCode }) => `${t(lookKinds[kind])} · ${caseCode}` },
            {
              name: t('looksWhy'),
              cell: (one) => (
                <>
                  <WhyRead {...one} /> {one.task}
                </>
              ),
            },
            { name: t('colWhen'), cell: ({ lastAt }) => moment(lastAt) },
            { name: t('looksTimes'), numeric: true, cell: ({ times }) => number(times) },
          ]}
        />
      )}
    </section>
  );
}
