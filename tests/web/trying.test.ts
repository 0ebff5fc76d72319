import { expect, it } from 'vitest';
import { lawOfScreening } from '../../api/views/screening-law.js';
import { buildCatalogue, type CatalogueData } from '../../domain/law/catalogue.js';
import { filingFields } from '../../domain/law/filing-fields.js';
import { screen } from '../../domain/lane/screening.js';
import { Filing } from '../../domain/schemas/project.js';
import { addDays, dateOf, instant, plainDate } from '../../domain/time/instants.js';
import { catalogue } from '../../seeds/index.js';
import { dryQuestions, filingOf } from '../../web/public/dry-run.js';
import { tried } from '../../web/public/tried.js';

const here = catalogue();
/** As it comes over the net. */
const there = buildCatalogue(JSON.parse(JSON.stringify(lawOfScreening(here))) as CatalogueData);

const needed = new Set(
  Object.entries(filingFields)
    .filter(([, { unknown }]) => unknown === null)
    .map(([path]) => path),
);

/** Numbers that look random and are the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

it('says in the browser what the server says, of any answers and any day of filing', () => {
  const seed = 20_261_130;
  const below = numbers(seed);
  const choices: Readonly<Record<string, readonly string[]>> = {
    'project.site.zone': ['SHTP', 'HEPZA', 'DTP', 'FTZ', 'EZ', 'QTSC', 'none'],
    'project.site.land': ['leased-factory', 'infrastructure-sublease', 'cleared-land', 'state-land', 'own-land'],
    'project.feasibilityGroup': ['A', 'B', 'C', ''],
    'project.environmentalGroup': ['I', 'II', 'III', 'none'],
    'project.capital.foreignShare': ['0', '49', '100'],
    'investor.country': ['NL', 'VN', 'US'],
    'investor.registrationNumber': ['', '0312345678'],
    'project.foreignExperts': ['', '0', '12'],
  };
  const lanes = new Set<string>();
  for (let n = 0; n < 60; n++) {
    const answers = Object.fromEntries(
      dryQuestions.map(({ path, type }) => {
        const open = needed.has(path) ? [] : [''];
        const among = type === 'yes-no' ? ['yes', 'no', ...open] : (choices[path] ?? ['']);
        return [path, among[below(among.length)] ?? ''];
      }),
    );
    const day = addDays(plainDate('2026-07-02'), below(330));
    const at = instant(`${day}T09:00:00+07:00`);
    const parsed = Filing.safeParse(filingOf({ answers }));
    expect([seed, n, parsed.error?.issues ?? []]).toEqual([seed, n, []]);
    if (!parsed.success) continue;
    const server = JSON.parse(JSON.stringify(screen(parsed.data, at, here, dateOf(at)))) as { lane: string };
    const browser = tried({ answers, day }, at, there);
    expect([seed, n, JSON.parse(JSON.stringify(browser))]).toEqual([seed, n, { screening: server }]);
    lanes.add(server.lane);
  }
  // What an investor says alone proves nothing: the green lane is an officer's to decide.
  expect([...lanes].sort()).toEqual(['standard', 'undecided']);
});

it('says what the server says of a day beyond the calendar, too', () => {
  const answers = { 'project.site.zone': 'SHTP', 'investor.country': 'NL', 'project.capital.foreignShare': '100' };
  expect(tried({ answers, day: '2036-01-04' }, '2026-08-01T09:00:00+07:00', there)).toHaveProperty('wrong.vi');
});
