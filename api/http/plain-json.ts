/** JSON whose shape nobody knows, within bounds. */
export interface AllJson {
  readonly [key: string]: unknown;
}

const deepest = 20;
const mostValues = 5_000;

/** Whether a parsed JSON value stays within bounds and holds only text that PostgreSQL and canonical JSON take. Walks without recursion. */
export function isPlainJson(root: unknown): boolean {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 1 }];
  for (let seen = 0; open.length > 0; seen++) {
    const { value, depth } = open.pop() ?? { value: null, depth: 0 };
    if (seen > mostValues || depth > deepest) return false;
    if (typeof value === 'string' && !isText(value)) return false;
    if (typeof value === 'number' && !Number.isFinite(value)) return false;
    if (typeof value !== 'object' || value === null) continue;
    const parts: [string, unknown][] = Array.isArray(value) ? value.map((one) => ['', one]) : Object.entries(value);
    if (parts.length > mostValues) return false;
    for (const [key, one] of parts) {
      if (!isText(key)) return false;
      open.push({ value: one, depth: depth + 1 });
    }
  }
  return true;
}

const isText = (text: string): boolean => !/[\0\p{Cs}]/u.test(text);
