import type { Text } from '../law/agency.js';
import { apologyEvents } from './apology/events.js';
import { caseEvents } from './case/events.js';
import { conferenceEvents } from './conference/events.js';
import { consultationEvents } from './consultation/events.js';
import type { Condition } from './consultation/words.js';
import { dutyEvents } from './duty/events.js';
import type { EventEntries, EventEntry, Pass } from './event-entry.js';
import type { CaseEvent, EventType, Payloads } from './events.js';
import { extractEvents } from './extract/events.js';
import { factEvents } from './fact/events.js';
import { gateEvents } from './gate/events.js';
import { instructionEvents } from './instruction/events.js';
import { laneEvents } from './lane/events.js';
import { lawChangeEvents } from './law-change/events.js';
import { outsideEvents } from './outside/events.js';
import { paymentEvents } from './payment/events.js';
import { procedureEvents } from './procedure/events.js';
import { questionEvents } from './question/events.js';
import { resultEvents } from './issued/events.js';
import { stepEvents } from './step/events.js';
import { supplementEvents } from './supplement/events.js';
import { taskEvents } from './task/events.js';
import { trialEvents } from './trial/events.js';

/** Everything that is true of a type of event; each subject says it of its own. What is not named as told is told to nobody outside an agency. */
const events: EventEntries<Payloads> = {
  ...caseEvents,
  ...laneEvents,
  ...factEvents,
  ...gateEvents,
  ...questionEvents,
  ...instructionEvents,
  ...dutyEvents,
  ...procedureEvents,
  ...extractEvents,
  ...outsideEvents,
  ...resultEvents,
  ...stepEvents,
  ...taskEvents,
  ...supplementEvents,
  ...apologyEvents,
  ...lawChangeEvents,
  ...paymentEvents,
  ...consultationEvents,
  ...conferenceEvents,
  ...trialEvents,
};

type Fields = Readonly<Record<string, unknown>>;

/** Every type of event there is. */
export const eventTypes = Object.keys(events) as EventType[];

/** What people call it. */
export const eventName = (type: EventType): Text => events[type].name;

/** Whether a workflow hears of it. */
export function isHeard({ type, payload }: CaseEvent): boolean {
  const { heard, heardUnless }: EventEntry<Fields> = events[type];
  return heard && (heardUnless === undefined || (payload as Fields)[heardUnless] === undefined);
}

/** Whether its workflow may be told of it with what comes next. */
export function isPatient({ type, payload }: CaseEvent): boolean {
  const { patientWith }: EventEntry<Fields> = events[type];
  return patientWith !== undefined && (payload as Fields)[patientWith] !== undefined;
}

/** Whether it starts the workflow of its scope. */
export const opensScope = (type: EventType): boolean => events[type].opens ?? false;

/** Which workflow above its own waits for it, too. */
export const alsoHeardBy = (type: EventType): 'case' | 'procedure' | undefined => events[type].alsoHeardBy;

/** Whether something may have begun to be owed after it, or may be done. */
export const movesDuties = (type: EventType): boolean => events[type].duties;

/** Whether papers name the people in it. */
export const namesPeople = (type: EventType): boolean => events[type].papers !== 'nothing';

/** Whether a paper that is issued after it names agencies. */
export const namesAgencies = (type: EventType): boolean => events[type].papers === 'issued';

/** The types of events that papers are made from. */
export const paperEvents: readonly EventType[] = eventTypes.filter((type) =>
  ['read', 'issued'].includes(events[type].papers),
);

/**
 * What the investor's side reads of an event; `decided`: the decision of its procedure is signed. `payload`: as it is told, its own unless words were put into it.
 * Undefined: nothing, not even that it happened.
 */
export function shownToParty(
  { type, payload: own }: CaseEvent,
  decided: boolean,
  payload: object = own,
): Record<string, unknown> | undefined {
  const { party, decided: later = [] }: EventEntry<Fields> = events[type];
  if (party === 'never') return undefined;
  const shown = new Set<string>(decided ? [...party, ...later] : party);
  return Object.fromEntries(Object.entries(payload).filter(([field]) => shown.has(field)));
}

/** Which fields of a type leave the agencies: to the investor's side (at once, once it is decided), and to systems outside. */
export function fieldsTold(type: EventType): {
  readonly party: readonly string[] | 'never';
  readonly decided: readonly string[];
  readonly outside: readonly string[];
} {
  const { party, decided = [], outside }: EventEntry<Fields> = events[type];
  return { party, decided, outside: Object.keys(outside) };
}

/** What of an event is sent to systems outside. */
export const sentOutside = (event: CaseEvent): unknown =>
  passed(event.payload, events[event.type].outside as { readonly [field: string]: Pass });

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
