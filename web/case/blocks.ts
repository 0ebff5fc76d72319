import type { Ledger } from '../api/contract.js';

type Span = Ledger['spans'][number];

export interface Block extends Span {
  /** Working days of the path before it. */
  readonly before: number;
}

/** The spans that have working days, each where the one before ends: the last one ends at the sum of all. */
export function blocksOf(spans: readonly Span[]): Block[] {
  const blocks: Block[] = [];
  let before = 0;
  for (const span of spans) {
    if (span.workingDays > 0) blocks.push({ ...span, before });
    before += span.workingDays;
  }
  return blocks;
}
