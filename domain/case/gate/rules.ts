import type { GateDefinition } from '../../law/procedure.js';
import { refuse } from '../../errors.js';
import { addMonths, type PlainDate } from '../../time/instants.js';
import type { Draft } from '../draft.js';
import type { Law } from '../../law/law.js';
import { isOwnGate } from '../procedure/progress.js';
import type { CaseState } from '../state.js';
import { latestAttempt } from '../procedure/state.js';
import { isGranted } from '../issued/state.js';

/** Two moments of a project's life that the law sets conditions for, and how the investor tells us of them. */
const moments: Readonly<Record<string, string>> = {
  'construction-started': 'commencement',
  'operation-started': 'operation',
};
const planned = 'commencement-planned';

interface Laid {
  readonly gate: GateDefinition;
  /** The procedure whose definition sets it. */
  readonly by: string;
  /** A procedure, `commencement` or `operation`; `@none` where it only says what another procedure replaces. */
  readonly blocks: string;
}

/** Every condition that the definitions of the plan set on this pathway. */
export function gatesOf({ plan, procedures, pathway }: CaseState, law: Law): Laid[] {
  return plan.flatMap(({ procedure, version }) => {
    const attempt = Object.values(procedures).find((one) => one.procedure === procedure);
    return law.definition(attempt?.version ?? version).gates.flatMap((gate): Laid[] => {
      if (gate.pathways !== null && !gate.pathways.includes(pathway)) return [];
      return [{ gate, by: procedure, blocks: gate.blocks === '@self' ? procedure : gate.blocks }];
    });
  });
}

const isApproved = (state: CaseState, code: string): boolean => isGranted(latestAttempt(state, code));

/** What of the conditions on `moment` is not there yet: results, as the investor may read them. */
function missingFor(state: CaseState, law: Law, moment: string): string[] {
  return gatesOf(state, law).flatMap(({ gate: { needs }, blocks }) =>
    blocks === moment && 'result' in needs && !isApproved(state, needs.result) ? [needs.result] : [],
  );
}

/** What a procedure needs beside the results and events of the plan. */
export function missingConditions(state: CaseState, law: Law, procedure: string): string[] {
  return gatesOf(state, law).flatMap(({ gate: { code, needs }, blocks }) => {
    if (blocks !== procedure) return [];
    if ('absent' in needs) return isSought(state, needs.absent) ? [code] : [];
    if (!('anyOf' in needs)) return [];
    const there = needs.anyOf.some((one) =>
      one.startsWith('result:') ? isApproved(state, one.slice('result:'.length)) : one in state.gatesMet,
    );
    return there ? [] : [...needs.anyOf];
  });
}

/** Asked for in this case and not refused. */
function isSought(state: CaseState, procedure: string): boolean {
  const attempt = latestAttempt(state, procedure);
  return attempt !== undefined && (attempt.closed === null || isGranted(attempt));
}

/** Events that the investor may report: those of the plan, those that a definition names, and the moments of a project that builds. */
export function reportable(state: CaseState, law: Law): string[] {
  const named = gatesOf(state, law).flatMap(({ gate: { needs } }) =>
    'anyOf' in needs ? needs.anyOf.filter((one) => !one.startsWith('result:')) : [],
  );
  const building = state.facts['project.construction'] === true ? [planned, 'construction-started'] : [];
  // What a procedure opens for itself, the engine says.
  const inPlan = state.plan.flatMap((item) => item.gates).filter((gate) => !isOwnGate(gate));
  return [...new Set([...inPlan, ...named, ...building, 'operation-started'])];
}

/** Refuses what the law does not allow to have happened yet, and a day that cannot be. `on`: the day stated. */
export function requireReportable(
  { state, law }: Draft,
  event: string,
  on: PlainDate | undefined,
  today: PlainDate,
): void {
  if (event === planned) {
    if (on === undefined || on < today) refuse('VALIDATION_FAILED', { field: 'on', from: today });
    return;
  }
  if (on !== undefined && on > today) refuse('VALIDATION_FAILED', { field: 'on', to: today });
  const moment = moments[event];
  const waitingFor = moment === undefined ? [] : missingFor(state, law, moment);
  if (waitingFor.length > 0) refuse('PRECONDITION_FAILED', { gate: event, waitingFor });
  for (const { gate } of gatesOf(state, law)) {
    const { code, needs } = gate;
    if (code !== event || !('months' in needs)) continue;
    // Since when it has operated: stated now, or before.
    const since = on ?? state.dates['operation-started'];
    if (since === undefined) refuse('VALIDATION_FAILED', { field: 'on', missing: true });
    const from = addMonths(since, needs.months);
    if (from > today) refuse('PRECONDITION_FAILED', { gate: event, since, from });
  }
}
