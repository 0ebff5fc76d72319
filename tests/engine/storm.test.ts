import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { foldCase } from '../../domain/case/fold.js';
import { exampleProjects, exampleTrials } from '../../seeds/index.js';
import { MemoryRegister, seededLaw } from '../support/memory-register.js';
import { participant, trialOpening } from '../support/one-trial.js';
import { calm, facts, World, type Weather } from './world.js';

// The stories under test are the real ones; only Temporal under them is a fake that loses, doubles, shuffles and dies.
vi.mock('@temporalio/workflow', () => import('./fake-temporal.js'));

const code = 'LX-260706-0001';

const trials = ['drone', 'ai'] as const;
type Filed = 'besi' | 'cmc' | (typeof trials)[number];
const isTrial = (filed: Filed): filed is (typeof trials)[number] => trials.some((one) => one === filed);

async function lived(filed: Filed, weather: Weather, seed: number): Promise<World> {
  const register = new MemoryRegister(code);
  const world = new World(code, weather, seed, register);
  if (isTrial(filed)) {
    const opening = trialOpening(seededLaw, exampleTrials[filed], world.now);
    register.act(participant, world.now, { type: 'openCase', opening, managed: true });
  } else register.open(exampleProjects[filed], world.now);
  await world.live();
  return world;
}

const storm: fc.Arbitrary<Weather> = fc.record({
  dropSignal: fc.integer({ min: 0, max: 60 }),
  doubleSignal: fc.integer({ min: 0, max: 60 }),
  shuffle: fc.boolean(),
  loseAnswer: fc.integer({ min: 0, max: 40 }),
  kill: fc.integer({ min: 0, max: 6 }),
  rebuild: fc.integer({ min: 0, max: 6 }),
  longHistory: fc.integer({ min: 0, max: 50 }),
  agencyDown: fc.constant(0),
});

describe('the workflows over an in-memory register', () => {
  it.each(['besi', 'cmc'] as const)('bring %s from filing to every approval by themselves', async (project) => {
    const { register } = await lived(project, calm, 1);
    expect(register.state.closed?.outcome).toBe('approved');
    expect(foldCase(code, register.events)).toEqual(register.state);
    expect(
      Object.values(register.state.procedures).map((one) => `${one.procedure} ${one.closed?.outcome}`),
    ).toMatchSnapshot();
  });

  it.each(['besi', 'cmc'] as const)(
    'end %s in the same register whatever is lost, doubled, shuffled, killed or rebuilt',
    async (project) => {
      const expected = facts((await lived(project, calm, 1)).register);
      await fc.assert(
        fc.asyncProperty(storm, fc.nat(), async (weather, seed) => {
          const { register } = await lived(project, weather, seed);
          expect(facts(register)).toEqual(expected);
          expect(foldCase(code, register.events)).toEqual(register.state);
        }),
        { numRuns: 60 },
      );
    },
  );

  it.each(trials)('bring the trial of %s from filing to its certificate and its end by themselves', async (trial) => {
    const { register } = await lived(trial, calm, 1);
    expect(register.state.closed?.outcome).toBe('approved');
    expect(register.state.trial).toMatchObject({ phase: 'over', ending: 'completed' });
    expect(foldCase(code, register.events)).toEqual(register.state);
    const heard = new Set(register.events.map(({ type }) => type));
    for (const type of [
      'holdConfirmed',
      'trialResumed',
      'trialExtended',
      'trialAdjusted',
      'completionCertified',
    ] as const)
      expect(heard).toContain(type);
    expect(heard.has('transitionEnded')).toBe(trial === 'ai');
  });

  it.each(trials)(
    'end the trial of %s in the same register whatever is lost, doubled, shuffled, killed or rebuilt',
    async (trial) => {
      const expected = facts((await lived(trial, calm, 1)).register);
      await fc.assert(
        fc.asyncProperty(storm, fc.nat(), async (weather, seed) => {
          const { register } = await lived(trial, weather, seed);
          expect(facts(register)).toEqual(expected);
          expect(foldCase(code, register.events)).toEqual(register.state);
        }),
        { numRuns: 25 },
      );
    },
  );

  it('hand what a machine could not do to somebody, and end all the same', async () => {
    const { register } = await lived('cmc', { ...calm, agencyDown: 100 }, 1);
    expect(register.state.closed?.outcome).toBe('approved');
    const byHand = register.events.flatMap((event) =>
      event.type === 'taskOpened' && event.payload.kind === 'by-hand' ? [event.payload.key] : [],
    );
    expect(byHand).toContain('by-hand/fan-out');
  });
});
