import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base64 } from '@scure/base';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkpointFrom } from '../../domain/evidence/checkpoint.js';
import { entryOf, shownTo } from '../../domain/evidence/leaf.js';
import { consistencyPath, isConsistent, isIncluded, leafHash } from '../../domain/evidence/merkle.js';
import { cosignatureLine, noteFrom, signedBy, verifierText } from '../../domain/evidence/note.js';
import type { Break } from '../../db/register/breaks.js';
import { verifyChains } from '../../db/register/chain.js';
import { startEpoch } from '../../db/register/feed.js';
import { appendToLog, type LogCheckpoint, publishCheckpoint } from '../../db/register/log/append.js';
import { type LogCheck } from '../../db/register/log/check.js';
import { logFolder } from '../../db/register/log/log-folder.js';
import { originOf } from '../../db/register/log/origin.js';
import { provenCase } from '../../db/register/log/proof.js';
import { addCosignature } from '../../db/register/log/cosignatures.js';
import { keepNoteKey, keepNoteKeys, signingKeys } from '../../db/register/signing-keys.js';
import { keepLog } from '../../worker/transparency.js';
import { logWriter, noteKey } from '../support/log.js';
import { createTestRegister, feedSettled, received, TestCase, type TestRegister } from './support.js';

let register: TestRegister;
let place: string;
let second: string;
const key = noteKey('log.example/test', 'log');
const witness = noteKey('witness.example', 'witness');
beforeEach(async () => {
  register ??= await createTestRegister();
  place = await mkdtemp(join(tmpdir(), 'log-'));
  second = await mkdtemp(join(tmpdir(), 'log-copy-'));
  await register.owner.query('truncate log_checkpoint, log_cosignature, log_key');
});
afterEach(() => Promise.all([place, second].map((folder) => rm(folder, { recursive: true }))));
afterAll(() => register.close());

const tamper = (text: string, values: unknown[] = []) => register.owner.query(text, values);
const writer = () => ({ ...logWriter(place, key), mirror: logFolder(second) });
const append = async (): Promise<LogCheckpoint> => {
  await feedSettled(register);
  let newest: LogCheckpoint | undefined;
  for (let more: LogCheckpoint | undefined; (more = await appendToLog(register.pool, writer()));) newest = more;
  if (!newest) throw new Error('nothing was logged');
  return newest;
};
const check = (more: Partial<LogCheck> = {}): LogCheck => ({ folder: logFolder(place), keys: [key.verifier], ...more });
const found = async (caseCode?: string, more: Partial<LogCheck> = {}): Promise<Break[]> => {
  const { broken } = await verifyChains(register.pool, {
    log: check(more),
    ...(caseCode === undefined ? {} : { caseCode }),
  });
  return broken.filter(({ reason }) => reason.startsWith('log'));
};
const stateOf = ({ note }: Pick<LogCheckpoint, 'note'>) => {
  const state = checkpointFrom(noteFrom(note)?.text ?? '');
  if (!state) throw new Error('no checkpoint');
  return state;
};

