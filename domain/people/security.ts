import type { Text } from '../law/agency.js';
import { type Calendar, ifPublished, isWorkingDay } from '../time/calendar.js';
import { civilTime, dateOf, type Instant } from '../time/instants.js';

/** How much somebody should care: `notice` for whoever looks for something, `warning` within the day, `alarm` at once. */
export type Severity = 'notice' | 'warning' | 'alarm';

interface Kind {
  readonly name: Text;
  /** From how many times within an hour on it is a warning, and an alarm. */
  readonly warning: number;
  readonly alarm: number;
}

const kinds = {
  'sign-in-refused': {
    name: { vi: 'Đăng nhập bị từ chối', en: 'Sign-in refused' },
    warning: 5,
    alarm: 50,
  },
  'token-refused': {
    name: { vi: 'Thẻ truy cập không hợp lệ', en: 'Access token refused' },
    warning: 5,
    alarm: 100,
  },
  'cross-site': {
    name: { vi: 'Trang khác gửi yêu cầu bằng phiên của người dùng', en: 'Another site wrote with somebody’s session' },
    warning: 1,
    alarm: 10,
  },
  'rate-limited': {
    name: { vi: 'Gửi quá nhiều yêu cầu', en: 'Too many requests' },
    warning: 100,
    alarm: 5_000,
  },
  'pin-refused': {
    name: { vi: 'Mã hồ sơ hoặc mã PIN sai', en: 'Case code or PIN wrong' },
    warning: 5,
    alarm: 50,
  },
  'pin-locked': {
    name: { vi: 'Bị khóa vì nhập sai mã PIN nhiều lần', en: 'Locked after too many wrong PINs' },
    warning: 1,
    alarm: 50,
  },
  'callback-forged': {
    name: { vi: 'Chữ ký sai trên trả lời của hệ thống cơ quan', en: 'Wrong signature on an agency system’s answer' },
    warning: 1,
    alarm: 10,
  },
  'device-forged': {
    name: {
      vi: 'Chữ ký sai trên số liệu của thiết bị thử nghiệm',
      en: 'Wrong signature on readings of a trial’s device',
    },
    warning: 1,
    alarm: 10,
  },
  'access-refused': {
    name: { vi: 'Truy cập bị từ chối', en: 'Access refused' },
    warning: 10,
    alarm: 100,
  },
  'case-probing': {
    name: { vi: 'Thử mở nhiều hồ sơ của người khác', en: 'Tried to open many cases of others' },
    warning: 5,
    alarm: 20,
  },
  'reading-many': {
    name: { vi: 'Xem nhiều hồ sơ trong một giờ', en: 'Looked into many cases within an hour' },
    warning: 40,
    alarm: 150,
  },
  'reading-out-of-hours': {
    name: { vi: 'Xem hồ sơ ngoài giờ làm việc', en: 'Looked into cases out of hours' },
    warning: 10,
    alarm: 50,
  },
  'reading-without-task': {
    name: { vi: 'Xem hồ sơ khi không có việc trên hồ sơ', en: 'Looked into cases without a task on them' },
    warning: 5,
    alarm: 30,
  },
  'bulk-export': {
    name: { vi: 'Tải danh sách dài', en: 'Took a long list as a file' },
    warning: 3,
    alarm: 20,
  },
} as const satisfies Record<string, Kind>;

/** What a security event is about. Names on the wire: they never change. */
export type SecurityKind = keyof typeof kinds;
export const securityKinds = Object.keys(kinds) as [SecurityKind, ...SecurityKind[]];

export const securityName = (kind: SecurityKind): Text => kinds[kind].name;

/** How grave it is that this happened so many times within an hour; of probing and of looks: in so many cases. */
export function severityOf(kind: SecurityKind, times: number): Severity {
  const { warning, alarm }: Kind = kinds[kind];
  return times >= alarm ? 'alarm' : times >= warning ? 'warning' : 'notice';
}

/** In so many cases within an hour it is probing, and looking at many. */
export const probingFrom = kinds['case-probing'].warning;
export const manyFrom = kinds['reading-many'].warning;
/** From so many rows on a list that is taken as a file is a long one. */
export const longListFrom = 500;

const [dayBegins, dayEnds] = ['06:00', '20:00'];

/** Whether nobody of an office with this calendar would be at work: a day of rest, or between eight in the evening and six in the morning. */
export function isOutOfHours(calendar: Calendar, at: Instant): boolean {
  const time = civilTime(at);
  if (time < dayBegins || time >= dayEnds) return true;
  return !(ifPublished(() => isWorkingDay(calendar, dateOf(at))) ?? true);
}
