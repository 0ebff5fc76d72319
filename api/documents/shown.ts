import type pg from 'pg';
import { documentsByEyes } from '../../db/people/document-readers.js';
import { isPartyRole } from '../../db/people/readers.js';
import { type DocumentRow, findDocuments } from '../../db/register/documents.js';
import { mayReadDocument } from '../../domain/case/procedure/document-readers.js';
import { type CaseState } from '../../domain/case/state.js';
import { classOfCode } from '../../domain/law/document-classes.js';
import { type Law } from '../../domain/law/law.js';
import { type Person } from '../auth/person.js';

type File = Pick<DocumentRow, 'fileName' | 'mediaType' | 'bytes' | 'remark'>;
/** A document as a page names it; nothing of the file itself where its reader may not open it. */
export type NamedFile = { readonly [F in keyof File]: File[F] | null };

const nothing: NamedFile = { fileName: null, mediaType: null, bytes: null, remark: null };

/** Ids of documents of the case that this reader may not open; the investor's side is shown none that it may not. */
export const withheldFrom = async (
  pool: pg.Pool,
  law: Law,
  state: CaseState,
  person: Person,
): Promise<ReadonlySet<string>> =>
  isPartyRole(person.role) || person.role === 'auditor'
    ? new Set()
    : (await documentsByEyes(pool, law, state, person)).withheld;

/** These documents by their ids. */
export async function namedFiles(
  pool: pg.Pool,
  ids: readonly string[],
  withheld: ReadonlySet<string>,
): Promise<ReadonlyMap<string, NamedFile>> {
  const found = await findDocuments(pool, ids);
  return new Map(found.map((one): [string, NamedFile] => [one.id, withheld.has(one.id) ? nothing : one]));
}

/** Whether this reader may see what a register holds under that code of a procedure's dossier. */
export const seesExtract = (
  state: CaseState,
  law: Law,
  person: Person,
  { procedure, document }: { readonly procedure: string; readonly document: string },
): boolean =>
  isPartyRole(person.role) ||
  mayReadDocument(state, law, person, {
    about: { kind: 'procedure', procedure },
    class: classOfCode(document),
    by: null,
  });
