import { type CaseFilter, type CaseSummary } from '../../db/read/cases.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { type CellValue, type SheetColumn, sheetOf, type Workbook } from './workbook.js';
import {
  agencyHeading,
  caseHeading,
  caseKindWords,
  caseStatusWords,
  dueHeading,
  laneHeading,
  laneWords,
  projectHeading,
  statusHeading,
  text,
  yes,
} from './words.js';

interface Context {
  readonly publicUrl: string;
  readonly catalogue: Catalogue;
  readonly asOf: string;
}

const kindHeading = text('Loại hồ sơ', 'Kind');

const columns = ({ publicUrl, catalogue }: Context): readonly SheetColumn<CaseSummary>[] => [
  { name: caseHeading, value: ({ code }) => ({ text: code, to: `${publicUrl}/cases/${code}` }) },
  { name: projectHeading, value: ({ name }) => name },
  { name: kindHeading, value: ({ kind }) => caseKindWords[kind] },
  { name: statusHeading, value: ({ status }) => caseStatusWords[status] },
  { name: laneHeading, value: ({ lane }) => lane && laneWords[lane] },
  {
    name: text('Lộ trình', 'Pathway'),
    value: ({ pathway }) => pathway && (catalogue.pathways.find(({ code }) => code === pathway)?.name ?? pathway),
  },
  { name: text('Nộp lúc', 'Filed'), kind: 'moment', value: ({ openedAt }) => openedAt },
  { name: dueHeading, kind: 'day', value: ({ dueDate }) => dueDate },
  { name: text('Vi phạm thời hạn từ', 'Broken since'), kind: 'day', value: ({ breachedOn }) => breachedOn },
  {
    name: text('Thủ tục bắt buộc đã chấp thuận', 'Mandatory procedures approved'),
    kind: 'whole',
    value: ({ mandatory }) => mandatory.approved,
  },
  {
    name: text('Thủ tục bắt buộc', 'Mandatory procedures'),
    kind: 'whole',
    value: ({ mandatory }) => mandatory.total,
  },
  { name: text('Kết thúc lúc', 'Closed'), kind: 'moment', value: ({ closedAt }) => closedAt },
  { name: text('Cập nhật lúc', 'Last changed'), kind: 'moment', value: ({ updatedAt }) => updatedAt },
];

/** The list of cases as a sheet, in its order. */
export function casesBook(
  cases: readonly CaseSummary[],
  { status, lane, kind, agency, overdue, q }: Omit<CaseFilter, 'limit' | 'cursor'>,
  context: Context,
): Workbook {
  const title = text('Danh sách hồ sơ', 'Cases');
  const asked: readonly (readonly [CellValue | undefined, typeof title])[] = [
    [status && caseStatusWords[status], statusHeading],
    [lane && laneWords[lane], laneHeading],
    [kind && caseKindWords[kind], kindHeading],
    [agency && (context.catalogue.agencies.get(agency)?.name ?? agency), agencyHeading],
    [overdue === true ? yes : undefined, text('Chỉ hồ sơ quá hạn', 'Only overdue')],
    [q, text('Có chữ', 'With the words')],
  ];
  return {
    title,
    asOf: context.asOf,
    about: asked.flatMap(([value, name]) => (value === undefined ? [] : [[name, value] as const])),
    sheets: [sheetOf(title, columns(context), cases)],
  };
}
