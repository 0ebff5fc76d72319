import type pg from 'pg';
import { forgetStates, readState, sealRemembered } from '../../db/register/kept-state.js';
import type { CaseState } from '../../domain/case/state.js';

/** Nobody who reads a state that the process remembers may change it: here it throws. */
sealRemembered(frozen);

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** The state of a case as of now. */
export async function getState(pool: pg.Pool, code: string): Promise<CaseState> {
  const state = await readState(pool, code);
  if (!state) throw new Error(`no case ${code}`);
  return state;
}

/** Keeps the state of now beside the head, changed by `change` (of its text), and has every reader take that. */
export async function rewriteState(
  owner: pg.Pool,
  code: string,
  change: (text: string) => string = (text) => text,
): Promise<void> {
  const text = change(JSON.stringify(await getState(owner, code)));
  await owner.query('update case_head set state = $2, state_seq = seq where code = $1', [code, text]);
  forgetStates();
}
