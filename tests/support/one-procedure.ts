import { type Command } from '../../domain/case/commands.js';
import type { Completion } from '../../domain/case/task/commands.js';
import { allTasks, type TaskState } from '../../domain/case/task/state.js';
import { isOpenLetter } from '../../domain/case/apology/state.js';
import { type Actor, type CaseEvent, type EventOf, type EventType } from '../../domain/case/events.js';
import { type Lane } from '../../domain/case/case/words.js';
import { type Law } from '../../domain/law/law.js';
import { openingOf } from '../../domain/case/case/opening.js';
import { missingConditions } from '../../domain/case/gate/rules.js';
import { caseScope, procedureScope, type ScopeId } from '../../domain/case/scope.js';
import { makeTaskKey } from '../../domain/case/task/keys.js';
import { startsByItself } from '../../domain/case/procedure/progress.js';
import { type ProjectFacts, type ResolvedProcedure } from '../../domain/law/procedure.js';
import { screen } from '../../domain/lane/screening.js';
import { dateOf, type Instant } from '../../domain/time/instants.js';
import { catalogue, exampleProjects } from '../../seeds/index.js';
import { at, MemoryRegister, person, seededLaw } from './memory-register.js';

const code = 'LX-260706-0001';
const screened = '2026-07-06 09:00';

interface Options {
  readonly law?: Law;
  readonly lane?: Lane;
  readonly project?: 'besi' | 'cmc';
  readonly facts?: ProjectFacts;
}

/**
 * A case whose plan is one procedure, on the register in memory. The test plays the people; what the procedure's workflow would ask for is asked for
 * by `work`.
 */
export class OneProcedure {
  readonly register: MemoryRegister;
  readonly scope: ScopeId;
  readonly resolved: ResolvedProcedure;
  now: Instant;

  constructor(
    readonly procedure: string,
    openedAt: string,
    { law = seededLaw, lane = 'green', project = 'besi', facts = {} }: Options = {},
  ) {
    this.now = at(openedAt);
    this.register = new MemoryRegister(code, law);
    this.scope = procedureScope(code, procedure, 1);
    const filing = exampleProjects[project];
    const screening = screen(filing, at(screened), catalogue(), dateOf(at(screened)));
    const usual = openingOf({ filing, filingHash: '', screening, personId: 'investor.test' });
    const allFacts = { ...usual.facts, ...facts };
    this.resolved = law.procedureAt(procedure, dateOf(this.now), allFacts);
    const item = usual.plan[0];
    if (!item) throw new Error('an empty plan');
    const { version, budget, cityControlled, handlingAgency: agency, phase } = this.resolved;
    const only = { ...item, procedure, version, budget, cityControlled, agency, phase, mandatory: true };
    const plan = [{ ...only, after: [], gates: [] }];
    const opening = { ...usual, lane, facts: allFacts, plan, lodged: {} };
    this.act(investor, { type: 'openCase', opening, managed: true });
    for (const gate of missingConditions(this.register.state, law, procedure)) {
      if (!gate.startsWith('result:')) this.act(investor, { type: 'meetGate', gate, evidence: null });
    }
    this.engine(caseScope(code), { type: 'openProcedure', procedure });
  }

  get state() {
    const found = this.register.state.procedures[this.scope];
    if (!found) throw new Error('the procedure is not open');
    return found;
  }

  get calendar() {
    return this.register.law.calendar(this.state.calendar);
  }

  at(when: string | Instant): this {
    this.now = when.endsWith('Z') ? when : at(when);
    return this;
  }

  act(actor: Actor, command: Command): readonly CaseEvent[] {
    return this.register.act(actor, this.now, command).events;
  }

  engine(scope: ScopeId, command: Command): void {
    this.register.engine(scope, this.now, command);
  }

  settle(when: string | Instant = this.now): this {
    this.at(when).act({ kind: 'clock' }, { type: 'settle' });
    return this;
  }

  /** Events of these types, oldest first. */
  events<T extends EventType>(...types: T[]): EventOf<T>[] {
    return this.register.events.filter((event): event is EventOf<T> => types.some((type) => type === event.type));
  }

  /** `rung instant` of one clock, oldest first. */
  rungs(clock = 'printed'): string[] {
    return this.events('rungReached').flatMap(({ payload, occurredAt }) =>
      payload.clock === clock ? [`${payload.rung} ${occurredAt}`] : [],
    );
  }

  file(): this {
    if (startsByItself(this.resolved)) return this;
    this.act(investor, { type: 'fileDossier', procedure: this.procedure, documents: this.documents });
    return this;
  }

  get documents() {
    return [{ code: this.resolved.documents[0]?.code ?? '', documentId: 'doc-1', obtainedFrom: null }];
  }

