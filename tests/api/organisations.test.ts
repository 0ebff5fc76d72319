import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOfEnterprise } from '../../db/people/enterprises.js';
import { noteVouched } from '../../db/people/organisations.js';
import { enterpriseIn } from '../../api/sign-in/issuer.js';
import { createPool } from '../../db/pool.js';
import { erase } from '../../db/register/erasure.js';
import { exampleProjects } from '../../seeds/index.js';
import { openProcedure } from './engine-by-hand.js';
import { query } from '../support/sql.js';
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
  readonly vouched: {
    readonly organisation: string | null;
    readonly managed: boolean;
    readonly seenOut: boolean;
  } | null;
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
    // What the sign-on said long ago holds no more, until they sign in again.
    await noteVouched(api.pool, second, besi, 1);
    expect((await seen(second)).vouched).not.toBeNull();
    await query(
      api.database.migratorUrl,
      `update enterprise_vouched set holds_until = clock_timestamp() - interval '1 second' where person = $1`,
      [second],
    );
    expect((await seen(second)).vouched).toBeNull();
    expect(answers(await does(second, ''))).toEqual([403, 'ENTERPRISE_NOT_VOUCHED']);
    expect(answers(await does(second, `/${organisation}/membership`))).toEqual([403, 'ENTERPRISE_NOT_VOUCHED']);
    expect(await isOfEnterprise(api.pool, [second], besi.enterprise)).toBe(false);
    await noteVouched(api.pool, second, besi);
    expect(await isOfEnterprise(api.pool, [second], besi.enterprise)).toBe(true);
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
    const whose = await api.call<{ onBehalfOf: string | null }>('GET', `/cases/${code}`, { as: second });
    expect(whose.body.onBehalfOf).toBe(organisation);
    const me = await api.call<{ powersOfAttorney: unknown[] }>('GET', '/me', { as: second });
    expect(me.body.powersOfAttorney).toMatchObject([{ grantor: organisation, memberAs: 'reads', acts: [] }]);
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
    // Told once, however often it was sent; nobody else is.
    const { rows } = await api.pool.query(`select person, vars from notice where kind = 'member-invited'`);
    expect(rows).toEqual([{ person: invited, vars: { outcome: 'files' } }]);
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

  it('is not joined again by whom a manager saw out: only an invitation leads back', async () => {
    await noteVouched(api.pool, invited, besi);
    expect((await seen(invited)).vouched).toMatchObject({ organisation, managed: true, seenOut: true });
    expect(answers(await does(invited, `/${organisation}/membership`))).toEqual([403, 'MEMBERSHIP_ENDED']);
    expect(await reads(invited)).toBe(403);
    const { rows } = await api.pool.query<{ by: string }>(
      `select ended_by as by from power_of_attorney where grantor = $1 and representative = $2 and revoked_at is not null`,
      [organisation, invited],
    );
    expect(rows).toEqual([{ by: second }]);
    await does(second, `/${organisation}/invitations`, { person: invited, as: 'files' });
    expect((await does(invited, `/${organisation}/invitations/acceptance`)).status).toBe(200);
    expect(await reads(invited)).toBe(200);
  });

  it('is joined again by who left of their own accord, and its managers are told of each who joins', async () => {
    const told = async () =>
      (
        await api.pool.query<{ person: string }>(
          `select person from notice where kind = 'member-joined' and ref like 'organisation/' || $1 || '/%' order by at`,
          [organisation],
        )
      ).rows.map(({ person }) => person);
    const before = await told();
    expect(before).toEqual([first]);
    expect((await does(first, `/${organisation}/membership`)).body.items[0]?.as).toBe('reads');
    expect((await does(first, `/${organisation}/membership`)).status).toBe(200);
    expect(await told()).toEqual([first, second]);
  });

  it('files what a colleague uploaded for it, while they are in it, and not what a colleague keeps for themselves', async () => {
    const filed = (await file(second, organisation)).body.case;
    await openProcedure(api, filed);
    const forIt = await upload(api, invited, 'for it', organisation);
    const forMyself = await upload(api, invited, 'for myself');
    const dossier = (as: string, documentId: string) =>
      api.call<{ code?: string }>('POST', `/cases/${filed}/procedures/irc-ordinary/dossier`, {
        ...{ as, key: randomUUID(), body: { documents: [{ code: 'request', documentId }] } },
      });
    expect((await dossier(second, forMyself)).status).toBe(422);
    expect((await dossier(stranger, forIt)).status).toBe(403);
    expect((await dossier(second, forIt)).status).toBe(200);
  });

  it('leaves each their own data: memberships, who vouches, and their words in its cases', async () => {
    const text = 'Gọi tôi: 0901 234 567';
    const asked = { as: invited, key: randomUUID(), body: { procedure: null, text } };
    expect((await api.call('POST', `/cases/${code}/questions`, asked)).status).toBe(200);
    interface Own {
      readonly cases: readonly unknown[];
      readonly powersOfAttorney: readonly unknown[];
      readonly memberships: readonly { readonly as: string; readonly endedAt: string | null }[];
      readonly vouched: unknown;
      readonly casesOfOrganisations: readonly {
        readonly case: string;
        readonly organisation: string;
        readonly words: readonly { readonly text: string | null }[];
      }[];
    }
    const own = async (as: string) => (await api.call<Own>('GET', '/me/data', { as })).body;
    const mine = await own(invited);
    expect([mine.cases, mine.powersOfAttorney]).toEqual([[], []]);
    expect(mine.vouched).toMatchObject(besi);
    expect(mine.memberships.map((one) => [one.as, one.endedAt === null]).sort()).toEqual([
      ['files', false],
      ['files', true],
    ]);
    const there = mine.casesOfOrganisations.find((one) => one.case === code);
    expect(there).toMatchObject({ organisation, words: [{ text }] });
    expect(JSON.stringify(await own(second))).not.toContain(text);
    expect(await own(stranger)).toMatchObject({ memberships: [], vouched: null, casesOfOrganisations: [] });
  });

  it('with open cases keeps its last manager from being erased', async () => {
    const why = { askedBy: 'đơn 12/2026', basis: 'Luật 91/2025/QH15' };
    const body = { kind: 'person', ref: second, ...why };
    const refused = await api.call<{ code?: string; details?: { open: string[] } }>('POST', '/erasures', {
      as: 'admin.1',
      body,
    });
    expect(answers(refused)).toEqual([409, 'PRECONDITION_FAILED']);
    expect(refused.body.details?.open).toContain(code);
    expect((await does(second, member(first, 'role'), { as: 'manages' })).status).toBe(200);
    const owner = createPool(api.database.migratorUrl, { max: 1 });
    try {
      const now = new Date().toISOString();
      const { what } = await erase(owner, { kind: 'person', ref: second, ...why, now });
      expect(what).toMatchObject({ person: 1, enterprise_vouched: 1, power_of_attorney: 1 });
    } finally {
      await owner.end();
    }
    const left = await api.pool.query(
      `select 1 from enterprise_vouched where person = $1 union all
       select 1 from power_of_attorney where representative = $1 and member_as is not null and revoked_at is null`,
      [second],
    );
    expect(left.rows).toEqual([]);
    expect(answers(await does(first, member(first, 'departure')))).toEqual([409, 'LAST_MANAGER']);
  });

  it('is taken over by somebody vouched for once nobody is left who manages it', async () => {
    await noteVouched(api.pool, stranger, besi);
    await query(api.database.migratorUrl, `update person set active = false where id = $1`, [first]);
    expect((await seen(stranger)).vouched).toMatchObject({ organisation, managed: false, seenOut: false });
    // Whom a manager saw out once stays what they are.
    expect((await does(invited, `/${organisation}/membership`)).body.items).toMatchObject([{ as: 'files' }]);
    expect((await does(stranger, `/${organisation}/membership`)).body.items).toMatchObject([{ as: 'manages' }]);
    expect((await seen(stranger)).vouched).toMatchObject({ managed: true });
    expect((await file(stranger, organisation)).status).toBe(201);
    const { rows } = await api.pool.query<{ person: string }>(
      `select person from notice where kind = 'member-joined' and vars ->> 'outcome' = 'manages'`,
    );
    expect(rows.map(({ person }) => person)).toEqual([invited]);
  });

  it('is told through its people, and sends nothing to its account', async () => {
    const { rows } = await api.pool.query(`select 1 from notice_sending where person = $1`, [organisation]);
    expect(rows).toEqual([]);
  });
});

it('is vouched for by the number of an enterprise, not by that of a dependent unit', () => {
  const said = (number: string) => enterpriseIn({ of: { number, name: besi.name } }, 'of');
  expect(said('0312345678')).toEqual(besi);
  expect(said('0312345678-001')).toBeNull();
  expect(said('0312345678001')).toBeNull();
});
