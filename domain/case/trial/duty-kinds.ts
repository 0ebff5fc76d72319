import type { Text } from '../../law/agency.js';
import type { TrialTerms, UserDuty } from '../../law/trial-terms.js';

/** What the participant or the supervisor owes while a trial lives, and its users when it ends. */
export type TrialDuty = 'trial-report' | 'trial-final-report' | 'supervision-visit' | 'trial-users';

/** What people read; `trial-users` is named by the admission. */
export const trialDutyNames: Readonly<Record<TrialDuty, Text>> = {
  'trial-report': { vi: 'Báo cáo định kỳ về thử nghiệm', en: 'Periodic report on the trial' },
  'trial-final-report': { vi: 'Báo cáo kết thúc thử nghiệm', en: 'Final report on the trial' },
  'supervision-visit': { vi: 'Kiểm tra, giám sát tại hiện trường', en: 'Supervision visit' },
  'trial-users': { vi: 'Nghĩa vụ với người dùng của thử nghiệm', en: 'Duty to the users of the trial' },
};

/** What is met by an act of its own is not met by saying so. */
export const metByItsAct: ReadonlySet<string> = new Set<TrialDuty>([
  'trial-report',
  'trial-final-report',
  'supervision-visit',
]);

/** What the admission says about a duty to the users of its trial: `trial-users#n` is the n-th that it names. undefined: it is another duty. */
export function userDutyOf(terms: TrialTerms | null, dutyId: string): UserDuty | undefined {
  const [code, n] = dutyId.split('#');
  return code === ('trial-users' satisfies TrialDuty) ? terms?.userDuties[Number(n) - 1] : undefined;
}
