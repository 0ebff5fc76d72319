import { caseRuns } from '../../domain/case/activities.js';
import { type InjectedSinks, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stepClock } from '../../db/register/business-clock.js';
import { createTemporalPort } from '../../engine/register/temporal-port.js';
import { foldCase } from '../../domain/case/fold.js';
import { allTasks, type TaskState } from '../../domain/case/task/state.js';
import { addDays, plainDate, startOf } from '../../domain/time/instants.js';
import { reconcile } from '../../worker/reconcile.js';
import { type EngineSinks } from '../../engine/workflow/run.js';
import { person } from '../support/memory-register.js';
import { bundlePath, eventsOf, exampleProjects, historyOf, runsEnded, Town, type TownCase } from './support.js';

const sinks: InjectedSinks<EngineSinks> = { register: { thought: { fn: () => undefined } } };
const irc = 'irc-ordinary';
const opinionOfDost = ({ key }: TaskState) => key === 'opinion/dost';
const lead = person('officer.shtp-board.1', 'officer', 'shtp-board');

/** BESI, asked of Science (an officer, who says nothing yet) and of Planning (a system, which answered as it is set to). */
async function asked(town: Town): Promise<TownCase> {
  const file = await town.open(exampleProjects.besi);
  await file.liveOn(opinionOfDost);
  return file;
}

const consultation = async (file: TownCase, n = 1) =>
  (await file.state()).consultations[`${file.procedure(irc)}/consultation/${n}`];

/** The last date to answer has passed. */
async function silence(town: Town, file: TownCase): Promise<void> {
  const due = (await consultation(file))?.opinions['dost']?.dueDate ?? '';
  await stepClock(town.register.pool, startOf(addDays(plainDate(due), 1)));
  await file.act({ kind: 'clock' }, { type: 'settle' });
}

/** The case ends, with everything in order, and every run of it can be replayed. */
async function endsWell(town: Town, file: TownCase): Promise<void> {
  const state = await file.liveOn();
  expect(state.closed?.outcome).toBe('approved');
  const left = [...allTasks(state)].filter(({ status }) => status !== 'done' && status !== 'cancelled');
  expect(left).toEqual([]);
  expect([...allTasks(state)].filter(({ kind }) => kind === 'stuck')).toEqual([]);
  expect(foldCase(file.code, await eventsOf(town, file.code))).toEqual(state);
  const scopes = Object.keys(state.scopes);
  await runsEnded(town, scopes);
  for (const scope of scopes) {
    const { history } = await historyOf(town, scope);
    await Worker.runReplayHistory({ workflowBundle: { codePath: await bundlePath() }, sinks }, history, scope);
  }
}

describe('a late opinion', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.found();
  });
  afterAll(() => town.close());

  it('has the assessment done again after a conference, where the lead weighs it before the decision', async () => {
    const file = await asked(town);
    await silence(town, file);
    await file.complete(await file.task('step/assessment'));
    await file.task('step/decision');
    await file.complete(await file.task('opinion/dost'), {
      outcome: 'object',
      legalBasis: 'Luật Công nghệ cao',
      reason: 'ngoài danh mục',
    });
    await file.quiet();
    expect((await consultation(file))?.opinions['dost']).toMatchObject({ status: 'lapsed', late: true });

    await file.act(lead, {
      type: 'reopenConsultation',
      consultation: `${file.procedure(irc)}/consultation/1`,
      agency: 'dost',
      reason: 'nêu rủi ro mới',
    });
    const conference = await file.task('conference');
    expect(conference).toMatchObject({
      scope: `${file.procedure(irc)}/consultation/2`,
      agency: 'shtp-board',
      role: 'head',
    });
    await file.quiet();
    expect((await consultation(file, 2))?.conference?.issues.map(({ id }) => id)).toEqual(['objection/dost']);
    const keys = Object.values((await file.state()).procedures[file.procedure(irc)]?.tasks ?? {})
      .filter(({ status }) => status === 'open')
      .map(({ key }) => key);
    expect(keys).toEqual([]);

    await file.complete(conference, { resolutions: [{ issue: 'objection/dost', upholds: null }] });
    await file.complete(await file.task('step/assessment#2'));
    await file.complete(await file.task('step/decision#2'));
    await endsWell(town, file);
  });

  it('that is weighed while a conference sits is put on its agenda', async () => {
    await town.agencies.client.faults('land-planning', { position: 'object' });
    const file = await asked(town);
    await silence(town, file);
    await file.task('conference');
    await file.complete(await file.task('opinion/dost'), {
      outcome: 'object',
      legalBasis: 'Luật Công nghệ cao',
      reason: 'ngoài danh mục',
    });
    const scope = `${file.procedure(irc)}/consultation/1`;
    await file.act(lead, { type: 'reopenConsultation', consultation: scope, agency: 'dost', reason: 'nêu rủi ro mới' });
    await file.until(
      'both on the agenda',
      ({ consultations }) => consultations[scope]?.conference?.issues.length === 2,
    );
    const resolutions = ['dost', 'dpa'].map((agency) => ({ issue: `objection/${agency}`, upholds: null }));
    await file.complete(await file.task('conference'), { resolutions });
    await endsWell(town, file);
    await town.agencies.client.call('DELETE', '/land-planning/faults');
  });
});

describe('opinions that contradict each other', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.found();
    const conditions = [{ subject: 'waste-water', direction: 'requires', value: '500' }];
    await town.agencies.client.faults('land-planning', { position: 'agree-with-conditions', conditions });
  });
  afterAll(() => town.close());

  const contradict = async (): Promise<TownCase> => {
    const file = await asked(town);
    await file.complete(await file.task('opinion/dost'), {
      outcome: 'agree-with-conditions',
      conditions: [{ subject: 'waste-water', direction: 'limits', value: '400' }],
    });
    return file;
  };
  const resolutions = [{ issue: 'conditions/waste-water/dost/dpa', upholds: 'dpa' }];

  it('open a conference by themselves; its decision lets the case go on by itself', async () => {
    const file = await contradict();
    await file.complete(await file.task('conference'), {
      resolutions,
      dissent: [{ agency: 'dost', reason: 'quá tải' }],
    });
    await endsWell(town, file);
  });

  it('keep their conference through a lost Temporal', async () => {
    const file = await contradict();
    const { id } = await file.task('conference');
    await file.quiet();
    for (const [scope, { closed }] of Object.entries((await file.state()).scopes)) {
      if (!closed) await town.client.workflow.getHandle(scope).terminate('lost');
    }
    await reconcile({
      pool: town.register.pool,
      door: town.engine.door,
      port: createTemporalPort(town.client, town.queue, caseRuns),
    });
    await file.quiet();
    const conferences = [...allTasks(await file.state())].filter(({ kind }) => kind === 'conference');
    expect(conferences.map((task) => task.id)).toEqual([id]);
    await file.complete(await file.task('conference'), { resolutions });
    await endsWell(town, file);
  });

  it('that contradict nobody open none', async () => {
    const file = await asked(town);
    await file.complete(await file.task('opinion/dost'), {
      outcome: 'agree-with-conditions',
      conditions: [{ subject: 'waste-water', direction: 'limits', value: '500' }],
    });
    await endsWell(town, file);
    expect((await consultation(file))?.conference).toBeNull();
  });
});
