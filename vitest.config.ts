import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const pure = ['domain', 'seeds', 'replay', 'scripts', 'web'];
const services = ['forms', 'db', 'workflows', 'activities', 'agencies', 'api', 'worker', 'e2e', 'pages'];
const thorough = ['tests/engine/random-operations.test.ts'];
const files = (rooms: string[]) => rooms.map((room) => `tests/${room}/**/*.test.ts`);

/** Rooms whose files take long although they are short: begun last, one of them would keep the whole run waiting. */
const long = ['e2e', 'workflows', 'worker', 'pages'];

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = long.findIndex((room) => moduleId.includes(`/tests/${room}/`));
      return at < 0 ? long.length : at;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    pool: 'forks',
    // Many of these tests are whole installations: more than six at a time ask one PostgreSQL for too many sessions.
    maxWorkers: Math.min(6, Math.max(2, availableParallelism())),
    // A second, as it is without this, is less than a busy machine takes for a click.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        // One process reads the modules once for all its files: nothing in them is kept between tests.
        test: {
          name: 'pure',
          include: files(pure),
          isolate: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      // Needs no service either; the stories run over a stand-in for Temporal's SDK, which no other file may have read before.
      {
        extends: true,
        test: {
          name: 'engine',
          include: files(['engine']),
          exclude: thorough,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      // Needs no service either, but more time than `npm run verify` has: only in the whole run.
      { extends: true, test: { name: 'house', include: [...files(['house']), ...thorough], testTimeout: 180_000 } },
      {
        extends: true,
        test: {
          name: 'services',
          include: files(services),
          isolate: false,
          globalSetup: ['tests/support/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: ['tests/long/**/*.test.ts'],
          globalSetup: ['tests/support/global-setup.ts'],
          testTimeout: 1_800_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
