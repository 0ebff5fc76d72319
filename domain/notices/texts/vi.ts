import { registerName } from '../../law/registers.js';
import type { TrialNoticeKind } from '../kinds.js';
import { about, dueBy, money, type NoticeTexts, type Spelled } from './spelled.js';

/** What is asked of the investor, by the ground of the request. */
const grounds: Readonly<Record<NonNullable<Spelled['vars']['ground']>, readonly [title: string, asks: string]>> = {
  supplement: ['Yêu cầu bổ sung hồ sơ', 'yêu cầu bổ sung hồ sơ'],
  explanation: ['Yêu cầu giải trình', 'yêu cầu giải trình'],
  'violation-handling': ['Hồ sơ chờ xử lý vi phạm', 'tạm dừng giải quyết để xử lý vi phạm; cơ quan sẽ báo khi xong'],
  'errors-in-dossier': ['Hồ sơ có sai sót cần sửa', 'yêu cầu sửa sai sót trong hồ sơ'],
};

/** Why a register gave no document. */
const missed: Readonly<Record<string, string>> = {
  'not-held': 'không có giấy tờ này',
  silent: 'chưa trả lời trong thời gian chờ',
  'other-subject': 'trả lời về một tổ chức khác nên không được sử dụng',
  unsound: 'trả lời không đúng cấu trúc',
  'no-consent': 'không được khai thác vì chủ thể dữ liệu chưa đồng ý',
};
const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Why work that somebody was asked for, or held, is no longer theirs. */
const endings: Readonly<Record<string, string>> = {
  withdrawn: 'nhà đầu tư đã rút hồ sơ',
  decided: 'đã có quyết định',
  closed: 'hồ sơ đã đóng',
  refused: 'hồ sơ bị từ chối',
  stopped: 'hồ sơ đã dừng giải quyết',
  answered: 'đã có câu trả lời',
  reassigned: 'đã chuyển cho người khác',
  reopened: 'bước này được làm lại từ đầu',
  'asked-anew': 'được hỏi lại ở lượt mới',
  'date-moved': 'ngày hẹn đã thay đổi',
  'receipt-withdrawn': 'việc tiếp nhận hồ sơ là nhầm và được làm lại',
  'facts-confirmed': 'dữ kiện của dự án đã được xác nhận lại',
  migrated: 'quy định mới đã áp dụng',
  extended: 'thử nghiệm được gia hạn',
  suspended: 'thử nghiệm đã tạm dừng',
  'instruction-withdrawn': 'lãnh đạo đã thu hồi chỉ đạo',
  resumed: 'thử nghiệm đã được tiếp tục',
  ended: 'thử nghiệm đã kết thúc',
  lapsed: 'đã hết hạn',
};

const closings: Readonly<Record<string, readonly [title: string, text: string]>> = {
  approved: ['Dự án đã hoàn tất các chấp thuận', 'Mọi chấp thuận bắt buộc đã có.'],
  withdrawn: ['Dự án đã được rút', 'Dự án đã được rút theo yêu cầu của Quý vị.'],
  refused: ['Dự án kết thúc, không được chấp thuận', 'Dự án kết thúc mà không được chấp thuận.'],
};
const reassigned: Readonly<Record<string, string>> = {
  absence: 'Do người giữ việc vắng mặt.',
  departure: 'Do người giữ việc chuyển công tác hoặc nghỉ việc.',
  signatory: 'Theo chỉ định của lãnh đạo Thành phố: anh/chị ký riêng việc này.',
};

