import { refuse } from '../errors.js';

/** What one person may have or do, so that nobody fills the house. */
export type Quota =
  | 'documents-per-day'
  | 'document-bytes-per-day'
  | 'unused-document-bytes'
  | 'open-drafts'
  | 'open-powers-of-attorney'
  | 'organisation-members'
  | 'questions-per-day'
  | 'trial-keys-per-day';

const advice: Readonly<Record<Quota, { readonly vi: string; readonly en: string }>> = {
  'documents-per-day': {
    vi: 'Đã đủ số tài liệu được tải lên trong một ngày; xin tải tiếp vào lúc khác.',
    en: 'That is as many documents as one person may upload in a day; upload the rest later.',
  },
  'document-bytes-per-day': {
    vi: 'Đã đủ dung lượng được tải lên trong một ngày; xin giảm cỡ tệp hoặc tải tiếp vào lúc khác.',
    en: 'That is as much as one person may upload in a day; make the files smaller or upload the rest later.',
  },
  'unused-document-bytes': {
    vi: 'Còn quá nhiều tài liệu đã tải lên mà chưa dùng trong hồ sơ nào; xin đưa chúng vào hồ sơ trước khi tải thêm.',
    en: 'Too much that you uploaded is used in no case yet; file it before you upload more.',
  },
  'open-drafts': {
    vi: 'Đang có quá nhiều bản nháp; xin nộp hoặc bỏ bớt trước khi tạo bản mới.',
    en: 'There are too many open drafts; file or discard some before you begin another.',
  },
  'open-powers-of-attorney': {
    vi: 'Đang có quá nhiều ủy quyền còn hiệu lực hoặc chờ chấp nhận; xin thu hồi bớt trước khi lập ủy quyền mới.',
    en: 'There are too many powers of attorney in force or on offer; revoke some before you grant another.',
  },
  'organisation-members': {
    vi: 'Tổ chức đã đủ số người; xin cho người không còn tham gia rời tổ chức trước khi mời thêm.',
    en: 'There are as many people in the organisation as may be; let those leave who take no part any more before you ask others in.',
  },
  'questions-per-day': {
    vi: 'Đã đủ số câu hỏi được gửi trong một ngày; xin gộp các câu hỏi lại hoặc hỏi tiếp vào lúc khác.',
    en: 'That is as many questions as one person may ask in a day; ask the rest in one, or later.',
  },
  'trial-keys-per-day': {
    vi: 'Đã đủ số khóa thiết bị được đăng ký trong một ngày; xin đăng ký tiếp vào lúc khác.',
    en: 'That is as many device keys as one person may register in a day; register the rest later.',
  },
};

/** Refuses `QUOTA_EXCEEDED`, saying what to do; `retryAfter`: seconds until there is room again, where waiting helps. */
export function overQuota(quota: Quota, limit: number, retryAfter?: number): never {
  return refuse('QUOTA_EXCEEDED', {
    detail: advice[quota],
    quota,
    limit,
    ...(retryAfter !== undefined && { retryAfter: Math.max(1, retryAfter) }),
  });
}
