import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Phase } from '../../domain/case/trial/phases.js';
import { addDays, dateOf, instantAfter } from '../../domain/time/instants.js';
import { fileCase, startApi, type TestApi, upload } from './support.js';
import {
  done,
  investor,
  newKey,
  now,
  register,
  type RegisteredTrial,
  standing,
  standStill,
  headOfAuthority,
  headOfSupervisor,
  reason,
} from './trial-by-hand.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await standStill(api);
});
afterAll(() => api.close());

const inPhase = (phase: Phase): Promise<RegisteredTrial> => register(api, standing[phase]());
describe('a trial as it reads', () => {
  it('shows its conditions with their sources, its exemption record and the figures of its regime', async () => {
    const view = await (await inPhase('running')).view();
    expect(view).toMatchObject({
      phase: 'running',
      regime: { code: 'hcmc-res-20-2024-uav', version: 'hcmc-res-20-2024-uav@2024-11-24', field: 'uav' },
      authority: 'hcmc-committee',
      supervises: 'shtp-board',
      from: '2026-08-24',
      until: '2027-08-23',
      keys: ['key-1'],
      metrics: { batch: 1, to: '2026-08-25T02:00:00.000Z' },
      permits: [{ permit: 'flight-permission', number: 'QĐ-1' }],
      exemptions: [{ act: 'Luật A', whom: 'participant', from: '2026-08-24', to: '2027-08-23' }],
      ending: null,
      certificate: null,
    });
    const sourceOf = (code: string) => view.terms?.limits.find((limit) => limit.code === code)?.source;
    expect(sourceOf('altitude')).toBe('law');
    expect(sourceOf('users')).toBe('admission');
    expect(view.rules.incidentHours).toMatchObject({ value: 24, source: 'default', verified: false });
    expect(view.rules.maxExtensions).toMatchObject({ value: 1, source: 'default' });
    // Twelve weeks are over: the last of their reports is not due yet.
    expect(view.reports).toHaveLength(12);
    expect(view.reports[0]).toMatchObject({ duty: 'trial-report#1', status: 'overdue', filedAt: null });
    expect(view.reports.at(-1)).toMatchObject({ duty: 'trial-report#12', dueDate: '2026-11-25', status: 'open' });
    expect(view.finalReportDue).toMatchObject({ duty: 'trial-final-report', status: 'open' });
  });

  it.each<[string, Phase, string[]]>([
    [
      investor,
      'running',
      [
        'registerKey',
        'fileReport',
        'reportIncident',
        'requestAdjustment',
        'requestExtension',
        'fileFinalReport',
        'withdraw',
      ],
    ],
    [investor, 'admitted', ['recordPermit', 'registerKey', 'fileReport', 'requestAdjustment', 'withdraw']],
    ['representative.besi', 'running', []],
    ['officer.shtp-board.1', 'running', ['recordVisit']],
    [headOfSupervisor, 'held', ['recordVisit', 'suspend']],
    [headOfAuthority, 'suspended', ['recordVisit', 'resume', 'revoke']],
    ['head.doj', 'running', []],
    ['auditor.1', 'running', []],
    [headOfAuthority, 'over', []],
  ])('says to %s what they may do in a trial that is %s', async (as, phase, acts) => {
    const { may } = await (await inPhase(phase)).view(as);
    const open = phase === 'admitted' ? acts.filter((act) => act !== 'fileReport' || may.includes(act)) : acts;
    expect(may).toEqual(open);
  });

  it('is no trial where the case is a green-lane case', async () => {
    const { case: code } = await fileCase(api);
    const of = (path: string) => api.refused('GET', `/cases/${code}/trial${path}`, { as: investor });
    expect((await of('')).body.code).toBe('NOT_FOUND');
    expect((await of('/readings')).body.code).toBe('NOT_FOUND');
    const answer = await api.refused('POST', `/cases/${code}/trial/termination`, { as: investor, body: { reason } });
    expect(answer.body.code).toBe('NOT_FOUND');
  });
});

