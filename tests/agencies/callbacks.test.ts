import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  callbackHeaders,
  CallbackSignature,
  callbackSigningInput,
  CallbackTimestamp,
  OpinionCallback,
} from '../../domain/schemas/agency-messages.js';
import { signCallback } from '../../agencies/signature.js';
import { question, type Received, Receiver, secret, startAgencies } from './support.js';

/** What our API does with a callback, written from the contract alone. */
function verifies({ raw, headers }: Received, agency: string, body = raw): boolean {
  const timestamp = CallbackTimestamp.parse(headers[callbackHeaders.timestamp]);
  const signature = CallbackSignature.parse(headers[callbackHeaders.signature]);
  const key = createHmac('sha256', secret).update(agency).digest();
  return (
    signature === `sha256=${createHmac('sha256', key).update(callbackSigningInput(timestamp, body)).digest('hex')}`
  );
}

let agencies: Awaited<ReturnType<typeof startAgencies>>;
let receiver: Receiver;
beforeEach(async () => {
  agencies = await startAgencies({ callbackAttempts: 4 });
  receiver = await new Receiver().open();
});
afterEach(async () => {
  await agencies.stop();
  await receiver.close();
});
const ask = (change: Record<string, unknown> = {}) =>
  agencies.client.consult('environment', question(receiver.url, change));
const first = async () => {
  await expect.poll(() => receiver.received.length).toBeGreaterThan(0);
  return receiver.received[0] as Received;
};

describe('in real mode', () => {
  it('an opinion comes by itself, complete and signed for its agency only', async () => {
    expect((await agencies.client.call('GET', '/control/clock')).body).toMatchObject({ mode: 'real' });
    await ask();
    const received = await first();
    expect(OpinionCallback.parse(received.opinion)).toMatchObject({
      correlationId: 'consultation/1/dae',
      kind: 'opinion',
      position: 'agree',
      conditions: [],
      legalBasis: 'Luật Bảo vệ môi trường 72/2020/QH14',
    });
    expect(Math.abs(Number(received.headers[callbackHeaders.timestamp]) - Date.now() / 1000)).toBeLessThan(30);
    expect(verifies(received, 'dae')).toBe(true);
    expect(verifies(received, 'dpa')).toBe(false);
    expect(verifies(received, 'dae', received.raw.replace('"agree"', '"object"'))).toBe(false);
  });

  it('signs as openssl does', () => {
    // printf '1772416800.{"a":1}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:$(printf dae | openssl dgst -sha256 -hmac master -r | cut -c1-64)
    const expected = '5b5d355c4d3c3b2721f5295fa104cfbffc8b35283b21a98b721f9ea4b0a2df82';
    expect(signCallback('master', 'dae', '1772416800', '{"a":1}')).toBe(`sha256=${expected}`);
  });

  it('tries again with the same bytes until it is taken', async () => {
    receiver.status = (attempt) => (attempt < 3 ? 503 : 202);
    await ask();
    await expect.poll(() => receiver.received.length).toBe(3);
    expect(new Set(receiver.received.map(({ raw }) => raw)).size).toBe(1);
    const journal = async () =>
      ((await agencies.client.call('GET', '/environment/journal')).body as { event: string; outcome: string }[])
        .filter(({ event }) => event === 'callback')
        .map(({ outcome }) => outcome);
    await expect.poll(journal).toEqual(['HTTP 503', 'HTTP 503', 'delivered']);
  });

  it('gives up after the configured attempts, visibly, and sends again when asked', async () => {
    receiver.status = () => 500;
    const since = new Date(Date.now() - 1000).toISOString();
    await ask();
    await expect.poll(() => receiver.received.length).toBe(4);
    const released = async () =>
      (await agencies.client.call('PUT', '/control/clock', { now: new Date().toISOString() })).body;
    await expect
      .poll(released)
      .toMatchObject({ undelivered: [{ reason: 'given up: HTTP 500', attempts: 4, agency: 'dae' }] });
    expect(receiver.received).toHaveLength(4);
    receiver.status = () => 202;
    const resent = await agencies.client.call('POST', '/environment/redeliveries', { since });
    expect(resent).toMatchObject({ status: 202, body: { resent: 1 } });
    await expect.poll(() => receiver.received.length).toBe(5);
    expect(await released()).toMatchObject({ undelivered: [] });
  });

  it('repeats delivered opinions since an instant, not earlier ones', async () => {
    await ask();
    const { opinion } = await first();
    const later = new Date(Date.parse(opinion.sentAt) + 1).toISOString();
    await expect
      .poll(async () => (await agencies.client.call('GET', '/control/next')).body)
      .toMatchObject({ pending: 0 });
    expect((await agencies.client.call('POST', '/environment/redeliveries', { since: later })).body).toMatchObject({
      resent: 0,
    });
    const resent = await agencies.client.call('POST', '/environment/redeliveries', { since: opinion.sentAt });
    expect(resent.body).toMatchObject({ resent: 1 });
    await expect.poll(() => receiver.received.map((each) => each.opinion)).toEqual([opinion, opinion]);
  });
});

