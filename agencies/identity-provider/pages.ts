import { type Account, roleNames } from './accounts.js';
import { type PersonRole, personRoles } from '../../domain/people/access-scopes.js';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string) => text.replace(/[&<>"']/g, (found) => escapes[found] ?? found);

interface LoginPage {
  readonly action: string;
  readonly accounts: Iterable<Account>;
  /** The name chosen before, if the attempt failed. */
  readonly failed?: string;
  /** Too many wrong passwords came for it: so long none is looked at. */
  readonly waitSeconds?: number;
}

/** The login page of the stand-in: choose a demonstration account, give the password. Works without JavaScript; Vietnamese, then English. */
export function loginPage({ action, accounts, failed, waitSeconds = 0 }: LoginPage): string {
  const byRole = groupByRole(accounts);
  const options = personRoles
    .filter((role) => byRole.has(role))
    .map((role) => {
      const { vi, en } = roleNames[role];
      const people = (byRole.get(role) ?? []).map((account) => {
        const agency = account.agency === null ? '' : ` · ${account.agency}`;
        const selected = account.id === failed ? ' selected' : '';
        return `<option value="${escape(account.id)}"${selected}>${escape(`${account.name}${agency} (${account.id})`)}</option>`;
      });
      return `<optgroup label="${escape(`${vi} · ${en}`)}">${people.join('')}</optgroup>`;
    });
  const tooMany = `<p role="alert">Sai mật khẩu quá nhiều lần: xin chờ ${waitSeconds} giây.<br><span lang="en">Too many wrong passwords: wait ${waitSeconds} seconds.</span></p>`;
  const problem =
    failed === undefined
      ? ''
      : waitSeconds > 0
        ? tooMany
        : '<p role="alert">Tài khoản hoặc mật khẩu không đúng.<br><span lang="en">The account or the password is wrong.</span></p>';
  return page(
    'Đăng nhập · Sign in',
    `${problem}
<p>Hệ thống này thay cho VNeID và cổng đăng nhập của Thành phố khi trình diễn. Mật khẩu được in ra khi khởi động.<br>
<span lang="en">This stands in for VNeID and the City's sign-on in demonstrations. The password was printed at start.</span></p>
<form method="post" action="${escape(action)}">
<p><label for="account">Tài khoản · <span lang="en">Account</span></label><br>
<select id="account" name="account" required>${options.join('')}</select></p>
<p><label for="password">Mật khẩu · <span lang="en">Password</span></label><br>
<input id="password" name="password" type="password" autocomplete="current-password" required></p>
<p><button type="submit">Đăng nhập · <span lang="en">Sign in</span></button></p>
</form>`,
  );
}

/** A page that says what went wrong, without saying more than the code. */
export function errorPage(code: string): string {
  return page(
    'Không đăng nhập được · Sign-in failed',
    `<p role="alert">Yêu cầu đăng nhập không hợp lệ hoặc đã hết hạn. Hãy bắt đầu lại từ trang của Luồng Xanh.<br>
<span lang="en">The sign-in request is not valid or has expired. Start again from the pages of Luồng Xanh.</span></p>
<p><code>${escape(code)}</code></p>`,
  );
}

function groupByRole(accounts: Iterable<Account>): Map<PersonRole, Account[]> {
  const groups = new Map<PersonRole, Account[]>();
  for (const account of accounts) groups.set(account.role, [...(groups.get(account.role) ?? []), account]);
  return groups;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>body{font-family:system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;line-height:1.5}
select,input,button{font:inherit;padding:.5rem;width:100%;box-sizing:border-box}[role=alert]{color:#a00}</style></head>
<body><h1>Luồng Xanh</h1><h2>${escape(title)}</h2>${body}</body></html>
`;
}
