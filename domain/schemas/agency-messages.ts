import { z } from 'zod';
import { outsideReports } from '../case/outside/words.js';
import type { LookupKind } from '../law/agency-systems.js';
import { storable } from './text.js';

const text = (max: number) => storable(max).min(1);
const code = text(100);
const correlationId = text(200).describe('Also the Idempotency-Key of the request');
const instant = z.iso.datetime().describe('ISO 8601, UTC, with Z');
const plainDate = z.iso.date().describe('Legal day, UTC+7');
const reference = text(100).describe("Number of this answer in the agency's own books");

/** A field that may be left out. The OpenAPI generator knows `.optional()` only; exactOptionalPropertyTypes wants the other one's type. */
const optional = <T extends z.ZodType>(schema: T) => schema.optional() as unknown as z.ZodExactOptional<T>;

export const Position = z
  .enum(['agree', 'agree-with-conditions', 'needs-supplement', 'object'])
  .meta({ id: 'Position' });

export const Condition = z
  .strictObject({
    subject: code,
    direction: z.enum(['requires', 'forbids', 'limits']),
    value: optional(text(500)),
  })
  .meta({ id: 'Condition' });
export type Condition = z.infer<typeof Condition>;

/** We ask; `correlationId` is also the Idempotency-Key. `askedAt` is business time. */
export const ConsultationRequest = z
  .strictObject({
    correlationId,
    caseCode: code,
    procedure: code,
    agency: code,
    about: z.strictObject({ vi: text(2000), en: text(2000) }),
    questions: optional(z.array(text(2000)).max(50)),
    askedAt: instant,
    dueDate: plainDate,
    callbackUrl: z.url({ protocol: /^https?$/ }).max(2000),
  })
  .meta({ id: 'ConsultationRequest' });
export type ConsultationRequest = z.infer<typeof ConsultationRequest>;

/** 202: the opinion follows by callback. */
export const ConsultationAccepted = z.strictObject({ accepted: z.literal(true) }).meta({ id: 'ConsultationAccepted' });
export type ConsultationAccepted = z.infer<typeof ConsultationAccepted>;

/**
 * Body of the callback, `POST {callbackUrl}`. A repetition has the same `messageId` and the same bytes.
 * Signed: see `callbackSigningInput`. Any 2xx takes it; everything else is tried again.
 */
export const OpinionCallback = z
  .strictObject({
    messageId: code,
    correlationId,
    kind: z.literal('opinion'),
    position: Position,
    conditions: z.array(Condition).max(50),
    legalBasis: text(500),
    note: storable(2000),
    sentAt: instant,
  })
  .meta({ id: 'OpinionCallback' });
export type OpinionCallback = z.infer<typeof OpinionCallback>;

/** What the City's procedure system tells of a dossier, `POST {our API}/agency-callbacks/{receiving agency}`; signed and repeated like an opinion. */
export const DossierReport = z
  .strictObject({
    messageId: code,
    kind: z.enum(outsideReports),
    dossierCode: code,
    occurredAt: instant,
    note: storable(2000),
    sentAt: instant,
  })
  .meta({ id: 'DossierReport' });
export type DossierReport = z.infer<typeof DossierReport>;

/** Whatever another body's system sends us. */
export const AgencyMessage = z
  .discriminatedUnion('kind', [OpinionCallback, DossierReport])
  .meta({ id: 'AgencyMessage' });
export type AgencyMessage = z.infer<typeof AgencyMessage>;

/** Header names of a callback, as Node gives them. */
export const callbackHeaders = { timestamp: 'x-luong-xanh-timestamp', signature: 'x-luong-xanh-signature' } as const;

/** A callback whose timestamp is further than this from real time is refused: a replay, or a wrong clock. */
export const callbackToleranceSeconds = 300;

/** The timestamp header: real time in whole epoch seconds. */
export const CallbackTimestamp = z.string().regex(/^\d{10}$/);

/** The signature header: `sha256=` and 64 lower-case hex digits. */
export const CallbackSignature = z.string().regex(/^sha256=[0-9a-f]{64}$/);

/**
 * What is signed: `{timestamp}.{raw body}`, UTF-8. The signature is `sha256=` + hex HMAC-SHA256 of it under the agency's key, which is
 * the raw 32 bytes of HMAC-SHA256(AGENCY_HMAC_SECRET, agency code). Verify over the bytes received, before parsing.
 */
export function callbackSigningInput(timestamp: string, rawBody: string): string {
  return `${timestamp}.${rawBody}`;
}

/** `POST /{system}/redeliveries`: send again every opinion sent at or after `since` (a restored register asks for what it missed). */
export const RedeliveryRequest = z.strictObject({ since: instant }).meta({ id: 'RedeliveryRequest' });
export const RedeliveryAccepted = z
  .strictObject({ accepted: z.literal(true), resent: z.int().nonnegative() })
  .meta({ id: 'RedeliveryAccepted' });

const enterpriseCode = z
  .string()
  .regex(/^\d{10}$/)
  .describe('Enterprise code, which is also the tax code');
const country = z.string().regex(/^[A-Z]{2}$/);
const names = z.strictObject({ vi: text(300), en: text(300) });
const money = z.string().regex(/^\d{1,18}(\.\d{1,2})?$/);

/** One of the portal's ten. */
const status = z.int().min(1).max(10);
const dossier = text(200).describe('Our name of the dossier, the same from its filing on');

const statusUpdate = {
  subject: z.strictObject({
    dossier,
    dossierCode: code.nullable().describe('On its receipt; null before it was received'),
    status,
    occurredAt: instant,
  }),
  answer: z.strictObject({ reference, recorded: z.literal(true) }),
};

