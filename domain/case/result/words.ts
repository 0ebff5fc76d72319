/** What a result says beside yes or no, as whoever decides gives it. */
export interface GivenResult {
  /** What they looked at (`lookOf`). */
  readonly seen: string;
  /** By the codes of the definition. */
  readonly fields: Readonly<Record<string, string>>;
  /** Picked from the templates and edited, or their own. */
  readonly reasons: readonly ResultReason[];
}

export interface ResultReason {
  readonly text: string;
  readonly legalBasis: string;
}

/** What a result says, as it is kept and signed: its fields in the order of the definition that held then. */
export interface ResultContent {
  readonly fields: readonly { readonly code: string; readonly value: string }[];
  readonly reasons: readonly ResultReason[];
}
