import {
  allHandlersFinished,
  condition,
  continueAsNew,
  patched,
  proxyActivities,
  proxyLocalActivities,
  proxySinks,
  workflowInfo,
  type Sinks,
} from '@temporalio/workflow';
import { latestTask, openTaskKey } from '../../domain/case/task/find.js';
import { caseCodeOf, procedureScopeOf, scopeKind } from '../../domain/case/scope.js';
import type { TaskKind, TaskRole } from '../../domain/case/events.js';
import type { CaseState } from '../../domain/case/state.js';
import { ScopeView } from './view.js';
import {
  agencyTaskQueue,
  type AgencyActivities,
  type EventsMessage,
  type Loaded,
  type Progress,
  type RegisterActivities,
  type Request,
  type ScopeInput,
  type Wake,
} from '../../domain/engine.js';
import type { ErrorCode } from '../../domain/errors.js';
import type { ResolvedProcedure } from '../../domain/procedure.js';
import { failureOf, refusalOf, ScopeOver, stalling, Superseded } from './fail.js';
import { Strands } from './lines.js';

// One register command each, a few milliseconds: no task of its own in Temporal.
const local = proxyLocalActivities<RegisterActivities>({
  startToCloseTimeout: '3s',
  retry: { initialInterval: '100ms', maximumAttempts: 2 },
});
// The same while the register is away: tried until it is back, without growing the history.
const durable = proxyActivities<RegisterActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** Told to the worker without a trace in the history: the scope has thought about everything up to `doneSeq`. */
export interface EngineSinks extends Sinks {
  register: { thought(scope: string, generation: number, doneSeq: number): void };
}
const { register } = proxySinks<EngineSinks>();

/** From here on a run that is quiet begins anew: to load costs less than to replay. */
const longHistory = 250;
/** Of runs of older releases, which did not know the other. */
const veryLongHistory = 1_500;
const staleLimit = 10;

/** What is asked of a person. */
export interface TaskRequest {
  readonly key: string;
  readonly kind: TaskKind;
  readonly agency: string;
  readonly role: TaskRole;
  readonly step?: string;
}

/**
 * One run of one scope: the view of its mailbox, its commands, its one timer. Stories say what comes next with `ensure` and `all`; everything
 * else (gaps, pokes, stale commands, a register that is away, rebuilds, long histories) is dealt with here.
 */
