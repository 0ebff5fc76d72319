import { z } from 'zod';
import { securityKinds } from '../../domain/people/security.js';
import { many, Text } from './common.js';

export const SecurityKindName = z.enum(securityKinds);

/** One kind of thing that happened within an hour, as often as it did; no person but the id of an account. */
const SecurityEvent = z
  .strictObject({
    id: z.string().describe('The same whenever it is counted again'),
    kind: SecurityKindName,
    name: Text,
    severity: z
      .enum(['notice', 'warning', 'alarm'])
      .describe('By how often it happened within the hour: docs/security-events.md'),
    account: z.string().nullable().describe('Id of the account; null: nobody is known'),
    subject: z
      .string()
      .nullable()
      .describe(
        'The case (or the dossier, where it was looked up by that) or the agency it is about; null: none, or too many',
      ),
    caller: z
      .string()
      .nullable()
      .describe(
        'Of whom nobody knows who they are: a digest of the address, another one each day; null: known, or too many',
      ),
    firstAt: z.iso.datetime().describe('Real time, within one hour'),
    lastAt: z.iso.datetime(),
    times: z.int().describe('How often, within the hour; of `case-probing` and of looks into cases: in how many cases'),
  })
  .meta({ id: 'SecurityEvent' });

export const SecurityEvents = z
  .strictObject({
    items: many(SecurityEvent),
    next: z
      .string()
      .nullable()
      .describe('The cursor to go on from; the same again while nothing is new; null: `newest` was asked'),
    more: z.boolean().describe('There is more already'),
  })
  .meta({ id: 'SecurityEvents' });
