import { describe, expect, it } from 'vitest';
import { roadmapOf } from '../../../domain/case/procedure/roadmap.js';
import { measureCase } from '../../../domain/measures/days.js';
import { holderNow } from '../../../domain/notices/holder-now.js';
import { instantAfter, type Instant } from '../../../domain/time/instants.js';
import { catalogue } from '../../../seeds/index.js';
import { Asked } from '../../support/asked.js';
import { at, seededLaw, type MemoryRegister } from '../../support/memory-register.js';
import { OneProcedure } from '../../support/one-procedure.js';

const { calendar, agencies } = catalogue();
const commandedByCity = (agency: string) => agencies.get(agency)?.commandedByCity ?? false;

/** The three that say who has the file, as of the same instant: roadmap, letter, and the day that begins twelve hours later. */
function said(register: MemoryRegister, procedure: string, now: Instant) {
  const { state } = register;
  const { spans } = measureCase({ state, calendar, commandedByCity, asOf: instantAfter(now, 24) });
  return {
    roadmap: roadmapOf(state, register.law, now).find((item) => item.procedure === procedure)?.holders,
    letter: holderNow(state, procedure, register.law, now).holder,
    day: spans.at(-1)?.holder,
  };
}

describe('who has the file', () => {
  const one = () => new OneProcedure('irc-special', '2026-11-30 09:00');
  const of = (story: OneProcedure) => said(story.register, story.procedure, story.now);
  const investor = { roadmap: ['investor'], letter: 'investor', day: 'investor' };
  const board = { roadmap: ['shtp-board'], letter: 'shtp-board', day: 'shtp-board' };

  it('is the investor before filing and while something is asked of them', () => {
    expect(of(one())).toEqual(investor);
    expect(of(one().file().receive().work().ask())).toEqual(investor);
  });

  it('is the agency while its officers work, and again when the investor’s time is over, answered or not', () => {
    const story = one().file().receive().work();
    expect(of(story)).toEqual(board);
    story.ask();
    const [asked] = story.state.supplements;
    story.settle(instantAfter(at(`${asked?.deadline ?? ''} 09:00`), 48));
    expect(story.state.supplements).toMatchObject([{ status: 'lapsed' }]);
    expect(of(story.work())).toEqual(board);
  });

  it('is the engine between two tasks; a letter then names the agency that answers for it', () => {
    const story = one().file().receive();
    expect(of(story)).toEqual({ roadmap: ['system'], letter: 'shtp-board', day: 'system' });
  });

  it('is the counter from the filing on', () => {
    const counter = { roadmap: [seededLaw.receivingAgency], letter: seededLaw.receivingAgency };
    expect(of(one().file())).toMatchObject(counter);
  });

  it('is every agency that owes an opinion; a letter names the lead, a day whoever is busy longest', () => {
    const register = new Asked();
    const now = at('2026-07-07 09:00');
    expect(said(register, 'irc-ordinary', now)).toEqual({
      roadmap: ['dost', 'dpa'],
      letter: 'shtp-board',
      day: expect.stringMatching(/^(dost|dpa)$/) as string,
    });
    register.dost('2026-07-08 09:00', 'object');
    expect(said(register, 'irc-ordinary', at('2026-07-08 10:00'))).toEqual({
      roadmap: ['dpa'],
      letter: 'dpa',
      day: 'dpa',
    });
  });

  it('is the chair of a conference, whose days are the conference’s', () => {
    const register = new Asked();
    register.dost('2026-07-08 09:00', 'object');
    register.dpa('2026-07-08 10:00', 'object');
    register.confer('2026-07-08 10:00');
    expect(said(register, 'irc-ordinary', at('2026-07-08 11:00'))).toEqual({
      roadmap: ['shtp-board'],
      letter: 'shtp-board',
      day: 'conference',
    });
  });

  it('is whoever handles a violation, in the time of the authority', () => {
    const story = one().file().receive().work().ask('violation-handling');
    expect(of(story)).toEqual({ roadmap: ['shtp-board'], letter: 'shtp-board', day: 'violation' });
  });
});
