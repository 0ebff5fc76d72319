import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { type SealedText } from '../../domain/case/draft.js';
import { refuse } from '../../domain/errors.js';
import { decipher, encipher, type MasterKeys } from '../../ops/master-keys.js';
import { inTransaction, rows } from '../pool.js';
import { aboutCaseKey as aboutKey, idBytes, openKey } from './data-keys.js';

// Envelope encryption of what people wrote: a data key for each case, wrapped by a master key. A sealed text is one byte of version, the id of its data key, and
// what AES-256-GCM made of salt and words.

const version = 1;
const head = 1 + idBytes;

/** A new data key of a case; `wrapped` in hex. */
export interface NewCaseKey {
  readonly id: string;
  readonly master: string;
  readonly wrapped: string;
}

/** A text as the register keeps it: in clear, or sealed (hex). */
export type KeptText = Pick<SealedText, 'id' | 'hash'> &
  (
    | (Pick<SealedText, 'body' | 'salt'> & { readonly sealed: null })
    | { readonly body: null; readonly salt: null; readonly sealed: string }
  );

interface DataKey {
  readonly id: string;
  readonly key: Buffer;
}

const aboutText = (caseCode: string, id: string): string => `case-text/${caseCode}/${id}`;

/** The newest key of the case that can be opened here; a case whose keys are away gets another one. */
async function dataKeyOf(
  client: pg.PoolClient,
  masterKeys: MasterKeys,
  caseCode: string,
): Promise<DataKey & { readonly made: readonly NewCaseKey[] }> {
  const kept = await rows<{ id: string; master: string; wrapped: Buffer }>(
    client,
    'select id, master, wrapped from case_key where case_code = $1 and wrapped is not null order by made_at desc, id',
    [caseCode],
    'case-keys',
  );
  for (const { id, ...wrapped } of kept) {
    const key = await openKey(masterKeys, wrapped, aboutKey(caseCode, id));
    if (key) return { id, key, made: [] };
  }
  const [id, key] = [randomBytes(idBytes).toString('hex'), randomBytes(32)];
  const { master, wrapped } = await masterKeys.wrap(key, aboutKey(caseCode, id));
  return { id, key, made: [{ id, master, wrapped: wrapped.toString('hex') }] };
}

/**
 * Texts of one case as they are to be kept, and the data key that has to be kept with them where it is new. The caller holds the lock of the case: two would make
 * two keys. Without master keys they stay in clear.
 */
export async function sealTexts(
  client: pg.PoolClient,
  masterKeys: MasterKeys | undefined,
  caseCode: string,
  texts: readonly SealedText[],
): Promise<{ readonly texts: readonly KeptText[]; readonly made: readonly NewCaseKey[] }> {
  if (!masterKeys || texts.length === 0) return { texts: texts.map((one) => ({ ...one, sealed: null })), made: [] };
  const { id: keyId, key, made } = await dataKeyOf(client, masterKeys, caseCode);
  const sealed = texts.map(({ id, hash, body, salt }): KeptText => {
    const text = encipher(key, Buffer.from(JSON.stringify([salt, body]), 'utf8'), aboutText(caseCode, id));
    const whole = Buffer.concat([Buffer.from([version]), Buffer.from(keyId, 'hex'), text]);
    return { id, hash, body: null, salt: null, sealed: whole.toString('hex') };
  });
  return { texts: sealed, made };
}

/** What of a row `t` of `case_text` is needed to open it, by `openingJoin`: also inside JSON. */
export const openingColumns = `t.body, t.salt, encode(t.sealed, 'hex') as sealed, encode(k.wrapped, 'hex') as wrapped, k.master`;
export const openingJoin = `left join case_key k on k.case_code = t.case_code and k.id = encode(substring(t.sealed from 2 for ${idBytes}), 'hex')`;

/** A row of `case_text` with the key that opens it. */
export interface TextRow {
  readonly id: string;
  readonly body: string | null;
  readonly salt: string | null;
  readonly sealed: string | null;
  readonly wrapped: string | null;
  readonly master: string | null;
}