  receive(): this {
    if (startsByItself(this.resolved)) {
      this.engine(this.scope, { type: 'receiveByDecision' });
      return this;
    }
    const agency = this.register.law.receivingAgency;
    const key = `intake/${this.state.filings.length}`;
    this.open(this.scope, { key, kind: 'intake', agency, role: 'receiving-officer', step: null });
    return this.complete(key, { outcome: 'receive' });
  }

  /** What the workflow of the procedure, and those of its consultations, would ask for now. */
  work(): this {
    for (let before = -1; before !== this.register.state.seq;) {
      before = this.register.state.seq;
      for (const step of this.resolved.steps) this.workOn(step);
      const { decision, supplements, apologies, handlingAgency: agency } = this.state;
      const lapsed = supplements.find(({ status }) => status === 'lapsed');
      const letter = apologies.find(isOpenLetter);
      if (decision) continue;
      if (lapsed) {
        const key = `lapse/${lapsed.requestId}`;
        this.open(this.scope, { key, kind: 'lapse', agency, role: 'officer', step: null });
      }
      if (letter) {
        const key = `apology/${letter.letterId}`;
        this.open(this.scope, { key, kind: 'apology', agency, role: 'head', step: null });
      }
    }
    return this;
  }

  private workOn({ code: step, kind, dependsOn, agency, fourEyes }: ResolvedProcedure['steps'][number]): void {
    const { stage, steps, tasks } = this.state;
    const done = (one: string) => Boolean(steps[one]?.completedAt);
    if ((stage !== 'processing' && stage !== 'decided') || done(step) || !dependsOn.every(done)) return;
    switch (kind) {
      case 'automatic':
      case 'payment': {
        if (steps[step]?.failed) return;
        const by = kind === 'payment' ? 'waived' : 'system';
        return this.engine(this.scope, { type: 'completeStep', step, outcome: 'done', by, reference: null });
      }
      case 'consultation':
        if (!steps[step]?.startedAt) this.engine(this.scope, { type: 'openConsultation', step });
        return this.join();
      case 'officer':
      case 'council':
      case 'signature': {
        const about = { kind: 'step', step, round: steps[step]?.round ?? 1 } as const;
        const first = makeTaskKey({ ...about, second: false });
        const second =
          fourEyes === true && Object.values(tasks).some((one) => one.key === first && one.status === 'done');
        const key = makeTaskKey({ ...about, second });
        const role = kind === 'signature' ? 'head' : 'officer';
        return this.open(this.scope, { key, kind: 'step', agency, role, step });
      }
    }
  }

  private join(): void {
    for (const one of Object.values(this.register.state.consultations)) {
      const asked = Object.values(one.opinions);
      if (one.closedAt !== null || asked.some(({ status }) => status === 'asked')) continue;
      const escalated = asked.filter(({ status }) => status === 'escalated');
      for (const { agency } of escalated) {
        const key = `silence/${agency}`;
        this.open(one.scope, { key, kind: 'silence', agency: one.lead, role: 'officer', step: null });
      }
      if (escalated.length > 0) continue;
      this.engine(one.scope, { type: 'openConference' });
      const sits = this.register.state.consultations[one.scope]?.conference?.decidedAt === null;
      if (!sits) this.engine(one.scope, { type: 'closeConsultation' });
    }
  }

  private open(scope: ScopeId, task: Omit<Extract<Command, { type: 'openTask' }>, 'type'>): void {
    this.engine(scope, { type: 'openTask', ...task });
  }

  get consultation() {
    return Object.values(this.register.state.consultations).at(-1);
  }

  /** Officers do their steps until the agencies are asked. */
  consult(): this {
    for (let task = this.work().officerTask(); task && !this.consultation; task = this.work().officerTask()) {
      this.complete(task.key, { outcome: 'done' });
    }
    return this;
  }

  /** Every agency that was asked and is silent, or those named, gives this answer. */
  answer(position: 'agree' | 'object' = 'agree', agencies?: readonly string[]): this {
    const { consultation } = this;
    for (const { agency, status } of Object.values(consultation?.opinions ?? {})) {
      if (!consultation || status !== 'asked' || (agencies && !agencies.includes(agency))) continue;
      this.act(
        { kind: 'agency-system', agency },
        {
          type: 'giveOpinion',
          consultation: consultation.scope,
          agency,
          position,
          conditions: [],
          legalBasis: 'Luật Đầu tư, Điều 1',
          messageId: `m-${agency}`,
        },
      );
    }
    return this.work();
  }

  task(key: string): TaskState {
    for (const task of allTasks(this.register.state)) {
      if (task.key === key && task.status !== 'cancelled') return task;
    }
    throw new Error(`no task ${key}`);
  }

