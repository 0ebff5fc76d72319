import { amended } from './dossier-check.js';
import type { CaseEvent, EventOf, Lane } from '../events.js';
import type { Instant } from '../../time/instants.js';
import type { ProcedureState, StepState } from '../state.js';
import { aboutOf } from '../task/keys.js';
import { councilStep, evaluationStep } from '../../law/admission-steps.js';

/** A procedure as it begins. */
export function openedProcedure(event: EventOf<'procedureOpened'>, lane: Lane | null): ProcedureState {
  return {
    ...event.payload,
    promise: event.payload.cityControlled && lane !== null && lane !== 'standard',
    scope: event.scope,
    openedAt: event.occurredAt,
    stage: 'awaiting-dossier',
    filings: [],
    completions: [],
    declaration: null,
    dossierCode: null,
    receivedAt: null,
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

const step = (procedure: ProcedureState, code: string): StepState => (procedure.steps[code] ??= notBegun(1));

const notBegun = (round: number): StepState => ({
  startedAt: null,
  completedAt: null,
  outcome: null,
  by: null,
  failed: false,
  round,
});

function answerCompletion({ completions }: ProcedureState, at: Instant): void {
  const open = completions.find(({ answeredAt }) => answeredAt === null);
  if (open) open.answeredAt = at;
}

/** What an event of a procedure, or of one of its consultations, makes of the procedure, in place. */
export function foldProcedure(procedure: ProcedureState, event: CaseEvent): void {
  const at = event.occurredAt;
  const supplement = (id: string) => procedure.supplements.find((one) => one.requestId === id);
  switch (event.type) {
    case 'dossierFiled': {
      const last = procedure.filings.at(-1);
      if (event.payload.amends && last) {
        last.documents = amended(last.documents, event.payload.documents);
        return;
      }
      procedure.filings.push({ at, documents: event.payload.documents });
      answerCompletion(procedure, at);
      procedure.stage = 'intake';
      // Where the law counts from receipt, the clock starts the day the dossier comes, and waiting for a complete one suspends it.
      if (procedure.startsFrom === 'receipt') {
        procedure.ledger.push(procedure.ledger.length === 0 ? { type: 'start', at } : { type: 'resume', at });
      }
      return;
    }
    case 'onlineDeclared':
      procedure.declaration = { id: event.payload.declarationId, lapsesOn: event.payload.lapsesOn };
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
      procedure.version = event.payload.version;
      procedure.budget = event.payload.budget;
      procedure.promisedDate = event.payload.promisedDate;
      procedure.printed = event.payload.printed ?? 'statutory';
      procedure.printedDueDate = procedure.printed === 'promised' ? event.payload.promisedDate : event.payload.dueDate;
      if (procedure.startsFrom !== 'receipt') procedure.ledger.push({ type: 'start', at });
      return;
    case 'receptionRefused':
      procedure.receptionRefusedAt = at;
      if (procedure.startsFrom === 'receipt') procedure.ledger.push({ type: 'stop', at });
      return;
    case 'stepStarted':
      step(procedure, event.payload.step).startedAt ??= at;
      return;
    case 'stepCompleted':
      Object.assign(step(procedure, event.payload.step), {
        completedAt: at,
        outcome: event.payload.outcome,
        by: event.payload.by,
      });
      return;
    case 'stepReopened': {
      const { step: code, round } = event.payload;
      procedure.steps[code] = notBegun(round);
      delete procedure.consulted[code];
      if (code === councilStep) procedure.council = null;
      // What is evaluated anew is proposed anew.
      if (code === evaluationStep) procedure.proposal = null;
      return;
    }
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
    case 'workReturned':
      procedure.returns.push({ step: event.payload.step, at });
      return;
    case 'stepFailed':
      step(procedure, event.payload.step).failed = true;
      return;
    case 'supplementRequested': {
      const { requestId, taskId, ground, items, deadline, suspends } = event.payload;
      procedure.supplements.push({
        requestId,
        taskId,
        ground,
        items,
        deadline,
        deadlineSince: at,
        suspends,
        extensions: 0,
        requestedAt: at,
        status: 'asked',
        answeredAt: null,
        endedAt: null,
      });
      if (suspends) procedure.ledger.push({ type: 'suspend', at, ground });
      return;
    }
    case 'supplementAnswered': {
      const asked = supplement(event.payload.requestId);
      if (!asked) return;
      Object.assign(asked, { status: 'answered', answeredAt: at, endedAt: at });
      procedure.filings.push({ at, documents: event.payload.documents });
      if (asked.suspends) procedure.ledger.push({ type: event.payload.restarts ? 'restart' : 'resume', at });
      return;
    }
    case 'supplementLapsed': {
      const asked = supplement(event.payload.requestId);
      if (asked) asked.status = 'lapsed';
      return;
    }
    case 'supplementExtended': {
      const asked = supplement(event.payload.requestId);
      if (!asked) return;
      asked.deadline = event.payload.deadline;
      asked.deadlineSince = at;
      asked.extensions += 1;
      return;
    }
    case 'lapseDecided': {
      const asked = supplement(event.payload.requestId);
      if (!asked) return;
      asked.status = event.payload.decision === 'continue' ? 'continued' : 'stopped';
      asked.endedAt = at;
      if (asked.suspends)
        procedure.ledger.push({ type: event.payload.decision === 'continue' ? 'resume' : 'stop', at });
      else if (event.payload.decision !== 'continue') procedure.ledger.push({ type: 'stop', at });
      return;
    }
    case 'extensionGranted':
      procedure.extensions += 1;
      procedure.ledger.push({ type: 'extend', at, days: event.payload.days });
      return;
    case 'rungReached': {
      const { clock, rung, dueDate } = event.payload;
      procedure.rungs.push(`${clock === 'printed' ? '' : `${clock}/`}${rung}@${dueDate ?? ''}`);
      return;
    }
    case 'target30AtRisk':
    case 'target30Missed':
    case 'target40AtRisk':
    case 'target40Missed':
      procedure.rungs.push(`${event.type}@${event.payload.dueDate}`);
      return;
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
    case 'clocksRedated': {
      const { document, moved, version } = event.payload;
      procedure.redated = version;
      for (const { clock, to } of moved) {
        const asked = clock.startsWith('supplement/') ? supplement(clock.slice('supplement/'.length)) : undefined;
        if (asked) Object.assign(asked, { deadline: to, deadlineSince: at });
      }
      const last = procedure.ledger.at(-1);
      if (last && last.type !== 'stop') procedure.ledger.push({ type: 'redate', at, ground: document });
      return;
    }
    case 'procedureMigrated':
      procedure.version = event.payload.to;
      procedure.migrations += 1;
      return;
    case 'paymentRequested': {
      const { step: code, amountVnd } = event.payload;
      procedure.payments[code] = { amountVnd, requestedAt: at, reference: null, receivedAt: null };
      return;
    }
    case 'paymentReceived': {
      const payment = procedure.payments[event.payload.step];
      if (payment) Object.assign(payment, { reference: event.payload.reference, receivedAt: at });
      return;
    }
    case 'decisionMade':
      procedure.decision = {
        outcome: event.payload.outcome,
        at,
        by: event.actor.kind === 'person' ? event.actor.id : null,
        reason: event.payload.reason,
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
    case 'consultationOpened':
      procedure.consultations = Math.max(procedure.consultations, event.payload.n);
      step(procedure, event.payload.step).startedAt ??= at;
      return;
    case 'consultationClosed': {
      const { step: code, ...counts } = event.payload;
      // A question that was given up, because what it rests on is done anew, ends without an answer.
      if (!procedure.steps[code]?.startedAt) return;
      procedure.consulted[code] = counts;
      Object.assign(step(procedure, code), { completedAt: at, outcome: 'joined', by: 'system' });
      return;
    }
    default:
      return;
  }
}

/** Who acted, and in whose place. */
const namesIn = ({ actor }: CaseEvent): string[] =>
  actor.kind !== 'person' ? [] : actor.onBehalfOf === undefined ? [actor.id] : [actor.id, actor.onBehalfOf];

function stopClock(procedure: ProcedureState, at: string): void {
  const last = procedure.ledger.at(-1);
  if (last && last.type !== 'stop') procedure.ledger.push({ type: 'stop', at });
}
