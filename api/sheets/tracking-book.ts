import { type Catalogue } from '../../domain/law/catalogue.js';
import { procedureById } from '../../domain/law/procedure.js';
import { type Book, type BookEntry } from '../../forms/tracking-book.js';
import { type SheetColumn, sheetOf, type Workbook } from './workbook.js';
import {
  agencyHeading,
  dossierHeading,
  fromHeading,
  procedureHeading,
  statusHeading,
  text,
  toHeading,
} from './words.js';

/** Form 07 as a sheet. */
export function trackingBookSheet(
  { agency, from, to, entries }: Book,
  { procedures, agencies }: Catalogue,
  asOf: string,
): Workbook {
  const title = text('Sổ theo dõi hồ sơ', 'Dossier register');
  const nameOf = (code: string) => agencies.get(code)?.name ?? code;
  const erased = text('đã xóa theo quy định', 'erased');
  const columns: readonly SheetColumn<BookEntry>[] = [
    { name: text('Số thứ tự', 'No.'), kind: 'whole', value: ({ serial }) => serial },
    { name: dossierHeading, value: ({ dossierCode }) => dossierCode },
    { name: procedureHeading, value: ({ version }) => procedureById(procedures, version).name },
    { name: text('Người nộp', 'Applicant'), value: ({ applicant }) => applicant ?? erased },
    { name: text('Thư điện tử', 'E-mail'), value: ({ email }) => email ?? erased },
    { name: text('Cơ quan giải quyết', 'Handling agency'), value: (entry) => nameOf(entry.agency) },
    { name: text('Nhận lúc', 'Received'), kind: 'moment', value: ({ receivedAt }) => receivedAt },
    { name: text('Ngày hẹn trả', 'Promised for'), kind: 'day', value: ({ printedDueDate }) => printedDueDate },
    { name: text('Trả lúc', 'Handed over'), kind: 'moment', value: ({ handedOverAt }) => handedOverAt },
    { name: statusHeading, value: ({ status }) => status },
  ];
  return {
    title,
    asOf,
    about: [
      [agencyHeading, nameOf(agency)],
      [fromHeading, from],
      [toHeading, to],
    ],
    sheets: [sheetOf(title, columns, entries)],
  };
}
