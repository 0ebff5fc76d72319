import { type z } from 'zod';
import { type LookupKind, type lookupSystems, type SystemCode } from '../../domain/law/agency-systems.js';
import { type Condition, type LookupAnswer, type LookupRequest } from '../../domain/schemas/agency-messages.js';
import { type Books } from '../books.js';

type KindsOf<S extends SystemCode> = { [K in LookupKind]: (typeof lookupSystems)[K] extends S ? K : never }[LookupKind];

/** Computes the answer of one look-up: from the request and the books only, so that the same question has the same answer. */
type Answer<K extends LookupKind> = (request: LookupRequest<K>, books: Books) => LookupAnswer<K>;

/** Something a system lets people look into, `GET /{system}/{path}`; `filter` is the optional query parameter it takes. */
export interface Inspection {
  readonly path: string;
  readonly summary: string;
  readonly filter: string;
  readonly rows: z.ZodType;
  read(books: Books, filter: string | undefined): unknown;
}

interface Definition<S extends SystemCode> {
  readonly code: S;
  readonly title: { readonly vi: string; readonly en: string };
  /** The law its opinions rest on unless told otherwise; null: it gives none. */
  readonly legalBasis: string | null;
  readonly answers: { readonly [K in KindsOf<S>]: Answer<K> };
  /** Procedures to which it agrees under these conditions unless told otherwise; to all others it simply agrees. */
  readonly conditions?: Readonly<Record<string, readonly Condition[]>>;
  /** People at its counters tell it what happens there, and it tells us: `POST /{system}/reports`. */
  readonly reports?: true;
  readonly inspections?: readonly Inspection[];
}

/** One system of another body, its look-ups indexed by kind. */
export interface AgencySystem extends Omit<Definition<SystemCode>, 'answers'> {
  readonly kinds: readonly LookupKind[];
  answer<K extends LookupKind>(kind: K, request: LookupRequest<K>, books: Books): LookupAnswer<K>;
}

/** Checks by type that a system answers exactly the look-ups the directory sends to it. */
export function defineSystem<S extends SystemCode>(definition: Definition<S>): AgencySystem {
  const { answers, ...rest } = definition;
  const byKind = answers as unknown as Partial<{ readonly [K in LookupKind]: Answer<K> }>;
  return {
    ...rest,
    kinds: Object.keys(answers) as LookupKind[],
    answer: (kind, request, books) => {
      const compute = byKind[kind];
      if (!compute) throw new Error(`${definition.code} has no look-up ${kind}`);
      return compute(request, books);
    },
  };
}
