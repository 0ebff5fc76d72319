import { caseRuns } from '../../domain/case/activities.js';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAgencyClient } from '../../activities/agency-client.js';
import { startMailServer, type MailServer } from '../../agencies/mail-server/mail-server.js';
import { callDue, dutyDue, statusLook } from '../../db/register/agenda.js';
import { stepClock } from '../../db/register/business-clock.js';
import { absenceBegins } from '../../db/people/delegations.js';
import { publishCalendar, publishDefinition } from '../support/two-admins.js';
import { overdueScopes } from '../../engine/register/mailbox.js';
import { namesCache } from '../../db/read/names.js';
import { createNotifier, noticesDue } from '../../db/outbound/notices.js';
import { createProjector } from '../../db/projection/projector.js';
import { quiet } from '../../db/register/rehearsal.js';
import { createTemporalPort } from '../../engine/register/temporal-port.js';
import { type Actor } from '../../domain/case/events.js';
import { type CaseState } from '../../domain/case/state.js';
import { Refusal } from '../../domain/errors.js';
import { regimeOfAdmission } from '../../domain/law/admission-code.js';
import { dateOf, type Instant } from '../../domain/time/instants.js';
import { workOffAgenda } from '../../worker/agenda.js';
import { handOverAbsence } from '../../worker/delegations.js';
import { reconcile } from '../../worker/reconcile.js';
import { settleDuties } from '../../worker/duties.js';
import { lookAtStatuses, planStatusLook, tellStatuses } from '../../worker/statuses.js';
import { createLawChanges } from '../../worker/law-changes.js';
import { startLoop, type Loop } from '../../engine/worker/loop.js';
import { createMailer } from '../../worker/mailer.js';
import { token } from '../agencies/support.js';
import { investor } from '../db/support.js';
import { getState } from '../support/kept-state.js';
import { nextVersion } from '../support/changing-law.js';
import { freePort } from '../support/environment.js';
import { drawing, type Draw } from '../support/drawing.js';
import { randomAct } from '../support/random-acts.js';
import { randomOpening, randomTrial } from '../support/random-cases.js';
import { checkKept, checkWhole } from '../support/register-checks.js';
import { catalogueData } from '../../seeds/index.js';
import { Town } from '../workflows/support.js';

/** At the door at the same time. */
const lanes = 6;
const patienceMs = 120_000;

/**
 * A town with every loop of the worker, in which people try whatever comes to their minds in many cases at once, while time jumps (everything was down until
 * then) and the law changes twice.
 */
export class RandomTown {
  private readonly loops: Loop[] = [];
  private readonly bugs: unknown[] = [];
  private readonly codes: string[] = [];
  private operation = 0;

  private constructor(
    private readonly town: Town,
    private readonly mail: MailServer,
    private readonly folder: string,
    private readonly draw: Draw,
  ) {}

  static async found(seed: number): Promise<RandomTown> {
    const [town, folder, smtpPort, httpPort] = await Promise.all([
      Town.found(),
      mkdtemp(join(tmpdir(), 'luong-xanh-mails-')),
      freePort(),
      freePort(),
    ]);
    const mail = await startMailServer({ host: '127.0.0.1', smtpPort, httpPort, folder });
    const random = new RandomTown(town, mail, folder, drawing(seed));
    await town.agencies.client.call('PUT', '/control/clock', { now: await town.now() });
    random.work(`smtp://127.0.0.1:${smtpPort}`);
    return random;
  }

