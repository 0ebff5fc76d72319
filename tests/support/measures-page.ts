import { measureList } from '../../domain/measures/catalogue.js';

const against = {
  'observed-or-law': 'today where the City published it, else the law',
  observed: 'today',
  law: 'the law',
  'standard-lane': 'the standard lane',
  peers: 'matched cases',
} as const;

/** `docs/measures.md` as the catalogue of measures has it. */
export function measuresPage(): string {
  const head = [
    '# What each figure means',
    '',
    'Every published figure stands in one catalogue (`domain/measures/catalogue.ts`), which `GET /api/v1/measures`, the dashboards and this page read; a test compares this page with it. Why the reduction is two figures: [ADR 24](adr/0024-two-figures-and-the-smaller.md). Which figures of law are verified: [law.md](law.md).',
    '',
    'Mean, median and p90 are exact, of any period and filter: what is counted together by day, month and year are the values themselves, how many there are of each, never classes or estimates ([ADR 46](adr/0046-figures-are-read-from-tallies.md)).',
    '',
  ];
  const entries = measureList.flatMap(({ code, name, unit, definition, population, baseline }) => [
    `## ${name.en} · ${name.vi}`,
    '',
    `\`${code}\`, ${unit}${baseline === null ? '' : `, against ${against[baseline]}`}`,
    '',
    definition.en,
    '',
    `_${population.en}_`,
    '',
    definition.vi,
    '',
    `_${population.vi}_`,
    '',
  ]);
  return [...head, ...entries].join('\n');
}
