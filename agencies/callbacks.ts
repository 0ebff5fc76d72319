import { randomUUID } from 'node:crypto';
import { type Logger } from 'pino';
import { z } from 'zod';
import { type SystemCode, systemCodes } from '../domain/law/agency-systems.js';
import { refuse } from '../domain/errors.js';
import {
  callbackHeaders,
  type Condition,
  type ConsultationRequest,
  DossierReport,
  OpinionCallback,
} from '../domain/schemas/agency-messages.js';
import { addWorkingDays, replyDue, replyInstant } from './business-time.js';
import { type AgenciesConfig } from './config.js';
import { type Faults, opinionSettings, type ReplyAfter } from './faults.js';
import { type Journal } from './journal.js';
import { signCallback } from './signature.js';
import { type Store, type Table } from './store.js';

const Callback = z.strictObject({
  messageId: z.string(),
  system: z.enum(systemCodes),
  agency: z.string(),
  url: z.string(),
  order: z.int(),
  dueAt: z.string(),
  /** What it says: an opinion, or what happened at a counter. */
  opinion: z.union([OpinionCallback.omit({ sentAt: true }), DossierReport.omit({ sentAt: true })]),
  /** Fixed at the first attempt: a repetition has the same bytes. */
  sentAt: z.string().nullable(),
  state: z.enum(['pending', 'delivered', 'given-up']),
  attempts: z.int(),
  lastError: z.string().nullable(),
});
type Callback = z.infer<typeof Callback>;

const correlationOf = ({ opinion }: Callback): string =>
  opinion.kind === 'opinion' ? opinion.correlationId : opinion.messageId;

const Clock = z.strictObject({ now: z.string() });

/** What somebody at a counter types into their system: told to us, signed for the agency that keeps the counter. */
export const CounterReport = DossierReport.omit({ messageId: true, sentAt: true })
  .extend({ agency: z.string(), callbackUrl: z.url({ protocol: /^https?$/ }).max(2000) })
  .meta({ id: 'CounterReport' });
export type CounterReport = z.infer<typeof CounterReport>;

/** A callback that is due and did not arrive. `reason`: `held` (out of order), `down`, `given up: …`, or what the last attempt met. */
interface Undelivered {
  readonly messageId: string;
  readonly correlationId: string;
  readonly system: SystemCode;
  readonly agency: string;
  readonly dueAt: string;
  readonly attempts: number;
  readonly reason: string;
}

/** What one system looks like to the desk. */
interface Sender {
  readonly faults: Faults;
  readonly journal: Journal;
  readonly legalBasis: string | null;
  readonly conditions: Readonly<Record<string, readonly Condition[]>>;
}

const defaultReply: ReplyAfter = { workingDays: 2 };
const longestTimer = 2_147_483_647;
const longestBackoff = 15_000;

/**
 * Keeps, times and delivers the opinions of all systems, one at a time in the order they fall due. At least once, the same `messageId`
 * each time. Real mode runs on timers; in rehearsal nothing is due until the clock is put there.
 */
export class CallbackDesk {
  readonly #callbacks: Table<Callback>;
  readonly #clock: Table<z.infer<typeof Clock>>;
  readonly #sender: (system: SystemCode) => Sender;
  readonly #config: AgenciesConfig;
  readonly #logger: Logger;
  readonly #pending = new Map<string, Callback>();
  readonly #retryAt = new Map<string, number>();
  readonly #givenUp = new Map<string, Callback>();
  readonly #held = new Map<SystemCode, string>();
  /** Held once already: their turn has come, whatever becomes of the attempt. */
  readonly #passed = new Set<string>();
  readonly #closing = new AbortController();
  #order = 0;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> | undefined;

