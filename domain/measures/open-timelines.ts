import type { Text } from '../law/agency.js';
import { leastCases } from './small-cells.js';

/** How long one procedure took that was decided and has ended, as the register knows it. Days are working days of its calendar. */
export interface Timeline {
  readonly case: string;
  readonly procedure: string;
  readonly agency: string;
  readonly lane: string;
  /** In which it ended, `YYYY-MM`. */
  readonly month: string;
  readonly agencyDays: number;
  readonly investorDays: number;
  readonly otherDays: number;
  readonly onTime: boolean;
}

/** What is published of it, column by column as text; empty: withheld. */
export type OpenTimeline = Readonly<Record<OpenColumn, string>>;

/** Everything that is published of one quarter: each row as often as it stands for a procedure. */
export interface OpenTimelines {
  readonly rows: readonly { readonly row: OpenTimeline; readonly n: number }[];
  readonly published: number;
  /** Procedures that could be told apart however coarse their row. */
  readonly withheld: number;
}

const text = (vi: string, en: string): Text => ({ vi, en });

interface ColumnDefinition {
  readonly name: Text;
  readonly type: 'code' | 'period' | 'days' | 'boolean';
  readonly description: Text;
}

const daysShape = text(
  'Số nguyên, hoặc khoảng «a-b» gồm cả hai đầu.',
  'A whole number, or the range “a-b” with both ends in it.',
);
const days = (vi: string, en: string): Text => text(`${vi} ${daysShape.vi}`, `${en} ${daysShape.en}`);

/** The dictionary of the data set, in the order of its columns. */
export const openColumns = {
  procedure: {
    name: text('Thủ tục', 'Procedure'),
    type: 'code',
    description: text(
      'Mã thủ tục; tên và căn cứ ở GET /api/v1/procedures.',
      'Code of the procedure; GET /api/v1/procedures has its name and basis.',
    ),
  },
  agency: {
    name: text('Cơ quan', 'Agency'),
    type: 'code',
    description: text(
      'Mã cơ quan giải quyết; tên ở GET /api/v1/agencies. Trống: không nêu, vì hàng sẽ nhận ra được hồ sơ.',
      'Code of the agency that handled it; GET /api/v1/agencies has its name. Empty: withheld, the row could be told apart.',
    ),
  },
  period: {
    name: text('Kỳ', 'Period'),
    type: 'period',
    description: text(
      'Tháng thủ tục kết thúc (2026-07), hoặc chỉ quý (2026-Q3).',
      'Month in which the procedure ended (2026-07), or its quarter alone (2026-Q3).',
    ),
  },
  lane: {
    name: text('Luồng', 'Lane'),
    type: 'code',
    description: text(
      'green: luồng xanh; standard: luồng thông thường; undecided: chưa xác định. Trống: không nêu.',
      'green, standard or undecided, as it stood when the case counts. Empty: withheld.',
    ),
  },
  agency_days: {
    name: text('Ngày của cơ quan', 'Days of the agency'),
    type: 'days',
    description: days(
      'Ngày làm việc cơ quan giữ hồ sơ, từ khi tính thời hạn đến khi hết tính, kể cả thời gian lấy ý kiến.',
      'Working days that the agency had the file, from the start of its term to its end, asking others included.',
    ),
  },
  investor_days: {
    name: text('Ngày của nhà đầu tư', 'Days of the investor'),
    type: 'days',
    description: days(
      'Ngày làm việc đồng hồ tạm dừng chờ nhà đầu tư bổ sung. Trống: không nêu.',
      'Working days on which the term stood still for the investor. Empty: withheld.',
    ),
  },
  other_days: {
    name: text('Ngày khác', 'Other days'),
    type: 'days',
    description: days(
      'Ngày làm việc từ lần nộp đầu tiên đến khi bắt đầu tính thời hạn, bất kể ai giữ. Trống: không nêu.',
      'Working days from the first filing to the start of the term, whoever had the file. Empty: withheld.',
    ),
  },
  on_time: {
    name: text('Đúng hạn', 'On time'),
    type: 'boolean',
    description: text(
      'true: có quyết định trong thời hạn của luật; false: quá hạn.',
      'true: decided within the term of the law; false: after it.',
    ),
  },
} as const satisfies Readonly<Record<string, ColumnDefinition>>;
export type OpenColumn = keyof typeof openColumns;
export const openColumnNames = Object.keys(openColumns) as OpenColumn[];

