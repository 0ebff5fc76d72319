import type { Text } from '../../law/agency.js';
import { refuse } from '../../errors.js';
import type { ResolvedProcedure } from '../../law/procedure.js';
import type { Completion } from '../commands.js';
import type { TaskKind } from '../events.js';
import type { ProcedureState } from '../state.js';
import { aboutOf } from './keys.js';

/** What an answer may carry beside its outcome. */
export type CompletionField = Exclude<keyof Completion, 'outcome'>;

type Need = 'required' | 'optional';

/** One way to answer a task: what people call it, what follows from it, what it takes. */
interface OutcomeRow {
  readonly name: Text;
  readonly does: Text;
  readonly takes: Readonly<Partial<Record<CompletionField, Need>>>;
}

/** A step is an officer's or a signature; a machine's work may be any step, or the declaration that has a number. */
export type AnswerKind = TaskKind | 'signature' | 'declaration';

const text = (vi: string, en: string): Text => ({ vi, en });
const note = { reason: 'optional' } as const;
const withReason = { reason: 'required' } as const;

const noted: OutcomeRow = {
  name: text('Đã làm xong', 'Done'),
  does: text('Bước này xong; bước tiếp theo bắt đầu.', 'The step is done and the next one begins.'),
  takes: { reason: 'optional', reference: 'optional' },
};

