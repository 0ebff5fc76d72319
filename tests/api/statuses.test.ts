import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signCallback } from '../../agencies/signature.js';
import { createProjector } from '../../db/projection/projector.js';
import { feedSettled } from '../support/feed.js';
import { getState } from '../support/kept-state.js';
import { receive } from './engine-by-hand.js';
import { fileCase, hmacSecret, startApi, type TestApi } from './support.js';

let api: TestApi;
let lot = 0;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const counter = 'hcmc-pasc';
const officer = 'officer.shtp-board.1';

async function received(): Promise<{ code: string; dossierCode: string }> {
  const { case: code } = await fileCase(api, 'besi', 'investor.besi', `Lô trạng thái ${++lot}`);
  const scope = await receive(api, code);
  await feedSettled({ pool: api.pool });
  await createProjector({ pool: api.pool, law: api.deps.law }).runOnce();
  const dossierCode = (await getState(api.pool, code)).procedures[scope]?.dossierCode ?? '';
  return { code, dossierCode };
}

const message = (dossierCode: string, change: object = {}) => ({
  messageId: randomUUID(),
  kind: 'papers-filed',
  dossierCode,
  occurredAt: '2026-03-02T01:00:00Z',
  note: 'Hai bản gốc hợp đồng',
  sentAt: '2026-03-02T02:00:00Z',
  ...change,
});

const send = (body: object, agency = counter, key = agency) => {
  const raw = JSON.stringify(body);
  const timestamp = String(Math.floor(Date.now() / 1000));
  return api.call('POST', `/agency-callbacks/${agency}`, {
    raw,
    key: null,
    headers: {
      'content-type': 'application/json',
      'x-luong-xanh-timestamp': timestamp,
      'x-luong-xanh-signature': signCallback(hmacSecret, key, timestamp, raw),
    },
  });
};

interface Statuses {
  readonly items: readonly { system: string; status: { code: number }; toldAt: string | null; attempt: number }[];
}

it('shows officials and the investor which states other systems were told, and what waits', async () => {
  const { code } = await received();
  for (const as of [officer, 'investor.besi']) {
    const { body } = await api.call<Statuses>('GET', `/cases/${code}/statuses`, { as });
    expect(body.items.map(({ system, status, toldAt }) => [system, status.code, toldAt])).toEqual([
      ...[1, 2, 4].map((status) => ['city-procedures', status, null]),
      ...[1, 2, 4].map((status) => ['public-service-portal', status, null]),
    ]);
  }
  expect((await api.call('GET', `/cases/${code}/statuses`, { as: 'investor.cmc' })).status).toBe(403);
});

it('takes what happened at a counter once, as a task that explains itself', async () => {
  const { code, dossierCode } = await received();
  const papers = message(dossierCode);
  expect([(await send(papers)).body, (await send(papers)).body]).toEqual([
    { accepted: true, first: true },
    { accepted: true, first: false },
  ]);
  const state = await getState(api.pool, code);
  expect(state.outside).toHaveLength(1);
  const task = Object.values(state.tasks).find(({ kind }) => kind === 'outside');
  const path = `/tasks/${task?.id ?? ''}`;
  const { body } = await api.call<{ outside: object; outcomes: { code: string }[] }>('GET', path, { as: officer });
  expect(body.outside).toMatchObject({
    dossierCode,
    papers: { filedAt: '2026-03-02T01:00:00.000Z', note: 'Hai bản gốc hợp đồng' },
    status: null,
  });
  expect(body.outcomes.map(({ code: one }) => one)).toEqual(['settled', 'not-ours']);
  const answer = { outcome: 'settled', reason: 'Đã số hóa' };
  expect((await api.call('POST', `${path}/completion`, { as: officer, body: answer })).status).toBe(200);
});

it('refuses visibly what cannot be: a result that is not there, another sender, an unknown dossier, a forged word', async () => {
  const { code, dossierCode } = await received();
  const out = { kind: 'result-handed-out' };
  const early = await send(message(dossierCode, out));
  expect([early.status, early.body]).toMatchObject([409, { code: 'PRECONDITION_FAILED' }]);
  expect((await send(message(dossierCode), 'dpa')).status).toBe(404);
  expect((await send(message('H29.15-260302-9999'))).status).toBe(404);
  expect((await send(message(dossierCode), counter, 'dpa')).status).toBe(401);
  expect((await send(message(dossierCode, { kind: 'closed' }))).status).toBe(422);
  expect((await getState(api.pool, code)).outside).toBeUndefined();
});
