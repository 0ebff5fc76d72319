import type { Problem, PublicStatus } from '../api/contract.js';
import { askedWords } from '../parts/asked-words.js';
import { Heading } from '../parts/frame.js';
import { CaseStatus, Facts, Lane, ProblemNotice, Table, Tag, useDaysLeft } from '../parts/parts.js';
import css from '../parts/parts.module.css';
import { useWords } from '../words/language.js';

export interface StatusData {
  readonly code: string;
  readonly found?: PublicStatus;
  readonly problem?: Problem;
}

/** The status of a case by code and PIN: a plain form, its answer on the same address. */
export function Status({ code, found, problem }: StatusData) {
  const { t } = useWords();
  if (found !== undefined) return <Found found={found} />;
  return (
    <>
      <Heading title={t('statusTitle')} lead={t('statusLead')} />
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <form method="post" action="/status">
        <div className={css['field']}>
          <label htmlFor="code">{t('statusCode')}</label>
          <p className={css['help']} id="code-help">
            {t('statusCodeHelp')}
          </p>
          <input
            id="code"
            name="code"
            defaultValue={code}
            required
            maxLength={64}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            aria-describedby="code-help"
          />
        </div>
        <div className={css['field']}>
          <label htmlFor="pin">{t('statusPin')}</label>
          <p className={css['help']} id="pin-help">
            {t('statusPinHelp')}
          </p>
          <input
            id="pin"
            name="pin"
            type="password"
            required
            maxLength={64}
            autoComplete="off"
            aria-describedby="pin-help"
          />
        </div>
        <button type="submit">{t('statusShow')}</button>
      </form>
    </>
  );
}

function DaysLeft({ now }: { readonly now: PublicStatus['procedures'][number]['now'] }) {
  const daysLeft = useDaysLeft();
  const { t, day } = useWords();
  if (now?.reception) {
    const { by, late } = now.reception;
    const text = t(late ? 'receptionLate' : 'receptionBy', { day: day(by) });
    return late ? <Tag tone="red">{text}</Tag> : text;
  }
  if (now === null || now.daysLeft === null || now.unit === null) return '–';
  const { late, text } = daysLeft({ remaining: now.daysLeft, unit: now.unit });
  return late ? <Tag tone="red">{text}</Tag> : text;
}

function Found({ found }: { readonly found: PublicStatus }) {
  const { t, say, day } = useWords();
  return (
    <>
      <h1>{t('statusOf', { code: found.code })}</h1>
      <Facts
        items={[
          [t('statusState'), <CaseStatus status={found.status} />],
          [t('statusLane'), <Lane lane={found.lane} />],
          [t('statusFiled'), day(found.filedAt)],
          found.closedAt === null ? null : [t('statusClosed'), day(found.closedAt)],
        ]}
      />
      <Table
        caption={t('statusProcedures')}
        rows={found.procedures}
        rowKey={(one) => one.procedure + (one.dossierCode ?? '')}
        empty={t('statusNoProcedures')}
        columns={[
          { name: t('colProcedure'), cell: (one) => say(one.name) },
          {
            name: t('statusHolder'),
            cell: ({ now, agencyName }) =>
              now === null
                ? '–'
                : now.holders.length === 0
                  ? say(agencyName)
                  : now.holders.map(({ name }) => say(name)).join('; '),
          },
          { name: t('statusLeft'), cell: ({ now }) => <DaysLeft now={now} /> },
          {
            name: t('colState'),
            cell: (one) => (
              <>
                <Tag>{say(one.status.name)}</Tag>{' '}
                {one.standing === 'corrected' && <Tag tone="amber">{t('resultCorrected')}</Tag>}
                {one.standing === 'revoked' && <Tag tone="red">{t('resultRevoked')}</Tag>}
              </>
            ),
          },
          { name: t('statusDue'), cell: (one) => (one.dueDate === null ? '–' : day(one.dueDate)) },
          { name: t('colDossier'), unbroken: true, cell: (one) => one.dossierCode ?? '–' },
        ]}
      />
      {found.status === 'open' && (
        <section>
          <h2>{t('statusAsked')}</h2>
          {found.asked.length === 0 ? (
            <p>{t('statusAskedNothing')}</p>
          ) : (
            <ul>
              {found.asked.map(({ kind, name, by }, index) => (
                <li key={`${index}-${kind}`}>
                  {t(askedWords[kind])}
                  {name !== null && `: ${say(name)}`}
                  {by !== null && ` · ${t('askedBy', { day: day(by) })}`}
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
      <p>
        <a href="/status">{t('statusAgain')}</a>
      </p>
    </>
  );
}
