import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { act } from '../api/call.js';
import type { Procedure, ProcedurePreview, ProcedurePublication } from '../api/contract.js';
import { textOf, useAct } from '../app/act.js';
import { Failure } from '../app/states.js';
import { Notice } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { MovingTable } from './moving.js';
import { DataField, dataOf, NextVersion } from './next-version.js';

const own = ['version', 'validFrom', 'validTo', 'statutoryBudget', 'budgetBasis'] as const;

/** The next version of a procedure: from which day, in how many days, by which clause; and everything else as data. */
export function ProcedureForm({ held, today }: { readonly held: object; readonly today: string }) {
  const words = useWords();
  const { t } = words;
  const procedure = held as Procedure;
  const { code, statutoryBudget, budgetBasis } = procedure;
  const readNext = (form: FormData) => {
    const found = dataOf(form, words);
    if ('wrong' in found) return found;
    const { data } = found;
    const validFrom = textOf(form, 'validFrom');
    const next = {
      ...procedure,
      ...data,
      version: `${code}@${validFrom}`,
      validFrom,
      validTo: null,
      statutoryBudget: { amount: Number(textOf(form, 'amount')), unit: textOf(form, 'unit') },
      budgetBasis: textOf(form, 'budgetBasis'),
    };
    return { next };
  };
  return (
    <>
      <p>{t('procedureNextLead')}</p>
      <NextVersion
        name={`procedures/${code}`}
        held={held}
        readNext={readNext}
        fields={
          <>
            <div className={parts['field']}>
              <label htmlFor="next-from">{t('procedureNextFrom')}</label>
              <input id="next-from" name="validFrom" type="date" required min={today} />
            </div>
            <div className={parts['field']}>
              <label htmlFor="next-amount">{t('colTerm')}</label>
              <input
                id="next-amount"
                name="amount"
                inputMode="numeric"
                pattern="[1-9][0-9]{0,2}"
                required
                defaultValue={statutoryBudget.amount}
              />
            </div>
            <div className={parts['field']}>
              <label htmlFor="next-unit">{t('procedureUnit')}</label>
              <select id="next-unit" name="unit" defaultValue={statutoryBudget.unit}>
                <option value="working-day">{t('unitWorkingDays')}</option>
                <option value="calendar-day">{t('unitCalendarDays')}</option>
              </select>
            </div>
            <div className={parts['field']}>
              <label htmlFor="next-basis">{t('procedureBasis')}</label>
              <input id="next-basis" name="budgetBasis" required maxLength={500} defaultValue={budgetBasis} />
            </div>
            <DataField id="next-data" held={held} without={own} />
          </>
        }
      >
        {(next, _form, forget) => (
          <Publishing key={JSON.stringify(next)} next={next as ProcedurePublication} onSent={forget} />
        )}
      </NextVersion>
    </>
  );
}

/** Whether it holds together and what it would mean for procedures that run, before it is published. */
function Publishing({ next, onSent }: { readonly next: ProcedurePublication; readonly onSent: () => void }) {
  const { t, day } = useWords();
  const queries = useQueryClient();
  const looking = useAct();
  const publishing = useAct();
  const [effect, setEffect] = useState<ProcedurePreview>();
  const [published, setPublished] = useState(false);
  const { code } = next;
  if (published)
    return (
      <Notice tone="green" alert>
        <p>{t('procedurePublished', { from: day(next.validFrom) })}</p>
      </Notice>
    );
  return (
    <>
      {looking.failed !== undefined && <Failure error={looking.failed} />}
      {effect === undefined ? (
        <button
          type="button"
          className={parts['secondary']}
          disabled={looking.busy}
          onClick={() => looking.run((key) => act('/procedures/{code}/preview', { code }, next, key), setEffect)}
        >
          {t(looking.busy ? 'sending' : 'calendarPreview')}
        </button>
      ) : (
        <>
          <p>{t('procedureHolds', { from: day(effect.holdsFrom) })}</p>
          <MovingTable items={effect.items} more={effect.more} caption={t('procedureWouldMove')} />
          {publishing.failed !== undefined && <Failure error={publishing.failed} />}
          <button
            type="button"
            disabled={publishing.busy}
            onClick={() =>
              publishing.run(
                (key) => act('/procedures/{code}/versions', { code }, next, key),
                () => {
                  onSent();
                  setPublished(true);
                  for (const name of ['law', 'law-changes', 'procedures'])
                    void queries.invalidateQueries({ queryKey: [name] });
                },
              )
            }
          >
            {t(publishing.busy ? 'sending' : 'lawPropose')}
          </button>
        </>
      )}
    </>
  );
}
