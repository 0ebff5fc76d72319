import { describe, expect, it, vi } from 'vitest';
import { countWorkingDays } from '../../domain/time/calendar.js';
import { measureCase, type CaseMeasures } from '../../domain/measures/days.js';
import { getAgency } from '../../domain/law/agency.js';
import { catalogue, exampleProjects } from '../../seeds/index.js';
import { MemoryRegister } from '../support/memory-register.js';
import { calm, World } from './world.js';

vi.mock('@temporalio/workflow', () => import('./fake-temporal.js'));

const { calendar, agencies } = catalogue();

async function measured(project: 'besi' | 'cmc', idleDays: number): Promise<{ world: World; measures: CaseMeasures }> {
  const register = new MemoryRegister('LX-260706-0001');
  const world = new World(register.code, calm, 1, register);
  world.idleDays = idleDays;
  register.open(exampleProjects[project], world.now);
  await world.live();
  const measures = measureCase({
    state: world.register.state,
    calendar,
    commandedByCity: (code) => getAgency(agencies, code).commandedByCity,
    asOf: world.now,
  });
  return { world, measures };
}

describe('where the days of a case went', () => {
  it.each([
    ['besi', 0],
    ['besi', 1],
    ['cmc', 1],
    ['cmc', 2],
  ] as const)('sums exactly to the whole for %s when everybody takes %i days', async (project, idle) => {
    const { measures } = await measured(project, idle);
    const { spans, filedOn, through, workingDays, netDays, investorDays, centralDays } = measures;
    expect(measures.reached).toBe(true);
    expect(workingDays).toBe(countWorkingDays(calendar, filedOn, through));
    expect(netDays + investorDays + centralDays).toBe(workingDays);
    expect(spans.reduce((sum, span) => sum + span.workingDays, 0)).toBe(workingDays);
    spans.forEach((span, i) => expect(span.after).toBe(i === 0 ? filedOn : spans[i - 1]?.through));
    expect(spans.at(-1)?.through ?? filedOn).toBe(through);
  });

  it('follows the path that decided the end', async () => {
    const { measures, world } = await measured('cmc', 1);
    const ends = ['land-lease', 'environmental-permit'].map((code) => {
      const found = Object.values(world.register.state.procedures).find((one) => one.procedure === code);
      return [code, found?.closed?.at ?? ''] as const;
    });
    const last = ends.sort((a, b) => (a[1] < b[1] ? 1 : -1))[0]?.[0];
    expect(measures.path).toEqual(['irc-special', last]);
  });

  it('takes the reduction against the frozen baseline, from net days only', async () => {
    const { measures } = await measured('besi', 1);
    expect(measures.baselineDays).toBe(13);
    expect(measures.reduction).toBeCloseTo(1 - measures.netDays / 13, 4);
    expect(measures.investorDays, 'the investor took a day for each dossier').toBeGreaterThan(0);
  });
});
