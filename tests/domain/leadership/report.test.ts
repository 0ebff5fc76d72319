import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../domain/errors.js';
import { closingsFrom, opensAt, reportClosing } from '../../../domain/leadership/report-calendar.js';
import {
  contentOf,
  foldReport,
  type KeptReportAct,
  type PersonReportAct,
  printedFigure,
  type ReportAct,
  reportRungsAhead,
  requireReportAct,
  statusOf,
  unsignedOf,
} from '../../../domain/leadership/report.js';
import { hasMissed, type ReportFigure } from '../../../domain/leadership/report-figures.js';
import { decimal, draftedChapter, figureWords, type ReportNames } from '../../../domain/leadership/report-words.js';
import { countWorkingDays, isWorkingDay } from '../../../domain/time/calendar.js';
import { plainDate } from '../../../domain/time/instants.js';

import { at, seededLaw as seeded } from '../../support/memory-register.js';

const evaluations = seeded.settings.evaluations ?? expect.unreachable('the seeds have a rhythm of reports');
const rhythmOf = (code: string) =>
  evaluations.rhythm.find((one) => one.code === code) ?? expect.unreachable(`no rhythm ${code}`);
const day = plainDate;
const yearly = reportClosing(evaluations, rhythmOf('year'), day('2026-11-14'), seeded.caseCalendar);

describe('the rhythm of reports', () => {
  it('has the yearly one before 30 November, with the decision that says so', () => {
    expect(rhythmOf('year')).toMatchObject({ due: '11-29', verified: true });
    expect(rhythmOf('year').source).toContain('3301/QĐ-UBND');
    for (const { source, verified } of evaluations.rhythm) expect(source !== null || !verified).toBe(true);
  });

  it('speaks of whole months until the day on which it closes, and is due on the working day before a day off', () => {
    expect(yearly).toMatchObject({ id: 'year-2026-11-14', from: '2025-11-15', to: '2026-11-14', due: '2026-11-27' });
    expect(isWorkingDay(seeded.caseCalendar, yearly.chaptersDue)).toBe(true);
    expect(countWorkingDays(seeded.caseCalendar, yearly.chaptersDue, yearly.due)).toBe(evaluations.chapterDays);
    const second = reportClosing(evaluations, rhythmOf('quarter-2'), day('2026-06-30'), seeded.caseCalendar);
    expect([second.from, second.to, second.due]).toEqual(['2026-04-01', '2026-06-30', '2026-07-15']);
    const fourth = reportClosing(evaluations, rhythmOf('quarter-4'), day('2025-12-31'), seeded.caseCalendar);
    expect([fourth.from, fourth.due]).toEqual(['2025-10-01', '2026-01-15']);
  });

  it('is owed where no calendar is published yet, too: on the days as they are written', () => {
    const far = reportClosing(evaluations, rhythmOf('year'), day('2051-11-14'), seeded.caseCalendar);
    expect([far.due, far.chaptersDue]).toEqual(['2051-11-29', '2051-11-24']);
  });

  it('leaves no day of a year without its quarter', () => {
    const quarters = [1, 2, 3, 4].map((n) => {
      const rhythm = rhythmOf(`quarter-${n}`);
      return reportClosing(evaluations, rhythm, day(`2026-${rhythm.closes}`), seeded.caseCalendar);
    });
    expect(quarters.map(({ from, to }) => `${from} ${to}`)).toEqual([
      '2026-01-01 2026-03-31',
      '2026-04-01 2026-06-30',
      '2026-07-01 2026-09-30',
      '2026-10-01 2026-12-31',
    ]);
  });

  it('opens on the day after, those that are still owed at once, and each next one once', () => {
    expect(opensAt(day('2026-11-14'))).toBe(at('2026-11-15 00:00'));
    const on = (today: string) =>
      closingsFrom(evaluations, day(today))
        .map(({ code, to }) => `${code}-${to}`)
        .sort();
    expect(on('2026-07-06')).toEqual([
      'half-year-2027-05-14',
      'quarter-1-2027-03-31',
      'quarter-2-2026-06-30',
      'quarter-2-2027-06-30',
      'quarter-3-2026-09-30',
      'quarter-4-2026-12-31',
      'year-2026-11-14',
    ]);
    expect(on('2026-11-29')).toContain('year-2026-11-14');
    expect(on('2026-11-30')).not.toContain('year-2026-11-14');
    expect(on('2027-01-10')).toContain('quarter-4-2026-12-31');
  });
});

