import type { Looked } from '../parts/looked.js';
import { type AnswerType, answerOf, isRead, valueAt, withValue } from '../investor/filing-values.js';

export interface DryQuestion {
  readonly path: string;
  readonly type: AnswerType;
  /** Asked only where this answer was given; what is not asked is not known. */
  readonly when?: readonly [path: string, answer: string];
}

/** What rules of the lane and of pathways look at, in the order in which people know it. */
export const dryQuestions: readonly DryQuestion[] = [
  { path: 'project.site.zone', type: 'choice' },
  { path: 'project.site.land', type: 'choice' },
  { path: 'project.construction', type: 'yes-no' },
  { path: 'project.feasibilityGroup', type: 'choice', when: ['project.construction', 'yes'] },
  { path: 'project.environmentalGroup', type: 'choice' },
  { path: 'project.highTechListed', type: 'yes-no' },
  { path: 'project.internationallyLinked', type: 'yes-no' },
  { path: 'project.keyProjectListed', type: 'yes-no' },
  { path: 'project.strategicInvestor', type: 'yes-no' },
  { path: 'project.restrictedTechnology', type: 'yes-no' },
  { path: 'project.capital.foreignShare', type: 'share' },
  { path: 'investor.country', type: 'country' },
  { path: 'investor.registrationNumber', type: 'text' },
  { path: 'project.importsEquipment', type: 'yes-no' },
  { path: 'project.foreignExperts', type: 'whole' },
];

type Tree = Readonly<Record<string, unknown>>;

/** What the form of a filing wants and no rule looks at: nothing of a dry run is kept. */
const unasked: Tree = {
  kind: 'green-lane',
  documents: [],
  project: {
    name: { vi: '–', en: '–' },
    field: 'other-high-technology',
    summary: { vi: '–', en: '–' },
    site: { lot: null, areaM2: 1 },
    capital: { totalVnd: '1', totalUsd: null },
    termYears: 1,
    staffAfterThreeYears: null,
  },
  investor: { name: '–', language: 'vi' },
};

/** Where somebody stands in the dry run: at a question, or at the verdict. */
export interface DryRun {
  /** As they were typed, by path. */
  readonly answers: Readonly<Record<string, string>>;
  readonly at: number | 'verdict';
  /** The question at which one stands needs an answer, and has none. */
  readonly missing: boolean;
  /** The question that was answered just now, where one goes on from it: the next page says how that was read. */
  readonly answered?: number;
  /** Day of filing that is tried, as typed; '' = today. */
  readonly day: string;
  /** What was said last, as the page wrote it down for itself: see `seenOf`. */
  readonly seen: string;
}

type Form = Readonly<Record<string, unknown>>;
const typed = (form: Form, name: string): string => {
  const value = form[name];
  return typeof value === 'string' ? value.trim().slice(0, 300) : '';
};

const isAsked = ({ when }: DryQuestion, answers: DryRun['answers']): boolean =>
  when === undefined || answers[when[0]] === when[1];

/** The questions as far as they are asked, each with its place among all. */
export const askedIn = (answers: DryRun['answers']): readonly number[] =>
  dryQuestions.flatMap((question, index) => (isAsked(question, answers) ? [index] : []));

