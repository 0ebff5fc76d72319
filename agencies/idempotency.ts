import { createHmac } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { refuse } from '../domain/errors.js';
import { type Store, type Table } from './store.js';

const Kept = z.strictObject({ fingerprint: z.string(), status: z.int(), answer: z.unknown() });
type Kept = z.infer<typeof Kept>;

/** Answers by key. Bodies are kept as a keyed fingerprint only: they may be about a person. */
export class IdempotencyStore {
  readonly #kept: Table<Kept>;
  readonly #secret: string;

  constructor(store: Store, secret: string) {
    this.#kept = store.table('answer', Kept);
    this.#secret = secret;
  }

  /** Does the work once per system and key. The work is synchronous, so two callers cannot both do it. */
  once(
    system: string,
    key: string,
    route: string,
    body: unknown,
    work: () => Omit<Kept, 'fingerprint'>,
  ): Kept & { replayed: boolean } {
    const id = `${system} ${key}`;
    const fingerprint = createHmac('sha256', this.#secret)
      .update(`${route} ${canonicalize(body) ?? ''}`)
      .digest('hex');
    const kept = this.#kept.get(id);
    if (kept && kept.fingerprint !== fingerprint) refuse('IDEMPOTENCY_KEY_REUSED');
    if (kept) return { ...kept, replayed: true };
    const done = { ...work(), fingerprint };
    this.#kept.put(id, done);
    return { ...done, replayed: false };
  }
}
