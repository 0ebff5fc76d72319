import type { Condition, Position } from '../../domain/case/consultation/words.js';
import type { Completion } from '../../domain/case/task/commands.js';
import type { TaskState } from '../../domain/case/task/state.js';
import { dateOf, type PlainDate } from '../../domain/time/instants.js';
import { chance, type Draw, oneOf } from './drawing.js';
import { findingsFor } from './lane.js';
import { foundOut, named, resolved, type Scene } from './scene.js';

const positions: readonly Position[] = ['agree', 'agree', 'agree-with-conditions', 'needs-supplement', 'object'];

export function answerOf(
  scene: Scene,
): Pick<Completion, 'conditions' | 'legalBasis'> & { readonly position: Position } {
  const position = oneOf(scene.draw, positions) ?? 'agree';
  const legalBasis = 'Luật Đầu tư, Điều 1';
  return position === 'agree-with-conditions'
    ? { position, conditions: someConditions(scene), legalBasis }
    : { position, legalBasis };
}

/** Few subjects, far apart values: two agencies often say what cannot both be. */
function someConditions({ law, draw }: Scene): Condition[] {
  const subjects = law.settings.conditionSubjects;
  const one = (): Condition => {
    const subject = chance(draw, 90) ? subjects[draw(Math.min(3, subjects.length)) * 4] : undefined;
    if (!subject) return { subject: 'other', direction: 'requires', value: 'a plan of the site' };
    const choice = oneOf(draw, subject.choices)?.code;
    if (subject.value === 'choice' && choice !== undefined)
      return { subject: subject.code, direction: chance(draw, 50) ? 'requires' : 'forbids', value: choice };
    if (subject.value === 'none')
      return { subject: subject.code, direction: chance(draw, 50) ? 'requires' : 'forbids' };
    const direction = oneOf(draw, ['requires', 'limits', 'forbids'] as const) ?? 'limits';
    if (direction === 'forbids') return { subject: subject.code, direction };
    return { subject: subject.code, direction, value: String(1 + draw(50)) };
  };
  return Array.from({ length: 1 + draw(2) }, one);
}

export function completionFor(scene: Scene, task: TaskState): Completion {
  const { draw } = scene;
  const said = { reason: chance(draw, 97) ? 'as the file shows' : ' ', reference: `R-${draw(999)}` };
  const outcome = oneOf(draw, outcomes[task.kind] ?? []) ?? 'done';
  switch (task.kind) {
    case 'intake':
      return { ...said, outcome, items: ['charter'] };
    case 'step':
      return { ...said, outcome: task.role === 'head' ? (chance(draw, 85) ? 'approve' : 'refuse') : 'done' };
    case 'opinion': {
      const { position, ...answer } = answerOf(scene);
      return { ...said, outcome: position, ...answer };
    }
    case 'signatory':
      return { ...said, outcome: 'name', ...named(task.agency) };
    case 'apology':
      return { ...said, outcome, newDate: workingDate(scene, 1 + draw(12)) };
    case 'conference':
      return { ...said, outcome, ...resolved(scene, task) };
    case 'lane':
      return { ...said, outcome, findings: findingsFor(scene.state, chance(draw, 90) ? outcome : 'green') };
    case 'fact':
      return { ...said, outcome, ...foundOut(scene.state, task) };
    case 'incident':
      return { ...said, outcome, legalBasis: 'Luật 93/2025/QH15', finding: finding(draw) };
    default:
      return { ...said, outcome };
  }
}

export function finding(draw: Draw): NonNullable<Completion['finding']> {
  const damage = oneOf(draw, ['none', 'own', 'state', 'third-party'] as const) ?? 'none';
  const cause = oneOf(draw, ['objective', 'subjective', 'undetermined'] as const) ?? 'undetermined';
  return { damage, cause, exempt: chance(draw, 30) };
}

const outcomes: Readonly<Partial<Record<TaskState['kind'], readonly string[]>>> = {
  intake: ['receive', 'receive', 'receive', 'receive', 'complete', 'refuse'],
  lapse: ['continue', 'continue', 'stop', 'refuse'],
  silence: ['treat-as-agreed', 'proceed-without'],
  lane: ['green', 'standard'],
  revocation: ['keep', 'revoke'],
  apology: ['send', 'send', 'not-needed'],
  conference: ['decide', 'refer'],
  statement: ['by-link', 'in-place', 'in-writing'],
  question: ['answer'],
  fact: ['confirm', 'confirm', 'confirm', 'keep'],
  instruction: ['answer'],
  fit: ['fits', 'fits', 'fits', 'does-not-fit'],
  hold: ['confirm', 'lift'],
  incident: ['examined'],
  'trial-request': ['grant', 'grant', 'refuse'],
  completion: ['completed', 'completed', 'failed'],
};

export function workingDate({ law, now }: Scene, days: number): PlainDate {
  const today = dateOf(now);
  const ahead = law.calendar('vn-state').workingDates.filter((date) => date > today);
  return ahead[days] ?? today;
}
