import type { Text } from '../law/agency.js';

export const predicateIds = ['high-tech', 'internationally-linked', 'needs-priority'] as const;
/** One of the three tests of the City's text for the green lane. */
export type PredicateId = (typeof predicateIds)[number];

/**
 * What stands behind a verdict. `register`: an entry of a list of the City, valid on the day of filing. `document`: filed, examined and accepted by whoever owns
 * the lane. `claim`: somebody says so, which proves nothing.
 */
export type EvidenceKind = 'register' | 'document' | 'claim';

/** One way to prove a test: a kind of document that the investor gives, or a list of the City that names the project. */
export interface Proof {
  readonly kind: 'register' | 'document';
  readonly code: string;
  readonly name: Text;
}

const proof = (kind: Proof['kind'], code: string, vi: string, en: string): Proof => ({ kind, code, name: { vi, en } });

/** What would prove each test. The kinds of documents are ours: the City's text names the tests and no papers. */
export const proofs = {
  'high-tech': [
    proof(
      'document',
      'high-tech-certificate',
      'Giấy chứng nhận hoặc văn bản xác nhận công nghệ, sản phẩm công nghệ cao của cơ quan có thẩm quyền',
      'Certificate or confirmation by the competent body that the technology or product is high-tech',
    ),
    proof(
      'register',
      'high-technologies',
      'Số mục trong danh mục công nghệ cao, sản phẩm công nghệ cao ưu tiên của Thành phố',
      'Number of the entry in the City’s list of priority high technologies and products',
    ),
  ],
  'internationally-linked': [
    proof(
      'document',
      'foreign-party-licence',
      'Giấy phép hoặc giấy đăng ký thành lập của bên nước ngoài',
      'Licence or certificate of incorporation of the foreign party',
    ),
    proof(
      'document',
      'foreign-party-contract',
      'Hợp đồng với bên nước ngoài (góp vốn, hợp tác, chuyển giao công nghệ)',
      'Contract with the foreign party (capital, cooperation, transfer of technology)',
    ),
    proof('document', 'memorandum', 'Biên bản ghi nhớ với bên nước ngoài', 'Memorandum with the foreign party'),
    proof(
      'register',
      'memoranda',
      'Số mục trong danh mục biên bản ghi nhớ của Thành phố',
      'Number of the entry in the City’s list of memoranda',
    ),
  ],
  'needs-priority': [
    proof(
      'register',
      'key-projects',
      'Số mục trong danh mục dự án trọng điểm của Thành phố',
      'Number of the entry in the City’s list of key projects',
    ),
    proof(
      'document',
      'key-project-decision',
      'Văn bản của Thành phố xác định dự án cần ưu tiên',
      'Act of the City that names the project as one that needs priority',
    ),
    proof('document', 'memorandum', 'Biên bản ghi nhớ với Thành phố', 'Memorandum with the City'),
    proof(
      'register',
      'memoranda',
      'Số mục trong danh mục biên bản ghi nhớ của Thành phố',
      'Number of the entry in the City’s list of memoranda',
    ),
  ],
} as const satisfies Readonly<Record<PredicateId, readonly Proof[]>>;

/** Every kind of document that proves some test. */
export const evidenceCodes = [
  ...new Set(
    Object.values(proofs).flatMap((some: readonly Proof[]) =>
      some.filter(({ kind }) => kind === 'document').map(({ code }) => code),
    ),
  ),
] as [string, ...string[]];

/** Whether that kind of document could prove the test. */
export const provesBy = (predicate: PredicateId, kind: Proof['kind'], code: string): boolean =>
  proofs[predicate].some((one: Proof) => one.kind === kind && one.code === code);

/** A list of the City as its data has it. */
export interface CityList {
  readonly code: string;
  readonly name: Text;
  readonly entries: readonly CityListEntry[];
}

export interface CityListEntry {
  readonly number: string;
  /** What it names: a project, a technology or product, a memorandum. */
  readonly subject?: Text;
  /** Registration number of the enterprise it names; null where it names a project or a technology alone. */
  readonly organisation: string | null;
  readonly from: string;
  /** Last day; null: until further notice. */
  readonly to: string | null;
  /** The decision behind it. */
  readonly document: string;
}

/** What a finding rests on, in one word: `E1`, the first document given, or `list/key-projects/12`. */
export const listBasis = (list: string, entry: string): string => `list/${list}/${entry}`;

/** The entry that a basis names, where a list has it and it was valid on that day for that enterprise. */
export function findListed(
  lists: readonly CityList[],
  basis: string,
  on: string,
  organisation: string | null,
): { readonly list: string; readonly entry: CityListEntry } | undefined {
  for (const { code, entries } of lists) {
    for (const entry of entries) {
      if (listBasis(code, entry.number) !== basis) continue;
      if (isValid(entry, on) && (entry.organisation === null || entry.organisation === organisation))
        return { list: code, entry };
    }
  }
  return undefined;
}

/** The entry that a basis names, whether it holds or not. */
export function findEntry(lists: readonly CityList[], basis: string): CityListEntry | undefined {
  for (const { code, entries } of lists) {
    const found = entries.find(({ number }) => listBasis(code, number) === basis);
    if (found) return found;
  }
  return undefined;
}

const isValid = ({ from, to }: CityListEntry, on: string): boolean => from <= on && (to === null || on <= to);

/** Whether that list names the enterprise on that day. */
export const isListed = (lists: readonly CityList[], list: string, on: string, organisation: string): boolean =>
  lists.some(
    ({ code, entries }) =>
      code === list && entries.some((entry) => isValid(entry, on) && entry.organisation === organisation),
  );
