import { z } from 'zod';
import { PlainDate } from './calendar.js';

/** What people read, in both languages; neither may be empty. */
export const Text = z.strictObject({ vi: z.string().min(1).max(2000), en: z.string().min(1).max(2000) });
export type Text = z.infer<typeof Text>;

/** A stable code: lower case, digits and hyphens. */
export const Code = z.string().regex(/^[a-z][a-z0-9-]{1,63}$/);

/** One body that decides, handles, is consulted or watches. `commandedByCity` says whose time the City may cut. */
export const Agency = z.strictObject({
  code: Code,
  name: Text,
  abbreviation: z.string().min(1),
  kind: z.enum(['city', 'zone', 'ward', 'central']),
  commandedByCity: z.boolean(),
  roles: z.array(z.string().min(1)),
  calendar: Code,
  /** Identifier of Decision 20/2020/QĐ-TTg, e.g. `H29.15`; begins the codes of the dossiers it receives. */
  identifierCode: z
    .string()
    .max(35)
    .regex(/^[A-Y]\d{2}(\.\d{1,3})*$/)
    .nullable(),
  identifierVerified: z.boolean(),
  /** The body it stands under: printed over its name. Left out where it is its own master, or its superior is not of this list. */
  parent: Code.exactOptional(),
  /** Where its letters are dated; left out: in the City. */
  seat: Text.exactOptional(),
  /** Mailbox for what is sent to this body officially; left out where nothing is. */
  address: z.email().exactOptional(),
  /** The body that took its place, for good: whatever it had to do is that one's. Left out while it exists. */
  mergedInto: Code.exactOptional(),
  /** What it was called before, the oldest first; kept by itself when another name comes into force. */
  formerNames: z
    .array(z.strictObject({ name: Text, abbreviation: z.string().min(1), until: PlainDate, document: z.string() }))
    .exactOptional(),
  /** Names of the fields whose value no source confirmed. */
  unverified: z.array(z.string()),
  notes: z.string().nullable(),
});
export type Agency = z.infer<typeof Agency>;
