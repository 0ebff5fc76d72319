import { type z } from 'zod';
import { type Told, type TrialStory } from '../../db/read/trial-story.js';
import { type Words, said } from '../../domain/case/words.js';
import { type Law } from '../../domain/law/law.js';
import { type CaseState } from '../../domain/case/state.js';
import type { DutyState } from '../../domain/case/duty/state.js';
import { type HoldState, type IncidentState, type TrialState } from '../../domain/case/trial/state.js';
import { type TrialDuty } from '../../domain/case/trial/duty-kinds.js';
import { type TrialAct } from '../../domain/case/trial/phases.js';
import { type TrialTerms } from '../../domain/law/trial-terms.js';
import { type TrialView } from '../schemas/trials.js';

type View = z.input<typeof TrialView>;
type Fresh = Pick<View, 'case' | 'caseSeq' | 'asOf' | 'settled' | 'withheldDocuments'>;

const mostAlerts = 50;

/** A trial as those who have to do with it read it: its state, and what happened with the words that belong to it. */
export class TrialViewer {
  private readonly regime;

  constructor(
    private readonly state: CaseState,
    private readonly trial: TrialState,
    private readonly story: TrialStory,
    private readonly law: Law,
  ) {
    this.regime = law.regime(trial.version);
  }

  view(read: Fresh, may: readonly TrialAct[]): View {
    const { trial } = this;
    const { authority, supervises, evaluates, fit, phase, decision, from, until, extensions, exemptions } = trial;
    return {
      ...read,
      phase,
      ...{ authority, supervises, evaluates, fit, decision, from, until, exemptions, extensions },
      regime: {
        code: trial.regime,
        version: trial.version,
        name: this.regime.regime.name,
        field: trial.field,
      },
      terms: trial.terms && conditionsOf(trial.terms),
      rules: this.rules(),
      warnAt: this.law.settings.sandbox.warnAt,
      permits: this.permits(),
      keys: Object.keys(trial.keys),
      metrics: trial.metrics,
      alerts: this.alerts(),
      holds: Object.values(trial.holds).map((hold) => this.hold(hold)),
      suspensions: this.suspensions(),
      incidents: Object.values(trial.incidents).map((incident) => this.incident(incident)),
      requests: this.requests(),
      reports: this.reports(),
      visits: this.visits(),
      visitsDue: this.duties('supervision-visit').filter(({ status }) => status !== 'met'),
      finalReportDue: this.duties('trial-final-report').at(-1) ?? null,
      finalReport: this.finalReport(),
      userDuties: this.userDuties(),
      ending: trial.ending,
      endedAt: trial.endedAt,
      endedBecause: this.said(this.of('trialEnded')[0]?.payload.reason),
      transitionUntil: trial.transitionUntil,
      certificate: trial.certificate,
      may,
    };
  }

  private of<T extends Told['type']>(...types: T[]): Extract<Told, { type: T }>[] {
    return this.story.events.filter((event): event is Extract<Told, { type: T }> =>
      types.some((type) => type === event.type),
    );
  }

  /** Words by their reference; null where there are none, or where they were erased. */
  private said(words: Words | null | undefined): string | null {
    return said(words, this.story.words);
  }

  private rules(): View['rules'] {
    const { rules } = this.regime;
    const { longestTerm, maxExtensions, longestExtension, extensionBefore, extensionDecision } = rules;
    const { reportInterval, finalReport, incidentHours, certificate, transitionAllowed, longestTransition } = rules;
    return {
      ...{ longestTerm, maxExtensions, longestExtension, extensionBefore, extensionDecision },
      ...{ reportInterval, finalReport, incidentHours, certificate, transitionAllowed, longestTransition },
    };
  }

  private permits(): View['permits'] {
    const { externalPermits } = this.regime.regime;
    const shown = this.of('permitRecorded');
    return Object.entries(this.trial.permits).map(([permit, recorded]) => {
      const definition = externalPermits.find(({ code }) => code === permit);
      return {
        permit,
        name: definition?.name ?? { vi: permit, en: permit },
        authority: definition?.authority ?? '',
        number: this.said(recorded?.number),
        validTo: recorded?.validTo ?? null,
        documentId: shown.find(({ payload }) => payload.permit === permit)?.payload.documentId ?? null,
      };
    });
  }

  private alerts(): View['alerts'] {
    return this.of('limitNeared', 'limitExceeded')
      .slice(-mostAlerts)
      .reverse()
      .map(({ type, payload }) => ({ ...payload, standing: type === 'limitNeared' ? 'near' : 'beyond' }));
  }

  private hold({ id, cause, placedAt, confirmBy, status }: HoldState): View['holds'][number] {
    const decided = this.of('holdConfirmed', 'holdLifted').find(({ payload }) => payload.holdId === id);
    const reason = this.said(decided?.payload.reason);
    return { id, cause, placedAt, confirmBy, status, decidedAt: decided?.occurredAt ?? null, reason };
  }

