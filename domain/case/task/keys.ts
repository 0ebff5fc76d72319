import type { TaskKind } from './words.js';
import type { TaskState } from './state.js';

/** What a task of each kind is about, beside its scope. */
interface Abouts {
  /** Which filing of the dossier, from 1. */
  readonly intake: { readonly filing: number };
  /** A step in its n-th round, from 1; `second`: somebody looks at what the first officer did. */
  readonly step: { readonly step: string; readonly round: number; readonly second: boolean };
  readonly opinion: { readonly agency: string };
  /**
   * What a machine could not do: a step in its n-th round, or the declaration of a project (`filing`: anew, with that filing of the dossier); or a word of
   * an agency that came after its word.
   */
  readonly 'by-hand':
    | { readonly of: 'step'; readonly step: string; readonly round: number }
    | { readonly of: 'declaration'; readonly filing: number | null }
    | { readonly of: 'opinion'; readonly agency: string; readonly messageId: string };
  readonly lapse: { readonly requestId: string };
  readonly silence: { readonly agency: string };
  /** `time`: 1 for the question of screening, one more for each proposal of the investor. */
  readonly lane: { readonly time: number };
  readonly revocation: { readonly hearingId: string };
  /** What the engine could not do, and how far its run had heard. */
  readonly stuck: { readonly action: string; readonly seen: number };
  readonly apology: { readonly letterId: string };
  /** `round`: 2 where the City's team settles what its chair did not. */
  readonly conference: { readonly round: 1 | 2 };
  /** Of an agency that disagrees. */
  readonly statement: { readonly agency: string };
  readonly question: { readonly questionId: string };
  readonly fact: { readonly questionId: string };
  /** What a register said of a document when it was asked for the n-th time. */
  readonly extract: { readonly document: string; readonly look: number };
  /** What another system said. */
  readonly outside: { readonly matterId: string };
  readonly 'result-change': { readonly changeId: string };
  readonly fit: object;
  readonly hold: { readonly holdId: string };
  readonly incident: { readonly incidentId: string };
  readonly 'trial-request': { readonly requestId: string };
  readonly completion: object;
  /** The task that nobody of its agency may do; `time`: asked for the n-th time, from 1. */
  readonly signatory: { readonly taskId: string; readonly time: number };
  readonly instruction: { readonly instructionId: string };
}

export type TaskAbout<K extends TaskKind = TaskKind> = { readonly [T in K]: { readonly kind: T } & Abouts[T] }[K];

/** How what a task is about is written after the name of its kind, and read again; `rest` is '' where nothing is written. */
interface Grammar<A> {
  write(about: A): string;
  read(rest: string): A | undefined;
}

/** One identifier, whatever it is made of. */
const identifier = <F extends string>(field: F): Grammar<Readonly<Record<F, string>>> => ({
  write: (about) => about[field],
  read: (rest) => (rest === '' ? undefined : ({ [field]: rest } as Record<F, string>)),
});

const nothing: Grammar<object> = { write: () => '', read: (rest) => (rest === '' ? {} : undefined) };

/** A counting number as it is written: no sign, no leading zero. */
const numberOf = (text: string): number | undefined => (/^[1-9]\d*$/.test(text) ? Number(text) : undefined);

/** A name and how often it has come round: the first time is not told. */
const withTime = (name: string, time: number): string => (time === 1 ? name : `${name}#${time}`);
function timeOf(text: string): { readonly name: string; readonly time: number } | undefined {
  const at = text.lastIndexOf('#');
  const time = at < 0 ? 1 : numberOf(text.slice(at + 1));
  const name = at < 0 ? text : text.slice(0, at);
  return name === '' || time === undefined || (at >= 0 && time === 1) ? undefined : { name, time };
}

/** A step in its n-th round: what is done or asked anew is not taken for what was before. */
export const roundOfStep = (step: string, round: number): string => withTime(step, round);

/** The declaration of a project on the national investment system; declared anew with that filing where the first one has lapsed. */
export const declarationOf = (filing: number | null): string =>
  filing === null ? declaration : `${declaration}#${filing}`;

const second = '/second';
const opinion = 'opinion/';
const declaration = 'online-declaration';

function writeByHand(about: Abouts['by-hand']): string {
  switch (about.of) {
    case 'step':
      return roundOfStep(about.step, about.round);
    case 'declaration':
      return declarationOf(about.filing);
    case 'opinion':
      return `${opinion}${about.agency}/${about.messageId}`;
  }
}

function readByHand(rest: string): Abouts['by-hand'] | undefined {
  if (rest.startsWith(opinion)) {
    const [, agency, messageId] = /^opinion\/([^/]+)\/(.+)$/s.exec(rest) ?? [];
    return agency === undefined || messageId === undefined ? undefined : { of: 'opinion', agency, messageId };
  }
  if (rest === declaration) return { of: 'declaration', filing: null };
  if (rest.startsWith(`${declaration}#`)) {
    const filing = numberOf(rest.slice(declaration.length + 1));
    return filing === undefined ? undefined : { of: 'declaration', filing };
  }
  const found = timeOf(rest);
  return found && { of: 'step', step: found.name, round: found.time };
}

