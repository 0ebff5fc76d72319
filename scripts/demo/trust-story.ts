import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { verifierFrom, type Verifier } from '../../domain/evidence/note.js';
import { verifyProof } from '../../domain/evidence/verify.js';
import { createPool } from '../../db/pool.js';
import { type Break, breakNames } from '../../db/register/breaks.js';
import { verifyLog } from '../../db/register/log/check.js';
import { logFolder } from '../../db/register/log/log-folder.js';
import { accessRegister } from '../register-access.js';
import { type ApiClient, ApiRefusal } from './client.js';
import { exampleCases } from './company.js';
import { forgettingScene, personalDataOf } from './forgetting.js';
import type { Place } from './place.js';
import { proofOf } from './proof.js';
import { revocationScene } from './revocation.js';

const now = () => new Date().toISOString();

/** What somebody could do who owns the database, and is not told apart from its owner by it. `$1` is the code of the case. */
const tamperings: readonly { readonly what: string; readonly sql: string }[] = [
  {
    what: 'lùi ngày một sự kiện · an event is back-dated',
    sql: `update case_event set canonical = regexp_replace(canonical, '"occurredAt":"20', '"occurredAt":"19') where case_code = $1 and seq = 1`,
  },
  {
    what: 'đổi giờ ghi · another time of recording',
    sql: `update case_event set recorded_at = recorded_at - interval '1 day' where case_code = $1 and seq = 1`,
  },
  {
    what: 'bỏ sự kiện cuối · the last event is taken out',
    sql: `delete from case_event where case_code = $1 and seq = (select max(seq) from case_event where case_code = $1)`,
  },
  {
    what: 'bỏ cả hồ sơ · the whole case is taken out',
    sql: `delete from case_event where case_code = $1`,
  },
  {
    what: 'chuyển sự kiện sang hồ sơ khác · an event is moved into another case',
    sql: `update case_event set case_code = (select min(code) from case_head where code <> $1) , seq = 9000 where case_code = $1 and seq = 1`,
  },
  {
    what: 'đổi tên người trên giấy tờ · a name on papers is changed',
    sql: `update case_name set hash = md5(hash) where case_code = $1`,
  },
  {
    what: 'bỏ trạng thái đã ký mới nhất · the newest signed state is taken out',
    sql: `delete from log_checkpoint where size = (select max(size) from log_checkpoint) and $1::text is not null`,
  },
];

interface Log {
  readonly keys: readonly { readonly verifier: string }[];
}
interface Readings {
  readonly items: readonly {
    readonly person: string | null;
    readonly role: string;
    readonly agency: string | null;
    readonly times: number;
    readonly why: string | null;
    readonly reason: string | null;
  }[];
}
interface SecurityEvents {
  readonly items: readonly {
    readonly kind: string;
    readonly account: string | null;
    readonly subject: string | null;
    readonly times: number;
    readonly severity: string;
  }[];
}

/**
 * A proof that holds without a network, one that is bent, tampering that is found and put back, who looked and why, what the security centre hears, an erasure that
 * leaves every store clean and every proof valid, and a result that was revoked.
 */
export async function trustStory(
  place: Place,
  as: (person: string) => ApiClient,
  say: (line: string) => void,
): Promise<boolean> {
  // Its case stands beside the next one: tampering may move an event from one to another.
  const isRevoked = await revocationScene(place, as, say);
  const [project] = exampleCases();
  if (!project) throw new Error('There is no example project');
  const investor = as(project.investor);
  const data = personalDataOf(String(randomInt(1e5, 1e6)));
  const filing = { ...project.filing, investor: { ...project.filing.investor, name: data.name } };
  const { signature } = await investor.post<{ signature: object }>('/filing-signatures', filing);
  const { case: code } = await investor.post<{ case: string }>('/cases', { ...filing, signature });
  say(`${code}: nhà đầu tư nộp hồ sơ, có ký số · the investor files, and signs it`);
  await as('leader.hcmc-committee').get(`/cases/${code}`);
  const proof = await proofOf(investor, code);
  const { keys } = await investor.get<Log>('/public/log');
  const trusted = keys.flatMap(({ verifier }) => verifierFrom(verifier) ?? []);
  const found = verifyProof(proof, trusted, now());
  say(
    `Bằng chứng · proof: ${found.events.length} sự kiện · events, nhật ký · log ${found.origin}, ${found.size} lá · leaves: ${found.faults.length === 0 ? 'đúng · it holds' : 'SAI · WRONG'}`,
  );
  say(
    `Chữ ký trên hồ sơ nộp, bằng khóa của chứng thư · the signature of the filing, by the key of certificate ${found.filingSigned?.certificate.slice(0, 16) ?? '–'}: ${found.filingSigned ? 'đúng · it holds' : 'SAI · WRONG'}`,
  );
  const bent = { ...proof, events: proof.events.map((event) => ({ ...event, index: event.index + 1 })) };
  const faults = verifyProof(bent, trusted, now()).faults;
  say(`Đổi một con số trong tệp · one number in the file is changed: ${faults.map(({ reason }) => reason).join(', ')}`);
  const located = await tampered(place, code, trusted, say);
  const read = await whoRead(as, investor, code, say);
  const isTold = await refusedAndTold(as, code, say);
  const isForgotten = await forgettingScene(place, as, investor, { code, data }, say);
  const after = verifyProof(await proofOf(investor, code), trusted, now());
  const stillHolds = after.faults.length === 0 && verifyProof(proof, trusted, now()).faults.length === 0;
  say(
    `Bằng chứng sau khi xóa · the proof after the erasure: ${after.events.length} sự kiện · events, ${stillHolds ? 'đúng · it holds' : 'SAI · WRONG'}`,
  );
  const holds = found.faults.length === 0 && found.filingSigned !== null && faults.length > 0;
  return holds && located && read && isTold && isForgotten && stillHolds && isRevoked;
}

