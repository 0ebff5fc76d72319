import { withLaneAsClaimed } from '../support/lane.js';
import type pg from 'pg';
import { type Command, type Envelope } from '../../domain/case/commands.js';
import type { Completion } from '../../domain/case/task/commands.js';
import { allTasks } from '../../domain/case/task/state.js';
import { type Actor } from '../../domain/case/events.js';
import { type TaskKind, type TaskRole } from '../../domain/case/task/words.js';
import { openingOf } from '../../domain/case/case/opening.js';
import { caseScope, procedureScope, type ScopeId } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { type Filing, screen } from '../../domain/lane/screening.js';
import { Refusal } from '../../domain/errors.js';
import { dateOf, type Instant } from '../../domain/time/instants.js';
import { type Handled, createDoor, type Door } from '../../db/register/door.js';
import { startRehearsal } from '../../db/register/business-clock.js';
import { createLiveLaw, type LiveLaw } from '../../db/law/live-law.js';
import { createPool } from '../../db/pool.js';
import { catalogue, exampleProjects } from '../../seeds/index.js';
import { createTestDatabase, type TestDatabase } from '../support/environment.js';
import { getState } from '../support/kept-state.js';
import { at, person } from '../support/memory-register.js';

export { at, person } from '../support/memory-register.js';

/** A seeded register of one's own with its door. */
export interface TestRegister {
  readonly database: TestDatabase;
  readonly pool: pg.Pool;
  /** As the owner of the tables, who may do what `app` may not. */
  readonly owner: pg.Pool;
  readonly law: LiveLaw;
  readonly door: Door;
  close(): Promise<void>;
}

/** `prepare` changes the seeded register before anybody reads the law. */
export async function createTestRegister(prepare?: (owner: pg.Pool) => Promise<unknown>): Promise<TestRegister> {
  const database = await createTestDatabase({ seeded: true });
  const pool = createPool(database.appUrl);
  const owner = createPool(database.migratorUrl, { max: 2 });
  await prepare?.(owner);
  const law = await createLiveLaw(pool);
  const close = async () => {
    law.stop();
    await Promise.all([pool.end(), owner.end()]);
    await database.drop();
  };
  return { database, pool, owner, law, door: createDoor({ pool, law }), close };
}

export const investor = person('investor.besi', 'investor');
export const receiving = person('receiving-officer.hcmc-pasc.1', 'receiving-officer', 'hcmc-pasc');
export const documents = [{ code: 'request', documentId: 'doc-1', obtainedFrom: null }];

/** What `POST /cases` hands to the door. */
export function openingCommand(
  filing: Filing,
  openedAt: Instant,
  managed = true,
  chosen: Pick<Parameters<typeof openingOf>[0], 'pathway' | 'adjusts' | 'site'> = {},
): Extract<Command, { type: 'openCase' }> {
  const screening = screen(filing, openedAt, catalogue(), dateOf(openedAt));
  const personId = investor.kind === 'person' ? investor.id : '';
  const opening = withLaneAsClaimed(
    openingOf({ filing, filingHash: 'hash-of-filing', screening, personId, ...chosen }),
  );
  return { type: 'openCase', opening, managed };
}

let keys = 0;

/** One case in a register, driven by hand: each method is one command through the door. */
export class TestCase {
  private operation = 0;

  private constructor(
    readonly register: TestRegister,
    readonly code: string,
  ) {}

  static async open(register: TestRegister, openedAt = at('2026-07-06 09:00'), managed = true): Promise<TestCase> {
    const accepted = await register.door.open({
      command: openingCommand(exampleProjects.besi, openedAt, managed),
      actor: investor as Extract<Actor, { kind: 'person' }>,
      key: `key-${++keys}`,
      bodyHash: 'body',
      occurredAt: openedAt,
    });
    return new TestCase(register, accepted.caseCode);
  }

  state(): Promise<CaseState> {
    return getState(this.register.pool, this.code);
  }

  envelope(actor: Actor, occurredAt: Instant, command: Command, operationId?: string): Envelope {
    return {
      caseCode: this.code,
      command,
      actor,
      occurredAt,
      operationId: operationId ?? `${this.code}/${++this.operation}`,
      bodyHash: 'body',
    };
  }

  act(actor: Actor, occurredAt: Instant, command: Command, operationId?: string): Promise<Handled> {
    return this.register.door.handle(this.envelope(actor, occurredAt, command, operationId));
  }

