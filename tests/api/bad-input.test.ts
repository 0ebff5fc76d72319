import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseCode } from '../../domain/case/case/code.js';
import { type ErrorCode, errors } from '../../domain/errors.js';
import { plainDate } from '../../domain/time/instants.js';
import { exampleProjects } from '../../seeds/index.js';
import { openAssessment, openIntake, procedure } from './engine-by-hand.js';
import { fileCase, fileForm, hmacSecret, pdf, startApi, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const as = 'investor.besi';
const { besi } = exampleProjects;
const withProject = (change: object) => ({ ...besi, project: { ...besi.project, ...change } });
const withCapital = (change: object) => withProject({ capital: { ...besi.project.capital, ...change } });
const withSite = (change: object) => withProject({ site: { ...besi.project.site, ...change } });

const cases = async () => Number((await api.pool.query('select count(*) as n from case_head')).rows[0]?.['n']);

describe('a filing that cannot be meant', () => {
  it.each<[string, ErrorCode, unknown, string]>([
    ['an unknown field', 'UNKNOWN_FIELD', { ...besi, colour: 'green' }, '/colour'],
    ['an unknown field deep inside', 'UNKNOWN_FIELD', withSite({ street: 'D1' }), '/project/site/street'],
    ['a number where text belongs', 'WRONG_TYPE', withSite({ lot: 7 }), '/project/site/lot'],
    ['text where a truth value belongs', 'WRONG_TYPE', withProject({ construction: 'yes' }), '/project/construction'],
    [
      'a negative amount',
      'AMOUNT_OUT_OF_RANGE',
      withCapital({ totalVnd: '-115000000000' }),
      '/project/capital/totalVnd',
    ],
    ['an absurd amount', 'AMOUNT_OUT_OF_RANGE', withCapital({ totalVnd: '9'.repeat(20) }), '/project/capital/totalVnd'],
    ['an amount of nothing', 'AMOUNT_OUT_OF_RANGE', withCapital({ totalVnd: '0' }), '/project/capital/totalVnd'],
    ['a negative area', 'AMOUNT_OUT_OF_RANGE', withSite({ areaM2: -1 }), '/project/site/areaM2'],
    [
      'a share above the whole',
      'AMOUNT_OUT_OF_RANGE',
      withCapital({ foreignShare: 1.5 }),
      '/project/capital/foreignShare',
    ],
    ['a term of a thousand years', 'AMOUNT_OUT_OF_RANGE', withProject({ termYears: 1000 }), '/project/termYears'],
    ['an unknown zone', 'UNKNOWN_VALUE', withSite({ zone: 'MOON' }), '/project/site/zone'],
    ['an unknown field of technology', 'UNKNOWN_VALUE', withProject({ field: 'alchemy' }), '/project/field'],
    ['a control character in a name', 'VALIDATION_FAILED', withSite({ lot: 'T1\u0000' }), '/project/site/lot'],
    ['something missing', 'VALIDATION_FAILED', withProject({ termYears: undefined }), '/project/termYears'],
  ])('is refused for %s with %s', async (_what, code, body, pointer) => {
    const before = await cases();
    const answer = await api.refused('POST', '/cases', { as, body });
    expect(answer.body.code).toBe(code);
    expect(answer.status).toBe(errors[code].http);
    expect(answer.body.errors).toMatchObject([{ in: 'body', pointer }]);
    expect(await cases()).toBe(before);
  });

  it('names every field where several things are wrong, without repeating a value', async () => {
    const body = { ...withSite({ zone: 'SECRET-ZONE', areaM2: -1 }), colour: 1 };
    const answer = await api.refused('POST', '/cases', { as, body });
    expect(answer.body.code).toBe('VALIDATION_FAILED');
    expect(answer.body.errors?.map(({ code }) => code).sort()).toEqual([
      'AMOUNT_OUT_OF_RANGE',
      'UNKNOWN_FIELD',
      'UNKNOWN_VALUE',
    ]);
    expect(JSON.stringify(answer.body)).not.toContain('SECRET-ZONE');
  });

  it.each<[string, ErrorCode, string, Record<string, string>]>([
    ['JSON that ends half-way', 'MALFORMED_REQUEST', '{"kind": "green-lane"', {}],
    [
      'no JSON at all',
      'UNSUPPORTED_MEDIA_TYPE',
      'kind=green-lane',
      { 'content-type': 'application/x-www-form-urlencoded' },
    ],
    ['an unknown charset', 'UNSUPPORTED_MEDIA_TYPE', '{}', { 'content-type': 'application/json; charset=klingon' }],
    ['a body without end', 'PAYLOAD_TOO_LARGE', JSON.stringify({ ...besi, padding: 'x'.repeat(300_000) }), {}],
    ['a body that is a list', 'WRONG_TYPE', '[]', {}],
    ['half a surrogate pair', 'VALIDATION_FAILED', JSON.stringify(withSite({ lot: '\ud800' })), {}],
  ])('is refused for %s with %s', async (_what, code, raw, headers) => {
    const before = await cases();
    const answer = await api.refused('POST', '/cases', {
      as,
      raw,
      headers: { 'content-type': 'application/json', ...headers },
    });
    expect(answer).toMatchObject({ status: errors[code].http, body: { code } });
    expect(await cases()).toBe(before);
  });

  it('is refused without an Idempotency-Key, and with one that is no key', async () => {
    expect((await api.refused('POST', '/cases', { as, body: besi, key: null })).body.code).toBe(
      'IDEMPOTENCY_KEY_MISSING',
    );
    expect((await api.refused('POST', '/cases', { as, body: besi, key: 'x y' })).body).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ in: 'header', pointer: '/idempotency-key' }],
    });
  });

  it('is refused on a day outside the calendar', async () => {
    const answer = await api.refused('POST', '/screenings?at=2031-03-02T09:00:00Z&lawAt=2026-11-22', {
      body: besi,
      key: null,
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'CALENDAR_UNKNOWN' } });
  });

  it('is refused on a day without law, and for a date that is none', async () => {
    const path = (day: string) => `/screenings?at=2026-03-02T09:00:00Z&lawAt=${day}`;
    expect((await api.refused('POST', path('1999-01-01'), { body: besi, key: null })).body.code).toBe(
      'DEFINITION_UNKNOWN',
    );
    expect((await api.refused('POST', path('2026-02-30'), { body: besi, key: null })).body).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ in: 'query', pointer: '/lawAt' }],
    });
  });

  it('is refused for a pathway that the law forbids, with the clause', async () => {
    const answer = await api.refused('POST', '/cases', { as, body: { ...besi, pathway: 'strategic' } });
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'PRECONDITION_FAILED', details: { pathway: 'strategic' } },
    });
    expect(answer.body.details?.['clauses']).not.toEqual([]);
  });

  it.each<[string, object, string]>([
    [
      'of a procedure nobody knows',
      { procedure: 'moon-permit', code: 'request', documentId: randomUUID() },
      '/documents/0/procedure',
    ],
    [
      'that is no part of the dossier',
      { procedure, code: 'love-letter', documentId: randomUUID() },
      '/documents/0/code',
    ],
    ['that nobody uploaded', { procedure, code: 'request', documentId: randomUUID() }, '/documents/0/documentId'],
    [
      'whose id is none',
      { procedure, code: 'request', documentId: "x'; drop table person" },
      '/documents/0/documentId',
    ],
    [
      'for a procedure that takes no dossier',
      { procedure: 'irc-after-approval', code: 'policy-decision', documentId: randomUUID() },
      '/documents/0/procedure',
    ],
  ])('is refused for a document %s', async (_what, document, pointer) => {
    const answer = await api.refused('POST', '/cases', { as, body: { ...besi, documents: [document] } });
    expect(answer).toMatchObject({ status: 422, body: { code: 'UNKNOWN_VALUE', errors: [{ pointer }] } });
  });
});

