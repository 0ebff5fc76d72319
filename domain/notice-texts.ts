import type { TaskKind } from './case/events.js';
import type { DayUnit } from './calendar.js';
import type { NoticeKind, NoticeVars, Standing } from './notices.js';
import type { Text } from './procedure.js';
import type { PlainDate } from './time.js';

export type NoticeLanguage = 'vi' | 'en';

/** What codes are called, as the catalogue has it. An unknown code is its own name. */
export interface Names {
  agency(code: string): Text;
  procedure(version: string): Text;
  step(version: string, code: string): Text;
  duty(code: string): Text;
}

/** Title and body of one notice, plain text. */
export interface Words {
  readonly title: string;
  readonly text: string;
}

/** The words of a language: `v` has everything spelled out in it. */
type Catalogue = Readonly<Record<NoticeKind, (v: Spelled) => readonly [title: string, text: string]>>;

interface Spelled {
  readonly vars: NoticeVars;
  readonly procedure: string;
  readonly agency: string;
  readonly step: string;
  readonly duty: string;
  /** The date, or how the language says that there is none. */
  readonly date: string;
  readonly from: string;
  /** `vars.days` with the unit of the term. */
  readonly days: string;
  readonly task: string;
  readonly clock: string;
  readonly rung: string;
}

const vi: Catalogue = {
  'case-received': (v) => [
    'Đã tiếp nhận dự án',
    `Dự án đã được ghi nhận. Ngày dự kiến hoàn thành các thủ tục cấp phép nếu mỗi hồ sơ nộp đúng hạn: ${v.date}.`,
  ],
  'lane-decided': ({ vars }) => [
    vars.outcome === 'green' ? 'Dự án vào luồng xanh' : 'Dự án theo luồng thông thường',
    vars.outcome === 'green'
      ? 'Dự án được giải quyết theo luồng xanh.'
      : 'Dự án được giải quyết theo luồng thông thường. Quý vị có thể đề nghị xem xét lại luồng xanh.',
  ],
  'dossier-wanted': (v) => ['Mời nộp hồ sơ', `Thủ tục «${v.procedure}» đã mở. Mời Quý vị nộp hồ sơ của thủ tục này.`],
  'dossier-received': (v) => [
    'Đã tiếp nhận hồ sơ, hẹn trả kết quả',
    `Hồ sơ thủ tục «${v.procedure}» đã được tiếp nhận (Mẫu số 01). Ngày hẹn trả kết quả: ${v.date}.`,
  ],
  'completion-requested': (v) => [
    'Hồ sơ cần hoàn thiện trước khi tiếp nhận',
    `Hồ sơ thủ tục «${v.procedure}» chưa đủ để tiếp nhận (Mẫu số 02). Mời Quý vị xem nội dung cần hoàn thiện và nộp lại.`,
  ],
  'reception-refused': (v) => [
    'Từ chối tiếp nhận hồ sơ',
    `Hồ sơ thủ tục «${v.procedure}» không được tiếp nhận (Mẫu số 03). Lý do ghi trong phiếu; Quý vị có thể nộp hồ sơ mới.`,
  ],
  'supplement-requested': (v) => [
    'Yêu cầu bổ sung hồ sơ',
    `Cơ quan giải quyết thủ tục «${v.procedure}» yêu cầu bổ sung hoặc giải trình (Mẫu số 02). Hạn của Quý vị: ${v.date}. ` +
      (v.vars.outcome === 'suspended'
        ? `Thời hạn của cơ quan tạm dừng; khi hồ sơ trở lại, cơ quan còn ${v.days}.`
        : `Thời hạn của cơ quan vẫn tiếp tục; cơ quan còn ${v.days}.`),
  ],
  'supplement-extended': (v) => [
    'Gia hạn thời gian bổ sung',
    `Thời gian bổ sung hồ sơ thủ tục «${v.procedure}» được gia hạn đến ${v.date}.`,
  ],
  'supplement-due': (v) => [
    'Sắp hết hạn bổ sung hồ sơ',
    `Hạn bổ sung hồ sơ thủ tục «${v.procedure}» là ${v.date}. Mời Quý vị nộp phần còn thiếu.`,
  ],
  'supplement-lapsed': (v) => [
    'Đã hết hạn bổ sung hồ sơ',
    `Thời gian bổ sung hồ sơ thủ tục «${v.procedure}» đã hết. Cán bộ sẽ quyết định tiếp tục hay dừng giải quyết; phần bổ sung nộp trước quyết định đó vẫn được tính.`,
  ],
  'procedure-stopped': (v) => [
    'Dừng giải quyết hồ sơ',
    `Hồ sơ thủ tục «${v.procedure}» dừng giải quyết vì không được bổ sung trong hạn (Mẫu số 05). Quý vị có thể nộp hồ sơ mới.`,
  ],
  'extension-granted': (v) => [
    'Gia hạn thời gian giải quyết',
    `Thời hạn giải quyết thủ tục «${v.procedure}» được gia hạn ${v.days}, đến ${v.date}.`,
  ],
  apology: (v) => [
    'Thư xin lỗi và hẹn lại ngày trả kết quả',
    `Chúng tôi xin lỗi vì hồ sơ thủ tục «${v.procedure}» không có kết quả đúng hẹn (Mẫu số 04). Ngày hẹn mới: ${v.date}. Nguyên nhân ghi trong thư.`,
  ],
  'date-moved': (v) => [
    'Ngày hẹn trả kết quả thay đổi theo lịch làm việc',
    `Theo ${v.vars.document ?? 'lịch làm việc mới'}, ngày hẹn trả kết quả thủ tục «${v.procedure}» chuyển từ ${v.from} sang ${v.date}. Số ngày làm việc không đổi.`,
  ],
  decision: (v) => [
    v.vars.outcome === 'approved' ? 'Đã có quyết định: chấp thuận' : 'Đã có quyết định: không chấp thuận',
    v.vars.outcome === 'approved'
      ? `Thủ tục «${v.procedure}» đã được chấp thuận. Kết quả sẽ được ký và trả cho Quý vị.`
      : `Thủ tục «${v.procedure}» không được chấp thuận. Lý do ghi trong quyết định; Quý vị có thể nộp hồ sơ mới.`,
  ],
  result: (v) => [
    'Đã trả kết quả',
    `Kết quả thủ tục «${v.procedure}», số ${v.vars.number ?? ''}, đã sẵn sàng trên Luồng Xanh hoặc tại Trung tâm Phục vụ hành chính công Thành phố. ` +
      'Mời Quý vị đánh giá việc giải quyết, từ 1 đến 5.',
  ],
  'case-closed': ({ vars }) => [
    'Dự án đã hoàn tất trên luồng xanh',
    (vars.outcome === 'approved'
      ? 'Mọi chấp thuận bắt buộc đã có.'
      : vars.outcome === 'withdrawn'
        ? 'Dự án đã được rút theo yêu cầu của Quý vị.'
        : 'Dự án kết thúc mà không được chấp thuận.') + ' Mời Quý vị đánh giá việc giải quyết, từ 1 đến 5.',
  ],
  'question-answered': () => ['Câu hỏi đã được trả lời', 'Cơ quan đã trả lời câu hỏi của Quý vị. Mời xem trong hồ sơ.'],
  'payment-requested': (v) => [
    'Đề nghị nộp phí, lệ phí',
    `Thủ tục «${v.procedure}» chờ Quý vị nộp ${money(v.vars.amountVnd, '.')} đồng.`,
  ],
  'duty-incurred': (v) => ['Có nghĩa vụ phải thực hiện', `«${v.duty}». Hạn: ${v.date}.`],
  'duty-due': (v) => [
    v.vars.rung?.kind === 'missed' || v.vars.rung?.kind === 'after-due'
      ? 'Nghĩa vụ đã quá hạn'
      : 'Nghĩa vụ sắp đến hạn',
    `«${v.duty}». Hạn: ${v.date}.`,
  ],
  'task-opened': (v) => ['Việc mới', `${v.task}${about(v.step)}. Hạn: ${v.date}. ${v.procedure}`.trim()],
  'task-reassigned': (v) => [
    'Việc được giao cho anh/chị',
    `${v.task}${about(v.step)}. Hạn: ${v.date}. ${v.vars.outcome === 'absence' ? 'Do người giữ việc vắng mặt.' : 'Theo phân công của thủ trưởng.'} ${v.procedure}`.trim(),
  ],
  'work-returned': (v) => [
    'Việc được trả lại để làm lại',
    `${v.task}${about(v.step)}: nội dung cần làm lại ghi trong việc. ${v.procedure}`.trim(),
  ],
  'supplement-answered': (v) => ['Hồ sơ đã được bổ sung', `Nhà đầu tư đã bổ sung hồ sơ thủ tục «${v.procedure}».`],
  'opinion-late': (v) => [
    'Ý kiến đến muộn',
    `${v.agency} đã trả lời sau khi hết hạn, thủ tục «${v.procedure}». Cơ quan chủ trì có thể xem xét lại trước khi ký.`,
  ],
  rung: (v) => [`${v.clock}: ${v.rung}`, `${v.agency}. Hạn: ${v.date}. ${v.procedure || v.duty}`.trim()],
  target: (v) => [
    v.vars.missed === true
      ? `Đã lỡ mục tiêu giảm ${v.vars.term ?? ''}%`
      : `Mục tiêu giảm ${v.vars.term ?? ''}% có nguy cơ lỡ`,
    `Thủ tục «${v.procedure}», ${v.agency}. Ngày mục tiêu: ${v.date}.`,
  ],
  'law-applied': (v) => [
    'Quy định mới đã áp dụng cho hồ sơ đang giải quyết',
    v.vars.document === undefined
      ? `Phiên bản thủ tục ${v.vars.version ?? ''} đã áp dụng cho hồ sơ đang mở.`
      : `Lịch làm việc mới (${v.vars.document}) đã áp dụng cho các thời hạn đang mở.`,
  ],
  'webhook-paused': (v) => [
    'Webhook tạm dừng',
    `Webhook ${v.vars.webhook ?? ''} tạm dừng sau nhiều lần gửi không được (${v.vars.outcome ?? ''}).`,
  ],
};

