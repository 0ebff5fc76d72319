import { type Text } from '../../domain/law/agency.js';

export const text = (vi: string, en: string): Text => ({ vi, en });

/** What stands for a code in a cell; a code that nobody named stands for itself. */
export const wordOf = (words: Readonly<Record<string, Text>>, code: string | null): Text | string | null =>
  code === null ? null : (words[code] ?? code);

export const laneWords = {
  green: text('Luồng xanh', 'Green lane'),
  standard: text('Luồng thông thường', 'Standard lane'),
  undecided: text('Chưa xác định', 'Undecided'),
} as const;

export const riskWords = {
  breached: text('Quá hạn', 'Overdue'),
  'at-risk': text('Sắp đến hạn', 'Due soon'),
  'on-track': text('Đúng tiến độ', 'On track'),
  none: text('Không có thời hạn luật', 'No legal term'),
} as const;

export const taskStatusWords = {
  open: text('Chưa ai nhận', 'Nobody holds it'),
  claimed: text('Đang giải quyết', 'In hand'),
  waiting: text('Chờ nhà đầu tư', 'Waiting for the investor'),
  done: text('Đã xong', 'Done'),
  cancelled: text('Không còn cần', 'No longer needed'),
} as const;

export const caseStatusWords = {
  open: text('Đang giải quyết', 'In progress'),
  approved: text('Đã chấp thuận', 'Approved'),
  refused: text('Không chấp thuận', 'Refused'),
  withdrawn: text('Đã rút', 'Withdrawn'),
} as const;

export const caseKindWords = {
  'green-lane': text('Dự án đầu tư', 'Investment project'),
  sandbox: text('Thử nghiệm có kiểm soát', 'Sandbox trial'),
} as const;

export const yes = text('có', 'yes');
export const agencyHeading = text('Cơ quan', 'Agency');
export const caseHeading = text('Mã hồ sơ', 'Case');
export const dossierHeading = text('Mã thành phần hồ sơ', 'Dossier');
export const projectHeading = text('Dự án', 'Project');
export const procedureHeading = text('Thủ tục', 'Procedure');
export const laneHeading = text('Luồng', 'Lane');
export const statusHeading = text('Tình trạng', 'State');
export const dueHeading = text('Hạn', 'Due');
export const fromHeading = text('Từ ngày', 'From');
export const toHeading = text('Đến ngày', 'To');
