import type { TrialNoticeKind } from '../kinds.js';
import type { NoticeTexts } from './spelled.js';

const requests: Readonly<Record<string, string>> = {
  adjustment: 'điều chỉnh điều kiện thử nghiệm',
  extension: 'gia hạn thử nghiệm',
  resumption: 'tiếp tục thử nghiệm',
};
const endings: Readonly<Record<string, string>> = {
  completed: 'hoàn thành',
  failed: 'không đạt',
  revoked: 'bị thu hồi chấp thuận',
  withdrawn: 'rút theo yêu cầu',
  expired: 'hết thời hạn',
};
const changes: Readonly<Record<string, string>> = {
  adjusted: 'Điều kiện của thử nghiệm đã được điều chỉnh.',
  suspended: 'Thử nghiệm đã bị tạm dừng.',
  resumed: 'Thử nghiệm được tiếp tục.',
};
const severities: Readonly<Record<string, string>> = {
  minor: 'nhẹ',
  serious: 'nghiêm trọng',
  critical: 'đặc biệt nghiêm trọng',
};
const visits: Readonly<Record<string, string>> = {
  'in-order': 'đúng điều kiện đã chấp thuận',
  shortcomings: 'có thiếu sót cần khắc phục',
  violation: 'có vi phạm',
};

const said = (words: Readonly<Record<string, string>>, code: string | undefined): string =>
  words[code ?? ''] ?? code ?? '';
const ofLimit = (limit: string): string => (limit === '' ? '' : ` «${limit}»`);

