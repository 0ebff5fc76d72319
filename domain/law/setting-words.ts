import type { Text } from './agency.js';

/** What people call a place of the City's settings; `unit`: what its number counts. */
export interface SettingWord {
  readonly name: Text;
  readonly unit?: Text;
}

const word = (vi: string, en: string, unit?: Text): SettingWord => ({ name: { vi, en }, ...(unit && { unit }) });
const unit = (vi: string, en: string): Text => ({ vi, en });
const workingDays = unit('ngày làm việc', 'working days');
const calendarDays = unit('ngày', 'calendar days');
const percent = unit('%', '% of it');

/** By the end of its place, the longest that fits first: `evaluations.rhythm.code` before `code`. Places in lists have no numbers. */
const words: Readonly<Record<string, SettingWord>> = {
  amount: word('Số ngày', 'Number of days'),
  amountVnd: word('Mức phí', 'Amount', unit('đồng', 'VND')),
  annual: word('Báo cáo năm', 'Yearly report'),
  basis: word('Căn cứ', 'Basis'),
  before: word('Nghỉ thêm bao nhiêu ngày trước đó', 'Days off before it', calendarDays),
  chapterDays: word('Phần của cơ quan đến hạn trước báo cáo', 'Chapters are due before the report', workingDays),
  choices: word('Các lựa chọn loại trừ nhau', 'Choices that exclude each other'),
  closes: word('Kỳ kết thúc (tháng-ngày)', 'Period closes (month-day)'),
  code: word('Mã', 'Code'),
  consent: word('Chỉ hỏi khi có đồng ý', 'Asked only with a consent'),
  criteria: word('Tiêu chí đánh giá', 'Criteria of the evaluation'),
  date: word('Ngày (tháng-ngày)', 'Day (month-day)'),
  dates: word('Ngày âm lịch rơi vào', 'Falls on'),
  'dates.key': word('Năm', 'Year'),
  day: word('Ngày', 'Day'),
  days: word('Thời hạn', 'Term'),
  'lunar.days': word('Số ngày nghỉ', 'Days off', calendarDays),
  'observed.procedures.days': word('Thời gian trước chương trình', 'Took before the programme', calendarDays),
  digestAbove: word('Gộp thành một thư khi nhiều hơn', 'One digest above', unit('thông báo', 'notices')),
  document: word('Văn bản quyết định', 'Deciding document'),
  due: word('Đến hạn (tháng-ngày)', 'Due (month-day)'),
  duty: word('Nghĩa vụ', 'Duties'),
  conference: word('Cuộc họp giải quyết mâu thuẫn', 'Conference'),
  fact: word('Xác nhận dữ kiện', 'A fact is confirmed'),
  fit: word('Xem cơ chế thử nghiệm phù hợp', 'Whether a regime fits'),
  fixed: word('Ngày nghỉ cố định', 'Fixed days off'),
  formalSteps: word(
    'Bước chỉ chuyển hồ sơ, không tính là tự động',
    'Steps that only pass on, never counted as automated',
  ),
  freshDays: word('Dữ liệu còn dùng được', 'Good without asking again', calendarDays),
  'freshDays.key': word('Cơ sở dữ liệu', 'Register'),
  'fees.key': word('Thủ tục', 'Procedure'),
  from: word('Từ ngày', 'From'),
  gatheredBy: word('Cơ quan tổng hợp', 'Gathered by'),
  hearing: word('Nhà đầu tư được nghe trước khi thôi luồng xanh', 'Hearing before a lane is taken back'),
  holdOn: word('Sự cố tự tạm dừng thử nghiệm', 'Incidents that hold a trial by themselves'),
  incident: word('Kết luận sự cố', 'Examination of an incident'),
  intake: word('Tiếp nhận hồ sơ', 'Reception'),
  kind: word('Khi nào', 'When'),
  lane: word('Quyết định luồng', 'Decision on the lane'),
  lapse: word('Sau thông báo không được trả lời', 'After a notice nobody answered'),
  legalBasis: word('Căn cứ pháp lý', 'Legal basis'),
  longestDays: word('Làm thay lâu nhất', 'Longest stand-in', calendarDays),
  lunar: word('Ngày nghỉ theo âm lịch', 'Days off by the lunar calendar'),
  month: word('Tháng', 'Month'),
  months: word('Mỗi kỳ', 'Period', unit('tháng', 'months')),
  n: word('Số hồ sơ đã đo', 'Dossiers measured'),
  name: word('Tên', 'Name'),
  negative: word('Phản đối khi', 'Speaks against it'),
  opinion: word('Ý kiến cơ quan', 'Opinions'),
  patienceHours: word('Quyết định chờ cơ sở dữ liệu', 'A decision waits for a register', unit('giờ', 'hours')),
  positive: word('Ủng hộ khi', 'Speaks for it'),
  procedure: word('Thủ tục', 'Procedure'),
  procedures: word('Các thủ tục', 'Procedures'),
  quarterly: word('Báo cáo quý', 'Quarterly report'),
  question: word('Trả lời câu hỏi', 'Answer to a question'),
  quietFrom: word('Giờ yên lặng từ (giờ:phút)', 'Quiet from (hour:minute)'),
  quietTo: word('Đến (giờ:phút)', 'Until (hour:minute)'),
  reportDays: word('Báo cáo đến hạn sau kỳ', 'A report is due after its period', calendarDays),
  requestDays: word('Giải quyết đề nghị của thử nghiệm', 'Decision on a request of a trial'),
  revocation: word('Quyết định sau khi nghe', 'Decision after the hearing'),
  rhythm: word('Các kỳ báo cáo', 'Periods'),
  share: word('Khi đã dùng', 'Once used', percent),
  signatory: word('Chỉ định người ký', 'Naming who signs'),
  source: word('Nguồn', 'Source'),
  stuck: word('Việc hệ thống không tự làm được', 'What the system could not do'),
  supplement: word('Thời hạn bổ sung', 'Deadline of a supplement'),
  task: word('Việc khác', 'Other work'),
  team: word(
    'Tổ công tác của Thành phố khi chủ trì không giải quyết được',
    'The City’s team for what a chair cannot settle',
  ),
  'team.agency': word('Cơ quan thường trực', 'Standing agency'),
  tells: word('Báo cho', 'Tells'),
  to: word('Đến ngày', 'Until'),
  unit: word('Đơn vị', 'Unit'),
  urgentRungs: word('Bậc báo ngay, kể cả giờ yên lặng', 'Rungs told at once, also in quiet hours'),
  value: word('Giá trị của điều kiện', 'Value of the condition'),
  verified: word('Đã đối chiếu với văn bản', 'Compared with its text'),
  en: word('Bằng tiếng Anh', 'In English'),
  vi: word('Bằng tiếng Việt', 'In Vietnamese'),
  violationReview: word('Xem lại việc xử lý vi phạm sau nhiều nhất', 'Review of a violation at most after'),
  visitEvery: word('Kiểm tra tại chỗ mỗi', 'A visit every', unit('tháng', 'months')),
  warnAt: word('Cảnh báo từ phần của giới hạn (0 đến 1)', 'Warns from this share of a limit (0 to 1)'),
  workingDays: word('Số ngày', 'Days', workingDays),
};

