export const risks = ['breached', 'at-risk', 'on-track', 'none'] as const;
export const lanes = ['green', 'standard', 'undecided'] as const;
export const kinds = [
  'intake',
  'step',
  'opinion',
  'by-hand',
  'lapse',
  'silence',
  'lane',
  'revocation',
  'question',
  'fact',
  'extract',
  'outside',
  'result-change',
  'apology',
  'conference',
  'statement',
  'signatory',
  'instruction',
] as const;

/** The filters of the worklist, as they stand in its address. */
export interface TaskSearch {
  readonly mine?: 'true';
  readonly unclaimed?: 'true';
  readonly unread?: 'true';
  readonly overdue?: 'true';
  readonly risk?: (typeof risks)[number];
  readonly lane?: (typeof lanes)[number];
  readonly kind?: (typeof kinds)[number];
  readonly q?: string;
}

const oneOf = <T extends string>(values: readonly T[], value: unknown): T | undefined =>
  values.find((one) => one === value);

/** What of an address is a filter; the rest is dropped. */
export function taskSearchOf(search: Record<string, unknown>): TaskSearch {
  const flag = (name: string) => (search[name] === 'true' || search[name] === true ? ('true' as const) : undefined);
  const found = {
    mine: flag('mine'),
    unclaimed: flag('unclaimed'),
    unread: flag('unread'),
    overdue: flag('overdue'),
    risk: oneOf(risks, search['risk']),
    lane: oneOf(lanes, search['lane']),
    kind: oneOf(kinds, search['kind']),
    q: typeof search['q'] === 'string' && search['q'] !== '' ? search['q'] : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
