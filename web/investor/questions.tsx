import { useQuery, useQueryClient } from '@tanstack/react-query';
import { act, read } from '../api/call.js';
import type { RoadmapItem } from '../api/contract.js';
import { textOf } from '../app/act.js';
import { ActForm } from '../app/act-form.js';
import { Failure, Loading } from '../app/states.js';
import { Tag } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { actName } from './acting-in.js';
import { covers, type HeldPower } from './acting.js';

interface Asking {
  /** Of whoever acts for the investor. */
  readonly powers: readonly HeldPower[] | undefined;
  readonly open: boolean;
}

/** What the investor's side asked the agencies and what they answered; who is of that side asks here. */
export function QuestionsOfCase(props: {
  readonly code: string;
  readonly procedures: readonly Pick<RoadmapItem, 'procedure' | 'name'>[];
  /** Left out: for those who only read. */
  readonly asking?: Asking;
}) {
  const { code, procedures, asking } = props;
  const { t, say, moment } = useWords();
  const queries = useQueryClient();
  const queryKey = ['questions', code];
  const { data, error } = useQuery({
    queryKey,
    queryFn: () => read('/cases/{code}/questions', { code }),
    refetchInterval: 60_000,
  });
  const nameOf = (procedure: string | null) => {
    const known = procedures.find((one) => one.procedure === procedure);
    return procedure === null ? t('questionOfCase') : known === undefined ? procedure : say(known.name);
  };
  if (data === undefined) return error === null ? <Loading /> : <Failure error={error} />;
  if (data.items.length === 0 && asking?.open !== true) return null;
  return (
    <section aria-labelledby="questions-title">
      <h2 id="questions-title">{t('questionsTitle')}</h2>
      {data.items.length === 0 ? (
        <p>{t('questionsNone')}</p>
      ) : (
        <ol>
          {data.items.map(({ id, procedure, agencyName, text, askedAt, askedBy, answer }) => (
            <li key={id}>
              <p>
                <strong>{text ?? t('erased')}</strong>
                <br />
                <span className={parts['faint']}>
                  {[nameOf(procedure), say(agencyName), askedBy.name, moment(askedAt)]
                    .filter((one) => one !== null)
                    .join(' · ')}
                </span>
              </p>
              {answer === null ? (
                <p>
                  <Tag tone="amber">{t('questionWaits')}</Tag>
                </p>
              ) : (
                <p>
                  {answer.text ?? t('erased')}
                  <br />
                  <span className={parts['faint']}>{t('questionAnsweredAt', { at: moment(answer.answeredAt) })}</span>
                </p>
              )}
            </li>
          ))}
        </ol>
      )}
      {asking?.open === true && (
        <Ask
          code={code}
          procedures={procedures}
          powers={asking.powers}
          onDone={() => void queries.invalidateQueries({ queryKey })}
        />
      )}
    </section>
  );
}

function Ask(props: {
  readonly code: string;
  readonly procedures: readonly Pick<RoadmapItem, 'procedure' | 'name'>[];
  readonly powers: readonly HeldPower[] | undefined;
  readonly onDone: () => void;
}) {
  const { code, procedures, powers, onDone } = props;
  const { t, say } = useWords();
  const choices = procedures.filter(({ procedure }) => covers(powers, 'askQuestion', procedure));
  const ofCase = covers(powers, 'askQuestion');
  if (choices.length === 0 && !ofCase)
    return (
      <p>
        {powers?.some(({ memberAs }) => memberAs !== null) === true
          ? t('memberReadsOnly')
          : t('actingNotThis', { act: actName('askQuestion', say) })}
      </p>
    );
  return (
    <details>
      <summary>{t('questionAsk')}</summary>
      <p>{t('questionLead')}</p>
      <ActForm
        again
        keptAs={`question ${code}`}
        button={t('questionSend')}
        names={{ procedure: t('questionAbout'), text: t('questionText') }}
        onDone={onDone}
        send={(form, key) => {
          const procedure = textOf(form, 'procedure');
          const body = { text: textOf(form, 'text'), procedure: procedure === '' ? null : procedure };
          return act('/cases/{code}/questions', { code }, body, key);
        }}
      >
        <div className={parts['field']}>
          <label htmlFor="question-about">{t('questionAbout')}</label>
          <select id="question-about" name="procedure">
            {ofCase && <option value="">{t('questionOfCase')}</option>}
            {choices.map(({ procedure, name }) => (
              <option key={procedure} value={procedure}>
                {say(name)}
              </option>
            ))}
          </select>
        </div>
        <div className={parts['field']}>
          <label htmlFor="question-text">{t('questionText')}</label>
          <textarea id="question-text" name="text" required maxLength={4000} rows={4} />
        </div>
      </ActForm>
    </details>
  );
}
