import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { isPartyRole } from '../../db/people/readers.js';
import { powersOf } from '../../db/people/powers.js';
import { memberRoles } from '../../domain/people/members.js';
import { personRoles } from '../../domain/people/access-scopes.js';
import { ownDataOf } from '../../db/people/own-data.js';
import { dateOf } from '../../domain/time/instants.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { CaseCode, Day, DocumentId, Instant, many } from '../schemas/common.js';

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
        grantorName: z.string().nullable(),
        grantorOrganisation: z.string().nullable(),
        acts: z.array(z.string()),
        procedures: z.array(z.string()).nullable(),
        from: Day,
        to: Day,
        memberAs: z.enum(memberRoles).nullable().describe('What the caller is in the organisation that is the grantor'),
      }),
    ),
  })
  .meta({ id: 'Me' });

const entry = z.record(z.string(), z.unknown());

const OwnWords = z.strictObject({
  seq: z.int().describe('The event of the timeline that it came with'),
  id: z.string(),
  text: z.string().nullable().describe('null once it was erased'),
});

const OwnData = z
  .strictObject({
    asOf: Instant.describe('Business time'),
    person: entry.describe('The entry of the register, with how notices are sent'),
    drafts: many(z.strictObject({ id: z.string(), updatedAt: Instant, content: z.unknown() })),
    documents: many(
      z.strictObject({
        id: DocumentId.describe('Its bytes: `GET /documents/{id}`'),
        fileName: z.string(),
        mediaType: z.string(),
        bytes: z.int(),
        sha256: z.string(),
        uploadedAt: Instant,
      }),
    ),
    cases: many(
      z.strictObject({
        case: CaseCode,
        openedAt: Instant,
        closedAt: Instant.nullable(),
        filing: z.unknown().describe('As it was filed; null once it was erased'),
        words: many(OwnWords).describe('What you wrote yourself'),
      }),
    ).describe('Of an investor: your cases'),
    delegations: many(entry),
    powersOfAttorney: many(entry),
    memberships: many(entry).describe('The organisations that you are in, were in, or were asked into'),
    vouched: entry.nullable().describe('For which enterprise the sign-on last vouched of you'),
    casesOfOrganisations: many(
      z.strictObject({ case: CaseCode, organisation: z.string(), words: many(OwnWords) }),
    ).describe('What you wrote in cases of your organisations; what was filed is theirs'),
    truncated: z.boolean().describe('There is more than fits into one answer: ask the City for the rest'),
  })
  .meta({ id: 'OwnData' });

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
      const powers = isPartyRole(role) ? await powersOf(pool, id, dateOf(await businessNow(pool))) : [];
      const powersOfAttorney = powers.map(({ acts, procedures, ...power }) => ({
        ...power,
        acts: [...acts],
        procedures: procedures === null ? null : [...procedures],
      }));
      return reply(200, { id, name, role, agency, organisation, email, language, powersOfAttorney });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/me/data',
    tag: 'Service',
    summary: 'Everything that the register keeps of me, to take along',
    description:
      'Your entry, drafts, documents, absences, powers of attorney and organisations; of an investor the cases with what was filed and written. Who looked into your cases: `GET /cases/{code}/readings`; consents: `GET /cases/{code}/procedures/{procedure}/extracts`. What officials wrote in their office belongs to the file of the agency.',
    auth: { kind: 'person', roles: personRoles, scope: 'case:read' },
    responses: { 200: { description: 'What is kept', schema: OwnData } },
    refusals: ['KEY_UNAVAILABLE'],
    handler: async ({ person, reply }) => {
      const { drafts, documents, cases, delegations, powersOfAttorney, memberships, casesOfOrganisations, ...rest } =
        await ownDataOf(pool, person.id);
      return reply(200, {
        asOf: await businessNow(pool),
        ...rest,
        ...{ drafts: [...drafts], documents: [...documents] },
        cases: cases.map((one) => ({ ...one, words: [...one.words] })),
        ...{ delegations: [...delegations], powersOfAttorney: [...powersOfAttorney], memberships: [...memberships] },
        casesOfOrganisations: casesOfOrganisations.map((one) => ({ ...one, words: [...one.words] })),
      });
    },
  }),
];
