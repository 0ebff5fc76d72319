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
import { signaturesOf } from '../support/poppler.js';
import { opensslSays } from '../support/openssl.js';

let folder: string;
let authority: Authority;
let agencies: Awaited<ReturnType<typeof startAgencies>>;
let key: string;
let certificates: string;
let seal: Seal;
const location = 'Thành phố Hồ Chí Minh';

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
    const { bytes, level, less } = await seal.seal(await page('Giấy chứng nhận'), 'LX 01', []);
    expect({ level, less }).toEqual({ level: 'B-LT', less: [] });
    const said = await signaturesOf(bytes);
    expect(said).toContain('Signature is Valid');
    expect(said).toContain('ETSI.CAdES.detached');
    expect(said).toContain('CN=Thành phố Hồ Chí Minh - Luồng Xanh');
    expect(Buffer.from(bytes).includes('/DSS')).toBe(true);
  });

  it('is broken by one changed byte of the paper', async () => {
    const { bytes } = await seal.seal(await page('Vốn: 1000'), 'LX 02', []);
    const changed = Buffer.from(bytes);
    const at = changed.indexOf('stream') + 20;
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await signaturesOf(changed)).toContain('Digest Mismatch');
  });

  it('covers what is enclosed, and gives it back byte by byte', async () => {
    const enclosed = Buffer.from('{"vốn":"1000"}');
    const { bytes } = await seal.seal(await page('Quyết định'), 'LX 03', [
      { name: 'decision.json', mediaType: 'application/json', description: 'Nội dung được ký', bytes: enclosed },
    ]);
    expect(await signaturesOf(bytes)).toContain('Signature is Valid');
    const read = await PDF.load(bytes);
    expect(Buffer.from(read.attachments.get('decision.json') ?? [])).toEqual(enclosed);
  });

  it('is made without what nobody says, and tells why, where the authority does not answer', async () => {
    const nobody = { key, certificates, location, timestampUrl: 'http://127.0.0.1:9/time-stamp' };
    const alone = createSeal(nobody, sealPdf);
    const { bytes, level, less } = await alone.seal(await page('Giấy tiếp nhận'), 'LX 04', []);
    expect([level, alone.best, less.length]).toEqual(['B-B', 'B-LT', 2]);
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
