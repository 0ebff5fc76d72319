import { describe, expect, it } from 'vitest';
import { compileCalendar } from '../../domain/time/calendar.js';
import { coverageOfCalendar, withProvisionalYear } from '../../domain/time/calendar-ahead.js';
import type { Command, Envelope } from '../../domain/case/commands.js';
import type { Actor } from '../../domain/case/events.js';
import { execute } from '../../domain/case/execute.js';
import { openingOf } from '../../domain/case/case/opening.js';
import { caseScope } from '../../domain/case/scope.js';
import { measureCase } from '../../domain/measures/days.js';
import { screen } from '../../domain/lane/screening.js';
import { dateOf, plainDate, type Instant } from '../../domain/time/instants.js';
import { ledgerOf } from '../../domain/measures/ledger.js';
import { roadmapOf } from '../../domain/case/procedure/roadmap.js';
import { worklistRows } from '../../db/register/worklist-rows.js';
import { catalogue, exampleProjects } from '../../seeds/index.js';
import { calendar } from '../../seeds/calendars.js';
import { at, person, seededLaw } from '../support/memory-register.js';
import { OneProcedure } from '../support/one-procedure.js';

const vn = calendar('vn-state');
const ahead = catalogue().settings.calendarAhead;
if (!ahead) throw new Error('the seeds know nothing of the years ahead');
const investor = person('investor.test', 'investor');

describe('the year after the last published one', () => {
  const year = (date: string) => date.startsWith('2028');

  it('has its weekends, its fixed holidays and the lunar ones of the table, with substitute days, none of it verified', () => {
    const { daysOff, to } = withProvisionalYear(vn.data, ahead);
    const days = daysOff.filter(({ date }) => year(date));
    expect(to).toBe('2028-12-31');
    expect(days.map(({ date }) => date.slice(5))).toEqual([
      ...['01-03', '01-25', '01-26', '01-27', '01-28', '01-31', '04-04', '05-01', '05-02', '09-04', '09-05', '11-24'],
    ]);
    expect(days.every(({ verified }) => !verified)).toBe(true);
    expect(() => compileCalendar(withProvisionalYear(vn.data, ahead))).not.toThrow();
  });

  it('comes after whatever was published, and not where the table ends', () => {
    const published = withProvisionalYear(vn.data, ahead);
    expect(compileCalendar(published, ahead).to).toBe('2029-12-31');
    const last = { ...vn.data, to: plainDate('2050-12-31') };
    expect(compileCalendar(last, ahead).to).toBe('2050-12-31');
    for (let one = vn.data; one.to < '2050'; one = withProvisionalYear(one, ahead))
      expect(withProvisionalYear(one, ahead).to > one.to).toBe(true);
  });

  it.each([
    ['2026-09-30', []],
    ['2026-10-01', [2027]],
    ['2027-09-30', [2027]],
    ['2027-10-01', [2027, 2028]],
  ])('is asked for from 1 October: %s', (today, missing) => {
    expect(coverageOfCalendar(vn.data, vn.to, plainDate(today))).toEqual({
      calendar: 'vn-state',
      publishedTo: '2026-12-31',
      coveredTo: '2028-12-31',
      missing,
    });
  });

  it('lets a project be filed up to its last months: what is optional and ends later has no date', () => {
    const filed = at('2028-11-22 09:00');
    const screening = screen(exampleProjects.besi, filed, catalogue(), dateOf(filed));
    expect(screening).toMatchObject({ baselineDays: 13 });
    expect(screening.baselineEndDate).toMatch(/^2028-12/);
    const opening = openingOf({ filing: exampleProjects.besi, filingHash: '', screening, personId: 'investor.test' });
    const undated = opening.plan.filter(({ statutory }) => statutory.ends === null);
    expect(undated.length).toBeGreaterThan(0);
    expect(undated.every(({ mandatory }) => !mandatory)).toBe(true);
    const later = at('2028-12-22 09:00');
    expect(() => screen(exampleProjects.besi, later, catalogue(), dateOf(later))).toThrow('CALENDAR_UNKNOWN');
  });
});

/** The command and what the door writes of it, in one. */
function attempt(one: OneProcedure, actor: Actor, when: string, command: Command, scope = false) {
  const { state, law } = one.register;
  const occurredAt = at(when);
  const bound = scope && {
    scope: one.scope,
    generation: state.scopes[one.scope]?.generation ?? 1,
    basedOn: state.scopes[one.scope]?.lastSeq ?? 0,
  };
  const envelope: Envelope = {
    caseCode: state.code,
    command,
    actor,
    occurredAt,
    operationId: 'x',
    bodyHash: '',
    ...(bound && { bound }),
  };
  const outcome = execute(() => structuredClone(state), envelope, law, 'H29-1');
  return { outcome, rows: worklistRows(state, outcome, law, occurredAt, null) };
}

