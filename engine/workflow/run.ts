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
import type {
  CommandInput,
  EventsMessage,
  LoadedScope,
  Progress,
  RunInput,
  ScopeActivities,
  ScopeEvent,
  ScopeInput,
  ScopeRequest,
  TurnAnswer,
  TurnInput,
  Wake,
} from '../words.js';
import { newestOrder } from '../words.js';
import { failureOf, refusalOf, ScopeOver, stalling, Superseded } from './fail.js';
import { Lines } from './lines.js';
import { ScopeView } from './view.js';

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
const closing = 'closeScope';

/** How a case folds its events: `apply` in place, from `state` before the first one. */
export interface Fold<State, Event> {
  readonly state: State;
  readonly apply: (state: State, event: Event) => void;
}

/** One of the last things that a story asks: once, while it is not done. */
export interface LastStep<Request> {
  readonly action: string;
  readonly request: Request;
  readonly done: () => boolean;
}

/** One thing that is asked at the door. */
export interface Ask<Request> {
  readonly action: string;
  readonly request: Request | ScopeRequest;
}

/** What comes after a command by rule alone, and may go in its turn; where it was not accepted, the line whose business it is asks by itself. */
export type Follow<Request> = () => readonly Ask<Request>[];

/** An ask that waits for its turn. `settle`: with the code of the refusal, undefined where it was accepted or is not needed, `again` where it was not decided. */
interface Pending<Request> extends Ask<Request> {
  readonly needed: () => boolean;
  readonly follow: Follow<Request>;
  readonly settle: (refusal: string | typeof again | undefined) => void;
  readonly fail: (error: unknown) => void;
}
const again = Symbol('not decided');
const nothing = (): readonly never[] => [];

/** Whom a refusal was handed to that thinking again does not cure: by which command, and when that is over. */
export interface HandedOver<Request> {
  readonly what: string;
  readonly action: string;
  readonly request: Request;
  readonly isOver: () => boolean;
}

/**
 * One run of one scope: the view of its mailbox, its commands, its one timer. Stories say what comes next with `ensure` and `all`; everything
 * else (gaps, pokes, stale commands, a register that is away, rebuilds, long histories) is dealt with here. The case hands in what is abstract.
 */
export abstract class ScopeRun<State, Event extends ScopeEvent, Request, Loaded extends LoadedScope<Event>> {
  // One register command each, a few milliseconds: no task of its own in Temporal.
  private readonly local = proxyLocalActivities<ScopeActivities<Event, Request, Loaded>>({
    startToCloseTimeout: '3s',
    retry: { initialInterval: '100ms', maximumAttempts: 2 },
  });
  // The same while the register is away: tried until it is back, without growing the history.
  private readonly durable = proxyActivities<ScopeActivities<Event, Request, Loaded>>({
    startToCloseTimeout: '30s',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1 minute' },
  });
  private readonly view: ScopeView<State, Event>;
  private readonly lines = new Lines();
  private loaded: Loaded | undefined;
  private wake: Wake = null;
  private wakeAsOf = 0;
  private poked = false;
  private definitionsAtLoad = 0;
  private closed = false;
  private thoughtOf = -1;
  private inFlight = 0;
  private turn: Promise<unknown> = Promise.resolve();
  private asks: Pending<Request>[] = [];
  private gathering = false;

  private readonly input: ScopeInput;
  private readonly atStart: Loaded | undefined;

  constructor({ loaded, ...input }: RunInput<Loaded>, { state, apply }: Fold<State, Event>) {
    this.input = input;
    this.atStart = loaded;
    this.view = new ScopeView(state, apply);
  }

  /** The scope has ended in the view. */
  protected abstract isScopeOver(): boolean;

  /** How often the definition that the story goes by was replaced; a change ends the run, the next one goes by the new one. */
  protected abstract get definitions(): number;

  /** Version of the definition that the run holds; null = none. */
  protected abstract get holds(): string | null;

  /** Takes in what the register said beside the mailbox. */
  protected abstract take(loaded: Loaded): void;

