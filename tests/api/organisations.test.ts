import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteVouched } from '../../db/people/organisations.js';
import { exampleProjects } from '../../seeds/index.js';
import { openProcedure } from './engine-by-hand.js';
import { startApi, type TestApi, upload } from './support.js';

let api: TestApi;
let organisation = '';
let code = '';
const besi = { enterprise: 'VN/0312345678', name: 'Công ty TNHH BESI Việt Nam' };
const [first, second, invited, stranger] = ['investor.besi', 'investor.cmc', 'investor.drone', 'investor.ai'];

beforeAll(async () => {
  api = await startApi();
  await noteVouched(api.pool, first, besi);
});
afterAll(() => api.close());

interface Organisations {
  readonly items: {
    readonly id: string;
    readonly as: string;
    readonly invited: boolean;
    readonly members: { readonly person: string; readonly as: string; readonly invited: boolean }[];
  }[];
  readonly vouched: { readonly organisation: string | null } | null;
  readonly code?: string;
}
const does = (as: string, path: string, body: unknown = {}, key: string = randomUUID()) =>
  api.call<Organisations>('POST', `/organisations${path}`, { as, key, body });
const seen = async (as: string) => (await api.call<Organisations>('GET', '/organisations', { as })).body;
const member = (person: string, what: string) => `/${organisation}/members/${person}/${what}`;
const answers = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
const file = (as: string, onBehalfOf?: string) =>
  api.call<{ case: string; code?: string }>('POST', '/cases', {
    ...{ as, key: randomUUID() },
    body: { ...exampleProjects.besi, ...(onBehalfOf !== undefined && { onBehalfOf }) },
  });
const reads = async (as: string) => (await api.call('GET', `/cases/${code}`, { as })).status;

