import { vi } from 'vitest';
import { randomLives } from './random-lives.js';

// The stories are the real ones; only Temporal under them is a fake that loses, doubles, shuffles and dies.
vi.mock('@temporalio/workflow', () => import('./fake-temporal.js'));

// Many more of them, in which nothing is left out: `tests/long/random-lives.test.ts`.
vi.setConfig({ testTimeout: 300_000 });
randomLives({ tried: 150, lived: 30, leftOut: 40 });
