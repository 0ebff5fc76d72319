import pg from 'pg';
import { locks } from './locks.js';

/** Which of several processes leads: one at a time. */
export interface Leader {
  readonly leads: boolean;
  /** Gives the lead up; another has it within moments. */
  stop(): Promise<void>;
}

interface LeaderOptions {
  /** The register by a direct session: the lead is a lock of that session. No pooling by transaction. */
  readonly url: string;
  readonly applicationName: string;
  /** Told of each change. */
  readonly onChange?: (leads: boolean) => void;
  /** Told once when the register cannot be asked; it is asked again. */
  readonly onError: (error: unknown) => void;
}

const askEveryMs = 2_000;
/** A session that was not heard of for so long is ended by the server: whoever is frozen does not keep the lead. */
const forgottenMs = 6_000;
/** So long after the last answer nobody believes any more that they lead. */
const believedMs = forgottenMs - 1_000;

/**
 * Asks for the lead until it is had, and then whether it still is. Whoever dies loses it at once, whoever freezes within six seconds. For a moment two may believe that
 * they lead: what they do has to bear it.
 */
export function createLeader({ url, applicationName, onChange, onError }: LeaderOptions): Leader {
  let session: pg.Client | undefined;
  let held = false;
  let answeredAt = 0;
  let failing = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const become = (leads: boolean): void => {
    if (held === leads) return;
    held = leads;
    onChange?.(leads);
  };
  const lose = (client: pg.Client): void => {
    if (session !== client) return;
    session = undefined;
    become(false);
    void client.end().catch(() => undefined); // it is broken: that is why
  };
  const open = async (): Promise<pg.Client> => {
    const client = new pg.Client({
      connectionString: url,
      application_name: `${applicationName}-lead`,
      connectionTimeoutMillis: 3_000,
      query_timeout: 3_000,
      keepAlive: true,
      options: `-c idle_session_timeout=${forgottenMs}`,
    });
    client.on('error', () => lose(client));
    client.on('end', () => lose(client));
    session = client;
    await client.connect();
    return client;
  };
  const ask = async (): Promise<void> => {
    const askedAt = performance.now();
    const client = session ?? (await open());
    // Taken again and again, a lock of a session has to be given back as often: who has it asks only whether the session lives.
    const {
      rows: [row],
    } = await client.query<{ mine: boolean }>(
      held ? 'select true as mine' : `select pg_try_advisory_lock(${locks.leader}) as mine`,
    );
    answeredAt = askedAt;
    failing = false;
    if (session === client) become(row?.mine === true);
  };
  const turn = async (): Promise<void> => {
    try {
      await ask();
    } catch (error) {
      if (session) lose(session);
      if (!failing) onError(error);
      failing = true;
    }
    if (!stopped) timer = setTimeout(() => (asking = turn()), askEveryMs);
  };
  let asking = turn();

  return {
    get leads() {
      return held && performance.now() - answeredAt < believedMs;
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await asking;
      const client = session;
      session = undefined;
      become(false);
      await client?.end().catch(() => undefined); // gone already: so is the lead
    },
  };
}
