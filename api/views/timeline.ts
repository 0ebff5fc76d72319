import { type z } from 'zod';
import { type CaseAccess, type CaseReach as Reading, isParty } from '../../db/people/readers.js';
import { type TimelineEntry as Entry } from '../../db/read/timeline.js';
import { eventName, shownToParty } from '../../domain/case/event-table.js';
import { procedureOf, procedureScopeOf } from '../../domain/case/scope.js';
import { isDecided } from '../../domain/case/procedure/state.js';
import { type CaseState } from '../../domain/case/state.js';
import { mapWords } from '../../domain/case/texts.js';
import { said } from '../../domain/case/words.js';
import { type TimelineEntry } from '../schemas/timeline.js';

/** Whoever reads a timeline: how, which procedures of the case (null: all), and whether as evidence. */
export interface TimelineReader extends Reading {
  readonly state: CaseState;
  readonly evidence: boolean;
}

/** An event as this reader sees it; undefined where it is not theirs to see. The investor's side reads which agency acted, not who in it. */
export function timelineEntry(
  { event, actorName, recordedAt, hash, words }: Entry,
  { access, procedures, state, evidence }: TimelineReader,
): z.input<typeof TimelineEntry> | undefined {
  if (procedures !== null && !procedures.includes(procedureOf(event.scope) ?? '')) return undefined;
  const told = evidence ? event.payload : mapWords(event, (one) => said(one, words)).payload;
  const payload = payloadShown(event, told, { access, procedures, state, evidence });
  if (payload === undefined) return undefined;
  const { actor } = event;
  const person = actor.kind === 'person' ? actor : undefined;
  const named = isNamed(event, access);
  return {
    seq: event.seq,
    type: event.type,
    name: eventName(event.type),
    scope: event.scope,
    occurredAt: event.occurredAt,
    recordedAt,
    actor: {
      kind: actor.kind,
      id: named ? (person?.id ?? null) : null,
      name: named ? actorName : null,
      role: person?.role ?? null,
      agency: 'agency' in actor ? actor.agency : null,
      onBehalfOf: named ? (person?.onBehalfOf ?? null) : null,
      assurance: named ? (person?.assurance ?? null) : null,
    },
    payload: withoutPromises(event, payload, evidence),
    words: evidence ? Object.fromEntries(words) : null,
    hash: evidence ? hash : null,
  };
}

/** What of the payload this reader sees, as it is told; undefined: nothing, not even that it happened. */
export function payloadShown(
  event: Entry['event'],
  told: object,
  { access, state, evidence }: TimelineReader,
): Record<string, unknown> | undefined {
  return isParty(access)
    ? shownToParty(event, isDecided(state.procedures[procedureScopeOf(event.scope)]), told)
    : shownInside(event, told, evidence);
}

/** Whether this reader learns which person acted: the investor's side reads which agency did, not who in it. */
export const isNamed = ({ actor }: Entry['event'], access: CaseAccess): boolean =>
  actor.kind === 'person' && (!isParty(access) || actor.agency === null);

/** How somebody voted is told by the council once it is closed. */
function shownInside(event: Entry['event'], told: object, evidence: boolean): Record<string, unknown> {
  return event.type === 'voteCast' && !evidence ? { person: event.payload.person } : { ...told };
}

/** Every opening carries what the green lane promises; to a trial it promises nothing. */
function withoutPromises(
  event: Entry['event'],
  payload: Record<string, unknown>,
  evidence: boolean,
): Record<string, unknown> {
  if (evidence || event.type !== 'caseOpened' || event.payload.kind !== 'sandbox') return payload;
  return Object.fromEntries(Object.entries(payload).filter(([field]) => !promises.has(field)));
}

const promises = new Set(['lane', 'pathway', 'milestone', 'baseline', 'target', 'ambition', 'reductionByLaw']);
