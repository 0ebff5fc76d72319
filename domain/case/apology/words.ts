import type { Numbered } from '../procedure/words.js';
import type { PlainDate } from '../../time/instants.js';

/** Why a procedure is late, from its ledger: whose days they were. */
export interface DelayCause {
  readonly cause: 'agency' | 'investor' | 'opinion' | 'conference' | 'extension';
  /** Whose days; null for the investor's. */
  readonly agency: string | null;
  readonly days: number;
}

/** What the events of letters of apology carry. */
export interface ApologyPayloads {
  /** By the day before the printed date, with the causes as the ledger has them then. */
  apologyDrafted: { letterId: string; form: '04'; dueDate: PlainDate; causes: readonly DelayCause[] };
  /** The printed date has moved to `dueDate`: a letter about another date is not sent any more. */
  apologyVoided: { letterId: string; dueDate: PlainDate };
  /** Signed off by the head and sent; `newDate` is the new appointment. */
  apologySent: { letterId: string; taskId: string; newDate: PlainDate; causes: readonly DelayCause[] } & Numbered;
}
