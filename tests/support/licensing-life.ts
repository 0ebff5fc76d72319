import type { Pool } from 'pg';
import type { Door } from '../../db/register/door.js';
import type { Command } from '../../domain/case/commands.js';
import type { Completion } from '../../domain/case/task/commands.js';
import { allTasks } from '../../domain/case/task/state.js';
import { latestAttempt, type ProcedureState } from '../../domain/case/procedure/state.js';
import type { Actor } from '../../domain/case/events.js';
import type { LawSource } from '../../db/law/live-law.js';
import type { Law } from '../../domain/law/law.js';
import { caseScope, consultationScope, type ScopeId } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { Filing } from '../../domain/schemas/project.js';
import type { Instant } from '../../domain/time/instants.js';
import { exampleProjects } from '../../seeds/index.js';
import { at, type MemoryRegister, person } from './memory-register.js';
import { getState } from './kept-state.js';

/** Where a life is played: the door over an array, or the real one. */
export interface Stage {
  readonly code: string;
  readonly law: Law;
  state(): CaseState | Promise<CaseState>;
  act(actor: Actor, occurredAt: Instant, command: Command): unknown;
  /** As the workflow of that scope, which has seen everything. */
  engine(scope: ScopeId, occurredAt: Instant, command: Command): unknown;
}

export const inMemory = (register: MemoryRegister): Stage => ({
  code: register.code,
  law: register.law,
  state: () => register.state,
  act: (actor, occurredAt, command) => register.act(actor, occurredAt, command),
  engine: (scope, occurredAt, command) => register.engine(scope, occurredAt, command),
});

/** The real register, by the door of one process. */
export function atTheDoor({ door, pool, law }: Register, code: string): Stage {
  let operation = 0;
  const state = () => getState(pool, code);
  const envelope = () => ({ caseCode: code, operationId: `${code}/life/${++operation}`, bodyHash: 'body' });
  return {
    code,
    law: law.current().law,
    state,
    act: (actor, occurredAt, command) => door.handle({ ...envelope(), actor, occurredAt, command }),
    engine: async (scope, occurredAt, command) => {
      const box = (await state()).scopes[scope];
      const bound = { scope, generation: box?.generation ?? 1, basedOn: box?.lastSeq ?? 0 };
      return door.handle({ ...envelope(), actor: { kind: 'engine', scope }, occurredAt, command, bound });
    },
  };
}

interface Register {
  readonly door: Door;
  readonly pool: Pool;
  readonly law: LawSource;
}

/** BESI with the key-project test met, so that it is a green-lane case; `change` gives other attributes. */
export const greenProject = (change: Partial<Filing['project']> = {}): Filing =>
  Filing.parse({
    ...exampleProjects.besi,
    project: { ...exampleProjects.besi.project, keyProjectListed: true, ...change },
  });

const officer = (agency: string): Actor => person(`officer.${agency}.1`, 'officer', agency);
const head = (agency: string): Actor => person(`head.${agency}`, 'head', agency);

/** One case played by hand. Times are of the year 2026 in civil time: `07-06 09:00`. The first of two is when the work was laid on the desk. */
export class LicensingLife {
  private letters = 0;

  constructor(
    private readonly stage: Stage,
    private readonly investor: Actor,
  ) {}

  private on(when: string): Instant {
    return at(`2026-${when}`);
  }

  async state(): Promise<CaseState> {
    return this.stage.state();
  }

  private async latest(code: string): Promise<ProcedureState> {
    const found = latestAttempt(await this.stage.state(), code);
    if (!found) throw new Error(`${code} was never opened`);
    return found;
  }

  private async resolved(code: string) {
    const { version } = await this.latest(code);
    return this.stage.law.procedureVersion(code, version, (await this.stage.state()).facts);
  }

  private async agencyOf(code: string, step: string): Promise<string> {
    const found = (await this.resolved(code)).steps.find((one) => one.code === step);
    if (!found) throw new Error(`${code} has no step ${step}`);
    return found.agency;
  }

  private async taskId(key: string, scope: ScopeId): Promise<string> {
    for (const task of allTasks(await this.stage.state())) {
      if (task.key === key && task.scope === scope && task.status !== 'cancelled') return task.id;
    }
    throw new Error(`no task ${key} in ${scope}`);
  }