describe('beyond the calendar', () => {
  const officer = person('officer.shtp-board.1', 'officer', 'shtp-board');
  /** Received on 8 December of the last year, the assessment open or, asked for more, the investor's. */
  const running = () => {
    const one = new OneProcedure('irc-ordinary', '2028-12-08 09:00').file().receive();
    return one.consult().answer();
  };
  const suspended = () => running().at('2028-12-12 09:00').ask();
  const late = '2029-01-04 09:00';
  const claimable = (one: OneProcedure) => one.openTasks().find(({ kind }) => kind === 'step')?.id ?? '';

  it.each([
    ['running', running],
    ['suspended', suspended],
  ])('nothing that needs no date is refused, of a clock that is %s', (_state, story) => {
    const acts: [Actor, Command, boolean?][] = [
      [{ kind: 'clock' }, { type: 'settle' }],
      [officer, { type: 'claimTask', taskId: claimable(story()) }],
      [investor, { type: 'withdrawCase', reason: 'r' }],
      [
        { kind: 'engine', scope: '' },
        { type: 'openTask', key: 'by-hand/x', kind: 'by-hand', agency: 'shtp-board', role: 'officer', step: null },
        true,
      ],
    ];
    for (const [actor, command, engine] of acts) {
      const { outcome, rows } = attempt(story().settle(late), actor, late, command, engine);
      if (command.type !== 'claimTask' || story === running) expect(outcome.refusal, command.type).toBeNull();
      expect(rows.clocks.length + rows.tasks.length + rows.scopes.length, command.type).toBeGreaterThan(0);
    }
  });

  it('a breach that is known stands, and what was due by then is settled', () => {
    const one = running().settle(late);
    expect(one.rungs().map((rung) => rung.split(' ')[0])).toContain('missed');
    const { rows } = attempt(one, investor, late, { type: 'withdrawCase', reason: 'r' });
    expect(rows.clocks).toMatchObject([{ state: 'stopped', breached_on: '2028-12-23', due_date: '2028-12-22' }]);
  });

  it('an answer is taken and the work goes on to its end, whose days are counted once the calendar is there', () => {
    const one = suspended();
    one.at(late).answerNotice().work();
    one.complete(one.openTasks().find(({ kind }) => kind === 'step')?.key ?? '', { outcome: 'done' });
    const read = () =>
      ledgerOf(one.register.state, seededLaw, catalogue(), at('2029-01-10 09:00')).procedures[0]?.clock;
    expect(read()).toMatchObject({ state: 'running', countedThrough: '2028-12-31', dueDate: null, breachedOn: null });
    const next = compileCalendar(withProvisionalYear(vn.data, ahead), ahead);
    const law = { ...seededLaw, calendar: () => next, caseCalendar: next };
    const whole = ledgerOf(one.register.state, law, catalogue(), at('2029-01-10 09:00')).procedures[0]?.clock;
    expect(whole).toMatchObject({ countedThrough: null });
    expect(whole?.dueDate).not.toBeNull();
  });

  it('only what prints a date is refused: the receipt of a dossier', () => {
    const one = new OneProcedure('irc-ordinary', '2028-12-27 09:00').file();
    expect(() => one.at('2028-12-29 09:00').receive()).toThrow('CALENDAR_UNKNOWN');
    expect(() => one.at(late).settle()).not.toThrow();
  });

  it('whoever reads sees what is known, and how far', () => {
    const one = running();
    const { state } = one.register;
    const now: Instant = at(late);
    expect(ledgerOf(state, seededLaw, catalogue(), now)).toMatchObject({
      measures: { countedThrough: '2028-12-31', reduction: null, through: '2029-01-04' },
      procedures: [{ clock: { countedThrough: '2028-12-31', dueDate: '2028-12-22', breachedOn: '2028-12-23' } }],
    });
    expect(roadmapOf(state, seededLaw, now)[0]?.actual?.clock).toMatchObject({ countedThrough: '2028-12-31' });
    const { spans, workingDays } = measureCase({
      state,
      calendar: vn,
      commandedByCity: () => true,
      asOf: now,
    });
    expect(spans.reduce((sum, span) => sum + span.workingDays, 0)).toBe(workingDays);
    expect(state.scopes[caseScope(state.code)]?.closed).toBe(false);
  });
});
