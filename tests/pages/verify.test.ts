import { spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAuthority } from '../../agencies/authority/authority.js';
import { keepSealCertificate } from '../../db/register/signing-keys.js';
import { verifierText } from '../../domain/evidence/note.js';
import { statementBytes, statementFrom, statementText } from '../../domain/evidence/statement.js';
import { logFolder } from '../../db/register/log/log-folder.js';
import { createSeal } from '../../forms/seal.js';
import { exampleProjects } from '../../seeds/index.js';
import { keepLog } from '../../worker/transparency.js';
import { fileCase } from '../api/support.js';
import { startSite, type TestSite } from '../api/site.js';
import { axe, openBrowser, overflow, visit } from '../support/chromium.js';
import { feedSettled } from '../support/feed.js';
import { logWriter, noteKey } from '../support/log.js';
import { signingBy } from '../support/signing-accounts.js';

const key = noteKey('log.example/city', 'log');
let folder: string;
let site: TestSite;
let browser: Browser;
let proof: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-'));
  const log = { folder, files: logFolder(folder) };
  const authority = await openAuthority(join(folder, 'authority'));
  const { root } = authority;
  const signing = signingBy(authority);
  [site, browser] = await Promise.all([startSite(() => ({ log, signing })), openBrowser()]);
  const { case: code } = await fileCase(site.api);
  const as = 'investor.besi';
  const filing = exampleProjects.besi;
  const elsewhere = { ...filing.project, site: { ...filing.project.site, lot: 'Lô ký số' } };
  const own = { ...filing, project: elsewhere };
  const { signature } = (
    await site.api.call<{ signature: { certificate: string } }>('POST', '/filing-signatures', { as, body: own })
  ).body;
  const signed = await site.api.call<{ case: string }>('POST', '/cases', { as, body: { ...own, signature } });
  await writeFile(join(folder, 'signer.pem'), signature.certificate);
  await writeFile(join(folder, 'roots.pem'), root);
  await writeFile(join(folder, 'others.pem'), (await openAuthority(join(folder, 'others'))).root);
  await feedSettled(site.api.deps);
  await keepLog({ pool: site.api.pool, writer: logWriter(folder, key), onCheckpoint: () => undefined });
  await writeFile(join(folder, 'none-revoked.crl'), await authority.revocations());
  // Some time after it signed, and long before.
  authority.revoke(signature.certificate, new Date(Date.now() + 60_000));
  await writeFile(join(folder, 'revoked-later.crl'), await authority.revocations());
  authority.revoke(signature.certificate, new Date(Date.now() - 60_000));
  await writeFile(join(folder, 'revoked-before.crl'), await authority.revocations());
  await writeFile(join(folder, 'others.crl'), await (await openAuthority(join(folder, 'others'))).revocations());
  const { body } = await site.api.call('GET', `/cases/${code}/proof`, { as: 'investor.besi' });
  const { body: signedProof } = await site.api.call('GET', `/cases/${signed.body.case}/proof`, { as });
  await writeFile(join(folder, 'signed.json'), JSON.stringify(signedProof));
  proof = join(folder, 'proof.json');
  await writeFile(proof, JSON.stringify(body));
  const bent = JSON.stringify(body).replace('"index":0', '"index":1');
  await writeFile(join(folder, 'bent.json'), bent);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
  await rm(folder, { recursive: true });
});

