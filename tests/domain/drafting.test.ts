import { describe, expect, it } from 'vitest';
import { lookOf } from '../../domain/case/result/look.js';
import { writtenIn } from '../../domain/case/task/completion.js';
import { draftedFor } from '../../domain/drafting/drafted.js';
import { isAssisted, keptOf, keptTogether } from '../../domain/drafting/kept.js';
import type { Sentence } from '../../domain/drafting/words.js';
import { filingFields } from '../../domain/law/filing-fields.js';
import { handlingOf } from '../../domain/measures/automation.js';
import { person, refusalOf } from '../support/memory-register.js';
import { OneProcedure } from '../support/one-procedure.js';

/** BESI's certificate, waiting for its assessment. */
const assessing = () => {
  const one = new OneProcedure('irc-ordinary', '2026-07-06 09:05').file().receive();
  const check = { step: 'completeness-check', outcome: 'incomplete', by: 'system', reference: null } as const;
  one.engine(one.scope, { type: 'completeStep', ...check });
  return one.work().answer().work();
};
const taskOf = (one: OneProcedure, key: string) => {
  const found = one.openTasks().find((task) => task.key === key);
  if (!found) throw new Error(`${key} is not open`);
  return found;
};
const draftOf = (one: OneProcedure, key: string) => draftedFor(taskOf(one, key), one.register.state, one.register.law);
const vietnamese = (draft: readonly Sentence[]) => draft.map(({ text }) => text.vi);
/** Decided with these words of the officer and of the head, and over. */
function decided(words: (draft: readonly Sentence[]) => string | undefined) {
  const one = assessing();
  for (const key of ['step/assessment', 'step/decision']) {
    const reason = words(draftOf(one, key));
    const outcome = key === 'step/decision' ? 'approve' : 'done';
    one.complete(key, { outcome, ...(reason !== undefined && { reason }) }).work();
  }
  return one;
}
const handled = (one: OneProcedure) => {
  const closed = { outcome: 'approved', at: one.now } as const;
  return handlingOf({ ...one.state, closed }, one.resolved, one.register.law);
};
const kept = (one: OneProcedure, key: string) =>
  Object.values(one.state.tasks).find((task) => task.key === key && task.status === 'done')?.drafted;

