import type { z } from 'zod';
import type { Bottlenecks } from '../../db/read/dashboards/bottlenecks.js';
import { taskKinds, taskName } from '../../domain/case/task-table.js';
import type { Text } from '../../domain/law/agency.js';
import type { Catalogue } from '../../domain/law/catalogue.js';
import { definitionOf } from '../../domain/measures/catalogue.js';
import type { DashboardBottlenecks } from '../schemas/bottlenecks.js';

const own = (code: string): Text => ({ vi: code, en: code });

/** What the step is called; the kind of work where it is no step. A code that the catalogue no longer has is its own name. */
export function stepName({ procedures }: Catalogue, procedure: string, step: string): Text {
  const named = procedures.get(procedure)?.[0]?.steps.find(({ code }) => code === step)?.name;
  const kind = taskKinds.find((one) => one === step);
  return named ?? (kind === undefined ? own(step) : taskName(kind));
}

export const procedureName = ({ procedures }: Catalogue, code: string): Text =>
  procedures.get(code)?.[0]?.name ?? own(code);

export const bottleneckView = (
  { steps, clauses, variants }: Bottlenecks,
  catalogue: Catalogue,
): Pick<z.input<typeof DashboardBottlenecks>, 'definition' | 'steps' | 'clauses' | 'variants'> => ({
  definition: definitionOf('waiting'),
  steps: steps.map((one) => ({
    ...one,
    procedureName: procedureName(catalogue, one.procedure),
    stepName: stepName(catalogue, one.procedure, one.step),
    agencyName: catalogue.agencies.get(one.agency)?.name ?? own(one.agency),
  })),
  clauses,
  variants: variants.map(({ path, ...rest }) => ({
    ...rest,
    path: path.map((taken) => {
      const [procedure = taken, outcome = 'approved'] = taken.split(':');
      return { procedure, name: procedureName(catalogue, procedure), outcome };
    }),
  })),
});
