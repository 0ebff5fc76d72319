import { amended } from './dossier-check.js';
import type { CaseEvent, EventOf } from '../events.js';
import type { Lane } from '../case/words.js';
import type { Instant } from '../../time/instants.js';
import type { ProcedureState } from './state.js';
import { taskOfClock } from '../task/keys.js';
import { rungKey } from '../../time/ladder.js';
import { isPromised } from '../promise/rules.js';

/** A procedure as it begins. */
export function openedProcedure(event: EventOf<'procedureOpened'>, lane: Lane | null): ProcedureState {
  return {
    ...event.payload,
    promise: isPromised(event.payload.cityControlled, lane),
    scope: event.scope,
    openedAt: event.occurredAt,
    stage: 'awaiting-dossier',
    filings: [],
    completions: [],
    declaration: null,
    declaring: null,
    dossierCode: null,
    receivedAt: null,
    clockFrom: null,
    receptionRefusedAt: null,
    printedDueDate: null,
    promisedDate: null,
    printed: 'statutory',
    extensions: 0,
    ledger: [],
    rungs: [],
    apologies: [],
    migrations: 0,
    redated: 0,
    payments: {},
    supplements: [],
    returns: [],
    steps: {},
    tasks: {},
    consultations: 0,
    consulted: {},
    proposal: null,
    council: null,
    decision: null,
    signature: null,
    handedOverAt: null,
    closed: null,
  };
}

function answerRequest({ completions }: ProcedureState, at: Instant): void {
  const open = completions.find(({ answeredAt }) => answeredAt === null);
  if (open) open.answeredAt = at;
}

/** What an event makes of a procedure itself: its dossier, its clock, its decision; in place. */
export function foldProcedure(procedure: ProcedureState, event: CaseEvent): void {
  const at = event.occurredAt;
  switch (event.type) {
    case 'dossierFiled': {
      const last = procedure.filings.at(-1);
      if (event.payload.amends && last) {
        last.documents = amended(last.documents, event.payload.documents);
        // Of releases in which whatever was added moved the day: as it was printed then.
        if (!event.payload.extra) last.changedAt = at;
        return;
      }
      procedure.filings.push({ at, documents: event.payload.documents });
      if (event.payload.declares) procedure.declaring = { filing: procedure.filings.length, failed: false };
      answerRequest(procedure, at);
      procedure.stage = 'intake';
      // Where the law counts from receipt, the clock starts the day the dossier comes, and waiting for a complete one suspends it.
      if (procedure.startsFrom === 'receipt') {
        procedure.ledger.push(procedure.ledger.length === 0 ? { type: 'start', at } : { type: 'resume', at });
      }
      return;
    }
    case 'onlineDeclared':
      procedure.declaration = { id: event.payload.declarationId, lapsesOn: event.payload.lapsesOn };
      procedure.declaring = null;
      return;
    case 'declarationFailed':
      if (procedure.declaring?.filing === event.payload.filing)
        procedure.declaring = { filing: event.payload.filing, failed: true };
      return;
    case 'completionRequested':
      procedure.stage = 'awaiting-dossier';
      procedure.completions.push({ requestedAt: at, answeredAt: null });
      if (procedure.startsFrom === 'receipt') procedure.ledger.push({ type: 'suspend', at, ground: 'completion' });
      return;
    case 'dossierReceived':
      procedure.stage = 'processing';
      procedure.dossierCode = event.payload.dossierCode;
      procedure.receivedAt = at;
      procedure.clockFrom = event.payload.clockFrom ?? null;
      procedure.version = event.payload.version;
      procedure.budget = event.payload.budget;
      procedure.promisedDate = event.payload.promisedDate;
      procedure.printed = event.payload.printed ?? 'statutory';
      procedure.printedDueDate = procedure.printed === 'promised' ? event.payload.promisedDate : event.payload.dueDate;
      if (procedure.startsFrom !== 'receipt') procedure.ledger.push({ type: 'start', at: procedure.clockFrom ?? at });
      return;
    case 'receptionRefused':
      procedure.receptionRefusedAt = at;
      if (procedure.startsFrom === 'receipt') procedure.ledger.push({ type: 'stop', at });
      return;
    case 'extensionGranted':
      procedure.extensions += 1;
      procedure.ledger.push({ type: 'extend', at, days: event.payload.days });
      return;
    case 'extensionWithdrawn':
      procedure.extensions -= 1;
      procedure.ledger.push({ type: 'annul-extension', at });
      return;
    case 'rungReached': {
      const { clock, rung, dueDate } = event.payload;
      if (taskOfClock(clock) !== undefined) return;
      procedure.rungs.push(rungKey(rung, dueDate, clock === 'printed' ? undefined : clock));
      return;
    }
    case 'target30AtRisk':
    case 'target30Missed':
    case 'target40AtRisk':
    case 'target40Missed':
      procedure.rungs.push(rungKey(event.type, event.payload.dueDate));
      return;
    case 'clocksRedated': {
      const { document, version, broken } = event.payload;
      procedure.redated = version;
      const last = procedure.ledger.at(-1);
      if (last && last.type !== 'stop')
        procedure.ledger.push({ type: 'redate', at, ground: document, ...(broken && { broken }) });
      return;
    }
    case 'procedureMigrated':
      procedure.version = event.payload.to;
      procedure.migrations += 1;
      return;
    case 'decisionMade':
      procedure.decision = {
        outcome: event.payload.outcome,
        at,
        by: event.actor.kind === 'person' ? event.actor.id : null,
        reason: event.payload.reason,
        content: event.payload.content ?? null,
        ...(event.payload.competentAgency !== undefined && { competentAgency: event.payload.competentAgency }),
      };
      procedure.stage = 'decided';
      if (event.payload.endsTerm) procedure.ledger.push({ type: 'stop', at });
      return;
    case 'termEnded':
      stopClock(procedure, at);
      return;
    case 'decisionSigned':
      procedure.signature = event.payload;
      return;
    case 'resultHandedOver':
      procedure.handedOverAt = at;
      return;
    case 'procedureClosed':
      procedure.closed = { outcome: event.payload.outcome, at };
      procedure.stage = 'closed';
      stopClock(procedure, at);
      return;
    default:
      return;
  }
}

function stopClock(procedure: ProcedureState, at: string): void {
  const last = procedure.ledger.at(-1);
  if (last && last.type !== 'stop') procedure.ledger.push({ type: 'stop', at });
}
