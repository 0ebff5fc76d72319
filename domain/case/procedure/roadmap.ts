import { readPrinted } from './printed-clock.js';
import type { Budget, KnownReading } from '../../time/clock.js';
import type { PlanItem } from '../case/words.js';
import type { ProcedureOutcome } from './words.js';
import type { Law } from '../../law/law.js';
import { gateName, missingGates, missingResults, readiness, type Readiness } from './progress.js';
import type { CaseState } from '../state.js';
import { latestAttempt, type ProcedureState } from './state.js';
import { isDeferrable } from '../deferral/rules.js';
import { desksOf } from './holder.js';
import type { Text } from '../../law/agency.js';
import type { Phase } from '../../law/procedure.js';
import type { Instant, PlainDate } from '../../time/instants.js';
import { portalStatus } from '../case/portal-status.js';

/** One procedure on the way to the licence: planned, and as it really goes. */
export interface RoadmapItem {
  readonly procedure: string;
  readonly version: string;
  readonly name: Text;
  readonly phase: Phase;
  readonly mandatory: boolean;
  readonly competentAgency: string;
  readonly handlingAgency: string;
  readonly cityControlled: boolean;
  readonly budget: Budget;
  /** false: the budget rests on a figure that nobody has verified. */
  readonly verified: boolean;
  readonly after: readonly string[];
  readonly gates: readonly { readonly event: string; readonly metAt: Instant | null }[];
  readonly readiness: Readiness;
  /** What it waits for, while it may not open yet. */
  readonly missing: { readonly results: readonly string[]; readonly gates: readonly string[] };
  readonly planned: {
    readonly statutory: PlanItem['statutory'];
    /** null for a trial: nothing shorter than the term is promised to it. */
    readonly target: PlanItem['target'] | null;
  };
  /** The latest attempt; null while it was never opened. */
  readonly actual: RoadmapActual | null;
  /** Put off by the investor: it keeps nothing open. */
  readonly deferred: { readonly until: PlainDate | null; readonly at: Instant } | null;
  /** The investor may put it off. */
  readonly mayDefer: boolean;
  /** Who has it in hand now: agency codes, `investor`, `system`; nobody while it waits for others or is over. */
  readonly holders: readonly string[];
}

export interface RoadmapActual {
  readonly attempt: number;
  readonly stage: ProcedureState['stage'];
  readonly portalStatus: number;
  readonly dossierCode: string | null;
  readonly openedAt: Instant;
  readonly filedAt: Instant | null;
  readonly receivedAt: Instant | null;
  readonly decidedAt: Instant | null;
  readonly handedOverAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly outcome: ProcedureOutcome | null;
  /** As form 01 printed them. */
  readonly printedDueDate: PlainDate | null;
  readonly promisedDate: PlainDate | null;
  /** null before the clock has started. `remaining` = days left. */
  readonly clock: KnownReading | null;
}

/** The roadmap of a case as of `now`, in the order of the plan. Pure. */
export function roadmapOf(state: CaseState, law: Law, now: Instant): RoadmapItem[] {
  return state.plan.map((item) => {
    const latest = latestAttempt(state, item.procedure);
    const resolved = law.procedureVersion(
      item.procedure,
      latest?.version ?? item.version,
      latest?.facts ?? state.facts,
    );
    return {
      procedure: item.procedure,
      version: resolved.version,
      name: resolved.name,
      phase: item.phase,
      mandatory: item.mandatory,
      competentAgency: latest?.competentAgency ?? resolved.competentAgency,
      handlingAgency: latest?.handlingAgency ?? resolved.handlingAgency,
      cityControlled: item.cityControlled,
      budget: latest?.budget ?? item.budget,
      verified: item.verified,
      after: item.after,
      gates: item.gates.map((event) => ({ event: gateName(event), metAt: state.gatesMet[gateName(event)] ?? null })),
      readiness: readiness(state, item),
      missing: latest
        ? { results: [], gates: [] }
        : { results: missingResults(state, item), gates: missingGates(state, item) },
      planned: { statutory: item.statutory, target: state.kind === 'sandbox' ? null : item.target },
      actual: latest ? actualOf(state, latest, law, now) : null,
      deferred: state.deferred[item.procedure] ?? null,
      mayDefer: isDeferrable(state, law, item),
      holders: state.closed || item.procedure in state.deferred ? [] : desksOf(state, law, item, latest, now),
    };
  });
}

function actualOf(state: CaseState, procedure: ProcedureState, law: Law, now: Instant): RoadmapActual {
  return {
    attempt: procedure.attempt,
    stage: procedure.stage,
    portalStatus: portalStatus(procedure),
    dossierCode: procedure.dossierCode,
    openedAt: procedure.openedAt,
    filedAt: procedure.filings.at(-1)?.at ?? null,
    receivedAt: procedure.receivedAt,
    decidedAt: procedure.decision?.at ?? null,
    handedOverAt: procedure.handedOverAt,
    closedAt: procedure.closed?.at ?? null,
    outcome: procedure.closed?.outcome ?? null,
    printedDueDate: procedure.printedDueDate,
    promisedDate: promisedDate(state, procedure),
    clock: readPrinted(state, procedure, law, now),
  };
}

/** As form 01 printed it; a trial was promised nothing. */
export const promisedDate = ({ kind }: CaseState, procedure: ProcedureState): PlainDate | null =>
  kind === 'sandbox' ? null : procedure.promisedDate;
