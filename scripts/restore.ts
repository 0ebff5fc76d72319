// npm run restore -- <folder> [--at <instant>]: puts a backup back, as of that instant.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal } from '../domain/errors.js';
import { instant } from '../domain/time/instants.js';
import { restore } from './platform/backup.js';
import { StartRefused } from './platform/refused.js';

const help = `npm run restore -- <folder> [--at <instant>]

Khôi phục cơ sở dữ liệu trên DATA_DIR (đã dừng) từ bản sao lưu, về đúng thời điểm --at (bỏ trống: mới nhất có thể).
Puts the register on DATA_DIR (stopped) back from a backup, as it was at --at (left out: as new as there is).
Sau đó · then: npm start, npm run after-restore -- --since <takenAt>, npm run verify-chain`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { at: { type: 'string' }, help: { type: 'boolean' } },
});
const [folder] = positionals;
if (folder === undefined || values.help) {
  console.log(help);
  process.exit(values.help ? 0 : 2);
}
const dataDir = resolve(process.env['DATA_DIR'] || join(import.meta.dirname, '../.data'));
try {
  const begun = performance.now();
  const at = values.at === undefined ? undefined : instant(values.at);
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const { manifest, before } = await restore(dataDir, resolve(folder), { at, say });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`Đã khôi phục · restored: ${dataDir}, ${seconds} s
Cơ sở dữ liệu trước đó · what was there before: ${before} (${before}.password)
Tiếp theo · next:
  npm start
  npm run after-restore -- --since ${manifest.takenAt}
  npm run verify-chain`);
} catch (error) {
  const expected = error instanceof StartRefused || error instanceof Refusal;
  console.error(expected ? error.message : error);
  process.exit(1);
}
