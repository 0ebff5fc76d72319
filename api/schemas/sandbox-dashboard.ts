import { z } from 'zod';
import { many, Text } from './common.js';
import { Spread, freshness } from './dashboards.js';

const ended = z
  .strictObject({ completed: z.int(), failed: z.int(), revoked: z.int(), withdrawn: z.int(), expired: z.int() })
  .describe('Ended in the period, by how');

const ofTrials = {
  dossiersFiled: z.int(),
  enterprisesFiled: z.int(),
  trialsAdmitted: z.int(),
  enterprisesAdmitted: z.int(),
  refused: z.int().describe('Refused, or found to fit no regime'),
  withdrawnBefore: z.int().describe('Withdrawn before the admission'),
  ended,
  daysToDecision: Spread.describe('Working days from filing to the last decision about the admission'),
};

/** Where the trials stand now. */
const trialsNow = {
  inAdmission: z.int(),
  admitted: z.int().describe('Permits of other bodies are missing'),
  running: z.int(),
  held: z.int(),
  suspended: z.int(),
  inAssessment: z.int(),
  inTransition: z.int(),
  reportsOverdue: z.int().describe('Reports past their date that have not come'),
};

export const DashboardSandbox = z
  .strictObject({
    ...freshness,
    indicator: z
      .strictObject({
        enterprisesRegistered: z.int().describe('Enterprises that were admitted in the period'),
        dossiersFiled: z.int().describe('Dossiers that ask for an admission, filed in the period'),
        modelsTested: z.int().describe('Trials that were completed in the period'),
      })
      .describe(
        'Decision 3301/QĐ-UBND says «đăng ký tham gia» in one annex and «nộp hồ sơ xin tham gia» in the other: both are counted',
      ),
    trials: z.strictObject(ofTrials),
    now: z.strictObject(trialsNow).describe('Whatever the period'),
    holds: z
      .strictObject({
        placed: z.int(),
        open: z.int().describe('Now'),
        confirmed: z.int(),
        lifted: z.int(),
        unconfirmed: z.int().describe('Lapsed because nobody confirmed them in time'),
      })
      .describe('Placed in the period'),
    incidents: z
      .strictObject({
        minor: z.int(),
        serious: z.int(),
        critical: z.int(),
        unreported: z.int().describe('Owed, past their hour, and not come'),
        late: z.int().describe('Come after their hour'),
      })
      .describe('Reported (or, unreported, due) in the period'),
    reports: z.strictObject({ due: z.int(), inTime: z.int(), late: z.int() }).describe('Due in the period'),
    lessons: many(z.strictObject({ act: z.string(), article: z.string(), trials: z.int() })).describe(
      'How many trials say in their final report that this rule should change; the first hundred',
    ),
    byRegime: many(z.strictObject({ regime: z.string(), name: Text, ...ofTrials, now: z.strictObject(trialsNow) })),
    byField: many(z.strictObject({ field: z.string(), name: Text, ...ofTrials, now: z.strictObject(trialsNow) })),
  })
  .meta({ id: 'DashboardSandbox' });
