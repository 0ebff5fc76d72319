import { type z } from 'zod';
import { readDifferences, readExtract } from '../../domain/case/extract/content.js';
import { missedReason } from '../../domain/case/extract/missed.js';
import { valueName } from '../../domain/law/register-values.js';
import { type ExtractState, isPending } from '../../domain/case/extract/state.js';
import { type ProcedureState } from '../../domain/case/procedure/state.js';
import { type WordsById } from '../../domain/case/words.js';
import { type ResolvedProcedure } from '../../domain/law/procedure.js';
import { registerName } from '../../domain/law/registers.js';
import { type ExtractsView } from '../schemas/extracts.js';

type Item = z.input<typeof ExtractsView>['items'][number];

/** What registers were asked for a procedure, in the order of its documents; what one said is not told where it is not shown. */
export function extractViews(
  { extracts = {} }: ProcedureState,
  { documents }: Pick<ResolvedProcedure, 'documents'>,
  words: WordsById,
  isShown: (document: string) => boolean,
): Item[] {
  const place = new Map(documents.map(({ code }, at) => [code, at]));
  return Object.values(extracts)
    .sort((a, b) => (place.get(a.document) ?? 0) - (place.get(b.document) ?? 0))
    .map((extract) => ({
      ...viewOf(extract, isShown(extract.document) ? words : nothing),
      withheld: !isShown(extract.document),
      documentName: documents.find(({ code }) => code === extract.document)?.name ?? null,
    }));
}

const nothing: WordsById = new Map();

function viewOf(extract: ExtractState, words: WordsById): Omit<Item, 'documentName' | 'withheld'> {
  const { document, register, look, askedAt, consent, obtained, missed, question } = extract;
  return {
    document,
    register,
    registerName: registerName(register),
    state: isPending(extract) ? 'asked' : missed === null ? 'obtained' : 'missed',
    look,
    askedAt,
    consent,
    obtained: obtained && obtainedView(obtained, words),
    question: question && questionView(question, words),
    missed: missed && { at: missed.at, reason: missed.reason, text: missedReason(missed.reason) },
  };
}

function questionView(
  { askedAt, differences, settled }: NonNullable<ExtractState['question']>,
  words: WordsById,
): NonNullable<Item['question']> {
  const text = words.get(differences.id) ?? null;
  return {
    askedAt,
    differences:
      text === null
        ? null
        : readDifferences(text).map((one) => ({
            ...one,
            oursName: valueName(one.code, one.ours),
            theirsName: valueName(one.code, one.theirs),
          })),
    settled: settled && { ...settled, reason: words.get(settled.reason.id) ?? null },
  };
}

function obtainedView(
  { content, look: _look, ...obtained }: NonNullable<ExtractState['obtained']>,
  words: WordsById,
): NonNullable<Item['obtained']> {
  const text = words.get(content.id) ?? null;
  const said = text === null ? null : readExtract(text);
  const fields = (said?.fields ?? []).map((one) => ({ ...one, valueName: valueName(one.code, one.value) }));
  return { ...obtained, contentHash: content.hash, content: said && { ...said, fields } };
}
