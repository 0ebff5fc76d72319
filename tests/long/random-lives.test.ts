import { vi } from 'vitest';
import { randomLives } from '../engine/random-lives.js';

// The stories are the real ones; only Temporal under them is a fake that loses, doubles, shuffles and dies.
vi.mock('@temporalio/workflow', () => import('../engine/fake-temporal.js'));

randomLives({ tried: 1_700, lived: 300, leftOut: 0 });
