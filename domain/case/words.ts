/**
 * What somebody wrote in their own words. The words lie in the register's `case_text` under this id and can be erased; the event holds
 * SHA-256 over salt and words.
 */
export interface TextRef {
  readonly id: string;
  readonly hash: string;
}

/** Somebody's own words in an event: a reference; events of releases until 0.3.0 hold the words themselves, which stay as they were hashed. */
export type Words = TextRef | string;

/** What lies behind references, by their id; null where it was erased. */
export type WordsById = ReadonlyMap<string, string | null>;

/** What was said; null where nothing was, or where it was erased. */
export const said = (words: Words | null | undefined, by: WordsById): string | null =>
  words === null || words === undefined ? null : typeof words === 'string' ? words : (by.get(words.id) ?? null);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isTextRef = (value: unknown): value is TextRef =>
  isObject(value) &&
  typeof value['id'] === 'string' &&
  typeof value['hash'] === 'string' &&
  Object.keys(value).length === 2;

/** The ids of every reference in a value, each once. */
export function refsIn(...values: readonly unknown[]): string[] {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (isTextRef(value)) found.add(value.id);
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) look(inner);
  };
  for (const value of values) look(value);
  return [...found];
}