  private suspensions(): View['suspensions'] {
    const resumed = this.of('trialResumed');
    return this.of('trialSuspended', 'holdConfirmed').map((event) => {
      const end = resumed.find(({ seq }) => seq > event.seq);
      return {
        at: event.occurredAt,
        hold: event.type === 'holdConfirmed' ? event.payload.holdId : null,
        reason: this.said(event.payload.reason),
        resumedAt: end?.occurredAt ?? null,
        resumedBecause: this.said(end?.payload.reason),
      };
    });
  }

  private incident(incident: IncidentState): View['incidents'][number] {
    const { id, limit, reportBy, severity, reportedAt, missed, examinedAt } = incident;
    const isOf = ({ payload }: { readonly payload: { readonly incidentId: string } }) => payload.incidentId === id;
    const report = this.of('incidentReported').find(isOf)?.payload;
    const examined = this.of('incidentExamined').find(isOf);
    const status = examinedAt ? 'examined' : reportedAt ? 'reported' : missed ? 'missed' : 'to-report';
    return {
      ...{ id, limit, reportBy, status, severity, reportedAt },
      happenedAt: report?.happenedAt ?? null,
      knownAt: report?.knownAt ?? null,
      late: report?.late ?? missed,
      description: this.said(report?.description),
      documentId: report?.documentId ?? null,
      finding: examined ? this.finding(examined) : null,
    };
  }

  private finding({
    occurredAt,
    payload,
  }: Extract<Told, { type: 'incidentExamined' }>): View['incidents'][number]['finding'] {
    const { damage, cause, exempt, legalBasis, reason } = payload;
    return { at: occurredAt, damage, cause, exempt, legalBasis: this.said(legalBasis), reason: this.said(reason) };
  }

  private requests(): View['requests'] {
    const answers = this.of('trialChangeRefused', 'trialAdjusted', 'trialExtended', 'trialResumed');
    return this.of('trialChangeRequested').map(
      ({ payload: { requestId: id, request, reason, decideBy }, occurredAt }) => {
        const answer = answers.find(({ payload }) => payload.requestId === id);
        return {
          id,
          kind: request.kind,
          months: request.kind === 'extension' ? request.months : null,
          terms: request.kind === 'adjustment' ? conditionsOf(request.terms) : null,
          reason: this.said(reason),
          requestedAt: occurredAt,
          decideBy,
          status: this.trial.requests[id]?.status ?? 'open',
          answeredAt: answer?.occurredAt ?? null,
          answer: answer && 'reason' in answer.payload ? this.said(answer.payload.reason) : null,
        };
      },
    );
  }

  private duties(code: TrialDuty) {
    return Object.values(this.state.duties)
      .filter((duty) => duty.code === code)
      .sort((a, b) => ((a.dueDate ?? '') < (b.dueDate ?? '') ? -1 : 1))
      .map(owedOf);
  }

  private reports(): View['reports'] {
    const filed = this.of('trialReportFiled');
    return this.duties('trial-report').map((duty) => {
      const report = filed.find(({ payload }) => payload.duty === duty.duty);
      const { documentId = null, figures = null } = report?.payload ?? {};
      return { ...duty, filedAt: report?.occurredAt ?? null, documentId, figures: figures && { ...figures } };
    });
  }

  private visits(): View['visits'] {
    return this.of('visitRecorded').map(({ actor, payload: { visitId: id, on, result, findings } }) => ({
      ...{ id, on, result },
      agency: actor.kind === 'person' ? actor.agency : null,
      findings: this.said(findings),
    }));
  }

  private finalReport(): View['finalReport'] {
    // One that was filed for an end that has moved since is no final report any more.
    const filed = this.trial.finalReport && this.of('finalReportFiled').at(-1);
    if (!filed) return null;
    const { assessBy, documentId, figures, lessons } = filed.payload;
    return {
      filedAt: filed.occurredAt,
      assessBy,
      documentId,
      figures: { ...figures },
      lessons: lessons.map(({ act, article, change }) => ({ act, article, change: this.said(change) })),
    };
  }

  /** `trial-users#n`: the n-th of those that the admission names. */
  private userDuties(): View['userDuties'] {
    const named = this.trial.terms?.userDuties ?? [];
    return this.duties('trial-users').map((duty) => {
      const name = named[Number(duty.duty.split('#')[1]) - 1]?.name;
      return { ...duty, name: name ?? { vi: duty.duty, en: duty.duty } };
    });
  }
}

const owedOf = ({ id: duty, dueDate, metAt, missed }: DutyState) => ({
  duty,
  dueDate,
  status: metAt !== null ? ('met' as const) : missed ? ('overdue' as const) : ('open' as const),
  metAt,
});

/** Without the exemptions, which stand in their record with their dates. */
function conditionsOf({ exemptions: _dated, ...conditions }: TrialTerms): NonNullable<View['terms']> {
  return conditions;
}
