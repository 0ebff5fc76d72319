import type pg from 'pg';
import { type CaseState } from '../../domain/case/state.js';
import { admissionOf } from '../../domain/case/trial/state.js';
import { findPeople } from '../people/people.js';
import { textsOf } from '../register/texts.js';

/** Names and words that the admission of a trial refers to by id. */
export interface AdmissionWords {
  /** null: erased. */
  readonly nameOf: (person: string) => string | null;
  /** By the id of the reference; null: erased. */
  readonly wordsOf: (id: string) => string | null;
}

/** Of the evaluation and the council as they stand now. */
export async function admissionWords(pool: pg.Pool, state: CaseState): Promise<AdmissionWords> {
  const { council = null, proposal = null } = admissionOf(state) ?? {};
  const people = [...(council?.members ?? []).map(({ person }) => person), ...(proposal?.by ?? [])];
  const said = Object.values(council?.votes ?? {}).flatMap(({ reason }) => reason?.id ?? []);
  const [names, words] = await Promise.all([findPeople(pool, people), textsOf(pool, state.code, said)]);
  return { nameOf: (person) => names.get(person)?.name ?? null, wordsOf: (id) => words.get(id) ?? null };
}
