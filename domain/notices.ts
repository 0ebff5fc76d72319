import type { CaseEvent, EventOf, TaskKind } from './case/events.js';
import type { Law } from './case/law.js';
import { procedureScopeOf, type ScopeId } from './case/scope.js';
import type { CaseState, ConsultationState, DutyState, ProcedureState, TaskState } from './case/state.js';
import { startsByItself } from './case/progress.js';
import {
  ifPublished,
  isWorkingDay,
  nextWorkingDay,
  officeOpening,
  onOrNextWorkingDay,
  previousWorkingDay,
  type Calendar,
  type DayUnit,
} from './calendar.js';
import type { Recipient, Rung } from './ladder.js';
import type { ProjectFacts } from './procedure.js';
import type { Settings } from './schemas/settings.js';
import { readTerm, termsOf } from './terms.js';
import { dateOf, millisecondsOf, startOf, type Instant, type PlainDate } from './time.js';

/** Everything anybody is told. The words are in `notice-texts.ts`. */
export const noticeKinds = [
  'case-received',
  'lane-decided',
  'dossier-wanted',
  'dossier-received',
  'completion-requested',
  'reception-refused',
  'supplement-requested',
  'supplement-extended',
  'supplement-due',
  'supplement-lapsed',
  'procedure-stopped',
  'extension-granted',
  'apology',
  'date-moved',
  'decision',
  'result',
  'case-closed',
  'question-answered',
  'payment-requested',
  'duty-incurred',
  'duty-due',
  'task-opened',
  'task-reassigned',
  'work-returned',
  'supplement-answered',
  'opinion-late',
  'rung',
  'target',
  'law-applied',
  'webhook-paused',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/**
 * `now`: at once, whatever the hour. `soon`: alone, in office hours. `normal`: alone, unless there are too many. `digest`: with the others, at the next
 * office opening. Short messages carry the first two only.
 */
export type Urgency = 'now' | 'soon' | 'normal' | 'digest';

/** Who holds the file, and what is left of the printed term while the agency does. `nobody`: it is over. */
export interface Standing {
  /** An agency's code, `investor` or `nobody`. */
  readonly holder: string;
  readonly days: number | null;
  readonly unit: DayUnit | null;
  /** The date to which those days lead; while the investor holds the file: if it came back today. */
  readonly date: PlainDate | null;
}

/** What the words are made of: codes, numbers and dates, nothing that names a person. */
export interface NoticeVars {
  readonly case?: string;
  readonly procedure?: string;
  readonly version?: string;
  readonly dossier?: string | null;
  readonly agency?: string;
  readonly step?: string | null;
  readonly task?: TaskKind;
  readonly clock?: ClockName;
  readonly rung?: Rung;
  readonly date?: PlainDate | null;
  readonly from?: PlainDate;
  readonly days?: number;
  readonly outcome?: string;
  readonly amountVnd?: string;
  readonly number?: string;
  readonly duty?: string;
  readonly term?: '30' | '40';
  readonly missed?: boolean;
  readonly document?: string;
  readonly webhook?: string;
  readonly standing?: Standing;
}

type ClockName = 'procedure' | 'opinion' | 'conference' | 'supplement' | 'duty';

export type Addressee =
  /** With everybody whose power of attorney reaches this procedure (null: the whole case) on that day. */
  | { readonly to: 'investor'; readonly procedure: string | null }
  | { readonly to: 'person'; readonly id: string }
  | { readonly to: 'agency'; readonly agency: string; readonly role: 'receiving-officer' | 'officer' | 'head' }
  | { readonly to: 'leaders' }
  | { readonly to: 'admins' };

export interface NoticeDraft {
  readonly addressees: readonly Addressee[];
  readonly kind: NoticeKind;
  readonly urgency: Urgency;
  readonly vars: NoticeVars;
  /** The cause, where it is not this one event: everybody is told of it once. */
  readonly ref?: string;
}

/** Whom an event tells what. `state` is the case right after it. Pure: the same event gives the same notices whenever it is read. */
export function noticesOf(event: CaseEvent, state: CaseState, law: Law): NoticeDraft[] {
  if (!state.managed) return [];
  return [...new Teller(event, state, law).tell()];
}

class Teller {
  private readonly procedure: ProcedureState | undefined;

  constructor(
    private readonly event: CaseEvent,
    private readonly state: CaseState,
    private readonly law: Law,
  ) {
    this.procedure = state.procedures[procedureScopeOf(event.scope)];
  }

  *tell(): Generator<NoticeDraft> {
    const { event, state } = this;
    switch (event.type) {
      case 'caseOpened':
        return yield this.investor('case-received', 'normal', { date: event.payload.target.endDate });
      case 'laneDecided':
        return yield this.investor('lane-decided', 'normal', { outcome: event.payload.lane });
      case 'procedureOpened':
        if (this.wantsDossier()) yield this.investor('dossier-wanted', 'normal', {});
        return;
      case 'dossierReceived':
        return yield this.investor('dossier-received', 'normal', { date: this.procedure?.printedDueDate ?? null });
      case 'completionRequested':
        return yield this.investor('completion-requested', 'soon', {});
      case 'receptionRefused':
        return yield this.investor('reception-refused', 'soon', {});
      case 'supplementRequested':
        return yield this.investor('supplement-requested', 'soon', {
          date: event.payload.deadline,
          days: event.payload.daysLeft,
          outcome: event.payload.suspends ? 'suspended' : 'running',
        });
      case 'supplementExtended':
        return yield this.investor('supplement-extended', 'normal', { date: event.payload.deadline });
      case 'supplementLapsed':
        return yield this.investor('supplement-lapsed', 'soon', {});
      case 'supplementAnswered':
        return yield* this.supplementAnswered(event);
      case 'lapseDecided':
        if (event.payload.decision === 'stop') yield this.investor('procedure-stopped', 'soon', {});
        return;
      case 'extensionGranted':
        return yield this.investor('extension-granted', 'normal', {
          date: event.payload.dueDate,
          days: event.payload.days,
        });
      case 'apologySent':
        return yield this.investor('apology', 'soon', { date: event.payload.newDate });
      case 'clocksRedated':
        return yield* this.redated(event);
      case 'procedureMigrated':
        return yield this.admins(`definition/${event.payload.to}`, { version: event.payload.to });
      case 'decisionMade':
        return yield this.investor('decision', 'soon', { outcome: event.payload.outcome });
      case 'resultHandedOver':
        return yield this.investor('result', 'normal', { number: event.payload.number });
      case 'caseClosed':
        return yield this.investor('case-closed', 'normal', { outcome: event.payload.outcome });
      case 'questionAnswered': {
        const procedure = state.questions[event.payload.questionId]?.procedure ?? null;
        return yield this.investor('question-answered', 'normal', {}, procedure);
      }
      case 'paymentRequested':
        return yield this.investor('payment-requested', 'soon', { amountVnd: event.payload.amountVnd });
      case 'dutyIncurred':
        return yield* this.dutyIncurred(event);
      case 'taskOpened':
        return yield this.taskOpened(event);
      case 'taskReassigned':
        return yield this.told([{ to: 'person', id: event.payload.to }], 'task-reassigned', 'normal', {
          ...this.aboutTask(event.payload.taskId),
          outcome: event.payload.cause,
        });
      case 'workReturned':
        return yield* this.workReturned(event);
      case 'opinionGiven':
        return yield* this.opinionGiven(event);
      case 'rungReached':
        return yield* this.rungReached(event);
      case 'target30AtRisk':
      case 'target30Missed':
      case 'target40AtRisk':
      case 'target40Missed':
        return yield* this.target(event.type, event.payload.dueDate);
      default:
        return;
    }
  }

  private wantsDossier(): boolean {
    const { procedure, state, law } = this;
    if (!procedure || procedure.startsFrom === 'prior-decision' || state.lodged[procedure.procedure]) return false;
    return !startsByItself(law.procedureVersion(procedure.procedure, procedure.version, state.facts));
  }

  private told(
    addressees: readonly Addressee[],
    kind: NoticeKind,
    urgency: Urgency,
    vars: NoticeVars,
    ref?: string,
  ): NoticeDraft {
    return { addressees, kind, urgency, vars: { ...this.about(), ...vars }, ...(ref === undefined ? {} : { ref }) };
  }

  /** To the investor and whoever may act for them: always with who holds the file and the days left. */
  private investor(
    kind: NoticeKind,
    urgency: Urgency,
    vars: NoticeVars,
    procedure: string | null = this.procedure?.procedure ?? null,
  ): NoticeDraft {
    const standing = standingOf(this.state, procedure, this.law, this.event.occurredAt);
    return this.told([{ to: 'investor', procedure }], kind, urgency, { ...vars, standing });
  }

  private admins(ref: string, vars: NoticeVars): NoticeDraft {
    // About the law, not about the case in which it was applied first.
    return { addressees: [{ to: 'admins' }], kind: 'law-applied', urgency: 'normal', vars, ref };
  }

  private about(): NoticeVars {
    const { procedure } = this;
    const ofCase = { case: this.state.code };
    if (!procedure) return ofCase;
    const { procedure: code, version, dossierCode: dossier } = procedure;
    return { ...ofCase, procedure: code, version, dossier };
  }

  private aboutTask(taskId: string): NoticeVars {
    const task = findTask(this.state, taskId);
    return task ? { task: task.kind, step: task.step, agency: task.agency, date: task.dueDate } : {};
  }

  private *supplementAnswered({ payload }: EventOf<'supplementAnswered'>): Generator<NoticeDraft> {
    const asked = this.procedure?.supplements.find(({ requestId }) => requestId === payload.requestId);
    const holder = asked && findTask(this.state, asked.taskId)?.claimedBy;
    if (holder) yield this.told([{ to: 'person', id: holder }], 'supplement-answered', 'normal', {});
  }

  private *redated({ payload }: EventOf<'clocksRedated'>): Generator<NoticeDraft> {
    const { calendar, version, document, moved } = payload;
    const printed = moved.find(({ clock }) => clock === 'printed');
    if (printed) yield this.investor('date-moved', 'normal', { from: printed.from, date: printed.to, document });
    yield this.admins(`calendar/${calendar}/${version}`, { document });
  }

  private *dutyIncurred({ payload, scope }: EventOf<'dutyIncurred'>): Generator<NoticeDraft> {
    const { on, agency, code, dueDate } = payload;
    const about = { ...this.dutyOf(payload.scope ?? scope), duty: code, date: dueDate };
    if (on === 'investor') yield { ...this.investor('duty-incurred', 'normal', about, about.procedure ?? null) };
    else if (agency !== null) yield this.told([officersOf(agency)], 'duty-incurred', 'digest', { ...about, agency });
  }

  /** The procedure a duty comes from, for its names. */
  private dutyOf(scope: ScopeId): NoticeVars {
    const procedure = this.state.procedures[scope];
    return procedure
      ? { procedure: procedure.procedure, version: procedure.version, dossier: procedure.dossierCode }
      : {};
  }

  private taskOpened({ payload }: EventOf<'taskOpened'>): NoticeDraft {
    const { agency, role, kind, step, dueDate } = payload;
    const urgency = pressing.has(kind) ? 'normal' : 'digest';
    return this.told([{ to: 'agency', agency, role }], 'task-opened', urgency, {
      task: kind,
      agency,
      step,
      date: dueDate,
    });
  }

  private *workReturned({ payload }: EventOf<'workReturned'>): Generator<NoticeDraft> {
    const did = Object.values(this.procedure?.tasks ?? {})
      .filter(({ step, completedBy }) => step === payload.step && completedBy !== null)
      .sort((a, b) => ((a.completedAt ?? '') < (b.completedAt ?? '') ? 1 : -1))[0];
    if (!did?.completedBy) return;
    const { kind: task, step, agency } = did;
    yield this.told([{ to: 'person', id: did.completedBy }], 'work-returned', 'normal', { task, step, agency });
  }

  /** Late, after its silence was already taken for something: the lead may weigh it after all. */
  private *opinionGiven({ payload, scope }: EventOf<'opinionGiven'>): Generator<NoticeDraft> {
    const lead = this.state.consultations[scope]?.lead;
    if (!payload.late || lead === undefined) return;
    yield this.told([officersOf(lead), headOf(lead)], 'opinion-late', 'normal', { agency: payload.agency });
  }

  private *target(type: TargetEvent, date: PlainDate): Generator<NoticeDraft> {
    if (!this.procedure) return;
    const { competentAgency, handlingAgency: agency } = this.procedure;
    const vars = {
      term: type.startsWith('target30') ? '30' : '40',
      missed: type.endsWith('Missed'),
      date,
      agency,
    } as const;
    yield this.told([headOf(competentAgency)], 'target', 'normal', vars);
    yield this.told([{ to: 'leaders' }], 'target', 'digest', vars);
  }

  private *rungReached({ payload, scope }: EventOf<'rungReached'>): Generator<NoticeDraft> {
    const clock = clockOf(payload.clock);
    const rung = this.ladderOf(clock).find(({ code }) => code === payload.rung);
    if (!rung) return;
    const about = this.clockHolder(payload.clock, scope);
    if (!about) return;
    const urgency = this.law.settings.notices.urgentRungs.includes(rung.code) ? 'now' : 'normal';
    const vars = { clock, rung, date: payload.dueDate, ...about.vars };
    const tells = new Set<Recipient>(rung.tells ?? ['holder']);
    if (about.investor) {
      // The lapse of a request is told by its own event, with what follows from it.
      const told = clock !== 'supplement' || rung.kind !== 'missed';
      const kind = clock === 'duty' ? 'duty-due' : 'supplement-due';
      if (tells.has('holder') && told) yield this.investor(kind, urgency, vars, about.vars.procedure ?? null);
      tells.delete('holder');
    }
    const addressees = [...tells].flatMap((recipient) => about[recipient]);
    if (addressees.length > 0) yield this.told(addressees, 'rung', urgency, vars);
  }

  private ladderOf(clock: ClockName): readonly Rung[] {
    const { procedure, law, state } = this;
    const ladder = law.settings.ladders[clock];
    if (clock !== 'procedure' || !procedure) return ladder;
    return law.procedureVersion(procedure.procedure, procedure.version, state.facts).ladder ?? ladder;
  }

  /** Who is meant by each recipient on this clock; undefined where the clock's subject is gone. */
  private clockHolder(clock: string, scope: ScopeId): ClockPeople | undefined {
    const leaders: readonly Addressee[] = [{ to: 'leaders' }];
    const people = (holder: readonly Addressee[], agency: string, lead: string, vars: NoticeVars): ClockPeople => ({
      holder,
      head: [headOf(agency)],
      'lead-agency': [headOf(lead)],
      'city-leadership': leaders,
      investor: false,
      vars: { agency, ...vars },
    });
    if (clockOf(clock) === 'duty') return this.dutyPeople(this.state.duties[clock.slice('duty/'.length)], people);
    const consultation = this.state.consultations[scope];
    if (consultation) {
      const opinion = clock.startsWith('opinion/') ? clock.slice('opinion/'.length) : null;
      const agency = opinion ?? consultation.conference?.chair ?? consultation.lead;
      return people(holdersIn(consultation, agency, opinion === null), agency, consultation.lead, {});
    }
    const { procedure } = this;
    if (!procedure) return undefined;
    const open = Object.values(procedure.tasks).filter(isOpen);
    const agency = open[0]?.agency ?? procedure.handlingAgency;
    const claimed = claimants(open);
    const holder = claimed.length > 0 ? claimed : open.length > 0 ? open.map(poolOf) : [officersOf(agency)];
    const found = people(holder, agency, procedure.competentAgency, {});
    return clockOf(clock) === 'supplement' ? { ...found, investor: true } : found;
  }

  private dutyPeople(
    duty: DutyState | undefined,
    people: (holder: readonly Addressee[], agency: string, lead: string, vars: NoticeVars) => ClockPeople,
  ): ClockPeople | undefined {
    if (!duty) return undefined;
    const procedure = this.state.procedures[duty.scope];
    const lead = procedure?.competentAgency ?? this.law.laneOwner;
    const agency = duty.agency ?? procedure?.handlingAgency ?? lead;
    const vars = { ...this.dutyOf(duty.scope), duty: duty.code };
    return { ...people([officersOf(agency)], agency, lead, vars), investor: duty.on === 'investor' };
  }
}

type TargetEvent = 'target30AtRisk' | 'target30Missed' | 'target40AtRisk' | 'target40Missed';
type ClockPeople = Record<Recipient, readonly Addressee[]> & { readonly investor: boolean; readonly vars: NoticeVars };

/** Tasks that somebody should see before the next morning. */
const pressing: ReadonlySet<TaskKind> = new Set(['apology', 'lapse', 'silence', 'conference', 'stuck', 'by-hand']);

const headOf = (agency: string): Addressee => ({ to: 'agency', agency, role: 'head' });
const officersOf = (agency: string): Addressee => ({ to: 'agency', agency, role: 'officer' });
const poolOf = ({ agency, role }: TaskState): Addressee => ({ to: 'agency', agency, role });
const isOpen = ({ status }: TaskState): boolean => status !== 'done' && status !== 'cancelled';
const claimants = (tasks: readonly TaskState[]): Addressee[] =>
  tasks.flatMap(({ claimedBy }) => (claimedBy === null ? [] : [{ to: 'person', id: claimedBy } as const]));

function holdersIn({ tasks }: ConsultationState, agency: string, conference: boolean): readonly Addressee[] {
  const open = Object.values(tasks).filter(
    (task) => isOpen(task) && task.agency === agency && (task.kind === 'conference') === conference,
  );
  const claimed = claimants(open);
  if (claimed.length > 0) return claimed;
  return open.length > 0 ? open.map(poolOf) : [conference ? headOf(agency) : officersOf(agency)];
}

function clockOf(clock: string): ClockName {
  const [kind] = clock.split('/');
  return kind === 'opinion' || kind === 'conference' || kind === 'supplement' || kind === 'duty' ? kind : 'procedure';
}

function findTask(state: CaseState, taskId: string): TaskState | undefined {
  const places = [state, ...Object.values(state.procedures), ...Object.values(state.consultations)];
  return places.map(({ tasks }) => tasks[taskId]).find((task) => task !== undefined);
}

/**
 * Who holds the file at that moment and the days left, of one procedure; where none is named, of the open one that is due first (or else of the one
 * that waits for the investor).
 */
export function standingOf(state: CaseState, procedure: string | null, law: Law, at: Instant): Standing {
  const over: Standing = { holder: 'nobody', days: null, unit: null, date: null };
  if (state.closed) return over;
  const attempts = Object.values(state.procedures).filter((one) => procedure === null || one.procedure === procedure);
  const open = attempts.filter((one) => one.closed === null).map((one) => standingOfOne(one, state.facts, law, at));
  if (open.length === 0) return procedure === null ? { ...over, holder: law.receivingAgency } : over;
  const order = (one: Standing) => one.date ?? (one.holder === 'investor' ? '9998' : '9999');
  return open.reduce((first, one) => (order(one) < order(first) ? one : first));
}

function standingOfOne(procedure: ProcedureState, facts: ProjectFacts, law: Law, at: Instant): Standing {
  const held = (holder: string): Standing => ({ holder, days: null, unit: null, date: null });
  const open = Object.values(procedure.tasks).filter(isOpen);
  const agency = open[0]?.agency ?? procedure.handlingAgency;
  if (procedure.ledger.length === 0) {
    if (procedure.stage === 'intake') return held(open[0]?.agency ?? law.receivingAgency);
    return held(procedure.startsFrom === 'prior-decision' ? agency : 'investor');
  }
  const reading = readingOf(procedure, facts, law, at);
  if (!reading || reading.state === 'stopped') return held(agency);
  const { remaining: days, budget, dueDate, dueIfReturned } = reading;
  const away = reading.state === 'suspended';
  return { holder: away ? 'investor' : agency, days, unit: budget.unit, date: away ? dueIfReturned : dueDate };
}

/** Undefined where the calendar does not reach that far: no figure is better than a guessed one. */
function readingOf(procedure: ProcedureState, facts: ProjectFacts, law: Law, at: Instant) {
  const resolved = law.procedureVersion(procedure.procedure, procedure.version, facts);
  return ifPublished(() => readTerm(law.calendar(procedure.calendar), termsOf(resolved, procedure).printed, at));
}

/** How somebody wants to be told beside the application itself. */
export interface NoticeSettings {
  readonly mail: boolean;
  readonly sms: boolean;
  /** Everything that can wait, in one mail at the next office opening. */
  readonly digest: boolean;
}

export const defaultNoticeSettings: NoticeSettings = { mail: true, sms: true, digest: false };

type QuietHours = Pick<Settings['notices'], 'quietFrom' | 'quietTo'>;

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** No mail at this moment: between `quietFrom` and `quietTo` (past midnight where the first is later), or on a day off. */
export function isQuietHour({ quietFrom, quietTo }: QuietHours, calendar: Calendar, at: Instant): boolean {
  const date = dateOf(at);
  const minute = (millisecondsOf(at) - millisecondsOf(startOf(date))) / 60_000;
  const [from, to] = [minutesOf(quietFrom), minutesOf(quietTo)];
  const night = from <= to ? minute >= from && minute < to : minute >= from || minute < to;
  return night || !isWorkingDay(calendar, date);
}

/** The first office opening later than `at`. Refuses `CALENDAR_UNKNOWN` where the calendar ends before it. */
export function nextOpening(calendar: Calendar, at: Instant): Instant {
  const today = dateOf(at);
  const opening = officeOpening(calendar, onOrNextWorkingDay(calendar, today));
  return millisecondsOf(opening) > millisecondsOf(at)
    ? opening
    : officeOpening(calendar, nextWorkingDay(calendar, today));
}

/** When a notice goes out by mail or SMS. `sentToday`: how many of the ordinary kind this person was given since the last office opening. */
export function dueOf(
  urgency: Urgency,
  now: Instant,
  calendar: Calendar,
  settings: Settings['notices'],
  person: { readonly digest: boolean; readonly sentToday: number },
): Instant {
  if (urgency === 'now') return now;
  const flood = urgency === 'normal' && (person.digest || person.sentToday >= settings.digestAbove);
  // Beyond the calendar nobody knows the office hours: a notice is not held for that.
  const due = ifPublished(() =>
    urgency === 'digest' || flood || isQuietHour(settings, calendar, now) ? nextOpening(calendar, now) : now,
  );
  return due ?? now;
}

/** The last office opening at or before `at`: since then the notices of today are counted. `at` itself beyond the calendar. */
export function lastOpening(calendar: Calendar, at: Instant): Instant {
  const today = dateOf(at);
  const opening = ifPublished(() => {
    const todays = officeOpening(calendar, today);
    const begun = isWorkingDay(calendar, today) && millisecondsOf(todays) <= millisecondsOf(at);
    return begun ? todays : officeOpening(calendar, previousWorkingDay(calendar, today));
  });
  return opening ?? at;
}

/** One waiting notice of one person, by mail. */
export interface Waiting {
  readonly notice: number;
  readonly urgency: Urgency;
}

/** Which notices share a mail: those that cannot wait go alone; the others too, unless there are more than `digestAbove`, or they were to wait anyway. */
export function bundle(waiting: readonly Waiting[], digestAbove: number, digest: boolean): number[][] {
  const alone = waiting.filter(({ urgency }) => urgency === 'now' || urgency === 'soon');
  const rest = waiting.filter((one) => !alone.includes(one));
  const together = digest || rest.filter(({ urgency }) => urgency === 'normal').length > digestAbove;
  const inDigest = rest.filter(({ urgency }) => together || urgency === 'digest').map(({ notice }) => notice);
  const single = waiting.filter(({ notice }) => !inDigest.includes(notice)).map(({ notice }) => [notice]);
  return inDigest.length > 0 ? [...single, inDigest] : single;
}
