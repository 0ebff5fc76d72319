import { parseArgs } from 'node:util';
import { addMonths, dateOf, startOf, type Instant } from '../../domain/time/instants.js';

/** How much business time passes in how much real time, and how often both example projects are filed in it. */
export interface RehearsalPlan {
  readonly months: number;
  readonly minutes: number;
  readonly filings: number;
}

/** What is said about arguments that make no sense. */
export class BadArguments extends Error {}

const limits = { months: [1, 12], minutes: [0, 240], filings: [0, 12] } as const;

/** Reads `--months` (3), `--minutes` (2; 0 = as fast as it goes) and `--filings` (3). Throws `BadArguments`. */
export function rehearsalPlan(args: readonly string[]): RehearsalPlan {
  const text = { type: 'string' } as const;
  const read = () => {
    try {
      return parseArgs({ args: [...args], options: { months: text, minutes: text, filings: text } }).values;
    } catch (error) {
      throw new BadArguments(error instanceof Error ? error.message : String(error));
    }
  };
  const values = read();
  const number = (name: keyof RehearsalPlan, otherwise: number): number => {
    const given = values[name];
    if (given === undefined) return otherwise;
    const [least, most] = limits[name];
    const value = Number(given);
    const whole = name === 'minutes' || Number.isInteger(value);
    if (given.trim() !== '' && whole && value >= least && value <= most) return value;
    throw new BadArguments(`--${name} ${given}: ${least}..${most}`);
  };
  return { months: number('months', 3), minutes: number('minutes', 2), filings: number('filings', 3) };
}

/** The end of a rehearsal that begins at `begins`, and when the example projects are filed: evenly, the first time at once. */
export function rehearsalTimes(plan: RehearsalPlan, begins: Instant): { end: Instant; filings: Instant[] } {
  const from = Date.parse(begins);
  const to = Date.parse(startOf(addMonths(dateOf(begins), plan.months)));
  const filings = Array.from({ length: plan.filings }, (_, i) =>
    new Date(from + (i * (to - from)) / plan.filings).toISOString(),
  );
  return { end: new Date(to).toISOString(), filings };
}

/** How long to wait, in milliseconds, so that real time keeps pace with business time at `at`. */
export function pauseBefore(
  plan: RehearsalPlan,
  begins: Instant,
  end: Instant,
  at: Instant,
  elapsedMs: number,
): number {
  const share = (Date.parse(at) - Date.parse(begins)) / (Date.parse(end) - Date.parse(begins));
  return Math.max(0, share * plan.minutes * 60_000 - elapsedMs);
}
