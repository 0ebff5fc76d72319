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
  /** The password was right, and somebody new gave no name or no address. */
  readonly unnamed?: boolean;
}

/** Value of the choice for somebody who is here for the first time. */
export const newAccount = 'new';

/** The login page of the stand-in: choose a demonstration account, give the password. Works without JavaScript; Vietnamese, then English. */
export function loginPage({ action, accounts, failed, waitSeconds = 0, unnamed = false }: LoginPage): string {
  const byRole = groupByRole(accounts);
  const groups = personRoles
    .filter((role) => byRole.has(role))
    .map((role) => {
      const { vi, en, who } = roleNames[role];
      const people = byRole.get(role) ?? [];
      const choices = people.map(({ id, name, agency, organisation = null }) => {
        const place = organisation ?? agency;
        const checked = id === failed ? ' checked' : '';
        return `<label class="one"><input type="radio" name="account" value="${escape(id)}" required${checked}> <span>${escape(place === null ? name : `${name} · ${place}`)} <code>${escape(id)}</code></span></label>`;
      });
      const open = people.length <= 6 || people.some(({ id }) => id === failed);
      return `<fieldset><legend>${escape(vi)} · <span lang="en">${escape(en)}</span></legend>
<p>${escape(who.vi)} <span lang="en">${escape(who.en)}</span></p>
${open ? choices.join('') : `<details><summary>${people.length} tài khoản · <span lang="en">accounts</span></summary>${choices.join('')}</details>`}</fieldset>`;
    });
  const tooMany = `<p role="alert">Sai mật khẩu quá nhiều lần: xin chờ ${waitSeconds} giây.<br><span lang="en">Too many wrong passwords: wait ${waitSeconds} seconds.</span></p>`;
  const problem =
    failed === undefined
      ? ''
      : waitSeconds > 0
        ? tooMany
        : unnamed
          ? '<p role="alert">Xin ghi họ tên hoặc tên doanh nghiệp và địa chỉ thư điện tử của người mới.<br><span lang="en">Give the name and the e-mail address of somebody new.</span></p>'
          : '<p role="alert">Tài khoản hoặc mật khẩu không đúng.<br><span lang="en">The account or the password is wrong.</span></p>';
  return page(
    'Đăng nhập · Sign in',
    `${problem}
<p>Hệ thống này thay cho VNeID và cổng đăng nhập của Thành phố khi trình diễn. Mật khẩu được in ra khi khởi động.<br>
<span lang="en">This stands in for VNeID and the City's sign-on in demonstrations. The password was printed at start.</span></p>
<form method="post" action="${escape(action)}">
<div class="go"><label for="password">Mật khẩu · <span lang="en">Password</span></label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Đăng nhập · <span lang="en">Sign in</span></button></div>
${groups.join('\n')}
<fieldset><legend>Người mới · <span lang="en">Somebody new</span></legend>
<p>Nhà đầu tư đăng nhập lần đầu: tài khoản được mở ngay khi đăng nhập. <span lang="en">An investor who signs in for the first time: the account is there at once.</span></p>
<label class="one"><input type="radio" name="account" value="${newAccount}" required${failed === newAccount ? ' checked' : ''}> <span>Nhà đầu tư mới · <span lang="en">A new investor</span></span></label>
<label for="name">Họ tên hoặc doanh nghiệp · <span lang="en">Name of person or enterprise</span></label> <input id="name" name="name" maxlength="100" autocomplete="off">
<label for="email">Thư điện tử · <span lang="en">E-mail</span></label> <input id="email" name="email" type="email" maxlength="200" autocomplete="off">
<label for="enterpriseNumber">Mã số doanh nghiệp, nếu đăng nhập thay mặt doanh nghiệp · <span lang="en">Registration number, for an account of an enterprise</span></label> <input id="enterpriseNumber" name="enterpriseNumber" maxlength="10" pattern="[0-9]{10}" inputmode="numeric" autocomplete="off">
<label for="enterpriseName">Tên doanh nghiệp · <span lang="en">Name of the enterprise</span></label> <input id="enterpriseName" name="enterpriseName" maxlength="100" autocomplete="off"></fieldset>
</form>`,
  );
}

/** Asks whether the session here is to end, too; the form is the provider's. */
export function endPage(form: string): string {
  return page(
    'Đăng xuất · Sign out',
    `<p>Kết thúc phiên ở cổng đăng nhập này? Người dùng tiếp theo trên máy sẽ phải chọn lại tài khoản.<br>
<span lang="en">End your session at this sign-on? Whoever is next at this machine then has to choose an account.</span></p>
${form}
<p><button type="submit" form="op.logoutForm" name="logout" value="yes">Đăng xuất · <span lang="en">Sign out</span></button></p>`,
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
<style>:root{color-scheme:light dark}body{font-family:system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;line-height:1.5}
h1{font-size:1rem;margin:0}h2{margin:.25rem 0 1rem}fieldset{border:0;border-top:1px solid #8a948e;margin:0 0 .5rem;padding:.5rem 0}legend{font-weight:600;padding-right:.5rem}
fieldset p{margin:0 0 .5rem;opacity:.8}.one{display:flex;gap:.5rem;padding:.25rem 0}summary{cursor:pointer;padding:.25rem 0}.go{margin:1rem 0 1.5rem}.go label{display:block;font-weight:600}
input:not([type=radio]),button{font:inherit;padding:.5rem .75rem;min-height:2.75rem;max-width:100%;box-sizing:border-box}button{background:#0a6638;color:#fff;border:0;border-radius:4px;font-weight:600;cursor:pointer}
:focus-visible{outline:3px solid #174a94;outline-offset:2px}code{opacity:.8;overflow-wrap:anywhere}[role=alert]{border-left:4px solid #a01c16;padding-left:.75rem}</style></head>
<body><main><h1>Luồng Xanh</h1><h2>${escape(title)}</h2>${body}</main></body></html>
`;
}
