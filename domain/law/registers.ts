import type { Text } from './agency.js';

/** Registers of the State and of the City that hold documents of dossiers, by the code that definitions of procedures use (`obtainableFrom`). */
const registers: Readonly<Record<string, Text>> = {
  'city-result-store': {
    vi: 'kho kết quả giải quyết thủ tục hành chính của Thành phố',
    en: 'the City’s store of results',
  },
  'customs-database': { vi: 'cơ sở dữ liệu hải quan', en: 'the customs database' },
  'immigration-database': { vi: 'cơ sở dữ liệu xuất nhập cảnh', en: 'the immigration database' },
  'investment-deposit-ledger': { vi: 'sổ theo dõi ký quỹ đầu tư', en: 'the ledger of investment deposits' },
  'judicial-record-database': { vi: 'cơ sở dữ liệu lý lịch tư pháp', en: 'the judicial record database' },
  'national-business-register': {
    vi: 'cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp',
    en: 'the national business register',
  },
  'national-investment-system': {
    vi: 'hệ thống thông tin quốc gia về đầu tư',
    en: 'the national information system on investment',
  },
  'national-land-database': { vi: 'cơ sở dữ liệu quốc gia về đất đai', en: 'the national land database' },
  'planning-database': { vi: 'cơ sở dữ liệu về quy hoạch', en: 'the planning database' },
  'tax-database': { vi: 'cơ sở dữ liệu thuế', en: 'the tax database' },
};

/** Every register that has a name. */
export const registerCodes: readonly string[] = Object.keys(registers);

/** What a register is called; its code where nobody has named it yet. */
export const registerName = (code: string): Text => registers[code] ?? { vi: code, en: code };
