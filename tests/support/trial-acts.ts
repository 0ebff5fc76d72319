import { regimeVersion, type RegimeInForce } from '../../domain/law/regime.js';
import type { Reading, TrialTerms } from '../../domain/law/trial-terms.js';
import type { Command, EngineCommand } from '../../domain/case/commands.js';
import type { DeviceCommand, TrialCommand } from '../../domain/case/trial/commands.js';
import type { Actor } from '../../domain/case/events.js';
import type { TrialRequest } from '../../domain/case/trial/words.js';
import type { Law } from '../../domain/law/law.js';
import { caseScope } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { allTasks, type TaskState } from '../../domain/case/task/state.js';
import { openHold, openRequests, unexamined, type TrialState, admissionOf } from '../../domain/case/trial/state.js';
import { isEnded } from '../../domain/case/trial/phases.js';
import { dateOf, instantAfter } from '../../domain/time/instants.js';
import { catalogue, catalogueData } from '../../seeds/index.js';
import { person } from './memory-register.js';
import type { Act, Scene } from './scene.js';
import type { Draw } from './drawing.js';

type TrialAct = TrialCommand['type'] | DeviceCommand['type'] | 'admitTrial' | 'startTrial' | 'certifyCompletion';

/** A regime of the seeds, by its version. */
export function knownRegime(version: string): RegimeInForce {
  const found = catalogue().regimes.get(version);
  if (!found) throw new Error(`no regime ${version}`);
  return found;
}

/** Conditions that the regime of this trial allows, as an evaluation would propose them. */
export function termsFor(law: Law, { version, months }: Pick<TrialState, 'version' | 'months'>): TrialTerms {
  const { regime, rules } = law.regime(version);
  const own = {
    code: 'users',
    name: { vi: 'Số người dùng', en: 'Users' },
    unit: 'person',
    watch: 'telemetry',
  } as const;
  return {
    months,
    areas: [
      {
        code: 'area-1',
        name: { vi: 'Khu thử nghiệm', en: 'Test area' },
        site: regime.territory.sites[0] ?? 'none',
        polygon: [
          [10.84, 106.79],
          [10.84, 106.81],
          [10.86, 106.81],
          [10.86, 106.79],
        ],
      },
    ],
    limits: [{ ...own, max: 1000, inclusive: true, verified: true, source: 'admission' }],
    dataLocation: 'in-country',
    reportEvery: rules.reportInterval?.value ?? { amount: 3, unit: 'month' },
    visitEvery: 6,
    transitionMonths: 0,
    exemptions: [
      { act: 'Luật A', article: 'Điều 1', whom: 'participant', scope: 'administrative', basis: 'Luật 93/2025/QH15' },
    ],
    userDuties: [{ code: 'return-data', name: { vi: 'Trả dữ liệu', en: 'Return data' }, days: 30 }],
  };
}

/** What every evaluation finds where nothing speaks against it. */
export const findingsFor = (law: Law) =>
  law.settings.sandbox.criteria.map(({ code }) => ({ criterion: code, finding: 'positive' as const }));

/** A place inside the area of `termsFor`, and one outside it. */
export const inside = '10.85,106.80';
export const outside = '10.90,106.80';

const chance = (draw: Draw, percent: number): boolean => draw(100) < percent;
const pick = <T>(draw: Draw, list: readonly T[], otherwise: T): T => list[draw(list.length || 1)] ?? otherwise;

const byParticipant = ({ state }: Scene, command: Command): Act => ({
  command,
  actor: person(state.investor.personId, 'investor'),
});
const byEngine = ({ state }: Scene, command: EngineCommand): Act => ({
  command,
  actor: { kind: 'engine', scope: caseScope(state.code) },
  scope: caseScope(state.code),
});
const byHead = ({ state, draw }: Scene, command: Command): Act => {
  const agency = state.trial && pick(draw, [state.trial.authority, state.trial.supervises], 'dost');
  return { command, actor: person(`head.${agency ?? 'dost'}`, 'head', agency ?? 'dost') };
};

const stepTask = ({ state }: Scene, step: string): TaskState | undefined =>
  [...allTasks(state)].find((task) => task.step === step && (task.status === 'open' || task.status === 'claimed'));

