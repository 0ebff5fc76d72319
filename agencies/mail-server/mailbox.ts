import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One mail as it came. A repetition (same Message-ID) is the same mail, come once more. */
export interface KeptMail {
  readonly id: string;
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The Date header: business time of whoever sent it. */
  readonly date: string | null;
  /** Real time of the first arrival. */
  readonly receivedAt: string;
  readonly times: number;
}

export interface Mailbox {
  /** On disk when it resolves. */
  keep(mail: Omit<KeptMail, 'id' | 'receivedAt' | 'times'>): Promise<void>;
  /** Newest first; with `to`, only those to that address. */
  all(to?: string): Promise<KeptMail[]>;
  find(id: string): Promise<KeptMail | undefined>;
}

/** Mails in a folder, one JSON file each. */
export async function openMailbox(folder: string): Promise<Mailbox> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const fileOf = (id: string) => join(folder, `${id}.json`);
  const read = async (id: string): Promise<KeptMail | undefined> => {
    try {
      return JSON.parse(await readFile(fileOf(id), 'utf8')) as KeptMail;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  };
  let turn: Promise<unknown> = Promise.resolve();
  const write = async (mail: Omit<KeptMail, 'id' | 'receivedAt' | 'times'>): Promise<void> => {
    const id = createHash('sha256').update(mail.messageId).digest('hex').slice(0, 24);
    const known = await read(id);
    const receivedAt = known?.receivedAt ?? new Date().toISOString();
    const partial = join(folder, `${randomUUID()}.tmp`);
    const content = JSON.stringify({ ...mail, id, receivedAt, times: (known?.times ?? 0) + 1 });
    try {
      await writeFile(partial, content, { flush: true, mode: 0o600 });
      await rename(partial, fileOf(id));
    } finally {
      await rm(partial, { force: true });
    }
  };
  return {
    keep: (mail) => {
      const kept = turn.then(() => write(mail));
      turn = kept.catch(() => undefined); // whoever sent it hears of it
      return kept;
    },
    all: async (to) => {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
      const mails = await Promise.all(names.map((name) => read(name.slice(0, -'.json'.length))));
      return mails
        .filter((mail) => mail !== undefined)
        .filter((mail) => to === undefined || mail.to.includes(to))
        .sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1));
    },
    find: (id) => (/^[0-9a-f]{24}$/.test(id) ? read(id) : Promise.resolve(undefined)),
  };
}
