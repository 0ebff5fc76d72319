import { type Actor } from '../../domain/case/events.js';
import { type Person } from '../../db/people/people.js';

export type { Person } from '../../db/people/people.js';

/** The person as the register's evidence names them. */
export function actorOf(person: Person, onBehalfOf?: string): Extract<Actor, { kind: 'person' }> {
  const { id, role, agency } = person;
  return { kind: 'person', id, role, agency, ...(onBehalfOf !== undefined && { onBehalfOf }) };
}
