import { refuse } from '../errors.js';
import type { Draft } from './draft.js';
import type { Actor } from './events.js';

export type Person = Extract<Actor, { kind: 'person' }>;

/** Whoever acts, where only people may: `FORBIDDEN` for systems, the engine and the clock. */
export const person = (draft: Draft): Person => (draft.by.kind === 'person' ? draft.by : refuse('FORBIDDEN'));
