import { beforeAll, describe, expect, it } from 'vitest';
import { type CaseEvent, type EventType } from '../../domain/case/events.js';
import { type TrialRequest } from '../../domain/case/trial/words.js';
import { apply, emptyCase } from '../../domain/case/fold.js';
import { envelopeOf } from '../../domain/notices/webhook-envelope.js';
import { noticesOf } from '../../domain/notices/notices.js';
import { type NoticeDraft, trialNoticeKinds } from '../../domain/notices/kinds.js';
import { type Names, noticeWords, smsWords } from '../../domain/notices/texts.js';
import { type TrialDuty, trialDutyNames } from '../../domain/case/trial/duty-kinds.js';
import { exampleTrials } from '../../seeds/index.js';
import { head, members, OneTrial, participant, secretary } from '../support/one-trial.js';
import { dateOf, plainDate } from '../../domain/time/instants.js';
import { person } from '../support/memory-register.js';
import { outside } from '../support/trial-acts.js';

const names: Names = {
  agency: (code) => ({ vi: `cơ quan ${code}`, en: `agency ${code}` }),
  procedure: (version) => ({ vi: `thủ tục ${version}`, en: `procedure ${version}` }),
  step: (_version, code) => ({ vi: `bước ${code}`, en: `step ${code}` }),
  duty: (code) => trialDutyNames[code as TrialDuty] ?? { vi: `nghĩa vụ ${code}`, en: `duty ${code}` },
};

type Told = NoticeDraft & { readonly event: CaseEvent };

/** What every event of this trial tells, each with the state right after it. */
function told({ register }: OneTrial): Told[] {
  const state = emptyCase(register.state.code);
  return register.events.flatMap((event) => {
    apply(state, event);
    return noticesOf(event, structuredClone(state), register.law).map((notice) => ({ ...notice, event }));
  });
}

/** `kind urgency to` of each notice that events of this type tell. */
const tells = (one: OneTrial, type: EventType): string[] =>
  told(one).flatMap(({ event, kind, urgency, addressees }) =>
    event.type === type ? [`${kind} ${urgency} ${addressees.map(nameOf).join('+')}`] : [],
  );

const nameOf = (one: NoticeDraft['addressees'][number]): string =>
  one.to === 'agency' ? `${one.role}.${one.agency}` : one.to === 'person' ? one.id : one.to;

const last = (one: OneTrial, kind: string): Told => {
  const found = told(one).findLast((notice) => notice.kind === kind);
  if (!found) throw new Error(`nobody is told ${kind}`);
  return found;
};
const said = (one: OneTrial, kind: string, language: 'vi' | 'en' = 'en'): string => {
  const { title, text } = noticeWords(last(one, kind).kind, last(one, kind).vars, names, language);
  return `${title}. ${text}`;
};

const running = (options: ConstructorParameters<typeof OneTrial>[1] = {}) =>
  new OneTrial('2026-07-06 09:00', options).at('2026-07-20 09:00').start();

/** On a Saturday night: no office opens for a day and a half. */
function held(): OneTrial {
  const one = running().at('2026-08-08 22:00');
  one.measure({ limit: 'altitude', value: 230 });
  return one.work();
}

/** … confirmed on Monday: it stands still until it is resumed. */
const suspended = () => held().at('2026-08-10 09:00').complete('hold/H1', { outcome: 'confirm', reason: 'too high' });

const ask = (one: OneTrial, request: Parameters<typeof requestOf>[0]) => {
  one.act(participant, requestOf(request));
  return one.work();
};
const requestOf = (request: TrialRequest) => ({ type: 'requestTrialChange', request, reason: 'SECRET' }) as const;

function incident(one: OneTrial, severity: 'minor' | 'serious' | 'critical'): OneTrial {
  const when = { happenedAt: one.now, knownAt: one.now };
  const told = { severity, ...when, description: 'SECRET', documentId: null };
  one.act(participant, { type: 'reportIncident', incident: null, ...told });
  return one.work();
}

function finalReport(one: OneTrial): OneTrial {
  const lessons = [{ act: 'Luật A', article: 'Điều 1', change: 'SECRET' }];
  one.act(participant, { type: 'fileFinalReport', documentId: 'doc', lessons, figures: { flights: 900 } });
  return one.work();
}

/** Completed, with a transition where the regime allows one, and its users served. */
function completed(one: OneTrial): OneTrial {
  finalReport(one.at('2027-06-07 09:00')).complete('completion', { outcome: 'completed', reason: 'as planned' });
  one.engine({ type: 'certifyCompletion' });
  return one;
}

