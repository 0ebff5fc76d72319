import type { Sentence } from './words.js';

interface Share {
  readonly kept: number;
  readonly of: number;
}

/** How many lines of what somebody wrote came unchanged from a draft, and of how many. */
export interface Drafted extends Share {
  /** The same in characters without spaces: a short line weighs less than a long one. Left out by releases that counted lines alone. */
  readonly letters?: Share;
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
  const kept = new Map<Sentence, number>();
  for (const line of lines) {
    const sentence = offered.get(line);
    if (sentence && !kept.has(sentence)) kept.set(sentence, lettersIn(line));
  }
  return {
    kept: kept.size,
    of: lines.length,
    letters: { kept: sumOf(kept.values()), of: sumOf(lines.map(lettersIn)) },
  };
}

const lettersIn = (line: string): number => [...line].filter((one) => one.trim() !== '').length;
const sumOf = (numbers: Iterable<number>): number => [...numbers].reduce((sum, one) => sum + one, 0);

/** What several answers to one question kept together; undefined where none of them wrote anything. */
export function keptTogether(answers: readonly (Drafted | undefined)[]): Drafted | undefined {
  const written = answers.filter((one) => one !== undefined);
  if (written.length === 0) return undefined;
  const letters = written.flatMap((one) => one.letters ?? []);
  const whole = (shares: readonly Share[]): Share => ({
    kept: sumOf(shares.map(({ kept }) => kept)),
    of: sumOf(shares.map(({ of }) => of)),
  });
  return { ...whole(written), ...(letters.length === written.length && { letters: whole(letters) }) };
}

/** A machine assisted where at least half of what was written in the end came unchanged from its draft. */
export function isAssisted(drafted: Drafted | undefined): boolean {
  const share = drafted?.letters ?? drafted;
  return share !== undefined && share.of > 0 && 2 * share.kept >= share.of;
}
