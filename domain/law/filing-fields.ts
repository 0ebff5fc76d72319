import type {
  changes,
  environmentalGroups,
  feasibilityGroups,
  fields,
  Filing,
  lands,
  languages,
  licensings,
  zones,
} from '../schemas/project.js';
import type { Text } from './agency.js';
import type { Catalogue } from './catalogue.js';
import { type FieldWords, filingWords } from './filing-words.js';
import { projectFacts, type Rule } from './rules.js';

/** Paths to the single answers of a filing: `project.site.zone`, `documents[].code`. */
export type LeafOf<T, Path extends string = ''> = T extends readonly (infer One)[]
  ? LeafOf<One, `${Path}[]`>
  : T extends object
    ? {
        [Key in keyof T & string]-?: LeafOf<NonNullable<T[Key]>, Path extends '' ? Key : `${Path}.${Key}`>;
      }[keyof T & string]
    : Path;

/** What each answer of a filing means. An answer without its words does not compile. */
export const filingFields: Readonly<Record<LeafOf<Filing>, FieldWords>> = filingWords;
export type FilingField = keyof typeof filingFields;

const text = (vi: string, en: string): Text => ({ vi, en });

interface Named {
  readonly name: Text;
  readonly meaning: Text;
}

/** Where a project may stand. */
export const zoneWords: Readonly<Record<(typeof zones)[number], Named>> = {
  SHTP: {
    name: text('Khu Công nghệ cao', 'High-Tech Park'),
    meaning: text('Khu Công nghệ cao Thành phố Hồ Chí Minh.', 'The high-tech park of Ho Chi Minh City.'),
  },
  HEPZA: {
    name: text('Khu chế xuất, khu công nghiệp', 'Export processing or industrial zone'),
    meaning: text(
      'Mọi khu chế xuất, khu công nghiệp do ban quản lý các khu này quản lý.',
      'Every export-processing and industrial zone under the board that manages these.',
    ),
  },
  DTP: {
    name: text('Khu công nghệ số tập trung', 'Concentrated digital technology park'),
    meaning: text(
      'Khu công nghệ số tập trung, trước đây gọi là khu công nghệ thông tin tập trung.',
      'A concentrated digital-technology park, called concentrated information-technology park before.',
    ),
  },
  FTZ: {
    name: text('Khu thương mại tự do', 'Free-trade zone'),
    meaning: text('Khu thương mại tự do của Thành phố.', 'The free-trade zone of the City.'),
  },
  IFC: {
    name: text('Trung tâm tài chính quốc tế', 'International Financial Centre'),
    meaning: text('Trung tâm tài chính quốc tế tại Thành phố.', 'The International Financial Centre in the City.'),
  },
  EZ: {
    name: text('Khu kinh tế', 'Economic zone'),
    meaning: text(
      'Khu kinh tế; phần nằm trong khu chức năng thì chọn khu ấy.',
      'An economic zone; where a functional zone lies in it, take that one.',
    ),
  },
  QTSC: {
    name: text('Công viên phần mềm Quang Trung', 'Quang Trung Software City'),
    meaning: text('Công viên phần mềm Quang Trung.', 'The software park at Quang Trung.'),
  },
  none: {
    name: text('Ngoài các khu', 'Outside the zones'),
    meaning: text('Không nằm trong khu nào kể trên.', 'In none of the zones above.'),
  },
};

/** How an investor comes to the land. */
export const landWords: Readonly<Record<(typeof lands)[number], Named>> = {
  'leased-factory': {
    name: text('Thuê nhà xưởng', 'Leased factory'),
    meaning: text(
      'Thuê nhà xưởng, văn phòng đã xây sẵn; không được giao hay thuê đất của Nhà nước.',
      'A factory or office that is already built is rented; no land is leased from the State.',
    ),
  },
  'infrastructure-sublease': {
    name: text('Thuê lại đất có hạ tầng', 'Sublease of serviced land'),
    meaning: text(
      'Thuê lại đất của công ty phát triển hạ tầng trong khu.',
      'Serviced land is subleased from the company that develops the zone.',
    ),
  },
  'cleared-land': {
    name: text('Đất đã giải phóng mặt bằng', 'Cleared land'),
    meaning: text(
      'Nhà nước cho thuê đất sạch, đã giải phóng mặt bằng.',
      'The State leases land that is already cleared.',
    ),
  },
  'state-land': {
    name: text('Đất Nhà nước khác', 'Other State land'),
    meaning: text(
      'Nhà nước giao hoặc cho thuê đất chưa giải phóng mặt bằng.',
      'The State allots or leases land that is not cleared yet.',
    ),
  },
  'own-land': {
    name: text('Đất nhà đầu tư đang có', 'Land the investor has'),
    meaning: text('Nhà đầu tư đã có quyền sử dụng đất.', 'The investor already holds the right to use the land.'),
  },
};

