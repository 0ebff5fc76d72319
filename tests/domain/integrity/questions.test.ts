import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  integrityRules,
  type IntegrityRule,
  type Observed,
  questionsFrom,
} from '../../../domain/integrity/questions.js';
import { drawing, type Draw } from '../../support/drawing.js';

const start = Date.UTC(2026, 0, 5, 2);
const day = 86_400_000;
const iso = (at: number) => new Date(at).toISOString();

/**
 * The work of one agency in half a year as it is where nobody has a reason to hide anything: files come at random, whoever is free takes the oldest, a third is
 * asked for more at any time of its term, decisions fall anywhere in it, a few on its last day, and now and then somebody stays late.
 */
function cleanHistory(draw: Draw, cases = 150): Observed[] {
  const officers = Array.from({ length: 6 }, (_one, i) => `officer.dof.${i + 1}`);
  const parties = Array.from({ length: 40 }, (_one, i) => `investor.${i + 1}`);
  const free = officers.map(() => start);
  const arrivals = Array.from({ length: cases }, () => start + draw(180 * 24) * 3_600_000).sort((a, b) => a - b);
  return arrivals.flatMap((queued, i): Observed[] => {
    const [party, code] = [parties[draw(parties.length)] ?? '', `case-${i}`];
    const next = free.indexOf(Math.min(...free));
    const person = officers[next] ?? '';
    const taken = Math.max(queued, free[next] ?? queued) + draw(30) * 3_600_000;
    const term = 10;
    const left = draw(12) === 0 ? 0 : draw(term);
    const ended = taken + (1 + draw(9)) * day;
    free[next] = Math.max(queued, free[next] ?? queued) + draw(36) * 3_600_000;
    const of = { case: code, party, agency: 'dof', procedure: 'irc-ordinary' };
    const asked = (at: number): Observed => ({
      kind: 'asked',
      ...of,
      attempt: 1,
      person,
      at: iso(at),
      stops: true,
      left: draw(term + 1),
      items: [`thing ${draw(500)}`],
    });
    const second = draw(3) === 0 ? [asked(taken + day), ...(draw(6) === 0 ? [asked(taken + 3 * day)] : [])] : [];
    // Now and then an answer is not enough, and more has to be asked a third time.
    const requests = second.length === 2 && draw(10) === 0 ? [...second, asked(taken + 5 * day)] : second;
    const again = draw(60) === 0;
    return [
      {
        kind: 'taken',
        ...of,
        step: 'assessment',
        person,
        queuedAt: iso(queued),
        at: iso(taken),
        lane: draw(3) === 0 ? 'green' : 'standard',
      },
      ...requests,
      { kind: 'finished', ...of, person, at: iso(ended), afterHours: draw(20) === 0 },
      { kind: 'decided', ...of, person: 'head.dof', at: iso(ended), term, left },
      {
        kind: 'ended',
        case: code,
        party,
        site: `site-${draw(80)}`,
        outcome: again ? 'withdrawn' : 'approved',
        at: iso(ended),
      },
    ];
  });
}

const base = cleanHistory(drawing(1));
/** What a planted pattern adds to a clean history, among its other questions. */
const raised = (rule: IntegrityRule, planted: readonly Observed[], history: readonly Observed[] = base) =>
  questionsFrom([...history, ...planted]).filter((one) => one.rule === rule);
const of = (n: number) => ({ case: `planted-${n}`, party: 'investor.x', agency: 'dof', procedure: 'irc-ordinary' });
const many = (n: number, one: (i: number) => Observed): Observed[] => Array.from({ length: n }, (_each, i) => one(i));