/** What people are told of the green lane and of procedures. */
export const vi: Omit<NoticeTexts, TrialNoticeKind> = {
  'case-received': (v) => [
    'Đã tiếp nhận dự án',
    `Dự án đã được ghi nhận. Ngày dự kiến hoàn thành các thủ tục cấp phép nếu mỗi hồ sơ nộp đúng hạn: ${v.date}.`,
  ],
  'lane-hearing': (v) => [
    'Mời giải trình trước khi quyết định thu hồi luồng xanh',
    `Cơ quan phụ trách luồng cho rằng căn cứ vào luồng xanh của dự án không đúng; nội dung nêu trong hồ sơ. Quý vị có thể giải trình đến hết ngày ${v.date}; sau đó Thủ trưởng cơ quan quyết định.`,
  ],
  'lane-hearing-decided': ({ vars }) =>
    vars.outcome === 'revoked'
      ? ['Luồng xanh của dự án bị thu hồi', 'Dự án tiếp tục theo luồng thông thường; lý do nêu trong hồ sơ.']
      : ['Dự án được giữ ở luồng xanh', 'Sau khi xem xét giải trình, dự án vẫn ở luồng xanh.'],
  'lane-hearing-answered': () => [
    'Nhà đầu tư đã giải trình về luồng xanh',
    'Có thể quyết định việc thu hồi luồng xanh.',
  ],
  'result-hearing': (v) => [
    'Mời giải trình trước khi quyết định thu hồi kết quả',
    `Cơ quan ra quyết định số ${v.vars.number} đề xuất thu hồi quyết định đó; lý do và căn cứ nêu trong hồ sơ. Quý vị có thể giải trình đến hết ngày ${v.date}; sau đó Thủ trưởng cơ quan quyết định.`,
  ],
  'result-hearing-answered': () => [
    'Nhà đầu tư đã giải trình về việc thu hồi kết quả',
    'Có thể quyết định việc thu hồi kết quả.',
  ],
  'result-changed': ({ vars }) =>
    vars.outcome === 'revoked'
      ? [
          'Kết quả giải quyết bị thu hồi',
          `Văn bản thu hồi số ${vars.number}; lý do nêu trong hồ sơ. Kết quả cũ không còn giá trị.`,
        ]
      : vars.outcome === 'corrected'
        ? [
            'Kết quả giải quyết được đính chính',
            `Văn bản đính chính số ${vars.number}; kết quả được đọc cùng văn bản này.`,
          ]
        : ['Kết quả giải quyết được giữ nguyên', `Quyết định số ${vars.number} không bị thu hồi.`],
  'facts-questioned': (v) =>
    v.vars.outcome === 'unknown'
      ? [
          'Còn một dữ kiện của dự án chưa rõ',
          `Một dữ kiện được trả lời «chưa biết» khi nộp hồ sơ. Cơ quan phụ trách luồng xác định trước hết ngày ${v.date}; nếu Quý vị đã biết, hãy cho biết kèm giấy tờ trong hồ sơ.`,
        ]
      : [
          'Có đề nghị đính chính dữ kiện của dự án',
          `Nội dung và lý do nêu trong hồ sơ. Cơ quan phụ trách luồng trả lời trước hết ngày ${v.date}.`,
        ],
  'facts-decided': ({ vars }) =>
    vars.outcome === 'confirmed'
      ? [
          'Dữ kiện của dự án đã được xác nhận',
          'Lộ trình, mức nền và các thời hạn chưa cam kết được lập lại theo dữ kiện này; thời hạn đã cam kết không đổi. Căn cứ và lý do nêu trong hồ sơ.',
        ]
      : ['Dữ kiện đã nộp được giữ nguyên', 'Đề nghị đính chính không được chấp nhận; lý do nêu trong hồ sơ.'],
  'lane-decided': ({ vars }) => [
    vars.outcome === 'green' ? 'Dự án vào luồng xanh' : 'Dự án theo luồng thông thường',
    vars.outcome === 'green'
      ? 'Dự án được giải quyết theo luồng xanh.'
      : 'Dự án được giải quyết theo luồng thông thường. Quý vị có thể đề nghị xem xét lại luồng xanh.',
  ],
  'dossier-wanted': (v) => ['Mời nộp hồ sơ', `Thủ tục «${v.procedure}» đã mở. Mời Quý vị nộp hồ sơ của thủ tục này.`],
  'register-missed': (v) => [
    `Cần nộp giấy tờ: ${v.vars.label?.vi ?? v.vars.document ?? ''}`,
    `${upperFirst(registerName(v.vars.register ?? '').vi)} ${missed[v.vars.outcome ?? ''] ?? 'chưa cung cấp được giấy tờ này'} cho thủ tục «${v.procedure}». Mời Quý vị nộp giấy tờ này; khi hồ sơ chưa được kiểm tra, nộp thêm ngay tại mục việc cần làm của hồ sơ.`,
  ],
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
    grounds[v.vars.ground ?? 'supplement'][0],
    `Cơ quan giải quyết thủ tục «${v.procedure}» ${grounds[v.vars.ground ?? 'supplement'][1]} (Mẫu số 02).${dueBy(v, 'Hạn của Quý vị')} ` +
      (v.vars.outcome === 'suspended'
        ? `Thời hạn của cơ quan tạm dừng; khi hồ sơ trở lại, cơ quan còn ${v.days}.`
        : `Thời hạn của cơ quan vẫn tiếp tục; cơ quan còn ${v.days}.`),
  ],
  'supplement-extended': (v) => [
    'Gia hạn thời gian bổ sung',
    `Thời gian bổ sung hồ sơ thủ tục «${v.procedure}» được gia hạn đến ${v.date}.`,
  ],
  'supplement-withdrawn': (v) => [
    'Yêu cầu bổ sung đã được rút',
    `Yêu cầu gửi cho Quý vị trong thủ tục «${v.procedure}» là nhầm và đã được rút: Quý vị không phải làm gì. Những ngày từ khi gửi yêu cầu được tính cho cơ quan.`,
  ],
  'violation-reviewed': (v) => [
    'Việc xử lý vi phạm đang tiếp tục',
    `Thủ tục «${v.procedure}» còn chờ xử lý vi phạm. Cơ quan rà soát lại vào ngày ${v.date}.`,
  ],
  'violation-handled': (v) => [
    'Đã xử lý xong vi phạm',
    `Việc xử lý vi phạm trong thủ tục «${v.procedure}» đã xong; thời hạn giải quyết chạy tiếp.`,
  ],
  'receipt-withdrawn': (v) => [
    'Việc tiếp nhận hồ sơ được làm lại',
    v.vars.outcome === 'moved'
      ? `Hồ sơ ${v.vars.dossier ?? ''} đã được tiếp nhận nhầm thủ tục «${v.procedure}» và được chuyển sang đúng thủ tục. Ngày nộp hồ sơ của Quý vị giữ nguyên.`
      : `Việc tiếp nhận hồ sơ ${v.vars.dossier ?? ''} của thủ tục «${v.procedure}» là nhầm và được làm lại. Quý vị không phải nộp lại; ngày nộp hồ sơ giữ nguyên.`,
  ],
  'extension-withdrawn': (v) => [
    'Việc gia hạn đã được rút',
    `Việc gia hạn ${v.days} của thủ tục «${v.procedure}» là nhầm và đã được rút. Ngày hẹn trả kết quả: ${v.date}.`,
  ],
  'supplement-due': (v) => [
    'Sắp hết hạn bổ sung hồ sơ',
    `Hạn bổ sung hồ sơ thủ tục «${v.procedure}» là ${v.date}. Mời Quý vị nộp phần còn thiếu.`,
  ],
  'supplement-lapsed': (v) => [
    'Đã hết hạn bổ sung hồ sơ',
    `Thời gian bổ sung hồ sơ thủ tục «${v.procedure}» đã hết. Cán bộ sẽ quyết định bước tiếp theo; phần bổ sung nộp trước quyết định đó vẫn được tính.`,
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
    closings[vars.outcome ?? '']?.[0] ?? 'Dự án đã kết thúc',
    `${closings[vars.outcome ?? '']?.[1] ?? 'Dự án đã kết thúc.'} Mời Quý vị đánh giá việc giải quyết, từ 1 đến 5.`,
  ],
  'question-answered': () => ['Câu hỏi đã được trả lời', 'Cơ quan đã trả lời câu hỏi của Quý vị. Mời xem trong hồ sơ.'],
  'payment-requested': (v) => [
    'Đề nghị nộp phí, lệ phí',
    `Thủ tục «${v.procedure}» chờ Quý vị nộp ${money(v.vars.amountVnd, '.')} đồng.`,
  ],
  'duty-incurred': (v) => ['Có nghĩa vụ phải thực hiện', `«${v.duty}».${dueBy(v, 'Hạn')}`],
  'duty-due': (v) => [
    v.vars.rung?.kind === 'missed' || v.vars.rung?.kind === 'after-due'
      ? 'Nghĩa vụ đã quá hạn'
      : 'Nghĩa vụ sắp đến hạn',
    `«${v.duty}». Hạn: ${v.date}.`,
  ],
  'task-opened': (v) => ['Việc mới', `${v.task}${about(v.step)}.${dueBy(v, 'Hạn')} ${v.procedure}`.trim()],
  'task-reassigned': (v) => [
    'Việc được giao cho anh/chị',
    `${v.task}${about(v.step)}.${dueBy(v, 'Hạn')} ${reassigned[v.vars.outcome ?? ''] ?? 'Theo phân công của thủ trưởng.'} ${v.procedure}`.trim(),
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
  rung: (v) => [`${v.clock}: ${v.rung}`, `${v.agency}. Hạn: ${v.date}. ${v.task || v.procedure || v.duty}`.trim()],
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
  'task-ended': (v) => [
    'Việc không còn phải làm',
    `${v.task}${about(v.step)}: ${endings[v.vars.outcome ?? ''] ?? 'không còn cần'}. ${v.procedure}`.trim(),
  ],
  'task-freed': (v) => [
    'Việc cần người nhận lại',
    `${v.task}${about(v.step)}: người đang giữ không còn được làm việc này.${dueBy(v, 'Hạn')} ${v.procedure}`.trim(),
  ],
  'signatory-named': (v) => [
    'Lãnh đạo Thành phố đã chỉ định người ký',
    `${v.task}${about(v.step)}: một cán bộ của cơ quan được chỉ định ký riêng việc này. ${v.procedure}`.trim(),
  ],
  'instruction-answered': (v) => [
    'Cơ quan đã báo cáo thực hiện chỉ đạo',
    `${v.agency} đã báo cáo thực hiện chỉ đạo. Mời xem nội dung trong mục Chỉ đạo.`,
  ],
  'instruction-moved': (v) => ['Đổi hạn thực hiện chỉ đạo', `${v.task}: hạn mới là ${v.date} (trước đó ${v.from}).`],
  'instruction-closed': (v) => [
    'Điểm nghẽn đã được khắc phục',
    `${v.agency}: con số đã giảm so với khi giao việc. Mời xem mức giảm trong mục Chỉ đạo.`,
  ],
  'report-opened': (v) => [
    `${v.vars.label?.vi ?? 'Báo cáo'}: đến kỳ`,
    `${v.agency}: số liệu của kỳ đã sẵn sàng trong mục Báo cáo. Thủ trưởng xem, bổ sung nguyên nhân và ký trước hết ngày ${v.date}.`,
  ],
  'report-due': (v) => [
    `${v.vars.label?.vi ?? 'Báo cáo'}: ${v.rung || 'sắp đến hạn'}`,
    `${v.agency}: báo cáo chưa được ký. Hạn: ${v.date}.`,
  ],
  'report-to-approve': (v) => [
    `${v.vars.label?.vi ?? 'Báo cáo'}: chờ phê duyệt`,
    `Báo cáo đã được tổng hợp từ các cơ quan. Mời xem và phê duyệt trong mục Báo cáo, hạn ${v.date}.`,
  ],
  'report-approved': (v) => [
    `${v.vars.label?.vi ?? 'Báo cáo'} đã được phê duyệt`,
    `Số ${v.vars.number ?? '………'}. Từ nay mọi thay đổi được ghi thành dòng đính chính.`,
  ],
  'dossier-amended': (v) => [
    'Nhà đầu tư đã sửa hoặc nộp thêm hồ sơ',
    `Hồ sơ thủ tục «${v.procedure}» mà anh/chị đang xem đã được nộp thêm hoặc thay tệp. Mời xem lại trước khi kết luận.`,
  ],
  'supplement-decided': (v) =>
    v.vars.outcome === 'refuse'
      ? [
          'Hồ sơ bị từ chối vì không bổ sung trong hạn',
          `Hồ sơ thủ tục «${v.procedure}» bị từ chối vì không được bổ sung trong hạn. Quý vị có thể nộp hồ sơ mới.`,
        ]
      : [
          'Hồ sơ được giải quyết tiếp',
          `Cơ quan giải quyết tiếp thủ tục «${v.procedure}» theo hồ sơ hiện có; phần bổ sung không còn phải nộp.`,
        ],
  'delegation-asked': (v) => [
    'Đề nghị làm thay người vắng mặt',
    `Có đề nghị làm thay từ ${v.from} đến ${v.date}. Việc làm thay chỉ có hiệu lực khi người được đề nghị nhận lời.`,
  ],
  'delegation-answered': (v) => [
    v.vars.outcome === 'accepted' ? 'Đã nhận lời làm thay' : 'Không nhận lời làm thay',
    v.vars.outcome === 'accepted'
      ? `Người được đề nghị đã nhận làm thay từ ${v.from} đến ${v.date}.`
      : `Người được đề nghị không nhận làm thay từ ${v.from} đến ${v.date}. Mời đề nghị người khác.`,
  ],
  'delegation-ended': (v) => [
    'Việc làm thay đã kết thúc',
    `Việc làm thay từ ${v.from} đến ${v.date} đã kết thúc trước hạn.`,
  ],
  'power-offered': (v) => [
    'Quý vị được đề nghị nhận ủy quyền',
    `Một nhà đầu tư đề nghị ủy quyền cho quý vị từ ${v.from} đến ${v.date}. Khi quý vị chưa nhận thì chưa làm hay xem được gì theo ủy quyền này; quý vị cũng có thể không nhận.`,
  ],
  'power-answered': (v) => [
    v.vars.outcome === 'declined' ? 'Người được ủy quyền không nhận' : 'Người được ủy quyền đã nhận',
    v.vars.outcome === 'declined'
      ? `Người đại diện không nhận ủy quyền từ ${v.from} đến ${v.date}: không có việc gì được làm theo ủy quyền này.`
      : `Người đại diện đã nhận ủy quyền từ ${v.from} đến ${v.date} và được làm việc theo đó.`,
  ],
  'power-ended': (v) => [
    'Ủy quyền đã được rút',
    `Nhà đầu tư đã rút ủy quyền từ ${v.from} đến ${v.date}: không làm gì thêm theo ủy quyền này nữa.`,
  ],
  'member-joined': (v) => [
    v.vars.outcome === 'manages' ? 'Tổ chức của quý vị có người quản lý mới' : 'Có người tham gia tổ chức của quý vị',
    v.vars.outcome === 'manages'
      ? 'Tổ chức không còn ai quản lý: một người được hệ thống đăng nhập xác nhận thuộc doanh nghiệp đã nhận quản lý. Xem đó là ai ở trang «Tổ chức của tôi».'
      : 'Một người được hệ thống đăng nhập xác nhận thuộc doanh nghiệp đã tham gia tổ chức và được xem mọi hồ sơ của tổ chức. Xem đó là ai ở trang «Tổ chức của tôi»; người quản lý có thể cho người đó rời tổ chức tại đó.',
  ],
  'member-invited': () => [
    'Quý vị được mời vào một tổ chức',
    'Người quản lý một tổ chức mời quý vị tham gia. Trang «Tổ chức của tôi» cho biết là tổ chức nào, quý vị sẽ được làm gì, và là nơi nhận lời hoặc từ chối; khi quý vị chưa nhận lời thì chưa xem hay làm được gì cho tổ chức đó.',
  ],
  'webhook-paused': (v) => [
    'Webhook tạm dừng',
    `Webhook ${v.vars.webhook ?? ''} tạm dừng sau nhiều lần gửi không được (${v.vars.outcome ?? ''}).`,
  ],
};
