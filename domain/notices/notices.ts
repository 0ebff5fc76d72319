import type { DutyState } from '../case/duty/state.js';
import type { CaseEvent, EventOf } from '../case/events.js';
import { isWanting } from '../case/extract/state.js';
import { findResultChange } from '../case/issued/state.js';
import { startsByItself } from '../case/procedure/progress.js';
import { factsBehind, type ProcedureState } from '../case/procedure/state.js';
import { procedureScopeOf, type ScopeId } from '../case/scope.js';
import type { CaseState } from '../case/state.js';
import { tellingOf } from '../case/task-table.js';
import { makeTaskKey, taskOfClock } from '../case/task/keys.js';
import { isOver } from '../case/task/state.js';
import type { Law } from '../law/law.js';
import type { PlainDate } from '../time/instants.js';
import type { Recipient, Rung } from '../time/ladder.js';
import { askedAgain, claimants, findTask, headOf, holderOf, holdersIn, officersOf, poolOf } from './addressees.js';
import { holderNow, trialNow } from './holder-now.js';
import type { Addressee, ClockName, NoticeDraft, NoticeKind, NoticeVars, Urgency } from './kinds.js';
import { dutyLabel, isReport, noticesOfTrial } from './trial.js';

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
        return yield this.caseReceived(event);
      case 'laneDecided':
        return yield this.investor('lane-decided', 'normal', { outcome: event.payload.lane });
      case 'laneHearingOpened':
        return yield this.investor('lane-hearing', 'soon', { date: event.payload.answerBy });
      case 'laneHearingAnswered':
        return yield* this.laneHearingAnswered(event);
      case 'factsQuestioned':
        return yield this.investor('facts-questioned', 'normal', {
          date: event.payload.answerBy,
          outcome: event.payload.reason === null ? 'unknown' : 'otherwise',
        });
      case 'factsConfirmed':
        return yield this.investor('facts-decided', 'soon', { outcome: 'confirmed' });
      case 'factsKept':
        return yield this.investor('facts-decided', 'soon', { outcome: 'kept' });
      case 'resultChangeProposed': {
        const { answerBy: date, of: number } = event.payload;
        if (date !== null) yield this.investor('result-hearing', 'soon', { date, number });
        return;
      }
      case 'resultHearingAnswered':
        return yield* this.resultHearingAnswered(event);
      case 'resultCorrected':
        return yield this.investor('result-changed', 'soon', { outcome: 'corrected', number: event.payload.number });
      case 'resultRevoked':
        return yield this.investor('result-changed', 'soon', { outcome: 'revoked', number: event.payload.number });
      case 'resultKept': {
        const asked = findResultChange(state, event.payload.changeId)?.change;
        if (!asked || asked.answerBy === null) return;
        return yield this.investor('result-changed', 'soon', { outcome: 'kept', number: asked.of });
      }
      case 'laneRevoked':
        return yield this.investor('lane-hearing-decided', 'soon', { outcome: 'revoked' });
      case 'laneKept':
        return yield this.investor('lane-hearing-decided', 'soon', { outcome: 'kept' });
      case 'procedureOpened':
        if (this.wantsDossier()) yield this.investor('dossier-wanted', 'normal', {});
        return;
      case 'extractMissed':
        return yield* this.registerMissed(event);
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
          ground: event.payload.ground,
        });
      case 'supplementExtended':
        return yield this.investor('supplement-extended', 'normal', { date: event.payload.deadline });
      case 'supplementWithdrawn':
        return yield this.investor('supplement-withdrawn', 'soon', {});
      case 'violationReviewed':
        return yield this.investor('violation-reviewed', 'normal', { date: event.payload.reviewOn });
      case 'violationHandled':
        return yield this.investor('violation-handled', 'normal', {});
      case 'receiptWithdrawn':
        return yield this.investor('receipt-withdrawn', 'soon', {
          dossier: event.payload.dossierCode,
          outcome: event.payload.to === null ? 'anew' : 'moved',
        });
      case 'extensionWithdrawn':
        return yield this.investor('extension-withdrawn', 'soon', {
          date: event.payload.dueDate,
          days: event.payload.days,
        });
      case 'supplementLapsed':
        return yield this.investor('supplement-lapsed', 'soon', {});
      case 'supplementAnswered':
        return yield* this.supplementAnswered(event);
      case 'lapseDecided':
        if (event.payload.decision === 'stop') return yield this.investor('procedure-stopped', 'soon', {});
        return yield this.investor('supplement-decided', 'soon', { outcome: event.payload.decision });
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
        return yield this.investor(state.trial ? 'trial-case-closed' : 'case-closed', 'normal', {
          outcome: event.payload.outcome,
        });
      case 'questionAnswered': {
        const procedure = state.questions[event.payload.questionId]?.procedure ?? null;
        return yield this.investor('question-answered', 'normal', {}, procedure);
      }
      case 'paymentRequested':
        return yield this.investor('payment-requested', 'soon', { amountVnd: event.payload.amountVnd });
      case 'dutyIncurred':
        return yield* this.dutyIncurred(event);
      case 'taskOpened':
        if (tellingOf(event.payload.kind) !== 'by-its-event') yield this.taskOpened(event);
        return;
      case 'taskReassigned':
        return yield* this.reassigned(event);
      case 'taskReleased':
        return yield* this.freed(event);
      case 'taskCancelled':
        return yield* this.taskEnded(event);
      case 'signatoryNamed':
        return yield* this.signatoryNamed(event);
      case 'instructionAnswered':
        return yield this.told(
          [{ to: 'leaders' }],
          'instruction-answered',
          'normal',
          this.aboutTask(event.payload.taskId),
        );
      case 'instructionMoved':
        return yield* this.instructionMoved(event);
      case 'dossierFiled':
        return yield* this.dossierAmended(event);
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
        return yield* noticesOfTrial(event, state, this.law);
    }
  }

  private caseReceived({ payload: { target, plan } }: EventOf<'caseOpened'>): NoticeDraft {
    const [admission] = plan;
    if (!this.state.trial || !admission) return this.investor('case-received', 'normal', { date: target.endDate });
    const { procedure, version } = admission;
    return this.investor('trial-received', 'normal', { procedure, version, date: target.endDate });
  }

  private wantsDossier(): boolean {
    const { procedure, state, law } = this;
    if (!procedure || procedure.startsFrom === 'prior-decision' || state.lodged[procedure.procedure]) return false;
    return !startsByItself(law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure)));
  }

  /** The investor is asked for the paper, unless what the register said before is still there. */
  private *registerMissed({
    payload: { document, register, reason },
  }: EventOf<'extractMissed'>): Generator<NoticeDraft> {
    const { procedure, state, law } = this;
    const extract = procedure?.extracts?.[document];
    if (!procedure || !extract || !isWanting(extract)) return;
    const { documents } = law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure));
    const label = documents.find(({ code }) => code === document)?.name;
    yield this.investor('register-missed', 'soon', { document, register, outcome: reason, ...(label && { label }) });
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

  /** To the investor and whoever may act for them: always with who holds the file and the days left, or where the trial stands. */
  private investor(
    kind: NoticeKind,
    urgency: Urgency,
    vars: NoticeVars,
    procedure: string | null = this.procedure?.procedure ?? null,
  ): NoticeDraft {
    const trial = procedure === null ? trialNow(this.state) : undefined;
    const standing = holderNow(this.state, procedure, this.law, this.event.occurredAt);
    return this.told([{ to: 'investor', procedure }], kind, urgency, {
      ...vars,
      ...(trial ? { trial } : { standing }),
    });
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

  /** To whoever asked; where nobody holds the work any more, to whoever may. */
  private *supplementAnswered({ payload }: EventOf<'supplementAnswered'>): Generator<NoticeDraft> {
    const asked = this.procedure?.supplements.find(({ requestId }) => requestId === payload.requestId);
    const task = asked && findTask(this.state, asked.taskId);
    if (task) yield this.told([holderOf(task)], 'supplement-answered', 'normal', {});
  }

  private *laneHearingAnswered({ payload }: EventOf<'laneHearingAnswered'>): Generator<NoticeDraft> {
    const key = makeTaskKey({ kind: 'revocation', hearingId: payload.hearingId });
    const task = Object.values(this.state.tasks).find((one) => one.key === key && !isOver(one));
    if (task) yield this.told([holderOf(task)], 'lane-hearing-answered', 'normal', {});
  }

  private *resultHearingAnswered({ payload }: EventOf<'resultHearingAnswered'>): Generator<NoticeDraft> {
    const key = makeTaskKey({ kind: 'result-change', changeId: payload.changeId });
    const task = Object.values(this.state.tasks).find((one) => one.key === key && !isOver(one));
    if (task) yield this.told([holderOf(task)], 'result-hearing-answered', 'normal', {});
  }

  // What ends or changes hands without whoever was asked ------------------------------------------------------------------------------------

  /** Whoever acts knows what they did. */
  private get acting(): string | null {
    return this.event.actor.kind === 'person' ? this.event.actor.id : null;
  }

  private *reassigned({ payload }: EventOf<'taskReassigned'>): Generator<NoticeDraft> {
    const { taskId, from, to, cause } = payload;
    const about = this.aboutTask(taskId);
    yield this.told([{ to: 'person', id: to }], 'task-reassigned', 'normal', { ...about, outcome: cause });
    if (from === null || from === this.acting || cause === 'absence') return;
    yield this.told([{ to: 'person', id: from }], 'task-ended', 'normal', { ...about, outcome: 'reassigned' });
  }

  /** By nobody of the agency: whoever held it may not, any more. */
  private *freed({ payload: { taskId, cause } }: EventOf<'taskReleased'>): Generator<NoticeDraft> {
    const task = cause === undefined ? undefined : findTask(this.state, taskId);
    if (!task) return;
    const whom = task.role === 'leader' ? [poolOf(task)] : [poolOf(task), headOf(task.agency)];
    yield this.told(whom, 'task-freed', 'normal', this.aboutTask(taskId));
  }

  /** What is asked again at once in another way is told by the new task. */
  private *taskEnded({ payload: { taskId, reason } }: EventOf<'taskCancelled'>): Generator<NoticeDraft> {
    const task = findTask(this.state, taskId);
    if (!task) return;
    const vars = { ...this.aboutTask(taskId), outcome: reason };
    const { claimedBy } = task;
    if (claimedBy !== null && claimedBy !== this.acting) {
      yield this.told([{ to: 'person', id: claimedBy }], 'task-ended', 'normal', vars);
    }
    if (claimedBy === null && !askedAgain.has(reason)) yield this.told([poolOf(task)], 'task-ended', 'digest', vars);
  }

  private *signatoryNamed({ payload: { taskId } }: EventOf<'signatoryNamed'>): Generator<NoticeDraft> {
    const task = findTask(this.state, taskId);
    if (task) yield this.told([headOf(task.agency)], 'signatory-named', 'normal', this.aboutTask(taskId));
  }

  private *instructionMoved({ payload: { taskId, from } }: EventOf<'instructionMoved'>): Generator<NoticeDraft> {
    const task = findTask(this.state, taskId);
    if (task) yield this.told([holderOf(task)], 'instruction-moved', 'normal', { ...this.aboutTask(taskId), from });
  }

  private *dossierAmended({ payload }: EventOf<'dossierFiled'>): Generator<NoticeDraft> {
    if (!payload.amends) return;
    const open = Object.values(this.procedure?.tasks ?? {}).filter((task) => task.kind === 'intake' && !isOver(task));
    const holders = claimants(open);
    if (holders.length > 0) yield this.told(holders, 'dossier-amended', 'normal', {});
  }

  private *redated({ payload }: EventOf<'clocksRedated'>): Generator<NoticeDraft> {
    const { calendar, version, document, moved } = payload;
    const printed = moved.find(({ clock }) => clock === 'printed');
    if (printed) yield this.investor('date-moved', 'normal', { from: printed.from, date: printed.to, document });
    yield this.admins(`calendar/${calendar}/${version}`, { document });
  }

  private *dutyIncurred({ payload, scope }: EventOf<'dutyIncurred'>): Generator<NoticeDraft> {
    const { on, agency, code, dueDate } = payload;
    const label = dutyLabel(this.state, { id: payload.duty });
    const about = { ...this.dutyOf(payload.scope ?? scope), ...label, duty: code, date: dueDate };
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
    const urgency = tellingOf(kind) === 'pressing' ? 'normal' : 'digest';
    return this.told([poolOf({ agency, role })], 'task-opened', urgency, {
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
      const ending = about.vars.duty === 'trial-final-report' && rung.kind === 'before-due';
      const kind = clock !== 'duty' ? 'supplement-due' : ending ? 'final-report-due' : 'duty-due';
      if (tells.has('holder') && told) yield this.investor(kind, urgency, vars, about.vars.procedure ?? null);
      tells.delete('holder');
    }
    // That a report of a trial was missed is told by its own event.
    if (rung.kind === 'missed' && isReport(this.state.duties[payload.clock.slice('duty/'.length)])) return;
    const addressees = [...tells].flatMap((recipient) => about[recipient]);
    if (addressees.length > 0) yield this.told(addressees, 'rung', urgency, vars);
  }

  private ladderOf(clock: ClockName): readonly Rung[] {
    const { procedure, law, state } = this;
    const ladder = law.settings.ladders[clock === 'violation' ? 'supplement' : clock];
    if (clock !== 'procedure' || !procedure) return ladder;
    return law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure)).ladder ?? ladder;
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
    const taskId = taskOfClock(clock);
    if (taskId !== undefined) {
      const task = findTask(this.state, taskId);
      if (!task) return undefined;
      const { kind, step, agency } = task;
      const lead = this.procedure?.competentAgency ?? this.law.laneOwner;
      return people([holderOf(task)], agency, lead, { task: kind, step });
    }
    if (clockOf(clock) === 'duty') return this.dutyPeople(this.state.duties[clock.slice('duty/'.length)], people);
    const consultation = this.state.consultations[scope];
    if (consultation) {
      const opinion = clock.startsWith('opinion/') ? clock.slice('opinion/'.length) : null;
      const agency = opinion ?? consultation.conference?.chair ?? consultation.lead;
      return people(holdersIn(consultation, agency, opinion === null), agency, consultation.lead, {});
    }
    const { procedure } = this;
    if (!procedure) return undefined;
    const open = Object.values(procedure.tasks).filter((task) => !isOver(task));
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
    const lead = procedure?.competentAgency ?? this.state.trial?.supervises ?? this.law.laneOwner;
    const agency = duty.agency ?? procedure?.handlingAgency ?? lead;
    const vars = { ...this.dutyOf(duty.scope), ...dutyLabel(this.state, duty), duty: duty.code };
    return { ...people([officersOf(agency)], agency, lead, vars), investor: duty.on === 'investor' };
  }
}

type TargetEvent = 'target30AtRisk' | 'target30Missed' | 'target40AtRisk' | 'target40Missed';
type ClockPeople = Record<Recipient, readonly Addressee[]> & { readonly investor: boolean; readonly vars: NoticeVars };

function clockOf(clock: string): ClockName {
  const [kind] = clock.split('/');
  return kind !== undefined && isClockName(kind) ? kind : 'procedure';
}

const besidePrinted = ['opinion', 'conference', 'supplement', 'violation', 'duty', 'task'] as const;
const isClockName = (kind: string): kind is (typeof besidePrinted)[number] => besidePrinted.some((one) => one === kind);