const en: Catalogue = {
  'case-received': (v) => [
    'Your project is registered',
    `Your project is registered. All licensing procedures are expected to be done by ${v.date} if each dossier comes on time.`,
  ],
  'lane-decided': ({ vars }) => [
    vars.outcome === 'green' ? 'Your project takes the green lane' : 'Your project takes the standard lane',
    vars.outcome === 'green'
      ? 'Your project is handled in the green lane.'
      : 'Your project is handled in the standard lane. You may ask for the green lane again.',
  ],
  'dossier-wanted': (v) => [
    'Please file a dossier',
    `The procedure “${v.procedure}” is open. Please file its dossier.`,
  ],
  'dossier-received': (v) => [
    'Dossier received, with an appointment',
    `The dossier for “${v.procedure}” was received (form 01). The result is due on ${v.date}.`,
  ],
  'completion-requested': (v) => [
    'The dossier must be completed first',
    `The dossier for “${v.procedure}” is not complete enough to be received (form 02). Please see what is missing and file it again.`,
  ],
  'reception-refused': (v) => [
    'Reception refused',
    `The dossier for “${v.procedure}” was not received (form 03). The form gives the reason; you may file a new dossier.`,
  ],
  'supplement-requested': (v) => [
    'Something is missing in your dossier',
    `The agency that handles “${v.procedure}” asks for a supplement or an explanation (form 02). Your time ends on ${v.date}. ` +
      (v.vars.outcome === 'suspended'
        ? `The agency's term stands still; when the dossier comes back, the agency has ${v.days} left.`
        : `The agency's term runs on; the agency has ${v.days} left.`),
  ],
  'supplement-extended': (v) => [
    'You have more time for the supplement',
    `Your time to supplement the dossier for “${v.procedure}” was extended to ${v.date}.`,
  ],
  'supplement-due': (v) => [
    'Your time for the supplement ends soon',
    `The supplement to the dossier for “${v.procedure}” is due on ${v.date}. Please send what is missing.`,
  ],
  'supplement-lapsed': (v) => [
    'The time for the supplement is over',
    `The time to supplement the dossier for “${v.procedure}” is over. An officer will decide whether work goes on or stops; what you send before that still counts.`,
  ],
  'procedure-stopped': (v) => [
    'Work on the dossier has stopped',
    `Work on the dossier for “${v.procedure}” has stopped because it was not supplemented in time (form 05). You may file a new dossier.`,
  ],
  'extension-granted': (v) => [
    'The term was extended',
    `The term of “${v.procedure}” was extended by ${v.days}, to ${v.date}.`,
  ],
  apology: (v) => [
    'Apology and new appointment',
    `We apologise: the result of “${v.procedure}” is not ready on the agreed date (form 04). The new appointment is ${v.date}. The letter gives the causes.`,
  ],
  'date-moved': (v) => [
    'The appointment moves with the working calendar',
    `By ${v.vars.document ?? 'a new working calendar'}, the appointment of “${v.procedure}” moves from ${v.from} to ${v.date}. The number of days stays the same.`,
  ],
  decision: (v) => [
    v.vars.outcome === 'approved' ? 'Decided: approved' : 'Decided: refused',
    v.vars.outcome === 'approved'
      ? `“${v.procedure}” was approved. The result will be signed and handed over to you.`
      : `“${v.procedure}” was refused. The decision gives the reason; you may file a new dossier.`,
  ],
  result: (v) => [
    'The result is ready',
    `The result of “${v.procedure}”, number ${v.vars.number ?? ''}, is ready in Luồng Xanh or at the City's Public Administrative Service Centre. ` +
      'Please rate how it was handled, from 1 to 5.',
  ],
  'case-closed': ({ vars }) => [
    'Your project is done in the green lane',
    (vars.outcome === 'approved'
      ? 'Every mandatory approval is there.'
      : vars.outcome === 'withdrawn'
        ? 'Your project was withdrawn, as you asked.'
        : 'Your project ended without approval.') + ' Please rate how it was handled, from 1 to 5.',
  ],
  'question-answered': () => [
    'Your question was answered',
    'The agency has answered your question. Please see the case.',
  ],
  'payment-requested': (v) => [
    'A fee is to be paid',
    `“${v.procedure}” waits for your payment of VND ${money(v.vars.amountVnd, ',')}.`,
  ],
  'duty-incurred': (v) => ['There is a duty to meet', `“${v.duty}”. Due: ${v.date}.`],
  'duty-due': (v) => [
    v.vars.rung?.kind === 'missed' || v.vars.rung?.kind === 'after-due' ? 'A duty is overdue' : 'A duty is due soon',
    `“${v.duty}”. Due: ${v.date}.`,
  ],
  'task-opened': (v) => ['New task', `${v.task}${about(v.step)}. Due: ${v.date}. ${v.procedure}`.trim()],
  'task-reassigned': (v) => [
    'A task was given to you',
    `${v.task}${about(v.step)}. Due: ${v.date}. ${v.vars.outcome === 'absence' ? 'Its holder is absent.' : 'Assigned by the head.'} ${v.procedure}`.trim(),
  ],
  'work-returned': (v) => [
    'Work was returned to you',
    `${v.task}${about(v.step)}: the task says what is missing. ${v.procedure}`.trim(),
  ],
  'supplement-answered': (v) => [
    'The supplement is in',
    `The investor has supplemented the dossier for “${v.procedure}”.`,
  ],
  'opinion-late': (v) => [
    'A late opinion',
    `${v.agency} has answered after its term, on “${v.procedure}”. The lead agency may weigh it before signature.`,
  ],
  rung: (v) => [`${v.clock}: ${v.rung}`, `${v.agency}. Due: ${v.date}. ${v.procedure || v.duty}`.trim()],
  target: (v) => [
    v.vars.missed === true
      ? `The ${v.vars.term ?? ''} % target is missed`
      : `The ${v.vars.term ?? ''} % target is at risk`,
    `“${v.procedure}”, ${v.agency}. Target date: ${v.date}.`,
  ],
  'law-applied': (v) => [
    'New law applies to open cases',
    v.vars.document === undefined
      ? `The version ${v.vars.version ?? ''} now governs open cases.`
      : `The new working calendar (${v.vars.document}) now governs the open terms.`,
  ],
  'webhook-paused': (v) => [
    'A webhook is paused',
    `The webhook ${v.vars.webhook ?? ''} is paused after several failed deliveries (${v.vars.outcome ?? ''}).`,
  ],
};

