import { isMailAddress } from '../../domain/notices/mail-address.js';
import { type StaffRole, staffRoles } from '../../domain/people/access-scopes.js';
import { type StaffMember } from './staff.js';

/** The columns of the file, in this order; the first line names them. */
export const staffColumns = ['id', 'name', 'role', 'agency', 'email', 'phone', 'language'] as const;

interface StaffLine {
  /** From 2: the first line names the columns. */
  readonly line: number;
  readonly member: StaffMember | null;
  /** The column that does not fit; null where all do. */
  readonly fault: (typeof staffColumns)[number] | 'columns' | null;
}

const idShape = /^[a-z-]+(\.[a-z0-9-]+){1,2}$/;
const phoneShape = /^\+\d{8,15}$/;
const unwritable = /\p{C}/u;

/** Reads comma-separated lines (RFC 4180: quoted where a comma or a quote is meant), each with its fault. Empty lines are left out. */
export function readStaff(text: string): StaffLine[] {
  const [head, ...lines] = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  if (fieldsOf(head ?? '')?.join() !== staffColumns.join()) return [{ line: 1, member: null, fault: 'columns' }];
  return lines.flatMap((line, n) => (line.trim() === '' ? [] : [lineOf(line, n + 2)]));
}

function lineOf(text: string, line: number): StaffLine {
  const fields = fieldsOf(text);
  if (fields?.length !== staffColumns.length) return { line, member: null, fault: 'columns' };
  const [id = '', name = '', role = '', agency = '', email = '', phone = '', language = ''] = fields.map((one) =>
    one.normalize('NFC').trim(),
  );
  const fault = (
    [
      ['id', idShape.test(id)],
      ['name', name !== '' && name.length <= 200 && !unwritable.test(name)],
      ['role', isStaffRole(role)],
      ['email', isMailAddress(email)],
      ['phone', phone === '' || phoneShape.test(phone)],
      ['language', language === 'vi' || language === 'en'],
    ] as const
  ).find(([, fits]) => !fits)?.[0];
  if (fault || !isStaffRole(role)) return { line, member: null, fault: fault ?? 'role' };
  const place = { role, agency: agency === '' ? null : agency };
  const reached = {
    email,
    phone: phone === '' ? null : phone,
    language: language === 'en' ? ('en' as const) : ('vi' as const),
  };
  return { line, member: { id, name, ...place, ...reached }, fault: null };
}

const isStaffRole = (role: string): role is StaffRole => staffRoles.some((one) => one === role);

/** undefined where a quote does not end. */
function fieldsOf(line: string): string[] | undefined {
  const fields: string[] = [];
  let rest = line;
  for (;;) {
    const quoted = /^\s*"((?:[^"]|"")*)"\s*(,|$)/.exec(rest);
    const plain = quoted ? null : /^([^",]*)(,|$)/.exec(rest);
    const found = quoted ?? plain;
    if (!found) return undefined;
    fields.push((found[1] ?? '').replaceAll('""', '"'));
    rest = rest.slice(found[0].length);
    if (found[2] === '') return fields;
  }
}
