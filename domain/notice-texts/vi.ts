import type { TrialNoticeKind } from '../notices/kinds.js';
import { about, money, type Catalogue } from './spelled.js';

/** What people are told of the green lane and of procedures. */
export const vi: Omit<Catalogue, TrialNoticeKind> = {
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
  'calendar-missing': (v) => [
    `Cần công bố lịch làm việc năm ${v.vars.year ?? ''}`,
    `Lịch «${v.vars.calendar ?? ''}» chưa có văn bản ấn định ngày nghỉ năm ${v.vars.year ?? ''}: các thời hạn đang tính theo lịch tạm. Đề nghị công bố lịch khi có văn bản. Lịch tạm tính được đến hết ngày ${v.date}; sau ngày đó không tính được hạn.`,
  ],
  'webhook-paused': (v) => [
    'Webhook tạm dừng',
    `Webhook ${v.vars.webhook ?? ''} tạm dừng sau nhiều lần gửi không được (${v.vars.outcome ?? ''}).`,
  ],
};
