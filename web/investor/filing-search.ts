/** Where the filing stands, in its address. */
export interface FilingSearch {
  readonly draft?: string;
  readonly step?: number;
}
export const filingSearchOf = (search: Record<string, unknown>): FilingSearch => ({
  ...(typeof search['draft'] === 'string' && { draft: search['draft'] }),
  ...(Number.isInteger(Number(search['step'])) && search['step'] !== undefined && { step: Number(search['step']) }),
});
