import { describe, expect, it } from 'vitest';
import { countWorkingDays } from '../../../domain/time/calendar.js';
import { clauseFactsOf, stepFactsOf } from '../../../domain/measures/waiting.js';
import { xesHead, xesTail, xesTrace } from '../../../domain/measures/xes.js';
import { OneProcedure } from '../../support/one-procedure.js';
import { seededLaw } from '../../support/memory-register.js';

// July 2026: Monday the 6th and the 13th; no holiday. A date belongs to whoever has the work when it begins.
const begin = () =>
  new OneProcedure('irc-ordinary', '2026-07-06 10:00').file().receive().work().at('2026-07-08 09:00').answer();
const facts = ({ register }: OneProcedure) => stepFactsOf(register.state, seededLaw);
const ofStep = (life: OneProcedure, step: string) => facts(life).find((one) => one.step === step);

describe('waiting and working', () => {
  it('are told apart by when somebody took the work', () => {
    const life = begin();
    life.at('2026-07-10 10:00').hold('step/assessment');
    life.at('2026-07-14 15:00').complete('step/assessment', { outcome: 'done' });
    // Came on the 8th: the 9th and the 10th began with nobody, the 13th and the 14th with the officer.
    expect(ofStep(life, 'assessment')).toMatchObject({
      openedOn: '2026-07-08',
      endedOn: '2026-07-14',
      waitingDays: 2,
      workingDays: 2,
      aloneDays: 2,
    });
    expect(ofStep(life, 'intake')).toMatchObject({ waitingDays: 0, workingDays: 0, aloneDays: 0 });
  });

  it('leave out what the investor has, and name the clause that stopped the clock', () => {
    const life = begin();
    life.at('2026-07-10 10:00').ask();
    life.at('2026-07-15 11:00').answerNotice();
    life.at('2026-07-16 15:00').complete('step/assessment', { outcome: 'done' });
    expect(ofStep(life, 'assessment')).toMatchObject({ waitingDays: 2, workingDays: 1, aloneDays: 2 });
    expect(clauseFactsOf(life.register.state, seededLaw)).toMatchObject([
      { procedure: 'irc-ordinary', ground: 'supplement', on: '2026-07-10', days: 3 },
    ]);
    expect(clauseFactsOf(life.register.state, seededLaw)[0]?.clause).toContain('96/2026/NĐ-CP');
    life.register.patch((state) => {
      const [notice] = Object.values(state.procedures)[0]?.supplements ?? [];
      if (notice) notice.status = 'withdrawn';
    });
    expect(clauseFactsOf(life.register.state, seededLaw)).toEqual([]);
  });

  it('are never more than the working days between, nor saved more than waited', () => {
    for (const claimed of ['08 10:00', '09 10:00', '13 23:59', '16 08:00']) {
      const life = begin();
      life.at(`2026-07-${claimed}`).hold('step/assessment');
      life.at('2026-07-16 15:00').decide();
      for (const { openedOn, endedOn, waitingDays, workingDays, aloneDays } of facts(life)) {
        expect(waitingDays + workingDays).toBeLessThanOrEqual(
          countWorkingDays(seededLaw.caseCalendar, openedOn, endedOn),
        );
        expect(aloneDays).toBeLessThanOrEqual(waitingDays);
      }
    }
  });

  it('count nothing that is still open', () => {
    expect(ofStep(begin(), 'assessment')).toBeUndefined();
  });
});

describe('the log for process mining', () => {
  it('has one event for each of the register, with agency and hour, and no person', () => {
    const life = begin();
    life.at('2026-07-10 10:00').decide();
    const { events } = life.register;
    const trace = xesTrace({ case: 'LX-260706-0001', lane: 'green', pathway: 'standard', events });
    expect(trace.match(/<event>/g)).toHaveLength(events.length);
    expect(trace).toContain('<string key="concept:name" value="decisionMade"/>');
    expect(trace).toContain('<date key="time:timestamp" value="2026-07-10T03:00:00.000Z"/>');
    expect(trace).toContain('<string key="org:group" value="shtp-board"/>');
    for (const person of ['officer.shtp-board', 'head.shtp-board', 'investor.test'])
      expect(trace).not.toContain(person);
    expect(`${xesHead}${trace}${xesTail}`.match(/<(log|trace)\b/g)).toEqual(['<log', '<trace']);
  });

  it('escapes what stands in it', () => {
    expect(xesTrace({ case: 'a<&>"b', lane: 'green', pathway: 'standard', events: [] })).toContain(
      'a&lt;&amp;&gt;&quot;b',
    );
  });
});
