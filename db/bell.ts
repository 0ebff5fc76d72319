import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';
import { types } from './pool.js';

const topics = ['events', 'thoughts', 'mailboxes', 'calls', 'agenda', 'inbox', 'advances', 'law'] as const;

/** What somebody may be waiting for: whoever hears it looks into the register, which alone says what happened. */
export type Topic = (typeof topics)[number];

/** Tells other processes that there is something to look at. A lost ring costs time, never more: whoever listens looks by itself now and then, too. */
export interface Bell {
  /** After a commit: wakes who listens here at once and in other processes a moment later. Never throws, never waits. `about`: of which case. */
  ring(topic: Topic, about?: string): void;
  /** Calls `wake` at each ring until the answer is called. With `about`, only where it is about that, or about anything. */
  on(topic: Topic, wake: () => void, about?: string): () => void;
  /** Whether rings of other processes are heard now; where not, look more often. */
  readonly listens: boolean;
  stop(): Promise<void>;
}

interface BellOptions {
  readonly pool: pg.Pool;
  /** A session of its own, not through a pooler of transactions. Left out: nothing is told to other processes, nor heard from them. */
  readonly url?: string | undefined;
  readonly applicationName: string;
  readonly onError: (error: unknown) => void;
}

const channel = 'luong_xanh';
/** Nobody waits for these: whoever hears them gathers what comes for a while. What is rung within this time goes to other processes together. */
const patientTopics: ReadonlySet<Topic> = new Set(['events', 'agenda']);
const patienceMs = 100;
/** PostgreSQL takes less than 8,000 bytes; beyond this nobody is named, and everybody looks. */
const mostNamed = 100;
const firstPauseMs = 250;
const longestPauseMs = 10_000;

const Message = z.object({ from: z.string(), rings: z.array(z.tuple([z.enum(topics), z.string().nullable()])) });

function messageOf(payload: string): z.output<typeof Message> | undefined {
  try {
    return Message.parse(JSON.parse(payload));
  } catch {
    return undefined;
  }
}

/** See `Bell`. One session listens; what is rung while a notification is on its way goes with the next one. */
export function createBell({ pool, url, applicationName, onError }: BellOptions): Bell {
  const self = randomUUID();
  const heard = new Map<Topic, Set<{ readonly wake: () => void; readonly about: string | undefined }>>();
  const waiting = new Map<string, readonly [Topic, string | null]>();
  let telling: Promise<void> | undefined;
  let later: NodeJS.Timeout | undefined;
  let session: pg.Client | undefined;
  let listens = false;
  let stopped = false;
  let pauseMs = firstPauseMs;
  let retry: NodeJS.Timeout | undefined;

  const wakeUp = (topic: Topic, about: string | null): void => {
    for (const one of heard.get(topic) ?? [])
      if (about === null || one.about === undefined || one.about === about) one.wake();
  };
  const wakeAll = (): void => {
    for (const topic of heard.keys()) wakeUp(topic, null);
  };

  const tell = async (): Promise<void> => {
    while (waiting.size > 0) {
      const named = [...waiting.values()];
      waiting.clear();
      const rings =
        named.length <= mostNamed ? named : [...new Set(named.map(([topic]) => topic))].map((topic) => [topic, null]);
      // A statement of its own: in the transaction that wrote, it would make commits wait for each other.
      await pool
        .query({
          name: 'ring',
          text: `select pg_notify('${channel}', $1)`,
          values: [JSON.stringify({ from: self, rings })],
        })
        .catch(onError);
    }
  };

  const tellNow = (): void => {
    clearTimeout(later);
    later = undefined;
    telling ??= tell().finally(() => (telling = undefined));
  };

  const take = ({ payload }: pg.Notification): void => {
    const message = messageOf(payload ?? '');
    // Whoever may connect may write on the channel: what is no message of ours makes everybody look, and ends nobody.
    if (message === undefined) wakeAll();
    else if (message.from !== self) for (const [topic, about] of message.rings) wakeUp(topic, about);
  };

  const listen = async (): Promise<void> => {
    const client = new pg.Client({
      connectionString: url,
      application_name: `${applicationName}-listener`,
      connectionTimeoutMillis: 3_000,
      keepAlive: true,
      types,
    });
    const lost = (error?: Error): void => {
      if (session !== client) return;
      session = undefined;
      listens = false;
      if (error) onError(error);
      void client.end().catch(() => undefined);
      if (stopped) return;
      retry = setTimeout(() => void listen(), pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    };
    session = client;
    client.on('error', lost);
    client.on('end', () => lost());
    client.on('notification', take);
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      listens = true;
      pauseMs = firstPauseMs;
      // Nobody knows what was rung meanwhile.
      wakeAll();
    } catch (error) {
      lost(error instanceof Error ? error : new Error(String(error)));
    }
  };
  if (url !== undefined) void listen();

  return {
    ring(topic, about) {
      wakeUp(topic, about ?? null);
      if (url === undefined || stopped) return;
      waiting.set(`${topic} ${about ?? ''}`, [topic, about ?? null]);
      if (patientTopics.has(topic)) later ??= setTimeout(tellNow, patienceMs);
      else tellNow();
    },
    on(topic, wake, about) {
      const one = { wake, about };
      const all = heard.get(topic) ?? new Set();
      heard.set(topic, all.add(one));
      return () => void all.delete(one);
    },
    get listens() {
      return listens;
    },
    async stop() {
      stopped = true;
      clearTimeout(retry);
      if (waiting.size > 0) tellNow();
      await telling;
      const client = session;
      session = undefined;
      listens = false;
      await client?.end().catch(() => undefined);
    },
  };
}
