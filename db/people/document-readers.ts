import type pg from 'pg';
import { type DocumentEyes, mayReadDocument } from '../../domain/case/procedure/document-readers.js';
import { documentsShown, type ShownDocument } from '../../domain/case/procedure/documents.js';
import { type CaseState } from '../../domain/case/state.js';
import { type Law } from '../../domain/law/law.js';
import { rows } from '../pool.js';
import { eventOf } from '../register/chain-link.js';
import { readState } from '../register/kept-state.js';
import { isPartyRole, type Param, type Reader, readsCase, uploadedFor } from './readers.js';

type Rules = Pick<Law, 'laneOwner' | 'definition' | 'successorOf'>;

/** Acts that show a document in cases that the reader reads; `open`: it is theirs whatever its class, as their own or as the investor's side. */
export interface ReachedDocument {
  readonly id: string;
  readonly open: boolean;
  readonly uses: readonly { readonly code: string; readonly canonical: string }[];
}

/** A document as far as the reader comes near it: their own; the investor's under a power; or what an act shows in a case that they read. Undefined: it is nothing to them. */
export async function reachDocument(pool: pg.Pool, reader: Reader, id: string): Promise<ReachedDocument | undefined> {
  const values: unknown[] = [];
  const param: Param = (value) => `$${values.push(value)}`;
  const document = param(id);
  const ofParty = isPartyRole(reader.person.role);
  const shown = `${readsCase('u.case_code', reader, param, 'u.procedure')}${ofParty ? ' and not u.internal' : ''}`;
  const found = await rows<{ uploaded: boolean; code: string | null; canonical: string | null }>(
    pool,
    `select ${uploadedFor(reader, param)} as uploaded, u.case_code as code, e.canonical
     from document d left join (document_use u join case_event e on e.case_code = u.case_code and e.seq = u.seq)
       on u.document_id = d.id and ${shown}
     where d.id = ${document}`,
    values,
  );
  const uses = found.flatMap(({ code, canonical }) =>
    code === null || canonical === null ? [] : [{ code, canonical }],
  );
  const uploaded = found.some((one) => one.uploaded);
  return uploaded || uses.length > 0 ? { id, open: uploaded || ofParty, uses } : undefined;
}

/** Whether they may read it: by its class, in one of the cases that show it to them. */
export async function mayOpen(
  pool: pg.Pool,
  law: Rules,
  eyes: DocumentEyes,
  { id, open, uses }: ReachedDocument,
): Promise<boolean> {
  if (open) return true;
  for (const code of new Set(uses.map((one) => one.code))) {
    const state = await readState(pool, code);
    if (!state) continue;
    const here = uses.filter((one) => one.code === code).map(({ canonical }) => canonical);
    const shown = shownIn(here, state).filter(({ documentId }) => documentId === id);
    if (shown.some((one) => mayReadDocument(state, law, eyes, one))) return true;
  }
  return false;
}

const shownIn = (canonical: readonly string[], state: CaseState): ShownDocument[] =>
  canonical.flatMap((one) => documentsShown(eventOf(one), state));

/** Ids of the documents that a case shows, by whether this official may read them. */
export async function documentsByEyes(
  pool: pg.Pool,
  law: Rules,
  state: CaseState,
  eyes: DocumentEyes,
): Promise<{ readonly open: ReadonlySet<string>; readonly withheld: ReadonlySet<string> }> {
  const found = await rows<{ canonical: string }>(
    pool,
    `select e.canonical from case_event e
     where e.case_code = $1 and e.seq in (select u.seq from document_use u where u.case_code = $1)`,
    [state.code],
    'documents-shown',
  );
  const documents = shownIn(
    found.map(({ canonical }) => canonical),
    state,
  );
  const open = new Set(documents.filter((one) => mayReadDocument(state, law, eyes, one)).map((one) => one.documentId));
  return { open, withheld: new Set(documents.map(({ documentId }) => documentId).filter((id) => !open.has(id))) };
}
