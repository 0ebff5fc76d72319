import type { PredicateId } from '../../domain/lane/evidence.js';
import { addWorkingDays, type Calendar } from '../../domain/time/calendar.js';
import type { Completion } from '../../domain/case/task/commands.js';
import { dateOf, type Instant } from '../../domain/time/instants.js';
import type { ApiClient } from './client.js';
import { decideWithContent, editDraft, type Told } from './drafting.js';

/** A task as the worklist shows it: what the script needs of it. */
export interface Task {
  readonly id: string;
  readonly case: string;
  readonly procedure: string | null;
  readonly kind: string;
  readonly step: string | null;
  readonly agency: string;
  readonly role: 'officer' | 'head' | 'receiving-officer';
  readonly status: 'open' | 'claimed' | 'waiting' | 'done' | 'cancelled';
  readonly openedAt: string;
  readonly claimedBy: { readonly id: string } | null;
}

/** What a person does with a task on the day it is ripe. */
export type Act =
  | { readonly do: 'complete'; readonly completion: Completion; readonly says?: string }
  /** What it is completed with, and what is said of it, depends on what the API shows. */
  | {
      readonly do: 'complete';
      readonly with: (task: Task, person: ApiClient, calendar: Calendar, at: Instant) => Promise<Told> | Told;
    }
  | { readonly do: 'nothing' };

interface Line {
  /** `project procedure key`, each a word or `*`. */
  readonly when: string;
  /** Working days the person lets pass first; 0 = the day it comes. */
  readonly after?: number;
  readonly act?: Act;
}

const complete = (outcome: string, rest: Omit<Completion, 'outcome'> = {}): Act => ({
  do: 'complete',
  completion: { outcome, ...rest },
});

/** The head sends the letter with a new date: three working days from now. */
const apologise: Act = {
  do: 'complete',
  with: (_task, _person, calendar, at) => ({
    completion: {
      outcome: 'send',
      newDate: addWorkingDays(calendar, dateOf(at), 3),
      reason: 'Cán bộ thụ lý nghỉ phép · the officer in charge is on leave',
    },
    says: 'gửi thư xin lỗi và hẹn lại (mẫu 04) · the letter of apology with a new appointment',
  }),
};

interface Text {
  readonly vi: string;
  readonly en: string;
}
interface Agenda {
  readonly conferences: readonly {
    readonly statements: readonly {
      readonly agency: string;
      readonly agencyName: Text;
      readonly attendance: string | null;
      readonly statement: string | null;
      readonly dissent: string | null;
    }[];
    readonly issues: readonly {
      readonly id: string;
      readonly subjectName: Text | null;
      readonly options: readonly {
        readonly upholds: string | null;
        readonly agencyName: Text | null;
        readonly position: string | null;
        readonly conditions: readonly {
          readonly direction: 'requires' | 'forbids' | 'limits';
          readonly value: string | null;
          readonly unit: string | null;
        }[];
        readonly legalBasis: string | null;
      }[];
    }[];
  }[];
}
type Option = Agenda['conferences'][number]['issues'][number]['options'][number];

const directions = {
  requires: { sign: '≥', word: 'yêu cầu · required' },
  forbids: { sign: 'không · none', word: 'không · none' },
  limits: { sign: '≤', word: 'giới hạn · limited' },
} as const;

/** What a party states on an issue: its position or its conditions, and the law it names. */
function statement({ agencyName, position, conditions, legalBasis }: Option): string {
  const said = conditions.map(({ direction, value, unit }) =>
    value === null ? directions[direction].word : `${directions[direction].sign} ${value} ${unit ?? ''}`.trim(),
  );
  const law = legalBasis === null ? '' : ` (${legalBasis})`;
  return `${agencyName?.vi ?? ''}: ${said.length > 0 ? said.join(', ') : (position ?? '')}${law}`;
}

/** What those who disagree say for themselves: the fire police come to the room and keep their view whatever is decided, the others attend by link. */
const speak: Act = {
  do: 'complete',
  with: ({ agency }) => {
    const keeps = agency === 'city-police-fire';
    const reason = keeps
      ? 'Một nguồn nước không đủ khi có sự cố · one source of water is not enough in an emergency'
      : 'Giữ nguyên ý kiến và căn cứ đã nêu · the opinion and its basis stand';
    const dissent = 'Cần nguồn nước chữa cháy thứ hai · a second source of fire water is needed';
    return {
      completion: {
        outcome: keeps ? 'in-place' : 'by-link',
        reason,
        ...(keeps && { dissent: [{ agency, reason: dissent }] }),
      },
      says: `phát biểu cho hội nghị, ${keeps ? 'dự trực tiếp · in the room' : 'dự trực tuyến · by link'}: ${reason}`,
    };
  },
};

