import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Envelope } from '../../domain/case/commands.js';
import { execute } from '../../domain/case/execute.js';
import { type CaseState } from '../../domain/case/state.js';
import { type Instant } from '../../domain/time/instants.js';
import { drawing } from '../support/drawing.js';
import { randomAct } from '../support/random-acts.js';
import { checkKept, checkWhole } from '../support/register-checks.js';
import { at, createTestRegister, refusedWith, TestCase, type TestRegister } from './support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

const minutesLater = (from: Instant, minutes: number): Instant =>
  new Date(Date.parse(from) + minutes * 60_000).toISOString();

/** Whether the command would be accepted and bring something about, other than a rebuild. */
function moves(state: CaseState, envelope: Envelope): boolean {
  if (envelope.command.type === 'rebuildScope' || envelope.command.type === 'settle') return false;
  const text = JSON.stringify(state);
  const { refusal, events } = execute(
    () => JSON.parse(text) as CaseState,
    envelope,
    register.law.current().law,
    'H29-000000-0000',
  );
  return refusal === null && events.length > 0;
}

/**
 * Tries whatever the numbers choose, rather what was never said yes to than what is `known`, and adds to it what the door says yes to; answers when the
 * case was last settled.
 */
async function live(
  file: TestCase,
  choices: readonly { pick: number; minutes: number; twice: boolean; noise: boolean }[],
  known: Set<string>,
): Promise<Instant> {
  let now = at('2026-07-06 09:00');
  for (const [i, { pick, minutes, twice, noise }] of choices.entries()) {
    now = minutesLater(now, minutes);
    const state = await file.state();
    const scene = { state, law: register.law.current().law, now, draw: drawing(pick) };
    const envelopes = Array.from({ length: 12 }, () => randomAct(scene)).map(({ command, actor, scope }) => {
      const box = scope === undefined ? undefined : state.scopes[scope];
      const bound =
        scope !== undefined && box ? { scope, generation: box.generation, basedOn: box.lastSeq } : undefined;
      return { ...file.envelope(actor, now, command, `${file.code}/random-${i}`), ...(bound && { bound }) };
    });
    const moving = envelopes.filter((one) => moves(state, one));
    const newly = moving.filter(({ command }) => !known.has(command.type));
    const from = noise || moving.length === 0 ? envelopes : newly.length > 0 ? newly : moving;
    const envelope = from[pick % from.length];
    if (!envelope) continue;
    const answers = await Promise.all((twice ? [1, 2] : [1]).map(() => refusedWith(register.door.handle(envelope))));
    if (answers.includes('accepted')) known.add(envelope.command.type);
  }
  await file.act({ kind: 'clock' }, now, { type: 'settle' });
  return now;
}

const choices = fc.array(
  fc.record({
    pick: fc.nat(10_000),
    minutes: fc.oneof(fc.nat(30), fc.nat(600), fc.nat(60), fc.integer({ min: 1440, max: 6000 })),
    twice: fc.boolean(),
    noise: fc.nat(3).map((n) => n === 0),
  }),
  { minLength: 60, maxLength: 90, size: 'max' },
);

describe('whatever people, systems, clocks and workflows try', () => {
  it(
    'the register stays the fold of its events, mailboxes have no gap, the chain holds',
    { timeout: 180_000 },
    async () => {
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(choices, async (chosen) => {
          const file = await TestCase.open(register);
          const last = await live(file, chosen, seen);
          await checkKept(register, file.code, last);
          await checkWhole(register);
        }),
        { numRuns: 10, seed: 20260708, endOnFailure: true },
      );
      // The property would be empty if everything had been refused.
      for (const type of ['giveOpinion', 'completeTask', 'answerSupplement', 'closeProcedure', 'settle']) {
        expect(seen).toContain(type);
      }
    },
  );
});
