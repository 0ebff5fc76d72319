import { z } from 'zod';
import { partyActs } from '../domain/people/party-acts.js';
import { personRoles } from '../domain/people/access-scopes.js';
import { Code } from '../domain/schemas/agency.js';
import { Day } from '../domain/schemas/procedure.js';
import { isMailAddress } from '../domain/notices/mail-address.js';
import { readSeed } from './read.js';

/** A power of attorney: for whom, which acts (names of commands), in which procedures (null = all), from and to which day, both counted. */
export const PowerOfAttorney = z.strictObject({
  grantor: z.string().min(1),
  acts: z.array(z.enum(partyActs)).min(1),
  procedures: z.array(Code).min(1).nullable(),
  from: Day,
  to: Day,
});
export type PowerOfAttorney = z.infer<typeof PowerOfAttorney>;

/** A demonstration person. `id` is the subject of the access token and the login; every name is invented, every address unreachable (RFC 2606). */
export const Person = z.strictObject({
  id: z.string().regex(/^[a-z-]+(\.[a-z0-9-]+){1,2}$/),
  name: z.string().min(1),
  role: z.enum(personRoles),
  agency: Code.nullable(),
  organisation: z.string().min(1).nullable(),
  email: z.string().refine(isMailAddress).endsWith('.example'),
  /** Invented, and unreachable: no number of Viet Nam begins with a zero after the country code. */
  phone: z
    .string()
    .regex(/^\+840\d{8}$/)
    .nullable()
    .default(null),
  language: z.enum(['vi', 'en']),
  powerOfAttorney: PowerOfAttorney.nullable(),
  /** In whose name they come, by the stand-in of the sign-on. */
  enterprise: z.strictObject({ number: z.string().regex(/^\d{10}$/), name: z.string().min(1) }).exactOptional(),
});
export type Person = z.infer<typeof Person>;

/**
 * Investors of the two example projects, a representative, receiving officers, two officers and a head of every agency a procedure can ask, a
 * leader, an auditor, an administrator and an operator.
 */
export const people: readonly Person[] = z.array(Person).parse(readSeed('people.json'));