  /** Who deals with a refusal of `action` that thinking again does not cure. */
  protected abstract handedOver(action: string): HandedOver<Request>;

  get scope(): string {
    return this.input.scope;
  }

  /** What the mailbox says so far. */
  get state(): State {
    return this.view.state;
  }

  /** Begun by a release until 0.3.0: its history has another order of commands. */
  get isOlder(): boolean {
    return this.input.order === undefined;
  }

  /** What the lines ask at one moment goes in one turn, and calls that nothing else rests on are the register's: not in runs begun before (ADR 32, 36). */
  get asksTogether(): boolean {
    return (this.input.order ?? 0) >= 3;
  }

  /** Calls that the story waits for are the register's, too, where it says so. */
  get leavesCalls(): boolean {
    return (this.input.order ?? 0) >= 4;
  }

  /** Sequence of the last delivery that the view holds. */
  get seen(): number {
    return this.view.seen;
  }

  /** What the register said at the last load. */
  get setting(): Loaded {
    if (!this.loaded) throw new Error('The scope was not loaded');
    return this.loaded;
  }

  /** The signal handler: takes the message in, nothing else. */
  hear({ deliveries, wake, wakeAsOf }: EventsMessage<Event>): void {
    this.view.take(deliveries);
    if (wake !== undefined) this.wakeAt(wake, wakeAsOf);
    if (deliveries.length === 0) this.poked = true;
  }

  progress(): Progress {
    const { waitingFor } = this.lines;
    const { scope, generation } = this.input;
    return { scope, generation, seen: this.view.seen, waitingFor, nextTimer: this.wake?.at ?? null };
  }

  /** Loads, lets the story run, closes the scope. Ends at once where the register says that the scope is closed, or another run's. */
  async tell(story: () => Promise<void>): Promise<void> {
    try {
      await this.exclusively(() => this.loadFirst());
      this.definitionsAtLoad = this.definitions;
      await Promise.race([this.playOut(story), this.keepUp(), this.keepTime(), this.reportThought(), this.renew()]);
      await condition(allHandlersFinished);
    } catch (error) {
      if (!(error instanceof Superseded)) throw stalling(error);
    }
  }

  /** Done in the view: go on. Else ask for it, unless that was done before, and wait. Running it twice is running it once. */
  async ensure(
    action: string,
    done: () => boolean,
    request: Request,
    asked: () => boolean = done,
    follow: Follow<Request> = nothing,
  ): Promise<void> {
    await this.command(action, request, () => !done() && !asked(), follow);
    await this.until(action, done);
  }

  /** Waits for the view. */
  async until(what: string, ready: () => boolean): Promise<void> {
    this.endIfOver();
    await this.lines.until(what, () => ready() || this.isOver());
    this.endIfOver();
  }

  /** Lines of work side by side. */
  all(lines: readonly (() => Promise<void>)[]): Promise<void> {
    return this.lines.all(lines);
  }

  /** Work outside the register, e.g. a call of another body; a final failure is an answer too, and somebody's task. */
  async attempt<T>(work: () => Promise<T>): Promise<{ answer: T } | { failure: string }> {
    this.endIfOver();
    try {
      // Runs of before keep their order to the last step.
      return { answer: this.asksTogether ? await this.lines.outside(work) : await work() };
    } catch (error) {
      return { failure: failureOf(error) };
    } finally {
      this.endIfOver();
    }
  }

  /** Reads the register anew. */
  reload(): Promise<void> {
    return this.exclusively(() => this.load());
  }

  /** Issues a command while it is needed, in the order of asking. A refusal that thinking again does not cure becomes somebody's task. */
  async command(
    action: string,
    request: Request | ScopeRequest,
    needed: () => boolean,
    follow: Follow<Request> = nothing,
  ): Promise<void> {
    for (let stale = 0; needed();) {
      this.endIfOver();
      // Told by a definition that no longer governs: the next run goes by the new one.
      if (this.definitions > this.definitionsAtLoad) await this.until('another definition', () => false);
      const refusal = this.asksTogether
        ? await this.ask({ action, request, needed, follow })
        : await this.exclusively(() => this.send(action, request, needed));
      if (refusal === undefined) return;
      if (refusal === again) continue;
      if (refusal === 'STALE') stale += 1;
      if (refusal !== 'STALE' || stale % staleLimit === 0) await this.handToSomebody(action, refusal);
    }
  }

