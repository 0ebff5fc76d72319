import { errors, Refusal } from '../../domain/errors.js';
import { screen } from '../../domain/lane/screening.js';
import type { Catalogue } from '../../domain/law/catalogue.js';
import type { Filing } from '../../domain/schemas/project.js';
import { dateOf, instant } from '../../domain/time/instants.js';
import type { Screening } from '../api/contract.js';
import type { Said } from '../words/words.js';
import { type DryRun, filingOf } from './dry-run.js';

/** What a filing on that day becomes by the law that is here, or why nothing can be said. */
export function tried(
  run: Pick<DryRun, 'answers' | 'day'>,
  at: string,
  catalogue: Catalogue,
): { readonly screening: Screening } | { readonly wrong: Said } {
  try {
    const filed = instant(run.day === '' ? at : `${run.day}T09:00:00+07:00`);
    const found = screen(filingOf(run) as unknown as Filing, filed, catalogue, dateOf(filed));
    return { screening: found as unknown as Screening };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { wrong: errors[error.code].title };
  }
}