describe('a document', () => {
  const uploadAs = (form: FormData) => api.refused('POST', '/documents', { as, raw: form });
  const documents = async () => Number((await api.pool.query('select count(*) as n from document')).rows[0]?.['n']);

  it.each<[string, ErrorCode, () => FormData]>([
    ['of an ending we do not take', 'DOCUMENT_TYPE_REFUSED', () => fileForm(pdf(), 'run.exe', 'application/pdf')],
    ['whose content is another', 'DOCUMENT_CONTENT_MISMATCH', () => fileForm(pdf(), 'photo.png', 'image/png')],
    ['whose ending is another', 'DOCUMENT_CONTENT_MISMATCH', () => fileForm(pdf(), 'paper.docx', 'application/pdf')],
    ['that is plain text', 'DOCUMENT_CONTENT_MISMATCH', () => fileForm(new TextEncoder().encode('hello'), 'a.pdf')],
    ['that is empty', 'DOCUMENT_CONTENT_MISMATCH', () => fileForm(new Uint8Array(), 'a.pdf')],
    ['that is too large', 'PAYLOAD_TOO_LARGE', () => fileForm(pdf('x'.repeat(300_000)))],
    ['that is missing', 'VALIDATION_FAILED', () => new FormData()],
    [
      'with a second one',
      'MALFORMED_REQUEST',
      () => {
        const form = fileForm(pdf());
        form.append('file', new Blob([pdf() as never], { type: 'application/pdf' }), 'b.pdf');
        return form;
      },
    ],
  ])('%s is refused with %s and leaves nothing behind', async (_what, code, form) => {
    const before = await documents();
    expect(await uploadAs(form())).toMatchObject({ status: errors[code].http, body: { code } });
    expect(await documents()).toBe(before);
  });

  it('that is no form is refused', async () => {
    const answer = await api.refused('POST', '/documents', {
      as,
      raw: 'hello',
      headers: { 'content-type': 'text/plain' },
    });
    expect(answer).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
  });

  it('under a key of another one is refused', async () => {
    const send = (text: string) =>
      api.refused('POST', '/documents', { as, raw: fileForm(pdf(text)), key: 'document-1' });
    expect((await send('one')).status).toBe(201);
    expect((await send('one')).status).toBe(201);
    expect(await send('two')).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });
});

