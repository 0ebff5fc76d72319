import { z } from 'zod';
import { closures } from '../../domain/law/admission-procedure.js';
import { fitVerdicts } from '../../domain/law/regime-fit.js';
import { Interval, LimitDefinition, Regime } from '../../domain/schemas/regime.js';
import { errors, type ErrorCode } from '../../domain/errors.js';
import { Budget, Code, Day, many, Text } from './common.js';

const source = z.enum(['law', 'setting', 'default']);

/** One figure with where it comes from; null where nobody says anything. */
const figure = <S extends z.ZodType>(value: S) =>
  z
    .strictObject({
      value,
      source: source.describe('A text of law, else the setting of the City, else a default of ours'),
      verified: z.boolean(),
      basis: z
        .string()
        .nullable()
        .describe('The document of a setting, why a default is what it is; null: the texts of the regime'),
    })
    .nullable();
const months = figure(z.int().min(0).describe('Civil months'));
const count = figure(z.int().min(0));
const days = figure(Budget);

const Closure = z.strictObject({ code: z.enum(closures), text: Text });
const named = z.strictObject({ code: z.string(), name: Text });
const { shape } = Regime;

const summary = {
  code: z.string(),
  version: z.string(),
  name: Text,
  status: shape.status,
  effectiveFrom: Day.nullable(),
  effectiveTo: Day.nullable(),
  open: z.boolean().describe('Whether it takes trials today'),
  closedBecause: many(Closure).describe('Empty where it is open'),
  fields: many(named.extend({ centralApproval: z.boolean().nullable() })),
  territory: shape.territory,
  authority: figure(named).describe('Who decides. Never assumed: of the law or of the City, or unknown'),
  centralDecision: z.boolean(),
};
export const RegimeSummary = z.strictObject(summary).meta({ id: 'RegimeSummary' });

export const RegimeFigures = z
  .strictObject({
    dossierCheck: days,
    supplementNotices: count,
    appraisal: days,
    decision: days,
    decisionIncludesAppraisal: figure(z.boolean()),
    council: figure(z.boolean()),
    quorum: figure(z.strictObject({ parts: z.int(), of: z.int() })),
    longestTerm: months,
    maxExtensions: count,
    longestExtension: months,
    extensionBefore: days,
    extensionDecision: days,
    reportInterval: figure(Interval),
    finalReport: days.describe('Before the end'),
    incidentHours: count,
    certificate: days,
    transitionAllowed: figure(z.boolean()),
    longestTransition: months,
    documents: figure(many(named)),
  })
  .meta({ id: 'RegimeFigures', description: 'What holds: the law, else the setting of the City, else our default' });

export const RegimeView = z
  .strictObject({
    ...summary,
    asOf: Day.describe('The day whose openness is told'),
    versions: many(z.string()).describe('All of them, newest first'),
    procedure: z.string().nullable().describe('The procedure by which trials are admitted; null while nobody can be'),
    supervises: named.nullable(),
    evaluates: named.nullable(),
    receives: z.string().nullable(),
    appraisal: many(named.extend({ role: z.string(), basis: z.string() })).describe('Who is asked'),
    applicant: shape.applicant,
    tests: many(z.strictObject({ code: z.string(), text: Text, clause: z.string(), verified: z.boolean() })),
    figures: RegimeFigures,
    limits: many(LimitDefinition.extend({ source })).describe(
      'Bounds of every trial; an admission may only narrow them',
    ),
    incidentCovers: shape.incidentCovers,
    externalPermits: shape.externalPermits,
    dossier: shape.dossier.pick({ simplified: true, channel: true, noOtherDocuments: true }),
    decisionDocument: Text.nullable(),
    certificateDocument: Text.nullable(),
    transitionNote: Text.nullable(),
    exemption: shape.exemption,
    support: shape.support,
    endings: shape.endings,
    legalBasis: shape.legalBasis,
    unverified: z.array(z.string()).describe('Paths of what no text read says, or one weak source only'),
  })
  .meta({ id: 'Regime' });

const refusals = Object.keys(errors) as [ErrorCode, ...ErrorCode[]];
const verdict = z.enum(fitVerdicts);

/** A condition of a regime and whether the solution meets it. */
export const FitReasonView = z
  .strictObject({
    code: z.string(),
    verdict: verdict.describe('`unknown` never counts as yes: an officer decides'),
    text: Text,
    clause: z.string(),
  })
  .meta({ id: 'FitReason' });

/** Under which regime a trial was filed, what its test said, and who has what to say. */
export const FiledTrial = z
  .strictObject({
    regime: z.string(),
    version: z.string(),
    regimeName: Text,
    field: z.string(),
    months: z.int().describe('Civil months that are asked for'),
    fit: z.strictObject({ verdict, reasons: many(FitReasonView) }).describe('`unknown`: an officer decides first'),
    authority: named.describe('Decides'),
    supervises: named,
    evaluates: named,
  })
  .meta({ id: 'FiledTrial' });

export const RegimeFit = z
  .strictObject({
    regime: z.string(),
    version: z.string(),
    name: Text,
    verdict,
    reasons: many(
      FitReasonView.extend({
        refusal: z.enum(refusals).describe('With what a «no» is refused'),
        details: z.record(z.string(), z.unknown()).optional(),
      }).meta({ id: 'FitReasonInFull' }),
    ),
  })
  .meta({ id: 'RegimeFit' });

export const FitAnswer = z
  .strictObject({
    at: Day,
    taken: z
      .strictObject({ regime: Code, version: z.string(), verdict: z.enum(['yes', 'unknown']) })
      .nullable()
      .describe('The regime under which the filing would be taken; with `unknown` an officer decides first'),
    refusal: z
      .strictObject({ code: z.enum(refusals), title: Text, details: z.record(z.string(), z.unknown()) })
      .nullable()
      .describe('With what it would be refused'),
    items: many(RegimeFit),
  })
  .meta({ id: 'FitAnswer' });
