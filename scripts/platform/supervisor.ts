import { setTimeout as sleep } from 'node:timers/promises';
import { describeExit, type Managed, type ProcessIdentity } from './processes.js';

/** One process the supervisor answers for. */
export interface Service {
  readonly name: string;
  /** Starts it and waits until it is ready. Tells `onLaunch` of the process as soon as it exists; stops it itself if it does not get ready. */
  start(onLaunch: (child: Managed) => void): Promise<unknown>;
}

/** What is noted of a running child, so that a later start can find what a hard kill left behind. */
export interface ChildRecord extends ProcessIdentity {
  readonly name: string;
}

interface Entry {
  readonly service: Service;
  wanted: boolean;
  child: Managed | undefined;
  work: Promise<void>;
  /** Raised by whoever decides anew whether it shall run: an older revival gives up. */
  decision: number;
  pauseMs: number;
}

interface SupervisorOptions {
  readonly say: (line: string) => void;
  /** Called whenever the set of living children has changed. */
  readonly onChange: (children: ChildRecord[]) => void;
}

const firstPauseMs = 250;
const longestPauseMs = 10_000;
const healthyMs = 30_000;

/** Starts services one after another, brings back what falls, and stops everything in the reverse order. */
export class Supervisor {
  private readonly entries: Entry[] = [];
  private stopping: Promise<void> | undefined;

  constructor(private readonly options: SupervisorOptions) {}

  /** Starts a service and answers for it from now on. If the first start fails, so does this. */
  async add(service: Service): Promise<void> {
    const entry: Entry = {
      service,
      wanted: true,
      child: undefined,
      work: Promise.resolve(),
      decision: 0,
      pauseMs: firstPauseMs,
    };
    this.entries.push(entry);
    await this.launch(entry);
  }

  /** Stops a service and leaves it down until `restart`. */
  async halt(name: string): Promise<void> {
    const entry = this.get(name);
    entry.wanted = false;
    entry.decision++;
    await entry.child?.stop();
    await entry.work.catch(() => undefined); // a start that was under way has told its own caller
  }

  /** Stops a service if it runs, and starts it. Resolves when it is ready. */
  async restart(name: string): Promise<void> {
    await this.halt(name);
    const entry = this.get(name);
    entry.wanted = true;
    entry.pauseMs = firstPauseMs;
    await this.launch(entry);
  }

  /** Sends a signal; what falls by it is brought back like anything else that falls. Resolves to the process it went to. */
  kill(name: string, signal: NodeJS.Signals): ProcessIdentity {
    const { child } = this.get(name);
    if (child === undefined || child.exit !== undefined) throw new Error(`${name} is not running`);
    child.kill(signal);
    return child.identity;
  }

  /** Stops everything, last started first. Resolves when no child is left. */
  stop(): Promise<void> {
    this.stopping ??= (async () => {
      for (const entry of this.entries) entry.wanted = false;
      for (const entry of [...this.entries].reverse()) await this.halt(entry.service.name);
    })();
    return this.stopping;
  }

  /** Kills these at once, without their grace time: `stop` gets on. */
  hurry(names: readonly string[]): void {
    for (const name of names) this.entries.find(({ service }) => service.name === name)?.child?.kill('SIGKILL');
  }

  private get(name: string): Entry {
    const entry = this.entries.find((each) => each.service.name === name);
    if (entry === undefined) throw new Error(`There is no service ${name}`);
    return entry;
  }

  private async launch(entry: Entry): Promise<void> {
    if (!entry.wanted) throw new Error(`${entry.service.name} is being stopped`);
    const started = entry.service.start((child) => {
      entry.child = child;
      this.changed();
      void child.exited.then(() => this.changed());
      if (!entry.wanted) void child.stop();
    });
    entry.work = started.then(() => undefined);
    await entry.work;
    const { child } = entry;
    if (child === undefined) return; // somebody else's server: nothing to watch
    const readyAt = performance.now();
    void child.exited.then((exit) => {
      if (!entry.wanted || entry.child !== child) return;
      if (performance.now() - readyAt > healthyMs) entry.pauseMs = firstPauseMs;
      this.options.say(`${entry.service.name} ended (${describeExit(exit)}): starting it again`);
      void this.revive(entry, entry.decision);
    });
  }

  private async revive(entry: Entry, decision: number): Promise<void> {
    const given = () => entry.wanted && entry.decision === decision;
    while (given()) {
      await sleep(entry.pauseMs);
      entry.pauseMs = Math.min(2 * entry.pauseMs, longestPauseMs);
      if (!given()) return;
      try {
        await this.launch(entry);
        this.options.say(`${entry.service.name} is back`);
        return;
      } catch (error) {
        if (given())
          this.options.say(`${entry.service.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  private changed(): void {
    const living = this.entries.flatMap(({ service, child }) =>
      child === undefined || child.exit !== undefined ? [] : [{ name: service.name, ...child.identity }],
    );
    this.options.onChange(living);
  }
}