/** What the form that was sent says, and where it leads. `needed`: paths that want an answer. */
export function readDryRun(form: Form, needed: ReadonlySet<string>): DryRun {
  const answers = Object.fromEntries(dryQuestions.map(({ path }) => [path, typed(form, path)]));
  const day = typed(form, 'day');
  const seen = typeof form['seen'] === 'string' ? form['seen'].slice(0, longestSeen) : '';
  const always = { answers, day, seen };
  const came = typed(form, 'step');
  const step = /^\d{1,2}$/.test(came) ? Number(came) : -1;
  const go = typed(form, 'go');
  const asked = askedIn(answers);
  if (go === 'verdict') {
    const open = asked.find(
      (index) => isMissing(dryQuestions[index], answers, needed) || isUnread(dryQuestions[index], answers),
    );
    const missing = open !== undefined && isMissing(dryQuestions[open], answers, needed);
    return { ...always, at: open ?? 'verdict', missing };
  }
  if (/^\d{1,2}$/.test(go)) return { ...always, at: asked.includes(Number(go)) ? Number(go) : 0, missing: false };
  if (dryQuestions[step] === undefined) return { ...always, at: asked[0] ?? 0, missing: false };
  if (go === 'back') return { ...always, at: asked.findLast((index) => index < step) ?? step, missing: false };
  if (isMissing(dryQuestions[step], answers, needed)) return { ...always, at: step, missing: true };
  // What cannot be read is said beside the question, and asked again.
  if (isUnread(dryQuestions[step], answers)) return { ...always, at: step, missing: false };
  return { ...always, at: asked.find((index) => index > step) ?? 'verdict', missing: false, answered: step };
}

const isMissing = (
  question: DryQuestion | undefined,
  answers: DryRun['answers'],
  needed: ReadonlySet<string>,
): boolean => question !== undefined && needed.has(question.path) && (answers[question.path] ?? '') === '';

const isUnread = (question: DryQuestion | undefined, answers: DryRun['answers']): boolean =>
  question !== undefined && !isRead(question.type, answers[question.path] ?? '', question.path);

/** The filing that the dry run asks the API about. */
export function filingOf({ answers }: Pick<DryRun, 'answers'>): Tree {
  return dryQuestions.reduce<Tree>((filing, question) => {
    const value = isAsked(question, answers)
      ? answerOf(question.type, answers[question.path] ?? '', question.path)
      : null;
    return withValue(filing, question.path, value);
  }, unasked);
}

/** The answer of a question as the filing has it. */
export const answerIn = (run: Pick<DryRun, 'answers'>, path: string): unknown => valueAt(filingOf(run), path);

const longestSeen = 20_000;

/** What was said of these answers on this day of filing, in this language: carried along, so that the next verdict can be held against it. */
export const seenOf = (run: DryRun, language: string, looked: Looked): string =>
  JSON.stringify({ of: matterOf(run, language), looked });

/** What was said before of the same answers, day and language; undefined: nothing, or of others. */
export function lookedBefore(run: DryRun, language: string): Looked | undefined {
  try {
    const { of, looked } = JSON.parse(run.seen) as { readonly of?: string; readonly looked?: Looked };
    return of === matterOf(run, language) && Array.isArray(looked?.told) && looked.told.every(isTold)
      ? looked
      : undefined;
  } catch {
    return undefined;
  }
}
const isTold = (one: unknown): boolean => Array.isArray(one) && one.every((part) => typeof part === 'string');
const matterOf = (run: DryRun, language: string): string => [language, run.day, carriedOf(run)].join(' ');

/** Where a browser carries the answers of a dry run to the form of a filing; only the pages below this path are told, and for two hours. */
export const dryRunCookie = { name: 'dry-run', path: '/projects', maxAge: 7_200_000 } as const;

/** What is carried: every answer that was given, as it was typed. */
export const carriedOf = ({ answers }: Pick<DryRun, 'answers'>): string =>
  JSON.stringify(Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== '')));

/** The beginning of a filing that was carried; undefined where nothing was, or nothing that a dry run asks. */
export function filingCarried(carried: string | undefined): Tree | undefined {
  let answers: unknown;
  try {
    answers = JSON.parse(carried ?? '');
  } catch {
    return undefined;
  }
  if (typeof answers !== 'object' || answers === null) return undefined;
  const given = dryQuestions.flatMap(({ path, type }) => {
    const value = (answers as Form)[path];
    const answer = typeof value === 'string' ? answerOf(type, value, path) : null;
    return answer === null ? [] : [[path, answer] as const];
  });
  if (given.length === 0) return undefined;
  return given.reduce<Tree>((filing, [path, value]) => withValue(filing, path, value), {
    kind: 'green-lane',
    documents: [],
  });
}