const grammar: { readonly [K in TaskKind]: Grammar<Abouts[K]> } = {
  intake: {
    write: ({ filing }) => String(filing),
    read: (rest) => {
      const filing = numberOf(rest);
      return filing === undefined ? undefined : { filing };
    },
  },
  step: {
    write: (about) => `${roundOfStep(about.step, about.round)}${about.second ? second : ''}`,
    read: (rest) => {
      const isSecond = rest.endsWith(second);
      const found = timeOf(isSecond ? rest.slice(0, -second.length) : rest);
      return found && { step: found.name, round: found.time, second: isSecond };
    },
  },
  opinion: identifier('agency'),
  'by-hand': { write: writeByHand, read: readByHand },
  lapse: identifier('requestId'),
  silence: identifier('agency'),
  lane: {
    write: ({ time }) => (time === 1 ? '' : String(time)),
    read: (rest) => {
      const time = rest === '' ? 1 : numberOf(rest);
      return time === undefined || rest === '1' ? undefined : { time };
    },
  },
  revocation: identifier('hearingId'),
  stuck: {
    write: ({ action, seen }) => `${action}/${seen}`,
    read: (rest) => {
      const [, action, seen] = /^(.+)\/(0|[1-9]\d*)$/s.exec(rest) ?? [];
      return action === undefined || seen === undefined ? undefined : { action, seen: Number(seen) };
    },
  },
  apology: identifier('letterId'),
  conference: {
    write: ({ round }) => (round === 1 ? '' : String(round)),
    read: (rest) => (rest === '' ? { round: 1 } : rest === '2' ? { round: 2 } : undefined),
  },
  statement: identifier('agency'),
  question: identifier('questionId'),
  fact: identifier('questionId'),
  extract: {
    write: ({ document, look }) => withTime(document, look),
    read: (rest) => {
      const found = timeOf(rest);
      return found && { document: found.name, look: found.time };
    },
  },
  outside: identifier('matterId'),
  'result-change': identifier('changeId'),
  fit: nothing,
  hold: identifier('holdId'),
  incident: identifier('incidentId'),
  'trial-request': identifier('requestId'),
  completion: nothing,
  signatory: {
    write: ({ taskId, time }) => withTime(taskId, time),
    read: (rest) => {
      const found = timeOf(rest);
      return found && { taskId: found.name, time: found.time };
    },
  },
  instruction: identifier('instructionId'),
};

/** The key of a task: a name for ever, kept in events and histories. One task of it is not cancelled in its scope. */
export function makeTaskKey(about: TaskAbout): string {
  const { write } = grammar[about.kind] as Grammar<TaskAbout>;
  const rest = write(about);
  return rest === '' ? about.kind : `${about.kind}/${rest}`;
}

/** What a key says its task is about: the inverse of `makeTaskKey`. Undefined for a text that is no key. */
export function parseTaskKey(key: string): TaskAbout | undefined {
  const at = key.indexOf('/');
  const kind = at < 0 ? key : key.slice(0, at);
  if (!isTaskKind(kind)) return undefined;
  const about = grammar[kind].read(at < 0 ? '' : key.slice(at + 1));
  const read = about && ({ kind, ...about } as TaskAbout);
  // Nothing is read that would have been written otherwise.
  return read && makeTaskKey(read) === key ? read : undefined;
}

const isTaskKind = (kind: string): kind is TaskKind => Object.hasOwn(grammar, kind);

/** What a task of this kind is about; undefined where it is of another one. */
export function aboutOf<K extends TaskKind>(
  { kind, key }: Pick<TaskState, 'kind' | 'key'>,
  asked: K,
): TaskAbout<K> | undefined {
  const about = kind === asked ? parseTaskKey(key) : undefined;
  return about?.kind === asked ? (about as TaskAbout<K>) : undefined;
}

/** Whether a second officer looks here at what the first one did. */
export const isSecondTask = (task: Pick<TaskState, 'kind' | 'key'>): boolean => aboutOf(task, 'step')?.second === true;

const clockPrefix = 'task/';
/** How events name the clock of one task. */
export const taskClock = (taskId: string): string => `${clockPrefix}${taskId}`;
/** The task whose clock it is; undefined where it is no task's own. */
export const taskOfClock = (clock: string): string | undefined =>
  clock.startsWith(clockPrefix) ? clock.slice(clockPrefix.length) : undefined;

/** Which of the agencies that were asked a task answers for: another one has the task where that one was merged. */
export const askedIn = (task: Pick<TaskState, 'kind' | 'key' | 'agency'>): string =>
  aboutOf(task, 'opinion')?.agency ?? task.agency;