describe('the transparency log', () => {
  it('takes every event once, in the order of the feed, and signs what it is', async () => {
    await received(register);
    const one = await append();
    expect(await appendToLog(register.pool, writer())).toBeUndefined();
    const { file } = await received(register);
    const two = await append();
    const { rows } = await register.pool.query<{ n: number }>('select count(*)::int as n from case_event');
    expect(two.size).toBe(rows[0]?.n);
    const note = noteFrom(await readFile(join(place, 'checkpoint'), 'utf8'));
    expect(note && signedBy(note, key.verifier)).toEqual({});
    expect(note && checkpointFrom(note.text)?.size).toBe(two.size);
    const path = await consistencyPath(logFolder(place).nodes(two.size), one.size, two.size);
    expect(isConsistent(stateOf(one), stateOf(two), path)).toBe(true);
    const { leaves, broken } = await verifyChains(register.pool, { log: check() });
    expect({ leaves, broken }).toEqual({ leaves: two.size, broken: [] });
    expect(await readdir(second)).toEqual(expect.arrayContaining(['checkpoint', 'tile']));
    expect(await readFile(join(second, 'checkpoint'), 'utf8')).toBe(await readFile(join(place, 'checkpoint'), 'utf8'));
    expect(file.code).toBeTruthy();
  });

  it('shows of each event of a case that it is in it, whatever the reader may see', async () => {
    const { file } = await received(register);
    const { size, root } = await append();
    const proven = await provenCase(register.pool, logFolder(place), file.code);
    if (!proven) throw new Error('not proven');
    expect(proven.events.map(({ event }) => event.seq)).toEqual(proven.events.map((_, at) => at + 1));
    for (const { leaf, index, path } of proven.events) {
      for (const maySee of [() => true, (name: string) => name === 'type', () => false]) {
        const hash = leafHash(entryOf(shownTo(leaf, maySee)));
        expect(
          isIncluded(
            hash,
            index,
            size,
            path.map((one) => base64.decode(one)),
            root,
          ),
        ).toBe(true);
      }
      const forged = { ...leaf, fields: leaf.fields.map((field) => ({ ...field, value: '"forged"' })) };
      expect(
        isIncluded(
          leafHash(entryOf(forged)),
          index,
          size,
          path.map((one) => base64.decode(one)),
          root,
        ),
      ).toBe(false);
    }
  });

  it('lets others be served between the events of a proof', async () => {
    const { file } = await received(register);
    await append();
    const folder = logFolder(place);
    let [turn, done] = [0, false];
    const readIn = new Set<number>();
    const watched = (size: number) => {
      const read = folder.nodes(size);
      return (level: number, index: number) => (readIn.add(turn), read(level, index));
    };
    let clock = 0;
    const everLater = vi.spyOn(performance, 'now').mockImplementation(() => (clock += 1_000));
    const turns = (async () => {
      for (; !done; turn++) await new Promise((resolve) => setImmediate(resolve));
    })();
    try {
      const proven = await provenCase(register.pool, { ...folder, nodes: watched }, file.code);
      expect(proven?.events.length).toBeGreaterThan(5);
      expect(readIn.size).toBeGreaterThanOrEqual(proven?.events.length ?? 0);
    } finally {
      done = true;
      everLater.mockRestore();
      await turns;
    }
  });

  it('goes on after a death between the files and the register', async () => {
    await received(register);
    await append();
    await received(register);
    const before = await logFolder(place).checkpoint();
    await feedSettled(register);
    const last = await appendToLog(register.pool, writer());
    // As if the files had been written, and the row not.
    await tamper('delete from log_checkpoint where size = $1', [last?.size]);
    await writeFile(join(place, 'checkpoint'), before ?? '');
    await received(register);
    await append();
    expect(await found()).toEqual([]);
  });

  it('is written again from the events where files are lost', async () => {
    await received(register);
    await append();
    await rm(join(place, 'tile'), { recursive: true });
    await received(register);
    await append();
    expect(await found()).toEqual([]);
  });

  it('signs nothing more on files or events that were changed', async () => {
    await received(register);
    await append();
    const [name = ''] = (await readdir(join(place, 'tile/0/000.p'))).slice(-1);
    const tile = join(place, 'tile/0/000.p', name);
    const bytes = await readFile(tile);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await writeFile(tile, bytes);
    await received(register);
    await feedSettled(register);
    await expect(appendToLog(register.pool, writer())).rejects.toThrow('not what was signed');
    expect((await found()).map(({ reason }) => reason)).toContain('log-differs');
  });

  it('goes on after a restore: what was published stays, what was lost has no event', async () => {
    const kept = await received(register);
    await append();
    const lost = await received(register);
    const published = await append();
    await tamper('delete from delivery where case_code = $1', [lost.file.code]);
    for (const table of await tablesOfCases())
      await tamper(`delete from ${table} where case_code = $1`, [lost.file.code]);
    await tamper('delete from case_head where code = $1', [lost.file.code]);
    await tamper('delete from log_checkpoint where size = $1', [published.size]);
    await expect(appendToLog(register.pool, writer())).rejects.toThrow('after-restore');
    await startEpoch(register.owner);
    const after = await TestCase.open(register);
    const { size } = await append();
    expect(size).toBeGreaterThan(published.size);
    const path = await consistencyPath(logFolder(place).nodes(size), published.size, size);
    const { rows } = await register.pool.query<{ note: string }>('select note from log_checkpoint where size = $1', [
      size,
    ]);
    expect(isConsistent(stateOf(published), stateOf({ note: rows[0]?.note ?? '' }), path)).toBe(true);
    expect(await found()).toEqual([]);
    const { lostLeaves } = await verifyChains(register.pool, { log: check() });
    expect(lostLeaves).toBeGreaterThan(0);
    expect((await provenCase(register.pool, logFolder(place), after.code))?.events.length).toBeGreaterThan(0);
    expect((await provenCase(register.pool, logFolder(place), kept.file.code))?.events.length).toBeGreaterThan(0);
  });
});