  openTasks(): TaskState[] {
    return [...allTasks(this.register.state)].filter(({ status }) => status === 'open' || status === 'claimed');
  }

  /** Takes the task and completes it, as whoever may. */
  complete(key: string, completion: Completion): this {
    const task = this.hold(key);
    this.act(holder(task), { type: 'completeTask', taskId: task.id, completion });
    return this;
  }

  hold(key: string): TaskState {
    const task = this.task(key);
    if (task.claimedBy === null) this.act(holder(task), { type: 'claimTask', taskId: task.id });
    return task;
  }

  /** Works until a task of an officer's step is open, and holds it. */
  hold1st(): TaskState {
    if (this.resolved.steps.every(({ kind }) => kind !== 'officer' && kind !== 'signature')) return this.byHand();
    this.work();
    if (!this.officerTask()) this.answer();
    const task = this.officerTask();
    if (!task) throw new Error(`${this.procedure} has no officer's step to do`);
    return this.hold(task.key);
  }

  /** The machine fails at the first step, and an officer does it. */
  private byHand(): TaskState {
    const step = this.resolved.steps[0]?.code ?? '';
    const key = `by-hand/${step}`;
    this.engine(this.scope, { type: 'failStep', step, reason: 'AGENCY_UNAVAILABLE' });
    this.open(this.scope, { key, kind: 'by-hand', agency: this.state.handlingAgency, role: 'officer', step });
    return this.hold(key);
  }

  private officerTask(): TaskState | undefined {
    return this.openTasks().find(({ kind }) => kind === 'step');
  }

  /** The officer of the first open step asks the investor for more. */
  ask(ground: EventOf<'supplementRequested'>['payload']['ground'] = 'supplement', as?: Actor): this {
    const task = this.hold1st();
    const items = ['financial-capacity'];
    const decision = ground === 'violation-handling' ? { decision: '45/QĐ-XPHC' } : {};
    const command = { type: 'requestSupplement', taskId: task.id, ground, items, reason: 'r', ...decision } as const;
    this.act(as ?? holder(task), command);
    return this;
  }

  /** Whoever handles it says that the violation behind the last notice is dealt with. */
  endViolation(): this {
    return this.ofNotice({ type: 'endViolation' });
  }

  /** Whoever sent the last notice takes it back. */
  withdrawNotice(): this {
    return this.ofNotice({ type: 'withdrawSupplement' });
  }

  private ofNotice(act: { readonly type: 'endViolation' | 'withdrawSupplement' }): this {
    const { handlingAgency: agency, supplements } = this.state;
    const requestId = `S${supplements.length}`;
    const command = { ...act, procedure: this.procedure, requestId, reason: 'r' };
    this.act(person(`officer.${agency}`, 'officer', agency), command);
    return this;
  }

  withdrawExtension(): this {
    const { competentAgency } = this.state;
    const head = person(`head.${competentAgency}`, 'head', competentAgency);
    this.act(head, { type: 'withdrawExtension', procedure: this.procedure, reason: 'r' });
    return this;
  }

  /** The investor answers the last notice. */
  answerNotice(): this {
    const requestId = `S${this.state.supplements.length}`;
    const { procedure, documents } = this;
    this.act(investor, { type: 'answerSupplement', procedure, requestId, documents });
    return this;
  }

  extend(days: number): this {
    const { competentAgency } = this.state;
    const head = person(`head.${competentAgency}`, 'head', competentAgency);
    this.act(head, { type: 'extendClock', procedure: this.procedure, days, reason: 'r' });
    return this;
  }

  extendNotice(days: number, role: 'officer' | 'head' = 'officer', agency = this.state.handlingAgency): this {
    const requestId = `S${this.state.supplements.length}`;
    const { procedure } = this;
    const command = { type: 'extendSupplement', procedure, requestId, days, reason: 'r' } as const;
    this.act(person(`${role}.${agency}`, role, agency), command);
    return this;
  }

  /** Everybody agrees and does their work now, to the decision; false where something holds it up. */
  decide(): boolean {
    for (let before = -1; before !== this.register.state.seq;) {
      before = this.register.state.seq;
      this.work().answer();
      for (const task of this.openTasks()) {
        if (task.kind !== 'step' || task.step === null || this.state.decision) continue;
        this.complete(task.key, { outcome: task.role === 'head' ? 'approve' : 'done' });
      }
    }
    return this.state.decision !== null;
  }
}

export const investor = person('investor.test', 'investor');

/** Second pairs of eyes belong to somebody else. */
const holder = (task: TaskState): Actor => {
  const who = task.key.endsWith('/second') ? `${task.role}.${task.agency}.2` : `${task.role}.${task.agency}`;
  return person(who, task.role, task.agency);
};
