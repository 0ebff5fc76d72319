import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishCalendar, publishDefinition } from '../support/two-admins.js';
import { type CalendarData } from '../../domain/time/calendar.js';
import { type Progress } from '../../engine/words.js';
import { procedureVersion } from '../../domain/law/procedure.js';
import { dateOf, plainDate, type Instant, type PlainDate } from '../../domain/time/instants.js';
import { catalogue } from '../../seeds/index.js';
import { createLawChanges } from '../../worker/law-changes.js';
import { person } from '../support/memory-register.js';
import { eventsOf, exampleProjects, historyOf, Town, type TownCase } from '../workflows/support.js';

const publication = () => ({ id: randomUUID(), bodyHash: 'body', by: 'admin.1' });
const progressOf = (town: Town, scope: string) => town.client.workflow.getHandle(scope).query<Progress>('progress');

describe('a hundred workflows when a calendar is published', { timeout: 180_000 }, () => {
  const cases = 34;
  let town: Town;
  let files: TownCase[];
  beforeAll(async () => {
    town = await Town.found({});
    files = [];
    for (let n = 0; n < cases; n++) files.push(await town.open(exampleProjects.besi));
    await Promise.all(files.map(received));
  }, 180_000);
  afterAll(() => town.close());

  /** The agencies are asked, the Department of Science and Technology has the question in its worklist. */
  async function received(file: TownCase): Promise<void> {
    await file.until('the certificate', (state) => state.procedures[file.procedure('irc-ordinary')], 120_000);
    await file.fileDossier('irc-ordinary', 'request');
    await file.complete(await file.task('intake/1', 120_000));
    await file.task('opinion/dost', 120_000);
    await file.quiet(120_000);
  }

  const jobOf = () =>
    createLawChanges({
      pool: town.register.pool,
      door: town.engine.door,
      law: town.register.law,
      handOver: town.engine.handOver,
      onError: (error) => {
        throw error;
      },
    });
  async function publish(change: (data: CalendarData) => Partial<CalendarData>): Promise<void> {
    const { data } = town.register.law.current().law.calendar('vn-state');
    const next = { ...data, version: data.version + 1, ...change(data), document: `Thông báo ${data.version}` };
    await publishCalendar(town.register.pool, publication(), next);
    const job = jobOf();
    while (await job.redate());
    await town.register.law.atLeast();
  }
  const timers = async () => {
    const { rows } = await town.register.pool.query<{
      id: string;
      generation: number;
      next: Instant | null;
      poke: boolean;
    }>('select id, generation, next_at as next, poke from scope where not closed order by id');
    return rows;
  };
  const agree = async () => {
    const standing = await timers();
    const seen = await Promise.all(standing.map(({ id }) => progressOf(town, id)));
    return standing.filter(({ next }, i) => seen[i]?.nextTimer !== next).map(({ id }) => id);
  };

  it('those that must wake earlier are told, a few at a time, and their timer is the new one', async () => {
    const today = dateOf(await town.now());
    const { workingDates } = town.register.law.current().law.calendar('vn-state');
    const soon = workingDates.filter((date) => date > today).slice(0, 3);
    const dayOff = (date: PlainDate) => ({ date, name: { vi: 'Nghỉ', en: 'Off' }, source: 'test', verified: true });
    expect((await timers()).length).toBeGreaterThanOrEqual(100);
    expect(await agree()).toEqual([]);

    await publish(({ daysOff }) => ({ daysOff: [...daysOff, ...soon.map(dayOff)] }));
    // Later for everybody: whoever wakes too early looks again, so nobody is told.
    expect((await timers()).filter(({ poke }) => poke)).toEqual([]);
    for (const { id, generation } of await timers())
      await town.engine.handOver.poke({ scope: id, kind: 'procedure', generation });
    await expect.poll(agree, { timeout: 30_000, interval: 200 }).toEqual([]);

    await publish(({ daysOff }) => ({ daysOff: daysOff.filter(({ date }) => !soon.includes(date)) }));
    const sleeping = (await timers()).filter(({ poke }) => poke).map(({ id }) => id);
    expect(sleeping).toHaveLength(2 * cases);
    expect((await agree()).sort()).toEqual(sleeping.sort());
    const job = jobOf();
    expect(await job.poke(50)).toBe(50);
    await job.poke(50);
    expect(await job.poke(50)).toBe(0);
    await expect.poll(agree, { timeout: 30_000, interval: 200 }).toEqual([]);
  });

  it('and every rung comes once, in its order, none lost', async () => {
    const { settings } = town.register.law.current().law;
    const from = Date.parse(await town.now());
    // One machine looks every few days, another sleeps for two months.
    const looks = (n: number): number[] => (n % 2 === 0 ? [3, 9, 14, 20, 60] : [60]);
    for (const [n, file] of files.entries()) {
      for (const days of looks(n)) {
        await town.engine.door.handle({
          caseCode: file.code,
          command: { type: 'settle' },
          actor: { kind: 'clock' },
          occurredAt: new Date(from + days * 86_400_000).toISOString(),
          operationId: `${file.code}/look-${days}`,
          bodyHash: 'settle',
        });
      }
    }
    const told = await Promise.all(files.map(async ({ code }) => ({ code, events: await eventsOf(town, code) })));
    const rungsOf = ({ code, events }: (typeof told)[number]) =>
      events.flatMap((event) =>
        event.type === 'rungReached'
          ? [
              {
                ...event.payload,
                scope: event.scope.replace(code, ''),
                clock: event.payload.clock.replace(code, ''),
                at: event.occurredAt,
              },
            ]
          : [],
      );
    const [first = []] = told.map(rungsOf);
    for (const one of told) {
      const rungs = rungsOf(one);
      expect(rungs).toEqual(first);
      const ids = rungs.map(({ scope, clock, rung, dueDate }) => `${scope} ${clock} ${rung} ${dueDate ?? ''}`);
      expect(new Set(ids).size).toBe(ids.length);
      const printed = rungs.filter(({ clock }) => clock === 'printed').map(({ rung }) => rung);
      expect(printed).toEqual(settings.ladders.procedure.map(({ code }) => code));
      expect(one.events.filter(({ type }) => type === 'clocksRedated')).toHaveLength(4);
    }
  });
});

