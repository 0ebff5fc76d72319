import type { CaseEvent, Condition, EventType, Payloads } from './events.js';

/**
 * What of a value may leave: `true` a scalar or a list of them, `whole` a structure of rule attributes alone (words that somebody typed stay behind),
 * fields by name, also through lists (`*`: whatever the key), or what a function makes of it.
 */
type Pass = true | 'whole' | { readonly [field: string]: Pass } | ((value: Condition) => unknown);

interface Audience<P> {
  /** What the investor's side reads of it; `never`: not even that it happened. */
  readonly party: readonly (keyof P & string)[] | 'never';
  /** What they read beside once the decision of the procedure is signed. */
  readonly decided?: readonly (keyof P & string)[];
  /** What systems outside are sent: no words of people, no person, nothing that is a participant's own business. */
  readonly outside: { readonly [K in keyof P & string]?: Pass };
}

const document = { code: true, documentId: true, obtainedFrom: true } as const;
/** Of a subject that is not of the list, the value is free text. */
const condition = ({ subject, direction, value }: Condition) => ({
  subject,
  direction,
  ...(subject !== 'other' && value !== undefined && { value }),
});
const term = { party: ['dueDate'], outside: { dueDate: true } } as const;

// Who hears what of each event: what is not named here is told to nobody outside an agency.
const audiences: { readonly [T in EventType]: Audience<Payloads[T]> } = {
  // The case
  caseOpened: {
    party: [
      ...([
        'kind',
        'lane',
        'pathway',
        'facts',
        'investor',
        'filingHash',
        'lawAt',
        'plan',
        'baseline',
        'target',
      ] as const),
      ...(['ambition', 'reductionByLaw', 'milestone', 'lodged', 'managed', 'capital', 'unverified', 'site'] as const),
      ...(['adjusts', 'trial'] as const),
    ],
    outside: {
      kind: true,
      lane: true,
      pathway: true,
      facts: 'whole',
      filingHash: true,
      lawAt: true,
      plan: 'whole',
      baseline: 'whole',
      target: 'whole',
      ambition: 'whole',
      reductionByLaw: true,
      milestone: true,
      lodged: { '*': document },
      managed: true,
      capital: 'whole',
      unverified: true,
      site: true,
      adjusts: 'whole',
      trial: {
        regime: true,
        version: true,
        field: true,
        fit: true,
        reasons: { code: true, verdict: true },
        authority: true,
        supervises: true,
        evaluates: true,
        months: true,
      },
    },
  },
  laneDecided: { party: ['taskId', 'lane', 'reason'], outside: { taskId: true, lane: true } },
  gateMet: { party: ['gate', 'evidence', 'on'], outside: { gate: true, on: true } },
  caseWithdrawn: { party: ['reason'], outside: {} },
  caseClosed: { party: ['outcome'], outside: { outcome: true } },
  laneProposed: { party: ['reason'], outside: {} },
  caseSurveyed: { party: ['score', 'procedure'], outside: { score: true, procedure: true } },
  procedureDeferred: { party: ['procedure', 'until', 'reason'], outside: { procedure: true, until: true } },
  procedureResumed: { party: ['procedure'], outside: { procedure: true } },
  questionAsked: {
    party: ['questionId', 'procedure', 'agency', 'text'],
    outside: { questionId: true, procedure: true, agency: true },
  },
  questionAnswered: { party: ['questionId', 'taskId', 'text'], outside: { questionId: true, taskId: true } },
  interestDeclared: { party: 'never', outside: {} },
  dutyIncurred: {
    party: ['duty', 'code', 'scope', 'on', 'agency', 'dueDate'],
    outside: { duty: true, code: true, scope: true, on: true, agency: true, dueDate: true },
  },
  dutyMet: { party: ['duty', 'evidence', 'late'], outside: { duty: true, late: true } },
  dutyMissed: { party: ['duty', 'dueDate'], outside: { duty: true, dueDate: true } },
  dutyMoved: { party: ['duty', 'dueDate'], outside: { duty: true, dueDate: true } },
  dutyDropped: { party: ['duty'], outside: { duty: true } },
  scopeClosed: { party: 'never', outside: { scope: true } },
  scopeRebuilt: { party: 'never', outside: { scope: true, generation: true } },

  // A procedure
  procedureOpened: {
    party: [
      ...(['procedure', 'attempt', 'version', 'phase', 'mandatory', 'competentAgency', 'handlingAgency'] as const),
      ...(['cityControlled', 'budget', 'calendar', 'startsFrom'] as const),
    ],
    outside: {
      procedure: true,
      attempt: true,
      version: true,
      phase: true,
      mandatory: true,
      competentAgency: true,
      handlingAgency: true,
      cityControlled: true,
      budget: 'whole',
      calendar: true,
      startsFrom: true,
    },
  },
  dossierFiled: { party: ['documents', 'amends'], outside: { documents: document, amends: true } },
  onlineDeclared: { party: ['declarationId', 'lapsesOn'], outside: { declarationId: true, lapsesOn: true } },
  dossierReceived: {
    party: ['taskId', 'form', 'dossierCode', 'version', 'budget', 'dueDate', 'promisedDate', 'printed'],
    outside: {
      taskId: true,
      form: true,
      dossierCode: true,
      version: true,
      budget: 'whole',
      dueDate: true,
      promisedDate: true,
      printed: true,
    },
  },
  completionRequested: { party: ['taskId', 'form', 'items', 'reason'], outside: { taskId: true, form: true } },
  receptionRefused: { party: ['taskId', 'form', 'reason'], outside: { taskId: true, form: true } },
  stepStarted: { party: ['step'], outside: { step: true } },
  // What an assessment or a council came to is part of what is decided.
  stepCompleted: {
    party: ['step', 'by'],
    decided: ['outcome', 'reference'],
    outside: { step: true, outcome: true, by: true },
  },
  stepFailed: { party: 'never', outside: { step: true } },
  taskOpened: {
    party: 'never',
    outside: { taskId: true, key: true, kind: true, agency: true, role: true, step: true, dueDate: true },
  },
  taskClaimed: { party: 'never', outside: { taskId: true } },
  taskReleased: { party: 'never', outside: { taskId: true } },
  taskReassigned: { party: 'never', outside: { taskId: true, cause: true } },
  signatoryNamed: { party: 'never', outside: { taskId: true } },
  workReturned: { party: 'never', outside: { taskId: true, step: true } },
  stepReopened: { party: 'never', outside: { step: true, round: true, cause: true } },
  taskCompleted: { party: 'never', outside: { taskId: true, outcome: true } },
  taskCancelled: { party: 'never', outside: { taskId: true } },
  supplementRequested: {
    party: ['requestId', 'taskId', 'ground', 'items', 'reason', 'deadline', 'suspends', 'daysLeft'],
    outside: { requestId: true, taskId: true, ground: true, deadline: true, suspends: true, daysLeft: true },
  },
  supplementAnswered: {
    party: ['requestId', 'documents', 'restarts', 'explanation'],
    outside: { requestId: true, documents: document, restarts: true },
  },
  supplementLapsed: { party: ['requestId'], outside: { requestId: true } },
  supplementExtended: { party: ['requestId', 'deadline', 'reason'], outside: { requestId: true, deadline: true } },
  lapseDecided: { party: ['requestId', 'decision', 'reason'], outside: { requestId: true, decision: true } },
  extensionGranted: { party: ['days', 'reason', 'dueDate'], outside: { days: true, dueDate: true } },
  rungReached: { party: ['clock', 'rung', 'dueDate'], outside: { clock: true, rung: true, dueDate: true } },
  target30AtRisk: term,
  target30Missed: term,
  target40AtRisk: term,
  target40Missed: term,
  apologyDrafted: {
    party: 'never',
    outside: { letterId: true, form: true, dueDate: true, causes: { cause: true, agency: true, days: true } },
  },
  apologyVoided: { party: 'never', outside: { letterId: true, dueDate: true } },
  apologySent: {
    party: ['letterId', 'taskId', 'newDate', 'causes'],
    outside: { letterId: true, taskId: true, newDate: true, causes: { cause: true, agency: true, days: true } },
  },
  clocksRedated: {
    party: ['calendar', 'version', 'document', 'moved'],
    outside: { calendar: true, version: true, document: true, moved: { clock: true, from: true, to: true } },
  },
  procedureMigrated: { party: ['from', 'to'], outside: { from: true, to: true } },
  paymentRequested: { party: ['step', 'amountVnd'], outside: { step: true, amountVnd: true } },
  paymentReceived: { party: ['step', 'amountVnd', 'reference'], outside: { step: true, amountVnd: true } },
  decisionMade: {
    party: ['outcome', 'taskId', 'reason', 'endsTerm'],
    outside: { outcome: true, taskId: true, endsTerm: true },
  },
  termEnded: { party: ['step'], outside: { step: true } },
  decisionSigned: {
    party: ['number', 'documentHash', 'signature', 'algorithm', 'keyId'],
    outside: { number: true, documentHash: true, signature: true, algorithm: true, keyId: true },
  },
  resultHandedOver: { party: ['number'], outside: { number: true } },
  procedureClosed: {
    party: ['procedure', 'attempt', 'outcome'],
    outside: { procedure: true, attempt: true, outcome: true },
  },

  // A consultation: whom it was asked of, and that they answered; what they think once it is decided.
  consultationOpened: {
    party: ['step', 'n', 'lead', 'opinions'],
    decided: ['carried'],
    outside: {
      step: true,
      n: true,
      lead: true,
      opinions: 'whole',
      carried: {
        agency: true,
        status: true,
        position: true,
        conditions: condition,
        late: true,
        answeredAt: true,
        lapsed: 'whole',
        decision: true,
      },
    },
  },
  opinionRequested: { party: 'never', outside: { agency: true, requestId: true } },
  opinionGiven: {
    party: ['agency', 'late'],
    decided: ['position', 'conditions', 'legalBasis'],
    outside: { agency: true, position: true, conditions: condition, late: true, messageId: true },
  },
  opinionUnheard: { party: 'never', outside: { agency: true, messageId: true, taskId: true } },
  opinionLapsed: {
    party: ['agency'],
    decided: ['legalEffect', 'handling'],
    outside: { agency: true, legalEffect: true, handling: true },
  },
  silenceDecided: {
    party: ['agency'],
    decided: ['decision', 'reason'],
    outside: { agency: true, taskId: true, decision: true },
  },
  conferenceOpened: {
    party: 'never',
    outside: {
      issues: { id: true, kind: true, agencies: true, subject: true },
      chair: true,
      budget: 'whole',
      dueDate: true,
    },
  },
  conferenceDecided: { party: 'never', outside: { taskId: true, resolutions: { issue: true, upholds: true } } },
  consultationReopened: { party: 'never', outside: { agency: true } },
  consultationClosed: {
    party: ['step', 'n'],
    decided: ['agreed', 'conditional', 'objected', 'silent'],
    outside: { step: true, n: true, agreed: true, conditional: true, objected: true, silent: true },
  },

  // A trial
  fitDecided: { party: ['taskId', 'verdict', 'reason'], outside: { taskId: true, verdict: true } },
  trialTermsProposed: {
    party: 'never',
    outside: { taskId: true, criteria: { criterion: true, finding: true }, terms: 'whole' },
  },
  councilConvened: { party: 'never', outside: { taskId: true, quorum: true, meetsAt: true } },
  councilOpened: { party: 'never', outside: { taskId: true } },
  voteCast: { party: 'never', outside: {} },
  councilClosed: {
    party: 'never',
    outside: { taskId: true, for: true, against: true, abstained: true, recommends: true },
  },
  trialAdmitted: {
    party: ['decision', 'from', 'until', 'terms', 'exemptions', 'permits'],
    outside: { decision: true, from: true, until: true, terms: 'whole', exemptions: 'whole', permits: true },
  },
  permitRecorded: {
    party: ['permit', 'number', 'documentId', 'validTo'],
    outside: { permit: true, documentId: true, validTo: true },
  },
  trialStarted: { party: [], outside: {} },
  trialKeyRegistered: { party: ['keyId', 'publicKey'], outside: { keyId: true, publicKey: true } },
  metricsAccepted: {
    party: ['batch', 'keyId', 'digest', 'from', 'to', 'count', 'extremes', 'kept', 'readings'],
    outside: { batch: true, keyId: true, digest: true, from: true, to: true, count: true },
  },
  limitNeared: { party: ['limit', 'value', 'at', 'batch'], outside: { limit: true, at: true, batch: true } },
  limitExceeded: { party: ['limit', 'value', 'at', 'batch'], outside: { limit: true, at: true, batch: true } },
  holdPlaced: {
    party: ['holdId', 'cause', 'confirmBy'],
    outside: { holdId: true, cause: { kind: true, limit: true, incident: true }, confirmBy: true },
  },
  holdConfirmed: { party: ['holdId', 'taskId', 'reason'], outside: { holdId: true, taskId: true } },
  holdLifted: { party: ['holdId', 'taskId', 'reason'], outside: { holdId: true, taskId: true } },
  incidentOpened: {
    party: ['incidentId', 'limit', 'reportBy'],
    outside: { incidentId: true, limit: true, reportBy: true },
  },
  incidentReported: {
    party: ['incidentId', 'severity', 'happenedAt', 'knownAt', 'reportBy', 'late', 'description', 'documentId'],
    outside: {
      incidentId: true,
      severity: true,
      happenedAt: true,
      knownAt: true,
      reportBy: true,
      late: true,
      documentId: true,
    },
  },
  incidentReportMissed: { party: ['incidentId', 'reportBy'], outside: { incidentId: true, reportBy: true } },
  incidentExamined: {
    party: ['incidentId', 'taskId', 'damage', 'cause', 'exempt', 'legalBasis', 'reason'],
    outside: { incidentId: true, taskId: true, damage: true, cause: true, exempt: true },
  },
  trialReportFiled: { party: ['duty', 'documentId', 'figures'], outside: { duty: true, documentId: true } },
  visitRecorded: {
    party: ['visitId', 'on', 'result', 'findings'],
    outside: { visitId: true, on: true, result: true },
  },
  trialChangeRequested: {
    party: ['requestId', 'request', 'reason', 'decideBy'],
    outside: { requestId: true, request: 'whole', decideBy: true },
  },
  trialChangeRefused: { party: ['requestId', 'taskId', 'reason'], outside: { requestId: true, taskId: true } },
  trialAdjusted: {
    party: ['requestId', 'taskId', 'terms', 'reason'],
    outside: { requestId: true, taskId: true, terms: 'whole' },
  },
  trialExtended: {
    party: ['requestId', 'taskId', 'months', 'until', 'reason'],
    outside: { requestId: true, taskId: true, months: true, until: true },
  },
  trialSuspended: { party: ['reason'], outside: {} },
  trialResumed: { party: ['requestId', 'taskId', 'reason'], outside: { requestId: true, taskId: true } },
  finalReportFiled: {
    party: ['documentId', 'lessons', 'figures', 'assessBy'],
    outside: { documentId: true, lessons: { act: true, article: true }, assessBy: true },
  },
  trialTermOver: { party: [], outside: {} },
  trialEnded: {
    party: ['ending', 'taskId', 'reason', 'transitionUntil'],
    outside: { ending: true, taskId: true, transitionUntil: true },
  },
  completionCertified: { party: ['number'], outside: { number: true } },
  transitionEnded: { party: [], outside: {} },
  trialOver: { party: [], outside: {} },
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * What the investor's side reads of an event; `decided`: the decision of its procedure is signed. `payload`: as it is told, its own unless words were put into it.
 * Undefined: nothing, not even that it happened.
 */
export function shownToParty(
  { type, payload: own }: CaseEvent,
  decided: boolean,
  payload: object = own,
): Record<string, unknown> | undefined {
  const { party, decided: later = [] }: Audience<Fields> = audiences[type];
  if (party === 'never') return undefined;
  const shown = new Set<string>(decided ? [...party, ...later] : party);
  return Object.fromEntries(Object.entries(payload).filter(([field]) => shown.has(field)));
}

/** What of an event is sent to systems outside. */
export const sentOutside = (event: CaseEvent): unknown =>
  passed(event.payload, audiences[event.type].outside as { readonly [field: string]: Pass });

/** A TextRef: the hash of words is nobody's business outside either. */
const isWords = (value: object): boolean => Object.keys(value).sort().join() === 'hash,id';

function passed(value: unknown, pass: Pass): unknown {
  if (Array.isArray(value)) return value.map((one) => passed(one, pass));
  if (typeof value !== 'object' || value === null) return value;
  if (typeof pass === 'function') return pass(value as Condition);
  if (pass === true) return undefined;
  const entries = Object.entries(value).flatMap(([field, inner]): [string, unknown][] => {
    const within = pass === 'whole' ? pass : (pass[field] ?? pass['*']);
    if (within === undefined || (typeof inner === 'object' && inner !== null && isWords(inner as object))) return [];
    return [[field, passed(inner, within)]];
  });
  return Object.fromEntries(entries);
}