  constructor(store: Store, sender: (system: SystemCode) => Sender, config: AgenciesConfig, logger: Logger) {
    this.#callbacks = store.table('callback', Callback);
    this.#clock = store.table('clock', Clock);
    this.#sender = sender;
    this.#config = config;
    this.#logger = logger;
    for (const callback of this.#callbacks.all()) {
      this.#order = Math.max(this.#order, callback.order);
      this.#index(callback);
    }
  }

  get mode(): 'real' | 'rehearsal' {
    return this.#clock.get('clock') ? 'rehearsal' : 'real';
  }

  get now(): string {
    return this.#clock.get('clock')?.now ?? new Date().toISOString();
  }

  /** Takes a consultation in; its opinion is on the books when this returns. Silent systems take it and forget it. */
  accept(system: SystemCode, asked: ConsultationRequest): void {
    const { faults, legalBasis, conditions } = this.#sender(system);
    const settings = opinionSettings(faults, asked, conditions[asked.procedure] ?? []);
    if (settings.silent) return;
    const messageId = randomUUID();
    this.#put({
      messageId,
      system,
      agency: asked.agency,
      url: asked.callbackUrl,
      order: (this.#order += 1),
      dueAt: this.#dueAt(asked, settings.replyAfter, settings.lateByWorkingDays),
      opinion: {
        messageId,
        correlationId: asked.correlationId,
        kind: 'opinion',
        position: settings.position,
        conditions: settings.conditions,
        legalBasis: settings.legalBasis ?? legalBasis ?? '',
        note: settings.note,
      },
      sentAt: null,
      state: 'pending',
      attempts: 0,
      lastError: null,
    });
    this.#schedule();
  }

  /** Takes in what happened at a counter; it is sent at once. Answers under which id. */
  report(system: SystemCode, { agency, callbackUrl, ...report }: CounterReport): string {
    const messageId = randomUUID();
    this.#put({
      messageId,
      system,
      agency,
      url: callbackUrl,
      order: (this.#order += 1),
      dueAt: this.now,
      opinion: { ...report, messageId },
      sentAt: null,
      state: 'pending',
      attempts: 0,
      lastError: null,
    });
    this.wake();
    return messageId;
  }

  /** Puts the rehearsal clock, which never goes back, and delivers all that is due by then; answers what could not be delivered. */
  async advance(to: string): Promise<{ delivered: number; undelivered: Undelivered[] }> {
    if (this.mode === 'rehearsal' && Date.parse(to) < Date.parse(this.now)) refuse('PRECONDITION_FAILED');
    this.#clock.put('clock', { now: new Date(to).toISOString() });
    const waitUntil = Date.now() + this.#config.releaseWaitMs;
    const dueBefore = this.#due().map(({ messageId }) => messageId);
    this.#retryAt.clear();
    for (;;) {
      await this.#deliverDue();
      const left = this.#due().filter((callback) => !this.#blocked(callback));
      if (left.length === 0 || Date.now() >= waitUntil || this.#closing.signal.aborted) break;
      const next = Math.min(waitUntil, ...left.map(({ messageId }) => this.#retryAt.get(messageId) ?? 0));
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, next - Date.now())));
    }
    const delivered = dueBefore.filter((messageId) => this.#callbacks.get(messageId)?.state === 'delivered').length;
    return { delivered, undelivered: this.undelivered() };
  }

  /** The earliest callback still to fall due, how many wait in all, and how many of them are due already but not delivered. */
  next(): { at: string | null; pending: number; undelivered: number } {
    const now = Date.parse(this.now);
    const ahead = [...this.#pending.values()].map(({ dueAt }) => Date.parse(dueAt)).filter((dueAt) => dueAt > now);
    return {
      at: ahead.length ? new Date(ahead.reduce((a, b) => Math.min(a, b))).toISOString() : null,
      pending: this.#pending.size,
      undelivered: this.undelivered().length,
    };
  }

  undelivered(): Undelivered[] {
    return [...this.#givenUp.values(), ...this.#due()].map((callback) => ({
      messageId: callback.messageId,
      correlationId: correlationOf(callback),
      system: callback.system,
      agency: callback.agency,
      dueAt: callback.dueAt,
      attempts: callback.attempts,
      reason: this.#blocked(callback) ?? callback.lastError ?? 'not tried yet',
    }));
  }

  /** Sends again what this system sent since then, and what it had given up; how many. */
  redeliver(system: SystemCode, since: string): number {
    const again = this.#callbacks
      .all()
      .filter((each) => each.system === system && (each.state === 'given-up' || each.state === 'delivered'))
      .filter(({ sentAt }) => sentAt !== null && Date.parse(sentAt) >= Date.parse(since));
    for (const callback of again) {
      this.#retryAt.delete(callback.messageId);
      this.#put({ ...callback, state: 'pending', attempts: 0, lastError: null });
    }
    this.wake();
    return again.length;
  }

  /** Something changed (a fault, an arrival): look again at what is due. */
  wake(): void {
    for (const [system] of this.#held) if (!this.#sender(system).faults.outOfOrder) this.#held.delete(system);
    if (this.#closing.signal.aborted) return;
    this.#deliverDue().catch((error: unknown) => this.#logger.error({ err: error }, 'delivery stopped'));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#timer);
    await this.#turn;
  }

  #put(callback: Callback): void {
    this.#callbacks.put(callback.messageId, callback);
    this.#index(callback);
  }

  #index(callback: Callback): void {
    this.#pending.delete(callback.messageId);
    this.#givenUp.delete(callback.messageId);
    if (callback.state === 'pending') this.#pending.set(callback.messageId, callback);
    if (callback.state === 'given-up') this.#givenUp.set(callback.messageId, callback);
  }

  #dueAt(asked: ConsultationRequest, replyAfter: ReplyAfter | null, lateBy: number): string {
    const { daysOff, replyMs } = this.#config;
    if (lateBy > 0) return replyInstant(addWorkingDays(asked.dueDate, lateBy, daysOff));
    if (this.mode === 'rehearsal') return replyDue(asked.askedAt, replyAfter ?? defaultReply, daysOff);
    return replyDue(this.now, replyAfter ?? { milliseconds: replyMs }, daysOff);
  }

  #due(): Callback[] {
    const now = Date.parse(this.now);
    return [...this.#pending.values()]
      .filter(({ dueAt }) => Date.parse(dueAt) <= now)
      .sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt) || a.order - b.order);
  }

  /** Why a due callback does not even try. */
  #blocked({ messageId, system, state, lastError }: Callback): string | undefined {
    if (state === 'given-up') return `given up: ${lastError ?? 'unknown'}`;
    if (this.#sender(system).faults.down) return 'down';
    return this.#held.get(system) === messageId ? 'held' : undefined;
  }

  /** The next callback to try. The first of two of a system that sends out of order is put aside here. */
  #pick(): Callback | undefined {
    for (const callback of this.#due()) {
      const { faults } = this.#sender(callback.system);
      const hold = faults.outOfOrder && !this.#held.has(callback.system) && !this.#passed.has(callback.messageId);
      if (hold) this.#held.set(callback.system, callback.messageId);
      if (!this.#blocked(callback) && (this.#retryAt.get(callback.messageId) ?? 0) <= Date.now()) return callback;
    }
    return undefined;
  }

  /** One turn at a time: whoever calls while one runs waits for it and looks again. */
  async #deliverDue(): Promise<void> {
    while (this.#turn) await this.#turn;
    this.#turn = this.#deliverAll().finally(() => {
      this.#turn = undefined;
      this.#schedule();
    });
    await this.#turn;
  }

  /** Where an attempt cannot be written down (a full disk) that callback waits as after any failure, and its repetition is the same message. */
  async #attempt(callback: Callback): Promise<boolean> {
    try {
      return await this.#deliver(callback);
    } catch (error) {
      this.#retryAt.set(callback.messageId, Date.now() + longestBackoff);
      this.#logger.error({ err: error, messageId: callback.messageId }, 'an attempt was not written down');
      return false;
    }
  }

  async #deliverAll(): Promise<void> {
    for (let callback = this.#pick(); callback && !this.#closing.signal.aborted; callback = this.#pick()) {
      if (!(await this.#attempt(callback))) continue;
      const held = this.#pending.get(this.#held.get(callback.system) ?? '');
      if (!held) continue;
      this.#held.delete(held.system);
      this.#passed.add(held.messageId);
      await this.#attempt(held);
    }
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#closing.signal.aborted) return;
    const now = Date.now();
    const business = this.mode === 'rehearsal' ? Date.parse(this.now) : now;
    let wait = Infinity;
    for (const callback of this.#pending.values()) {
      if (this.#blocked(callback)) continue;
      const untilDue = Math.max(0, Date.parse(callback.dueAt) - business);
      if (untilDue > 0 && this.mode === 'rehearsal') continue;
      wait = Math.min(wait, Math.max(untilDue, (this.#retryAt.get(callback.messageId) ?? now) - now));
    }
    if (wait < Infinity) this.#timer = setTimeout(() => this.wake(), Math.min(Math.max(1, wait), longestTimer)).unref();
  }

  async #deliver(callback: Callback): Promise<boolean> {
    const { faults, journal } = this.#sender(callback.system);
    const sentAt = callback.sentAt ?? (this.mode === 'rehearsal' ? callback.dueAt : this.now);
    const attempts = callback.attempts + 1;
    const opinion = { ...callback.opinion, sentAt };
    if (callback.sentAt === null) this.#put({ ...callback, sentAt });
    const failure = await this.#post(callback, JSON.stringify(opinion), faults.wrongSignature);
    if (this.#closing.signal.aborted) return false;
    const entry = { event: 'callback', route: new URL(callback.url).pathname, key: callback.messageId } as const;
    const log = (outcome: string, attempt: number) =>
      journal.add({ ...entry, correlationId: correlationOf(callback), outcome, attempt });
    log(failure ?? 'delivered', attempts);
    if (failure !== null) {
      const state = attempts >= this.#config.callbackAttempts ? 'given-up' : 'pending';
      this.#put({ ...callback, sentAt, attempts, lastError: failure, state });
      this.#retryAt.set(
        callback.messageId,
        Date.now() + Math.min(longestBackoff, this.#config.callbackBackoffMs * 2 ** (attempts - 1)),
      );
      this.#logger.warn(
        { system: callback.system, messageId: callback.messageId, attempts, failure, state },
        'callback failed',
      );
      return false;
    }
    this.#put({ ...callback, sentAt, attempts, lastError: null, state: 'delivered' });
    this.#retryAt.delete(callback.messageId);
    for (let copy = 1; copy <= faults.duplicateCallbacks && !this.#closing.signal.aborted; copy += 1) {
      log((await this.#post(callback, JSON.stringify(opinion), faults.wrongSignature)) ?? 'duplicate', attempts + copy);
    }
    return true;
  }

  /** One attempt; null when taken, else why not, in words safe to show. */
  async #post(callback: Callback, body: string, forge: boolean): Promise<string | null> {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const secret = forge ? `${this.#config.hmacSecret} forged` : this.#config.hmacSecret;
    try {
      const response = await fetch(callback.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          [callbackHeaders.timestamp]: timestamp,
          [callbackHeaders.signature]: signCallback(secret, callback.agency, timestamp, body),
        },
        body,
        redirect: 'error',
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(this.#config.callbackTimeoutMs)]),
      });
      await response.body?.cancel();
      return response.ok ? null : `HTTP ${response.status}`;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const cause = error.cause as { code?: unknown } | undefined;
      return typeof cause?.code === 'string' ? cause.code : error.name;
    }
  }
}