describe('in rehearsal', () => {
  beforeEach(() => agencies.client.clock('2026-03-02T02:00:00Z'));
  const next = async () => (await agencies.client.call('GET', '/control/next')).body;

  it('nothing comes before its time: two working days later at ten', async () => {
    await ask();
    expect(await next()).toEqual({ at: '2026-03-04T03:00:00.000Z', pending: 1, undelivered: 0 });
    expect((await agencies.client.clock('2026-03-04T02:59:59Z')).body).toMatchObject({
      mode: 'rehearsal',
      delivered: 0,
      undelivered: [],
    });
    expect(receiver.received).toEqual([]);
    expect((await agencies.client.clock('2026-03-04T03:00:00Z')).body).toMatchObject({ delivered: 1, undelivered: [] });
    expect(receiver.received.map(({ opinion }) => opinion.sentAt)).toEqual(['2026-03-04T03:00:00.000Z']);
    expect(await next()).toEqual({ at: null, pending: 0, undelivered: 0 });
  });

  it('all systems answer in the order in which they are due, dated by it, however far the clock jumps', async () => {
    await agencies.client.faults('tax', { replyAfter: { minutes: 30 } });
    await ask({ correlationId: 'third', askedAt: '2026-03-03T02:00:00Z' });
    await ask({ correlationId: 'second', askedAt: '2026-03-02T02:00:00Z' });
    await agencies.client.consult('tax', question(receiver.url, { correlationId: 'first', agency: 'city-tax' }));
    expect((await agencies.client.clock('2026-04-01T00:00:00Z')).body).toMatchObject({ delivered: 3 });
    expect(receiver.correlationIds()).toEqual(['first', 'second', 'third']);
    expect(receiver.received.map(({ opinion }) => opinion.sentAt)).toEqual([
      '2026-03-02T02:30:00.000Z',
      '2026-03-04T03:00:00.000Z',
      '2026-03-05T03:00:00.000Z',
    ]);
  });

  it('the clock does not go back', async () => {
    expect(await agencies.client.clock('2026-03-02T01:59:59Z')).toMatchObject({
      status: 409,
      body: { code: 'PRECONDITION_FAILED' },
    });
    expect((await agencies.client.call('GET', '/control/clock')).body).toEqual({
      mode: 'rehearsal',
      now: '2026-03-02T02:00:00.000Z',
    });
  });

  it('an opinion already due when asked for comes at once', async () => {
    await agencies.client.clock('2026-03-10T02:00:00Z');
    await ask();
    expect((await first()).opinion.sentAt).toBe('2026-03-04T03:00:00.000Z');
  });

  it('what cannot be delivered is named, and comes with the next step', async () => {
    receiver.status = () => 503;
    const patient = await startAgencies({ callbackBackoffMs: 60_000, releaseWaitMs: 50 });
    await patient.client.clock('2026-03-02T02:00:00Z');
    await patient.client.consult('environment', question(receiver.url));
    const released = await patient.client.clock('2026-03-04T03:00:00Z');
    const named = {
      correlationId: 'consultation/1/dae',
      system: 'environment',
      agency: 'dae',
      reason: 'HTTP 503',
      attempts: 1,
    };
    expect(released.body).toMatchObject({ delivered: 0, undelivered: [named] });
    expect((await patient.client.call('GET', '/control/next')).body).toEqual({ at: null, pending: 1, undelivered: 1 });
    receiver.status = () => 202;
    expect((await patient.client.clock('2026-03-04T03:00:01Z')).body).toMatchObject({ delivered: 1, undelivered: [] });
    expect(receiver.received.map(({ opinion }) => opinion.sentAt)).toEqual(Array(2).fill('2026-03-04T03:00:00.000Z'));
    await patient.stop();
  });
});