const byHolder = (task: TaskState | undefined, command: (taskId: string) => Command): Act | undefined =>
  task && {
    command: command(task.id),
    actor: task.claimedBy
      ? person(task.claimedBy, task.role, task.agency)
      : person(`${task.role}.${task.agency}.1`, task.role, task.agency),
  };

const version = (state: CaseState): Pick<TrialState, 'version' | 'months'> => {
  const [regime] = catalogueData().regimes;
  return state.trial ?? { version: regime ? regimeVersion(regime) : '', months: 6 };
};

const proposedTerms = ({ law, state, draw }: Scene): TrialTerms => {
  const terms = termsFor(law, version(state));
  if (chance(draw, 10)) return { ...terms, months: 600 };
  const { rules } = law.regime(version(state).version);
  const transitionMonths = rules.transitionAllowed?.value === true ? draw(3) : 0;
  const reportEvery = { amount: 1 + draw(3), unit: 'week' } as const;
  return { ...terms, months: 1 + draw(3), transitionMonths, reportEvery, visitEvery: 1 + draw(2) };
};

/** As they are, or with another rhythm. */
const adjustedTerms = (scene: Scene): TrialTerms => {
  const terms = scene.state.trial?.terms ?? proposedTerms(scene);
  if (chance(scene.draw, 30)) return terms;
  const exemptions = chance(scene.draw, 50) ? [] : terms.exemptions;
  return {
    ...terms,
    exemptions,
    reportEvery: { amount: 1 + scene.draw(4), unit: 'week' },
    visitEvery: 1 + scene.draw(2),
  };
};

/** Five people, of whom the last may be left out. */
export const council = (draw: Draw) => [
  { person: 'head.dost.9', role: 'chair', agency: 'dost' } as const,
  ...['expert.1', 'expert.2', 'expert.3'].map((id) => ({ person: id, role: 'member', agency: null }) as const),
  ...(chance(draw, 90) ? [{ person: 'officer.doj.9', role: 'member', agency: 'doj' } as const] : []),
];

const readings = ({ now, draw, state }: Scene): Reading[] => {
  const at = now;
  const codes = state.trial?.terms?.limits.map(({ code }) => code) ?? ['speed'];
  const known = codes.includes('test-area') && chance(draw, 50) ? 'test-area' : pick(draw, codes, 'speed');
  const limit = chance(draw, 5) ? 'nonsense' : known;
  if (limit === 'users') return [{ limit, at, value: draw(1_150) }];
  if (limit === 'test-area') return [{ limit, at, value: chance(draw, 85) ? inside : outside }];
  return [{ limit, at, value: draw(120) }];
};

/** What the workflow of the case would hand to somebody now. */
export function* wantedInTrial({ trial }: CaseState): Generator<Pick<TaskState, 'key' | 'kind' | 'agency' | 'role'>> {
  if (!trial) return;
  const { supervises, authority, evaluates } = trial;
  if (trial.fit === 'unknown') yield { key: 'fit', kind: 'fit', agency: evaluates, role: 'officer' };
  for (const { id } of unexamined(trial)) {
    yield { key: `incident/${id}`, kind: 'incident', agency: supervises, role: 'officer' };
  }
  if (isEnded(trial.phase)) return;
  const hold = openHold(trial);
  if (hold) yield { key: `hold/${hold.id}`, kind: 'hold', agency: supervises, role: 'head' };
  for (const { id } of openRequests(trial)) {
    yield { key: `trial-request/${id}`, kind: 'trial-request', agency: authority, role: 'head' };
  }
  if (trial.finalReport) yield { key: 'completion', kind: 'completion', agency: authority, role: 'head' };
}

