import type { PersonCommand } from '../case/commands.js';
import type { Text } from '../law/agency.js';

/** What an investor or representative may do, by the names of the commands: the words of a power of attorney. */
export const partyActs = [
  'openCase',
  'fileDossier',
  'answerSupplement',
  'refileProcedure',
  'meetGate',
  'withdrawCase',
  'surveyCase',
  'proposeLane',
  'giveEvidence',
  'proposeFacts',
  'answerLaneHearing',
  'answerResultHearing',
  'deferProcedure',
  'resumeProcedure',
  'askQuestion',
  'meetDuty',
  'recordPayment',
  'recordPermit',
  'registerKey',
  'fileTrialReport',
  'reportIncident',
  'requestTrialChange',
  'fileFinalReport',
  'endTrial',
] as const satisfies readonly PersonCommand['type'][];

export type PartyAct = (typeof partyActs)[number];

/** What each act is called where a power of attorney is granted and read. */
export const partyActNames: Readonly<Record<PartyAct, Text>> = {
  openCase: { vi: 'Nộp hồ sơ dự án mới, kể cả bản nháp', en: 'File new projects, drafts included' },
  fileDossier: { vi: 'Nộp thành phần hồ sơ của thủ tục', en: 'File the documents of a procedure' },
  answerSupplement: { vi: 'Trả lời yêu cầu bổ sung, giải trình', en: 'Answer requests to supplement or explain' },
  refileProcedure: { vi: 'Nộp lại thủ tục đã bị từ chối', en: 'File a refused procedure again' },
  meetGate: { vi: 'Chứng minh đã đáp ứng điều kiện', en: 'Show that a condition is met' },
  withdrawCase: { vi: 'Rút hồ sơ', en: 'Withdraw the case' },
  surveyCase: { vi: 'Trả lời khảo sát hài lòng', en: 'Answer the survey of satisfaction' },
  proposeLane: { vi: 'Đề nghị xét luồng', en: 'Propose a lane' },
  giveEvidence: { vi: 'Nộp bằng chứng để vào luồng xanh', en: 'Give evidence for the green lane' },
  proposeFacts: { vi: 'Bổ sung, đính chính thông tin của dự án', en: 'Complete or correct facts of the project' },
  answerLaneHearing: {
    vi: 'Nêu ý kiến trước khi bị đưa ra khỏi luồng xanh',
    en: 'Speak before the green lane is taken back',
  },
  answerResultHearing: {
    vi: 'Nêu ý kiến trước khi kết quả bị thay đổi',
    en: 'Speak before an issued result is changed',
  },
  deferProcedure: { vi: 'Đề nghị làm một thủ tục sau', en: 'Put a procedure off' },
  resumeProcedure: { vi: 'Tiếp tục thủ tục đã để lại sau', en: 'Go on with a procedure that was put off' },
  askQuestion: { vi: 'Đặt câu hỏi cho cơ quan', en: 'Ask the agencies questions' },
  meetDuty: { vi: 'Báo cáo đã thực hiện nghĩa vụ', en: 'Report that a duty was met' },
  recordPayment: { vi: 'Ghi nhận khoản đã nộp', en: 'Record a payment' },
  recordPermit: { vi: 'Ghi nhận giấy phép của cơ quan khác (thử nghiệm)', en: 'Record another body’s permit (trial)' },
  registerKey: { vi: 'Đăng ký khóa của thiết bị đo (thử nghiệm)', en: 'Register the key of a device (trial)' },
  fileTrialReport: { vi: 'Nộp báo cáo thử nghiệm', en: 'File reports of a trial' },
  reportIncident: { vi: 'Báo sự cố của thử nghiệm', en: 'Report incidents of a trial' },
  requestTrialChange: { vi: 'Đề nghị thay đổi điều kiện thử nghiệm', en: 'Ask to change the terms of a trial' },
  fileFinalReport: { vi: 'Nộp báo cáo kết thúc thử nghiệm', en: 'File the final report of a trial' },
  endTrial: { vi: 'Chấm dứt thử nghiệm trước hạn', en: 'End a trial early' },
};

/** Acts by what they are about, in the order in which they are offered. `procedure`: those that a power for some procedures can give, too. */
export const partyActGroups: readonly {
  readonly name: Text;
  readonly acts: readonly { readonly act: PartyAct; readonly procedure: boolean }[];
}[] = [
  {
    name: { vi: 'Hồ sơ và tài liệu', en: 'Files and documents' },
    acts: [
      { act: 'openCase', procedure: false },
      { act: 'fileDossier', procedure: true },
      { act: 'answerSupplement', procedure: true },
      { act: 'refileProcedure', procedure: true },
      { act: 'meetGate', procedure: false },
      { act: 'recordPayment', procedure: true },
      { act: 'meetDuty', procedure: true },
    ],
  },
  {
    name: { vi: 'Luồng xanh và thông tin của dự án', en: 'Green lane and facts of the project' },
    acts: [
      { act: 'proposeLane', procedure: false },
      { act: 'giveEvidence', procedure: false },
      { act: 'proposeFacts', procedure: false },
      { act: 'answerLaneHearing', procedure: false },
    ],
  },
  {
    name: { vi: 'Trao đổi và tiến trình', en: 'Exchange and progress' },
    acts: [
      { act: 'askQuestion', procedure: true },
      { act: 'answerResultHearing', procedure: true },
      { act: 'deferProcedure', procedure: true },
      { act: 'resumeProcedure', procedure: true },
      { act: 'surveyCase', procedure: true },
      { act: 'withdrawCase', procedure: false },
    ],
  },
  {
    name: { vi: 'Thử nghiệm có kiểm soát', en: 'Sandbox trials' },
    acts: [
      { act: 'recordPermit', procedure: false },
      { act: 'registerKey', procedure: false },
      { act: 'fileTrialReport', procedure: false },
      { act: 'reportIncident', procedure: false },
      { act: 'requestTrialChange', procedure: false },
      { act: 'fileFinalReport', procedure: false },
      { act: 'endTrial', procedure: false },
    ],
  },
];

/** Which acts a power of attorney gives, in which procedures; null: in every one and in the case as a whole. */
export type PowerScope = { readonly acts: readonly string[]; readonly procedures: readonly string[] | null };

/** Whether a power reaches the act in one procedure, in the case as a whole (null), or wherever it reaches (`any`). One limited to some procedures covers no act in the case as a whole. */
export const powerCovers = ({ acts, procedures }: PowerScope, act: string, procedure: string | null): boolean =>
  acts.includes(act) &&
  (procedure === 'any' || procedures === null || (procedure !== null && procedures.includes(procedure)));
