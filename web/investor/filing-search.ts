/** Where the filing stands, in its address. */
export interface FilingSearch {
  /** Left out: a project. */
  readonly kind?: 'sandbox';
  readonly draft?: string;
  readonly step?: number;
  /** Of a representative of several investors: for whom it is begun. */
  readonly for?: string;
}
export const filingSearchOf = (search: Record<string, unknown>): FilingSearch => ({
  ...(search['kind'] === 'sandbox' && { kind: 'sandbox' as const }),
  ...(typeof search['draft'] === 'string' && { draft: search['draft'] }),
  ...(typeof search['for'] === 'string' && { for: search['for'] }),
  ...(Number.isInteger(Number(search['step'])) && search['step'] !== undefined && { step: Number(search['step']) }),
});
