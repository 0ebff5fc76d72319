import { textOf } from '../app/act.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';

/** By which document the City decided, and from which day it is to hold. */
export interface Deciding {
  readonly document: string;
  readonly effectiveFrom: string;
}
export const decidingOf = (form: FormData): Deciding => ({
  document: textOf(form, 'decision'),
  effectiveFrom: textOf(form, 'effectiveFrom'),
});

/** The deciding document and the day from which it is to hold. */
export function DecisionFields({ id, today }: { readonly id: string; readonly today: string }) {
  const { t } = useWords();
  return (
    <>
      <div className={parts['field']}>
        <label htmlFor={`${id}-decision`}>{t('cityDecision')}</label>
        <input id={`${id}-decision`} name="decision" required maxLength={500} />
      </div>
      <div className={parts['field']}>
        <label htmlFor={`${id}-from`}>{t('cityFrom')}</label>
        <input id={`${id}-from`} name="effectiveFrom" type="date" required min={today} defaultValue={today} />
      </div>
    </>
  );
}
