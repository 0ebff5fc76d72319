import type pg from 'pg';
import { ownedDocuments } from '../../db/documents.js';
import { type Person } from '../auth/person.js';
import { InvalidRequest } from '../http/validation.js';

/** Refuses UNKNOWN_VALUE for a document that the caller did not upload; null is none. */
export async function requireOwnDocument(pool: pg.Pool, { id }: Person, documentId: string | null): Promise<void> {
  if (documentId === null || (await ownedDocuments(pool, id, [documentId])).has(documentId)) return;
  const detail = 'not a document you uploaded';
  throw new InvalidRequest([{ in: 'body', pointer: '/documentId', code: 'UNKNOWN_VALUE', detail }]);
}
