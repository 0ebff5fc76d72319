// npm run erase -- person|case|document|text <ref> --asked-by <who> --basis <law>: erases personal data beside the evidence, and records who asked for it.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { erasable, erase, type Erasable } from '../db/register/erasure.js';
import { createPool } from '../db/pool.js';
import { errors, Refusal } from '../domain/errors.js';
import { accessRegister } from './register-access.js';

const help = `npm run erase -- <loại · kind> <mã · ref> --asked-by <ai yêu cầu · who asked> --basis <căn cứ · legal basis>

Xóa dữ liệu cá nhân nằm ngoài chuỗi chứng cứ; chuỗi giữ nguyên và vẫn kiểm tra được. Ghi lại ai yêu cầu và theo căn cứ nào.
Erases personal data that lies beside the evidence; the chains stay as they are and still verify. Who asked and on which basis is recorded.

  person <id>             họ tên, địa chỉ, điện thoại, bản nháp; tên trên mọi giấy tờ
                          name, mail address, telephone, drafts; the name on all papers
  case <mã hồ sơ · code>  nội dung hồ sơ đã nộp, mọi lời viết, tên người, tin nhắn và trả lời của các cơ quan, số liệu thử nghiệm (hồ sơ đã kết thúc)
                          the filing, all words written, names, messages and answers of agencies, readings of a trial (a case that is over)
  text <mã hồ sơ · code>/<id>   một đoạn lời viết · one text
  document <id>           tên tệp và nội dung tệp · the file's name and its bytes

  DATABASE_URL, MIGRATOR_DATABASE_URL, DOCUMENTS_DIR: bỏ trống thì dùng hệ thống trên DATA_DIR · left out: those on DATA_DIR
Không lấy lại được. Bản sao lưu và giấy tờ đã cấp nằm ngoài lệnh này.
It cannot be undone. Backups and papers handed out before are beyond this command.`;

const say = (line: string) => process.stderr.write(`${line}\n`);
const isErasable = (kind: string | undefined): kind is Erasable => erasable.some((one) => one === kind);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'asked-by': { type: 'string' }, basis: { type: 'string' }, help: { type: 'boolean' } },
});
const [kind, ref] = positionals;
const [askedBy, basis] = [values['asked-by']?.trim() ?? '', values.basis?.trim() ?? ''];
if (values.help) {
  console.log(help);
  process.exit(0);
}
if (!isErasable(kind) || ref === undefined || positionals.length > 2 || askedBy === '' || basis === '') {
  say(help);
  process.exit(2);
}

const access = await accessRegister(process.env, say);
try {
  if (access.ownerUrl === undefined) {
    say('Thiếu MIGRATOR_DATABASE_URL: chỉ chủ sở hữu các bảng được xóa.');
    say('MIGRATOR_DATABASE_URL is missing: only the owner of the tables erases.');
    process.exitCode = 1;
  } else {
    const owner = createPool(access.ownerUrl, { max: 1, applicationName: 'erase' });
    try {
      const now = new Date().toISOString();
      const { what, bytes, cases } = await erase(owner, { kind, ref, askedBy, basis, now });
      for (const sha256 of bytes)
        await rm(join(access.documents, sha256.slice(0, 2), sha256.slice(2)), { force: true });
      const told = Object.entries(what).filter(([, n]) => n > 0);
      if (told.length === 0) console.log(`Đã xóa từ trước · erased before: ${kind} ${ref}`);
      else console.log(`Đã xóa · erased: ${kind} ${ref} (${told.map(([table, n]) => `${table} ${n}`).join(', ')})`);
      if (cases.length > 0) {
        console.log(`Tên có thể còn trong hồ sơ đã nộp, xóa riêng từng hồ sơ: ${cases.join(', ')}`);
        console.log(`The filings of these cases may still hold the name, erase each: ${cases.join(', ')}`);
      }
    } finally {
      await owner.end();
    }
  }
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  const { vi, en } = errors[error.code].title;
  say(`${vi} · ${en}: ${JSON.stringify(error.details)}`);
  process.exitCode = 1;
} finally {
  await access.close();
}
