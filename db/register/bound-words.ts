import { createHash } from 'node:crypto';
import { canonical } from '../../domain/evidence/canonical.js';
import { paperNamed } from '../../domain/case/case/paper-numbers.js';
import { type CaseEvent, type EventOf, type EventType } from '../../domain/case/events.js';
import { type TextRef } from '../../domain/case/words.js';
import { documentsNamedIn } from '../../domain/case/procedure/named-documents.js';
import { type Difference } from './kept-rows.js';

/** What lies beside the events where it can be erased, as far as their hashes bind it. */
export interface BoundRows {
  /** null: there is none. */
  readonly filing: {
    readonly body: unknown;
    readonly nameVi: string | null;
    readonly nameEn: string | null;
    readonly erased: boolean;
  } | null;
  readonly texts: readonly {
    readonly id: string;
    readonly body: string | null;
    readonly salt: string | null;
    readonly hash: string;
    readonly erased: boolean;
    /** Sealed, and not opened: its key is not at hand, or it is not what was sealed. */
    readonly seal: 'away' | 'broken' | null;
  }[];
  readonly names: readonly {
    readonly kind: string;
    readonly subject: string;
    readonly seq: number;
    readonly body: string | null;
    readonly salt: string | null;
    readonly hash: string;
    readonly erased: boolean;
  }[];
  /** Readings of a trial's signed batches, by their event. */
  readonly batches: readonly {
    readonly seq: number;
    readonly readings: string | null;
    readonly salt: string | null;
    readonly hash: string;
    readonly erased: boolean;
  }[];
  readonly documents: readonly { readonly id: string; readonly sha256: string; readonly erased: boolean }[];
  readonly numbers: readonly { readonly paper: string; readonly form: string; readonly number: number }[];
}

/** What the events of a case point at, gathered one event at a time. */
export class Pointers {
  filing: { readonly hash: string; readonly seq: number } | null = null;
  readonly texts = new Map<string, TextRef & { readonly seq: number }>();
  /** Hash of the readings that belong to an event, by its sequence. */
  readonly batches = new Map<number, string>();
  /** Of the papers that events issue, by their sequence; those of 0.3.0 and before say none. */
  readonly numbers = new Map<number, { readonly type: EventType; readonly number: number }>();
  /** By id; `sha256` undefined: no event says what its bytes were. */
  readonly documents = new Map<string, { readonly seq: number; readonly sha256: string | undefined }>();

  take(event: CaseEvent): void {
    const { seq, payload } = event;
    if (event.type === 'caseOpened') this.filing = { hash: (event as EventOf<'caseOpened'>).payload.filingHash, seq };
    if (event.type === 'metricsAccepted' && event.payload.kept !== undefined) this.batches.set(seq, event.payload.kept);
    const { paperNumber } = payload as { readonly paperNumber?: number };
    if (paperNumber !== undefined) this.numbers.set(seq, { type: event.type, number: paperNumber });
    collectTexts(payload, (ref) => {
      if (!this.texts.has(ref.id)) this.texts.set(ref.id, { ...ref, seq });
    });
    for (const id of documentsNamedIn(payload))
      if (!this.documents.has(id)) this.documents.set(id, { seq, sha256: undefined });
    for (const { id, sha256 } of event.documents ?? []) this.documents.set(id, { seq, sha256 });
  }
}

const refId = /^\d+\.\d+$/;

function collectTexts(value: unknown, found: (ref: TextRef) => void): void {
  if (typeof value !== 'object' || value === null) return;
  const { id, hash } = value as Partial<TextRef>;
  if (typeof id === 'string' && typeof hash === 'string' && refId.test(id)) found({ id, hash });
  for (const inner of Object.values(value)) collectTexts(inner, found);
}

