/** An uploaded document that an event rests on, bound to its bytes. */
export interface NamedDocument {
  readonly id: string;
  readonly sha256: string;
}

const evidenceOf = 'document:';

/**
 * Ids of the uploaded documents that a command or a payload names: in `documentId`, and in `evidence` as `document:{id}`. Other text is never searched, so that
 * nobody names a document by writing about it.
 */
export function documentsNamedIn(value: unknown): string[] {
  const found = new Set<string>();
  collect(value, found);
  return [...found];
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner !== 'string') collect(inner, found);
    else if (key === 'documentId') found.add(inner);
    else if (key === 'evidence' && inner.startsWith(evidenceOf)) found.add(inner.slice(evidenceOf.length));
  }
}
