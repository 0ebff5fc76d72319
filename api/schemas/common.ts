import { z } from 'zod';
import { isCaseCode } from '../../domain/case/case/code.js';
import { instant, type PlainDate } from '../../domain/time/instants.js';

import { both } from '../../domain/schemas/text.js';

export { anyLine, both, line, paragraphs } from '../../domain/schemas/text.js';

/** A stable code of the catalogue. */
export const Code = z.string().regex(/^[a-z][a-z0-9-]{1,63}$/);
export const CaseCode = z
  .string()
  .max(32)
  .refine(
    isCaseCode,
    both('không phải mã hồ sơ LX-YYMMDD-NNNN và chữ kiểm tra', 'not a case code LX-YYMMDD-NNNN and check letter'),
  )
  .describe('`LX-YYMMDD-NNNN` and a check letter');
export const DossierCode = z.string().regex(/^[A-Z]\d{2}(\.\d{1,3}){0,9}-\d{6}-\d{4,6}$/);
/** A notice to the investor, as the procedure numbers them. */
export const RequestId = z.string().regex(/^S\d{1,4}$/);
export const TaskId = z
  .string()
  .max(48)
  .regex(/^LX-\d{6}-\d{4,6}[A-Z]\.\d{1,9}$/)
  .describe('`{case code}.{number}`');
export const DocumentId = z.uuid().toLowerCase();

export const Instant = z.iso.datetime().describe('ISO 8601 in UTC');
/** Legal days run from 1900 to 2199: what lies outside is a slip of the pen, and no calendar reaches it. */
const inReach = (text: string): boolean => text >= '1900-01-01' && text < '2200-01-01';
const outOfReach = both('ngày phải từ 1900 đến 2199', 'a date between 1900 and 2199');

/** A moment that somebody gives, with any offset; brought to UTC with milliseconds. */
export const GivenInstant = z.iso
  .datetime({ offset: true })
  .refine(inReach, outOfReach)
  .transform((text) => instant(text))
  .describe('ISO 8601 with an offset');
export const Day = z.iso.date().describe('Legal day in UTC+07:00');
/** A legal day that somebody gives: checked by its shape, and branded. */
export const GivenDay = z.iso
  .date()
  .refine(inReach, outOfReach)
  .describe('Legal day in UTC+07:00') as unknown as z.ZodType<PlainDate, string>;
export const Text = z.strictObject({ vi: z.string(), en: z.string() });
export const Budget = z
  .strictObject({ amount: z.int().positive(), unit: z.enum(['working-day', 'calendar-day']) })
  .meta({ id: 'Budget' });

/** The largest number that a column of the register takes. */
export const mostInteger = 2_147_483_647;

/** A list that nobody changes on its way out. */
export const many = <S extends z.ZodType>(item: S) => z.array(item).readonly();

/** A page of a list; `id`: its name in the contract. */
export const pageOf = <S extends z.ZodType>(item: S, id: string) =>
  z.strictObject({ items: many(item), next: z.string().nullable().describe('Cursor of the next page') }).meta({ id });

/** A stream from a cursor: whoever follows it asks again with `next`. */
export const followed = {
  cursor: z.string().min(1).max(100).optional().describe('`next` of the answer before; left out: from the beginning'),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
};

/** Keyset pagination: give `next` of one page as `cursor` of the following. */
export const page = {
  cursor: z
    .string()
    .max(400)
    .regex(/^[A-Za-z0-9_-]+$/)
    .optional()
    .describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
};

const waitShape = /^(\d{1,5})(ms|s)$/;
/** `2s` or `500ms`, ten seconds at most; answers milliseconds. */
export const Wait = z
  .string()
  .regex(waitShape, both('viết `2s` hoặc `500ms`', '`2s` or `500ms`'))
  .transform((text) => {
    const [, amount = '0', unit] = waitShape.exec(text) ?? [];
    return Number(amount) * (unit === 's' ? 1_000 : 1);
  })
  .refine((ms) => ms <= 10_000, both('không quá mười giây', 'ten seconds at most'));

/** «Own writes»: waits until the engine has thought about `after` and made the calls that follow, for `wait` at most. */
export const after = {
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(mostInteger)
    .optional()
    .describe('`caseSeq` of a write: wait until the engine has thought about it'),
  wait: Wait.default(2_000).describe('How long to wait at most, e.g. `2s`; ten seconds at most'),
};

/** Of a read of a case: as it stood then. */
export const past = {
  seq: z.coerce
    .number()
    .int()
    .min(1)
    .max(mostInteger)
    .optional()
    .describe('As it stood after the event of this number (`seq` of the timeline); left out: now'),
};

/** What a write answers. */
export const Written = z
  .strictObject({ case: z.string(), caseSeq: z.int().describe('Give it to a read as `after`') })
  .meta({ id: 'Written' });

/** No body, or an empty object. */
export const Nothing = z.strictObject({}).optional();
