import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWorkingDay, officeOpening } from '../../domain/time/calendar.js';
import { type CaseEvent, type EventType, type Payloads } from '../../domain/case/events.js';
import { apply, emptyCase } from '../../domain/case/fold.js';
import { caseScope, type ScopeId } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { type TaskState } from '../../domain/case/task/state.js';
import { recipients } from '../../domain/time/ladder.js';
import { noticesOf } from '../../domain/notices/notices.js';
import {
  type NoticeDraft,
  noticeKinds,
  type NoticeVars,
  trialNoticeKinds,
  type Urgency,
} from '../../domain/notices/kinds.js';
import { bundle, dueOf, isQuietHour, lastOpening, nextOpening } from '../../domain/notices/sending.js';
import { mailWords, type Names, noticeWords, smsWords } from '../../domain/notices/texts.js';
import { dateWords } from '../../domain/notices/texts/spelled.js';
import { dateOf, plainDate } from '../../domain/time/instants.js';
import { envelopeOf } from '../../domain/notices/webhook-envelope.js';
import { at, person, seededLaw } from '../support/memory-register.js';
import { OneProcedure } from '../support/one-procedure.js';

const calendar = seededLaw.calendar('vn-state');
const { notices: settings } = seededLaw.settings;
const day = plainDate('2026-07-20');

const names: Names = {
  agency: (code) => ({ vi: `cơ quan ${code}`, en: `agency ${code}` }),
  procedure: (version) => ({ vi: `thủ tục ${version}`, en: `procedure ${version}` }),
  step: (_version, code) => ({ vi: `bước ${code}`, en: `step ${code}` }),
  duty: (code) => ({ vi: `nghĩa vụ ${code}`, en: `duty ${code}` }),
};

const received = () => new OneProcedure('irc-ordinary', '2026-07-06 09:00').file().receive();

/** What every event of this story tells, each with the state right after it. */
function told({ register }: OneProcedure): (NoticeDraft & { readonly event: CaseEvent })[] {
  const state = emptyCase(register.code);
  return register.events.flatMap((event) => {
    apply(state, event);
    return noticesOf(event, structuredClone(state), register.law).map((notice) => ({ ...notice, event }));
  });
}

const of = (one: OneProcedure, kind: string) => told(one).filter((notice) => notice.kind === kind);
const words = (vars: NoticeVars, kind: NoticeDraft['kind'], language: 'vi' | 'en') =>
  noticeWords(kind, vars, names, language).text;

describe('the investor', () => {
  it('hears of each turn of the file, with who holds it now and the days left', () => {
    const one = received();
    const [receipt] = of(one, 'dossier-received');
    expect(receipt?.addressees).toEqual([{ to: 'investor', procedure: 'irc-ordinary' }]);
    expect(receipt?.vars.standing).toEqual({ holder: 'shtp-board', days: 10, unit: 'working-day', date: '2026-07-20' });
    expect(words(receipt?.vars ?? {}, 'dossier-received', 'vi')).toContain(
      'Hồ sơ đang ở: cơ quan shtp-board. Còn 10 ngày làm việc (đến 20/07/2026).',
    );
    expect(words(receipt?.vars ?? {}, 'dossier-received', 'en')).toContain(
      'The file is with: agency shtp-board. 10 working days left (until 20 July 2026).',
    );
  });

  it('asked for a supplement, reads the days the agency has when the file comes back', () => {
    const [notice] = of(received().at('2026-07-09 09:00').ask(), 'supplement-requested');
    expect(notice).toMatchObject({ urgency: 'soon', vars: { days: 7, standing: { holder: 'investor', days: 7 } } });
    expect(words(notice?.vars ?? {}, 'supplement-requested', 'vi')).toContain(
      'khi hồ sơ trở lại, cơ quan còn 7 ngày làm việc',
    );
    expect(words(notice?.vars ?? {}, 'supplement-requested', 'en')).toContain('The file is with: you.');
  });

  it('is told once that the time for it is over: by the lapse, not by the rung that falls with it', () => {
    const one = received().at('2026-07-07 09:00').ask().settle('2026-08-20 09:00');
    const ofLapse = told(one).filter(({ event }) => event.occurredAt === at('2026-07-22 00:00'));
    const toInvestor = ofLapse.filter(({ addressees }) => addressees.some(({ to }) => to === 'investor'));
    expect(toInvestor.map(({ kind, urgency }) => `${kind} ${urgency}`)).toEqual(['supplement-lapsed soon']);
    expect(of(one, 'supplement-due')).toHaveLength(1);
  });

  it('is never told of what goes on within the agencies', () => {
    const one = received().work();
    one.answer('object').settle('2026-08-03 09:00');
    const kinds = told(one)
      .filter(({ addressees }) => addressees.some(({ to }) => to === 'investor'))
      .map(({ kind }) => kind);
    for (const inner of ['rung', 'target', 'task-opened', 'opinion-late']) expect(kinds).not.toContain(inner);
  });

  it('reads once it is decided that no term is running, not that none has begun', () => {
    const one = received();
    one.decide();
    const [decision] = of(one, 'decision');
    expect(decision?.vars.standing?.days).toBeNull();
    const vi = words(decision?.vars ?? {}, 'decision', 'vi');
    expect(vi).toContain('Hiện không có thời hạn nào đang chạy.');
    expect(vi).not.toContain('chưa chạy');
    expect(words(decision?.vars ?? {}, 'decision', 'en')).toContain('No term is running.');
  });

  it('reads the standing in every notice that is addressed to them', () => {
    const one = received().at('2026-07-09 09:00').ask().at('2026-07-10 09:00').answerNotice();
    one.decide();
    for (const { addressees, vars } of told(one)) {
      if (addressees.some(({ to }) => to === 'investor')) expect(vars.standing?.holder).toBeTruthy();
    }
    expect(told(one).map(({ kind }) => kind)).toContain('decision');
  });
});

