import type { Addressee, NoticeKind, NoticeVars } from '../../domain/notices/kinds.js';
import type { Instant } from '../../domain/time/instants.js';
import type { PlannedNotice } from '../outbound/notices.js';

export const headOf = (agency: string): Addressee => ({ to: 'agency', agency, role: 'head' });
export const leaders: Addressee = { to: 'leaders' };

/** What is told of an act of leadership, about no case: `ref` is `{subject}/{number of the act}`. */
export const noticeOf = (
  ref: string,
  at: Instant,
  addressees: readonly Addressee[],
  kind: NoticeKind,
  vars: NoticeVars,
  urgency: PlannedNotice['urgency'] = 'normal',
): PlannedNotice => ({ ref, at, addressees, kind, vars, urgency, caseCode: null, investor: null });
