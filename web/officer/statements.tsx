import { useQueryClient } from '@tanstack/react-query';
import { act } from '../api/call.js';
import type { Conference } from '../api/contract.js';
import { textOf } from '../app/act.js';
import { ActForm } from '../app/act-form.js';
import { useMe } from '../app/session.js';
import { Table, Tag } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';

type Statement = Conference['statements'][number];
type Attendance = NonNullable<Statement['attendance']>;

const ways = {
  'by-link': 'attendByLink',
  'in-place': 'attendInPlace',
  'in-writing': 'attendInWriting',
} as const satisfies Record<Attendance, string>;

/** What each that disagrees says in its own words; the form for whoever of them reads it and has not spoken yet. */
export function OwnWords({ conference }: { readonly conference: Conference }) {
  const { t, say, moment } = useWords();
  const me = useMe();
  const { statements, decidedAt } = conference;
  const mine = statements.find(
    ({ agency, task, at }) => agency === me.agency && task !== null && at === null && decidedAt === null,
  );
  if (statements.length === 0) return null;
  return (
    <>
      <Table
        caption={t('statementsTitle')}
        rows={statements}
        rowKey={({ agency }) => agency}
        columns={[
          { name: t('colAgency'), cell: ({ agencyName }) => say(agencyName) },
          {
            name: t('statementAttends'),
            cell: ({ attendance }) =>
              attendance === null ? (
                <Tag>{t(decidedAt === null ? 'statementAwaited' : 'statementNone')}</Tag>
              ) : (
                t(ways[attendance])
              ),
          },
          {
            name: t('statementWords'),
            cell: ({ at, statement }) => (at === null ? '–' : `${statement ?? t('erased')} (${moment(at)})`),
          },
          { name: t('statementDissent'), cell: ({ dissent }) => dissent ?? '–' },
        ]}
      />
      {mine !== undefined && (me.role === 'officer' || me.role === 'head') && <StatementForm statement={mine} />}
    </>
  );
}

function StatementForm({ statement }: { readonly statement: Statement }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { agency, task } = statement;
  return (
    <section aria-labelledby="statement-form">
      <h3 id="statement-form">{t('statementForm')}</h3>
      <ActForm
        button={t('statementSend')}
        onDone={() => {
          void queries.invalidateQueries({ queryKey: ['consultations'] });
          void queries.invalidateQueries({ queryKey: ['tasks'] });
        }}
        send={(form, key) => {
          const dissent = textOf(form, 'statement-dissent');
          return act(
            '/tasks/{id}/completion',
            { id: task ?? '' },
            {
              outcome: textOf(form, 'attendance') as Attendance,
              reason: textOf(form, 'statement-words'),
              ...(dissent !== '' && { dissent: [{ agency, reason: dissent }] }),
            },
            key,
          );
        }}
      >
        <fieldset>
          <legend>{t('statementAttends')}</legend>
          {Object.entries(ways).map(([way, word], n) => (
            <label key={way} className={parts['choice']}>
              <input type="radio" name="attendance" value={way} required defaultChecked={n === 0} />
              {t(word)}
            </label>
          ))}
        </fieldset>
        <div className={parts['field']}>
          <label htmlFor="statement-words">{t('statementWords')}</label>
          <textarea id="statement-words" name="statement-words" required maxLength={4000} />
        </div>
        <div className={parts['field']}>
          <label htmlFor="statement-dissent">
            {t('statementDissent')} ({t('optional')})
          </label>
          <textarea id="statement-dissent" name="statement-dissent" maxLength={4000} />
        </div>
      </ActForm>
    </section>
  );
}