describe('a draft', () => {
  it('of an appraisal rests on the dossier, answers of machines, facts, opinions and the clause of the term', () => {
    const draft = draftOf(assessing(), 'step/assessment');
    const kinds = new Set(draft.map(({ source }) => source.kind));
    expect([...kinds].sort()).toEqual(['clause', 'document', 'fact', 'opinion', 'step']);
    expect(vietnamese(draft)).toContain(`Nhà đầu tư kê khai «${filingFields['project.construction'].name.vi}»: không.`);
    expect(vietnamese(draft)).toContain('Kiểm tra thành phần hồ sơ bằng dữ liệu: chưa đủ thành phần.');
  });

  it('says nothing that nobody stated', () => {
    const one = assessing();
    const facts = draftOf(one, 'step/assessment').flatMap(({ source }) => (source.kind === 'fact' ? source.fact : []));
    expect(facts.length).toBeGreaterThan(3);
    for (const fact of facts) {
      expect([fact, one.register.state.facts[fact]]).not.toEqual([fact, null]);
      expect(one.register.state.presumed ?? []).not.toContain(fact);
    }
  });

  it('of a decision says of reasons what the file bears out, and never that the law is met', () => {
    const one = assessing();
    one.complete('step/assessment', { outcome: 'done' }).work();
    const reasons = one.resolved.content?.reasons ?? [];
    const text = (code: string) => reasons.find((reason) => reason.code === code)?.text.vi;
    const draft = vietnamese(draftOf(one, 'step/decision'));
    expect(draft).not.toContain(text('conditions-met'));
    expect(draft).not.toContain(text('conditions-not-met'));
    // Not everything that is asked for was filed.
    expect(draft).not.toContain(text('dossier-complete'));
    expect(draft).toContain(text('opinions-settled'));
    expect(draft.some((line) => line.startsWith('Đã thực hiện:'))).toBe(true);
  });

  it('does not say that all have answered where one was silent', () => {
    const one = new OneProcedure('irc-ordinary', '2026-07-06 09:05').file().receive();
    one.work().settle('2026-07-20 09:00').work();
    one.complete('step/assessment', { outcome: 'done' }).work();
    const settled = one.resolved.content?.reasons.find(({ code }) => code === 'opinions-settled')?.text.vi;
    expect(vietnamese(draftOf(one, 'step/decision'))).not.toContain(settled);
    expect(draftOf(one, 'step/decision').some(({ source }) => source.kind === 'opinion')).toBe(false);
  });

  it('is refused with a sentence that nothing in the file supports, that is there in one language alone, or that is two', () => {
    const one = assessing();
    const text = { vi: 'Nhà đầu tư có uy tín.', en: 'The investor has a good name.' };
    const write = (sentence: Sentence) => () =>
      draftedFor(taskOf(one, 'step/assessment'), one.register.state, one.register.law, { draft: () => [sentence] });
    for (const source of [
      { kind: 'document', code: 'reference-letter' },
      { kind: 'opinion', agency: 'city-police' },
      { kind: 'fact', fact: 'project.reputation' },
      { kind: 'step', step: 'decision' },
      { kind: 'conference', n: 1 },
      { kind: 'clause', basis: 'Law 1/2026/QH16, Art. 1' },
    ] as const) {
      expect([source.kind, refusalOf(write({ text, source }))]).toEqual([source.kind, 'DRAFT_UNSOURCED']);
    }
    const [first] = draftOf(one, 'step/assessment');
    if (!first) throw new Error('an empty draft');
    expect(refusalOf(write({ ...first, text: { ...first.text, en: '' } }))).toBe('DRAFT_UNSOURCED');
    expect(refusalOf(write({ ...first, text: { ...first.text, vi: 'Một.\nHai.' } }))).toBe('DRAFT_UNSOURCED');
    expect(refusalOf(write(first))).toBe('accepted');
  });
});

