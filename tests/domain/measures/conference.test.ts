import { describe, expect, it } from 'vitest';
import { measureCase } from '../../../domain/measures/days.js';
import { catalogue } from '../../../seeds/index.js';
import { Asked, first, head, irc, officer } from '../../support/asked.js';
import { at } from '../../support/memory-register.js';

const { calendar, agencies } = catalogue();
const commandedByCity = (agency: string) => agencies.get(agency)?.commandedByCity ?? false;
const measure = ({ state }: Asked, asOf: string) => measureCase({ state, calendar, commandedByCity, asOf: at(asOf) });
const shown = ({ spans }: ReturnType<typeof measureCase>) =>
  spans.map(({ holder, class: kind, after, through, workingDays }) => [holder, kind, after, through, workingDays]);

/** Both object on Wednesday 8 July, Planning last; the conference opens at once. */
function conferring(): Asked {
  const register = new Asked();
  register.dost('2026-07-08 09:00', 'object');
  register.dpa('2026-07-08 10:00', 'object');
  register.confer('2026-07-08 10:00');
  return register;
}

describe('the days of a conference', () => {
  it('are shown as the conference’s, count for the City, and the spans still sum exactly', () => {
    const register = conferring();
    const resolutions = ['dost', 'dpa'].map((agency) => ({ issue: `objection/${agency}`, upholds: null }));
    register.complete('conference', head, '2026-07-13 15:00', { outcome: 'decide', resolutions, reason: 'x' });
    register.close('2026-07-13 15:00');
    register.ask(irc, '2026-07-13 15:00', 'step/assessment', 'step', 'shtp-board', 'officer');
    register.complete('step/assessment', officer('shtp-board'), '2026-07-15 10:00', { outcome: 'done' });
    const measures = measure(register, '2026-07-15 17:00');
    // 7 and 8 July began with the last opinion outstanding; 9, 10, 11, 12 (a weekend) and 13 with the conference; 14 and 15 with the assessment.
    expect(shown(measures)).toEqual([
      ['dpa', 'city', '2026-07-06', '2026-07-08', 2],
      ['conference', 'conference', '2026-07-08', '2026-07-13', 3],
      ['shtp-board', 'city', '2026-07-13', '2026-07-15', 2],
    ]);
    expect(measures).toMatchObject({ workingDays: 7, netDays: 7, conferenceDays: 3, investorDays: 0, centralDays: 0 });
  });

  it('go on while it sits', () => {
    expect(measure(conferring(), '2026-07-15 09:00')).toMatchObject({ conferenceDays: 5, workingDays: 7 });
  });

  it('end with the case where the investor withdraws', () => {
    const register = conferring();
    register.act({ kind: 'person', id: 'investor.test', role: 'investor', agency: null }, at('2026-07-10 09:00'), {
      type: 'withdrawCase',
      reason: 'no',
    });
    expect(register.state.consultations[first]?.closedAt).not.toBeNull();
    expect(measure(register, '2026-07-20 09:00').conferenceDays).toBe(2);
  });
});
