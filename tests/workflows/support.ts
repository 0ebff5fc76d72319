import { foundOut } from '../support/scene.js';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { type DataConverter } from '@temporalio/common';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import type pg from 'pg';
import { pino } from 'pino';
import { signerOf } from '../../activities/signer.js';
import { businessNow, startRehearsal } from '../../db/register/business-clock.js';
import { handleMessages } from '../../db/outbound/inbox-handler.js';
import { receiveMessage } from '../../db/outbound/inbox.js';
import { isSettled } from '../../engine/register/mailbox.js';
import { type Command } from '../../domain/case/commands.js';
import type { Completion } from '../../domain/case/task/commands.js';
import { allTasks, type TaskState } from '../../domain/case/task/state.js';
import { latestAttempt } from '../../domain/case/procedure/state.js';
import { callDue } from '../../db/register/agenda.js';
import { eventOf } from '../../db/register/chain-link.js';
import { type Actor, type CaseEvent } from '../../domain/case/events.js';
import { caseScope, procedureScope, type ScopeId } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { type OpinionCallback } from '../../domain/schemas/agency-messages.js';
import { type Filing } from '../../domain/lane/screening.js';
import { exampleProjects } from '../../seeds/index.js';
import { type Engine, type EngineOptions, startEngine } from '../../worker/engine.js';
import { workflowBundle } from '../../worker/bundle.js';
import { waitUntil } from '../../scripts/platform/processes.js';
import { prepareNamespace } from '../../scripts/platform/temporal.js';
import { startAgencies, token } from '../agencies/support.js';
import { createTestRegister, investor, openingCommand, type TestRegister } from '../db/support.js';
import { getState } from '../support/kept-state.js';
import { findingsFor, missingEvidence } from '../support/lane.js';
import { taskQueue, temporalTarget } from '../support/environment.js';
import { at, person } from '../support/memory-register.js';

export { exampleProjects } from '../../seeds/index.js';

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
});

const { privateKey } = generateKeyPairSync('ed25519');

/** The bundle of this state of the sources, built once for all tests. */
export const bundlePath = (): Promise<string> =>
  workflowBundle(join(import.meta.dirname, '../../node_modules/.cache/workflow-bundle'));

interface TownOptions {
  /** Where the clock stands; undefined = real time, with timers. */
  readonly stepped?: string;
  readonly maxCachedWorkflows?: number;
  readonly agencyAttempts?: number;
  readonly webhooks?: NonNullable<EngineOptions['webhooks']>;
  /** Changes the seeded register before anybody reads the law. */
  readonly prepare?: (owner: pg.Pool) => Promise<unknown>;
}

/** A register, the agencies, Temporal and our worker, in one process; the people are played by the test. */
export class Town {
  engine: Engine;
  /** The loops of the engine that failed, each time once. */
  readonly failed: string[] = [];
  private operation = 0;
  private engines = 0;

  private constructor(
    readonly register: TestRegister,
    readonly agencies: Awaited<ReturnType<typeof startAgencies>>,
    private readonly callbacks: { url: string; server: Server },
    public client: Client,
    private readonly native: NativeConnection,
    readonly queue: string,
    private readonly options: TownOptions,
  ) {
    this.engine = undefined as unknown as Engine;
  }

  static async found(options: TownOptions = { stepped: '2026-07-06 09:00' }): Promise<Town> {
    const register = await createTestRegister(options.prepare);
    if (options.stepped !== undefined) await startRehearsal(register.pool, 'stepped', at(options.stepped));
    const { address } = temporalTarget();
    // Each register numbers its cases from one: in a namespace of their own they meet no others.
    const queue = taskQueue();
    if (!(await waitUntil(() => prepareNamespace({ address }, queue), 30_000))) throw new Error('no namespace');
    const connection = await Connection.connect({ address });
    const town = new Town(
      register,
      await startAgencies(),
      await callbackDesk(register),
      new Client({ connection, namespace: queue }),
      await NativeConnection.connect({ address }),
      queue,
      options,
    );
    await town.work();
    return town;
  }

