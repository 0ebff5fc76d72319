export const caseStatuses = ['open', 'approved', 'refused', 'withdrawn'] as const;
export const caseLanes = ['green', 'standard', 'undecided'] as const;

/** The filters of the list of cases, as they stand in its address. */
export interface CaseSearch {
  readonly status?: (typeof caseStatuses)[number];
  readonly lane?: (typeof caseLanes)[number];
  readonly agency?: string;
  readonly overdue?: 'true';
  readonly q?: string;
}

const text = (value: unknown): string | undefined => {
  const given = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return given === '' ? undefined : given.normalize('NFC');
};

/** What of an address is a filter; the rest is dropped. */
export function caseSearchOf(search: Record<string, unknown>): CaseSearch {
  const found = {
    status: caseStatuses.find((one) => one === search['status']),
    lane: caseLanes.find((one) => one === search['lane']),
    agency: text(search['agency']),
    overdue: search['overdue'] === 'true' || search['overdue'] === true ? ('true' as const) : undefined,
    q: text(search['q']),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
