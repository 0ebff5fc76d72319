import type { Text } from '../law/agency.js';
import type { Completion } from './task/commands.js';
import type { TaskKind, TaskRole } from './task/words.js';
import {
  afterHearing,
  afterLapse,
  afterResultHearing,
  asGiven,
  beforeHoldLapses,
  bySetting,
  fromFiling,
  withFinalReport,
  withItsFacts,
  withItsConference,
  withItsLetter,
  withItsRequest,
  withItsScope,
  withItsScopeOr,
  type DueRule,
} from './task/dates.js';

/** What an answer may carry beside its outcome. */
export type CompletionField = Exclude<keyof Completion, 'outcome'>;

/** One way to answer a task: what people call it, what follows from it, what it takes. */
interface OutcomeRow {
  readonly name: Text;
  readonly does: Text;
  readonly takes: Readonly<Partial<Record<CompletionField, 'required' | 'optional'>>>;
}

type Outcomes = Readonly<Record<string, OutcomeRow>>;

interface TaskEntry {
  /** What people call this kind of work. */
  readonly name: Text;
  /** Whom of the agency it waits for; `as-the-step`: an officer, or the head where it is a signature. */
  readonly holder: TaskRole | 'as-the-step';
  /** By when it is to be done, when it is opened. */
  readonly due: DueRule;
  /** Whose clock its date follows while it is open; null: the date it was opened with stands; `own`: likewise, with a ladder and a risk of its own. */
  readonly clock: 'procedure' | 'opinion' | 'conference' | 'own' | null;
  /** How those who may hold it hear of it; `by-its-event`: what calls for it tells of itself, with the hour or day by which it is to be done. */
  readonly told: 'pressing' | 'in-digest' | 'by-its-event';
  /** Every way in which it may end. */
  readonly outcomes: Outcomes;
  /** The ways of work that is answered otherwise than the rest of its kind: a step that is a signature, by hand what has a number. */
  readonly otherwise: Readonly<Record<string, Outcomes>>;
}

const text = (vi: string, en: string): Text => ({ vi, en });
const note = { reason: 'optional' } as const;
const withReason = { reason: 'required' } as const;

/** `dissent`: what stands in the minutes where the agency is not followed. */
const stated = { reason: 'required', dissent: 'optional', attachments: 'optional' } as const;

const noted: OutcomeRow = {
  name: text('Đã làm xong', 'Done'),
  does: text('Bước này xong; bước tiếp theo bắt đầu.', 'The step is done and the next one begins.'),
  takes: { reason: 'optional', reference: 'optional', attachments: 'optional' },
};

