import { generateKeyPairSync, type KeyObject, randomUUID, sign, X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Authority, openAuthority } from '../../agencies/authority/authority.js';
import { revocationList } from '../../agencies/authority/statements.js';
import { createRevocations } from '../../api/revocations.js';
import { createSigningAccounts } from '../../api/signing-accounts.js';
import { noteVouched } from '../../db/people/organisations.js';
import { logFolder } from '../../db/register/log/log-folder.js';
import { certificatesFrom } from '../../domain/evidence/certificate.js';
import { revocationListsFrom } from '../../domain/evidence/revocations.js';
import { type SignerGiven } from '../../domain/evidence/filing-signature.js';
import { type CaseProof, verifyProof } from '../../domain/evidence/verify.js';
import { certify } from '../../ops/certificates.js';
import { exampleProjects, exampleTrials } from '../../seeds/index.js';
import { keepLog } from '../../worker/transparency.js';
import { startAgencies } from '../agencies/support.js';
import { feedSettled } from '../support/feed.js';
import { logWriter, noteKey } from '../support/log.js';
import { startApi, type TestApi } from './support.js';

const key = noteKey('log.example/city', 'log');
const as = 'investor.besi';
const example = exampleProjects.besi;
const holder = 'MST:0315678901';
const numbers: Readonly<Record<string, string>> = {
  [as]: '0315678901',
  'investor.drone': exampleTrials.drone.applicant.registrationNumber ?? '',
  'investor.ai': exampleTrials.ai.applicant.registrationNumber ?? '',
};
let folder: string;
let authority: Authority;
let agencies: Awaited<ReturnType<typeof startAgencies>>;
let api: TestApi;
let url: string;
let revocationsUrl: string;
const unread: string[] = [];
/** What was revoked, asked anew each time. */
let listed = () => askedOf(revocationsUrl)();
const askedOf = (...urls: string[]) => createRevocations({ urls, failed: (one) => unread.push(one) });
const accountsAt = (address: string, shown: string | undefined) =>
  createSigningAccounts({
    ...{ url: address, token: shown, authorities: certificatesFrom(authority.root) ?? [] },
    revocations: () => Promise.resolve([]),
  });
const token = 'token-of-the-tests-0001';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'filing-signature-'));
  authority = await openAuthority(join(folder, 'authority'));
  agencies = await startAgencies({ authority });
  url = `${agencies.client.url}/authority/signing-accounts`;
  const log = { folder: join(folder, 'log'), files: logFolder(join(folder, 'log')) };
  revocationsUrl = `${agencies.client.url}/authority/revocations`;
  api = await startApi(() => ({ log, signing: { ...accountsAt(url, token), revocations: () => listed() } }));
  for (const person of [as, 'investor.drone', 'investor.ai'])
    await noteVouched(api.pool, person, { enterprise: `VN/${numbers[person] ?? ''}`, name: 'Công ty ví dụ' });
});
afterAll(async () => {
  await api.close();
  await agencies.stop();
  await rm(folder, { recursive: true, force: true });
});

let lots = 0;
/** A project on a place of its own, of an enterprise that has a number. */
const filing = () => ({
  ...example,
  project: { ...example.project, site: { ...example.project.site, lot: `Lô ký ${(lots += 1)}` } },
  investor: { ...example.investor, country: 'VN', registrationNumber: '0315678901' },
});
interface Given {
  readonly signature: string;
  readonly certificate: string;
}
interface Signed {
  readonly text: string;
  readonly signature: Given;
}
interface Kept {
  readonly signed: {
    readonly kind: string;
    readonly certificate: string;
    readonly from: string;
    readonly until: string;
  } | null;
}
const signatureOf = async (body: object): Promise<Signed> => {
  const { status, body: signed } = await api.call<Signed>('POST', '/filing-signatures', { as, body });
  expect(status, JSON.stringify(signed)).toBe(200);
  return signed;
};
const cases = async () =>
  Number((await api.pool.query<{ n: string }>('select count(*) as n from case_head')).rows[0]?.n);

/** Signed by hand, with a certificate that an authority gave. */
async function signedBy({ text }: Signed, certify: (publicKey: KeyObject) => Promise<string>): Promise<Given> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64url');
  return { signature, certificate: await certify(publicKey) };
}

