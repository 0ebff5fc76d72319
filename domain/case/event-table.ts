import type { Text } from '../law/agency.js';
import type { CaseEvent, EventType, Payloads } from './events.js';
import type { Condition } from './consultation/words.js';

/**
 * What of a value may leave: `true` a scalar or a list of them, `whole` a structure of rule attributes alone (words that somebody typed stay behind),
 * fields by name, also through lists (`*`: whatever the key), or what a function makes of it.
 */
type Pass = true | 'whole' | { readonly [field: string]: Pass } | ((value: Condition) => unknown);

interface EventEntry<P> {
  /** What people call it. */
  readonly name: Text;
  /** Whether a workflow hears of it; what only changes who holds a task, or is told to people alone, none does. */
  readonly heard: boolean;
  /** It starts the workflow of its scope: delivered by signal-with-start. Every other event finds its workflow running, or the register decides. */
  readonly opens?: true;
  /** Which workflow above its own waits for it, too. */
  readonly alsoHeardBy?: 'case' | 'procedure';
  /** After it something may have begun to be owed, or may be done. A claim or a release changes nothing there. */
  readonly duties: boolean;
  /** What papers have of it: `nothing`, the names of the `people` in it; they are made from it (`read`); one `issued` after it names agencies, too. */
  readonly papers: 'nothing' | 'people' | 'read' | 'issued';
  /** What the investor's side reads of it; `never`: not even that it happened. */
  readonly party: readonly (keyof P & string)[] | 'never';
  /** What they read beside once the decision of the procedure is signed. */
  readonly decided?: readonly (keyof P & string)[];
  /** What systems outside are sent: no words of people, no person, nothing that is a participant's own business. */
  readonly outside: { readonly [K in keyof P & string]?: Pass };
}

const document = { code: true, documentId: true, obtainedFrom: true } as const;
/** Of a subject that is not of the list, the value is free text. */
const condition = ({ subject, direction, value }: Condition) => ({
  subject,
  direction,
  ...(subject !== 'other' && value !== undefined && { value }),
});
const term = { party: ['dueDate'], outside: { dueDate: true } } as const;

