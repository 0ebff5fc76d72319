import { canonical } from '../../evidence/canonical.js';
import { refuse } from '../../errors.js';
import type { ResultDefinition, ResultField } from '../../schemas/procedure.js';
import type { AnyFiling } from '../../schemas/trial.js';
import { factsBehind, type ProcedureState } from '../procedure/state.js';
import { positions } from '../consultation/words.js';
import type { CaseState } from '../state.js';
import { isRealDate } from '../../time/instants.js';
import { lookOf } from './look.js';
import type { GivenResult, ResultContent } from './words.js';

const shapes: Readonly<Record<ResultField['kind'], (value: string) => boolean>> = {
  text: () => true,
  money: (value) => /^[1-9]\d{0,17}(\.\d{1,2})?$/.test(value),
  number: (value) => /^(0|[1-9]\d{0,8})(\.\d{1,4})?$/.test(value),
  date: isRealDate,
  verdict: (value) => positions.some((one) => one === value),
};

/**
 * What the result of a procedure says, checked against its definition. Refuses `UNKNOWN_VALUE` (a field the definition does not have), `RESULT_INCOMPLETE`
 * (required fields of an approval, all of them at once) and `VALIDATION_FAILED` (a value of another kind).
 */
export function contentOf(
  definition: ResultDefinition,
  outcome: 'approved' | 'refused',
  { fields: given, reasons }: Omit<GivenResult, 'seen'>,
): ResultContent {
  const unknown = Object.keys(given).filter((code) => !definition.fields.some((field) => field.code === code));
  if (unknown.length > 0) refuse('UNKNOWN_VALUE', { field: 'content.fields', unknown });
  // A refusal grants nothing: it has its reasons. A question is answered either way.
  const asked = definition.fields.filter(({ kind }) => outcome === 'approved' || kind === 'verdict');
  const said = asked.flatMap((field) => {
    const value = given[field.code]?.trim() ?? '';
    return value === '' ? [] : [{ field, value }];
  });
  const missing = asked.filter((one) => one.required && !said.some(({ field }) => field === one));
  if (missing.length > 0) refuse('RESULT_INCOMPLETE', { missing: missing.map(({ code }) => code) });
  const misshapen = said.find(({ field, value }) => !shapes[field.kind](value));
  if (misshapen) {
    const { code, kind } = misshapen.field;
    refuse('VALIDATION_FAILED', { field: `content.fields.${code}`, kind });
  }
  return {
    fields: said.map(({ field: { code }, value }) => ({ code, value })),
    reasons: reasons.map(({ text, legalBasis }) => ({ legalBasis: legalBasis.trim(), text: text.trim() })),
  };
}

/** RFC 8785 of it: what is kept, and what the signature of the decision covers by its salted hash. */
export const canonicalContent = ({ fields, reasons }: ResultContent): string => canonical({ fields, reasons });

/** What was kept, read again. */
export const readContent = (text: string): ResultContent => JSON.parse(text) as ResultContent;

/** What the filing, or a fact that was put right since, says of each field, as of now; what neither says is left out. */
export function proposedContent(
  { fields }: ResultDefinition,
  state: CaseState,
  procedure: ProcedureState,
  filing: AnyFiling | null,
  of: 'decision' | 'opinion' = 'decision',
): GivenResult {
  const facts = factsBehind(state, procedure);
  const proposed = fields.flatMap(({ code, filed }): [string, string][] => {
    if (filed === null) return [];
    const value = facts[filed] ?? read(filing, filed);
    return typeof value === 'string' || typeof value === 'number' ? [[code, String(value)]] : [];
  });
  return { seen: lookOf(state, procedure, of), fields: Object.fromEntries(proposed), reasons: [] };
}

function read(filing: AnyFiling | null, path: string): unknown {
  let value: unknown = filing;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