/** Every way in which a task of each kind may end. Nothing else says so: rules, API and documentation read it. */
export const taskOutcomes = {
  intake: {
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
  step: { done: noted },
  signature: {
    approve: {
      name: text('Chấp thuận', 'Approve'),
      does: text(
        'Ra quyết định chấp thuận, ký và trả kết quả.',
        'Decides in favour; the result is signed and handed over.',
      ),
      takes: note,
    },
    refuse: {
      name: text('Không chấp thuận', 'Refuse'),
      does: text(
        'Ra quyết định không chấp thuận; việc đang làm trong thủ tục dừng lại.',
        'Decides against it; all work in the procedure ends.',
      ),
      takes: withReason,
    },
  },
  opinion: {
    agree: {
      name: text('Đồng ý', 'Agree'),
      does: text('Ý kiến đồng ý, không kèm điều kiện.', 'The agency agrees, without conditions.'),
      takes: { reason: 'optional', legalBasis: 'optional' },
    },
    'agree-with-conditions': {
      name: text('Đồng ý có điều kiện', 'Agree with conditions'),
      does: text(
        'Ý kiến đồng ý nếu các điều kiện nêu ra được đáp ứng.',
        'The agency agrees if the conditions it names are met.',
      ),
      takes: { conditions: 'required', reason: 'optional', legalBasis: 'optional' },
    },
    'needs-supplement': {
      name: text('Cần bổ sung', 'Needs a supplement'),
      does: text(
        'Chưa đủ căn cứ cho ý kiến: nêu nội dung còn thiếu cho cơ quan chủ trì.',
        'There is not enough to judge by: tells the lead agency what is missing.',
      ),
      takes: { reason: 'required', legalBasis: 'required', conditions: 'optional' },
    },
    object: {
      name: text('Không đồng ý', 'Object'),
      does: text(
        'Ý kiến không đồng ý; cơ quan chủ trì phải mở cuộc họp để giải quyết.',
        'The agency objects; the lead agency has to settle it in a conference.',
      ),
      takes: { reason: 'required', legalBasis: 'required', conditions: 'optional' },
    },
  },
  'by-hand': { done: noted },
  declaration: {
    done: {
      name: text('Đã kê khai', 'Declared'),
      does: text(
        'Ghi số kê khai trên hệ thống đầu tư quốc gia thay cho máy.',
        'Records the number of the declaration on the national investment system in the machine’s place.',
      ),
      takes: { reference: 'required', reason: 'optional' },
    },
  },
  lapse: {
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
  silence: {
    'treat-as-agreed': {
      name: text('Coi là đồng ý', 'Take it as agreement'),
      does: text('Việc không trả lời được tính là đồng ý.', 'The silence counts as agreement.'),
      takes: withReason,
    },
    'proceed-without': {
      name: text('Giải quyết không có ý kiến này', 'Go on without it'),
      does: text('Giải quyết tiếp mà không tính ý kiến của cơ quan đó.', 'Work goes on without that agency’s opinion.'),
      takes: withReason,
    },
  },
  lane: {
    green: {
      name: text('Vào luồng xanh', 'Green lane'),
      does: text('Dự án theo luồng xanh.', 'The project takes the green lane.'),
      takes: withReason,
    },
    standard: {
      name: text('Luồng thông thường', 'Standard lane'),
      does: text(
        'Dự án theo luồng thông thường; nhà đầu tư có thể đề nghị xem xét lại.',
        'The project takes the standard lane; the investor may ask again.',
      ),
      takes: withReason,
    },
  },
  stuck: {
    done: {
      name: text('Đã xử lý', 'Dealt with'),
      does: text('Hệ thống thử lại.', 'The engine tries again.'),
      takes: note,
    },
  },
  apology: {
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
  conference: {
    decide: {
      name: text('Kết luận cuộc họp', 'Decide'),
      does: text(
        'Kết luận từng vấn đề; các cơ quan làm theo kết luận.',
        'Settles every issue; what it upholds is followed.',
      ),
      takes: { resolutions: 'required', reason: 'required', dissent: 'optional' },
    },
  },
  question: {
    answer: {
      name: text('Trả lời', 'Answer'),
      does: text(
        'Gửi câu trả lời cho nhà đầu tư; lời trả lời ghi ở `reason`.',
        'Sends the answer to the investor; its words go into `reason`.',
      ),
      takes: withReason,
    },
  },
  fit: {
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
  hold: {
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
  incident: {
    examined: {
      name: text('Ghi kết luận', 'Record the finding'),
      does: text(
        'Ghi thiệt hại, nguyên nhân và việc miễn trừ, nếu có.',
        'Records damage, cause and exemption, if any.',
      ),
      takes: { finding: 'required', reason: 'required', legalBasis: 'optional' },
    },
  },
  'trial-request': {
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
  completion: {
    completed: {
      name: text('Hoàn thành', 'Completed'),
      does: text('Thử nghiệm hoàn thành; giấy chứng nhận được cấp.', 'The trial is completed; a certificate follows.'),
      takes: withReason,
    },
    failed: {
      name: text('Không đạt', 'Failed'),
      does: text('Thử nghiệm kết thúc mà không đạt.', 'The trial ends without success.'),
      takes: withReason,
    },
  },
  signatory: {
    name: {
      name: text('Chỉ định người ký', 'Name a signatory'),
      does: text(
        'Người được chỉ định ký riêng quyết định này; người đã đề xuất thì không được ký.',
        'Whoever is named may sign this one decision; nobody signs what they proposed.',
      ),
      takes: { signatory: 'required', reason: 'required' },
    },
  },
} as const satisfies Readonly<Record<AnswerKind, Readonly<Record<string, OutcomeRow>>>>;

export type OutcomeOf<K extends AnswerKind> = Extract<keyof (typeof taskOutcomes)[K], string>;

/** All rows of a kind, by code. */
const rowsOf = (kind: AnswerKind): Readonly<Record<string, OutcomeRow>> => taskOutcomes[kind];

/** Every code that some task may end with. */
export const everyOutcome = [...new Set(Object.values(taskOutcomes).flatMap((rows) => Object.keys(rows)))] as [
  string,
  ...string[],
];

/** The outcome asked for, with everything it takes. Refuses `VALIDATION_FAILED` naming what fits, or what is missing, all of it at once. */
export function outcomeOf<K extends AnswerKind>(
  kind: K,
  completion: Completion,
  open: readonly OutcomeOf<K>[] = Object.keys(taskOutcomes[kind]) as OutcomeOf<K>[],
): OutcomeOf<K> {
  const outcome =
    open.find((one) => one === completion.outcome) ?? refuse('VALIDATION_FAILED', { field: 'outcome', allowed: open });
  const missing = Object.entries(rowsOf(kind)[outcome]?.takes ?? {})
    .filter(([field, need]) => need === 'required' && isLeftOut(completion[field as CompletionField]))
    .map(([field]) => field);
  const [field] = missing;
  if (field !== undefined)
    refuse('VALIDATION_FAILED', { field, missing: true, ...(missing.length > 1 && { fields: missing }) });
  return outcome;
}

const isLeftOut = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** A lapsed supplement is answered as the law of the procedure has it. */
export const lapseOutcomes = ({
  clockPolicy,
}: Pick<ResolvedProcedure, 'clockPolicy'>): readonly OutcomeOf<'lapse'>[] =>
  clockPolicy.onLapse === 'refuse' ? ['refuse'] : clockPolicy.onLapse === 'stop' ? ['stop'] : ['continue', 'stop'];

/** A council has met and has not recommended what is approved now: that is explained. */
export const againstCouncil = ({ council }: Pick<ProcedureState, 'council'>): boolean =>
  Boolean(council?.closed) && council?.closed?.recommends !== 'admit';

/** As which kind of answer a task is completed. */
export function answerKindOf(
  task: { readonly kind: TaskKind; readonly key: string; readonly step: string | null },
  procedure: Pick<ResolvedProcedure, 'steps'> | undefined,
): AnswerKind {
  if (aboutOf(task, 'by-hand')?.of === 'declaration') return 'declaration';
  if (task.kind !== 'step') return task.kind;
  return procedure?.steps.find(({ code }) => code === task.step)?.kind === 'signature' ? 'signature' : 'step';
}

/** One way to answer, as whoever has to choose reads it. */
export interface OfferedOutcome {
  readonly code: string;
  readonly name: Text;
  readonly does: Text;
  readonly fields: readonly { readonly field: CompletionField; readonly required: boolean }[];
}

/** What a task may be completed with, here and now. */
export function offeredOutcomes(
  task: { readonly kind: TaskKind; readonly key: string; readonly step: string | null },
  resolved: ResolvedProcedure | undefined,
  procedure: ProcedureState | undefined,
): OfferedOutcome[] {
  const kind = answerKindOf(task, resolved);
  const open: readonly string[] | undefined = kind === 'lapse' && resolved ? lapseOutcomes(resolved) : undefined;
  const explains = kind === 'signature' && procedure !== undefined && againstCouncil(procedure);
  return Object.entries(rowsOf(kind))
    .filter(([code]) => open?.includes(code) ?? true)
    .map(([code, { name, does, takes }]) => ({
      code,
      name,
      does,
      fields: Object.entries(takes).map(([field, need]) => ({
        field: field as CompletionField,
        required: need === 'required' || (explains && field === 'reason'),
      })),
    }));
}