/** Everything that is true of a type of event. What is not named as told is told to nobody outside an agency. */
const events: { readonly [T in EventType]: EventEntry<Payloads[T]> } = {
  // The case
  caseOpened: {
    name: { vi: 'Hồ sơ dự án được ghi nhận', en: 'Case opened' },
    heard: true,
    opens: true,
    duties: false,
    papers: 'people',
    party: [
      ...([
        'kind',
        'lane',
        'pathway',
        'facts',
        'investor',
        'filingHash',
        'lawAt',
        'plan',
        'baseline',
        'target',
      ] as const),
      ...(['ambition', 'reductionByLaw', 'milestone', 'lodged', 'managed', 'capital', 'unverified', 'site'] as const),
      ...(['adjusts', 'trial'] as const),
    ],
    outside: {
      kind: true,
      lane: true,
      pathway: true,
      facts: 'whole',
      filingHash: true,
      lawAt: true,
      plan: 'whole',
      baseline: 'whole',
      target: 'whole',
      ambition: 'whole',
      reductionByLaw: true,
      milestone: true,
      lodged: { '*': document },
      managed: true,
      capital: 'whole',
      unverified: true,
      site: true,
      adjusts: 'whole',
      trial: {
        regime: true,
        version: true,
        field: true,
        fit: true,
        reasons: { code: true, verdict: true },
        authority: true,
        supervises: true,
        evaluates: true,
        months: true,
      },
    },
  },
  laneDecided: {
    name: { vi: 'Quyết định luồng', en: 'Lane decided' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['taskId', 'lane', 'reason', 'findings'],
    outside: { taskId: true, lane: true, findings: { predicate: true, verdict: true } },
  },
  evidenceGiven: {
    name: { vi: 'Nhà đầu tư nộp chứng cứ cho luồng xanh', en: 'Evidence for the green lane given' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['evidenceId', 'predicate', 'code', 'documentId'],
    outside: { evidenceId: true, predicate: true, code: true },
  },
  gateMet: {
    name: { vi: 'Điều kiện được đáp ứng', en: 'Condition met' },
    heard: true,
    duties: true,
    papers: 'people',
    party: ['gate', 'evidence', 'on'],
    outside: { gate: true, on: true },
  },
  caseWithdrawn: {
    name: { vi: 'Nhà đầu tư rút hồ sơ', en: 'Case withdrawn' },
    heard: true,
    duties: false,
    papers: 'issued',
    party: ['reason'],
    outside: {},
  },
  caseClosed: {
    name: { vi: 'Hồ sơ đóng', en: 'Case closed' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['outcome'],
    outside: { outcome: true },
  },
  laneProposed: {
    name: { vi: 'Đề nghị xem xét lại luồng xanh', en: 'Green lane asked for again' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['reason'],
    outside: {},
  },
  caseSurveyed: {
    name: { vi: 'Đánh giá mức độ hài lòng', en: 'Satisfaction rated' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['score', 'procedure'],
    outside: { score: true, procedure: true },
  },
  procedureDeferred: {
    name: { vi: 'Hoãn một thủ tục', en: 'Procedure deferred' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['procedure', 'until', 'reason'],
    outside: { procedure: true, until: true },
  },
  procedureResumed: {
    name: { vi: 'Tiếp tục thủ tục đã hoãn', en: 'Deferred procedure resumed' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['procedure'],
    outside: { procedure: true },
  },
  questionAsked: {
    name: { vi: 'Nhà đầu tư đặt câu hỏi', en: 'Question asked' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['questionId', 'procedure', 'agency', 'text'],
    outside: { questionId: true, procedure: true, agency: true },
  },
  questionAnswered: {
    name: { vi: 'Câu hỏi được trả lời', en: 'Question answered' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['questionId', 'taskId', 'text'],
    outside: { questionId: true, taskId: true },
  },
  interestDeclared: {
    name: { vi: 'Khai báo lợi ích liên quan', en: 'Interest declared' },
    heard: false,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: {},
  },
  dutyIncurred: {
    name: { vi: 'Phát sinh nghĩa vụ', en: 'Duty incurred' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['duty', 'code', 'scope', 'on', 'agency', 'dueDate'],
    outside: { duty: true, code: true, scope: true, on: true, agency: true, dueDate: true },
  },
  dutyMet: {
    name: { vi: 'Nghĩa vụ được thực hiện', en: 'Duty met' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['duty', 'evidence', 'late'],
    outside: { duty: true, late: true },
  },
  dutyMissed: {
    name: { vi: 'Nghĩa vụ quá hạn', en: 'Duty overdue' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['duty', 'dueDate'],
    outside: { duty: true, dueDate: true },
  },
  dutyMoved: {
    name: { vi: 'Hạn của nghĩa vụ thay đổi', en: 'Date of a duty moved' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['duty', 'dueDate'],
    outside: { duty: true, dueDate: true },
  },
  dutyDropped: {
    name: { vi: 'Nghĩa vụ không còn', en: 'Duty dropped' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['duty'],
    outside: { duty: true },
  },
  scopeClosed: {
    name: { vi: 'Kết thúc điều phối tự động', en: 'Orchestration ended' },
    heard: false,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { scope: true },
  },
  scopeRebuilt: {
    name: { vi: 'Dựng lại điều phối tự động', en: 'Orchestration rebuilt' },
    heard: false,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { scope: true, generation: true },
  },

  // A procedure
  procedureOpened: {
    name: { vi: 'Mở thủ tục', en: 'Procedure opened' },
    heard: true,
    opens: true,
    alsoHeardBy: 'case',
    duties: true,
    papers: 'read',
    party: [
      ...(['procedure', 'attempt', 'version', 'phase', 'mandatory', 'competentAgency', 'handlingAgency'] as const),
      ...(['cityControlled', 'budget', 'calendar', 'startsFrom'] as const),
    ],
    outside: {
      procedure: true,
      attempt: true,
      version: true,
      phase: true,
      mandatory: true,
      competentAgency: true,
      handlingAgency: true,
      cityControlled: true,
      budget: 'whole',
      calendar: true,
      startsFrom: true,
    },
  },
  dossierFiled: {
    name: { vi: 'Nộp hồ sơ', en: 'Dossier filed' },
    heard: true,
    duties: true,
    papers: 'issued',
    party: ['documents', 'amends'],
    outside: { documents: document, amends: true },
  },
  onlineDeclared: {
    name: { vi: 'Kê khai trực tuyến', en: 'Declared online' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['declarationId', 'lapsesOn'],
    outside: { declarationId: true, lapsesOn: true },
  },
  dossierReceived: {
    name: { vi: 'Tiếp nhận hồ sơ, hẹn trả kết quả', en: 'Dossier received' },
    heard: true,
    duties: true,
    papers: 'issued',
    party: ['taskId', 'form', 'dossierCode', 'version', 'budget', 'dueDate', 'promisedDate', 'printed'],
    outside: {
      taskId: true,
      form: true,
      dossierCode: true,
      version: true,
      budget: 'whole',
      dueDate: true,
      promisedDate: true,
      printed: true,
    },
  },
  completionRequested: {
    name: { vi: 'Yêu cầu hoàn thiện hồ sơ', en: 'Completion of the dossier requested' },
    heard: true,
    duties: false,
    papers: 'issued',
    party: ['taskId', 'form', 'items', 'reason'],
    outside: { taskId: true, form: true },
  },
  receptionRefused: {
    name: { vi: 'Từ chối tiếp nhận hồ sơ', en: 'Reception refused' },
    heard: true,
    duties: false,
    papers: 'issued',
    party: ['taskId', 'form', 'reason'],
    outside: { taskId: true, form: true },
  },
  stepStarted: {
    name: { vi: 'Bắt đầu bước giải quyết', en: 'Step started' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['step'],
    outside: { step: true },
  },
  // What an assessment or a council came to is part of what is decided.
  stepCompleted: {
    name: { vi: 'Hoàn thành bước giải quyết', en: 'Step completed' },
    heard: true,
    duties: true,
    papers: 'people',
    party: ['step', 'by'],
    decided: ['outcome', 'reference'],
    outside: { step: true, outcome: true, by: true },
  },
  stepFailed: {
    name: { vi: 'Bước tự động không thực hiện được', en: 'Automatic step failed' },
    heard: true,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { step: true },
  },
  taskOpened: {
    name: { vi: 'Giao việc', en: 'Task opened' },
    heard: true,
    duties: false,
    papers: 'issued',
    party: 'never',
    outside: { taskId: true, key: true, kind: true, agency: true, role: true, step: true, dueDate: true },
  },
  taskClaimed: {
    name: { vi: 'Nhận việc', en: 'Task claimed' },
    heard: false,
    duties: false,
    papers: 'nothing',
    party: 'never',
    outside: { taskId: true },
  },
  taskReleased: {
    name: { vi: 'Trả lại việc đã nhận', en: 'Task released' },
    heard: false,
    duties: false,
    papers: 'nothing',
    party: 'never',
    outside: { taskId: true },
  },
  taskReassigned: {
    name: { vi: 'Chuyển việc cho người khác', en: 'Task reassigned' },
    heard: false,
    duties: false,
    papers: 'read',
    party: 'never',
    outside: { taskId: true, cause: true },
  },
  signatoryNamed: {
    name: { vi: 'Chỉ định người ký thay', en: 'Signatory named' },
    heard: false,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { taskId: true },
  },
  workReturned: {
    name: { vi: 'Trả lại để làm lại', en: 'Work sent back' },
    heard: false,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { taskId: true, step: true },
  },
  stepReopened: {
    name: { vi: 'Làm lại bước giải quyết', en: 'Step reopened' },
    heard: true,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { step: true, round: true, cause: true },
  },
  taskCompleted: {
    name: { vi: 'Hoàn thành việc', en: 'Task completed' },
    heard: true,
    duties: false,
    papers: 'read',
    party: 'never',
    outside: { taskId: true, outcome: true },
  },
  taskCancelled: {
    name: { vi: 'Hủy việc', en: 'Task cancelled' },
    heard: true,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { taskId: true },
  },
  supplementRequested: {
    name: { vi: 'Yêu cầu bổ sung hồ sơ', en: 'Supplement requested' },
    heard: true,
    duties: true,
    papers: 'issued',
    party: ['requestId', 'taskId', 'ground', 'items', 'reason', 'deadline', 'suspends', 'daysLeft'],
    outside: { requestId: true, taskId: true, ground: true, deadline: true, suspends: true, daysLeft: true },
  },
  supplementAnswered: {
    name: { vi: 'Hồ sơ được bổ sung', en: 'Supplement answered' },
    heard: true,
    duties: true,
    papers: 'issued',
    party: ['requestId', 'documents', 'restarts', 'explanation'],
    outside: { requestId: true, documents: document, restarts: true },
  },
  supplementLapsed: {
    name: { vi: 'Hết hạn bổ sung hồ sơ', en: 'Time for the supplement over' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['requestId'],
    outside: { requestId: true },
  },
  supplementExtended: {
    name: { vi: 'Gia hạn bổ sung hồ sơ', en: 'Time for the supplement extended' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['requestId', 'deadline', 'reason'],
    outside: { requestId: true, deadline: true },
  },
  lapseDecided: {
    name: { vi: 'Quyết định khi hết hạn bổ sung', en: 'Lapsed supplement decided' },
    heard: true,
    duties: false,
    papers: 'issued',
    party: ['requestId', 'decision', 'reason'],
    outside: { requestId: true, decision: true },
  },
  extensionGranted: {
    name: { vi: 'Gia hạn thời gian giải quyết', en: 'Term extended' },
    heard: false,
    duties: false,
    papers: 'issued',
    party: ['days', 'reason', 'dueDate'],
    outside: { days: true, dueDate: true },
  },
  rungReached: {
    name: { vi: 'Đến mốc cảnh báo thời hạn', en: 'Warning of a term reached' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['clock', 'rung', 'dueDate'],
    outside: { clock: true, rung: true, dueDate: true },
  },
  target30AtRisk: {
    name: { vi: 'Mục tiêu giảm 30% có nguy cơ lỡ', en: '30 % target at risk' },
    heard: false,
    duties: false,
    papers: 'people',
    ...term,
  },
  target30Missed: {
    name: { vi: 'Lỡ mục tiêu giảm 30%', en: '30 % target missed' },
    heard: false,
    duties: false,
    papers: 'people',
    ...term,
  },
  target40AtRisk: {
    name: { vi: 'Mục tiêu giảm 40% có nguy cơ lỡ', en: '40 % target at risk' },
    heard: false,
    duties: false,
    papers: 'people',
    ...term,
  },
  target40Missed: {
    name: { vi: 'Lỡ mục tiêu giảm 40%', en: '40 % target missed' },
    heard: false,
    duties: false,
    papers: 'people',
    ...term,
  },
  apologyDrafted: {
    name: { vi: 'Soạn thư xin lỗi', en: 'Letter of apology drafted' },
    heard: true,
    duties: false,
    papers: 'issued',
    party: 'never',
    outside: { letterId: true, form: true, dueDate: true, causes: { cause: true, agency: true, days: true } },
  },
  apologyVoided: {
    name: { vi: 'Hủy thư xin lỗi', en: 'Letter of apology voided' },
    heard: true,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { letterId: true, dueDate: true },
  },
  apologySent: {
    name: { vi: 'Gửi thư xin lỗi, hẹn lại', en: 'Letter of apology sent' },
    heard: true,
    duties: false,
    papers: 'issued',
    party: ['letterId', 'taskId', 'newDate', 'causes'],
    outside: { letterId: true, taskId: true, newDate: true, causes: { cause: true, agency: true, days: true } },
  },
  clocksRedated: {
    name: { vi: 'Thời hạn tính lại theo lịch mới', en: 'Terms counted anew by a new calendar' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['calendar', 'version', 'document', 'moved'],
    outside: { calendar: true, version: true, document: true, moved: { clock: true, from: true, to: true } },
  },
  procedureMigrated: {
    name: { vi: 'Áp dụng phiên bản mới của thủ tục', en: 'New version of the procedure applies' },
    heard: true,
    duties: false,
    papers: 'read',
    party: ['from', 'to'],
    outside: { from: true, to: true },
  },
  paymentRequested: {
    name: { vi: 'Yêu cầu nộp phí, lệ phí', en: 'Payment requested' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['step', 'amountVnd'],
    outside: { step: true, amountVnd: true },
  },
  paymentReceived: {
    name: { vi: 'Đã nộp phí, lệ phí', en: 'Payment received' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['step', 'amountVnd', 'reference'],
    outside: { step: true, amountVnd: true },
  },
  decisionMade: {
    name: { vi: 'Ra quyết định', en: 'Decision made' },
    heard: true,
    duties: true,
    papers: 'issued',
    party: ['outcome', 'taskId', 'reason', 'endsTerm'],
    outside: { outcome: true, taskId: true, endsTerm: true },
  },
  termEnded: {
    name: { vi: 'Kết thúc tính thời hạn', en: 'Term ended' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['step'],
    outside: { step: true },
  },
  decisionSigned: {
    name: { vi: 'Ký số quyết định', en: 'Decision signed' },
    heard: true,
    duties: false,
    papers: 'issued',
    party: ['number', 'documentHash', 'signature', 'algorithm', 'keyId'],
    outside: { number: true, documentHash: true, signature: true, algorithm: true, keyId: true },
  },
  resultHandedOver: {
    name: { vi: 'Trả kết quả', en: 'Result handed over' },
    heard: true,
    duties: false,
    papers: 'issued',
    party: ['number'],
    outside: { number: true },
  },
  procedureClosed: {
    name: { vi: 'Đóng thủ tục', en: 'Procedure closed' },
    heard: true,
    alsoHeardBy: 'case',
    duties: false,
    papers: 'issued',
    party: ['procedure', 'attempt', 'outcome'],
    outside: { procedure: true, attempt: true, outcome: true },
  },

  // A consultation: whom it was asked of, and that they answered; what they think once it is decided.
  consultationOpened: {
    name: { vi: 'Lấy ý kiến các cơ quan', en: 'Opinions asked for' },
    heard: true,
    opens: true,
    alsoHeardBy: 'procedure',
    duties: false,
    papers: 'issued',
    party: ['step', 'n', 'lead', 'opinions'],
    decided: ['carried'],
    outside: {
      step: true,
      n: true,
      lead: true,
      opinions: 'whole',
      carried: {
        agency: true,
        status: true,
        position: true,
        conditions: condition,
        late: true,
        answeredAt: true,
        lapsed: 'whole',
        decision: true,
      },
    },
  },
  opinionRequested: {
    name: { vi: 'Gửi văn bản lấy ý kiến', en: 'Opinion requested' },
    heard: true,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { agency: true, requestId: true },
  },
  opinionGiven: {
    name: { vi: 'Cơ quan cho ý kiến', en: 'Opinion given' },
    heard: true,
    duties: false,
    papers: 'issued',
    party: ['agency', 'late'],
    decided: ['position', 'conditions', 'legalBasis'],
    outside: { agency: true, position: true, conditions: condition, late: true, messageId: true },
  },
  opinionUnheard: {
    name: { vi: 'Ý kiến đến sau', en: 'Opinion after the opinion' },
    heard: false,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { agency: true, messageId: true, taskId: true },
  },
  opinionLapsed: {
    name: { vi: 'Hết hạn cho ý kiến', en: 'Time for the opinion over' },
    heard: true,
    duties: false,
    papers: 'issued',
    party: ['agency'],
    decided: ['legalEffect', 'handling'],
    outside: { agency: true, legalEffect: true, handling: true },
  },
  silenceDecided: {
    name: { vi: 'Quyết định khi cơ quan không trả lời', en: 'Silence decided' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['agency'],
    decided: ['decision', 'reason'],
    outside: { agency: true, taskId: true, decision: true },
  },
  conferenceOpened: {
    name: { vi: 'Mở cuộc họp giải quyết ý kiến khác nhau', en: 'Conference opened' },
    heard: true,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: {
      issues: { id: true, kind: true, agencies: true, subject: true },
      chair: true,
      budget: 'whole',
      dueDate: true,
    },
  },
  conferenceDecided: {
    name: { vi: 'Kết luận cuộc họp', en: 'Conference decided' },
    heard: true,
    duties: false,
    papers: 'issued',
    party: 'never',
    outside: { taskId: true, resolutions: { issue: true, upholds: true } },
  },
  consultationReopened: {
    name: { vi: 'Xem xét lại ý kiến đến muộn', en: 'Late opinion weighed' },
    heard: true,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { agency: true },
  },
  consultationClosed: {
    name: { vi: 'Kết thúc lấy ý kiến', en: 'Consultation closed' },
    heard: true,
    alsoHeardBy: 'procedure',
    duties: false,
    papers: 'people',
    party: ['step', 'n'],
    decided: ['agreed', 'conditional', 'objected', 'silent'],
    outside: { step: true, n: true, agreed: true, conditional: true, objected: true, silent: true },
  },

  // A trial
  fitDecided: {
    name: { vi: 'Xác định thử nghiệm có thuộc cơ chế', en: 'Fit with the regime decided' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['taskId', 'verdict', 'reason'],
    outside: { taskId: true, verdict: true },
  },
  trialTermsProposed: {
    name: { vi: 'Đề xuất điều kiện thử nghiệm', en: 'Conditions of the trial proposed' },
    heard: false,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { taskId: true, criteria: { criterion: true, finding: true }, terms: 'whole' },
  },
  councilConvened: {
    name: { vi: 'Triệu tập hội đồng thẩm định', en: 'Council convened' },
    heard: false,
    duties: false,
    papers: 'issued',
    party: 'never',
    outside: { taskId: true, quorum: true, meetsAt: true },
  },
  councilOpened: {
    name: { vi: 'Hội đồng thẩm định khai mạc', en: 'Council opened' },
    heard: false,
    duties: false,
    papers: 'issued',
    party: 'never',
    outside: { taskId: true },
  },
  voteCast: {
    name: { vi: 'Thành viên hội đồng biểu quyết', en: 'Vote cast' },
    heard: false,
    duties: false,
    papers: 'read',
    party: 'never',
    outside: {},
  },
  councilClosed: {
    name: { vi: 'Hội đồng thẩm định kết thúc', en: 'Council closed' },
    heard: false,
    duties: false,
    papers: 'issued',
    party: 'never',
    outside: { taskId: true, for: true, against: true, abstained: true, recommends: true },
  },
  trialAdmitted: {
    name: { vi: 'Chấp thuận thử nghiệm có điều kiện', en: 'Trial admitted with conditions' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['decision', 'from', 'until', 'terms', 'exemptions', 'permits'],
    outside: { decision: true, from: true, until: true, terms: 'whole', exemptions: 'whole', permits: true },
  },
  permitRecorded: {
    name: { vi: 'Ghi nhận giấy phép của cơ quan khác', en: 'Permit of another body shown' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['permit', 'number', 'documentId', 'validTo'],
    outside: { permit: true, documentId: true, validTo: true },
  },
  trialStarted: {
    name: { vi: 'Thử nghiệm bắt đầu', en: 'Trial started' },
    heard: true,
    duties: false,
    papers: 'people',
    party: [],
    outside: {},
  },
  trialKeyRegistered: {
    name: { vi: 'Đăng ký khóa của thiết bị đo', en: 'Key of a device registered' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['keyId', 'publicKey'],
    outside: { keyId: true, publicKey: true },
  },
  metricsAccepted: {
    name: { vi: 'Nhận số liệu đo', en: 'Readings accepted' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['batch', 'keyId', 'digest', 'from', 'to', 'count', 'extremes', 'kept', 'readings'],
    outside: { batch: true, keyId: true, digest: true, from: true, to: true, count: true },
  },
  limitNeared: {
    name: { vi: 'Số liệu gần chạm giới hạn', en: 'Reading near a limit' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['limit', 'value', 'at', 'batch'],
    outside: { limit: true, at: true, batch: true },
  },
  limitExceeded: {
    name: { vi: 'Số liệu vượt giới hạn', en: 'Reading beyond a limit' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['limit', 'value', 'at', 'batch'],
    outside: { limit: true, at: true, batch: true },
  },
  holdPlaced: {
    name: { vi: 'Tạm giữ thử nghiệm', en: 'Trial held' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['holdId', 'cause', 'confirmBy'],
    outside: { holdId: true, cause: { kind: true, limit: true, incident: true }, confirmBy: true },
  },
  holdConfirmed: {
    name: { vi: 'Xác nhận lệnh tạm giữ', en: 'Hold confirmed' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['holdId', 'taskId', 'reason'],
    outside: { holdId: true, taskId: true },
  },
  holdLifted: {
    name: { vi: 'Bỏ lệnh tạm giữ', en: 'Hold lifted' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['holdId', 'taskId', 'reason'],
    outside: { holdId: true, taskId: true },
  },
  incidentOpened: {
    name: { vi: 'Phát sinh sự cố phải báo cáo', en: 'Incident to be reported' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['incidentId', 'limit', 'reportBy'],
    outside: { incidentId: true, limit: true, reportBy: true },
  },
  incidentReported: {
    name: { vi: 'Báo cáo sự cố', en: 'Incident reported' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['incidentId', 'severity', 'happenedAt', 'knownAt', 'reportBy', 'late', 'description', 'documentId'],
    outside: {
      incidentId: true,
      severity: true,
      happenedAt: true,
      knownAt: true,
      reportBy: true,
      late: true,
      documentId: true,
    },
  },
  incidentReportMissed: {
    name: { vi: 'Quá hạn báo cáo sự cố', en: 'Report of an incident overdue' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['incidentId', 'reportBy'],
    outside: { incidentId: true, reportBy: true },
  },
  incidentExamined: {
    name: { vi: 'Xem xét sự cố', en: 'Incident examined' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['incidentId', 'taskId', 'damage', 'cause', 'exempt', 'legalBasis', 'reason'],
    outside: { incidentId: true, taskId: true, damage: true, cause: true, exempt: true },
  },
  trialReportFiled: {
    name: { vi: 'Nộp báo cáo định kỳ về thử nghiệm', en: 'Periodic report on the trial filed' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['duty', 'documentId', 'figures'],
    outside: { duty: true, documentId: true },
  },
  visitRecorded: {
    name: { vi: 'Ghi nhận kết quả kiểm tra', en: 'Supervision visit recorded' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['visitId', 'on', 'result', 'findings'],
    outside: { visitId: true, on: true, result: true },
  },
  trialChangeRequested: {
    name: { vi: 'Gửi đề nghị trong thử nghiệm', en: 'Change of the trial asked for' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['requestId', 'request', 'reason', 'decideBy'],
    outside: { requestId: true, request: 'whole', decideBy: true },
  },
  trialChangeRefused: {
    name: { vi: 'Không chấp thuận đề nghị', en: 'Change of the trial refused' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['requestId', 'taskId', 'reason'],
    outside: { requestId: true, taskId: true },
  },
  trialAdjusted: {
    name: { vi: 'Điều chỉnh điều kiện thử nghiệm', en: 'Conditions of the trial adjusted' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['requestId', 'taskId', 'terms', 'reason'],
    outside: { requestId: true, taskId: true, terms: 'whole' },
  },
  trialExtended: {
    name: { vi: 'Gia hạn thử nghiệm', en: 'Trial extended' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['requestId', 'taskId', 'months', 'until', 'reason'],
    outside: { requestId: true, taskId: true, months: true, until: true },
  },
  trialSuspended: {
    name: { vi: 'Tạm dừng thử nghiệm', en: 'Trial suspended' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['reason'],
    outside: {},
  },
  trialResumed: {
    name: { vi: 'Tiếp tục thử nghiệm', en: 'Trial resumed' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['requestId', 'taskId', 'reason'],
    outside: { requestId: true, taskId: true },
  },
  finalReportFiled: {
    name: { vi: 'Nộp báo cáo kết thúc thử nghiệm', en: 'Final report on the trial filed' },
    heard: true,
    duties: false,
    papers: 'read',
    party: ['documentId', 'lessons', 'figures', 'assessBy'],
    outside: { documentId: true, lessons: { act: true, article: true }, assessBy: true },
  },
  trialTermOver: {
    name: { vi: 'Hết thời hạn thử nghiệm', en: 'Term of the trial over' },
    heard: true,
    duties: false,
    papers: 'people',
    party: [],
    outside: {},
  },
  trialEnded: {
    name: { vi: 'Thử nghiệm kết thúc', en: 'Trial ended' },
    heard: true,
    duties: false,
    papers: 'issued',
    party: ['ending', 'taskId', 'reason', 'transitionUntil'],
    outside: { ending: true, taskId: true, transitionUntil: true },
  },
  completionCertified: {
    name: { vi: 'Cấp giấy chứng nhận hoàn thành thử nghiệm', en: 'Completion certified' },
    heard: true,
    duties: false,
    papers: 'issued',
    party: ['number'],
    outside: { number: true },
  },
  transitionEnded: {
    name: { vi: 'Hết thời gian chuyển tiếp', en: 'Transition over' },
    heard: true,
    duties: false,
    papers: 'people',
    party: [],
    outside: {},
  },
  trialOver: {
    name: { vi: 'Thử nghiệm không còn nghĩa vụ', en: 'Trial over for good' },
    heard: true,
    duties: false,
    papers: 'people',
    party: [],
    outside: {},
  },
};

/** Every type of event there is. */
export const eventTypes = Object.keys(events) as EventType[];

/** What people call it. */
export const eventName = (type: EventType): Text => events[type].name;

/** Whether a workflow hears of it. */
export const isHeard = (type: EventType): boolean => events[type].heard;

/** Whether it starts the workflow of its scope. */
export const opensScope = (type: EventType): boolean => events[type].opens ?? false;

/** Which workflow above its own waits for it, too. */
export const alsoHeardBy = (type: EventType): 'case' | 'procedure' | undefined => events[type].alsoHeardBy;

/** Whether something may have begun to be owed after it, or may be done. */
export const movesDuties = (type: EventType): boolean => events[type].duties;

/** Whether papers name the people in it. */
export const namesPeople = (type: EventType): boolean => events[type].papers !== 'nothing';

/** Whether a paper that is issued after it names agencies. */
export const namesAgencies = (type: EventType): boolean => events[type].papers === 'issued';

/** The types of events that papers are made from. */
export const paperEvents: readonly EventType[] = eventTypes.filter((type) =>
  ['read', 'issued'].includes(events[type].papers),
);

type Fields = Readonly<Record<string, unknown>>;

/**
 * What the investor's side reads of an event; `decided`: the decision of its procedure is signed. `payload`: as it is told, its own unless words were put into it.
 * Undefined: nothing, not even that it happened.
 */
export function shownToParty(
  { type, payload: own }: CaseEvent,
  decided: boolean,
  payload: object = own,
): Record<string, unknown> | undefined {
  const { party, decided: later = [] }: EventEntry<Fields> = events[type];
  if (party === 'never') return undefined;
  const shown = new Set<string>(decided ? [...party, ...later] : party);
  return Object.fromEntries(Object.entries(payload).filter(([field]) => shown.has(field)));
}

/** What of an event is sent to systems outside. */
export const sentOutside = (event: CaseEvent): unknown =>
  passed(event.payload, events[event.type].outside as { readonly [field: string]: Pass });

/** A TextRef: the hash of words is nobody's business outside either. */
const isWords = (value: object): boolean => Object.keys(value).sort().join() === 'hash,id';

function passed(value: unknown, pass: Pass): unknown {
  if (Array.isArray(value)) return value.map((one) => passed(one, pass));
  if (typeof value !== 'object' || value === null) return value;
  if (typeof pass === 'function') return pass(value as Condition);
  if (pass === true) return undefined;
  const entries = Object.entries(value).flatMap(([field, inner]): [string, unknown][] => {
    const within = pass === 'whole' ? pass : (pass[field] ?? pass['*']);
    if (within === undefined || (typeof inner === 'object' && inner !== null && isWords(inner as object))) return [];
    return [[field, passed(inner, within)]];
  });
  return Object.fromEntries(entries);
}
