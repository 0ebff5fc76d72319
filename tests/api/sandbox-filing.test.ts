import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { businessNow } from '../../db/register/business-clock.js';
import { trackingBook } from '../../db/read/forms.js';
import { seed } from '../../db/seed.js';
import { caseScope, procedureScope } from '../../domain/case/scope.js';
import { type SandboxFiling } from '../../domain/schemas/trial.js';
import { plainDate } from '../../domain/time/instants.js';
import { catalogueData, exampleTrials, people } from '../../seeds/index.js';
import { projected } from '../support/feed.js';
import { engineDoes, openTask } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi, upload } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

interface Reason {
  readonly code: string;
  readonly verdict: string;
  readonly text: { vi: string; en: string };
}
interface Receipt {
  readonly case: string;
  readonly caseSeq: number;
  readonly kind: string;
  readonly trial: {
    readonly regime: string;
    readonly version: string;
    readonly fit: { verdict: string; reasons: readonly Reason[] };
    readonly authority: { code: string };
    readonly supervises: { code: string };
    readonly evaluates: { code: string };
  };
  readonly plan: readonly { procedure: string; agency: string }[];
  readonly unverified: readonly string[];
  readonly public: { code: string; pin: string };
}
type Name = keyof typeof exampleTrials;
type Change = (filing: SandboxFiling) => SandboxFiling;

const asIs: Change = (filing) => filing;
const solved =
  (solution: Partial<SandboxFiling['solution']>): Change =>
  (filing) => ({ ...filing, solution: { ...filing.solution, ...solution } });

