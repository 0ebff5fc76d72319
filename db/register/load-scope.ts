import type pg from 'pg';
import { type CaseEvent } from '../../domain/case/events.js';
import { caseCodeOf, procedureScopeOf, scopeKind, type ScopeId } from '../../domain/case/scope.js';
import { refuse } from '../../domain/errors.js';
import { type ResolvedProcedure } from '../../domain/law/procedure.js';
import { type MailboxOf, readMailbox } from '../../engine/register/mailbox.js';
import { type LawSource } from '../law/live-law.js';
import { type Kept, keptColumn, rememberedState, stateAtHead } from './kept-state.js';

/** What a workflow needs to think: its mailbox after what it has seen, and the law it works by. */
export interface LoadedMailbox extends MailboxOf<CaseEvent> {
  /** Of procedures and consultations: the version the procedure rests on, as it applies to this project. */
  readonly procedure: ResolvedProcedure | null;
}

const columns = `(select version from catalogue_rules) as law_version, ${keptColumn({ seq: '$3::int', hash: '$4::text' })} as kept`;

interface Governing {
  law_version: number;
  kept: Kept;
}

/** Refuses `NOT_FOUND` for a scope that was never opened. */
export async function loadScope(
  pool: pg.Pool,
  source: LawSource,
  scope: ScopeId,
  after: number,
): Promise<LoadedMailbox> {
  const base = rememberedState(caseCodeOf(scope));
  const read = { columns, values: [base?.seq ?? null, base?.hash ?? null] };
  const mailbox = await readMailbox<CaseEvent, Governing>(pool, scope, after, read);
  if (!mailbox) return refuse('NOT_FOUND', { scope });
  const { also, ...loaded } = mailbox;
  const { law } = await source.atLeast(also.law_version);
  if (scopeKind(scope) === 'case') return { ...loaded, procedure: null };
  const { facts, procedures } = await stateAtHead(pool, also.kept, base);
  const governing = procedures[procedureScopeOf(scope)];
  return {
    ...loaded,
    procedure: governing
      ? law.procedureVersion(governing.procedure, governing.version, governing.facts ?? facts)
      : null,
  };
}
