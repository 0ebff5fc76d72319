import type { PlainDate } from '../../time/instants.js';

/** What an investor reports of events outside every procedure. */
export interface GateCommand {
  readonly type: 'meetGate';
  readonly gate: string;
  readonly evidence: string | null;
  /** The day it happened, or is planned for. */
  readonly on?: PlainDate;
}
