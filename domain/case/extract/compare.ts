import type { Filing } from '../../lane/screening.js';
import type { ProjectFacts } from '../../law/procedure.js';
import type { PlainDate } from '../../time/instants.js';
import { isSameText } from './content.js';
import type { Difference, ExtractContent, ExtractField } from './words.js';

/** What the case has: what was filed, and the facts as they were confirmed since. */
export interface OurSide {
  readonly filing: Filing;
  readonly facts: ProjectFacts;
}

/** Where the project stands, as it was filed or put right. */
export function zoneOf({ filing, facts }: OurSide): string | null {
  const zone = facts['project.site.zone'];
  return typeof zone === 'string' ? zone : filing.project.site.zone;
}

/** What of a register's fields the case says, too; null: it says nothing of it. */
const ours: Readonly<Record<string, (side: OurSide) => string | null>> = {
  'enterprise-code': ({ filing: { investor } }) => (investor.country === 'VN' ? investor.registrationNumber : null),
  // Whoever files exists.
  status: () => 'active',
  project: ({ filing }) => filing.project.name.vi,
  zone: zoneOf,
};

/** Where a register contradicts what the case has. */
function againstFiled(side: OurSide, { fields }: ExtractContent): Difference[] {
  return fields.flatMap(({ code, name, value }) => {
    const said = ours[code]?.(side) ?? null;
    return said === null || isSameText(said, value)
      ? []
      : [{ against: 'filed', code, name, ours: said, theirs: value }];
  });
}

/** What changed since it was asked the last time: a field may be other, new or gone. */
function againstBefore(before: ExtractContent, now: ExtractContent): Difference[] {
  const [was, is] = [byCode(before), byCode(now)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((code) => {
    const [old, current] = [was.get(code), is.get(code)];
    const name = (current ?? old)?.name;
    if (!name || (old && current && isSameText(old.value, current.value))) return [];
    return [{ against: 'before', code, name, ours: old?.value ?? null, theirs: current?.value ?? null }];
  });
}

const byCode = ({ fields }: ExtractContent): ReadonlyMap<string, ExtractField> =>
  new Map(fields.map((field) => [field.code, field]));

const validity = { vi: 'Giá trị đến hết', en: 'Valid until the end of' };

/**
 * Both sides of whatever differs: what the case has, what the register said before (null: it was not asked, or what it said was erased), and a document that is past its
 * last day on `today`.
 */
export function differencesOf(
  side: OurSide,
  now: ExtractContent & { readonly validUntil: PlainDate | null },
  before: ExtractContent | null,
  today: PlainDate,
): Difference[] {
  const over = now.validUntil !== null && now.validUntil < today;
  return [
    ...againstFiled(side, now),
    ...(before ? againstBefore(before, now) : []),
    ...(over
      ? [{ against: 'filed', code: 'valid-until', name: validity, ours: today, theirs: now.validUntil } as const]
      : []),
  ];
}
