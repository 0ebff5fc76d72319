import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainDate } from '../../domain/time/instants.js';
import { loadCatalogue } from '../../db/law/law.js';
import { caseAccess, type Reader } from '../../db/people/readers.js';
import { findPerson } from '../../db/people/people.js';
import { checkPowerOfAttorney, powersOf } from '../../db/people/powers.js';
import { startRehearsal } from '../../db/register/business-clock.js';
import { claimMessages, composeDue, noteSent } from '../../db/outbound/messages.js';
import { callDue, claimItems, strikeOff } from '../../db/register/agenda.js';
import { createNotifier } from '../../db/outbound/notices.js';
import { createProjector } from '../../db/projection/projector.js';
import { findCase, findCaseOfDossier, listCases } from '../../db/read/cases.js';
import { laneOf } from '../../domain/case/lane/state.js';
import { ledgerOf } from '../../domain/measures/ledger.js';
import { roadmapOf } from '../../domain/case/procedure/roadmap.js';
import { findTask, listTasks } from '../../db/read/tasks.js';
import { timelineOf } from '../../db/read/timeline.js';
import { nextInstant, quiet } from '../../db/register/rehearsal.js';
import { reportDone, scopesOf } from '../../engine/register/mailbox.js';
import { exampleProjects } from '../../seeds/index.js';
import { allowExtension } from '../support/extendable-law.js';
import {
  assessing,
  at,
  createTestRegister,
  feedSettled,
  investor,
  openingCommand,
  person,
  received,
  refusedWith,
  TestCase,
  type TestRegister,
} from './support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister(allowExtension);
});
afterAll(() => register.close());

const today = plainDate('2026-07-10');
const all: Reader = { person: { id: 'leader.hcmc-committee', role: 'leader', agency: null }, on: today };
const officer = person('officer.shtp-board.1', 'officer', 'shtp-board');

