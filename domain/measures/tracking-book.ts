import type { Instant, PlainDate } from '../time/instants.js';

/** One received dossier, as an agency's tracking book (form 07) lists it. */
export interface BookedDossier {
  /** From 1 each year, in the order of receipt. */
  readonly serial: number;
  readonly dossierCode: string;
  readonly procedure: string;
  readonly version: string;
  /** null once erased. */
  readonly applicant: string | null;
  readonly email: string | null;
  readonly agency: string;
  readonly receivedAt: Instant;
  readonly printedDueDate: PlainDate;
  readonly handedOverAt: Instant | null;
}
