import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRegisterLookups } from '../../api/register-lookups.js';
import { startAgencies, token } from '../agencies/support.js';
import { fileCase, startApi, type TestApi, upload } from './support.js';
import { openProcedure } from './engine-by-hand.js';

interface Known {
  readonly facts: readonly { field: string; value: unknown; source: string; asOf: string; case: string | null }[];
  readonly ask: readonly string[];
  readonly unanswered: readonly { source: string }[];
}
interface Asked {
  readonly asked: readonly {
    readonly kind: string;
    readonly documents?: readonly { code: string }[];
    readonly obtained?: readonly { code: string; source: string }[];
  }[];
}

let agencies: Awaited<ReturnType<typeof startAgencies>>;
let api: TestApi;
const as = 'investor.besi';
beforeAll(async () => {
  agencies = await startAgencies();
  api = await startApi(() => ({
    registers: createRegisterLookups({ baseUrl: agencies.client.url, token, timeoutMs: 300 }),
  }));
});
afterAll(async () => {
  await api.close();
  await agencies.stop();
});

const known = async (body: Record<string, unknown> = {}, on = api, who = as): Promise<Known> => {
  const { status, body: answer } = await on.call<Known>('POST', '/known-facts', { as: who, body });
  expect(status, JSON.stringify(answer)).toBe(200);
  return answer;
};
const factOf = ({ facts }: Known, field: string) => facts.find((one) => one.field === field);

describe('what is known of an investor', () => {
  it('is what the register of companies says of the number given, with its source and date', async () => {
    const answer = await known({ registrationNumber: '0312345678' });
    expect(factOf(answer, 'investor.registrationNumber')).toMatchObject({
      source: 'national-business-register',
      case: null,
    });
    expect(factOf(answer, 'investor.registrationNumber')?.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(answer.ask).toEqual(['investor.name', 'investor.country', 'investor.language']);
    expect(answer.unanswered).toEqual([]);
  });

  it('is also whether they are who they say, of which nothing is kept', async () => {
    const identity = { identityNumber: '079090001234', dateOfBirth: '1990-05-06' };
    expect(factOf(await known({ identity }), 'person.identity')).toMatchObject({
      value: true,
      source: 'population-database',
    });
    const wrong = await known({ identity: { ...identity, dateOfBirth: '1985-05-06' } });
    expect(factOf(wrong, 'person.identity')?.value).toBe(false);
    expect(
      (await api.refused('POST', '/known-facts', { as, body: { identity: { identityNumber: '1', dateOfBirth: 'x' } } }))
        .status,
    ).toBe(422);
  });

  it('is what their earlier case says, and then nothing is asked again', async () => {
    const { case: code } = await fileCase(api);
    const answer = await known();
    expect(factOf(answer, 'investor.name')).toMatchObject({
      value: 'BE Semiconductor Industries N.V.',
      source: 'green-lane-register',
      case: code,
    });
    expect(factOf(answer, 'investor.country')?.value).toBe('NL');
    // A foreign parent is in no register of companies here, and has no number to be known.
    expect(answer.ask).toEqual(['investor.registrationNumber']);
    const other = await known({}, api, 'investor.cmc');
    expect(other.facts).toEqual([]);
  });

  it('names a register that is down or too slow; what it would say is simply asked', async () => {
    const slow = createServer(() => undefined);
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`;
    for (const baseUrl of [url, 'http://127.0.0.1:1']) {
      const lookups = createRegisterLookups({ baseUrl, token, timeoutMs: 200 });
      const deaf = await startApi(() => ({ registers: lookups }));
      const answer = await known({ registrationNumber: '0312345678' }, deaf);
      expect(answer).toMatchObject({ facts: [], unanswered: [{ source: 'national-business-register' }] });
      expect(answer.ask).toContain('investor.registrationNumber');
      await deaf.close();
    }
    await shut(slow);
  });

  it('takes no answer that is not as agreed', async () => {
    const odd = createServer((_request, response) => response.end('{"found": "maybe"}'));
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(odd.address() as AddressInfo).port}`;
    const lookups = createRegisterLookups({ baseUrl, token });
    const question = { correlationId: 'q-1', askedAt: '2026-07-06T02:00:00.000Z' };
    const subject = { name: 'CMC', country: 'VN', registrationNumber: null };
    expect(await lookups.ask('enterprise-record', { ...question, subject })).toBeUndefined();
    await shut(odd);
  });
});

async function shut(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

describe('what is asked of the investor', () => {
  it('is never what a register holds: that is taken from there with the dossier', async () => {
    const { case: code } = await fileCase(api);
    await openProcedure(api, code);
    const { body } = await api.call<Asked>('GET', `/cases/${code}`, { as });
    const asked = body.asked.find(({ kind }) => kind === 'dossier');
    expect(asked?.obtained).toMatchObject([{ code: 'location-right', source: 'national-land-database' }]);
    const codes = asked?.documents?.map((document) => document.code) ?? [];
    expect(codes).toContain('request');
    // The parent company is registered abroad: no register of Viet Nam holds its papers.
    expect(codes).toContain('legal-status');
    for (const { code: held } of asked?.obtained ?? []) expect(codes).not.toContain(held);
    const documentId = await upload(api, as);
    await api.call('POST', `/cases/${code}/procedures/irc-ordinary/dossier`, {
      as,
      body: { documents: [{ code: 'request', documentId }] },
    });
    const { rows } = await api.pool.query<{ canonical: string }>(
      `select canonical from case_event where case_code = $1 and type = 'dossierFiled'`,
      [code],
    );
    const event = JSON.parse(rows[0]?.canonical ?? '{}') as { payload: { documents: unknown } };
    expect(event.payload.documents).toEqual([
      { code: 'request', documentId, obtainedFrom: null },
      { code: 'location-right', documentId: null, obtainedFrom: 'national-land-database' },
    ]);
  });
});
