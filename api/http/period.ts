import { type PlainDate } from '../../domain/time/instants.js';
import { refuseQuery } from './validation.js';

/** Days of which figures are asked, both included; `from` null: since the beginning. */
export interface AskedPeriod {
  readonly from: PlainDate | null;
  readonly to: PlainDate;
}

/**
 * The period that a query names, until today where it names no end. Not inverted and not ahead: nobody knows what a day that is still to come will bring. Refuses
 * `VALIDATION_FAILED` with the parameter that is wrong.
 */
export function periodAsked(
  { from, to }: { readonly from?: PlainDate | undefined; readonly to?: PlainDate | undefined },
  today: PlainDate,
): AskedPeriod {
  const last = to ?? today;
  if (last > today) refuseQuery('/to', 'later than today');
  if (from !== undefined && from > last) refuseQuery('/from', 'later than `to`');
  return { from: from ?? null, to: last };
}