const about = (step: string): string => (step === '' ? '' : `: ${step}`);

const money = (amount: string | undefined, separator: string): string =>
  (amount ?? '').replaceAll(/\B(?=(\d{3})+$)/g, separator);

const tasks: Record<NoticeLanguage, Partial<Record<TaskKind, string>>> = {
  vi: {
    intake: 'Tiếp nhận hồ sơ',
    step: 'Bước giải quyết',
    opinion: 'Cho ý kiến',
    'by-hand': 'Làm thay bước tự động',
    lapse: 'Quyết định khi hết hạn bổ sung',
    silence: 'Quyết định khi cơ quan không trả lời',
    lane: 'Quyết định luồng',
    stuck: 'Gỡ vướng mắc của hệ thống',
    apology: 'Ký thư xin lỗi',
    conference: 'Chủ trì cuộc họp giải quyết ý kiến khác nhau',
    question: 'Trả lời câu hỏi của nhà đầu tư',
  },
  en: {
    intake: 'Reception of a dossier',
    step: 'Step',
    opinion: 'Opinion',
    'by-hand': 'Automatic step to do by hand',
    lapse: 'Decision on a lapsed supplement',
    silence: 'Decision on an agency’s silence',
    lane: 'Decision on the lane',
    stuck: 'Trouble in the engine',
    apology: 'Letter of apology to sign off',
    conference: 'Conference on opinions that conflict',
    question: 'Question of the investor',
  },
};

