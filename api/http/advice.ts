import { type ErrorCode } from '../../domain/errors.js';
import { type Text } from '../../domain/law/agency.js';

type Sentence = (value: unknown) => Text;
const say =
  (vi: string, en: string): Sentence =>
  () => ({ vi, en });

const given = (value: unknown): string => (Array.isArray(value) ? value.map(String).join(', ') : String(value));

/** What somebody can do about a state that forbids their act, by what the rule said of that state. The first that applies, in this order. */
const sentences: Readonly<Record<string, Sentence>> = {
  bottleneck: (value) =>
    value === null
      ? {
          vi: 'Chỉ đạo này không gắn với điểm nghẽn: kết thúc khi cơ quan báo cáo.',
          en: 'This instruction is about no bottleneck: it ends with the agency’s answer.',
        }
      : { vi: 'Hãy chọn bước đang có hồ sơ chờ.', en: 'Choose a step where files wait.' },
  figureMoved: say(
    'Con số chưa giảm so với khi giao việc: chỉ khép lại khi số ngày chờ đã giảm.',
    'The figure is no lower than when it was given: it closes once the days of waiting are fewer.',
  ),
  report: (value) =>
    value === 'open'
      ? {
          vi: 'Báo cáo chưa được tổng hợp: chờ cơ quan tổng hợp gom các phần.',
          en: 'The report is not gathered yet: wait until the chapters are put together.',
        }
      : {
          vi: 'Báo cáo đã được tổng hợp hoặc phê duyệt: sau khi phê duyệt chỉ còn ghi đính chính.',
          en: 'The report was gathered or approved already: once it is approved, what changes is an erratum.',
        },
  chapters: (value) => ({
    vi: `Còn phần chưa ký: ${given(value)}. Chờ đến hết hạn của các phần, hoặc nhắc thủ trưởng.`,
    en: `Chapters are not signed yet: ${given(value)}. Wait until their date has passed, or remind the heads.`,
  }),
  figureAsPrinted: say(
    'Số liệu hiện nay giống báo cáo: không có gì để đính chính.',
    'The register says what the report says: there is nothing to put right.',
  ),
  claimedByYou: say(
    'Hãy nhận việc này trước, hoặc nhờ người đang giữ trả lại.',
    'Claim the task first, or have whoever holds it release it.',
  ),
  needs: say('Việc này cần người đứng đầu cơ quan cho phép.', 'This needs the head of the agency.'),
  payment: say('Chờ nhà đầu tư nộp phí rồi làm tiếp.', 'Wait for the investor’s payment, then go on.'),
  unknown: (value) => ({
    vi: `Dữ kiện chưa ai biết thì phải được làm rõ, không giữ nguyên được: ${given(value)}.`,
    en: `What nobody knows has to be found out, it cannot be kept: ${given(value)}.`,
  }),
  facts: (value) =>
    Array.isArray(value)
      ? {
          vi: `Còn dữ kiện của dự án chờ xác nhận: ${given(value)}.`,
          en: `Facts of the project still wait to be confirmed: ${given(value)}.`,
        }
      : { vi: 'Hồ sơ thử nghiệm không có dữ kiện để đính chính.', en: 'A trial has no such facts to put right.' },
  waitingFor: (value) =>
    value === 'investor'
      ? {
          vi: 'Hồ sơ đang ở nhà đầu tư: chờ họ bổ sung hoặc trả lời.',
          en: 'The file is with the investor: wait until they have answered.',
        }
      : {
          vi: `Còn chờ: ${given(value)}. Làm xong các việc đó rồi thử lại.`,
          en: `Still waiting for: ${given(value)}. Try again once that is done.`,
        },
  metBy: (value) => ({
    vi: `Nghĩa vụ này được hoàn thành bằng hành động riêng (${given(value)}), không khai ở đây.`,
    en: `This duty is met by an act of its own (${given(value)}), not here.`,
  }),
  mandatory: say(
    'Thủ tục này không bắt buộc: không cần hoãn.',
    'This procedure is not mandatory: there is nothing to defer.',
  ),
  root: say(
    'Thủ tục quyết định cả dự án thì không hoãn được.',
    'The procedure on which the project rests cannot be deferred.',
  ),
  neededBy: (value) => ({
    vi: `Các thủ tục sau cần nó trước: ${given(value)}.`,
    en: `These procedures need it sooner: ${given(value)}.`,
  }),
  allowedIn: (value) => ({
    vi: `Chỉ làm được khi thử nghiệm ở giai đoạn: ${given(value)}.`,
    en: `Possible only in these phases of the trial: ${given(value)}.`,
  }),
  licensed: say(
    'Dự án đó chưa có kết quả cấp phép nên chưa điều chỉnh được.',
    'That project has no licence yet that could be adjusted.',
  ),
  lawful: say(
    'Lộ trình này không hợp pháp với dự án: xem các căn cứ, chọn lộ trình khác.',
    'This pathway is not lawful for the project: see the clauses and choose another.',
  ),
  supplement: (value) =>
    value === 'open'
      ? {
          vi: 'Đang có một yêu cầu bổ sung chưa trả lời: chờ trả lời trước.',
          en: 'A supplement is still being asked for: wait for its answer first.',
        }
      : {
          vi: 'Yêu cầu bổ sung này không còn chờ trả lời.',
          en: 'This request for a supplement no longer waits for an answer.',
        },
  handedOver: say(
    'Kết quả chưa được trả: hãy đánh giá sau khi nhận.',
    'The result has not been handed over yet: answer the survey afterwards.',
  ),
  startsFrom: say(
    'Thủ tục này tự bắt đầu từ kết quả trước: không phải nộp hồ sơ.',
    'This procedure starts by itself from an earlier result: no dossier is filed.',
  ),
  deferred: (value) =>
    value === false
      ? { vi: 'Thủ tục này không đang hoãn.', en: 'This procedure is not deferred.' }
      : { vi: 'Thủ tục đang hoãn: hãy bỏ hoãn trước.', en: 'The procedure is deferred: resume it first.' },
  stage: (value) =>
    value === 'intake'
      ? {
          vi: 'Bộ phận tiếp nhận đang xem hồ sơ: chờ kết quả tiếp nhận.',
          en: 'The counter is examining the dossier: wait for its answer.',
        }
      : value === 'processing'
        ? {
            vi: 'Hồ sơ đã được tiếp nhận: chỉ bổ sung khi được yêu cầu.',
            en: 'The dossier was received: add to it when you are asked to.',
          }
        : {
            vi: `Thủ tục đang ở bước «${given(value)}», chưa hoặc không còn làm được việc này.`,
            en: `The procedure is at «${given(value)}»: not yet, or no longer, possible.`,
          },
  council: (value) => ({
    vi:
      value === null
        ? 'Chưa triệu tập hội đồng: hãy triệu tập trước.'
        : 'Hội đồng không ở bước cần thiết: xem tình trạng hội đồng.',
    en:
      value === null
        ? 'No council was convened: convene it first.'
        : 'The council is not at that point: look at its state.',
  }),
  conference: (value) => ({
    vi: value === null ? 'Không có hội nghị nào đang mở.' : 'Hội nghị đã quyết định xong.',
    en: value === null ? 'No conference is open.' : 'The conference has decided already.',
  }),
  proposal: say('Hãy đề xuất điều kiện của thử nghiệm trước.', 'Propose the conditions of the trial first.'),
  permits: (value) => ({
    vi: `Còn thiếu giấy phép của cơ quan khác: ${given(value)}.`,
    en: `Permits of other bodies are missing: ${given(value)}.`,
  }),
  daysLeft: say('Thời hạn đã hết: cần lệnh của người đứng đầu.', 'No days are left: the head’s order is needed.'),
  inForceFrom: (value) => ({
    vi: `Phiên bản có hiệu lực từ ${given(value)} nên không rút lại được: hãy công bố phiên bản tiếp theo.`,
    en: `The version is in force since ${given(value)} and stays: publish the next one.`,
  }),
  validFrom: (value) => ({
    vi: `Phiên bản có hiệu lực từ ${given(value)}: chờ đến ngày đó.`,
    en: `The version is in force from ${given(value)}: wait until then.`,
  }),
  since: say('Chưa đến ngày có thể báo.', 'It cannot be stated for that day yet.'),
  dossierCode: say('Một hồ sơ khác đang giữ chỗ này.', 'Another dossier holds this place.'),
  now: say(
    'Đồng hồ diễn tập chỉ đi tới: chọn thời điểm sau hiện tại.',
    'The rehearsal clock only goes forward: choose a later instant.',
  ),
  discarded: say('Bản nháp này đã bỏ: hãy tạo bản mới.', 'This draft was discarded: begin a new one.'),
  filed: say('Bản nháp này đã được nộp.', 'This draft was filed.'),
  reason: say(
    'Hai lần ủy quyền chồng nhau: hãy chọn ngày hoặc người khác.',
    'Two delegations overlap: choose other days or another person.',
  ),
  ended: say('Ủy quyền này đã kết thúc.', 'This delegation is over.'),
  missing: (value) => ({ vi: `Còn thiếu: ${given(value)}.`, en: `Still missing: ${given(value)}.` }),
  undecided: say(
    'Còn điểm trái nhau chưa được quyết định: mở hội nghị trước.',
    'Contradictions are not decided yet: hold the conference first.',
  ),
  late: say(
    'Chỉ xem lại được ý kiến đến muộn mà chưa được tính.',
    'Only a late answer that was not counted can be weighed.',
  ),
  reopened: say('Câu hỏi đã được hỏi lại: xem lần mới nhất.', 'The question was asked anew: look at the latest round.'),
  first: say('Người thứ nhất phải xong trước.', 'The first pair of eyes has to be done first.'),
  restsOn: say('Không có bước nào trước đó để trả lại.', 'There is no earlier step to send it back to.'),
  closed: say('Chỉ đánh giá khi hồ sơ dự án đã kết thúc.', 'The survey opens when the case has closed.'),
  begun: say('Còn việc đang làm dở trong hồ sơ.', 'Something in the case is still under way.'),
  accepted: say(
    'Bạn đã là thành viên của tổ chức này: muốn thôi thì hãy rời tổ chức.',
    'You are a member of this organisation already: to end that, leave it.',
  ),
  answered: say('Câu hỏi này đã được trả lời.', 'This question was answered.'),
  opinion: say('Cơ quan này đã trả lời hoặc chưa quá hạn.', 'This agency has answered, or its time is not over.'),
  lane: say(
    'Luồng đã được quyết định, hoặc chưa có gì để đề nghị lại.',
    'The lane is decided, or there is nothing to propose again.',
  ),
  decidedOn: say(
    'Đã có quyết định của một thủ tục: luồng không đổi được nữa, con số tính theo luồng tại ngày đó.',
    'A procedure of this case was decided already: its lane stays as it was on that day.',
  ),
  fit: say('Việc xét cơ chế đã được quyết định.', 'The fit was decided already.'),
  hold: say('Lệnh tạm dừng này đã được xác nhận hoặc gỡ.', 'This hold was confirmed or lifted already.'),
  request: say('Đề nghị này đã được quyết định.', 'This request was decided already.'),
  incident: say('Sự cố này đã được xem xét.', 'This incident was examined already.'),
  letter: say('Thư xin lỗi này không còn mở.', 'This letter of apology is no longer open.'),
  referral: say(
    'Không chuyển được cho Tổ công tác của Thành phố (chưa có, đang chủ trì, hoặc là một bên): chủ trì quyết định.',
    'It cannot go to the City’s team (there is none, it has it, or it is a party itself): whoever chairs decides.',
  ),
  received: say('Chờ hồ sơ được tiếp nhận trước.', 'Wait until the dossier was received.'),
  decided: say('Đã có quyết định: không thay đổi được nữa.', 'It was decided: it cannot be changed any more.'),
  decision: say('Chưa có quyết định phù hợp.', 'There is no such decision yet.'),
  signature: say('Quyết định chưa được ký.', 'The decision is not signed yet.'),
  ending: say('Thử nghiệm không ở trạng thái kết thúc cần thiết.', 'The trial has not ended in the way this needs.'),
  terms: say('Thử nghiệm chưa có điều kiện.', 'The trial has no conditions yet.'),
  from: say('Thử nghiệm chưa có ngày bắt đầu.', 'The trial has no first day yet.'),
  duty: say('Không có nghĩa vụ nào như vậy đang chờ.', 'No such duty is waiting.'),
  stopped: say('Thủ tục đã dừng.', 'The procedure was stopped.'),
  revoked: (value) =>
    value === true
      ? { vi: 'Ủy quyền này đã bị thu hồi.', en: 'This power of attorney was revoked.' }
      : { vi: 'Ủy quyền này đã được trả lời khác.', en: 'This power of attorney was answered otherwise.' },
  pin: say('Mã PIN đã được thay sau đó: hãy xin mã mới.', 'The PIN was replaced since: ask for a new one.'),
  status: say(
    'Hồ sơ còn đang mở: chỉ làm được khi đã kết thúc.',
    'The case is still open: possible once it has ended.',
  ),
  phase: say('Giai đoạn hiện tại không cho phép.', 'The present phase does not allow it.'),
  outcome: say('Thủ tục này không nộp lại được lúc này.', 'This procedure cannot be filed again now.'),
  kind: say('Việc thuộc loại này không làm như vậy.', 'Not with a task of this kind.'),
  questions: say('Còn câu hỏi chưa được trả lời.', 'Questions are still unanswered.'),
  consultation: say(
    'Phiên bản mới bỏ mất bước đang lấy ý kiến.',
    'The new version drops a consultation that is under way.',
  ),
  competentAgency: say(
    'Phiên bản mới chuyển hồ sơ sang cơ quan khác.',
    'The new version moves the file to another agency.',
  ),
  extensions: say('Không có lần gia hạn nào để rút.', 'There is no extension to take back.'),
  result: (value) =>
    value === 'revoked'
      ? { vi: 'Kết quả này đã bị thu hồi.', en: 'This result was revoked already.' }
      : value === 'not-issued'
        ? {
            vi: 'Chưa có kết quả nào được ban hành: chờ thủ tục kết thúc.',
            en: 'No result was issued yet: wait until the procedure is over.',
          }
        : {
            vi: 'Việc cho phép thử nghiệm chấm dứt theo quy định riêng: hãy dừng thử nghiệm.',
            en: 'The admission of a trial ends by its own rules: suspend or end the trial.',
          },
  hearing: say(
    'Không có lời mời giải trình nào đang chờ: hạn đã hết hoặc đã có quyết định.',
    'No hearing waits for a statement: its time is over, or it was decided.',
  ),
  supplements: (value) => ({
    vi: `Đã yêu cầu nhà đầu tư bổ sung (${given(value)}): hãy rút yêu cầu đó trước.`,
    en: `The investor was asked for more (${given(value)}): take that request back first.`,
  }),
  extendedSince: say(
    'Sau yêu cầu này đã có gia hạn: hãy rút việc gia hạn trước.',
    'An extension came after this request: take the extension back first.',
  ),
  endedBy: (value) => ({
    vi: `Việc xử lý vi phạm do ${given(value)} kết thúc, không kết thúc bằng trả lời.`,
    en: `${given(value)} ends the handling of the violation; an answer does not.`,
  }),
  ground: say('Yêu cầu này không phải là xử lý vi phạm.', 'This request is not about the handling of a violation.'),
  effectiveFrom: (value) => ({
    vi: `Ngày có hiệu lực ${given(value)} đã qua: hãy từ chối đề xuất và đề xuất lại với ngày khác.`,
    en: `The day from which it holds, ${given(value)}, is over: refuse the proposal and propose it with another day.`,
  }),
  open: say('Còn việc đang mở, hoặc không còn gì để làm.', 'Something is still open, or there is nothing left to do.'),
  agency: say('Việc này thuộc cơ quan khác.', 'This belongs to another agency.'),
  step: say('Bước này chưa đến lượt.', 'It is not the turn of this step.'),
  command: say('Không làm được ở đây.', 'Not possible here.'),
};