describe('what was kept of it', () => {
  const sentence = (vi: string): Sentence => ({
    text: { vi, en: `${vi} (en)` },
    source: { kind: 'clause', basis: 'b' },
  });
  const draft = [sentence('Một.'), sentence('Hai.')];

  it('is counted by lines, each sentence once in whatever language', () => {
    // «Một.» and «Hai.» have four letters each, «Hai,đãsửa.» ten, «Một.(en)» eight.
    expect(keptOf(draft, ['Một.\nHai.'])).toEqual({ kept: 2, of: 2, letters: { kept: 8, of: 8 } });
    expect(keptOf(draft, ['Một.\nMột.\nHai, đã sửa.'])).toEqual({ kept: 1, of: 3, letters: { kept: 4, of: 18 } });
    expect(keptOf(draft, ['Một.\nMột. (en)'])).toEqual({ kept: 1, of: 2, letters: { kept: 4, of: 12 } });
    expect(keptOf(draft, [' \n '])).toBeUndefined();
    expect([1, 2, 3].map((of) => isAssisted({ kept: 1, of }))).toEqual([true, true, false]);
    expect(keptTogether([undefined, { kept: 1, of: 2 }, { kept: 0, of: 3 }])).toEqual({ kept: 1, of: 5 });
    expect(keptTogether([undefined])).toBeUndefined();
  });

  it('weighs letters, not lines, and lines where an event of before tells no letters', () => {
    const [kept, own] = ['Một.', 'Hồ sơ do chuyên viên tự đánh giá, không theo dự thảo.'];
    // Two drafted lines of eight letters beside one of forty-two: 8 of 50 are not half.
    expect(keptOf(draft, [`${kept}\nHai.\n${own}`])).toEqual({ kept: 2, of: 3, letters: { kept: 8, of: 50 } });
    expect(isAssisted(keptOf(draft, [`${kept}\nHai.\n${own}`]))).toBe(false);
    expect(isAssisted({ kept: 2, of: 3 })).toBe(true);
    // One drafted and one own of equal length are half, one letter more is not.
    expect(isAssisted(keptOf(draft, ['Một.\nBốn.']))).toBe(true);
    expect(isAssisted(keptOf(draft, ['Một.\nBốn!!']))).toBe(false);
    const together = keptTogether([keptOf(draft, ['Một.']), keptOf(draft, ['Năm.'])]);
    expect(together).toEqual({ kept: 1, of: 2, letters: { kept: 4, of: 8 } });
    // Beside an event of before only lines can be added up.
    expect(keptTogether([keptOf(draft, ['Một.']), { kept: 0, of: 3 }])).toEqual({ kept: 1, of: 4 });
  });

  it('of a decision counts what the head wrote into its fields, and not what the filing says', () => {
    const one = assessing();
    one.complete('step/assessment', { outcome: 'done' }).work();
    const [settled] = one.resolved.content?.reasons.filter(({ code }) => code === 'opinions-settled') ?? [];
    if (!settled) throw new Error('no such template');
    const given = (conditions: string) => ({
      seen: lookOf(one.register.state, one.state),
      fields: {
        projectName: 'Nhà máy',
        objectives: 'Sản xuất',
        capital: '1000',
        termYears: '40',
        landArea: '100',
        conditions,
      },
      reasons: [{ text: settled.text.vi, legalBasis: settled.legalBasis }],
    });
    const drafted = (conditions: string) =>
      writtenIn({ outcome: 'approve', content: given(conditions) }, one.resolved.content);
    expect(drafted('')).toEqual([settled.text.vi]);
    expect(drafted('Báo cáo mỗi quý.')).toEqual(['Báo cáo mỗi quý.', settled.text.vi]);
    // The drafted reason has 62 letters: an own condition of 63 outweighs it.
    const long = 'x'.repeat(63);
    one.complete('step/decision', { outcome: 'approve', content: given(long) });
    expect(kept(one, 'step/decision')).toEqual({ kept: 1, of: 2, letters: { kept: 62, of: 125 } });
    expect(isAssisted(kept(one, 'step/decision'))).toBe(false);
  });

  it('stands in the completion, and makes the step assisted where it is at least half', () => {
    const whole = decided((lines) => vietnamese(lines).join('\n'));
    const [assessment] = whole.events('taskCompleted').filter(({ payload }) => payload.drafted !== undefined);
    expect(assessment?.payload.drafted).toMatchObject({ kept: assessment?.payload.drafted?.of });
    expect(handled(whole).doneAssisted).toBe(2);

    const own = decided(() => 'Tự viết.\nKhông dùng dự thảo.');
    expect(kept(own, 'step/assessment')).toMatchObject({ kept: 0, of: 2 });
    expect(handled(own).doneAssisted).toBe(0);

    const silent = decided(() => undefined);
    expect(kept(silent, 'step/assessment')).toBeUndefined();
    expect(handled(silent).doneAssisted).toBe(0);
    expect(handled(silent).doneByPerson).toBe(handled(whole).doneByPerson + 2);
  });

  it('of work that was sent back is what the last round kept', () => {
    const one = assessing();
    one.complete('step/assessment', {
      outcome: 'done',
      reason: vietnamese(draftOf(one, 'step/assessment')).join('\n'),
    });
    one.work();
    const { id: taskId, agency } = one.hold('step/decision');
    const head = person(`head.${agency}`, 'head', agency);
    one.act(head, { type: 'returnTask', taskId, step: null, items: ['Diện tích'], reason: 'Thiếu' });
    one.work().complete('step/assessment#2', { outcome: 'done', reason: 'Tự viết.' }).work();
    one.complete('step/decision#2', { outcome: 'approve' }).work();
    expect(handled(one).doneAssisted).toBe(0);
  });
});