/** Files an example trial, or one that differs from it, as its investor. */
async function fileTrial(name: Name, change: Change = asIs): Promise<Receipt> {
  const body = change(exampleTrials[name]);
  const answer = await api.call<Receipt>('POST', '/cases', { as: `investor.${name}`, body });
  if (answer.status !== 201) throw new Error(`filing answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

const count = async () => (await api.pool.query('select from case_head')).rowCount;

describe('a trial', () => {
  it('is filed under the regime that takes it, and the receipt says why and who decides', async () => {
    const { status, headers, body } = await api.call<Receipt>('POST', '/cases', {
      as: 'investor.drone',
      body: exampleTrials.drone,
    });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/api/v1/cases/${body.case}`);
    expect(body).toMatchObject({
      kind: 'sandbox',
      caseSeq: 1,
      trial: {
        regime: 'hcmc-res-20-2024-uav',
        version: 'hcmc-res-20-2024-uav@2024-11-24',
        fit: { verdict: 'yes' },
        authority: { code: 'hcmc-committee' },
        supervises: { code: 'shtp-board' },
        evaluates: { code: 'dost' },
      },
      plan: [{ procedure: 'admission-hcmc-res-20-2024-uav', agency: 'hcmc-committee' }],
      unverified: ['admission-hcmc-res-20-2024-uav.budget'],
      public: { code: body.case, pin: expect.stringMatching(/^[0-9A-Z]{10}$/) as string },
    });
    for (const { verdict } of body.trial.fit.reasons) expect(verdict).toBe('yes');
    for (const promise of ['lane', 'pathway', 'baseline', 'target', 'plannedReduction']) {
      expect(body).not.toHaveProperty(promise);
    }
    const ai = await fileTrial('ai');
    expect(ai.trial).toMatchObject({ regime: 'ai-decree-142-2026-level-2', authority: { code: 'hcmc-committee' } });
  });

  it('filed again under its key is the same case with the same PIN; the key of another filing is refused', async () => {
    const filing = { as: 'investor.ai', body: exampleTrials.ai, key: randomUUID() };
    const first = await api.call<Receipt>('POST', '/cases', filing);
    const again = await api.call<Receipt>('POST', '/cases', filing);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const other = { ...filing, body: solved({ months: 6 })(exampleTrials.ai) };
    expect(await api.refused('POST', '/cases', other)).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  it('filed at the same moment twice under one key is one case', async () => {
    const filing = { as: 'investor.ai', body: exampleTrials.ai, key: randomUUID() };
    const before = await count();
    const answers = await Promise.all([1, 2, 3].map(() => api.call<Receipt>('POST', '/cases', filing)));
    expect(new Set(answers.map(({ body }) => body.case)).size).toBe(1);
    expect(new Set(answers.map(({ body }) => body.public.pin)).size).toBe(1);
    expect(await count()).toBe((before ?? 0) + 1);
  });

  const elsewhere = solved({ sites: [{ zone: 'none', area: 'Bến Bạch Đằng' }] });
  it.each<[string, Name, Change, number, string, object]>([
    [
      'a place outside the park',
      'drone',
      elsewhere,
      422,
      'OUTSIDE_TERRITORY',
      { outside: ['none'], allowed: ['SHTP'] },
    ],
    ['another province', 'ai', solved({ otherProvinces: true }), 422, 'OUTSIDE_TERRITORY', {}],
    ['an internal test', 'ai', solved({ closedTest: true }), 422, 'OUTSIDE_REGIME', {}],
    ['a field of no regime', 'ai', solved({ field: 'astrology' }), 422, 'OUTSIDE_REGIME', {}],
    [
      'a heavier drone',
      'drone',
      ({ solution, ...rest }) => ({
        ...rest,
        solution: { ...solution, declared: { ...solution.declared, 'take-off-mass': 70.1 } },
      }),
      422,
      'OUTSIDE_REGIME',
      { declared: 70.1, max: 70 },
    ],
    ['more than the longest term', 'drone', solved({ months: 13 }), 422, 'TERM_TOO_LONG', { months: 13, longest: 12 }],
    [
      'a regime whose authority nobody knows',
      'ai',
      (filing) => ({ ...filing, regime: 'digital-technology-353-2025' }),
      409,
      'REGIME_NOT_OPEN',
      { closed: ['authority-unknown'] },
    ],
    ['a field whose regulation is not issued', 'ai', solved({ field: 'edtech' }), 409, 'REGIME_NOT_OPEN', {}],
  ])('is refused for %s, with the clause, and nothing is kept', async (_why, name, change, status, code, details) => {
    const before = await count();
    const answer = await api.refused('POST', '/cases', { as: `investor.${name}`, body: change(exampleTrials[name]) });
    expect(answer).toMatchObject({ status, body: { code } });
    const { reasons } = answer.body.details as { reasons: { text: { vi: string }; clause: string }[] };
    expect(reasons[0]).toMatchObject({ text: { vi: expect.stringMatching(/./) as string }, ...details });
    for (const { clause } of reasons) expect(clause).not.toBe('');
    expect(await count()).toBe(before);
  });

  it.each<[string, (filing: SandboxFiling) => object, string, string]>([
    ['a regime nobody knows', (filing) => ({ ...filing, regime: 'moon-landing' }), 'UNKNOWN_VALUE', ''],
    [
      'a document the dossier has not',
      (filing) => ({ ...filing, documents: [{ code: 'poem', documentId: randomUUID() }] }),
      'UNKNOWN_VALUE',
      '/documents/0/code',
    ],
    [
      'a document of nobody',
      (filing) => ({ ...filing, documents: [{ code: 'request', documentId: randomUUID() }] }),
      'UNKNOWN_VALUE',
      '/documents/0/documentId',
    ],
    [
      'a value no limit asks for',
      ({ solution, ...rest }) => ({
        ...rest,
        solution: { ...solution, declared: { ...solution.declared, wings: 4 } },
      }),
      'UNKNOWN_VALUE',
      '/solution/declared/wings',
    ],
    ['no solution', ({ solution: _solution, ...rest }) => rest, 'VALIDATION_FAILED', '/solution'],
    ['a project beside it', (filing) => ({ ...filing, project: {} }), 'UNKNOWN_FIELD', '/project'],
    ['another kind', (filing) => ({ ...filing, kind: 'lottery' }), 'UNKNOWN_VALUE', '/kind'],
    ['no kind', ({ kind: _kind, ...rest }) => rest, 'VALIDATION_FAILED', '/kind'],
  ])('is refused for %s', async (_why, change, code, pointer) => {
    const before = await count();
    const body = change(exampleTrials.drone);
    const answer = await api.refused('POST', '/cases', { as: 'investor.drone', body });
    expect(answer).toMatchObject({ status: 422, body: { code } });
    if (pointer !== '')
      expect(answer.body).toMatchObject({
        errors: expect.arrayContaining([expect.objectContaining({ pointer })]) as unknown,
      });
    expect(await count()).toBe(before);
  });

  it('is not filed with a document of somebody else', async () => {
    const documentId = await upload(api, 'investor.ai');
    const body = { ...exampleTrials.drone, documents: [{ code: 'request', documentId }] };
    expect(await api.refused('POST', '/cases', { as: 'investor.drone', body })).toMatchObject({
      status: 422,
      body: { code: 'UNKNOWN_VALUE', errors: [{ pointer: '/documents/0/documentId' }] },
    });
  });

  it('is filed by a representative whose power of attorney covers it, for its investor', async () => {
    const as = 'representative.besi';
    const { status, body } = await api.call<Receipt>('POST', '/cases', { as, body: exampleTrials.ai });
    expect(status).toBe(201);
    const { rows } = await api.pool.query('select investor from case_head where code = $1', [body.case]);
    expect(rows).toEqual([{ investor: 'investor.besi' }]);
    const other = { ...exampleTrials.ai, onBehalfOf: 'investor.ai' };
    expect(await api.refused('POST', '/cases', { as, body: other })).toMatchObject({
      status: 403,
      body: { code: 'OUTSIDE_POWER_OF_ATTORNEY' },
    });
  });
});

