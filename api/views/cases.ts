import { type z } from 'zod';
import { type CaseDetail, type CaseSummary } from '../../db/queries/cases.js';
import { type RoadmapItem } from '../../db/queries/roadmap.js';
import { type TimelineEntry as Entry } from '../../db/queries/timeline.js';
import { portalStatus } from '../../db/portal-status.js';
import { type EventType } from '../../domain/case/events.js';
import { missingGates, missingResults } from '../../domain/case/progress.js';
import { type CaseState, latestAttempt, type ProcedureState } from '../../domain/case/state.js';
import { type Law } from '../../domain/case/law.js';
import { type Filing } from '../../domain/screening.js';
import { type CaseAccess } from '../../db/people.js';
import {
  type CaseDetailView,
  type CaseSummaryView,
  type ProcedureView,
  type RoadmapView,
  type TimelineEntry,
} from '../schemas/cases.js';
import { portalStatusOf } from '../schemas/portal-status.js';

export const summaryView = ({ code, openedAt, ...rest }: CaseSummary): z.input<typeof CaseSummaryView> => ({
  case: code,
  filedAt: openedAt,
  ...rest,
});

/** One case as whoever has access to it reads it; how fresh it is comes from the route. */
export function caseView(
  { summary, state, filing }: CaseDetail,
  law: Law,
): Omit<z.input<typeof CaseDetailView>, 'asOf' | 'settled'> {
  const { code, openedAt, name: _name, ...rest } = summary;
  const { milestone, lawAt, baseline, target, ambition, survey } = state;
  const { project, investor } = (filing ?? { project: null, investor: null }) as
    Pick<Filing, 'project' | 'investor'> | { project: null; investor: null };
  return {
    case: code,
    filedAt: openedAt,
    ...rest,
    milestone,
    lawAt,
    baseline,
    target,
    ambition,
    project,
    investor,
    procedures: Object.values(state.procedures).map((procedure) => procedureView(state, procedure, law)),
    asked: [...askedOfInvestor(state)],
    survey,
  };
}

export function procedureView(state: CaseState, procedure: ProcedureState, law: Law): z.input<typeof ProcedureView> {
  const { decision, closed, supplements } = procedure;
  return {
    procedure: procedure.procedure,
    name: law.procedureVersion(procedure.procedure, procedure.version, state.facts).name,
    attempt: procedure.attempt,
    version: procedure.version,
    phase: procedure.phase,
    mandatory: procedure.mandatory,
    competentAgency: procedure.competentAgency,
    handlingAgency: procedure.handlingAgency,
    stage: procedure.stage,
    status: portalStatusOf(portalStatus(procedure)),
    dossierCode: procedure.dossierCode,
    openedAt: procedure.openedAt,
    receivedAt: procedure.receivedAt,
    printedDueDate: procedure.printedDueDate,
    promisedDate: procedure.promisedDate,
    supplements: supplements.map(({ taskId: _task, ...supplement }) => supplement),
    decision: decision && {
      outcome: decision.outcome,
      at: decision.at,
      reason: decision.reason,
      number: procedure.signature?.number ?? null,
    },
    handedOverAt: procedure.handedOverAt,
    closedAt: closed?.at ?? null,
    outcome: closed?.outcome ?? null,
  };
}

/** Whatever the case cannot go on without from the investor's side, in the order of the plan. */
function* askedOfInvestor(state: CaseState): Generator<z.input<typeof CaseDetailView>['asked'][number]> {
  if (state.closed) {
    if (state.survey === null) yield { kind: 'survey' };
    return;
  }
  const waitingForGate = new Map<string, string[]>();
  for (const item of state.plan) {
    const { procedure: code, mandatory } = item;
    const procedure = latestAttempt(state, code);
    if (!procedure) {
      if (!mandatory || missingResults(state, item).length > 0) continue;
      for (const gate of missingGates(state, item))
        waitingForGate.set(gate, [...(waitingForGate.get(gate) ?? []), code]);
      continue;
    }
    if (procedure.closed) {
      const { outcome } = procedure.closed;
      if (mandatory && outcome !== 'approved') yield { kind: 'refiling', procedure: code, outcome };
      continue;
    }
    if (procedure.stage === 'awaiting-dossier' && procedure.startsFrom !== 'prior-decision') {
      yield { kind: 'dossier', procedure: code, again: procedure.filings.length > 0 };
    }
    for (const { requestId, deadline, status } of procedure.supplements) {
      if (status === 'asked' || status === 'lapsed') yield { kind: 'supplement', procedure: code, requestId, deadline };
    }
  }
  for (const [gate, procedures] of waitingForGate) yield { kind: 'gate', gate, procedures };
}

export const roadmapView = (items: readonly RoadmapItem[]): z.input<typeof RoadmapView>['items'] =>
  items.map(({ actual, ...item }) => {
    if (!actual) return { ...item, actual };
    const { portalStatus: code, ...rest } = actual;
    return { ...item, actual: { ...rest, status: portalStatusOf(code) } };
  });

// How an agency works within itself is told to agencies, leaders and auditors.
const internal: ReadonlySet<EventType> = new Set([
  'taskOpened',
  'taskClaimed',
  'taskReleased',
  'taskCompleted',
  'taskCancelled',
  'stepFailed',
  'opinionRequested',
  'scopeClosed',
  'scopeRebuilt',
]);

/** An event as this reader sees it; undefined where it is not theirs to see. The investor's side reads which agency acted, not who in it. */
export function timelineEntry(
  { event, actorName, recordedAt, hash }: Entry,
  access: CaseAccess,
  withEvidence: boolean,
): z.input<typeof TimelineEntry> | undefined {
  if (access === 'party' && internal.has(event.type)) return undefined;
  const { actor } = event;
  const person = actor.kind === 'person' ? actor : undefined;
  const named = person !== undefined && (access !== 'party' || person.agency === null);
  return {
    seq: event.seq,
    type: event.type,
    scope: event.scope,
    occurredAt: event.occurredAt,
    recordedAt,
    actor: {
      kind: actor.kind,
      id: named ? person.id : null,
      name: named ? actorName : null,
      role: person?.role ?? null,
      agency: 'agency' in actor ? actor.agency : null,
      onBehalfOf: person?.onBehalfOf ?? null,
    },
    payload: { ...event.payload },
    hash: withEvidence ? hash : null,
  };
}
