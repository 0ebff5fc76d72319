import { act } from '../api/call.js';
import { textOf } from '../app/act.js';
import { ActForm } from '../app/act-form.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';

/** The whole case is taken back: said what that ends, and asked once whether it is meant. */
export function Withdrawal({ code, onDone }: { readonly code: string; readonly onDone: () => void }) {
  const { t } = useWords();
  return (
    <section>
      <h2>{t('withdrawTitle')}</h2>
      <details>
        <summary>{t('withdrawOpen')}</summary>
        <p>{t('withdrawLead')}</p>
        <ActForm
          keptAs={`withdrawal ${code}`}
          button={t('withdrawDo')}
          names={{ reason: t('fieldReason') }}
          onDone={onDone}
          send={(form, key) => act('/cases/{code}/withdrawal', { code }, { reason: textOf(form, 'reason') }, key)}
        >
          <div className={parts['field']}>
            <label htmlFor="withdrawal-reason">{t('fieldReason')}</label>
            <textarea id="withdrawal-reason" name="reason" required maxLength={4000} rows={3} />
          </div>
          <label className={parts['choice']}>
            <input type="checkbox" required />
            {t('withdrawSure')}
          </label>
        </ActForm>
      </details>
    </section>
  );
}
