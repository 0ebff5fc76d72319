import type { Condition, Position, SaidCondition } from '../consultation/words.js';
import type { ConflictIssue } from './words.js';
import { refuse } from '../../errors.js';
import type { ConditionSubject } from '../../schemas/settings.js';

/** What the rules need of a subject. */
type Subject = Pick<ConditionSubject, 'code' | 'value' | 'choices'>;

/** An opinion as far as it can conflict with another: only one that was given and counts has a position. */
export interface WeighedOpinion {
  readonly agency: string;
  readonly status: 'asked' | 'given' | 'lapsed' | 'escalated' | 'decided';
  readonly position: Position | null;
  readonly conditions: readonly SaidCondition[];
}

/** Free text: kept and shown, never compared. */
export const otherSubject = 'other';

const decimalShape = /^(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?$/;

/** In millionths, so that nothing is lost to binary fractions. */
function millionths(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(6, '0'));
}

/** What is wrong with a condition on this subject; null = it fits. */
function misfitOf({ direction, value }: Condition, subject: Subject): Readonly<Record<string, unknown>> | null {
  switch (subject.value) {
    case 'none':
      return direction !== 'limits' && value === undefined
        ? null
        : { directions: ['requires', 'forbids'], value: null };
    case 'number':
      // Forbidden altogether needs no number.
      if (direction === 'forbids') return value === undefined ? null : { direction, value: null };
      return value !== undefined && decimalShape.test(value) ? null : { direction, value: 'decimal' };
    case 'choice': {
      const choices = subject.choices.map(({ code }) => code);
      const known = value !== undefined && choices.includes(value);
      return direction !== 'limits' && known ? null : { directions: ['requires', 'forbids'], choices };
    }
  }
}

/** True where no state of the world meets all these conditions on one subject, each of which fits it. */
function contradict(subject: Subject, conditions: readonly Condition[]): boolean {
  const values = (direction: Condition['direction']) =>
    conditions.filter((one) => one.direction === direction).map((one) => one.value ?? '0');
  const [required, forbidden] = [values('requires'), values('forbids')];
  switch (subject.value) {
    case 'none':
      return required.length > 0 && forbidden.length > 0;
    case 'number': {
      // Forbidding is a limit of nothing.
      const ceilings = [...values('limits'), ...forbidden].map(millionths);
      return required.some((floor) => ceilings.some((ceiling) => millionths(floor) > ceiling));
    }
    case 'choice':
      return (
        new Set(required).size > 1 ||
        required.some((choice) => forbidden.includes(choice)) ||
        subject.choices.every(({ code }) => forbidden.includes(code))
      );
  }
}

interface Answer {
  readonly position: Position;
  readonly conditions: readonly Condition[];
}

/**
 * The conditions of an answer as they are kept. Refuses `UNKNOWN_VALUE` (subject or choice), `VALIDATION_FAILED` (value or direction does not fit; conditions
 * beside another position) and `CONDITIONS_CONTRADICT`. What another body's system says in words of its own is kept as free text.
 */
export function conditionsOf(
  { position, conditions }: Answer,
  subjects: readonly Subject[],
  from: 'person' | 'system',
): readonly Condition[] {
  if (conditions.length > 0 && position !== 'agree-with-conditions') {
    refuse('VALIDATION_FAILED', { field: 'conditions', position });
  }
  const kept = conditions.map((one) => (from === 'person' ? checked(one, subjects) : understood(one, subjects)));
  for (const subject of subjects) {
    const own = kept.filter((one) => one.subject === subject.code);
    if (contradict(subject, own)) refuse('CONDITIONS_CONTRADICT', { subject: subject.code });
  }
  return kept;
}

