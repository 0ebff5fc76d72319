import type { LawChange } from '../api/contract.js';

/** Kinds of definitions, as the address of their page names them, with the kind that a change of one has. */
export const lawKinds = {
  procedures: 'procedure',
  pathways: 'pathway',
  regimes: 'regime',
  agencies: 'agency',
} as const satisfies Record<string, LawChange['kind']>;
export type LawKind = keyof typeof lawKinds;

export const isLawKind = (kind: string): kind is LawKind => Object.hasOwn(lawKinds, kind);