describe('whoever takes part in a trial', () => {
  it('reads at filing when the decision is expected, and of the admission as of any procedure', () => {
    const one = new OneTrial('2026-07-06 09:00').appraise();
    expect(tells(one, 'caseOpened')).toEqual(['trial-received normal investor']);
    expect(said(one, 'trial-received')).toMatch(/procedure “procedure admission-hcmc-res-20-2024-uav@/);
    expect(last(one, 'trial-received').vars.standing?.holder).toBe('hcmc-pasc');
    expect(last(one, 'dossier-received').vars.standing).toMatchObject({ unit: 'working-day' });
  });

  it('is told that a regime takes it or does not, once an officer has said so', () => {
    const filing = exampleTrials.ai;
    const unknown = { ...filing, solution: { ...filing.solution, canHarm: true, insured: null } };
    const one = new OneTrial('2026-07-06 09:00', { filing: unknown });
    expect(one.trial.fit).toBe('unknown');
    one.engine({ type: 'openTask', key: 'fit', kind: 'fit', agency: one.trial.evaluates, role: 'officer', step: null });
    one.complete('fit', { outcome: 'does-not-fit', reason: 'SECRET' });
    expect(tells(one, 'fitDecided')).toEqual(['trial-fit soon investor']);
    expect(said(one, 'trial-fit')).toContain('you may file a new request');
    one.engine({ type: 'closeCase' });
    expect(tells(one, 'caseClosed')).toEqual(['trial-case-closed normal investor']);
    expect(said(one, 'trial-case-closed')).toContain('ended without admission');
  });

  it('admitted, reads from when to when, what must be shown first, and then that it may run', () => {
    const one = running();
    expect(said(one, 'trial-admitted', 'vi')).toBe(
      'Thử nghiệm được chấp thuận có điều kiện. Thử nghiệm được chấp thuận từ 20/07/2026 đến 19/07/2027. Mời Quý vị xem các điều kiện và giới hạn trong ' +
        'hồ sơ. Trước khi bắt đầu, Quý vị cần nộp giấy phép của cơ quan khác mà quyết định đã nêu.\n' +
        'Thử nghiệm: đã được chấp thuận, chưa bắt đầu (đến 19/07/2027).',
    );
    expect(tells(one, 'trialStarted')).toEqual([
      'trial-started soon investor',
      `trial-to-supervise normal officer.${one.trial.supervises}+head.${one.trial.supervises}`,
    ]);
    expect(said(one, 'trial-started')).toMatch(/The trial: running \(until 19 July 2027\)\.$/);
  });

  it('refused, reads it as of any decision', () => {
    const one = new OneTrial('2026-07-06 09:00').appraise().evaluate().deliberate().decide('refuse', 'SECRET');
    expect(tells(one, 'decisionMade')).toEqual(['decision soon investor']);
    expect(said(one, 'decision')).toMatch(/^Decided: refused/);
  });

  it('is warned near a limit once a day, and so is whoever supervises', () => {
    const one = running().at('2026-08-03 10:00');
    for (const hour of ['10:00', '11:00', '12:00'])
      one.at(`2026-08-03 ${hour}`).measure({ limit: 'altitude', value: 190 });
    one.at('2026-08-04 10:00').measure({ limit: 'altitude', value: 195 });
    const near = told(one).filter(({ kind }) => kind === 'limit-near');
    expect(near).toHaveLength(4);
    expect(new Set(near.map(({ ref }) => ref)).size).toBe(2);
    expect(tells(one, 'limitNeared').slice(0, 2)).toEqual([
      'limit-near soon investor',
      `limit-watched digest officer.${one.trial.supervises}`,
    ]);
    expect(near[0]?.vars.case).toBe(one.register.state.code);
  });

  it('beyond a limit, is told at once and whatever the hour to stop, and by when the hold is decided', () => {
    const one = held();
    expect(tells(one, 'limitExceeded')).toEqual([]);
    expect(tells(one, 'holdPlaced')).toEqual([
      'trial-held now investor',
      `hold-to-confirm now officer.${one.trial.supervises}+head.${one.trial.supervises}`,
    ]);
    // Monday is the next working day.
    expect(said(one, 'trial-held')).toMatch(/You must stop.* by the end of 10 August 2026\.\nThe trial: held/);
    expect(said(one, 'trial-held', 'vi')).toContain('chậm nhất hết ngày 10/08/2026');
  });

  it('reads that the hold is confirmed, lifted, or has lapsed; the last is escalated with City leadership', () => {
    expect(tells(suspended(), 'holdConfirmed')).toEqual(['hold-confirmed now investor']);
    const lifted = held().at('2026-08-10 09:00').complete('hold/H1', { outcome: 'lift', reason: 'a faulty sensor' });
    expect(tells(lifted, 'holdLifted')).toEqual(['hold-lifted now investor']);
    expect(said(lifted, 'hold-lifted')).toContain('has lifted the hold');
    const lapsed = held().settle('2026-08-20 09:00');
    const { supervises, authority } = lapsed.trial;
    expect(tells(lapsed, 'holdLifted')).toEqual([
      'hold-lifted now investor',
      `hold-unconfirmed now head.${supervises}+head.${authority}+leaders`,
    ]);
    expect(said(lapsed, 'hold-lifted')).toContain('has lapsed');
  });

  it('owes a report of a limit exceeded by an hour, where the regime says so, and reads that it is overdue', () => {
    const one = running({ filing: exampleTrials.ai }).at('2026-08-10 10:00');
    one.measure({ limit: 'users', value: 1001 });
    expect(tells(one, 'incidentOpened')).toEqual(['incident-report-owed now investor']);
    expect(said(one, 'incident-report-owed')).toContain('Please report it by 10:00 on 13 August 2026');
    one.settle('2026-08-14 09:00');
    const { supervises } = one.trial;
    expect(tells(one, 'incidentReportMissed')).toEqual([
      'incident-report-missed now investor',
      `incident-unreported soon officer.${supervises}+head.${supervises}`,
    ]);
  });

  it('hears of requests granted and refused, and of what others decide unasked', () => {
    const one = ask(suspended(), { kind: 'resumption' }).complete('trial-request/R1', {
      outcome: 'refuse',
      reason: 'SECRET',
    });
    expect(tells(one, 'trialChangeRefused')).toEqual(['request-refused soon investor']);
    ask(one, { kind: 'resumption' }).complete('trial-request/R2', { outcome: 'grant', reason: 'tested' });
    expect(said(one, 'request-granted')).toContain('to resume the trial is granted');
    const { supervises, authority } = one.trial;
    expect(tells(one, 'trialChangeRequested')).toEqual(Array(2).fill(`request-to-decide normal head.${authority}`));
    expect(tells(one, 'trialResumed')).toEqual([
      'request-granted soon investor',
      `trial-changed normal officer.${supervises}`,
    ]);
    ask(one.at('2027-03-01 09:00'), { kind: 'extension', months: 3 }).complete('trial-request/R3', {
      outcome: 'grant',
      reason: 'useful',
    });
    expect(said(one, 'request-granted', 'vi')).toContain('Thử nghiệm được chạy đến 19/10/2027');
    ask(one, { kind: 'adjustment', terms: one.terms }).complete('trial-request/R4', {
      outcome: 'grant',
      reason: 'fine',
    });
    expect(last(one, 'request-granted').vars.outcome).toBe('adjustment');
    one.act(head(supervises), { type: 'suspendTrial', reason: 'SECRET' });
    expect(tells(one, 'trialSuspended')[0]).toBe('trial-suspended now investor');
    one.act(head(supervises), { type: 'resumeTrial', reason: 'remedied' });
    expect(said(one, 'trial-resumed')).toContain('may run again within its limits');
  });

  it('reads before its term ends that the final report is due, and how the trial ended', () => {
    const expired = running().settle('2027-07-30 09:00');
    expect(said(expired, 'final-report-due')).toContain('Without it the trial ends');
    expect(said(expired, 'trial-ended')).toContain('Your trial has ended: its term is over');
    const one = running();
    finalReport(one.at('2027-06-07 09:00')).settle('2027-07-20 09:00');
    expect(said(one, 'trial-term-over')).toContain('its final report is being assessed');
    expect(tells(one, 'finalReportFiled')).toEqual([`completion-to-assess normal head.${one.trial.authority}`]);
  });

  it('completed, reads of the certificate, the duties to its users by their own names, and the end', () => {
    const one = completed(running());
    expect(last(one, 'trial-certified').vars.number).toBe(`${one.admission.dossierCode ?? ''}-HT`);
    const owed = told(one).find(({ kind, vars }) => kind === 'duty-incurred' && vars.duty === 'trial-users');
    expect(noticeWords('duty-incurred', owed?.vars ?? {}, names, 'vi').text).toMatch(/^«Trả dữ liệu»/);
    one.act(participant, { type: 'meetDuty', duty: 'trial-users#1', evidence: 'sent' });
    one.engine({ type: 'closeCase' });
    expect(said(one, 'trial-case-closed')).toContain('nothing is owed any more');
  });
});

