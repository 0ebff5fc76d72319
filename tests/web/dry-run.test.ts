import { describe, expect, it } from 'vitest';
import { filingWords } from '../../domain/law/filing-words.js';
import { Filing } from '../../domain/schemas/project.js';
import { catalogue } from '../../seeds/index.js';
import {
  answerIn,
  askedIn,
  carriedOf,
  dryQuestions,
  filingCarried,
  filingOf,
  readDryRun,
} from '../../web/public/dry-run.js';

const needed = new Set(
  Object.entries(filingWords)
    .filter(([, { unknown }]) => unknown === null)
    .map(([path]) => path),
);
const first = dryQuestions[0]?.path ?? '';

/** Walks the whole dry run, with one answer a page. */
function walk(answers: Readonly<Record<string, string>>) {
  let form: Record<string, string> = {};
  for (let pages = 0; pages < 40; pages++) {
    const run = readDryRun(form, needed);
    if (run.at === 'verdict') return run;
    const path = dryQuestions[run.at]?.path ?? '';
    form = { ...run.answers, [path]: answers[path] ?? '', step: String(run.at), go: 'next' };
  }
  throw new Error('The dry run has no end');
}
const answers = {
  'project.site.zone': 'SHTP',
  'project.site.land': 'leased-factory',
  'project.construction': 'no',
  'project.capital.foreignShare': '100',
  'investor.country': 'nl',
};

describe('the dry run, one question a page', () => {
  it('ends in a filing that the contract takes, whatever is left open that may be', () => {
    const run = walk(answers);
    const filing = Filing.parse(filingOf(run));
    expect(filing.project.site).toMatchObject({ zone: 'SHTP', land: 'leased-factory' });
    expect(filing.project.capital.foreignShare).toBe(1);
    expect(filing.investor.country).toBe('NL');
    expect(filing.project.highTechListed).toBeNull();
  });

  it('asks what depends on another answer only where that was given', () => {
    const group = dryQuestions.findIndex(({ path }) => path === 'project.feasibilityGroup');
    expect(askedIn({ 'project.construction': 'no' })).not.toContain(group);
    expect(askedIn({ 'project.construction': 'yes' })).toContain(group);
    // An answer from before is not known any more.
    const run = { answers: { 'project.construction': 'no', 'project.feasibilityGroup': 'A' } };
    expect(answerIn(run, 'project.feasibilityGroup')).toBeNull();
  });

  it('stays at a question that wants an answer, and goes back without losing one', () => {
    const land = dryQuestions.findIndex(({ path }) => path === 'project.site.land');
    const stays = readDryRun({ [first]: 'SHTP', step: String(land), go: 'next' }, needed);
    expect(stays).toMatchObject({ at: land, missing: true });
    const back = readDryRun({ [first]: 'SHTP', step: String(land), go: 'back' }, needed);
    expect(back).toMatchObject({ at: 0, missing: false, answers: { [first]: 'SHTP' } });
  });

  it('stays at an answer that cannot be read, and says on the next page how the last one was read', () => {
    const share = dryQuestions.findIndex(({ path }) => path === 'project.capital.foreignShare');
    const sent = (typed: string, go = 'next') =>
      readDryRun({ ...answers, 'project.capital.foreignShare': typed, step: String(share), go }, needed);
    expect(sent('một nửa')).toMatchObject({ at: share, missing: false });
    expect(sent('một nửa', 'verdict')).toMatchObject({ at: share, missing: false });
    expect(sent('50 năm')).not.toHaveProperty('answered');
    expect(sent('33,333')).toMatchObject({ at: share + 1, answered: share });
  });

  it('leaves out nothing that a rule of a pathway or of the lane looks at and people can answer without a study', () => {
    const looked = new Set<string>();
    const { pathways, rules } = catalogue();
    JSON.stringify([pathways, rules], (key, value: unknown) => {
      if (key === 'attr' && typeof value === 'string') looked.add(value);
      return value;
    });
    const asked = new Set(dryQuestions.map(({ path }) => path));
    const open = [...looked].filter((path) => path in filingWords && !asked.has(path) && needed.has(path));
    expect(open).toEqual([]);
  });
});

describe('what is carried from the dry run to the form of a filing', () => {
  it('is every answer that was given, and nothing that was not', () => {
    const filing = filingCarried(carriedOf(walk(answers)));
    expect(filing).toMatchObject({
      kind: 'green-lane',
      project: { site: { zone: 'SHTP', land: 'leased-factory' }, construction: false, capital: { foreignShare: 1 } },
      investor: { country: 'NL' },
    });
    expect(JSON.stringify(filing)).not.toContain('null');
  });

  it('is nothing where the cookie is none of ours', () => {
    for (const other of [undefined, '', '{', '[]', 'null', '{"project.name.vi":"x"}', '{"project.site.zone":5}'])
      expect([other, filingCarried(other)]).toEqual([other, undefined]);
  });
});
