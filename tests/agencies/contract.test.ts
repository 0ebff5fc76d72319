import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agencySystems,
  consultationPath,
  type LookupKind,
  lookupPath,
  lookupSystems,
  opinionChannel,
  systemCodes,
} from '../../domain/law/agency-systems.js';
import { lookups, type LookupSubject } from '../../domain/schemas/agency-messages.js';
import { type Answer, question, Receiver, startAgencies } from './support.js';

const company = { enterpriseCode: null, name: 'Công ty TNHH Thử Nghiệm' };

/** A valid question of each kind. */
const subjects: { [K in LookupKind]: LookupSubject<K> } = {
  'name-check': { name: 'Công ty TNHH Thử Nghiệm' },
  'enterprise-record': { name: 'Công ty TNHH Thử Nghiệm', country: 'VN', registrationNumber: null },
  'identity-check': { identityNumber: '079190000001', fullName: 'Nguyễn Văn Thử', dateOfBirth: '1990-05-17' },
  declaration: { project: 'Nhà máy', investor: 'Nhà đầu tư', country: 'NL', zone: 'SHTP', totalVnd: '115000000000' },
  'project-number': { declarationId: null, decisionNumber: '12/QĐ' },
  'tax-code': { name: 'Công ty TNHH Thử Nghiệm', decisionNumber: null },
  'tax-registration': company,
  'incentive-record': { name: 'Công ty TNHH Thử Nghiệm', basis: null },
  message: { channel: 'mail', to: 'someone@example.vn', language: 'vi', subject: 'Thông báo', text: 'Nội dung' },
  'status-update': {
    dossier: 'case/X/irc-ordinary/1',
    dossierCode: 'H29.15-260302-0001',
    status: 4,
    occurredAt: '2026-03-02T02:00:00Z',
  },
  'statuses-held': { dossiers: ['case/X/irc-ordinary/1'] },
  'city-status-update': {
    dossier: 'case/X/irc-ordinary/1',
    dossierCode: null,
    status: 1,
    occurredAt: '2026-03-02T02:00:00Z',
  },
  'city-statuses-held': { dossiers: ['case/X/irc-ordinary/1'] },
  'register-document': {
    register: 'national-business-register',
    document: 'legal-status',
    purpose: { vi: 'Giải quyết thủ tục', en: 'Handling a procedure' },
    legalBasis: 'Nghị định 96/2026/NĐ-CP, Điều 6.4',
    consent: null,
    notOlderThan: null,
    about: { name: 'Công ty TNHH Thử Nghiệm', number: null, country: 'VN' },
    project: { name: 'Nhà máy', zone: 'SHTP' },
  },
};
const kinds = Object.keys(lookupSystems) as LookupKind[];
const consultedSystems = [...new Set(Object.values(agencySystems))];

let agencies: Awaited<ReturnType<typeof startAgencies>>;
let receiver: Receiver;
beforeAll(async () => {
  agencies = await startAgencies();
  receiver = await new Receiver().open();
});
afterAll(async () => {
  await agencies.stop();
  await receiver.close();
});

function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer).toMatchObject({ status, body: { type: 'about:blank', status, code } });
  expect(answer.type).toContain('application/problem+json');
}

describe.each(kinds)('look-up %s', (kind) => {
  it('answers what its contract says, the same again for the same key', async () => {
    const first = await agencies.client.lookUp(kind, subjects[kind], `once/${kind}`);
    expect(first.status).toBe(200);
    expect(lookups[kind].answer.parse(first.body)).toEqual(first.body);
    const again = await agencies.client.lookUp(kind, subjects[kind], `once/${kind}`);
    expect(again).toEqual(first);
    const journal = (await agencies.client.call('GET', `/${lookupSystems[kind]}/journal`)).body as {
      key: string;
      outcome: string;
    }[];
    expect(journal.filter(({ key }) => key === `once/${kind}`).map(({ outcome }) => outcome)).toEqual([
      '200',
      'replayed',
    ]);
  });

  it('refuses the same key with another body, no key, an unknown field, a bad field, no JSON, too much of it and a stranger', async () => {
    const path = lookupPath(kind);
    const key = { 'idempotency-key': `refusals/${kind}` };
    const body = {
      correlationId: 'c',
      caseCode: 'LX',
      procedure: null,
      askedAt: '2026-03-02T02:00:00Z',
      subject: subjects[kind],
    };
    expect((await agencies.client.call('POST', path, body, key)).status).toBe(200);
    expectProblem(
      await agencies.client.call('POST', path, { ...body, caseCode: 'LY' }, key),
      409,
      'IDEMPOTENCY_KEY_REUSED',
    );
    expectProblem(await agencies.client.call('POST', path, body), 400, 'IDEMPOTENCY_KEY_MISSING');
    expectProblem(await agencies.client.call('POST', path, { ...body, secret: 1 }, key), 422, 'UNKNOWN_FIELD');
    expectProblem(await agencies.client.call('POST', path, { ...body, subject: {} }, key), 422, 'VALIDATION_FAILED');
    expectProblem(await agencies.client.call('POST', path, '{ "half":', key), 400, 'MALFORMED_REQUEST');
    expectProblem(
      await agencies.client.call('POST', path, { ...body, caseCode: 'x'.repeat(70_000) }, key),
      413,
      'PAYLOAD_TOO_LARGE',
    );
    expectProblem(
      await agencies.client.call('POST', path, body, { ...key, authorization: 'Bearer wrong' }),
      401,
      'UNAUTHENTICATED',
    );
  });
});