describe('officials', () => {
  it('hear of new work with the next digest, of what presses at once', () => {
    const story = received().settle('2026-07-17 09:00');
    story.decide();
    const urgency = Object.fromEntries(of(story, 'task-opened').map(({ vars, urgency }) => [vars.task, urgency]));
    expect(urgency).toMatchObject({ intake: 'digest', step: 'digest' });
    const apology = {
      taskId: 't',
      key: 'apology/A1',
      kind: 'apology',
      agency: 'dof',
      role: 'head',
      step: null,
      dueDate: day,
    };
    const [pressing] = noticesOf(event('taskOpened', apology), state, seededLaw);
    expect(pressing).toMatchObject({ urgency: 'normal', addressees: [{ to: 'agency', agency: 'dof', role: 'head' }] });
  });

  it('hold a file by claim: then the rung is told to them, else to everybody who might take it', () => {
    const free = received().work().consult();
    const first = (one: OneProcedure) =>
      of(one.settle('2026-08-03 09:00'), 'rung').filter(({ vars }) => vars.clock === 'procedure')[0]?.addressees;
    expect(first(free)).toEqual([{ to: 'agency', agency: 'shtp-board', role: 'officer' }]);
    const held = received();
    held.hold1st();
    expect(first(held)).toEqual([{ to: 'person', id: 'officer.shtp-board' }]);
  });

  it('climb the ladder as it is configured, the urgent rungs at once', () => {
    const one = received().settle('2026-08-20 09:00');
    const ladder = seededLaw.settings.ladders.procedure;
    const rungs = of(one, 'rung').filter(({ vars }) => vars.clock === 'procedure');
    expect(rungs.map(({ vars }) => vars.rung?.code)).toEqual(ladder.map(({ code }) => code));
    for (const { vars, urgency, addressees } of rungs) {
      expect(urgency).toBe(settings.urgentRungs.includes(vars.rung?.code ?? '') ? 'now' : 'normal');
      const tells = new Set(vars.rung?.tells ?? []);
      expect(addressees.some(({ to }) => to === 'leaders')).toBe(tells.has('city-leadership'));
      expect(addressees.some((one) => one.to === 'agency' && one.role === 'head')).toBe(
        tells.has('head') || tells.has('lead-agency'),
      );
    }
  });

  it('of the leadership and the lead agency hear of a target at risk and missed', () => {
    const one = received().settle('2026-08-20 09:00');
    const targets = of(one, 'target');
    expect(new Set(targets.map(({ vars }) => `${vars.term} ${vars.missed}`)).size).toBe(4);
    expect(targets.filter(({ addressees }) => addressees[0]?.to === 'leaders')).toHaveLength(targets.length / 2);
  });
});

