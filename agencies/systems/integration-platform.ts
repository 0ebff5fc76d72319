import { type LookupSubject } from '../../domain/schemas/agency-messages.js';
import { dateOf } from '../business-time.js';
import { type Books } from '../books.js';
import { derivedCode, derivedDigits } from '../derive.js';
import { defineSystem } from './agency-system.js';
import { comparableName } from './names.js';

type Asked = LookupSubject<'register-document'>;
interface Field {
  readonly code: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly value: string;
}

const field = (code: string, vi: string, en: string, value: string): Field => ({ code, name: { vi, en }, value });
const company = ({ about }: Asked): string =>
  about.number ?? derivedDigits(10, 'enterprise', comparableName(about.name));

const registeredOn = (day: string | undefined): readonly Field[] =>
  day === undefined ? [] : [field('registered-on', 'Ngày đăng ký', 'Registered on', day)];

/** What each register says of a document it holds, beside whom it is about; the same question has the same answer. */
const fieldsOf: Readonly<Record<string, (asked: Asked, books: Books) => readonly Field[]>> = {
  'national-business-register': (asked, books) => [
    field('enterprise-code', 'Mã số doanh nghiệp', 'Enterprise code', company(asked)),
    field('status', 'Tình trạng pháp lý', 'Legal status', 'active'),
    ...registeredOn(books.enterprises.get(company(asked))?.registeredOn),
  ],
  'national-land-database': ({ project, document }) => [
    field('project', 'Dự án', 'Project', project.name),
    ...(project.zone === null ? [] : [field('zone', 'Khu', 'Zone', project.zone)]),
    field('parcel-record', 'Số hiệu hồ sơ địa chính', 'Cadastral record', derivedCode('TD', project, document)),
  ],
  'planning-database': ({ project }) => [
    field('project', 'Dự án', 'Project', project.name),
    ...(project.zone === null ? [] : [field('zone', 'Khu', 'Zone', project.zone)]),
    field('planning-sheet', 'Mảnh bản đồ quy hoạch', 'Planning sheet', derivedCode('QH', project)),
  ],
  'tax-database': (asked) => [field('enterprise-code', 'Mã số thuế', 'Tax code', company(asked))],
  'customs-database': (asked) => [field('enterprise-code', 'Mã số thuế', 'Tax code', company(asked))],
};

/** Of registers that know the project alone. */
const ofProject = ({ project }: Asked): readonly Field[] => [field('project', 'Dự án', 'Project', project.name)];

/** The City's platform that passes questions for documents on to the registers that hold them. */
export const integrationPlatform = defineSystem({
  code: 'integration-platform',
  title: {
    vi: 'Nền tảng tích hợp, chia sẻ dữ liệu của Thành phố',
    en: 'The City’s data integration and sharing platform',
  },
  legalBasis: null,
  answers: {
    'register-document': ({ correlationId, askedAt, subject }, books) => ({
      reference: derivedCode('KTDL', correlationId, subject),
      held: true,
      about: { name: subject.about.name, number: subject.about.number },
      asOf: askedAt,
      issuedOn: dateOf(askedAt),
      validUntil: null,
      fields: [...(fieldsOf[subject.register] ?? ofProject)(subject, books)],
    }),
  },
});