describe('a filing that its investor signed', () => {
  it('keeps the signature with its event, without a name in it; receipt, case and proof say so', async () => {
    const body = filing();
    const { signature } = await signatureOf(body);
    const filed = await api.call<Kept & { case: string }>('POST', '/cases', { as, body: { ...body, signature } });
    expect(filed.status, JSON.stringify(filed.body)).toBe(201);
    const { case: code, signed } = filed.body;
    expect(signed).toMatchObject({
      kind: 'certificate',
      certificate: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    for (const reader of [as, 'leader.hcmc-committee']) {
      const { status, body: shown } = await api.call<Kept>('GET', `/cases/${code}`, { as: reader });
      expect([status, shown.signed], JSON.stringify(shown)).toEqual([200, signed]);
    }
    const { rows } = await api.pool.query<{ canonical: string }>(
      'select canonical from case_event where case_code = $1 and seq = 1',
      [code],
    );
    const canonical = rows[0]?.canonical ?? '';
    expect(canonical).toContain(signed?.certificate);
    // The certificate names the enterprise: it lies beside, where it can be erased.
    expect(canonical).not.toContain(holder);
    expect(canonical).not.toContain('BEGIN CERTIFICATE');
    await feedSettled(api.deps);
    await keepLog({ pool: api.pool, writer: logWriter(join(folder, 'log'), key), onCheckpoint: () => undefined });
    const { body: proof } = await api.call<CaseProof>('GET', `/cases/${code}/proof`, { as });
    const check = (one: CaseProof, signer?: SignerGiven) =>
      verifyProof(one, [key.verifier], new Date().toISOString(), signer);
    // By itself a proof tells which key signed; whose it is, with the certificate and who may give one.
    expect(check(proof)).toMatchObject({
      faults: [],
      filingSigned: { certificate: signed?.certificate, signer: null },
    });
    const [own, root] = [signature.certificate, authority.root].map((pem) => certificatesFrom(pem)?.[0]);
    if (!own || !root) throw new Error('the certificates are not read');
    expect(check(proof, { certificate: own, authorities: [root], lists: [] })).toMatchObject({
      faults: [],
      filingSigned: { signer: { number: holder, isTrusted: true } },
    });
    const differs = [expect.objectContaining({ reason: 'filing-certificate-differs' })];
    expect(check(proof, { certificate: root, authorities: [root], lists: [] })).toMatchObject({ faults: differs });
    // Another signature in the proof is neither in the log nor over the filing.
    const bent = JSON.parse(
      JSON.stringify(proof).replace(signature.signature, `A${signature.signature.slice(1)}`),
    ) as CaseProof;
    expect(check(bent).faults.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['not-included', 'filing-signature-wrong']),
    );
  });

  it('is filed as before without one, and says so', async () => {
    const { status, body } = await api.call<Kept>('POST', '/cases', { as, body: filing() });
    expect([status, body.signed]).toEqual([201, null]);
  });

  it('is signed and filed from a draft; one that was changed in between is not filed', async () => {
    const content = filing();
    const draft = (await api.call<{ id: string; version: number }>('POST', '/drafts', { as, body: { content } })).body;
    const { signature } = (await api.call<Signed>('POST', `/drafts/${draft.id}/signature`, { as, body: {} })).body;
    const changed = { ...content, project: { ...content.project, termYears: 30 } };
    await api.call('POST', `/drafts/${draft.id}`, { as, body: { version: draft.version, content: changed } });
    const refused = await api.refused('POST', `/drafts/${draft.id}/filing`, { as, body: { signature } });
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'FILING_SIGNATURE_INVALID', details: { reason: 'other-filing' } },
    });
    const again = (await api.call<Signed>('POST', `/drafts/${draft.id}/signature`, { as, body: {} })).body;
    const filed = await api.call<Kept>('POST', `/drafts/${draft.id}/filing`, {
      as,
      body: { signature: again.signature },
    });
    expect([filed.status, filed.body.signed?.kind]).toEqual([201, 'certificate']);
  });

  it('of a trial is signed alike', async () => {
    const body = exampleTrials.drone;
    const applicant = { as: 'investor.drone', body };
    const { signature } = (await api.call<Signed>('POST', '/filing-signatures', applicant)).body;
    const { status, body: filed } = await api.call<Kept>('POST', '/cases', {
      ...{ as: applicant.as, body: { ...body, signature } },
    });
    expect([status, filed.signed?.kind], JSON.stringify(filed)).toEqual([201, 'certificate']);
  });
});

