import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleProjects } from '../../seeds/index.js';
import { type Receipt, startApi, type TestApi } from './support.js';

interface Draft {
  readonly id: string;
  readonly owner: string;
  readonly version: number;
  readonly status: string;
  readonly content: Record<string, unknown> | null;
  readonly case: string | null;
}

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const as = 'investor.besi';
const keep = async (content: unknown, who = as): Promise<Draft> => {
  const { status, body } = await api.call<Draft>('POST', '/drafts', { as: who, body: { content } });
  expect(status).toBe(201);
  return body;
};
const change = (draft: Draft, content: unknown, options: { as?: string; key?: string; version?: number } = {}) =>
  api.call<Draft & { code: string }>('POST', `/drafts/${draft.id}`, {
    as,
    ...options,
    body: { version: options.version ?? draft.version, content },
  });
const casesOf = async (): Promise<number> => {
  const { rows } = await api.pool.query<{ n: number }>('select count(*)::int as n from case_head');
  return rows[0]?.n ?? 0;
};

describe('a draft', () => {
  it('keeps any part of a filing, and every change as the next version', async () => {
    const part = { project: { name: { vi: 'Nhà máy' } }, not: ['a', 'filing', { yet: null }] };
    const draft = await keep(part);
    expect(draft).toMatchObject({ owner: as, version: 1, status: 'open', content: part, case: null });
    const { body } = await change(draft, { project: {} });
    expect(body).toMatchObject({ version: 2, content: { project: {} } });
    const read = await api.call<Draft>('GET', `/drafts/${draft.id}`, { as });
    expect(read.body).toEqual(body);
  });

  it('is refused as stale where somebody else wrote meanwhile, and a repeated request is the same request', async () => {
    const draft = await keep({ a: 1 });
    const key = randomUUID();
    const first = await change(draft, { a: 2 }, { key });
    expect((await change(draft, { a: 2 }, { key })).body).toEqual(first.body);
    expect((await change(draft, { a: 3 }, { key })).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await change(draft, { a: 3 })).body.code).toBe('STALE');
    const racing = await Promise.all(
      Array.from({ length: 10 }, (_, i) => change(draft, { a: i }, { version: first.body.version })),
    );
    expect(racing.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(racing.filter(({ status }) => status !== 200).map(({ body }) => body.code)).toEqual(Array(9).fill('STALE'));
  });

  it('begun twice under one key is one draft', async () => {
    const key = randomUUID();
    const begin = (content: unknown) =>
      api.call<Draft & { code: string }>('POST', '/drafts', { as, key, body: { content } });
    const [one, two] = [await begin({ a: 1 }), await begin({ a: 1 })];
    expect(two.body.id).toBe(one.body.id);
    expect((await begin({ a: 2 })).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it.each([
    ['too large', { text: 'x'.repeat(70_000) }, 413, 'PAYLOAD_TOO_LARGE'],
    ['too deep', JSON.parse(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`), 422, 'VALIDATION_FAILED'],
    ['no text that can be stored', { a: 'b\u0000c' }, 422, 'VALIDATION_FAILED'],
    ['half a character', { a: 'b\ud800c' }, 422, 'VALIDATION_FAILED'],
    ['no object', [1, 2], 422, 'WRONG_TYPE'],
  ])('that is %s is refused', async (_what, content, status, code) => {
    const refused = await api.refused('POST', '/drafts', { as, body: { content } });
    expect([refused.status, refused.body.code]).toEqual([status, code]);
  });

  it('is there for its investor and their representative, and for nobody else', async () => {
    const draft = await keep({ secret: true });
    for (const reader of [as, 'representative.besi']) {
      expect((await api.call('GET', `/drafts/${draft.id}`, { as: reader })).status).toBe(200);
    }
    for (const other of ['investor.cmc']) {
      expect((await api.refused('GET', `/drafts/${draft.id}`, { as: other })).body.code).toBe('NOT_FOUND');
      expect((await change(draft, {}, { as: other })).body.code).toBe('NOT_FOUND');
    }
    expect((await api.refused('GET', `/drafts/${draft.id}`, { as: 'officer.dof.1' })).body.code).toBe('FORBIDDEN');
    const list = await api.call<{ items: Draft[] }>('GET', '/drafts?limit=100', { as: 'investor.cmc' });
    expect(list.body.items.map(({ id }) => id)).not.toContain(draft.id);
    const theirs = await api.call<{ items: Draft[] }>('GET', '/drafts?limit=100', { as: 'representative.besi' });
    expect(theirs.body.items.map(({ id }) => id)).toContain(draft.id);
  });

  it('of a representative belongs to the investor', async () => {
    const draft = await keep({}, 'representative.besi');
    expect(draft.owner).toBe(as);
  });

  it('is listed page by page, the latest changed first', async () => {
    const kept: string[] = [];
    for (let i = 0; i < 3; i++) kept.unshift((await keep({ i }, 'investor.cmc')).id);
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await api.call<{ items: Draft[]; next: string | null }>('GET', `/drafts?limit=2${cursor}`, {
        as: 'investor.cmc',
      });
      seen.push(...body.items.map(({ id }) => id));
      if (body.next === null) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(new Set(seen)).toEqual(new Set(kept));
    expect(seen).toHaveLength(3);
  });

  it('is discarded with all that was written', async () => {
    const draft = await keep({ name: 'Nguyễn Văn A' });
    for (let i = 0; i < 2; i++) {
      const { body } = await api.call<Draft>('POST', `/drafts/${draft.id}/discard`, { as });
      expect(body).toMatchObject({ status: 'discarded', content: null });
    }
    const { rows } = await api.pool.query('select content from draft where id = $1', [draft.id]);
    expect(rows).toEqual([{ content: null }]);
    expect((await change(draft, {})).body.code).toBe('PRECONDITION_FAILED');
    expect((await api.refused('POST', `/drafts/${draft.id}/filing`, { as })).body.code).toBe('PRECONDITION_FAILED');
  });
});

describe('filing a draft', () => {
  const filing = { ...exampleProjects.besi, pathway: 'standard' };

  it('is refused where it is no filing yet, names what is missing, and changes nothing', async () => {
    const draft = await keep({ kind: 'green-lane', project: { field: 'nothing' } });
    const before = await casesOf();
    const { status, body } = await api.refused('POST', `/drafts/${draft.id}/filing`, { as });
    expect(status).toBe(422);
    expect(body.errors?.map(({ pointer }) => pointer)).toContain('/investor');
    expect(await casesOf()).toBe(before);
    expect((await api.call<Draft>('GET', `/drafts/${draft.id}`, { as })).body).toEqual(draft);
  });

  it('opens the case as the form does, tells the same receipt again under its key, and lets what was written go', async () => {
    const draft = await keep(filing);
    const key = randomUUID();
    const file = () => api.call<Receipt>('POST', `/drafts/${draft.id}/filing`, { as, key });
    const first = await file();
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ pathway: 'standard', lane: 'undecided' });
    const again = await file();
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const read = await api.call<Draft>('GET', `/drafts/${draft.id}`, { as });
    expect(read.body).toMatchObject({ status: 'filed', case: first.body.case, content: null });
    const other = await api.refused('POST', `/drafts/${draft.id}/filing`, { as });
    expect([other.body.code, other.body.details]).toEqual(['PRECONDITION_FAILED', { filed: first.body.case }]);
    expect((await change(draft, {})).body.code).toBe('PRECONDITION_FAILED');
    expect((await api.refused('POST', `/drafts/${draft.id}/discard`, { as })).body.code).toBe('PRECONDITION_FAILED');
    const seen = await api.call('GET', `/cases/${first.body.case}`, { as });
    expect(seen.body).toMatchObject({ project: exampleProjects.besi.project });
  });

  it('by the investor and the representative at the same moment becomes one case', async () => {
    const draft = await keep(filing);
    const before = await casesOf();
    const people = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? as : 'representative.besi'));
    const answers = await Promise.all(
      people.map((who) => api.call<Receipt & { code: string }>('POST', `/drafts/${draft.id}/filing`, { as: who })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { status, body } of answers) {
      if (status !== 201) expect(['STALE', 'PRECONDITION_FAILED', 'OVERLOADED']).toContain(body.code);
    }
    expect(await casesOf()).toBe(before + 1);
    const { rows } = await api.pool.query('select seq from case_head where seq = 0');
    expect(rows).toEqual([]);
  });
});