describe('a task', () => {
  it('of another agency, of another role, done already or held by somebody else is refused, each with its code', async () => {
    const { case: code } = await fileCase(api);
    const taskId = await openIntake(api, code);
    const first = { as: 'receiving-officer.hcmc-pasc.1' };
    const second = { as: 'receiving-officer.hcmc-pasc.2' };
    const complete = { body: { outcome: 'receive' } };
    const foreign = await api.refused('POST', `/tasks/${taskId}/claim`, { as: 'officer.shtp-board.1' });
    expect(foreign).toMatchObject({ status: 403, body: { code: 'TASK_NOT_YOURS' } });
    expect((await api.call('POST', `/tasks/${taskId}/claim`, first)).status).toBe(200);
    expect((await api.refused('POST', `/tasks/${taskId}/claim`, second)).body.code).toBe('CONFLICT');
    expect((await api.refused('POST', `/tasks/${taskId}/completion`, { ...second, ...complete })).body.code).toBe(
      'CONFLICT',
    );
    expect(
      (await api.refused('POST', `/tasks/${taskId}/completion`, { ...first, body: { outcome: 'approve' } })).body,
    ).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { field: 'outcome', allowed: ['receive', 'complete', 'refuse'] },
    });
    expect(
      (await api.refused('POST', `/tasks/${taskId}/completion`, { ...first, body: { outcome: 'dance' } })).body.code,
    ).toBe('UNKNOWN_VALUE');
    expect((await api.call('POST', `/tasks/${taskId}/completion`, { ...first, ...complete })).status).toBe(200);
    expect(await api.refused('POST', `/tasks/${taskId}/completion`, { ...first, ...complete })).toMatchObject({
      status: 409,
      body: { code: 'TASK_CLOSED' },
    });
    const missing = `${code}.99999`;
    expect((await api.refused('POST', `/tasks/${missing}/claim`, first)).body.code).toBe('NOT_FOUND');
    expect((await api.refused('POST', '/tasks/not-a-task/claim', first)).body.code).toBe('VALIDATION_FAILED');
  });

  it('is decided by nobody who proposed it, and a supplement is asked for within the law', async () => {
    const { case: code } = await fileCase(api);
    const taskId = await openAssessment(api, code);
    const officer = { as: 'officer.shtp-board.1' };
    await api.call('POST', `/tasks/${taskId}/claim`, officer);
    const ask = { ...officer, body: { ground: 'supplement', items: ['Báo cáo tài chính'], reason: 'Thiếu năm 2025' } };
    expect(
      (await api.refused('POST', `/tasks/${taskId}/supplement-request`, { ...ask, body: { ...ask.body, items: [] } }))
        .body.code,
    ).toBe('VALIDATION_FAILED');
    expect((await api.call('POST', `/tasks/${taskId}/supplement-request`, ask)).status).toBe(200);
    expect((await api.refused('POST', `/tasks/${taskId}/supplement-request`, ask)).body.code).toBe(
      'PRECONDITION_FAILED',
    );
  });
});

