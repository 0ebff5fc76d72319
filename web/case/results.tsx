import type { CaseProcedure } from '../api/contract.js';
import { Facts } from '../parts/parts.js';
import { Attachments } from './attachments.js';
import { useWords } from '../words/language.js';

const nothing = { fields: [], reasons: [] } as const;

/** What was decided in each procedure: the fields of the result and the reasons with their clauses. */
export function Results({
  procedures,
  withheld,
}: {
  readonly procedures: readonly CaseProcedure[];
  readonly withheld: readonly string[];
}) {
  const { t, say, day } = useWords();
  const decided = procedures.flatMap(({ name, procedure, attempt, decision, attachments }) =>
    decision === null || (decision.content === null && attachments.length === 0)
      ? []
      : [{ name, id: `${procedure}-${attempt}`, decision, content: decision.content ?? nothing, attachments }],
  );
  if (decided.length === 0) return null;
  return (
    <section>
      <h2>{t('resultsTitle')}</h2>
      {decided.map(({ id, name, decision, content, attachments }) => (
        <details key={id}>
          <summary>
            <strong>{say(name)}</strong> · {day(decision.at)}
            {decision.number !== null && ` · ${t('resultNumber', { number: decision.number })}`}
          </summary>
          <Attachments items={attachments} withheld={withheld} />
          <Facts items={content.fields.map((field) => [say(field.name), <Value key={field.code} field={field} />])} />
          {content.reasons.length > 0 && (
            <>
              <h3>{t('resultReasons')}</h3>
              <ul>
                {content.reasons.map(({ text, legalBasis }) => (
                  <li key={text}>
                    {text} ({legalBasis})
                  </li>
                ))}
              </ul>
            </>
          )}
        </details>
      ))}
    </section>
  );
}

type Field = NonNullable<NonNullable<CaseProcedure['decision']>['content']>['fields'][number];

function Value({ field: { kind, value, unit } }: { readonly field: Field }) {
  const { say, day, amount } = useWords();
  const shown = kind === 'date' ? day(value) : kind === 'text' ? value : amount(value);
  return `${shown}${unit === null ? '' : ` ${say(unit)}`}`;
}
