import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mostBytes } from '../../api/documents/bounded-child.js';
import { lookAgain } from '../../api/documents/look-again.js';
import { createInspector, type Inspector } from '../../api/documents/remarks.js';
import { createTurns } from '../../api/turns.js';
import { findDocument } from '../../db/register/documents.js';
import { readTexts } from '../../db/register/document-texts.js';
import { contentBomb, crossReferenceBomb } from '../support/bomb-pdf.js';
import { query } from '../support/sql.js';
import { textPdf } from '../support/text-pdf.js';
import { fileForm, startApi, type TestApi } from './support.js';

const mib = 1024 * 1024;
const media = 'application/pdf';
let folder: string;
let files: Record<'table' | 'content' | 'good', string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bombs-'));
  const kept = async (name: string, bytes: Uint8Array) => {
    const path = join(folder, name);
    expect(bytes.length).toBeLessThan(1.2 * mib);
    await writeFile(path, bytes);
    return path;
  };
  files = {
    table: await kept('table.pdf', await crossReferenceBomb(800)),
    content: await kept('content.pdf', await contentBomb(900)),
    good: await kept('good.pdf', await textPdf([['Tổng vốn đầu tư: 5 USD']])),
  };
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The most memory that this process and that of the inspector held while the work was done, bytes. */
async function peakOf<T>(inspector: Inspector, work: Promise<T>): Promise<{ answer: T; ours: number; child: number }> {
  let [ours, child, done] = [0, 0, false];
  const watching = (async () => {
    while (!done) {
      ours = Math.max(ours, process.memoryUsage.rss());
      const pid = inspector.pid();
      // Its own high-water mark: nothing between two looks is missed. One that has just ended has none.
      if (pid !== undefined) child = Math.max(child, highest(pid));
      await sleep(10);
    }
  })();
  try {
    const answer = await work;
    return { answer, ours, child };
  } finally {
    done = true;
    await watching;
  }
}
function highest(pid: number): number {
  try {
    return 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return 0;
    throw error;
  }
}

describe.runIf(process.platform === 'linux')('a small file that unpacks to hundreds of megabytes', () => {
  it('is unreadable, has no text, and takes neither this process nor the other beyond the bound', async () => {
    const inspector = createInspector({ waitMs: 120_000 });
    try {
      const before = process.memoryUsage.rss();
      const bombs = [files.table, files.table, files.content, files.table];
      const work = Promise.all([
        Promise.all(bombs.map((path) => inspector.textOf(path, media, 'rival'))),
        Promise.all(bombs.map((path) => inspector.remarkOn(path, media, 'rival'))),
      ]);
      const { answer, ours, child } = await peakOf(inspector, work);
      expect(answer[0]).toEqual([[], [], [], []]);
      // What is wrong with the content of a page only a reader of that page meets.
      expect(answer[1]).toEqual(['unreadable', 'unreadable', null, 'unreadable']);
      expect(child).toBeGreaterThan(50 * mib);
      // What the kernel counts leaves out the program's own pages, some forty megabytes.
      expect(child).toBeLessThan(mostBytes + 64 * mib);
      expect(ours - before).toBeLessThan(200 * mib);
      expect(await inspector.remarkOn(files.good, media, 'rival')).toBeNull();
    } finally {
      await inspector.close();
    }
  }, 300_000);

  it('keeps nobody else waiting behind the second of them', async () => {
    const inspector = createInspector({ waitMs: 120_000 });
    const order: string[] = [];
    const told = async (path: string, person: string) => {
      const remark = await inspector.remarkOn(path, media, person);
      order.push(person);
      return remark;
    };
    try {
      const rival = [1, 2, 3].map(() => told(files.table, 'rival'));
      expect(await told(files.good, 'neighbour')).toBeNull();
      expect(await Promise.all(rival)).toEqual(['unreadable', 'unreadable', 'unreadable']);
      expect(order).toEqual(['rival', 'neighbour', 'rival', 'rival']);
    } finally {
      await inspector.close();
    }
  }, 300_000);
});

