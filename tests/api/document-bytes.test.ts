import { createHash } from 'node:crypto';
import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDocument } from '../../db/register/documents.js';
import { keptFile } from '../../db/register/kept-files.js';
import { type CaseEvent } from '../../domain/case/events.js';
import { openProcedure, procedure } from './engine-by-hand.js';
import { fileCase, pdf, startApi, type TestApi, upload } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const as = 'investor.besi';
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** An uploaded document and where its bytes lie. */
async function kept(text: string): Promise<{ id: string; path: string }> {
  const id = await upload(api, as, text);
  const { sha256: hash = '', seal } = (await findDocument(api.pool, id)) ?? {};
  return { id, path: keptFile(api.documentsFolder, hash, seal?.id) };
}

describe('a download', () => {
  it('is the bytes that were filed, under their hash', async () => {
    const { id } = await kept('as filed');
    const answer = await api.call<string>('GET', `/documents/${id}`, { as });
    expect(answer.status).toBe(200);
    expect(answer.body).toBe(new TextDecoder().decode(pdf('as filed')));
    expect(answer.headers.get('etag')).toBe(`"${sha256(pdf('as filed'))}"`);
    expect(answer.headers.get('content-length')).toBe(String(pdf('as filed').length));
  });

  it.each<[string, (path: string) => Promise<void>, string]>([
    [
      'one byte is another',
      async (path) => {
        const bytes = await readFile(path);
        bytes[10] = (bytes[10] ?? 0) ^ 1;
        await writeFile(path, bytes);
      },
      'DOCUMENT_DIFFERS',
    ],
    ['it was cut short', (path) => truncate(path, 10), 'DOCUMENT_DIFFERS'],
    ['it was emptied', (path) => truncate(path, 0), 'DOCUMENT_DIFFERS'],
    ['it was made longer', async (path) => writeFile(path, 'more', { flag: 'a' }), 'DOCUMENT_DIFFERS'],
    ['it is gone', (path) => rm(path), 'DOCUMENT_MISSING'],
  ])('is refused, and not one byte is sent, where %s', async (what, tamper, code) => {
    const { id, path } = await kept(what);
    await tamper(path);
    const answer = await api.refused('GET', `/documents/${id}`, { as });
    expect(answer.status).toBe(500);
    expect(answer.body.code).toBe(code);
    expect(answer.headers.get('etag')).toBeNull();
  });
});

describe('events that name documents', () => {
  it('hold the hash of their bytes, whatever act names them; free text names none', async () => {
    const filed = await Promise.all([fileCase(api), fileCase(api)]);
    const [first, second] = filed.map((receipt) => receipt.case) as [string, string];
    await openProcedure(api, first);
    const [one, two] = [await kept('one'), await kept('two')];
    const act = async (path: string, body: unknown) =>
      expect((await api.call('POST', `/cases/${path}`, { as, body })).status).toBe(200);
    await act(`${first}/procedures/${procedure}/dossier`, { documents: [{ code: 'request', documentId: one.id }] });
    await act(`${first}/gates/operation-started`, { evidence: { documentId: two.id } });
    await act(`${second}/gates/operation-started`, { evidence: { reference: two.id } });
    const { rows } = await api.pool.query<{ canonical: string }>(
      `select canonical from case_event where case_code = any ($1) and type in ('dossierFiled', 'gateMet') order by id`,
      [[first, second]],
    );
    expect(rows.map(({ canonical }) => (JSON.parse(canonical) as CaseEvent).documents)).toEqual([
      [{ id: one.id, sha256: sha256(pdf('one')) }],
      [{ id: two.id, sha256: sha256(pdf('two')) }],
      undefined,
    ]);
  });
});
