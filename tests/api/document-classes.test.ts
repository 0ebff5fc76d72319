import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSecurityWatch } from '../../api/security.js';
import { noteSecurity } from '../../db/people/security.js';
import { businessNow } from '../../db/register/business-clock.js';
import { canonicalExtract } from '../../domain/case/extract/content.js';
import { caseScope, procedureScope } from '../../domain/case/scope.js';
import { engineDoes, openAssessment, procedure } from './engine-by-hand.js';
import { fileCase, fileForm, pdf, startApi, type TestApi, upload } from './support.js';

let api: TestApi;
let code = '';
const investor = 'investor.besi';
const acting = 'officer.shtp-board.1';
const asked = 'officer.dost.1';
/** Its agency has a question of the investor's to answer, and nothing to do with the certificate. */
const other = 'officer.dof.1';
const leader = 'leader.hcmc-committee';
const documents = { business: '', public: '', lane: '', internal: '' };

beforeAll(async () => {
  api = await startApi(({ pool }) => ({
    security: createSecurityWatch({
      keep: (notes) => noteSecurity(pool, notes),
      failed: (error) => {
        throw error;
      },
      secret: 'of the test',
    }),
  }));
  ({ case: code } = await fileCase(api, 'besi', investor, 'Lô phân loại'));
  const task = await openAssessment(api, code);
  const { rows } = await api.pool.query<{ id: string }>(
    'select document_id as id from document_use where case_code = $1',
    [code],
  );
  documents.business = rows[0]?.id ?? '';
  await engineDoes(api, caseScope(code), {
    type: 'openTask',
    ...{ key: 'question/Q1', kind: 'question', agency: 'dof', role: 'officer', step: null },
  });
  const { body } = await api.call<{ id: string }>('POST', `/tasks/${task}/documents`, {
    as: acting,
    raw: fileForm(pdf('thẩm định'), 'thẩm định nội bộ.pdf'),
  });
  documents.internal = body.id;
  const completion = { outcome: 'done', attachments: [{ documentId: body.id }] };
  await api.call('POST', `/tasks/${task}/claim`, { as: acting });
  expect((await api.call('POST', `/tasks/${task}/completion`, { as: acting, body: completion })).status).toBe(200);
  for (const [kind, evidence] of [
    ['public', 'high-tech-certificate'],
    ['lane', 'foreign-party-contract'],
  ] as const) {
    documents[kind] = await upload(api, investor, kind);
    const predicate = kind === 'public' ? 'high-tech' : 'internationally-linked';
    const given = { predicate, code: evidence, documentId: documents[kind] };
    expect((await api.call('POST', `/cases/${code}/lane-evidence`, { as: investor, body: given })).status).toBe(200);
  }
});
afterAll(() => api.close());

const read = async (as: string, id: string) => {
  const { status, body } = await api.refused('GET', `/documents/${id}`, { as });
  return status === 200 ? 200 : body.code;
};
const no = 'DOCUMENT_CONFIDENTIAL';

