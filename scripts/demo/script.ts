import type { Completion } from '../../domain/case/commands.js';

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
}

/** What a person does with a task on the day it is ripe. */
export type Act = { readonly do: 'complete'; readonly completion: Completion } | { readonly do: 'nothing' };

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

/**
 * Who does what, and how long they take. The first line that fits counts. One silent agency, one supplement, one conditional agreement; everybody else does
 * what the step asks for.
 */
const lines: readonly Line[] = [
  { when: 'besi irc-ordinary opinion/dost', act: { do: 'nothing' } },
  { when: 'besi irc-ordinary step/assessment', after: 0 },
  { when: 'besi irc-ordinary step/decision', after: 1 },
  { when: 'besi enterprise-registration step/*', after: 1 },
  { when: 'cmc irc-special step/planning-land-assessment', after: 6 },
  { when: 'cmc irc-special step/commitment-assessment', after: 7 },
  { when: 'cmc irc-special step/decision', after: 2 },
  {
    when: 'cmc environmental-permit opinion/shtp-board',
    after: 3,
    act: complete('agree-with-conditions', {
      conditions: [{ subject: 'waste-water', direction: 'limits', value: '<= 400 m3/day to the park treatment plant' }],
      legalBasis: 'Law 72/2020/QH14',
    }),
  },
  { when: 'cmc environmental-permit step/appraisal', after: 9 },
  { when: 'cmc environmental-permit step/decision', after: 2 },
  { when: 'cmc land-lease opinion/*', after: 3 },
  { when: 'cmc land-lease step/*', after: 3 },
  { when: '* * lane', after: 2, act: complete('green', { reason: 'on the list of key projects in preparation' }) },
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
    default:
      return complete('done');
  }
}