  private ask(one: Omit<Pending<Request>, 'settle' | 'fail'>): Promise<string | typeof again | undefined> {
    return new Promise((settle, fail) => {
      this.asks.push({ ...one, settle, fail });
      if (!this.gathering) void this.gather();
    });
  }

  /** Once every line has said what it asks, or waits, all of it goes in one turn. */
  private async gather(): Promise<void> {
    this.gathering = true;
    while (this.asks.length > 0) {
      await condition(() => this.lines.haveSpoken(this.asks.length));
      await this.exclusively(() => this.sendAsks(this.asks.splice(0)));
    }
    this.gathering = false;
  }

  private async sendAsks(all: readonly Pending<Request>[]): Promise<void> {
    const known = new Set<string>();
    const isNew = ({ action }: Ask<Request>) => !known.has(action) && known.add(action);
    const needed = all.filter((ask) => !this.isOver() && ask.needed());
    const asks = needed.filter(isNew);
    for (const ask of all) if (!asks.includes(ask)) ask.settle(needed.includes(ask) ? again : undefined);
    if (asks.length === 0) return;
    try {
      let done = 0;
      const after = asks.flatMap(({ follow }) => follow()).filter(isNew);
      const list = [...asks, ...after].map(({ action, request }) => ({ action, request }));
      const refusal = await this.refused(list[0]?.action ?? '', async () => {
        const [only] = list;
        if (only && list.length === 1) {
          await this.askOne(only);
          done = 1;
          return undefined;
        }
        const answer = await this.askTurn(list);
        done = answer.done;
        return answer.refusal ?? undefined;
      });
      asks.forEach((ask, i) => ask.settle(i < done ? undefined : i === done ? (refusal ?? again) : again));
    } catch (error) {
      for (const ask of asks) ask.fail(error);
    }
  }

  private async askOne(ask: Ask<Request>): Promise<void> {
    const input: CommandInput<Request> = { ...this.input, basedOn: this.view.seen, ...ask };
    const answer = await resilient(
      () => this.local.command(input),
      () => this.durable.command(input),
    );
    this.view.take(answer.deliveries);
    this.wakeAt(answer.wake, answer.wakeAsOf);
  }

  private async askTurn(asks: readonly Ask<Request>[]): Promise<TurnAnswer<Event>> {
    const input: TurnInput<Request> = { ...this.input, basedOn: this.view.seen, asks };
    const answer = await resilient(
      () => this.local.turn(input),
      () => this.durable.turn(input),
    );
    this.view.take(answer.deliveries);
    this.wakeAt(answer.wake, answer.wakeAsOf);
    return answer;
  }

  /** What ends the story, in this order, and the scope with it: in one turn as far as nothing forbids it. Nothing happens where all is done. */
  async end(steps: readonly LastStep<Request>[]): Promise<void> {
    if (this.isOlder) {
      for (const { action, request, done } of steps) await this.ensure(action, done, request);
      return;
    }
    for (let stale = 0; ;) {
      this.endIfOver();
      if (this.definitions > this.definitionsAtLoad) await this.until('another definition', () => false);
      const refused = await this.exclusively(() => this.sendLast(steps));
      // Told again, an answer may speak of less than was asked.
      if (refused === undefined && (this.closed || steps.every(({ done }) => done()))) return;
      // The story is over, the scope not yet: it is closed like any other that ended early.
      if (refused === undefined || refused.action === closing) continue;
      if (refused.code === 'STALE') stale += 1;
      if (refused.code !== 'STALE' || stale % staleLimit === 0) await this.handToSomebody(refused.action, refused.code);
    }
  }

