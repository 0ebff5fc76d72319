import { describe, expect, it } from 'vitest';
import { lookOf } from '../../../domain/case/result/look.js';
import { canonicalOpinion, gravestOf, opinionDefinition, readOpinion } from '../../../domain/case/result/opinion.js';
import type { Completion } from '../../../domain/case/task/commands.js';
import { offeredOutcomes } from '../../../domain/case/task/outcomes.js';
import { foldCase } from '../../../domain/case/fold.js';
import { createLaw } from '../../../domain/law/law.js';
import { dateOf } from '../../../domain/time/instants.js';
import { catalogue } from '../../../seeds/index.js';
import { refusalOf } from '../../support/memory-register.js';
import { OneProcedure } from '../../support/one-procedure.js';

const asked = (options = {}) => {
  const one = new OneProcedure('irc-ordinary', '2026-07-06 09:05', options).file().receive().work();
  const scope = one.consultation?.scope;
  if (!scope) throw new Error('nobody was asked');
  one.engine(scope, {
    type: 'openTask',
    ...{ key: 'opinion/dost', kind: 'opinion', agency: 'dost', role: 'officer', step: null },
  });
  return one;
};
const seenIn = (one: OneProcedure) => lookOf(one.register.state, one.state, 'opinion');
const verdicts = { technology: 'agree', highTechCriteria: 'agree-with-conditions' };
const conditions = [{ subject: 'building-height', direction: 'limits', value: '35' }] as const;
const said = (one: OneProcedure, change: Partial<NonNullable<Completion['content']>> = {}) => ({
  seen: seenIn(one),
  fields: verdicts,
  reasons: [{ text: 'Công nghệ phù hợp.', legalBasis: 'NĐ 96/2026/NĐ-CP, Điều 36' }],
  ...change,
});
const answer = (one: OneProcedure, change: Partial<Completion> = {}) =>
  one.complete('opinion/dost', {
    outcome: 'agree-with-conditions',
    conditions,
    legalBasis: 'Luật Công nghệ cao',
    reason: 'Theo hồ sơ đã nộp.',
    content: said(one),
    ...change,
  });
const opinionOf = (one: OneProcedure) => one.consultation?.opinions['dost'];

