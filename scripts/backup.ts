// npm run backup -- <folder>: copies the register of the running installation, its documents and roots.
import { join, resolve } from 'node:path';
import { backUp, sizeOf } from './platform/backup.js';
import { StartRefused } from './platform/refused.js';

const help = `npm run backup -- <folder>

Sao lưu hệ thống đang chạy trên DATA_DIR vào một thư mục mới; mọi người vẫn làm việc.
Backs up the installation that runs on DATA_DIR into a new folder; people go on working.
  WAL_ARCHIVE_DIR  như khi npm start: nhờ đó khôi phục được về mọi thời điểm sau bản sao này
                   as npm start had it: with it any later moment can be restored`;

const [folder] = process.argv.slice(2);
if (folder === undefined || folder.startsWith('-')) {
  console.log(help);
  process.exit(folder === '--help' ? 0 : 2);
}
const dataDir = resolve(process.env['DATA_DIR'] || join(import.meta.dirname, '../.data'));
try {
  const begun = performance.now();
  const { takenAt } = await backUp(dataDir, resolve(folder), process.env['WAL_ARCHIVE_DIR'] || null);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const megabytes = (sizeOf(resolve(folder)) / 1e6).toFixed(0);
  console.log(`Đã sao lưu · backed up: ${resolve(folder)}, ${megabytes} MB, ${seconds} s, takenAt ${takenAt}`);
} catch (error) {
  console.error(error instanceof StartRefused ? error.message : error);
  process.exit(1);
}
