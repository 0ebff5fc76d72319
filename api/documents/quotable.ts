import type pg from 'pg';
import { documentsByEyes } from '../../db/people/document-readers.js';
import { isPartyRole } from '../../db/people/readers.js';
import { readTexts } from '../../db/register/document-texts.js';
import { procedureScopeOf, scopeKind } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { documentsBehind } from '../../domain/drafting/documents.js';
import { type ReadableDocument } from '../../domain/drafting/words.js';
import { type Law } from '../../domain/law/law.js';
import { type TaskSummary } from '../../db/read/tasks.js';
import { type Person } from '../auth/person.js';

/** The documents behind a draft of this task's answer that this reader may open, with what they say. */
export async function quotableDocuments(
  pool: pg.Pool,
  law: Law,
  state: CaseState,
  person: Person,
  task: Pick<TaskSummary, 'scope'>,
): Promise<ReadableDocument[]> {
  if (scopeKind(task.scope) === 'case' || isPartyRole(person.role)) return [];
  const named = documentsBehind(state, law, procedureScopeOf(task.scope));
  const { open } = await documentsByEyes(pool, law, state, person);
  const texts = await readTexts(
    pool,
    [...named.keys()].filter((id) => open.has(id)),
  );
  return [...named].flatMap(([id, name]) => {
    const pages = texts.get(id);
    return pages ? [{ id, name, pages }] : [];
  });
}