/** Everything that is true of a kind of task. What its key says it is about: `task/keys.ts`. */
const tasks = {
  intake: {
    name: { vi: 'Tiếp nhận hồ sơ', en: 'Reception of a dossier' },
    holder: 'receiving-officer',
    due: fromFiling,
    clock: 'own',
    told: 'in-digest',
    outcomes: {
      receive: {
        name: text('Tiếp nhận hồ sơ', 'Receive the dossier'),
        does: text(
          'Cấp giấy tiếp nhận và hẹn trả kết quả (Mẫu số 01); việc giải quyết bắt đầu.',
          'Issues the receipt with the appointment (form 01); work begins.',
        ),
        takes: note,
      },
      complete: {
        name: text('Yêu cầu hoàn thiện hồ sơ', 'Send back to be completed'),
        does: text(
          'Gửi yêu cầu bổ sung, hoàn thiện (Mẫu số 02); nhà đầu tư nộp lại, chưa tiếp nhận.',
          'Sends form 02: the investor completes the dossier and files again; it is not received yet.',
        ),
        takes: { items: 'required', reason: 'required' },
      },
      refuse: {
        name: text('Từ chối tiếp nhận', 'Refuse to receive it'),
        does: text('Gửi phiếu từ chối tiếp nhận (Mẫu số 03).', 'Sends the refusal of reception (form 03).'),
        takes: withReason,
      },
    },
    otherwise: {},
  },
  step: {
    name: { vi: 'Bước giải quyết', en: 'Step' },
    holder: 'as-the-step',
    due: withItsScope,
    clock: 'procedure',
    told: 'in-digest',
    outcomes: {
      done: noted,
    },
    otherwise: {
      signature: {
        approve: {
          name: text('Chấp thuận', 'Approve'),
          does: text(
            'Ra quyết định chấp thuận, ký và trả kết quả.',
            'Decides in favour; the result is signed and handed over.',
          ),
          takes: { ...note, content: 'optional', attachments: 'optional' },
        },
        refuse: {
          name: text('Không chấp thuận', 'Refuse'),
          does: text(
            'Ra quyết định không chấp thuận; việc đang làm trong thủ tục dừng lại.',
            'Decides against it; all work in the procedure ends.',
          ),
          takes: { ...withReason, content: 'optional', attachments: 'optional' },
        },
      },
    },
  },
  opinion: {
    name: { vi: 'Cho ý kiến', en: 'Opinion' },
    holder: 'officer',
    due: withItsScope,
    clock: 'opinion',
    told: 'in-digest',
    outcomes: {
      agree: {
        name: text('Đồng ý', 'Agree'),
        does: text('Ý kiến đồng ý, không kèm điều kiện.', 'The agency agrees, without conditions.'),
        takes: { reason: 'optional', legalBasis: 'optional', content: 'optional', attachments: 'optional' },
      },
      'agree-with-conditions': {
        name: text('Đồng ý có điều kiện', 'Agree with conditions'),
        does: text(
          'Ý kiến đồng ý nếu các điều kiện nêu ra được đáp ứng.',
          'The agency agrees if the conditions it names are met.',
        ),
        takes: {
          conditions: 'required',
          reason: 'optional',
          legalBasis: 'optional',
          content: 'optional',
          attachments: 'optional',
        },
      },
      'needs-supplement': {
        name: text('Cần bổ sung', 'Needs a supplement'),
        does: text(
          'Chưa đủ căn cứ cho ý kiến: nêu nội dung còn thiếu cho cơ quan chủ trì.',
          'There is not enough to judge by: tells the lead agency what is missing.',
        ),
        takes: {
          reason: 'required',
          legalBasis: 'required',
          conditions: 'optional',
          content: 'optional',
          attachments: 'optional',
        },
      },
      object: {
        name: text('Không đồng ý', 'Object'),
        does: text(
          'Ý kiến không đồng ý; cơ quan chủ trì phải mở cuộc họp để giải quyết.',
          'The agency objects; the lead agency has to settle it in a conference.',
        ),
        takes: {
          reason: 'required',
          legalBasis: 'required',
          conditions: 'optional',
          content: 'optional',
          attachments: 'optional',
        },
      },
    },
    otherwise: {},
  },
  'by-hand': {
    name: { vi: 'Làm thay bước tự động', en: 'Automatic step to do by hand' },
    holder: 'officer',
    due: withItsScope,
    clock: 'procedure',
    told: 'pressing',
    outcomes: {
      done: noted,
    },
    otherwise: {
      declaration: {
        done: {
          name: text('Đã kê khai', 'Declared'),
          does: text(
            'Ghi số kê khai trên hệ thống đầu tư quốc gia thay cho máy.',
            'Records the number of the declaration on the national investment system in the machine’s place.',
          ),
          takes: { reference: 'required', reason: 'optional', attachments: 'optional' },
        },
      },
    },
  },
  lapse: {
    name: { vi: 'Quyết định khi hết hạn bổ sung', en: 'Decision on a lapsed supplement' },
    holder: 'officer',
    due: afterLapse,
    clock: 'own',
    told: 'pressing',
    outcomes: {
      continue: {
        name: text('Tiếp tục giải quyết', 'Go on'),
        does: text(
          'Giải quyết tiếp theo hồ sơ hiện có; thời hạn chạy lại.',
          'Work goes on with what is there; the term runs again.',
        ),
        takes: withReason,
      },
      stop: {
        name: text('Dừng giải quyết', 'Stop'),
        does: text('Dừng giải quyết hồ sơ (Mẫu số 05).', 'Stops work on the dossier (form 05).'),
        takes: withReason,
      },
      refuse: {
        name: text('Từ chối', 'Refuse'),
        does: text('Từ chối vì hồ sơ không được bổ sung trong hạn.', 'Refuses: the dossier was not completed in time.'),
        takes: withReason,
      },
    },
    otherwise: {},
  },
  silence: {
    name: { vi: 'Quyết định khi cơ quan không trả lời', en: 'Decision on an agency’s silence' },
    holder: 'officer',
    due: withItsScope,
    clock: null,
    told: 'pressing',
    outcomes: {
      'treat-as-agreed': {
        name: text('Coi là đồng ý', 'Take it as agreement'),
        does: text('Việc không trả lời được tính là đồng ý.', 'The silence counts as agreement.'),
        takes: withReason,
      },
      'proceed-without': {
        name: text('Giải quyết không có ý kiến này', 'Go on without it'),
        does: text(
          'Giải quyết tiếp mà không tính ý kiến của cơ quan đó.',
          'Work goes on without that agency’s opinion.',
        ),
        takes: withReason,
      },
    },
    otherwise: {},
  },
  lane: {
    name: { vi: 'Quyết định luồng', en: 'Decision on the lane' },
    holder: 'officer',
    due: bySetting('lane'),
    clock: 'own',
    told: 'in-digest',
    outcomes: {
      green: {
        name: text('Vào luồng xanh', 'Green lane'),
        does: text(
          'Dự án theo luồng xanh: cả ba tiêu chí đạt, mỗi tiêu chí có chứng cứ.',
          'The project takes the green lane: each of the three tests is met, by evidence.',
        ),
        takes: { reason: 'required', findings: 'required' },
      },
      standard: {
        name: text('Luồng thông thường', 'Standard lane'),
        does: text(
          'Dự án theo luồng thông thường; nhà đầu tư có thể đề nghị xem xét lại.',
          'The project takes the standard lane; the investor may ask again.',
        ),
        takes: { reason: 'required', findings: 'required' },
      },
    },
    otherwise: {},
  },
  revocation: {
    name: { vi: 'Quyết định thu hồi luồng xanh', en: 'Whether the green lane is taken back' },
    holder: 'head',
    due: afterHearing,
    clock: 'own',
    told: 'pressing',
    outcomes: {
      revoke: {
        name: text('Thu hồi luồng xanh', 'Take the lane back'),
        does: text(
          'Dự án theo luồng thông thường; chỉ sau khi nhà đầu tư giải trình hoặc hết hạn giải trình. Hồ sơ vẫn tính trong số liệu luồng xanh nếu đã có kết quả đầu tiên.',
          'The project takes the standard lane; only once the investor has spoken or their time has passed. It stays in the figures of the green lane where a first result was known.',
        ),
        takes: withReason,
      },
      keep: {
        name: text('Giữ luồng xanh', 'Keep the lane'),
        does: text('Dự án vẫn ở luồng xanh.', 'The project stays in the green lane.'),
        takes: withReason,
      },
    },
    otherwise: {},
  },
  stuck: {
    name: { vi: 'Gỡ vướng mắc của hệ thống', en: 'Trouble in the engine' },
    holder: 'officer',
    due: withItsScopeOr('stuck'),
    clock: 'own',
    told: 'pressing',
    outcomes: {
      done: {
        name: text('Đã xử lý', 'Dealt with'),
        does: text('Hệ thống thử lại.', 'The engine tries again.'),
        takes: note,
      },
    },
    otherwise: {},
  },
  apology: {
    name: { vi: 'Ký thư xin lỗi', en: 'Letter of apology to sign off' },
    holder: 'head',
    due: withItsLetter,
    clock: null,
    told: 'pressing',
    outcomes: {
      send: {
        name: text('Gửi thư xin lỗi', 'Send the letter'),
        does: text(
          'Gửi thư xin lỗi với ngày hẹn mới (Mẫu số 04).',
          'Sends the apology with the new appointment (form 04).',
        ),
        takes: { newDate: 'required', reason: 'optional' },
      },
      'not-needed': {
        name: text('Không cần gửi', 'Not needed'),
        does: text('Hồ sơ sẽ có kết quả đúng hẹn: thư không gửi.', 'The result will be on time: no letter is sent.'),
        takes: note,
      },
    },
    otherwise: {},
  },
  conference: {
    name: { vi: 'Chủ trì cuộc họp giải quyết ý kiến khác nhau', en: 'Conference on opinions that conflict' },
    holder: 'head',
    due: withItsConference,
    clock: 'conference',
    told: 'pressing',
    outcomes: {
      decide: {
        name: text('Kết luận cuộc họp', 'Decide'),
        does: text(
          'Kết luận từng vấn đề; các cơ quan làm theo kết luận.',
          'Settles every issue; what it upholds is followed.',
        ),
        takes: { resolutions: 'required', reason: 'required', dissent: 'optional', attachments: 'optional' },
      },
      refer: {
        name: text('Chuyển Tổ công tác của Thành phố', 'Refer it to the City’s team'),
        does: text(
          'Cuộc họp không thống nhất được: Tổ công tác của Thành phố kết luận, trong thời hạn riêng.',
          'The conference cannot settle it: the City’s team does, with days of its own.',
        ),
        takes: withReason,
      },
    },
    otherwise: {},
  },
  statement: {
    name: { vi: 'Phát biểu cho cuộc họp giải quyết ý kiến khác nhau', en: 'Statement to a conference' },
    holder: 'officer',
    due: withItsConference,
    clock: 'conference',
    told: 'pressing',
    outcomes: {
      'by-link': {
        name: text('Dự họp trực tuyến', 'Attend by link'),
        does: text(
          'Quan điểm của cơ quan có trong hồ sơ cuộc họp; cơ quan dự họp qua đường truyền.',
          'What the agency says is before the conference, and it attends by link.',
        ),
        takes: stated,
      },
      'in-place': {
        name: text('Dự họp trực tiếp', 'Attend in place'),
        does: text(
          'Quan điểm của cơ quan có trong hồ sơ cuộc họp; cơ quan dự tại phòng họp.',
          'What the agency says is before the conference, and it attends in the room.',
        ),
        takes: stated,
      },
      'in-writing': {
        name: text('Chỉ phát biểu bằng văn bản', 'In writing alone'),
        does: text(
          'Quan điểm của cơ quan có trong hồ sơ cuộc họp; cơ quan không dự họp.',
          'What the agency says is before the conference; it does not attend.',
        ),
        takes: stated,
      },
    },
    otherwise: {},
  },
  question: {
    name: { vi: 'Trả lời câu hỏi của nhà đầu tư', en: 'Question of the investor' },
    holder: 'officer',
    due: bySetting('question'),
    clock: 'own',
    told: 'in-digest',
    outcomes: {
      answer: {
        name: text('Trả lời', 'Answer'),
        does: text(
          'Gửi câu trả lời cho nhà đầu tư; lời trả lời ghi ở `reason`.',
          'Sends the answer to the investor; its words go into `reason`.',
        ),
        takes: withReason,
      },
    },
    otherwise: {},
  },
  fact: {
    name: { vi: 'Xác nhận dữ kiện của dự án', en: 'Facts of the project to confirm' },
    holder: 'officer',
    due: withItsFacts,
    clock: 'own',
    told: 'in-digest',
    outcomes: {
      confirm: {
        name: text('Xác nhận dữ kiện', 'Confirm the facts'),
        does: text(
          'Lộ trình, mức nền và các thời hạn chưa cam kết được lập lại theo dữ kiện này; thời hạn đã cam kết không đổi. Căn cứ ghi ở `legalBasis`.',
          'The plan, the baseline and terms not promised yet follow these facts; promised terms do not move. What shows them goes into `legalBasis`.',
        ),
        takes: { facts: 'optional', legalBasis: 'required', reason: 'required' },
      },
      keep: {
        name: text('Giữ nguyên dữ kiện đã nộp', 'Keep what was filed'),
        does: text('Không có gì thay đổi; nhà đầu tư được báo lý do.', 'Nothing changes; the investor is told why.'),
        takes: withReason,
      },
    },
    otherwise: {},
  },
  extract: {
    name: { vi: 'Kết luận khi dữ liệu khai thác khác hồ sơ', en: 'Register and case differ' },
    holder: 'officer',
    due: bySetting('question'),
    clock: 'own',
    told: 'pressing',
    outcomes: {
      'register-stands': {
        name: text('Theo cơ sở dữ liệu', 'The register stands'),
        does: text(
          'Việc giải quyết tiếp tục theo dữ liệu khai thác; nếu hồ sơ phải sửa, yêu cầu nhà đầu tư bổ sung hoặc đề nghị sửa dữ kiện.',
          'Work goes on by what the register says; where the dossier has to be put right, ask the investor for it or propose the facts.',
        ),
        takes: withReason,
      },
      'filed-stands': {
        name: text('Theo hồ sơ', 'What was filed stands'),
        does: text(
          'Việc giải quyết tiếp tục theo hồ sơ; lý do được ghi lại và nhà đầu tư được biết.',
          'Work goes on by what was filed; the reason is kept, and the investor reads it.',
        ),
        takes: withReason,
      },
    },
    otherwise: {},
  },
  outside: {
    name: { vi: 'Xử lý thông tin từ hệ thống khác', en: 'Word of another system' },
    holder: 'officer',
    due: bySetting('question'),
    clock: 'own',
    told: 'pressing',
    outcomes: {
      settled: {
        name: text('Đã xử lý', 'Settled'),
        does: text(
          'Giấy tờ đã được đưa vào hồ sơ, hoặc trạng thái bên kia đã được sửa; ghi việc đã làm ở `reason`.',
          'The papers are in the file, or the other system was put right; what was done goes into `reason`.',
        ),
        takes: { reason: 'required', attachments: 'optional' },
      },
      'not-ours': {
        name: text('Không thuộc hồ sơ này, hoặc bên kia ghi sai', 'Not ours, or wrong over there'),
        does: text(
          'Giấy tờ không thuộc hồ sơ này; nếu là trạng thái thì trạng thái của hồ sơ được báo lại cho hệ thống kia.',
          'The papers belong to no work here; where it is a state, the other system is told ours again.',
        ),
        takes: withReason,
      },
    },
    otherwise: {},
  },
  'result-change': {
    name: { vi: 'Quyết định đính chính hoặc thu hồi kết quả', en: 'Whether a result is corrected or revoked' },
    holder: 'head',
    due: afterResultHearing,
    clock: 'own',
    told: 'pressing',
    outcomes: {
      issue: {
        name: text('Ban hành văn bản đính chính hoặc thu hồi', 'Issue the correction or the revocation'),
        does: text(
          'Văn bản có số riêng; kết quả cũ tra cứu ra «đã được đính chính» hoặc «đã bị thu hồi». Thu hồi chỉ sau khi nhà đầu tư giải trình hoặc hết hạn giải trình. Bỏ trống căn cứ thì theo đề xuất.',
          'It has its own number, and the result answers «corrected» or «revoked» wherever it is looked up. A revocation only once the investor has spoken or their time has passed. Without a legal basis that of the proposal holds.',
        ),
        takes: { legalBasis: 'optional', reason: 'required' },
      },
      keep: {
        name: text('Giữ nguyên kết quả', 'Keep the result'),
        does: text('Kết quả không thay đổi; nhà đầu tư được báo lý do.', 'Nothing changes; the investor is told why.'),
        takes: withReason,
      },
    },
    otherwise: {},
  },
  fit: {
    name: { vi: 'Xác định thử nghiệm có thuộc cơ chế hay không', en: 'Whether the trial fits the regime' },
    holder: 'officer',
    due: bySetting('fit'),
    clock: 'own',
    told: 'pressing',
    outcomes: {
      fits: {
        name: text('Thuộc cơ chế', 'Fits the regime'),
        does: text('Việc xét chấp thuận thử nghiệm tiếp tục.', 'The admission of the trial goes on.'),
        takes: withReason,
      },
      'does-not-fit': {
        name: text('Không thuộc cơ chế', 'Does not fit'),
        does: text('Đề nghị thử nghiệm kết thúc tại đây.', 'The application for the trial ends here.'),
        takes: withReason,
      },
    },
    otherwise: {},
  },
  hold: {
    name: { vi: 'Xác nhận hoặc bỏ lệnh tạm giữ thử nghiệm', en: 'Protective hold to confirm or lift' },
    holder: 'head',
    due: beforeHoldLapses,
    clock: null,
    told: 'by-its-event',
    outcomes: {
      confirm: {
        name: text('Xác nhận lệnh tạm giữ', 'Confirm the hold'),
        does: text(
          'Thử nghiệm tiếp tục dừng cho đến khi được cho chạy lại.',
          'The trial stands still until it is resumed.',
        ),
        takes: withReason,
      },
      lift: {
        name: text('Bỏ lệnh tạm giữ', 'Lift the hold'),
        does: text('Thử nghiệm được chạy lại.', 'The trial runs again.'),
        takes: withReason,
      },
    },
    otherwise: {},
  },
  incident: {
    name: { vi: 'Xem xét sự cố của thử nghiệm', en: 'Incident of a trial to examine' },
    holder: 'officer',
    due: bySetting('incident'),
    clock: 'own',
    told: 'by-its-event',
    outcomes: {
      examined: {
        name: text('Ghi kết luận', 'Record the finding'),
        does: text(
          'Ghi thiệt hại, nguyên nhân và việc miễn trừ, nếu có.',
          'Records damage, cause and exemption, if any.',
        ),
        takes: { finding: 'required', reason: 'required', legalBasis: 'optional' },
      },
    },
    otherwise: {},
  },
  'trial-request': {
    name: { vi: 'Quyết định đề nghị trong thử nghiệm', en: 'Request in a trial to decide' },
    holder: 'head',
    due: withItsRequest,
    clock: null,
    told: 'by-its-event',
    outcomes: {
      grant: {
        name: text('Chấp thuận đề nghị', 'Grant'),
        does: text('Chấp thuận đúng như đề nghị.', 'Grants it as it was asked for.'),
        takes: withReason,
      },
      refuse: {
        name: text('Không chấp thuận đề nghị', 'Refuse'),
        does: text('Đề nghị không được chấp thuận; có thể gửi đề nghị mới.', 'Refuses it; another request may follow.'),
        takes: withReason,
      },
    },
    otherwise: {},
  },
  completion: {
    name: { vi: 'Đánh giá kết quả thử nghiệm', en: 'Outcome of a trial to assess' },
    holder: 'head',
    due: withFinalReport,
    clock: null,
    told: 'by-its-event',
    outcomes: {
      completed: {
        name: text('Hoàn thành', 'Completed'),
        does: text(
          'Thử nghiệm hoàn thành; giấy chứng nhận được cấp.',
          'The trial is completed; a certificate follows.',
        ),
        takes: withReason,
      },
      failed: {
        name: text('Không đạt', 'Failed'),
        does: text('Thử nghiệm kết thúc mà không đạt.', 'The trial ends without success.'),
        takes: withReason,
      },
    },
    otherwise: {},
  },
  signatory: {
    name: { vi: 'Chỉ định người ký thay', en: 'Signatory to name' },
    holder: 'leader',
    due: bySetting('signatory'),
    clock: 'own',
    told: 'pressing',
    outcomes: {
      name: {
        name: text('Chỉ định người ký', 'Name a signatory'),
        does: text(
          'Người được chỉ định ký riêng quyết định này; người đã đề xuất thì không được ký.',
          'Whoever is named may sign this one decision; nobody signs what they proposed.',
        ),
        takes: { signatory: 'required', reason: 'required' },
      },
    },
    otherwise: {},
  },
  instruction: {
    name: { vi: 'Báo cáo thực hiện chỉ đạo của lãnh đạo Thành phố', en: 'Instruction of the City’s leadership' },
    holder: 'head',
    due: asGiven,
    clock: 'own',
    told: 'pressing',
    outcomes: {
      answer: {
        name: text('Báo cáo', 'Report'),
        does: text(
          'Gửi báo cáo cho lãnh đạo Thành phố: nguyên nhân, việc đã làm, kết quả; nội dung ghi ở `reason`.',
          'Reports to the City’s leadership: why, what was done and what came of it; its words go into `reason`.',
        ),
        takes: withReason,
      },
    },
    otherwise: {},
  },
} as const satisfies { readonly [K in TaskKind]: TaskEntry };

