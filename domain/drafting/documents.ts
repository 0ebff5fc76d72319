import { factsBehind } from '../case/procedure/state.js';
import type { ScopeId } from '../case/scope.js';
import type { CaseState } from '../case/state.js';
import { attachmentsOf } from '../case/task/attachments.js';
import type { Text } from '../law/agency.js';
import { classOfCode } from '../law/document-classes.js';
import type { Law } from '../law/law.js';

/**
 * The uploaded documents that a draft in this procedure may quote, by their ids, as a sentence calls them: what was filed last under each code, and what officials put
 * beside their answers. What is about a natural person is quoted nowhere.
 */
export function documentsBehind(state: CaseState, law: Law, scope: ScopeId): ReadonlyMap<string, Text> {
  const procedure = state.procedures[scope];
  if (!procedure) return new Map();
  const { documents } = law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure));
  const filed = new Map(procedure.filings.flatMap((one) => one.documents).map((one) => [one.code, one.documentId]));
  const ofDossier = [...filed].flatMap(([code, id]): [string, Text][] => {
    if (id === null || classOfCode(code) === 'personal') return [];
    return [[id, documents.find((one) => one.code === code)?.name ?? { vi: code, en: code }]];
  });
  const beside = attachmentsOf(state, scope).map(({ task, documentId }): [string, Text] => {
    const { vi, en } = law.agencyName(task.agency);
    return [documentId, { vi: `Văn bản kèm theo của ${vi}`, en: `Document put there by ${en}` }];
  });
  return new Map([...ofDossier, ...beside]);
}
