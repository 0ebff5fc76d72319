import { findingsFor, missingEvidence } from '../support/lane.js';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import type { Command } from '../../domain/case/commands.js';
import type { Actor, CaseEvent, Delivery } from '../../domain/case/events.js';
import { scopeKind, type ScopeId } from '../../domain/case/scope.js';
import { allTasks, type TaskState } from '../../domain/case/task/state.js';
import { roundOfStep } from '../../domain/case/task/keys.js';
import { stepLookups } from '../../domain/law/agency-systems.js';
import { latestAttempt } from '../../domain/case/procedure/state.js';
import type { Loaded, LookedUp, LookUpInput, Request } from '../../domain/case/activities.js';
import {
  newestOrder,
  type CommandInput,
  type EventsMessage,
  type LoadInput,
  type TurnInput,
} from '../../engine/words.js';
import { Refusal } from '../../domain/errors.js';
import { startOf, type Instant, type PlainDate } from '../../domain/time/instants.js';
import * as stories from '../../workflows/index.js';
import { at, type MemoryRegister, person } from '../support/memory-register.js';
import { helpfulTrialActs } from '../support/helpful-trial.js';
import { foundOut } from '../support/scene.js';
import { drawing, type Draw } from '../support/drawing.js';
import { ContinuedAsNew, currentRun, type RunContext } from './fake-temporal.js';

/** How badly the world behaves; each a share of one hundred. Zero everywhere is a calm day. */
export interface Weather {
  readonly dropSignal: number;
  readonly doubleSignal: number;
  readonly shuffle: boolean;
  readonly loseAnswer: number;
  readonly kill: number;
  readonly rebuild: number;
  readonly longHistory: number;
  readonly agencyDown: number;
}

export const calm: Weather = {
  dropSignal: 0,
  doubleSignal: 0,
  shuffle: false,
  loseAnswer: 0,
  kill: 0,
  rebuild: 0,
  longHistory: 0,
  agencyDown: 0,
};

/** What the world needs of a register. */
export type WorldRegister = Pick<MemoryRegister, 'state' | 'law' | 'mailboxes' | 'handle'> & {
  act(actor: Actor, occurredAt: Instant, command: Command): unknown;
};

const commandOf = (request: TurnInput<Request>['asks'][number]['request']): Command =>
  request.type === 'signDecision'
    ? {
        type: 'recordSignature',
        number: request.record.number,
        documentHash: 'h',
        signature: 's',
        algorithm: 'a',
        keyId: 'k',
      }
    : request;

const nothingKnown = { outcome: null, reference: null };

interface Run {
  readonly scope: ScopeId;
  readonly generation: number;
  readonly context: RunContext;
}

/**
 * A register, the real workflow code, people and agencies, in one thread. Everything that is under way (signals, answers of activities) waits in one
 * bag; the world draws from it, loses, doubles and reorders, and kills or rebuilds runs between any two draws.
 */
export class World<Register extends WorldRegister = MemoryRegister> {
  now: Instant;
  turns = 0;
  /** Days everybody lets pass before each act. */
  idleDays = 0;
  protected readonly draw: Draw;
  private bag: (() => void | Promise<void>)[] = [];
  private readonly runs = new Map<ScopeId, Run>();
  /** Every run that was ever started, so that superseded ones go on until they find out. */
  private readonly everyRun: RunContext[] = [];
  private readonly sent = new Map<ScopeId, number>();
  private readonly failures: unknown[] = [];
  private readonly called = new Set<string>();

  constructor(
    private readonly code: string,
    private readonly weather: Weather,
    seed: number,
    readonly register: Register,
    openedAt = at('2026-07-06 09:00'),
  ) {
    this.draw = drawing(seed);
    this.now = openedAt;
  }

  private chance(share: number): boolean {
    return share > 0 && this.draw(100) < share;
  }

  /** Runs the case until every scope is closed. People act only when nothing is under way, in a fixed order, so that storms change nothing of theirs. */
  async live(): Promise<void> {
    this.dispatch();
    for (;;) {
      await this.calmDown();
      if (this.over) return;
      for (let day = 0; day < this.idleDays; day++) this.timePasses();
      if (!this.personActs() && !this.daysPass()) throw new Error(`nothing moves: ${JSON.stringify(this.pending)}`);
      this.dispatch();
    }
  }

  protected get over(): boolean {
    const { closed, scopes } = this.register.state;
    return closed !== null && Object.values(scopes).every((scope) => scope.closed);
  }

