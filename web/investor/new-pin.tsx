import { useRef, useState } from 'react';
import { act } from '../api/call.js';
import { ActForm } from '../app/act-form.js';
import { Facts, Notice } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';

/** Another PIN for the public look-up: the old one stops, the new one is shown once. */
export function NewPin({ code }: { readonly code: string }) {
  const { t } = useWords();
  const [made, setMade] = useState<{ readonly code: string; readonly pin: string }>();
  return (
    <section>
      <h2>{t('pinTitle')}</h2>
      {made?.code === code ? (
        <Made code={made.code} pin={made.pin} />
      ) : (
        <details>
          <summary>{t('pinLost')}</summary>
          <p>{t('pinLead')}</p>
          <ActForm
            button={t('pinMake')}
            send={async (_form, key) => setMade((await act('/cases/{code}/pin', { code }, {}, key)).public)}
            onDone={() => undefined}
          >
            <label className={parts['choice']}>
              <input type="checkbox" required />
              {t('pinOldStops')}
            </label>
          </ActForm>
        </details>
      )}
    </section>
  );
}

function Made({ code, pin }: { readonly code: string; readonly pin: string }) {
  const { t } = useWords();
  const slip = useRef<HTMLDivElement>(null);
  const [copied, setCopied] = useState<boolean>();
  const copy = () => {
    navigator.clipboard.writeText(`${t('statusCode')}: ${code}\n${t('statusPin')}: ${pin}`).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  const print = () => {
    // Alone on its sheet: see `base.css`.
    slip.current?.setAttribute('data-printed-alone', '');
    window.print();
    slip.current?.removeAttribute('data-printed-alone');
  };
  return (
    <Notice tone="green" alert>
      <div ref={slip}>
        <Facts
          items={[
            [t('statusCode'), <strong>{code}</strong>],
            [t('statusPin'), <strong>{pin}</strong>],
          ]}
        />
        <p>{t('pinOnce')}</p>
      </div>
      <div className={parts['actions']}>
        <button type="button" className={parts['secondary']} onClick={copy}>
          {t('pinCopy')}
        </button>
        <button type="button" className={parts['secondary']} onClick={print}>
          {t('pinPrint')}
        </button>
        <span role="status">{copied !== undefined && t(copied ? 'whyCopied' : 'pinNotCopied')}</span>
      </div>
    </Notice>
  );
}
