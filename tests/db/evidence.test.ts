import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Break } from '../../db/register/breaks.js';
import { verifyChains } from '../../db/register/chain.js';
import type { RootKeys } from '../../db/register/root-check.js';
import { writeRoot } from '../../db/register/roots.js';
import { testSigner } from '../support/signing.js';
import { received, createTestRegister, feedSettled, TestCase, type TestRegister } from './support.js';

let register: TestRegister;
let roots: string;
const { signer, keys } = testSigner();
beforeEach(async () => {
  register ??= await createTestRegister();
  roots = await mkdtemp(join(tmpdir(), 'roots-'));
  await register.owner.query('truncate chain_root');
});
afterEach(() => rm(roots, { recursive: true }));
afterAll(() => register.close());

/** As somebody with the owner's password and bad intentions. */
const tamper = (text: string, values: unknown[] = []) => register.owner.query(text, values);
const aRoot = async () => {
  await feedSettled(register);
  return writeRoot(register.pool, { folder: roots }, signer);
};
const first = async (caseCode: string): Promise<Pick<Break, 'seq' | 'reason'> | undefined> => {
  const { broken } = await verifyChains(register.pool, { rootsFolder: roots, keys, caseCode });
  return broken[0] && { seq: broken[0].seq, reason: broken[0].reason };
};

describe('the chain of evidence', () => {
  it('holds for every case as the door left it', async () => {
    await received(register);
    const { cases, events, broken } = await verifyChains(register.pool);
    expect(broken).toEqual([]);
    expect(cases).toBeGreaterThan(0);
    expect(events).toBeGreaterThan(5);
  });

  it('names the event whose text was changed', async () => {
    const { file } = await received(register);
    await tamper(
      `update case_event set canonical = replace(canonical, '"form":"01"', '"form":"03"') where case_code = $1`,
      [file.code],
    );
    const { rows } = await register.pool.query<{ seq: number }>(
      `select seq from case_event where case_code = $1 and type = 'dossierReceived'`,
      [file.code],
    );
    expect(await first(file.code)).toEqual({ seq: rows[0]?.seq, reason: 'wrong-hash' });
  });

  it('names the event whose columns were changed beside the text', async () => {
    const { file } = await received(register);
    await tamper(
      `update case_event set occurred_at = occurred_at - interval '1 day' where case_code = $1 and seq = 4`,
      [file.code],
    );
    expect(await first(file.code)).toEqual({ seq: 4, reason: 'columns-differ' });
  });

  it('names the place where an event was taken out, and where two were swapped', async () => {
    const [one, two] = [await received(register), await received(register)];
    await tamper('delete from case_event where case_code = $1 and seq = 3', [one.file.code]);
    expect(await first(one.file.code)).toEqual({ seq: 3, reason: 'missing-event' });
    for (const [from, to] of [
      [3, -3],
      [4, 3],
      [-3, 4],
    ]) {
      await tamper('update case_event set seq = $3 where case_code = $1 and seq = $2', [two.file.code, from, to]);
    }
    expect(await first(two.file.code)).toEqual({ seq: 3, reason: 'wrong-link' });
  });

  it('sees an event moved into another case, and one forged at the end', async () => {
    const [one, two] = [await received(register), await received(register)];
    await tamper('delete from case_event where case_code = $1 and seq = 1', [one.file.code]);
    await tamper(
      `insert into case_event (epoch, case_code, seq, scope, type, actor, occurred_at, canonical, hash, prev_hash)
       select epoch, $1, seq, scope, type, actor, occurred_at, canonical, hash, prev_hash from case_event where case_code = $2 and seq = 1`,
      [one.file.code, two.file.code],
    );
    expect(await first(one.file.code)).toEqual({ seq: 1, reason: 'not-canonical' });
    await tamper(
      `insert into case_event (epoch, case_code, seq, scope, type, actor, occurred_at, canonical, hash, prev_hash)
       select epoch, case_code, seq + 1, scope, type, actor, occurred_at, canonical, hash, prev_hash from case_event
       where case_code = $1 order by seq desc limit 1`,
      [two.file.code],
    );
    expect((await first(two.file.code))?.reason).toBe('wrong-link');
  });

  it('sees a cut tail even where the head was cut with it, by the root outside the database', async () => {
    const { file } = await received(register);
    const written = await aRoot();
    expect(written?.heads).toBeGreaterThan(0);
    const { seq } = await file.state();
    await tamper('delete from case_event where case_code = $1 and seq = $2', [file.code, seq]);
    await tamper(
      `update case_head h set seq = e.seq, hash = e.hash from case_event e where h.code = $1 and e.case_code = $1 and e.seq = $2`,
      [file.code, seq - 1],
    );
    const { broken } = await verifyChains(register.pool, { rootsFolder: roots, caseCode: file.code });
    expect(broken.map(({ reason }) => reason)).toContain('root-differs');
    expect(broken.find(({ reason }) => reason === 'root-differs')).toMatchObject({ caseCode: file.code, seq });
  });

  it('sees a state that is not the fold of the events', async () => {
    const { file } = await received(register);
    await tamper(`update case_head set state = jsonb_set(state::jsonb, '{lane}', '"standard"')::json where code = $1`, [
      file.code,
    ]);
    expect(await first(file.code)).toEqual({ seq: null, reason: 'state-differs' });
  });
});

