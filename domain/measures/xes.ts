import { eventName } from '../case/event-table.js';
import type { CaseEvent } from '../case/events.js';
import { caseCodeOf } from '../case/scope.js';

/** A case as process mining reads it. */
interface Trace {
  readonly case: string;
  readonly lane: string;
  readonly pathway: string;
  readonly events: readonly CaseEvent[];
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const string = (key: string, value: string) => `<string key="${key}" value="${escaped(value)}"/>`;

/** Beginning of a log in XES (IEEE 1849-2016), with the extensions whose keys its traces and events use. */
export const xesHead = `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xes.features="nested-attributes" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace">${string('concept:name', '')}</global>
<global scope="event">${string('concept:name', '')}<date key="time:timestamp" value="1970-01-01T00:00:00.000Z"/></global>
<classifier name="Activity" keys="concept:name"/>
`;
export const xesTail = '</log>\n';

/**
 * One trace: its events in the order of the register, each with what happened, where in the case and whose agency did it. No person, no words, no value that
 * somebody typed: what leaves with it is what `GET /ioc/feed` gives, and less.
 */
export const xesTrace = ({ case: code, lane, pathway, events }: Trace): string =>
  `<trace>${string('concept:name', code)}${string('lane', lane)}${string('pathway', pathway)}\n${events.map(xesEvent).join('')}</trace>\n`;

function xesEvent(event: CaseEvent): string {
  const { type, occurredAt, actor, scope, payload } = event;
  const place = scope.slice(`case/${caseCodeOf(scope)}`.length + 1);
  const agency = actor.kind === 'person' || actor.kind === 'agency-system' ? actor.agency : null;
  const of = payload as Readonly<Record<string, unknown>>;
  const step = typeof of['step'] === 'string' ? of['step'] : null;
  return `<event>${string('concept:name', [type, step].filter((one) => one !== null).join(' '))}${string('name', eventName(type).en)}<date key="time:timestamp" value="${occurredAt}"/>${string('org:resource', actor.kind)}${agency === null ? '' : string('org:group', agency)}${place === '' ? '' : string('scope', place)}</event>\n`;
}