describe('a definition that changes under a running workflow', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.found({ stepped: '2026-07-06 09:00' });
  });
  afterAll(() => town.close());

  it('the open task of a dropped step goes, the new step opens, what is done stays done, and the case comes to its end', async () => {
    const file = await town.open(exampleProjects.besi);
    await file.liveOn(({ key }) => key === 'step/assessment');
    const irc = file.procedure('irc-ordinary');
    const before = await file.task('step/assessment');
    await file.act(person('officer.shtp-board.1', 'officer', 'shtp-board'), { type: 'claimTask', taskId: before.id });
    const clockBefore = (await file.state()).procedures[irc];

    const current = procedureVersion(catalogue().procedures, 'irc-ordinary', 'newest');
    const validFrom = plainDate('2026-07-06');
    const version = `irc-ordinary@${validFrom}`;
    const steps = current.steps.flatMap((step) => {
      if (step.code === 'assessment') {
        return [
          { ...step, code: 'site-visit', shareOfBudget: 0 },
          { ...step, code: 'appraisal', dependsOn: ['opinions', 'site-visit'] },
        ];
      }
      return [step.code === 'decision' ? { ...step, dependsOn: ['appraisal'] } : step];
    });
    await publishDefinition(town.register.pool, publication(), {
      ...structuredClone(current),
      validFrom,
      version,
      steps,
    });
    await file.act(person('admin.1', 'admin'), { type: 'migrateProcedure', scope: irc, version });

    const visit = await file.task('step/site-visit');
    const state = await file.state();
    expect(state.procedures[irc]?.tasks[before.id]?.status).toBe('cancelled');
    expect(state.procedures[irc]).toMatchObject({
      version,
      budget: clockBefore?.budget,
      ledger: clockBefore?.ledger,
      printedDueDate: clockBefore?.printedDueDate,
    });
    expect(state.procedures[irc]?.consultations).toBe(1);
    expect(visit.agency).toBe('shtp-board');
    const { events } = await historyOf(town, irc);
    expect(events[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).toBeTruthy();

    const ended = await file.liveOn();
    expect(ended.closed).toMatchObject({ outcome: 'approved' });
    const done = Object.entries(ended.procedures[irc]?.steps ?? {}).filter(
      ([, { completedAt }]) => completedAt !== null,
    );
    expect(done.map(([code]) => code).sort()).toEqual(steps.map(({ code }) => code).sort());
    const asked = (await eventsOf(town, file.code)).filter(({ type }) => type === 'consultationOpened');
    expect(asked.filter(({ scope }) => scope.startsWith(irc))).toHaveLength(1);
    expect(
      (await eventsOf(town, file.code)).filter(
        ({ type, payload }) => type === 'taskOpened' && 'kind' in payload && payload.kind === 'stuck',
      ),
    ).toEqual([]);
  });

  it('what is received after it comes into force goes by it without anybody’s doing', async () => {
    const file = await town.open(exampleProjects.besi);
    await file.liveOn(({ key }) => key === 'step/site-visit');
    await file.task('step/site-visit');
    expect((await file.state()).procedures[file.procedure('irc-ordinary')]).toMatchObject({
      version: 'irc-ordinary@2026-07-06',
      migrations: 0,
    });
  });
});
