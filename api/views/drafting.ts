import { type z } from 'zod';
import { factsBehind } from '../../domain/case/procedure/state.js';
import { procedureScopeOf } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { confirmationOf } from '../../domain/case/fact/state.js';
import { isOver } from '../../domain/case/task/state.js';
import { draftedFor } from '../../domain/drafting/drafted.js';
import { type Drafter, type ReadableDocument, type Source } from '../../domain/drafting/words.js';
import { type Text } from '../../domain/law/agency.js';
import { type Law } from '../../domain/law/law.js';
import { type ProjectFacts, type ResolvedProcedure } from '../../domain/law/procedure.js';
import { type FactValue } from '../../domain/schemas/procedure.js';
import { type TaskSummary } from '../../db/read/tasks.js';
import { citedOf } from '../../forms/citation.js';
import { type DraftedAnswerView } from '../schemas/drafting.js';

type Sentence = z.input<typeof DraftedAnswerView>['sentences'][number];

/** What may be written into the answer of a task that is open, with sources in words. Refuses `DRAFT_UNSOURCED`. */
export function draftedAnswer(
  task: TaskSummary,
  state: CaseState,
  law: Law,
  drafter: Drafter | undefined,
  documents: readonly ReadableDocument[],
): readonly Sentence[] {
  if (isOver(task)) return [];
  const sentences = draftedFor(task, state, law, drafter, documents);
  const procedure = state.procedures[procedureScopeOf(task.scope)];
  if (!procedure) return [];
  const facts = factsBehind(state, procedure);
  const resolved = law.procedureVersion(procedure.procedure, procedure.version, facts);
  return sentences.map(({ text, source }) => ({
    text,
    source: sourceView(source, { state, facts, resolved, law, documents }),
  }));
}

const asCode = (code: string): Text => ({ vi: code, en: code });

interface Behind {
  readonly state: CaseState;
  readonly facts: ProjectFacts;
  readonly resolved: ResolvedProcedure;
  readonly law: Law;
  readonly documents: readonly ReadableDocument[];
}

function sourceView(source: Source, { state, facts, resolved, law, documents }: Behind): Sentence['source'] {
  const { kind } = source;
  switch (kind) {
    case 'fact':
      return { kind, of: source.fact, name: statedIn(state, source.fact, facts[source.fact] ?? null) };
    case 'document': {
      const name = resolved.documents.find(({ code }) => code === source.code)?.name;
      return { kind, of: source.code, name: name ?? asCode(source.code) };
    }
    case 'page': {
      const { document, page } = source;
      const name = documents.find(({ id }) => id === document)?.name ?? asCode(document);
      return { kind, of: document, name: { vi: `${name.vi}, trang ${page}`, en: `${name.en}, page ${page}` }, page };
    }
    case 'step': {
      const name = resolved.steps.find(({ code }) => code === source.step)?.name;
      return { kind, of: source.step, name: name ?? asCode(source.step) };
    }
    case 'opinion':
      return { kind, of: source.agency, name: law.agencyName(source.agency) };
    case 'conference':
      return {
        kind,
        of: String(source.n),
        name: { vi: `lần lấy ý kiến thứ ${source.n}`, en: `consultation ${source.n}` },
      };
    case 'clause':
      return { kind, of: source.basis, name: citedOf(source.basis) };
  }
}

/** Who said so: whoever confirmed it, else the filing. */
function statedIn(state: CaseState, fact: string, value: FactValue): Text {
  const question = confirmationOf(state, fact, value);
  return question
    ? { vi: `đã được xác nhận (${question.id})`, en: `confirmed (${question.id})` }
    : { vi: 'nhà đầu tư kê khai', en: 'as the investor filed' };
}