describe('a document of a case', () => {
  it.each([
    [investor, { business: 200, public: 200, lane: 200, internal: 'NOT_FOUND' }],
    [acting, { business: 200, public: 200, lane: no, internal: 200 }],
    [asked, { business: 200, public: 200, lane: no, internal: no }],
    [other, { business: no, public: 200, lane: 200, internal: no }],
    [leader, { business: 200, public: 200, lane: 200, internal: 200 }],
    ['auditor.1', { business: 200, public: 200, lane: 200, internal: 200 }],
    ['officer.city-tax.1', { business: 'NOT_FOUND', public: 'NOT_FOUND', lane: 'NOT_FOUND', internal: 'NOT_FOUND' }],
    ['admin.1', { business: 'FORBIDDEN', public: 'FORBIDDEN', lane: 'FORBIDDEN', internal: 'FORBIDDEN' }],
    ['investor.cmc', { business: 'NOT_FOUND', public: 'NOT_FOUND', lane: 'NOT_FOUND', internal: 'NOT_FOUND' }],
  ] as const)('%s opens what the matrix allows', async (as, expected) => {
    for (const kind of ['business', 'public', 'lane', 'internal'] as const)
      expect([kind, await read(as, documents[kind])]).toEqual([kind, expected[kind]]);
  });

  it('that is refused says so in both languages, is watched, and counts as no reading', async () => {
    const refused = await api.refused('GET', `/documents/${documents.business}`, { as: other });
    expect([refused.status, refused.body.code]).toEqual([403, no]);
    await api.deps.security?.flush();
    const { rows } = await api.pool.query(
      `select 1 from security_event where kind = 'access-refused' and account = $1`,
      [other],
    );
    expect(rows.length).toBe(1);
    const { body } = await api.call<{ items: { person: string; kind: string; subject: string }[] }>(
      'GET',
      `/cases/${code}/readings?limit=100`,
      { as: 'auditor.1' },
    );
    const taken = body.items.filter(({ kind, person }) => kind === 'document' && person === other);
    expect(taken.map(({ subject }) => subject).sort()).toEqual([documents.public, documents.lane].sort());
  });

  it('is named where it may not be opened, without the name of its file', async () => {
    interface View {
      readonly withheldDocuments: readonly string[];
      readonly procedures: readonly { attachments: readonly { documentId: string; fileName: string | null }[] }[];
    }
    const view = async (as: string) => (await api.call<View>('GET', `/cases/${code}`, { as })).body;
    const nameOf = ({ procedures }: View) =>
      procedures.flatMap(({ attachments }) => attachments).find(({ documentId }) => documentId === documents.internal)
        ?.fileName;
    const theirs = await view(other);
    expect([...theirs.withheldDocuments].sort()).toEqual([documents.business, documents.internal].sort());
    expect(nameOf(theirs)).toBeNull();
    expect(nameOf(await view(acting))).toBe('thẩm định nội bộ.pdf');
    expect((await view(investor)).withheldDocuments).toEqual([]);
    expect((await view('auditor.1')).withheldDocuments).toEqual([]);
  });
});

describe('what a register said', () => {
  it('is told field by field to whom the document would be open', async () => {
    const scope = procedureScope(code, procedure, 1);
    const now = await businessNow(api.pool);
    const secret = 'Thửa đất số 7';
    const content = canonicalExtract({
      purpose: { vi: 'Giải quyết thủ tục', en: 'Handling' },
      legalBasis: 'Nghị định 96/2026/NĐ-CP, Điều 6.4',
      about: { name: 'BESI', number: null },
      fields: [{ code: 'zone', name: { vi: 'Khu', en: 'Zone' }, value: secret }],
    });
    const validity = { asOf: now, issuedOn: null, validUntil: null };
    const found = { requestId: 'R-1', reference: 'KTDL-7', ...validity, content, differences: [] };
    await api.deps.door.handle({
      caseCode: code,
      command: { type: 'finishExtract', procedure: scope, document: 'location-right', look: 1, found, missed: null },
      actor: { kind: 'engine', scope },
      occurredAt: now,
      operationId: `test/${randomUUID()}`,
      bodyHash: '',
    });
    const base = `/cases/${code}/procedures/${procedure}/extracts`;
    const told = async (as: string) => {
      const { body } = await api.call<{ items: { withheld: boolean }[] }>('GET', base, { as });
      return { withheld: body.items[0]?.withheld, secret: JSON.stringify(body).includes(secret) };
    };
    const page = async (as: string) => (await api.refused('GET', `${base}/location-right/page`, { as })).status;
    for (const as of [investor, acting, asked, leader, 'auditor.1'])
      expect([as, await told(as), await page(as)]).toEqual([as, { withheld: false, secret: true }, 200]);
    for (const as of [other, 'admin.1'])
      expect([as, await told(as), await page(as)]).toEqual([as, { withheld: true, secret: false }, 403]);
    for (const as of [other, 'admin.1'])
      for (const path of ['', '/timeline?limit=100', '/roadmap', '/ledger']) {
        const { status, body } = await api.call('GET', `/cases/${code}${path}`, { as });
        expect([as, path, status, JSON.stringify(body).includes(secret)]).toEqual([as, path, 200, false]);
      }
  });
});