describe('whoever supervises', () => {
  it('hears of incidents, of a critical one at once with the authority', () => {
    const { supervises, authority } = running().trial;
    const both = `officer.${supervises}+head.${supervises}`;
    expect(tells(incident(running(), 'minor'), 'incidentReported')).toEqual([`incident-reported normal ${both}`]);
    const grave = incident(running().at('2026-08-08 23:00'), 'critical');
    expect(tells(grave, 'incidentReported')).toEqual([
      `incident-reported now ${both}`,
      `incident-reported now head.${authority}`,
    ]);
    expect(last(grave, 'trial-held').vars).toMatchObject({ outcome: 'incident' });
    const finding = { damage: 'none', cause: 'undetermined', exempt: false } as const;
    grave.at('2026-08-10 09:00').complete('incident/I1', { outcome: 'examined', finding, reason: 'SECRET' });
    expect(tells(grave, 'incidentExamined')).toEqual(['incident-examined normal investor']);
  });

  it('hears of reports filed and missed, each once; the participant of their being due', () => {
    const one = running().settle('2026-12-01 09:00');
    const { supervises } = one.trial;
    expect(tells(one, 'dutyMissed')).toContain(`trial-report-missed normal officer.${supervises}+head.${supervises}`);
    const toHeads = told(one).filter(
      ({ kind, addressees }) => kind === 'rung' && nameOf(addressees[0] ?? { to: 'admins' }) === `head.${supervises}`,
    );
    expect(toHeads.filter(({ vars }) => vars.duty === 'trial-report')).toEqual([]);
    expect(said(one, 'duty-due')).toMatch(/A duty is overdue.*Periodic report on the trial.*\nThe trial: running/s);
    one.act(participant, { type: 'fileTrialReport', duty: null, documentId: 'doc', figures: { flights: 4 } });
    expect(tells(one, 'trialReportFiled')).toEqual([`trial-report-filed digest officer.${supervises}`]);
    one.act(head(supervises), {
      type: 'recordVisit',
      on: plainDate('2026-11-30'),
      result: 'shortcomings',
      findings: 'SECRET',
    });
    expect(said(one, 'visit-recorded')).toContain('The visit on 30 November 2026 found the trial with shortcomings');
  });

  it('hears of readings beyond a limit while the trial stands still, once a day', () => {
    const one = suspended();
    for (const hour of ['10:00', '11:00']) one.at(`2026-08-10 ${hour}`).measure({ limit: 'altitude', value: 230 });
    const { supervises } = one.trial;
    expect(tells(one, 'limitExceeded').slice(0, 2)).toEqual([
      'limit-exceeded soon investor',
      `limit-exceeded soon officer.${supervises}+head.${supervises}`,
    ]);
    expect(new Set(told(one).flatMap(({ kind, ref }) => (kind === 'limit-exceeded' ? [ref] : []))).size).toBe(1);
  });

  it('is not told the same twice by the task that an event calls for', () => {
    const one = ask(suspended(), { kind: 'resumption' });
    expect(tells(one, 'taskOpened').filter((line) => /hold|trial-request/.test(line))).toEqual([]);
    const kinds = told(one).flatMap(({ kind, vars }) => (kind === 'task-opened' ? [vars.task] : []));
    expect(kinds).not.toContain('hold');
    expect(kinds).not.toContain('trial-request');
  });
});

