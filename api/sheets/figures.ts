import { type z } from 'zod';
import { type DashboardCuts, type FigureCases } from '../schemas/cuts.js';
import { type DashboardAgencies } from '../schemas/dashboards.js';
import { type Text } from '../../domain/law/agency.js';
import { type SheetColumn, sheetOf, type Sheet, type Workbook } from './workbook.js';
import { agencyHeading, caseHeading, fromHeading, procedureHeading, text, toHeading, yes } from './words.js';

type Cuts = Pick<z.input<typeof DashboardCuts>, 'figures' | 'periods' | 'rows'>;
type Figures = Cuts['rows'][number]['periods'][number];
type FigureCode = Cuts['figures'][number]['figure'];

interface CutLine {
  readonly name: Text;
  readonly heads: readonly string[];
  readonly period: Cuts['periods'][number];
  readonly figures: Figures;
}

type FigureColumn = SheetColumn<Figures>;
const sharePart = text('tỷ lệ', 'share');
const of = text('trên tổng số', 'of');

/** The columns that one figure takes: its value, and over how many it is. */
const columnsOf = (figure: FigureCode, name: Text): readonly FigureColumn[] => {
  const part = (suffix: Text): Text => text(`${name.vi}: ${suffix.vi}`, `${name.en}: ${suffix.en}`);
  const sum = (get: (figures: Figures) => Figures['capital']): readonly FigureColumn[] => [
    { name, kind: 'whole', value: (figures) => get(figures)?.sum ?? null },
    {
      name: part(text('số dự án có số liệu', 'projects that state it')),
      kind: 'whole',
      value: (figures) => get(figures)?.known ?? null,
    },
  ];
  switch (figure) {
    case 'opened':
      return [{ name, kind: 'whole', value: ({ opened }) => opened }];
    case 'licensed':
      return [
        { name: part(text('trung vị', 'median')), kind: 'number', value: ({ licensed }) => licensed?.median ?? null },
        { name: part(text('p90', 'p90')), kind: 'number', value: ({ licensed }) => licensed?.p90 ?? null },
        { name: part(text('số dự án', 'projects')), kind: 'whole', value: ({ licensed }) => licensed?.n ?? null },
      ];
    case 'reduction':
      return [
        { name, kind: 'share', value: ({ reduction }) => reduction?.overall ?? null },
        { name: part(text('số dự án', 'projects')), kind: 'whole', value: ({ reduction }) => reduction?.n ?? null },
      ];
    case 'onTime':
      return [
        { name: part(sharePart), kind: 'share', value: ({ onTime }) => onTime.share },
        { name: part(text('đúng hạn', 'in time')), kind: 'whole', value: ({ onTime }) => onTime.count },
        { name: part(of), kind: 'whole', value: ({ onTime }) => onTime.n },
      ];
    case 'overdueNow':
      return [{ name, kind: 'whole', value: ({ overdueNow }) => overdueNow }];
    case 'capital':
      return sum(({ capital }) => capital);
    case 'jobs':
      return sum(({ jobs }) => jobs);
    case 'fdi':
      return sum(({ fdi }) => fdi);
  }
};

/** The figures by what tells cases apart, a line for each row and period. */
function cutSheet(name: Text, { figures, periods, rows }: Cuts): Sheet {
  const lines = rows.flatMap(({ name: row, heads, periods: found }): CutLine[] =>
    found.flatMap((one, at) => {
      const period = periods[at];
      return period === undefined ? [] : [{ name: row, heads, period, figures: one }];
    }),
  );
  return sheetOf<CutLine>(
    name,
    [
      { name: text('Theo', 'By'), value: (line) => line.name },
      { name: text('Người đứng đầu', 'Head'), value: ({ heads }) => heads.join(', ') },
      { name: fromHeading, kind: 'day', value: ({ period }) => period.from },
      { name: toHeading, kind: 'day', value: ({ period }) => period.to },
      ...figures.flatMap(({ figure, name: heading }) =>
        columnsOf(figure, heading).map(({ value, ...column }) => ({
          ...column,
          value: (line: CutLine) => value(line.figures),
        })),
      ),
    ],
    lines,
  );
}

type Agency = z.input<typeof DashboardAgencies>['items'][number];

const whole = (name: Text, value: (agency: Agency) => number): SheetColumn<Agency> => ({ name, kind: 'whole', value });

