import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Envelope } from '../../domain/case/commands.js';
import { type CaseEvent, type Delivery } from '../../domain/case/events.js';
import { execute } from '../../domain/case/execute.js';
import { foldCase } from '../../domain/case/fold.js';
import { type ScopeId } from '../../domain/case/scope.js';
import { allTasks, type CaseState } from '../../domain/case/state.js';
import { ScopeView } from '../../domain/case/view.js';
import { type Instant } from '../../domain/time.js';
import { verifyChains } from '../../db/chain.js';
import { eventOf } from '../../db/chain-link.js';
import { loadScope } from '../../db/mailbox.js';
import { createProjector } from '../../db/projector.js';
import { possibleActs } from './random-acts.js';
import { at, createTestRegister, feedSettled, refusedWith, TestCase, type TestRegister } from './support.js';

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
  const { refusal, events } = execute(() => JSON.parse(text) as CaseState, envelope, register.law, 'H29-000000-0000');
  return refusal === null && events.length > 0;
}

/** Tries whatever the numbers choose; answers how often the door said yes. */
async function live(
  file: TestCase,
  choices: readonly { pick: number; minutes: number; twice: boolean; noise: boolean }[],
): Promise<Set<string>> {
  const accepted = new Set<string>();
  let now = at('2026-07-06 09:00');
  for (const [i, { pick, minutes, twice, noise }] of choices.entries()) {
    now = minutesLater(now, minutes);
    const state = await file.state();
    const envelopes = possibleActs(state, register.law).map(({ command, actor, scope }) => {
      const box = scope === undefined ? undefined : state.scopes[scope];
      const bound =
        scope !== undefined && box ? { scope, generation: box.generation, basedOn: box.lastSeq } : undefined;
      return { ...file.envelope(actor, now, command, `${file.code}/random-${i}`), ...(bound && { bound }) };
    });
    const moving = envelopes.filter((one) => moves(state, one));
    const from = noise || moving.length === 0 ? envelopes : moving;
    const envelope = from[pick % from.length];
    if (!envelope) continue;
    const answers = await Promise.all((twice ? [1, 2] : [1]).map(() => refusedWith(register.door.handle(envelope))));
    if (answers.includes('accepted')) accepted.add(envelope.command.type);
  }
  return accepted;
}

const column = async <T>(text: string, code: string): Promise<T[]> =>
  (await register.pool.query<{ value: T }>(text, [code])).rows.map(({ value }) => value);

async function checkRegister(file: TestCase): Promise<CaseEvent[]> {
  const canonical = await column<string>(
    'select canonical as value from case_event where case_code = $1 order by seq',
    file.code,
  );
  const events = canonical.map(eventOf);
  const folded = foldCase(file.code, events);
  expect(await file.state()).toEqual(folded);
  const tasks = await column<Record<string, unknown>>(
    `select json_build_object('id', id, 'status', status, 'claimedBy', claimed_by, 'outcome', outcome, 'agency', agency) as value
     from task where case_code = $1 order by id`,
    file.code,
  );
  const expected = [...allTasks(folded)].map(({ id, status, claimedBy, outcome, agency }) => ({
    id,
    status,
    claimedBy,
    outcome,
    agency,
  }));
  expect(tasks).toEqual(expected.sort((a, b) => (a.id < b.id ? -1 : 1)));
  const scopes = await column<Record<string, unknown>>(
    `select json_build_object('id', id, 'lastSeq', last_seq, 'generation', generation, 'closed', closed) as value from scope where case_code = $1`,
    file.code,
  );
  expect(new Map(scopes.map((one) => [one['id'], one]))).toEqual(
    new Map(Object.entries(folded.scopes).map(([id, box]) => [id, { id, ...box }])),
  );
  for (const scope of Object.keys(folded.scopes)) await checkMailbox(scope, folded.scopes[scope]?.lastSeq ?? 0);
  return events;
}

async function checkMailbox(scope: ScopeId, lastSeq: number): Promise<void> {
  const loaded = await loadScope(register.pool, register.law, scope, 0);
  const view = new ScopeView(scope);
  view.take([...loaded.deliveries].reverse() as Delivery[]);
  expect([view.seen, view.hasGap, loaded.lastSeq]).toEqual([lastSeq, false, lastSeq]);
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
  it('the register stays the fold of its events, mailboxes have no gap, the chain holds', async () => {
    const projector = createProjector(register);
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(choices, async (chosen) => {
        const file = await TestCase.open(register);
        for (const type of await live(file, chosen)) seen.add(type);
        await checkRegister(file);
        await feedSettled(register);
        while ((await projector.runOnce()) > 0);
        await checkProjection(file);
        expect((await verifyChains(register.pool, { caseCode: file.code })).broken).toEqual([]);
      }),
      { numRuns: 8, seed: 20260706, endOnFailure: true },
    );
    // The property would be empty if everything had been refused.
    for (const type of [
      'giveOpinion',
      'completeTask',
      'answerSupplement',
      'closeProcedure',
      'rebuildScope',
      'settle',
    ]) {
      expect(seen).toContain(type);
    }
  });
});

async function checkProjection(file: TestCase): Promise<void> {
  const state = await file.state();
  const stages = await column<Record<string, unknown>>(
    `select json_build_object('scope', scope, 'stage', stage, 'outcome', outcome, 'seq', as_of_seq) as value
     from procedure where case_code = $1 order by scope`,
    file.code,
  );
  const procedures = Object.values(state.procedures).sort((a, b) => (a.scope < b.scope ? -1 : 1));
  expect(stages).toEqual(
    procedures.map(({ scope, stage, closed }) => ({ scope, stage, outcome: closed?.outcome ?? null, seq: state.seq })),
  );
  const entries = await column<number>('select count(*) as value from ledger_entry where case_code = $1', file.code);
  expect(entries).toEqual([procedures.reduce((sum, { ledger }) => sum + ledger.length, 0)]);
  const steps = await column<string>(
    `select scope || ' ' || code as value from step where case_code = $1 and completed_at is not null order by 1`,
    file.code,
  );
  const done = procedures.flatMap(({ scope, steps }) =>
    Object.entries(steps).flatMap(([code, step]) => (step.completedAt === null ? [] : [`${scope} ${code}`])),
  );
  expect(steps).toEqual(done.sort());
}