describe('a caller', () => {
  it('of a case that is not theirs gets the same answer as for one that does not exist', async () => {
    const { case: code } = await fileCase(api);
    const body = { reason: 'mine' };
    const other = await api.refused('POST', `/cases/${code}/withdrawal`, { as: 'investor.cmc', body });
    const none = await api.refused('POST', `/cases/${caseCode(plainDate('2026-03-02'), 9999)}/withdrawal`, {
      as: 'investor.cmc',
      body,
    });
    expect(other).toMatchObject({ status: 403, body: { code: 'CASE_NOT_YOURS' } });
    expect({ ...none.body, requestId: '' }).toEqual({ ...other.body, requestId: '' });
  });

  it('outside the power of attorney is refused with its own code', async () => {
    const { case: code } = await fileCase(api);
    const answer = await api.refused('POST', `/cases/${code}/withdrawal`, {
      as: 'representative.besi',
      body: { reason: 'x' },
    });
    expect(answer).toMatchObject({ status: 403, body: { code: 'OUTSIDE_POWER_OF_ATTORNEY' } });
  });

  it.each<[string, ErrorCode, () => Promise<string>]>([
    ['expired', 'TOKEN_EXPIRED', () => api.issuer.sign({ sub: as, scope: 'case:read' }, { expiresIn: -60 })],
    ['forged', 'UNAUTHENTICATED', () => api.issuer.sign({ sub: as, scope: 'case:read' }, { forged: true })],
    [
      'for another audience',
      'UNAUTHENTICATED',
      () => api.issuer.sign({ sub: as, scope: 'case:read', aud: 'urn:other' }),
    ],
    [
      'of another issuer',
      'UNAUTHENTICATED',
      () => api.issuer.sign({ sub: as, scope: 'case:read', iss: 'http://evil.example' }),
    ],
    ['that is an identity token', 'UNAUTHENTICATED', () => api.issuer.sign({ sub: as }, { typ: 'JWT' })],
    [
      'of somebody the register does not know',
      'UNAUTHENTICATED',
      () => api.issuer.sign({ sub: 'nobody', scope: 'case:read' }),
    ],
    [
      'without signature',
      'UNAUTHENTICATED',
      () => Promise.resolve('eyJhbGciOiJub25lIn0.eyJzdWIiOiJpbnZlc3Rvci5iZXNpIn0.'),
    ],
    ['that is no token', 'UNAUTHENTICATED', () => Promise.resolve('hello')],
  ])('with a token %s is refused with %s', async (_what, code, token) => {
    const answer = await api.refused('GET', '/me', { token: await token() });
    expect(answer).toMatchObject({ status: 401, body: { code } });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('with a token that opens less than the role is refused', async () => {
    const token = await api.issuer.tokenOf(as, 'case:read');
    expect(await api.refused('POST', '/cases', { token, body: besi })).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    });
  });

  it('with a token that claims more than the role has gains nothing', async () => {
    const token = await api.issuer.tokenOf(as, 'engine:operate');
    expect(
      (await api.refused('POST', '/rehearsal/advances', { token, body: { to: '2026-03-02T00:00:00Z' } })).status,
    ).toBe(403);
  });
});

