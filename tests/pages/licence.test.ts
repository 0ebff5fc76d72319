import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAuthority } from '../../agencies/authority/authority.js';
import { logFolder } from '../../db/register/log/log-folder.js';
import { keepSealCertificate } from '../../db/register/signing-keys.js';
import { createSeal } from '../../forms/seal.js';
import { ApiClient } from '../../scripts/demo/client.js';
import { runOffline, withoutSockets } from '../../scripts/demo/command.js';
import { licenceScene } from '../../scripts/demo/licence.js';
import { keepLog } from '../../worker/transparency.js';
import { issueCertificate } from '../api/engine-by-hand.js';
import { fileCase } from '../api/support.js';
import { startSite, type TestSite } from '../api/site.js';
import { feedSettled } from '../support/feed.js';
import { logWriter, noteKey } from '../support/log.js';

let folder: string;
let site: TestSite;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'licence-'));
  const authority = await openAuthority(join(folder, 'authority'));
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const options = {
    key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificates:
      (await authority.certifySeal(pair.publicKey, 'http://authority.invalid/revocations')) + authority.root,
    location: 'Thành phố Hồ Chí Minh',
  };
  const log = { folder: join(folder, 'log'), files: logFolder(join(folder, 'log')) };
  site = await startSite(({ press }) => ({ log, seal: createSeal(options, (job) => press.seal(job)) }));
}, 300_000);
afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

it('BESI’s licence, its signed form and the proof of its case are checked by the published program with the network off', async () => {
  const { api, base } = site;
  const { seal } = api.deps;
  if (!seal) throw new Error('no seal');
  await keepSealCertificate(api.pool, seal);
  const { case: code } = await fileCase(api);
  const number = await issueCertificate(api, code);
  await feedSettled(api.deps);
  const key = noteKey('log.example/city', 'log');
  await keepLog({ pool: api.pool, writer: logWriter(join(folder, 'log'), key), onCheckpoint: () => undefined });
  const investor = new ApiClient({ apiUrl: base, token: () => api.issuer.tokenOf('investor.besi') });
  const said: string[] = [];
  const holds = await licenceScene(base, investor, { code, number }, (line) => said.push(line));
  expect(holds, said.join('\n')).toBe(true);
  expect(said.filter((line) => line.includes('it holds'))).toHaveLength(4);
  expect(said.filter((line) => line.includes('it does NOT hold'))).toHaveLength(3);
}, 120_000);

describe('a process without a network', () => {
  const asks = `fetch(process.argv[1]).then(() => console.log('answered'), ({ cause }) => { console.log(String(cause)); process.exitCode = 3; })`;
  it.each([
    ['by the kernel, where it does that', runOffline],
    ['by refused sockets', withoutSockets],
  ] as const)('reaches nobody: %s', async (_, run) => {
    for (const to of [site.base, 'http://localhost:1']) {
      const { code, said } = await run(['--input-type=module', '-e', asks, to]);
      expect([code, said.includes('answered')], said).toEqual([3, false]);
    }
    expect((await run(['-e', 'console.log(6 * 7)'])).said.trim()).toBe('42');
  });
});
