import { type Command } from '../../domain/case/commands.js';
import { type Actor } from '../../domain/case/events.js';
import { type Law } from '../../domain/case/law.js';
import { readyToOpen } from '../../domain/case/progress.js';
import { type ScopeId } from '../../domain/case/scope.js';
import { allTasks, type CaseState, type TaskState } from '../../domain/case/state.js';
import { documents, investor, person } from './support.js';

/** Something somebody might try now; `scope` = as the workflow of that scope. */
export interface Act {
  readonly command: Command;
  readonly actor: Actor;
  readonly scope?: ScopeId;
}

const engine = (scope: ScopeId, command: Command): Act => ({ command, scope, actor: { kind: 'engine', scope } });
const holder = (task: TaskState, n = 1): Actor => person(`${task.role}.${task.agency}.${n}`, task.role, task.agency);

/** Everything that people, systems and workflows might try in this state; much of it will be refused, and that is part of it. */
export function possibleActs(state: CaseState, law: Law): Act[] {
  const root = `case/${state.code}`;
  return [
    { command: { type: 'settle' }, actor: { kind: 'clock' } },
    ...readyToOpen(state).map((item) => engine(root, { type: 'openProcedure', procedure: item.procedure })),
    ...state.plan
      .flatMap((item) => item.gates)
      .map((gate): Act => ({ command: { type: 'meetGate', gate, evidence: null }, actor: investor })),
    ...Object.keys(state.scopes).map((scope): Act => ({
      command: { type: 'rebuildScope', scope },
      actor: engine(root, { type: 'settle' }).actor,
    })),
    ...Object.values(state.procedures).flatMap((procedure) => procedureActs(state, law, procedure.scope)),
    ...Object.keys(state.consultations).flatMap((scope) => consultationActs(state, scope)),
    ...[...allTasks(state)].flatMap(taskActs),
    engine(root, { type: 'closeCase' }),
  ];
}

function procedureActs(state: CaseState, law: Law, scope: ScopeId): Act[] {
  const procedure = state.procedures[scope];
  if (!procedure || procedure.closed) return [engine(scope, { type: 'closeScope' })];
  const { procedure: code, tasks } = procedure;
  const resolved = law.procedureVersion(code, procedure.version, state.facts);
  const acts: Act[] = [
    { command: { type: 'fileDossier', procedure: code, documents: documentsOf(resolved.documents) }, actor: investor },
    engine(scope, { type: 'receiveByDecision' }),
    engine(scope, {
      type: 'openTask',
      key: `intake/${procedure.filings.length}`,
      kind: 'intake',
      agency: law.receivingAgency,
      role: 'receiving-officer',
      step: null,
    }),
    {
      command: { type: 'extendClock', procedure: code, days: 2, reason: 'r' },
      actor: person(`head.${procedure.competentAgency}`, 'head', procedure.competentAgency),
    },
    engine(scope, {
      type: 'recordSignature',
      number: `QĐ-${scope}`,
      documentHash: 'h',
      signature: 's',
      algorithm: 'Ed25519',
      keyId: 'k',
    }),
    engine(scope, { type: 'handOver' }),
    engine(scope, { type: 'closeProcedure' }),
  ];
  for (const step of resolved.steps) {
    if (step.kind === 'consultation') acts.push(engine(scope, { type: 'openConsultation', step: step.code }));
    if (step.kind === 'automatic' || step.kind === 'payment') {
      acts.push(
        engine(scope, { type: 'startStep', step: step.code }),
        engine(scope, { type: 'completeStep', step: step.code, outcome: 'done', by: 'system', reference: null }),
      );
    }
    if (step.kind === 'officer' || step.kind === 'signature') {
      const role = step.kind === 'officer' ? 'officer' : 'head';
      acts.push(
        engine(scope, {
          type: 'openTask',
          key: `step/${step.code}`,
          kind: 'step',
          agency: step.agency,
          role,
          step: step.code,
        }),
      );
    }
  }
  for (const { requestId } of procedure.supplements) {
    acts.push({
      command: { type: 'answerSupplement', procedure: code, requestId, documents: documentsOf(resolved.documents) },
      actor: investor,
    });
    acts.push(
      engine(scope, {
        type: 'openTask',
        key: `lapse/${requestId}`,
        kind: 'lapse',
        agency: procedure.handlingAgency,
        role: 'officer',
        step: null,
      }),
    );
  }
  // What moves the story on is tried more often than what only disturbs it.
  return [...acts, ...acts.filter(({ command }) => command.type === 'openTask' && Object.keys(tasks).length < 6)];
}

const documentsOf = (known: readonly { code: string }[]) =>
  known.length === 0 ? documents : [{ code: known[0]?.code ?? '', documentId: 'doc-1', obtainedFrom: null }];

function consultationActs(state: CaseState, scope: ScopeId): Act[] {
  const consultation = state.consultations[scope];
  return [
    engine(scope, { type: 'closeConsultation' }),
    engine(scope, { type: 'closeScope' }),
    ...Object.values(consultation?.opinions ?? {}).map(({ agency }): Act => ({
      command: {
        type: 'giveOpinion',
        consultation: scope,
        agency,
        position: 'agree',
        conditions: [],
        legalBasis: null,
        messageId: `m-${agency}`,
      },
      actor: { kind: 'agency-system', agency },
    })),
  ];
}

function taskActs(task: TaskState): Act[] {
  if (task.status === 'done' || task.status === 'cancelled') return [];
  const { id: taskId, kind } = task;
  const outcomes =
    kind === 'intake'
      ? ['receive', 'receive', 'complete']
      : kind === 'lapse'
        ? ['continue', 'stop']
        : ['done', 'approve'];
  return [
    { command: { type: 'claimTask', taskId }, actor: holder(task) },
    { command: { type: 'claimTask', taskId }, actor: holder(task, 2) },
    ...outcomes.map((outcome): Act => ({
      command: { type: 'completeTask', taskId, completion: { outcome, reason: 'r', items: ['i'] } },
      actor: holder(task),
    })),
    {
      command: { type: 'requestSupplement', taskId, ground: 'supplement', items: ['i'], reason: 'r' },
      actor: holder(task),
    },
  ];
}
