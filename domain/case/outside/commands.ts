import type { Instant } from '../../time/instants.js';
import type { ScopeId } from '../scope.js';
import type { DossierStatus, OutsideReport } from './words.js';

/** What the City's procedure system tells of a dossier. */
export interface OutsideReportCommand {
  readonly type: 'reportFromOutside';
  readonly procedure: ScopeId;
  readonly report: OutsideReport;
  readonly messageId: string;
  /** When it happened there. */
  readonly at: Instant;
  readonly note: string;
}

/** What the daily look at another system found: it holds a state that we never told it. */
export interface StatusDifferenceCommand {
  readonly type: 'reportStatusDifference';
  readonly procedure: ScopeId;
  readonly system: string;
  readonly ours: DossierStatus;
  readonly theirs: DossierStatus;
}
