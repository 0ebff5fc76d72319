import { afterAll, beforeAll, beforeEach, expect, inject, it, vi } from 'vitest';
import { type AgencyCall } from '../../activities/agency-client.js';
import { statusesOf, tellingAlone } from '../../db/outbound/statuses.js';
import { dueItems, statusLook } from '../../db/register/agenda.js';
import { type ScopeId } from '../../domain/case/scope.js';
import { refuse } from '../../domain/errors.js';
import { type StatusSystem } from '../../domain/law/agency-systems.js';
import { allTasks } from '../../domain/case/task/state.js';
import { lookAtStatuses, planStatusLook, tellStatuses } from '../../worker/statuses.js';
import { query } from '../support/sql.js';
import { at, createTestRegister, received, type TestCase, type TestRegister } from '../db/support.js';

interface Said {
  readonly dossier: string;
  readonly status: number;
  readonly occurredAt: string;
}

let register: TestRegister;
let file: TestCase;
let scope: ScopeId;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

let calls: AgencyCall[];
let books: Map<StatusSystem, Said[]>;
let answers: (call: AgencyCall) => void;
const errors: unknown[] = [];
beforeEach(async () => {
  await register.owner.query('delete from dossier_status; delete from agenda');
  ({ file, irc: scope } = await received(register));
  [calls, books, answers] = [[], new Map(), () => undefined];
  errors.length = 0;
});

/** Both systems: take each key once, and say what they hold. */
const client = {
  post: (call: AgencyCall): Promise<unknown> => {
    calls.push(call);
    return Promise.resolve().then(() => {
      answers(call);
      const system = call.system as StatusSystem;
      const held = books.get(system) ?? [];
      const { subject } = call.body as { subject: Said & { dossiers?: string[] } };
      if (subject.dossiers) {
        const last = subject.dossiers.flatMap((dossier) => held.findLast((one) => one.dossier === dossier) ?? []);
        const shown = last.map(({ dossier, status, occurredAt }) => ({ dossier, status, occurredAt }));
        return { reference: 'R', asOf: '2026-07-07T00:00:00Z', held: shown };
      }
      books.set(system, [...held, subject]);
      return { reference: `R-${call.correlationId}`, recorded: true };
    });
  },
};
const deps = () => ({ pool: register.pool, client, onError: (error: unknown) => void errors.push(error) });
const tellAll = async () => {
  while ((await tellStatuses(deps())) > 0);
};
const held = (system: StatusSystem) => (books.get(system) ?? []).map(({ status }) => status);
const look = (failed = 0) =>
  lookAtStatuses({ ...deps(), door: register.door, attempts: 3 })(
    { id: 1, kind: statusLook, ref: '2026-07-07', at: '', attempts: failed, requestId: null },
    '',
  );

it('tells both systems each state once, in order, under keys of their own', async () => {
  await tellAll();
  expect(held('public-service-portal')).toEqual([1, 2, 4]);
  expect(held('city-procedures')).toEqual([1, 2, 4]);
  expect(new Set(calls.map(({ system, correlationId }) => `${system} ${correlationId}`)).size).toBe(6);
  expect(await tellStatuses(deps())).toBe(0);
  const shown = await statusesOf(register.pool, file.code);
  expect(shown.map(({ toldAt, reference }) => toldAt !== null && reference !== null)).toEqual(Array(6).fill(true));
});

it('never tells the next one before the one before it is taken, however long that takes and whoever tells', async () => {
  let down = true;
  answers = ({ system }) => {
    if (down && system === 'public-service-portal') refuse('AGENCY_UNAVAILABLE');
  };
  await Promise.all([tellAll(), tellAll()]);
  expect(held('public-service-portal')).toEqual([]);
  expect(held('city-procedures')).toEqual([1, 2, 4]);
  const tried = calls.filter(({ system }) => system === 'public-service-portal');
  expect(tried.map(({ body }) => (body as { subject: Said }).subject.status)).toEqual([1]);
  down = false;
  await register.owner.query('update dossier_status set not_before = null');
  // Several workers at once, as after a restart.
  await Promise.all([tellAll(), tellAll(), tellAll()]);
  expect(held('public-service-portal')).toEqual([1, 2, 4]);
  const keys = calls.filter(({ system }) => system === 'public-service-portal').map((call) => call.correlationId);
  expect(keys[0]).toBe(keys[1]);
});

