import { randomUUID } from 'node:crypto';
import { businessNow } from '../../db/register/business-clock.js';
import { findScope } from '../../engine/register/mailbox.js';
import { type Accepted } from '../../db/register/door.js';
import { type Command } from '../../domain/case/commands.js';
import { type EventOf } from '../../domain/case/events.js';
import { caseScope, consultationScope, procedureScope, type ScopeId } from '../../domain/case/scope.js';
import { predicateIds, proofs } from '../../domain/lane/evidence.js';
import { fileCase, type TestApi, upload } from './support.js';

/** What the workflow of a scope would ask for, sent by the test: these tests are about the API, not about what comes next. */
export async function engineDoes(api: TestApi, scope: ScopeId, command: Command): Promise<Accepted> {
  const standing = await findScope(api.pool, scope);
  return api.deps.door.handle({
    caseCode: scope.split('/')[1] ?? '',
    command,
    actor: { kind: 'engine', scope },
    occurredAt: await businessNow(api.pool),
    operationId: `test/${randomUUID()}`,
    bodyHash: '',
    bound: { scope, generation: standing?.generation ?? 1, basedOn: standing?.lastSeq ?? 0 },
  });
}

const taskOf = (accepted: Accepted): string => {
  const opened = accepted.events.find((event): event is EventOf<'taskOpened'> => event.type === 'taskOpened');
  if (!opened) throw new Error('no task was opened');
  return opened.payload.taskId;
};

export const openTask = async (
  api: TestApi,
  scope: ScopeId,
  task: Omit<Extract<Command, { type: 'openTask' }>, 'type'>,
): Promise<string> => taskOf(await engineDoes(api, scope, { type: 'openTask', ...task }));

export const procedure = 'irc-ordinary';

/** The head of the board is to decide on BESI's certificate. */
export const decisionTask = {
  key: 'step/decision',
  kind: 'step',
  agency: 'shtp-board',
  role: 'head',
  step: 'decision',
} as const;
/** The counter is to look at a first filing. */
export const intakeTask = {
  key: 'intake/1',
  kind: 'intake',
  agency: 'hcmc-pasc',
  role: 'receiving-officer',
  step: null,
} as const;

/** BESI's certificate procedure is open and waits for its dossier. */
export async function openProcedure(api: TestApi, caseCode: string): Promise<ScopeId> {
  await engineDoes(api, caseScope(caseCode), { type: 'openProcedure', procedure });
  return procedureScope(caseCode, procedure, 1);
}

/** What the dossier holds, by the codes of its documents; left out: a request without a word in it. */
type Dossier = Readonly<Record<string, string>>;

/** The dossier was filed by the investor; the intake task of the receiving officers is open. */
export async function openIntake(api: TestApi, caseCode: string, dossier?: Dossier): Promise<string> {
  const scope = await openProcedure(api, caseCode);
  const filed = dossier ?? { request: await upload(api, 'investor.besi') };
  const { status } = await api.call('POST', `/cases/${caseCode}/procedures/${procedure}/dossier`, {
    as: 'investor.besi',
    body: { documents: Object.entries(filed).map(([code, documentId]) => ({ code, documentId })) },
  });
  if (status !== 200) throw new Error(`the dossier was answered ${status}`);
  return openTask(api, scope, intakeTask);
}

/** The dossier was received by the receiving officer: the clock runs. */
export async function receive(api: TestApi, caseCode: string, dossier?: Dossier): Promise<ScopeId> {
  const taskId = await openIntake(api, caseCode, dossier);
  const as = 'receiving-officer.hcmc-pasc.1';
  await api.call('POST', `/tasks/${taskId}/claim`, { as });
  const { status, body } = await api.call('POST', `/tasks/${taskId}/completion`, { as, body: { outcome: 'receive' } });
  if (status !== 200) throw new Error(`the receipt was answered ${status} ${JSON.stringify(body)}`);
  const scope = procedureScope(caseCode, procedure, 1);
  await engineDoes(api, scope, { type: 'startStep', step: 'completeness-check' });
  await engineDoes(api, scope, {
    type: 'completeStep',
    step: 'completeness-check',
    outcome: 'complete',
    by: 'system',
    reference: null,
  });
  return scope;
}