  private get pending(): string[] {
    return [...allTasks(this.register.state)].filter((task) => task.status === 'open').map((task) => task.key);
  }

  /** Draws until nothing is under way and every mailbox was seen. */
  protected async calmDown(): Promise<void> {
    for (;;) {
      do await settle();
      while (this.resume());
      if (this.failures.length > 0) throw this.failures[0];
      if (this.chance(this.weather.kill)) this.killOne();
      if (this.chance(this.weather.rebuild)) this.rebuildOne();
      if (this.bag.length === 0) {
        if (!this.dispatch(true)) return;
        continue;
      }
      if (++this.turns > 20_000) throw new Error('the world does not come to rest');
      const at = this.weather.shuffle ? this.draw(this.bag.length) : 0;
      const [next] = this.bag.splice(at, 1);
      await next?.();
    }
  }

  /** Wakes whatever waits for something that is so now; true where there was any. */
  private resume(): boolean {
    let woken = false;
    for (const context of this.everyRun) {
      for (const waiter of [...context.waiting]) {
        if (!context.alive || !currentRun.run(context, waiter.ready)) continue;
        context.waiting.delete(waiter);
        waiter.resolve(true);
        woken = true;
      }
    }
    return woken;
  }

  /** The dispatcher: carries what was not carried. `again`: pokes runs that never saw their mail. True where there was something to carry. */
  protected dispatch(again = false): boolean {
    let carried = this.makeCalls();
    for (const [scope, box] of Object.entries(this.register.state.scopes)) {
      if (box.closed) continue;
      const from = this.sent.get(scope) ?? 0;
      const run = this.runs.get(scope);
      if (!run?.context.alive) {
        this.start(scope, box.generation);
        carried = true;
      } else if (box.lastSeq > from) {
        const deliveries = (this.register.mailboxes.get(scope) ?? []).filter((one) => one.seq > from);
        this.signal(scope, deliveries);
        carried = true;
      } else if (again && this.seen(run) < box.lastSeq) {
        this.signal(scope, []);
        carried = true;
      }
      this.sent.set(scope, box.lastSeq);
    }
    return carried;
  }

  /** What the register calls by itself: each once, and what came of it is a command. */
  private makeCalls(): boolean {
    let begun = false;
    const once = (key: string, scope: ScopeId, finish: () => Command): void => {
      if (this.called.has(key)) return;
      this.called.add(key);
      this.bag.push(() => {
        try {
          this.register.act({ kind: 'engine', scope }, this.now, finish());
        } catch (error) {
          if (!(error instanceof Refusal)) throw error; // it went another way meanwhile
        }
      });
      begun = true;
    };
    for (const { scope, closed, steps, declaring } of Object.values(this.register.state.procedures)) {
      if (closed) continue;
      for (const [step, { called, completedAt, failed, round }] of Object.entries(steps)) {
        if (!called || completedAt !== null || failed) continue;
        once(`${scope}/${roundOfStep(step, round)}`, scope, () => this.finishedCall(scope, step, round));
      }
      if (declaring && !declaring.failed)
        once(`${scope}/declaration#${declaring.filing}`, scope, () => this.declared(scope, declaring.filing));
    }
    for (const { scope, closedAt, opinions } of Object.values(this.register.state.consultations)) {
      if (closedAt !== null) continue;
      for (const { agency, called, requestId, failed, status } of Object.values(opinions)) {
        if (called && requestId === null && !failed && status === 'asked')
          once(`${scope}/opinion/${agency}`, scope, () => this.asked(scope, agency));
      }
    }
    return begun;
  }

  /** What the other body answers; null where it cannot be reached. */
  private answerOf<T>(name: string, input: object): T | null {
    try {
      return this.agencyActivity(name, input) as T;
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      return null;
    }
  }

  private finishedCall(scope: ScopeId, step: string, round: number): Command {
    const name = stepLookups[step] === undefined ? 'sendDecision' : 'lookUp';
    const answer = this.answerOf<LookedUp | undefined>(name, { scope, step: roundOfStep(step, round) });
    const { outcome, reference } =
      answer === undefined ? { outcome: 'sent', reference: null } : (answer ?? nothingKnown);
    const failure = answer === null ? 'AGENCY_UNAVAILABLE' : null;
    return { type: 'finishCall', procedure: scope, step, round, outcome, reference, failure };
  }

