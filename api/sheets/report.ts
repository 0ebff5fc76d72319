import { type Report } from '../../db/leadership/reports.js';
import { type Text } from '../../domain/law/agency.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { type ReportContent } from '../../domain/leadership/report.js';
import { type ReportFigure, reportFigures } from '../../domain/leadership/report-figures.js';
import { definitionOf, measures } from '../../domain/measures/catalogue.js';
import { type Instant } from '../../domain/time/instants.js';
import { agencyName, namesOf, reasonText, writtenFigure } from '../views/reports.js';
import { type CellValue, type SheetColumn, sheetOf, type Workbook } from './workbook.js';
import { agencyHeading, fromHeading, text, toHeading, yes } from './words.js';

interface Line {
  /** null: the City as a whole. */
  readonly agency: string | null;
  readonly figure: ReportFigure;
}

interface Given {
  readonly content: ReportContent;
  readonly report: Pick<Report, 'id' | 'approved' | 'errata'>;
  readonly catalogue: Catalogue;
  readonly asOf: Instant;
  /** Where the page of the report is, for whoever may open the cases behind a figure; null: for everybody. */
  readonly page: string | null;
}

const city = text('Toàn Thành phố', 'The whole City');
const figureHeading = text('Chỉ số', 'Figure');
const valueOf = ({ figure, value }: ReportFigure, share: boolean): string | null =>
  (reportFigures[figure].unit === 'share') === share ? value : null;

/** The name of the place on the page of a report where a figure and its cases are. */
const anchorOf = ({ agency, figure }: Line): string => `${agency ?? 'city'}-${figure.figure}`;

/** A gathered report as a workbook: every figure as it is frozen, with what it means and where its cases are; reasons, targets, errata, definitions. */
export function reportBook({ content, report, catalogue, asOf, page }: Given): Workbook {
  const { period, chapters } = content;
  const nameOf = (agency: string | null): Text => (agency === null ? city : agencyName(catalogue, agency));
  const columns: readonly SheetColumn<Line>[] = [
    { name: agencyHeading, value: ({ agency }) => nameOf(agency) },
    { name: figureHeading, value: ({ figure }) => reportFigures[figure.figure].name },
    { name: text('Giá trị', 'Value'), kind: 'number', value: ({ figure }) => valueOf(figure, false) },
    { name: text('Tỷ lệ', 'Share'), kind: 'share', value: ({ figure }) => valueOf(figure, true) },
    { name: text('Bằng chữ', 'In words'), value: ({ figure }) => writtenFigure(figure) },
    { name: text('Được tính', 'That count'), kind: 'whole', value: ({ figure }) => figure.count },
    { name: text('Tính trên', 'Out of'), kind: 'whole', value: ({ figure }) => figure.n },
    { name: text('Định nghĩa', 'Definition'), value: ({ figure }) => measures[measureOf(figure)].name },
    ...(page === null
      ? []
      : [
          {
            name: text('Hồ sơ', 'Cases'),
            value: (line: Line): CellValue =>
              line.figure.n === 0 ? null : { text: String(line.figure.n), to: `${page}#${anchorOf(line)}` },
          },
        ]),
  ];
  const own = chapters.flatMap(({ agency, figures }): Line[] => figures.map((figure) => ({ agency, figure })));
  const all = [...content.city.map((figure): Line => ({ agency: null, figure })), ...own];
  const codes = [...new Set(all.map(({ figure }) => measureOf(figure)))];
  return {
    title: text(
      report.approved ? `${period.name.vi} · ${report.approved.number}` : `${period.name.vi} (dự thảo)`,
      report.approved ? `${period.name.en} · ${report.approved.number}` : `${period.name.en} (draft)`,
    ),
    asOf,
    about: [
      [fromHeading, period.from],
      [toHeading, period.to],
      ...(report.approved
        ? [[text('Mã băm nội dung (SHA-256)', 'Hash of the content (SHA-256)'), report.approved.contentHash] as const]
        : []),
    ],
    sheets: [
      sheetOf(
        text('Thành phố', 'City'),
        columns,
        all.filter(({ agency }) => agency === null),
      ),
      sheetOf(text('Cơ quan', 'Agencies'), columns, own),
      sheetOf(
        text('Nguyên nhân', 'Reasons'),
        [
          { name: agencyHeading, value: ({ agency }) => nameOf(agency) },
          {
            name: text('Nguyên nhân theo sổ theo dõi', 'Reasons that the register knows'),
            value: ({ agency, reason }) => reasonText(reason, namesOf(catalogue, agency)),
          },
        ],
        chapters.flatMap(({ agency, reasons }) => reasons.map((reason) => ({ agency, reason }))),
      ),
      sheetOf(
        text('Chỉ tiêu', 'Targets'),
        [
          { name: agencyHeading, value: ({ agency }) => nameOf(agency) },
          { name: figureHeading, value: ({ target }) => reportFigures[target.figure].name },
          { name: text('Chỉ tiêu', 'Target'), kind: 'number', value: ({ target }) => target.value },
          { name: text('Đạt', 'Met'), value: ({ target }) => (target.met === true ? yes : null) },
        ],
        chapters.flatMap(({ agency, targets = [] }) => targets.map((target) => ({ agency, target }))),
      ),
      sheetOf(
        text('Đính chính', 'Errata'),
        [
          { name: agencyHeading, value: ({ agency }) => nameOf(agency) },
          { name: figureHeading, value: ({ now }) => reportFigures[now.figure].name },
          { name: text('Đã in', 'Printed'), value: ({ before }) => writtenFigure(before) },
          { name: text('Nay là', 'Now'), value: ({ now }) => writtenFigure(now) },
          { name: text('Lý do', 'Reason'), value: ({ reason }) => reason },
          { name: text('Lúc', 'At'), kind: 'moment', value: ({ at }) => at },
        ],
        report.errata,
      ),
      sheetOf(
        text('Định nghĩa', 'Definitions'),
        [
          { name: figureHeading, value: (code) => measures[code].name },
          { name: text('Định nghĩa', 'Definition'), value: (code) => definitionOf(code) },
        ],
        codes,
      ),
    ],
  };
}

const measureOf = ({ figure }: ReportFigure) => reportFigures[figure].measure;