/** The head who chairs reads the agenda and what was said, and follows the environment department on every issue; who keeps another view said so themselves. */
const settle: Act = {
  do: 'complete',
  with: async (task, person) => {
    const { conferences } = await person.get<Agenda>(`/tasks/${task.id}`);
    const { issues = [], statements = [] } = conferences.at(-1) ?? {};
    const upheld = 'dae';
    const said = statements.map(
      ({ agencyName, attendance, statement: words, dissent }) =>
        `\n      ${agencyName.vi} (${attendance ?? 'không phát biểu · silent'}): ${words ?? '–'}${dissent === null ? '' : `; bảo lưu · dissent: ${dissent}`}`,
    );
    const lines = issues.map(({ subjectName, options }) => {
      const [parties, stands] = [
        options.filter((one) => one.upholds !== null),
        options.find((one) => one.upholds === upheld),
      ];
      const name = subjectName === null ? 'không đồng ý · objection' : `${subjectName.vi} · ${subjectName.en}`;
      return `\n      «${name}»: ${parties.map(statement).join('; ')} → theo · upholds ${stands?.agencyName?.vi ?? upheld}`;
    });
    return {
      completion: {
        outcome: 'decide',
        resolutions: issues.map(({ id }) => ({ issue: id, upholds: upheld })),
        reason: 'Dùng bể chứa thay cho giếng khoan · a tank instead of a well',
      },
      says: `hội nghị giải quyết ý kiến trái nhau · the conference settles what contradicts${lines.join('')}${said.join('')}`,
    };
  },
};

interface Examined {
  readonly predicates: readonly { readonly id: PredicateId; readonly verdict: string; readonly clause: string }[];
  readonly laneEvidence: readonly { readonly id: string; readonly predicate: string; readonly code: string }[];
}

/** The officer looks at each test and accepts what was given for it; where nothing was, it is not met. */
const examine: Act = {
  do: 'complete',
  with: async (task, person) => {
    const { predicates, laneEvidence } = await person.get<Examined>(`/tasks/${task.id}`);
    const found = predicates.map((one) => ({
      ...one,
      given: laneEvidence.find(({ predicate }) => predicate === one.id),
    }));
    const findings = found.map(({ id: predicate, given }) =>
      given
        ? { predicate, verdict: 'yes' as const, basis: given.id, reason: 'Giấy tờ hợp lệ · the paper shows it' }
        : { predicate, verdict: 'no' as const, basis: null, reason: 'Chưa có chứng cứ · nothing was shown' },
    );
    const green = findings.every(({ verdict }) => verdict === 'yes');
    const lines = found.map(
      ({ id, verdict, given, clause }) =>
        `\n      «${id}» tự khai · on their own word: ${verdict} → ${given ? `yes (${given.id} ${given.code})` : 'no'}, ${clause}`,
    );
    return {
      completion: {
        outcome: green ? 'green' : 'standard',
        reason: 'Theo chứng cứ đã nộp · by the evidence given',
        findings,
      },
      says: `xem xét chứng cứ và quyết định luồng · examines the evidence and decides the lane${lines.join('')}`,
    };
  },
};

interface Questioned {
  readonly factQuestion: {
    readonly id: string;
    readonly reason: string | null;
    readonly facts: readonly {
      readonly fact: string;
      readonly name: Text;
      readonly proposed: unknown;
      readonly known: unknown;
      readonly values?: readonly { readonly code: string; readonly name: Text }[] | null;
    }[];
  } | null;
}

/** What was put right is looked at beside what shows it: the plan of the staff is confirmed, what a register has of the land is not what was handed over. */
const decideFact: Act = {
  do: 'complete',
  with: async (task, person) => {
    const { factQuestion } = await person.get<Questioned>(`/tasks/${task.id}`);
    const [asked] = factQuestion?.facts ?? [];
    if (!factQuestion || !asked) throw new Error(`${task.id} asks for no fact`);
    const word = (value: unknown) => asked.values?.find(({ code }) => code === value)?.name.vi ?? String(value);
    const sides = `${factQuestion.id} «${asked.name.vi} · ${asked.name.en}»: hồ sơ · filed ${word(asked.known)}, nay · now ${word(asked.proposed)} (${factQuestion.reason ?? ''})`;
    return asked.fact === registerSays.fact
      ? {
          completion: { outcome: 'keep', reason: registerSays.answer },
          says: `${sides} → giữ như hồ sơ · stays as filed: ${registerSays.answer}`,
        }
      : {
          completion: {
            outcome: 'confirm',
            legalBasis: 'Kế hoạch nhân sự đã nộp · the staff plan that was given',
            reason: 'Khớp với giấy tờ · the paper shows it',
          },
          says: `${sides} → xác nhận · confirmed`,
        };
  },
};

