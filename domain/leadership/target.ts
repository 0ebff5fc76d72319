import { refuse } from '../errors.js';
import { requireExisting, type Law } from '../law/law.js';
import { dateOf, type Instant } from '../time/instants.js';
import type { ReportFigure } from './report-figures.js';

/** The figures an agency is given a target for, and on which side of it they are to be. */
export const targetFigures = {
  onTime: 'at-least',
  opinions: 'at-least',
  overdue: 'at-most',
  waiting: 'at-most',
} as const satisfies Partial<Record<ReportFigure['figure'], 'at-least' | 'at-most'>>;
export type TargetFigure = keyof typeof targetFigures;

/** A quantified target of a year, set by leadership for an agency and so for its head. `value` null: taken back. A share is between 0 and 1. */
export interface TargetAct {
  readonly kind: 'target-set';
  readonly agency: string;
  readonly figure: TargetFigure;
  readonly value: string | null;
  /** The decision behind it, or why it is another one now. */
  readonly basis: string;
}

/** One act as the register keeps it. */
export interface KeptTargetAct {
  readonly at: Instant;
  readonly by: string | null;
  readonly act: TargetAct;
}

export interface SetTarget {
  readonly agency: string;
  readonly figure: TargetFigure;
  readonly value: string;
  readonly basis: string;
  readonly setBy: string | null;
  readonly setAt: Instant;
  /** How often it was set before. */
  readonly changes: number;
}

/** The targets of a year as they stand, by agency and figure; acts oldest first. */
export function foldTargets(acts: readonly KeptTargetAct[]): SetTarget[] {
  const found = new Map<string, SetTarget | { readonly changes: number }>();
  for (const { act, at, by } of acts) {
    const key = `${act.agency}/${act.figure}`;
    const before = found.get(key);
    const changes = before ? before.changes + 1 : 0;
    const { agency, figure, value, basis } = act;
    found.set(key, value === null ? { changes } : { agency, figure, value, basis, setBy: by, setAt: at, changes });
  }
  return [...found]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, one]) => ('agency' in one ? [one] : []));
}

/** Whether a figure is where its target wants it; null where there is nothing to measure yet. */
export const isMet = ({ figure, value }: Pick<SetTarget, 'figure' | 'value'>, now: ReportFigure): boolean | null =>
  now.value === null
    ? null
    : targetFigures[figure] === 'at-least'
      ? Number(now.value) >= Number(value)
      : Number(now.value) <= Number(value);

const decimalText = /^\d{1,5}(\.\d{1,4})?$/;

/**
 * Whether this target may be set for that year. Refuses `FORBIDDEN` to everybody but leadership, `AGENCY_NOT_COMMANDED`, `VALIDATION_FAILED` for a year that is over or
 * lies far ahead, or a value that no such figure can have.
 */
export function requireTarget(
  act: TargetAct,
  year: number,
  by: { readonly role: string },
  law: Pick<Law, 'commandedByCity' | 'successorOf'>,
  now: Instant,
): void {
  if (by.role !== 'leader') refuse('FORBIDDEN', { role: by.role });
  if (!law.commandedByCity(act.agency)) refuse('AGENCY_NOT_COMMANDED', { agency: act.agency });
  requireExisting(law, act.agency);
  const thisYear = Number(dateOf(now).slice(0, 4));
  if (year < thisYear || year > thisYear + 1)
    refuse('VALIDATION_FAILED', { field: 'year', from: thisYear, to: thisYear + 1 });
  const { value } = act;
  const isShare = targetFigures[act.figure] === 'at-least';
  if (value !== null && (!decimalText.test(value) || (isShare && Number(value) > 1)))
    refuse('VALIDATION_FAILED', { field: 'value', between: isShare ? [0, 1] : [0, 99_999] });
}
