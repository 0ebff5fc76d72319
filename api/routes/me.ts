import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { powersOf } from '../../db/people/powers.js';
import { personRoles } from '../../domain/people/access-scopes.js';
import { dateOf } from '../../domain/time/instants.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { Day } from '../schemas/common.js';

const Me = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    role: z.enum(personRoles),
    agency: z.string().nullable(),
    organisation: z.string().nullable(),
    email: z.string(),
    language: z.enum(['vi', 'en']),
    powersOfAttorney: z.array(
      z.strictObject({
        grantor: z.string(),
        acts: z.array(z.string()),
        procedures: z.array(z.string()).nullable(),
        from: Day,
        to: Day,
      }),
    ),
  })
  .meta({ id: 'Me' });

export const meRoutes = ({ pool }: ApiDeps) => [
  defineRoute({
    method: 'get',
    path: '/me',
    tag: 'Service',
    summary: 'Who I am in the register, and for whom I may act today',
    auth: { kind: 'person', roles: personRoles, scope: null },
    responses: { 200: { description: 'The caller', schema: Me } },
    handler: async ({ person, reply }) => {
      const { id, name, role, agency, organisation, email, language } = person;
      const powers = role === 'representative' ? await powersOf(pool, id, dateOf(await businessNow(pool))) : [];
      const powersOfAttorney = powers.map(({ grantor, acts, procedures, from, to }) => ({
        grantor,
        acts: [...acts],
        procedures: procedures === null ? null : [...procedures],
        from,
        to,
      }));
      return reply(200, { id, name, role, agency, organisation, email, language, powersOfAttorney });
    },
  }),
];
