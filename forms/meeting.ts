import { type CaseEvent, type EventOf, type EventType } from '../domain/case/events.js';

/** What a council does; no dossier moves by it. */
export const ofCouncil: ReadonlySet<EventType> = new Set<EventType>([
  'councilConvened',
  'councilOpened',
  'voteCast',
  'councilClosed',
]);

/** One meeting of a council, from its events. */
export interface Meeting {
  readonly convened: EventOf<'councilConvened'>;
  readonly votes: readonly EventOf<'voteCast'>[];
  readonly closed: EventOf<'councilClosed'> | undefined;
  /** Convened anew before it was closed: its votes count for nothing. */
  readonly superseded: boolean;
}

/** The meeting that this event opened. */
export function meetingOf(events: readonly CaseEvent[], opened: EventOf<'councilOpened'>): Meeting {
  const own = events.filter(({ scope, type }) => scope === opened.scope && ofCouncil.has(type));
  const convened = own.findLast(
    (event): event is EventOf<'councilConvened'> => event.type === 'councilConvened' && event.seq < opened.seq,
  );
  if (!convened) throw new Error(`the meeting of ${opened.scope} was never convened`);
  const next = own.find(({ type, seq }) => type === 'councilConvened' && seq > opened.seq)?.seq ?? Infinity;
  const within = own.filter(({ seq }) => seq > opened.seq && seq < next);
  const closed = within.find((event): event is EventOf<'councilClosed'> => event.type === 'councilClosed');
  return {
    convened,
    votes: within.filter((event): event is EventOf<'voteCast'> => event.type === 'voteCast'),
    closed,
    superseded: closed === undefined && next < Infinity,
  };
}
