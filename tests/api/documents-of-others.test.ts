import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool } from '../../db/pool.js';
import { findDocument } from '../../db/register/documents.js';
import { keptFile } from '../../db/register/kept-files.js';
import { uuidOf } from '../../api/hashes.js';
import { exampleProjects } from '../../seeds/index.js';
import { openProcedure, procedure } from './engine-by-hand.js';
import { addRepresentative, fileCase, fileForm, pdf, startApi, type TestApi } from './support.js';

interface Document {
  readonly id: string;
}
interface Power {
  readonly id: string;
  readonly state: string;
}

let api: TestApi;
let code = '';
const besi = 'investor.besi';
const cmc = 'investor.cmc';
const agent = 'representative.besi';
const term = { from: '2020-01-01', to: '2099-12-31' };

beforeAll(async () => {
  api = await startApi();
  await addRepresentative(api, 'representative.one', 'Lê Một');
  await addRepresentative(api, 'representative.two', 'Lê Hai');
  code = await openedCase('Lô của BESI');
});
afterAll(() => api.close());

const send = (as: string, { key, text = 'hello', query = '' }: { key?: string; text?: string; query?: string } = {}) =>
  api.call<Document & { code?: string }>('POST', `/documents${query}`, {
    as,
    raw: fileForm(pdf(text)),
    ...(key !== undefined && { key }),
  });
const read = async (as: string, id: string) => (await api.refused('GET', `/documents/${id}`, { as })).status;
const grant = async (as: string, representative: string, change: object = {}) => {
  const body = { representative, acts: ['fileDossier', 'meetGate'], procedures: null, ...term, ...change };
  const { body: power } = await api.call<Power>('POST', '/powers-of-attorney', { as, body });
  return power;
};
const accept = (as: string, { id }: Power) => api.call<Power>('POST', `/powers-of-attorney/${id}/acceptance`, { as });
const revoke = (as: string, { id }: Power) => api.call('POST', `/powers-of-attorney/${id}/revocation`, { as });
/** A case of BESI's whose certificate procedure waits for its dossier. */
const openedCase = async (lot: string): Promise<string> => {
  const { case: opened } = await fileCase(api, 'besi', besi, lot);
  await openProcedure(api, opened);
  return opened;
};
const fileDossier = async (caseCode: string, documentId: string) => {
  const body = { documents: [{ code: 'request', documentId }] };
  return (await api.refused('POST', `/cases/${caseCode}/procedures/${procedure}/dossier`, { as: besi, body })).status;
};
const meetGate = (as: string, caseCode: string, gate: string, evidence: object) =>
  api.refused('POST', `/cases/${caseCode}/gates/${gate}`, { as, body: { evidence } });