describe('its keys', () => {
  const kept = async () => (await signingKeys(register.pool)).filter(({ use }) => use === 'log' || use === 'witness');
  const materials = async () => (await kept()).map(({ material }) => material).sort();
  beforeEach(() => register.owner.query(`delete from signing_key where use in ('log', 'witness')`));
  const signedWith = async (by: typeof key): Promise<LogCheckpoint> => {
    await received(register);
    await feedSettled(register);
    const written = await appendToLog(register.pool, { ...writer(), ...by });
    if (!written) throw new Error('nothing was logged');
    return written;
  };

  it('are published in a round in which nothing happened, also former ones and that of a witness that signed', async () => {
    const former = noteKey('log.example/test', 'log');
    const first = await signedWith(former);
    const second = await signedWith(key);
    await addCosignature(register.pool, second.size, witness.verifier.name, 'a line\n');
    expect(await kept()).toEqual([]);
    const round = () => keepLog({ pool: register.pool, writer: writer(), onCheckpoint: () => undefined });
    await round();
    expect(await materials()).toEqual([former, key].map(({ verifier }) => verifierText(verifier)).sort());
    await keepNoteKeys(register.pool, witness.verifier);
    await keepNoteKeys(register.pool, witness.verifier);
    expect(await materials()).toHaveLength(3);
    const from = new Map((await kept()).map((one) => [one.material, one.from]));
    expect(from.get(verifierText(former.verifier))).toBe(first.writtenAt);
    expect(from.get(verifierText(key.verifier))).toBe(second.writtenAt);
    // One that never signed is nobody's.
    await keepNoteKeys(register.pool, noteKey('witness.example/silent', 'witness').verifier);
    expect(await materials()).toHaveLength(3);
  });

  it('of a witness that changed its own: the next is valid from when it is known, not since the first', async () => {
    const { size } = await signedWith(key);
    await addCosignature(register.pool, size, witness.verifier.name, 'a line\n');
    await tamper(`update log_cosignature set at = at - interval '30 days'`);
    await keepNoteKey(register.pool, witness.verifier);
    const next = noteKey(witness.verifier.name, 'witness').verifier;
    await keepNoteKey(register.pool, next);
    const age = async (one: typeof next) => {
      const { rows } = await register.pool.query<{ days: number }>(
        `select extract(epoch from now() - valid_from)::float8 / 86400 as days from signing_key where material = $1`,
        [verifierText(one)],
      );
      return rows[0]?.days ?? Number.NaN;
    };
    expect(await age(witness.verifier)).toBeGreaterThan(29);
    expect(await age(next)).toBeLessThan(1);
    await keepNoteKey(register.pool, witness.verifier);
    expect(await age(witness.verifier)).toBeGreaterThan(29);
  });

  it('sign under the name that the register keeps where the published files are lost', async () => {
    await signedWith(key);
    await rm(place, { recursive: true });
    expect(await originOf(register.pool, undefined, place)).toBe(key.verifier.name);
    expect(await originOf(register.pool, 'log.example/given', place)).toBe('log.example/given');
    await logFolder(place).writeCheckpoint(
      `log.example/other\n1\n${base64.encode(new Uint8Array(32))}\n\n— a AAAAAAAA\n`,
    );
    await expect(appendToLog(register.pool, writer())).rejects.toThrow('published as log.example/other');
  });

  it('attest nothing of themselves: what a stolen key signed counts once another key, or a witness, came after it', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    const stolenFor = { from: '2026-01-01T00:00:00.000Z', until: null };
    const stolen = { at: '2099-01-01T00:00:00.000Z', reason: 'compromised' } as const;
    const thief = { ...key.verifier, period: { ...stolenFor, revoked: stolen } };
    const other = noteKey('log.example/test', 'log');
    const sizes: number[] = [];
    for (let i = 0; i < 2; i++) sizes.push((await signedWith(key)).size);
    const { note } = await signedWith(key);
    const keys = [thief, other.verifier];
    const faults = async (more: Partial<LogCheck> = {}) =>
      (await brokenOf({ keys, ...more })).map(
        ({ reason, detail }) => `${reason} ${/size (\d+)/.exec(detail ?? '')?.[1]}`,
      );
    const all = [...sizes, sizeIn(note)].map((size) => `key-revoked ${size}`);
    expect(await faults()).toEqual(all);
    // A witness whose own key fell attests nothing; one whose key did not, all that it saw.
    const seen = note + cosignatureLine(noteFrom(note)?.text ?? '', witness.verifier, seconds, witness.sign);
    expect(await faults({ witnessed: { note: seen, verifier: witness.verifier } })).toEqual([]);
    const fallen = { ...witness.verifier, period: { ...stolenFor, revoked: stolen } };
    expect(await faults({ witnessed: { note: seen, verifier: fallen } })).toEqual(all);
    expect(await faults({ witnessed: { note, verifier: witness.verifier } })).toEqual(all);
    // Another stolen key attests it no more than itself.
    const last = await signedWith(other);
    const both = [thief, { ...other.verifier, period: { ...stolenFor, revoked: stolen } }];
    expect(await faults({ keys: both })).toEqual([...all, `key-revoked ${last.size}`]);
    expect(await faults()).toEqual([]);
    // Also where the register lost what came after.
    await tamper('delete from log_checkpoint where size = $1', [sizes[1]]);
    expect(await faults()).toEqual(all.slice(0, 1));
  });
  const sizeIn = (note: string) => stateOf({ note }).size;
  const brokenOf = async (more: Partial<LogCheck>) =>
    (await verifyChains(register.pool, { log: check(more) })).broken.filter(({ reason }) => reason.startsWith('key'));
});

