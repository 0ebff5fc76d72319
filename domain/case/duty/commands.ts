/** Something that the law demands beside approvals was done. */
export interface DutyCommand {
  readonly type: 'meetDuty';
  readonly duty: string;
  readonly evidence: string | null;
}
