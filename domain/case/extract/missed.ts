import type { Text } from '../../law/agency.js';
import type { MissedReason } from './words.js';

/** Why a register gave nothing, and what follows. */
const reasons: Readonly<Record<MissedReason, Text>> = {
  'not-held': {
    vi: 'Cơ sở dữ liệu không có giấy tờ này; nhà đầu tư nộp bản giấy hoặc bản điện tử.',
    en: 'The register does not hold this document; the investor gives it.',
  },
  silent: {
    vi: 'Cơ sở dữ liệu không trả lời trong thời gian chờ; nhà đầu tư nộp giấy tờ này hoặc cơ quan khai thác lại.',
    en: 'The register did not answer in time; the investor gives it, or the agency asks again.',
  },
  'other-subject': {
    vi: 'Cơ sở dữ liệu trả lời về một tổ chức khác; kết quả này không được sử dụng, nhà đầu tư nộp giấy tờ.',
    en: 'The register answered about somebody else; its answer is not used, the investor gives the document.',
  },
  unsound: {
    vi: 'Câu trả lời của cơ sở dữ liệu không đúng cấu trúc; nhà đầu tư nộp giấy tờ này.',
    en: 'What the register answered cannot be read; the investor gives the document.',
  },
  'no-consent': {
    vi: 'Chủ thể dữ liệu chưa đồng ý cho khai thác; nhà đầu tư nộp giấy tờ này, hoặc đồng ý cho khai thác.',
    en: 'Whoever the data is about has not agreed to it; the investor gives the document, or agrees.',
  },
};

export const missedReasons = Object.keys(reasons) as [MissedReason, ...MissedReason[]];
export const missedReason = (reason: MissedReason): Text => reasons[reason];
