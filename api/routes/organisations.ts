import {
  answerInvitation,
  changeMember,
  endMembership,
  foundOrganisation,
  inviteMember,
  joinOrganisation,
  organisationsOf,
  vouchedFor,
} from '../../db/people/organisations.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { Nothing } from '../schemas/common.js';
import { MemberBody, MemberRoleBody, ofMember, ofOrganisation, Organisations } from '../schemas/organisations.js';

const tag = 'Organisations';
const auth = { kind: 'person', roles: ['investor'], scope: 'case:file' } as const;
const responses = { 200: { description: 'Where the caller is now', schema: Organisations } };

/** Enterprises with several people: who is in them, and as what. What members do in cases is decided where every access to a case is. */
export function organisationRoutes({ pool }: ApiDeps) {
  const standing = async (person: string) => {
    const vouched = await vouchedFor(pool, person);
    const items = (await organisationsOf(pool, person)).flatMap(({ members, ...one }) => {
      const own = members.find((member) => member.person === person);
      return own ? [{ ...one, as: own.as, invited: own.invited, members: [...members] }] : [];
    });
    return { items, vouched: vouched ?? null };
  };
  return [
    defineRoute({
      method: 'get',
      path: '/organisations',
      tag,
      summary: 'The organisations that the caller is in, with their people, and what may be founded or joined',
      auth: { ...auth, scope: 'case:read' },
      responses,
      handler: async ({ person, reply }) => reply(200, await standing(person.id)),
    }),
    defineRoute({
      method: 'post',
      path: '/organisations',
      tag,
      summary: 'Found the organisation of the enterprise for which the sign-on vouches: the caller manages it',
      auth,
      idempotent: 'own',
      request: { body: Nothing },
      responses,
      refusals: ['ENTERPRISE_NOT_VOUCHED', 'CONFLICT'],
      handler: async ({ person, repeated, reply }) => {
        if (!repeated) await foundOrganisation(pool, person.id);
        return reply(200, await standing(person.id));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/organisations/{id}/membership',
      tag,
      summary:
        'Join the organisation of the enterprise for which the sign-on vouches: its cases are read at once; where nobody is left who manages it, take it over',
      auth,
      idempotent: 'own',
      request: { params: ofOrganisation, body: Nothing },
      responses,
      refusals: ['NOT_FOUND', 'ENTERPRISE_NOT_VOUCHED', 'MEMBERSHIP_ENDED', 'QUOTA_EXCEEDED'],
      handler: async ({ params: { id }, person, repeated, law, reply }) => {
        if (!repeated) await joinOrganisation(pool, law().law, id, person.id);
        return reply(200, await standing(person.id));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/organisations/{id}/invitations',
      tag,
      summary: 'Ask an investor in, as what they are to be: they are told, and nothing is theirs before they accept',
      auth,
      idempotent: 'own',
      request: { params: ofOrganisation, body: MemberBody },
      responses,
      refusals: ['NOT_FOUND', 'FORBIDDEN', 'UNKNOWN_VALUE', 'DUPLICATE_REQUEST', 'QUOTA_EXCEEDED'],
      handler: async ({ params: { id }, body, person, repeated, law, reply }) => {
        if (!repeated) await inviteMember(pool, law().law, id, person.id, body);
        return reply(200, await standing(person.id));
      },
    }),
    ...(['acceptance', 'refusal'] as const).map((name) =>
      defineRoute({
        method: 'post',
        path: `/organisations/{id}/invitations/${name}`,
        tag,
        summary: name === 'acceptance' ? 'Accept: from now on its cases are read, or filed for it' : 'Decline',
        auth,
        idempotent: 'own',
        request: { params: ofOrganisation, body: Nothing },
        responses,
        refusals: ['NOT_FOUND', 'PRECONDITION_FAILED'],
        handler: async ({ params: { id }, person, repeated, reply }) => {
          if (!repeated) await answerInvitation(pool, id, person.id, name === 'acceptance');
          return reply(200, await standing(person.id));
        },
      }),
    ),
    defineRoute({
      method: 'post',
      path: '/organisations/{id}/members/{person}/role',
      tag,
      summary: 'Make a member something else, from now on',
      auth,
      idempotent: 'own',
      request: { params: ofMember, body: MemberRoleBody },
      responses,
      refusals: ['NOT_FOUND', 'FORBIDDEN', 'UNKNOWN_VALUE', 'LAST_MANAGER'],
      handler: async ({ params: { id, person: member }, body: { as }, person, repeated, reply }) => {
        if (!repeated) await changeMember(pool, id, person.id, { person: member, as });
        return reply(200, await standing(person.id));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/organisations/{id}/members/{person}/departure',
      tag,
      summary: 'Leave, or see a member out: from now on they read and do nothing more of it',
      auth,
      idempotent: 'own',
      request: { params: ofMember, body: Nothing },
      responses,
      refusals: ['NOT_FOUND', 'FORBIDDEN', 'LAST_MANAGER'],
      handler: async ({ params: { id, person: member }, person, repeated, reply }) => {
        if (!repeated) await endMembership(pool, id, person.id, member);
        return reply(200, await standing(person.id));
      },
    }),
  ];
}