describe('a signature that does not hold', () => {
  const elsewhere = () => openAuthority(join(folder, 'elsewhere'));
  const day = 86_400_000;
  const ago = { from: new Date(Date.now() - 30 * day), days: 10 };
  it.each([
    [
      'by a certificate that has ended',
      'expired',
      (publicKey: KeyObject) => authority.certifyHolder(publicKey, holder, ago),
    ],
    [
      'by a certificate that ends before it is surely recorded',
      'expired',
      (publicKey: KeyObject) =>
        authority.certifyHolder(publicKey, holder, { from: new Date(Date.now() - day + 120_000), days: 1 }),
    ],
    [
      'by somebody else’s certificate',
      'not-yours',
      (publicKey: KeyObject) => authority.certifyHolder(publicKey, 'MST:0300000001'),
    ],
    ['by the seal of the City', 'not-yours', (publicKey: KeyObject) => authority.certifySeal(publicKey, url)],
    [
      'by an authority that nobody trusts',
      'untrusted',
      async (publicKey: KeyObject) => (await elsewhere()).certifyHolder(publicKey, holder),
    ],
    ['by the authority itself', 'untrusted', () => Promise.resolve(authority.root)],
    [
      'by a key that is not that of the certificate',
      'other-filing',
      () => authority.certifyHolder(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey, holder),
    ],
    [
      'by what is no certificate',
      'unreadable',
      () => Promise.resolve('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'),
    ],
  ])('%s: refused, and nothing is filed', async (_, reason, certify) => {
    const body = filing();
    const signature = await signedBy(await signatureOf(body), certify);
    const before = await cases();
    const refused = await api.refused('POST', '/cases', { as, body: { ...body, signature } });
    expect(refused).toMatchObject({ status: 422, body: { code: 'FILING_SIGNATURE_INVALID', details: { reason } } });
    expect(await cases()).toBe(before);
  });

  it('of another filing is refused', async () => {
    const { signature } = await signatureOf(filing());
    const refused = await api.refused('POST', '/cases', { as, body: { ...filing(), signature } });
    expect(refused.body).toMatchObject({ code: 'FILING_SIGNATURE_INVALID', details: { reason: 'other-filing' } });
  });
});

/** A list that an authority of this test made so many days after the first. */
async function listMade(day: number): Promise<Uint8Array> {
  const { privateKey: key, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const from = new Date('2026-07-01T00:00:00Z');
  const own = {
    key,
    certificate: await certify({ name: { commonName: 'Gốc' }, use: 'authority', publicKey, from, days: 365 }, { key }),
  };
  return revocationList(own, [], new Date(from.getTime() + day * 86_400_000));
}

describe('a certificate that was revoked', () => {
  const filedWith = (body: object, signature: Given, key?: string) =>
    api.call<Kept & { case: string }>('POST', '/cases', { as, body: { ...body, signature }, ...(key && { key }) });

  it('signs no filing any more; what was filed with it stays filed', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const certificate = await authority.certifyHolder(publicKey, holder);
    const byThem = async (body: object): Promise<Given> => ({
      signature: sign('sha256', Buffer.from((await signatureOf(body)).text), privateKey).toString('base64url'),
      certificate,
    });
    const body = filing();
    const signature = await byThem(body);
    const key = randomUUID();
    const filed = await filedWith(body, signature, key);
    expect(filed.status, JSON.stringify(filed.body)).toBe(201);
    const before = await cases();
    authority.revoke(certificate, new Date());
    const next = filing();
    const refused = await api.refused('POST', '/cases', { as, body: { ...next, signature: await byThem(next) } });
    expect(refused).toMatchObject({
      ...{ status: 422, body: { code: 'FILING_SIGNATURE_INVALID', details: { reason: 'revoked' } } },
    });
    expect(await cases()).toBe(before);
    // The same request again, whose answer was lost.
    const again = await filedWith(body, signature, key);
    expect([again.status, again.body.case]).toEqual([201, filed.body.case]);
  });

  it('is followed by a new one of the account of its holder', async () => {
    const body = filing();
    const { signature } = await signatureOf(body);
    authority.revoke(signature.certificate, new Date());
    const refused = await api.refused('POST', '/cases', { as, body: { ...body, signature } });
    expect(refused.body).toMatchObject({ code: 'FILING_SIGNATURE_INVALID', details: { reason: 'revoked' } });
    const renewed = await signatureOf(body);
    expect(renewed.signature.certificate).not.toBe(signature.certificate);
    expect((await filedWith(body, renewed.signature)).status).toBe(201);
  });

  it('of what list it was asked stands with the event', async () => {
    const body = filing();
    const { case: code } = (await filedWith(body, (await signatureOf(body)).signature)).body;
    const { rows } = await api.pool.query<{ list: string | null; from: string | null }>(
      `select canonical::jsonb #>> '{payload,signed,revocations,list}' as list, canonical::jsonb #>> '{payload,signed,revocations,from}' as from
       from case_event where case_code = $1 and seq = 1`,
      [code],
    );
    expect(rows[0]?.list).toMatch(/^[0-9a-f]{64}$/);
    expect(Math.abs(Date.now() - Date.parse(rows[0]?.from ?? ''))).toBeLessThan(600_000);
  });

  it('is not guessed at where no list says anything: nothing is filed as signed', async () => {
    const body = filing();
    const { signature } = await signatureOf(body);
    const before = await cases();
    const asked = listed;
    try {
      const elsewhere = await openAuthority(join(folder, 'elsewhere'));
      for (const lists of [
        askedOf('http://127.0.0.1:9/none'),
        askedOf(`${agencies.client.url}/healthz`),
        async () => revocationListsFrom(await elsewhere.revocations()) ?? [],
      ]) {
        listed = lists;
        const refused = await api.refused('POST', '/cases', { as, body: { ...body, signature } });
        expect(refused).toMatchObject({ status: 503, body: { code: 'SIGNING_UNAVAILABLE' } });
      }
    } finally {
      listed = asked;
    }
    expect(unread).toEqual(['http://127.0.0.1:9/none', `${agencies.client.url}/healthz`]);
    expect(await cases()).toBe(before);
    expect((await filedWith(body, signature)).status).toBe(201);
  });

  it('is asked for at most every ten seconds, and a list that is older than the one before is not taken', async () => {
    const file = join(folder, 'list.crl');
    const asked = createRevocations({ urls: [pathToFileURL(file).href], failed: (one) => unread.push(one) });
    const known = async () => (await asked())[0]?.id;
    const [older, newer] = [await listMade(0), await listMade(1)];
    const times = vi.spyOn(performance, 'now');
    try {
      times.mockReturnValue(0);
      await writeFile(file, newer);
      const first = await known();
      const newest = await listMade(2);
      await writeFile(file, newest);
      times.mockReturnValue(9_000);
      expect(await known()).toBe(first);
      times.mockReturnValue(11_000);
      const second = await known();
      expect(second).not.toBe(first);
      await writeFile(file, older);
      times.mockReturnValue(22_000);
      expect(await known()).toBe(second);
    } finally {
      times.mockRestore();
    }
  });
});