describe('what an opinion says', () => {
  it('is a verdict on each question that was asked, kept whole as canonical text', () => {
    const one = answer(asked());
    const { content } = opinionOf(one) ?? {};
    const [given] = one.events('opinionGiven');
    expect(given?.payload).toMatchObject({ agency: 'dost', position: 'agree-with-conditions', content });
    const text = one.register.texts.get(content?.id ?? '') ?? '';
    expect(text).toBe(
      '{"conditions":[{"direction":"limits","subject":"building-height","value":"35"}],' +
        '"fields":[{"code":"technology","value":"agree"},{"code":"highTechCriteria","value":"agree-with-conditions"}],' +
        '"legalBasis":"Luật Công nghệ cao","position":"agree-with-conditions","reason":"Theo hồ sơ đã nộp.",' +
        '"reasons":[{"legalBasis":"NĐ 96/2026/NĐ-CP, Điều 36","text":"Công nghệ phù hợp."}]}',
    );
    expect(canonicalOpinion(readOpinion(text))).toBe(text);
  });

  it('is asked for by the questions of the procedure, one by one, with reasons to pick from', () => {
    const one = asked();
    const definition = opinionDefinition(one.resolved, 'dost');
    expect(definition?.fields.map(({ code, kind, required }) => [code, kind, required])).toEqual([
      ['technology', 'verdict', true],
      ['highTechCriteria', 'verdict', true],
    ]);
    expect(opinionDefinition(one.resolved, 'dpa')?.fields.map(({ name }) => name.vi)).toEqual([
      'Sự phù hợp với quy hoạch',
    ]);
    expect(definition?.reasons.map(({ outcome }) => outcome)).toEqual(['approved', 'approved', 'refused', 'refused']);
    expect(opinionDefinition(one.resolved, 'doit')).toBeUndefined();
  });

  it.each<[string, (one: OneProcedure) => Partial<Completion>, string]>([
    [
      'a question is not answered',
      (one) => ({ content: said(one, { fields: { technology: 'agree' } }) }),
      'RESULT_INCOMPLETE',
    ],
    [
      'nobody asked that',
      (one) => ({ content: said(one, { fields: { ...verdicts, beauty: 'agree' } }) }),
      'UNKNOWN_VALUE',
    ],
    [
      'the verdict is none',
      (one) => ({ content: said(one, { fields: { ...verdicts, technology: 'perhaps' } }) }),
      'VALIDATION_FAILED',
    ],
    ['the whole is milder than a part', () => ({ outcome: 'agree', conditions: [] }), 'VERDICTS_DIFFER'],
    ['the whole is graver than each part', () => ({ outcome: 'object' }), 'VERDICTS_DIFFER'],
    ['the dossier has changed since', (one) => ({ content: said(one, { seen: 'd9.s0.w0.f0' }) }), 'CONTENT_CHANGED'],
  ])('is refused where %s', (_why, change, code) => {
    const one = asked();
    const before = one.register.state.seq;
    expect(refusalOf(() => answer(one, change(one)))).toBe(code);
    expect(opinionOf(one)?.position).toBeNull();
    // Only the claim was written.
    expect(one.register.state.seq).toBe(before + 1);
  });

  it('does not hang on what others have said meanwhile', () => {
    const one = asked();
    const content = said(one);
    one.answer('agree', ['dpa']);
    answer(one, { content });
    expect(opinionOf(one)?.content).toBeDefined();
  });

  it('is no more than its position where it comes without, or where the version of the procedure asks for nothing', () => {
    const plain = asked().complete('opinion/dost', { outcome: 'agree' });
    expect(opinionOf(plain)).not.toHaveProperty('content');
    expect(plain.events('opinionGiven')[0]?.payload).not.toHaveProperty('content');
    const seeded = catalogue();
    const procedures = new Map(
      [...seeded.procedures].map(([code, versions]) => [
        code,
        versions.map(({ opinionReasons: _reasons, ...version }) => version),
      ]),
    );
    const before = asked({ law: createLaw({ ...seeded, procedures }) });
    expect(refusalOf(() => answer(before))).toBe('UNKNOWN_VALUE');
    const [offered] = offeredOutcomes(
      before.task('opinion/dost'),
      before.resolved,
      before.state,
      before.calendar,
      dateOf(before.now),
    );
    expect(offered?.fields.map(({ field }) => field)).not.toContain('content');
  });

  it('goes with an opinion that is weighed after all, into the next round', () => {
    const one = asked().answer('agree', ['dpa']).settle('2026-07-20 09:00');
    answer(one.at('2026-07-20 10:00'));
    const { content } = opinionOf(one) ?? {};
    expect([content === undefined, opinionOf(one)?.late]).toEqual([false, true]);
    one.work();
    const consultation = one.consultation?.scope;
    if (!consultation) throw new Error('nobody was asked');
    const officer = { kind: 'person', id: 'officer.shtp-board.9', role: 'officer', agency: 'shtp-board' } as const;
    one.act(officer, { type: 'reopenConsultation', consultation, agency: 'dost', reason: 'Ý kiến có căn cứ' });
    one.work();
    expect(one.consultation?.n).toBe(2);
    expect(opinionOf(one)).toMatchObject({ status: 'given', content });
    expect(foldCase(one.register.code, one.register.events)).toEqual(one.register.state);
  });

  it('has for its whole the gravest of its parts', () => {
    const of = (...values: string[]) => gravestOf({ fields: values.map((value, n) => ({ code: `q${n}`, value })) });
    expect(of('agree', 'agree')).toBe('agree');
    expect(of('agree', 'agree-with-conditions')).toBe('agree-with-conditions');
    expect(of('needs-supplement', 'agree-with-conditions')).toBe('needs-supplement');
    expect(of('agree', 'object', 'needs-supplement')).toBe('object');
  });
});
