import type pg from 'pg';
import { type CaseEvent } from '../../domain/case/events.js';
import { procedureScopeOf, scopeKind, type ScopeId } from '../../domain/case/scope.js';
import { refuse } from '../../domain/errors.js';
import { type ProjectFacts, type ResolvedProcedure } from '../../domain/law/procedure.js';
import { type MailboxOf, readMailbox } from '../../engine/register/mailbox.js';
import { type LawSource } from '../law/live-law.js';

/** What a workflow needs to think: its mailbox after what it has seen, and the law it works by. */
export interface LoadedMailbox extends MailboxOf<CaseEvent> {
  /** Of procedures and consultations: the version the procedure rests on, as it applies to this project. */
  readonly procedure: ResolvedProcedure | null;
}

const columns = `(select version from catalogue_rules) as law_version,
       h.state -> 'facts' as facts, h.state -> 'procedures' -> $3::text ->> 'procedure' as procedure,
       h.state -> 'procedures' -> $3::text ->> 'version' as version`;

interface Governing {
  law_version: number;
  facts: ProjectFacts;
  procedure: string | null;
  version: string | null;
}

/** Refuses `NOT_FOUND` for a scope that was never opened. */
export async function loadScope(
  pool: pg.Pool,
  source: LawSource,
  scope: ScopeId,
  after: number,
): Promise<LoadedMailbox> {
  const read = { columns, values: [procedureScopeOf(scope)] };
  const mailbox = await readMailbox<CaseEvent, Governing>(pool, scope, after, read);
  if (!mailbox) return refuse('NOT_FOUND', { scope });
  const { also, ...loaded } = mailbox;
  const { law } = await source.atLeast(also.law_version);
  const { procedure, version, facts } = also;
  const without = scopeKind(scope) === 'case' || procedure === null || version === null;
  return { ...loaded, procedure: without ? null : law.procedureVersion(procedure, version, facts) };
}