/** How a row is made coarser, least first; a row is published at the first step at which enough others say the same. */
interface Coarsening {
  readonly period: 'month' | 'quarter';
  /** Days in ranges of so many. */
  readonly width: number;
  readonly withheld: readonly OpenColumn[];
}

const coarsenings: readonly Coarsening[] = [
  { period: 'month', width: 1, withheld: [] },
  { period: 'quarter', width: 5, withheld: [] },
  { period: 'quarter', width: 10, withheld: ['lane'] },
  { period: 'quarter', width: 20, withheld: ['lane', 'agency'] },
  { period: 'quarter', width: 20, withheld: ['lane', 'agency', 'investor_days', 'other_days'] },
];

function openRow(quarter: string, one: Timeline, { period, width, withheld }: Coarsening): OpenTimeline {
  const range = (count: number): string => {
    const low = count - (count % width);
    return width === 1 ? String(count) : `${low}-${low + width - 1}`;
  };
  const row: OpenTimeline = {
    procedure: one.procedure,
    agency: one.agency,
    period: period === 'month' ? one.month : quarter,
    lane: one.lane,
    agency_days: range(one.agencyDays),
    investor_days: range(one.investorDays),
    other_days: range(one.otherDays),
    on_time: String(one.onTime),
  };
  return { ...row, ...Object.fromEntries(withheld.map((column) => [column, ''])) };
}

const lineOf = (row: OpenTimeline): string => openColumnNames.map((column) => row[column]).join(',');

/**
 * The timelines of one quarter so that nobody can be told apart: every row says exactly the same as those of at least four other cases, in all of its columns, so that
 * whatever is known of a case from elsewhere it fits no row, or at least five. A row that is alone is made coarser, and withheld where that does not help. Of one
 * quarter alone, so that what is published of it stays as it is however much is published after it.
 */
export function openTimelines(quarter: string, timelines: readonly Timeline[]): OpenTimelines {
  const found: { row: OpenTimeline; n: number }[] = [];
  let alone = timelines;
  for (const coarsening of coarsenings) {
    const classes = new Map<string, { row: OpenTimeline; members: Timeline[]; cases: Set<string> }>();
    for (const one of alone) {
      const row = openRow(quarter, one, coarsening);
      const line = lineOf(row);
      const known = classes.get(line) ?? { row, members: [], cases: new Set<string>() };
      known.members.push(one);
      known.cases.add(one.case);
      classes.set(line, known);
    }
    alone = [];
    for (const { row, members, cases } of classes.values()) {
      if (cases.size >= leastCases) found.push({ row, n: members.length });
      else alone = alone.concat(members);
    }
  }
  const [lines, published] = [
    new Map(found.map((one) => [one, lineOf(one.row)])),
    found.reduce((n, one) => n + one.n, 0),
  ];
  const rows = found.sort((a, b) => ((lines.get(a) ?? '') < (lines.get(b) ?? '') ? -1 : 1));
  return { rows, published, withheld: alone.length };
}

/** As CSV (RFC 4180, UTF-8): a heading, then a line for each procedure. No value needs quotes: codes, numbers and ranges alone. */
export const openCsv = ({ rows }: OpenTimelines): string =>
  [openColumnNames.join(','), ...rows.flatMap(({ row, n }) => Array.from({ length: n }, () => lineOf(row)))].join(
    '\r\n',
  ) + '\r\n';