  private declared(scope: ScopeId, filing: number): Command {
    const answer = this.answerOf<{ declarationId: string; lapsesOn: PlainDate }>('declareInvestment', { scope });
    const declaration = answer && { id: answer.declarationId, lapsesOn: answer.lapsesOn };
    const failure = answer === null ? 'AGENCY_UNAVAILABLE' : null;
    return { type: 'finishDeclaration', procedure: scope, filing, declaration, failure };
  }

  private asked(scope: ScopeId, agency: string): Command {
    const answer = this.answerOf<{ requestId: string }>('requestOpinion', { scope, agency });
    const failure = answer === null ? 'AGENCY_UNAVAILABLE' : null;
    return { type: 'finishQuestion', consultation: scope, agency, requestId: answer?.requestId ?? null, failure };
  }

  private seen({ context }: Run): number {
    const progress = context.handlers.get('progress') as (() => { seen: number }) | undefined;
    return progress?.().seen ?? 0;
  }

  private signal(scope: ScopeId, deliveries: readonly Delivery[]): void {
    const poke = deliveries.length === 0;
    const messages: EventsMessage<CaseEvent>[] = poke
      ? [{ deliveries }]
      : deliveries.map((one) => ({ deliveries: [one] }));
    for (const message of messages) {
      if (!poke && this.chance(this.weather.dropSignal)) continue;
      const carry = () => {
        const run = this.runs.get(scope);
        if (run?.context.alive) run.context.handlers.get('events')?.(message as never);
      };
      this.bag.push(carry);
      if (this.chance(this.weather.doubleSignal)) this.bag.push(carry);
    }
  }

  private start(scope: ScopeId, generation: number): void {
    const context: RunContext = {
      alive: true,
      historyLength: this.chance(this.weather.longHistory) ? 300 : 10,
      waiting: new Set(),
      handlers: new Map(),
      activity: (group, name, input) =>
        new Promise((resolve, reject) => {
          this.bag.push(() => {
            if (context.alive) this.answer(group, name, input).then(resolve, reject);
          });
        }),
      thought: () => undefined,
    };
    this.runs.set(scope, { scope, generation, context });
    this.everyRun.push(context);
    const story = {
      case: this.register.state.kind === 'sandbox' ? stories.sandboxAdmission : stories.greenLaneLicensing,
      procedure: stories.licensingProcedure,
      consultation: stories.agencyCoordination,
    };
    currentRun.run(context, () => {
      // Runs of both orders live side by side, as after an upgrade.
      const input = generation % 2 === 1 ? { scope, generation, order: newestOrder } : { scope, generation };
      story[scopeKind(scope)](input).then(
        () => (context.alive = false),
        (error: unknown) => {
          context.alive = false;
          if (!(error instanceof ContinuedAsNew)) this.failures.push(error);
        },
      );
    });
  }

  private answer(group: 'register' | 'agencies', name: string, input: unknown): Promise<unknown> {
    const ask = () => (group === 'register' ? this.registerActivity(name, input) : this.agencyActivity(name, input));
    const answer = promised(ask);
    // The answer is lost on the way and the activity is tried again, with the same operation id.
    return this.chance(this.weather.loseAnswer) ? answer.then(ask, ask) : answer;
  }

  private registerActivity(name: string, input: unknown): unknown {
    if (name === 'loadScope') return this.load(input as LoadInput);
    const turn = name === 'turn' ? (input as TurnInput<Request>) : undefined;
    const { scope, generation, basedOn, action, request } = input as CommandInput<Request>;
    const [first, ...then] = (turn?.asks ?? [{ action, request }]).map((one) => ({
      command: commandOf(one.request),
      operationId: `${scope}/${basedOn}/${one.action}`,
      bodyHash: '',
    }));
    if (!first) throw new Error(`${scope} asks nothing`);
    try {
      const accepted = this.register.handle({
        ...first,
        caseCode: this.code,
        actor: { kind: 'engine', scope },
        occurredAt: this.now,
        bound: { scope, generation, basedOn },
        then,
      });
      return {
        deliveries: accepted.deliveries.filter((one) => one.scope === scope).map((one) => one.delivery),
        wake: null,
        ...(turn && { done: accepted.done, refusal: accepted.stopped }),
      };
    } catch (error) {
      // A local activity fails with its bare failure, an ordinary one inside an ActivityFailure.
      if (error instanceof Refusal) throw refused(error.code);
      throw error;
    }
  }

