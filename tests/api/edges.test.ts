import { createHmac, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDF } from '@libpdf/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdvisedCode, advisedOn } from '../../api/http/advice.js';
import { exampleProjects } from '../../seeds/index.js';
import { fileCase, fileForm, hmacSecret, pdf, startApi, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const as = 'investor.besi';
const { besi } = exampleProjects;
const named = (name: string) => ({ ...besi, investor: { ...besi.investor, name } });

describe('a number, a date or a character beyond what the register keeps', () => {
  it('is refused wherever a case is read after a write', async () => {
    const { case: code } = await fileCase(api);
    for (const path of ['', '/roadmap', '/ledger', '/timeline']) {
      const answer = await api.refused('GET', `/cases/${code}${path}?after=2147483648`, { as });
      expect([path, answer.status, answer.body.code]).toEqual([path, 422, 'AMOUNT_OUT_OF_RANGE']);
    }
    expect((await api.call('GET', `/cases/${code}?after=`, { as })).status).toBe(200);
  });

  it('has a bound in the contract at every integer of a request', async () => {
    const { body } = await api.call<{ paths: Record<string, Record<string, Operation>> }>('GET', '/openapi.json');
    const unbounded = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { parameters = [] }]) =>
        parameters
          .filter(
            ({ name, schema }) =>
              name !== 'id' && schema.type === 'integer' && !((schema.maximum ?? Infinity) <= 2_147_483_647),
          )
          .map(({ name }) => `${method} ${path} ${name}`),
      ),
    );
    expect(unbounded).toEqual([]);
  });

  it('is refused in a draft', async () => {
    const infinite = await api.refused('POST', '/drafts', { as, raw: '{"content":{"a":1e999}}', headers: json });
    expect(infinite.body.code).toBe('VALIDATION_FAILED');
    const { body } = await api.call<{ id: string }>('POST', '/drafts', { as, body: { content: {} } });
    const change = { version: 2_147_483_648, content: {} };
    expect((await api.refused('POST', `/drafts/${body.id}`, { as, body: change })).body.code).toBe(
      'AMOUNT_OUT_OF_RANGE',
    );
  });

  it('is refused for a tracking book of another age', async () => {
    const path = '/agencies/doc/tracking-book?from=0001-01-01&to=0001-12-31';
    expect((await api.refused('GET', path, { as: 'head.doc' })).body.code).toBe('VALIDATION_FAILED');
  });

  it.each(['note', 'legalBasis', 'correlationId', 'messageId'])(
    'is refused in %s of a signed callback',
    async (field) => {
      for (const wrong of ['a\u0000b', 'a\ud800b']) {
        const opinion = {
          messageId: randomUUID(),
          correlationId: 'x',
          kind: 'opinion',
          position: 'agree',
          conditions: [],
          legalBasis: 'x',
          note: '',
          sentAt: '2026-07-06T03:00:00.000Z',
        };
        const answer = await signed(JSON.stringify({ ...opinion, [field]: wrong }));
        expect(answer.body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ pointer: `/${field}` }] });
      }
    },
  );
});

describe('a name', () => {
  it.each([
    ['株式会社デンソー', '株 U+682A'],
    ['삼성전자', 'U+'],
    ['บริษัท ไทย', 'U+0E'],
    ['شركة', 'U+06'],
    ['Robot 🤖', '🤖 U+1F916'],
    ['A\u2028Người nộp: B', 'U+2028'],
    ['A\u2029B', 'U+2029'],
    ['A \u202eB', 'U+202E'],
    ['a\u200bb', 'U+200B'],
    ['\u0301', 'visible'],
  ])('that papers cannot print is refused, naming what: %j', async (name, character) => {
    for (const [path, body] of [
      ['/screenings', named(name)],
      ['/cases', named(name)],
    ] as const) {
      const answer = await api.refused('POST', path, { as, body, headers: { 'accept-language': 'en' } });
      expect([path, answer.status, answer.body.code]).toEqual([path, 422, 'VALIDATION_FAILED']);
      expect(answer.body.errors?.[0]?.pointer).toBe('/investor/name');
      expect(answer.body.errors?.[0]?.detail).toContain(character);
    }
  });

  it.each(['Ørsted Łódź', 'ООО «Яндекс»', 'Công ty TNHH Ỷ Lan Ự Ữ Ỡ'.normalize('NFD'), 'A/S – 50 % €'])(
    'in letters that papers have is taken: %s',
    async (name) => {
      expect((await api.call('POST', '/screenings', { as, body: named(name) })).status).toBe(200);
    },
  );

  it('of a file may be in any script, but hides and turns nothing', async () => {
    const taken = await api.call('POST', '/documents', { as, raw: fileForm(pdf(), '契約書.pdf') });
    expect(taken.status).toBe(201);
    for (const name of ['\u202efdp.exe.pdf', 'a\u2028b.pdf', 'a\u200b.pdf']) {
      expect((await api.refused('POST', '/documents', { as, raw: fileForm(pdf(), name) })).status).toBe(422);
    }
  });
});