/**
 * What is in a row: words with the salt of their hash; `erased`, where nothing is; `away`, where the master key of its data key is not at hand; `broken`, where
 * what was sealed was changed, or its data key is gone.
 */
export type Opened =
  | { readonly state: 'open'; readonly body: string; readonly salt: string }
  | { readonly state: 'erased' | 'away' | 'broken' };

/** Opens rows of one case or of several; unwraps each data key once. */
export function createOpener(masterKeys: MasterKeys | undefined): (caseCode: string, row: TextRow) => Promise<Opened> {
  const unwrapped = new Map<string, Promise<Buffer | undefined>>();
  const keyOf = (caseCode: string, id: string, master: string, wrapped: string): Promise<Buffer | undefined> => {
    const about = aboutKey(caseCode, id);
    const known = unwrapped.get(about);
    if (known) return known;
    const opening = openKey(masterKeys, { master, wrapped: Buffer.from(wrapped, 'hex') }, about);
    unwrapped.set(about, opening);
    return opening;
  };
  return async (caseCode, { id, body, salt, sealed, wrapped, master }) => {
    if (body !== null) return { state: 'open', body, salt: salt ?? '' };
    if (sealed === null) return { state: 'erased' };
    if (master === null || wrapped === null) return { state: 'broken' };
    const whole = Buffer.from(sealed, 'hex');
    const key = await keyOf(caseCode, whole.subarray(1, head).toString('hex'), master, wrapped);
    if (!key) return { state: 'away' };
    const text = whole[0] === version ? decipher(key, whole.subarray(head), aboutText(caseCode, id)) : undefined;
    if (!text) return { state: 'broken' };
    const [keptSalt, words] = JSON.parse(text.toString('utf8')) as [string, string];
    return { state: 'open', body: words, salt: keptSalt };
  };
}

/** The words of what was opened, null where they were erased. Refuses `KEY_UNAVAILABLE` where their key is not at hand; throws where they were changed. */
export function wordsIn(opened: Opened, caseCode: string, id: string): string | null {
  switch (opened.state) {
    case 'open':
      return opened.body;
    case 'erased':
      return null;
    case 'away':
      return refuse('KEY_UNAVAILABLE', { case: caseCode });
    case 'broken':
      throw new Error(`Text ${id} of ${caseCode} does not open with its key: npm run verify-chain`);
  }
}

const casesAtOnce = 20;

/**
 * Seals words that were kept in clear, of some cases; true while there are more. A case that somebody acts on has its turn later.
 */
export async function sealWordsOfBefore(pool: pg.Pool, masterKeys: MasterKeys): Promise<boolean> {
  const found = await rows<{ code: string }>(
    pool,
    `select distinct case_code as code from case_text where body is not null order by 1 limit ${casesAtOnce}`,
    [],
    'words-in-clear',
  );
  for (const { code } of found) await sealCase(pool, masterKeys, code);
  return found.length === casesAtOnce;
}

const sealCase = (pool: pg.Pool, masterKeys: MasterKeys, caseCode: string): Promise<void> =>
  inTransaction(pool, async (client) => {
    const [free] = await rows(client, 'select 1 from case_head where code = $1 for no key update skip locked', [
      caseCode,
    ]);
    if (!free) return;
    const clear = await rows<SealedText & pg.QueryResultRow>(
      client,
      'select id, body, salt, hash from case_text where case_code = $1 and body is not null and salt is not null order by id limit 500',
      [caseCode],
    );
    const { texts, made } = await sealTexts(client, masterKeys, caseCode, clear);
    await client.query(
      `insert into case_key (case_code, id, master, wrapped)
       select $1, k.id, k.master, decode(k.wrapped, 'hex') from json_to_recordset($2) as k (id text, master text, wrapped text)`,
      [caseCode, JSON.stringify(made)],
    );
    await client.query(
      `update case_text t set sealed = decode(s.sealed, 'hex'), body = null, salt = null
       from json_to_recordset($2) as s (id text, sealed text) where t.case_code = $1 and t.id = s.id`,
      [caseCode, JSON.stringify(texts)],
    );
  });