const reasonsOfReading: Readonly<Record<string, string>> = {
  task: 'có việc của hồ sơ · a task of the case',
  seat: 'thành viên hội đồng · a seat in the council',
  supervision: 'giám sát · supervision',
  stated: 'lý do tự nêu · a reason they gave',
  none: 'KHÔNG nêu lý do · NO reason',
};

/** The investor sees which offices looked, the auditor who and why. */
async function whoRead(
  as: (person: string) => ApiClient,
  investor: ApiClient,
  code: string,
  say: (line: string) => void,
): Promise<boolean> {
  const shown = await investor.get<Readings>(`/cases/${code}/readings`);
  for (const { role, agency, times } of shown.items)
    say(`Đã xem · looked into it: ${agency ?? '—'}, ${role}, ${times} lần · times`);
  const { items } = await as('auditor.1').get<Readings>(`/readings?case=${code}`);
  for (const { person, why } of items)
    say(`Kiểm toán thấy · the auditor sees: ${person ?? '—'} – ${reasonsOfReading[why ?? 'none'] ?? why ?? ''}`);
  return shown.items.length > 0 && items.every(({ person, why }) => person !== null && why !== null);
}

/** Somebody else's case is refused, and the security centre hears of it. */
async function refusedAndTold(
  as: (person: string) => ApiClient,
  code: string,
  say: (line: string) => void,
): Promise<boolean> {
  const refused = await as('investor.cmc')
    .get(`/cases/${code}`)
    .then(() => undefined)
    .catch((error: unknown) => (error instanceof ApiRefusal ? error.code : Promise.reject(error)));
  say(
    `investor.cmc mở hồ sơ của người khác · opens somebody else’s case: ${refused ?? 'KHÔNG bị từ chối · NOT refused'}`,
  );
  for (let patience = 20; patience > 0; patience--) {
    const path = '/security/events?newest=true&kind=access-refused&limit=50';
    const { items } = await as('auditor.1').get<SecurityEvents>(path);
    const told = items.find(({ account, subject }) => account === 'investor.cmc' && subject === code);
    if (told) {
      const { kind, account, times, severity } = told;
      say(`Sự kiện an ninh · security event: ${kind}, ${account ?? '—'}, ${times} lần · times, ${severity}`);
      return refused !== undefined;
    }
    await wait(500);
  }
  say('KHÔNG có sự kiện an ninh · NO security event');
  return false;
}

/** Each in a transaction that is rolled back: the register is as it was afterwards. */
async function tampered(
  place: Place,
  code: string,
  keys: readonly Verifier[],
  say: (line: string) => void,
): Promise<boolean> {
  const access = await accessRegister({ DATA_DIR: place.dataDir }, say);
  if (access.ownerUrl === undefined) throw new Error('The owner of this register is not known here');
  const owner = createPool(access.ownerUrl, { max: 1, applicationName: 'demo-trust' });
  const client = await owner.connect();
  const look = async (): Promise<Break[]> => {
    const breaks: Break[] = [];
    await verifyLog(client, { folder: logFolder(access.log.folder), keys }, (found) => breaks.push(found));
    return breaks;
  };
  let located = true;
  try {
    for (const { what, sql } of tamperings) {
      const [first] = await within(client, async () => {
        await client.query(sql, [code]);
        return look();
      });
      located &&= first !== undefined;
      say(`${what} → ${first ? lineOf(first) : 'KHÔNG thấy · NOT found'}`);
    }
    const after = await within(client, look);
    say(
      `Trả lại như cũ · put back as it was: ${after.length === 0 ? 'nguyên vẹn · intact' : after.map(lineOf).join('; ')}`,
    );
    return located && after.length === 0;
  } finally {
    client.release();
    await owner.end();
    await access.close();
  }
}

async function within<T>(client: pg.PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    return await work();
  } finally {
    await client.query('rollback');
  }
}

const lineOf = ({ caseCode, seq, reason, detail }: Break): string =>
  [caseCode, seq === null ? null : `sự kiện · event ${seq}`, breakNames[reason].vi, breakNames[reason].en, detail]
    .filter(Boolean)
    .join(' · ');
