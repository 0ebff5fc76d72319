import { type z } from 'zod';
import { type OfficialActs } from '../../domain/case/official-acts.js';
import { factsBehind, type ProcedureState } from '../../domain/case/procedure/state.js';
import { type CaseState } from '../../domain/case/state.js';
import { getAgency } from '../../domain/law/agency.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { type Law } from '../../domain/law/law.js';
import { predicatesOf } from '../../domain/lane/predicates.js';
import { type OfficialActsView } from '../schemas/official-acts.js';
import { askedFact } from './cases.js';

/** What somebody may do in a case beside their tasks, with what its forms show. */
export function officialActsView(
  state: CaseState,
  { laneHearing, facts, interest, extensions, moreTime, lateAnswers }: OfficialActs,
  { law, catalogue }: { readonly law: Law; readonly catalogue: Catalogue },
): z.input<typeof OfficialActsView> {
  const resolved = (procedure: ProcedureState) =>
    law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure));
  const of = (procedure: ProcedureState) => ({
    procedure: procedure.procedure,
    procedureName: resolved(procedure).name,
  });
  const tests = state.kind === 'sandbox' ? [] : predicatesOf(state.facts, state.laneFindings);
  return {
    case: state.code,
    laneHearing: laneHearing ? { predicates: tests.map(({ id, name }) => ({ id, name })) } : null,
    facts: facts.map((attr) => ({ ...askedFact(attr), known: state.facts[attr] ?? null })),
    interest,
    extensions: extensions.map(({ procedure, most }) => ({ ...of(procedure), most })),
    moreTime: moreTime.map(({ procedure, ...notice }) => ({ ...of(procedure), ...notice })),
    lateAnswers: lateAnswers.map(({ procedure, n, step, agency, position }) => ({
      ...of(procedure),
      n,
      stepName: resolved(procedure).steps.find(({ code }) => code === step)?.name ?? null,
      agency,
      agencyName: getAgency(catalogue.agencies, agency).name,
      position,
    })),
  };
}
