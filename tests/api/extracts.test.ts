import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { canonicalExtract } from '../../domain/case/extract/content.js';
import { type FoundExtract, type MissedReason } from '../../domain/case/extract/words.js';
import { procedureScope } from '../../domain/case/scope.js';
import { businessNow } from '../../db/register/business-clock.js';
import { textOf } from '../support/poppler.js';
import { openIntake, procedure } from './engine-by-hand.js';
import { fileCase, fileForm, pdf, startApi, type TestApi } from './support.js';

let api: TestApi;
let lot = 0;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const document = 'location-right';
const officer = 'receiving-officer.hcmc-pasc.1';
const file = async () => {
  const { case: code } = await fileCase(api, 'besi', 'investor.besi', `Lô khai thác ${++lot}`);
  return { code, task: await openIntake(api, code) };
};

async function finish(code: string, answer: { found?: Partial<FoundExtract>; missed?: MissedReason }): Promise<void> {
  const scope = procedureScope(code, procedure, 1);
  const content = canonicalExtract({
    purpose: { vi: 'Giải quyết thủ tục', en: 'Handling' },
    legalBasis: 'Nghị định 96/2026/NĐ-CP, Điều 6.4',
    about: { name: 'BE Semiconductor Industries N.V.', number: null },
    fields: [{ code: 'zone', name: { vi: 'Khu', en: 'Zone' }, value: 'Khu Công nghệ cao' }],
  });
  const now = await businessNow(api.pool);
  const found = {
    requestId: 'R-1',
    reference: 'KTDL-7',
    asOf: now,
    issuedOn: null,
    validUntil: null,
    content,
    differences: [],
  };
  await api.deps.door.handle({
    caseCode: code,
    command: {
      type: 'finishExtract',
      procedure: scope,
      document,
      look: 1,
      found: answer.found ? { ...found, ...answer.found } : null,
      missed: answer.missed ?? null,
    },
    actor: { kind: 'engine', scope },
    occurredAt: now,
    operationId: `test/${randomUUID()}`,
    bodyHash: '',
  });
}

interface Extracts {
  readonly items: readonly {
    readonly document: string;
    readonly state: string;
    readonly obtained: { reference: string; content: { fields: readonly { value: string }[] } | null } | null;
    readonly missed: { reason: string; text: { vi: string; en: string } } | null;
  }[];
}
const extractsOf = async (code: string, as: string) =>
  (await api.call<Extracts>('GET', `/cases/${code}/procedures/${procedure}/extracts`, { as })).body.items;

it('shows officers and the investor what a register said, field by field and as a page', async () => {
  const { code } = await file();
  expect(await extractsOf(code, officer)).toMatchObject([{ document, state: 'asked', obtained: null, missed: null }]);
  await finish(code, { found: {} });
  for (const as of [officer, 'investor.besi']) {
    const [item] = await extractsOf(code, as);
    expect(item).toMatchObject({ state: 'obtained', obtained: { reference: 'KTDL-7' } });
    expect(item?.obtained?.content?.fields.map(({ value }) => value)).toEqual(['Khu Công nghệ cao']);
  }
  const token = await api.issuer.tokenOf(officer);
  const page = await fetch(`${api.url}/api/v1/cases/${code}/procedures/${procedure}/extracts/${document}/page`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  const [vietnamese, english] = await textOf(new Uint8Array(await page.arrayBuffer()));
  for (const part of ['THÔNG TIN KHAI THÁC TỪ CƠ SỞ DỮ LIỆU', 'KTDL-7', 'Khu Công nghệ cao', 'Điều 6.4'])
    expect(vietnamese).toContain(part);
  expect(english).toContain('EXTRACT FROM A REGISTER');
  const none = await api.refused('GET', `/cases/${code}/procedures/${procedure}/extracts/request/page`, {
    as: officer,
  });
  expect([none.status, none.body.code]).toEqual([404, 'NOT_FOUND']);
});

it('asks the investor for the paper where the register has nothing, until it is there', async () => {
  const { code, task } = await file();
  await finish(code, { missed: 'not-held' });
  const [item] = await extractsOf(code, 'investor.besi');
  expect(item).toMatchObject({ state: 'missed', missed: { reason: 'not-held' } });
  interface Asked {
    readonly asked: readonly { kind: string; missing?: readonly string[]; documents?: readonly { code: string }[] }[];
  }
  const asked = async () =>
    (await api.call<Asked>('GET', `/cases/${code}`, { as: 'investor.besi' })).body.asked.find(
      ({ kind }) => kind === 'dossier',
    );
  expect((await asked())?.missing).toContain(document);
  expect((await asked())?.documents?.map((one) => one.code)).toContain(document);
  const dossier = async () =>
    (await api.call<{ dossier: { missing: readonly string[] } }>('GET', `/tasks/${task}`, { as: officer })).body
      .dossier;
  expect((await dossier()).missing).toContain(document);
  const { body: uploaded } = await api.call<{ id: string }>('POST', '/documents', {
    as: 'investor.besi',
    raw: fileForm(pdf('quyền sử dụng đất')),
  });
  await api.call('POST', `/cases/${code}/procedures/${procedure}/dossier`, {
    as: 'investor.besi',
    body: { documents: [{ code: document, documentId: uploaded.id }] },
  });
  expect((await dossier()).missing).not.toContain(document);
});