/** What somebody can do where another was first, by what stands in the way. */
const conflicts: Readonly<Record<string, Sentence>> = {
  claimedByYou: say(
    'Việc này đã có người nhận: chọn việc khác, hoặc nhờ người đó trả lại.',
    'Somebody else has taken this task: choose another, or have them release it.',
  ),
  hold: (value) => ({
    vi: `Đang có lệnh giữ khác theo yêu cầu pháp lý (số ${given(value)}): nhờ quản trị viên không đặt lệnh đó gỡ trước, rồi đặt lệnh mới.`,
    en: `Another legal hold stands (no. ${given(value)}): have an admin who did not place it lift it, then place the new one.`,
  }),
  order: (value) => ({
    vi: `Đã có đề nghị xóa khác đang chờ (số ${given(value)}): xác nhận hoặc từ chối đề nghị đó trước.`,
    en: `Another erasure of it waits (no. ${given(value)}): confirm or refuse that one first.`,
  }),
  change: (value) => ({
    vi: `Đã có thay đổi khác đang chờ (${given(value)}): chờ thay đổi đó có hiệu lực, hoặc từ chối nó trước.`,
    en: `Another change of it waits (${given(value)}): wait until it holds, or refuse it first.`,
  }),
  next: (value) => ({
    vi: `Phiên bản kế tiếp phải là ${given(value)}: tải lại phiên bản đang có và đề xuất trên đó.`,
    en: `The next version is ${given(value)}: load the newest one and propose on top of it.`,
  }),
  version: (value) => ({
    vi: `Phiên bản ${given(value)} đã có: hãy dùng số phiên bản khác.`,
    en: `Version ${given(value)} is there already: give another number.`,
  }),
  advance: say(
    'Đồng hồ diễn tập đang được đẩy: chờ lần đẩy đó xong.',
    'The rehearsal clock is being moved already: wait until that is done.',
  ),
  status: (value) =>
    value === 'proposed'
      ? {
          vi: 'Webhook chưa được xác nhận: quản trị viên khác xác nhận trước.',
          en: 'It is only proposed: another admin confirms it first.',
        }
      : { vi: 'Webhook này không chờ xác nhận.', en: 'This webhook waits for nobody’s confirmation.' },
  organisation: say(
    'Người khác của doanh nghiệp này đã lập tổ chức trước: hãy tham gia tổ chức đó.',
    'Another of this enterprise’s people has founded its organisation first: join it.',
  ),
  webhook: say(
    'Webhook này đã được người khác xác nhận hoặc gỡ: hãy tải lại.',
    'Somebody else has confirmed or removed this webhook: load it again.',
  ),
  field: say(
    'Khóa này đã dùng cho thử nghiệm khác hoặc với mã khác: hãy tạo khóa mới.',
    'This key signs for another trial, or under another id: make a new one.',
  ),
};

const advice = { PRECONDITION_FAILED: sentences, CONFLICT: conflicts } as const;
export type AdvisedCode = keyof typeof advice;

/** Whether a refusal of this code comes with a sentence that says what to do. */
export const isAdvised = (code: ErrorCode): code is AdvisedCode => Object.hasOwn(advice, code);

/** The names under which a rule may say why it refuses so; each has its sentence. */
export const advisedOn = (code: AdvisedCode): ReadonlySet<string> => new Set(Object.keys(advice[code]));

/** What can be done about it; undefined where the rule did not say what is in the way. */
export function adviceFor(code: AdvisedCode, details: Readonly<Record<string, unknown>>): Text | undefined {
  for (const [name, sentence] of Object.entries(advice[code])) if (name in details) return sentence(details[name]);
  return undefined;
}
