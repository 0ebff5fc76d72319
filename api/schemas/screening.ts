import { z } from 'zod';
import { predicateIds } from '../../domain/lane/evidence.js';
import { DutyDefinition, GateDefinition } from '../../domain/schemas/procedure.js';
import { Budget, Code, Day, Instant, Text } from './common.js';

const verdict = z.enum(['yes', 'no', 'unknown']);
const after = z.array(z.strictObject({ procedure: Code, kind: z.string() }));
const gates = z.array(z.strictObject({ event: z.string(), note: z.string().nullable() }));
const milestone = z.strictObject({ endDate: Day, workingDays: z.int(), criticalPath: z.array(Code) });
const milestones = z.strictObject({ licence: milestone, approvals: milestone });

const PlannedProcedure = z
  .strictObject({
    procedure: Code,
    version: z.string(),
    name: Text,
    phase: z.enum(['licence', 'build', 'operate']),
    mandatory: z.boolean(),
    requirement: z.enum(['yes', 'unknown']),
    clause: z.string(),
    after,
    gates,
    budget: Budget,
    cityControlled: z.boolean(),
    agency: z.string(),
    handlingAgency: z.string(),
    starts: Day.nullable(),
    ends: Day.nullable().describe('null where it lies beyond the working calendar'),
    dated: z.enum(['planned', 'earliest']),
    workingDays: z.int().nullable(),
    cumulativeWorkingDays: z.int().nullable(),
    releasedBy: z.string().nullable(),
    target: z.strictObject({ budget: Budget, starts: Day.nullable(), ends: Day.nullable() }),
    unverified: z.array(z.string()),
    verified: z.boolean(),
    note: z.string().nullable(),
  })
  .meta({ id: 'PlannedProcedure' });

const PlannedDuty = z
  .strictObject({
    code: Code,
    name: Text,
    on: z.enum(['investor', 'agency']),
    due: DutyDefinition.shape.due,
    recipients: z.array(z.string()),
    deposit: DutyDefinition.shape.deposit,
    procedures: z.array(Code),
    requirement: z.enum(['yes', 'unknown']),
    appliesWhen: z.string().nullable(),
    legalBasis: z.string(),
    verified: z.boolean(),
  })
  .meta({ id: 'PlannedDuty' });

const PlannedGate = z
  .strictObject({
    code: Code,
    name: Text,
    blocks: z.string(),
    needs: GateDefinition.shape.needs,
    lapse: Budget.nullable(),
    legalBasis: z.string(),
    verified: z.boolean(),
  })
  .meta({ id: 'PlannedGate' });

const PathwayPlan = z
  .strictObject({
    id: z.string(),
    name: Text,
    lawful: verdict,
    reasons: z.array(z.strictObject({ clause: z.string(), verdict, verified: z.boolean(), text: Text })),
    order: z.enum(['irc-first', 'company-first']).nullable(),
    procedures: z.array(PlannedProcedure),
    duties: z.array(PlannedDuty),
    gates: z.array(PlannedGate),
    replaces: z.array(
      z.strictObject({ what: Text, procedures: z.array(Code), clause: z.string(), verified: z.boolean() }),
    ),
    notInForce: z.array(z.string()),
    milestones: milestones.describe('Without procedures whose requirement is unknown: no milestone waits for them'),
    most: milestones.describe('As if the project needed each of them'),
    target: milestones,
    ambition: milestones,
    cityDays: z
      .strictObject({ licence: z.int(), approvals: z.int() })
      .describe('The longest chain of procedures whose time the City sets'),
    constructionStart: z.strictObject({ statutory: Day, target: Day }).nullable(),
    criticalPathWorkingDays: z.int(),
    endDate: Day,
  })
  .meta({ id: 'PathwayPlan' });

export const Predicate = z
  .strictObject({
    id: z.enum(predicateIds),
    name: Text,
    verdict,
    evidence: z
      .enum(['register', 'document', 'claim'])
      .nullable()
      .describe('What stands behind the verdict: a list of the City, a document that was accepted, or only a claim'),
    clause: z.string(),
    verified: z.literal(false),
    proof: z
      .array(z.strictObject({ kind: z.enum(['register', 'document']), code: z.string(), name: Text }))
      .describe('What would prove it; documents are given by `POST /cases/{code}/lane-evidence`'),
    nearMiss: z.strictObject({ fact: z.string(), needed: z.boolean(), text: Text }).optional(),
  })
  .meta({ id: 'Predicate' });

/** What one filing would become; nothing is kept of it. */
export const Screening = z
  .strictObject({
    lane: z.enum(['green', 'standard', 'undecided']),
    predicates: z.array(Predicate),
    pathways: z.array(PathwayPlan),
    beyondCalendar: z
      .array(z.string())
      .describe('Pathways that end after the working calendar: longer than any that ends within, and without dates'),
    recommended: z.strictObject({ pathway: z.string(), reason: Text }),
    milestone: z.enum(['licence', 'approvals']),
    baselineDays: z.int().describe('What is unknown is left out: it makes no baseline longer'),
    baselineDaysAtMost: z.int().describe('With every procedure whose requirement is unknown'),
    cityBaselineDays: z.int().describe('The longest chain of the standard pathway whose time the City sets'),
    observed: z
      .strictObject({
        baseline: z.strictObject({ days: z.int(), endDate: Day, cityDays: z.int() }).nullable(),
        missing: z
          .array(Code)
          .readonly()
          .describe('Mandatory procedures of which the City has published no duration of before'),
        unverified: z.array(Code).readonly(),
      })
      .describe('The baseline of today: null where the City has not published all of it'),
    targetDays: z.int(),
    ambitionDays: z.int(),
    plannedReduction: z.number(),
    reductionByLaw: z.number(),
    baselineEndDate: Day,
    targetEndDate: Day,
    ambitionEndDate: Day,
    filedAt: Instant,
    lawAt: Day,
    facts: z.record(z.string(), z.unknown()),
    presumed: z.array(z.string()),
    unknown: z
      .array(z.string())
      .describe('What nobody knows and the plan hangs on: each becomes an open question once the project is filed'),
    unverified: z.array(z.string()),
  })
  .meta({ id: 'Screening' });

export const ScreeningLaw = z
  .strictObject({ law: z.unknown().describe('As `domain/law/catalogue.ts` builds a catalogue from it') })
  .meta({ id: 'ScreeningLaw' });
