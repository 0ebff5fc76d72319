import { readClock } from '../../time/clock.js';
import type { ErrorCode, Refusal } from '../../errors.js';
import type { Instant } from '../../time/instants.js';
import type { Envelope, PersonCommand } from '../commands.js';
import { execute } from '../execute.js';
import type { Law } from '../../law/law.js';
import type { CaseState } from '../state.js';
import { factsBehind } from '../procedure/state.js';
import type { ProcedureState } from '../procedure/state.js';

/** The command at the door. */
export interface MigrationEnvelope extends Envelope {
  readonly command: Extract<PersonCommand, { type: 'migrateProcedure' }>;
}

/** What another version of its definition would make of one running procedure. */
export interface MigrationPreview {
  readonly from: string;
  readonly to: string;
  readonly refusal: { readonly code: ErrorCode; readonly details: Readonly<Record<string, unknown>> } | null;
  /** By code. What is done and kept stays done. */
  readonly steps: {
    readonly kept: readonly string[];
    readonly new: readonly string[];
    readonly dropped: readonly string[];
  };
  /** Days left of the statutory term, before and after; null while the clock has not started. */
  readonly remaining: { readonly before: number; readonly after: number } | null;
}

/** Carries the command out on a copy; undefined where the case has no such procedure. Refuses `DEFINITION_UNKNOWN` where there is no such version. */
export function previewMigration(
  state: CaseState,
  envelope: MigrationEnvelope,
  law: Law,
): MigrationPreview | undefined {
  const { scope, version } = envelope.command;
  const procedure = state.procedures[scope];
  if (!procedure) return undefined;
  const outcome = execute(() => structuredClone(state), envelope, law, '');
  const moved = outcome.state.procedures[scope] ?? procedure;
  const codes = (one: string) =>
    law.procedureVersion(procedure.procedure, one, factsBehind(state, procedure)).steps.map(({ code }) => code);
  const [old, next] = [codes(procedure.version), codes(version)];
  const [before, after] = [procedure, moved].map((one) => remainingOf(one, law, envelope.occurredAt));
  return {
    from: procedure.version,
    to: version,
    refusal: refusalOf(outcome.refusal),
    steps: {
      kept: next.filter((code) => old.includes(code)),
      new: next.filter((code) => !old.includes(code)),
      dropped: old.filter((code) => !next.includes(code)),
    },
    remaining: before === undefined || after === undefined ? null : { before, after },
  };
}

const refusalOf = (refusal: Refusal | null): MigrationPreview['refusal'] =>
  refusal && { code: refusal.code, details: refusal.details ?? {} };

function remainingOf({ calendar, budget, ledger }: ProcedureState, law: Law, at: Instant): number | undefined {
  if (ledger.length === 0) return undefined;
  const last = ledger.at(-1)?.at ?? at;
  return readClock(law.calendar(calendar), budget, ledger, last > at ? last : at).remaining;
}
