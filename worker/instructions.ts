import { climbInstruction } from '../db/leadership/instructions.js';
import type { LawSource } from '../db/law/live-law.js';
import type pg from 'pg';
import type { AgendaHandler } from './agenda.js';

/** A rung of an instruction has come: whoever the ladder names is told, unless it has ended or has another date meanwhile. */
export const climbInstructions =
  ({ pool, law }: { readonly pool: pg.Pool; readonly law: LawSource }): AgendaHandler =>
  async ({ ref }, now) =>
    climbInstruction(pool, law.current().law, ref.slice(0, ref.indexOf('/')), now);