  private async complete(scope: ScopeId, key: string, actor: Actor, when: string, completion: Completion) {
    const taskId = await this.taskId(key, scope);
    await this.stage.act(actor, this.on(when), { type: 'claimTask', taskId });
    await this.stage.act(actor, this.on(when), { type: 'completeTask', taskId, completion });
  }

  async open(code: string, when: string): Promise<void> {
    await this.stage.engine(caseScope(this.stage.code), this.on(when), { type: 'openProcedure', procedure: code });
  }

  /** Everything the definition asks for; what a register of the State has is taken from there. */
  async documents(code: string) {
    return (await this.resolved(code)).documents.map((document) => ({
      code: document.code,
      documentId: document.obtainableFrom === null ? `doc-${document.code}` : null,
      obtainedFrom: document.obtainableFrom,
    }));
  }

  async file(code: string, when: string): Promise<void> {
    const documents = await this.documents(code);
    await this.stage.act(this.investor, this.on(when), { type: 'fileDossier', procedure: code, documents });
  }

  async refile(code: string, when: string): Promise<void> {
    const documents = await this.documents(code);
    await this.stage.act(this.investor, this.on(when), { type: 'refileProcedure', procedure: code, documents });
  }

  async counter(code: string, opened: string, done: string, completion: Completion = { outcome: 'receive' }) {
    const { scope, filings } = await this.latest(code);
    const agency = this.stage.law.receivingAgency;
    const key = `intake/${filings.length}`;
    const role = 'receiving-officer';
    await this.stage.engine(scope, this.on(opened), {
      type: 'openTask',
      key,
      kind: 'intake',
      agency,
      role,
      step: null,
    });
    await this.complete(scope, key, person(`${role}.${agency}.1`, role, agency), done, completion);
  }

  async machine(code: string, step: string, when: string): Promise<void> {
    const { scope } = await this.latest(code);
    const command = { type: 'completeStep', step, outcome: 'done', by: 'system', reference: '1' } as const;
    await this.stage.engine(scope, this.on(when), command);
  }

  /** What the machine could not do, done by somebody of the agency. */
  async byHand(code: string, step: string, agency: string, opened: string, done: string): Promise<void> {
    const { scope } = await this.latest(code);
    const key = `by-hand/${step}`;
    await this.stage.engine(scope, this.on(opened), { type: 'failStep', step, reason: 'away' });
    const task = { type: 'openTask', key, kind: 'by-hand', agency, role: 'officer', step } as const;
    await this.stage.engine(scope, this.on(opened), task);
    await this.complete(scope, key, officer(agency), done, { outcome: 'done', reference: '1' });
  }

  async ask(code: string, when: string, step = 'opinions'): Promise<void> {
    const { scope } = await this.latest(code);
    await this.stage.engine(scope, this.on(when), { type: 'openConsultation', step });
  }

  private async question(code: string): Promise<ScopeId> {
    const { scope, consultations } = await this.latest(code);
    return consultationScope(scope, consultations);
  }

  async answer(code: string, agency: string, when: string, position: 'agree' | 'object' = 'agree'): Promise<void> {
    const consultation = await this.question(code);
    await this.stage.act({ kind: 'agency-system', agency }, this.on(when), {
      type: 'giveOpinion',
      consultation,
      agency,
      position,
      conditions: [],
      legalBasis: 'Luật Đầu tư',
      messageId: `m-${++this.letters}`,
    });
  }

  async confer(code: string, agency: string, opened: string, done: string): Promise<void> {
    const scope = await this.question(code);
    await this.stage.engine(scope, this.on(opened), { type: 'openConference' });
    const task = { type: 'openTask', key: 'conference', kind: 'conference', agency, role: 'head', step: null } as const;
    await this.stage.engine(scope, this.on(opened), task);
    const { conference } = (await this.stage.state()).consultations[scope] ?? {};
    const resolutions = (conference?.issues ?? []).map(({ id }) => ({ issue: id, upholds: null }));
    await this.complete(scope, 'conference', head(agency), done, { outcome: 'decide', reason: 'ok', resolutions });
  }

  async join(code: string, when: string): Promise<void> {
    await this.stage.engine(await this.question(code), this.on(when), { type: 'closeConsultation' });
  }

