import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type PersonRole, personRoles } from '../../domain/people/access-scopes.js';

const Account = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  role: z.enum(personRoles),
  agency: z.string().nullable(),
  email: z.email(),
});

/** A demonstration account. What its owner may do is decided by the register, where the person is known by this id. */
export type Account = z.infer<typeof Account>;

/** The accounts of OIDC_ACCOUNTS_FILE, by id; the file's other fields are left alone. */
export function readAccounts(file: string): ReadonlyMap<string, Account> {
  const accounts = z.array(Account).parse(JSON.parse(readFileSync(file, 'utf8')));
  return new Map(accounts.map((account) => [account.id, account]));
}

/** What people read of a role, in Vietnamese and English. */
export const roleNames: Readonly<Record<PersonRole, { vi: string; en: string }>> = {
  investor: { vi: 'Nhà đầu tư', en: 'Investor' },
  representative: { vi: 'Người đại diện theo ủy quyền', en: 'Representative' },
  'receiving-officer': { vi: 'Cán bộ tiếp nhận', en: 'Receiving officer' },
  officer: { vi: 'Cán bộ', en: 'Officer' },
  head: { vi: 'Thủ trưởng cơ quan', en: 'Agency head' },
  leader: { vi: 'Lãnh đạo Thành phố', en: 'City leader' },
  expert: { vi: 'Chuyên gia', en: 'Expert' },
  auditor: { vi: 'Kiểm toán viên', en: 'Auditor' },
  admin: { vi: 'Quản trị hệ thống', en: 'Administrator' },
  operator: { vi: 'Vận hành hệ thống', en: 'Operator' },
};