  /** What `worker/jobs.ts` has done beside the engine. */
  private work(smtpUrl: string): void {
    const { pool, law } = this.town.register;
    const { door, handOver } = this.town.engine;
    const onError = (error: unknown): void => void this.bugs.push(error);
    const projector = createProjector({ pool, law });
    const notifier = createNotifier({ pool, law });
    const changes = createLawChanges({ pool, door, law, handOver, onError });
    const client = createAgencyClient({ baseUrl: this.town.agencies.client.url, token });
    const mailer = createMailer({
      pool,
      names: namesCache(pool),
      digestAbove: () => law.current().law.settings.notices.digestAbove,
      smtpUrl,
      from: 'Luồng Xanh <no-reply@luong-xanh.example>',
      gateway: client,
    });
    const handlers = {
      [absenceBegins]: handOverAbsence({ pool, door }),
      [noticesDue]: mailer.composeFor,
      [dutyDue]: settleDuties({ door }),
      [statusLook]: lookAtStatuses({ pool, door, client, attempts: 3, onError }),
    };
    const rounds: Record<string, () => Promise<boolean | 'soon'>> = {
      projector: async () => (await projector.runOnce()) > 0,
      notifier: async () => (await notifier.runOnce()) > 0,
      statuses: async () => (await tellStatuses({ pool, client, onError })) > 0,
      'status looks': async () => {
        await planStatusLook(pool, await this.town.now());
        return false;
      },
      agenda: () => workOffAgenda({ pool, handlers, onError, except: [callDue] }),
      'law changes': () => changes.redate(),
      pokes: async () => (await changes.poke(50)) === 50,
      mails: () => mailer.mails(),
      'short messages': () => mailer.shortMessages(),
    };
    for (const [name, round] of Object.entries(rounds))
      this.loops.push(startLoop({ name, everyMs: 100, onError, round }));
  }

  async close(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
    await this.town.close();
    await this.mail.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  async openCases(count: number): Promise<void> {
    const now = await this.town.now();
    const { law } = this.town.register.law.current();
    // Some of them are trials.
    const kinds = Array.from({ length: count }, (_, n) => (n % 8 === 7 ? randomTrial : randomOpening));
    await this.each(kinds, async (open) => {
      const opening = {
        ...open(this.draw, law, now),
        investor: { personId: 'investor.besi', organisation: null },
      };
      const filing = {
        command: { type: 'openCase', opening, managed: true },
        actor: investor as Extract<Actor, { kind: 'person' }>,
        key: `random-${++this.operation}`,
        bodyHash: 'body',
        occurredAt: now,
      } as const;
      const { caseCode } = await patiently(() => this.town.engine.door.open(filing));
      this.codes.push(caseCode);
    });
    await this.untilQuiet();
  }

  /** Two acts in every case, side by side; answers which commands the door took. */
  async act(): Promise<Set<string>> {
    const accepted = new Set<string>();
    const now = await this.town.now();
    await this.each([...this.codes, ...this.codes], async (code) => {
      const scene = {
        state: await this.stateOf(code),
        law: this.town.register.law.current().law,
        now,
        draw: this.draw,
      };
      const { command, actor } = randomAct(scene, 'people');
      // No person does it: see `startsAnew`.
      if (command.type === 'rebuildScope') return;
      const operationId = `${code}/random-${++this.operation}`;
      try {
        await this.town.engine.door.handle({
          caseCode: code,
          command,
          actor,
          occurredAt: now,
          operationId,
          bodyHash: 'body',
        });
        accepted.add(command.type);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    });
    await this.untilQuiet();
    return accepted;
  }

  /** Everything was down for so long. */
  async jump(minutes: number): Promise<void> {
    const { pool } = this.town.register;
    const now = await stepClock(pool, new Date(Date.parse(await this.town.now()) + minutes * 60_000).toISOString());
    await this.town.agencies.client.call('PUT', '/control/clock', { now });
    const due = await overdueScopes(pool, now, 10_000);
    await this.each([...new Set(due.map(({ caseCode }) => caseCode))], (code) => this.settle(code, now));
    await this.untilQuiet();
  }

  private async settle(caseCode: string, occurredAt: Instant): Promise<void> {
    const operationId = `case/${caseCode}/settle/${occurredAt}`;
    const settle = { command: { type: 'settle' }, actor: { kind: 'clock' }, bodyHash: 'settle' } as const;
    await this.town.engine.door.handle({ ...settle, caseCode, occurredAt, operationId });
  }

  /** Three working days of next week become days off. */
  async changeCalendar(): Promise<void> {
    const { pool, law } = this.town.register;
    const newest = await law.atLeast();
    const { data, workingDates } = newest.law.calendar('vn-state');
    const today = dateOf(await this.town.now());
    const off = workingDates.filter((date) => date > today).slice(3, 6);
    const days = off.map((date) => ({ date, name: { vi: 'Nghỉ', en: 'Off' }, source: 'test', verified: true }));
    const next = { ...data, version: data.version + 1, daysOff: [...data.daysOff, ...days], document: 'Thông báo 1' };
    await publishCalendar(pool, { id: randomUUID(), bodyHash: 'body', by: 'admin.1' }, next);
    await this.untilQuiet();
  }

  /** From today a visit comes before every officer's first step; admissions to a trial follow from their regimes and stay. */
  async changeDefinitions(): Promise<void> {
    const { pool, law } = this.town.register;
    const today = dateOf(await this.town.now());
    for (const one of catalogueData().procedures) {
      const changes = one.validTo === null && regimeOfAdmission(one.code) === undefined;
      const [, next] = changes ? nextVersion(one, today) : [];
      if (next) await publishDefinition(pool, { id: randomUUID(), bodyHash: 'body', by: 'admin.1' }, next);
    }
    await law.atLeast();
    await this.untilQuiet();
  }

  /** Temporal has lost everything: every workflow starts anew from the register. */
  async startsAnew(): Promise<void> {
    const { register, engine, client, queue } = this.town;
    await reconcile({ pool: register.pool, door: engine.door, port: createTemporalPort(client, queue, caseRuns) });
    await this.untilQuiet();
  }

  /** Settles every case, and holds the register against its events. */
  async check(): Promise<CaseState[]> {
    const now = await this.town.now();
    const states: CaseState[] = [];
    await this.each(this.codes, (code) => this.settle(code, now));
    await this.untilQuiet();
    for (const code of this.codes) states.push(await checkKept(this.town.register, code, now));
    await checkWhole(this.town.register);
    return states;
  }

  /** Of how many projects there is a figure of their days, and how many of these have ended. */
  async measured(): Promise<{ projects: number; ended: number }> {
    const { rows } = await this.town.register.pool.query<{ projects: number; ended: number }>(
      `select count(*)::int as projects, count(ended_on)::int as ended from case_fact where kind = 'green-lane'`,
    );
    return rows[0] ?? { projects: 0, ended: 0 };
  }

  private stateOf(code: string): Promise<CaseState> {
    return getState(this.town.register.pool, code);
  }

  /** Until every workflow has thought, every message was handled, everybody was told. */
  private async untilQuiet(): Promise<void> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      if (this.bugs.length > 0) throw this.bugs[0];
      const state = await quiet(this.town.register.pool);
      if (state.quiet && (await this.undelivered()) === 0) return;
      if (performance.now() > deadline) throw new Error(`not quiet: ${JSON.stringify(state)}`);
      await sleep(20);
    }
  }

