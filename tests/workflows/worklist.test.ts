import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogueData } from '../../seeds/index.js';
import { person } from '../support/memory-register.js';
import { exampleProjects, Town } from './support.js';

let town: Town;
beforeAll(async () => {
  const definition = catalogueData().procedures.find(({ code }) => code === 'irc-ordinary');
  if (!definition) throw new Error('no irc-ordinary');
  const nameCheck = {
    ...definition.steps.find(({ code }) => code === 'completeness-check'),
    code: 'name-check',
    dependsOn: ['assessment'],
  };
  const steps = definition.steps.flatMap((step) => {
    if (step.code === 'assessment') return [{ ...step, fourEyes: true }, nameCheck];
    return step.code === 'decision' ? [{ ...step, dependsOn: ['name-check'] }] : [step];
  });
  town = await Town.found({
    prepare: (owner) =>
      owner.query('update procedure_definition set data = $2 where version = $1', [
        definition.version,
        JSON.stringify({ ...definition, steps }),
      ]),
  });
});
afterAll(() => town.close());

const board = 'shtp-board';
const first = person('officer.shtp-board.1', 'officer', board);
const second = person('officer.shtp-board.2', 'officer', board);
const head = person('head.shtp-board', 'head', board);

it('opens the second look, what the machine cannot do, and after work was sent back the next round of each', async () => {
  await town.agencies.client.faults('enterprise-registry', { down: true });
  const file = await town.open(exampleProjects.besi);
  await file.liveOn(({ step }) => step === 'assessment' || step === 'decision');
  const look = async (key: string, actor: typeof first) => {
    const { id: taskId } = await file.task(key);
    await file.act(actor, { type: 'completeTask', taskId, completion: { outcome: 'done' } });
  };
  await look('step/assessment', first);
  await look('step/assessment/second', second);
  await look('by-hand/name-check', first);
  const { id: taskId } = await file.task('step/decision');
  await file.act(head, { type: 'claimTask', taskId });
  await file.act(head, { type: 'returnTask', taskId, step: null, items: ['bản vẽ'], reason: 'thiếu bản vẽ' });
  await look('step/assessment#2', second);
  await look('step/assessment#2/second', first);
  await look('by-hand/name-check#2', second);
  const { id: again } = await file.task('step/decision#2');
  await file.act(head, { type: 'completeTask', taskId: again, completion: { outcome: 'approve' } });
  const scope = file.procedure('irc-ordinary');
  const { closed, steps } = await file.until('the end of the procedure', ({ procedures }) =>
    procedures[scope]?.closed ? procedures[scope] : undefined,
  );
  expect(closed?.outcome).toBe('approved');
  expect(steps['assessment']).toMatchObject({ round: 2, outcome: 'done' });
}, 60_000);
