import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { act, read } from '../api/call.js';
import type { OfficialActs as Acts } from '../api/contract.js';
import { textOf } from '../app/act.js';
import { ActForm } from '../app/act-form.js';
import { Failure } from '../app/states.js';
import { positions } from '../officer/positions.js';
import { Facts, Notice, Tag, useTerm } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';
import { FactFields, factsFrom, factText } from './facts.js';
import { useLeave } from './recused.js';

/** What an official may do in a case beside their tasks: what the rules allow them now, each in a form of its own. `procedure`: of this one alone, and of the person. */
export function OfficialActs(props: {
  readonly code: string;
  readonly procedure?: string | null;
  readonly onDone: () => void;
}) {
  const { code, procedure, onDone } = props;
  const { t, say } = useWords();
  const queries = useQueryClient();
  const leave = useLeave();
  const [said, setSaid] = useState<Word>();
  const found = useQuery({ queryKey: ['acts', code], queryFn: () => read('/cases/{code}/acts', { code }) });
  if (found.data === undefined) return found.error === null ? null : <Failure error={found.error} />;
  const may = found.data;
  const here = <T extends { readonly procedure: string }>(list: readonly T[]) =>
    list.filter((one) => procedure === undefined || one.procedure === procedure);
  const whole = procedure === undefined;
  const [extensions, moreTime, late] = [here(may.extensions), here(may.moreTime), here(may.lateAnswers)];
  const done = (word: Word) => () => {
    setSaid(word);
    void queries.invalidateQueries({ queryKey: ['acts', code] });
    onDone();
  };
  const hearing = whole ? may.laneHearing : null;
  const facts = whole ? may.facts : [];
  const offered = extensions.length + moreTime.length + late.length + facts.length > 0;
  if (!offered && hearing === null && !may.interest && said === undefined) return null;
  return (
    <section>
      <h2>{t('actsTitle')}</h2>
      {said !== undefined && (
        <Notice tone="green" alert>
          <p>{t(said)}</p>
        </Notice>
      )}
      {extensions.map((one) => (
        <Act key={one.procedure} title={`${t('actExtend')}: ${say(one.procedureName)}`} help={t('actExtendHelp')}>
          <ActForm
            button={t('actExtend')}
            keptAs={`${code} extension ${one.procedure}`}
            names={{ days: t('actDays'), reason: t('actExtendReason') }}
            onDone={done('actExtendDone')}
            send={(form, key) =>
              act(
                '/cases/{code}/procedures/{procedure}/extension',
                { code, procedure: one.procedure },
                { days: Number(textOf(form, 'days')), reason: textOf(form, 'reason') },
                key,
              )
            }
          >
            <Days id={`extension-${one.procedure}`} most={one.most} />
            <Reason id={`extension-${one.procedure}`} label={t('actExtendReason')} />
          </ActForm>
        </Act>
      ))}
      {moreTime.map((one) => (
        <MoreTime key={one.procedure + one.requestId} code={code} one={one} onDone={done('actMoreTimeDone')} />
      ))}
      {late.map((one) => (
        <LateAnswer
          key={`${one.procedure} ${one.n} ${one.agency}`}
          code={code}
          one={one}
          onDone={done('actReopenDone')}
        />
      ))}
      {hearing !== null && <Hearing code={code} hearing={hearing} onDone={done('actHearingDone')} />}
      {facts.length > 0 && <Correction code={code} facts={facts} onDone={done('actCorrectionDone')} />}
      {may.interest && (
        <Act title={t('actInterest')} help={t('actInterestHelp')}>
          <ActForm
            button={t('actInterestSend')}
            names={{ reason: t('actInterestReason') }}
            onDone={leave}
            send={(form, key) =>
              act('/cases/{code}/interest-declarations', { code }, { reason: textOf(form, 'reason') }, key)
            }
          >
            <Reason id="interest" label={t('actInterestReason')} />
            <Sure says={t('actInterestSure')} />
          </ActForm>
        </Act>
      )}
    </section>
  );
}

/** One act, folded away until somebody needs it. */
function Act({
  title,
  help,
  children,
}: {
  readonly title: string;
  readonly help: string;
  readonly children: ReactNode;
}) {
  return (
    <details>
      <summary>{title}</summary>
      <p className={parts['help']}>{help}</p>
      {children}
    </details>
  );
}

function Reason({ id, label }: { readonly id: string; readonly label: string }) {
  return (
    <div className={parts['field']}>
      <label htmlFor={`${id}-reason`}>{label}</label>
      <textarea id={`${id}-reason`} name="reason" required maxLength={4000} />
    </div>
  );
}

function Days({ id, most }: { readonly id: string; readonly most: Acts['extensions'][number]['most'] }) {
  const { t } = useWords();
  const term = useTerm();
  return (
    <div className={parts['field']}>
      <label htmlFor={`${id}-days`}>{t('actDays')}</label>
      <p className={parts['help']} id={`${id}-most`}>
        {t('actDaysMost', { most: term(most) })}
      </p>
      <input
        id={`${id}-days`}
        name="days"
        type="number"
        min={1}
        max={most.amount}
        step={1}
        required
        aria-describedby={`${id}-most`}
      />
    </div>
  );
}

/** What can't be undone is said, and has to be understood; not kept with what is typed. */
function Sure({ says }: { readonly says: string }) {
  return (
    <p>
      <label>
        <input type="checkbox" required /> {says}
      </label>
    </p>
  );
}

interface OneProps<T> {
  readonly code: string;
  readonly one: T;
  readonly onDone: () => void;
}