describe('somebody else’s document', () => {
  it('is opened neither by a power nobody accepted nor by an id in free text', async () => {
    const { body: document } = await send(agent, { key: 'doc-1' });
    expect(document.id).not.toBe(uuidOf('document', agent, 'doc-1'));
    const { case: other } = await fileCase(api, 'cmc');
    await grant(cmc, agent);
    const met = await meetGate(cmc, other, 'operation-started', { reference: document.id });
    expect(met.status).toBe(200);
    expect(await read(cmc, document.id)).toBe(404);
    const again = await meetGate(cmc, other, 'deposit-lodged', { reference: `document:${document.id}` });
    expect([again.status, await read(cmc, document.id)]).toEqual([200, 404]);
    expect((await meetGate(cmc, other, 'deposit-lodged', { documentId: document.id })).status).toBe(422);
  });

  it('filed in a dossier is read by whoever reads the case, and by nobody who has declared an interest', async () => {
    const { body: document } = await send(besi, { text: 'dossier' });
    const officer = 'officer.shtp-board.2';
    const others = ['auditor.1', 'leader.hcmc-committee', officer];
    for (const who of others) expect(await read(who, document.id)).toBe(404);
    expect(await fileDossier(code, document.id)).toBe(200);
    for (const who of [...others, besi]) expect(await read(who, document.id)).toBe(200);
    await api.call('POST', `/cases/${code}/interest-declarations`, { as: officer, body: { reason: 'họ hàng' } });
    expect(await read(officer, document.id)).toBe(404);
    expect((await api.refused('GET', `/cases/${code}`, { as: officer })).body.code).toBe('ACTOR_RECUSED');
  });

  it('keeps its old id, and the key it was sent under', async () => {
    const owner = createPool(api.database.migratorUrl, { max: 1 });
    const old = uuidOf('document', besi, 'of-0.3.0');
    const { body: like } = await send(besi, { text: 'old' });
    await owner.query(
      `insert into document (id, sha256, file_name, media_type, bytes, owner, uploaded_by, uploaded_at)
       select $1, sha256, file_name, media_type, bytes, owner, uploaded_by, uploaded_at from document where id = $2`,
      [old, like.id],
    );
    await owner.end();
    // As it was kept then: in clear.
    await writeFile(keptFile(api.documentsFolder, (await findDocument(api.pool, old))?.sha256 ?? ''), pdf('old'));
    expect(await read(besi, old)).toBe(200);
    expect((await send(besi, { key: 'of-0.3.0', text: 'old' })).body.id).toBe(old);
    expect((await send(besi, { key: 'of-0.3.0', text: 'another' })).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });
});

describe('what a representative uploads', () => {
  it('belongs to the investor, who sees and uses it, also once the power is revoked', async () => {
    const one = 'representative.one';
    expect((await send(one)).body.code).toBe('OUTSIDE_POWER_OF_ATTORNEY');
    const power = await grant(besi, one);
    expect((await send(one)).body.code).toBe('OUTSIDE_POWER_OF_ATTORNEY');
    expect((await accept(one, power)).body.state).toBe('in-force');
    const { body: document } = await send(one, { text: 'of the representative' });
    expect([await read(one, document.id), await read(besi, document.id)]).toEqual([200, 200]);
    await revoke(besi, power);
    expect([await read(one, document.id), await read(besi, document.id)]).toEqual([404, 200]);
    expect(await fileDossier(await openedCase('Lô của B17'), document.id)).toBe(200);
  });

  it('is said for whom, where there is more than one, and is shown for nobody else', async () => {
    const two = 'representative.two';
    for (const investor of [besi, cmc]) await accept(two, await grant(investor, two));
    expect((await send(two)).body.code).toBe('VALIDATION_FAILED');
    const { body: document } = await send(two, { query: `?onBehalfOf=${cmc}` });
    expect([await read(cmc, document.id), await read(besi, document.id)]).toEqual([200, 404]);
    const body = { documents: [{ code: 'request', documentId: document.id }] };
    const filed = await api.refused('POST', `/cases/${code}/procedures/${procedure}/dossier`, { as: two, body });
    expect(filed.body.code).toBe('UNKNOWN_VALUE');
  });
});

describe('a power of attorney for one procedure', () => {
  it('opens that procedure and the header of the case, and nothing else', async () => {
    const as = 'representative.one';
    const [{ body: theirs }, { body: others }] = [
      await send(besi, { text: 'irc' }),
      await send(besi, { text: 'land' }),
    ];
    const { documents: _none, ...example } = exampleProjects.besi;
    const lot = 'Lô của ủy quyền';
    const { body: filed } = await api.call<{ case: string }>('POST', '/cases', {
      as: besi,
      body: {
        ...example,
        project: { ...example.project, site: { ...example.project.site, lot } },
        documents: [
          { procedure, code: 'request', documentId: theirs.id },
          { procedure: 'enterprise-registration', code: 'charter', documentId: others.id },
        ],
      },
    });
    const power = await grant(besi, as, { procedures: [procedure] });
    await accept(as, power);
    const codes = await Promise.all(
      ['', '/timeline', '/questions', '/forms', '/roadmap', '/ledger', '/duties', '/trial', '/trial/council'].map(
        async (path) => [path, (await api.refused('GET', `/cases/${filed.case}${path}`, { as })).status],
      ),
    );
    expect(Object.fromEntries(codes)).toEqual({
      '': 200,
      '/timeline': 200,
      '/questions': 200,
      '/forms': 200,
      '/roadmap': 403,
      '/ledger': 403,
      '/duties': 403,
      '/trial': 403,
      '/trial/council': 403,
    });
    expect([await read(as, theirs.id), await read(as, others.id)]).toEqual([200, 404]);
    const { body } = await api.call<Record<string, unknown>>('GET', `/cases/${filed.case}`, { as });
    expect(body).toMatchObject({ project: null, investor: null, survey: null });
  });
});

it('what acts of before had shown is filled in from the fields of their events, as the door writes it', async () => {
  const owner = createPool(api.database.migratorUrl, { max: 1 });
  try {
    const file = join(import.meta.dirname, '../../db/migrations/0023_who_reads.sql');
    const statements = (await readFile(file, 'utf8')).split('--> statement-breakpoint');
    for (const table of ['document_use', 'recusal']) {
      const fill = statements.find((one) => one.includes(`INSERT INTO ${table}`)) ?? '';
      const written = async () =>
        (await owner.query<{ row: string }>(`select t::text as row from ${table} t order by 1`)).rows;
      const before = await written();
      expect(before.length).toBeGreaterThan(0);
      await owner.query(`delete from ${table}`);
      await owner.query(fill);
      expect(await written()).toEqual(before);
    }
  } finally {
    await owner.end();
  }
});

it('an upload that its key refuses, or a quota, leaves nothing on the disk, and says what to do', async () => {
  const quotas = { ...api.deps.limits.quotas, documents: { perDay: 2, bytesPerDay: 1e9, unusedBytes: 1e9 } };
  const small = await startApi(({ limits }) => ({ limits: { ...limits, quotas } }));
  try {
    const kept = async () => {
      const folders = (await readdir(small.documentsFolder)).filter((name) => name !== 'incoming');
      const files = await Promise.all(folders.map((folder) => readdir(`${small.documentsFolder}/${folder}`)));
      return [files.flat().length, (await readdir(`${small.documentsFolder}/incoming`)).length];
    };
    const put = (text: string, key: string) =>
      small.refused('POST', '/documents', { as: besi, raw: fileForm(pdf(text)), key });
    expect([(await put('a', 'k1')).status, (await put('b', 'k2')).status]).toEqual([201, 201]);
    expect((await put('other bytes', 'k1')).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    const refused = await put('c', 'k3');
    expect(refused.body).toMatchObject({ code: 'QUOTA_EXCEEDED', details: { quota: 'documents-per-day', limit: 2 } });
    expect(refused.body.detail).toBeTruthy();
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(80_000);
    expect(await kept()).toEqual([2, 0]);
    expect((await put('a', 'k1')).headers.get('Idempotency-Replayed')).toBe('true');
  } finally {
    await small.close();
  }
});