// One event of each type that somebody is told of; what is not said here is as the story left it.
const one = received().at('2026-07-07 09:00').ask();
const scope = one.scope;
const state: CaseState = one.register.state;
const asked = state.procedures[scope]?.supplements[0];
Object.assign(state.questions, {
  Q1: { id: 'Q1', procedure: null, agency: 'dof', askedAt: one.now, text: { id: '1', hash: 'h' }, answeredAt: null },
});
const duties = ['investor', 'agency'] as const;
for (const on of duties)
  state.duties[`d-${on}`] = {
    id: `d-${on}`,
    code: 'deposit',
    scope,
    on,
    agency: on === 'agency' ? 'shtp-board' : null,
    dueDate: day,
    since: one.now,
    metAt: null,
    missed: false,
    rungs: [],
  };
const step = Object.values(state.procedures[scope]?.tasks ?? {}).find((task) => task.step !== null);
if (asked && step)
  Object.assign(step, { id: asked.taskId, claimedBy: 'officer.shtp-board.1', completedBy: 'officer.shtp-board.1' });

const text = { id: '1.1', hash: 'SECRET' };
const samples: { [T in EventType]?: Payloads[T] } = {
  caseOpened: one.register.events.find((event) => event.type === 'caseOpened')?.payload as Payloads['caseOpened'],
  laneDecided: { taskId: 't', lane: 'green', reason: 'SECRET' },
  laneHearingOpened: { hearingId: 'H1', predicates: ['high-tech'], reason: text, answerBy: day },
  laneRevoked: { hearingId: 'H1', taskId: 't', reason: text },
  laneKept: { hearingId: 'H1', taskId: 't', reason: text },
  factsQuestioned: {
    questionId: 'F1',
    facts: { 'project.construction': true },
    agency: 'dof',
    answerBy: day,
    documentId: null,
    reason: text,
  },
  factsKept: { questionId: 'F1', taskId: 't', reason: text },
  resultChangeProposed: {
    changeId: 'R1',
    change: 'revocation',
    of: 'H29-1-KQ',
    passages: [],
    reason: text,
    legalBasis: text,
    answerBy: day,
  },
  resultCorrected: {
    changeId: 'R1',
    of: 'H29-1-KQ',
    taskId: 't',
    number: 'H29-1-KQ-DC1',
    passages: [{ was: text, is: text }],
    reason: text,
    legalBasis: text,
  },
  resultRevoked: {
    changeId: 'R1',
    of: 'H29-1-KQ',
    taskId: 't',
    number: 'H29-1-KQ-TH1',
    reason: text,
    legalBasis: text,
  },
  procedureOpened: one.register.events.find(({ type }) => type === 'procedureOpened')
    ?.payload as Payloads['procedureOpened'],
  dossierReceived: one.register.events.find(({ type }) => type === 'dossierReceived')
    ?.payload as Payloads['dossierReceived'],
  completionRequested: { taskId: 't', form: '02', items: ['SECRET'], reason: 'SECRET' },
  receptionRefused: { taskId: 't', form: '03', reason: 'SECRET' },
  supplementRequested: {
    requestId: 'S1',
    taskId: 't',
    ground: 'supplement',
    items: ['SECRET'],
    reason: 'SECRET',
    deadline: day,
    suspends: true,
    daysLeft: 3,
  },
  supplementExtended: { requestId: 'S1', deadline: day, reason: text },
  supplementLapsed: { requestId: 'S1' },
  supplementWithdrawn: { requestId: 'S1', reason: text },
  violationReviewed: { requestId: 'S1', reviewOn: day, reason: text },
  violationHandled: { requestId: 'S1', reason: text },
  receiptWithdrawn: { dossierCode: 'H29-260706-0001', to: null, reason: text },
  extensionWithdrawn: { days: 5, dueDate: day, reason: text },
  supplementAnswered: { requestId: 'S1', documents: [] },
  lapseDecided: { requestId: 'S1', decision: 'stop', reason: 'SECRET' },
  extensionGranted: { days: 5, reason: 'SECRET', dueDate: day },
  apologySent: { letterId: 'A1', taskId: 't', newDate: day, causes: [] },
  clocksRedated: {
    calendar: 'vn-state',
    version: 2,
    document: 'Công văn 1',
    moved: [{ clock: 'printed', from: day, to: plainDate('2026-07-21') }],
  },
  procedureMigrated: { from: 'a@2026-01-01', to: 'a@2026-07-01' },
  decisionMade: { outcome: 'refused', taskId: 't', reason: 'SECRET', endsTerm: true },
  resultHandedOver: { number: '01/GCN' },
  caseClosed: { outcome: 'approved' },
  questionAnswered: { questionId: 'Q1', taskId: 't', text },
  paymentRequested: { step: 'payment', amountVnd: '1500000' },
  dutyIncurred: { duty: 'd-investor', code: 'deposit', scope, on: 'investor', agency: null, dueDate: day },
  taskOpened: { taskId: 't', key: 'k', kind: 'step', agency: 'dof', role: 'officer', step: null, dueDate: day },
  taskReassigned: { taskId: 't', from: 'SECRET', to: 'officer.dof.2', cause: 'head', reason: text },
  workReturned: { taskId: 't', step: step?.step ?? '', items: ['SECRET'], reason: text },
  target30AtRisk: { dueDate: day },
  interestDeclared: { person: 'SECRET', reason: text },
  dutyMet: { duty: 'd', evidence: 'SECRET', late: false },
  caseWithdrawn: { reason: 'SECRET' },
  stepCompleted: { step: 's', outcome: 'done', by: 'person', reference: 'SECRET' },
  taskCompleted: { taskId: 't', outcome: 'done', note: 'SECRET' },
  conferenceDecided: { taskId: 't', resolutions: [], dissent: [{ agency: 'dof', reason: text }], reason: text },
  opinionGiven: {
    agency: 'dost',
    position: 'agree-with-conditions',
    conditions: [{ subject: 'other', direction: 'requires', value: 'SECRET' }],
    legalBasis: 'SECRET',
    late: true,
    messageId: null,
  },
};

