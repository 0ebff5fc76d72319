import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { foldCase } from '../../domain/case/fold.js';
import { exampleProjects } from '../../seeds/index.js';
import { MemoryRegister } from '../support/memory-register.js';
import { calm, facts, World, type Weather } from '../engine/world.js';

vi.mock('@temporalio/workflow', () => import('../engine/fake-temporal.js'));

const code = 'LX-260706-0001';

async function lived(project: 'besi' | 'cmc', weather: Weather, seed: number): Promise<World> {
  const register = new MemoryRegister(code);
  const world = new World(code, weather, seed, register);
  register.open(exampleProjects[project], world.now);
  await world.live();
  return world;
}

const share = (max: number) => fc.integer({ min: 0, max });
const storm: fc.Arbitrary<Weather> = fc.record({
  dropSignal: share(90),
  doubleSignal: share(90),
  shuffle: fc.boolean(),
  loseAnswer: share(60),
  kill: share(10),
  rebuild: share(10),
  longHistory: share(80),
  agencyDown: fc.constantFrom(0, 30, 100),
});

it.each(['besi', 'cmc'] as const)('a thousand storms end %s as a calm day would', async (project) => {
  const calmDays = new Map<number, string[]>();
  for (const agencyDown of [0, 30, 100]) {
    calmDays.set(agencyDown, facts((await lived(project, { ...calm, agencyDown }, 1)).register));
  }
  await fc.assert(
    fc.asyncProperty(storm, fc.nat(), async (weather, seed) => {
      const { register } = await lived(project, weather, seed);
      expect(facts(register)).toEqual(calmDays.get(weather.agencyDown));
      expect(foldCase(code, register.events)).toEqual(register.state);
    }),
    { numRuns: 1_000 },
  );
});
