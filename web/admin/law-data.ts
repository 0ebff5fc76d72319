/** A value that one version of a definition has and the other has not, or has otherwise. */
export interface Difference {
  /** Keys from the outside in; an element of a list by what names it. */
  readonly keys: readonly string[];
  /** The same, with points between them. */
  readonly place: string;
  /** undefined: it is not there. */
  readonly before: unknown;
  readonly after: unknown;
}

/** What one place of a definition rests on. */
export interface Source {
  readonly keys: readonly string[];
  /** The same, with points between them. */
  readonly place: string;
  readonly text: string;
  /** Whether somebody compared it with its text; null: the definition does not say. */
  readonly verified: boolean | null;
}

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

const namers = ['code', 'number', 'date', 'agency', 'procedure', 'ground'] as const;

/** What names each element of a list in it; undefined where nothing does. */
export function elementNames(list: readonly unknown[]): readonly string[] | undefined {
  if (!list.every(isNode)) return undefined;
  for (const namer of namers) {
    const names = list.flatMap((one) => (typeof one[namer] === 'string' ? [one[namer]] : []));
    if (names.length === list.length && new Set(names).size === names.length) return names;
  }
  return undefined;
}

function namedElements(list: readonly unknown[]): ReadonlyMap<string, unknown> | undefined {
  const names = elementNames(list);
  return names && new Map(list.map((one, index) => [names[index] ?? '', one]));
}

/** A value as data has it. */
export const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Where two versions of a definition differ, place by place. Elements of a list are told by what names them, not by where they stand. */
export function differencesOf(before: unknown, after: unknown, keys: readonly string[] = []): readonly Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [old, next] = [before, after].map((one) =>
    Array.isArray(one) ? namedElements(one) : isNode(one) ? new Map(Object.entries(one)) : undefined,
  );
  if (old !== undefined && next !== undefined && Array.isArray(before) === Array.isArray(after)) {
    const inside = [...new Set([...old.keys(), ...next.keys()])].flatMap((key) =>
      differencesOf(old.get(key), next.get(key), [...keys, key]),
    );
    if (inside.length > 0) return inside;
  }
  return [{ keys, place: keys.join('.'), before, after }];
}

const sourceKeys = new Set(['legalBasis', 'basis', 'clause', 'source', 'budgetBasis', 'ratesBasis', 'document']);

/** Every clause and document that a definition names, with the place that rests on it. */
export function sourcesOf(data: unknown): readonly Source[] {
  // Of a procedure `verified` says so of each of its parts.
  const parts = isNode(data) && isNode(data['verified']) ? data['verified'] : {};
  return sourcesIn(data, [], null, parts).map((one) => ({ ...one, place: one.keys.join('.') }));
}

type Found = Omit<Source, 'place'>;

function sourcesIn(value: unknown, keys: readonly string[], verified: boolean | null, parts: Node): readonly Found[] {
  if (Array.isArray(value)) {
    const named = namedElements(value);
    const entries = named === undefined ? value.map((one, index) => [String(index + 1), one] as const) : [...named];
    return entries.flatMap(([key, one]) => sourcesIn(one, [...keys, key], verified, {}));
  }
  if (!isNode(value)) return [];
  const own = typeof value['verified'] === 'boolean' ? value['verified'] : verified;
  if (typeof value['act'] === 'string' && typeof value['article'] === 'string')
    return [{ keys, text: `${value['act']}, ${value['article']}`, verified: own }];
  return Object.entries(value).flatMap(([key, one]) => {
    const part = parts[key === 'budgetBasis' ? 'statutoryBudget' : key];
    const known = typeof part === 'boolean' ? part : own;
    const texts =
      typeof one === 'string'
        ? [one]
        : Array.isArray(one) && one.every((each) => typeof each === 'string')
          ? one
          : undefined;
    if (sourceKeys.has(key) && texts !== undefined)
      return texts.map((text) => ({ keys: [...keys, key], text, verified: known }));
    return sourcesIn(one, [...keys, key], known, {});
  });
}
