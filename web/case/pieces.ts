import { dateOfEntry, effectiveEntries } from '../../domain/time/clock.js';
import type { Ledger, RoadmapItem } from '../api/contract.js';
import { dayNumber, dayOfNumber, vietnamDay } from '../parts/days.js';
import { type Look } from '../parts/ribbon-scale.js';

interface Piece {
  readonly look: Look;
  /** Both ends included. */
  readonly from: string;
  readonly through: string;
}

/** The ledger of the latest attempt at a procedure. */
export const latestOf = ({ procedures }: Ledger, procedure: string): Ledger['procedures'][number] | undefined =>
  procedures.filter((one) => one.procedure === procedure).sort((a, b) => b.attempt - a.attempt)[0];

/**
 * What was, of one procedure: before its clock, while it ran, while the investor had the file, and since it ended. Who had the file on which date is what the clock
 * counts: a suspension that was taken back never was, and the day after the time given is the agency's.
 */
export function piecesOf(item: RoadmapItem, ledger: Ledger | undefined, today: string): Piece[] {
  const { actual } = item;
  if (actual === null) return [];
  const pieces: Piece[] = [];
  const add = (look: Look, from: string, through: string) => {
    if (from <= through) pieces.push({ look, from, through });
  };
  const entries = (ledger === undefined ? undefined : latestOf(ledger, item.procedure))?.entries ?? [];
  const opened = vietnamDay(actual.openedAt);
  const over = actual.closedAt === null ? today : vietnamDay(actual.closedAt);
  const start = entries[0] === undefined ? over : vietnamDay(entries[0].at);
  const filed = actual.filedAt === null ? start : vietnamDay(actual.filedAt);
  if (filed > opened) add('investor', opened, filed < start ? filed : start);
  if (filed < start) add('beside', filed, start);
  const breached = actual.clock?.breachedOn ?? null;
  // Each date belongs to whoever has the file when it begins.
  const next = (date: string) => dayOfNumber(dayNumber(date) + 1);
  let from: string = next(start);
  let look: Look | undefined = entries.length > 0 ? 'agency' : undefined;
  const close = (through: string) => {
    if (look === undefined) return;
    if (look === 'agency' && breached !== null && breached <= through) {
      add('agency', from, dayOfNumber(dayNumber(breached) - 1));
      add('late', from > breached ? from : breached, through);
    } else add(look, from, through);
  };
  for (const entry of effectiveEntries(entries).slice(1)) {
    const { type } = entry;
    if (type === 'extend' || type === 'redate') continue;
    const date = dateOfEntry(entry);
    close(date);
    if (date >= from) from = next(date);
    look = type === 'suspend' ? 'investor' : type === 'stop' ? undefined : 'agency';
  }
  close(over);
  if (look === undefined && entries.length > 0) add('beside', from, over);
  return pieces;
}