  private async undelivered(): Promise<number> {
    const { body } = await this.town.agencies.client.call('GET', '/control/next');
    return (body as { undelivered: number }).undelivered;
  }

  private async each<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
    const waiting = all.values();
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        for (const one of waiting) await work(one);
      }),
    );
  }
}

/** Sends the same again while the register has no time, as its contract says. */
async function patiently<T>(send: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'OVERLOADED')) throw error;
      await sleep(500);
    }
  }
}

/** So many cases through so many rounds: acts, then time. On the way the law changes, and every workflow starts anew. */
export async function lifeOf({
  cases,
  rounds,
  seed,
}: {
  readonly cases: number;
  readonly rounds: number;
  readonly seed: number;
}): Promise<{ accepted: Set<string>; measured: { projects: number; ended: number } }> {
  const draw = drawing(seed + 1);
  const town = await RandomTown.found(seed);
  const accepted = new Set<string>();
  try {
    await town.openCases(cases);
    for (let round = 1; round <= rounds; round++) {
      for (const type of await town.act()) accepted.add(type);
      await town.jump([draw(60), draw(600), draw(1_500), draw(100) < 10 ? draw(20_000) : draw(2_000)][draw(4)] ?? 0);
      if (round === Math.ceil(rounds / 3)) await town.changeCalendar();
      if (round === Math.ceil(rounds / 2)) await town.changeDefinitions();
      if (round === Math.ceil((2 * rounds) / 3)) await town.startsAnew();
    }
    await town.jump(40 * 1_440);
    await town.check();
    return { accepted, measured: await town.measured() };
  } finally {
    await town.close();
  }
}
