import type { CaseEvent, EventOf } from '../case/events.js';
import type { Law } from '../law/law.js';
import { procedureScopeOf } from '../case/scope.js';
import type { CaseState } from '../case/state.js';
import type { DutyState } from '../case/duty/state.js';
import type { HoldCause } from '../case/trial/words.js';
import { missingPermits, openHold, type TrialState, admissionOf } from '../case/trial/state.js';
import { userDutyOf } from '../case/trial/duty-kinds.js';
import { dateOf } from '../time/instants.js';
import type { Addressee, NoticeDraft, NoticeKind, NoticeVars, Urgency } from './kinds.js';
import { holderNow, trialNow } from './holder-now.js';

/** Whom an event of a trial tells what, beside what procedures, duties and tasks tell in every case. `state` is the case right after it. */
export function* noticesOfTrial(event: CaseEvent, state: CaseState, law: Law): Generator<NoticeDraft> {
  if (state.trial) yield* new TrialTeller(event, state, state.trial, law).tell();
}

class TrialTeller {
  constructor(
    private readonly event: CaseEvent,
    private readonly state: CaseState,
    private readonly trial: TrialState,
    private readonly law: Law,
  ) {}

  *tell(): Generator<NoticeDraft> {
    const { event, trial } = this;
    switch (event.type) {
      case 'fitDecided':
        return yield this.participant('trial-fit', 'soon', { outcome: event.payload.verdict });
      case 'trialAdmitted': {
        const { from, until: date } = event.payload;
        const outcome = missingPermits(trial).length > 0 ? 'permits' : 'ready';
        return yield this.participant('trial-admitted', 'soon', { from, date, outcome });
      }
      case 'trialStarted':
        yield this.participant('trial-started', 'soon', { date: trial.until });
        return yield this.supervisor('trial-to-supervise', 'normal', { date: trial.until }, ['officer', 'head']);
      case 'trialReportFiled':
        return yield this.supervisor('trial-report-filed', 'digest', this.duty(event.payload.duty), ['officer']);
      case 'visitRecorded': {
        const { on: date, result: outcome } = event.payload;
        return yield this.participant('visit-recorded', 'normal', { date, outcome });
      }
      case 'dutyMissed':
        return yield* this.reportMissed(event);
      default:
        yield* this.limits();
        yield* this.holds();
        yield* this.incidents();
        yield* this.requests();
        yield* this.endings();
        yield* this.council();
    }
  }

  // What the devices and the participant tell ----------------------------------------------------------------------------------------------

  /** A device may measure every minute: of one limit people are told once a day. */
  private *limits(): Generator<NoticeDraft> {
    const { event, trial } = this;
    if (event.type !== 'limitNeared' && event.type !== 'limitExceeded') return;
    const { limit } = event.payload;
    const kind = event.type === 'limitNeared' ? 'limit-near' : 'limit-exceeded';
    const once = `${this.state.code}/${kind}/${limit}/${dateOf(event.occurredAt)}`;
    const vars = { limit, ...this.labelOf(limit) };
    if (kind === 'limit-near') {
      yield this.participant(kind, 'soon', vars, once);
      return yield this.supervisor('limit-watched', 'digest', vars, ['officer'], once);
    }
    // In a running trial the hold that follows at once says it, or the one that has just come.
    if (trial.phase === 'running' || openHold(trial)?.placedAt === event.occurredAt) return;
    yield this.participant(kind, 'soon', vars, once);
    yield this.supervisor(kind, 'soon', vars, ['officer', 'head'], once);
  }

