import type { ConsultationState, OpinionState } from '../case/consultation/state.js';
import { factsBehind } from '../case/procedure/state.js';
import type { CaseState } from '../case/state.js';
import type { SupplementGround } from '../case/supplement/words.js';
import type { Law } from '../law/law.js';
import { dateOf, type PlainDate } from '../time/instants.js';
import { known, type Measured } from './case-facts.js';
import type { CaseMeasures } from './days.js';
import type { HolderClass } from './holders.js';
import type { Interruption } from './interruptions.js';

/**
 * What one agency did in a case, one row each: days it held the path, an answer it owed, work sent back to it, and whatever stopped or moved a clock:
 * a suspension, a dossier sent back (form 02) or refused (form 03) at the counter, an extension.
 */
export interface AgencyFact {
  readonly kind: 'holding' | 'opinion' | 'return' | Interruption;
  readonly agency: string;
  readonly on: PlainDate;
  /** Of holdings: whose days they are. */
  readonly class: HolderClass | null;
  /** Of holdings, suspensions that have ended and extensions: how many working dates; of an extension, days of the term. */
  readonly days: number | null;
  /** Of suspensions. */
  readonly ground: SupplementGround | null;
  /** Of opinions. `late`: it came after silence had stood for it. */
  readonly result: 'in-time' | 'late' | 'silent' | null;
}

const heldBy = ({ spans }: CaseMeasures, counts: (span: CaseMeasures['spans'][number]) => boolean): number =>
  spans.filter(counts).reduce((sum, { workingDays }) => sum + workingDays, 0);

/** How many days of the path each holder had, once the case has ended. */
export function holdings({ closed }: CaseState, measured: Measured): AgencyFact[] {
  const measures = known(measured);
  if (!measures) return [];
  const on = measures.reached ? measures.through : dateOf(closed?.at ?? measures.through);
  const holders = new Map(measures.spans.map((span) => [span.holder, span.class]));
  return [...holders].map(([agency, kind]) => ({
    kind: 'holding',
    agency,
    on,
    class: kind,
    days: heldBy(measures, (span) => span.holder === agency),
    ground: null,
    result: null,
  }));
}

/** Every question that was answered or fell silent, in the round that asked it. */
export function opinions(state: CaseState): AgencyFact[] {
  return Object.values(state.consultations).flatMap((consultation) =>
    Object.values(consultation.opinions).flatMap((opinion) => opinionFact(consultation, opinion) ?? []),
  );
}

function opinionFact({ openedAt }: ConsultationState, opinion: OpinionState): AgencyFact | undefined {
  const { agency, lapsed, answeredAt, late } = opinion;
  const ended = lapsed?.at ?? answeredAt;
  // An answer carried over from an earlier round was counted there.
  if (ended === null || Date.parse(ended) < Date.parse(openedAt)) return undefined;
  const result = lapsed ? (answeredAt === null ? 'silent' : 'late') : late ? 'late' : 'in-time';
  return { kind: 'opinion', agency, on: dateOf(ended), class: null, days: null, ground: null, result };
}

/** Work that was sent back, to whoever did it. */
export function returns(state: CaseState, law: Law): AgencyFact[] {
  return Object.values(state.procedures).flatMap((procedure) => {
    const { steps } = law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure));
    return procedure.returns.map(({ step, at }): AgencyFact => ({
      kind: 'return',
      agency: steps.find(({ code }) => code === step)?.agency ?? procedure.handlingAgency,
      on: dateOf(at),
      class: null,
      days: null,
      ground: null,
      result: null,
    }));
  });
}
