import { z } from 'zod';

const capacity = 1_000;

/** One line of what happened at a system: ids and keys only, never what was asked or said. `at` is real time. */
export const JournalEntry = z
  .strictObject({
    at: z.iso.datetime(),
    event: z.enum(['request', 'callback']),
    route: z.string(),
    key: z.string().nullable().describe('Idempotency-Key of a request, messageId of a callback'),
    correlationId: z.string().nullable(),
    outcome: z
      .string()
      .describe(
        'request: HTTP status, `replayed`, `cut` or `unanswered`; callback: `delivered`, `duplicate`, or why it failed',
      ),
    attempt: z.int().nullable(),
  })
  .meta({ id: 'JournalEntry' });
type JournalEntry = z.infer<typeof JournalEntry>;

/** The last thousand entries of one system, oldest first. In memory only. */
export class Journal {
  readonly #entries: JournalEntry[] = [];

  add(entry: Omit<JournalEntry, 'at'>): void {
    this.#entries.push({ at: new Date().toISOString(), ...entry });
    if (this.#entries.length > capacity) this.#entries.shift();
  }

  entries(): readonly JournalEntry[] {
    return this.#entries;
  }
}