const agencyColumns: readonly SheetColumn<Agency>[] = [
  { name: agencyHeading, value: ({ name }) => name },
  { name: text('Đúng hạn: tỷ lệ', 'On time: share'), kind: 'share', value: ({ onTime }) => onTime.share },
  whole(text('Đúng hạn', 'On time'), ({ onTime }) => onTime.count),
  whole(text('Thủ tục đã đến hạn', 'Procedures whose term ended'), ({ onTime }) => onTime.n),
  {
    name: text('Ngày giữ hồ sơ: trung vị', 'Days held: median'),
    kind: 'number',
    value: ({ holding }) => holding.median,
  },
  { name: text('Ngày giữ hồ sơ: p90', 'Days held: p90'), kind: 'number', value: ({ holding }) => holding.p90 },
  whole(text('Việc đang mở', 'Open tasks'), ({ tasks }) => tasks.open),
  whole(text('Việc quá hạn', 'Overdue tasks'), ({ tasks }) => tasks.overdue),
  whole(text('Thủ tục đang mở', 'Open procedures'), ({ procedures }) => procedures.open),
  whole(text('Thủ tục quá hạn', 'Overdue procedures'), ({ procedures }) => procedures.overdue),
  whole(text('Có nguy cơ không đạt mức giảm 30 %', 'May miss the 30 % cut'), ({ procedures }) => procedures.atRisk30),
  whole(text('Không đạt mức giảm 30 %', 'Missed the 30 % cut'), ({ procedures }) => procedures.missed30),
  whole(text('Ý kiến đúng hạn', 'Opinions in time'), ({ opinions }) => opinions.inTime.count),
  whole(text('Ý kiến muộn', 'Late opinions'), ({ opinions }) => opinions.late),
  whole(text('Không trả lời', 'No opinion given'), ({ opinions }) => opinions.silent),
  whole(text('Việc bị trả lại', 'Steps sent back'), ({ returned }) => returned),
  whole(
    text('Trả lại tại quầy (Mẫu 02)', 'Sent back at the counter (form 02)'),
    ({ counterReturns }) => counterReturns,
  ),
  whole(text('Từ chối tiếp nhận (Mẫu 03)', 'Receptions refused (form 03)'), (agency) => agency.receptionsRefused),
  whole(text('Gia hạn', 'Extensions'), ({ extensions }) => extensions),
  whole(text('Lần tạm dừng', 'Suspensions'), ({ suspensions }) => suspensions.n),
  whole(text('Ngày tạm dừng', 'Days suspended'), ({ suspensions }) => suspensions.days),
];

/** The board as a workbook: the cut that is shown, the agencies, and what each figure means. */
export function figuresBook(
  cuts: Cuts,
  agencies: readonly Agency[],
  { asOf, about }: Pick<Workbook, 'asOf' | 'about'>,
): Workbook {
  const title = text('Số liệu luồng xanh', 'Figures of the green lane');
  const meanings = sheetOf<Cuts['figures'][number]>(
    text('Định nghĩa', 'Definitions'),
    [
      { name: text('Chỉ số', 'Figure'), value: ({ name }) => name },
      { name: text('Định nghĩa', 'Definition'), value: ({ definition }) => definition },
    ],
    cuts.figures,
  );
  return {
    title,
    asOf,
    about,
    sheets: [
      cutSheet(text('Chỉ số', 'Figures'), cuts),
      sheetOf(text('Cơ quan', 'Agencies'), agencyColumns, agencies),
      meanings,
    ],
  };
}

type FigureItem = z.input<typeof FigureCases>['items'][number];

/** The cases behind a figure as a sheet; what they add up to it. */
export function figureCasesBook(
  {
    name,
    items,
    publicUrl,
  }: { readonly name: Text; readonly items: readonly FigureItem[]; readonly publicUrl: string },
  { asOf, about }: Pick<Workbook, 'asOf' | 'about'>,
): Workbook {
  const columns: readonly SheetColumn<FigureItem>[] = [
    { name: caseHeading, value: (item) => ({ text: item.case, to: `${publicUrl}/cases/${item.case}` }) },
    { name: procedureHeading, value: ({ procedureName }) => procedureName },
    { name: text('Lần nộp', 'Filing'), kind: 'whole', value: ({ attempt }) => attempt },
    { name: text('Đóng góp vào chỉ số', 'What it adds'), kind: 'number', value: ({ value }) => value },
    { name: text('Được tính', 'Counts'), value: ({ counted }) => (counted === true ? yes : null) },
    { name: text('Ngày, cả dự án', 'Days, whole'), kind: 'number', value: ({ days }) => days?.whole ?? null },
    { name: text('Ngày, Thành phố', 'Days, City'), kind: 'number', value: ({ days }) => days?.city ?? null },
    { name: text('Mốc so sánh', 'Baseline'), kind: 'number', value: ({ days }) => days?.baseline ?? null },
    {
      name: text('Mốc so sánh, Thành phố', 'Baseline, City'),
      kind: 'number',
      value: ({ days }) => days?.cityBaseline ?? null,
    },
  ];
  return { title: name, asOf, about, sheets: [sheetOf(name, columns, items)] };
}
