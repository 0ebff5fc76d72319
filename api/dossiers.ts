import { ownedDocuments, type Showing } from '../db/register/documents.js';
import { type DossierDocument } from '../domain/case/procedure/words.js';
import { type ResolvedProcedure } from '../domain/law/procedure.js';
import { type ApiDeps } from './deps.js';
import { notYours } from './documents/own.js';
import { type FieldError, InvalidRequest } from './http/validation.js';
import { type DossierItem } from './schemas/commands.js';

/** The documents of a dossier as the register records them. Refuses what is not theirs to show and what the definition cannot take from a register. */
export async function dossierDocuments(
  { pool }: Pick<ApiDeps, 'pool'>,
  showing: Showing,
  items: readonly DossierItem[],
  definition: ResolvedProcedure,
): Promise<DossierDocument[]> {
  const errors: FieldError[] = [];
  const wrong = (index: number, field: string, code: FieldError['code'], detail: string) =>
    errors.push({ in: 'body', pointer: `/documents/${index}/${field}`, code, detail });
  const owned = await ownedDocuments(
    pool,
    showing,
    items.flatMap((item) => ('documentId' in item ? [item.documentId] : [])),
  );
  const documents = items.map((item, index): DossierDocument => {
    if ('documentId' in item) {
      if (!owned.has(item.documentId)) wrong(index, 'documentId', 'UNKNOWN_VALUE', notYours);
      return { code: item.code, documentId: item.documentId, obtainedFrom: null };
    }
    const source = definition.documents.find(({ code }) => code === item.code)?.obtainableFrom ?? null;
    if (source !== item.obtainedFrom) {
      wrong(index, 'obtainedFrom', 'UNKNOWN_VALUE', source ?? 'the law knows no register for this document');
    }
    return { code: item.code, documentId: null, obtainedFrom: item.obtainedFrom };
  });
  if (errors.length > 0) throw new InvalidRequest(errors);
  return documents;
}

/** Refuses documents whose code the dossier of this procedure does not have. */
export function requireKnownCodes(items: readonly { readonly code: string }[], definition: ResolvedProcedure): void {
  const known = new Set(definition.documents.map(({ code }) => code));
  const errors = items.flatMap(({ code }, index): FieldError[] =>
    known.has(code)
      ? []
      : [{ in: 'body', pointer: `/documents/${index}/code`, code: 'UNKNOWN_VALUE', detail: [...known].join(', ') }],
  );
  if (errors.length > 0) throw new InvalidRequest(errors);
}