  /** What was refused, and with which code; undefined where nothing was. */
  private async sendLast(steps: readonly LastStep<Request>[]): Promise<{ action: string; code: string } | undefined> {
    const left = steps.filter(({ done }) => !done());
    if (left.length === 0 || this.isOver()) return undefined;
    const asks = [
      ...left.map(({ action, request }) => ({ action, request })),
      { action: closing, request: { type: 'closeScope' } as const },
    ];
    let next = 0;
    const code = await this.refused(asks[0]?.action ?? closing, async () => {
      const answer = await this.askTurn(asks);
      this.closed ||= answer.done === asks.length;
      next = answer.done;
      return answer.refusal ?? undefined;
    });
    const action = asks[next]?.action;
    return code === undefined || action === undefined ? undefined : { action, code };
  }

  private async playOut(story: () => Promise<void>): Promise<void> {
    try {
      this.endIfOver();
      await story();
    } catch (error) {
      if (!(error instanceof ScopeOver)) throw error;
    }
    while (!this.closed) {
      const refusal = await this.exclusively(() => this.send(closing, { type: 'closeScope' }, () => !this.closed));
      if (refusal === undefined) return;
      if (refusal !== 'STALE') throw new Error(`The scope cannot be closed: ${refusal}`);
    }
  }

  private async send(
    action: string,
    request: Request | ScopeRequest,
    needed: () => boolean,
  ): Promise<string | undefined> {
    if (!needed() || (this.isOver() && action !== closing)) return undefined;
    return this.refused(action, async () => {
      await this.askOne({ action, request });
      return undefined;
    });
  }

  /** The code that `ask` was refused with, also where it says so itself; after `STALE` the view is that of the register again. */
  private async refused(action: string, ask: () => Promise<string | undefined>): Promise<string | undefined> {
    try {
      return await ask();
    } catch (error) {
      const code = refusalOf(error);
      if (code === undefined) throw error;
      if (code === 'SUPERSEDED') throw new Superseded(action);
      if (code === 'STALE') await this.load();
      return code;
    }
  }

  private async load(): Promise<void> {
    const input = { ...this.input, after: this.view.seen, holds: this.holds };
    const loaded = await resilient(
      () => this.local.loadScope(input),
      () => this.durable.loadScope(input),
    ).catch((error: unknown) => {
      throw refusalOf(error) === 'SUPERSEDED' ? new Superseded(this.scope) : error;
    });
    this.begin(loaded);
  }

  /** What came with the start is enough where its first Signal held what there was to tell. */
  private async loadFirst(): Promise<void> {
    if (this.atStart && this.view.seen > 0 && !this.behind) this.begin(this.atStart);
    else await this.load();
  }

  private begin(loaded: Loaded): void {
    if (loaded.generation > this.input.generation) throw new Superseded(this.scope);
    this.loaded = loaded;
    this.take(loaded);
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
    return this.closed || this.isScopeOver();
  }

  private endIfOver(): void {
    if (this.isOver()) throw new ScopeOver();
  }

  private get behind(): boolean {
    return this.poked || this.view.hasGap;
  }

  private get quiet(): boolean {
    return this.inFlight === 0 && !this.behind && this.lines.quiet;
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
      const must =
        historyLength > veryLongHistory || continueAsNewSuggested || this.definitions > this.definitionsAtLoad;
      if (!(must || historyLength > longHistory) || !this.quiet || !allHandlersFinished()) return false;
      return must || patched('2026-12-early-renewal');
    });
    return continueAsNew<(input: ScopeInput) => Promise<void>>({ ...this.input, order: newestOrder });
  }

  private async handToSomebody(action: string, refusal: string): Promise<void> {
    const { what, action: opening, request, isOver } = this.handedOver(action);
    for (;;) {
      const code = await this.exclusively(() => this.send(opening, request, () => true));
      if (code === undefined) break;
      if (code !== 'STALE') throw new Error(`${action} was refused ${refusal}, and the task for it ${code}`);
    }
    // Cancelled with what it was about: then it is asked whether that is still needed.
    await this.until(`${what} (${refusal})`, isOver);
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