describe('the list of cases', () => {
  it('goes through every case once, newest first, page by page', async () => {
    const opened: TestCase[] = [];
    for (let day = 1; day <= 7; day++) opened.push(await TestCase.open(register, at(`2026-06-0${day} 09:00`)));
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await listCases(register.pool, all, { limit: 3, ...(cursor === undefined ? {} : { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items.map(({ code }) => code));
      cursor = page.next;
    }
    expect(seen.filter((code) => opened.some((file) => file.code === code))).toEqual(
      opened.map(({ code }) => code).reverse(),
    );
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('finds by status, lane, agency and breach', async () => {
    const { file } = await received(register);
    const codes = async (filter: Partial<Parameters<typeof listCases>[2]>) =>
      (await listCases(register.pool, all, { limit: 100, ...filter })).items.map(({ code }) => code);
    expect(await codes({ agency: 'hcmc-pasc', status: 'open' })).toContain(file.code);
    expect(await codes({ agency: 'city-tax' })).not.toContain(file.code);
    expect(await codes({ overdue: true })).not.toContain(file.code);
    expect(await codes({ lane: laneOf(await file.state()) ?? 'standard' })).toContain(file.code);
    await file.act({ kind: 'clock' }, at('2026-09-01 09:00'), { type: 'settle' });
    expect(await codes({ overdue: true })).toContain(file.code);
    await file.act(investor, at('2026-09-01 10:00'), { type: 'withdrawCase', reason: 'r' });
    expect(await codes({ status: 'withdrawn' })).toContain(file.code);
    expect(await codes({ status: 'open' })).not.toContain(file.code);
    expect(await codes({ overdue: true })).not.toContain(file.code);
  });

  it('finds Vietnamese names by beginnings of words without their marks', async () => {
    const { caseCode } = await register.door.open({
      command: openingCommand(exampleProjects.cmc, at('2026-07-06 09:00')),
      actor: { kind: 'person', id: 'investor.besi', role: 'investor', agency: null },
      key: 'search',
      bodyHash: 'b',
      occurredAt: at('2026-07-06 09:00'),
      attach: () => ({
        filing: {
          body: {},
          nameVi: 'Trung tâm Điện toán',
          nameEn: 'Compute centre',
          search: 'Trung tâm Điện toán đám mây',
        },
      }),
    });
    const found = async (q: string) =>
      (await listCases(register.pool, all, { limit: 10, q })).items.map(({ code }) => code);
    expect(await found('dien toan')).toEqual([caseCode]);
    expect(await found('ĐÁM  Trung')).toEqual([caseCode]);
    expect(await found('điện nước')).toEqual([]);
    expect(await found(`'; drop table filing; --`)).toEqual([]);
    expect(await found('!!! & | <->')).toEqual([]);
  });

  it('shows each person their own part', async () => {
    const { file } = await received(register);
    const sees = async (id: string) => {
      const who = await findPerson(register.pool, id);
      if (!who) throw new Error(`nobody called ${id}`);
      const reader = { person: who, on: today };
      const listed = (await listCases(register.pool, reader, { limit: 100 })).items.some(
        ({ code }) => code === file.code,
      );
      const access = await caseAccess(register.pool, reader, file.code);
      expect([id, listed]).toEqual([id, access !== 'none']);
      return access;
    };
    expect(await sees('investor.besi')).toBe('party');
    expect(await sees('investor.cmc')).toBe('none');
    expect(await sees('representative.besi')).toBe('party');
    expect(await sees('receiving-officer.hcmc-pasc.1')).toBe('agency');
    expect(await sees('officer.shtp-board.1')).toBe('agency');
    expect(await sees('head.city-tax')).toBe('none');
    const { rows } = await register.pool.query<{ id: string }>(
      `select id from person where role in ('leader', 'auditor', 'admin')`,
    );
    for (const { id } of rows) expect(await sees(id)).toBe('all');
  });

  it('refuses a cursor it never gave', async () => {
    for (const cursor of [
      'x',
      Buffer.from('["a"]').toString('base64url'),
      Buffer.from('{"0":1}').toString('base64url'),
      Buffer.from('["x","y"]').toString('base64url'),
    ]) {
      expect(await refusedWith(listCases(register.pool, all, { limit: 3, cursor }))).toBe('VALIDATION_FAILED');
    }
  });
});

describe('a power of attorney', () => {
  const asked = { representative: 'representative.besi', grantor: 'investor.besi', procedure: null, on: today };

  it('covers the acts, grantor and term it names, and nothing else', async () => {
    const check = (change: Partial<Parameters<typeof checkPowerOfAttorney>[1]>) =>
      refusedWith(checkPowerOfAttorney(register.pool, { ...asked, act: 'fileDossier', ...change }));
    expect(await check({})).toBe('accepted');
    expect(await check({ act: 'withdrawCase' })).toBe('OUTSIDE_POWER_OF_ATTORNEY');
    expect(await check({ grantor: 'investor.cmc' })).toBe('OUTSIDE_POWER_OF_ATTORNEY');
    expect(await check({ on: plainDate('2028-01-01') })).toBe('OUTSIDE_POWER_OF_ATTORNEY');
    expect(await check({ on: plainDate('2027-12-31') })).toBe('accepted');
    expect(await powersOf(register.pool, 'representative.besi', plainDate('2025-12-31'))).toEqual([]);
  });

  it('limited to some procedures covers no act on the whole case', async () => {
    await register.owner.query(
      `insert into power_of_attorney (grantor, representative, acts, procedures, from_date, to_date, accepted_at)
       values ('investor.cmc', 'representative.besi', '{fileDossier}', '{irc-ordinary}', '2026-01-01', '2026-12-31', now())`,
    );
    const check = (procedure: string | null) =>
      refusedWith(
        checkPowerOfAttorney(register.pool, { ...asked, grantor: 'investor.cmc', act: 'fileDossier', procedure }),
      );
    expect(await check('irc-ordinary')).toBe('accepted');
    expect(await check('land-lease')).toBe('OUTSIDE_POWER_OF_ATTORNEY');
    expect(await check(null)).toBe('OUTSIDE_POWER_OF_ATTORNEY');
  });
});

describe('a worklist', () => {
  it('has what is due first on top, tasks without a date last, and finished ones apart', async () => {
    const { file } = await assessing(register);
    const { items } = await listTasks(register.pool, { today, agency: 'shtp-board', limit: 100 });
    const dates = items.map(({ dueDate }) => dueDate ?? '9999');
    expect(dates).toEqual([...dates].sort());
    const own = items.find(({ caseCode }) => caseCode === file.code);
    expect(own).toMatchObject({ kind: 'step', step: 'assessment', status: 'open', claimedBy: null, lane: 'undecided' });
    expect(own?.version).toMatch(/^irc-ordinary@/);
    expect(own?.dossierCode).toMatch(/^H29-/);
    const finished = await listTasks(register.pool, {
      today,
      agency: 'hcmc-pasc',
      status: 'done',
      caseCode: file.code,
      limit: 10,
    });
    expect(finished.items).toMatchObject([{ kind: 'intake', status: 'done', outcome: 'receive' }]);
  });

  it('pages without losing or repeating a task, and shows whose it is', async () => {
    for (let i = 0; i < 3; i++) await assessing(register);
    const { file } = await assessing(register);
    const taskId = await file.taskId('step/assessment');
    await file.act(officer, at('2026-07-08 11:00'), { type: 'claimTask', taskId });
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await listTasks(register.pool, {
        today,
        agency: 'shtp-board',
        limit: 2,
        ...(cursor === undefined ? {} : { cursor }),
      });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    const whole = await listTasks(register.pool, { today, agency: 'shtp-board', limit: 1000 });
    expect(seen).toEqual(whole.items.map(({ id }) => id));
    const mine = await listTasks(register.pool, { today, claimedBy: 'officer.shtp-board.1', limit: 10 });
    expect(mine.items.map(({ id }) => id)).toEqual([taskId]);
    expect((await findTask(register.pool, taskId))?.claimedBy).toMatchObject({ id: 'officer.shtp-board.1' });
    expect((await findTask(register.pool, taskId))?.claimedBy?.name).toBeTruthy();
    expect(await findTask(register.pool, 'nothing')).toBeUndefined();
  });

  it('follows an extension: the date that holds is the one shown', async () => {
    const { file, irc } = await assessing(register);
    const before = (await findTask(register.pool, await file.taskId('step/assessment')))?.dueDate ?? '';
    const head = person('head.shtp-board', 'head', 'shtp-board');
    const asked = file.act(head, at('2026-07-08 11:00'), {
      type: 'extendClock',
      procedure: 'irc-ordinary',
      days: 2,
      reason: 'r',
    });
    expect(await refusedWith(asked)).toBe('accepted');
    const after = (await findTask(register.pool, await file.taskId('step/assessment')))?.dueDate ?? '';
    expect(after > before).toBe(true);
    const { rows } = await register.pool.query('select due_date from clock where scope = $1', [irc]);
    expect(rows).toEqual([{ due_date: after }]);
  });
});

describe('one case', () => {
  it('shows its state and its line of the list as of the same moment', async () => {
    const { file, irc } = await assessing(register);
    const found = await findCase(register.pool, file.code);
    expect(found?.summary.caseSeq).toBe(found?.state.seq);
    expect(found?.state).toEqual(await file.state());
    expect(await findCase(register.pool, 'LX-260706-0001Z')).toBeUndefined();
    await createProjector(register).rebuild();
    const dossier = found?.state.procedures[irc]?.dossierCode ?? '';
    expect(await findCaseOfDossier(register.pool, dossier)).toBe(file.code);
  });

  it('tells its events in order, with the names of people and the chain', async () => {
    const { file } = await received(register);
    const first = await timelineOf(register.pool, file.code, { limit: 4 });
    const rest = await timelineOf(register.pool, file.code, { limit: 100, cursor: first.next ?? '' });
    const seqs = [...first.items, ...rest.items].map(({ event }) => event.seq);
    expect(seqs).toEqual(Array.from({ length: (await file.state()).seq }, (_, i) => i + 1));
    expect(rest.next).toBeNull();
    const filed = first.items.find(({ event }) => event.type === 'dossierFiled');
    expect(filed?.actorName).toBe('Jan Voorbeeld');
    expect(filed?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(first.items.find(({ event }) => event.actor.kind === 'engine')?.actorName).toBeNull();
  });

  it('has a roadmap of what was planned and what came of it, and who holds it', async () => {
    const file = await TestCase.open(register);
    const irc = async (now: string) =>
      roadmapOf(await file.state(), register.law.current().law, at(now)).find(
        ({ procedure }) => procedure === 'irc-ordinary',
      );
    expect(await irc('2026-07-06 09:00')).toMatchObject({ readiness: 'ready', actual: null, holders: ['system'] });
    const { file: going } = await assessing(register);
    const roadmap = roadmapOf(await going.state(), register.law.current().law, at('2026-07-09 09:00'));
    expect(roadmap.map(({ procedure }) => procedure)).toEqual(
      (await going.state()).plan.map(({ procedure }) => procedure),
    );
    const item = roadmap.find(({ procedure }) => procedure === 'irc-ordinary');
    expect(item).toMatchObject({
      readiness: 'open',
      holders: ['shtp-board'],
      actual: { attempt: 1, stage: 'processing', portalStatus: 4, clock: { state: 'running', consumed: 3 } },
    });
    const waiting = roadmap.find(({ readiness }) => readiness === 'waiting');
    expect(waiting?.actual).toBeNull();
    expect([...(waiting?.missing.results ?? []), ...(waiting?.missing.gates ?? [])].length).toBeGreaterThan(0);
  });

  it('has a ledger whose spans sum to the whole', async () => {
    const { file } = await assessing(register);
    const catalogue = await loadCatalogue(register.pool);
    const { measures, procedures } = ledgerOf(
      await file.state(),
      register.law.current().law,
      catalogue,
      at('2026-07-10 09:00'),
    );
    expect(measures.spans.reduce((sum, span) => sum + span.workingDays, 0)).toBe(measures.workingDays);
    expect(procedures).toMatchObject([
      { procedure: 'irc-ordinary', entries: [{ type: 'start' }], clock: { state: 'running' } },
    ]);
  });
});

describe('quiet', () => {
  it('names what still moves, and is reached when everybody has thought and the projector is at the head', async () => {
    const own = await createTestRegister();
    try {
      await startRehearsal(own.pool, 'stepped', at('2026-07-06 10:05'));
      const { file, irc } = await received(own);
      const restless = await quiet(own.pool);
      expect(restless).toMatchObject({ quiet: false, projectorBehind: true });
      expect(restless.quiet ? [] : restless.thinking).toEqual([file.scope, irc]);
      for (const { scope, generation, lastSeq } of await scopesOf(own.pool, file.code)) {
        await reportDone(own.pool, [{ scope, generation, doneSeq: lastSeq }]);
      }
      await feedSettled(own);
      while ((await createProjector(own).runOnce()) > 0);
      expect(await quiet(own.pool)).toMatchObject({ quiet: false, projectorBehind: false, notifierBehind: true });
      while ((await createNotifier(own).runOnce()) > 0);
      expect(await quiet(own.pool)).toMatchObject({ quiet: false, notifierBehind: false, unsentMessages: 6 });
      await composeDue(own.pool, at('2026-07-06 10:05'), 5);
      for (let round = 0; round < 3; round++) {
        for (const { id } of await claimMessages(own.pool, 'mail', 10)) await noteSent(own.pool, id, { how: 'sent' });
      }
      // Its project is still to be declared, and a register to be asked for the right to its land.
      expect(await quiet(own.pool)).toMatchObject({ quiet: false, unsentMessages: 0, dueAgenda: 2 });
      for (const { id } of await claimItems(own.pool, callDue, { limit: 2, forMs: 1_000 }))
        await strikeOff(own.pool, id, at('2026-07-06 10:05'));
      expect(await quiet(own.pool)).toEqual({ quiet: true });
      const scopes = await scopesOf(own.pool, file.code);
      // The next morning the office opens, and those who were to be told then are told.
      const instants = [at('2026-07-07 07:30'), ...scopes.flatMap(({ nextAt }) => nextAt ?? [])].sort();
      expect(await nextInstant(own.pool)).toBe(instants[0]);
    } finally {
      await own.close();
    }
  });
});
