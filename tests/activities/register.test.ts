import { generateKeyPairSync } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRegisterActivities } from '../../activities/register.js';
import { signerOf } from '../../activities/signer.js';
import { businessNow } from '../../db/register/business-clock.js';
import { createDoor } from '../../db/register/door.js';
import { createPool } from '../../db/pool.js';
import { type Request } from '../../domain/case/activities.js';
import { type RegisterActivities } from '../../activities/register.js';
import { type CommandInput } from '../../engine/words.js';
import { createTestRegister, investor, type TestRegister, TestCase } from '../db/support.js';

const signer = signerOf(generateKeyPairSync('ed25519').privateKey);
const agencyCalls = { attempts: 3, firstRetryMs: 10 };

const failureOf = async (work: Promise<unknown>): Promise<[string | null | undefined, boolean | null | undefined]> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof ApplicationFailure) return [error.type, error.nonRetryable];
    throw error;
  }
  return ['accepted', null];
};

describe("a workflow's way to the register", () => {
  let register: TestRegister;
  let activities: RegisterActivities;
  beforeAll(async () => {
    register = await createTestRegister();
    activities = createRegisterActivities({ ...register, signer, agencyCalls });
  });
  afterAll(() => register.close());

  const open = async () => {
    const file = await TestCase.open(register, await businessNow(register.pool));
    const input: CommandInput<Request> = {
      scope: file.scope,
      generation: 1,
      basedOn: 1,
      action: 'openProcedure/irc-ordinary',
      request: { type: 'openProcedure', procedure: 'irc-ordinary' },
    };
    return { file, input };
  };

  it('brings back only what its own scope hears, and the same again for the same operation', async () => {
    const { file, input } = await open();
    const first = await activities.command(input);
    expect(first.deliveries.map(({ event }) => event.type)).toEqual(['procedureOpened']);
    const { seq } = await file.state();
    expect((await activities.command(input)).deliveries).toEqual(first.deliveries);
    expect((await file.state()).seq).toBe(seq);
  });

  it('dates what a workflow does by the business clock', async () => {
    const { file, input } = await open();
    const before = await businessNow(register.pool);
    await activities.command(input);
    const openedAt = (await file.state()).procedures[file.procedure('irc-ordinary')]?.openedAt ?? '';
    expect(openedAt >= before && openedAt <= (await businessNow(register.pool))).toBe(true);
  });

  it('refuses for good what thinking again must solve, and lets an outage be tried again', async () => {
    const { file, input } = await open();
    await file.act(investor, await businessNow(register.pool), { type: 'withdrawCase', reason: 'plans changed' });
    expect(await failureOf(activities.command(input))).toEqual(['STALE', true]);
    const away = createPool('postgresql://app:x@127.0.0.1:1/none');
    const cut = createRegisterActivities({
      ...register,
      pool: away,
      door: createDoor({ pool: away, law: register.law }),
      signer,
      agencyCalls,
    });
    const [, nonRetryable] = await failureOf(cut.command(input)).catch(() => ['connection', false] as const);
    expect(nonRetryable).toBe(false);
    await away.end();
  });

  it('lets no older run speak or load once a rebuild has raised the generation', async () => {
    const { file, input } = await open();
    await file.act({ kind: 'clock' }, await businessNow(register.pool), { type: 'rebuildScope', scope: file.scope });
    expect(await failureOf(activities.command(input))).toEqual(['SUPERSEDED', true]);
    const load = { scope: file.scope, after: 0, holds: null };
    expect(await failureOf(activities.loadScope({ ...load, generation: 1 }))).toEqual(['SUPERSEDED', true]);
    const loaded = await activities.loadScope({ ...load, generation: 2 });
    expect(loaded).toMatchObject({ generation: 2, closed: false, agencyCalls, laneOwner: 'dof' });
    expect(loaded.deliveries).toHaveLength(1);
  });

  it('gives the definition once, and not again to a run that holds it', async () => {
    const { file, input } = await open();
    await activities.command(input);
    const load = { scope: file.procedure('irc-ordinary'), generation: 1, after: 0 };
    const { procedure } = await activities.loadScope({ ...load, holds: null });
    expect(procedure?.code).toBe('irc-ordinary');
    expect((await activities.loadScope({ ...load, holds: procedure?.version ?? '' })).procedure).toBeNull();
  });
});
