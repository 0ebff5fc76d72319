import type { Command } from '../../domain/case/commands.js';
import type { Completion } from '../../domain/case/task/commands.js';
import { allTasks, type TaskState } from '../../domain/case/task/state.js';
import type { Actor, CaseEvent, EventOf, EventType } from '../../domain/case/events.js';
import type { Law } from '../../domain/law/law.js';
import { openingOfTrial } from '../../domain/case/trial/opening.js';
import { caseScope, type ScopeId } from '../../domain/case/scope.js';
import { missingPermits, admissionOf } from '../../domain/case/trial/state.js';
import { chooseRegime, fitOf } from '../../domain/law/regime-fit.js';
import type { Reading, TrialTerms } from '../../domain/law/trial-terms.js';
import type { SandboxFiling } from '../../domain/schemas/trial.js';
import { dateOf, instantAfter, type Instant } from '../../domain/time/instants.js';
import { catalogue, exampleTrials } from '../../seeds/index.js';
import { at, MemoryRegister, type Accepted, person, seededLaw } from './memory-register.js';
import { findingsFor, inside, termsFor, wantedInTrial } from './trial-acts.js';

export const participant = person('investor.test', 'investor');
export const device: Actor = { kind: 'device', keyId: 'key-1' };
export const head = (agency: string): Actor => person(`head.${agency}`, 'head', agency);

interface Options {
  readonly law?: Law;
  readonly filing?: SandboxFiling;
  readonly terms?: Partial<TrialTerms>;
}

const code = 'LX-260706-0009';

/** What `POST /cases` makes of a sandbox filing. */
export function trialOpening(law: Law, filing: SandboxFiling, openedAt: Instant): Opening {
  const today = dateOf(openedAt);
  const fits = [...catalogue().regimes.values()].map((one) => fitOf(one, filing, today));
  const fit = chooseRegime(fits, filing.regime);
  return openingOfTrial(law, { filing, filingHash: '', fit, personId: 'investor.test', at: openedAt });
}
type Opening = ReturnType<typeof openingOfTrial>;

type TrialRegister = Pick<MemoryRegister, 'code' | 'state' | 'law' | 'events' | 'engine'> & {
  act(actor: Actor, occurredAt: Instant, command: Command): Accepted;
};

/** One sandbox case on a register. The test plays the people; `work` asks for what the workflows would ask for. */
export class TrialStory<Register extends TrialRegister> {
  readonly scope: ScopeId;
  readonly terms: TrialTerms;

  constructor(
    readonly register: Register,
    public now: Instant,
    { law, filing = exampleTrials.drone, terms }: Options & { readonly law: Law },
  ) {
    this.scope = caseScope(register.code);
    this.act(participant, { type: 'openCase', opening: trialOpening(law, filing, now), managed: true });
    this.terms = { ...termsFor(law, this.trial), ...terms };
  }

  get trial() {
    const { trial } = this.register.state;
    if (!trial) throw new Error('no trial');
    return trial;
  }

  get admission() {
    const found = admissionOf(this.register.state);
    if (!found) throw new Error('the admission is not open');
    return found;
  }

  at(when: string | Instant): this {
    this.now = when.endsWith('Z') ? when : at(when);
    return this;
  }

  act(actor: Actor, command: Command): readonly CaseEvent[] {
    return this.register.act(actor, this.now, command).events;
  }

  engine(command: Command, scope: ScopeId = this.scope): void {
    this.register.engine(scope, this.now, command);
  }

  settle(when: string | Instant = this.now): this {
    this.at(when).act({ kind: 'clock' }, { type: 'settle' });
    return this;
  }

  events<T extends EventType>(...types: T[]): EventOf<T>[] {
    return this.register.events.filter((event): event is EventOf<T> => types.some((type) => type === event.type));
  }

  task(key: string): TaskState {
    for (const task of allTasks(this.register.state)) {
      if (task.key === key && (task.status === 'open' || task.status === 'claimed')) return task;
    }
    throw new Error(`no task ${key}`);
  }

  hold(key: string, as?: Actor): TaskState {
    const task = this.task(key);
    const actor = as ?? holder(task);
    if (task.claimedBy === null) this.act(actor, { type: 'claimTask', taskId: task.id });
    return task;
  }

  complete(key: string, completion: Completion, as?: Actor): this {
    const task = this.hold(key, as);
    this.act(as ?? holder(task), { type: 'completeTask', taskId: task.id, completion });
    return this;
  }

  private open(
    scope: ScopeId,
    key: string,
    kind: TaskState['kind'],
    agency: string,
    role: TaskState['role'],
    step: string | null = null,
  ) {
    this.engine({ type: 'openTask', key, kind, agency, role, step }, scope);
  }

  /** Filed, received, appraised by everybody who is asked. */
  appraise(): this {
    const { plan } = this.register.state;
    const procedure = plan[0]?.procedure ?? '';
    const { trial } = this;
    if (trial.fit === 'unknown') {
      this.open(this.scope, 'fit', 'fit', trial.evaluates, 'officer');
      this.complete('fit', { outcome: 'fits', reason: 'read again' });
    }
    this.engine({ type: 'openProcedure', procedure });
    const { scope } = this.admission;
    const { documents } = this.register.law.procedureAt(procedure, dateOf(this.now), this.register.state.facts);
    const filed = documents.map(({ code: one }) => ({ code: one, documentId: `doc-${one}`, obtainedFrom: null }));
    this.act(participant, { type: 'fileDossier', procedure, documents: filed });
    this.open(scope, 'intake/1', 'intake', this.register.law.receivingAgency, 'receiving-officer');
    this.complete('intake/1', { outcome: 'receive' });
    const step = 'completeness-check';
    this.engine({ type: 'completeStep', step, outcome: 'complete', by: 'system', reference: null }, scope);
    this.engine({ type: 'openConsultation', step: 'appraisal' }, scope);
    for (const consultation of Object.values(this.register.state.consultations)) {
      for (const { agency } of Object.values(consultation.opinions)) {
        const opinion = { position: 'agree', conditions: [], legalBasis: null, messageId: `m-${agency}` } as const;
        const given = { type: 'giveOpinion', consultation: consultation.scope, agency, ...opinion } as const;
        this.act({ kind: 'agency-system', agency }, given);
      }
      this.engine({ type: 'closeConsultation' }, consultation.scope);
    }
    return this;
  }

