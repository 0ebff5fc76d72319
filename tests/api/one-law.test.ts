import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LawSource } from '../../db/law/live-law.js';
import { type LoadedLaw } from '../../db/law/law.js';
import { type Text } from '../../domain/law/agency.js';
import { createLaw } from '../../domain/law/law.js';
import { openAssessment, procedure } from './engine-by-hand.js';
import { startSite, type TestSite } from './site.js';
import { fileCase, type TestApi } from './support.js';

let site: TestSite;
let api: TestApi;
let code: string;
let taskId: string;
/** How often a law was taken since somebody looked. */
let taken = 0;

/** Each law says its own name wherever it names an agency or a procedure. */
function named({ catalogue, version }: LoadedLaw, mark: string): LoadedLaw {
  const marked = (text: Text): Text => ({ vi: `${text.vi} ${mark}`, en: `${text.en} ${mark}` });
  const agencies = new Map([...catalogue.agencies].map(([key, one]) => [key, { ...one, name: marked(one.name) }]));
  const procedures = new Map(
    [...catalogue.procedures].map(([key, all]) => [key, all.map((one) => ({ ...one, name: marked(one.name) }))]),
  );
  const changed = { ...catalogue, agencies, procedures };
  return { version, catalogue: changed, law: createLaw(changed) };
}

/** Something is published between any two questions for the law. */
function restless(usual: LawSource): LawSource {
  const laws = [named(usual.current(), '«one»'), named(usual.current(), '«two»')] as const;
  const next = () => laws[taken++ % 2 === 0 ? 0 : 1];
  return { current: next, atLeast: () => Promise.resolve(next()) };
}

beforeAll(async () => {
  site = await startSite((usual) => ({ law: restless(usual.law) }));
  ({ api } = site);
  ({ case: code } = await fileCase(api));
  taskId = await openAssessment(api, code);
});
afterAll(() => site.close());

const marksIn = (text: string) => new Set(text.match(/«(one|two)»/g));

describe('a law that is published in the middle of a request', () => {
  const investor = 'investor.besi';
  const officer = 'officer.shtp-board.1';
  it.each([
    ['the case', investor, () => `/cases/${code}`],
    ['its roadmap', investor, () => `/cases/${code}/roadmap`],
    ['its papers', investor, () => `/cases/${code}/forms`],
    ['the consultations of a procedure', officer, () => `/cases/${code}/procedures/${procedure}/consultations`],
    ['the worklist', officer, () => '/tasks'],
    ['a task', officer, () => `/tasks/${taskId}`],
    ['the agencies’ figures', 'leader.hcmc-committee', () => '/dashboard/agencies'],
  ])('gives %s by one law', async (_what, as, path) => {
    taken = 0;
    const { status, body } = await api.call('GET', path(), { as });
    expect(status).toBe(200);
    expect(taken).toBe(1);
    expect(marksIn(JSON.stringify(body)).size).toBeLessThanOrEqual(1);
  });

  it('gives the receipt of a filing by the law that planned it', async () => {
    taken = 0;
    const { plan } = await fileCase(api, 'cmc');
    expect(taken).toBe(1);
    expect([...marksIn(JSON.stringify(plan))]).toEqual(['«one»']);
  });

  it('gives a page that asks several routes by one law', async () => {
    taken = 0;
    const response = await fetch(`${site.base}/procedures/${procedure}`, { headers: { accept: 'text/html' } });
    expect(response.status).toBe(200);
    expect(taken).toBe(1);
    expect([...marksIn(await response.text())]).toEqual(['«one»']);
  });
});
