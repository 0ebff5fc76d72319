import { type z } from 'zod';
import { type ProvenCase } from '../../db/register/log/proof.js';
import { shownTo } from '../../domain/evidence/leaf.js';
import { type CaseProofView } from '../schemas/proof.js';
import { isNamed, payloadShown, type TimelineReader } from './timeline.js';

/** The fields of every event that whoever reads the case sees, beside its payload. */
const open = new Set([
  'recordedAt',
  'occurredAt',
  'scope',
  'type',
  'actor.kind',
  'actor.role',
  'actor.agency',
  'names',
]);

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
      const maySee = (name: string): boolean =>
        personal.has(name)
          ? isNamed(event, reader.access)
          : open.has(name) || name.slice('payload.'.length) in (payload ?? {});
      const { seq, fields } = shownTo(leaf, payload === undefined ? () => false : maySee);
      return { seq, index, fields: [...fields], path: [...path] };
    }),
    unlogged,
  };
}