type Tasks = typeof tasks;
type Answers = { readonly [K in TaskKind]: Tasks[K]['outcomes'] } & Tasks['step']['otherwise'] &
  Tasks['by-hand']['otherwise'];

/** A step is an officer's or a signature; a machine's work may be any step, or the declaration that has a number. */
export type AnswerKind = keyof Answers;
export type OutcomeOf<K extends AnswerKind> = Extract<keyof Answers[K], string>;

/** Every kind of task there is. */
export const taskKinds = Object.keys(tasks) as [TaskKind, ...TaskKind[]];

/** What people call it. */
export const taskName = (kind: TaskKind): Text => tasks[kind].name;

/** Whom of the agency it waits for. Who a step waits for, its procedure says. */
export const holderOf = (kind: Exclude<TaskKind, 'step'>): TaskRole => tasks[kind].holder;

/** By when a task is to be done, when it is opened. */
export const dueDateOf: DueRule = (draft, task) => tasks[task.kind].due(draft, task);

/** Whose clock its date follows while it is open. */
export const clockOf = (kind: TaskKind): TaskEntry['clock'] => tasks[kind].clock;

/** How those who may hold it hear of it. */
export const tellingOf = (kind: TaskKind): TaskEntry['told'] => tasks[kind].told;

const answers = Object.fromEntries(
  Object.entries<TaskEntry>(tasks).flatMap(([kind, { outcomes, otherwise }]) => [
    [kind, outcomes] as const,
    ...Object.entries(otherwise),
  ]),
) as Readonly<Record<AnswerKind, Outcomes>>;

/** Whatever is answered in ways of its own. */
export const answerKinds = Object.keys(answers) as AnswerKind[];

/** Whether documents may go with the answers of such work. */
export const takesAttachments = ({ kind }: { readonly kind: TaskKind }): boolean =>
  Object.values(tasks[kind].outcomes as Outcomes).some(({ takes }) => takes.attachments !== undefined);

/** Every way to answer this, by its code. */
export const outcomesOf = (kind: AnswerKind): Outcomes => answers[kind];

/** Every code that some task may end with. */
export const everyOutcome = [...new Set(Object.values(answers).flatMap((rows) => Object.keys(rows)))] as [
  string,
  ...string[],
];
