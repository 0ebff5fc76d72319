import { lstatSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { StartRefused } from './refused.js';
import { findRunning } from './instance.js';
import { tryLock } from './locks.js';
import { removeDataDir } from './postgres.js';

// Everything a start, or a process it starts, makes in DATA_DIR, with what it is to people. Whatever else lies there is somebody's own.
const parts: Readonly<Record<string, string>> = {
  postgres: 'cơ sở dữ liệu: hồ sơ, sự kiện · the register: cases, events',
  'postgres.restoring': 'một lần khôi phục bị ngắt giữa chừng · a restore that was cut off',
  'postgres.password': 'mật khẩu PostgreSQL · password of PostgreSQL',
  temporal: 'dữ liệu Temporal · Temporal’s data',
  documents: 'tài liệu đã tải lên · uploaded documents',
  'chain-roots': 'gốc của chuỗi sự kiện · roots of the event chains',
  'last-root.json': 'ghi nhớ gốc mới nhất · the record of the newest root',
  'transparency-log': 'nhật ký minh bạch · the transparency log',
  'log-key.pem': 'khóa ký nhật ký minh bạch · key that signs the transparency log',
  witness: 'nhân chứng giả lập của nhật ký · the stand-in witness of the log',
  authority: 'cơ quan chứng thực giả lập của con dấu · the stand-in authority of the seal',
  'seal-key.pem': 'khóa con dấu trên giấy tờ · key of the seal on papers',
  'seal.pem': 'chứng thư của con dấu · certificates of the seal',
  mails: 'thư đã gửi · mails sent',
  logs: 'nhật ký · logs',
  'workflow-bundle': 'mã đã đóng gói · built code',
  'secrets.json': 'khóa và mật khẩu trình diễn · keys and the demonstration password',
  'master-key': 'khóa chính bọc khóa dữ liệu của hồ sơ · master key of the data keys of cases',
  'master-key.id': 'mã khóa chính · ids of master keys',
  'signer-key.pem': 'khóa ký quyết định · key that signs decisions',
  'accounts.json': 'tài khoản trình diễn · demonstration accounts',
  'agencies.jsonl': 'sổ của các hệ thống giả lập · books of the stand-in agencies',
  'ports.json': 'các cổng đã chọn · ports chosen',
  'run.json': 'lần chạy gần nhất · the last run',
};

/** What of an installation there is in a folder, and what is there beside it. */
export interface Found {
  readonly parts: readonly { readonly path: string; readonly what: string }[];
  readonly others: readonly string[];
}

/** Looks, and changes nothing. */
export function findParts(dataDir: string): Found {
  if (lstatSync(dataDir, { throwIfNoEntry: false }) === undefined) return { parts: [], others: [] };
  const there = readdirSync(dataDir).filter((name) => !name.startsWith('run.lock'));
  return {
    parts: Object.entries(parts).flatMap(([name, what]) =>
      there.includes(name) ? [{ path: join(dataDir, name), what }] : [],
    ),
    others: there.filter((name) => !(name in parts)),
  };
}

/**
 * Keeps every start off DATA_DIR until `release`; refuses (`StartRefused`) while an installation runs there.
 */
export function holdStill(dataDir: string): { release(): void } {
  const lock = tryLock(join(dataDir, 'run.lock'));
  if ('release' in lock) return lock;
  const at = findRunning(dataDir)?.apiUrl;
  const where = at === undefined ? '' : ` (${at})`;
  throw new StartRefused(
    `Luồng Xanh đang chạy trên ${dataDir}${where}, tiến trình ${lock.holder.pid}: hãy dừng trước (Ctrl-C).\n` +
      `Luồng Xanh is running on ${dataDir}${where}, process ${lock.holder.pid}: stop it first (Ctrl-C).`,
  );
}

/** Removes what belongs to the installation, wherever its database lies; what is somebody's own stays. Under `holdStill`. */
export function removeParts(dataDir: string, found: Found): void {
  if (found.others.length === 0) return removeDataDir(dataDir);
  removeDataDir(
    dataDir,
    found.parts.map(({ path }) => basename(path)),
  );
}

/** Folders of throw-away installations whose process is gone, however hard it ended: they go with the next one. */
export function sweepAbandoned(parent: string, prefix: string): string[] {
  const left = readdirSync(parent).filter((name) => name.startsWith(prefix) && isAbandoned(join(parent, name)));
  for (const name of left) removeDataDir(join(parent, name));
  return left;
}

function isAbandoned(dataDir: string): boolean {
  const found = lstatSync(dataDir, { throwIfNoEntry: false });
  if (!found?.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid)) return false;
  // Without a record yet it may be starting just now.
  const record = lstatSync(join(dataDir, 'run.json'), { throwIfNoEntry: false });
  if (record === undefined) return Date.now() - found.mtimeMs > 3_600_000;
  const lock = tryLock(join(dataDir, 'run.lock'));
  if ('holder' in lock) return false;
  lock.release();
  return true;
}
