import type pg from 'pg';
import { canonical } from '../../domain/evidence/canonical.js';
import { type DecisionRecord } from '../../domain/case/activities.js';
import { type ScopeId } from '../../domain/case/scope.js';
import { decisionWords } from './case-state.js';

/** The bytes that the signature of a decision is over: its record as RFC 8785 text, with the words that the register has. */
export async function decisionDocument(pool: pg.Pool, scope: ScopeId, record: DecisionRecord): Promise<Buffer> {
  // No run knows the words of a decision of before: what is signed is what the register has.
  const { reason, content } = await decisionWords(pool, scope);
  return Buffer.from(canonical({ ...record, reason, ...(content && { content }) }));
}
