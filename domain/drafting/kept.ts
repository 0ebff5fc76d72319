import type { Sentence } from './words.js';

/** How many lines of what somebody wrote came unchanged from a draft, and of how many. */
export interface Drafted {
  readonly kept: number;
  readonly of: number;
}

const linesOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Each line that is a sentence of the draft, in either language, counts once; undefined where nothing was written. */
export function keptOf(draft: readonly Sentence[], written: readonly string[]): Drafted | undefined {
  const lines = written.flatMap(linesOf);
  if (lines.length === 0) return undefined;
  const offered = new Map(
    draft.flatMap((sentence) => [sentence.text.vi, sentence.text.en].flatMap(linesOf).map((line) => [line, sentence])),
  );
  const kept = new Set(lines.flatMap((line) => offered.get(line) ?? []));
  return { kept: kept.size, of: lines.length };
}

/** What several answers to one question kept together; undefined where none of them wrote anything. */
export function keptTogether(answers: readonly (Drafted | undefined)[]): Drafted | undefined {
  const written = answers.filter((one) => one !== undefined);
  if (written.length === 0) return undefined;
  const sum = (of: keyof Drafted) => written.reduce((before, one) => before + one[of], 0);
  return { kept: sum('kept'), of: sum('of') };
}

/** A machine assisted where at least half of what was written in the end came unchanged from its draft. */
export const isAssisted = (drafted: Drafted | undefined): boolean =>
  drafted !== undefined && drafted.of > 0 && 2 * drafted.kept >= drafted.of;
