import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { act, read } from '../api/call.js';
import type { RehearsalAdvance } from '../api/contract.js';
import { Notice } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { useAct } from './act.js';
import { Failure } from './states.js';

/** Lets business time pass up to an instant, and waits until everything that was to happen has happened, or until it is known that it has not. */
export async function passTime(to: string, key: string): Promise<RehearsalAdvance> {
  const { id } = await act('/rehearsal/advances', {}, { to }, key);
  for (;;) {
    const advance = await read('/rehearsal/advances/{id}', { id }, { wait: '10s' });
    if (advance.status !== 'pending' && advance.status !== 'running') return advance;
  }
}

/** What is to be done after time has passed: everything is read anew, and what did not come to rest is said. */
export function useRehearsed(): { readonly done: (advance: RehearsalAdvance) => void; readonly said: ReactNode } {
  const { t } = useWords();
  const queries = useQueryClient();
  const [restless, setRestless] = useState<RehearsalAdvance>();
  return {
    done: (advance) => {
      setRestless(advance.status === 'quiet' ? undefined : advance);
      void queries.invalidateQueries();
    },
    said: restless !== undefined && (
      <Notice tone="amber" alert>
        <p>
          {t('rehearsalRestless')} <code>{JSON.stringify(restless.detail)}</code>
        </p>
      </Notice>
    ),
  };
}

/** In rehearsal: lets time pass up to what happens next. */
export function NextEvent() {
  const { t, moment } = useWords();
  const next = useQuery({ queryKey: ['rehearsal-next'], queryFn: () => read('/rehearsal/next') });
  const { busy, failed, run } = useAct();
  const { done, said } = useRehearsed();
  const at = next.data?.at ?? null;
  return (
    <>
      {failed !== undefined && <Failure error={failed} />}
      {said}
      <p>
        {at === null ? (
          t('rehearsalNothing')
        ) : (
          <button
            type="button"
            className={parts['secondary']}
            disabled={busy}
            onClick={() => run((key) => passTime(at, key), done)}
          >
            {t(busy ? 'rehearsalGoing' : 'rehearsalNext', { at: moment(at) })}
          </button>
        )}
      </p>
    </>
  );
}