describe('questions of integrity', () => {
  it('are asked where the same thing is asked twice in one dossier, or more is asked three times', () => {
    const asked = (n: number, thing: string, at: number): Observed => ({
      kind: 'asked',
      ...of(n),
      attempt: 1,
      person: 'officer.dof.1',
      at: iso(start + at * day),
      stops: true,
      left: 5,
      items: [thing],
    });
    expect(
      raised('same-thing-asked', [asked(1, 'Báo cáo tài chính', 0), asked(1, ' báo cáo tài chính. ', 9)]),
    ).toContainEqual(expect.objectContaining({ cases: ['planted-1'], seen: 1, of: 2, agency: 'dof' }));
    expect(raised('same-thing-asked', [asked(2, 'a', 0), asked(2, 'b', 1), asked(2, 'c', 2)])).toContainEqual(
      expect.objectContaining({ cases: ['planted-2'], seen: 3 }),
    );
    expect(
      raised('same-thing-asked', [asked(3, 'a', 0), asked(3, 'b', 1)]).flatMap(({ cases }) => cases),
    ).not.toContain('planted-3');
  });

  it('are asked where somebody is served before many who came earlier, but not for the green lane', () => {
    const queue = many(8, (i) => ({
      kind: 'taken',
      ...of(i),
      procedure: 'queue',
      step: 's',
      person: 'officer.dof.1',
      queuedAt: iso(start + i),
      at: iso(start + 20 * day + i),
      lane: 'standard',
    }));
    const first = (lane: 'green' | 'standard'): Observed => ({
      kind: 'taken',
      ...of(99),
      procedure: 'queue',
      step: 's',
      person: 'officer.dof.2',
      queuedAt: iso(start + 10 * day),
      at: iso(start + 11 * day),
      lane,
    });
    expect(raised('out-of-turn', [...queue, first('standard')])).toMatchObject([
      { person: 'officer.dof.2', seen: 1, cases: ['planted-99'] },
    ]);
    expect(raised('out-of-turn', [...queue, first('green')])).toEqual([]);
  });

  it('are asked where decisions lie on the last day, and where clocks are stopped just before it', () => {
    const decided = many(25, (i) => ({
      kind: 'decided',
      ...of(i),
      procedure: 'p',
      person: 'head.dof',
      at: iso(start + i * day),
      term: 10,
      left: i < 16 ? 0 : 3,
    }));
    expect(raised('at-the-limit', decided)).toMatchObject([{ procedure: 'p', seen: 16, of: 25 }]);
    expect(
      raised(
        'at-the-limit',
        decided.map((one) => ({ ...one, term: 1 }) as Observed),
      ),
    ).toEqual([]);
    const stopped = many(6, (i) => ({
      kind: 'asked',
      ...of(i),
      attempt: 1,
      person: 'officer.dof.9',
      at: iso(start + i * day),
      stops: true,
      left: i < 5 ? 1 : 7,
      items: [],
    }));
    expect(raised('stopped-late', stopped)).toMatchObject([{ person: 'officer.dof.9', seen: 5, of: 6 }]);
  });

  it('are asked where one officer meets one investor far too often', () => {
    const met = many(9, (i) => ({
      kind: 'taken',
      ...of(i),
      step: 's',
      person: 'officer.dof.7',
      queuedAt: iso(start),
      at: iso(start),
      lane: 'standard',
    }));
    expect(raised('same-pair', met)).toMatchObject([{ person: 'officer.dof.7', party: 'investor.x', seen: 9 }]);
  });

  it('are asked where the same project is filed again and again without an approval', () => {
    const ended = many(3, (i) => ({
      kind: 'ended',
      case: `planted-${i}`,
      party: 'investor.x',
      site: 'lot-1',
      outcome: i === 1 ? 'refused' : 'withdrawn',
      at: iso(start + i * 60 * day),
    }));
    expect(raised('filed-again', ended)).toMatchObject([{ party: 'investor.x', seen: 3 }]);
    expect(
      raised(
        'filed-again',
        ended.map((one, i) => ({ ...one, at: iso(start + i * 300 * day) }) as Observed),
      ),
    ).toEqual([]);
  });

  it('are asked where somebody finishes much of their work after hours', () => {
    const finished = many(24, (i) => ({
      kind: 'finished',
      ...of(i),
      person: 'officer.dof.8',
      at: iso(start + i * day),
      afterHours: i < 8,
    }));
    expect(raised('after-hours', finished)).toMatchObject([{ person: 'officer.dof.8', seen: 8, of: 24 }]);
  });

  it('do not depend on the order of what was seen', () => {
    expect(questionsFrom([...base].reverse())).toEqual(questionsFrom(base));
  });

  it('are few where there is nothing to find, as the documentation says', () => {
    const histories = 200;
    const found = Object.fromEntries(integrityRules.map((rule) => [rule, 0])) as Record<IntegrityRule, number>;
    const asked = { ...found };
    for (let seed = 1; seed <= histories; seed += 1) {
      const questions = questionsFrom(cleanHistory(drawing(seed)));
      for (const rule of new Set(questions.map((one) => one.rule))) found[rule] += 1;
      for (const { rule } of questions) asked[rule] += 1;
    }
    const page = readFileSync('docs/integrity.md', 'utf8');
    const said = integrityRules.map((rule) => [
      rule,
      new RegExp(`\`${rule}\`[^\\n]*\\| *(\\d+ of ${histories}, \\d+ questions)`).exec(page)?.[1],
    ]);
    expect(said).toEqual(
      integrityRules.map((rule) => [rule, `${found[rule]} of ${histories}, ${asked[rule]} questions`]),
    );
  });
});
