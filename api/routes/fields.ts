import { z } from 'zod';
import {
  boardOf,
  clausesNaming,
  filingFields,
  filingValues,
  landWords,
  zoneWords,
} from '../../domain/law/filing-fields.js';
import { type FieldWords } from '../../domain/law/filing-words.js';
import { trialValues, trialWords } from '../../domain/law/trial-words.js';
import { defineRoute } from '../http/route.js';
import { Text } from '../schemas/common.js';

const auth = { kind: 'anyone' } as const;
const rules = z
  .array(z.strictObject({ clause: z.string(), verified: z.boolean() }))
  .describe('Clauses of the catalogue whose conditions name it');
const FieldView = z
  .strictObject({
    path: z.string().describe('Place in the filing; `[]` is each member of a list'),
    name: Text,
    meaning: Text,
    needed: z.boolean().describe('An answer is needed'),
    unknown: Text.nullable().describe('What «I don’t know» (null, or left out) does; null where an answer is needed'),
    where: Text.describe('Where the answer is found'),
    programs: Text.nullable().describe(
      'What a program that files has to know beside it: how it is written, where its codes are',
    ),
    values: z
      .array(z.strictObject({ code: z.string(), name: Text }))
      .nullable()
      .describe('What it may be; null: not one of a few'),
  })
  .meta({ id: 'FilingField' });
const ZoneView = z
  .strictObject({
    code: z.string(),
    name: Text,
    meaning: Text,
    board: z.string().nullable().describe('Agency that manages it; null where none is known'),
    rules,
  })
  .meta({ id: 'Zone' });
const LandView = z.strictObject({ code: z.string(), name: Text, meaning: Text, rules }).meta({ id: 'Land' });

const entries = <Key extends string, Value>(record: Readonly<Record<Key, Value>>) =>
  Object.entries(record) as [Key, Value][];

/** What a filing asks, so that nobody has to guess: public like the rest of the catalogue. */
export const fieldRoutes = () => [
  defineRoute({
    method: 'get',
    path: '/fields',
    tag: 'Catalogue',
    summary: 'What each field of a filing means, what «I don’t know» does, and where the answer is found',
    auth,
    request: { query: z.strictObject({ kind: z.enum(['green-lane', 'sandbox']).default('green-lane') }) },
    responses: {
      200: {
        description: 'Fields',
        schema: z.strictObject({ items: z.array(FieldView) }).meta({ id: 'FilingFields' }),
      },
    },
    handler: ({ query: { kind }, law, reply }) => {
      const told = <Path extends string>(
        fields: Readonly<Record<Path, FieldWords>>,
        values: (path: Path) => Readonly<Record<string, z.output<typeof Text>>> | undefined,
      ) =>
        entries(fields).map(([path, { programs = null, ...words }]) => ({
          path,
          ...words,
          programs,
          needed: words.unknown === null,
          values: entries(values(path) ?? {}).map(([code, name]) => ({ code, name })),
        }));
      const items =
        kind === 'sandbox'
          ? told(trialWords, (path) => trialValues(law().catalogue, path))
          : told(filingFields, (path) => filingValues[path]);
      return Promise.resolve(
        reply(200, { items: items.map((one) => ({ ...one, values: one.values.length > 0 ? one.values : null })) }),
      );
    },
  }),
  defineRoute({
    method: 'get',
    path: '/zones',
    tag: 'Catalogue',
    summary: 'Zones a project may stand in, with their boards and the clauses that name them',
    auth,
    responses: {
      200: { description: 'Zones', schema: z.strictObject({ items: z.array(ZoneView) }).meta({ id: 'Zones' }) },
    },
    handler: async ({ law, reply }) => {
      const { catalogue } = law();
      return reply(200, {
        items: entries(zoneWords).map(([code, words]) => ({
          code,
          ...words,
          board: boardOf(catalogue, code),
          rules: clausesNaming(catalogue, 'project.site.zone', code),
        })),
      });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/lands',
    tag: 'Catalogue',
    summary: 'Kinds of land, with the clauses that name them',
    auth,
    responses: {
      200: { description: 'Kinds of land', schema: z.strictObject({ items: z.array(LandView) }).meta({ id: 'Lands' }) },
    },
    handler: async ({ law, reply }) => {
      const { catalogue } = law();
      return reply(200, {
        items: entries(landWords).map(([code, words]) => ({
          code,
          ...words,
          rules: clausesNaming(catalogue, 'project.site.land', code),
        })),
      });
    },
  }),
];
