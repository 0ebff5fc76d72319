import { refuse } from '../../errors.js';
import type { ProcedureDefinition } from '../../law/procedure.js';
import type { Calendar } from '../../time/calendar.js';
import { dateOf, laterOf, type Instant, type PlainDate } from '../../time/instants.js';
import { termEnd } from '../../time/term-end.js';
import { declarationGate } from './progress.js';
import type { ProcedureState } from './state.js';
import type { DossierDocument } from './words.js';

type Asked = Pick<ProcedureDefinition, 'documents'>;

/** The investor has to give it: neither what a register of the State holds, nor what is only given «if any». */
export const isRequired = ({ obtainableFrom, ifAny }: Asked['documents'][number]): boolean =>
  obtainableFrom === null && !ifAny;

/** What the definition requires and nobody has given. */
export function missingDocuments({ documents }: Asked, filed: ReadonlySet<string>): string[] {
  return documents.filter((document) => isRequired(document) && !filed.has(document.code)).map(({ code }) => code);
}

/**
 * When a dossier became a valid one: with form 01, or with the answer that completed it; undefined while something is missing. What the completeness
 * check found complete is complete.
 */
export function validSince(
  procedure: Pick<ProcedureState, 'receivedAt' | 'filings' | 'steps'>,
  asked: Asked,
): Instant | undefined {
  const { receivedAt, filings, steps } = procedure;
  if (receivedAt === null) return undefined;
  const filed = new Set<string>();
  for (const { at, documents } of filings) {
    for (const { code } of documents) filed.add(code);
    if (missingDocuments(asked, filed).length === 0) return laterOf(receivedAt, at);
  }
  return steps['completeness-check']?.outcome === 'complete' ? receivedAt : undefined;
}

/**
 * When the dossier came as far as it has to be there: its last filing, or what was missing in it and was added before anybody examined it; null before the first.
 * What is given beside it, or in the place of a file that is there, moves no day: whoever finds a file wrong says so with form 02.
 */
export function filedSince({ filings }: Pick<ProcedureState, 'filings'>): Instant | null {
  const last = filings.at(-1);
  return last ? (last.changedAt ?? last.at) : null;
}

/** NĐ 96/2026, Điều 41.1: a declaration lapses where no dossier is filed in its days; the one that comes later is declared anew. */
export function declarationHolds({ declaration, filings }: Pick<ProcedureState, 'declaration' | 'filings'>): boolean {
  const filedAt = filings.at(-1)?.at;
  return declaration !== null && (filedAt === undefined || holdsFor(declaration, filedAt));
}

/** Until when a declaration made on this day holds: the term of the procedure's own gate, by its own calendar. */
export function declarationLapses(
  { gates }: Pick<ProcedureDefinition, 'gates'>,
  calendar: Calendar,
  declaredOn: PlainDate,
): PlainDate {
  const lapse = gates.find(({ code }) => code === declarationGate)?.lapse;
  return termEnd(calendar, declaredOn, lapse ?? refuse('DEFINITION_INVALID', { gate: declarationGate }));
}

/** Whether a declaration that was made covers a dossier filed at this instant. */
const holdsFor = ({ lapsesOn }: NonNullable<ProcedureState['declaration']>, filedAt: Instant): boolean =>
  dateOf(filedAt) <= lapsesOn;

/** Whether a dossier of this kind that is filed at this instant has to be declared on the National Investment Information System first. */
export const isToBeDeclared = (
  { gates }: Pick<ProcedureDefinition, 'gates'>,
  { declaration }: Pick<ProcedureState, 'declaration'>,
  filedAt: Instant,
): boolean =>
  gates.some(({ code }) => code === declarationGate) && (declaration === null || !holdsFor(declaration, filedAt));

/** Whether registers are asked for some of it; whoever named a register in what they gave agrees that it is asked. */
export function fetched(
  documents: readonly DossierDocument[],
  given: readonly DossierDocument[],
): { readonly fetches?: true; readonly agreed?: readonly string[] } {
  const held = (all: readonly DossierDocument[]) =>
    all.flatMap(({ code, documentId, obtainedFrom }) => (documentId === null && obtainedFrom !== null ? [code] : []));
  if (held(documents).length === 0) return {};
  const agreed = held(given);
  return { fetches: true, ...(agreed.length > 0 && { agreed }) };
}
