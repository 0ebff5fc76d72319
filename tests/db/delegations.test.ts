import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { workOffAgenda } from '../../worker/agenda.js';
import { handOverAbsence } from '../../worker/delegations.js';
import { startRehearsal, stepClock } from '../../db/register/business-clock.js';
import {
  absenceBegins,
  answerDelegation,
  assigneeFor,
  delegate,
  listDelegations,
  revokeDelegation,
  standingInFor,
} from '../../db/people/delegations.js';
import { findPerson } from '../../db/people/people.js';
import { callDue } from '../../db/register/agenda.js';
import { nextInstant } from '../../db/register/rehearsal.js';
import { plainDate, type PlainDate, startOf } from '../../domain/time/instants.js';
import { assessing, at, createTestRegister, person, refusedWith, type TestCase, type TestRegister } from './support.js';
import { getState } from '../support/kept-state.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
  await startRehearsal(register.pool, 'stepped', at('2026-07-06 09:00'));
});
afterAll(() => register.close());
beforeEach(() => register.owner.query('delete from delegation; delete from agenda'));

const day = (text: string): PlainDate => plainDate(text);
const now = at('2026-07-06 09:00');
const board = 'shtp-board';
const head = 'head.shtp-board';
const [one, two] = ['officer.shtp-board.1', 'officer.shtp-board.2'];

let keys = 0;
/** Noted, and accepted by whoever stands in. */
async function away(who: string, other: string, from: string, to: string, key = `key-${++keys}`) {
  const noted = await asks(who, other, from, to, key);
  return { ...noted, delegation: await answerDelegation(register.pool, noted.delegation.id, true, now) };
}
async function asks(who: string, other: string, from: string, to: string, key = `key-${++keys}`, longestDays = 90) {
  const absent = await findPerson(register.pool, who);
  if (!absent) throw new Error(`nobody called ${who}`);
  const asked = {
    person: absent,
    delegate: other,
    from: day(from),
    to: day(to),
    reason: 'phép năm',
    key,
    by: who,
    longestDays,
  };
  return delegate(register.pool, { ...asked, bodyHash: `${other}${from}${to}` }, now);
}
const refused = (...asked: Parameters<typeof away>) => refusedWith(away(...asked));

describe('a delegation', () => {
  it('is to somebody else of the agency whose role fits, for days to come', async () => {
    expect(await refused(one, one, '2026-07-10', '2026-07-12')).toBe('DELEGATION_TO_SELF');
    expect(await refused(one, 'officer.dost.1', '2026-07-10', '2026-07-12')).toBe('UNKNOWN_VALUE');
    expect(await refused(one, 'nobody', '2026-07-10', '2026-07-12')).toBe('UNKNOWN_VALUE');
    expect(await refused(one, two, '2026-07-05', '2026-07-12')).toBe('VALIDATION_FAILED');
    expect(await refused(one, two, '2026-07-12', '2026-07-10')).toBe('VALIDATION_FAILED');
    expect(await refused(one, two, '2026-07-06', '2026-07-06')).toBe('accepted');
    expect(await refused(head, two, '2026-08-10', '2026-08-10')).toBe('accepted');
  });

  it('neither overlaps, nor leads to somebody who is away, nor makes a chain', async () => {
    const { delegation } = await away(one, two, '2026-07-10', '2026-07-12');
    expect(await refused(one, head, '2026-07-12', '2026-07-14')).toBe('PRECONDITION_FAILED');
    expect(await refused(head, one, '2026-07-09', '2026-07-10')).toBe('PRECONDITION_FAILED');
    expect(await refused(two, head, '2026-07-11', '2026-07-11')).toBe('PRECONDITION_FAILED');
    expect(await refused(two, head, '2026-07-13', '2026-07-13')).toBe('accepted');
    await revokeDelegation(register.pool, delegation.id, one, now);
    expect(await refused(one, head, '2026-07-12', '2026-07-12')).toBe('accepted');
  });

  it('is noted once under its key, and once where several come at the same moment', async () => {
    const asked = () => away(one, two, '2026-07-10', '2026-07-12', 'same');
    const answers = await Promise.all([asked(), asked(), asked()]);
    expect(new Set(answers.map(({ delegation }) => delegation.id)).size).toBe(1);
    expect(await refused(one, two, '2026-07-10', '2026-07-13', 'same')).toBe('IDEMPOTENCY_KEY_REUSED');
    const both = await Promise.all([
      refused(two, head, '2026-07-20', '2026-07-22'),
      refused(head, two, '2026-07-21', '2026-07-23'),
    ]);
    expect(both.sort()).toEqual(['PRECONDITION_FAILED', 'accepted']);
    expect(await listDelegations(register.pool, { agency: board })).toHaveLength(2);
    expect(await listDelegations(register.pool, { agency: 'dost' })).toEqual([]);
  });

  it('holds from the first day to the last, both counted, and ends at once when revoked', async () => {
    const { delegation } = await away(head, two, '2026-07-10', '2026-07-12');
    const absent = { id: head, role: 'head', agency: board } as const;
    const standing = async (on: string) => (await standingInFor(register.pool, two, day(on))).map(({ id }) => id);
    expect(await standing('2026-07-09')).toEqual([]);
    expect(await standing('2026-07-10')).toEqual([head]);
    expect(await standing('2026-07-12')).toEqual([head]);
    expect(await standing('2026-07-13')).toEqual([]);
    expect(await assigneeFor(register.pool, absent, day('2026-07-11'))).toEqual({
      id: two,
      role: 'head',
      agency: board,
    });
    expect(await assigneeFor(register.pool, absent, day('2026-07-13'))).toEqual(absent);
    const revoked = await revokeDelegation(register.pool, delegation.id, head, at('2026-07-11 10:00'));
    expect(revoked.revokedAt).toBe(at('2026-07-11 10:00'));
    expect(await revokeDelegation(register.pool, delegation.id, head, at('2026-07-12 10:00'))).toEqual(revoked);
    expect(await standing('2026-07-11')).toEqual([]);
  });

  it('that is over cannot be revoked', async () => {
    const { delegation } = await away(one, two, '2026-07-10', '2026-07-12');
    expect(await refusedWith(revokeDelegation(register.pool, delegation.id, one, at('2026-07-13 00:00')))).toBe(
      'PRECONDITION_FAILED',
    );
    expect(await refusedWith(revokeDelegation(register.pool, '00000000-0000-4000-8000-000000000000', one, now))).toBe(
      'NOT_FOUND',
    );
  });
});

