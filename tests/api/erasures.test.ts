import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool } from '../../db/pool.js';
import { confirmedErasures } from '../../db/register/erasure-orders.js';
import { carryOut } from '../../db/register/erasure.js';
import { fileCase, startApi, type TestApi, upload } from './support.js';

let api: TestApi;
let code = '';
const besi = 'investor.besi';
beforeAll(async () => {
  api = await startApi();
  code = (await fileCase(api)).case;
});
afterAll(() => api.close());

interface Order {
  readonly id: string;
  readonly status: string;
  readonly decidedBy: string | null;
}
const why = { askedBy: 'đơn 12/2026', basis: 'Luật 91/2025/QH15' };
const propose = (kind: string, ref: string, as = 'admin.1') =>
  api.call<Order & { code?: string }>('POST', '/erasures', { as, body: { kind, ref, ...why } });
const decide = (id: string, as: string, what = 'confirmation') =>
  api.call<Order & { code?: string }>('POST', `/erasures/${id}/${what}`, { as });

describe('an erasure', () => {
  it('is proposed by one admin and confirmed by another, and told to the auditor', async () => {
    const document = await upload(api, besi, 'passport');
    const { status, body } = await propose('document', document);
    expect([status, body.status]).toEqual([201, 'proposed']);
    expect((await propose('document', document)).body.id).toBe(body.id);
    expect((await propose('document', document, 'admin.2')).body.code).toBe('CONFLICT');
    expect((await decide(body.id, 'admin.1')).body.code).toBe('PROPOSER_CANNOT_APPROVE');
    const { body: confirmed } = await decide(body.id, 'admin.2');
    expect(confirmed).toMatchObject({ status: 'confirmed', decidedBy: 'admin.2' });
    const list = await api.call<{ items: Order[] }>('GET', '/erasures?status=confirmed', { as: 'auditor.1' });
    expect(list.body.items.map(({ id }) => id)).toEqual([body.id]);
    // Nothing is gone before it is carried out.
    expect((await api.call('GET', `/documents/${document}`, { as: besi })).status).toBe(200);
    expect((await decide(body.id, 'admin.1', 'refusal')).body.status).toBe('refused');
    expect((await decide(body.id, 'admin.2')).body.code).toBe('PRECONDITION_FAILED');
  });

  it('that is cut off goes on where it was, and nobody takes it back meanwhile', async () => {
    const document = await upload(api, besi, 'cut off');
    const { id } = (await propose('document', document)).body;
    await decide(id, 'admin.2');
    const owner = createPool(api.database.migratorUrl, { max: 1 });
    try {
      const now = '2026-07-08T03:00:00.000Z';
      const sign = () => Promise.resolve({ signature: 's', algorithm: 'a', keyId: 'k' });
      const away = () => Promise.reject(new Error('the disk is away'));
      await expect(carryOut(owner, id, { now, sign, remove: away })).rejects.toThrow('the disk is away');
      expect((await decide(id, 'admin.1', 'refusal')).body.code).toBe('PRECONDITION_FAILED');
      expect((await confirmedErasures(owner)).map((one) => one.id)).toContain(id);
      const removed: (string | null)[] = [];
      const remove = ({ sealId }: { sealId: string | null }) => Promise.resolve(void removed.push(sealId));
      const { certificate } = await carryOut(owner, id, { now: '2026-07-09T03:00:00.000Z', sign, remove });
      expect(removed.length).toBeGreaterThan(0);
      expect(certificate.content).toMatchObject({
        ref: document,
        at: now,
        rows: { document: 1 },
        confirmedBy: 'admin.2',
      });
      expect((await confirmedErasures(owner)).map((one) => one.id)).not.toContain(id);
      await expect(carryOut(owner, id, { now, sign, remove })).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' });
    } finally {
      await owner.end();
    }
  });

  it('is refused of an open case, of what is not there, and without a legal basis', async () => {
    expect((await propose('case', code)).body.code).toBe('PRECONDITION_FAILED');
    expect((await propose('person', 'nobody')).body.code).toBe('NOT_FOUND');
    const bare = await api.refused('POST', '/erasures', { as: 'admin.1', body: { kind: 'case', ref: code } });
    expect(bare.body.code).toBe('VALIDATION_FAILED');
  });

  it('is refused under legal hold, which nobody lifts who placed it', async () => {
    const body = { kind: 'person', ref: besi, basis: 'CV 7/TTr' };
    const held = await api.call<{ id: string }>('POST', '/legal-holds', { as: 'admin.1', body });
    expect(held.status).toBe(201);
    expect((await api.call<{ id: string }>('POST', '/legal-holds', { as: 'admin.1', body })).body.id).toBe(
      held.body.id,
    );
    const other = await api.refused('POST', '/legal-holds', { as: 'admin.2', body: { ...body, basis: 'CV 8/TTr' } });
    expect(other.body.code).toBe('CONFLICT');
    expect(other.body.detail).toContain(`lệnh giữ khác theo yêu cầu pháp lý (số ${held.body.id})`);
    const document = await upload(api, besi, 'held');
    expect((await propose('document', document)).body.code).toBe('LEGAL_HOLD');
    const lift = (as: string) =>
      api.call<{ code?: string; liftedBy: string }>('POST', `/legal-holds/${held.body.id}/lifting`, {
        as,
        body: { basis: 'CV 9/TTr' },
      });
    expect((await lift('admin.1')).body.code).toBe('FOUR_EYES');
    expect((await lift('admin.2')).body.liftedBy).toBe('admin.2');
    expect((await propose('document', document)).status).toBe(201);
  });
});

it('everybody takes along what is kept of them, and nobody else’s', async () => {
  const words = 'Gọi tôi: 0901 234 567';
  await api.call('POST', `/cases/${code}/questions`, { as: besi, body: { procedure: null, text: words } });
  const document = await upload(api, besi, 'mine');
  interface Own {
    readonly person: { readonly id: string; readonly email: string };
    readonly documents: readonly { readonly id: string }[];
    readonly cases: readonly {
      readonly case: string;
      readonly filing: { readonly project: { readonly name: { readonly vi: string } } } | null;
      readonly words: readonly { readonly text: string | null }[];
    }[];
  }
  const mine = (await api.call<Own>('GET', '/me/data', { as: besi })).body;
  expect(mine.person).toMatchObject({ id: besi });
  expect(mine.person.email).toContain('@');
  expect(mine.documents.map(({ id }) => id)).toContain(document);
  const own = mine.cases.find((one) => one.case === code);
  expect(own?.filing?.project.name.vi).toBeTruthy();
  expect(own?.words.map(({ text }) => text)).toContain(words);
  const other = (await api.call<Own>('GET', '/me/data', { as: 'investor.cmc' })).body;
  expect([other.cases, other.documents]).toEqual([[], []]);
  expect((await api.call<Own>('GET', '/me/data', { as: 'officer.dof.1' })).body.person.id).toBe('officer.dof.1');
});
