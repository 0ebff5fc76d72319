import type { Text } from './agency.js';
import { filingValues } from './filing-fields.js';

const text = (vi: string, en: string): Text => ({ vi, en });

/** Codes that registers answer with, by field. */
const names: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  zone: filingValues['project.site.zone'] ?? {},
  status: {
    active: text('Đang hoạt động', 'Active'),
    suspended: text('Tạm ngừng hoạt động', 'Suspended'),
    dissolved: text('Đã giải thể', 'Dissolved'),
  },
};

/** What people call a value of a register's field; null: it is no code, and says itself what it is. */
export function valueName(field: string, value: string | null): Text | null {
  const known = names[field];
  return value !== null && known && Object.hasOwn(known, value) ? (known[value] ?? null) : null;
}