  private load({ scope, after, holds }: LoadInput): Loaded {
    const { state, law } = this.register;
    const box = state.scopes[scope];
    if (!box) throw new Error(`no scope ${scope}`);
    const procedure = state.procedures[scope];
    const definition =
      procedure && law.procedureVersion(procedure.procedure, procedure.version, procedure.facts ?? state.facts);
    return {
      generation: box.generation,
      closed: box.closed,
      deliveries: (this.register.mailboxes.get(scope) ?? []).filter((one) => one.seq > after),
      wake: null,
      procedure: definition && definition.version !== holds ? definition : null,
      laneOwner: law.laneOwner,
      receivingAgency: law.receivingAgency,
      agencyCalls: { attempts: 1, firstRetryMs: 1 },
    };
  }

  private agencyActivity(name: string, input: unknown): unknown {
    const asked = input as { readonly scope: ScopeId; readonly step?: string; readonly agency?: string };
    // Whether an agency is down is part of the story, not of the weather of messages: the same for the same question.
    if (
      this.weather.agencyDown > 0 &&
      fingerprint(`${name}/${asked.scope}/${asked.step ?? asked.agency ?? ''}`) % 100 < this.weather.agencyDown
    ) {
      throw failure('AGENCY_UNAVAILABLE', false);
    }
    switch (name) {
      case 'lookUp':
        return { outcome: 'done', reference: `R-${(input as LookUpInput).step}` };
      case 'declareInvestment':
        return { declarationId: 'D-1', lapsesOn: '2026-12-31' };
      case 'requestOpinion':
        return { requestId: `Q-${(input as { agency: string }).agency}` };
      case 'notifyResult':
      case 'sendDecision':
        return undefined;
      default:
        throw new Error(`unknown activity ${name}`);
    }
  }

  protected killAll(): void {
    for (const { context } of this.runs.values()) context.alive = false;
  }

  /** What the open scopes say that they wait for. */
  protected waitingFor(): string[] {
    return [...this.runs].flatMap(([scope, { context }]) => {
      const progress = context.handlers.get('progress') as (() => { waitingFor: string[] }) | undefined;
      return context.alive && progress ? [`${scope} waits for ${progress().waitingFor.join(', ')}`] : [];
    });
  }

  private killOne(): void {
    const victims = [...this.runs.values()].filter((run) => run.context.alive);
    const victim = victims[this.draw(victims.length || 1)];
    if (victim) victim.context.alive = false;
  }

  private rebuildOne(): void {
    const open = Object.entries(this.register.state.scopes).filter(([, box]) => !box.closed);
    const [scope] = open[this.draw(open.length || 1)] ?? [];
    if (scope === undefined) return;
    this.register.act({ kind: 'engine', scope }, this.now, { type: 'rebuildScope', scope });
    // The old run lives on without a mailbox and finds out by its next command.
    this.runs.delete(scope);
  }

  /** The next person, in a fixed order, does the next thing. */
  protected personActs(): boolean {
    const { state } = this.register;
    const investor = person('investor.test', 'investor');
    for (const { procedure } of state.plan) {
      const latest = latestAttempt(state, procedure);
      if (latest?.stage === 'awaiting-dossier') {
        const code =
          this.register.law.procedureVersion(procedure, latest.version, latest.facts ?? state.facts).documents[0]
            ?.code ?? '';
        const documents = [{ code, documentId: `doc-${procedure}-${latest.filings.length}`, obtainedFrom: null }];
        this.register.act(investor, this.now, { type: 'fileDossier', procedure, documents });
        return true;
      }
    }
    const gate = state.plan
      .flatMap((item) => (item.mandatory ? item.gates : []))
      .find((one) => one === 'deposit-lodged' && !(one in state.gatesMet));
    if (gate !== undefined) {
      this.register.act(investor, this.now, { type: 'meetGate', gate, evidence: null });
      return true;
    }
    for (const consultation of Object.values(state.consultations)) {
      for (const { agency, requestId, status } of Object.values(consultation.opinions)) {
        if (requestId === null || status !== 'asked') continue;
        this.register.act({ kind: 'agency-system', agency }, this.now, {
          type: 'giveOpinion',
          consultation: consultation.scope,
          agency,
          position: 'agree',
          conditions: [],
          legalBasis: null,
          messageId: `m-${requestId}`,
        });
        return true;
      }
    }
    for (const { actor, command } of helpfulTrialActs({
      state,
      law: this.register.law,
      now: this.now,
      draw: this.draw,
    })) {
      this.register.act(actor, this.now, command);
      return true;
    }
    const tasks = [...allTasks(state)]
      .filter((task) => task.status === 'open')
      .sort((a, b) => (a.scope + a.key < b.scope + b.key ? -1 : 1));
    const task = tasks[0];
    if (!task) return false;
    const actor = holder(task);
    this.register.act(actor, this.now, { type: 'claimTask', taskId: task.id });
    if (task.kind === 'lane') {
      const investor = person('investor.test', 'investor');
      for (const given of missingEvidence(this.register.state)) this.register.act(investor, this.now, given);
    }
    const completion = {
      outcome: outcomeFor(task),
      ...(task.kind === 'lane' && { findings: findingsFor(this.register.state, 'green') }),
      reason: 'because',
      reference: 'by-hand-1',
      ...(task.kind === 'fact' && foundOut(this.register.state, task)),
      ...(task.kind === 'incident' && { finding: { damage: 'none', cause: 'undetermined', exempt: false } as const }),
    };
    this.register.act(actor, this.now, { type: 'completeTask', taskId: task.id, completion });
    return true;
  }

