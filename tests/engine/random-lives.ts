import { describe, expect, it } from 'vitest';
import { eventTypes } from '../../domain/case/event-table.js';
import type { EventType } from '../../domain/case/events.js';
import { caseCode } from '../../domain/case/case/code.js';
import { caseScope } from '../../domain/case/scope.js';
import { plainDate, type Instant } from '../../domain/time/instants.js';
import { checkCase } from '../support/case-checks.js';
import { changingLaw } from '../support/changing-law.js';
import { LiveRegister } from '../support/live-register.js';
import { at, person, refusalOf } from '../support/memory-register.js';
import { boundOf } from '../support/scene.js';
import { drawing, type Draw } from '../support/drawing.js';
import { kinds, randomAct } from '../support/random-acts.js';
import { TrialStory } from '../support/one-trial.js';
import { randomOpening, randomSandboxFiling, randomTrial } from '../support/random-cases.js';
import { LivelyWorld } from './lively-world.js';

/**
 * Each case has a seed of its own, `RANDOM_SEED` + its number: a failure names it, and `RANDOM_SEED=<that> RANDOM_CASES=1` plays this one case again.
 * `RANDOM_CASES` plays more of them, or fewer.
 */
const firstSeed = Number(process.env['RANDOM_SEED'] ?? 20_261_122);
const told = process.env['RANDOM_CASES'];
const numbers = (usual: number) => Array.from({ length: told === undefined ? usual : Number(told) }, (_, n) => n);

interface Many {
  /** Cases in which anybody tries anything. */
  readonly tried: number;
  /** Cases in which people try anything while the workflows do their work. */
  readonly lived: number;
  /** How many kinds of commands and events together may be left out: chance comes seldom to some. */
  readonly leftOut: number;
}

const lawAt = changingLaw();
const minutesLater = (from: Instant, minutes: number): Instant =>
  new Date(Date.parse(from) + minutes * 60_000).toISOString();

/** Mostly the same hour or day; seldom everything is down for weeks. */
const pause = (draw: Draw): number =>
  [draw(10), draw(120), draw(600), draw(600), draw(2_000), draw(3_000), draw(100) < 6 ? draw(40_000) : draw(60)][
    draw(7)
  ] ?? 0;

interface Opened {
  readonly register: LiveRegister;
  readonly now: Instant;
}

/** A quarter of all cases are trials. */
const isTrial = (n: number): boolean => n % 4 === 3;

function opened(code: string, draw: Draw, trial: boolean): Opened {
  const now = minutesLater(at('2026-07-02 08:00'), draw(130) * 1_440);
  const register = new LiveRegister(code, lawAt);
  const opening = trial ? randomTrial(draw, lawAt(now), now) : randomOpening(draw, lawAt(now), now);
  register.act(person('investor.test', 'investor'), now, { type: 'openCase', opening, managed: true });
  return { register, now };
}

/** Says of what goes wrong in which case it did. */
async function seeded(
  n: number,
  play: (draw: Draw, code: string, trial: boolean) => void | Promise<void>,
): Promise<void> {
  const seed = firstSeed + n;
  try {
    await play(drawing(seed), caseCode(plainDate('2026-06-15'), seed % 1_000_000), isTrial(seed));
  } catch (error) {
    throw new Error(`RANDOM_SEED=${seed} RANDOM_CASES=1`, { cause: error });
  }
}

/** A trial whose council is convened, that was admitted, or that runs already: random acts seldom find the way there. */
function begun(code: string, draw: Draw): Opened {
  // Before the next version of the admission, which has another step.
  const now = minutesLater(at('2026-07-02 08:00'), draw(55) * 1_440);
  const filing = randomSandboxFiling(draw);
  const terms = { months: 1 + draw(3), reportEvery: { amount: 1 + draw(4), unit: 'week' } as const };
  const transitionMonths = filing.solution.field === 'ai' ? draw(3) : 0;
  const register = new LiveRegister(code, lawAt);
  const story = new TrialStory<LiveRegister>(register, now, {
    law: lawAt(now),
    filing,
    terms: { ...terms, transitionMonths },
  });
  const stage = draw(5);
  if (stage === 0) story.appraise().evaluate();
  else if (stage === 1) story.admit();
  else story.start();
  if (stage === 0 && story.hasCouncil) story.convene();
  return { register, now };
}

/** Whatever comes to anybody's mind, from workflows gone mad, too; adds what the register took to `accepted`. */
function tried(draw: Draw, { register, now: openedAt }: Opened, accepted: Set<string>): Opened {
  const acts = 60 + draw(60);
  let now = openedAt;
  for (let i = 0; i < acts; i++) {
    now = minutesLater(now, pause(draw));
    const { state, law } = register;
    const { command, actor, scope } = randomAct({ state, law, now, draw });
    const refusal = refusalOf(() => register.act(actor, now, command, boundOf(state, scope)));
    if (refusal === 'accepted') accepted.add(command.type);
  }
  register.act({ kind: 'clock' }, now, { type: 'settle' });
  return { register, now };
}

/** The tests of so many random cases. Whoever calls it puts the fake Temporal under the stories before. */
export function randomLives(many: Many): void {
  const accepted = new Set<string>(['openCase']);
  const happened = new Set<EventType>();
  describe('whatever anybody tries, workflows gone mad included', () => {
    it('every clock is conserved, every rung comes once, no task is orphaned, the register is the fold of its events', async () => {
      console.log(`random operations: seeds from ${firstSeed}`);
      for (const n of numbers(many.tried)) {
        await seeded(n, (draw, code, trial) => {
          const { register, now } = tried(
            draw,
            trial && draw(4) > 0 ? begun(code, draw) : opened(code, draw, trial),
            accepted,
          );
          const { state, events, mailboxes, texts, law } = register;
          for (const { type } of events) happened.add(type);
          checkCase({ state, events, mailboxes, texts, law, now });
        });
      }
    });
  });

  describe('whatever people try while the workflows do their work', () => {
    it('nothing stalls, every open task is somebody’s, and people of good will bring every case to its end', async () => {
      for (const n of numbers(many.lived)) {
        await seeded(n, async (draw, code, trial) => {
          const { register, now } = opened(code, draw, trial);
          const world = new LivelyWorld(register, draw, now);
          await world.liveAtRandom(40 + draw(60), () => pause(draw));
          await world.thinksAgain();
          await world.comesToItsEnd();
          const { state, events, mailboxes, texts, law } = register;
          checkCase({ state, events, mailboxes, texts, law, now: world.now });
          expect(state.scopes[caseScope(state.code)]?.closed).toBe(true);
          for (const { type } of events) happened.add(type);
        });
      }
    });
  });

  // One case played again says nothing of all.
  if (told === undefined) {
    it('and hardly a command or an event that there is was left out', () => {
      const left = [
        ...kinds.filter((kind) => !accepted.has(kind)),
        ...eventTypes.filter((type) => !happened.has(type)),
      ];
      expect(left.slice(many.leftOut)).toEqual([]);
      console.log(`random operations: left out ${left.join(', ')}`);
    });
  }
}
