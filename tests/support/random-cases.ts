import type { Payloads } from '../../domain/case/events.js';
import type { Law } from '../../domain/law/law.js';
import { openingOf } from '../../domain/case/case/opening.js';
import { screen, type Filing } from '../../domain/lane/screening.js';
import { dateOf, type Instant } from '../../domain/time/instants.js';
import { admissionCode } from '../../domain/law/admission-code.js';
import type { SandboxFiling } from '../../domain/schemas/trial.js';
import { catalogue, catalogueData, exampleProjects, exampleTrials } from '../../seeds/index.js';
import { at } from './memory-register.js';
import { trialOpening } from './one-trial.js';
import { oneOf, type Draw } from './drawing.js';

type Opening = Omit<Payloads['caseOpened'], 'managed'>;

const filedAt = at('2026-07-06 09:00');
const opened = new Map<Filing, Opening>();

/** What a filing of an example project opens, screened once. */
function usual(filing: Filing): Opening {
  const known = opened.get(filing);
  if (known) return known;
  const screening = screen(filing, filedAt, catalogue(), dateOf(filedAt));
  const opening = openingOf({ filing, filingHash: '', screening, personId: 'investor.test' });
  opened.set(filing, opening);
  return opening;
}

/** A trial of the drone or of the AI system; of some, nobody knows yet whether a regime takes it. */
export function randomTrial(draw: Draw, law: Law, now: Instant): Opening {
  return trialOpening(law, randomSandboxFiling(draw), now);
}

export function randomSandboxFiling(draw: Draw): SandboxFiling {
  const { drone, ai } = exampleTrials;
  if (draw(2) === 0) return drone;
  return draw(3) === 0 ? { ...ai, solution: { ...ai.solution, canHarm: true, insured: null } } : ai;
}

/** A case with its whole plan, or (mostly) with one to three procedures of any kind that wait for nothing: these come to their ends within few acts. */
export function randomOpening(draw: Draw, law: Law, now: Instant): Opening {
  const base = usual(draw(2) === 0 ? exampleProjects.besi : exampleProjects.cmc);
  const lane = oneOf(draw, ['green', 'green', 'standard', 'undecided'] as const) ?? 'green';
  if (draw(4) === 0) return { ...base, lane };
  const item = base.plan[0];
  if (!item) throw new Error('an empty plan');
  const codes = [...new Set(Array.from({ length: 1 + draw(3) }, () => oneOf(draw, procedureCodes) ?? 'irc-ordinary'))];
  // Where the police and the military command are asked, silence is the lead's to decide.
  const facts = draw(2) === 0 ? base.facts : { ...base.facts, 'project.defenceSensitiveArea': true };
  const plan = codes.map((procedure, n) => {
    const {
      version,
      budget,
      cityControlled,
      handlingAgency: agency,
      phase,
    } = law.procedureAt(procedure, dateOf(now), facts);
    // Nothing that a project must have waits for what nobody must.
    const first = n === 0 || draw(2) === 0 || conditional.has(codes[0] ?? '');
    const after = first ? [] : codes.slice(0, 1);
    const mandatory = !conditional.has(procedure) && (first || draw(4) > 0);
    return { ...item, procedure, version, budget, cityControlled, agency, phase, mandatory, after, gates: [] };
  });
  return { ...base, lane, plan, facts, lodged: {} };
}

/** What opens only under conditions that no plan of ours names: nobody must have it. */
const conditional = new Set(
  catalogueData().procedures.flatMap(({ code, gates }) =>
    gates.flatMap(({ blocks, needs }) =>
      'anyOf' in needs || 'absent' in needs ? [blocks === '@self' ? code : blocks] : [],
    ),
  ),
);
/** The only one whose investor may be given more time comes more often. */
const procedureCodes = [
  ...[...catalogue().procedures.keys()].filter((code) => !code.startsWith(admissionCode(''))),
  ...Array.from({ length: 4 }, () => 'restricted-technology-permit'),
];