/** How many dossiers one question may name. */
export const mostDossiersAsked = 100;

const statusesHeld = {
  subject: z.strictObject({ dossiers: z.array(dossier).min(1).max(mostDossiersAsked) }),
  answer: z.strictObject({
    reference,
    asOf: instant,
    held: z
      .array(z.strictObject({ dossier, status, occurredAt: instant }))
      .max(mostDossiersAsked)
      .describe('The state it holds of each; a dossier it knows nothing of is left out'),
  }),
};

/** What each look-up asks (`subject`) and what it answers. Every answer carries a `reference`. */
export const lookups = {
  'name-check': {
    subject: z.strictObject({ name: text(300) }),
    answer: z.strictObject({ reference, available: z.boolean(), takenBy: enterpriseCode.nullable() }),
  },
  'enterprise-record': {
    subject: z.strictObject({ name: text(300), country, registrationNumber: code.nullable() }),
    answer: z.strictObject({
      reference,
      found: z.boolean(),
      enterpriseCode: enterpriseCode.nullable(),
      status: z.enum(['active', 'suspended', 'dissolved']).nullable(),
    }),
  },
  'identity-check': {
    subject: z.strictObject({
      identityNumber: z.string().regex(/^\d{12}$/),
      fullName: text(200),
      dateOfBirth: plainDate,
    }),
    answer: z.strictObject({ reference, verified: z.boolean(), assuranceLevel: z.int().min(0).max(2) }),
  },
  declaration: {
    subject: z.strictObject({
      project: text(300),
      investor: text(300),
      country,
      zone: code.nullable(),
      totalVnd: money,
    }),
    answer: z.strictObject({
      reference,
      declarationId: code,
      declaredOn: plainDate,
      lapsesAfterWorkingDays: z
        .int()
        .positive()
        .describe('Counted on the State calendar from the day after declaredOn'),
    }),
  },
  'project-number': {
    subject: z.strictObject({ declarationId: code.nullable(), decisionNumber: code.nullable() }),
    answer: z.strictObject({ reference, projectNumber: z.string().regex(/^\d{10}$/) }),
  },
  'tax-code': {
    subject: z.strictObject({ name: text(300), decisionNumber: code.nullable() }),
    answer: z.strictObject({ reference, enterpriseCode }),
  },
  'tax-registration': {
    subject: z.strictObject({ enterpriseCode: enterpriseCode.nullable(), name: text(300) }),
    answer: z.strictObject({ reference, enterpriseCode, registeredOn: plainDate }),
  },
  'incentive-record': {
    subject: z.strictObject({ name: text(300), basis: text(300).nullable() }),
    answer: z.strictObject({ reference, recordedOn: plainDate }),
  },
  message: {
    subject: z.strictObject({
      channel: z.enum(['mail', 'sms']),
      to: text(200),
      language: z.enum(['vi', 'en']),
      subject: text(300).nullable(),
      text: text(20_000),
    }),
    answer: z.strictObject({ reference, queued: z.literal(true) }),
  },
  'status-update': statusUpdate,
  'statuses-held': statusesHeld,
  'city-status-update': statusUpdate,
  'city-statuses-held': statusesHeld,
  'register-document': {
    subject: z.strictObject({
      register: code,
      document: code,
      purpose: names,
      legalBasis: text(500),
      consent: z
        .strictObject({ givenBy: code, givenAt: instant })
        .nullable()
        .describe('Of whoever the data is about; null: the law asks for none'),
      notOlderThan: instant.nullable().describe('An answer as of an earlier instant is of no use; null: any will do'),
      about: z.strictObject({ name: text(300), number: code.nullable(), country: country.nullable() }),
      project: z.strictObject({ name: text(300), zone: code.nullable() }),
    }),
    answer: z.strictObject({
      reference,
      held: z.boolean(),
      about: z.strictObject({ name: text(300), number: code.nullable() }).nullable(),
      asOf: instant.nullable(),
      issuedOn: plainDate.nullable(),
      validUntil: plainDate.nullable().describe('Last day on which it holds; null: the register names none'),
      fields: z.array(z.strictObject({ code, name: names, value: text(1_000) })).max(50),
    }),
  },
} as const satisfies Record<LookupKind, { subject: z.ZodObject; answer: z.ZodObject }>;

/** What the engine says with every look-up; `subject` differs by kind. `correlationId` is also the Idempotency-Key. */
const envelope = {
  correlationId,
  caseCode: code.nullable().describe('null: about several'),
  procedure: code.nullable(),
  askedAt: instant,
};

/** The body of `POST /{system}/lookups/{kind}`, per kind. */
export function lookupRequest<K extends LookupKind>(kind: K): z.ZodType<LookupRequest<K>> {
  const request: z.ZodType = z
    .strictObject({ ...envelope, subject: lookups[kind].subject })
    .meta({ id: `${kind}-request` });
  return request as z.ZodType<LookupRequest<K>>;
}

export type LookupSubject<K extends LookupKind> = z.infer<(typeof lookups)[K]['subject']>;
export type LookupAnswer<K extends LookupKind> = z.infer<(typeof lookups)[K]['answer']>;
export interface LookupRequest<K extends LookupKind> {
  correlationId: string;
  caseCode: string | null;
  procedure: string | null;
  askedAt: string;
  subject: LookupSubject<K>;
}

/** The answer of a look-up, validated: an agency that answers something else has not answered. */
export function parseLookupAnswer<K extends LookupKind>(kind: K, body: unknown): LookupAnswer<K> {
  return lookups[kind].answer.parse(body) as LookupAnswer<K>;
}