describe('what was given with the filing', () => {
  it('becomes the dossier of the admission when it opens', async () => {
    const codes = ['request', 'trial-scheme'];
    const documents: { code: string; documentId: string }[] = [];
    for (const code of codes) documents.push({ code, documentId: await upload(api, 'investor.drone', code) });
    const receipt = await fileTrial('drone', (filing) => ({ ...filing, documents }));
    const [{ procedure } = { procedure: '' }] = receipt.plan;
    await engineDoes(api, caseScope(receipt.case), { type: 'openProcedure', procedure });
    const { body } = await api.call<{ procedures: { procedure: string; stage: string }[] }>(
      'GET',
      `/cases/${receipt.case}`,
      { as: 'investor.drone' },
    );
    expect(body.procedures).toMatchObject([{ procedure, stage: 'intake' }]);
    // An officer of the agency that evaluates may read what the investor uploaded.
    const read = await api.call('GET', `/documents/${documents[0]?.documentId ?? ''}`, { as: 'officer.dost.1' });
    expect(read.status).toBe(200);
  });
});

describe('a trial that the test cannot place', () => {
  const unsure = solved({ canHarm: true, insured: null });

  it('waits for an officer of the agency that evaluates, who says that it fits', async () => {
    const { case: code, trial, plan } = await fileTrial('ai', unsure);
    expect(trial.fit.verdict).toBe('unknown');
    expect(trial.fit.reasons.filter(({ verdict }) => verdict !== 'yes')).toMatchObject([
      { code: 'insured', verdict: 'unknown' },
    ]);
    const roadmap = async () =>
      (
        await api.call<{ items: { readiness: string; holders: string[] }[] }>('GET', `/cases/${code}/roadmap`, {
          as: 'investor.ai',
        })
      ).body.items;
    expect(await roadmap()).toMatchObject([{ readiness: 'waiting', holders: ['dost'] }]);
    const scope = caseScope(code);
    const [{ procedure } = { procedure: '' }] = plan;
    await expect(engineDoes(api, scope, { type: 'openProcedure', procedure })).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
    });
    const task = { key: 'fit', kind: 'fit', agency: trial.evaluates.code, role: 'officer', step: null } as const;
    const id = await openTask(api, scope, task);
    const as = 'officer.dost.1';
    await api.call('POST', `/tasks/${id}/claim`, { as });
    const seen = await api.call<{ trial: { fit: { verdict: string; reasons: Reason[] } } }>('GET', `/cases/${code}`, {
      as,
    });
    expect(seen.body.trial.fit.reasons).toContainEqual(
      expect.objectContaining({ code: 'insured', verdict: 'unknown', text: expect.anything() as unknown }),
    );
    const body = { outcome: 'fits', reason: 'bảo lãnh ngân hàng đã nộp' };
    expect((await api.call('POST', `/tasks/${id}/completion`, { as, body })).status).toBe(200);
    expect(await roadmap()).toMatchObject([{ readiness: 'ready' }]);
    await engineDoes(api, scope, { type: 'openProcedure', procedure });
    expect(await roadmap()).toMatchObject([{ readiness: 'open', holders: ['investor'] }]);
  });

  it('is refused by that officer with a reason, and the case ends', async () => {
    const { case: code } = await fileTrial('ai', unsure);
    const scope = caseScope(code);
    const id = await openTask(api, scope, { key: 'fit', kind: 'fit', agency: 'dost', role: 'officer', step: null });
    const as = 'officer.dost.2';
    await api.call('POST', `/tasks/${id}/claim`, { as });
    expect(
      await api.refused('POST', `/tasks/${id}/completion`, { as, body: { outcome: 'does-not-fit' } }),
    ).toMatchObject({ status: 422, body: { code: 'VALIDATION_FAILED' } });
    const body = { outcome: 'does-not-fit', reason: 'không có bảo hiểm' };
    expect((await api.call('POST', `/tasks/${id}/completion`, { as, body })).status).toBe(200);
    await engineDoes(api, scope, { type: 'closeCase' });
    const { body: seen } = await api.call('GET', `/cases/${code}`, { as: 'investor.ai' });
    expect(seen).toMatchObject({ status: 'refused', trial: { fit: { verdict: 'no' } } });
  });
});

