import type { Case } from '../api/contract.js';
import { documentAddress, useDocuments } from '../documents/documents.js';
import { Tag } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Words } from '../words/language.js';

type Question = Case['factQuestions'][number];
type Asked = Pick<Question['facts'][number], 'fact' | 'name' | 'kind' | 'values'>;
type Value = string | number | boolean | null;

/** One input for each fact that is asked for; `proposed`: what it shows at first. */
export function FactFields({ facts }: { readonly facts: readonly (Asked & { readonly proposed?: Value })[] }) {
  const { t, say } = useWords();
  return facts.map(({ fact, name, kind, values, proposed = null }) => (
    <div key={fact} className={parts['field']}>
      <label htmlFor={fact}>{say(name)}</label>
      {kind === 'number' ? (
        <input
          id={fact}
          name={fact}
          type="number"
          step="any"
          min={0}
          required
          defaultValue={proposed === null ? '' : String(proposed)}
        />
      ) : (
        <select id={fact} name={fact} required defaultValue={proposed === null ? '' : String(proposed)}>
          <option value="">–</option>
          {kind === 'code' ? (
            values.map((one) => (
              <option key={one.code} value={one.code}>
                {say(one.name)}
              </option>
            ))
          ) : (
            <>
              <option value="true">{t('yes')}</option>
              <option value="false">{t('no')}</option>
            </>
          )}
        </select>
      )}
    </div>
  ));
}

/** What the form says of the facts that are asked for. */
export function factsFrom(form: FormData, facts: readonly Asked[]): Record<string, string | number | boolean> {
  return Object.fromEntries(
    facts.flatMap(({ fact, kind }) => {
      const said = form.get(fact);
      if (typeof said !== 'string' || said === '') return [];
      return [[fact, kind === 'number' ? Number(said) : kind === 'truth' ? said === 'true' : said]];
    }),
  );
}

const outcomes = {
  confirmed: ['factConfirmed', 'green'],
  kept: ['factKept', 'plain'],
  overtaken: ['factConfirmed', 'green'],
} as const;

/** What a fact is, in words. */
export function factText({ kind, values }: Asked, value: Value, { t, say }: Words): string {
  if (value === null) return t('unknown');
  if (kind === 'truth') return t(value === true ? 'yes' : 'no');
  const named = values.find(({ code }) => code === value);
  return named === undefined ? String(value) : say(named.name);
}

/** Facts nobody knew or that somebody put right: what was said, what shows it, and what was confirmed. */
export function FactQuestions({
  questions,
  withheld,
}: {
  readonly questions: readonly Question[];
  readonly withheld: readonly string[];
}) {
  const words = useWords();
  const { cite, t, say, day } = words;
  const { link, view } = useDocuments(withheld);
  return (
    <section>
      <h2>{t('factQuestionsTitle')}</h2>
      <ul>
        {questions.map((one) => (
          <li key={one.id}>
            {one.facts.map((fact) => (
              <span key={fact.fact}>
                <strong>{say(fact.name)}</strong>:{' '}
                {fact.proposed === null
                  ? t('factUnknown')
                  : t('factProposed', { value: factText(fact, fact.proposed, words) })}
                {' · '}
                {t('factNow', { value: factText(fact, fact.known, words) })}{' '}
              </span>
            ))}
            {one.outcome === null ? (
              <Tag tone="amber">
                {one.answerBy === null ? t('factOpen') : t('factOpenUntil', { day: day(one.answerBy) })}
              </Tag>
            ) : (
              <Tag tone={outcomes[one.outcome][1]}>{t(outcomes[one.outcome][0])}</Tag>
            )}
            {one.reason !== null && <p>{one.reason}</p>}
            {one.documentId !== null && <p>{link(documentAddress(one.documentId), t('factShown'))}</p>}
            {one.decision !== null && (
              <p>
                {one.decision}
                {one.legalBasis !== null && ` (${cite(one.legalBasis)})`}
              </p>
            )}
          </li>
        ))}
      </ul>
      {view}
    </section>
  );
}