describe('members of a council', () => {
  it('are told when and by whom they are called, and those who may vote that it is time', () => {
    const one = new OneTrial('2026-07-06 09:00').appraise().evaluate().convene();
    expect(tells(one, 'councilConvened')).toEqual([`council-convened soon ${members.join('+')}`]);
    expect(said(one, 'council-convened')).toMatch(/meets at 09:00 on 7 July 2026, called by agency dost/);
    one.act(person(members[2], 'expert'), { type: 'declareInterest', reason: 'SECRET' });
    const { id: taskId } = one.task('step/council');
    one.act(secretary, { type: 'openCouncil', taskId, present: [...members] });
    expect(tells(one, 'councilOpened')).toEqual([`council-vote soon ${members[0]}+${members[1]}`]);
  });
});

describe('every kind of notice of a trial', () => {
  let all: readonly Told[] = [];
  beforeAll(() => {
    const passing = running({ filing: exampleTrials.ai, terms: { transitionMonths: 1 } });
    completed(passing).settle('2027-12-01 09:00');
    const lives = [passing, held().settle('2026-08-20 09:00'), suspended(), incident(running(), 'critical')];
    const ai = running({ filing: exampleTrials.ai, terms: { transitionMonths: 1 } }).at('2026-08-10 10:00');
    ai.measure({ limit: 'users', value: 950 });
    ai.measure({ limit: 'users', value: 1001 });
    ai.settle('2026-08-14 09:00');
    const one = suspended();
    one.measure({ limit: 'test-area', value: outside });
    ask(one, { kind: 'resumption' }).complete('trial-request/R1', { outcome: 'refuse', reason: 'no' });
    one.act(head(one.trial.supervises), { type: 'resumeTrial', reason: 'remedied' });
    one.act(head(one.trial.supervises), { type: 'suspendTrial', reason: 'again' });
    ask(one, { kind: 'resumption' }).complete('trial-request/R2', { outcome: 'grant', reason: 'yes' });
    one.act(head(one.trial.supervises), {
      type: 'recordVisit',
      on: dateOf(one.now),
      result: 'in-order',
      findings: 'x',
    });
    one.settle('2026-12-01 09:00');
    one.act(participant, { type: 'fileTrialReport', duty: null, documentId: 'doc', figures: {} });
    finalReport(one.at('2027-06-07 09:00')).settle('2027-07-21 09:00');
    one.complete('completion', { outcome: 'completed', reason: 'as planned' });
    one.engine({ type: 'certifyCompletion' });
    one.act(participant, { type: 'meetDuty', duty: 'trial-users#1', evidence: 'sent' });
    one.engine({ type: 'closeCase' });
    const examined = incident(running(), 'minor');
    const finding = { damage: 'none', cause: 'undetermined', exempt: false } as const;
    examined.complete('incident/I1', { outcome: 'examined', finding, reason: 'x' });
    const unknown = { ...exampleTrials.ai, solution: { ...exampleTrials.ai.solution, canHarm: true, insured: null } };
    const fitted = new OneTrial('2026-07-06 09:00', { filing: unknown }).appraise();
    const expired = running().settle('2027-07-30 09:00');
    all = [...lives, ai, one, examined, fitted, expired].flatMap(told);
  });

  it.each(trialNoticeKinds)('%s happens, and has words in both languages, spelled out', (kind) => {
    const found = all.filter((one) => one.kind === kind);
    expect(found).not.toEqual([]);
    for (const { vars } of found) {
      const [vi, en] = [noticeWords(kind, vars, names, 'vi'), noticeWords(kind, vars, names, 'en')];
      for (const { title, text } of [vi, en]) {
        expect(title.length).toBeGreaterThan(3);
        expect(`${title} ${text}`).not.toMatch(/undefined|null|NaN|\[object|«»|“”| {2}|not known yet/);
      }
      expect(vi.title).not.toBe(en.title);
      expect(vi.text).not.toBe(en.text);
      expect(`${vi.title} ${vi.text}`).toMatch(/[ăâđêôơưáàảãạ]/i);
    }
  });

  it('carries no words of people, no person and no measured value; a short message names not even the limit', () => {
    const vars = JSON.stringify(all.map((one) => one.vars));
    expect(vars).not.toMatch(/SECRET|too high|expert\.|investor\.|officer\.|10\.90|1001|"230"|:230/);
    for (const one of all) {
      if (!['now', 'soon'].includes(one.urgency)) continue;
      const label = one.vars.label?.vi;
      if (label !== undefined) expect(smsWords(one, names, 'vi')).not.toContain(label);
    }
  });

  it('of a hold and of a critical incident goes out whatever the hour', () => {
    const grave = new Set(['trial-held', 'hold-to-confirm', 'hold-confirmed', 'hold-lifted', 'hold-unconfirmed']);
    for (const { kind, urgency, vars } of all) {
      if (grave.has(kind) || (kind === 'incident-reported' && vars.outcome === 'critical')) expect(urgency).toBe('now');
    }
  });

  it('to whoever takes part says where the trial stands, or who holds the file', () => {
    for (const { kind, vars, addressees } of all) {
      if (addressees.some(({ to }) => to === 'investor')) expect(vars.trial ?? vars.standing, kind).toBeTruthy();
    }
  });
});

it('tells systems outside of a trial neither what was measured nor who sits and votes', () => {
  const one = suspended();
  const outer = JSON.stringify(one.register.events.map(envelopeOf));
  expect(outer).not.toMatch(/expert\.1|:230|"vote"|flights/);
  expect(outer).toContain('"limit":"altitude"');
});
