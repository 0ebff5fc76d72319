import { type z } from 'zod';
import { type ProvenCase } from '../../db/register/log/proof.js';
import { isParty } from '../../db/people/readers.js';
import { type CaseEvent } from '../../domain/case/events.js';
import { type Field, shownTo } from '../../domain/evidence/leaf.js';
import { type CaseProofView } from '../schemas/proof.js';
import { isNamed, payloadShown, type TimelineReader } from './timeline.js';

/** The fields of every event that whoever reads the case sees, beside its payload. */
const open = new Set(['recordedAt', 'occurredAt', 'scope', 'type', 'actor.kind', 'actor.role', 'actor.agency']);

/** Who acted, and how surely that was known. */
const personal = new Set(['actor.id', 'actor.onBehalfOf', 'actor.assurance']);

/** The proof as this reader gets it: what the timeline does not show them is a salted hash. */
export function proofView(
  { checkpoint, keys, events, unlogged }: ProvenCase,
  reader: TimelineReader,
): z.input<typeof CaseProofView> {
  const [first] = events;
  return {
    format: 'luong-xanh-proof/1',
    caseCode: first?.leaf.caseCode ?? '',
    checkpoint,
    keys: [...keys],
    events: events.map(({ event, leaf, index, path }) => {
      const payload = payloadShown(event, event.payload, reader);
      const maySee = (name: string): boolean => {
        if (personal.has(name)) return isNamed(event, reader.access);
        if (name === 'names') return !isParty(reader.access) || namesNobodyElse(event, leaf.fields);
        return open.has(name) || name.slice('payload.'.length) in (payload ?? {});
      };
      const { seq, fields } = shownTo(leaf, payload === undefined ? () => false : maySee);
      return { seq, index, fields: [...fields], path: [...path] };
    }),
    unlogged,
  };
}

/** Whether the names kept with an event are of agencies and of whoever of the investor's side acted: by whom an agency acted is not told to that side. */
function namesNobodyElse({ actor }: CaseEvent, fields: readonly Field[]): boolean {
  const kept = JSON.parse(fields.find(({ name }) => name === 'names')?.value ?? '[]') as [string, string][];
  const ours = actor.kind === 'person' && actor.agency === null ? [actor.id, actor.onBehalfOf] : [];
  return kept.every(([kind, subject]) => kind === 'agency' || ours.includes(subject));
}
