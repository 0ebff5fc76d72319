import canonicalize from 'canonicalize';

/** The canonical form (RFC 8785) of a JSON value: what is hashed, signed, kept and compared. Throws where it is none: undefined, NaN, half of a surrogate pair. */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('Not a JSON value');
  return text;
}