describe('an organisation with several people', () => {
  it('is founded by somebody for whom the sign-on vouches, once, and by nobody else', async () => {
    expect(answers(await does(stranger, ''))).toEqual([403, 'ENTERPRISE_NOT_VOUCHED']);
    const founded = await does(first, '');
    organisation = founded.body.items[0]?.id ?? '';
    expect(founded.body.items).toMatchObject([{ as: 'manages', invited: false, members: [{ person: first }] }]);
    expect((await does(first, '')).body.items.map(({ id }) => id)).toEqual([organisation]);
    await noteVouched(api.pool, second, besi);
    expect(answers(await does(second, ''))).toEqual([409, 'CONFLICT']);
  });

  it('files cases that are its own, by whoever may file for it', async () => {
    const filed = await file(first, organisation);
    expect(filed.status).toBe(201);
    code = filed.body.case;
    const { rows } = await api.pool.query<{ investor: string }>('select investor from case_head where code = $1', [
      code,
    ]);
    expect(rows).toEqual([{ investor: organisation }]);
    const opened = await api.pool.query<{ actor: { id: string; onBehalfOf: string } }>(
      'select actor from case_event where case_code = $1 and seq = 1',
      [code],
    );
    expect(opened.rows[0]?.actor).toMatchObject({ id: first, onBehalfOf: organisation });
    expect(answers(await file(stranger, organisation))).toEqual([403, 'OUTSIDE_POWER_OF_ATTORNEY']);
    expect(await reads(stranger)).toBe(403);
    expect(await reads(second)).toBe(403);
  });

  it('is joined by others of the same enterprise, who read its cases and do nothing in them', async () => {
    expect(answers(await does(stranger, `/${organisation}/membership`))).toEqual([403, 'ENTERPRISE_NOT_VOUCHED']);
    const joined = await does(second, `/${organisation}/membership`);
    expect(joined.body.items).toMatchObject([{ id: organisation, as: 'reads', invited: false }]);
    expect(await reads(second)).toBe(200);
    const list = await api.call<{ items: { case: string }[] }>('GET', '/cases', { as: second });
    expect(list.body.items.map((one) => one.case)).toContain(code);
    expect(answers(await file(second, organisation))).toEqual([403, 'OUTSIDE_POWER_OF_ATTORNEY']);
    const withdrawn = await api.call<{ code?: string }>('POST', `/cases/${code}/withdrawal`, {
      ...{ as: second, key: randomUUID(), body: { reason: 'x' } },
    });
    expect(answers(withdrawn)).toEqual([403, 'OUTSIDE_POWER_OF_ATTORNEY']);
    expect(answers(await does(second, `/${organisation}/invitations`, { person: invited, as: 'files' }))).toEqual([
      403,
      'FORBIDDEN',
    ]);
  });

  it('asks others in: nothing is theirs before they accept', async () => {
    const body = { person: invited, as: 'files' };
    const key = randomUUID();
    expect((await does(first, `/${organisation}/invitations`, body, key)).status).toBe(200);
    expect((await does(first, `/${organisation}/invitations`, body, key)).status).toBe(200);
    expect(answers(await does(first, `/${organisation}/invitations`, body))).toEqual([409, 'DUPLICATE_REQUEST']);
    expect((await seen(invited)).items).toMatchObject([
      { id: organisation, invited: true, members: [{ person: invited }] },
    ]);
    expect(await reads(invited)).toBe(403);
    expect(answers(await does(stranger, `/${organisation}/invitations/acceptance`))).toEqual([404, 'NOT_FOUND']);
    expect((await does(invited, `/${organisation}/invitations/acceptance`)).body.items[0]?.invited).toBe(false);
    expect(await reads(invited)).toBe(200);
    for (const person of ['officer.dost.1', 'nobody', organisation, 'representative.besi'])
      expect(answers(await does(first, `/${organisation}/invitations`, { person, as: 'reads' }))).toEqual([
        422,
        'UNKNOWN_VALUE',
      ]);
  });

  it('has its dossiers filed by whoever may file, recorded by the person, with what they uploaded themselves', async () => {
    const documentId = await upload(api, invited);
    await openProcedure(api, code);
    const dossier = await api.call<{ code?: string }>('POST', `/cases/${code}/procedures/irc-ordinary/dossier`, {
      ...{ as: invited, key: randomUUID(), body: { documents: [{ code: 'request', documentId }] } },
    });
    expect(dossier.status).toBe(200);
    const { rows } = await api.pool.query<{ actor: { id: string; onBehalfOf: string } }>(
      `select actor from case_event where case_code = $1 and type = 'dossierFiled'`,
      [code],
    );
    expect(rows.at(-1)?.actor).toMatchObject({ id: invited, onBehalfOf: organisation });
    const bytes = (as: string) =>
      api.issuer
        .tokenOf(as)
        .then((token) =>
          fetch(`${api.url}/api/v1/documents/${documentId}`, { headers: { authorization: `Bearer ${token}` } }),
        );
    expect((await bytes(second)).status).toBe(200);
    expect((await bytes(stranger)).status).not.toBe(200);
  });

  it('keeps a manager: the last one neither leaves nor becomes less', async () => {
    expect(answers(await does(first, member(first, 'departure')))).toEqual([409, 'LAST_MANAGER']);
    expect(answers(await does(first, member(first, 'role'), { as: 'files' }))).toEqual([409, 'LAST_MANAGER']);
    expect(answers(await does(invited, member(second, 'role'), { as: 'files' }))).toEqual([403, 'FORBIDDEN']);
    expect(answers(await does(stranger, member(second, 'departure')))).toEqual([404, 'NOT_FOUND']);
    expect((await does(first, member(second, 'role'), { as: 'manages' })).status).toBe(200);
    expect((await file(second, organisation)).status).toBe(201);
    expect((await does(first, member(first, 'departure'))).status).toBe(200);
  });

  it('is left: from then on its cases are nothing to whoever filed them', async () => {
    expect(await reads(first)).toBe(403);
    expect((await seen(first)).items).toEqual([]);
    expect(answers(await file(first, organisation))).toEqual([403, 'OUTSIDE_POWER_OF_ATTORNEY']);
    expect(await reads(second)).toBe(200);
    expect((await does(second, member(invited, 'departure'))).status).toBe(200);
    expect(await reads(invited)).toBe(403);
  });

  it('is told through its people, and sends nothing to its account', async () => {
    const { rows } = await api.pool.query(`select 1 from notice_sending where person = $1`, [organisation]);
    expect(rows).toEqual([]);
  });
});
