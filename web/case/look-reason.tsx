import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { lookReasonName, type LookReason, lookReasons } from '../../domain/people/look-reasons.js';
import { read } from '../api/call.js';
import type { Case } from '../api/contract.js';
import { Failure } from '../app/states.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';

/** To an official without a task on the case: how their look is kept, and a reason they may add. Nothing waits for it. */
export function LookReasonField({
  code,
  reading,
}: {
  readonly code: string;
  readonly reading: NonNullable<Case['reading']>;
}) {
  const { t, say } = useWords();
  const queries = useQueryClient();
  const [failed, setFailed] = useState<unknown>();
  const state = (reason: string) => {
    read('/cases/{code}', { code }, {}, { 'X-Reading-Reason': reason }).then(
      (answer) => queries.setQueryData(['case', code], answer),
      setFailed,
    );
  };
  return (
    <p className={parts['faint']}>
      {failed !== undefined && <Failure error={failed} />}
      {t('lookNoTask')}{' '}
      <label>
        {t('lookWhy')}{' '}
        <select value={reading.reason ?? ''} onChange={({ target }) => state(target.value)}>
          {reading.reason === null && <option value="">{t('lookWhyNone')}</option>}
          {lookReasons.map((one: LookReason) => (
            <option key={one} value={one}>
              {say(lookReasonName(one))}
            </option>
          ))}
        </select>
      </label>
    </p>
  );
}
