/** What of the counter stands in its address. */
export interface CounterSearch {
  readonly task?: string;
}
export const counterSearchOf = (search: Record<string, unknown>): CounterSearch =>
  typeof search['task'] === 'string' ? { task: search['task'] } : {};
