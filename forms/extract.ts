import { type ExtractContent } from '../domain/case/extract/words.js';
import { valueName } from '../domain/law/register-values.js';
import { type ExtractState } from '../domain/case/extract/state.js';
import { type Text } from '../domain/law/agency.js';
import { registerName } from '../domain/law/registers.js';
import { dateOf } from '../domain/time/instants.js';
import { type Block, type FormModel, type Letter } from './model.js';
import { paragraph, placeDate } from './sheet.js';
import { erased, type Tongue, tongues } from './words.js';

interface PrintedExtract {
  readonly caseCode: string;
  readonly document: Text;
  readonly register: string;
  readonly obtained: NonNullable<ExtractState['obtained']>;
  /** null once it was erased. */
  readonly content: ExtractContent | null;
}

const city = { vi: 'Thành phố Hồ Chí Minh', en: 'Ho Chi Minh City' };

/** What a register holds, as a page to read. Pure: the same answer gives the same page. */
export function extractPage(printed: PrintedExtract): FormModel {
  const letters = [letterIn(tongues.vi, printed), letterIn(tongues.en, printed)] as const;
  return {
    form: 'extract',
    paper: 'A4',
    issuedAt: printed.obtained.at,
    author: letters[0].agency,
    keywords: `reference: ${printed.obtained.reference}`,
    draft: false,
    statusUrl: null,
    letters,
  };
}

function letterIn(tongue: Tongue, { caseCode, document, register, obtained, content }: PrintedExtract): Letter {
  const { say, pick, date, moment } = tongue;
  const { reference, asOf, at, issuedOn, validUntil, requestId } = obtained;
  const field = (label: string, value: string): Block => ({ kind: 'field', label, value });
  return {
    language: tongue.language,
    over: null,
    agency: pick(registerName(register)),
    number: `${say('Số', 'No.')}: ${reference}`,
    placeDate: placeDate(tongue, pick(city), dateOf(asOf)),
    title: [
      say('THÔNG TIN KHAI THÁC TỪ CƠ SỞ DỮ LIỆU', 'EXTRACT FROM A REGISTER'),
      pick(document),
      say(`(theo dữ liệu tại thời điểm ${moment(asOf)})`, `(as of ${moment(asOf)})`),
    ],
    blocks: [
      field(say('Hồ sơ', 'Case'), caseCode),
      field(say('Mã yêu cầu', 'Request'), requestId),
      field(say('Khai thác lúc', 'Obtained'), moment(at)),
      field(say('Ngày cấp', 'Issued on'), issuedOn === null ? '–' : date(issuedOn)),
      field(
        say('Giá trị đến hết', 'Valid until the end of'),
        validUntil === null ? say('cơ sở dữ liệu không ghi thời hạn', 'the register names no day') : date(validUntil),
      ),
      ...(content === null ? [paragraph(erased)] : contentBlocks(content, tongue)),
      paragraph(
        say(
          'Trang này thể hiện dữ liệu đã nhận từ cơ sở dữ liệu nêu trên; dữ liệu gốc do cơ quan quản lý cơ sở dữ liệu giữ.',
          'This page shows what was received from the register named above, which keeps the original.',
        ),
        'italic',
      ),
    ],
    signatures: [],
    lookUp: null,
    mark: say('Dữ liệu khai thác · Luồng Xanh', 'Extract · Luồng Xanh'),
  };
}

function contentBlocks({ purpose, legalBasis, about, fields }: ExtractContent, { say, pick }: Tongue): Block[] {
  return [
    {
      kind: 'field',
      label: say('Về', 'About'),
      value: [about.name, ...(about.number === null ? [] : [about.number])].join(', '),
    },
    {
      kind: 'table',
      columns: [
        { title: say('Trường dữ liệu', 'Field'), share: 2 },
        { title: say('Giá trị', 'Value'), share: 3 },
      ],
      rows: fields.map(({ code, name, value }) => {
        const called = valueName(code, value);
        return [pick(name), called === null ? value : `${pick(called)} (${value})`];
      }),
    },
    { kind: 'field', label: say('Mục đích', 'Purpose'), value: pick(purpose) },
    { kind: 'field', label: say('Căn cứ', 'Legal basis'), value: legalBasis },
  ];
}