/** More time for the investor to answer a request. */
function MoreTime({ code, one, onDone }: OneProps<Acts['moreTime'][number]>) {
  const { t, say, day } = useWords();
  const { procedure, requestId } = one;
  const id = `more-${procedure}-${requestId}`;
  return (
    <Act
      title={t('actMoreTime', { procedure: say(one.procedureName), day: day(one.deadline) })}
      help={t('actMoreTimeHelp')}
    >
      <ActForm
        button={t('actMoreTimeSend')}
        keptAs={`${code} ${id}`}
        names={{ days: t('actDays'), reason: t('actExtendReason') }}
        onDone={onDone}
        send={(form, key) =>
          act(
            '/cases/{code}/procedures/{procedure}/supplements/{requestId}/extension',
            { code, procedure, requestId },
            { days: Number(textOf(form, 'days')), reason: textOf(form, 'reason') },
            key,
          )
        }
      >
        <Days id={id} most={one.most} />
        <Reason id={id} label={t('actExtendReason')} />
      </ActForm>
    </Act>
  );
}

/** An opinion that came late is weighed after all. */
function LateAnswer({ code, one, onDone }: OneProps<Acts['lateAnswers'][number]>) {
  const { t, say } = useWords();
  const { procedure, n, agency, position } = one;
  const id = `late-${procedure}-${n}-${agency}`;
  return (
    <Act title={t('actReopen', { agency: say(one.agencyName) })} help={t('actReopenHelp')}>
      <Facts
        items={[
          [t('colProcedure'), say(one.procedureName)],
          one.stepName === null ? null : [t('colStep'), say(one.stepName)],
          position === null
            ? null
            : [t('actReopenPosition'), <Tag tone={positions[position][1]}>{t(positions[position][0])}</Tag>],
        ]}
      />
      <ActForm
        button={t('actReopenSend')}
        keptAs={`${code} ${id}`}
        names={{ reason: t('actReopenReason') }}
        onDone={onDone}
        send={(form, key) =>
          act(
            '/cases/{code}/procedures/{procedure}/consultations/{n}/reopening',
            { code, procedure, n: String(n) },
            { agency, reason: textOf(form, 'reason') },
            key,
          )
        }
      >
        <Reason id={id} label={t('actReopenReason')} />
        <Sure says={t('actReopenSure')} />
      </ActForm>
    </Act>
  );
}

/** The investor is heard about tests of the lane before it is taken back. */
function Hearing(props: {
  readonly code: string;
  readonly hearing: NonNullable<Acts['laneHearing']>;
  readonly onDone: () => void;
}) {
  const { code, hearing, onDone } = props;
  const { t, say } = useWords();
  const [doubted, setDoubted] = useState<readonly string[]>([]);
  return (
    <Act title={t('actHearing')} help={t('actHearingHelp')}>
      <ActForm
        button={t('actHearingSend')}
        names={{ predicates: t('hearingTests'), reason: t('actHearingReason') }}
        onDone={onDone}
        send={(form, key) =>
          act(
            '/cases/{code}/lane-hearings',
            { code },
            {
              predicates: hearing.predicates.flatMap(({ id }) => (doubted.includes(id) ? [id] : [])),
              reason: textOf(form, 'reason'),
            },
            key,
          )
        }
      >
        <fieldset>
          <legend>{t('hearingTests')}</legend>
          {hearing.predicates.map(({ id, name }) => (
            <p key={id}>
              <label>
                <input
                  type="checkbox"
                  checked={doubted.includes(id)}
                  // One at least: the browser says so at the first.
                  required={doubted.length === 0}
                  onChange={({ currentTarget }) =>
                    setDoubted(currentTarget.checked ? [...doubted, id] : doubted.filter((one) => one !== id))
                  }
                />{' '}
                {say(name)}
              </label>
            </p>
          ))}
        </fieldset>
        <Reason id="hearing" label={t('actHearingReason')} />
      </ActForm>
    </Act>
  );
}

/** A fact of the project is otherwise than the case has it. */
function Correction(props: { readonly code: string; readonly facts: Acts['facts']; readonly onDone: () => void }) {
  const { code, facts, onDone } = props;
  const words = useWords();
  const { t, say } = words;
  const [chosen, choose] = useState('');
  const fact = facts.find((one) => one.fact === chosen);
  return (
    <Act title={t('actCorrection')} help={t('actCorrectionHelp')}>
      <ActForm
        button={t('actCorrectionSend')}
        names={{ facts: t('actCorrectionFact'), reason: t('actCorrectionReason') }}
        onDone={onDone}
        send={(form, key) =>
          act(
            '/cases/{code}/official-corrections',
            { code },
            { facts: factsFrom(form, fact === undefined ? [] : [fact]), reason: textOf(form, 'reason') },
            key,
          )
        }
      >
        <div className={parts['field']}>
          <label htmlFor="correction-fact">{t('actCorrectionFact')}</label>
          <select
            id="correction-fact"
            required
            value={chosen}
            onChange={({ currentTarget }) => choose(currentTarget.value)}
          >
            <option value="">{t('choose')}</option>
            {facts.map((one) => (
              <option key={one.fact} value={one.fact}>
                {say(one.name)}
              </option>
            ))}
          </select>
        </div>
        {fact !== undefined && (
          <>
            <p>{t('factNow', { value: factText(fact, fact.known, words) })}</p>
            <FactFields key={fact.fact} facts={[fact]} />
          </>
        )}
        <Reason id="correction" label={t('actCorrectionReason')} />
      </ActForm>
    </Act>
  );
}