describe('whoever is to stand in', () => {
  const standing = async (on: string) => (await standingInFor(register.pool, two, day(on))).map(({ id }) => id);

  it('is asked: it holds once they accept, never once they decline', async () => {
    const first = await asks(head, two, '2026-07-10', '2026-07-12');
    expect(await standing('2026-07-10')).toEqual([]);
    expect(await nextInstant(register.pool)).not.toBe(startOf(day('2026-07-10')));
    await answerDelegation(register.pool, first.delegation.id, false, now);
    expect(await standing('2026-07-10')).toEqual([]);
    expect(await refusedWith(answerDelegation(register.pool, first.delegation.id, true, now))).toBe(
      'PRECONDITION_FAILED',
    );
    const second = await asks(head, two, '2026-07-10', '2026-07-12');
    const accepted = await answerDelegation(register.pool, second.delegation.id, true, now);
    expect(await answerDelegation(register.pool, second.delegation.id, true, at('2026-07-07 09:00'))).toEqual(accepted);
    expect(await standing('2026-07-10')).toEqual([head]);
  });

  it('is not bound by a question: their own absence goes first, and the answer is then refused', async () => {
    const { delegation } = await asks(one, two, '2026-07-10', '2026-09-12');
    expect(await refused(two, head, '2026-07-20', '2026-07-22')).toBe('accepted');
    expect(await refusedWith(answerDelegation(register.pool, delegation.id, true, now))).toBe('PRECONDITION_FAILED');
  });

  it('is asked for no longer than the City allows', async () => {
    expect(await refusedWith(asks(one, two, '2026-07-10', '2026-07-20', 'long', 10))).toBe('TERM_TOO_LONG');
    expect(await refusedWith(asks(one, two, '2026-07-10', '2026-07-19', 'not so long', 10))).toBe('accepted');
  });
});

describe('the first day of an absence', () => {
  const errors: unknown[] = [];
  const workOff = () =>
    workOffAgenda({
      pool: register.pool,
      handlers: { [absenceBegins]: handOverAbsence({ pool: register.pool, door: register.door }) },
      onError: (error) => errors.push(error),
    });
  const ledgers = async (code: string) =>
    (await getState(register.pool, code)).procedures[`case/${code}/irc-ordinary/1`]?.ledger ?? [];

  it('hands over all they hold, once, however many workers there are; no clock notices; the end takes nothing back', async () => {
    const files: { file: TestCase; taskId: string; before: unknown[] }[] = [];
    for (let n = 0; n < 3; n++) {
      const { file } = await assessing(register);
      const taskId = await file.taskId('step/assessment');
      await file.act(person(one, 'officer', board), at('2026-07-08 11:00'), { type: 'claimTask', taskId });
      files.push({ file, taskId, before: await ledgers(file.code) });
    }
    // Nobody here makes the calls of the cases.
    await register.pool.query('update agenda set done_at = at where kind = $1 and done_at is null', [callDue]);
    await away(one, two, '2026-07-10', '2026-07-12');
    expect(await nextInstant(register.pool)).toBe(startOf(day('2026-07-10')));
    await workOff();
    const holders = async () =>
      (
        await register.pool.query<{ by: string }>('select claimed_by as by from task where id = any($1) order by id', [
          files.map(({ taskId }) => taskId),
        ])
      ).rows.map(({ by }) => by);
    expect(await holders()).toEqual([one, one, one]);
    await stepClock(register.pool, startOf(day('2026-07-10')));
    await Promise.all([workOff(), workOff(), workOff()]);
    expect(await holders()).toEqual([two, two, two]);
    for (const { file, taskId, before } of files) {
      const { rows } = await register.pool.query(
        `select actor from case_event where case_code = $1 and type = 'taskReassigned'`,
        [file.code],
      );
      expect(rows).toEqual([{ actor: { kind: 'clock' } }]);
      expect(await ledgers(file.code)).toEqual(before);
      expect((await file.state()).procedures[file.procedure('irc-ordinary')]?.tasks[taskId]?.status).toBe('claimed');
    }
    await stepClock(register.pool, startOf(day('2026-07-20')));
    await workOff();
    expect(await holders()).toEqual([two, two, two]);
    expect(errors).toEqual([]);
    expect(await nextInstant(register.pool)).not.toBe(startOf(day('2026-07-10')));
  });
});
