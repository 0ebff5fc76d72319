import type { Rung } from '../../time/ladder.js';
import type { ProcedureState } from '../procedure/state.js';

/** The rung with which the apology is drafted: the last one before the date. */
export const lastBeforeDue = (ladder: readonly Rung[]): string | undefined =>
  ladder.flatMap((rung) => (rung.kind === 'before-due' ? [rung] : [])).sort((a, b) => a.workingDays - b.workingDays)[0]
    ?.code;

/** Whether the investor is owed an apology for this date and none was drafted yet. */
export const needsLetter = ({ receivedAt, decision, apologies }: ProcedureState, dueDate: string): boolean =>
  receivedAt !== null && !decision && !apologies.some((letter) => letter.dueDate === dueDate && !letter.voided);
