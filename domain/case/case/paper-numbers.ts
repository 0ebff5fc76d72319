import { dateOf } from '../../time/instants.js';
import type { FormCode } from '../../schemas/forms.js';
import type { CaseEvent, EventType } from '../events.js';
import type { Outcome } from '../execute.js';
import { agenciesAt } from '../procedure/state.js';
import { procedureScopeOf } from '../scope.js';
import type { CaseState } from '../state.js';

/** A paper that counts in the register of an agency, a year and a form, from the act that issues it. */
export interface IssuedPaper {
  /** Sequence of the event that issues it. */
  readonly seq: number;
  /** `{form}-{seq}` */
  readonly paper: string;
  readonly form: '01' | '02' | '03' | '04' | '05' | 'council-minutes';
  readonly agency: string;
  readonly year: number;
}

/** The papers that these events issue, in their order. Drafts and papers with a number of their own (decision, certificate) are none of them. */
export const papersIssued = (events: readonly CaseEvent[], state: CaseState, receivingAgency: string): IssuedPaper[] =>
  events.flatMap((event) => {
    const issued = paperIssuedBy(event, state, receivingAgency);
    const { seq } = event;
    if (!issued) return [];
    return [{ ...issued, seq, paper: `${issued.form}-${seq}`, year: Number(dateOf(event.occurredAt).slice(0, 4)) }];
  });

/** Form and issuing agency of the paper that an event issues; undefined where it issues none that counts. */
export function paperIssuedBy(
  event: CaseEvent,
  { procedures }: Pick<CaseState, 'procedures'>,
  receivingAgency: string,
): Pick<IssuedPaper, 'form' | 'agency'> | undefined {
  const procedure = procedures[procedureScopeOf(event.scope)];
  if (!procedure) return undefined;
  const { receivedAt } = procedure;
  const { competentAgency, handlingAgency } = agenciesAt(procedure, event.seq);
  switch (event.type) {
    case 'dossierReceived':
      return { form: '01', agency: receivingAgency };
    case 'completionRequested':
      return { form: '02', agency: receivingAgency };
    case 'supplementRequested':
      return { form: '02', agency: handlingAgency };
    case 'receptionRefused':
      return { form: '03', agency: receivingAgency };
    case 'lapseDecided':
      if (event.payload.decision === 'continue') return undefined;
      return { form: event.payload.decision === 'stop' ? '05' : '03', agency: competentAgency };
    case 'extensionGranted':
    case 'apologySent':
      return { form: '04', agency: competentAgency };
    case 'procedureClosed':
      if (event.payload.outcome !== 'withdrawn' || receivedAt === null) return undefined;
      return { form: '05', agency: competentAgency };
    case 'councilClosed':
      return { form: 'council-minutes', agency: handlingAgency };
    default:
      return undefined;
  }
}

/** The same outcome, with the number of its paper in each event that issues one. */
export function withNumbers(outcome: Outcome, numbers: ReadonlyMap<number, number>): Outcome {
  if (numbers.size === 0) return outcome;
  const numbered = (event: CaseEvent): CaseEvent => {
    const paperNumber = numbers.get(event.seq);
    return paperNumber === undefined
      ? event
      : ({ ...event, payload: { ...event.payload, paperNumber } } as unknown as CaseEvent);
  };
  return {
    ...outcome,
    events: outcome.events.map(numbered),
    deliveries: outcome.deliveries.map(({ scope, delivery }) => ({
      scope,
      delivery: { ...delivery, event: numbered(delivery.event) },
    })),
  };
}

const begunBy: Readonly<Record<Exclude<FormCode, '07'>, readonly EventType[]>> = {
  '01': ['dossierReceived'],
  '02': ['completionRequested', 'supplementRequested'],
  '03': ['receptionRefused', 'lapseDecided'],
  '04': ['apologyDrafted', 'apologySent', 'extensionGranted'],
  '05': ['lapseDecided', 'procedureClosed'],
  '06': ['dossierReceived'],
  decision: ['decisionSigned'],
  'council-minutes': ['councilOpened', 'councilClosed'],
  'trial-certificate': ['completionCertified'],
  'result-correction': ['resultCorrected'],
  'result-revocation': ['resultRevoked'],
  opinion: ['opinionGiven'],
};

/** What the id of a paper, `{form}-{seq}`, says; `begins`: the types of the event that brings such a paper about. Undefined: it is no paper's id. */
export function paperNamed(id: string): { readonly seq: number; readonly begins: readonly EventType[] } | undefined {
  const [, form = '', seq = ''] = /^([a-z0-9-]+)-([1-9]\d{0,8})$/.exec(id) ?? [];
  const begins = Object.hasOwn(begunBy, form) ? begunBy[form as keyof typeof begunBy] : undefined;
  return begins && { seq: Number(seq), begins };
}