it('waits for whoever is at it, and goes on once their session is gone', async () => {
  let tell: (() => void) | undefined;
  let end: (() => void) | undefined;
  const told = new Promise<void>((resolve) => (tell = resolve));
  const ended = new Promise<void>((resolve) => (end = resolve));
  const first = tellingAlone(register.pool, async (session) => {
    const { rows } = await session.query<{ pid: number; ends: string }>(
      `select pg_backend_pid() as pid, current_setting('idle_session_timeout') as ends`,
    );
    expect(rows[0]?.ends).toBe('30s');
    expect(await tellStatuses(deps())).toBe(0);
    expect(calls).toEqual([]);
    await query(inject('services').postgres.adminUrl, `select pg_terminate_backend(${String(rows[0]?.pid)})`);
    end?.();
    await told;
    await session.query('select 1');
  });
  const refused = expect(first).rejects.toThrow();
  await Promise.race([ended, first]);
  await vi.waitFor(async () => expect(await tellStatuses(deps())).toBeGreaterThan(0), 20_000);
  tell?.();
  await refused;
  await tellAll();
  expect(calls).toHaveLength(6);
});

it('goes on after a state that is refused for good, and says so', async () => {
  answers = ({ body }) => {
    if ((body as { subject: Said }).subject.status === 2) refuse('AGENCY_REFUSED', { status: 422 });
  };
  await tellAll();
  expect(held('city-procedures')).toEqual([1, 4]);
  const shown = await statusesOf(register.pool, file.code);
  expect(shown.filter(({ error }) => error === 'AGENCY_REFUSED')).toHaveLength(2);
});

it('is told again what a system lost, and nothing else', async () => {
  await tellAll();
  books.set('city-procedures', (books.get('city-procedures') ?? []).slice(0, 1));
  await look();
  await tellAll();
  expect(held('city-procedures')).toEqual([1, 2, 4]);
  expect(held('public-service-portal')).toEqual([1, 2, 4]);
  const again = calls.filter(({ correlationId }) => correlationId.endsWith('/1'));
  expect(again.map(({ body }) => (body as { subject: Said }).subject.status)).toEqual([2, 4]);
  const before = calls.length;
  await look();
  await tellAll();
  expect(calls.length).toBe(before + 2);
});

it('puts what a system was never told before an officer, with both sides, once', async () => {
  await tellAll();
  const other = { dossier: scope, status: 10, occurredAt: '2026-07-06T08:00:00Z' };
  books.set('city-procedures', [...(books.get('city-procedures') ?? []), other]);
  await look();
  await look();
  const state = await file.state();
  expect(state.outside).toMatchObject([
    {
      scope,
      about: {
        kind: 'status',
        system: 'city-procedures',
        ours: { status: 4, at: at('2026-07-06 10:00') },
        theirs: { status: 10, at: '2026-07-06T08:00:00.000Z' },
      },
    },
  ]);
  expect([...allTasks(state)].filter(({ kind }) => kind === 'outside')).toHaveLength(1);
  // Nothing is written over what somebody there meant.
  expect(held('city-procedures')).toEqual([1, 2, 4, 10]);
});

it('looks at the other system although one is silent, tries that one again, and leaves it alone until tomorrow', async () => {
  await tellAll();
  books.set('city-procedures', []);
  answers = ({ system, correlationId }) => {
    if (system === 'public-service-portal' && correlationId.startsWith('statuses/')) refuse('AGENCY_UNAVAILABLE');
  };
  await expect(look(0)).rejects.toMatchObject({ code: 'AGENCY_UNAVAILABLE' });
  await look(2);
  await tellAll();
  expect(held('city-procedures')).toEqual([1, 2, 4]);
});

it('looks once a day, from four in the morning on', async () => {
  await planStatusLook(register.pool, at('2026-07-08 03:59'));
  const due = () => dueItems(register.pool, at('2026-07-31 09:00'), 10, { only: [statusLook] });
  expect(await due()).toEqual([]);
  await planStatusLook(register.pool, at('2026-07-08 04:00'));
  await planStatusLook(register.pool, at('2026-07-08 23:00'));
  await planStatusLook(register.pool, at('2026-07-09 11:00'));
  expect((await due()).map(({ ref }) => ref)).toEqual(['2026-07-08', '2026-07-09']);
});
