import { useState } from 'react';
import { keyFaultNames } from '../../domain/evidence/key-period.js';
import { paperNames } from '../../domain/evidence/paper-names.js';
import {
  contentIn,
  type Statement,
  type StatementFault,
  statementFault,
  statementFaultNames,
  statementFrom,
} from '../../domain/evidence/statement.js';
import { trustedFrom } from '../../domain/evidence/trusted-keys.js';
import { CaseStatus, Facts, Notice } from '../parts/parts.js';
import css from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';

interface Found {
  readonly statement: Statement | null;
  readonly faults: readonly StatementFault[];
  readonly period: string | null;
  /** What the paper in the file says; null: no file was given, or another one. */
  readonly content: string | null;
  readonly keysUnreadable?: boolean;
}

const keyFaults: Readonly<Record<string, { vi: string; en: string }>> = keyFaultNames;
const namesOf = (fault: StatementFault) =>
  fault in statementFaultNames ? statementFaultNames[fault as keyof typeof statementFaultNames] : keyFaults[fault];

/** Checks what the QR code of a sealed paper holds, and whether a file is that paper; in the browser alone. */
export function CheckCode({ trusted }: { readonly trusted: string }) {
  const { t, moment } = useWords();
  const [code, setCode] = useState(location.hash === '' ? '' : location.href);
  const [file, setFile] = useState<File>();
  const [found, setFound] = useState<Found>();
  const check = async (): Promise<void> => {
    const keys = trustedFrom(trusted);
    const nothing = { statement: null, period: null, content: null, faults: [] };
    if (!keys) return setFound({ ...nothing, keysUnreadable: true });
    const read = statementFrom(code);
    if (!read) return setFound({ ...nothing, faults: ['statement-unreadable'] });
    const fault = statementFault(read, keys.seals);
    const { statement } = read;
    const content = file && contentIn(new Uint8Array(await file.arrayBuffer()), statement.contentHash);
    const period = keys.seals.find(({ id }) => id.startsWith(statement.key))?.period;
    const end = period?.revoked?.at ?? period?.until;
    setFound({
      statement,
      content: content ?? null,
      period: period ? `${moment(period.from)} – ${end ? moment(end) : '…'}` : null,
      faults: [...(fault ? [fault] : []), ...(file && content === undefined ? (['paper-differs'] as const) : [])],
    });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void check();
      }}
    >
      <div className={css['field']}>
        <label htmlFor="code">{t('checkCode')}</label>
        <p id="code-help">{t('checkCodeHelp')}</p>
        <textarea
          id="code"
          rows={4}
          required
          aria-describedby="code-help"
          spellCheck={false}
          autoComplete="off"
          value={code}
          onChange={({ target }) => {
            setCode(target.value);
            setFound(undefined);
          }}
        />
      </div>
      <div className={css['field']}>
        <label htmlFor="paper">{t('checkPaper')}</label>
        <input
          id="paper"
          type="file"
          accept="application/pdf,.pdf,application/json,.json"
          onChange={({ target }) => {
            setFile(target.files?.[0]);
            setFound(undefined);
          }}
        />
      </div>
      <button type="submit">{t('checkCodeDo')}</button>
      <div aria-live="polite">{found !== undefined && <Said {...found} />}</div>
    </form>
  );
}

const outcomes = ['approved', 'refused'] as const;

function Said({ statement, faults, period, content, keysUnreadable = false }: Found) {
  const { t, say, day, moment } = useWords();
  const holds = faults.length === 0 && statement !== null;
  const word: Word = keysUnreadable ? 'verifyKeysUnreadable' : holds ? 'checkCodeHolds' : 'checkCodeFails';
  const outcome = outcomes.find((one) => one === statement?.outcome);
  const name = statement && paperNames[statement.form];
  return (
    <>
      <Notice tone={holds ? 'green' : 'red'} alert>
        <p>
          <strong>{t(word)}</strong>
        </p>
        {faults.length > 0 && (
          <ul>
            {faults.map((fault) => (
              <li key={fault}>{say(namesOf(fault) ?? { vi: fault, en: fault })}</li>
            ))}
          </ul>
        )}
        {holds && <p>{t('checkCodeAsOf', { moment: moment(statement.signedAt) })}</p>}
      </Notice>
      {statement !== null && (
        <>
          <Facts
            items={[
              [t('checkCodeForm'), name ? say(name) : statement.form],
              [t('decisionNumber'), statement.number || '–'],
              ...(outcome !== undefined ? [[t('decisionOutcome'), <CaseStatus status={outcome} />] as const] : []),
              [t('verifyCase'), statement.caseCode],
              [t('checkCodeDay'), day(statement.day)],
              [t('checkCodeSigned'), moment(statement.signedAt)],
              [t('checkCodeSeal'), <code>{statement.key}</code>],
              [t('checkCodePeriod'), period ?? t('checkCodeNoPeriod')],
            ]}
          />
          {holds && (
            <p>
              <a href={statement.address}>{t('checkCodeOnline')}</a>
            </p>
          )}
          {holds && content !== null && <PaperLines content={content} />}
        </>
      )}
    </>
  );
}

interface Letters {
  readonly letters?: readonly unknown[] | null;
}

/** What the paper says, to be held beside the sheet in one's hand: JSON, as `contentIn` gives it. */
function PaperLines({ content }: { readonly content: string }) {
  const { t } = useWords();
  const { letters } = JSON.parse(content) as Letters;
  const lines = textsIn(letters?.[0]);
  return (
    <section>
      <h3>{t('checkPaperSays')}</h3>
      <p>{t('checkPaperSaysHelp')}</p>
      <ul>
        {lines.map((line, at) => (
          <li key={at}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

const skipped: ReadonlySet<string> = new Set(['language', 'kind', 'style', 'share', 'part']);

/** Every text in it, in its order but for what is of the layout. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { label, value: field, ...others } = value as Readonly<Record<string, unknown>>;
  if (typeof label === 'string' && (typeof field === 'string' || field === null)) return [`${label}: ${field ?? '…'}`];
  const rest = Object.entries(others).filter(([name]) => !skipped.has(name));
  return [...textsIn(label), ...rest.flatMap(([, one]) => textsIn(one))];
}
