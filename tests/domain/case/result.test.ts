import { describe, expect, it } from 'vitest';
import { lookOf } from '../../../domain/case/result/look.js';
import { canonicalContent, contentOf, proposedContent, readContent } from '../../../domain/case/result/rules.js';
import type { GivenResult } from '../../../domain/case/result/words.js';
import { exampleProjects } from '../../../seeds/index.js';
import { refusalOf } from '../../support/memory-register.js';
import { OneProcedure } from '../../support/one-procedure.js';

/** Everything is done but the signature. */
function toDecision(one: OneProcedure): OneProcedure {
  for (let before = -1; before !== one.register.state.seq;) {
    before = one.register.state.seq;
    one.work().answer();
    for (const task of one.openTasks())
      if (task.kind === 'step' && task.role === 'officer') one.complete(task.key, { outcome: 'done' });
  }
  return one;
}
/** BESI's certificate, waiting for its signature. */
const undecided = () => toDecision(new OneProcedure('irc-ordinary', '2026-07-06 09:05').file().receive());
const definitionOf = (one: OneProcedure) => {
  const { content } = one.resolved;
  if (!content) throw new Error('the certificate says nothing');
  return content;
};
const proposed = (one: OneProcedure): GivenResult =>
  proposedContent(definitionOf(one), one.register.state, one.state, exampleProjects.besi);

describe('what a decision says', () => {
  it('is proposed as the filing and the facts say it, and nothing else is', () => {
    const { fields } = proposed(undecided());
    const { project } = exampleProjects.besi;
    expect(fields).toMatchObject({
      projectName: project.name.vi,
      capital: project.capital.totalVnd,
      termYears: String(project.termYears),
      landArea: String(project.site.areaM2),
    });
    expect(fields).not.toHaveProperty('incentives');
  });

  it('is kept as canonical text beside the event, which holds its salted hash alone', () => {
    const one = undecided();
    const given = proposed(one);
    const reasons = [{ text: 'Hồ sơ hợp lệ', legalBasis: 'Nghị định 96/2026/NĐ-CP, Điều 39' }];
    one.complete('step/decision', {
      outcome: 'approve',
      content: { ...given, fields: { ...given.fields, incentives: 'Miễn thuế 4 năm' }, reasons },
    });
    const [made] = one.events('decisionMade');
    const ref = made?.payload.content;
    expect(ref && Object.keys(ref)).toEqual(['id', 'hash']);
    expect(JSON.stringify(one.register.events)).not.toContain('Miễn thuế');
    const text = one.register.texts.get(ref?.id ?? '') ?? '';
    const kept = readContent(text);
    expect(canonicalContent(kept)).toBe(text);
    expect(kept.fields).toContainEqual({ code: 'incentives', value: 'Miễn thuế 4 năm' });
    expect(kept.reasons).toEqual(reasons);
    expect(one.state.decision?.content).toEqual(ref);
  });

  it('is refused where something required is missing, naming all of it', () => {
    const one = undecided();
    const { capital: _capital, objectives: _objectives, ...fields } = proposed(one).fields;
    expect(() => contentOf(definitionOf(one), 'approved', { fields, reasons: [] })).toThrow(
      expect.objectContaining({ code: 'RESULT_INCOMPLETE', details: { missing: ['objectives', 'capital'] } }) as Error,
    );
    // A refusal grants nothing.
    expect(contentOf(definitionOf(one), 'refused', { fields, reasons: [] }).fields).toEqual([]);
  });

  it('is refused with a field nobody asked for, and with a value of another kind', () => {
    const one = undecided();
    const { fields } = proposed(one);
    const code = (more: Record<string, string>) =>
      refusalOf(() => contentOf(definitionOf(one), 'approved', { fields: { ...fields, ...more }, reasons: [] }));
    expect(code({ colour: 'xanh' })).toBe('UNKNOWN_VALUE');
    expect(code({ capital: 'nhiều' })).toBe('VALIDATION_FAILED');
    expect(code({ capital: '-5' })).toBe('VALIDATION_FAILED');
    expect(
      contentOf(definitionOf(one), 'approved', { fields: { ...fields, termYears: '50' }, reasons: [] }),
    ).toBeDefined();
  });

  it('is refused where the file has changed between look and decision', () => {
    const one = new OneProcedure('irc-ordinary', '2026-07-06 09:05').file().receive();
    const looked = proposed(one);
    toDecision(one);
    const complete = (content: GivenResult) => one.complete('step/decision', { outcome: 'approve', content });
    expect(refusalOf(() => complete(looked))).toBe('CONTENT_CHANGED');
    expect(one.state.decision).toBeNull();
    complete({ ...looked, seen: lookOf(one.register.state, one.state) });
    expect(one.state.decision?.outcome).toBe('approved');
  });
});
