import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRehearsal } from '../../db/register/business-clock.js';
import { createPool } from '../../db/pool.js';
import { exampleProjects } from '../../seeds/index.js';
import { at } from '../support/memory-register.js';
import { addRepresentative, fileCase, startApi, type TestApi } from './support.js';

interface Power {
  readonly id: string;
  readonly state: string;
  readonly code: string;
}

let api: TestApi;
let code = '';
const as = 'investor.besi';
const agent = 'representative.new';
const term = { from: '2026-07-01', to: '2026-12-31' };

beforeAll(async () => {
  api = await startApi();
  await startRehearsal(api.pool, 'stepped', at('2026-07-06 09:00'));
  await addRepresentative(api, agent, 'Lê Mới');
  ({ case: code } = await fileCase(api));
});
afterAll(() => api.close());

const offer = (body: Record<string, unknown>, options: { as?: string; key?: string } = {}) =>
  api.call<Power>('POST', '/powers-of-attorney', {
    as,
    ...options,
    body: { representative: agent, acts: ['askQuestion'], procedures: null, ...term, ...body },
  });
const answer = (id: string, name: 'acceptance' | 'refusal', who = agent) =>
  api.call<Power>('POST', `/powers-of-attorney/${id}/${name}`, { as: who });
/** Offered, and accepted. */
async function grant(...asked: Parameters<typeof offer>): ReturnType<typeof offer> {
  const offered = await offer(...asked);
  if (offered.status === 201) await answer(offered.body.id, 'acceptance');
  return offered;
}
const revoke = ({ id }: Power, who = as) =>
  api.call<Power>('POST', `/powers-of-attorney/${id}/revocation`, { as: who });
const ask = (procedure: string | null = null, caseCode = code) =>
  api.refused('POST', `/cases/${caseCode}/questions`, { as: agent, body: { procedure, text: 'Bao giờ có kết quả?' } });

/** What asking is answered while this power alone is there. */
async function under(body: Record<string, unknown>, procedure: string | null = null): Promise<string> {
  const granted = await grant(body);
  expect(granted.status, JSON.stringify(granted.body)).toBe(201);
  const { status, body: answer } = await ask(procedure);
  await revoke(granted.body);
  return status === 200 ? 'accepted' : answer.code;
}

