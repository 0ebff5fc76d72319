import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type PersonRole, personRoles } from '../../domain/people/access-scopes.js';

const Account = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  role: z.enum(personRoles),
  agency: z.string().nullable(),
  organisation: z.string().nullable().optional(),
  email: z.email(),
  /** In whose name they come: of an account of an enterprise. */
  enterprise: z.object({ number: z.string(), name: z.string() }).optional(),
});

/** A demonstration account. What its owner may do is decided by the register, where the person is known by this id. */
export type Account = z.infer<typeof Account>;

/** The accounts of OIDC_ACCOUNTS_FILE, by id; the file's other fields are left alone. */
export function readAccounts(file: string): Map<string, Account> {
  const accounts = z.array(Account).parse(JSON.parse(readFileSync(file, 'utf8')));
  return new Map(accounts.map((account) => [account.id, account]));
}

const words = z.string().trim().normalize('NFC').max(100);
const Newcomer = z.object({
  name: words.min(1),
  email: z.email().max(200),
  enterpriseNumber: z
    .string()
    .trim()
    .regex(/^(\d{10})?$/)
    .default(''),
  enterpriseName: words.default(''),
});

/** The account of an investor who is here for the first time, the same for the same name and address; undefined where one of them is missing. */
export function newcomer(fields: unknown): Account | undefined {
  const { success, data } = Newcomer.safeParse(fields);
  if (!success) return undefined;
  const { enterpriseNumber: number, enterpriseName, ...person } = data;
  const digest = createHash('sha256').update(`${data.email.toLowerCase()}\n${data.name}`).digest('hex');
  const enterprise = number === '' || enterpriseName === '' ? undefined : { number, name: enterpriseName };
  return {
    ...{ id: `newcomer.${digest.slice(0, 24)}`, ...person, role: 'investor', agency: null },
    ...(enterprise && { enterprise }),
  };
}

interface RoleName {
  readonly vi: string;
  readonly en: string;
  /** What such a person does here, in one sentence. */
  readonly who: { readonly vi: string; readonly en: string };
}
const role = (vi: string, en: string, whoVi: string, whoEn: string): RoleName => ({
  vi,
  en,
  who: { vi: whoVi, en: whoEn },
});

/** What people read of a role, in Vietnamese and English. */
export const roleNames: Readonly<Record<PersonRole, RoleName>> = {
  investor: role(
    'Nhà đầu tư',
    'Investor',
    'Nộp hồ sơ dự án, bổ sung và theo dõi kết quả.',
    'Files projects, answers what is asked and follows the results.',
  ),
  representative: role(
    'Người đại diện theo ủy quyền',
    'Representative',
    'Làm thay nhà đầu tư trong phạm vi ủy quyền.',
    'Acts for an investor within a power of attorney.',
  ),
  'receiving-officer': role(
    'Cán bộ tiếp nhận',
    'Receiving officer',
    'Kiểm tra và tiếp nhận hồ sơ tại Trung tâm Phục vụ hành chính công.',
    'Checks and receives dossiers at the Public Administrative Service Centre.',
  ),
  officer: role(
    'Cán bộ',
    'Officer',
    'Thẩm định và cho ý kiến trong các việc của cơ quan mình.',
    'Appraises and gives opinions in the tasks of one agency.',
  ),
  head: role(
    'Thủ trưởng cơ quan',
    'Agency head',
    'Ký quyết định, giao việc, chủ trì cuộc họp.',
    'Signs decisions, assigns work, chairs conferences.',
  ),
  leader: role(
    'Lãnh đạo Thành phố',
    'City leader',
    'Xem bảng điều hành và quyết định việc được trình.',
    'Reads the board and decides what is brought before the City.',
  ),
  expert: role('Chuyên gia', 'Expert', 'Biểu quyết trong hội đồng thử nghiệm.', 'Votes in a sandbox council.'),
  auditor: role(
    'Kiểm toán viên',
    'Auditor',
    'Đọc mọi hồ sơ và chuỗi bằng chứng, không làm thay ai.',
    'Reads every case and the chain of evidence, acts for nobody.',
  ),
  admin: role(
    'Quản trị hệ thống',
    'Administrator',
    'Công bố lịch làm việc và định nghĩa thủ tục.',
    'Publishes calendars and definitions.',
  ),
  operator: role('Vận hành hệ thống', 'Operator', 'Trông coi động cơ quy trình.', 'Looks after the engine.'),
};