describe('an upload', () => {
  it.each([
    ['scan.pdf', 'application/octet-stream'],
    ['scan.pdf', 'image/jpg'],
  ])('is judged by its bytes, whatever the browser calls it: %s as %s', async (name, type) => {
    const answer = await api.call<{ mediaType: string }>('POST', '/documents', {
      as,
      raw: fileForm(pdf(), name, type),
    });
    expect([answer.status, answer.body.mediaType]).toEqual([201, 'application/pdf']);
  });

  it('from a scanner or a telephone is taken', async () => {
    const tiff = Buffer.concat([Buffer.from('II*\0\x08\0\0\0', 'latin1'), Buffer.alloc(64)]);
    const answer = await api.call<{ mediaType: string }>('POST', '/documents', { as, raw: fileForm(tiff, 'scan.TIF') });
    expect([answer.status, answer.body.mediaType]).toEqual([201, 'image/tiff']);
  });

  it('that nobody could read is taken and says so', async () => {
    const locked = await PDF.create();
    locked.addPage();
    locked.setProtection({ userPassword: 'x', ownerPassword: 'y' });
    const remarkOf = async (bytes: Uint8Array) =>
      (await api.call<{ remark: string | null }>('POST', '/documents', { as, raw: fileForm(bytes, 'a.pdf') })).body
        .remark;
    expect(await remarkOf(await locked.save())).toBe('password-protected');
    expect(await remarkOf(Buffer.from('%PDF-1.7\n'))).toBe('unreadable');
    const whole = await PDF.create();
    whole.addPage();
    expect(await remarkOf(await whole.save())).toBeNull();
  });
});

describe('what is wrong', () => {
  it('is said in the language of the caller, without words of the other', async () => {
    const body = { ...besi, project: { ...besi.project, capital: { ...besi.project.capital, totalVnd: '1 000' } } };
    const vi = await api.refused('POST', '/cases', { as, body, headers: { 'accept-language': 'vi' } });
    const en = await api.refused('POST', '/cases', { as, body, headers: { 'accept-language': 'en' } });
    expect(vi.body.errors?.map(({ detail }) => detail).join()).toMatch(/số thập phân/);
    expect(vi.body.errors?.map(({ detail }) => detail).join()).not.toMatch(/decimal|at most/);
    expect(en.body.errors?.map(({ detail }) => detail).join()).toMatch(/a decimal number/);
  });

  it('has one shape, whether the schema or a rule found it', async () => {
    const { case: code } = await fileCase(api);
    const path = `/cases/${code}/withdrawal`;
    const schema = await api.refused('POST', path, { as, body: {} });
    expect(schema.body.errors?.[0]).toMatchObject({ in: 'body', pointer: '/reason', code: 'MISSING' });
    expect(schema.body.errors?.[0]?.detail).toMatch(/thiếu/);
  });

  it('of the state of a case, or that somebody else was first, comes with a sentence that says what to do, whichever rule refuses', () => {
    const root = join(import.meta.dirname, '../..');
    const silent: string[] = [];
    for (const room of ['domain', 'db', 'api']) {
      for (const file of readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })) {
        if (!file.endsWith('.ts')) continue;
        const source = readFileSync(join(root, room, file), 'utf8');
        const refusals = source.matchAll(/(?:refuse|new Refusal)\('(PRECONDITION_FAILED|CONFLICT)', \{([^}]*)\}?/g);
        for (const [, code, details = ''] of refusals) {
          const advised = advisedOn(code as AdvisedCode);
          const names = [...details.matchAll(/(?:^|[{,])\s*(\w+)\s*(?=[:,}]|$)/g)].map(([, name]) => name ?? '');
          if (!names.some((name) => advised.has(name) || name === 'detail'))
            silent.push(`${room}/${file}: ${code} ${details.trim()}`);
        }
      }
    }
    expect(silent).toEqual([]);
  });
});

describe('papers', () => {
  it('are drawn off the thread that answers, once, and nobody takes the press for themselves', async () => {
    const { press } = api.deps;
    const letter = (language: 'vi' | 'en') =>
      ({
        language,
        over: null,
        agency: 'A',
        number: null,
        placeDate: '',
        title: ['T'],
        blocks: [],
        signatures: [],
        lookUp: null,
        mark: '',
      }) as const;
    const model = (keywords: string) =>
      ({
        form: '01',
        paper: 'A4',
        issuedAt: '2026-07-06T02:00:00.000Z',
        author: 'A',
        keywords,
        draft: false,
        statusUrl: null,
        letters: [letter('vi'), letter('en')],
      }) as const;
    const first = await press.draw(model('1'), 'a');
    expect(await press.draw(model('1'), 'b')).toBe(first);
    const mine = ['2', '3', '4', '5'].map((one) => press.draw(model(one), 'a'));
    const outcomes = await Promise.allSettled(mine);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
    expect(outcomes[3]).toMatchObject({ reason: { code: 'RATE_LIMITED' } });
  });
});

const json = { 'content-type': 'application/json' };

interface Operation {
  readonly parameters?: readonly { name: string; schema: { type?: string; maximum?: number } }[];
}

function signed(raw: string) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = createHmac('sha256', hmacSecret).update('doc').digest();
  const signature = `sha256=${createHmac('sha256', key).update(`${timestamp}.${raw}`).digest('hex')}`;
  return api.refused('POST', '/agency-callbacks/doc', {
    raw,
    key: null,
    headers: { ...json, 'x-luong-xanh-timestamp': timestamp, 'x-luong-xanh-signature': signature },
  });
}