const sha256 = (...parts: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** Compares filing, words, names and document rows with what the events hold of them. Erased ones are as they should be. Pure. */
export function* boundDifferences(pointers: Pointers, rows: BoundRows): Generator<Difference> {
  yield* filingDifferences(pointers, rows);
  yield* textDifferences(pointers, rows);
  yield* readingDifferences(pointers, rows);
  yield* numberDifferences(pointers, rows);
  for (const { kind, subject, seq, body, salt, hash, erased } of rows.names) {
    const holds = body === null ? erased : salt !== null && sha256(salt, body) === hash;
    if (!holds) yield { seq, reason: 'name-differs', detail: `${kind} ${subject}` };
  }
  const kept = new Map(rows.documents.map((row) => [row.id, row.sha256]));
  for (const [id, { seq, sha256: bound }] of pointers.documents) {
    const row = kept.get(id);
    // Ids of before uploads were checked may be anything: only what an event binds has to be there.
    if (row === undefined && bound !== undefined) yield { seq, reason: 'document-missing', detail: `document ${id}` };
    if (row !== undefined && bound !== undefined && row !== bound)
      yield { seq, reason: 'document-differs', detail: `document ${id}: the register has another hash than the event` };
  }
}

function* filingDifferences({ filing: bound }: Pointers, { filing }: BoundRows): Generator<Difference> {
  // Imported history has no filing, and no hash of one.
  if (!bound || !/^[0-9a-f]{64}$/.test(bound.hash)) return;
  const differs = (detail: string): Difference => ({ seq: bound.seq, reason: 'filing-differs', detail });
  if (!filing) yield differs('the filing is missing');
  else if (filing.body === null) {
    if (!filing.erased) yield differs('the filing was emptied, and not by an erasure');
  } else if (sha256(canonical(filing.body)) !== bound.hash) yield differs('the filing is not what was filed');
  else if (!isNamedAsFiled(filing)) yield differs('its name in the lists is not the one that was filed');
}

function isNamedAsFiled({ body, nameVi, nameEn }: NonNullable<BoundRows['filing']>): boolean {
  const { project, solution } = body as Partial<
    Record<'project' | 'solution', { name?: { vi?: string; en?: string } }>
  >;
  const name = (project ?? solution)?.name;
  return name === undefined || (name.vi === nameVi && name.en === nameEn);
}

function* textDifferences({ texts: refs }: Pointers, { texts }: BoundRows): Generator<Difference> {
  const kept = new Map(texts.map((row) => [row.id, row]));
  for (const { id, hash, seq } of refs.values()) {
    const row = kept.get(id);
    const differs = (detail: string): Difference => ({ seq, reason: 'text-differs', detail: `text ${id} ${detail}` });
    if (!row) yield differs('is missing');
    else if (row.hash !== hash) yield differs('has another hash than the event');
    else if (row.seal === 'broken') yield differs('does not open with the key of its case');
    else if (row.seal === 'away') continue;
    else if (row.body === null) {
      if (!row.erased) yield differs('was emptied, and not by an erasure');
    } else if (sha256(row.salt ?? '', row.body) !== hash) yield differs('has other words');
  }
  for (const { id } of texts)
    if (!refs.has(id))
      yield { seq: Number(id.split('.')[0]) || null, reason: 'text-differs', detail: `text ${id} belongs to no event` };
}

function* readingDifferences({ batches: bound }: Pointers, { batches }: BoundRows): Generator<Difference> {
  const kept = new Map(batches.map((row) => [row.seq, row]));
  for (const [seq, hash] of bound) {
    const row = kept.get(seq);
    const differs = (detail: string): Difference => ({ seq, reason: 'readings-differ', detail });
    if (!row) yield differs('the readings are missing');
    else if (row.hash !== hash) yield differs('the readings have another hash than the event');
    else if (row.readings === null) {
      if (!row.erased) yield differs('the readings were emptied, and not by an erasure');
    } else if (sha256(row.salt ?? '', row.readings) !== hash) yield differs('the readings are others');
  }
  for (const { seq } of batches)
    if (!bound.has(seq)) yield { seq, reason: 'readings-differ', detail: 'the readings belong to no event' };
}

/** Rows of papers whose event says no number: given before events said it, by the register alone. */
export const unboundNumbers = ({ numbers: bound }: Pointers, { numbers }: Pick<BoundRows, 'numbers'>): number =>
  numbers.filter(({ paper }) => !bound.has(paperNamed(paper)?.seq ?? 0)).length;

function* numberDifferences({ numbers: bound }: Pointers, { numbers }: BoundRows): Generator<Difference> {
  const differs = (seq: number | null, detail: string): Difference => ({ seq, reason: 'number-differs', detail });
  const seqOf = (paper: string) => paperNamed(paper)?.seq ?? null;
  for (const [seq, { number }] of bound) {
    const there = numbers.filter(({ paper }) => seqOf(paper) === seq).length;
    if (there !== 1) yield differs(seq, `the register has ${there} papers of it; one was issued as number ${number}`);
  }
  // From the first event that says its number on, each says its own.
  const first = Math.min(...bound.keys());
  for (const { paper, form, number } of numbers) {
    const seq = seqOf(paper);
    const said = seq === null ? undefined : bound.get(seq);
    const isOfEvent = said && paperNamed(paper)?.begins.includes(said.type) && paper === `${form}-${seq}`;
    if (said && said.number !== number)
      yield differs(seq, `paper ${paper}: ${number}, and the event says ${said.number}`);
    else if (said ? !isOfEvent : (seq ?? 0) > first)
      yield differs(seq, `paper ${paper}: its event issues no such paper`);
  }
}