  /** A command of the workflow of a scope that has seen everything. */
  async engine(scope: ScopeId, occurredAt: Instant, command: Command): Promise<Handled> {
    const box = (await this.state()).scopes[scope];
    return this.register.door.handle({
      ...this.envelope({ kind: 'engine', scope }, occurredAt, command),
      bound: { scope, generation: box?.generation ?? 1, basedOn: box?.lastSeq ?? 0 },
    });
  }

  get scope(): ScopeId {
    return caseScope(this.code);
  }

  procedure(code: string, attempt = 1): ScopeId {
    return procedureScope(this.code, code, attempt);
  }

  async taskId(key: string): Promise<string> {
    for (const task of allTasks(await this.state()))
      if (task.key === key && task.status !== 'cancelled') return task.id;
    throw new Error(`no task ${key}`);
  }

  openTask(
    scope: ScopeId,
    when: string,
    key: string,
    kind: TaskKind,
    agency: string,
    role: TaskRole,
    step: string | null = null,
  ): Promise<Handled> {
    return this.engine(scope, at(when), { type: 'openTask', key, kind, agency, role, step });
  }

  async complete(key: string, actor: Actor, when: string, completion: Completion): Promise<Handled> {
    const taskId = await this.taskId(key);
    await this.act(actor, at(when), { type: 'claimTask', taskId });
    return this.act(actor, at(when), { type: 'completeTask', taskId, completion });
  }
}

/** The certificate of BESI, with the dossier received on Monday 6 July 2026 at ten and the first check done. */
export async function received(register: TestRegister): Promise<{ file: TestCase; irc: ScopeId }> {
  const file = await TestCase.open(register);
  const irc = file.procedure('irc-ordinary');
  await file.engine(file.scope, at('2026-07-06 09:00'), { type: 'openProcedure', procedure: 'irc-ordinary' });
  await file.act(investor, at('2026-07-06 09:05'), { type: 'fileDossier', procedure: 'irc-ordinary', documents });
  await file.openTask(irc, '2026-07-06 09:05', 'intake/1', 'intake', 'hcmc-pasc', 'receiving-officer');
  await file.complete('intake/1', receiving, '2026-07-06 10:00', { outcome: 'receive' });
  await file.engine(irc, at('2026-07-06 10:00'), { type: 'startStep', step: 'completeness-check' });
  await file.engine(irc, at('2026-07-06 10:01'), {
    type: 'completeStep',
    step: 'completeness-check',
    outcome: 'complete',
    by: 'system',
    reference: null,
  });
  return { file, irc };
}

/** … the agencies asked, both have agreed, the assessment is an officer's task. */
export async function assessing(register: TestRegister): Promise<{ file: TestCase; irc: ScopeId }> {
  const { file, irc } = await received(register);
  await file.engine(irc, at('2026-07-06 10:02'), { type: 'openConsultation', step: 'opinions' });
  const consultation = `${irc}/consultation/1`;
  for (const agency of ['dost', 'dpa']) {
    await file.act({ kind: 'agency-system', agency }, at('2026-07-08 10:00'), {
      type: 'giveOpinion',
      consultation,
      agency,
      position: 'agree',
      conditions: [],
      legalBasis: null,
      messageId: `m-${agency}`,
    });
  }
  await file.engine(consultation, at('2026-07-08 10:01'), { type: 'closeConsultation' });
  await file.openTask(irc, '2026-07-08 10:02', 'step/assessment', 'step', 'shtp-board', 'officer', 'assessment');
  return { file, irc };
}

/** The code of the refusal, or `accepted`; anything else is thrown on. */
export async function refusedWith(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
    return 'accepted';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

/** A pool that counts how often it waits for the server. Opening a session is not counted: a pool keeps them. */
export function countRoundTrips(register: TestRegister): { readonly pool: pg.Pool; readonly trips: number } {
  const pool = createPool(register.database.appUrl, { max: 1 });
  let trips = 0;
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    Object.assign(client, {
      query: (...args: unknown[]) => {
        trips += 1;
        return query(...args);
      },
    });
  });
  return {
    pool,
    get trips() {
      return trips;
    },
  };
}

export { feedSettled } from '../support/feed.js';

/** A register on the morning of 8 July 2026 whose law is newer only when somebody asks for it: what makes it newer is what is tested. */
export async function createChangingRegister(): Promise<TestRegister> {
  const own = await createTestRegister();
  await startRehearsal(own.pool, 'stepped', at('2026-07-08 11:00'));
  const law = await createLiveLaw(own.pool, { pollMs: 3_600_000 });
  const close = async () => {
    law.stop();
    await own.close();
  };
  return { ...own, law, door: createDoor({ pool: own.pool, law }), close };
}