  /** Until something falls due; a trial may run on for months before anything does. */
  private daysPass(): boolean {
    for (let day = 0; day < 100; day++) if (this.timePasses()) return true;
    return false;
  }

  /** Nobody has anything to do: the next morning comes. */
  protected timePasses(): boolean {
    const next = startOf(this.now.slice(0, 10) as Parameters<typeof startOf>[0]);
    const before = this.register.state.seq;
    this.now = new Date(Date.parse(next) + 31 * 3_600_000).toISOString();
    this.register.act({ kind: 'clock' }, this.now, { type: 'settle' });
    return this.register.state.seq > before;
  }
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

async function promised<T>(ask: () => T): Promise<T> {
  return ask();
}

const refused = (type: string, nonRetryable = true) => ApplicationFailure.create({ type, message: type, nonRetryable });

function failure(type: string, nonRetryable = true): ActivityFailure {
  const cause = refused(type, nonRetryable);
  return new ActivityFailure('activity failed', 'x', '1', 'NON_RETRYABLE_FAILURE', 'storm', cause);
}

function fingerprint(text: string): number {
  let hash = 7;
  for (const char of text) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) >>> 0;
  return hash;
}

const holder = (task: TaskState): Actor =>
  task.role === 'head'
    ? person(`head.${task.agency}`, 'head', task.agency)
    : person(`${task.role}.${task.agency}`, task.role, task.agency);

function outcomeFor(task: TaskState): string {
  switch (task.kind) {
    case 'intake':
      return 'receive';
    case 'step':
      return task.role === 'head' ? 'approve' : 'done';
    case 'opinion':
      return 'agree';
    case 'result-change':
      return 'keep';
    case 'instruction':
      return 'answer';
    case 'signatory':
      return 'name';
    case 'lane':
      return 'green';
    case 'revocation':
      return 'keep';
    case 'silence':
      return 'treat-as-agreed';
    case 'lapse':
      return 'continue';
    case 'apology':
      return 'not-needed';
    case 'statement':
      return 'in-writing';
    case 'conference':
      return 'decide';
    case 'question':
      return 'answer';
    case 'extract':
      return 'register-stands';
    case 'outside':
      return 'settled';
    case 'fact':
      return 'confirm';
    case 'fit':
      return 'fits';
    case 'hold':
      return 'confirm';
    case 'incident':
      return 'examined';
    case 'trial-request':
      return 'grant';
    case 'completion':
      return 'completed';
    case 'by-hand':
    case 'stuck':
      return 'done';
  }
}

/** Words are kept by the sequence number of their event. */
const withoutTextIds = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'id' in value && 'hash' in value ? 'words' : value;

/** What the register says in the end, without what may differ between two histories of the same facts: sequence numbers, ids made of them, instants. */
export function facts(register: MemoryRegister): string[] {
  const begun = new Set<string>();
  return register.events
    .filter((event) => event.type !== 'scopeRebuilt')
    .flatMap((event) => {
      if (event.type === 'stepStarted') {
        // A run of the newer order has the register call for a step that one of the older order has begun.
        const what = `${event.scope} stepStarted ${event.payload.step}`;
        return begun.has(what) ? [] : begun.add(what) && [what];
      }
      const payload = { ...event.payload } as Record<string, unknown>;
      // A run of the older order may have asked what the register is asking, under the same key: once all the same.
      if (event.type === 'opinionRequested') delete payload['called'];
      // The decision of an admission is its number.
      for (const name of ['taskId', 'dossierCode', 'number', 'decision']) delete payload[name];
      return `${event.scope} ${event.type} ${JSON.stringify(payload, withoutTextIds)}`;
    })
    .sort();
}
