import { useWords } from '../../words/language.js';
import type { Given } from '../dashboards.js';
import css from '../leader.module.css';

/** On paper nothing opens: there every definition stands at the end. */
export function Definitions({ measures }: Pick<Given, 'measures'>) {
  const { t, say } = useWords();
  return (
    <section className={css['printed']}>
      <h2>{t('boardDefinitions')}</h2>
      <dl>
        {measures.map(({ code, name, definition, population }) => (
          <div key={code}>
            <dt>
              <strong>{say(name)}</strong>
            </dt>
            <dd>
              {say(definition)} {say(population)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