/** One way to try each act of a trial; in a case that is none, or in the wrong phase, they are refused. */
export const trialAttempts: { readonly [T in TrialAct]: (scene: Scene) => Act | undefined } = {
  proposeTerms: (scene) =>
    byHolder(stepTask(scene, 'evaluation'), (taskId) => ({
      type: 'proposeTerms',
      taskId,
      criteria: findingsFor(scene.law),
      terms: proposedTerms(scene),
    })),
  conveneCouncil: (scene) =>
    byHolder(stepTask(scene, 'council'), (taskId) => ({
      type: 'conveneCouncil',
      taskId,
      members: council(scene.draw),
      meetsAt: instantAfter(scene.now, 1),
    })),
  openCouncil: (scene) => {
    const members = admissionOf(scene.state)?.council?.members ?? [];
    const present = members.map((one) => one.person).filter(() => chance(scene.draw, 90));
    return byHolder(stepTask(scene, 'council'), (taskId) => ({ type: 'openCouncil', taskId, present }));
  },
  castVote: (scene) => {
    const members = admissionOf(scene.state)?.council?.members ?? [];
    const member = pick(scene.draw, members, { person: 'expert.9', role: 'member', agency: null });
    const vote = pick(scene.draw, ['for', 'for', 'for', 'against', 'abstain'] as const, 'for');
    const reason = vote === 'against' ? 'too early' : null;
    const role = member.agency === null ? 'expert' : 'officer';
    return { command: { type: 'castVote', vote, reason }, actor: person(member.person, role, member.agency) };
  },
  recordPermit: (scene) =>
    byParticipant(scene, {
      type: 'recordPermit',
      permit: 'flight-permission',
      number: 'QĐ-1',
      documentId: null,
      validTo: null,
    }),
  registerKey: (scene) =>
    byParticipant(scene, { type: 'registerKey', keyId: `key-${scene.draw(3)}`, publicKey: `MCow/${scene.state.code}` }),
  submitMetrics: (scene) => {
    const last = scene.state.trial?.metrics;
    const keyId = pick(scene.draw, Object.keys(scene.state.trial?.keys ?? {}), 'key-9');
    const actor: Actor = { kind: 'device', keyId };
    const batch = (last?.batch ?? 0) + (chance(scene.draw, 90) ? 1 : scene.draw(3));
    const from = last?.to ?? scene.now;
    const command = { type: 'submitMetrics', batch, keyId, digest: 'd', from, to: scene.now } as const;
    return { command: { ...command, readings: readings(scene) }, actor };
  },
  fileTrialReport: (scene) =>
    byParticipant(scene, { type: 'fileTrialReport', duty: null, documentId: 'doc-report', figures: { flights: 3 } }),
  reportIncident: (scene) => {
    const open = Object.values(scene.state.trial?.incidents ?? {}).find(({ reportedAt }) => reportedAt === null);
    const severity = pick(scene.draw, ['minor', 'serious', 'critical'] as const, 'minor');
    const when = { happenedAt: instantAfter(scene.now, -2), knownAt: instantAfter(scene.now, -1) };
    const told = { severity, ...when, description: 'it fell', documentId: null };
    return byParticipant(scene, { type: 'reportIncident', incident: open?.id ?? null, ...told });
  },
  recordVisit: (scene) =>
    byHead(scene, { type: 'recordVisit', on: dateOf(scene.now), result: 'in-order', findings: 'as admitted' }),
  requestTrialChange: (scene) => {
    const request: TrialRequest = pick<TrialRequest>(
      scene.draw,
      [
        { kind: 'extension', months: 1 + scene.draw(2) },
        { kind: 'resumption' },
        { kind: 'adjustment', terms: adjustedTerms(scene) },
      ],
      { kind: 'resumption' },
    );
    return byParticipant(scene, { type: 'requestTrialChange', request, reason: 'needed' });
  },
  suspendTrial: (scene) => byHead(scene, { type: 'suspendTrial', reason: 'shortcomings' }),
  resumeTrial: (scene) => byHead(scene, { type: 'resumeTrial', reason: 'remedied' }),
  fileFinalReport: (scene) =>
    byParticipant(scene, {
      type: 'fileFinalReport',
      documentId: 'doc-final',
      lessons: [{ act: 'Luật A', article: 'Điều 1', change: 'allow it' }],
      figures: { flights: 120 },
    }),
  endTrial: (scene) =>
    chance(scene.draw, 50)
      ? byParticipant(scene, { type: 'endTrial', ending: 'withdrawn', reason: 'no money' })
      : byHead(scene, { type: 'endTrial', ending: 'revoked', reason: 'unsafe' }),
  admitTrial: (scene) => byEngine(scene, { type: 'admitTrial' }),
  startTrial: (scene) => byEngine(scene, { type: 'startTrial' }),
  certifyCompletion: (scene) => byEngine(scene, { type: 'certifyCompletion' }),
};
