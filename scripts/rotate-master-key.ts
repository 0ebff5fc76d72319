// npm run rotate-master-key [-- --add | --drop]: wraps the data key of every case and document anew by the current master key, the first line of MASTER_KEY_FILE. Nothing that they
// seal is touched, and whoever runs goes on.
import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createPool } from '../db/pool.js';
import { masterKeysAway, masterKeysInUse, rewrapKeys } from '../db/register/data-keys.js';
import { masterKeysIn, masterKeysOf, newMasterKey } from '../ops/master-keys.js';
import { writePrivate } from './platform/secrets.js';
import { asOwner } from './register-access.js';

const help = `npm run rotate-master-key [-- --add | --drop]

Bọc lại khóa dữ liệu của mọi hồ sơ và tài liệu bằng khóa chính hiện hành (dòng đầu của MASTER_KEY_FILE). Những gì đã niêm phong giữ nguyên, hệ thống vẫn chạy.
Wraps the data key of every case and document anew by the current master key (the first line of MASTER_KEY_FILE). What they seal stays as it is; the system goes on.

  --add    tạo khóa chính mới, đặt lên dòng đầu, rồi bọc lại · makes a new master key, puts it on the first line, then wraps anew
  --drop   bỏ các khóa chính không còn bọc khóa nào, sau ít nhất một phút · takes out master keys that wrap nothing any more, a minute later at the earliest

Sau --drop, khóa dữ liệu đã hủy trong các bản sao lưu trước đó không mở được nữa; lời văn và tài liệu trong các bản sao lưu ấy cũng vậy.
After --drop no data key in earlier backups is opened any more, destroyed or not: keep the old line elsewhere as long as you want to restore one of them.`;

const settledMs = 60_000;
const say = (line: string) => process.stderr.write(`${line}\n`);
const { values: asked } = parseArgs({
  options: { add: { type: 'boolean' }, drop: { type: 'boolean' }, help: { type: 'boolean' } },
});
if (asked.help === true || (asked.add === true && asked.drop === true)) {
  console.log(help);
  process.exit(asked.help === true ? 0 : 2);
}

await asOwner({ vi: 'được bọc lại khóa', en: 'wraps keys anew' }, say, (ownerUrl, { masterKey }) =>
  rotate(ownerUrl, masterKey),
);

async function rotate(ownerUrl: string, file: string): Promise<void> {
  if (asked.drop === true && Date.now() - statSync(file).mtimeMs < settledMs) {
    say('Tệp khóa vừa đổi: chờ một phút để mọi tiến trình dùng khóa mới rồi chạy lại.');
    say(
      'The file of the keys has just changed: wait a minute until every process uses the new key, then run it again.',
    );
    process.exitCode = 1;
    return;
  }
  if (asked.add === true) writePrivate(file, `${newMasterKey()}\n${readFileSync(file, 'utf8')}`);
  const masterKeys = masterKeysOf(file);
  const owner = createPool(ownerUrl, { max: 1, applicationName: 'rotate-master-key' });
  try {
    const wrapped = await rewrapKeys(owner, masterKeys);
    console.log(`Đã bọc lại · wrapped anew: ${wrapped} khóa · keys`);
    for (const { master, cases, documents } of await masterKeysAway(owner, masterKeys)) {
      console.log(
        `Không có khóa chính ${master}: ${cases} hồ sơ, ${documents} tài liệu chờ khóa này · master key ${master} is not at hand: ${cases} cases, ${documents} documents wait for it`,
      );
      process.exitCode = 1;
    }
    if (asked.drop === true) drop(file, new Set(await masterKeysInUse(owner)));
  } finally {
    await owner.end();
  }
}

function drop(file: string, inUse: ReadonlySet<string>): void {
  const keys = [...masterKeysIn(readFileSync(file, 'utf8'))];
  const stay = keys.filter(([id], i) => i === 0 || inUse.has(id));
  writePrivate(file, stay.map(([, key]) => `${key.toString('base64')}\n`).join(''));
  for (const [id] of keys.filter((one) => !stay.includes(one)))
    console.log(`Đã bỏ khóa chính · dropped the master key ${id}`);
}
