/** More time for the agency. */
export interface ExtensionCommand {
  readonly type: 'extendClock';
  readonly procedure: string;
  readonly days: number;
  readonly reason: string;
}
