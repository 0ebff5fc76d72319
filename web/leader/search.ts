import type { Reads } from '../api/contract.js';

/** What the address of the board says: the period and the cases that are meant. */
export interface BoardSearch {
  readonly from?: string;
  readonly to?: string;
  readonly lane?: Lane;
  readonly pathway?: string;
  readonly zone?: string;
}

export const lanes = ['green', 'standard', 'undecided'] as const;
type Lane = (typeof lanes)[number];

const day = /^\d{4}-\d{2}-\d{2}$/;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Takes of an address what the board understands; the rest is dropped. */
export function boardSearchOf(given: Readonly<Record<string, unknown>>): BoardSearch {
  const [from, to] = [text(given['from']), text(given['to'])];
  const [pathway, zone] = [text(given['pathway']), text(given['zone'])];
  const lane = lanes.find((one) => one === given['lane']);
  return {
    ...(day.test(from) && { from }),
    ...(day.test(to) && { to }),
    ...(lane !== undefined && { lane }),
    ...(pathway !== '' && { pathway }),
    ...(zone !== '' && { zone }),
  };
}

export type Summary = Reads['/dashboard/summary'];
export type Automation = Reads['/dashboard/automation'];
export type Agencies = Reads['/dashboard/agencies'];
export type Sandbox = Reads['/dashboard/sandbox'];