  /** Lays a step on the desk of its officers, and has it done unless `done` is left out. */
  async officer(code: string, step: string, opened: string, done?: string): Promise<void> {
    const { scope, steps } = await this.latest(code);
    const agency = await this.agencyOf(code, step);
    const round = steps[step]?.round ?? 1;
    const key = round === 1 ? `step/${step}` : `step/${step}#${round}`;
    const task = { type: 'openTask', key, kind: 'step', agency, role: 'officer', step } as const;
    await this.stage.engine(scope, this.on(opened), task);
    if (done !== undefined) await this.complete(scope, key, officer(agency), done, { outcome: 'done' });
  }

  async sign(code: string, opened: string, done?: string, outcome: 'approve' | 'refuse' = 'approve'): Promise<void> {
    const { scope, steps } = await this.latest(code);
    const agency = await this.agencyOf(code, 'decision');
    const round = steps['decision']?.round ?? 1;
    const key = round === 1 ? 'step/decision' : `step/decision#${round}`;
    const task = { type: 'openTask', key, kind: 'step', agency, role: 'head', step: 'decision' } as const;
    await this.stage.engine(scope, this.on(opened), task);
    if (done !== undefined) await this.complete(scope, key, head(agency), done, { outcome, reason: 'r' });
  }

  async sendBack(code: string, step: string, when: string): Promise<void> {
    const { scope } = await this.latest(code);
    const taskId = await this.taskId('step/decision', scope);
    const actor = head(await this.agencyOf(code, 'decision'));
    await this.stage.act(actor, this.on(when), { type: 'claimTask', taskId });
    const items = ['Phụ lục 2'];
    await this.stage.act(actor, this.on(when), { type: 'returnTask', taskId, step, items, reason: 'thiếu' });
  }

  async supplement(code: string, step: string, asked: string, answered?: string): Promise<void> {
    const { scope } = await this.latest(code);
    const taskId = await this.taskId(`step/${step}`, scope);
    const actor = officer(await this.agencyOf(code, step));
    await this.stage.act(actor, this.on(asked), { type: 'claimTask', taskId });
    const ask = { type: 'requestSupplement', taskId, ground: 'supplement', items: ['a'], reason: 'r' } as const;
    await this.stage.act(actor, this.on(asked), ask);
    if (answered === undefined) return;
    const documents = [{ code: 'financial-capacity', documentId: 'doc-new', obtainedFrom: null }];
    const answer = { type: 'answerSupplement', procedure: code, requestId: 'S1', documents } as const;
    await this.stage.act(this.investor, this.on(answered), answer);
    await this.complete(scope, `step/${step}`, actor, answered, { outcome: 'done' });
  }

  async extend(code: string, when: string, days: number): Promise<void> {
    const { competentAgency } = await this.latest(code);
    const command = { type: 'extendClock', procedure: code, days, reason: 'r' } as const;
    await this.stage.act(head(competentAgency), this.on(when), command);
  }

  /** Signed by machine, handed over, closed. */
  async handOver(code: string, when: string): Promise<void> {
    const { scope, decision } = await this.latest(code);
    const number = `QĐ-${scope}`;
    const seal = { documentHash: 'h', signature: 's', algorithm: 'Ed25519', keyId: 'k' };
    await this.stage.engine(scope, this.on(when), { type: 'recordSignature', number, ...seal });
    await this.stage.engine(scope, this.on(when), { type: 'handOver' });
    if (decision === null) throw new Error(`${code} is not decided`);
    await this.stage.engine(scope, this.on(when), { type: 'closeProcedure' });
  }

  async settle(when: string): Promise<void> {
    await this.stage.act({ kind: 'clock' }, this.on(when), { type: 'settle' });
  }

  async withdraw(when: string): Promise<void> {
    await this.stage.act(this.investor, this.on(when), { type: 'withdrawCase', reason: 'r' });
  }

  async closeCase(when: string): Promise<void> {
    await this.stage.engine(caseScope(this.stage.code), this.on(when), { type: 'closeCase' });
  }

  async survey(score: number, when: string, procedure?: string): Promise<void> {
    const command = { type: 'surveyCase', score, ...(procedure === undefined ? {} : { procedure }) } as const;
    await this.stage.act(this.investor, this.on(when), command);
  }

  // Stretches that many lives share -----------------------------------------------------------------------------------------------------------

