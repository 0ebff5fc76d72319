/**
 * The vocabulary of the engine: a case is a chain of events, a scope is what one workflow looks after in it, a delivery is an event in the mailbox
 * of a scope. What the events mean is the business of whoever hands them in.
 */

/** Its id is the id of its workflow. */
export type ScopeId = string;

/** As much of an event as the engine looks at. */
export interface ScopeEvent {
  /** Sequence in its case, from 1, without gaps. */
  readonly seq: number;
  readonly scope: ScopeId;
  readonly type: string;
}

/** An event in the mailbox of one scope. `prev` is the sequence of the one delivered before it (0 = none): a reader that has seen less has a gap. */
export interface Delivery<Event> {
  readonly seq: number;
  readonly prev: number;
  readonly event: Event;
}

/** Input of every workflow, also after continue-as-new: everything else is loaded from the register. */
export interface ScopeInput {
  readonly scope: ScopeId;
  /** Raised by a rebuild: the register refuses commands of an older run. */
  readonly generation: number;
  /** In which order the run asks: see `TurnOrder`. */
  readonly order?: TurnOrder;
}

/**
 * Which order of commands a run keeps, from its start on, so that its history replays. Left out: each command by itself (releases until 0.3.0). 2: what ends a
 * scope goes in one turn, and the register tells the result to whoever hears of it. 3: all that the lines of a story ask at one moment goes in one turn, with
 * what follows by rule alone; a call that nothing else rests on is the register's to make. 4: so is every other call of a case.
 */
export type TurnOrder = 2 | 3 | 4;
export const newestOrder: TurnOrder = 4;

/** How a run begins. `loaded`: what the register says, where whoever starts it has asked already; left out, the run asks. */
export interface RunInput<Loaded> extends ScopeInput {
  readonly loaded?: Loaded;
}

/** A run that is to be started: of which kind, beside what it is told. */
export interface ScopeStart extends RunInput<unknown> {
  readonly kind: string;
}

/** When the scope wants to be woken: `at` is business time, `inMs` how far that was when it was read. Null: nothing ahead, or time is stepped. */
export type Wake = { readonly at: string; readonly inMs: number } | null;

/** A `wake` and the sequence of the case it was read at: one that is read later holds, however late it comes. Left out by older releases. */
export interface Waking {
  readonly wake: Wake;
  readonly wakeAsOf?: number;
}

/** What a dispatcher signals. No deliveries: a poke, the workflow loads from the register. `wake` is left out where it is not known. */
export interface EventsMessage<Event> extends Partial<Waking> {
  readonly deliveries: readonly Delivery<Event>[];
}

export const eventsSignalName = 'events';
export const progressQueryName = 'progress';

/** Answer of the query `progress`. */
export interface Progress {
  readonly scope: ScopeId;
  readonly generation: number;
  readonly seen: number;
  readonly waitingFor: readonly string[];
  readonly nextTimer: string | null;
}

export interface LoadInput extends ScopeInput {
  /** Sequence of the last delivery known. */
  readonly after: number;
  /** Version of the definition that the run holds already; null = none. */
  readonly holds: string | null;
}

/** What the register tells a run: its mailbox after what it has seen. The case adds what else its stories go by. */
export interface LoadedScope<Event> extends Waking {
  readonly generation: number;
  readonly closed: boolean;
  readonly deliveries: readonly Delivery<Event>[];
}

/** What the engine itself asks at the door: look at what fell due, and end the scope. */
export type ScopeRequest = { readonly type: 'settle' } | { readonly type: 'closeScope' };

export interface CommandInput<Request> extends ScopeInput {
  readonly basedOn: number;
  /** `scope / causing seq / action`. Not for `settle`, which is repeatable by nature. */
  readonly action: string;
  readonly request: Request | ScopeRequest;
}

/** What a run asks in one turn, one after another, each where the one before was accepted. */
export interface TurnInput<Request> extends ScopeInput {
  readonly basedOn: number;
  readonly asks: readonly { readonly action: string; readonly request: Request | ScopeRequest }[];
}

/** The scope's own deliveries, how many were accepted, and the code that the next one was refused with. A refusal of the first crosses as a failure. */
export interface TurnAnswer<Event> extends Answer<Event> {
  readonly done: number;
  readonly refusal: string | null;
}

/** The scope's own deliveries of an accepted command. */
export interface Answer<Event> extends Waking {
  readonly deliveries: readonly Delivery<Event>[];
}

/** Local activities and, when those fail, ordinary ones with unlimited retries. A refusal crosses as ApplicationFailure with `type` = its code. */
export interface ScopeActivities<Event, Request, Loaded extends LoadedScope<Event>> {
  loadScope(input: LoadInput): Promise<Loaded>;
  command(input: CommandInput<Request>): Promise<Answer<Event>>;
  turn(input: TurnInput<Request>): Promise<TurnAnswer<Event>>;
}