  /** Starts the worker, or another one. */
  async work(): Promise<void> {
    this.engine = await startEngine({
      pool: this.register.pool,
      law: this.register.law,
      signer: signerOf(privateKey),
      connection: this.native,
      client: this.client,
      namespace: this.queue,
      taskQueue: this.queue,
      workflowBundle: { codePath: await bundlePath() },
      agencies: {
        baseUrl: this.agencies.client.url,
        token,
        callbackBaseUrl: this.callbacks.url,
        calls: { attempts: this.options.agencyAttempts ?? 3, firstRetryMs: 50 },
        callsPerSecond: 1_000,
      },
      ...(this.options.webhooks === undefined ? {} : { webhooks: this.options.webhooks }),
      maxCachedWorkflows: this.options.maxCachedWorkflows ?? 200,
      identity: `worker-${++this.engines}-${this.queue}`,
      logger: pino({ level: process.env['LOG_LEVEL'] ?? 'silent' }),
      failed: (loop) => this.failed.push(loop),
    });
  }

  /** Starts the worker again, with a client of that data converter. */
  async workWith(dataConverter: DataConverter): Promise<void> {
    await this.engine.stop();
    this.client = new Client({ connection: this.client.connection, namespace: this.queue, dataConverter });
    await this.work();
  }

  async close(): Promise<void> {
    await this.engine.stop();
    await this.agencies.stop();
    this.callbacks.server.closeAllConnections();
    await new Promise((resolve) => this.callbacks.server.close(resolve));
    await this.client.connection.close();
    await this.native.close();
    await this.register.close();
  }

  now(): Promise<string> {
    return businessNow(this.register.pool);
  }

  /** Files a project as `POST /cases` does. */
  async open(filing: Filing = exampleProjects.besi, chosen?: Parameters<typeof openingCommand>[3]): Promise<TownCase> {
    const occurredAt = await this.now();
    const accepted = await this.engine.door.open({
      command: openingCommand(filing, occurredAt, true, chosen),
      actor: investor as Extract<Actor, { kind: 'person' }>,
      key: `key-${++this.operation}`,
      bodyHash: 'body',
      occurredAt,
      attach: () => ({
        filing: {
          body: filing,
          nameVi: filing.project.name.vi,
          nameEn: filing.project.name.en,
          search: filing.project.name.en,
        },
      }),
    });
    return new TownCase(this, accepted.caseCode);
  }
}

