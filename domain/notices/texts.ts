import type { NoticeKind, NoticeVars, HolderNow, TrialNow } from './kinds.js';
import { en } from './texts/en.js';
import {
  dateWords,
  daysWords,
  momentWords,
  plural,
  untilWords,
  type NoticeTexts,
  type NoticeLanguage,
  type Spelled,
} from './texts/spelled.js';
import { trialEn } from './texts/trial-en.js';
import { trialVi } from './texts/trial-vi.js';
import { vi } from './texts/vi.js';
import type { Text } from '../law/procedure.js';
import type { Phase } from '../case/trial/phases.js';
import { taskName } from '../case/task-table.js';

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

const textsIn: Readonly<Record<NoticeLanguage, NoticeTexts>> = {
  vi: { ...vi, ...trialVi },
  en: { ...en, ...trialEn },
};

const clocks: Record<NoticeLanguage, Record<NonNullable<NoticeVars['clock']>, string>> = {
  vi: {
    procedure: 'Thời hạn giải quyết',
    opinion: 'Thời hạn cho ý kiến',
    conference: 'Thời hạn cuộc họp',
    supplement: 'Thời hạn bổ sung',
    violation: 'Ngày rà soát việc xử lý vi phạm',
    duty: 'Nghĩa vụ',
    task: 'Hạn xử lý công việc',
  },
  en: {
    procedure: 'Term of the procedure',
    opinion: 'Term of the opinion',
    conference: 'Term of the conference',
    supplement: 'Time for the supplement',
    violation: 'Review of the handling of a violation',
    duty: 'Duty',
    task: 'Date of a task',
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

/** Who holds the file now, and the days left. */
function holderWords({ holder, days, unit, date }: HolderNow, names: Names, language: NoticeLanguage): string {
  const vi = language === 'vi';
  if (holder === 'nobody')
    return vi ? 'Hồ sơ đã giải quyết xong, không còn ai giữ.' : 'The file is closed; nobody holds it.';
  const you = holder === 'investor';
  const who = you ? (vi ? 'Quý vị' : 'you') : names.agency(holder)[language];
  const held = vi ? `Hồ sơ đang ở: ${who}.` : `The file is with: ${who}.`;
  if (days === null) return `${held} ${vi ? 'Hiện không có thời hạn nào đang chạy.' : 'No term is running.'}`;
  const left = daysWords(Math.abs(days), unit, language);
  if (days < 0) return `${held} ${vi ? `Đã quá hạn ${left}.` : `Overdue by ${left}.`}`;
  const until = date === null ? '' : vi ? ` (đến ${dateWords(date, 'vi')})` : ` (until ${dateWords(date, 'en')})`;
  if (you)
    return `${held} ${vi ? `Khi hồ sơ trở lại, cơ quan còn ${left}${until}.` : `When it comes back, the agency has ${left} left${until}.`}`;
  return `${held} ${vi ? `Còn ${left}${until}.` : `${left} left${until}.`}`;
}

/** In the words of whoever takes part: a hold and a suspension are told apart by their own notices. */
const phaseNames: Readonly<Record<Phase, Text>> = {
  admission: { vi: 'đang xét', en: 'being decided' },
  admitted: { vi: 'đã được chấp thuận, chưa bắt đầu', en: 'admitted, not started yet' },
  running: { vi: 'đang chạy', en: 'running' },
  held: { vi: 'đang bị tạm giữ', en: 'held' },
  suspended: { vi: 'đang tạm dừng', en: 'suspended' },
  assessment: { vi: 'đã hết thời hạn, đang được đánh giá', en: 'past its term, being assessed' },
  ended: { vi: 'đã kết thúc, còn nghĩa vụ', en: 'ended, with duties left' },
  transition: { vi: 'đã kết thúc, đang chuyển tiếp', en: 'ended, in transition' },
  over: { vi: 'đã kết thúc', en: 'over' },
};

/** Where a trial stands, and its last day while it has one. */
function trialWords({ phase, until }: TrialNow, language: NoticeLanguage): string {
  const name = phaseNames[phase][language];
  if (language === 'vi') return `Thử nghiệm: ${name}${until === null ? '' : ` (đến ${dateWords(until, 'vi')})`}.`;
  return `The trial: ${name}${until === null ? '' : ` (until ${dateWords(until, 'en')})`}.`;
}

/** A notice in one language. The catalogue's names are the only words that do not stand here. */
export function noticeWords(kind: NoticeKind, vars: NoticeVars, names: Names, language: NoticeLanguage): Words {
  const { version, step, standing, trial, label } = vars;
  const of = (text: Text | undefined) => text?.[language] ?? '';
  const spelled: Spelled = {
    vars,
    procedure: of(version === undefined ? undefined : names.procedure(version)),
    agency: of(vars.agency === undefined ? undefined : names.agency(vars.agency)),
    step: of(version === undefined || !step ? undefined : names.step(version, step)),
    duty: vars.duty === undefined ? '' : of(label ?? names.duty(vars.duty)),
    limit: vars.limit === undefined ? '' : label === undefined ? vars.limit : of(label),
    date: dateWords(vars.date, language),
    from: dateWords(vars.from, language),
    days: daysWords(vars.days ?? 0, standing?.unit ?? null, language),
    until: untilWords(vars.until, language),
    meetsAt: momentWords(vars.meetsAt, language),
    task: vars.task === undefined ? '' : of(taskName(vars.task)),
    clock: vars.clock === undefined ? '' : clocks[language][vars.clock],
    rung: rungWords(vars.rung, language),
  };
  const [title, text] = textsIn[language][kind](spelled);
  const stands = trial ? trialWords(trial, language) : standing && holderWords(standing, names, language);
  return { title, text: stands === undefined ? text : `${text}\n${stands}` };
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
