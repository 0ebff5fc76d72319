import type pg from 'pg';
import { type CaseState, type ConsultationState } from '../../domain/case/state.js';
import { textsOf } from '../texts.js';

/** What was asked of agencies in one attempt at a procedure, and the words behind it. */
export interface Consulted {
  /** In the order of asking. */
  readonly consultations: readonly ConsultationState[];
  /** Words by the id of their reference; null where they were erased. */
  readonly words: ReadonlyMap<string, string | null>;
}

/** The consultations of the attempt `scope`, with what was said in people's own words. */
export async function consultationsOf(pool: pg.Pool, state: CaseState, scope: string): Promise<Consulted> {
  const consultations = Object.values(state.consultations)
    .filter(({ procedureScope }) => procedureScope === scope)
    .sort((a, b) => a.n - b.n);
  return { consultations, words: await textsOf(pool, state.code, consultations.flatMap(textIds)) };
}

const textIds = ({ conference, reopenings }: ConsultationState): string[] => [
  ...reopenings.map(({ reason }) => reason.id),
  ...(conference?.reason ? [conference.reason.id] : []),
  ...(conference?.dissent.map(({ reason }) => reason.id) ?? []),
];