describe('a callback', () => {
  const body = JSON.stringify({
    messageId: 'm1',
    correlationId: 'unknown',
    kind: 'opinion',
    position: 'agree',
    conditions: [],
    legalBasis: 'Luật',
    note: '',
    sentAt: '2026-03-02T02:00:00Z',
  });
  const sign = (agency: string, timestamp: string, text: string, secret = hmacSecret) => {
    const key = createHmac('sha256', secret).update(agency).digest();
    return `sha256=${createHmac('sha256', key).update(`${timestamp}.${text}`).digest('hex')}`;
  };
  const now = () => String(Math.floor(Date.now() / 1000));
  const send = (headers: Record<string, string>, raw = body) =>
    api.refused('POST', '/agency-callbacks/dae', {
      raw,
      key: null,
      headers: { 'content-type': 'application/json', ...headers },
    });

  it.each<[string, () => Record<string, string>]>([
    ['no signature', () => ({})],
    ['a signature under another secret', () => ({ t: now(), s: sign('dae', now(), body, 'x'.repeat(32)) })],
    ['the signature of another agency', () => ({ t: now(), s: sign('dost', now(), body) })],
    ['the signature of another body', () => ({ t: now(), s: sign('dae', now(), `${body} `) })],
    ['an old timestamp', () => ({ t: '1700000000', s: sign('dae', '1700000000', body) })],
    ['a signature that is none', () => ({ t: now(), s: 'sha256=hello' })],
  ])('with %s is refused and not kept', async (_what, make) => {
    const { t, s } = make();
    const answer = await send({ ...(t && { 'x-luong-xanh-timestamp': t }), ...(s && { 'x-luong-xanh-signature': s }) });
    expect(answer).toMatchObject({ status: 401, body: { code: 'CALLBACK_SIGNATURE_INVALID' } });
    expect((await api.pool.query('select from inbox')).rowCount).toBe(0);
  });

  it('about a question we never asked is refused', async () => {
    const t = now();
    const answer = await send({ 'x-luong-xanh-timestamp': t, 'x-luong-xanh-signature': sign('dae', t, body) });
    expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });

  it('that is signed but no JSON is refused', async () => {
    const t = now();
    const answer = await send(
      { 'x-luong-xanh-timestamp': t, 'x-luong-xanh-signature': sign('dae', t, 'hello') },
      'hello',
    );
    expect(answer).toMatchObject({ status: 400, body: { code: 'MALFORMED_REQUEST' } });
  });
});

describe('an address', () => {
  it.each<[string, string, string, number, ErrorCode]>([
    ['that leads nowhere', 'GET', '/nowhere', 404, 'NOT_FOUND'],
    ['that cannot be decoded', 'GET', '/procedures/%E0%A4%A', 400, 'MALFORMED_REQUEST'],
    ['asked by another method', 'DELETE', '/procedures', 405, 'METHOD_NOT_ALLOWED'],
    ['with an unknown parameter', 'GET', '/procedures?colour=green', 422, 'UNKNOWN_FIELD'],
    ['with a parameter twice', 'GET', '/procedures?at=2026-01-01&at=2026-01-02', 422, 'WRONG_TYPE'],
    ['with a mistyped case code', 'GET', '/cases/LX-260302-0001A/engine', 422, 'VALIDATION_FAILED'],
  ])('%s is refused', async (_what, method, path, status, code) => {
    expect(await api.refused(method, path, { as: 'operator.1', key: null })).toMatchObject({ status, body: { code } });
  });
});
