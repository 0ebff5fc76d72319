import { getAgency, type Text } from '../domain/law/agency.js';
import { type Catalogue } from '../domain/law/catalogue.js';
import { procedureById } from '../domain/law/procedure.js';
import { dateOf, type Instant, type PlainDate } from '../domain/time/instants.js';
import { type BookedDossier } from '../domain/measures/tracking-book.js';
import { formDefinition, keywordsOf } from './case-form.js';
import { type FormModel, type Letter } from './model.js';
import { markOf, paragraph, placeDate } from './sheet.js';
import { erased, shortDate, type Tongue, tongues } from './words.js';

/** One dossier of the book, with its state in words. */
export interface BookEntry extends BookedDossier {
  readonly status: Text;
}

/** An agency's dossiers of a period within one year. */
export interface Book {
  readonly agency: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly entries: readonly BookEntry[];
}

const shares: Readonly<Record<string, number>> = {
  serial: 4,
  dossierCode: 12,
  procedure: 20,
  applicant: 14,
  contact: 14,
  agency: 12,
  receivedAt: 9,
  dueAt: 7,
  returnedAt: 9,
  status: 9,
};

/** Form 07 as of `asOf`. Pure. */
export function trackingBookOf(book: Book, catalogue: Catalogue, asOf: Instant): FormModel {
  const definition = formDefinition(catalogue.forms, '07');
  const keeper = getAgency(catalogue.agencies, book.agency);
  const letter = (tongue: Tongue): Letter => {
    const { pick, say, date } = tongue;
    const agency = pick(keeper.name);
    return {
      language: tongue.language,
      over: keeper.parent === undefined ? null : pick(getAgency(catalogue.agencies, keeper.parent).name),
      agency,
      number: null,
      placeDate: placeDate(tongue, pick(keeper.seat ?? city), dateOf(asOf)),
      title: [
        say('SỔ THEO DÕI HỒ SƠ', 'DOSSIER REGISTER'),
        say(`Năm ${book.from.slice(0, 4)}`, `Year ${book.from.slice(0, 4)}`),
        say(`(từ ${date(book.from)} đến ${date(book.to)})`, `(from ${date(book.from)} to ${date(book.to)})`),
      ],
      blocks: [
        {
          kind: 'table',
          columns: definition.columns.map(({ code, label }) => ({ title: pick(label), share: shares[code] ?? 8 })),
          rows: book.entries.map((entry) => rowOf(entry, catalogue, tongue)),
        },
        paragraph(say(`Tổng số hồ sơ: ${book.entries.length}`, `Dossiers in all: ${book.entries.length}`)),
      ],
      signatures: definition.signedBy.map((caption) => ({
        caption: pick(caption),
        hint: say('(Ký và ghi rõ họ tên)', '(Signature and full name)'),
        name: null,
      })),
      lookUp: null,
      mark: markOf(definition, tongue),
    };
  };
  return {
    form: '07',
    paper: definition.paper,
    issuedAt: asOf,
    author: keeper.name.vi,
    keywords: keywordsOf(definition),
    draft: false,
    statusUrl: null,
    letters: [letter(tongues.vi), letter(tongues.en)],
  };
}

const city = { vi: 'Thành phố Hồ Chí Minh', en: 'Ho Chi Minh City' };

const rowOf = (entry: BookEntry, { procedures, agencies }: Catalogue, { pick, brief }: Tongue): string[] => [
  String(entry.serial).padStart(2, '0'),
  entry.dossierCode,
  pick(procedureById(procedures, entry.version).name),
  entry.applicant ?? erased,
  entry.email ?? erased,
  pick(getAgency(agencies, entry.agency).name),
  brief(entry.receivedAt),
  shortDate(entry.printedDueDate),
  entry.handedOverAt === null ? '' : brief(entry.handedOverAt),
  pick(entry.status),
];
