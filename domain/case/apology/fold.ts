import type { CaseEvent } from '../events.js';
import type { ProcedureState } from '../procedure/state.js';
import { aboutOf } from '../task/keys.js';

/** What an event makes of the letters of apology of a procedure, in place. */
export function foldApologies(procedure: ProcedureState, event: CaseEvent): void {
  const at = event.occurredAt;
  switch (event.type) {
    case 'apologyDrafted': {
      const { letterId, dueDate, causes } = event.payload;
      procedure.apologies.push({
        letterId,
        dueDate,
        draftedAt: at,
        causes,
        sentAt: null,
        newDate: null,
        dropped: false,
        voided: false,
      });
      return;
    }
    case 'taskCompleted': {
      const task = procedure.tasks[event.payload.taskId];
      const about = task && aboutOf(task, 'apology');
      const letter = about && procedure.apologies.find(({ letterId }) => letterId === about.letterId);
      if (letter && event.payload.outcome === 'not-needed') letter.dropped = true;
      return;
    }
    case 'apologyVoided': {
      const letter = procedure.apologies.find((one) => one.letterId === event.payload.letterId);
      if (letter) letter.voided = true;
      return;
    }
    case 'apologySent': {
      const letter = procedure.apologies.find((one) => one.letterId === event.payload.letterId);
      if (letter) Object.assign(letter, { sentAt: at, newDate: event.payload.newDate, causes: event.payload.causes });
      return;
    }
    default:
      return;
  }
}