/** What the land register has of CMC's lot, other than the filing, and what whoever owns the lane found. */
export const registerSays = {
  fact: 'project.site.land',
  value: 'state-land',
  reason: 'Cơ sở dữ liệu đất đai ghi khác hồ sơ · the land register has it otherwise than the filing',
  answer:
    'Biên bản bàn giao mặt bằng có sau lần cập nhật của cơ sở dữ liệu · the site was handed over after the register’s last update',
} as const;

/** The officer edits what the system drafted. */
const appraise: Act = { do: 'complete', with: (task, person) => editDraft(task.id, person) };

/** The head says what is granted, and why. */
const decide: Act = { do: 'complete', with: (task, person) => decideWithContent(task.id, person) };

/**
 * Who does what, and how long they take. The first line that fits counts. One silent agency, one supplement, one conditional agreement; everybody else does
 * what the step asks for.
 */
const lines: readonly Line[] = [
  { when: 'besi irc-ordinary opinion/dost', act: { do: 'nothing' } },
  { when: 'besi irc-ordinary step/assessment', after: 0, act: appraise },
  { when: 'besi irc-ordinary step/decision', after: 1, act: decide },
  { when: 'besi enterprise-registration step/*', after: 1 },
  { when: 'cmc irc-special step/planning-land-assessment', after: 6 },
  { when: 'cmc irc-special step/commitment-assessment', after: 7, act: appraise },
  { when: 'cmc irc-special step/decision', after: 2, act: decide },
  {
    when: 'cmc environmental-permit opinion/shtp-board',
    after: 3,
    act: complete('agree-with-conditions', {
      conditions: [{ subject: 'waste-water', direction: 'limits', value: '400' }],
      legalBasis: 'Law 72/2020/QH14',
    }),
  },
  { when: 'cmc environmental-permit step/appraisal', after: 9 },
  { when: 'cmc environmental-permit step/decision', after: 2 },
  { when: 'cmc land-lease opinion/*', after: 3 },
  { when: 'cmc land-lease step/*', after: 3 },
  { when: 'besi-2 irc-adjustment step/assessment', after: 6 },
  { when: 'besi-2 irc-adjustment apology', after: 0, act: apologise },
  { when: 'besi-2 irc-adjustment step/decision', after: 1 },
  { when: 'besi-2 feasibility-appraisal-b conference', after: 1, act: settle },
  { when: 'besi-2 feasibility-appraisal-b step/appraisal', after: 4 },
  { when: '* * statement', after: 0, act: speak },
  // After a restore: what the other system was told is not in this register any more.
  {
    when: '* * outside',
    after: 0,
    act: complete('not-ours', { reason: 'Báo lại trạng thái của hồ sơ · our state is told again' }),
  },
  { when: '* * lane', after: 2, act: examine },
  { when: '* * fact', after: 1, act: decideFact },
  { when: '* * intake', after: 0 },
];

const fits = (pattern: string, word: string) =>
  pattern === '*' || pattern === word || (pattern.endsWith('/*') && word.startsWith(pattern.slice(0, -1)));

/** The task in one word: `step/assessment`, `opinion/dost`, `intake`. */
const keyOf = ({ kind, step, agency }: Task): string =>
  step !== null ? `${kind}/${step}` : kind === 'opinion' ? `opinion/${agency}` : kind;

/** What the script has this task's holder do, and after how many working days. */
export function scripted(project: string, task: Task): { after: number; act: Act } {
  const words = [project, task.procedure ?? '-', keyOf(task)];
  const line = lines.find(({ when }) => when.split(' ').every((pattern, i) => fits(pattern, words[i] ?? '')));
  return { after: line?.after ?? 1, act: line?.act ?? usual(task) };
}

/** The supplement of the story: the officer who assesses BESI asks once for more. */
export const supplementAsked = {
  items: ['financial-capacity'],
  reason: 'Báo cáo tài chính hai năm gần nhất · financial statements of the last two years',
};

function usual(task: Task): Act {
  switch (task.kind) {
    case 'intake':
      return complete('receive');
    case 'opinion':
      return complete('agree');
    case 'step':
      return complete(task.role === 'head' ? 'approve' : 'done');
    case 'by-hand':
      return complete('done', { reference: 'BY-HAND-1' });
    case 'silence':
      return complete('proceed-without', { reason: 'no answer in time' });
    case 'lapse':
      return complete('continue', { reason: 'the investor is answering' });
    case 'apology':
      return complete('not-needed', { reason: 'the result comes in time' });
    default:
      return complete('done');
  }
}
