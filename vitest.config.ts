import { defineConfig } from 'vitest/config';

const pure = ['domain', 'engine', 'seeds', 'replay', 'scripts'];
const services = ['forms', 'db', 'workflows', 'activities', 'agencies', 'api', 'worker', 'e2e'];
const files = (rooms: string[]) => rooms.map((room) => `tests/${room}/**/*.test.ts`);

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'pure', include: files(pure), testTimeout: 60_000 } },
      // Lints the house anew, which `npm run verify` has just done: only in the whole run.
      { extends: true, test: { name: 'house', include: files(['house']), testTimeout: 60_000 } },
      {
        extends: true,
        test: {
          name: 'services',
          include: files(services),
          globalSetup: ['tests/support/global-setup.ts'],
          testTimeout: 60_000,
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
