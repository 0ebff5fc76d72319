/** More time for the agency, and what was granted by mistake taken back. */
export type ExtensionCommand =
  | { readonly type: 'extendClock'; readonly procedure: string; readonly days: number; readonly reason: string }
  | { readonly type: 'withdrawExtension'; readonly procedure: string; readonly reason: string };
