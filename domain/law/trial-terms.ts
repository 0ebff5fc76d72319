import type { Text } from './agency.js';
import type { LimitDefinition } from '../schemas/regime.js';
import type { Instant, PlainDate } from '../time/instants.js';

/** Where a figure comes from: a text of law, the City's own setting, our default, or this one admission. */
export type RuleSource = 'law' | 'setting' | 'default';

/** A limit of one trial: the regime's, or a narrower or further one of its admission. */
export interface TrialLimit extends LimitDefinition {
  readonly source: RuleSource | 'admission';
}

/** Where the trial may take place. `polygon`: corners as [latitude, longitude] in degrees (WGS 84), at least three; null: the whole site. */
export interface TrialArea {
  readonly code: string;
  readonly name: Text;
  readonly site: string;
  readonly polygon: readonly (readonly [number, number])[] | null;
}

export const exempted = ['participant', 'participant-staff', 'supervising-officers'] as const;
export const exemptionScopes = ['administrative', 'civil', 'duty-waived', 'duty-reduced'] as const;

/** One rule that does not apply to somebody during the trial: bounded, listed one by one. */
export interface Exemption {
  readonly act: string;
  readonly article: string;
  readonly whom: (typeof exempted)[number];
  readonly scope: (typeof exemptionScopes)[number];
  /** The clause that allows it. */
  readonly basis: string;
}

/** What the participant owes the users of the trial when it ends, in calendar days after the end. */
export interface UserDuty {
  readonly code: string;
  readonly name: Text;
  readonly days: number;
}

/** The conditions of an admission: who, what, where, when and how much. */
export interface TrialTerms {
  /** Civil months from the day of admission. */
  readonly months: number;
  readonly areas: readonly TrialArea[];
  readonly limits: readonly TrialLimit[];
  readonly dataLocation: 'none' | 'in-country' | 'abroad';
  readonly reportEvery: { readonly amount: number; readonly unit: 'week' | 'month' };
  readonly visitEvery: number;
  /** 0: it ends with its end. */
  readonly transitionMonths: number;
  readonly exemptions: readonly Exemption[];
  readonly userDuties: readonly UserDuty[];
}

/** One value that the participant's devices measured. `value` of a place: `latitude,longitude`. */
export interface Reading {
  readonly limit: string;
  readonly at: Instant;
  readonly value: number | string | boolean;
}

/** An exemption as it stands in the record: with its dates, both counted. */
export interface DatedExemption extends Exemption {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** What was found about one criterion. */
export interface CriterionFinding {
  readonly criterion: string;
  readonly finding: 'positive' | 'negative' | 'unclear';
}

/** Which legal rule the trial shows should change, and how. */
export interface Lesson {
  readonly act: string;
  readonly article: string;
  readonly change: string;
}

export const endings = ['completed', 'failed', 'revoked', 'withdrawn', 'expired'] as const;
export type Ending = (typeof endings)[number];

export const severities = ['minor', 'serious', 'critical'] as const;
export type Severity = (typeof severities)[number];