describe('a power of attorney', () => {
  it('is told to whom it is offered, then to who offered it how it was answered, and when it is taken back', async () => {
    const told = async (id: string) => {
      const { rows } = await api.pool.query<{ person: string; kind: string }>(
        `select n.person, n.kind || coalesce(' ' || (n.vars ->> 'outcome'), '') as kind from notice n where n.ref = $1 order by n.id`,
        [`power-of-attorney/${id}`],
      );
      return rows.map(({ person, kind }) => `${person}: ${kind}`);
    };
    const key = randomUUID();
    const { body } = await offer({}, { key });
    await offer({}, { key });
    expect(await told(body.id)).toEqual([`${agent}: power-offered`]);
    await answer(body.id, 'acceptance');
    await revoke(body);
    expect(await told(body.id)).toEqual([
      `${agent}: power-offered`,
      `${as}: power-answered accepted`,
      `${agent}: power-ended`,
    ]);
    const declined = await offer({});
    await answer(declined.body.id, 'refusal');
    await revoke(declined.body);
    expect(await told(declined.body.id)).toEqual([`${agent}: power-offered`, `${as}: power-answered declined`]);
    interface Told {
      readonly items: readonly { readonly kind: string; readonly title: string }[];
    }
    const { items } = (await api.call<Told>('GET', '/notifications?limit=100', { as: agent })).body;
    expect(items.map(({ kind }) => kind)).toContain('power-offered');
  });

  it('lets the representative do what it names, and nothing else', async () => {
    expect(await under({})).toBe('accepted');
    expect(await under({ acts: ['fileDossier', 'withdrawCase'] })).toBe('OUTSIDE_POWER_OF_ATTORNEY');
  });

  it.each([
    ['not begun', { from: '2026-07-07', to: '2026-12-31' }, 'OUTSIDE_POWER_OF_ATTORNEY'],
    ['on its first day', { from: '2026-07-06', to: '2026-12-31' }, 'accepted'],
    ['on its last day', { from: '2026-01-01', to: '2026-07-06' }, 'accepted'],
  ])('that has %s', async (_when, body, answer) => {
    expect(await under(body)).toBe(answer);
  });

  it('ends with its term', async () => {
    const { body } = await grant({ to: '2026-07-08' });
    const reachedBefore = await ask();
    await startRehearsalAt('2026-07-09 00:00');
    const reachedAfter = await ask();
    await startRehearsalAt('2026-07-06 09:00');
    await revoke(body);
    expect([reachedBefore.status, reachedAfter.body.code]).toEqual([200, 'OUTSIDE_POWER_OF_ATTORNEY']);
  });

  it('limited to a procedure reaches no other one, and not the case as a whole', async () => {
    const limited = { procedures: ['irc-ordinary'] };
    expect(await under(limited, 'irc-ordinary')).toBe('accepted');
    expect(await under(limited, 'enterprise-registration')).toBe('OUTSIDE_POWER_OF_ATTORNEY');
    expect(await under(limited)).toBe('OUTSIDE_POWER_OF_ATTORNEY');
  });

  it('reaches every act of the investor’s side: none is done without it', async () => {
    const { body: power } = await grant({});
    const acts = [
      ['lane-proposals', { reason: 'x' }],
      ['deferrals', { procedure: 'tax-registration', reason: 'x' }],
      ['deferrals/tax-registration/end', {}],
      ['procedures/irc-ordinary/payment', { reference: 'NH-0001' }],
      ['withdrawal', { reason: 'x' }],
    ] as const;
    for (const [path, body] of acts) {
      const { body: answer } = await api.refused('POST', `/cases/${code}/${path}`, { as: agent, body });
      expect([path, answer.code]).toEqual([path, 'OUTSIDE_POWER_OF_ATTORNEY']);
    }
    await revoke(power);
  });

  it('revoked ends at once, may be granted anew the same day, and a revocation may be repeated', async () => {
    const { body: first } = await grant({});
    expect((await ask()).status).toBe(200);
    expect((await revoke(first)).body.state).toBe('revoked');
    expect((await revoke(first)).body.state).toBe('revoked');
    expect((await ask()).body.code).toBe('OUTSIDE_POWER_OF_ATTORNEY');
    const { body: second } = await grant({});
    expect(second.id).not.toBe(first.id);
    expect((await ask()).status).toBe(200);
    await revoke(second);
  });

  it('of one investor reaches no case of another, and is revoked by nobody else', async () => {
    const { body: power } = await grant({}, { as: 'investor.cmc' });
    expect((await ask()).body.code).toBe('OUTSIDE_POWER_OF_ATTORNEY');
    const { case: other } = await fileCase(api, 'cmc');
    expect((await ask(null, other)).status).toBe(200);
    expect((await revoke(power, as)).body.code).toBe('NOT_FOUND');
    expect((await ask(null, other)).status).toBe(200);
    await revoke(power, 'investor.cmc');
    expect((await ask(null, other)).body.code).toBe('OUTSIDE_POWER_OF_ATTORNEY');
  });

  it('lets a representative file for whoever granted it, and then only', async () => {
    const { body: power } = await grant({ acts: ['openCase'] });
    const file = () => api.refused('POST', '/cases', { as: agent, body: exampleProjects.besi });
    expect((await file()).status).toBe(201);
    await revoke(power);
    expect((await file()).body.code).toBe('OUTSIDE_POWER_OF_ATTORNEY');
  });

  it.each([
    ['to somebody who is no representative', { representative: 'officer.dof.1' }, 'UNKNOWN_VALUE'],
    ['to nobody', { representative: 'nobody' }, 'UNKNOWN_VALUE'],
    ['for acts there are not', { acts: ['completeTask'] }, 'UNKNOWN_VALUE'],
    ['for nothing', { acts: [] }, 'VALIDATION_FAILED'],
    ['in procedures there are not', { procedures: ['no-such'] }, 'UNKNOWN_VALUE'],
    ['that ends before it begins', { from: '2026-08-02', to: '2026-08-01' }, 'VALIDATION_FAILED'],
    ['that is over', { from: '2026-01-01', to: '2026-07-05' }, 'VALIDATION_FAILED'],
  ])('%s is refused', async (_what, body, answer) => {
    expect((await grant(body)).body.code).toBe(answer);
  });

  it('is granted once per request, and seen by both sides', async () => {
    const key = randomUUID();
    const { body } = await grant({}, { key });
    expect((await grant({}, { key })).body.id).toBe(body.id);
    expect((await grant({ acts: ['meetGate'] }, { key })).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    for (const who of [as, agent]) {
      const list = await api.call<{ items: Power[] }>('GET', '/powers-of-attorney', { as: who });
      expect(list.body.items.find(({ id }) => id === body.id)).toMatchObject({ grantor: as, state: 'in-force' });
    }
    const others = await api.call<{ items: Power[] }>('GET', '/powers-of-attorney', { as: 'investor.cmc' });
    expect(others.body.items.map(({ id }) => id)).not.toContain(body.id);
    await revoke(body);
  });
});

async function startRehearsalAt(local: string): Promise<void> {
  const owner = createPool(api.database.migratorUrl, { max: 1 });
  await owner.query('update rehearsal_clock set now = $1', [at(local)]);
  await owner.end();
}