/** Agencies are asked for their opinions. */
export async function consult(api: TestApi, caseCode: string, dossier?: Dossier): Promise<ScopeId> {
  const scope = await receive(api, caseCode, dossier);
  await engineDoes(api, scope, { type: 'openConsultation', step: 'opinions' });
  return consultationScope(scope, 1);
}

/** An officer's step of the board's is open, after every opinion was given. */
export async function openAssessment(api: TestApi, caseCode: string, dossier?: Dossier): Promise<string> {
  const consultation = await consult(api, caseCode, dossier);
  for (const agency of ['dost', 'dpa']) {
    await api.deps.door.handle({
      caseCode,
      command: {
        type: 'giveOpinion',
        consultation,
        agency,
        position: 'agree',
        conditions: [],
        legalBasis: 'Luật Đầu tư',
        messageId: `m-${agency}`,
      },
      actor: { kind: 'agency-system', agency },
      occurredAt: await businessNow(api.pool),
      operationId: `agency/${agency}/${randomUUID()}`,
      bodyHash: '',
    });
  }
  await engineDoes(api, consultation, { type: 'closeConsultation' });
  return openTask(api, procedureScope(caseCode, procedure, 1), {
    key: 'step/assessment',
    kind: 'step',
    agency: 'shtp-board',
    role: 'officer',
    step: 'assessment',
  });
}

/** BESI's certificate is approved by the head of the board, signed, handed over and its procedure over; answers the number. */
export async function issueCertificate(api: TestApi, caseCode: string): Promise<string> {
  const scope = procedureScope(caseCode, procedure, 1);
  const complete = async (as: string, task: string, outcome: string) => {
    await api.call('POST', `/tasks/${task}/claim`, { as });
    const { status } = await api.call('POST', `/tasks/${task}/completion`, { as, body: { outcome } });
    if (status !== 200) throw new Error(`the task was answered ${status}`);
  };
  await complete('officer.shtp-board.1', await openAssessment(api, caseCode), 'done');
  await complete('head.shtp-board', await openTask(api, scope, decisionTask), 'approve');
  const number = `${caseCode}-KQ`;
  const seal = { documentHash: 'ab'.repeat(32), signature: 'c2ln', algorithm: 'Ed25519', keyId: 'dev' };
  await engineDoes(api, scope, { type: 'recordSignature', number, ...seal });
  const step = 'project-number';
  await engineDoes(api, scope, { type: 'startStep', step });
  await engineDoes(api, scope, { type: 'completeStep', step, outcome: 'done', by: 'system', reference: '12345678' });
  await engineDoes(api, scope, { type: 'handOver' });
  await engineDoes(api, scope, { type: 'closeProcedure' });
  return number;
}

/** A project of BESI in the green lane by its documents. */
export async function greenCase(api: TestApi): Promise<string> {
  const { case: code } = await fileCase(api);
  for (const predicate of predicateIds) {
    const proof = proofs[predicate].find(({ kind }) => kind === 'document');
    const documentId = await upload(api, 'investor.besi', predicate);
    await api.call('POST', `/cases/${code}/lane-evidence`, {
      as: 'investor.besi',
      body: { predicate, code: proof?.code, documentId },
    });
  }
  const lane = { key: 'lane', kind: 'lane', agency: 'dof', role: 'officer', step: null } as const;
  const task = await openTask(api, caseScope(code), lane);
  const findings = predicateIds.map((predicate, i) => ({ predicate, verdict: 'yes', basis: `E${i + 1}`, reason: 'r' }));
  const { status } = await api.call('POST', `/tasks/${task}/completion`, {
    as: 'officer.dof.1',
    body: { outcome: 'green', reason: 'r', findings },
  });
  if (status !== 200) throw new Error(`the lane was answered ${status}`);
  return code;
}
