// `npm start`: a whole installation on this machine. PORT (3000) and DATA_DIR (.data) come from the environment.
import { join, resolve } from 'node:path';
import { runInForeground } from './platform/foreground.js';
import { type Account, demonstrationAccounts } from './platform/register.js';
import type { RunningSystem } from './platform/system.js';

const started = performance.now();
const say = (line: string) => console.log(line);
const port = Number(process.env['PORT'] || 3000);
const dataDir = resolve(process.env['DATA_DIR'] || join(import.meta.dirname, '../.data'));
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`PORT=${process.env['PORT']}: phải là số từ 0 đến 65535 · must be a number from 0 to 65535`);
  process.exit(1);
}
await runInForeground({ dataDir, port, say }, printWelcome);

function printWelcome(running: RunningSystem): void {
  const accounts = demonstrationAccounts();
  const staff = accounts.filter(({ role, agency }) => agency !== null && (role === 'officer' || role === 'head'));
  const others = accounts.filter((account) => !staff.includes(account));
  const agencies = [...new Set(staff.map(({ agency }) => agency ?? ''))];
  const width = Math.max(0, ...others.map(({ id }) => id.length), ...agencies.map((agency) => agency.length));
  say(`
Tài khoản trình diễn · demonstration accounts
${others.map(({ id, name, role }) => `  ${id.padEnd(width)}  ${name} (${role})`).join('\n')}
Cán bộ và thủ trưởng · officers and heads
${agencies.map((agency) => `  ${agency.padEnd(width)}  ${idsOf(staff, agency).join('  ')}`).join('\n')}

Luồng Xanh sẵn sàng sau ${((performance.now() - started) / 1000).toFixed(1)} giây. · ready.

  Trang web · pages                   ${running.apiUrl}
  API                                 ${running.apiUrl}/api/v1
  Tài liệu API · OpenAPI page         ${running.apiUrl}/api/docs
  Giao diện Temporal · Temporal UI    ${running.temporalUiUrl ?? `(máy chủ riêng · your own server, ${running.temporalAddress})`}
  Thư đã gửi · mails sent              ${running.mailsUrl ?? '(máy chủ riêng · your own server, SMTP_URL)'}
  Số liệu vận hành · operations       ${Object.values(running.operations)
    .map((url) => `${url}/metrics`)
    .join('  ')}
  Dữ liệu · data                      ${dataDir}
  Mật khẩu trình diễn · password      ${running.secrets.demonstrationPassword}

Lấy mã truy cập · to get an access token:
  curl -H "Authorization: Bearer $(npm run -s token -- ${accounts[0]?.id ?? '<tài khoản · account>'})" ${running.apiUrl}/api/v1/cases

Dừng bằng Ctrl-C; khởi động lại vẫn còn dữ liệu. · Ctrl-C stops it; the next start finds the data again.`);
}

function idsOf(staff: readonly Account[], agency: string): string[] {
  return staff.filter((account) => account.agency === agency).map(({ id }) => id);
}
