import type { CaseState } from '../case/state.js';
import type { ProcedureState } from '../case/procedure/state.js';
import type { Text } from '../law/agency.js';
import type { Law } from '../law/law.js';
import type { ResolvedProcedure } from '../law/procedure.js';

/** What a sentence of a draft rests on: nothing else is ever said. */
export type Source =
  | { readonly kind: 'fact'; readonly fact: string }
  | { readonly kind: 'document'; readonly code: string }
  /** What a document says on that page, word for word. */
  | { readonly kind: 'page'; readonly document: string; readonly page: number; readonly quote: string }
  | { readonly kind: 'step'; readonly step: string }
  | { readonly kind: 'opinion'; readonly agency: string }
  /** The conference on the `n`-th consultation of the procedure. */
  | { readonly kind: 'conference'; readonly n: number }
  | { readonly kind: 'clause'; readonly basis: string };

export interface Sentence {
  readonly text: Text;
  readonly source: Source;
}

/** What one page of a document says, line by line. */
export interface PageText {
  /** From 1. */
  readonly page: number;
  readonly text: string;
}

/** A document of the file that the reader of the draft may open, with what it says. */
export interface ReadableDocument {
  readonly id: string;
  /** As a sentence calls it. */
  readonly name: Text;
  readonly pages: readonly PageText[];
}

/** What a draft is about, and all that it may rest on. */
export interface Subject {
  readonly state: CaseState;
  readonly procedure: ProcedureState;
  readonly resolved: ResolvedProcedure;
  /** `appraisal`: of an officer's step · `opinion`: of an agency that was asked · `decision`: of whoever signs */
  readonly of: 'appraisal' | 'opinion' | 'decision';
  readonly law: Pick<Law, 'agencyName' | 'settings'>;
  readonly documents: readonly ReadableDocument[];
}

/** Writes drafts. What it gives is checked (`checkedDraft`) before anybody sees it, whoever stands behind it. */
export interface Drafter {
  draft(subject: Subject): readonly Sentence[];
}
