import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { rows } from '../pool.js';
import { type Break } from './breaks.js';
import { genesis } from './chain-link.js';
import { type KeyPeriod } from '../../domain/evidence/key-period.js';
import { type ActsInRoots, verifyActsInRoots } from './leadership-acts.js';
import { preparePapers, takePapers, verifyPapersInRoots } from './sealed-papers.js';
import {
  fileOf,
  isSigned,
  namesOfCase,
  readWitness,
  type Remembered,
  type RootFile,
  rootOf,
  type RootPlaces,
  type SignedRoot,
  timesOfCase,
  unsignedRootOf,
} from './roots.js';
import { keysNamedBy, type RootKey, verifyKeys, verifyLooks } from './roots-beside.js';
import { Succession } from './succession.js';

/** Public keys by the id that signatures name. */
export type RootKeys = ReadonlyMap<string, KeyObject>;

/** The public halves of Ed25519 keys (PEM, private or public), by key id: the start of the SHA-256 of the public key. */
export function rootKeysOf(pems: readonly (string | Buffer)[]): RootKeys {
  return new Map(
    pems.map((pem) => {
      const key = createPublicKey(pem);
      const der = key.export({ type: 'spki', format: 'der' });
      return [createHash('sha256').update(der).digest('hex').slice(0, 16), key];
    }),
  );
}

export interface RootCheck extends RootPlaces {
  /** When each key may sign, by its id; one that is not among them may always. */
  readonly periods?: ReadonlyMap<string, KeyPeriod> | undefined;
  /** Left out: signatures are not checked. */
  readonly keys?: RootKeys | undefined;
  readonly only?: string | undefined;
}

type Report = (found: Break) => void;

/** Far longer than any transaction is open (db/pool.ts): what was recorded that long before a root and is not in it was kept out of it. */
const slackMs = 600_000;

/**
 * Checks every root: there, following from the one before, signed, known to the register; each head's event as it was; all of them together covering every case;
 * and each end of a chain of acts, each sealed paper, each look into a case and each key that they name. `client` is a session of one's own. Answers how many roots there are. Goes on after a file that cannot be read.
 */
export async function verifyRoots(client: pg.PoolClient, check: RootCheck, report: Report): Promise<number> {
  const whole = (reason: Break['reason'], detail: string) => report({ caseCode: null, seq: null, reason, detail });
  await client.query(
    `create temp table if not exists root_cover (code text primary key, seq int not null, hash text, times text, names text, number int not null);
     truncate root_cover`,
  );
  await preparePapers(client);
  const acts: ActsNamed = new Map();
  const inTables = await rows<{ number: number; root: string; signature: string | null }>(
    client,
    `select number, encode(root, 'hex') as root, signature from chain_root order by number`,
  );
  const register = new Map(inTables.map((one) => [one.number, one]));
  const files = await numbersIn(check.folder, whole);
  const remembered = await rememberedBy(check, whole);
  const newest = Math.max(0, ...files, ...register.keys(), remembered?.number ?? 0);
  let previous = genesis.toString('hex');
  let last: RootFile | undefined;
  let signed = false;
  let complete = true;
  const succession = new Succession();
  let known: { readonly name: string; readonly keys: readonly RootKey[] } | undefined;
  for (let number = 1; number <= newest; number++) {
    const name = fileOf(number);
    const inRegister = register.get(number);
    const file = files.has(number) ? await readRoot(check.folder, number, whole) : undefined;
    if (!files.has(number)) whole('root-missing', `there is no file ${name}`);
    if (!inRegister) whole(file ? 'root-differs' : 'root-missing', `the register does not know root ${number}`);
    if (!file) {
      complete = false;
      previous = inRegister?.root ?? previous;
      continue;
    }
    const found = [...faultsOf(file, previous, check.keys, signed)];
    if (inRegister && inRegister.root !== file.root) found.push('the register has another root of this number');
    if (inRegister && isSigned(file) && inRegister.signature !== file.signature)
      found.push('the register has another signature of it');
    for (const fault of found) whole('root-differs', `${name}: ${fault}`);
    if (isSigned(file)) {
      const { keyId, writtenAt: at } = file;
      const signature = { periods: [check.periods?.get(keyId)], at, isRight: found.length === 0, isAttested: false };
      succession.take(signature, (fault) => whole(fault, `${name}, written ${at} and signed with key ${keyId}`));
    }
    complete &&= found.length === 0;
    signed ||= isSigned(file);
    await cover(client, file);
    if (isSigned(file)) {
      takeActs(acts, file);
      if (file.papers) await takePapers(client, file);
      if (check.only === undefined) await verifyLooks(client, name, file.looks, report);
      if (file.keys) {
        const { keys } = file;
        verifyKeys(known, { name, keys }, report);
        known = { name, keys };
      }
    }
    await missingHeads(client, file, check.only, report);
    previous = file.root;
    last = file;
  }
  succession.end();
  verifyKeys(known, { name: 'the register', keys: await keysNamedBy(client) }, report);
  if (last && !isSigned(last)) {
    whole('root-unsigned', `${fileOf(last.number)} is not signed and no signed root follows: start the worker once`);
  }
  if (remembered && last && remembered.number === last.number && remembered.root !== last.root) {
    whole('root-differs', `${fileOf(last.number)} is not the root that was remembered as the newest one`);
  }
  if (signed && check.witness !== undefined && !remembered) {
    whole('root-missing', `the record of the newest root (${check.witness}) is missing`);
  }
  if (complete && last && isSigned(last)) await checkCoverage(client, last, check.only, report);
  if (check.only === undefined) await verifyActsInRoots(client, acts satisfies ActsInRoots, report);
  await verifyPapersInRoots(client, { complete, only: check.only }, report);
  await besides(client, check.only, report);
  return newest;
}

