import type pg from 'pg';
import { type LoadedLaw } from '../db/law/law.js';
import { type LawSource } from '../db/law/live-law.js';
import { trackingBook } from '../db/read/forms.js';
import { refuse } from '../domain/errors.js';
import { daysBetween, type PlainDate } from '../domain/time/instants.js';
import { type BookEntry } from '../forms/tracking-book.js';
import { type Person } from './auth/person.js';
import { portalStatusOf } from './schemas/portal-status.js';

export const bookReaders = ['receiving-officer', 'officer', 'head', 'leader', 'auditor', 'admin'] as const;
const readsEveryBook: ReadonlySet<Person['role']> = new Set(['leader', 'auditor', 'admin']);

/** An agency's book is read in that agency, in the one that took its place, and by whoever reads every case. */
export const mayReadBook =
  (law: LawSource) =>
  ({ person, params }: { readonly person: Person; readonly params: { readonly agency: string } }): Promise<void> => {
    const { agency } = params;
    const isOwn = person.agency === agency || person.agency === law.current().law.successorOf(agency);
    if (!isOwn && !readsEveryBook.has(person.role)) refuse('FORBIDDEN', { agency });
    return Promise.resolve();
  };

/** The dossiers of a period within one year. Refuses `NOT_FOUND`, and `VALIDATION_FAILED` for more than `most` or a period that is none. */
export async function readBook(
  pool: pg.Pool,
  { law, catalogue }: LoadedLaw,
  { agency, from, to }: { readonly agency: string; readonly from: PlainDate; readonly to: PlainDate },
  most: number,
): Promise<BookEntry[]> {
  if (!catalogue.agencies.has(agency)) refuse('NOT_FOUND', { agency });
  if (daysBetween(from, to) < 0) refuse('VALIDATION_FAILED', { field: 'to', before: from });
  if (from.slice(0, 4) !== to.slice(0, 4)) refuse('VALIDATION_FAILED', { field: 'to', withinYear: from.slice(0, 4) });
  const keeper = agency === law.receivingAgency ? null : agency;
  const found = await trackingBook(pool, { agency: keeper, from, to, limit: most + 1 });
  if (found.length > most) refuse('VALIDATION_FAILED', { field: 'to', maxDossiers: most });
  return found.map(({ portalStatus, ...row }) => ({ ...row, status: portalStatusOf(portalStatus).name }));
}