/** Takes opinions as the API's callback route does, without its checks of the signature. */
async function callbackDesk(register: TestRegister): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    let raw = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (raw += chunk));
    request.on('end', () => {
      const take = async () => {
        const body = JSON.parse(raw) as OpinionCallback;
        const agency = request.url?.split('/').at(-1) ?? '';
        const receivedAt = await businessNow(register.pool);
        const { id } = await receiveMessage(register.pool, { agency, messageId: body.messageId, body, receivedAt });
        await handleMessages({ pool: register.pool, door: register.door, limit: 1, only: id });
      };
      take().then(
        () => response.writeHead(202).end(),
        () => response.writeHead(500).end(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** The evidence of a case, oldest first. */
export async function eventsOf(town: Town, caseCode: string): Promise<CaseEvent[]> {
  const { rows } = await town.register.pool.query<{ canonical: string }>(
    'select canonical from case_event where case_code = $1 order by seq',
    [caseCode],
  );
  return rows.map(({ canonical }) => eventOf(canonical));
}

/** The register closes a scope a moment before its run ends. */
export async function runsEnded(town: Town, scopes: readonly ScopeId[]): Promise<void> {
  const results = scopes.map((scope) => town.client.workflow.getHandle(scope).result());
  await Promise.race([
    Promise.all(results),
    sleep(10_000, undefined, { ref: false }).then(() => Promise.reject(new Error('a run goes on'))),
  ]);
}

/** What Temporal keeps of the last run of a scope; payloads readable in `text`. */
export async function historyOf(town: Town, scope: ScopeId) {
  const history = await town.client.workflow.getHandle(scope).fetchHistory();
  const events = history.events ?? [];
  const text = JSON.stringify(events, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
  );
  return { history, events, length: events.length, text };
}

/** Who may do a task. */
const holder = (task: TaskState): Actor =>
  task.role === 'head'
    ? person(`head.${task.agency}`, 'head', task.agency)
    : person(`${task.role}.${task.agency}.1`, task.role, task.agency);

const usual: Record<TaskState['kind'], string> = {
  intake: 'receive',
  step: 'done',
  opinion: 'agree',
  lane: 'green',
  revocation: 'keep',
  silence: 'treat-as-agreed',
  lapse: 'continue',
  'by-hand': 'done',
  stuck: 'done',
  apology: 'not-needed',
  conference: 'decide',
  statement: 'by-link',
  question: 'answer',
  fact: 'confirm',
  extract: 'register-stands',
  outside: 'settled',
  'result-change': 'keep',
  fit: 'fits',
  hold: 'lift',
  incident: 'examined',
  'trial-request': 'grant',
  completion: 'completed',
  signatory: 'name',
  instruction: 'answer',
};

/** One case in the town. */
export class TownCase {
  private operation = 0;
  /** Acts of people: claim and completion of a task, or a filing, are one step. */
  humanSteps = 0;

  constructor(
    readonly town: Town,
    readonly code: string,
  ) {}

  get scope(): ScopeId {
    return caseScope(this.code);
  }

  procedure(code: string, attempt = 1): ScopeId {
    return procedureScope(this.code, code, attempt);
  }

  state(): Promise<CaseState> {
    return getState(this.town.register.pool, this.code);
  }

  async act(actor: Actor, command: Command): Promise<void> {
    await this.town.engine.door.handle({
      caseCode: this.code,
      command,
      actor,
      occurredAt: await this.town.now(),
      operationId: `${this.code}/test-${++this.operation}`,
      bodyHash: 'body',
    });
  }

  fileDossier(procedure: string, code: string): Promise<void> {
    this.humanSteps += 1;
    const documents = [{ code, documentId: `doc-${procedure}`, obtainedFrom: null }];
    return this.act(investor, { type: 'fileDossier', procedure, documents });
  }

  async complete(task: TaskState, completion?: Partial<Completion>): Promise<void> {
    this.humanSteps += 1;
    const actor = holder(task);
    const outcome = task.kind === 'step' && task.role === 'head' ? 'approve' : usual[task.kind];
    const issues = (await this.state()).consultations[task.scope]?.conference?.issues ?? [];
    const settled = task.kind === 'conference' && {
      resolutions: issues.map(({ id }) => ({ issue: id, upholds: null })),
    };
    const green = task.kind === 'lane' && (completion?.outcome ?? outcome) === 'green';
    if (green) for (const given of missingEvidence(await this.state())) await this.act(investor, given);
    const found = task.kind === 'lane' && {
      findings: findingsFor(await this.state(), completion?.outcome ?? outcome),
    };
    const answered = task.kind === 'fact' && foundOut(await this.state(), task);
    if (task.claimedBy === null) await this.act(actor, { type: 'claimTask', taskId: task.id });
    await this.act(actor, {
      type: 'completeTask',
      taskId: task.id,
      completion: {
        outcome,
        reason: 'because',
        reference: 'by-hand-1',
        ...answered,
        ...settled,
        ...found,
        ...completion,
      },
    });
  }

  /** Waits, as somebody who looks into the register again and again. */
  async until<T>(
    what: string,
    look: (state: CaseState) => T | undefined | false | null | Promise<T | undefined | false | null>,
    patienceMs = 15_000,
  ): Promise<T> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const state = await this.state();
      const found = await look(state);
      if (found !== undefined && found !== false && found !== null) return found;
      if (performance.now() > deadline) {
        const open = [...allTasks(state)]
          .filter((task) => task.status === 'open')
          .map((task) => `${task.scope} ${task.key}`);
        throw new Error(`waited in vain for ${what}; open: ${open.join(', ')}; ${await this.standing()}`);
      }
      await sleep(15);
    }
  }

  private async standing(): Promise<string> {
    const { rows } = await this.town.register.pool.query(
      'select id, generation, last_seq, sent_seq, done_seq, attempts from scope where case_code = $1 and not closed order by id',
      [this.code],
    );
    return JSON.stringify(rows);
  }

  task(key: string, patienceMs?: number): Promise<TaskState> {
    return this.until(
      `task ${key}`,
      (state) =>
        [...allTasks(state)].find((task) => task.key === key && (task.status === 'open' || task.status === 'claimed')),
      patienceMs,
    );
  }

  /** Until every open scope has thought about all it was told. */
  async quiet(patienceMs = 15_000): Promise<void> {
    const deadline = performance.now() + patienceMs;
    while (!(await isSettled(this.town.register.pool, this.code, 0))) {
      if (performance.now() > deadline) throw new Error(`not quiet: ${await this.standing()}`);
      await sleep(15);
    }
  }

  /**
   * Everybody does what is asked of them, in the usual way, until the case is closed and every scope with it; or, where some tasks are left
   * alone, until nothing else moves.
   */
  async liveOn(unless?: (task: TaskState) => boolean, patienceMs?: number): Promise<CaseState> {
    for (;;) {
      await this.quiet();
      const called = await this.isCalled();
      const state = await this.state();
      if (state.closed && Object.values(state.scopes).every(({ closed }) => closed)) return state;
      if (await this.somebodyActs(state, unless ?? (() => false))) continue;
      const asked = Object.values(state.consultations).some(({ opinions }) =>
        Object.values(opinions).some(
          ({ requestId, called, failed, status }) => status === 'asked' && (requestId !== null || (called && !failed)),
        ),
      );
      // A step that a machine does: what comes of its call may be a task for somebody.
      if (called) {
        await this.until('the end of a call', async () => !(await this.isCalled()), patienceMs);
        continue;
      }
      // A call may have ended after all was quiet, and before anybody looked whether one is under way.
      if (await this.hasMovedSince(state)) continue;
      const declares = Object.values(state.procedures).some(({ declaring }) => declaring?.failed === false);
      if (unless && !asked && !declares) return state;
      await this.until('an answer of an agency', (now) => now.seq > state.seq, patienceMs);
    }
  }

  /** Not what this state says: more has happened, or somebody still thinks about it. */
  private async hasMovedSince({ seq }: CaseState): Promise<boolean> {
    const settled = await isSettled(this.town.register.pool, this.code, seq);
    return settled !== true || (await this.state()).seq !== seq;
  }

  private async isCalled(): Promise<boolean> {
    const { rowCount } = await this.town.register.pool.query(
      `select 1 from agenda where kind = $1 and done_at is null and starts_with(ref, $2) limit 1`,
      [callDue, this.scope],
    );
    return rowCount !== 0;
  }

  private async somebodyActs(state: CaseState, unless: (task: TaskState) => boolean): Promise<boolean> {
    for (const { procedure, mandatory } of state.plan) {
      const latest = latestAttempt(state, procedure);
      if (!mandatory || latest?.stage !== 'awaiting-dossier') continue;
      const { documents } = this.town.register.law
        .current()
        .law.procedureVersion(procedure, latest.version, state.facts);
      const document = documents[0];
      if (!document) continue;
      await this.fileDossier(procedure, document.code);
      return true;
    }
    const gate = state.plan
      .flatMap((item) => (item.mandatory ? item.gates : []))
      .find((one) => one === 'deposit-lodged' && !(one in state.gatesMet));
    if (gate !== undefined) {
      this.humanSteps += 1;
      await this.act(investor, { type: 'meetGate', gate, evidence: null });
      return true;
    }
    const task = [...allTasks(state)].find((one) => one.status === 'open' && !unless(one));
    if (!task) return false;
    await this.complete(task);
    return true;
  }
}