async function numbersIn(
  folder: string,
  whole: (reason: Break['reason'], detail: string) => void,
): Promise<Set<number>> {
  try {
    const names = await readdir(folder);
    return new Set(names.flatMap((name) => (/^root-\d{6,}\.json$/.test(name) ? [Number(name.slice(5, -5))] : [])));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT')
      whole('root-unreadable', `the folder of the roots cannot be read (${code ?? String(error)})`);
    return new Set();
  }
}

async function rememberedBy(
  { witness }: RootCheck,
  whole: (reason: Break['reason'], detail: string) => void,
): Promise<Remembered | undefined> {
  if (witness === undefined) return undefined;
  try {
    return await readWitness(witness);
  } catch (error) {
    whole('root-unreadable', `the record of the newest root cannot be read: ${reasonOf(error)}`);
    return undefined;
  }
}

async function readRoot(
  folder: string,
  number: number,
  whole: (reason: Break['reason'], detail: string) => void,
): Promise<RootFile | undefined> {
  const name = fileOf(number);
  try {
    const file = JSON.parse(await readFile(join(folder, name), 'utf8')) as RootFile;
    if (file.number === number && Array.isArray(file.heads) && typeof file.root === 'string') return file;
    whole('root-unreadable', `${name} is not root ${number}`);
  } catch (error) {
    whole('root-unreadable', `${name} cannot be read: ${reasonOf(error)}`);
  }
  return undefined;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function* faultsOf(file: RootFile, previous: string, keys: RootKeys | undefined, signed: boolean): Generator<string> {
  if (file.previous !== previous) yield 'it does not follow from the root before it';
  if (!isSigned(file)) {
    if (unsignedRootOf(file) !== file.root) yield 'its hash is not that of its content';
    if (signed) yield 'it is not signed, and a signed one came before it';
    return;
  }
  const { root, signature, algorithm: _algorithm, keyId, ...body } = file;
  if (rootOf(body) !== root) yield 'its hash is not that of its content';
  if (!keys) return;
  const key = keys.get(keyId);
  if (!key) yield `it is signed with key ${keyId}, which is not at hand`;
  else if (!verify(null, Buffer.from(root, 'hex'), key, Buffer.from(signature, 'base64')))
    yield 'its signature is wrong';
}

type ActsNamed = Map<string, Map<number, { hash: string; file: string }[]>>;

function takeActs(acts: ActsNamed, { number, acts: ends = [] }: SignedRoot): void {
  for (const { subject, n, hash } of ends) {
    const ofSubject = acts.get(subject) ?? new Map<number, { hash: string; file: string }[]>();
    const named = ofSubject.get(n) ?? [];
    if (!named.some((one) => one.hash === hash)) named.push({ hash, file: fileOf(number) });
    acts.set(subject, ofSubject.set(n, named));
  }
}

/** What of each case is covered by the newest root that speaks of it. */
async function cover(client: pg.PoolClient, { number, heads }: RootFile): Promise<void> {
  await client.query(
    `insert into root_cover as c (code, seq, hash, times, names, number)
     select r.code, r.seq, r.hash, r.times, r.names, $2 from json_to_recordset($1::json) as r (code text, seq int, hash text, times text, names text)
     on conflict (code) do update set seq = excluded.seq, hash = excluded.hash, times = excluded.times, names = excluded.names,
       number = excluded.number where c.seq <= excluded.seq`,
    [JSON.stringify(heads), number],
  );
}

/** Heads of a root whose event is gone or another one. */
async function missingHeads(
  client: pg.PoolClient,
  file: RootFile,
  only: string | undefined,
  report: Report,
): Promise<void> {
  const heads = only === undefined ? file.heads : file.heads.filter(({ code }) => code === only);
  const gone = await rows<{ code: string; seq: number; first: number }>(
    client,
    `select r.code, r.seq, least(r.seq, 1 + coalesce((select max(seq) from case_event m where m.case_code = r.code), 0)) as first
     from json_to_recordset($1::json) as r (code text, seq int, hash text)
     left join case_event e on e.case_code = r.code and e.seq = r.seq
     where e.hash is null or encode(e.hash, 'hex') <> r.hash order by r.code`,
    [JSON.stringify(heads.map(({ code, seq, hash }) => ({ code, seq, hash })))],
  );
  for (const { code, seq, first } of gone) {
    const detail = `${fileOf(file.number)} saw event ${seq} of this case, which is gone or another one`;
    report({ caseCode: code, seq: first, reason: 'root-differs', detail });
  }
}

async function checkCoverage(
  client: pg.PoolClient,
  last: SignedRoot,
  only: string | undefined,
  report: Report,
): Promise<void> {
  const [covered] = await rows<{ n: number }>(client, 'select count(*)::int as n from root_cover');
  if (covered?.n !== last.cases) {
    const detail = `${fileOf(last.number)} says that ${last.cases} cases are covered; the roots name ${covered?.n ?? 0}`;
    report({ caseCode: null, seq: null, reason: 'root-differs', detail });
  }
  const kept = await rows<{ code: string; seq: number }>(
    client,
    `select h.code, e.seq from case_head h left join root_cover c on c.code = h.code
     join case_event e on e.case_code = h.code and e.seq = coalesce(c.seq, 0) + 1
     where ($4::text is null or h.code = $4)
       and ((e.epoch, e.xid) < ($1::int, $2::xid8) or e.recorded_at < $3::timestamptz - interval '${slackMs} milliseconds')
     order by h.code`,
    [last.covers.epoch, last.covers.xid, last.writtenAt, only ?? null],
  );
  for (const { code, seq } of kept) {
    const detail = `${fileOf(last.number)} is newer and does not cover it`;
    report({ caseCode: code, seq, reason: 'root-misses', detail });
  }
}

/** When events were recorded and which names were kept with them, against the newest root of each case. */
async function besides(client: pg.PoolClient, only: string | undefined, report: Report): Promise<void> {
  for (let after = ''; ;) {
    const page = await rows<{
      code: string;
      seq: number;
      number: number;
      there: boolean;
      times: boolean;
      names: boolean;
    }>(
      client,
      `select c.code, c.seq, c.number, e.seq is not null as there, c.times = ${timesOfCase} as times, c.names = ${namesOfCase} as names
       from (select * from root_cover where code > $1 and times is not null and ($2::text is null or code = $2) order by code limit 200) c
       left join case_event e on e.case_code = c.code and e.seq = c.seq and encode(e.hash, 'hex') = c.hash order by c.code`,
      [after, only ?? null],
    );
    for (const { code, seq, number, there, times, names } of page) {
      if (!there) continue; // its head was told above
      const by = `${fileOf(number)} saw others`;
      if (!times)
        report({ caseCode: code, seq, reason: 'recorded-differs', detail: `when its events were recorded: ${by}` });
      if (!names) report({ caseCode: code, seq, reason: 'name-differs', detail: `the names kept with it: ${by}` });
    }
    const last = page.at(-1);
    if (!last) return;
    after = last.code;
  }
}