  private *holds(): Generator<NoticeDraft> {
    const { event, trial } = this;
    switch (event.type) {
      case 'holdPlaced': {
        const { cause, confirmBy: until } = event.payload;
        const vars = { ...this.causeOf(cause), until };
        yield this.participant('trial-held', 'now', vars);
        return yield this.supervisor('hold-to-confirm', 'now', vars, ['officer', 'head']);
      }
      case 'holdConfirmed':
        return yield this.participant('hold-confirmed', 'now', {});
      case 'holdLifted': {
        const lapsed = event.payload.taskId === null;
        yield this.participant('hold-lifted', 'now', { outcome: lapsed ? 'lapsed' : 'lifted' });
        if (!lapsed) return;
        const heads = [headOf(trial.supervises), headOf(trial.authority)];
        return yield this.told([...heads, { to: 'leaders' }], 'hold-unconfirmed', 'now', {});
      }
      default:
        return;
    }
  }

  private *incidents(): Generator<NoticeDraft> {
    const { event, trial } = this;
    switch (event.type) {
      case 'incidentOpened': {
        const { limit, reportBy: until } = event.payload;
        // Counted in hours: the next office opening may be too late.
        return yield this.participant('incident-report-owed', 'now', { limit, ...this.labelOf(limit), until });
      }
      case 'incidentReported': {
        const { severity: outcome, late: missed } = event.payload;
        const urgency = outcome === 'critical' ? 'now' : 'normal';
        yield this.supervisor('incident-reported', urgency, { outcome, missed }, ['officer', 'head']);
        if (outcome !== 'critical') return;
        return yield this.told([headOf(trial.authority)], 'incident-reported', urgency, { outcome, missed });
      }
      case 'incidentReportMissed': {
        const { reportBy: until } = event.payload;
        yield this.participant('incident-report-missed', 'now', { until });
        return yield this.supervisor('incident-unreported', 'soon', { until }, ['officer', 'head']);
      }
      case 'incidentExamined':
        return yield this.participant('incident-examined', 'normal', {});
      default:
        return;
    }
  }

  /** Visits that were missed are told by their rungs alone. */
  private *reportMissed({ payload: { duty, dueDate } }: EventOf<'dutyMissed'>): Generator<NoticeDraft> {
    if (!isReport(this.state.duties[duty])) return;
    yield this.supervisor('trial-report-missed', 'normal', { ...this.duty(duty), date: dueDate }, ['officer', 'head']);
  }

  // What the authority decides --------------------------------------------------------------------------------------------------------------

  private *requests(): Generator<NoticeDraft> {
    const { event, trial } = this;
    switch (event.type) {
      case 'trialChangeRequested': {
        const { request, decideBy: date } = event.payload;
        const vars = { outcome: request.kind, date };
        return yield this.told([headOf(trial.authority)], 'request-to-decide', 'normal', vars);
      }
      case 'trialChangeRefused': {
        const outcome = trial.requests[event.payload.requestId]?.request.kind ?? '';
        return yield this.participant('request-refused', 'soon', { outcome });
      }
      case 'trialAdjusted':
        yield this.participant('request-granted', 'soon', { outcome: 'adjustment' });
        return yield this.changed('adjusted');
      case 'trialExtended': {
        const { until: date } = event.payload;
        yield this.participant('request-granted', 'soon', { outcome: 'extension', date });
        return yield this.changed('extended', { date });
      }
      case 'trialSuspended':
        yield this.participant('trial-suspended', 'now', {});
        return yield this.changed('suspended');
      case 'trialResumed':
        if (event.payload.requestId === null) yield this.participant('trial-resumed', 'soon', {});
        else yield this.participant('request-granted', 'soon', { outcome: 'resumption' });
        return yield this.changed('resumed');
      default:
        return;
    }
  }

  private *endings(): Generator<NoticeDraft> {
    const { event, trial } = this;
    switch (event.type) {
      case 'finalReportFiled': {
        const vars = { date: event.payload.assessBy };
        return yield this.told([headOf(trial.authority)], 'completion-to-assess', 'normal', vars);
      }
      case 'trialTermOver':
        return yield this.participant('trial-term-over', 'soon', { date: trial.finalReport?.assessBy ?? null });
      case 'trialEnded': {
        const { ending: outcome, transitionUntil: date } = event.payload;
        yield this.participant('trial-ended', 'soon', { outcome, date });
        return yield this.changed(outcome);
      }
      case 'completionCertified':
        return yield this.participant('trial-certified', 'normal', { number: event.payload.number });
      case 'transitionEnded':
        return yield this.participant('transition-ended', 'soon', {});
      default:
        return;
    }
  }