describe('what the participant shows', () => {
  it('is a permit with a document of its own, once, that has not ended', async () => {
    const trial = await inPhase('admitted');
    const permit = { permit: 'flight-permission', number: '12/GP-TC' };
    const theirs = await upload(api, 'investor.cmc');
    expect(await trial.refusal('permits', investor, { ...permit, documentId: theirs })).toBe('UNKNOWN_VALUE');
    expect(await trial.refusal('permits', investor, { ...permit, permit: 'driving-licence' })).toBe('UNKNOWN_VALUE');
    expect(await trial.refusal('permits', investor, { ...permit, validTo: '2026-11-15' })).toBe('VALIDATION_FAILED');
    const documentId = await upload(api, investor);
    await done(trial.post('permits', investor, { ...permit, documentId, validTo: '2027-06-30' }));
    const [shown] = (await trial.view()).permits;
    expect(shown).toMatchObject({ number: '12/GP-TC', validTo: '2027-06-30', documentId });
    expect(await trial.refusal('permits', investor, permit)).toBe('DUPLICATE_REQUEST');
    // Whoever may read the case may read what it rests on.
    expect((await api.call('GET', `/documents/${documentId}`, { as: headOfSupervisor })).status).toBe(200);
    expect((await api.call('GET', `/documents/${documentId}`, { as: 'head.city-tax' })).status).toBe(404);
  });

  it('is a public key of Ed25519 and nothing else, under an id and in one trial only', async () => {
    const trial = await inPhase('running');
    const { privateKey } = generateKeyPairSync('ed25519');
    const { publicKey: x25519 } = generateKeyPairSync('x25519');
    const { publicKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const wrong = [
      x25519.export({ type: 'spki', format: 'pem' }).toString(),
      rsa.export({ type: 'spki', format: 'pem' }).toString(),
      privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
      `${newKey()}AAAA`,
      newKey().slice(0, 40),
      'hello',
    ];
    for (const publicKey of wrong) {
      expect(await trial.refusal('keys', investor, { keyId: 'key-2', publicKey })).toBe('VALIDATION_FAILED');
    }
    expect(await trial.refusal('keys', investor, { keyId: 'Key 2', publicKey: newKey() })).toBe('VALIDATION_FAILED');
    const publicKey = newKey();
    await done(trial.post('keys', investor, { keyId: 'key-2', publicKey }));
    expect(await trial.refusal('keys', investor, { keyId: 'key-2', publicKey: newKey() })).toBe('DUPLICATE_REQUEST');
    const view = await trial.view();
    expect(view.keys).toEqual(['key-1', 'key-2']);
    expect(JSON.stringify(view)).not.toContain(publicKey);
    const other = await inPhase('running');
    expect(await other.refusal('keys', investor, { keyId: 'key-2', publicKey })).toBe('CONFLICT');
  });

  it('is a report of the period that it names, with a document or figures', async () => {
    const trial = await inPhase('running');
    expect(await trial.refusal('reports', investor, {})).toBe('VALIDATION_FAILED');
    const documentId = await upload(api, 'investor.cmc');
    expect(await trial.refusal('reports', investor, { documentId })).toBe('UNKNOWN_VALUE');
    const figures = { flights: 40, 'near-misses': 0 };
    expect(await trial.refusal('reports', investor, { duty: 'trial-report#90', figures })).toBe('NOT_FOUND');
    await done(trial.post('reports', investor, { duty: 'trial-report#12', figures }));
    expect(await trial.refusal('reports', investor, { duty: 'trial-report#12', figures })).toBe('DUTY_CLOSED');
    await done(trial.post('reports', investor, { figures }));
    const { reports } = await trial.view();
    expect(reports.filter(({ filedAt }) => filedAt !== null)).toMatchObject([
      { duty: 'trial-report#1', status: 'met', figures },
      { duty: 'trial-report#12', status: 'met', filedAt: now, figures },
    ]);
  });
});

describe('an incident', () => {
  const incident = {
    severity: 'critical',
    happenedAt: instantAfter(now, -3),
    knownAt: instantAfter(now, -2),
    description: 'Rơi gần bãi đỗ xe, không ai bị thương',
  };

  it('holds the trial at once where it is grave, and is examined by the supervisor', async () => {
    const trial = await inPhase('running');
    await done(trial.post('incidents', investor, incident));
    const view = await trial.view(headOfSupervisor);
    expect(view).toMatchObject({ phase: 'held', holds: [{ cause: { kind: 'incident', incident: 'I1' } }] });
    const { description, severity } = incident;
    const reportBy = instantAfter(incident.knownAt, 24);
    expect(view.incidents).toMatchObject([
      { id: 'I1', severity, description, reportBy, late: false, status: 'reported' },
    ]);
    const taskId = await trial.task('incident/I1', 'incident');
    const finding = { damage: 'third-party', cause: 'objective', exempt: true };
    const examined = { outcome: 'examined', reason: 'gió giật', finding, legalBasis: 'Luật 93/2025/QH15' };
    const officer = 'officer.shtp-board.1';
    expect((await trial.complete(taskId, officer, examined)).body.code).toBe('NOT_EXEMPT');
    const own = { ...examined, finding: { ...finding, damage: 'own' } };
    await done(trial.complete(taskId, officer, own));
    expect((await trial.view()).incidents[0]).toMatchObject({
      status: 'examined',
      finding: { damage: 'own', cause: 'objective', exempt: true, reason: 'gió giật', at: now },
    });
  });

  it('cannot be known before it happened, nor tomorrow, nor be one that nobody opened', async () => {
    const trial = await inPhase('running');
    const of = (change: object) => trial.refusal('incidents', investor, { ...incident, ...change });
    expect(await of({ knownAt: instantAfter(now, -4) })).toBe('VALIDATION_FAILED');
    expect(await of({ knownAt: instantAfter(now, 1) })).toBe('VALIDATION_FAILED');
    expect(await of({ incident: 'I7' })).toBe('NOT_FOUND');
    expect(await of({ severity: 'bad' })).toBe('UNKNOWN_VALUE');
    expect(await of({ description: ' ' })).toBe('VALIDATION_FAILED');
  });
});

describe('supervision', () => {
  it('records visits of the supervisor, not of another agency in the case', async () => {
    const trial = await inPhase('running');
    const visit = { on: '2026-11-13', result: 'shortcomings', findings: 'Thiếu biển báo khu vực bay' };
    expect(await trial.refusal('visits', 'officer.doj.1', visit)).toBe('FORBIDDEN');
    expect(await trial.refusal('visits', 'officer.city-tax.1', visit)).toBe('CASE_NOT_YOURS');
    expect(await trial.refusal('visits', investor, visit)).toBe('FORBIDDEN');
    expect(await trial.refusal('visits', 'officer.shtp-board.1', { ...visit, on: addDays(dateOf(now), 1) })).toBe(
      'VALIDATION_FAILED',
    );
    await done(trial.post('visits', 'officer.shtp-board.1', visit));
    expect((await trial.view()).visits).toEqual([{ id: 'V1', agency: 'shtp-board', ...visit }]);
  });

  it('suspends and resumes by a head, who must have no interest in the case', async () => {
    const trial = await inPhase('running');
    expect(await trial.refusal('suspension', 'head.doj', { reason })).toBe('FORBIDDEN');
    expect(await trial.refusal('suspension', 'officer.shtp-board.1', { reason })).toBe('FORBIDDEN');
    await done(trial.post('suspension', headOfSupervisor, { reason }));
    await done(trial.post('resumption', investor, { reason: 'đã khắc phục' }));
    expect(await trial.refusal('resumption', investor, { reason })).toBe('DUPLICATE_REQUEST');
    await done(trial.post('resumption', headOfAuthority, { reason: 'đã kiểm tra' }));
    const view = await trial.view();
    expect(view).toMatchObject({
      phase: 'running',
      requests: [{ kind: 'resumption', status: 'granted', answer: 'đã kiểm tra' }],
    });
    expect(view.suspensions).toEqual([{ at: now, hold: null, reason, resumedAt: now, resumedBecause: 'đã kiểm tra' }]);
    const interest = { as: headOfSupervisor, body: { reason: 'cổ đông' } };
    await done(api.call('POST', `/cases/${trial.code}/interest-declarations`, interest));
    expect(await trial.refusal('suspension', headOfSupervisor, { reason })).toBe('ACTOR_RECUSED');
    // Whoever takes no part any more does not read either.
    expect((await api.refused('GET', `/cases/${trial.code}/trial`, { as: headOfSupervisor })).body.code).toBe(
      'ACTOR_RECUSED',
    );
  });

  it('confirms a hold, or lifts it, by the task of the supervisor’s head', async () => {
    const [confirmed, lifted] = [await inPhase('held'), await inPhase('held')];
    const decide = async (trial: RegisteredTrial, outcome: string) => {
      const { rows } = await api.pool.query<{ id: string }>(
        `select id from task where case_code = $1 and kind = 'hold'`,
        [trial.code],
      );
      return trial.complete(rows[0]?.id ?? '', headOfSupervisor, { outcome, reason });
    };
    await done(decide(confirmed, 'confirm'));
    await done(decide(lifted, 'lift'));
    expect(await confirmed.view()).toMatchObject({
      phase: 'suspended',
      holds: [{ status: 'confirmed', reason, decidedAt: now }],
      suspensions: [{ hold: 'H1' }],
    });
    expect(await lifted.view()).toMatchObject({ phase: 'running', holds: [{ status: 'lifted' }], suspensions: [] });
  });
});
