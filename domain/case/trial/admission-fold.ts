import type { CaseEvent } from '../events.js';
import type { ProcedureState } from '../procedure/state.js';

/** What an event makes of the proposal and the council of a trial's admission, in place. */
export function foldAdmission(procedure: ProcedureState, event: CaseEvent): void {
  const at = event.occurredAt;
  switch (event.type) {
    case 'trialTermsProposed': {
      const { criteria, terms } = event.payload;
      procedure.proposal = { criteria, terms, by: namesIn(event), at };
      return;
    }
    case 'councilConvened': {
      const { members, quorum, meetsAt } = event.payload;
      procedure.council = { members, quorum, meetsAt, present: null, votes: {}, closed: null };
      return;
    }
    case 'councilOpened':
      if (procedure.council) procedure.council.present = event.payload.present;
      return;
    case 'voteCast': {
      const { person, vote, reason } = event.payload;
      if (procedure.council) procedure.council.votes[person] = { vote, at, reason };
      return;
    }
    case 'councilClosed': {
      const { taskId: _task, present: _present, absent: _absent, paperNumber: _number, ...result } = event.payload;
      if (procedure.council) procedure.council.closed = { ...result, at };
      return;
    }
    default:
      return;
  }
}

/** Who acted, and in whose place. */
const namesIn = ({ actor }: CaseEvent): string[] =>
  actor.kind !== 'person' ? [] : actor.onBehalfOf === undefined ? [actor.id] : [actor.id, actor.onBehalfOf];
