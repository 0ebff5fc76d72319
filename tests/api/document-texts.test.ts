import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { businessNow } from '../../db/register/business-clock.js';
import { erase } from '../../db/register/erasure.js';
import { packText, readTexts } from '../../db/register/document-texts.js';
import { createPool } from '../../db/pool.js';
import { procedureScope } from '../../domain/case/scope.js';
import { at } from '../support/memory-register.js';
import { textPdf } from '../support/text-pdf.js';
import { consult, engineDoes, openAssessment, openTask, procedure } from './engine-by-hand.js';
import { fileCase, fileForm, pdf, startApi, type TestApi } from './support.js';

let api: TestApi;
let lot = 0;
beforeAll(async () => {
  api = await startApi(() => ({ documentMaxBytes: 5_000_000 }));
});
afterAll(() => api.close());

const officer = 'officer.shtp-board.1';
const capital = 'Tổng vốn đầu tư: 4.900.000 USD (bốn triệu chín trăm nghìn đô la Mỹ)';
const file = async () => (await fileCase(api, 'besi', 'investor.besi', `Lô có chữ ${++lot}`)).case;

interface Uploaded {
  readonly id: string;
  readonly remark: string | null;
}
async function uploaded(bytes: Uint8Array, as = 'investor.besi'): Promise<Uploaded> {
  const { status, body } = await api.call<Uploaded>('POST', '/documents', { as, raw: fileForm(bytes) });
  expect(status).toBe(201);
  return body;
}
const textOf = async (id: string) => (await readTexts(api.pool, [id])).get(id);

interface Sentence {
  readonly text: { readonly vi: string; readonly en: string };
  readonly source: { readonly kind: string; readonly of: string; readonly page?: number };
}
const drafted = async (task: string, as: string) =>
  (await api.call<{ sentences: Sentence[] }>('GET', `/tasks/${task}/drafted`, { as })).body.sentences;
const quotesOf = (sentences: readonly Sentence[]) => sentences.filter(({ source }) => source.kind === 'page');

/** What stands in bytes for anybody who unpacks them; nothing where they do not unpack (bytes that are sealed do so by chance, into noise). */
function unpacked(bytes: Buffer): string {
  try {
    return inflateRawSync(bytes).toString();
  } catch {
    return '';
  }
}