  /** The certificate: filed Monday 6 July, received on the 7th, both agencies asked, who answer on Thursday the 9th. */
  async certificateUntilAnswers(): Promise<void> {
    await this.open('irc-ordinary', '07-06 09:00');
    await this.file('irc-ordinary', '07-06 10:00');
    await this.counter('irc-ordinary', '07-06 10:00', '07-07 10:00');
    await this.machine('irc-ordinary', 'completeness-check', '07-07 10:01');
    await this.ask('irc-ordinary', '07-07 10:02');
    await this.answer('irc-ordinary', 'dost', '07-09 10:00');
    await this.answer('irc-ordinary', 'dpa', '07-09 11:00');
    await this.join('irc-ordinary', '07-09 11:01');
  }

  /** … assessed until Monday the 13th, signed and handed over on Tuesday the 14th. */
  async certificate(): Promise<void> {
    await this.certificateUntilAnswers();
    await this.officer('irc-ordinary', 'assessment', '07-09 11:02', '07-13 15:00');
    await this.sign('irc-ordinary', '07-13 15:01', '07-14 15:00');
    await this.machine('irc-ordinary', 'project-number', '07-14 15:01');
    await this.handOver('irc-ordinary', '07-14 16:00');
  }

  /** … refused on Tuesday the 14th. */
  async refusedCertificate(): Promise<void> {
    await this.certificateUntilAnswers();
    await this.officer('irc-ordinary', 'assessment', '07-09 11:02', '07-13 15:00');
    await this.sign('irc-ordinary', '07-13 15:01', '07-14 15:00', 'refuse');
    await this.handOver('irc-ordinary', '07-14 16:00');
  }

  /** … filed anew on Friday the 17th and granted on Wednesday the 22nd; the company on the 24th. */
  async refiledCertificate(): Promise<void> {
    await this.refusedCertificate();
    await this.refile('irc-ordinary', '07-17 09:00');
    await this.counter('irc-ordinary', '07-17 09:00', '07-17 10:00');
    await this.certificateFromReceipt('07-17', '07-20', '07-21', '07-22');
    await this.company('07-22 16:00', '07-22 17:00', '07-23', '07-24');
  }

  /** From form 01 on: both agencies answer on the day `answered`, the assessment is done on `assessed`, the result signed and handed over on `signed`. */
  async certificateFromReceipt(received: string, answered: string, assessed: string, signed: string): Promise<void> {
    await this.machine('irc-ordinary', 'completeness-check', `${received} 10:01`);
    await this.ask('irc-ordinary', `${received} 10:02`);
    await this.answer('irc-ordinary', 'dost', `${answered} 10:00`);
    await this.answer('irc-ordinary', 'dpa', `${answered} 10:00`);
    await this.join('irc-ordinary', `${answered} 10:01`);
    await this.officer('irc-ordinary', 'assessment', `${answered} 10:02`, `${assessed} 10:00`);
    await this.sign('irc-ordinary', `${assessed} 10:01`, `${signed} 15:00`);
    await this.machine('irc-ordinary', 'project-number', `${signed} 15:01`);
    await this.handOver('irc-ordinary', `${signed} 16:00`);
  }

  /** The company: filed and received at `filed`, reviewed until the day `reviewed`, signed and handed over on the day `signed`. */
  async company(opened: string, filed: string, reviewed: string, signed: string): Promise<void> {
    await this.companyUntilSigned(opened, filed, reviewed, signed);
    await this.machine('enterprise-registration', 'tax-code', `${signed} 15:01`);
    await this.handOver('enterprise-registration', `${signed} 16:00`);
  }

  async companyUntilSigned(opened: string, filed: string, reviewed: string, signed: string): Promise<void> {
    await this.open('enterprise-registration', opened);
    await this.file('enterprise-registration', filed);
    await this.counter('enterprise-registration', filed, filed);
    await this.machine('enterprise-registration', 'name-check', filed);
    await this.officer('enterprise-registration', 'review', filed, `${reviewed} 10:00`);
    await this.sign('enterprise-registration', `${reviewed} 10:01`, `${signed} 15:00`);
  }

  /** The tax authority's system takes the company over by itself; then nothing mandatory is missing. */
  async taxAndEnd(when: string): Promise<void> {
    const code = 'tax-registration';
    await this.open(code, when);
    await this.stage.engine((await this.latest(code)).scope, this.on(when), { type: 'receiveByDecision' });
    await this.machine(code, 'synchronise', when);
    await this.handOver(code, when);
    await this.closeCase(when);
  }
}