/** Values that are codes, as people read them. */
const values: Readonly<Record<string, Text>> = {
  'working-day': { vi: 'ngày làm việc', en: 'working days' },
  'calendar-day': { vi: 'ngày liên tục', en: 'calendar days' },
  holder: { vi: 'người đang giữ', en: 'whoever holds it' },
  head: { vi: 'lãnh đạo cơ quan', en: 'the head of the agency' },
  'lead-agency': { vi: 'cơ quan chủ trì', en: 'the lead agency' },
  'city-leadership': { vi: 'lãnh đạo Thành phố', en: 'the City’s leadership' },
  share: { vi: 'khi đã dùng một phần thời hạn', en: 'once a share is used up' },
  'before-due': { vi: 'trước hạn', en: 'before it is due' },
  'after-due': { vi: 'sau hạn', en: 'after it was due' },
  missed: { vi: 'khi vừa quá hạn', en: 'when it is missed' },
  none: { vi: 'không có giá trị', en: 'no value' },
  number: { vi: 'một con số', en: 'a number' },
  choice: { vi: 'một lựa chọn', en: 'one of the choices' },
  serious: { vi: 'nghiêm trọng', en: 'serious' },
  critical: { vi: 'đặc biệt nghiêm trọng', en: 'critical' },
};

/** What a place is called, by its keys from the outside in; its last key where nobody has named it. */
export function settingWord(place: readonly string[]): SettingWord {
  for (let from = 0; from < place.length; from++) {
    const found = words[place.slice(from).join('.')];
    if (found !== undefined) return found;
  }
  const last = place.at(-1) ?? '';
  return word(last, last);
}

/** What a coded value is called; undefined where it is no code of ours. */
export const settingValue = (value: string): Text | undefined => values[value];