const share = (count: number, n: number): ReportFigure => ({
  figure: 'onTime',
  n,
  count,
  value: n === 0 ? null : String(count / n),
});
const counted = (figure: ReportFigure['figure'], n: number): ReportFigure => ({
  figure,
  n,
  count: null,
  value: String(n),
});
const chapter = {
  figures: [share(3, 4), counted('overdue', 1)],
  reasons: [{ kind: 'late', procedure: 'p', n: 1 }],
} as const;
const opened: ReportAct = { kind: 'opened', period: yearly, agencies: ['doc', 'dof'] };
const signed = (agency: string): PersonReportAct => ({ kind: 'signed', agency, text: `lời của ${agency}`, ...chapter });
const gathered: PersonReportAct = {
  kind: 'gathered',
  text: 'mở đầu',
  city: [counted('opened', 7)],
  unsigned: [{ agency: 'dof', ...chapter }],
};
const approved: PersonReportAct = {
  kind: 'approved',
  agency: 'hcmc-committee',
  number: '01/BC-UBND',
  contentHash: 'h',
};
const kept = (...acts: readonly ReportAct[]): KeptReportAct[] =>
  acts.map((act) => ({ act, at: at('2026-11-16 09:00'), by: 'somebody' }));
const stateOf = (...acts: readonly ReportAct[]) =>
  foldReport(kept(...acts)) ?? expect.unreachable('a report was opened');