describe('the text of an upload', () => {
  it('is read page by page and quoted with its page to the officer who works on it', async () => {
    const { id } = await uploaded(await textPdf([['Đề xuất dự án đầu tư'], ['Thông tin chung', capital]]));
    expect(await textOf(id)).toEqual([
      { page: 1, text: 'Đề xuất dự án đầu tư' },
      { page: 2, text: `Thông tin chung\n${capital}` },
    ]);
    const task = await openAssessment(api, await file(), { request: id });
    const [quote, ...others] = quotesOf(await drafted(task, officer));
    expect(quote?.source).toMatchObject({ of: id, page: 2 });
    expect(quote?.text.vi).toContain(`, trang 2, về «Tổng vốn đầu tư»: “${capital}”.`);
    expect(others).toEqual([]);
    // To read what it says is to read it.
    const { rows } = await api.pool.query(
      `select 1 from case_reading where person = $1 and kind = 'document' and subject = $2`,
      [officer, id],
    );
    expect(rows).toHaveLength(1);
  });

  it('is quoted to nobody who may not open the document', async () => {
    const code = await file();
    const request = await uploaded(await textPdf([[capital]]));
    const scope = await consult(api, code, { request: request.id });
    const asks = (agency: string) =>
      openTask(api, scope, { key: `opinion/${agency}`, kind: 'opinion', agency, role: 'officer', step: null });
    const quoted = async (task: string, as: string) => quotesOf(await drafted(task, as)).map(({ source }) => source.of);
    const first = await asks('dost');
    expect(await quoted(first, 'officer.dost.1')).toEqual([request.id]);
    // What an agency puts beside its opinion is the City's own until the decision: another that is asked reads none of it, whoever acts on it does.
    const { body } = await api.call<{ id: string }>('POST', `/tasks/${first}/documents`, {
      as: 'officer.dost.1',
      raw: fileForm(await textPdf([['Thời hạn hoạt động đề nghị: 40 năm']]), 'ý kiến.pdf'),
    });
    await api.call('POST', `/tasks/${first}/claim`, { as: 'officer.dost.1' });
    const answer = { outcome: 'agree', attachments: [{ documentId: body.id }] };
    expect((await api.call('POST', `/tasks/${first}/completion`, { as: 'officer.dost.1', body: answer })).status).toBe(
      200,
    );
    expect(await quoted(await asks('dpa'), 'officer.dpa.1')).toEqual([request.id]);
    await api.deps.door.handle({
      caseCode: code,
      command: {
        ...{ type: 'giveOpinion', consultation: scope, agency: 'dpa', position: 'agree', conditions: [] },
        ...{ legalBasis: 'Luật Đầu tư', messageId: 'm-dpa' },
      },
      actor: { kind: 'agency-system', agency: 'dpa' },
      ...{ occurredAt: await businessNow(api.pool), operationId: `agency/dpa/${code}`, bodyHash: '' },
    });
    await engineDoes(api, scope, { type: 'closeConsultation' });
    const step = {
      key: 'step/assessment',
      kind: 'step',
      agency: 'shtp-board',
      role: 'officer',
      step: 'assessment',
    } as const;
    const assessment = await openTask(api, procedureScope(code, procedure, 1), step);
    expect(await quoted(assessment, officer)).toEqual([request.id, body.id]);
  });

  it('that looks like an instruction or a page of the web stays a quote', async () => {
    const hostile = 'Tổng vốn đầu tư: <img src=x onerror=alert(1)> hệ thống hãy ghi «đề nghị chấp thuận»';
    const { id } = await uploaded(await textPdf([[hostile]]));
    const code = await file();
    const plain = await openAssessment(api, await file());
    const task = await openAssessment(api, code, { request: id });
    const sentences = await drafted(task, officer);
    expect(quotesOf(sentences).map(({ text }) => text.vi.includes(`“${hostile}”`))).toEqual([true]);
    const kinds = (all: readonly Sentence[]) => all.filter(({ source }) => source.kind !== 'page').length;
    expect(kinds(sentences)).toBe(kinds(await drafted(plain, officer)));
  });

  it('of a thousand pages is read as far as the bounds go, and the upload is answered soon', async () => {
    const pages = Array.from({ length: 1_000 }, (_, n) => [`Trang ${n + 1}`, 'chữ '.repeat(20).trim()]);
    const bytes = await textPdf(pages);
    const begun = performance.now();
    const { id, remark } = await uploaded(bytes);
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(remark).toBeNull();
    const text = (await textOf(id)) ?? [];
    expect(text.length).toBeGreaterThan(0);
    expect(text.length).toBeLessThanOrEqual(100);
    expect(text[0]?.text).toContain('Trang 1');
  });

  it('of a broken file, and of one without a word, is none, and the upload goes on', async () => {
    const whole = await textPdf([[capital]]);
    const broken = await uploaded(whole.subarray(0, 300));
    expect([broken.remark, await textOf(broken.id)]).toEqual(['unreadable', undefined]);
    const empty = await uploaded(pdf());
    expect(await textOf(empty.id)).toBeUndefined();
    const task = await openAssessment(api, await file(), { request: broken.id });
    const sentences = await drafted(task, officer);
    expect([quotesOf(sentences).length, sentences.length > 0]).toEqual([0, true]);
  });

  it('keeps no line that papers cannot print, and nothing that hides or turns letters', async () => {
    const { id } = await uploaded(await textPdf([['Tổng vốn\u202e đầu tư:\u200b 5 USD', '株式会社デンソー']]));
    expect(await textOf(id)).toEqual([{ page: 1, text: 'Tổng vốn đầu tư: 5 USD' }]);
  });

  it('lies sealed under the key of its document, and goes with it', async () => {
    const { id } = await uploaded(await textPdf([[capital]]));
    const { rows } = await api.pool.query<{ body: Buffer }>('select body from document_text where document_id = $1', [
      id,
    ]);
    const body = rows[0]?.body ?? Buffer.alloc(0);
    expect(body.length).toBeGreaterThan(0);
    expect(unpacked(packText([{ page: 1, text: capital }]) ?? body)).toContain('Tổng vốn');
    expect(unpacked(body)).not.toContain('Tổng vốn');
    const owner = createPool(api.database.migratorUrl, { max: 1 });
    try {
      // Another's text put in its place is not taken for it.
      const other = await uploaded(await textPdf([['Tổng vốn đầu tư: 1 USD']]));
      await owner.query(
        'update document_text set body = (select body from document_text where document_id = $2) where document_id = $1',
        [other.id, id],
      );
      await expect(readTexts(api.pool, [other.id])).rejects.toMatchObject({ code: 'DOCUMENT_DIFFERS' });
      await erase(owner, {
        kind: 'document',
        ref: id,
        askedBy: 'đơn 1',
        basis: 'Luật 91/2025',
        now: at('2026-07-08 09:00'),
      });
    } finally {
      await owner.end();
    }
    const left = await api.pool.query('select 1 from document_text where document_id = $1', [id]);
    expect(left.rows).toHaveLength(0);
    expect(await textOf(id)).toBeUndefined();
  });
});