/** Tables that name a case, those first that others do not need. */
async function tablesOfCases(): Promise<string[]> {
  const { rows } = await register.owner.query<{ name: string }>(
    `select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.column_name = 'case_code' and t.table_schema = 'public' and t.table_type = 'BASE TABLE'
     order by (c.table_name = 'case_event'), c.table_name`,
  );
  return rows.map(({ name }) => name);
}

describe('tampering by whoever owns the database', () => {
  const place0 = async () => {
    const { file } = await received(register);
    await append();
    return file.code;
  };

  it.each([
    [
      'a changed text',
      `update case_event set canonical = replace(canonical, '"form":"01"', '"form":"02"') where case_code = $1`,
    ],
    [
      'a back-dated event',
      `update case_event set canonical = regexp_replace(canonical, '"occurredAt":"2026', '"occurredAt":"2025') where case_code = $1 and seq = 2`,
    ],
    [
      'another time of recording',
      `update case_event set recorded_at = recorded_at - interval '1 day' where case_code = $1 and seq = 2`,
    ],
    [
      'a cut tail',
      `delete from case_event where case_code = $1 and seq = (select max(seq) from case_event where case_code = $1)`,
    ],
    ['a name beside the events', `update case_name set hash = md5(hash) where case_code = $1`],
    [
      'two events exchanged',
      `update case_event a set canonical = b.canonical, hash = b.hash, prev_hash = b.prev_hash, type = b.type, actor = b.actor,
         scope = b.scope, occurred_at = b.occurred_at
       from case_event b where a.case_code = $1 and b.case_code = $1 and a.seq in (1, 2) and b.seq = 3 - a.seq`,
    ],
    [
      'an event moved into another case',
      `update case_event set case_code = (select min(code) from case_head where code <> $1), seq = 9000 where case_code = $1 and seq = 1`,
    ],
    [
      'the last event written anew, hashed, and the head with it',
      `with n as (
         select seq, regexp_replace(canonical, '"occurredAt":"2026', '"occurredAt":"2025') as text
         from case_event where case_code = $1 order by seq desc limit 1
       ), e as (
         update case_event c set canonical = n.text, hash = sha256(c.prev_hash || convert_to(n.text, 'UTF8'))
         from n where c.case_code = $1 and c.seq = n.seq returning c.hash
       ) update case_head h set hash = e.hash from e where h.code = $1`,
    ],
    ['the whole case', `delete from case_event where case_code = $1`],
  ])('is found and located: %s', async (_what, text) => {
    const code = await place0();
    await tamper(text, [code]);
    const [first] = await found();
    expect(first).toMatchObject({ caseCode: code, reason: 'log-differs' });
    expect(first?.seq).toBeGreaterThan(0);
  });

  describe('where a whole case vanishes with its places in the log', () => {
    const vanished = async (code: string) => {
      await tamper(
        `update log_checkpoint l set codes = (select array_agg(case when code = $1 then '' else code end order by at) from unnest(codes) with ordinality u (code, at)),
           seqs = (select array_agg(case when code = $1 then 0 else seq end order by at) from unnest(codes, seqs) with ordinality u (code, seq, at))
         where $1 = any (codes)`,
        [code],
      );
      for (const table of await tablesOfCases()) await tamper(`delete from ${table} where case_code = $1`, [code]);
      await tamper('delete from case_head where code = $1', [code]);
    };
    const lost = async () => (await verifyChains(register.pool, { log: check() })).lostLeaves;

    it('is found and located, in the newest state, in one before it, and in the first', async () => {
      const codes = [await place0(), await place0(), await place0()];
      for (const code of codes.reverse()) {
        await vanished(code);
        const [first] = await found();
        expect(first).toMatchObject({ caseCode: null, reason: 'log-differs' });
        expect(first?.detail).toMatch(/^leaf \d+: .*no restore lost one there$/);
      }
      expect(await lost()).toBe(0);
      // Another age of what came before it makes no restore of it.
      await tamper('update log_checkpoint set epoch = epoch - 1 where size = (select min(size) from log_checkpoint)');
      expect((await found()).map(({ reason }) => reason)).toContain('log-differs');
    });

    it('is counted where the register says that a restore came after it', async () => {
      await place0();
      const code = await place0();
      await vanished(code);
      await startEpoch(register.owner);
      expect(await found()).toEqual([]);
      expect(await lost()).toBeGreaterThan(0);
      await place0();
      expect(await found()).toEqual([]);
      // One that is logged since is of no restore.
      await vanished(await place0());
      expect((await found()).map(({ reason }) => reason)).toContain('log-differs');
    });
  });

  it('is found where an event was put in before what is signed', async () => {
    const code = await place0();
    await tamper(
      `insert into case_event (epoch, xid, case_code, seq, scope, type, actor, occurred_at, canonical, hash, prev_hash)
       select epoch, xid, case_code, 900, scope, type, actor, occurred_at, canonical, hash, prev_hash from case_event where case_code = $1 and seq = 1`,
      [code],
    );
    await tamper('update case_event set id = (select min(id) from case_event) - 1 where case_code = $1 and seq = 900', [
      code,
    ]);
    expect(await found()).toContainEqual(expect.objectContaining({ caseCode: code, seq: 900, reason: 'log-misses' }));
  });

  it('is found where a checkpoint was removed, in the middle or at the end', async () => {
    await place0();
    await place0();
    const { rows } = await register.pool.query<{ size: number }>('select size from log_checkpoint order by size');
    await tamper('delete from log_checkpoint where size = $1', [rows.at(-1)?.size]);
    expect((await found()).map(({ reason }) => reason)).toContain('log-missing');
  });

  it('is found where the whole log was written anew with its own key, by what a witness remembers', async () => {
    const code = await place0();
    const { note } = await append().catch(async () => {
      const { rows } = await register.pool.query<{ note: string }>(
        'select note from log_checkpoint order by size desc limit 1',
      );
      return { note: rows[0]?.note ?? '' };
    });
    const text = noteFrom(note)?.text ?? '';
    const remembered = note + cosignatureLine(text, witness.verifier, 1_795_000_000, witness.sign);
    const witnessed = { note: remembered, verifier: witness.verifier };
    expect(await found(undefined, { witnessed })).toEqual([]);
    await tamper('truncate log_checkpoint');
    await rm(place, { recursive: true });
    expect((await found(undefined, { witnessed })).map(({ reason }) => reason)).toEqual(['log-forked']);
    await tamper(
      `update case_event set recorded_at = recorded_at - interval '1 hour' where case_code = $1 and seq = 1`,
      [code],
    );
    await append();
    expect((await found()).map(({ reason }) => reason)).toEqual([]);
    expect((await found(undefined, { witnessed })).map(({ reason }) => reason)).toEqual(['log-forked']);
  });

  it('is found where a state was signed with another key', async () => {
    await place0();
    const other = noteKey('log.example/test', 'log');
    expect((await found(undefined, { keys: [other.verifier] })).map(({ reason }) => reason)).toContain('log-unsigned');
    const elsewhere = noteKey('log.example/elsewhere', 'log');
    expect((await found(undefined, { keys: [elsewhere.verifier] })).map(({ reason }) => reason)).toContain(
      'log-unsigned',
    );
    await publishCheckpoint(register.pool, writer());
    expect(await found()).toEqual([]);
  });
});
