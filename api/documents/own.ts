import type pg from 'pg';
import { ownedDocuments, type Showing } from '../../db/register/documents.js';
import { type Person } from '../auth/person.js';
import { InvalidRequest } from '../http/validation.js';

/** As whom somebody shows documents: for the investor they act for, else for themselves. */
export const showingAs = ({ id }: Person, onBehalfOf: string | undefined): Showing => ({
  person: id,
  investor: onBehalfOf ?? id,
});

/** Refuses UNKNOWN_VALUE for a document that is not theirs to show; null is none. */
export async function requireOwnDocument(
  pool: pg.Pool,
  showing: Showing,
  documentId: string | null,
  pointer = '/documentId',
): Promise<void> {
  if (documentId === null || (await ownedDocuments(pool, showing, [documentId])).has(documentId)) return;
  throw new InvalidRequest([{ in: 'body', pointer, code: 'UNKNOWN_VALUE', detail: notYours }]);
}

export const notYours = 'not a document you uploaded';
