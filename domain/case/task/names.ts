import type { Text } from '../../law/agency.js';
import type { TaskKind } from '../events.js';

/** What people call each kind of work. */
export const taskNames: Readonly<Record<TaskKind, Text>> = {
  intake: { vi: 'Tiếp nhận hồ sơ', en: 'Reception of a dossier' },
  step: { vi: 'Bước giải quyết', en: 'Step' },
  opinion: { vi: 'Cho ý kiến', en: 'Opinion' },
  'by-hand': { vi: 'Làm thay bước tự động', en: 'Automatic step to do by hand' },
  lapse: { vi: 'Quyết định khi hết hạn bổ sung', en: 'Decision on a lapsed supplement' },
  silence: { vi: 'Quyết định khi cơ quan không trả lời', en: 'Decision on an agency’s silence' },
  lane: { vi: 'Quyết định luồng', en: 'Decision on the lane' },
  stuck: { vi: 'Gỡ vướng mắc của hệ thống', en: 'Trouble in the engine' },
  apology: { vi: 'Ký thư xin lỗi', en: 'Letter of apology to sign off' },
  conference: { vi: 'Chủ trì cuộc họp giải quyết ý kiến khác nhau', en: 'Conference on opinions that conflict' },
  question: { vi: 'Trả lời câu hỏi của nhà đầu tư', en: 'Question of the investor' },
  fit: { vi: 'Xác định thử nghiệm có thuộc cơ chế hay không', en: 'Whether the trial fits the regime' },
  hold: { vi: 'Xác nhận hoặc bỏ lệnh tạm giữ thử nghiệm', en: 'Protective hold to confirm or lift' },
  incident: { vi: 'Xem xét sự cố của thử nghiệm', en: 'Incident of a trial to examine' },
  'trial-request': { vi: 'Quyết định đề nghị trong thử nghiệm', en: 'Request in a trial to decide' },
  completion: { vi: 'Đánh giá kết quả thử nghiệm', en: 'Outcome of a trial to assess' },
  signatory: { vi: 'Chỉ định người ký thay', en: 'Signatory to name' },
};