  /** The evaluation proposes the conditions. */
  evaluate(): this {
    const officer = this.evaluating();
    const { id: taskId } = this.task('step/evaluation');
    const criteria = findingsFor(this.register.law);
    this.act(officer, { type: 'proposeTerms', taskId, criteria, terms: this.terms });
    return this.complete('step/evaluation', { outcome: 'done' }, officer);
  }

  /** Somebody of the lead holds the evaluation. */
  evaluating(): Actor {
    const { evaluates: lead } = this.trial;
    const { scope, handlingAgency } = this.admission;
    this.open(scope, 'step/evaluation', 'step', handlingAgency, 'officer', 'evaluation');
    const officer = person(`officer.${lead}.1`, 'officer', lead);
    this.hold('step/evaluation', officer);
    return officer;
  }

  /** The secretary holds the task of the council. */
  deliberating(): this {
    const { scope, handlingAgency } = this.admission;
    this.open(scope, 'step/council', 'step', handlingAgency, 'officer', 'council');
    this.hold('step/council', secretary);
    return this;
  }

  /** Three members meet and vote in favour; nothing happens where the regime wants no council. */
  deliberate(): this {
    if (!this.hasCouncil) return this;
    this.convene();
    const { id: taskId } = this.task('step/council');
    const present = [...members];
    this.act(secretary, { type: 'openCouncil', taskId, present });
    for (const one of members) this.vote(one, 'for');
    return this.complete('step/council', { outcome: 'done' }, secretary);
  }

  get hasCouncil(): boolean {
    const { steps } = this.register.law.procedureVersion(this.admission.procedure, this.admission.version, {
      ...this.register.state.facts,
    });
    return steps.some(({ kind }) => kind === 'council');
  }

  convene(): this {
    this.deliberating();
    const { id: taskId } = this.task('step/council');
    const seats = members.map((one, i) => ({ person: one, role: i === 0 ? 'chair' : 'member', agency: null }) as const);
    this.act(secretary, { type: 'conveneCouncil', taskId, members: seats, meetsAt: instantAfter(this.now, 24) });
    return this;
  }

  vote(member: string, vote: 'for' | 'against' | 'abstain', reason: string | null = null): this {
    this.act(person(member, 'expert'), { type: 'castVote', vote, reason });
    return this;
  }

  /** The head of the authority signs, and the admission ends. */
  decide(outcome: 'approve' | 'refuse' = 'approve', reason?: string): this {
    const { scope, competentAgency } = this.admission;
    this.open(scope, 'step/decision', 'step', competentAgency, 'head', 'decision');
    this.complete('step/decision', { outcome, ...(reason !== undefined && { reason }) });
    const signature = { documentHash: 'h', signature: 's', algorithm: 'ed25519', keyId: 'k' };
    this.engine({ type: 'recordSignature', number: `${this.admission.dossierCode ?? ''}-KQ`, ...signature }, scope);
    this.engine({ type: 'handOver' }, scope);
    this.engine({ type: 'closeProcedure' }, scope);
    return this;
  }

  /** From filing to a running trial, with a key for its devices. */
  admit(): this {
    this.appraise().evaluate().deliberate().decide();
    this.engine({ type: 'admitTrial' });
    return this;
  }

  start(): this {
    if (this.trial.phase === 'admission') this.admit();
    for (const permit of missingPermits(this.trial)) {
      this.act(participant, { type: 'recordPermit', permit, number: 'QĐ-1', documentId: null, validTo: null });
    }
    this.engine({ type: 'startTrial' });
    this.act(participant, { type: 'registerKey', keyId: 'key-1', publicKey: 'MCowBQYDK2VwAyEA' });
    return this;
  }

  /** One batch of readings of this instant. */
  measure(...readings: readonly Omit<Reading, 'at'>[]): readonly CaseEvent[] {
    const { metrics } = this.trial;
    return this.act(device, {
      type: 'submitMetrics',
      batch: (metrics?.batch ?? 0) + 1,
      keyId: 'key-1',
      digest: 'd',
      from: metrics?.to ?? this.now,
      to: this.now,
      readings: readings.map((one) => ({ ...one, at: this.now })),
    });
  }

  /** Opens the tasks that the workflow of the case would open now. */
  work(): this {
    const wanted = [...wantedInTrial(this.register.state)];
    for (const { key, kind, agency, role } of wanted) this.open(this.scope, key, kind, agency, role);
    return this;
  }
}

/** A trial of the drone, or another one, on the register in memory. */
export class OneTrial extends TrialStory<MemoryRegister> {
  constructor(openedAt = '2026-07-06 09:00', { law = seededLaw, ...others }: Options = {}) {
    super(new MemoryRegister(code, law), at(openedAt), { law, ...others });
  }
}

/** The first is the chair. */
export const members = ['expert.1', 'expert.2', 'expert.3'] as const;
export const secretary = person('officer.dost.2', 'officer', 'dost');
export const good: Omit<Reading, 'at'> = { limit: 'test-area', value: inside };

const holder = (task: TaskState): Actor =>
  task.role === 'head' ? head(task.agency) : person(`${task.role}.${task.agency}`, task.role, task.agency);
