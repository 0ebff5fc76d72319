import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { MasterKeyAway, type MasterKeys, type WrappedKey } from '../../ops/master-keys.js';
import { rows } from '../pool.js';

// Data keys: of cases (their words) and of documents (their bytes); and what PINs are made from. Each lies wrapped by a master key in a table of the register, under an id of `idBytes` in hex, and
// is destroyed by emptying `wrapped`.

export const idBytes = 8;

export const aboutCaseKey = (caseCode: string, id: string): string => `case-key/${caseCode}/${id}`;
export const aboutDocumentKey = (id: string): string => `document-key/${id}`;
export const aboutPinSeed = (caseCode: string): string => `pin-seed/${caseCode}`;

/** The data key; undefined where its master key is not at hand. */
export async function openKey(
  masterKeys: MasterKeys | undefined,
  key: WrappedKey,
  about: string,
): Promise<Buffer | undefined> {
  try {
    return await masterKeys?.unwrap(key, about);
  } catch (error) {
    if (error instanceof MasterKeyAway) return undefined;
    throw error;
  }
}

/** The ids of the master keys that data keys in use are wrapped by. */
export async function masterKeysInUse(on: pg.Pool): Promise<string[]> {
  const used = await rows<{ master: string }>(
    on,
    `select master from case_key where wrapped is not null union select seal_master from document where seal_wrapped is not null
     union select seed_master from public_pin where seed_wrapped is not null`,
  );
  return used.map(({ master }) => master);
}

/** A master key that is not at hand, and what waits for it. */
export interface MasterKeyMissing {
  readonly master: string;
  readonly cases: number;
  readonly documents: number;
}

/** Master keys that data keys in use are wrapped by and that are not at hand. */
export async function masterKeysAway(pool: pg.Pool, masterKeys: MasterKeys | undefined): Promise<MasterKeyMissing[]> {
  const used = await rows<MasterKeyMissing & pg.QueryResultRow>(
    pool,
    `select master, sum(cases)::int as cases, sum(documents)::int as documents from (
       select master, count(distinct case_code) as cases, 0 as documents from (
         select master, case_code from case_key where wrapped is not null
         union select seed_master, case_code from public_pin where seed_wrapped is not null) c group by master
       union all select seal_master, 0, count(*) from document where seal_wrapped is not null group by seal_master
     ) u group by master order by master`,
  );
  const away: MasterKeyMissing[] = [];
  for (const one of used) if (!(await masterKeys?.has(one.master))) away.push(one);
  return away;
}

const keysAtOnce = 200;

interface StoredKey extends WrappedKey {
  readonly place: readonly string[];
  readonly about: string;
}

/** Where data keys lie. `next` gives those after a place that another master key wraps; `change` never revives one that was destroyed meanwhile. */
interface KeyTable {
  readonly first: readonly string[];
  next(owner: pg.Pool, after: readonly string[], current: string): Promise<StoredKey[]>;
  readonly change: string;
}

const keyTables: readonly KeyTable[] = [
  {
    first: ['', ''],
    async next(owner, after, current) {
      const found = await rows<{ code: string; id: string; master: string; wrapped: Buffer }>(
        owner,
        `select case_code as code, id, master, wrapped from case_key
         where (case_code, id) > ($1, $2) and wrapped is not null and master <> $3 order by case_code, id limit ${keysAtOnce}`,
        [...after, current],
      );
      return found.map(({ code, id, ...key }) => ({ ...key, place: [code, id], about: aboutCaseKey(code, id) }));
    },
    change: 'update case_key set master = $1, wrapped = $2 where case_code = $3 and id = $4 and wrapped is not null',
  },
  {
    first: ['00000000-0000-0000-0000-000000000000'],
    async next(owner, after, current) {
      const found = await rows<{ document: string; id: string; master: string; wrapped: Buffer }>(
        owner,
        `select id::text as document, seal_id as id, seal_master as master, seal_wrapped as wrapped from document
         where id > $1::uuid and seal_wrapped is not null and seal_master <> $2 order by document.id limit ${keysAtOnce}`,
        [...after, current],
      );
      return found.map(({ document, id, ...key }) => ({ ...key, place: [document], about: aboutDocumentKey(id) }));
    },
    change: 'update document set seal_master = $1, seal_wrapped = $2 where id = $3::uuid and seal_wrapped is not null',
  },
  {
    first: [''],
    async next(owner, after, current) {
      const found = await rows<{ code: string; master: string; wrapped: Buffer }>(
        owner,
        `select case_code as code, seed_master as master, seed_wrapped as wrapped from public_pin
         where case_code > $1 and seed_wrapped is not null and seed_master <> $2 order by case_code limit ${keysAtOnce}`,
        [...after, current],
      );
      return found.map(({ code, ...key }) => ({ ...key, place: [code], about: aboutPinSeed(code) }));
    },
    change:
      'update public_pin set seed_master = $1, seed_wrapped = $2 where case_code = $3 and seed_wrapped is not null',
  },
];

/** Wraps every data key anew by the current master key, as the owner of the tables; answers how many. Nothing that was sealed is touched. */
export async function rewrapKeys(owner: pg.Pool, masterKeys: MasterKeys): Promise<number> {
  const { master: current } = await masterKeys.wrap(randomBytes(32), 'current');
  let wrapped = 0;
  for (const { first, next, change } of keyTables)
    for (let after = first; ;) {
      const page = await next(owner, after, current);
      for (const { place, about, ...old } of page) {
        if (!(await masterKeys.has(old.master))) continue;
        const anew = await masterKeys.wrap(await masterKeys.unwrap(old, about), about);
        const { rowCount } = await owner.query(change, [anew.master, anew.wrapped, ...place]);
        wrapped += rowCount ?? 0;
      }
      const last = page.at(-1);
      if (!last || page.length < keysAtOnce) break;
      after = last.place;
    }
  return wrapped;
}
