import { defineQuery, defineSignal } from '@temporalio/workflow';
import { eventsSignalName, progressQueryName, type EventsMessage, type Progress } from '../words.js';

/** Deliveries of the scope's mailbox, in any order, twice or with gaps; none = poke: load from the register. */
export const eventsSignal = defineSignal<[EventsMessage<never>]>(eventsSignalName);

/** Where the run stands, for operators. */
export const progressQuery = defineQuery<Progress>(progressQueryName);