export class ScopeRun {
  private readonly view: ScopeView;
  private readonly strands = new Strands();
  private loaded: Loaded | undefined;
  private definition: ResolvedProcedure | null = null;
  private wake: Wake = null;
  private wakeAsOf = 0;
  private poked = false;
  private migrationsAtLoad = 0;
  private closed = false;
  private thoughtOf = -1;
  private inFlight = 0;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly input: ScopeInput) {
    this.view = new ScopeView(input.scope);
  }

  get scope(): string {
    return this.input.scope;
  }

  get caseCode(): string {
    return caseCodeOf(this.scope);
  }

  /** What the mailbox says so far. */
  get state(): CaseState {
    return this.view.state;
  }

  /** Who is who in the green lane, and how agencies are called: as the register said at the last load. */
  get setting(): Loaded {
    if (!this.loaded) throw new Error('The scope was not loaded');
    return this.loaded;
  }

  /** The definition that governs the scope's procedure, in the version `version` (which a receipt may change). */
  async definitionOf(version: string): Promise<ResolvedProcedure> {
    if (this.definition?.version !== version) await this.exclusively(() => this.load());
    if (this.definition?.version !== version)
      throw new Error(`The register gives ${this.definition?.version ?? 'nothing'} for ${version}`);
    return this.definition;
  }

  /** The signal handler: takes the message in, nothing else. */
  take({ deliveries, wake, wakeAsOf }: EventsMessage): void {
    this.view.take(deliveries);
    if (wake !== undefined) this.wakeAt(wake, wakeAsOf);
    if (deliveries.length === 0) this.poked = true;
  }

  progress(): Progress {
    const { waitingFor } = this.strands;
    const { scope, generation } = this.input;
    return { scope, generation, seen: this.view.seen, waitingFor, nextTimer: this.wake?.at ?? null };
  }

  /** Loads, lets the story run, closes the scope. Ends at once where the register says that the scope is closed, or another run's. */
  async tell(story: () => Promise<void>): Promise<void> {
    try {
      await this.exclusively(() => this.load());
      this.migrationsAtLoad = this.migrations;
      await Promise.race([this.playOut(story), this.keepUp(), this.keepTime(), this.reportThought(), this.renew()]);
      await condition(allHandlersFinished);
    } catch (error) {
      if (!(error instanceof Superseded)) throw stalling(error);
    }
  }

  /** Done in the view: go on. Else ask for it, unless that was done before, and wait. Running it twice is running it once. */
  async ensure(action: string, done: () => boolean, request: Request, asked: () => boolean = done): Promise<void> {
    await this.command(action, request, () => !done() && !asked());
    await this.until(action, done);
  }

  /** As `ensure`, for what a person has to do. A task that was cancelled is asked for again while the thing itself is not done. */
  async ensureTask(task: TaskRequest, done: () => boolean): Promise<void> {
    await this.openTask(task, done);
    await this.until(task.key, done);
  }

  /** Opens the task if it is not there and still needed; does not wait for it. */
  async openTask({ key, kind, agency, role, step }: TaskRequest, done: () => boolean = () => false): Promise<void> {
    const request = { type: 'openTask', key, kind, agency, role, step: step ?? null } as const;
    await this.command(`openTask/${key}`, request, () => !done() && !latestTask(this.state, this.scope, key));
  }

  /** Waits for the view. */
  async until(what: string, ready: () => boolean): Promise<void> {
    this.endIfOver();
    await this.strands.until(what, () => ready() || this.isOver());
    this.endIfOver();
  }

  /** Lines of work side by side. */
  all(lines: readonly (() => Promise<void>)[]): Promise<void> {
    return this.strands.all(lines);
  }

  /** Calls another body, again and again as far as the policy goes; a final failure is an answer too, and somebody's task. */
  async call<T>(ask: (agencies: AgencyActivities) => Promise<T>): Promise<{ answer: T } | { failure: string }> {
    const { attempts, firstRetryMs } = this.setting.agencyCalls;
    const agencies = proxyActivities<AgencyActivities>({
      taskQueue: agencyTaskQueue(workflowInfo().taskQueue),
      startToCloseTimeout: '20s',
      heartbeatTimeout: '10s',
      retry: {
        initialInterval: firstRetryMs,
        backoffCoefficient: 2,
        maximumInterval: '1 minute',
        maximumAttempts: attempts,
      },
    });
    this.endIfOver();
    try {
      return { answer: await ask(agencies) };
    } catch (error) {
      return { failure: failureOf(error) };
    } finally {
      this.endIfOver();
    }
  }

  /** Issues a command while it is needed, in the order of asking. A refusal that thinking again does not cure becomes somebody's task. */
  async command(action: string, request: Request, needed: () => boolean): Promise<void> {
    for (let stale = 0; needed();) {
      this.endIfOver();
      // Told by a definition that no longer governs: the next run goes by the new one.
      if (this.migrations > this.migrationsAtLoad) await this.until('another definition', () => false);
      const refusal = await this.exclusively(() => this.send(action, request, needed));
      if (refusal === undefined) return;
      if (refusal === 'STALE') stale += 1;
      if (refusal !== 'STALE' || stale % staleLimit === 0) await this.handToSomebody(action, refusal);
    }
  }

  private async playOut(story: () => Promise<void>): Promise<void> {
    try {
      this.endIfOver();
      await story();
    } catch (error) {
      if (!(error instanceof ScopeOver)) throw error;
    }
    while (!this.closed) {
      const refusal = await this.exclusively(() => this.send('closeScope', { type: 'closeScope' }, () => !this.closed));
      if (refusal === undefined) return;
      if (refusal !== 'STALE') throw new Error(`The scope cannot be closed: ${refusal}`);
    }
  }

  private async send(action: string, request: Request, needed: () => boolean): Promise<ErrorCode | undefined> {
    if (!needed() || (this.isOver() && request.type !== 'closeScope')) return undefined;
    try {
      const input = { ...this.input, basedOn: this.view.seen, action, request };
      const answer = await resilient(
        () => local.command(input),
        () => durable.command(input),
      );
      this.view.take(answer.deliveries);
      this.wakeAt(answer.wake, answer.wakeAsOf);
      return undefined;
    } catch (error) {
      const code = refusalOf(error);
      if (code === undefined) throw error;
      if (code === 'SUPERSEDED') throw new Superseded(action);
      if (code === 'STALE') await this.load();
      return code;
    }
  }

  private async load(): Promise<void> {
    const input = { ...this.input, after: this.view.seen, holds: this.definition?.version ?? null };
    const loaded = await resilient(
      () => local.loadScope(input),
      () => durable.loadScope(input),
    ).catch((error: unknown) => {
      throw refusalOf(error) === 'SUPERSEDED' ? new Superseded(this.scope) : error;
    });
    if (loaded.generation > this.input.generation) throw new Superseded(this.scope);
    this.loaded = loaded;
    this.definition = loaded.procedure ?? this.definition;
    this.view.take(loaded.deliveries);
    this.wakeAt(loaded.wake, loaded.wakeAsOf);
    this.poked = false;
    this.closed = loaded.closed;
    this.thoughtOf = -1;
  }

  /** What was read of a younger case holds, in whatever order it comes. Older releases do not say how old it is. */
  private wakeAt(wake: Wake, asOf = this.wakeAsOf): void {
    if (asOf < this.wakeAsOf) return;
    this.wakeAsOf = asOf;
    this.wake = wake;
  }

  /** Register calls one after another: each is based on what the one before brought back. */
  private exclusively<T>(work: () => Promise<T>): Promise<T> {
    this.inFlight += 1;
    const mine = this.turn.then(work).finally(() => (this.inFlight -= 1));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private isOver(): boolean {
    if (this.closed) return true;
    switch (scopeKind(this.scope)) {
      case 'case':
        return this.state.closed !== null;
      case 'procedure':
        return (this.state.procedures[this.scope]?.closed ?? null) !== null;
      case 'consultation':
        return (this.state.consultations[this.scope]?.closedAt ?? null) !== null;
    }
  }

  private endIfOver(): void {
    if (this.isOver()) throw new ScopeOver();
  }

  /** How often the definition of this procedure was replaced while it ran. */
  private get migrations(): number {
    return this.state.procedures[this.scope]?.migrations ?? 0;
  }

  private get behind(): boolean {
    return this.poked || this.view.hasGap;
  }

  private get quiet(): boolean {
    return this.inFlight === 0 && !this.behind && this.strands.quiet;
  }

  private async keepUp(): Promise<never> {
    for (;;) {
      await condition(() => this.behind && this.inFlight === 0);
      await this.exclusively(async () => (this.behind ? this.load() : undefined));
    }
  }

  /** The one timer. It decides nothing: it has the register look at what fell due. */
  private async keepTime(): Promise<never> {
    let settled: string | null = null;
    for (;;) {
      await condition(() => this.wake !== null);
      const { at, inMs } = this.wake ?? { at: '', inMs: 0 };
      // A clock of the register that is behind Temporal's by a little must not make us spin.
      const wait = at === settled ? Math.max(inMs, 60_000) : Math.max(inMs, 0) + 20;
      if (await condition(() => this.wake?.at !== at, wait)) continue;
      settled = at;
      await this.exclusively(() => this.send('settle', { type: 'settle' }, () => true));
    }
  }

  private async reportThought(): Promise<never> {
    for (;;) {
      await condition(() => this.thoughtOf !== this.view.seen && this.quiet);
      this.thoughtOf = this.view.seen;
      register.thought(this.scope, this.input.generation, this.thoughtOf);
    }
  }

  /** A long history, or another definition to go by: the next run loads and tells the story from there. */
  private async renew(): Promise<never> {
    await condition(() => {
      const { historyLength, continueAsNewSuggested } = workflowInfo();
      const must = historyLength > veryLongHistory || continueAsNewSuggested || this.migrations > this.migrationsAtLoad;
      if (!(must || historyLength > longHistory) || !this.quiet || !allHandlersFinished()) return false;
      return must || patched('2026-12-early-renewal');
    });
    return continueAsNew<(input: ScopeInput) => Promise<void>>(this.input);
  }

  private async handToSomebody(action: string, refusal: ErrorCode): Promise<void> {
    const key = this.stuckAlready(action) ?? `stuck/${action}/${this.view.seen}`;
    const request = { type: 'openTask', key, kind: 'stuck', agency: this.keeper, role: 'officer', step: null } as const;
    for (;;) {
      const code = await this.exclusively(() => this.send(`openTask/${key}`, request, () => true));
      if (code === undefined) break;
      if (code !== 'STALE') throw new Error(`${action} was refused ${refusal}, and the task for it ${code}`);
    }
    // Cancelled with what it was about: then it is asked whether that is still needed.
    const over = () => (latestTask(this.state, this.scope, key)?.status ?? 'done') === 'done';
    await this.until(`${key} (${refusal})`, over);
  }

  /** A run before this one may have handed the same thing to somebody. */
  private stuckAlready(action: string): string | undefined {
    const key = openTaskKey(this.state, this.scope, `stuck/${action}/`);
    return key !== undefined && patched('2026-11-stuck-once') ? key : undefined;
  }

  /** Whose worklist gets what the engine cannot do here. */
  private get keeper(): string {
    switch (scopeKind(this.scope)) {
      case 'case':
        return this.setting.laneOwner;
      case 'procedure':
        return this.state.procedures[procedureScopeOf(this.scope)]?.handlingAgency ?? this.setting.laneOwner;
      case 'consultation':
        return this.state.consultations[this.scope]?.lead ?? this.setting.laneOwner;
    }
  }
}

/** First as part of the workflow task; where that fails for any reason but a refusal, as an activity that outlasts the outage. */
async function resilient<T>(first: () => Promise<T>, patient: () => Promise<T>): Promise<T> {
  try {
    return await first();
  } catch (error) {
    if (refusalOf(error) !== undefined) throw error;
    failureOf(error);
    return await patient();
  }
}
