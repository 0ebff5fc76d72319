import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmCityData, proposeCityData } from '../../db/law/city-data.js';
import { stepClock } from '../../db/register/business-clock.js';
import { consultationScope } from '../../domain/case/scope.js';
import { allTasks, isOver } from '../../domain/case/task/state.js';
import { addDays, dateOf, plainDate, startOf } from '../../domain/time/instants.js';
import { catalogueData } from '../../seeds/index.js';
import { createLawChanges } from '../../worker/law-changes.js';
import { person } from '../support/memory-register.js';
import { eventsOf, exampleProjects, Town } from '../workflows/support.js';

describe('agencies that are merged under running workflows', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.found({ stepped: '2026-07-06 09:00' });
  });
  afterAll(() => town.close());

  async function merge(code: string, mergedInto: string): Promise<void> {
    const data = catalogueData().agencies.find((one) => one.code === code);
    if (!data) throw new Error(code);
    const { change } = await proposeCityData(
      town.register.pool,
      { id: randomUUID(), bodyHash: 'body', by: 'admin.1' },
      {
        change: { kind: 'agency', code, data: { ...data, mergedInto } },
        effectiveFrom: dateOf(await town.now()),
        document: 'Nghị quyết 7',
      },
    );
    await confirmCityData(town.register.pool, change.id, 'admin.2');
    await town.register.law.atLeast();
    const job = createLawChanges({
      pool: town.register.pool,
      door: town.engine.door,
      law: town.register.law,
      handOver: town.engine.handOver,
      onError: (error) => {
        throw error;
      },
    });
    while (await job.redate());
  }

  it('the case goes on with whoever took their place and comes to its end, each question answered once', async () => {
    const file = await town.open(exampleProjects.besi);
    await file.liveOn(({ key }) => key === 'opinion/dost');
    const irc = file.procedure('irc-ordinary');
    const before = await file.state();
    // One that was asked and has not answered, and the one that decides: its workflow has begun with its old name.
    await merge('dost', 'doit');
    await merge('shtp-board', 'hepza');
    const after = await file.state();
    expect(after.procedures[irc]).toMatchObject({
      competentAgency: 'hepza',
      printedDueDate: before.procedures[irc]?.printedDueDate,
      ledger: before.procedures[irc]?.ledger,
    });
    const open = [...allTasks(after)].filter((task) => !isOver(task));
    expect(open.filter(({ agency }) => agency === 'dost' || agency === 'shtp-board')).toEqual([]);
    expect(open.find(({ key }) => key === 'opinion/dost')).toMatchObject({ agency: 'doit' });

    const ended = await file.liveOn();
    expect(ended.closed).toMatchObject({ outcome: 'approved' });
    const events = await eventsOf(town, file.code);
    const ofType = (type: string) => events.filter((event) => event.type === type);
    expect(ofType('agencyMerged').map(({ payload }) => payload)).toMatchObject([
      { merged: 'dost', into: 'doit' },
      { merged: 'shtp-board', into: 'hepza' },
    ]);
    const merger = ofType('agencyMerged').at(-1)?.seq ?? 0;
    const later = events.flatMap((event) =>
      event.type === 'taskOpened' && event.seq > merger ? [event.payload.agency] : [],
    );
    expect(later).toContain('hepza');
    expect(later.filter((agency) => agency === 'dost' || agency === 'shtp-board')).toEqual([]);
    const asked = new Set(
      events.flatMap((event) =>
        event.type === 'opinionGiven' && event.scope.startsWith(irc) ? [event.payload.agency] : [],
      ),
    );
    expect([...asked].sort()).toEqual(['dost', 'dpa']);
    expect(ofType('opinionGiven').filter(({ scope }) => scope.startsWith(irc))).toHaveLength(2);
    // Signed by what the runs believe and what the register says alike.
    expect(ended.procedures[irc]).toMatchObject({ decision: { competentAgency: 'hepza' } });
    expect(ended.procedures[irc]?.signature).not.toBeNull();
    expect([...allTasks(ended)].filter(({ kind }) => kind === 'stuck')).toEqual([]);
  });

  it('a late answer of a merged agency is weighed by the successor of the lead, and nobody is asked again', async () => {
    const file = await town.open(exampleProjects.besi);
    await file.liveOn(({ key }) => key === 'opinion/doit');
    const irc = file.procedure('irc-ordinary');
    const first = consultationScope(irc, 1);
    const second = consultationScope(irc, 2);
    const rounds = async () => (await file.state()).consultations;
    await file.until('the answer of a system', (state) => state.consultations[first]?.opinions['dpa']?.position);
    const due = (await rounds())[first]?.opinions['doit']?.dueDate ?? '';
    await stepClock(town.register.pool, startOf(addDays(plainDate(due), 1)));
    await file.act({ kind: 'clock' }, { type: 'settle' });
    await file.complete(await file.task('step/assessment'));
    await file.task('step/decision');
    const said = { outcome: 'object', legalBasis: 'Luật Công nghệ cao', reason: 'ngoài danh mục' };
    await file.complete(await file.task('opinion/doit'), said);
    // Who decides, who answered late and who answered in time: the last two become one that was not asked.
    await merge('hepza', 'dae');
    await merge('doit', 'doc');
    await merge('dpa', 'doc');
    const reopening = { type: 'reopenConsultation', consultation: first, agency: 'doit', reason: 'rủi ro' } as const;
    await file.act(person('officer.dae.1', 'officer', 'dae'), reopening);
    const conference = await file.task('conference');
    expect(conference).toMatchObject({ scope: second, agency: 'dae' });
    expect((await rounds())[second]?.opinions).toMatchObject({
      doit: { status: 'given', position: 'object', late: true },
      dpa: { status: 'given', position: 'agree' },
    });
    await file.complete(conference, { resolutions: [{ issue: 'objection/doit', upholds: null }] });
    const ended = await file.liveOn();
    expect(ended.closed).toMatchObject({ outcome: 'approved' });
    const asked = await eventsOf(town, file.code);
    const given = asked.flatMap(({ type, scope, payload }) =>
      type === 'opinionGiven' && scope.startsWith(irc) ? [payload] : [],
    );
    expect(given.map((one) => ('agency' in one ? one.agency : '')).sort()).toEqual(['doit', 'dpa']);
    expect([...allTasks(ended)].filter(({ kind }) => kind === 'stuck')).toEqual([]);
  });
});
