import { useState } from 'react';
import { act } from '../api/call.js';
import type { Case } from '../api/contract.js';
import { textOf } from '../app/act.js';
import { ActForm } from '../app/act-form.js';
import { useMe } from '../app/session.js';
import { Facts, Tag, type Tone } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';

type Procedure = Case['procedures'][number];
type Change = Procedure['resultChanges'][number];

export const standingWords = {
  'in-force': ['resultInForce', 'green'],
  corrected: ['resultCorrected', 'amber'],
  revoked: ['resultRevoked', 'red'],
} as const satisfies Readonly<Record<NonNullable<Procedure['standing']>, readonly [Word, Tone]>>;

const changeWords = { correction: 'resultCorrection', revocation: 'resultRevocation' } as const;

/** What was issued in a case, whether it stands, and what was asked or decided about it. */
export function IssuedResults({
  code,
  procedures,
  onDone,
}: {
  readonly code: string;
  readonly procedures: readonly Procedure[];
  readonly onDone: () => void;
}) {
  const { t, say } = useWords();
  const me = useMe();
  const issued = procedures.filter(({ standing }) => standing !== null);
  if (issued.length === 0) return null;
  const mayPropose = (one: Procedure) =>
    (me.role === 'officer' || me.role === 'head') &&
    me.agency === one.competentAgency &&
    one.closedAt !== null &&
    one.standing !== 'revoked' &&
    one.resultChanges.every(({ outcome }) => outcome !== null);
  return (
    <section>
      <h2>{t('issuedTitle')}</h2>
      <ul>
        {issued.map((one) => {
          const [word, tone] = standingWords[one.standing ?? 'in-force'];
          const number = one.decision?.number ?? '';
          return (
            <li key={`${one.procedure}-${one.attempt}`}>
              {say(one.name)}: <a href={`/decisions/${encodeURIComponent(number)}`}>{number}</a>{' '}
              <Tag tone={tone}>{t(word)}</Tag>
              {one.resultChanges.map((change) => (
                <ResultChange key={change.id} change={change} />
              ))}
              {mayPropose(one) && <Propose code={code} procedure={one.procedure} onDone={onDone} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** One proposal, both sides of it, and what came of it. */
export function ResultChange({ change }: { readonly change: Change }) {
  const { t, day } = useWords();
  const { passages, reason, legalBasis, answerBy, statement, outcome, decision, number, of } = change;
  const said = (words: string | null) => words ?? t('erased');
  const state = outcome === null ? 'resultOpen' : outcome === 'kept' ? 'resultKept' : 'resultIssued';
  return (
    <Facts
      items={[
        [t(changeWords[change.change]), t(state, { of, number: number ?? '' })],
        passages.length === 0
          ? null
          : [
              t('resultPassages'),
              <ul>
                {passages.map(({ was, is }, index) => (
                  <li key={index}>{t('resultReads', { was: said(was), is: said(is) })}</li>
                ))}
              </ul>,
            ],
        [t('hearingReason'), said(reason)],
        [t('resultBasis'), said(legalBasis)],
        answerBy === null ? null : [t('hearingAnswerBy'), day(answerBy)],
        answerBy === null ? null : [t('hearingStatement'), statement ?? t('hearingSilent')],
        outcome === null ? null : [t('resultDecision'), said(decision)],
      ]}
    />
  );
}

/** For the agency whose decision it is. */
function Propose(props: { readonly code: string; readonly procedure: string; readonly onDone: () => void }) {
  const { code, procedure, onDone } = props;
  const { t } = useWords();
  const [change, setChange] = useState<'correction' | 'revocation'>('correction');
  const id = (name: string) => `${procedure}-${name}`;
  return (
    <details>
      <summary>{t('resultPropose')}</summary>
      <ActForm
        button={t('resultProposeSend')}
        onDone={onDone}
        send={(form, key) => {
          const words = { reason: textOf(form, 'reason'), legalBasis: textOf(form, 'legalBasis') };
          const passages = [{ was: textOf(form, 'was'), is: textOf(form, 'is') }];
          return act(
            '/cases/{code}/procedures/{procedure}/result-changes',
            { code, procedure },
            { change, ...words, ...(change === 'correction' && { passages }) },
            key,
          );
        }}
      >
        <p className={parts['help']}>{t('resultProposeHelp')}</p>
        <div className={parts['field']}>
          <label htmlFor={id('change')}>{t('resultWhat')}</label>
          <select
            id={id('change')}
            value={change}
            onChange={(event) => setChange(event.currentTarget.value === 'revocation' ? 'revocation' : 'correction')}
          >
            <option value="correction">{t('resultCorrection')}</option>
            <option value="revocation">{t('resultRevocation')}</option>
          </select>
        </div>
        {change === 'correction' && (
          <>
            <div className={parts['field']}>
              <label htmlFor={id('was')}>{t('resultWas')}</label>
              <textarea id={id('was')} name="was" required maxLength={2000} />
            </div>
            <div className={parts['field']}>
              <label htmlFor={id('is')}>{t('resultIs')}</label>
              <textarea id={id('is')} name="is" required maxLength={2000} />
            </div>
          </>
        )}
        <div className={parts['field']}>
          <label htmlFor={id('reason')}>{t('hearingReason')}</label>
          <textarea id={id('reason')} name="reason" required maxLength={4000} />
        </div>
        <div className={parts['field']}>
          <label htmlFor={id('basis')}>{t('resultBasis')}</label>
          <input id={id('basis')} name="legalBasis" required maxLength={500} />
        </div>
      </ActForm>
    </details>
  );
}