describe('a process that is ended from outside', () => {
  it('says nothing of the document, and the next one is looked into by another', async () => {
    const faults: string[] = [];
    const inspector = createInspector({ waitMs: 120_000, onFault: (what) => faults.push(what) });
    try {
      expect(await inspector.remarkOn(files.good, media, 'a')).toBeNull();
      const first = inspector.pid();
      if (first === undefined) throw new Error('The process is gone after a good document'); // 0 would be our own group
      process.kill(first, 'SIGSTOP'); // it must not be done before it is ended
      const under = inspector.remarkOn(files.good, media, 'a');
      await sleep(100);
      process.kill(first, 'SIGKILL');
      expect(await under).toBe('not-looked-into');
      expect(faults).toEqual(['it was ended by SIGKILL']);
      expect(await inspector.remarkOn(files.good, media, 'a')).toBeNull();
      expect(inspector.pid()).not.toBe(first);
    } finally {
      await inspector.close();
    }
  }, 120_000);
});

describe('turns', () => {
  it('go from person to person, with a bound for each and for the wait; the time of a run is not counted', async () => {
    const turns = createTurns({ perPerson: 2, waitMs: 400 });
    const done: string[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const first = turns.take('a', () => held.then(() => 'long'));
    const say = (what: string) => () => Promise.resolve(done.push(what));
    const soon = [turns.take('a', say('a1')), turns.take('a', say('a2')), turns.take('b', say('b1'))];
    expect(await turns.take('a', say('a3'))).toBeUndefined();
    release();
    await Promise.all(soon);
    expect([await first, done]).toEqual(['long', ['b1', 'a1', 'a2']]);
    const slow = turns.take('a', () => sleep(900, 'slow'));
    expect(await turns.take('b', say('late'))).toBeUndefined();
    expect([await slow, done.includes('late')]).toEqual(['slow', false]);
    turns.close();
    expect(await turns.take('a', say('closed'))).toBeUndefined();
  });
});

describe('an upload whose turn does not come', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  const undone: Inspector = {
    remarkOn: () => Promise.resolve('not-looked-into'),
    textOf: () => Promise.resolve(null),
    pid: () => undefined,
    close: () => Promise.resolve(),
  };
  async function uploaded(): Promise<string> {
    const inspector = api.deps.inspector;
    Object.assign(api.deps, { inspector: undone });
    try {
      const { status, body } = await api.call<{ id: string; remark: string | null }>('POST', '/documents', {
        as: 'investor.besi',
        raw: fileForm(readFileSync(files.good)),
      });
      expect([status, body.remark]).toEqual([201, 'not-looked-into']);
      return body.id;
    } finally {
      Object.assign(api.deps, { inspector });
    }
  }
  const hasCome = (id: string) =>
    query(api.database.migratorUrl, `update document set look_again_at = clock_timestamp() where id = '${id}'`);

  it('is taken, says so, and is looked into and read later', async () => {
    const id = await uploaded();
    expect(await lookAgain(api.deps)).toBe(false); // not at once
    await hasCome(id);
    expect(await lookAgain(api.deps)).toBe(true);
    expect((await findDocument(api.pool, id))?.remark).toBeNull();
    expect((await readTexts(api.pool, [id])).get(id)).toEqual([{ page: 1, text: 'Tổng vốn đầu tư: 5 USD' }]);
    expect(await lookAgain(api.deps)).toBe(false);
  });

  it('is tried once more and no oftener, and what was found of a document is changed by nobody', async () => {
    const id = await uploaded();
    await hasCome(id);
    expect(await lookAgain({ ...api.deps, inspector: undone })).toBe(true);
    expect(await lookAgain(api.deps)).toBe(false);
    expect((await findDocument(api.pool, id))?.remark).toBe('not-looked-into');
    await api.pool.query(`select remark_document($1::uuid, 'unreadable')`, [id]);
    await api.pool.query('select remark_document($1::uuid, null)', [id]);
    expect((await findDocument(api.pool, id))?.remark).toBe('unreadable');
    await expect(api.pool.query('update document set remark = null where id = $1::uuid', [id])).rejects.toThrow(
      /permission denied/,
    );
  });
});
