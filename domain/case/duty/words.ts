import type { PlainDate } from '../../time/instants.js';
import type { ScopeId } from '../scope.js';
import type { Words } from '../words.js';

/** The first dossier that is valid holds its site: Decree 96/2026/NĐ-CP Art. 47.5d. */
export const firstDossierFirst = 'first-valid-dossier-first';
export const severalInvestors = 'several-investors-window';
/** The notice that its dossier was received; only a dossier that competes for a site is published. */
export const publication = 'publish-first-valid-dossier';

/** What the events of duties carry. */
export interface DutyPayloads {
  /** What the law demands beside approvals has begun to run. `dueDate` null: no date is known to the law. */
  dutyIncurred: {
    duty: string;
    code: string;
    scope: ScopeId;
    on: 'investor' | 'agency';
    agency: string | null;
    dueDate: PlainDate | null;
  };
  dutyMet: { duty: string; evidence: Words | null; late: boolean };
  dutyMissed: { duty: string; dueDate: PlainDate };
  /** What it hangs on has moved. */
  dutyMoved: { duty: string; dueDate: PlainDate };
  /** What it was owed for has ended before its date. */
  dutyDropped: { duty: string };
}
