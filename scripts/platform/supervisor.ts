import { setTimeout as sleep } from 'node:timers/promises';
import { within } from '../../ops/page.js';
import { describeExit, type Managed, type ProcessIdentity } from './processes.js';

/** One process the supervisor answers for. */
export interface Service {
  readonly name: string;
  /** Starts it and waits until it is ready. Tells `onLaunch` of the process as soon as it exists; stops it itself if it does not get ready. `restarts`: how often it fell before. */
  start(onLaunch: (child: Managed) => void, restarts: number): Promise<unknown>;
  /** A cheap question that a living process answers; false or an error: no answer. Left out: only its end is watched. */
  alive?(): Promise<boolean>;
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
  restarts: number;
}

/** How the living are told from the half-dead. */
export interface Vigilance {
  readonly everyMs: number;
  /** So long one question may take. */
  readonly answerMs: number;
  /** So long without an answer, and people are told. */
  readonly tellAfterMs: number;
  /** So long, and it is started again. */
  readonly deadAfterMs: number;
}

/** Patient enough for a machine that is busy with something else. */
const usualVigilance: Vigilance = { everyMs: 3_000, answerMs: 5_000, tellAfterMs: 9_000, deadAfterMs: 30_000 };

interface SupervisorOptions {
  readonly say: (line: string) => void;
  /** Called whenever the set of living children has changed. */
  readonly onChange: (children: ChildRecord[]) => void;
  readonly vigilance?: Vigilance;
}

const firstPauseMs = 250;
const longestPauseMs = 10_000;
const healthyMs = 30_000;

/** Starts services one after another, brings back what falls or does not answer, and stops everything in the reverse order. */
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
      restarts: 0,
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
    }, entry.restarts);
    entry.work = started.then(() => undefined);
    await entry.work;
    const { child } = entry;
    if (child === undefined) return; // somebody else's server: nothing to watch
    const readyAt = performance.now();
    void this.watch(entry, child);
    void child.exited.then((exit) => {
      if (!entry.wanted || entry.child !== child) return;
      if (performance.now() - readyAt > healthyMs) entry.pauseMs = firstPauseMs;
      const how = describeExit(exit);
      this.options.say(
        `${entry.service.name} đã dừng (${how}), đang khởi động lại · ended (${how}): starting it again`,
      );
      void this.revive(entry, entry.decision);
    });
  }

  private async revive(entry: Entry, decision: number): Promise<void> {
    const given = () => entry.wanted && entry.decision === decision;
    while (given()) {
      await sleep(entry.pauseMs);
      entry.pauseMs = Math.min(2 * entry.pauseMs, longestPauseMs);
      if (!given()) return;
      entry.restarts += 1;
      try {
        await this.launch(entry);
        this.options.say(`${entry.service.name} đã chạy lại · ${entry.service.name} is back`);
        return;
      } catch (error) {
        if (given())
          this.options.say(`${entry.service.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  /** Asks a child whether it lives for as long as it runs; ends one that has not answered for too long, so that it is brought back. */
  private async watch(entry: Entry, child: Managed): Promise<void> {
    const { service } = entry;
    if (service.alive === undefined) return;
    const { everyMs, answerMs, tellAfterMs, deadAfterMs } = this.options.vigilance ?? usualVigilance;
    const mine = () => entry.wanted && entry.child === child && child.exit === undefined;
    let heardAt = performance.now();
    let told = false;
    for (let askedAt = heardAt; ;) {
      await sleep(everyMs, undefined, { ref: false });
      if (!mine()) return;
      // We slept ourselves (a laptop's lid, a stopped supervisor): nobody can be blamed for that time.
      const late = performance.now() - askedAt - everyMs - answerMs;
      if (late > everyMs) heardAt = Math.min(performance.now(), heardAt + late);
      askedAt = performance.now();
      const answered = await within(answerMs, service.alive(), false);
      if (!mine()) return;
      if (answered) {
        if (told) this.options.say(`${service.name} đã trả lời lại · ${service.name} answers again`);
        [heardAt, told] = [performance.now(), false];
        continue;
      }
      const silentMs = performance.now() - heardAt;
      const seconds = Math.round(silentMs / 1000);
      if (silentMs >= deadAfterMs) {
        this.options.say(
          `${service.name} không trả lời đã ${seconds} giây, đang khởi động lại · has not answered for ${seconds} s: starting it again`,
        );
        await child.stop();
        return;
      }
      if (silentMs < tellAfterMs || told) continue;
      told = true;
      this.options.say(`${service.name} không trả lời đã ${seconds} giây · has not answered for ${seconds} s`);
    }
  }

  private changed(): void {
    const living = this.entries.flatMap(({ service, child }) =>
      child === undefined || child.exit !== undefined ? [] : [{ name: service.name, ...child.identity }],
    );
    this.options.onChange(living);
  }
}