const clocks: Record<NoticeLanguage, Record<NonNullable<NoticeVars['clock']>, string>> = {
  vi: {
    procedure: 'Thời hạn giải quyết',
    opinion: 'Thời hạn cho ý kiến',
    conference: 'Thời hạn cuộc họp',
    supplement: 'Thời hạn bổ sung',
    duty: 'Nghĩa vụ',
  },
  en: {
    procedure: 'Term of the procedure',
    opinion: 'Term of the opinion',
    conference: 'Term of the conference',
    supplement: 'Time for the supplement',
    duty: 'Duty',
  },
};

function rungWords(rung: NoticeVars['rung'], language: NoticeLanguage): string {
  switch (rung?.kind) {
    case 'share':
      return language === 'vi' ? `đã dùng ${rung.share}% thời hạn` : `${rung.share} % of the term is used`;
    case 'before-due':
      return language === 'vi'
        ? `còn ${rung.workingDays} ngày làm việc`
        : `${rung.workingDays} working ${plural('day', rung.workingDays)} left`;
    case 'missed':
      return language === 'vi' ? 'đã quá hạn' : 'overdue';
    case 'after-due':
      return language === 'vi'
        ? `quá hạn ${rung.workingDays} ngày làm việc`
        : `${rung.workingDays} working ${plural('day', rung.workingDays)} overdue`;
    case undefined:
      return '';
  }
}

