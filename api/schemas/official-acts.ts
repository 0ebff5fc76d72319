import { z } from 'zod';
import { positions } from '../../domain/case/consultation/words.js';
import { predicateIds } from '../../domain/lane/evidence.js';
import { AskedFact, factValue } from './cases.js';
import { Budget, CaseCode, Day, many, RequestId, Text } from './common.js';

const ofProcedure = { procedure: z.string(), procedureName: Text } as const;
const most = Budget.describe('So much at most');

/** What an official may do in a case beside their tasks. */
export const OfficialActsView = z
  .strictObject({
    case: CaseCode,
    laneHearing: z
      .strictObject({ predicates: many(z.strictObject({ id: z.enum(predicateIds), name: Text })) })
      .nullable()
      .describe(
        'The tests whose evidence may be doubted (`POST /cases/{code}/lane-hearings`); null: not by the caller, or not now',
      ),
    facts: many(AskedFact.extend({ known: factValue.describe('As the case has it now; null: nobody knows') })).describe(
      'What may be put right (`POST /cases/{code}/official-corrections`)',
    ),
    interest: z.boolean().describe('Whether the caller may declare a conflict of interest'),
    extensions: many(z.strictObject({ ...ofProcedure, most })).describe(
      'Terms that the caller may extend (`…/extension`)',
    ),
    moreTime: many(z.strictObject({ ...ofProcedure, requestId: RequestId, deadline: Day, most })).describe(
      'Requests to the investor whose deadline the caller may move (`…/supplements/{requestId}/extension`)',
    ),
    lateAnswers: many(
      z.strictObject({
        ...ofProcedure,
        n: z.int().describe('Of the consultation'),
        stepName: Text.nullable(),
        agency: z.string(),
        agencyName: Text,
        position: z.enum(positions).nullable(),
      }),
    ).describe('Answers that came late and that the caller may have weighed (`…/consultations/{n}/reopening`)'),
  })
  .meta({ id: 'OfficialActs' });
