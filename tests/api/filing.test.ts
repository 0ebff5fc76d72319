import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleProjects } from '../../seeds/index.js';
import { openProcedure, procedure } from './engine-by-hand.js';
import { fileCase, type Receipt, startApi, type TestApi, upload } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

it('screens a project for anybody and keeps nothing of it', async () => {
  const { status, body } = await api.call<{ lane: string; recommended: { pathway: string }; baselineDays: number }>(
    'POST',
    '/screenings?at=2026-03-02T09:00:00%2B07:00&lawAt=2026-11-22',
    { body: exampleProjects.besi, key: null },
  );
  expect(status).toBe(200);
  expect(body).toMatchObject({ lane: 'undecided', recommended: { pathway: 'standard' }, baselineDays: 13 });
  expect((await api.pool.query('select from case_head')).rowCount).toBe(0);
});

it('opens a case with one submission and answers the receipt with plan, targets and PIN', async () => {
  const receipt = await fileCase(api, 'cmc');
  expect(receipt).toMatchObject({ lane: 'undecided', pathway: 'special', caseSeq: 1 });
  expect(receipt.plan.length).toBeGreaterThan(5);
  expect(receipt.target.days).toBeLessThan(receipt.baseline.days);
  expect(receipt.public).toEqual({ code: receipt.case, pin: expect.stringMatching(/^[0-9A-Z]{10}$/) as string });
});

it('answers a filing repeated under its key with the same case and PIN, and refuses the key for another filing', async () => {
  const filing = { as: 'investor.besi', body: exampleProjects.besi, key: 'filing-1' };
  const first = await api.call<Receipt>('POST', '/cases', filing);
  const again = await api.call<Receipt>('POST', '/cases', filing);
  expect(first.status).toBe(201);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  const other = await api.refused('POST', '/cases', { ...filing, body: { ...filing.body, pathway: 'standard' } });
  expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
});

describe('a dossier sent right after the case was filed', () => {
  const send = async (code: string) => {
    const documents = [{ code: 'request', documentId: await upload(api, 'investor.besi') }];
    const path = `/cases/${code}/procedures/${procedure}/dossier`;
    return api.call<{ code: string }>('POST', path, { as: 'investor.besi', body: { documents } });
  };

  it('waits for the moment in which the procedure is opened', async () => {
    const { case: code } = await fileCase(api, 'besi', 'investor.besi', 'Lot N-1');
    const sent = send(code);
    await openProcedure(api, code);
    expect((await sent).status).toBe(200);
  });

  it('is told to send the same again where the engine does not come to it', async () => {
    const { case: code } = await fileCase(api, 'besi', 'investor.besi', 'Lot N-2');
    const { status, body } = await send(code);
    expect({ status, body }).toMatchObject({ status: 409, body: { code: 'NOT_OPEN_YET', details: { procedure } } });
  });

  it('is told what is missing where something stands in the way', async () => {
    const { case: code } = await fileCase(api, 'cmc', 'investor.cmc', 'Lot N-3');
    const documents = [{ code: 'request', obtainedFrom: 'nowhere' }];
    const path = `/cases/${code}/procedures/land-lease/dossier`;
    const { body } = await api.refused('POST', path, { as: 'investor.cmc', body: { documents } });
    expect(body.code).not.toBe('NOT_OPEN_YET');
  });
});
