import { z } from 'zod';
import { type LookupAnswer, type LookupSubject } from '../../domain/schemas/agency-messages.js';
import { type Books, PortalStatus } from '../books.js';
import { derivedCode } from '../derive.js';
import { type Inspection } from './agency-system.js';

interface Asked<K extends 'status-update' | 'statuses-held'> {
  readonly correlationId: string;
  readonly askedAt: string;
  readonly subject: LookupSubject<K>;
}

type BookOf = (books: Books) => Books['statuses'];

/** Takes a state of a dossier down, under a number of the books' own. */
export const takeStatus =
  (mark: string, of: BookOf) =>
  ({ correlationId, subject }: Asked<'status-update'>, books: Books): LookupAnswer<'status-update'> => {
    const reference = derivedCode(mark, correlationId);
    of(books).put(reference, { ...subject, reference });
    return { reference, recorded: true };
  };

/** The state that was taken down last of each dossier asked about. */
export const heldStatuses =
  (mark: string, of: BookOf) =>
  ({ correlationId, askedAt, subject }: Asked<'statuses-held'>, books: Books): LookupAnswer<'statuses-held'> => {
    const asked = new Set(subject.dossiers);
    const held = new Map<string, PortalStatus>();
    for (const one of of(books).all()) if (asked.has(one.dossier)) held.set(one.dossier, one);
    return {
      reference: derivedCode(mark, correlationId),
      asOf: askedAt,
      held: [...held.values()].map(({ dossier, status, occurredAt }) => ({ dossier, status, occurredAt })),
    };
  };

/** `GET /{system}/statuses?dossierCode=…`. */
export const statusesShown = (of: BookOf): Inspection => ({
  path: 'statuses',
  summary: 'States received, oldest first',
  filter: 'dossierCode',
  rows: z.array(PortalStatus),
  read: (books, dossierCode) =>
    of(books)
      .all()
      .filter((status) => dossierCode === undefined || status.dossierCode === dossierCode),
});
