/** As much of PromQL as our alert rules speak: selectors, `sum`/`min`/`max` with `by`, `absent`, `rate`, `increase`, `changes`, `histogram_quantile`, comparison, `and`, arithmetic. */

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What all targets showed at one moment. */
export interface Scrape {
  /** Seconds. */
  readonly at: number;
  readonly samples: readonly Sample[];
}

/** The samples of a page in Prometheus' text format. */
export function samplesOf(page: string): Sample[] {
  return page
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', , inside = '', value = ''] = /^([a-zA-Z_:][\w:]*)(\{(.*)\})? (\S+)/.exec(line) ?? [];
      if (name === '') throw new Error(`No sample: ${line}`);
      const labels = [...inside.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = '', text = '']) => [key, text]);
      return { name, labels: Object.fromEntries(labels) as Record<string, string>, value: numberOf(value) };
    });
}

const numberOf = (text: string): number => (text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text));

type Labels = Readonly<Record<string, string>>;
/** A number, or an instant vector. */
type Value = number | readonly { readonly labels: Labels; readonly value: number }[];
type Range = readonly { readonly labels: Labels; readonly points: readonly { at: number; value: number }[] }[];

const tokenShape =
  /\s*(?:(\d+[smhd])|(\d+(?:\.\d+)?(?:e[+-]?\d+)?)|([a-zA-Z_:][\w:]*)|("(?:[^"\\]|\\.)*")|(=~|!~|!=|==|>=|<=|[(){}[\],=<>*/+-]))/y;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  tokenShape.lastIndex = 0;
  while (tokenShape.lastIndex < text.trimEnd().length) {
    const at = tokenShape.lastIndex;
    const found = tokenShape.exec(text);
    if (!found) throw new Error(`Not understood: ${text.slice(at)}`);
    tokens.push(found[0].trim());
  }
  return tokens;
}

/** The value of an expression as of the last scrape. Throws what it does not understand. */
export function evaluate(expr: string, history: readonly Scrape[]): Value {
  const now = history.at(-1);
  if (!now) throw new Error('Nothing was scraped');
  const tokens = tokensOf(expr);
  let at = 0;
  const peek = () => tokens[at] ?? '';
  const take = (wanted?: string): string => {
    const token = tokens[at++] ?? '';
    if (wanted !== undefined && token !== wanted) throw new Error(`${expr}: ${wanted} expected, ${token} found`);
    return token;
  };

  const either = (): Value => {
    let left = compared();
    while (peek() === 'and') {
      take();
      const right = vectorOf(compared());
      const keys = new Set(right.map(({ labels }) => keyOf(labels)));
      left = vectorOf(left).filter(({ labels }) => keys.has(keyOf(labels)));
    }
    return left;
  };
  const compared = (): Value => {
    const left = product();
    const compare = comparisons[peek()];
    if (!compare) return left;
    take();
    return pairs(left, product(), (a, b) => (compare(a, b) ? a : undefined));
  };
  const product = (): Value => {
    let left = primary();
    while (peek() === '*' || peek() === '/') {
      const times = take() === '*';
      left = pairs(left, primary(), (a, b) => (times ? a * b : a / b));
    }
    return left;
  };
  const primary = (): Value => {
    const token = take();
    if (/^\d/.test(token)) return Number(token);
    if (token === '(') {
      const inside = either();
      take(')');
      return inside;
    }
    if (token === 'sum' || token === 'min' || token === 'max') return aggregate(token);
    if (token === 'absent') {
      take('(');
      const found = vectorOf(either());
      take(')');
      return found.length > 0 ? [] : [{ labels: {}, value: 1 }];
    }
    if (token === 'histogram_quantile') {
      take('(');
      const quantile = Number(take());
      take(',');
      const buckets = vectorOf(either());
      take(')');
      return quantileOf(quantile, buckets);
    }
    const over = overTime[token];
    if (over) {
      take('(');
      const range = series(take());
      take(')');
      return range.flatMap(({ labels, points }) => {
        const value = over(points);
        return value === undefined ? [] : [{ labels, value }];
      });
    }
    return selected(token, matchers(), now.samples);
  };
  const aggregate = (how: 'sum' | 'min' | 'max'): Value => {
    const by: string[] = [];
    if (peek() === 'by') {
      take();
      take('(');
      while (peek() !== ')') if (take() !== ',') by.push(tokens[at - 1] ?? '');
      take(')');
    }
    take('(');
    const inside = vectorOf(either());
    take(')');
    const groups = new Map<string, { labels: Labels; values: number[] }>();
    for (const { labels, value } of inside) {
      const kept = Object.fromEntries(by.flatMap((name) => (labels[name] === undefined ? [] : [[name, labels[name]]])));
      const group = groups.get(keyOf(kept)) ?? { labels: kept as Labels, values: [] };
      group.values.push(value);
      groups.set(keyOf(kept), group);
    }
    const fold = { sum: (values: number[]) => values.reduce((a, b) => a + b, 0), min: least, max: greatest }[how];
    return [...groups.values()].map(({ labels, values }) => ({ labels, value: fold(values) }));
  };
  const matchers = (): ((labels: Labels) => boolean) => {
    if (peek() !== '{') return () => true;
    take('{');
    const all: ((labels: Labels) => boolean)[] = [];
    while (peek() !== '}') {
      if (peek() === ',') take();
      const name = take();
      const how = take();
      const text = JSON.parse(take()) as string;
      const shape = new RegExp(`^(?:${text})$`);
      all.push((labels) => {
        const value = labels[name] ?? '';
        return how === '=' ? value === text : how === '!=' ? value !== text : shape.test(value) === (how === '=~');
      });
    }
    take('}');
    return (labels) => all.every((one) => one(labels));
  };
  /** A selector with its window: each series over the scrapes within it. */
  const series = (name: string): Range => {
    const matches = matchers();
    take('[');
    const [, count = '', unit = ''] = /^(\d+)([smhd])$/.exec(take()) ?? [];
    take(']');
    const since = now.at - Number(count) * ({ s: 1, m: 60, h: 3_600, d: 86_400 }[unit] ?? NaN);
    const found = new Map<string, { labels: Labels; points: { at: number; value: number }[] }>();
    for (const scrape of history.filter((one) => one.at >= since))
      for (const { labels, value } of selected(name, matches, scrape.samples)) {
        const one = found.get(keyOf(labels)) ?? { labels, points: [] };
        one.points.push({ at: scrape.at, value });
        found.set(keyOf(labels), one);
      }
    return [...found.values()];
  };
  const value = either();
  if (at < tokens.length) throw new Error(`${expr}: not understood from ${peek()}`);
  return value;
}

