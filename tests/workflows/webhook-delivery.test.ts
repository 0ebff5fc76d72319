import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  confirmWebhook,
  createWebhook,
  deliveriesOf,
  getWebhook,
  replayWebhook,
  setWebhookStatus,
} from '../../db/outbound/webhooks.js';
import { webhookWorkflowId } from '../../domain/case/activities.js';
import { type WebhookEnvelope } from '../../domain/notices/webhook-envelope.js';
import { feedSettled } from '../support/feed.js';
import { eventsOf, Town } from './support.js';

interface Received {
  readonly envelope: WebhookEnvelope;
  readonly signed: boolean;
  readonly header: string;
}

/** A system outside: keeps what it took, answers as the test says. */
class Receiver {
  readonly taken: Received[] = [];
  attempts = 0;
  answer: (attempt: number) => number = () => 204;
  private readonly server: Server;

  constructor(readonly secret: string) {
    this.server = createServer((request, response) => {
      let raw = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (raw += chunk));
      request.on('end', () => {
        this.attempts += 1;
        const status = this.answer(this.attempts);
        const timestamp = String(request.headers['x-luong-xanh-timestamp']);
        const expected = `sha256=${createHmac('sha256', secret).update(`${timestamp}.${raw}`).digest('hex')}`;
        const fresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
        const signed = fresh && request.headers['x-luong-xanh-signature'] === expected;
        const header = String(request.headers['x-luong-xanh-event']);
        if (status < 300) this.taken.push({ envelope: JSON.parse(raw) as WebhookEnvelope, signed, header });
        response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end();
      });
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/events`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Until it took so many, or the patience is over. */
  async took(count: number): Promise<readonly Received[]> {
    await expect.poll(() => this.taken.length, { timeout: 20_000, interval: 50 }).toBeGreaterThanOrEqual(count);
    return this.taken;
  }
}

describe('a webhook', () => {
  let town: Town;
  const receivers: Receiver[] = [];
  beforeAll(async () => {
    town = await Town.found({
      stepped: '2026-07-06 09:00',
      webhooks: { privateAddresses: true, calls: { attempts: 3, firstRetryMs: 50 } },
    });
  });
  afterAll(() => town.close());
  afterEach(async () => {
    for (const one of receivers.splice(0)) await one.close();
  });

  async function subscribe(events: string[] = []): Promise<{ id: string; receiver: Receiver }> {
    const receiver = new Receiver(randomUUID() + randomUUID());
    receivers.push(receiver);
    // It hears of what was not settled yet, too.
    await feedSettled(town.register);
    const { webhook } = await createWebhook(town.register.pool, {
      id: randomUUID(),
      url: await receiver.open(),
      events,
      secret: receiver.secret,
      createdBy: 'admin.1',
    });
    await confirmWebhook(town.register.pool, webhook.id, 'admin.2');
    return { id: webhook.id, receiver };
  }

  it('is told of every event of its types from now on, in order, signed, without words and people', async () => {
    const { id, receiver } = await subscribe(['caseOpened', 'procedureOpened', 'dossierFiled', 'taskOpened']);
    const file = await town.open();
    await file.liveOn(({ step }) => step === 'assessment');
    const evidence = (await eventsOf(town, file.code)).filter(({ type }) =>
      ['caseOpened', 'procedureOpened', 'dossierFiled', 'taskOpened'].includes(type),
    );
    const taken = await receiver.took(evidence.length);
    expect(taken.map(({ envelope }) => envelope.id)).toEqual(evidence.map(({ seq }) => `${file.code}.${seq}`));
    expect(taken.every(({ signed, envelope, header }) => signed && header === envelope.id)).toBe(true);
    expect(JSON.stringify(taken)).not.toMatch(/investor\.besi|Voorbeeld/);
    await expect.poll(async () => (await getWebhook(town.register.pool, id)).waiting).toBe(0);
    expect(await deliveriesOf(town.register.pool, id, 100)).toHaveLength(evidence.length);
    await setWebhookStatus(town.register.pool, id, 'paused', 'asked');
  });

  it('that fails is tried again, and loses and changes nothing', async () => {
    const { id, receiver } = await subscribe(['caseOpened']);
    receiver.answer = (attempt) => (attempt === 1 ? 500 : attempt === 2 ? 302 : 200);
    const first = await town.open();
    const second = await town.open();
    const taken = await receiver.took(2);
    expect(taken.map(({ envelope }) => envelope.case)).toEqual([first.code, second.code]);
    // The receiver has it before we have noted that it does.
    const noted = async () =>
      (await deliveriesOf(town.register.pool, id, 10))
        .map(({ attempts, status, answer }) => [attempts, status, answer])
        .sort();
    await expect.poll(noted, { timeout: 10_000, interval: 50 }).toEqual([
      [1, 'delivered', '200'],
      [3, 'delivered', '200'],
    ]);
    await setWebhookStatus(town.register.pool, id, 'paused', 'asked');
  });

  it('that takes nothing is paused, its administrators hear of it, and goes on where it stopped', async () => {
    const { id, receiver } = await subscribe(['caseOpened']);
    receiver.answer = () => 503;
    const file = await town.open();
    await expect
      .poll(async () => (await getWebhook(town.register.pool, id)).status, { timeout: 20_000, interval: 50 })
      .toBe('paused');
    expect(receiver.attempts).toBe(3);
    expect(await getWebhook(town.register.pool, id)).toMatchObject({ reason: '503', waiting: 1 });
    const { rows } = await town.register.owner.query(
      `select person, vars from notice where kind = 'webhook-paused' and vars ->> 'webhook' = $1 order by person`,
      [id],
    );
    const vars = { webhook: id, outcome: '503' };
    expect(rows).toEqual(['admin.1', 'admin.2'].map((person) => ({ person, vars })));
    receiver.answer = () => 200;
    await setWebhookStatus(town.register.pool, id, 'active', null);
    const taken = await receiver.took(1);
    expect(taken.map(({ envelope }) => envelope.case)).toEqual([file.code]);
    await setWebhookStatus(town.register.pool, id, 'paused', 'asked');
  });

  it('is sent again from any event, under the same ids', async () => {
    const { id, receiver } = await subscribe(['caseOpened']);
    const files = [await town.open(), await town.open(), await town.open()];
    await receiver.took(3);
    await replayWebhook(town.register.pool, id, { caseCode: files[1]?.code ?? '', seq: 1 });
    const taken = await receiver.took(5);
    const codes = files.map(({ code }) => `${code}.1`);
    expect(taken.map(({ envelope }) => envelope.id)).toEqual([...codes, ...codes.slice(1)]);
    // What it has not heard yet is no reason to move it on.
    await setWebhookStatus(town.register.pool, id, 'paused', 'asked');
    const later = await town.open();
    await replayWebhook(town.register.pool, id, { caseCode: later.code, seq: 1 });
    expect((await getWebhook(town.register.pool, id)).waiting).toBe(1);
    await expect(replayWebhook(town.register.pool, id, { caseCode: later.code, seq: 999 })).rejects.toThrow(
      'NOT_FOUND',
    );
  });

  it('leaves out an event that nobody can read, sends those after it at once, and that one when it is mended', async () => {
    const { id, receiver } = await subscribe(['caseOpened']);
    await setWebhookStatus(town.register.pool, id, 'paused', 'asked');
    const [ill, well] = [await town.open(), await town.open()];
    const { owner } = town.register;
    const replace = (from: string, to: string) =>
      owner.query('update case_event set canonical = replace(canonical, $2, $3) where case_code = $1 and seq = 1', [
        ill.code,
        from,
        to,
      ]);
    await replace('"payload"', '"payl');
    await setWebhookStatus(town.register.pool, id, 'active', null);
    expect((await receiver.took(1)).map(({ envelope }) => envelope.case)).toEqual([well.code]);
    const { rows } = await owner.query('select case_code, seq from reader_fault where reader = $1', [`webhook/${id}`]);
    expect(rows).toEqual([{ case_code: ill.code, seq: 1 }]);
    await replace('"payl', '"payload"');
    await owner.query('update reader_fault set not_before = clock_timestamp()');
    expect((await receiver.took(2)).map(({ envelope }) => envelope.case)).toEqual([well.code, ill.code]);
    await expect
      .poll(async () => (await owner.query('select 1 from reader_fault where reader = $1', [`webhook/${id}`])).rows)
      .toEqual([]);
    await setWebhookStatus(town.register.pool, id, 'paused', 'asked');
  });

  it('keeps neither address nor secret in the history of its run', async () => {
    const { id, receiver } = await subscribe(['caseOpened']);
    await town.open();
    await receiver.took(1);
    await sleep(200);
    const history = await town.client.workflow.getHandle(webhookWorkflowId(id)).fetchHistory();
    const text = JSON.stringify(history, (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
    );
    expect(text).toContain(id);
    expect(text).not.toContain(receiver.secret);
    expect(text).not.toContain('127.0.0.1');
    await setWebhookStatus(town.register.pool, id, 'paused', 'asked');
  });

  it('lives through the death of its worker', async () => {
    const { id, receiver } = await subscribe(['caseOpened']);
    await town.engine.stop();
    const codes = [(await town.open()).code, (await town.open()).code];
    expect(receiver.taken).toEqual([]);
    await town.work();
    expect((await receiver.took(2)).map(({ envelope }) => envelope.case)).toEqual(codes);
    await setWebhookStatus(town.register.pool, id, 'paused', 'asked');
  });
});
