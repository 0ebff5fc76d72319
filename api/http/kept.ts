interface Kept<T> {
  readonly until: number;
  readonly answer: Promise<T>;
}

/**
 * Keeps what is dear to compute and asked for by many: made once however many ask meanwhile, kept for `ms` of real time, the `most` newest of them. What failed is not
 * kept.
 */
export function keeping<T>({ ms, most, now = Date.now }: { ms: number; most: number; now?: () => number }) {
  const kept = new Map<string, Kept<T>>();
  return (key: string, make: () => Promise<T>): Promise<T> => {
    const known = kept.get(key);
    if (known && known.until > now()) return known.answer;
    const answer = make();
    kept.delete(key);
    kept.set(key, { until: now() + ms, answer });
    for (const [oldest] of kept) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    answer.catch(() => {
      if (kept.get(key)?.answer === answer) kept.delete(key);
    });
    return answer;
  };
}
