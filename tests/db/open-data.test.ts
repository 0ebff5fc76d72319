import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { publishedQuarters, timelinesIn } from '../../db/read/open-data.js';
import { findPublicDecision } from '../../db/read/public-status.js';
import { listPublications } from '../../db/read/publications.js';
import { type OpenTimeline, openTimelines } from '../../domain/measures/open-timelines.js';
import { quarterOf } from '../../domain/measures/quarters.js';
import { leastCases } from '../../domain/measures/small-cells.js';
import { addDays, dateOf, daysBetween, plainDate, startOf } from '../../domain/time/instants.js';
import { type DecidedRow, decidedRow, writeDecided } from '../support/decided-rows.js';
import { codeOfRow, rowDraws, writeRows } from '../support/fact-rows.js';
import { createTestRegister, type TestRegister } from './support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

const quarter = quarterOf(plainDate('2026-08-01'));
const numberOf = (i: number) => `${i + 1}/QĐ-STC`;
const dossierOf = (i: number) => `H29.1-260701-${String(i + 1).padStart(4, '0')}`;

/** Decided cases, with what anybody may look up of them: the decision by its number, the dossier among those that were published. */
async function fill(seed: number): Promise<void> {
  const { draw, oneOf } = rowDraws(seed);
  const rows = Array.from({ length: 120 }, (): DecidedRow => ({
    agency: oneOf('dof', 'dof', 'dof', 'dost', 'dae'),
    procedure: oneOf('irc-ordinary', 'irc-ordinary', 'environmental-permit'),
    lane: oneOf('green', 'standard'),
    closedOn: addDays(quarter.from, 40 + draw(50)),
    agencyDays: draw(30),
    investorDays: oneOf(0, 0, 0, draw(9)),
    otherDays: draw(3),
    onTime: draw(5) > 0,
  }));
  await register.owner.query('truncate case_head cascade');
  await writeDecided(register.owner, rows);
  const placed = rows.map((row, i) => {
    // Every day works here: the dates tell an attacker the working days, too.
    const receivedOn = addDays(plainDate(row.closedOn), -row.agencyDays - row.investorDays);
    const [at, decidedAt] = [startOf(receivedOn), startOf(plainDate(row.closedOn))];
    return { row, i, scope: `case/${codeOfRow(i)}/p/1`, case_code: codeOfRow(i), at, decidedAt };
  });
  await writeRows(
    register.owner,
    'procedure',
    placed.map(({ row, i, scope, case_code, at, decidedAt }) => ({
      ...{ scope, case_code, procedure: row.procedure, attempt: 1, version: `${row.procedure}@2026-01-01` },
      ...{
        phase: 'licence',
        mandatory: true,
        competent_agency: row.agency,
        handling_agency: row.agency,
        book_agency: row.agency,
      },
      ...{ city_controlled: true, stage: 'closed', portal_status: 9, dossier_code: dossierOf(i), opened_at: at },
      ...{ received_at: at, decided_at: decidedAt, closed_at: decidedAt, outcome: 'approved' },
    })),
  );
  await writeRows(
    register.owner,
    'decision',
    placed.map(({ i, scope, case_code, decidedAt }) => ({
      ...{ scope, case_code, outcome: 'approved', decided_at: decidedAt, number: numberOf(i), changes: [] },
      ...{ document_hash: 'h', signature: 's', algorithm: 'Ed25519', key_id: 'k' },
    })),
  );
  await writeRows(
    register.owner,
    'step',
    placed.map(({ row, scope, case_code, at }) => ({
      ...{ scope, case_code, code: 'publication', kind: 'machine', agency: row.agency, automation: 'full' },
      ...{ completed_at: at, failed: false },
    })),
  );
}

/** Working days that a row may stand for, of agency and investor together. */
const total = ({ agency_days, investor_days }: OpenTimeline): readonly [number, number] => {
  const ends = [agency_days, investor_days].map((cell) =>
    (cell === '' ? ['0', 'Infinity'] : cell.split('-')).map(Number),
  );
  return [ends.reduce((sum, [low = 0]) => sum + low, 0), ends.reduce((sum, [low = 0, high = low]) => sum + high, 0)];
};

it('lets nobody single out a case by joining what decisions and publications show', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async (seed) => {
      await fill(seed);
      const timelines = await timelinesIn(register.pool, quarter);
      expect(timelines).toHaveLength(120);
      const { rows, published } = openTimelines(quarter.code, timelines);
      expect(published).toBeGreaterThan(40);
      const received = new Map<string, string>();
      for (let cursor: string | undefined; ;) {
        const page = await listPublications(register.pool, { limit: 100, ...(cursor !== undefined && { cursor }) });
        for (const { dossierCode, receivedAt } of page.items) received.set(dossierCode, receivedAt);
        if (page.next === null) break;
        cursor = page.next;
      }
      let joined = 0;
      for (let i = 0; i < 120; i += 1) {
        const known = (await findPublicDecision(register.pool, numberOf(i))) ?? expect.unreachable('no decision');
        const receivedAt = received.get(known.dossierCode ?? '') ?? expect.unreachable('no publication');
        const [from, to] = [dateOf(receivedAt), dateOf(known.decidedAt)];
        const fitting = rows.filter(({ row }) => {
          const [least, most] = total(row);
          const days = daysBetween(from, to);
          return (
            row.procedure === known.procedure &&
            (row.agency === '' || row.agency === known.agency) &&
            (row.period === to.slice(0, 7) || row.period === quarter.code) &&
            least <= days &&
            days <= most
          );
        });
        const n = fitting.reduce((sum, one) => sum + one.n, 0);
        joined += Math.sign(n);
        if (n !== 0) expect(n).toBeGreaterThanOrEqual(leastCases);
      }
      // The attack does join: it is not that nothing fits.
      expect(joined).toBeGreaterThan(40);
    }),
    { numRuns: 5 },
  );
}, 120_000);

it('publishes a quarter once it is over, and the same of it whatever comes after', async () => {
  await fill(7);
  const codes = async (today: string) =>
    (await publishedQuarters(register.pool, plainDate(today))).map(({ code }) => code);
  expect(await codes('2026-09-30')).toEqual([]);
  expect(await codes('2026-10-01')).toEqual(['2026-Q3']);
  const now = async () => openTimelines(quarter.code, await timelinesIn(register.pool, quarter));
  const before = await now();
  await writeDecided(register.owner, [{ ...decidedRow, closedOn: '2026-10-02' }], 500);
  expect(await codes('2027-01-04')).toEqual(['2026-Q4', '2026-Q3']);
  expect(await now()).toEqual(before);
});
