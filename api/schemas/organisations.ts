import { z } from 'zod';
import { memberRoles } from '../../domain/people/members.js';
import { Instant, line, many } from './common.js';

const Person = line(100);
const As = z
  .enum(memberRoles)
  .describe('manages: decides who is in it, and files; files: files and signs for it; reads: reads its cases alone');

export const OrganisationView = z
  .strictObject({
    id: z.string().describe('Its account: whose cases are, and `onBehalfOf` of a filing'),
    name: z.string(),
    enterprise: z.string().describe('Country and number, e.g. VN/0312345678'),
    as: As.describe('What the caller is in it'),
    invited: z.boolean().describe('The caller is asked in and has not answered: of the others nothing is told'),
    members: many(
      z.strictObject({
        person: z.string(),
        name: z.string().nullable().describe('null once the person is no longer known'),
        as: As,
        since: Instant,
        invited: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Organisation' });

export const Organisations = z
  .strictObject({
    items: many(OrganisationView),
    vouched: z
      .strictObject({
        enterprise: z.string(),
        name: z.string(),
        organisation: z.string().nullable().describe('To be joined; null: nobody of it has founded it here'),
        managed: z.boolean().describe('Whether somebody is left who manages it; else it is taken over'),
        seenOut: z.boolean().describe('A manager has seen the caller out of it: only an invitation leads back'),
      })
      .nullable()
      .describe('For which enterprise the sign-on vouches of the caller'),
  })
  .meta({ id: 'Organisations' });

export const MemberBody = z.strictObject({ person: Person, as: As }).meta({ id: 'OrganisationMember' });
export const MemberRoleBody = z.strictObject({ as: As }).meta({ id: 'OrganisationMemberRole' });
export const ofOrganisation = z.strictObject({ id: Person });
export const ofMember = z.strictObject({ id: Person, person: Person });
