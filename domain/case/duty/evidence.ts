import type { Draft } from '../draft.js';
import type { Words } from '../words.js';
import { isIdentifier } from '../case/identifier.js';

const document = 'document:';

/** What somebody shows for what they say: a document by its id, anything else is their own words. */
export const shown = (draft: Draft, evidence: string | null): Words | null =>
  evidence?.startsWith(document) ? evidence : draft.sealed(evidence);

/** A number stands as it is, so that machines may go on with it; whatever else was typed is somebody's words. */
export const referenceOf = (draft: Draft, reference: string): Words | null =>
  isIdentifier(reference) ? reference : draft.sealed(reference);
