import type pg from 'pg';
import { type CaseState } from '../../domain/case/state.js';
import type { ConsultationState } from '../../domain/case/consultation/state.js';
import { aboutOf } from '../../domain/case/task/keys.js';
import { refsIn, type WordsById } from '../../domain/case/words.js';
import { textsOf } from '../register/texts.js';
import { tasksDone } from './task-words.js';

/** What was asked of agencies in one attempt at a procedure, and the words behind it. */
export interface Consulted {
  /** In the order of asking. */
  readonly consultations: readonly ConsultationState[];
  /** Words by the id of their reference; null where they were erased. */
  readonly words: WordsById;
  /** What was said with each task that was completed, by its id. */
  readonly notes: ReadonlyMap<string, string | null>;
}

/** Why an agency answered as it did: said with the task in which it was asked; carried over, in the round before. */
export function reasonOfOpinion(
  { consultations, notes }: Consulted,
  { step, n }: ConsultationState,
  agency: string,
): string | null {
  const rounds = consultations.filter((one) => one.step === step && one.n <= n).sort((a, b) => b.n - a.n);
  for (const { tasks } of rounds) {
    const asked = Object.values(tasks).find(
      (one) => aboutOf(one, 'opinion')?.agency === agency && one.status === 'done',
    );
    if (asked) return notes.get(asked.id) ?? null;
  }
  return null;
}

/** The consultations of the attempt `scope`, with what was said in people's own words. */
export async function consultationsOf(pool: pg.Pool, state: CaseState, scope: string): Promise<Consulted> {
  const consultations = Object.values(state.consultations)
    .filter(({ procedureScope }) => procedureScope === scope)
    .sort((a, b) => a.n - b.n);
  const words = await textsOf(pool, state.code, refsIn(consultations));
  const done = consultations.length === 0 ? [] : [...(await tasksDone(pool, state.code))];
  return { consultations, words, notes: new Map(done.map(([id, { note }]) => [id, note])) };
}
