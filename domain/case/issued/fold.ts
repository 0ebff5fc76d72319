import type { CaseEvent, EventOf } from '../events.js';
import type { ProcedureState } from '../procedure/state.js';
import type { ResultChange } from './state.js';

/** What an event makes of the result of a procedure, in place. */
export function foldResult(procedure: ProcedureState, event: CaseEvent): void {
  const by = event.actor.kind === 'person' ? event.actor.id : null;
  const at = event.occurredAt;
  switch (event.type) {
    case 'resultChangeProposed':
      (procedure.resultChanges ??= []).push({ ...proposed(event), by, proposedAt: at });
      return;
    case 'resultHearingAnswered': {
      const { changeId, statement } = event.payload;
      return patch(procedure, changeId, { answeredAt: at, statement });
    }
    case 'resultCorrected':
    case 'resultRevoked':
      return issue(procedure, event);
    case 'resultKept': {
      const { changeId, reason: decision } = event.payload;
      return patch(procedure, changeId, { outcome: 'kept', decidedAt: at, decidedBy: by, decision });
    }
    default:
      return;
  }
}

const undecided = {
  answeredAt: null,
  statement: null,
  outcome: null,
  decidedAt: null,
  decidedBy: null,
  decision: null,
  number: null,
  issuedBy: null,
} as const;

function proposed({ payload }: EventOf<'resultChangeProposed'>) {
  const { changeId: id, ...asked } = payload;
  return { id, ...asked, ...undecided };
}

/** Mailboxes hear of what was issued alone: what was proposed before may be missing there. */
function issue(procedure: ProcedureState, event: EventOf<'resultCorrected' | 'resultRevoked'>): void {
  const { payload, occurredAt: decidedAt, actor, seq: issuedBy } = event;
  const { changeId: id, of, number, reason, legalBasis } = payload;
  const decidedBy = actor.kind === 'person' ? actor.id : null;
  const change = event.type === 'resultRevoked' ? 'revocation' : 'correction';
  const passages = event.type === 'resultCorrected' ? event.payload.passages : [];
  const known = procedure.resultChanges?.find((one) => one.id === id);
  const before = known ?? { ...undecided, by: null, proposedAt: decidedAt, answerBy: null, reason };
  const issued: ResultChange = {
    ...before,
    ...{ id, change, of, passages, legalBasis, number, issuedBy, decidedAt, decidedBy },
    decision: reason,
    outcome: 'issued',
  };
  procedure.resultChanges = [...(procedure.resultChanges ?? []).filter((one) => one.id !== id), issued];
}

function patch(procedure: ProcedureState, id: string, change: Partial<ResultChange>): void {
  const found = procedure.resultChanges?.find((one) => one.id === id);
  if (found) Object.assign(found, change);
}
