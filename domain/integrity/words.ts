import type { Text } from '../law/agency.js';
import type { IntegrityRule } from './questions.js';

interface RuleWords {
  readonly name: Text;
  /** What a supervisor may ask. */
  readonly asks: Text;
  /** Why it may be quite in order. */
  readonly innocent: Text;
}

const text = (vi: string, en: string): Text => ({ vi, en });

/** What each rule asks, and what may explain it: questions to put, no findings. */
export const integrityWords: Readonly<Record<IntegrityRule, RuleWords>> = {
  'same-thing-asked': {
    name: text('Yêu cầu bổ sung nhiều lần', 'Asked for more, again'),
    asks: text(
      'Vì sao cùng một nội dung được yêu cầu hơn một lần, hoặc một hồ sơ bị yêu cầu bổ sung từ ba lần?',
      'Why was the same thing asked for more than once, or more asked for three times in one dossier?',
    ),
    innocent: text(
      'Câu trả lời trước có thể chưa đủ, hoặc dự án thay đổi trong lúc giải quyết.',
      'The answer before may not have been enough, or the project changed meanwhile.',
    ),
  },
  'out-of-turn': {
    name: text('Giải quyết không theo thứ tự', 'Served out of turn'),
    asks: text(
      'Vì sao hồ sơ này được nhận trước nhiều hồ sơ đến sớm hơn, cùng bước và không kém ưu tiên?',
      'Why was this file taken before many that came earlier to the same step with at least as much priority?',
    ),
    innocent: text(
      'Hồ sơ trước có thể đang chờ chuyên môn khác, hoặc người giữ vắng mặt.',
      'The earlier ones may have needed other expertise, or whoever held them was away.',
    ),
  },
  'at-the-limit': {
    name: text('Quyết định dồn vào ngày cuối', 'Decisions bunched at the limit'),
    asks: text(
      'Vì sao phần lớn quyết định của cơ quan rơi đúng ngày cuối của thời hạn?',
      'Why do most decisions of this agency fall on the very last day of the term?',
    ),
    innocent: text(
      'Cơ quan có thể thiếu người, hoặc thời hạn vốn sát với thời gian cần thiết.',
      'The agency may be short of people, or the term may be just as long as the work.',
    ),
  },
  'stopped-late': {
    name: text('Dừng đồng hồ sát hạn', 'Clocks stopped just before the term'),
    asks: text(
      'Vì sao phần lớn lần dừng đồng hồ diễn ra khi thời hạn chỉ còn một ngày hoặc không còn?',
      'Why were most clocks stopped with one day of the term left, or none?',
    ),
    innocent: text(
      'Nội dung còn thiếu có thể chỉ lộ ra khi có ý kiến của cơ quan khác.',
      'What was missing may only have come to light with the opinion of another agency.',
    ),
  },
  'same-pair': {
    name: text('Một cán bộ, một nhà đầu tư quá thường xuyên', 'One officer and one investor too often'),
    asks: text(
      'Vì sao cán bộ này giải quyết hồ sơ của nhà đầu tư này nhiều hơn hẳn mức phân công ngẫu nhiên?',
      'Why does this officer handle the files of this investor far more often than chance would have it?',
    ),
    innocent: text(
      'Cán bộ có thể phụ trách đúng lĩnh vực của nhà đầu tư đó.',
      'The officer may simply be in charge of that investor’s field.',
    ),
  },
  'filed-again': {
    name: text('Nộp đi nộp lại', 'Filed again and again'),
    asks: text(
      'Vì sao dự án cùng địa điểm phải nộp từ ba lần trong mười hai tháng mà chưa được chấp thuận?',
      'Why was a project at the same site filed three times within twelve months without an approval?',
    ),
    innocent: text(
      'Nhà đầu tư có thể tự đổi phương án; hướng dẫn ban đầu có thể chưa rõ.',
      'The investor may have changed their plans, or the guidance at first may not have been clear.',
    ),
  },
  'after-hours': {
    name: text('Làm nhiều ngoài giờ', 'Much of the work after hours'),
    asks: text(
      'Vì sao cán bộ này hoàn thành nhiều việc ngoài giờ hành chính hoặc vào ngày nghỉ?',
      'Why does this officer finish much of their work outside office hours or on days off?',
    ),
    innocent: text(
      'Khối lượng việc có thể quá lớn, hoặc được bố trí làm thêm giờ.',
      'There may be too much work, or overtime was arranged.',
    ),
  },
};
