import { factsBehind } from '../case/procedure/state.js';
import { refuse } from '../errors.js';
import { says } from './quotes.js';
import type { Sentence, Source, Subject } from './words.js';

/** Refuses `DRAFT_UNSOURCED`, with the sentence's place from 1, for one that is missing in a language, or rests on what this file does not have. */
export function checkedSentences(subject: Subject, sentences: readonly Sentence[]): readonly Sentence[] {
  const unsourced = sentences.findIndex((one) => !isSourced(subject, one));
  if (unsourced >= 0) refuse('DRAFT_UNSOURCED', { sentence: unsourced + 1 });
  return sentences;
}

/** It says something in both languages, in one line each, and the file has what it rests on. */
export const isSourced = (subject: Subject, { text: { vi, en }, source }: Sentence): boolean =>
  [vi, en].every((said) => said.trim() !== '' && !said.includes('\n')) &&
  (source.kind !== 'page' || [vi, en].every((said) => said.includes(source.quote))) &&
  has(subject, source);

function has({ state, procedure, resolved, documents: readable }: Subject, source: Source): boolean {
  const asked = () => Object.values(state.consultations).filter((one) => one.procedureScope === procedure.scope);
  switch (source.kind) {
    case 'fact':
      return (factsBehind(state, procedure)[source.fact] ?? null) !== null;
    case 'document':
      return procedure.filings.some(({ documents }) => documents.some(({ code }) => code === source.code));
    case 'page':
      return readable.some(
        ({ id, pages }) =>
          id === source.document && pages.some(({ page, text }) => page === source.page && says(text, source.quote)),
      );
    case 'step':
      return Boolean(procedure.steps[source.step]?.completedAt);
    case 'opinion':
      return asked().some(({ opinions }) => (opinions[source.agency]?.position ?? null) !== null);
    case 'conference':
      return asked().some(({ n, conference }) => n === source.n && (conference?.decidedAt ?? null) !== null);
    case 'clause':
      return (
        source.basis === resolved.budgetBasis ||
        (resolved.content?.reasons.some(({ legalBasis }) => legalBasis === source.basis) ?? false)
      );
  }
}
