import type { Text } from '../../law/procedure.js';
import { namesAgencies, namesPeople } from '../event-table.js';
import type { CaseEvent } from '../events.js';

/** What a person was called. */
export interface PersonThen {
  readonly name: string;
  readonly email: string;
}

/** What an agency was called, where it sat and whose it was. */
export interface AgencyThen {
  readonly name: Text;
  readonly seat: Text | null;
  readonly parent: string | null;
}

/** A name as it stood from an event on; `body` is null once it was erased. */
export type NameThen =
  | { readonly kind: 'person'; readonly subject: string; readonly seq: number; readonly body: PersonThen | null }
  | { readonly kind: 'agency'; readonly subject: string; readonly seq: number; readonly body: AgencyThen | null };

/** Names as they stood at an event of one case. null: erased; undefined: of before names were kept with their events. */
export interface NamesThen {
  person(id: string, seq: number): PersonThen | null | undefined;
  agency(code: string, seq: number): AgencyThen | null | undefined;
}

/** An event older than the first name that was kept takes that one: it is nearer to the act than today's. */
export function namesThen(kept: readonly NameThen[]): NamesThen {
  const bySubject = new Map<string, NameThen[]>();
  for (const one of [...kept].sort((a, b) => a.seq - b.seq)) {
    const key = `${one.kind} ${one.subject}`;
    bySubject.set(key, [...(bySubject.get(key) ?? []), one]);
  }
  const at = (key: string, seq: number): NameThen | undefined => {
    const names = bySubject.get(key);
    return names?.findLast((one) => one.seq <= seq) ?? names?.[0];
  };
  return {
    person: (id, seq) => {
      const found = at(`person ${id}`, seq);
      return found?.kind === 'person' ? found.body : undefined;
    },
    agency: (code, seq) => {
      const found = at(`agency ${code}`, seq);
      return found?.kind === 'agency' ? found.body : undefined;
    },
  };
}

/** Everybody whom an event names: who acted, for whom, and who is spoken of. */
export function peopleIn(event: CaseEvent): string[] {
  const { actor } = event;
  const acted =
    actor.kind === 'person' ? [actor.id, ...(actor.onBehalfOf === undefined ? [] : [actor.onBehalfOf])] : [];
  switch (event.type) {
    case 'caseOpened':
      return [...acted, event.payload.investor.personId];
    case 'taskReassigned': {
      const { from, to } = event.payload;
      return [...acted, to, ...(from === null ? [] : [from])];
    }
    case 'councilConvened':
      return [...acted, ...event.payload.members.map(({ person }) => person)];
    default:
      return acted;
  }
}

/** Whose names have to be kept with these events, each with the first event that needs it. */
export function namesNeeded(
  events: readonly CaseEvent[],
  investor: string,
  agencies: () => Iterable<string>,
): { readonly kind: NameThen['kind']; readonly subject: string; readonly seq: number }[] {
  const told = events.filter(({ type }) => namesPeople(type));
  const people = new Map<string, number>();
  for (const event of told) for (const id of peopleIn(event)) if (!people.has(id)) people.set(id, event.seq);
  const issued = told.find(({ type }) => namesAgencies(type));
  if (issued && !people.has(investor)) people.set(investor, issued.seq);
  return [
    ...[...people].map(([subject, seq]) => ({ kind: 'person' as const, subject, seq })),
    ...(issued
      ? [...new Set(agencies())].map((subject) => ({ kind: 'agency' as const, subject, seq: issued.seq }))
      : []),
  ];
}