describe('roots', () => {
  it('cover the heads that moved, each chained to the one before, and hold', async () => {
    const file = await TestCase.open(register);
    const one = await aRoot();
    expect(one?.number).toBe(1);
    expect(await aRoot()).toBeUndefined();
    const other = await TestCase.open(register);
    const two = await aRoot();
    expect(two).toMatchObject({ number: 2, heads: 1 });
    const content = JSON.parse(await readFile(two?.file ?? '', 'utf8')) as {
      previous: string;
      heads: { code: string }[];
    };
    expect(content.previous).toBe(one?.root);
    expect(content.heads.map(({ code }) => code)).toEqual([other.code]);
    expect((await verifyChains(register.pool, { rootsFolder: roots, caseCode: file.code })).broken).toEqual([]);
  });

  it('are missed when a file is gone, and seen when one was changed', async () => {
    const file = await TestCase.open(register);
    const one = await aRoot();
    const text = await readFile(one?.file ?? '', 'utf8');
    await rm(one?.file ?? '');
    expect((await first(file.code))?.reason).toBe('root-missing');
    await writeFile(one?.file ?? '', text.replace(file.code, 'LX-260706-9999A'));
    expect((await first(file.code))?.reason).toBe('root-differs');
  });
});

describe('roots by a stolen key', () => {
  it('count once another key signed one after them; what the key signed later attests nothing', async () => {
    const [other, third] = [testSigner(), testSigner()];
    const all = new Map([...keys, ...other.keys, ...third.keys]);
    const root = async (by = signer) => {
      await TestCase.open(register);
      await feedSettled(register);
      await writeRoot(register.pool, { folder: roots }, by);
    };
    const stolen = async (...by: (typeof signer)[]) => {
      const revoked = { at: '2099-01-01T00:00:00.000Z', reason: 'compromised' } as const;
      const ids = await Promise.all(by.map(async (one) => (await one.publicKey()).kid));
      return new Map(ids.map((id) => [id, { from: '2026-01-01T00:00:00.000Z', until: null, revoked }]));
    };
    const faults = async (periods: Awaited<ReturnType<typeof stolen>>, known: RootKeys = all) => {
      const { broken } = await verifyChains(register.pool, { rootsFolder: roots, keys: known, periods });
      return broken.flatMap(({ reason, detail }) =>
        reason.startsWith('key') ? [`${reason} ${/root-0*(\d+)/.exec(detail ?? '')?.[1]}`] : [],
      );
    };
    for (let i = 0; i < 3; i++) await root();
    expect(await faults(await stolen(signer))).toEqual(['key-revoked 1', 'key-revoked 2', 'key-revoked 3']);
    await root(other.signer);
    expect(await faults(await stolen(signer))).toEqual([]);
    expect(await faults(await stolen(signer, other.signer))).toHaveLength(4);
    // A key that nobody vouches for attests nothing.
    expect(await faults(await stolen(signer), keys)).toHaveLength(3);
    await root();
    expect(await faults(await stolen(signer))).toEqual(['key-revoked 5']);
    expect(await faults(await stolen(signer, other.signer))).toHaveLength(5);
    await root(third.signer);
    expect(await faults(await stolen(signer, other.signer))).toEqual([]);
  });
});

describe('the role of the running system', () => {
  it('may add to the evidence and never change or remove it', async () => {
    await received(register);
    const refused = async (text: string) => {
      const error = await register.pool.query(text).catch((thrown: unknown) => thrown);
      return (error as { code?: string }).code;
    };
    for (const table of ['case_event', 'delivery', 'operation', 'opening', 'chain_root', 'log_checkpoint', 'log_key']) {
      const { rows } = await register.owner.query<{ name: string }>(
        `select column_name as name from information_schema.columns where table_name = $1 limit 1`,
        [table],
      );
      const column = rows[0]?.name ?? '';
      expect([table, await refused(`update ${table} set ${column} = ${column}`)]).toEqual([table, '42501']);
      // What only the engine needed of cases long closed goes (db/register/retention.ts); nothing of it is evidence.
      const mayGo = table === 'delivery' || table === 'operation';
      if (!mayGo) expect([table, await refused(`delete from ${table}`)]).toEqual([table, '42501']);
      expect([table, await refused(`truncate ${table}`)]).toEqual([table, '42501']);
    }
    expect(await refused('delete from case_head')).toBe('42501');
    expect(await refused('update procedure_definition set code = code')).toBe('42501');
    expect(await refused('create table mine (id int)')).toBe('42501');
  });
});
