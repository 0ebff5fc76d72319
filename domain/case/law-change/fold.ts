import type { CaseEvent } from '../events.js';
import type { CaseState } from '../state.js';
import { openOf } from './merger.js';

/** A merger hands over what is open, of every scope at once; whatever is over stays with whoever did it. */
export function foldMerger(state: CaseState, event: CaseEvent): void {
  if (event.type !== 'agencyMerged') return;
  const { merged, into } = event.payload;
  const now = (agency: string): string => (agency === merged ? into : agency);
  const open = openOf(state, merged);
  for (const procedure of open.procedures) {
    const { competentAgency, handlingAgency, receivedAt } = procedure;
    procedure.formerAgencies = [
      ...(procedure.formerAgencies ?? []),
      { seq: event.seq, competentAgency, handlingAgency, ...(receivedAt !== null && { received: true }) },
    ];
    // A decision stays with the body that made it, also where it is signed later.
    if (procedure.decision) procedure.decision.competentAgency ??= competentAgency;
    procedure.competentAgency = now(competentAgency);
    procedure.handlingAgency = now(handlingAgency);
  }
  for (const consultation of open.consultations) {
    const { lead, conference } = consultation;
    if (lead === merged) consultation.formerLeads = [...(consultation.formerLeads ?? []), { seq: event.seq, lead }];
    consultation.lead = now(lead);
    if (conference?.decidedAt === null) conference.chair = now(conference.chair);
  }
  for (const one of [...open.tasks, ...open.duties, ...open.questions, ...open.factQuestions]) one.agency = into;
  if (open.trial) {
    const { authority, supervises, evaluates } = open.trial;
    Object.assign(open.trial, { authority: now(authority), supervises: now(supervises), evaluates: now(evaluates) });
  }
}
