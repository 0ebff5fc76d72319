import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stepClock } from '../../db/register/business-clock.js';
import { type CaseState } from '../../domain/case/state.js';
import { latestAttempt } from '../../domain/case/procedure/state.js';
import { investor } from '../db/support.js';
import { at } from '../support/memory-register.js';
import { eventsOf, exampleProjects, Town, type TownCase } from './support.js';

const code = 'irc-special';
const whole = ['request-with-commitments', 'financial-capacity', 'project-proposal-special'];
const documents = (codes: readonly string[]) =>
  codes.map((one) => ({ code: one, documentId: `doc-${one}`, obtainedFrom: null }));
const irc = (state: CaseState) => {
  const found = latestAttempt(state, code);
  if (!found) throw new Error('not open');
  return found;
};

/** The state as it stands, once the dossier is published. */
const published = (state: CaseState): CaseState | false =>
  irc(state).steps['publication']?.completedAt ? state : false;

let town: Town;
beforeAll(async () => {
  town = await Town.found({ stepped: '2026-07-06 09:00' });
});
afterAll(() => town.close());

/** CMC's special certificate, filed with these documents, at work in the agency. */
async function received(codes: readonly string[]): Promise<TownCase> {
  const file = await town.open(exampleProjects.cmc, { pathway: 'special' });
  await file.until('open', (state) => latestAttempt(state, code) !== undefined);
  await file.act(investor, { type: 'fileDossier', procedure: code, documents: documents(codes) });
  await file.complete(await file.task('intake/1'));
  return file;
}

describe('the publication of the first valid dossier', () => {
  it('follows a dossier that is complete at once, and meets its duty', async () => {
    const file = await received(whole);
    const state = await file.until('published', published);
    expect(irc(state).steps['completeness-check']?.outcome).toBe('complete');
    expect(state.duties['publish-first-valid-dossier']).toMatchObject({ dueDate: '2026-07-08', missed: false });
    expect(state.duties['publish-first-valid-dossier']?.metAt).toBeTruthy();
  });

  it('waits for what completes the dossier', async () => {
    const file = await received(whole.slice(0, 2));
    const task = await file.task('step/commitment-assessment');
    await file.quiet();
    const incomplete = await file.state();
    expect(irc(incomplete).steps['completeness-check']?.outcome).toBe('incomplete');
    expect(irc(incomplete).steps['publication']?.completedAt ?? null).toBeNull();
    expect(incomplete.duties['publish-first-valid-dossier']).toBeUndefined();
    const officer = { kind: 'person', id: 'officer.shtp-board.1', role: 'officer', agency: 'shtp-board' } as const;
    await file.act(officer, { type: 'claimTask', taskId: task.id });
    await file.act(officer, {
      type: 'requestSupplement',
      taskId: task.id,
      ground: 'supplement',
      items: ['project-proposal-special'],
      reason: 'the proposal is missing',
    });
    await stepClock(town.register.pool, at('2026-07-09 09:00'));
    const answer = documents(['project-proposal-special']);
    await file.act(investor, { type: 'answerSupplement', procedure: code, requestId: 'S1', documents: answer });
    const state = await file.until('published', published);
    expect(state.duties['publish-first-valid-dossier']).toMatchObject({ dueDate: '2026-07-13', missed: false });
  });
});

describe('the certificate with its commitments', () => {
  it('goes to the four bodies of its duty with the commitments, who may then read the case', async () => {
    const file = await received(whole);
    const state = await file.liveOn();
    expect(state.duties['simultaneous-sending']).toMatchObject({ missed: false });
    expect(state.duties['simultaneous-sending']?.metAt).toBeTruthy();
    const { body } = await town.agencies.client.call('GET', `/message-gateway/outbox?caseCode=${file.code}`);
    const sent = (body as { correlationId: string; text: string }[]).filter((one) =>
      one.correlationId.includes('/fan-out/'),
    );
    expect(sent).toHaveLength(4);
    for (const { text } of sent) expect(text).toContain('doc-request-with-commitments');
    const { rows } = await town.register.pool.query<{ agency: string }>(
      `select agency from case_agency where case_code = $1 and agency = any ('{doc,dost,dae,city-police-fire}') order by agency`,
      [file.code],
    );
    expect(rows.map(({ agency }) => agency)).toEqual(['city-police-fire', 'dae', 'doc', 'dost']);
  });
});

describe('the declaration on the national system', () => {
  it('is made anew where the dossier comes after it has lapsed, and once where it has not', async () => {
    const file = await town.open(exampleProjects.cmc, { pathway: 'special' });
    await file.until('open', (state) => latestAttempt(state, code) !== undefined);
    await file.act(investor, { type: 'fileDossier', procedure: code, documents: documents(whole.slice(0, 1)) });
    const sendBack = async (key: string) =>
      file.complete(await file.task(key), { outcome: 'complete', reason: 'incomplete', items: ['financial-capacity'] });
    const { id } = await file.task('intake/1');
    const first = irc(await file.state()).declaration;
    // Added to before anybody has examined it: declared already.
    await file.act(investor, { type: 'fileDossier', procedure: code, documents: documents(whole.slice(0, 2)) });
    expect((await file.task('intake/1')).id).toBe(id);
    await sendBack('intake/1');
    await stepClock(town.register.pool, at('2026-08-10 09:00'));
    await file.act(investor, { type: 'fileDossier', procedure: code, documents: documents(whole) });
    await file.complete(await file.task('intake/2'));
    const declared = (await eventsOf(town, file.code)).flatMap((event) =>
      event.type === 'onlineDeclared' ? [event.payload] : [],
    );
    expect(declared).toHaveLength(2);
    expect(declared[0]?.lapsesOn).toBe(first?.lapsesOn);
    // Saturday 22 August 2026 is worked, for the Monday before the national day.
    expect(irc(await file.state()).declaration?.lapsesOn).toBe('2026-08-22');
  });
});
