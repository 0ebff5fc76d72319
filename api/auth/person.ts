import { type Actor } from '../../domain/case/events.js';
import { type Person as KnownPerson } from '../../db/people/people.js';
import { type Assurance } from '../../domain/people/assurance.js';

/** Who calls, as the register knows them, and how surely the sign-on knew who they are. */
export interface Person extends KnownPerson {
  readonly assurance?: Assurance;
}

/** The person as the register's evidence names them. */
export function actorOf(person: Person, onBehalfOf?: string): Extract<Actor, { kind: 'person' }> {
  const { id, role, agency, assurance } = person;
  return {
    ...{ kind: 'person', id, role, agency },
    ...(onBehalfOf !== undefined && { onBehalfOf }),
    ...(assurance !== undefined && { assurance }),
  };
}

/** By what somebody is signed in: a session of the pages, or a token until it ends (milliseconds of real time). */
export type SignIn = { readonly session: string } | { readonly endsAt: number };
