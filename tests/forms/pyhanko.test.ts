import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDF } from '@libpdf/core';
import PDFDocument from 'pdfkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Authority, openAuthority } from '../../agencies/authority/authority.js';
import { sealPdf } from '../../forms/pades.js';
import { createSeal } from '../../forms/seal.js';
import { startAgencies } from '../agencies/support.js';
import { pyhankoSays } from '../support/pyhanko.js';

let folder: string;
let authority: Authority;
let agencies: Awaited<ReturnType<typeof startAgencies>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'luong-xanh-pyhanko-'));
  authority = await openAuthority(join(folder, 'authority'));
  agencies = await startAgencies({ authority });
  // The first one asks for the program itself, which may have to be installed.
  await asked(await (await seal()).paper());
}, 300_000);
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

/** A seal of its own, and papers sealed with it. */
async function seal() {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const certificate = await authority.certifySeal(pair.publicKey, `${agencies.client.url}/authority/revocations`);
  const timestampUrl = `${agencies.client.url}/authority/time-stamp`;
  const own = createSeal({ key, certificates: certificate + authority.root, location: 'TPHCM', timestampUrl }, sealPdf);
  const paper = async () => {
    const sealed = await own.seal(await page('Giay chung nhan'), { reason: 'LX 01', agency: 'HEPZA' }, []);
    expect(sealed.less).toEqual([]);
    return Buffer.from(sealed.bytes);
  };
  return { certificate, paper };
}
const asked = async (pdf: Uint8Array, { root } = authority) =>
  pyhankoSays(pdf, { root, revocations: await authority.revocations() });

describe('a paper that pyHanko is asked about', () => {
  it('is sealed for long, by time stamps over all of it', async () => {
    expect(await asked(await (await seal()).paper())).toMatchObject({
      intact: true,
      added: 'LTA_UPDATES',
      holds: true,
      holdsForLong: true,
      stamped: 'ENTIRE_FILE',
    });
  });

  it('does not hold with text that somebody added after it', async () => {
    const added = await PDF.load(await (await seal()).paper());
    added.getPage(0)?.drawText('Von: 9000', { x: 60, y: 600 });
    expect(await asked(await added.save({ incremental: true }))).toMatchObject({
      added: 'OTHER',
      holds: false,
      holdsForLong: false,
      stamped: 'ENTIRE_REVISION',
    });
  });

  it('does not hold with one changed byte', async () => {
    const changed = await (await seal()).paper();
    const at = changed.indexOf('stream') + 20;
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await asked(changed)).toMatchObject({ intact: false, holds: false, holdsForLong: false });
  });

  it('does not hold where its certificate was revoked before it was sealed, and goes on holding where that came later', async () => {
    const [early, late] = [await seal(), await seal()];
    const before = await late.paper();
    authority.revoke(early.certificate, new Date(Date.now() - 3_600_000));
    authority.revoke(late.certificate, new Date(Date.now() + 3_600_000));
    const refused = await asked(await early.paper());
    expect(refused).toMatchObject({ intact: true, holds: false, holdsForLong: false });
    expect(refused.summary).toContain('REVOKED');
    expect(await asked(before)).toMatchObject({ holdsForLong: true });
  });

  it('does not hold by the root of another City', async () => {
    const other = await openAuthority(join(folder, 'another-city'));
    expect(await asked(await (await seal()).paper(), other)).toMatchObject({ intact: true, holds: false });
  });
});