describe('a sandbox case', () => {
  const promises = ['lane', 'pathway', 'milestone', 'baseline', 'target', 'ambition', 'reductionByLaw'];
  let receipt: Receipt;
  beforeAll(async () => {
    receipt = await fileTrial('drone', solved({ name: { vi: 'Thả diều điện tử', en: 'Electronic kites' } }));
    await engineDoes(api, caseScope(receipt.case), {
      type: 'openProcedure',
      procedure: 'admission-hcmc-res-20-2024-uav',
    });
    await fileCase(api, 'cmc');
    await projected(api.deps);
  });
  const investor = { as: 'investor.drone' };

  it('is listed by its kind and found by its name; no lane is promised to it', async () => {
    const list = async (query: string) =>
      (
        await api.call<{ items: { case: string; kind: string; lane: unknown; trial: unknown; name: unknown }[] }>(
          'GET',
          `/cases?limit=100&${query}`,
          { as: 'auditor.1' },
        )
      ).body.items;
    const sandbox = await list('kind=sandbox');
    expect(sandbox.length).toBeGreaterThan(3);
    for (const one of sandbox) expect([one.kind, one.lane]).toEqual(['sandbox', null]);
    expect(sandbox.find((one) => one.case === receipt.case)).toMatchObject({
      name: { vi: 'Thả diều điện tử', en: 'Electronic kites' },
      pathway: null,
      trial: { regime: 'hcmc-res-20-2024-uav', phase: 'admission', ending: null },
    });
    expect((await list('q=tha%20dieu')).map((one) => one.case)).toEqual([receipt.case]);
    for (const one of await list('kind=green-lane')) expect([one.kind, one.trial]).toEqual(['green-lane', null]);
    // Its event says «standard»; whoever asks for a lane asks for projects.
    for (const lane of ['standard', 'green', 'undecided']) {
      for (const one of await list(`lane=${lane}`)) expect(one.kind).toBe('green-lane');
    }
  });

  it('reads as a trial: solution, applicant, regime, reasons, and what is asked of the investor', async () => {
    const { body } = await api.call<{ asked: { kind: string }[] }>('GET', `/cases/${receipt.case}`, investor);
    expect(body).toMatchObject({
      kind: 'sandbox',
      ...Object.fromEntries(promises.slice(0, 6).map((name) => [name, null])),
      project: null,
      investor: null,
      solution: { name: { en: 'Electronic kites' }, field: 'uav', declared: { height: 0.6 } },
      applicant: { kind: 'legal-entity-operating-in-the-parks', operatesInPark: true },
      trial: { regime: 'hcmc-res-20-2024-uav', fit: { verdict: 'yes' }, phase: 'admission', ending: null },
      asked: [{ kind: 'dossier', procedure: 'admission-hcmc-res-20-2024-uav' }],
    });
    const timeline = await api.call<{ items: { type: string; payload: object }[] }>(
      'GET',
      `/cases/${receipt.case}/timeline`,
      investor,
    );
    const [opened] = timeline.body.items;
    expect(opened).toMatchObject({ type: 'caseOpened', payload: { kind: 'sandbox', trial: { fit: 'yes' } } });
    for (const promise of promises) expect(opened?.payload).not.toHaveProperty(promise);
  });

  it('is measured against nothing: a term in the roadmap, no target, no reduction in the ledger', async () => {
    const roadmap = await api.call<{ items: object[] }>('GET', `/cases/${receipt.case}/roadmap`, investor);
    expect(roadmap.body.items).toMatchObject([
      {
        planned: { statutory: { starts: expect.anything() as unknown }, target: null },
        actual: { promisedDate: null },
      },
    ]);
    const ledger = await api.call('GET', `/cases/${receipt.case}/ledger`, investor);
    expect(ledger.body).toMatchObject({ milestone: null, baselineDays: null, reduction: null });
  });

  it('is looked up by code and PIN without a word of the green lane', async () => {
    const { code, pin } = receipt.public;
    const { body } = await api.call('POST', '/public/case-status', { body: { code, pin }, key: null });
    expect(body).toMatchObject({
      kind: 'sandbox',
      lane: null,
      trial: { regime: 'hcmc-res-20-2024-uav', phase: 'admission', ending: null },
      procedures: [{ procedure: 'admission-hcmc-res-20-2024-uav' }],
    });
    expect(JSON.stringify(body)).not.toContain('Electronic kites');
  });

  it('leaves no figure in the dashboards of the green lane', async () => {
    const facts = await api.pool.query(
      'select kind, baseline_days, reduction, exclusions, licensed_on from case_fact where case_code = $1',
      [receipt.case],
    );
    expect(facts.rows).toEqual([
      { kind: 'sandbox', baseline_days: 0, reduction: null, exclusions: [], licensed_on: null },
    ]);
    for (const table of ['procedure_fact', 'agency_fact', 'survey_fact']) {
      expect((await api.pool.query(`select from ${table} where case_code = $1`, [receipt.case])).rowCount, table).toBe(
        0,
      );
    }
  });

  it('tells an investor who files a project next what they said of themselves', async () => {
    const { status, body } = await api.call('POST', '/known-facts', { ...investor, body: {} });
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain('Giao Hàng Tầm Thấp');
  });

  it('stands in the tracking book with its applicant', async () => {
    const scope = procedureScope(receipt.case, 'admission-hcmc-res-20-2024-uav', 1);
    const documents = [];
    for (const code of ['request', 'trial-scheme', 'protection-measures', 'capacity']) {
      documents.push({ code, documentId: await upload(api, 'investor.drone', `${code} of the kites`) });
    }
    const path = `/cases/${receipt.case}/procedures/admission-hcmc-res-20-2024-uav/dossier`;
    expect((await api.call('POST', path, { ...investor, body: { documents } })).status).toBe(200);
    const task = await openTask(api, scope, {
      key: 'intake/1',
      kind: 'intake',
      agency: 'hcmc-pasc',
      role: 'receiving-officer',
      step: null,
    });
    const as = 'receiving-officer.hcmc-pasc.1';
    await api.call('POST', `/tasks/${task}/claim`, { as });
    const { status } = await api.call('POST', `/tasks/${task}/completion`, { as, body: { outcome: 'receive' } });
    expect(status).toBe(200);
    const list = await api.call<{ items: { id: string; form: string }[] }>(
      'GET',
      `/cases/${receipt.case}/forms`,
      investor,
    );
    const paper = list.body.items.find(({ form }) => form === '01');
    const printed = await api.call('GET', `/cases/${receipt.case}/forms/${paper?.id ?? ''}`, investor);
    expect([printed.status, printed.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    await projected(api.deps);
    const year = (await businessNow(api.pool)).slice(0, 4);
    const [from, to] = [plainDate(`${year}-01-01`), plainDate(`${year}-12-31`)];
    const book = await trackingBook(api.pool, { agency: null, from, to, limit: 10 });
    expect(book).toMatchObject([
      { procedure: 'admission-hcmc-res-20-2024-uav', applicant: exampleTrials.drone.applicant.name },
    ]);
  });
});

describe('a regime under which somebody has filed', () => {
  it('stays as it was when it is seeded otherwise; one that nobody has used yet follows the seeds', async () => {
    const { case: code } = await fileTrial('drone');
    const catalogue = catalogueData();
    const regimes = catalogue.regimes.map((one) => ({ ...one, incidentHours: 7 }));
    const { kept } = await seed(api.database.migratorUrl, { catalogue: { ...catalogue, regimes }, people });
    expect(kept).toContain('hcmc-res-20-2024-uav@2024-11-24');
    expect(kept).not.toContain('hcmc-general@undated');
    const { rows } = await api.pool.query<{ version: string; hours: number | null }>(
      `select version, (data ->> 'incidentHours')::int as hours from regime where code in ('hcmc-res-20-2024-uav', 'hcmc-general') order by version`,
    );
    expect(rows).toEqual([
      { version: 'hcmc-general@undated', hours: 7 },
      { version: 'hcmc-res-20-2024-uav@2024-11-24', hours: null },
    ]);
    expect((await api.call('GET', `/cases/${code}`, { as: 'investor.drone' })).status).toBe(200);
    // The same seeds again change nothing more.
    await seed(api.database.migratorUrl, { catalogue, people });
    expect((await seed(api.database.migratorUrl, { catalogue, people })).kept).toEqual([]);
  });
});