const technologies: Readonly<Record<(typeof fields)[number], Text>> = {
  semiconductors: text('Bán dẫn', 'Semiconductors'),
  electronics: text('Điện tử', 'Electronics'),
  'data-centres': text('Trung tâm dữ liệu', 'Data centres'),
  cloud: text('Điện toán đám mây', 'Cloud computing'),
  'high-performance-computing': text('Tính toán hiệu năng cao', 'High-performance computing'),
  ai: text('Trí tuệ nhân tạo', 'Artificial intelligence'),
  'big-data': text('Dữ liệu lớn', 'Big data'),
  blockchain: text('Chuỗi khối', 'Blockchain'),
  'internet-of-things': text('Internet vạn vật', 'Internet of things'),
  ict: text('Công nghệ thông tin và truyền thông', 'Information and communication technology'),
  telecommunications: text('Viễn thông', 'Telecommunications'),
  'satellite-communications': text('Thông tin vệ tinh', 'Satellite communications'),
  software: text('Phần mềm', 'Software'),
  cybersecurity: text('An ninh mạng', 'Cybersecurity'),
  'digital-infrastructure': text('Hạ tầng số', 'Digital infrastructure'),
  'digital-content': text('Nội dung số', 'Digital content'),
  'digital-finance': text('Tài chính số', 'Digital finance'),
  'digital-logistics': text('Logistics số', 'Digital logistics'),
  'maritime-technology': text('Công nghệ hàng hải', 'Maritime technology'),
  'marketing-technology': text('Công nghệ tiếp thị', 'Marketing technology'),
  automation: text('Tự động hóa', 'Automation'),
  robotics: text('Rô-bốt', 'Robotics'),
  'smart-manufacturing': text('Sản xuất thông minh', 'Smart manufacturing'),
  'precision-mechanics': text('Cơ khí chính xác', 'Precision mechanics'),
  'unmanned-vehicles': text('Phương tiện không người lái', 'Unmanned vehicles'),
  'renewable-energy': text('Năng lượng tái tạo', 'Renewable energy'),
  biotech: text('Công nghệ sinh học', 'Biotechnology'),
  'high-tech-agriculture': text('Nông nghiệp công nghệ cao', 'High-tech agriculture'),
  'medical-technology': text('Công nghệ y tế', 'Medical technology'),
  'advanced-materials': text('Vật liệu tiên tiến', 'Advanced materials'),
  'research-and-development': text('Nghiên cứu và phát triển', 'Research and development'),
  'other-high-technology': text('Công nghệ cao khác', 'Other high technology'),
};
const groups: Readonly<Record<(typeof feasibilityGroups)[number], Text>> = {
  A: text('Nhóm A', 'Group A'),
  B: text('Nhóm B', 'Group B'),
  C: text('Nhóm C', 'Group C'),
};
const environments: Readonly<Record<(typeof environmentalGroups)[number], Text>> = {
  none: text('Không thuộc nhóm nào', 'In no group'),
  III: text('Nhóm III', 'Group III'),
  II: text('Nhóm II', 'Group II'),
  I: text('Nhóm I', 'Group I'),
};
const adjustments: Readonly<Record<(typeof changes)[number], Text>> = {
  'name-schedule-address': text(
    'Tên dự án, tên nhà đầu tư; tiến độ, thời hạn do chậm bàn giao đất; địa điểm sau sắp xếp đơn vị hành chính',
    'Name of the project or the investor; schedule or term after a late hand-over of land; place after a merger of administrative units',
  ),
  'outside-approval': text(
    'Nội dung khác, không thuộc khoản 3 Điều 33 Luật Đầu tư',
    'Anything else outside Article 33.3 of the Investment Law',
  ),
  other: text('Nội dung khác', 'Anything else'),
};
const pathways: Readonly<Record<(typeof licensings)[number], Text>> = {
  standard: text('Con đường thông thường', 'Standard pathway'),
  special: text('Thủ tục đầu tư đặc biệt', 'Special investment procedure'),
  strategic: text('Con đường nhà đầu tư chiến lược', 'Strategic investors’ pathway'),
};
export const tongues: Readonly<Record<(typeof languages)[number], Text>> = {
  vi: text('Tiếng Việt', 'Vietnamese'),
  en: text('Tiếng Anh', 'English'),
};
const named = (words: Readonly<Record<string, Named>>): Readonly<Record<string, Text>> =>
  Object.fromEntries(Object.entries(words).map(([code, { name }]) => [code, name]));

/** What the codes of an answer are called, where it is one of a few. */
export const filingValues: Readonly<Partial<Record<FilingField, Readonly<Record<string, Text>>>>> = {
  kind: { 'green-lane': text('Luồng xanh', 'Green lane') },
  'project.field': technologies,
  'project.site.zone': named(zoneWords),
  'project.site.land': named(landWords),
  'project.feasibilityGroup': groups,
  'project.environmentalGroup': environments,
  'project.adjustment.change': adjustments,
  'project.adjustment.licensedBy': pathways,
  'investor.language': tongues,
};

export interface NamingClause {
  readonly clause: string;
  readonly verified: boolean;
}

/** The clauses of the catalogue whose rule asks whether an attribute has this value, each once. */
export function clausesNaming({ pathways: all, rules }: Catalogue, attr: string, value: string): NamingClause[] {
  const found = [
    ...all.flatMap(({ lawfulWhen }) => lawfulWhen.filter(({ rule }) => names(rule, attr, value))),
    ...rules.derived.filter((one) =>
      ('rule' in one ? [one.rule] : one.cases.flatMap(({ when }) => when ?? [])).some((rule) =>
        names(rule, attr, value),
      ),
    ),
  ];
  const clauses = new Map<string, boolean>();
  for (const { clause, verified } of found)
    if (clause !== null) clauses.set(clause, (clauses.get(clause) ?? true) && verified);
  return [...clauses].map(([clause, verified]) => ({ clause, verified }));
}

function names(rule: Rule, attr: string, value: string): boolean {
  if ('all' in rule) return rule.all.some((part) => names(part, attr, value));
  if ('any' in rule) return rule.any.some((part) => names(part, attr, value));
  if ('not' in rule) return names(rule.not, attr, value);
  return rule.attr === attr && [rule.value].flat().includes(value);
}

/** The board that manages a zone; null where it has none that we know. */
export function boardOf({ rules }: Catalogue, zone: string): string | null {
  const board = projectFacts({ project: { site: { zone } }, investor: {} }, rules)['derived.siteBoard'];
  return typeof board === 'string' ? board : null;
}