describe.each(systemCodes)('system %s', (system) => {
  it('serves a contract in OpenAPI 3.1 whose references resolve and whose routes are all there', async () => {
    const answer = await agencies.client.call('GET', `/${system}/openapi.json`, undefined, { authorization: '' });
    const document = answer.body as {
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
      components: unknown;
    };
    expect(document.openapi).toBe('3.1.0');
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1] ?? '');
    for (const reference of references) {
      const target = reference
        .split('/')
        .reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], document);
      expect(target, reference).toBeTypeOf('object');
    }
    const lookupPaths = kinds.filter((kind) => lookupSystems[kind] === system).map((kind) => `/lookups/${kind}`);
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining([...lookupPaths, '/faults', '/journal']));
    expect('/consultations' in document.paths).toBe(consultedSystems.includes(system));
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const method of Object.keys(methods)) {
        const { status } = await agencies.client.call(
          method.toUpperCase(),
          `/${system}${path}`,
          method === 'get' ? undefined : {},
        );
        expect([200, 422], `${method} ${path}`).toContain(status);
      }
    }
  });

  it('shows nothing to a stranger and knows no other path', async () => {
    for (const path of ['faults', 'journal', 'nothing']) {
      expectProblem(
        await agencies.client.call('GET', `/${system}/${path}`, undefined, { authorization: '' }),
        401,
        'UNAUTHENTICATED',
      );
    }
    expectProblem(await agencies.client.call('GET', `/${system}/nothing`), 404, 'NOT_FOUND');
  });
});

describe('consultations', () => {
  it.each(Object.entries(agencySystems))('of %s are taken by %s once', async (agency, system) => {
    const asked = question(receiver.url, { agency, correlationId: `taken/${agency}` });
    const first = await agencies.client.consult(system, asked);
    expect(first).toMatchObject({ status: 202, body: { accepted: true } });
    expect(await agencies.client.consult(system, asked)).toEqual(first);
    expectProblem(
      await agencies.client.consult(system, { ...asked, dueDate: '2026-03-12' }),
      409,
      'IDEMPOTENCY_KEY_REUSED',
    );
    await expect.poll(() => receiver.correlationIds().filter((id) => id === `taken/${agency}`)).toHaveLength(1);
  });

  it.each(consultedSystems)('are refused by %s where they make no sense', async (system) => {
    const [agency] = Object.keys(agencySystems).filter((each) => agencySystems[each] === system);
    const asked = question(receiver.url, { agency, correlationId: 'refused' });
    const key = { 'idempotency-key': 'refused' };
    const post = (body: unknown, headers = key) =>
      agencies.client.call('POST', consultationPath(system), body, headers);
    expectProblem(await post({ ...asked, dueDate: '2026-02-30' }), 422, 'VALIDATION_FAILED');
    expectProblem(await post({ ...asked, askedAt: '2026-03-02T09:00:00+07:00' }), 422, 'VALIDATION_FAILED');
    expectProblem(await post({ ...asked, callbackUrl: 'file:///etc/passwd' }), 422, 'VALIDATION_FAILED');
    expectProblem(await post({ ...asked, priority: 'high' }), 422, 'UNKNOWN_FIELD');
    expectProblem(await post({ ...asked, agency: 'dost' }), 404, 'NOT_FOUND');
    expectProblem(await agencies.client.call('POST', consultationPath(system), asked), 400, 'IDEMPOTENCY_KEY_MISSING');
    expect(receiver.correlationIds()).not.toContain('refused');
  });

  it('belong to a system for the agencies of the directory only', () => {
    expect(opinionChannel('dae')).toBe('system');
    expect(opinionChannel('dost')).toBe('worklist');
    expect(opinionChannel('toString')).toBe('worklist');
  });
});