function checked(condition: Condition, subjects: readonly Subject[]): Condition {
  const { subject: code, value } = condition;
  if (code === otherSubject) {
    return value?.trim()
      ? condition
      : refuse('VALIDATION_FAILED', { field: 'conditions', subject: code, value: 'text' });
  }
  const subject = subjects.find((one) => one.code === code);
  if (!subject) return refuse('UNKNOWN_VALUE', { field: 'conditions', subject: code });
  const misfit = misfitOf(condition, subject);
  if (!misfit) return condition;
  const choiceUnknown = subject.value === 'choice' && condition.direction !== 'limits' && value !== undefined;
  return refuse(choiceUnknown ? 'UNKNOWN_VALUE' : 'VALIDATION_FAILED', {
    field: 'conditions',
    subject: code,
    ...misfit,
  });
}

function understood(condition: Condition, subjects: readonly Subject[]): Condition {
  const subject = subjects.find(({ code }) => code === condition.subject);
  if (subject && !misfitOf(condition, subject)) return condition;
  const { subject: code, direction, value } = condition;
  const words = code === otherSubject ? [value] : [code, value];
  return { subject: otherSubject, direction, value: words.filter((one) => one !== undefined).join(': ') || code };
}

interface ComparedOpinion extends WeighedOpinion {
  readonly conditions: readonly Condition[];
}

const positioned = (opinions: Iterable<WeighedOpinion>): ComparedOpinion[] =>
  [...opinions]
    .filter(({ status }) => status === 'given')
    .sort((a, b) => (a.agency < b.agency ? -1 : 1))
    .map((one) => ({ ...one, conditions: one.conditions.map(comparable) }));

/** Without the words of somebody: they are never compared. */
const comparable = ({ value, ...condition }: SaidCondition): Condition =>
  typeof value === 'string' ? { ...condition, value } : condition;

/**
 * Whether opinions could conflict at all, known without the list of subjects: one objects, or two speak of the same subject. `conflictsOf` finds
 * nothing where this says no.
 */
export function mayConflict(opinions: Iterable<WeighedOpinion>): boolean {
  const spoken = new Set<string>();
  for (const { position, conditions } of positioned(opinions)) {
    if (position === 'object') return true;
    const subjects = new Set(conditions.map(({ subject }) => subject).filter((one) => one !== otherSubject));
    for (const subject of subjects) {
      if (spoken.has(subject)) return true;
      spoken.add(subject);
    }
  }
  return false;
}

/**
 * What of the opinions cannot be followed together: each objection, and each subject on which two agencies (or, where only together they leave no choice, more)
 * contradict each other. Silence has no position, and `needs-supplement` is for the lead to act on, not for a conference. Independent of order; ids are stable.
 */
export function conflictsOf(opinions: Iterable<WeighedOpinion>, subjects: readonly Subject[]): ConflictIssue[] {
  const given = positioned(opinions);
  const objections = given.filter(({ position }) => position === 'object').map(({ agency }) => objection(agency));
  const contradictions = [...subjects]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .flatMap((subject) => contradictionsOn(subject, given));
  return [...objections, ...contradictions];
}

const objection = (agency: string): ConflictIssue => ({
  id: `objection/${agency}`,
  kind: 'objection',
  agencies: [agency],
  subject: null,
});

function contradictionsOn(subject: Subject, given: readonly ComparedOpinion[]): ConflictIssue[] {
  const speakers = given
    .map(({ agency, conditions }) => ({
      agency,
      // Conditions of before the list of subjects may not fit it: they are free text.
      conditions: conditions.filter((one) => one.subject === subject.code && !misfitOf(one, subject)),
    }))
    .filter(({ conditions }) => conditions.length > 0);
  const issue = (...agencies: string[]): ConflictIssue => ({
    id: `conditions/${subject.code}/${agencies.join('/')}`,
    kind: 'contradiction',
    agencies,
    subject: subject.code,
  });
  const pairs = speakers.flatMap((one, i) =>
    speakers
      .slice(i + 1)
      .filter((other) => contradict(subject, [...one.conditions, ...other.conditions]))
      .map((other) => issue(one.agency, other.agency)),
  );
  if (pairs.length > 0 || speakers.length < 3) return pairs;
  const every = speakers.flatMap(({ conditions }) => conditions);
  return contradict(subject, every) ? [issue(...speakers.map(({ agency }) => agency))] : [];
}
