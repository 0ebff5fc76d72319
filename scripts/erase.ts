// npm run erase [-- <order> …]: carries out what two administrators decided to erase, as the owner of the tables, with a certificate of destruction for each.
import { parseArgs } from 'node:util';
import { createDevelopmentSigner, guardedSigner } from '../activities/signer.js';
import { createPool } from '../db/pool.js';
import { confirmedErasures, findErasure } from '../db/register/erasure-orders.js';
import { carryOut } from '../db/register/erasure.js';
import { rootKeysOf } from '../db/register/root-check.js';
import { formerKeys } from './platform/secrets.js';
import { requireValid } from '../db/register/signing-keys.js';
import { removeBytes } from '../db/register/kept-files.js';
import { errors, Refusal } from '../domain/errors.js';
import { asOwner, type RegisterAccess } from './register-access.js';

const help = `npm run erase [-- <mã lệnh xóa · id of an order> …]

Thực hiện các lệnh xóa mà một quản trị viên đề xuất và một quản trị viên khác xác nhận (POST /api/v1/erasures, …/confirmation): không ghi mã nào thì thực hiện mọi lệnh đang chờ.
Chuỗi chứng cứ giữ nguyên và vẫn kiểm tra được. Mỗi lệnh có một chứng nhận tiêu hủy đã ký (GET /api/v1/erasures/{id}).
Carries out what one administrator proposed and another confirmed: without an id every order that waits. The chains stay as they are and still verify. Each order gets
a signed certificate of destruction.

  person    họ tên, địa chỉ, điện thoại, bản nháp, tài liệu chưa nêu trong hồ sơ nào; tên trên mọi giấy tờ
            name, mail address, telephone, drafts, documents that no case names; the name on all papers
  case      nội dung hồ sơ đã nộp, mọi lời viết, tên người, tin nhắn và trả lời của các cơ quan, số liệu thử nghiệm, tài liệu chỉ hồ sơ này nêu (hồ sơ đã kết thúc)
            the filing, all words written, names, messages and answers of agencies, readings of a trial, documents that no other case names (a case that is over)
  text      một đoạn lời viết · one text
  document  tên tệp và nội dung tệp · the file's name and its bytes

  DATABASE_URL, MIGRATOR_DATABASE_URL, DOCUMENTS_DIR, SIGNER_KEY_FILE: bỏ trống thì dùng hệ thống trên DATA_DIR · left out: those on DATA_DIR
Không lấy lại được. Giấy tờ đã cấp nằm ngoài lệnh này; bản sao lưu: npm run rotate-master-key.
It cannot be undone. Papers handed out before are beyond this command; of backups see npm run rotate-master-key.`;

const say = (line: string) => process.stderr.write(`${line}\n`);
const { values, positionals: ids } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean' } } });
if (values.help) {
  console.log(help);
  process.exit(0);
}
if (ids.some((id) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))) {
  say(help);
  process.exit(2);
}

await asOwner({ vi: 'được xóa', en: 'erases' }, say, eraseAll);

async function eraseAll(ownerUrl: string, access: RegisterAccess): Promise<void> {
  const owner = createPool(ownerUrl, { max: 2, applicationName: 'erase' });
  const signer = guardedSigner(createDevelopmentSigner(access.signerKey), (key) => requireValid(owner, key));
  // An erasure that was cut off before the key was rotated goes on with the key that began it.
  const keys = rootKeysOf(formerKeys(access.signerKey));
  try {
    const waiting = ids.length > 0 ? ids : (await confirmedErasures(owner)).map(({ id }) => id);
    if (waiting.length === 0) console.log('Không có lệnh xóa nào chờ thực hiện · no confirmed erasure waits');
    for (const id of waiting) {
      try {
        const { what, cases, certificate } = await carryOut(owner, id, {
          now: new Date().toISOString(),
          sign: (text) => signer.sign(Buffer.from(text, 'utf8')),
          keys,
          remove: (left) => removeBytes(access.documents, left),
        });
        const { kind, ref } = certificate.content;
        const told = Object.entries(what).filter(([, n]) => n > 0);
        if (told.length === 0) console.log(`Đã xóa từ trước · erased before: ${kind} ${ref}`);
        else console.log(`Đã xóa · erased: ${kind} ${ref} (${told.map(([table, n]) => `${table} ${n}`).join(', ')})`);
        console.log(`Chứng nhận tiêu hủy · certificate of destruction: ${id}`);
        if (cases.length > 0) {
          console.log(`Tên có thể còn trong hồ sơ đã nộp, xóa riêng từng hồ sơ: ${cases.join(', ')}`);
          console.log(`The filings of these cases may still hold the name, erase each: ${cases.join(', ')}`);
        }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const { vi, en } = errors[error.code].title;
        const about = await findErasure(owner, id);
        const what = about ? `${about.kind} ${about.ref}` : '';
        say(`${id} ${what}: ${error.code} · ${vi} · ${en}: ${JSON.stringify(error.details)}`);
        process.exitCode = 1;
      }
    }
  } finally {
    await owner.end();
  }
}
