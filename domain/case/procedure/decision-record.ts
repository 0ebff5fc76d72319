import type { DecisionRecord } from '../activities.js';
import type { ProcedureState } from './state.js';

/** What is signed of a decision: ids and law only; the number follows the dossier's. Undefined where there is no decision. */
export function decisionRecord(caseCode: string, procedure: ProcedureState): DecisionRecord | undefined {
  const { decision, dossierCode, version, attempt } = procedure;
  if (!decision || dossierCode === null) return undefined;
  const { outcome, at: decidedAt, by: decidedBy, reason, content } = decision;
  const competentAgency = decision.competentAgency ?? procedure.competentAgency;
  const number = `${dossierCode}-KQ`;
  return {
    number,
    caseCode,
    dossierCode,
    procedure: procedure.procedure,
    version,
    attempt,
    competentAgency,
    outcome,
    decidedAt,
    decidedBy,
    reason,
    ...(content && { content }),
  };
}