/** What people are told of a trial: what happened, what to do next, and by when. */
export const trialVi: Pick<NoticeTexts, TrialNoticeKind> = {
  'trial-received': (v) => [
    'Đã tiếp nhận đề nghị thử nghiệm',
    `Đề nghị thử nghiệm có kiểm soát đã được ghi nhận, thủ tục «${v.procedure}». Ngày dự kiến có quyết định nếu hồ sơ nộp đủ: ${v.date}.`,
  ],
  'trial-fit': ({ vars }) =>
    vars.outcome === 'yes'
      ? [
          'Thử nghiệm thuộc cơ chế đã chọn',
          'Cán bộ đã xác định thử nghiệm thuộc cơ chế thử nghiệm đã chọn. Việc xét chấp thuận được tiếp tục; Quý vị chưa phải làm gì.',
        ]
      : [
          'Thử nghiệm không thuộc cơ chế đã chọn',
          'Cán bộ đã xác định thử nghiệm không thuộc cơ chế thử nghiệm đã chọn. Lý do ghi trong hồ sơ; Quý vị có thể nộp đề nghị mới.',
        ],
  'trial-admitted': (v) => [
    'Thử nghiệm được chấp thuận có điều kiện',
    `Thử nghiệm được chấp thuận từ ${v.from} đến ${v.date}. Mời Quý vị xem các điều kiện và giới hạn trong hồ sơ. ` +
      (v.vars.outcome === 'permits'
        ? 'Trước khi bắt đầu, Quý vị cần nộp giấy phép của cơ quan khác mà quyết định đã nêu.'
        : 'Thử nghiệm có thể bắt đầu.'),
  ],
  'trial-started': (v) => [
    'Thử nghiệm bắt đầu',
    `Thử nghiệm được chạy đến ${v.date}. Mời Quý vị đăng ký khóa của thiết bị đo, gửi số liệu và báo cáo đúng kỳ.`,
  ],
  'limit-near': (v) => [
    'Số liệu gần chạm giới hạn của thử nghiệm',
    `Số liệu gửi về đã gần chạm giới hạn${ofLimit(v.limit)}. Mời Quý vị điều chỉnh hoạt động: vượt giới hạn thì thử nghiệm bị tạm giữ ngay.`,
  ],
  'trial-held': (v) => [
    'Thử nghiệm bị tạm giữ: dừng ngay',
    (v.vars.outcome === 'limit'
      ? `Số liệu gửi về đã vượt giới hạn${ofLimit(v.limit)}. `
      : 'Một sự cố đặc biệt nghiêm trọng đã được báo cáo. ') +
      `Quý vị phải dừng thử nghiệm ngay. Cơ quan giám sát xác nhận hoặc bỏ lệnh tạm giữ chậm nhất ${v.until}.`,
  ],
  'hold-confirmed': () => [
    'Lệnh tạm giữ được xác nhận',
    'Thử nghiệm tiếp tục dừng. Khi đã khắc phục, mời Quý vị gửi đề nghị tiếp tục thử nghiệm.',
  ],
  'hold-lifted': ({ vars }) =>
    vars.outcome === 'lapsed'
      ? [
          'Lệnh tạm giữ hết hiệu lực',
          'Không ai xác nhận lệnh tạm giữ trong hạn: thử nghiệm được chạy lại. Cấp trên đã được báo; Quý vị vẫn phải giữ trong các giới hạn.',
        ]
      : [
          'Lệnh tạm giữ được bỏ',
          'Cơ quan giám sát đã bỏ lệnh tạm giữ: thử nghiệm được chạy lại trong các giới hạn đã định.',
        ],
  'incident-report-owed': (v) => [
    'Phải báo cáo sự cố',
    `Việc vượt giới hạn${ofLimit(v.limit)} phải được báo cáo như sự cố. Hạn báo cáo: ${v.until}.`,
  ],
  'incident-report-missed': (v) => [
    'Đã quá hạn báo cáo sự cố',
    `Hạn báo cáo sự cố là ${v.until}, chưa nhận được báo cáo. Mời Quý vị báo cáo ngay; cơ quan giám sát đã được báo.`,
  ],
  'incident-examined': () => [
    'Sự cố đã được xem xét',
    'Cơ quan giám sát đã xem xét sự cố. Kết luận ghi trong hồ sơ của thử nghiệm.',
  ],
  'visit-recorded': (v) => [
    'Đã ghi nhận kết quả kiểm tra',
    `Kết quả kiểm tra ngày ${v.date}: ${said(visits, v.vars.outcome)}. ` +
      (v.vars.outcome === 'in-order'
        ? 'Quý vị không phải làm gì.'
        : 'Mời Quý vị xem nội dung cần khắc phục trong hồ sơ.'),
  ],
  'request-granted': (v) => [
    'Đề nghị được chấp thuận',
    `Đề nghị ${said(requests, v.vars.outcome)} được chấp thuận. ` +
      (v.vars.outcome === 'extension' ? `Thử nghiệm được chạy đến ${v.date}.` : 'Mời Quý vị xem nội dung trong hồ sơ.'),
  ],
  'request-refused': (v) => [
    'Đề nghị không được chấp thuận',
    `Đề nghị ${said(requests, v.vars.outcome)} không được chấp thuận. Lý do ghi trong hồ sơ; Quý vị có thể gửi đề nghị mới.`,
  ],
  'trial-suspended': () => [
    'Thử nghiệm bị tạm dừng: dừng ngay',
    'Cơ quan có thẩm quyền đã tạm dừng thử nghiệm; lý do ghi trong hồ sơ. Quý vị phải dừng ngay; khi đã khắc phục, mời gửi đề nghị tiếp tục thử nghiệm.',
  ],
  'trial-resumed': () => [
    'Thử nghiệm được tiếp tục',
    'Cơ quan có thẩm quyền cho thử nghiệm chạy lại trong các giới hạn đã định.',
  ],
  'final-report-due': (v) => [
    'Thử nghiệm sắp hết thời hạn',
    `Báo cáo kết thúc thử nghiệm phải nộp trước hoặc trong ngày ${v.date}. Không có báo cáo này, thử nghiệm kết thúc vì hết thời hạn.`,
  ],
  'trial-term-over': (v) => [
    'Thời hạn thử nghiệm đã hết',
    `Thử nghiệm không được chạy nữa; báo cáo kết thúc đang được đánh giá, dự kiến đến ${v.date}. Quý vị chưa phải làm gì.`,
  ],
  'trial-ended': (v) => [
    `Thử nghiệm kết thúc: ${said(endings, v.vars.outcome)}`,
    (v.vars.date
      ? `Những gì đã thử được tiếp tục trong phạm vi đã xác nhận đến ${v.date}. `
      : 'Mọi hoạt động thử nghiệm phải dừng. ') + 'Mời Quý vị thực hiện nghĩa vụ còn lại với người dùng, nếu có.',
  ],
  'trial-certified': (v) => [
    'Đã cấp giấy chứng nhận hoàn thành thử nghiệm',
    `Giấy chứng nhận số ${v.vars.number ?? ''} đã sẵn sàng trong hồ sơ.`,
  ],
  'transition-ended': () => [
    'Thời gian chuyển tiếp đã hết',
    'Những gì được tiếp tục sau thử nghiệm phải dừng, trừ khi Quý vị đã có giấy phép khác.',
  ],
  'trial-case-closed': ({ vars }) => [
    'Hồ sơ thử nghiệm đã đóng',
    (vars.outcome === 'approved'
      ? 'Thử nghiệm đã kết thúc và không còn nghĩa vụ nào.'
      : vars.outcome === 'withdrawn'
        ? 'Đề nghị thử nghiệm đã được rút theo yêu cầu của Quý vị.'
        : 'Đề nghị thử nghiệm kết thúc mà không được chấp thuận.') +
      ' Mời Quý vị đánh giá việc giải quyết, từ 1 đến 5.',
  ],
  'limit-exceeded': (v) => [
    'Số liệu vượt giới hạn trong khi thử nghiệm không chạy',
    `Số liệu gửi về vượt giới hạn${ofLimit(v.limit)} trong khi thử nghiệm phải dừng hoặc đã hết thời hạn. Cần kiểm tra ngay nguyên nhân.`,
  ],
  'trial-to-supervise': (v) => [
    'Có thử nghiệm cần giám sát',
    `Một thử nghiệm bắt đầu chạy, đến ${v.date}. Mời xem điều kiện, giới hạn và lịch kiểm tra trong hồ sơ.`,
  ],
  'limit-watched': (v) => [
    'Số liệu của thử nghiệm gần chạm giới hạn',
    `Số liệu của thử nghiệm đã gần chạm giới hạn${ofLimit(v.limit)}; người tham gia đã được cảnh báo. Mời theo dõi.`,
  ],
  'hold-to-confirm': (v) => [
    'Thử nghiệm bị tạm giữ, chờ xác nhận',
    (v.vars.outcome === 'limit'
      ? `Số liệu đã vượt giới hạn${ofLimit(v.limit)}. `
      : 'Một sự cố đặc biệt nghiêm trọng đã được báo cáo. ') +
      `Thủ trưởng cơ quan giám sát xác nhận hoặc bỏ lệnh tạm giữ chậm nhất ${v.until}; quá hạn, lệnh hết hiệu lực và cấp trên được báo.`,
  ],
  'incident-reported': (v) => [
    'Có báo cáo sự cố trong thử nghiệm',
    `Sự cố ${said(severities, v.vars.outcome)} đã được báo cáo${v.vars.missed === true ? ', quá hạn' : ''}. Cơ quan giám sát cần xem xét và ghi kết luận.`,
  ],
  'incident-unreported': (v) => [
    'Sự cố chưa được báo cáo trong hạn',
    `Người tham gia chưa báo cáo sự cố, hạn là ${v.until}. Cần yêu cầu báo cáo và xem có phải tạm dừng thử nghiệm hay không.`,
  ],
  'trial-report-filed': (v) => ['Có báo cáo của thử nghiệm', `«${v.duty}» đã được nộp. Mời xem trong hồ sơ.`],
  'trial-report-missed': (v) => [
    'Báo cáo của thử nghiệm quá hạn',
    `«${v.duty}» chưa nộp, hạn là ${v.date}. Cần nhắc người tham gia và xem có phải tạm dừng thử nghiệm hay không.`,
  ],
  'trial-changed': (v) => [
    'Thử nghiệm đang giám sát có thay đổi',
    v.vars.outcome === 'extended'
      ? `Thử nghiệm được gia hạn đến ${v.date}.`
      : (changes[v.vars.outcome ?? ''] ??
        `Thử nghiệm kết thúc: ${said(endings, v.vars.outcome)}. Cần theo dõi nghĩa vụ còn lại với người dùng.`),
  ],
  'hold-unconfirmed': () => [
    'Lệnh tạm giữ không được xác nhận trong hạn',
    'Không ai xác nhận lệnh tạm giữ một thử nghiệm trong hạn, nên thử nghiệm chạy lại mà chưa được xem xét. Cần xem ngay có phải tạm dừng hay không.',
  ],
  'request-to-decide': (v) => [
    'Có đề nghị trong thử nghiệm cần quyết định',
    `Người tham gia đề nghị ${said(requests, v.vars.outcome)}. Hạn quyết định: ${v.date}.`,
  ],
  'completion-to-assess': (v) => [
    'Có báo cáo kết thúc thử nghiệm cần đánh giá',
    `Báo cáo kết thúc thử nghiệm đã được nộp. Hạn kết luận: ${v.date}.`,
  ],
  'council-convened': (v) => [
    'Mời họp hội đồng thẩm định',
    `Hội đồng về «${v.procedure}» họp lúc ${v.meetsAt}, do ${v.agency} triệu tập. Ai có lợi ích liên quan thì khai báo trước khi họp.`,
  ],
  'council-vote': (v) => [
    'Hội đồng thẩm định đang biểu quyết',
    `Hội đồng về «${v.procedure}» đang họp. Mời biểu quyết trong hồ sơ; phiếu đã gửi không đổi được, chưa gửi là không có ý kiến.`,
  ],
};