const event = (type: EventType, payload: unknown, where: ScopeId = scope): CaseEvent =>
  ({ seq: 99, scope: where, type, occurredAt: at('2026-07-08 09:00'), actor: { kind: 'clock' }, payload }) as CaseEvent;

describe('whoever is asked for something, or holds it', () => {
  const tasks = Object.values(state.procedures[scope]?.tasks ?? {});
  const [held] = tasks.filter(({ claimedBy }) => claimedBy !== null);
  const ended = (reason: string, actor: CaseEvent['actor'], claimedBy: string | null) => {
    const copy = structuredClone(state);
    const key = Object.entries(state.procedures[scope]?.tasks ?? {}).find(([, task]) => task === held)?.[0] ?? '';
    const task = copy.procedures[scope]?.tasks[key];
    if (task) task.claimedBy = claimedBy;
    const cancelled = { ...event('taskCancelled', { taskId: key, reason }), actor } as CaseEvent;
    return noticesOf(cancelled, copy, seededLaw).map(({ addressees, urgency }) => [addressees, urgency]);
  };
  const clock = { kind: 'clock' } as const;
  const holder = person('officer.shtp-board.1', 'officer', 'shtp-board');

  it('is told when it ends without them, and not of what they did themselves', () => {
    expect(ended('withdrawn', clock, 'officer.shtp-board.1')).toEqual([
      [[{ to: 'person', id: 'officer.shtp-board.1' }], 'normal'],
    ]);
    expect(ended('decided', holder, 'officer.shtp-board.1')).toEqual([]);
    expect(ended('closed', clock, null)).toMatchObject([[[{ to: 'agency', agency: held?.agency }], 'digest']]);
    expect(ended('reopened', clock, null)).toEqual([]);
  });

  it('is told when somebody else is given it', () => {
    const key = Object.entries(state.procedures[scope]?.tasks ?? {}).find(([, task]) => task === held)?.[0] ?? '';
    const given = {
      taskId: key,
      from: 'officer.shtp-board.1',
      to: 'officer.shtp-board.2',
      cause: 'head',
      reason: text,
    };
    const told = noticesOf(event('taskReassigned', given), state, seededLaw);
    expect(told.map(({ kind, addressees }) => [kind, addressees[0]])).toEqual([
      ['task-reassigned', { to: 'person', id: 'officer.shtp-board.2' }],
      ['task-ended', { to: 'person', id: 'officer.shtp-board.1' }],
    ]);
  });
});

