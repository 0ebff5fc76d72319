import { afterAll, beforeAll, expect, it } from 'vitest';
import { assuranceIn } from '../../api/auth/tokens.js';
import { fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const scope = 'case:read case:file evidence:read';

it('of each act it is kept how surely the sign-on knew who did it, and nothing where it did not say', async () => {
  const { case: code } = await fileCase(api, 'cmc');
  const acts = [
    ['1', 'operation-started'],
    ['2', 'deposit-lodged'],
  ] as const;
  for (const [acr, gate] of acts) {
    const token = await api.issuer.sign({ sub: 'investor.cmc', scope, acr });
    const body = { evidence: { reference: `số ${gate}` } };
    expect((await api.call('POST', `/cases/${code}/gates/${gate}`, { token, body })).status).toBe(200);
  }
  interface Timeline {
    readonly items: readonly { readonly type: string; readonly actor: { readonly assurance: number | null } }[];
  }
  const levels = async (as: string) => {
    const { body } = await api.call<Timeline>('GET', `/cases/${code}/timeline?limit=100`, { as });
    const of = (type: string) => body.items.filter((one) => one.type === type).map(({ actor }) => actor.assurance);
    return { opened: of('caseOpened'), gates: of('gateMet') };
  };
  for (const as of ['investor.cmc', 'auditor.1', 'leader.hcmc-committee'])
    expect(await levels(as)).toEqual({ opened: [null], gates: [1, 2] });
  // It is of the event, and so in the chain of evidence.
  const { rows } = await api.pool.query<{ level: string }>(
    `select canonical::json -> 'actor' ->> 'assurance' as level from case_event where case_code = $1 and type = 'gateMet' order by seq`,
    [code],
  );
  expect(rows.map(({ level }) => level)).toEqual(['1', '2']);
});

it('is said in the issuer’s own words where the settings say what they are here', () => {
  const assuranceMap = { 'urn:vn:high': 2, 'urn:vn:low': 1 } as const;
  const claims = { assurance: '/identity/level', assuranceMap };
  expect(assuranceIn({ identity: { level: 'urn:vn:high' } }, claims)).toBe(2);
  expect(assuranceIn({ identity: { level: 'urn:vn:low' } }, claims)).toBe(1);
  for (const level of ['2', 'constructor', 2, null, undefined, ['urn:vn:high']])
    expect(assuranceIn({ identity: { level } }, claims)).toBeUndefined();
  expect(assuranceIn({ acr: 2 }, {})).toBe(2);
  for (const acr of ['3', '0', '02', '', true]) expect(assuranceIn({ acr }, {})).toBeUndefined();
});
