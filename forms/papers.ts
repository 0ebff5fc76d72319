import { paperIssuedBy } from '../domain/case/case/paper-numbers.js';
import { type Actor, type CaseEvent, type EventOf } from '../domain/case/events.js';
import { procedureScopeOf, type ScopeId } from '../domain/case/scope.js';
import { type CaseState } from '../domain/case/state.js';
import { admissionOf } from '../domain/case/trial/state.js';
import { isOpenLetter } from '../domain/case/apology/state.js';
import { agenciesAt, type ProcedureState } from '../domain/case/procedure/state.js';
import { type TextRef } from '../domain/case/words.js';
import { type FormCode } from '../domain/schemas/forms.js';
import { type Instant } from '../domain/time/instants.js';
import { meetingOf, ofCouncil } from './meeting.js';

/** One official paper of a case: what the events say was issued. */
export interface Paper {
  /** `{form}-{seq}` by the event that brought it about: stable, unique in the case. */
  readonly id: string;
  readonly form: Exclude<FormCode, '07'>;
  readonly scope: ScopeId;
  /** Sequence of that event. */
  readonly seq: number;
  /** Sequence of the event that issues it, under which it is numbered; the same, but for what is drafted first. */
  readonly issuedBy: number;
  /** The document's own instant. */
  readonly issuedAt: Instant;
  /** Who issues it: its letterhead, and whose numbers it counts in. */
  readonly agency: string;
  /** Not signed off yet: no number, never shown to the investor. */
  readonly draft: boolean;
  /** The canonical text that it is made from, where it is kept apart. */
  readonly content?: TextRef;
}

/** A case as far as its papers rest on it. Names and words come from where they can be erased, never from events. */
export interface CaseFile {
  readonly state: CaseState;
  /** Of the types in `paperEvents` at least, in order. */
  readonly events: readonly CaseEvent[];
}

/** Every paper of the case, oldest first. Pure. */
export function papersOf({ state, events }: CaseFile, receivingAgency: string): Paper[] {
  return events.flatMap((event) => {
    const procedure = procedureOf(event, state);
    const found = procedure && paperOf(event, procedure, { state, events }, receivingAgency);
    return (found ? [found].flat() : []).map((one) => ({
      id: `${one.form}-${event.seq}`,
      scope: procedure?.scope ?? procedureScopeOf(event.scope),
      seq: event.seq,
      issuedBy: event.seq,
      issuedAt: event.occurredAt,
      draft: false,
      ...one,
    }));
  });
}

/** The procedure that an event's paper belongs to; what happens to a trial belongs to its admission. */
const procedureOf = (event: CaseEvent, state: CaseState): ProcedureState | undefined =>
  event.type === 'completionCertified' ? admissionOf(state) : state.procedures[procedureScopeOf(event.scope)];

type Found = Pick<Paper, 'form' | 'agency'> & Partial<Paper>;

function paperOf(
  event: CaseEvent,
  procedure: ProcedureState,
  { state, events }: CaseFile,
  receivingAgency: string,
): Found | Found[] | undefined {
  const { competentAgency: competent } = agenciesAt(procedure, event.seq);
  switch (event.type) {
    case 'dossierReceived':
      return [
        { form: '01', agency: receivingAgency },
        { form: '06', agency: receivingAgency, issuedAt: lastMove(events, procedure.scope, event.occurredAt) },
      ];
    case 'apologyDrafted': {
      const letter = procedure.apologies.find(({ letterId }) => letterId === event.payload.letterId);
      if (!letter || (letter.sentAt === null && (procedure.decision !== null || !isOpenLetter(letter))))
        return undefined;
      const issuedBy = sentBy(events, event) ?? (letter.sentAt === null ? Infinity : event.seq);
      return {
        form: '04',
        agency: agenciesAt(procedure, issuedBy).competentAgency,
        draft: letter.sentAt === null,
        issuedBy: sentBy(events, event) ?? event.seq,
        issuedAt: letter.sentAt ?? letter.draftedAt,
      };
    }
    case 'decisionSigned':
      return { form: 'decision', agency: procedure.decision?.competentAgency ?? competent };
    case 'resultCorrected':
      return { form: 'result-correction', agency: agencyOf(event.actor) ?? competent };
    case 'resultRevoked':
      return { form: 'result-revocation', agency: agencyOf(event.actor) ?? competent };
    case 'opinionGiven':
      // One of before, or by a system, says no more than its position.
      if (!event.payload.content) return undefined;
      // Whoever took the place of the agency that was asked answers in its own name.
      return { form: 'opinion', agency: agencyOf(event.actor) ?? event.payload.agency, content: event.payload.content };
    case 'councilOpened': {
      const { closed, superseded } = meetingOf(events, event);
      // A meeting that came to nothing leaves no minutes.
      if (!closed && (superseded || !procedure.council?.present)) return undefined;
      return {
        form: 'council-minutes',
        agency: agenciesAt(procedure, closed?.seq ?? Infinity).handlingAgency,
        draft: !closed,
        issuedBy: closed?.seq ?? event.seq,
        issuedAt: closed?.occurredAt ?? event.occurredAt,
      };
    }
    case 'completionCertified':
      return { form: 'trial-certificate', agency: competent };
    case 'apologySent':
    case 'councilClosed':
      // Drafted by an event before it.
      return undefined;
    default:
      return paperIssuedBy(event, state, receivingAgency);
  }
}

const agencyOf = (actor: Actor): string | null => (actor.kind === 'person' ? actor.agency : null);

/** The letter that was drafted was sent by that event. */
const sentBy = (events: readonly CaseEvent[], { scope, payload }: EventOf<'apologyDrafted'>): number | undefined =>
  events.find((one) => one.type === 'apologySent' && one.scope === scope && one.payload.letterId === payload.letterId)
    ?.seq;

/** The number of each paper by its id; until 0.3.0 what was drafted first was numbered under its draft. */
export const numbersOf = (papers: readonly Paper[], given: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
  new Map(
    papers.flatMap(({ id, form, issuedBy }): [string, number][] => {
      const number = given.get(`${form}-${issuedBy}`) ?? given.get(id);
      return number === undefined ? [] : [[id, number]];
    }),
  );

/** The control sheet travels with the dossier: it is as old as its last row. What a council does moves no dossier. */
function lastMove(events: readonly CaseEvent[], scope: ScopeId, since: Instant): Instant {
  const last = events.findLast((event) => procedureScopeOf(event.scope) === scope && !ofCouncil.has(event.type));
  return last?.occurredAt ?? since;
}