describe('in whose name a filing is signed', () => {
  const asked = (who: string, body: object) => api.refused('POST', '/filing-signatures', { as: who, body });

  it('of an enterprise: of its people alone, or of whoever acts for them', async () => {
    const body = filing();
    expect(await asked('investor.cmc', body)).toMatchObject({ status: 403, body: { code: 'ENTERPRISE_NOT_VOUCHED' } });
    expect(await asked(as, exampleTrials.drone)).toMatchObject({ body: { code: 'ENTERPRISE_NOT_VOUCHED' } });
    const acting = { as: 'representative.besi', body };
    expect((await api.call('POST', '/filing-signatures', acting)).status).toBe(200);
  });

  it('of an enterprise of another country, whatever its number looks like, it is the account', async () => {
    const body = { ...filing(), investor: { ...filing().investor, country: 'SG' } };
    const { signature } = await signatureOf(body);
    expect(new X509Certificate(signature.certificate).subject).toContain(`serialNumber=ID:${as}`);
  });

  it('it is signed for who files it and whose it becomes: another account files nothing with it', async () => {
    const body = { ...filing(), investor: { ...filing().investor, registrationNumber: null } };
    const { signature, text } = await signatureOf(body);
    expect(text).toContain(`"filer":"${as}","filing":`);
    const before = await cases();
    for (const who of ['investor.cmc', 'representative.besi']) {
      const refused = await api.refused('POST', '/cases', { as: who, body: { ...body, signature } });
      expect(refused, who).toMatchObject({ status: 422, body: { code: 'FILING_SIGNATURE_INVALID' } });
    }
    expect(await cases()).toBe(before);
    expect((await api.call('POST', '/cases', { as, body: { ...body, signature } })).status).toBe(201);
  });

  it('what was chosen with it is signed, too', async () => {
    const body = filing();
    const { signature } = await signatureOf(body);
    const other = { ...body, pathway: 'standard', signature };
    const refused = await api.refused('POST', '/cases', { as, body: other });
    expect(refused.body).toMatchObject({ code: 'FILING_SIGNATURE_INVALID', details: { reason: 'other-filing' } });
    const chosen = await signatureOf({ ...body, pathway: 'standard' });
    const filed = await api.call<Kept>('POST', '/cases', { as, body: { ...other, signature: chosen.signature } });
    expect([filed.status, filed.body.signed?.kind], JSON.stringify(filed.body)).toEqual([201, 'certificate']);
  });
});

it('a signing service that does not answer, or answers nonsense, is said; whoever shows it no token is not served', async () => {
  const with_ = (address: string, shown: string | undefined) =>
    accountsAt(address, shown).sign(holder, new Uint8Array(1));
  for (const [address, shown] of [
    ['http://127.0.0.1:9/none', token],
    [`${agencies.client.url}/healthz`, token],
    [url, undefined],
  ] as const)
    await expect(with_(address, shown)).rejects.toMatchObject({ code: 'SIGNING_UNAVAILABLE' });
  expect((await with_(url, token)).certificate).toContain('BEGIN CERTIFICATE');
});