const plural = (word: string, n: number): string => (Math.abs(n) === 1 ? word : `${word}s`);

const months = 'January February March April May June July August September October November December'.split(' ');

/** `06/07/2026` in Vietnamese, `6 July 2026` in English. */
export function dateWords(date: PlainDate | null | undefined, language: NoticeLanguage): string {
  if (!date) return language === 'vi' ? 'chưa xác định' : 'not known yet';
  const [year = '', month = '', day = ''] = date.split('-');
  return language === 'vi' ? `${day}/${month}/${year}` : `${Number(day)} ${months[Number(month) - 1] ?? ''} ${year}`;
}

function daysWords(days: number, unit: DayUnit | null, language: NoticeLanguage): string {
  const working = unit !== 'calendar-day';
  if (language === 'vi') return `${days} ngày${working ? ' làm việc' : ''}`;
  return `${days} ${working ? 'working ' : ''}${plural('day', days)}`;
}

/** Who holds the file now, and the days left. */
function standingWords({ holder, days, unit, date }: Standing, names: Names, language: NoticeLanguage): string {
  const vi = language === 'vi';
  if (holder === 'nobody')
    return vi ? 'Hồ sơ đã giải quyết xong, không còn ai giữ.' : 'The file is closed; nobody holds it.';
  const you = holder === 'investor';
  const who = you ? (vi ? 'Quý vị' : 'you') : names.agency(holder)[language];
  const held = vi ? `Hồ sơ đang ở: ${who}.` : `The file is with: ${who}.`;
  if (days === null) return `${held} ${vi ? 'Thời hạn giải quyết chưa chạy.' : 'No term is running.'}`;
  const left = daysWords(Math.abs(days), unit, language);
  if (days < 0) return `${held} ${vi ? `Đã quá hạn ${left}.` : `Overdue by ${left}.`}`;
  const until = date === null ? '' : vi ? ` (đến ${dateWords(date, 'vi')})` : ` (until ${dateWords(date, 'en')})`;
  if (you)
    return `${held} ${vi ? `Khi hồ sơ trở lại, cơ quan còn ${left}${until}.` : `When it comes back, the agency has ${left} left${until}.`}`;
  return `${held} ${vi ? `Còn ${left}${until}.` : `${left} left${until}.`}`;
}