describe('words fit the state they describe', () => {
  const say = (
    kind: Parameters<typeof noticeWords>[0],
    vars: Parameters<typeof noticeWords>[1],
    language: 'vi' | 'en',
  ) => {
    const { title, text: body } = noticeWords(kind, vars, names, language);
    return `${title} ${body}`;
  };

  it.each(['approved', 'refused', 'withdrawn'])('of a case that ended %s', (outcome) => {
    expect(say('case-closed', { outcome }, 'vi')).not.toContain('luồng xanh');
    expect(/is done|has every approval/.test(say('case-closed', { outcome }, 'en'))).toBe(outcome === 'approved');
  });

  it('of a request without a last day, by its ground', () => {
    const vars = { days: 3, date: null, outcome: 'suspended', ground: 'explanation' } as const;
    expect(say('supplement-requested', vars, 'en')).not.toMatch(/not known yet|missing/);
    expect(say('supplement-requested', vars, 'vi')).toContain('giải trình');
    expect(say('task-opened', { task: 'stuck', date: null }, 'en')).not.toContain('Due');
  });
});

describe('every kind of notice', () => {
  const consulted = received().work().consult().register.state;
  const consultation = Object.keys(consulted.consultations)[0] ?? '';
  const someTask = Object.keys(state.procedures[scope]?.tasks ?? {})[0] ?? '';
  const examined = structuredClone(state);
  for (const task of Object.values(examined.procedures[scope]?.tasks ?? {}))
    if (task.kind === 'intake') Object.assign(task, { status: 'claimed', claimedBy: 'SECRET-holder' });
  const unheld = structuredClone(state);
  const extract = unheld.procedures[scope]?.extracts?.['location-right'];
  if (extract) extract.missed = { look: 1, at: at('2026-07-08 09:00'), reason: 'silent' };
  const [anyTask] = Object.values(state.procedures[scope]?.tasks ?? {});
  const deciding = {
    ...anyTask,
    key: 'revocation/H1',
    kind: 'revocation',
    status: 'open',
    claimedBy: null,
  } as TaskState;
  const heard = { ...state, tasks: { t: deciding } };
  const instruction = { ...anyTask, id: 'i', key: 'instruction/D1', kind: 'instruction', claimedBy: null } as TaskState;
  const instructed = { ...state, tasks: { i: instruction } };
  const changing = { ...anyTask, key: 'result-change/R1', kind: 'result-change', status: 'open', claimedBy: null };
  const doubted = { ...state, tasks: { t: changing as TaskState } };
  const betweenPeople = noticeKinds.filter((kind) => /^(delegation|power|member)-/.test(kind));
  const drafts = [
    ...Object.entries(samples).flatMap(([type, payload]) =>
      noticesOf(event(type as EventType, payload), state, seededLaw),
    ),
    ...noticesOf(event('opinionGiven', samples.opinionGiven, consultation), consulted, seededLaw),
    ...noticesOf(event('taskCancelled', { taskId: someTask, reason: 'decided' }), state, seededLaw),
    ...noticesOf(event('taskReleased', { taskId: someTask, cause: 'may-not-hold' }), state, seededLaw),
    ...noticesOf(
      event('signatoryNamed', { taskId: someTask, asked: 't', signatory: 'SECRET', reason: text }),
      state,
      seededLaw,
    ),
    ...noticesOf(event('lapseDecided', { requestId: 'S1', decision: 'continue', reason: 'SECRET' }), state, seededLaw),
    ...noticesOf(event('laneHearingAnswered', { hearingId: 'H1', statement: text }), heard, seededLaw),
    ...noticesOf(event('resultHearingAnswered', { changeId: 'R1', statement: text }), doubted, seededLaw),
    ...noticesOf(event('instructionAnswered', { instructionId: 'D1', taskId: 'i', text }), instructed, seededLaw),
    ...noticesOf(
      event('instructionMoved', { instructionId: 'D1', taskId: 'i', from: day, dueDate: day, reason: text }),
      instructed,
      seededLaw,
    ),
    ...noticesOf(
      event('extractMissed', {
        document: 'location-right',
        register: 'national-land-database',
        look: 1,
        reason: 'silent',
      }),
      unheld,
      seededLaw,
    ),
    ...noticesOf(event('dossierFiled', { documents: [], amends: true }), examined, seededLaw),
    ...noticesOf(event('rungReached', { clock: 'printed', rung: 'half', dueDate: null }), state, seededLaw),
    ...noticesOf(event('rungReached', { clock: 'supplement/S1', rung: 'day-before', dueDate: day }), state, seededLaw),
    ...noticesOf(
      event('rungReached', { clock: 'duty/d-investor', rung: 'day-before', dueDate: day }, caseScope(state.code)),
      state,
      seededLaw,
    ),
  ];

  it('can happen', () => {
    const happened = new Set(drafts.map(({ kind }) => kind));
    const elsewhere: readonly string[] = [
      ...['webhook-paused', 'calendar-missing', 'instruction-closed'],
      ...noticeKinds.filter((kind) => kind.startsWith('report-')),
      ...betweenPeople,
      ...trialNoticeKinds,
    ];
    expect(noticeKinds.filter((kind) => !elsewhere.includes(kind) && !happened.has(kind))).toEqual([]);
  });

  it.each(noticeKinds.filter((kind) => !(trialNoticeKinds as readonly string[]).includes(kind)))(
    '%s has words in both languages, spelled out',
    (kind) => {
      const vars = drafts.find((draft) => draft.kind === kind)?.vars ?? {
        webhook: 'w',
        outcome: 'HTTP_500',
        calendar: 'vn-state',
        year: 2028,
        from: day,
        date: day,
      };
      const [vi, en] = [noticeWords(kind, vars, names, 'vi'), noticeWords(kind, vars, names, 'en')];
      for (const { title, text: body } of [vi, en]) {
        expect(title.length).toBeGreaterThan(3);
        expect(`${title} ${body}`).not.toMatch(/undefined|null|NaN|\[object|«»|“”| {2}/);
      }
      expect(vi.title).not.toBe(en.title);
      expect(vi.text).not.toBe(en.text);
      expect(`${vi.title} ${vi.text}`).toMatch(/[ăâđêôơưáàảãạ]/i);
    },
  );

  it('carries no words and no names of people', () => {
    expect(JSON.stringify(drafts.map(({ vars }) => vars))).not.toContain('SECRET');
  });

  it('of a rung that is configured reaches somebody, whatever the clock', () => {
    const clocks = {
      printed: scope,
      'supplement/S1': scope,
      'duty/d-investor': scope,
      'duty/d-agency': scope,
    } as const;
    const empty: string[] = [];
    const check = (clock: string, where: ScopeId, of: CaseState, ladder: keyof typeof seededLaw.settings.ladders) => {
      for (const rung of seededLaw.settings.ladders[ladder]) {
        if (clock.startsWith('supplement') && rung.kind === 'missed') continue;
        const found = noticesOf(event('rungReached', { clock, rung: rung.code, dueDate: day }, where), of, seededLaw);
        if (found.flatMap(({ addressees }) => addressees).length < (rung.tells?.length ?? 1))
          empty.push(`${clock} ${rung.code}`);
        for (const one of rung.tells ?? []) expect(recipients).toContain(one);
      }
    };
    for (const [clock, where] of Object.entries(clocks))
      check(clock, where, state, clock === 'printed' ? 'procedure' : clock.startsWith('duty') ? 'duty' : 'supplement');
    check('opinion/dost', consultation, consulted, 'opinion');
    check('conference', consultation, consulted, 'conference');
    expect(empty).toEqual([]);
  });
});

describe('a mail', () => {
  const [receipt] = of(received(), 'dossier-received');
  const notice = { kind: 'dossier-received', vars: receipt?.vars ?? {} } as const;

  it('has the codes in its subject, the same words as text and as HTML, and no markup that somebody slipped in', () => {
    const vars = { ...notice.vars, document: '<script>alert(1)</script>', from: day };
    const { subject, text: plain, html } = mailWords([notice, { kind: 'date-moved', vars }], names, 'vi');
    expect(subject).toBe('2 thông báo từ Luồng Xanh');
    expect(plain).toContain('<script>');
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;');
    const one = mailWords([notice], names, 'en');
    expect(one.subject).toBe(`[${notice.vars.case}] [${notice.vars.dossier}] Dossier received, with an appointment`);
    for (const line of one.text.split('\n').filter((part) => part !== '' && !part.includes("'"))) {
      expect(one.html.replaceAll('&amp;', '&')).toContain(line);
    }
  });

  it('or short message keeps Vietnamese letters, composed', () => {
    const sms = smsWords(notice, names, 'vi');
    expect(sms).toBe(`Luồng Xanh ${notice.vars.dossier}: Đã tiếp nhận hồ sơ, hẹn trả kết quả. Xem trong Luồng Xanh.`);
    expect(sms.normalize('NFC')).toBe(sms);
  });

  it('names dates as the language does', () => {
    expect(dateWords(plainDate('2026-02-03'), 'vi')).toBe('03/02/2026');
    expect(dateWords(plainDate('2026-02-03'), 'en')).toBe('3 February 2026');
  });
});

const instants = fc
  .integer({ min: Date.parse('2026-01-02T00:00:00Z'), max: Date.parse('2026-12-20T00:00:00Z') })
  .map((ms) => new Date(ms).toISOString());
const quiet = (when: string) => isQuietHour(settings, calendar, when);

describe('quiet hours', () => {
  it.each([
    ['2026-07-06 06:59', true],
    ['2026-07-06 07:00', false],
    ['2026-07-06 19:59', false],
    ['2026-07-06 20:00', true],
    ['2026-07-05 10:00', true],
    ['2026-09-02 10:00', true],
  ])('%s is quiet: %s', (when, expected) => {
    expect(quiet(at(when))).toBe(expected);
  });

  it('hold everything but what is urgent until an office opens, and never longer', () => {
    const seed = { seed: 20_260_706, numRuns: 500 };
    fc.assert(
      fc.property(
        instants,
        fc.constantFrom<Urgency>('now', 'soon', 'normal', 'digest'),
        fc.nat(9),
        fc.boolean(),
        (now, urgency, sentToday, digest) => {
          const due = dueOf(urgency, now, calendar, settings, { digest, sentToday });
          if (urgency === 'now') return due === now;
          if (due === now) return !quiet(now) && urgency !== 'digest';
          // The next opening, found by walking.
          let walk = dateOf(now);
          while (!isWorkingDay(calendar, walk) || officeOpening(calendar, walk) <= now) {
            walk = plainDate(new Date(Date.parse(walk) + 86_400_000).toISOString().slice(0, 10));
          }
          return due === officeOpening(calendar, walk) && due === nextOpening(calendar, now);
        },
      ),
      seed,
    );
    fc.assert(
      fc.property(instants, (now) => {
        const last = lastOpening(calendar, now);
        return last <= now && nextOpening(calendar, last) > now;
      }),
      seed,
    );
  });

  it('after the limit of a day, the rest waits for one digest', () => {
    const noon = at('2026-07-06 12:00');
    const due = (sentToday: number) => dueOf('normal', noon, calendar, settings, { digest: false, sentToday });
    expect(due(settings.digestAbove - 1)).toBe(noon);
    expect(due(settings.digestAbove)).toBe(at('2026-07-07 07:30'));
  });
});

describe('a bundle', () => {
  const waiting = fc
    .array(fc.constantFrom<Urgency>('now', 'soon', 'normal', 'digest'), { maxLength: 20 })
    .map((list) => list.map((urgency, notice) => ({ notice, urgency })));

  it('has each notice once, at most one digest, and nothing pressing in it', () => {
    fc.assert(
      fc.property(waiting, fc.integer({ min: 1, max: 6 }), fc.boolean(), (list, above, digest) => {
        const bundles = bundle(list, above, digest);
        const several = bundles.filter((one) => one.length > 1);
        const pressing = list.filter(({ urgency }) => urgency === 'now' || urgency === 'soon');
        expect(bundles.flat().sort((a, b) => a - b)).toEqual(list.map(({ notice }) => notice));
        expect(several.length).toBeLessThanOrEqual(1);
        for (const { notice } of pressing) expect(bundles).toContainEqual([notice]);
        const ordinary = list.filter(({ urgency }) => urgency === 'normal').length;
        if (!digest && ordinary <= above) expect(bundles.length).toBeGreaterThanOrEqual(pressing.length + ordinary);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe('what goes to systems outside', () => {
  it('has neither free text nor people in it', () => {
    for (const [type, payload] of Object.entries(samples)) {
      const envelope = envelopeOf({
        ...event(type as EventType, payload),
        actor: { kind: 'person', id: 'SECRET', role: 'officer', agency: 'dof' },
      } as CaseEvent);
      expect(JSON.stringify(envelope), type).not.toMatch(/SECRET|investor\.test|officer\.dof\.2/);
      expect(envelope).toMatchObject({ id: `${state.code}.99`, type, actor: { kind: 'person', agency: 'dof' } });
    }
  });

  it('keeps what the law and the clocks say', () => {
    const envelope = envelopeOf(event('clocksRedated', samples.clocksRedated));
    expect(envelope.payload).toEqual(samples.clocksRedated);
  });
});