const selected = (name: string, matches: (labels: Labels) => boolean, samples: readonly Sample[]) =>
  samples.filter((one) => one.name === name && matches(one.labels)).map(({ labels, value }) => ({ labels, value }));

const keyOf = (labels: Labels): string => JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
const vectorOf = (value: Value) => (typeof value === 'number' ? [{ labels: {}, value }] : value);
const least = (values: number[]): number => values.reduce((a, b) => Math.min(a, b));
const greatest = (values: number[]): number => values.reduce((a, b) => Math.max(a, b));

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
};

/** Number with number, each element with a number, or elements of the same labels. */
function pairs(left: Value, right: Value, how: (a: number, b: number) => number | undefined): Value {
  if (typeof left === 'number' && typeof right === 'number') return how(left, right) ?? [];
  if (typeof left === 'number')
    return vectorOf(right).flatMap(({ labels, value }) => element(labels, how(left, value)));
  if (typeof right === 'number') return left.flatMap(({ labels, value }) => element(labels, how(value, right)));
  const others = new Map(right.map(({ labels, value }) => [keyOf(labels), value]));
  return left.flatMap(({ labels, value }) => {
    const other = others.get(keyOf(labels));
    return other === undefined ? [] : element(labels, how(value, other));
  });
}
const element = (labels: Labels, value: number | undefined) => (value === undefined ? [] : [{ labels, value }]);

type Over = (points: readonly { at: number; value: number }[]) => number | undefined;
/** A counter that fell has begun anew. */
const grown: Over = (points) =>
  points.length < 2
    ? undefined
    : points.slice(1).reduce((sum, { value }, i) => {
        const before = points[i]?.value ?? 0;
        return sum + (value >= before ? value - before : value);
      }, 0);
const overTime: Readonly<Record<string, Over>> = {
  increase: grown,
  rate: (points) => {
    const [growth, seconds] = [grown(points), (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0)];
    return growth === undefined || seconds === 0 ? undefined : growth / seconds;
  },
  changes: (points) => points.slice(1).filter(({ value }, i) => value !== points[i]?.value).length,
};

function quantileOf(quantile: number, buckets: readonly { readonly labels: Labels; readonly value: number }[]): Value {
  const sorted = buckets
    .map(({ labels, value }) => ({ le: numberOf(labels['le'] ?? ''), value }))
    .sort((a, b) => a.le - b.le);
  const total = sorted.at(-1)?.value ?? 0;
  if (total === 0) return [];
  const rank = quantile * total;
  const i = sorted.findIndex(({ value }) => value >= rank);
  const [bucket, before] = [sorted[i], sorted[i - 1]];
  if (!bucket) return [];
  if (bucket.le === Infinity) return [{ labels: {}, value: before?.le ?? NaN }];
  const [from, below] = [before?.le ?? 0, before?.value ?? 0];
  return [{ labels: {}, value: from + ((bucket.le - from) * (rank - below)) / (bucket.value - below) }];
}
