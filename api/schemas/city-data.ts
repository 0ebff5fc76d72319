import { z } from 'zod';
import { cityEffects } from '../../domain/case/law-change/city-preview.js';
import { listCodes, settingParts } from '../../domain/law/city-data.js';
import { Agency } from '../../domain/schemas/agency.js';
import { PathwayDefinition } from '../../domain/schemas/pathway.js';
import { CityList } from '../../domain/schemas/settings.js';
import { Day, GivenDay, Instant, line, many, Text } from './common.js';
import { isWritable, LawChange, writable } from './law-changes.js';

const proposalOf = <S extends z.ZodType>(id: string, data: S) =>
  z
    .strictObject({
      data,
      effectiveFrom: GivenDay.describe('The day from which it is to hold: today at the earliest'),
      document: line(500).describe('The document by which it was decided'),
    })
    .refine(isWritable, writable)
    .meta({ id });

export const ListProposal = proposalOf('CityListProposal', CityList.extend({ code: z.enum(listCodes) }));
export const SettingProposal = proposalOf(
  'CitySettingProposal',
  z.unknown().describe('As `GET /city-data` shows the part'),
);
export const SettingSchema = z
  .strictObject({
    code: z.enum(settingParts),
    schema: z.record(z.string(), z.unknown()).describe('JSON Schema 2020-12'),
  })
  .meta({ id: 'CitySettingSchema' });
export const AgencyProposal = proposalOf('AgencyProposal', Agency);
export const PathwayProposal = proposalOf('PathwayProposal', PathwayDefinition);
export const RegimeProposal = proposalOf(
  'RegimeProposal',
  z.record(z.string(), z.unknown()).describe('A whole regime, as the seeds have it: `domain/schemas/regime.ts`'),
);

const ListEntryView = z.strictObject({
  number: z.string(),
  subject: Text.exactOptional(),
  organisation: z.string().nullable().describe('Registration number of the enterprise it names'),
  from: Day,
  to: Day.nullable().describe('Last day; null: until further notice'),
  document: z.string(),
});

export const CityDataView = z
  .strictObject({
    lists: many(z.strictObject({ code: z.string(), name: Text, entries: many(ListEntryView) })).describe(
      'What proves a test of the green lane, or opens a pathway',
    ),
    settings: z
      .partialRecord(z.enum(settingParts), z.unknown())
      .describe('How the City runs the green lane where the law leaves it open, each part with its basis'),
  })
  .meta({ id: 'CityData' });

/** What of the data of the City is read and proposed as a whole of its own. */
export const definitionKinds = ['agencies', 'pathways', 'regimes'] as const;

export const CityDefinition = z
  .strictObject({ kind: z.enum(definitionKinds), code: z.string(), data: z.unknown() })
  .meta({ id: 'CityDefinition' });

const effect = {
  looked: z.int().describe('Open cases looked at for this answer'),
  items: many(z.strictObject({ case: z.string(), effects: many(z.enum(cityEffects)) })).describe(
    'Those that it would concern; what was decided stands, what was frozen at filing stays',
  ),
  merger: z
    .strictObject({
      into: z.string(),
      tasks: z.int().describe('In the hand of the agency now'),
      cases: z.int(),
      people: many(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          role: z.enum(['receiving-officer', 'officer', 'head']),
          becomes: z
            .enum(['receiving-officer', 'officer', 'head'])
            .describe('In the agency that takes its place, which keeps its own head'),
        }),
      ),
    })
    .nullable()
    .describe('Of an agency that is to be merged: who and what goes over in the same act'),
  next: z.string().nullable().describe('Hand it back as `after`'),
  asOf: Instant,
};

export const CityTrial = z
  .strictObject({ data: z.unknown().describe('A whole definition, as `GET /city-data/{kind}/{code}` shows it') })
  .refine(isWritable, writable)
  .meta({ id: 'CityDataTrial' });
export const CityEffect = z.strictObject(effect).meta({ id: 'CityDataEffect' });
export const CityPreview = z
  .strictObject({
    change: LawChange,
    data: z.unknown(),
    replaces: z.unknown().describe('What holds now; null: nothing of this code'),
    ...effect,
  })
  .meta({ id: 'CityDataPreview' });
