import { keyFaultNames } from '../../domain/evidence/key-period.js';

/** What kinds of places there are where the evidence does not hold; stable, each in both languages. */
export const breakNames = {
  'missing-event': { vi: 'thiếu sự kiện', en: 'an event is missing' },
  'wrong-link': { vi: 'sự kiện không nối tiếp sự kiện trước', en: 'an event does not follow from the one before it' },
  'wrong-hash': { vi: 'nội dung sự kiện khác bản đã băm', en: 'the text of an event is not what was hashed' },
  'columns-differ': { vi: 'cột dữ liệu trái với sự kiện', en: 'a column contradicts its event' },
  'not-canonical': { vi: 'sự kiện của hồ sơ khác', en: 'the event is of another case' },
  'head-differs': { vi: 'đầu chuỗi khác sự kiện cuối', en: 'the head is not the last event' },
  'state-differs': {
    vi: 'trạng thái lưu khác trạng thái dựng lại',
    en: 'the kept state is not the fold of the events',
  },
  'header-differs': { vi: 'dòng tóm tắt hồ sơ khác sự kiện', en: 'the header of the case contradicts the events' },
  'filing-differs': { vi: 'bản khai đã nộp khác bản đã băm', en: 'the filing is not what was hashed' },
  'text-differs': { vi: 'lời văn khác bản đã băm', en: 'somebody’s words are not what was hashed' },
  'name-differs': { vi: 'tên lưu kèm hồ sơ đã bị đổi', en: 'a name kept with the case was changed' },
  'readings-differ': { vi: 'số đo của thử nghiệm khác bản đã băm', en: 'readings of a trial are not what was hashed' },
  'document-differs': { vi: 'tài liệu khác bản đã nộp', en: 'a document is not the one that was filed' },
  'document-missing': { vi: 'mất tài liệu', en: 'a document is missing' },
  'decision-differs': { vi: 'quyết định hiển thị khác sự kiện', en: 'the decision shown contradicts the events' },
  'clock-differs': { vi: 'đồng hồ hoặc thời hạn khác sự kiện', en: 'a clock or a date contradicts the events' },
  'task-differs': { vi: 'việc khác sự kiện', en: 'a task contradicts the events' },
  'status-differs': {
    vi: 'trạng thái hồ sơ gửi hệ thống bên ngoài khác sự kiện',
    en: 'a state of a dossier as a system outside is told it contradicts the events',
  },
  'access-differs': { vi: 'quyền xem hồ sơ khác sự kiện', en: 'who may read the case contradicts the events' },
  'projection-differs': { vi: 'dữ liệu hiển thị khác khi dựng lại', en: 'what is shown is not what a rebuild gives' },
  'recorded-differs': { vi: 'giờ ghi sự kiện đã bị đổi', en: 'the time at which an event was recorded was changed' },
  'root-missing': { vi: 'thiếu gốc', en: 'a root is missing' },
  'root-differs': { vi: 'trái với gốc', en: 'a root says otherwise' },
  'root-unreadable': { vi: 'không đọc được gốc', en: 'a root cannot be read' },
  'root-unsigned': { vi: 'gốc chưa ký', en: 'a root is not signed' },
  'root-misses': { vi: 'gốc không bao gồm hồ sơ', en: 'the roots do not cover the case' },
  'log-differs': { vi: 'trái với nhật ký minh bạch', en: 'the transparency log says otherwise' },
  'log-misses': { vi: 'nhật ký minh bạch không có sự kiện', en: 'the transparency log does not have the event' },
  'log-missing': { vi: 'thiếu một phần nhật ký minh bạch', en: 'a part of the transparency log is missing' },
  'log-unreadable': { vi: 'không đọc được nhật ký minh bạch', en: 'the transparency log cannot be read' },
  'log-unsigned': { vi: 'chữ ký của nhật ký minh bạch sai', en: 'a signature of the transparency log is wrong' },
  'log-forked': { vi: 'nhật ký minh bạch đã bị viết lại', en: 'the transparency log was written anew' },
  ...keyFaultNames,
  'act-differs': {
    vi: 'việc của lãnh đạo (báo cáo, chỉ tiêu, chỉ đạo) khác bản đã băm',
    en: 'an act of leadership (report, target, instruction) is not what was hashed',
  },
  'paper-differs': {
    vi: 'văn bản đã niêm phong khác bản đã niêm phong, hoặc không phải của sự kiện nó nêu',
    en: 'a sealed paper is not the one that was sealed, or not of the event that it names',
  },
  'paper-missing': { vi: 'mất văn bản đã niêm phong', en: 'a sealed paper is missing' },
  'number-differs': {
    vi: 'số của văn bản khác số trong sự kiện',
    en: 'the number of a paper is not the one that its event says',
  },
  'erased-unknown': {
    vi: 'dữ liệu bị làm trống mà không lệnh xóa nào nói đến',
    en: 'something was emptied that no erasure speaks of',
  },
  'erasure-differs': {
    vi: 'lệnh xóa khác chứng nhận tiêu hủy của nó',
    en: 'an order of erasure is not what its certificate says',
  },
  'looks-differ': {
    vi: 'nhật ký xem hồ sơ khác bản đã băm',
    en: 'the log of who looked into cases is not what was hashed',
  },
  'keys-differ': {
    vi: 'danh sách khóa ký khác danh sách đã băm',
    en: 'the list of signing keys is not what was hashed',
  },
  unreadable: { vi: 'không đọc được hồ sơ', en: 'the case cannot be read' },
} as const satisfies Record<string, { vi: string; en: string }>;

export type BreakReason = keyof typeof breakNames;

/** One place where the evidence does not hold. `seq` is the first event in question; null where none is (a file, a whole case). */
export interface Break {
  readonly caseCode: string | null;
  readonly seq: number | null;
  readonly reason: BreakReason;
  readonly detail: string;
}