it.each([
  { language: 'vi', width: 1280, dark: false, holds: 'Bằng chứng đúng.', fails: 'Bằng chứng KHÔNG đúng.' },
  { language: 'en', width: 320, dark: true, holds: 'The proof holds.', fails: 'The proof does NOT hold.' },
] as const)(
  'a proof is checked in the browser with the network off: $language',
  async ({ holds, fails, ...options }) => {
    const { page, faults } = await visit(browser, site.base, [], options);
    await page.goto(`${site.base}/verify`);
    await page.locator('#proof').waitFor();
    // Typefaces are still on their way when the page is there.
    await page.waitForLoadState('networkidle');
    await page.context().setOffline(true);
    await page.locator('#proof').setInputFiles(proof);
    await page.getByText(holds).waitFor();
    expect(await page.getByText('LX-').count()).toBeGreaterThan(0);
    expect(await axe(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    if (process.env['SCREENS'])
      await page.screenshot({ path: join(process.env['SCREENS'], `verify-${options.language}.png`), fullPage: true });
    await page.locator('#proof').setInputFiles(join(folder, 'bent.json'));
    await page.getByText(fails).waitFor();
    // Somebody else's key signs nothing of ours.
    await page.locator('#keys').fill(verifierText(noteKey(key.verifier.name, 'log').verifier));
    await page.locator('#proof').setInputFiles([]);
    await page.locator('#proof').setInputFiles(proof);
    await page.getByText(fails).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

it('whose the signature of a filing is, is said with the certificate and who gave it, in the browser and by the program', async () => {
  const { page, faults } = await visit(browser, site.base, [], { language: 'vi', width: 320, dark: false });
  await page.goto(`${site.base}/verify`);
  await page.locator('#proof').waitFor();
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await page.locator('#proof').setInputFiles(join(folder, 'signed.json'));
  await page.getByText(/khóa của ai thì chưa kiểm tra/).waitFor();
  await page.getByText('Kiểm tra chữ ký trên hồ sơ nộp là của ai').click();
  await page.locator('#certificate').setInputFiles(join(folder, 'signer.pem'));
  await page.getByText(/chứng thư mang tên .*ID:investor\.besi/).waitFor();
  await page.locator('#roots').setInputFiles(join(folder, 'roots.pem'));
  await page.getByText(/ID:investor\.besi đã ký.*chưa kiểm tra chứng thư có bị thu hồi/).waitFor();
  await page.locator('#revocations').setInputFiles(join(folder, 'revoked-before.crl'));
  await page.getByText('chứng thư đã bị thu hồi khi hồ sơ được ghi nhận').waitFor();
  await page.locator('#revocations').setInputFiles(join(folder, 'others.crl'));
  await page.getByText(/không danh sách thu hồi nào nói về chứng thư này/).waitFor();
  await page.locator('#revocations').setInputFiles(join(folder, 'revoked-later.crl'));
  await page.getByText(/khi ấy chứng thư chưa bị thu hồi, theo danh sách lập lúc/).waitFor();
  expect([await axe(page), await overflow(page)]).toEqual([[], 0]);
  if (process.env['SCREENS'])
    await page.screenshot({ path: join(process.env['SCREENS'], 'verify-signer.png'), fullPage: true });
  await page.locator('#roots').setInputFiles(join(folder, 'others.pem'));
  await page.getByText('không tổ chức chứng thực nào bạn tin đã cấp chứng thư này').waitFor();
  await page.locator('#certificate').setInputFiles(join(folder, 'roots.pem'));
  await page.getByText('chứng thư đã đưa không phải là chứng thư của chữ ký trên hồ sơ nộp').waitFor();
  await page.locator('#certificate').setInputFiles(join(folder, 'bent.json'));
  await page.getByText(/Không đọc được chứng thư/).waitFor();
  expect(faults).toEqual([]);
  await page.context().close();

  const program = join(folder, 'verify-proof.mjs');
  await writeFile(program, await (await fetch(`${site.base}/verify-proof.mjs`)).text());
  const run = (...more: string[]) => {
    const args = [program, 'signed.json', '--key', verifierText(key.verifier), ...more];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    return { status, stdout };
  };
  const says = (text: string) => expect.stringContaining(text) as string;
  expect(run()).toMatchObject({ status: 0, stdout: says('whose it is was not checked') });
  expect(run('--certificate', 'signer.pem')).toMatchObject({ status: 0, stdout: says('who gave it was not checked') });
  expect(run('--certificate', 'signer.pem', '--roots', 'roots.pem')).toMatchObject({
    ...{ status: 0, stdout: says('by a certificate of an authority that you trust') },
  });
  expect(run('--certificate', 'signer.pem', '--roots', 'others.pem')).toMatchObject({ status: 1 });
  expect(run('--certificate', 'roots.pem')).toMatchObject({ status: 1, stdout: says('is not that of the signature') });
  expect(run('--roots', 'roots.pem').status).toBe(1);
  const revoked = (list: string) => run('--certificate', 'signer.pem', '--roots', 'roots.pem', '--revocations', list);
  for (const list of ['none-revoked.crl', 'revoked-later.crl'])
    expect(revoked(list), list).toMatchObject({
      status: 0,
      stdout: says('not revoked when it signed, by the list of'),
    });
  expect(revoked('revoked-before.crl')).toMatchObject({ status: 1, stdout: says('had been revoked when the filing') });
  expect(revoked('others.crl')).toMatchObject({ status: 1, stdout: says('get a newer one of whoever gave it') });
  expect(revoked('roots.pem').status).toBe(1);
  expect(run('--certificate', 'signer.pem', '--revocations', 'none-revoked.crl').status).toBe(1);
});

/** The code of a sealed paper, as the site knows its seal, and two files: the paper that it is of, and another. */
async function coded() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const authority = await openAuthority(join(folder, 'authority'));
  const own = await authority.certifySeal(publicKey, 'http://127.0.0.1:9/revocations');
  const options = { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), location: 'TPHCM' };
  const seal = createSeal({ ...options, certificates: own + authority.root }, () =>
    Promise.reject(new Error('no paper')),
  );
  await keepSealCertificate(site.api.pool, seal);
  const content = '{"letters":[{"language":"vi","title":["QUYẾT ĐỊNH","Chấp thuận dự án"]}]}';
  const statement = {
    ...{
      address: `${site.base}/decisions/H29-260706-0001-KQ?hash=0123456789abcdef`,
      form: 'decision',
      outcome: 'approved',
    },
    ...{ number: 'H29-260706-0001-KQ', caseCode: 'LX-260706-0001A', day: '2026-07-20' },
    ...{ signedAt: new Date(Math.floor(Date.now() / 1000) * 1000).toISOString(), key: seal.certificate.slice(0, 16) },
    contentHash: createHash('sha256').update(content).digest('hex'),
  };
  const text = statementText({ statement, signature: await seal.sign(statementBytes(statement)) });
  await writeFile(join(folder, 'paper.json'), content);
  await writeFile(join(folder, 'other.json'), content.replace('Chấp thuận', 'Từ chối'));
  const published = await fetch(`${site.base}/.well-known/luong-xanh-keys.json`);
  await writeFile(join(folder, 'keys.json'), await published.text());
  return text;
}

it('the QR code of a sealed paper is checked with the network off, in the browser and by the published program', async () => {
  const text = await coded();
  const { page, faults } = await visit(browser, site.base, [], { language: 'vi', width: 1280, dark: false });
  await page.goto(`${site.base}/verify`);
  await page.locator('#code').waitFor();
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await page.locator('#code').fill(text);
  await page.locator('#paper').setInputFiles(join(folder, 'paper.json'));
  await page.getByRole('button', { name: 'Kiểm tra mã' }).click();
  await page.getByText('Mã đúng: Thành phố đã ký điều này.').waitFor();
  await page.getByText('Chấp thuận dự án').waitFor();
  expect(await page.getByRole('link', { name: /Hỏi trên mạng/ }).getAttribute('href')).toBe(text.split('#')[0]);
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  if (process.env['SCREENS'])
    await page.screenshot({ path: join(process.env['SCREENS'], 'verify-code.png'), fullPage: true });
  await page.locator('#paper').setInputFiles(join(folder, 'other.json'));
  await page.getByRole('button', { name: 'Kiểm tra mã' }).click();
  await page.getByText(/không phải là văn bản mà mã QR nói đến/).waitFor();
  expect(await page.getByRole('link', { name: /Hỏi trên mạng/ }).count()).toBe(0);
  await page.locator('#code').fill(text.replace('0001-KQ', '0002-KQ'));
  await page.getByRole('button', { name: 'Kiểm tra mã' }).click();
  await page.getByText(/mã đã bị sửa/).waitFor();
  expect(await page.getByRole('link', { name: /Hỏi trên mạng/ }).count()).toBe(0);
  // A forger chooses address, hash and file: neither is led to, and what is no paper does not end the page.
  const { statement, signature } = statementFrom(text) ?? { statement: undefined, signature: undefined };
  if (!statement) throw new Error('the code is not read');
  const said = 'no paper';
  await writeFile(join(folder, 'hostile.json'), said);
  const contentHash = createHash('sha256').update(said).digest('hex');
  const forged = { ...statement, address: 'https://example.com/decisions/1', contentHash };
  await page.locator('#code').fill(statementText({ statement: forged, signature }));
  await page.locator('#paper').setInputFiles(join(folder, 'hostile.json'));
  await page.getByRole('button', { name: 'Kiểm tra mã' }).click();
  await page.getByText(/mã đã bị sửa/).waitFor();
  await page.getByText(/không phải là văn bản mà mã QR nói đến/).waitFor();
  expect(await page.locator('a[href*="example.com"]').count()).toBe(0);
  expect(faults).toEqual([]);
  await page.context().close();

  const program = join(folder, 'verify-proof.mjs');
  await writeFile(program, await (await fetch(`${site.base}/verify-proof.mjs`)).text());
  const run = (qr: string, ...more: string[]) => {
    const { status, stdout } = spawnSync(process.execPath, [program, '--qr', qr, ...more], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { status, stdout };
  };
  const keys = ['--keys', 'keys.json'];
  const good = run(text, ...keys, '--paper', 'paper.json');
  expect(good).toMatchObject({ status: 0, stdout: expect.stringContaining('as of the day it was signed') as string });
  expect(good.stdout).toContain('H29-260706-0001-KQ');
  for (const [qr, ...more] of [
    [text, ...keys, '--paper', 'other.json'],
    [text.replace('0001-KQ', '0002-KQ'), ...keys],
    [text],
    ['https://example.vn/#lx1.1', ...keys],
  ] as const)
    expect(run(qr, ...more)).toMatchObject({ status: 1, stdout: expect.stringContaining('does NOT hold') as string });
  const bent = run(text.replace('0001-KQ', '0002-KQ'), ...keys, '--paper', 'paper.json');
  expect(bent.stdout).not.toMatch(/ask at|what was signed/);
});

it('a proof is checked by the published program, on its own', async () => {
  const response = await fetch(`${site.base}/verify-proof.mjs`);
  const program = join(folder, 'verify-proof.mjs');
  await writeFile(program, await response.text());
  const run = (file: string, ...keys: string[]) =>
    spawnSync(process.execPath, [program, file, ...keys.flatMap((one) => ['--key', one])], {
      cwd: folder,
      encoding: 'utf8',
    });
  const good = run('proof.json', verifierText(key.verifier));
  expect({ status: good.status, last: good.stdout.trim().split('\n').at(-1) }).toEqual({
    status: 0,
    last: 'Đúng · it holds',
  });
  expect(run('bent.json', verifierText(key.verifier)).status).toBe(1);
  expect(run('proof.json').status).toBe(1);
});
