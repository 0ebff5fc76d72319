import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDF } from '@libpdf/core';
import PDFDocument from 'pdfkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Authority, openAuthority } from '../../agencies/authority/authority.js';
import { sealPdf } from '../../forms/pades.js';
import { createSeal, type Seal } from '../../forms/seal.js';
import { startAgencies } from '../agencies/support.js';
import { signaturesOf, textIn, textOf } from '../support/poppler.js';
import { opensslSays } from '../support/openssl.js';

let folder: string;
let authority: Authority;
let agencies: Awaited<ReturnType<typeof startAgencies>>;
let key: string;
let certificates: string;
let seal: Seal;
const location = 'Thành phố Hồ Chí Minh';
const agency = 'Ban Quản lý Khu Công nghệ cao Thành phố Hồ Chí Minh';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'luong-xanh-seal-'));
  authority = await openAuthority(join(folder, 'authority'));
  agencies = await startAgencies({ authority });
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const own = await authority.certifySeal(pair.publicKey, `${agencies.client.url}/authority/revocations`);
  certificates = own + authority.root;
  const timestampUrl = `${agencies.client.url}/authority/time-stamp`;
  seal = createSeal({ key, certificates, location, timestampUrl }, sealPdf);
});
afterAll(async () => {
  await agencies.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What the last signature of a file covers, and what it holds. */
function lastSignature(pdf: Buffer): { covered: Buffer; contents: Buffer } {
  const text = pdf.toString('latin1');
  const [, a = '', b = '', c = '', d = ''] =
    [...text.matchAll(/\/ByteRange ?\[(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)].at(-1) ?? [];
  const [from, length, after, rest] = [a, b, c, d].map(Number) as [number, number, number, number];
  const padded = Buffer.from(text.slice(length + 1, after - 1), 'hex');
  // A DER sequence with two bytes of length; zeros fill the place.
  const contents = padded.subarray(0, 4 + padded.readUInt16BE(2));
  return { covered: Buffer.concat([pdf.subarray(from, length), pdf.subarray(after, after + rest)]), contents };
}

const of = (reason: string) => ({ reason, agency });

function page(text: string): Promise<Buffer> {
  const document = new PDFDocument({ pdfVersion: '1.7' });
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.text(text).end();
  });
}

describe('the seal of a paper', () => {
  it('is found valid by a program of somebody else, with its time stamp and what was revoked by then', async () => {
    const { bytes, level, less } = await seal.seal(await page('Giấy chứng nhận'), of('LX 01'), []);
    expect({ level, less }).toEqual({ level: 'B-LTA', less: [] });
    const said = await signaturesOf(bytes);
    expect(said).toContain('Signature is Valid');
    expect(said).toContain('ETSI.CAdES.detached');
    expect(said).toContain('CN=Thành phố Hồ Chí Minh - Luồng Xanh');
    expect(Buffer.from(bytes).includes('/DSS')).toBe(true);
  });

  it('has a time stamp over the whole of it, last: it holds also when its certificate no longer does', async () => {
    const { bytes } = await seal.seal(await page('Giấy chứng nhận'), of('LX 05'), []);
    expect((await signaturesOf(bytes)).split('Signature #2')[1]).toContain('Total document signed');
    const { covered, contents } = lastSignature(Buffer.from(bytes));
    const at = (name: string) => join(folder, name);
    await writeFile(at('covered'), covered);
    await writeFile(at('token'), contents);
    await writeFile(at('root.pem'), authority.root);
    const held = ['ts', '-verify', '-data', at('covered'), '-in', at('token'), '-token_in', '-CAfile', at('root.pem')];
    expect(await opensslSays(...held)).toContain('Verification: OK');
    expect(covered.includes('/DSS')).toBe(true);
    await writeFile(at('covered'), covered.subarray(1));
    await expect(opensslSays(...held)).rejects.toThrow();
  });

  it('tells of text that somebody added after it', async () => {
    const { bytes } = await seal.seal(await page('Vốn: 1000'), of('LX 06'), []);
    const added = await PDF.load(bytes);
    added.getPage(0)?.drawText('Von: 9000', { x: 60, y: 600 });
    const said = await signaturesOf(await added.save({ incremental: true }));
    expect(said).toContain('Not total document signed');
    expect(said.split('Signature #2')[1]).not.toMatch(/- Total document signed/);
  });

  it('is seen above the text of the first page, and covers none of it', async () => {
    const plain = await page('A certificate');
    const { bytes } = await seal.seal(plain, of('LX 07'), []);
    const top = { x: 0, y: 0, width: 613, height: 37 };
    expect((await textIn(plain, top)).trim()).toBe('');
    const mark = await textIn(bytes, top);
    for (const part of ['Thành phố Hồ Chí Minh - Luồng Xanh', agency, '+07:00', 'mã QR']) expect(mark).toContain(part);
    expect((await textOf(bytes))[0]).toContain('A certificate');
  });

  it('is broken by one changed byte of the paper', async () => {
    const { bytes } = await seal.seal(await page('Vốn: 1000'), of('LX 02'), []);
    const changed = Buffer.from(bytes);
    const at = changed.indexOf('stream') + 20;
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await signaturesOf(changed)).toContain('Digest Mismatch');
  });

  it('covers what is enclosed, and gives it back byte by byte', async () => {
    const enclosed = Buffer.from('{"vốn":"1000"}');
    const { bytes } = await seal.seal(await page('Quyết định'), of('LX 03'), [
      { name: 'decision.json', mediaType: 'application/json', description: 'Nội dung được ký', bytes: enclosed },
    ]);
    expect(await signaturesOf(bytes)).toContain('Signature is Valid');
    const read = await PDF.load(bytes);
    expect(Buffer.from(read.attachments.get('decision.json') ?? [])).toEqual(enclosed);
  });

  it('is made without what nobody says, and tells why, where the authority does not answer', async () => {
    const nobody = { key, certificates, location, timestampUrl: 'http://127.0.0.1:9/time-stamp' };
    const alone = createSeal(nobody, sealPdf);
    const { bytes, level, less } = await alone.seal(await page('Giấy tiếp nhận'), of('LX 04'), []);
    expect([level, alone.best, less.length]).toEqual(['B-B', 'B-LTA', 3]);
    expect(await signaturesOf(bytes)).toContain('Signature is Valid');
  });

  it('is refused a key that is not that of its certificate', () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const pem = other.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => createSeal({ key: pem, certificates, location }, sealPdf)).toThrow(/certificate/);
    expect(() => createSeal({ key, certificates: '', location }, sealPdf)).toThrow(/certificate/);
  });
});

