import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Draft, Receipt, TrialReceipt } from '../api/contract.js';
import { useAct } from '../app/act.js';
import { Failure, useTitle } from '../app/states.js';
import { Notice } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { attemptAt, forgetAttempt, receiptAgain } from './file-draft.js';
import type { Guide } from './guided.js';

/** A draft that became a case: where it is, and its receipt with the PIN where that was never read here. */
export function FiledDraft({ draft, guide }: { readonly draft: Draft; readonly guide: Guide }) {
  const { t } = useWords();
  const { busy, failed, run } = useAct();
  const [receipt, setReceipt] = useState<Receipt | TrialReceipt>();
  const [attempt] = useState(() => attemptAt(draft.id));
  useTitle(t(guide.title));
  if (receipt !== undefined) return <guide.Received receipt={receipt} />;
  return (
    <>
      <h1>{t(guide.title)}</h1>
      <Notice tone="blue">
        <p>{t('filedAlready')}</p>
        {draft.case !== null && (
          <p>
            <Link to="/cases/$code" params={{ code: draft.case }}>
              {t('filedCase', { code: draft.case })}
            </Link>
          </p>
        )}
      </Notice>
      {attempt !== undefined && (
        <>
          <p>{t('filedReceiptHelp')}</p>
          {failed !== undefined && <Failure error={failed} />}
          <div className={parts['actions']}>
            <button
              type="button"
              disabled={busy}
              onClick={() =>
                run(
                  () => receiptAgain(draft.id, attempt),
                  (found) => {
                    forgetAttempt(draft.id);
                    setReceipt(found);
                  },
                )
              }
            >
              {t(busy ? 'sending' : 'filedReceipt')}
            </button>
          </div>
        </>
      )}
    </>
  );
}
