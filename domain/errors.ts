/** What one error code means everywhere: HTTP status, whether the same request may succeed later, and its title. */
interface ErrorRow {
  readonly http: number;
  readonly retryable: boolean;
  readonly title: { readonly vi: string; readonly en: string };
}

const row = (http: number, vi: string, en: string, retryable = false): ErrorRow => ({
  http,
  retryable,
  title: { vi, en },
});

/** The one table of errors. `PRECONDITION_FAILED` = the state forbids it, `CONFLICT` = somebody else was first, `FORBIDDEN` = not yours to do. */
export const errors = {
  ACTOR_RECUSED: row(
    403,
    'Bạn đã khai báo xung đột lợi ích trong hồ sơ này',
    'You declared a conflict of interest in this case',
  ),
  AGENCY_ANSWER_INVALID: row(
    502,
    'Câu trả lời của hệ thống cơ quan không đúng mẫu',
    'The answer of the agency system is not as agreed',
  ),
  AGENCY_MERGED: row(
    422,
    'Cơ quan này đã sáp nhập: hãy chọn cơ quan tiếp nhận nêu ở `into`',
    'This agency was merged: choose the agency that took its place, named in `into`',
  ),
  AGENCY_NOT_COMMANDED: row(
    422,
    'Thành phố không chỉ đạo cơ quan này: hãy gửi văn bản đề nghị tới cơ quan cấp trên của họ, hoặc chỉ đạo cơ quan của Thành phố đang phối hợp với họ',
    'The City does not command this agency: write to the body above it, or instruct the agency of the City that works with it',
  ),
  AGENCY_REFUSED: row(502, 'Hệ thống của cơ quan từ chối yêu cầu', 'The agency system refuses the request'),
  AGENCY_UNAVAILABLE: row(503, 'Hệ thống của cơ quan chưa trả lời', 'The agency system does not answer', true),
  AMOUNT_OUT_OF_RANGE: row(422, 'Số liệu nằm ngoài giới hạn cho phép', 'An amount is out of range'),
  ANSWER_TOO_LATE: row(409, 'Đã hết hạn trả lời', 'The time to answer is over'),
  ASKED_TOO_LATE: row(409, 'Đã quá thời hạn đề nghị', 'It is too late to ask for this'),
  BREACHED: row(409, 'Đã quá hạn giải quyết', 'The deadline has passed'),
  CALENDAR_DAY_COUNTED: row(
    409,
    'Lịch mới đổi một ngày đã được tính; chỉ được bổ sung việc đóng cửa cơ quan (`closure`, kèm văn bản) của hôm nay hoặc ngày làm việc liền trước',
    'The calendar changes a day that was counted already; only a closure (`closure`, with its document) of today or of the working day before may be added',
  ),
  CALENDAR_UNKNOWN: row(
    422,
    'Ngày nằm ngoài lịch làm việc đã công bố: hãy chọn một ngày trong lịch',
    'The date is outside the published calendar: choose a day within it',
  ),
  CALLBACK_SIGNATURE_INVALID: row(
    401,
    'Chữ ký của thông điệp không hợp lệ',
    'The signature of the message is not valid',
  ),
  CASE_CLOSED: row(409, 'Hồ sơ đã kết thúc', 'The case is closed'),
  CASE_NOT_YOURS: row(403, 'Bạn không có quyền với hồ sơ này', 'This case is not yours'),
  CLOCK_HISTORY_INVALID: row(422, 'Chuỗi sự kiện của đồng hồ không hợp lệ', 'The history of the clock is not valid'),
  CLOCK_KEPT: row(
    409,
    'Đồng hồ diễn tập chỉ chạy tới bằng yêu cầu cho thời gian trôi (POST /rehearsal/advances)',
    'The rehearsal clock moves by advances only (POST /rehearsal/advances)',
  ),
  CLOCK_NOT_STARTED: row(422, 'Đồng hồ chưa bắt đầu', 'The clock has not started'),
  CONDITIONS_CONTRADICT: row(422, 'Các điều kiện tự mâu thuẫn', 'The conditions contradict themselves'),
  CONFLICT: row(409, 'Người khác đã làm trước', 'Somebody else was first'),
  CONTENT_CHANGED: row(
    409,
    'Hồ sơ đã có thay đổi sau khi bạn xem (hồ sơ bổ sung, ý kiến, dữ kiện): hãy xem lại rồi quyết định',
    'The file has changed since you looked at it (dossier, answers, opinions, facts): look again, then decide',
  ),
  CROSS_SITE: row(
    403,
    'Yêu cầu không đến từ trang của hệ thống này; hãy mở lại trang và thử lại',
    'The request does not come from a page of this system; open the page again and retry',
  ),
  CURSOR_UNKNOWN: row(
    409,
    'Vị trí này không có trong dòng sự kiện; hãy đọc lại từ đầu và bỏ qua các mã đã có',
    'This place is not in the feed; read from the beginning and pass over the ids you have',
  ),
  DEFINITION_INVALID: row(422, 'Định nghĩa thủ tục không hợp lệ', 'The definition is not valid'),
  DEFINITION_UNKNOWN: row(
    422,
    'Không có quy định nào có hiệu lực vào ngày này',
    'No definition is in force on this date',
  ),
  DELEGATION_TO_SELF: row(422, 'Không thể ủy quyền cho chính mình', 'Nobody can delegate to themselves'),
  DOCUMENT_CONFIDENTIAL: row(
    403,
    'Giấy tờ này chỉ dành cho cơ quan giải quyết hoặc được hỏi ý kiến về nội dung đó; nếu cần, hãy hỏi cơ quan chủ trì',
    'This document is for the agency that acts on it or was asked about it: ask the lead agency for what you need',
  ),
  DOCUMENT_CONTENT_MISMATCH: row(
    422,
    'Nội dung tệp không đúng với loại tệp: hãy lưu lại tệp đúng định dạng rồi chọn lại',
    'The content of the file contradicts its type: save it in the format that its name says and choose it again',
  ),
  DOCUMENT_DIFFERS: row(
    500,
    'Tệp lưu trữ không còn giống bản đã nộp, không thể giao',
    'The kept file is no longer the one that was filed: it is not given out',
  ),
  DOCUMENT_MISSING: row(500, 'Không tìm thấy tệp trong kho lưu trữ', 'The file is missing from the store'),
  DOCUMENT_TYPE_REFUSED: row(
    415,
    'Loại tệp không được chấp nhận: hãy chuyển sang PDF, PNG, JPEG, TIFF, HEIC, DOCX hoặc XLSX',
    'This type of file is not accepted: turn it into PDF, PNG, JPEG, TIFF, HEIC, DOCX or XLSX',
  ),
  DRAFT_UNSOURCED: row(
    500,
    'Dự thảo có câu không nêu được nguồn trong hồ sơ này nên không được dùng; hãy tự viết và báo người vận hành',
    'The draft has a sentence that nothing in this file supports and is not used; write it yourself and tell the operator',
  ),
  DUPLICATE_REQUEST: row(409, 'Yêu cầu này đã có', 'This was asked for already'),
  DUTY_CLOSED: row(409, 'Nghĩa vụ này đã được thực hiện', 'The duty was met already'),
  EXTENSION_LIMIT: row(
    409,
    'Không được gia hạn thêm: chỉ gia hạn khi có điều khoản cho phép, không quá số lần và số ngày của điều khoản đó',
    'No further extension: only where a clause allows one, as often and as long as it says',
  ),
  EXTRACT_OUTDATED: row(
    409,
    'Dữ liệu khai thác từ cơ sở dữ liệu đã quá hạn dùng: hệ thống đang khai thác lại, hãy thử lại sau ít phút; cơ sở dữ liệu vẫn không trả lời thì quyết định được ghi là không có dữ liệu đó',
    'What a register said is too old to decide on: it is being asked again, try once more in a few minutes; if it stays silent the decision is made and says so',
    true,
  ),
  FACT_DECIDED: row(
    409,
    'Đã có quyết định dựa trên dữ kiện này nên không đính chính được nữa; nội dung đã quyết định được thay đổi bằng thủ tục điều chỉnh',
    'A decision rests on this fact: it can no longer be put right here; what was decided is changed by an adjustment',
  ),
  FEE_NOT_DUE: row(409, 'Không có khoản phí nào phải nộp', 'No fee is due here'),
  FILING_SIGNATURE_INVALID: row(
    422,
    'Chữ ký số trên hồ sơ không dùng được nên hồ sơ chưa được nộp: hãy ký lại đúng hồ sơ này bằng chứng thư còn hạn của chính người nộp',
    'The signature does not hold, so nothing was filed: sign this very filing again, with a valid certificate of whoever files',
  ),
  FORBIDDEN: row(403, 'Bạn không có quyền làm việc này', 'You may not do this'),
  ENTRY_NOT_IN_FORCE: row(
    409,
    'Mục trong danh mục không có hiệu lực vào ngày nộp hồ sơ; hãy nêu mục khác hoặc chứng cứ khác',
    'The entry of the list did not hold on the day of filing; name another entry or other evidence',
  ),
  ENTERPRISE_NOT_VOUCHED: row(
    403,
    'Hệ thống đăng nhập chưa xác nhận bạn thuộc doanh nghiệp này, hoặc lần xác nhận đã quá lâu: hãy đăng xuất và đăng nhập lại bằng tài khoản của doanh nghiệp, hoặc nhờ người quản lý tổ chức mời bạn',
    'The sign-on does not vouch for you as of this enterprise, or did so too long ago: sign out and in again with its account, or have a manager of the organisation ask you in',
  ),
  EVIDENCE_MISSING: row(
    409,
    'Tiêu chí chỉ đạt khi có chứng cứ: giấy tờ nhà đầu tư đã nộp cho tiêu chí đó, hoặc một mục còn hiệu lực trong danh mục của Thành phố',
    'A test is met by evidence alone: a document that the investor gave for it, or a valid entry of a list of the City',
  ),
  FOUR_EYES: row(403, 'Việc này cần hai cán bộ khác nhau', 'This needs two different officers'),
  IDEMPOTENCY_KEY_MISSING: row(400, 'Thiếu tiêu đề Idempotency-Key', 'The Idempotency-Key header is missing'),
  IDEMPOTENCY_KEY_REUSED: row(
    422,
    'Idempotency-Key đã dùng cho một yêu cầu khác',
    'The Idempotency-Key was used for another request',
  ),
  INTERNAL: row(500, 'Lỗi hệ thống', 'Internal error', true),
  KEY_NOT_VALID: row(
    503,
    'Khóa ký đã hết hạn hoặc bị thu hồi nên không ký được; xin báo đơn vị vận hành hệ thống đưa khóa mới vào',
    'The signing key has expired or was revoked, so nothing is signed: tell whoever operates the system to bring in a new one',
    true,
  ),
  KEY_UNAVAILABLE: row(
    503,
    'Chưa mở được lời ghi hoặc tài liệu này vì thiếu khóa; xin báo đơn vị vận hành hệ thống',
    'These words or this document cannot be opened, the key is not at hand: tell whoever operates the system',
    true,
  ),
  LAST_MANAGER: row(
    409,
    'Tổ chức phải còn ít nhất một người quản lý: hãy giao quyền quản lý cho người khác trước',
    'An organisation keeps at least one manager: make somebody else one first',
  ),
  LEGAL_HOLD: row(
    409,
    'Đang được giữ lại theo yêu cầu pháp lý: chưa được xóa; người khác với người đặt lệnh giữ phải gỡ trước',
    'Under legal hold: it may not be erased until somebody other than who placed the hold lifts it',
  ),
  LIMIT_LOOSER_THAN_REGIME: row(
    422,
    'Giới hạn rộng hơn quy định của cơ chế thử nghiệm',
    'A limit is wider than the regime allows',
  ),
  MERGER_REFUSED: row(
    409,
    'Không thể sáp nhập như vậy, lý do ở `reason`: chỉ sáp nhập cơ quan thuộc Thành phố vào một cơ quan khác đang hoạt động, có người đứng đầu',
    'The merger cannot be so, `reason` says why: an agency of the City can only be merged into another one that exists and has a head',
  ),
  MESSAGE_ID_REUSED: row(
    422,
    'Mã thông điệp đã dùng cho một nội dung khác',
    'The message id was used for another message',
  ),
  MALFORMED_REQUEST: row(400, 'Không đọc được yêu cầu', 'The request cannot be read'),
  MEMBERSHIP_ENDED: row(
    403,
    'Người quản lý đã cho bạn rời tổ chức này: muốn trở lại, hãy nhờ người quản lý mời',
    'A manager has seen you out of this organisation: to come back, have a manager ask you in',
  ),
  MEMBER_ABSENT: row(409, 'Thành viên không có mặt tại phiên họp', 'The member is not present at the meeting'),
  METHOD_NOT_ALLOWED: row(405, 'Phương thức không được hỗ trợ', 'The method is not supported here'),
  METRICS_FROM_THE_FUTURE: row(422, 'Số liệu có thời điểm ở tương lai', 'The metrics are from the future'),
  METRICS_OUT_OF_ORDER: row(409, 'Số liệu không đúng thứ tự', 'The metrics are out of order'),
  METRICS_SIGNATURE_INVALID: row(401, 'Chữ ký của số liệu không hợp lệ', 'The signature of the metrics is not valid'),
  NOT_EXEMPT: row(409, 'Thiệt hại này không thuộc trường hợp được miễn trừ', 'This damage cannot be exempt'),
  NOT_FOUND: row(404, 'Không tìm thấy', 'Not found'),
  NOT_LOGGED_YET: row(
    404,
    'Nhật ký minh bạch chưa ghi nhận, xin thử lại sau giây lát',
    'The transparency log does not have it yet: try again in a moment',
  ),
  NOT_OPEN_YET: row(
    409,
    'Thủ tục này đang được mở, xin gửi lại sau giây lát',
    'This procedure is just being opened: send the same again in a moment',
    true,
  ),
  NO_QUORUM: row(409, 'Không đủ số thành viên để họp hoặc biểu quyết', 'There is no quorum'),
  OUTSIDE_POWER_OF_ATTORNEY: row(
    403,
    'Nằm ngoài phạm vi hoặc thời hạn ủy quyền',
    'Outside the scope or term of the power of attorney',
  ),
  OUTSIDE_REGIME: row(422, 'Giải pháp không thuộc phạm vi của cơ chế thử nghiệm', 'The solution is outside the regime'),
  OUTSIDE_TERRITORY: row(
    422,
    'Địa điểm nằm ngoài phạm vi thử nghiệm',
    'The place is outside the territory of the regime',
  ),
  OVERLOADED: row(503, 'Hệ thống đang bận, xin thử lại', 'The system is busy, try again', true),
  PAPER_NOT_SEALED: row(
    409,
    'Văn bản này là bản nháp, còn được ghi tiếp, hoặc hệ thống không có dấu: không có bản ký cho máy đọc; hãy tải bản PDF',
    'This paper is a draft or goes on growing, or this installation has no seal: there is no signed form of it for machines; take the PDF',
  ),
  PAYLOAD_TOO_LARGE: row(413, 'Dữ liệu gửi lên quá lớn', 'The request is too large'),
  PIN_LOCKED: row(429, 'Đã nhập sai mã PIN nhiều lần', 'The PIN was wrong too often'),
  PRECONDITION_FAILED: row(409, 'Trạng thái hiện tại không cho phép', 'The present state forbids it'),
  PROPOSER_CANNOT_APPROVE: row(403, 'Người đề xuất không được phê duyệt', 'Whoever proposed may not approve'),
  QUOTA_EXCEEDED: row(429, 'Đã vượt mức cho phép đối với một người dùng', 'More than one person may have or do', false),
  RATE_LIMITED: row(429, 'Quá nhiều yêu cầu, xin chờ', 'Too many requests, wait a little', true),
  REGIME_NOT_OPEN: row(409, 'Cơ chế thử nghiệm này chưa tiếp nhận hồ sơ', 'This regime takes no trials yet'),
  REHEARSAL_REFUSED: row(403, 'Chế độ diễn tập không được bật', 'Rehearsal is not switched on'),
  RESULT_INCOMPLETE: row(
    422,
    'Kết quả còn thiếu nội dung bắt buộc (`missing`): hãy điền rồi quyết định lại',
    'The result lacks what it has to say (`missing`): fill it in and decide again',
  ),
  REVOCATION_WITHOUT_HEARING: row(
    409,
    'Nhà đầu tư chưa giải trình và chưa hết hạn giải trình; chỉ quyết định thu hồi sau đó',
    'The investor has not spoken and still has time to; take the lane back only after that',
  ),
  REGISTER_DIFFERS: row(
    409,
    'Dữ liệu khai thác khác với hồ sơ mà chưa có kết luận: cán bộ trả lời câu hỏi đó trước khi quyết định',
    'A register and the case differ and nobody has said which stands: an officer answers that question before the decision',
  ),
  REQUEST_WINDOW_CLOSED: row(
    409,
    'Đã hết thời gian được yêu cầu bổ sung theo quy định: tiếp nhận hồ sơ (Mẫu số 01); nội dung còn thiếu đưa vào thông báo bổ sung duy nhất nếu pháp luật còn cho phép',
    'The days in which the law lets one ask for more are over: receive the dossier (form 01); what is missing goes into the one notice, where the law still allows it',
  ),
  SETTLING: row(503, 'Hệ thống chưa xử lý xong', 'The engine has not finished thinking', true),
  SHEET_TOO_LONG: row(
    422,
    'Danh sách quá dài cho một bảng tính: hãy lọc bớt rồi tải lại',
    'The list is too long for one sheet: narrow it by its filters, then take it again',
  ),
  SIGNING_UNAVAILABLE: row(
    503,
    'Dịch vụ ký số không trả lời: hãy nộp không ký số, hoặc thử lại sau',
    'The signing service does not answer: file without a signature, or try again later',
    true,
  ),
  SITE_TAKEN: row(
    409,
    'Đã có hồ sơ hợp lệ khác nộp trước cho cùng địa điểm',
    'Another valid dossier for the same site was first',
  ),
  STALE: row(
    409,
    'Dữ liệu đã thay đổi từ khi bạn mở: hãy tải lại trang, xem lại rồi gửi lần nữa',
    'This has changed since you opened it: load the page again, look, then send it once more',
    true,
  ),
  STATUS_NOT_SHOWN: row(404, 'Mã hồ sơ hoặc mã PIN không đúng', 'The code or the PIN is wrong'),
  STORAGE_FULL: row(
    503,
    'Hệ thống tạm thời hết chỗ lưu trữ, xin thử lại sau',
    'There is no room left to store anything just now, try again later',
    true,
  ),
  VERDICTS_DIFFER: row(
    422,
    'Ý kiến chung phải là kết luận nghiêm nhất trong các nội dung được hỏi: hãy sửa kết luận của từng nội dung hoặc chọn lại ý kiến chung',
    'The position has to be the gravest of the verdicts on what was asked: change a verdict, or choose the position again',
  ),
  SUPERSEDED: row(409, 'Tiến trình này đã được thay thế', 'This run was superseded'),
  SUPPLEMENT_LIMIT: row(
    409,
    'Đã hết số lần được yêu cầu bổ sung: giải quyết theo hồ sơ hiện có',
    'No further supplement request is allowed: go on with what is there',
  ),
  TASK_CLOSED: row(409, 'Việc này đã xong hoặc không còn', 'The task is done or gone'),
  TASK_NOT_YOURS: row(403, 'Việc này thuộc cơ quan hoặc người khác', 'The task belongs to another agency or role'),
  TERM_TOO_LONG: row(422, 'Thời hạn dài hơn mức tối đa', 'The term is longer than allowed'),
  TOKEN_EXPIRED: row(401, 'Phiên đăng nhập đã hết hạn', 'The access token has expired'),
  UNAUTHENTICATED: row(
    401,
    'Chưa đăng nhập hoặc mã truy cập không hợp lệ',
    'Not signed in, or the access token is not valid',
  ),
  UNKNOWN_FIELD: row(422, 'Có trường không được biết', 'There is an unknown field'),
  UNKNOWN_VALUE: row(422, 'Giá trị không có trong danh mục', 'A value is not in its list'),
  UNSUPPORTED_MEDIA_TYPE: row(
    415,
    'Kiểu nội dung của yêu cầu không được hỗ trợ',
    'The media type of the request is not supported',
  ),
  VALIDATION_FAILED: row(422, 'Dữ liệu không hợp lệ', 'The request is not valid'),
  WRONG_TYPE: row(422, 'Sai kiểu dữ liệu', 'A value has the wrong type'),
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errors;

/** A rule said no. Carries a stable code of the table and details that are safe to show; never a bug (a plain `Error` is one). */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, details?: Record<string, unknown>) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}

/** Throws the refusal; the one way a rule says no. */
export function refuse(code: ErrorCode, details?: Record<string, unknown>): never {
  throw new Refusal(code, details);
}

/** What a rule would say yes with; null where it refuses. */
export function unlessRefused<T>(rule: () => T): T | null {
  try {
    return rule();
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