describe('the stand-in authority', () => {
  const at = (name: string) => join(folder, name);

  it('stamps times that openssl holds against its root', async () => {
    await writeFile(at('paper'), 'a paper');
    await writeFile(at('root.pem'), authority.root);
    await opensslSays('ts', '-query', '-data', at('paper'), '-sha256', '-cert', '-out', at('query'));
    const answer = await authority.stamp(await readFile(at('query')));
    await writeFile(at('answer'), answer ?? '');
    const held = ['ts', '-verify', '-queryfile', at('query'), '-in', at('answer'), '-CAfile', at('root.pem')];
    expect(await opensslSays(...held)).toContain('Verification: OK');
  });

  it('revokes nothing, in a list that openssl holds against its root', async () => {
    await writeFile(at('root.pem'), authority.root);
    await writeFile(at('list'), await authority.revocations());
    const said = await opensslSays('crl', '-inform', 'DER', '-in', at('list'), '-CAfile', at('root.pem'), '-noout');
    expect(said).toContain('verify OK');
  });

  it('answers in DER, as strict readers ask', async () => {
    await opensslSays('ts', '-query', '-data', at('root.pem'), '-sha256', '-out', at('plain'));
    await writeFile(at('plain-answer'), (await authority.stamp(await readFile(at('plain')))) ?? '');
    const parts = await opensslSays('asn1parse', '-inform', 'DER', '-in', at('plain-answer'));
    expect(parts).toContain('OCTET STRING');
    expect(parts).not.toMatch(/cons: OCTET STRING/);
  });

  it('keeps its keys over a restart, and refuses what is no query', async () => {
    const again = await openAuthority(join(folder, 'authority'));
    expect(again.root).toBe(authority.root);
    expect(new X509Certificate(certificates).checkIssued(new X509Certificate(again.root))).toBe(true);
    expect(await again.stamp(Buffer.from('no query'))).toBeUndefined();
    const refused = await fetch(`${agencies.client.url}/authority/time-stamp`, { method: 'POST', body: 'no query' });
    expect(refused.status).toBe(400);
  });
});
