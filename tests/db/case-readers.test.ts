import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseReach, type Reader, readableAmong } from '../../db/people/readers.js';
import { listCases } from '../../db/read/cases.js';
import { countUnread, listNotices } from '../../db/people/notices.js';
import { personRoles, type PersonRole } from '../../domain/people/access-scopes.js';
import { plainDate } from '../../domain/time/instants.js';
import { createTestRegister, TestCase, type TestRegister } from './support.js';

const on = plainDate('2026-07-10');
const agency = 'city-tax';

/** What somebody can have to do with a case, whatever their role: each is written where the door or the investor's side writes it. */
const relations = [
  'nothing',
  'own',
  'power',
  'power for one procedure',
  'power not accepted',
  'power declined',
  'power revoked',
  'power ended',
  'power to come',
  'member',
  'member who left',
  'agency',
  'seat',
  'agency, recused',
  'seat, recused',
] as const;
type Relation = (typeof relations)[number];

let register: TestRegister;
let code = '';
beforeAll(async () => {
  register = await createTestRegister();
  code = (await TestCase.open(register)).code;
  const { owner } = register;
  for (const role of personRoles) {
    for (const [i, relation] of relations.entries()) await arrange(`reader.${role}.${i}`, role, relation);
  }
  await owner.query(
    'insert into case_agency (agency, case_code, opened_at, status, breached) values ($1, $2, now(), $3, false)',
    [agency, code, 'open'],
  );
});
afterAll(() => register.close());

async function arrange(id: string, role: PersonRole, relation: Relation): Promise<void> {
  const { owner } = register;
  const works = role !== 'investor' && role !== 'representative' && relation.startsWith('agency');
  await owner.query(
    `insert into person (id, name, role, agency, email, language) values ($1, $1, $2, $3, 'x@luong-xanh.example', 'vi')`,
    [id, role, works ? agency : null],
  );
  if (relation.startsWith('power')) {
    const term = { 'power ended': ['2026-01-01', '2026-07-09'], 'power to come': ['2026-07-11', '2026-12-31'] };
    const [from, to] = term[relation as keyof typeof term] ?? ['2026-07-10', '2026-07-10'];
    const answered = relation !== 'power not accepted' && relation !== 'power declined';
    await owner.query(
      `insert into power_of_attorney (grantor, representative, acts, procedures, from_date, to_date, granted_at, accepted_at, declined_at, revoked_at)
       values ('investor.besi', $1, '{fileDossier}', $2, $3, $4, now(), $5, $6, $7)`,
      [
        id,
        relation === 'power for one procedure' ? ['irc-ordinary'] : null,
        from,
        to,
        answered ? new Date() : null,
        relation === 'power declined' ? new Date() : null,
        relation === 'power revoked' ? new Date() : null,
      ],
    );
  }
  if (relation.startsWith('member')) {
    await owner.query(
      `insert into power_of_attorney (grantor, representative, acts, from_date, to_date, granted_at, accepted_at, revoked_at, member_as)
       values ('investor.besi', $1, '{}', '2026-07-10', '2026-07-10', now(), now(), $2, 'reads')`,
      [id, relation === 'member who left' ? new Date() : null],
    );
  }
  if (relation.startsWith('seat')) {
    await owner.query('insert into council_seat (case_code, person) values ($1, $2)', [code, id]);
  }
  if (relation.endsWith('recused')) {
    await owner.query('insert into recusal (case_code, person) values ($1, $2)', [code, id]);
  }
  for (const procedure of [null, 'irc-ordinary', 'land-lease']) {
    await owner.query(
      `insert into notice (person, kind, ref, case_code, vars, urgency, at) values ($1, 'case-received', $2, $3, $4, 'normal', now())`,
      [id, `${procedure}`, code, JSON.stringify(procedure === null ? {} : { procedure })],
    );
  }
}

const readerOf = async (role: PersonRole, relation: Relation): Promise<Reader> => {
  const id = `reader.${role}.${relations.indexOf(relation)}`;
  if (relation === 'own' && role === 'investor') {
    await register.owner.query('update case_head set investor = $2 where code = $1', [code, id]);
  }
  const { rows } = await register.owner.query<{ agency: string | null }>('select agency from person where id = $1', [
    id,
  ]);
  return { person: { id, role, agency: rows[0]?.agency ?? null }, on };
};

const workers: readonly PersonRole[] = ['receiving-officer', 'officer', 'head'];

/** Who reads what, said apart from the code. */
function wanted(role: PersonRole, relation: Relation): string {
  if (relation.endsWith('recused')) return 'recused';
  if (['leader', 'auditor', 'admin', 'operator'].includes(role)) return 'all';
  if (role === 'investor') return relation === 'own' || relation === 'member' ? 'party' : 'none';
  if (role === 'representative') {
    return relation === 'power' ? 'party' : relation === 'power for one procedure' ? 'part' : 'none';
  }
  if (relation === 'seat') return 'agency';
  return workers.includes(role) && relation === 'agency' ? 'agency' : 'none';
}

describe.each(personRoles)('a case, the list of cases and notices are read alike by: %s', (role) => {
  it.each(relations)('%s', async (relation) => {
    const reader = await readerOf(role, relation);
    const { access, procedures } = await caseReach(register.pool, reader, code);
    const listed = (await listCases(register.pool, reader, { limit: 100 })).items.map((one) => one.code);
    const notices = await listNotices(register.pool, reader, { unread: false, cursor: undefined, limit: 100 });
    const counted = await countUnread(register.pool, reader);
    const among = await readableAmong(register.pool, reader, [code]);
    if (relation === 'own' && role === 'investor') {
      await register.owner.query(`update case_head set investor = 'investor.besi' where code = $1`, [code]);
    }
    expect(access).toBe(wanted(role, relation));
    const reads = access !== 'none' && access !== 'recused';
    expect(procedures).toEqual(access === 'part' ? ['irc-ordinary'] : null);
    expect(listed).toEqual(reads ? [code] : []);
    expect([...among]).toEqual(listed);
    expect(notices.items).toHaveLength(!reads ? 0 : access === 'part' ? 1 : 3);
    expect(counted).toBe(notices.items.length);
  });
});