/** A notice in one language. The catalogue's names are the only words that do not stand here. */
export function noticeWords(kind: NoticeKind, vars: NoticeVars, names: Names, language: NoticeLanguage): Words {
  const { version, step, standing } = vars;
  const of = (text: Text | undefined) => text?.[language] ?? '';
  const spelled: Spelled = {
    vars,
    procedure: of(version === undefined ? undefined : names.procedure(version)),
    agency: of(vars.agency === undefined ? undefined : names.agency(vars.agency)),
    step: of(version === undefined || !step ? undefined : names.step(version, step)),
    duty: of(vars.duty === undefined ? undefined : names.duty(vars.duty)),
    date: dateWords(vars.date, language),
    from: dateWords(vars.from, language),
    days: daysWords(vars.days ?? 0, standing?.unit ?? null, language),
    task: vars.task === undefined ? '' : (tasks[language][vars.task] ?? vars.task),
    clock: vars.clock === undefined ? '' : clocks[language][vars.clock],
    rung: rungWords(vars.rung, language),
  };
  const [title, text] = (language === 'vi' ? vi : en)[kind](spelled);
  return { title, text: standing === undefined ? text : `${text}\n${standingWords(standing, names, language)}` };
}

/** A mail of one notice or, as a digest, of several. */
export interface MailNotice {
  readonly kind: NoticeKind;
  readonly vars: NoticeVars;
}

const phrases = {
  vi: {
    digest: (n: number) => `${n} thông báo từ Luồng Xanh`,
    greeting: 'Kính gửi Quý vị,',
    close: 'Trân trọng,\nLuồng Xanh - Thành phố Hồ Chí Minh',
    case: 'Mã dự án',
    dossier: 'Mã hồ sơ',
    settings: 'Quý vị có thể chọn cách nhận thông báo trong Luồng Xanh.',
  },
  en: {
    digest: (n: number) => `${n} notices from Luồng Xanh`,
    greeting: 'Dear Sir or Madam,',
    close: 'Kind regards,\nLuồng Xanh - Ho Chi Minh City',
    case: 'Project code',
    dossier: 'Dossier code',
    settings: 'You can choose in Luồng Xanh how you are told.',
  },
} as const;

/** Subject, plain text and HTML of a mail. The subject carries codes and nothing else that tells one person from another. */
export function mailWords(
  notices: readonly MailNotice[],
  names: Names,
  language: NoticeLanguage,
): { readonly subject: string; readonly text: string; readonly html: string } {
  const say = phrases[language];
  const parts = notices.map(({ kind, vars }) => ({
    ...noticeWords(kind, vars, names, language),
    codes: codesOf(vars),
  }));
  const [only] = parts;
  const subject =
    parts.length === 1 && only !== undefined
      ? [...only.codes.map((code) => `[${code}]`), only.title].join(' ')
      : say.digest(parts.length);
  const lines = parts.map(({ title, text, codes }) => ({
    heading: title,
    codes: codes.map((code, i) => `${i === 0 ? say.case : say.dossier}: ${code}`).join(' · '),
    text,
  }));
  const text = [
    say.greeting,
    ...lines.map(({ heading, codes, text: body }) => [heading, codes, body].filter((line) => line !== '').join('\n')),
    say.settings,
    say.close,
  ].join('\n\n');
  const html = `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${escapeHtml(subject)}</title><body>${[
    paragraph(say.greeting),
    ...lines.map(
      ({ heading, codes, text: body }) =>
        `<h2 style="font-size:1.1em">${escapeHtml(heading)}</h2>${codes === '' ? '' : paragraph(codes)}${paragraph(body)}`,
    ),
    paragraph(say.settings),
    paragraph(say.close),
  ].join('\n')}</body></html>`;
  return { subject, text, html };
}

/** One short message. */
export function smsWords({ kind, vars }: MailNotice, names: Names, language: NoticeLanguage): string {
  const { title } = noticeWords(kind, vars, names, language);
  const code = vars.dossier ?? vars.case ?? '';
  const more = language === 'vi' ? 'Xem trong Luồng Xanh.' : 'See Luồng Xanh.';
  return `Luồng Xanh ${code}: ${title}. ${more}`.replace('  ', ' ');
}

const codesOf = ({ case: code, dossier }: NoticeVars): string[] =>
  [code, dossier].filter((one): one is string => typeof one === 'string');

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (found) => escapes[found] ?? found);
const paragraph = (text: string): string => `<p>${escapeHtml(text).replaceAll('\n', '<br>')}</p>`;