const codeOf = (
  act: PersonReportAct,
  by: { role: string; agency: string | null },
  on: string,
  before: readonly ReportAct[],
) => {
  try {
    requireReportAct(foldReport(kept(...before)), act, by, seeded, at(`${on} 10:00`));
    return 'yes';
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
};
const head = (agency: string) => ({ role: 'head', agency });
const leader = { role: 'leader', agency: 'hcmc-committee' };

describe('a report', () => {
  it('takes a chapter from the head of that agency alone, until it is gathered', () => {
    const by = (who: { role: string; agency: string | null }, ...before: ReportAct[]) =>
      codeOf(signed('doc'), who, '2026-11-16', [opened, ...before]);
    expect(by(head('doc'))).toBe('yes');
    expect(by(head('doc'), signed('doc'))).toBe('yes');
    expect(by(head('dof'))).toBe('FORBIDDEN');
    expect(by({ role: 'officer', agency: 'doc' })).toBe('FORBIDDEN');
    expect(by(leader)).toBe('FORBIDDEN');
    expect(by(head('doc'), gathered)).toBe('PRECONDITION_FAILED');
    expect(codeOf(signed('dost'), head('dost'), '2026-11-16', [opened])).toBe('NOT_FOUND');
    expect(codeOf(signed('doc'), head('doc'), '2026-11-16', [])).toBe('NOT_FOUND');
  });

  it('is gathered once every chapter is signed or its date has passed, by whoever the City has named', () => {
    const gather = (on: string, ...before: ReportAct[]) => codeOf(gathered, head('dost'), on, [opened, ...before]);
    expect(gather('2026-11-16')).toBe('PRECONDITION_FAILED');
    expect(gather('2026-11-16', signed('doc'), signed('dof'))).toBe('yes');
    expect(gather(yearly.chaptersDue)).toBe('PRECONDITION_FAILED');
    expect(gather('2026-11-21', signed('doc'))).toBe('yes');
    expect(codeOf(gathered, head('doc'), '2026-11-21', [opened])).toBe('FORBIDDEN');
    expect(codeOf(gathered, leader, '2026-11-21', [opened])).toBe('FORBIDDEN');
  });

  it('is approved by leadership, once, after it was gathered', () => {
    expect(codeOf(approved, leader, '2026-11-24', [opened])).toBe('PRECONDITION_FAILED');
    expect(codeOf(approved, leader, '2026-11-24', [opened, gathered])).toBe('yes');
    expect(codeOf(approved, head('dost'), '2026-11-24', [opened, gathered])).toBe('FORBIDDEN');
    expect(codeOf(approved, leader, '2026-11-24', [opened, gathered, approved])).toBe('PRECONDITION_FAILED');
  });

  it('never changes once it is approved: what the register says later is an erratum beside it', () => {
    const before = stateOf(opened, signed('doc'), gathered, approved);
    const [was, now] = [counted('opened', 7), counted('opened', 6)];
    const corrected: PersonReportAct = { kind: 'corrected', agency: null, before: was, now, reason: 'rút' };
    expect(codeOf(corrected, leader, '2026-12-01', [opened, gathered])).toBe('PRECONDITION_FAILED');
    expect(codeOf({ ...corrected, now: was }, leader, '2026-12-01', [opened, gathered, approved])).toBe(
      'PRECONDITION_FAILED',
    );
    expect(codeOf(corrected, head('doc'), '2026-12-01', [opened, gathered, approved])).toBe('FORBIDDEN');
    const after = stateOf(opened, signed('doc'), gathered, approved, corrected);
    expect(contentOf(after)).toEqual(contentOf(before));
    expect(printedFigure(before, null, 'opened')).toEqual(was);
    expect(printedFigure(after, null, 'opened')).toEqual(now);
    expect(after.errata).toHaveLength(1);
  });

  it('names no account in what everybody gets', () => {
    const state = stateOf(opened, signed('doc'), gathered, approved);
    expect(state.chapters.map(({ signedBy }) => signedBy)).toContain('somebody');
    expect(JSON.stringify(contentOf(state))).not.toContain('somebody');
  });

  it('says who did not sign, with the figures all the same', () => {
    const state = stateOf(opened, signed('doc'), gathered);
    expect(statusOf(state)).toBe('gathered');
    expect(state.chapters.map(({ agency, text }) => [agency, text])).toEqual([
      ['doc', 'lời của doc'],
      ['dof', null],
    ]);
    expect(unsignedOf(stateOf(opened, signed('doc')))).toEqual(['dof']);
  });

  it('climbs a ladder for each chapter that nobody signed and for the whole until it is approved', () => {
    const about = (...acts: ReportAct[]) => [
      ...new Set(reportRungsAhead(stateOf(opened, ...acts), seeded).map((rung) => rung.about ?? 'report')),
    ];
    expect(about()).toEqual(['doc', 'dof', 'report']);
    expect(about(signed('doc'))).toEqual(['dof', 'report']);
    expect(about(signed('doc'), gathered)).toEqual(['report']);
    expect(about(gathered, approved)).toEqual([]);
    const [first] = reportRungsAhead(stateOf(opened), seeded);
    if (!first) return expect.unreachable('the seeds have a ladder');
    const fired: ReportAct = { kind: 'rung', about: first.about, rung: first.rung.code, dueDate: first.dueDate };
    expect(reportRungsAhead(stateOf(opened, fired), seeded)).toHaveLength(
      reportRungsAhead(stateOf(opened), seeded).length - 1,
    );
  });
});

describe('the draft of a chapter', () => {
  const names: ReportNames = {
    agency: { vi: 'Sở Xây dựng', en: 'Department of Construction' },
    procedure: () => ({ vi: 'Giấy phép xây dựng', en: 'Construction permit' }),
    step: () => ({ vi: 'Thẩm định', en: 'Appraisal' }),
  };
  const months = { from: day('2026-04-01'), to: day('2026-06-30') };

  it('says what was missed and why, from the figures alone', () => {
    const { vi, en } = draftedChapter(
      {
        ...chapter,
        reasons: [...chapter.reasons, { kind: 'stopped', ground: 'supplement', clause: 'Điều 9', n: 2, days: 5 }],
      },
      months,
      names,
    );
    expect(vi).toContain('75 % (3/4)');
    expect(vi).toContain('1 thủ tục trễ hạn: Giấy phép xây dựng.');
    expect(vi).toContain('Tạm dừng (chờ bổ sung hồ sơ, Điều 9): 5 ngày làm việc qua 2 lần.');
    expect(en).toContain('1 late: Construction permit.');
    expect(`${vi}${en}`).not.toMatch(/undefined|NaN|null/);
  });

  it('asks for no reasons where nothing was missed', () => {
    const kept = { figures: [share(4, 4), counted('overdue', 0)], reasons: [] };
    expect(hasMissed(kept)).toBe(false);
    expect(draftedChapter(kept, months, names).vi).not.toContain('nguyên nhân');
    expect(hasMissed(chapter)).toBe(true);
  });

  it('writes numbers as each language does, and a dash where there is nothing to measure', () => {
    expect([decimal('1234567.5', 'vi'), decimal('1234567.5', 'en')]).toEqual(['1.234.567,5', '1,234,567.5']);
    expect(decimal('-0.25', 'vi')).toBe('-0,25');
    expect(figureWords(share(0, 0), 'vi')).toBe('–');
    expect(figureWords({ figure: 'licensed', n: 3, count: null, value: '12.5' }, 'en')).toBe('12.5 working days');
  });
});
