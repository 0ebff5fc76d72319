import { readiness } from '../../domain/case/procedure/progress.js';
import { allTasks } from '../../domain/case/task/state.js';
import type { Instant } from '../../domain/time/instants.js';
import type { LiveRegister } from '../support/live-register.js';
import { refusalOf } from '../support/memory-register.js';
import { boundOf, isOpen, type Act, type Scene } from '../support/scene.js';
import { helpfulActs } from '../support/helpful-acts.js';
import { randomAct } from '../support/random-acts.js';
import type { Draw } from '../support/drawing.js';
import { calm, World } from './world.js';

const patience = 500;

/** People who try whatever comes to their minds, over the real stories. */
export class LivelyWorld extends World<LiveRegister> {
  constructor(
    register: LiveRegister,
    private readonly chosen: Draw,
    openedAt: Instant,
  ) {
    const rough = chosen(3) === 0;
    const weather = rough
      ? {
          ...calm,
          dropSignal: 20,
          doubleSignal: 20,
          shuffle: true,
          loseAnswer: 10,
          kill: 2,
          rebuild: 1,
          agencyDown: 25,
        }
      : { ...calm, agencyDown: 10 };
    super(register.code, weather, chosen(1_000_000), register, openedAt);
  }

  private get scene(): Scene {
    const { state, law } = this.register;
    return { state, law, now: this.now, draw: this.chosen };
  }

  private tries({ command, actor, scope }: Act): boolean {
    const bound = boundOf(this.register.state, scope);
    return refusalOf(() => this.register.act(actor, this.now, command, bound)) === 'accepted';
  }

  /** So many acts; or until everything is over, or a year has passed. */
  async liveAtRandom(acts: number, pause: () => number): Promise<void> {
    const end = Date.parse(this.now) + 365 * 86_400_000;
    for (let i = 0; i < acts && Date.parse(this.now) < end; i++) {
      this.dispatch();
      await this.calmDown();
      if (this.over) return;
      this.now = new Date(Date.parse(this.now) + pause() * 60_000).toISOString();
      this.tries(randomAct(this.scene, 'people'));
    }
    this.dispatch();
    await this.calmDown();
  }

  /** Every run dies and a new one thinks about all the register holds: nothing comes of it that had not come before. */
  async thinksAgain(): Promise<void> {
    this.settles();
    this.dispatch();
    await this.calmDown();
    const before = this.register.state.seq;
    this.killAll();
    this.dispatch();
    await this.calmDown();
    const thought = this.register.events.filter(({ seq, type }) => seq > before && type !== 'scopeRebuilt');
    if (thought.length > 0)
      throw new Error(
        `only thinking again brought ${thought.map(({ scope, type, payload }) => `${scope} ${type} ${JSON.stringify(payload)}`).join(', ')}; ${this.standing().join('; ')}`,
      );
  }

  /** Everybody does what is asked of them as soon as they can; what waits for a date waits. */
  async comesToItsEnd(): Promise<void> {
    for (let days = 0; !this.over;) {
      this.dispatch();
      await this.calmDown();
      if (this.over) return;
      if ([...helpfulActs(this.scene)].some((act) => this.tries(act))) continue;
      if (++days > patience) throw new Error(`stalls: ${this.standing().join('; ')}`);
      this.now = new Date(Date.parse(this.now) + 86_400_000).toISOString();
      this.settles();
    }
  }

  private settles(): void {
    this.tries({ command: { type: 'settle' }, actor: { kind: 'clock' } });
  }

  private standing(): string[] {
    const { state } = this.register;
    const tasks = [...allTasks(state)].filter(isOpen).map(({ scope, key, status }) => `${scope} ${key} ${status}`);
    const procedures = Object.values(state.procedures)
      .filter(({ closed }) => !closed)
      .map(({ scope, stage }) => `${scope} ${stage}`);
    const plan = state.plan.map((item) => `${item.procedure} is ${readiness(state, item)}`);
    return [...plan, ...tasks, ...procedures, ...this.waitingFor()];
  }
}
