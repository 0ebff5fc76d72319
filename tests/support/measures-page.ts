import { measureList } from '../../domain/measures/catalogue.js';
import { figuresByHand, livesByHand } from '../fixtures/figures.js';

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
  return [...head, ...entries, ...computedByHand()].join('\n');
}

const signed = (value: number): string => value.toFixed(4).replace('-', '−');

/** Every case whose figures somebody computed with a pencil, and how. */
const computedByHand = (): string[] => [
  '## Computed by hand',
  '',
  'Of these cases the figures were computed with a pencil from the calendar, and a test holds the program against them: `tests/domain/measures/by-hand.test.ts` and `lives.test.ts` beside it, the data of both in `tests/fixtures/figures.ts`. Filed on Monday 6 July 2026; by law ten working days of the certificate and three of the company. The second figure is «City» where it is another one than «whole».',
  '',
  ...figuresByHand.map(({ name, because, reductions: [whole, city] }) => {
    const figures = whole === city ? signed(whole) : `${signed(whole)} and ${signed(city)}`;
    return `- ${name}: ${because} = ${figures}`;
  }),
  ...Object.entries(livesByHand).map(([name, because]) => `- ${name}: ${because}`),
  '',
];
