import { asyncLocalStorage, type Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAgencyActivities } from '../../activities/agencies.js';
import { type AgencyClient, createAgencyClient } from '../../activities/agency-client.js';
import { type SendInput } from '../../domain/case/activities.js';
import { refuse } from '../../domain/errors.js';
import { getAgency } from '../../domain/law/agency.js';
import { catalogue } from '../../seeds/index.js';
import { startAgencies, token } from '../agencies/support.js';
import { at, createTestRegister, TestCase, type TestRegister } from '../db/support.js';

const recipients = ['doc', 'dost', 'dae', 'city-police-fire'];
const mailboxes = recipients.map((code) => getAgency(catalogue().agencies, code).address);

/** As an attempt of a worker: with somebody who hears heartbeats. */
const attempt = <T>(work: () => Promise<T>): Promise<T> => {
  const context = { heartbeat: () => undefined, cancellationSignal: new AbortController().signal };
  return asyncLocalStorage.run(context as unknown as Context, work);
};

describe('a certificate with commitments', () => {
  let register: TestRegister;
  let agencies: Awaited<ReturnType<typeof startAgencies>>;
  let file: TestCase;
  let input: SendInput;
  beforeAll(async () => {
    register = await createTestRegister();
  });
  afterAll(() => register.close());
  beforeEach(async () => {
    agencies = await startAgencies();
    file = await TestCase.open(register, at('2026-07-06 09:00'));
    const scope = file.procedure('irc-special');
    input = { scope, step: 'fan-out', dossierCode: 'H29-260706-0001', number: 'H29-260706-0001-KQ', recipients };
  });
  afterEach(() => agencies.stop());

  const send = (change: Partial<SendInput> = {}, over?: (client: AgencyClient) => AgencyClient) => {
    const client = createAgencyClient({ baseUrl: agencies.client.url, token });
    const activities = createAgencyActivities({
      pool: register.pool,
      client: over?.(client) ?? client,
      callbackBaseUrl: 'http://127.0.0.1:1',
      calendar: catalogue().calendar,
    });
    return attempt(() => activities.sendDecision({ ...input, ...change }));
  };
  const failureOf = (work: Promise<void>): Promise<unknown> =>
    work.then(
      () => 'sent',
      (error: unknown) => (error instanceof ApplicationFailure ? [error.type, error.nonRetryable] : error),
    );
  const outbox = async () => {
    const { body } = await agencies.client.call('GET', `/message-gateway/outbox?caseCode=${file.code}`);
    return body as { to: string; subject: string; text: string; correlationId: string; language: string }[];
  };
  const posted = async () => {
    const { body } = await agencies.client.call('GET', '/message-gateway/journal');
    return (body as { event: string }[]).filter(({ event }) => event === 'request').length;
  };
  const noted = async () => {
    const { rows } = await register.owner.query<{ step: string; agency: string; status: string; calls: number }>(
      'select step, agency, status, calls from agency_request where scope = $1 order by step',
      [input.scope],
    );
    return rows;
  };

  it('reaches each recipient once, also when it is sent again', async () => {
    await send();
    await send();
    const messages = await outbox();
    expect(messages.map(({ to }) => to).sort()).toEqual([...mailboxes].sort());
    expect(messages.map(({ correlationId }) => correlationId).sort()).toEqual(
      recipients.map((code) => `${input.scope}/fan-out/${code}`).sort(),
    );
    expect(await posted()).toBe(4);
    expect((await noted()).map(({ agency, status }) => `${agency} ${status}`)).toEqual(
      [...recipients].sort().map((code) => `${code} answered`),
    );
  });

  it('says which dossier and which decision, in Vietnamese, and names nobody', async () => {
    await send();
    const [message] = await outbox();
    expect(message).toMatchObject({ language: 'vi' });
    expect(message?.subject).toContain('H29-260706-0001');
    expect(message?.text).toContain('H29-260706-0001-KQ');
    expect(message?.text).toBe(message?.text.normalize('NFC'));
  });

  it('is asked for of all at once, and of none again that has it already', async () => {
    let waiting = 0;
    let most = 0;
    const firstFails = (client: AgencyClient): AgencyClient => ({
      post: async (call) => {
        most = Math.max(most, ++waiting);
        // Nobody answers before everybody was asked: one after another would wait here for ever.
        while (most < recipients.length) await new Promise((resolve) => setImmediate(resolve));
        if (call.correlationId.endsWith('/dae')) refuse('AGENCY_UNAVAILABLE');
        return client.post(call);
      },
    });
    expect(await failureOf(send({}, firstFails))).toEqual(['AGENCY_UNAVAILABLE', false]);
    expect((await outbox()).length).toBe(3);
    await send();
    expect((await outbox()).length).toBe(4);
    expect(await posted()).toBe(4);
    expect(await noted()).toContainEqual({ step: 'fan-out/dae', agency: 'dae', status: 'answered', calls: 2 });
  });

  it('is tried again as long as that may reach somebody, then fails for good', async () => {
    const one = (code: 'AGENCY_UNAVAILABLE' | 'AGENCY_REFUSED', agency: string) => (client: AgencyClient) => ({
      post: (call: Parameters<AgencyClient['post']>[0]) =>
        call.correlationId.endsWith(`/${agency}`) ? Promise.resolve().then(() => refuse(code)) : client.post(call),
    });
    const both = (client: AgencyClient) => one('AGENCY_REFUSED', 'doc')(one('AGENCY_UNAVAILABLE', 'dae')(client));
    expect(await failureOf(send({}, both))).toEqual(['AGENCY_UNAVAILABLE', false]);
    expect(await failureOf(send({}, one('AGENCY_REFUSED', 'doc')))).toEqual(['AGENCY_REFUSED', true]);
    expect((await outbox()).map(({ correlationId }) => correlationId.split('/').at(-1)).sort()).toEqual([
      'city-police-fire',
      'dae',
      'dost',
    ]);
  });

  it('fails for good where the law names nobody, or somebody without an address', async () => {
    expect(await failureOf(send({ recipients: [] }))).toEqual(['DEFINITION_INVALID', true]);
    expect(await failureOf(send({ recipients: ['doc', 'city-tax'] }))).toEqual(['DEFINITION_INVALID', true]);
    expect((await outbox()).map(({ to }) => to)).toEqual([getAgency(catalogue().agencies, 'doc').address]);
  });
});