  // The council -----------------------------------------------------------------------------------------------------------------------------

  private *council(): Generator<NoticeDraft> {
    const { event } = this;
    if (event.type !== 'councilConvened' && event.type !== 'councilOpened') return;
    const procedure = this.state.procedures[procedureScopeOf(event.scope)];
    if (!procedure) return;
    const { procedure: code, version, handlingAgency: agency, dossierCode: dossier } = procedure;
    const vars = { procedure: code, version, dossier, agency };
    if (event.type === 'councilConvened') {
      const { members, meetsAt } = event.payload;
      const called = people(members.map(({ person }) => person));
      return yield this.told(called, 'council-convened', 'soon', { ...vars, meetsAt });
    }
    const voters = event.payload.present.filter((person) => !Object.hasOwn(this.state.recused, person));
    yield this.told(people(voters), 'council-vote', 'soon', vars);
  }

  // Whom, and of what -----------------------------------------------------------------------------------------------------------------------

  private told(
    addressees: readonly Addressee[],
    kind: NoticeKind,
    urgency: Urgency,
    vars: NoticeVars,
    ref?: string,
  ): NoticeDraft {
    const about = { case: this.state.code, ...vars };
    return { addressees, kind, urgency, vars: about, ...(ref === undefined ? {} : { ref }) };
  }

  /** Always with where the trial stands, or, before it is admitted, who holds the file. */
  private participant(kind: NoticeKind, urgency: Urgency, vars: NoticeVars, ref?: string): NoticeDraft {
    const trial = trialNow(this.state);
    const admission = admissionOf(this.state)?.procedure ?? null;
    const stands = trial ? { trial } : { standing: holderNow(this.state, admission, this.law, this.event.occurredAt) };
    return this.told([{ to: 'investor', procedure: null }], kind, urgency, { ...vars, ...stands }, ref);
  }

  private supervisor(
    kind: NoticeKind,
    urgency: Urgency,
    vars: NoticeVars,
    roles: readonly ('officer' | 'head')[],
    ref?: string,
  ): NoticeDraft {
    const { supervises: agency } = this.trial;
    return this.told(
      roles.map((role) => ({ to: 'agency', agency, role })),
      kind,
      urgency,
      vars,
      ref,
    );
  }

  private changed(outcome: string, vars: NoticeVars = {}): NoticeDraft {
    return this.supervisor('trial-changed', 'normal', { ...vars, outcome }, ['officer']);
  }

  private causeOf(cause: HoldCause): NoticeVars {
    if (cause.kind === 'incident') return { outcome: 'incident' };
    return { outcome: 'limit', limit: cause.limit, ...this.labelOf(cause.limit) };
  }

  private labelOf(limit: string): Pick<NoticeVars, 'label'> {
    const name = this.trial.terms?.limits.find(({ code }) => code === limit)?.name;
    return name ? { label: { vi: name.vi, en: name.en } } : {};
  }

  private duty(id: string): NoticeVars {
    return { duty: this.state.duties[id]?.code ?? id };
  }
}

const headOf = (agency: string): Addressee => ({ to: 'agency', agency, role: 'head' });
const people = (ids: readonly string[]): Addressee[] => ids.map((id) => ({ to: 'person', id }));

/** Whether what is owed is a report, whose being missed has a notice of its own. */
export const isReport = (duty: DutyState | undefined): boolean =>
  duty?.code === 'trial-report' || duty?.code === 'trial-final-report';

/** What the admission calls a duty to the users of its trial; nothing where the duty has a name of its own. */
export function dutyLabel({ trial }: CaseState, { id }: Pick<DutyState, 'id'>): Pick<NoticeVars, 'label'> {
  const name = userDutyOf(trial?.terms ?? null, id)?.name;
  return name ? { label: { vi: name.vi, en: name.en } } : {};
}
