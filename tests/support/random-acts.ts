import type { Command, EngineCommand } from '../../domain/case/commands.js';
import type { ConsultationState, OpinionState } from '../../domain/case/consultation/state.js';
import type { Actor } from '../../domain/case/events.js';
import { canonicalExtract } from '../../domain/case/extract/content.js';
import { reportable } from '../../domain/case/gate/rules.js';
import { resultChangesOf } from '../../domain/case/issued/state.js';
import { resultChangeKinds } from '../../domain/case/issued/words.js';
import { laneOf } from '../../domain/case/lane/state.js';
import { isDeferred, readyToOpen, startsByItself } from '../../domain/case/procedure/progress.js';
import { factsBehind, latestAttempt, type ProcedureState } from '../../domain/case/procedure/state.js';
import type { DossierDocument } from '../../domain/case/procedure/words.js';
import { caseScope, type ScopeId } from '../../domain/case/scope.js';
import type { CaseState } from '../../domain/case/state.js';
import type { SupplementGround } from '../../domain/case/supplement/words.js';
import type { Assignee } from '../../domain/case/task/commands.js';
import { isSecondTask } from '../../domain/case/task/keys.js';
import { allTasks, type TaskState } from '../../domain/case/task/state.js';
import { predicateIds, proofs } from '../../domain/lane/evidence.js';
import type { ResolvedStep } from '../../domain/law/procedure.js';
import { addDays, dateOf, type PlainDate } from '../../domain/time/instants.js';
import { chance, oneOf } from './drawing.js';
import { person } from './memory-register.js';
import { answerOf, completionFor, workingDate } from './random-completions.js';
import {
  type Act,
  byHandler,
  byInvestor,
  documentsOf,
  holderOf,
  isOpen,
  openNotices,
  openQuestions,
  refused,
  type Scene,
  unanswered,
} from './scene.js';
import { trialAttempts } from './trial-acts.js';
import { readySteps, wantedTasks } from './wanted-tasks.js';

const factValues = {
  'project.site.zone': ['SHTP', 'HEPZA', 'QTSC', 'EZ', 'none'],
  'project.site.land': ['leased-factory', 'cleared-land', 'state-land'],
  'project.environmentalGroup': ['none', 'III', 'II', 'I'],
  'project.restrictedTechnology': [true, false],
  'project.construction': [true, false],
  'project.capital.foreignShare': [0, 0.51, 1],
  'project.keyProjectListed': [true, false],
} as const satisfies Readonly<Record<string, readonly (string | number | boolean)[]>>;
const whatARegisterSaid = {
  purpose: { vi: 'Giải quyết thủ tục', en: 'Handling' },
  legalBasis: 'Nghị định 96/2026/NĐ-CP, Điều 6.4',
  about: { name: 'BESI', number: null },
  fields: [{ code: 'zone', name: { vi: 'Khu', en: 'Zone' }, value: 'SHTP' }],
};
const someFacts = Object.keys(factValues) as (keyof typeof factValues)[];

type Kind = Command['type'];
type Tried = Act | undefined;
/** One way to try each command that exists: a new command without one does not compile. */
const attempts: { readonly [T in Kind]: (scene: Scene) => Tried } = {
  ...trialAttempts,
  // The case and its investor
  openCase: (scene) => byInvestor(scene, reopening(scene)),
  fileDossier: (scene) => {
    const { draw, state } = scene;
    const awaiting = state.plan.filter(({ procedure, mandatory }) => {
      const latest = latestAttempt(state, procedure);
      return latest ? latest.stage === 'awaiting-dossier' : !mandatory || isDeferred(state, procedure);
    });
    const item = oneOf(draw, chance(draw, 90) ? awaiting : state.plan);
    return (
      item && byInvestor(scene, { type: 'fileDossier', procedure: item.procedure, ...dossier(scene, item.procedure) })
    );
  },
  refileProcedure: (scene) => {
    const item = oneOf(scene.draw, refused(scene.state));
    return item === undefined
      ? undefined
      : byInvestor(scene, { type: 'refileProcedure', procedure: item, ...dossier(scene, item) });
  },
  answerSupplement: (scene) => {
    const asked = oneOf(scene.draw, openNotices(scene.state));
    if (!asked) return undefined;
    const { procedure, requestId } = asked;
    return byInvestor(scene, { type: 'answerSupplement', procedure, requestId, ...dossier(scene, procedure) });
  },
  meetGate: (scene) => {
    const gate = oneOf(scene.draw, [...reportable(scene.state, scene.law), 'deposit-lodged']);
    if (gate === undefined) return undefined;
    const on = addDays(dateOf(scene.now), (gate.endsWith('-planned') ? 1 : -1) * scene.draw(1_000));
    return byInvestor(scene, { type: 'meetGate', gate, evidence: null, ...(chance(scene.draw, 60) && { on }) });
  },
  withdrawCase: (scene) => byInvestor(scene, { type: 'withdrawCase', reason: 'changed plans' }),
  surveyCase: (scene) => {
    const { draw, state } = scene;
    const handed = Object.values(state.procedures).filter(({ handedOverAt }) => handedOverAt !== null);
    const result = oneOf(draw, handed);
    const score = 1 + draw(5);
    if (state.closed && chance(draw, 50)) return byInvestor(scene, { type: 'surveyCase', score });
    return result && byInvestor(scene, { type: 'surveyCase', score, procedure: result.procedure });
  },
  proposeLane: (scene) =>
    laneOf(scene.state) === 'standard' || chance(scene.draw, 5)
      ? byInvestor(scene, { type: 'proposeLane', reason: 'a key project by now' })
      : undefined,
  giveEvidence: (scene) => {
    const { draw, state } = scene;
    const predicate = oneOf(draw, predicateIds) ?? 'high-tech';
    const { code } = oneOf(draw, proofs[chance(draw, 90) ? predicate : 'needs-priority']) ?? { code: 'memorandum' };
    const documentId = `doc-${draw(20)}`;
    return state.kind === 'green-lane'
      ? byInvestor(scene, { type: 'giveEvidence', predicate, code, documentId })
      : undefined;
  },
  proposeFacts: (scene) => {
    const { draw, state } = scene;
    const attr = oneOf(draw, someFacts);
    if (attr === undefined || state.kind !== 'green-lane') return undefined;
    const values: readonly (string | number | boolean)[] = factValues[attr];
    const facts = { [attr]: oneOf(draw, values) ?? true };
    const command = {
      type: 'proposeFacts',
      facts,
      reason: 'the survey says so',
      documentId: `doc-${draw(20)}`,
    } as const;
    const agency = oneOf(draw, ['dof', 'shtp-board', 'dost']) ?? 'dof';
    return chance(draw, 60)
      ? byInvestor(scene, command)
      : { command, actor: person(`officer.${agency}.${1 + draw(2)}`, 'officer', agency) };
  },
  openLaneHearing: ({ draw, state }) => {
    const predicates = predicateIds.filter(() => chance(draw, 50));
    const agency = chance(draw, 90) ? 'dof' : 'dost';
    const by: Actor = { kind: 'person', id: `officer.${agency}.${1 + draw(2)}`, role: 'officer', agency };
    return laneOf(state) === 'green' || chance(draw, 5)
      ? { command: { type: 'openLaneHearing', predicates, reason: 'the contract was never signed' }, actor: by }
      : undefined;
  },
  answerLaneHearing: (scene) =>
    scene.state.kind === 'green-lane' && (scene.state.laneHearings.length > 0 || chance(scene.draw, 5))
      ? byInvestor(scene, { type: 'answerLaneHearing', statement: 'it was signed in July' })
      : undefined,
  proposeResultChange: ({ draw, state }) => {
    const issued = Object.values(state.procedures).filter(({ signature, closed }) => signature !== null && closed);
    const result = oneOf(draw, issued);
    if (!result) return undefined;
    const agency = chance(draw, 90) ? result.competentAgency : 'dost';
    const change = oneOf(draw, resultChangeKinds) ?? 'correction';
    const passages = change === 'correction' || chance(draw, 10) ? [{ was: '10 ha', is: '11 ha' }] : [];
    return {
      command: {
        type: 'proposeResultChange',
        procedure: result.procedure,
        ...{ change, passages, reason: 'the area was misread', legalBasis: 'NĐ 30/2020/NĐ-CP, Điều 18' },
      },
      actor: { kind: 'person', id: `officer.${agency}.${1 + draw(2)}`, role: 'officer', agency },
    };
  },
  answerResultHearing: (scene) => {
    const { draw, state } = scene;
    const changeId = oneOf(draw, resultChangesOf(state))?.change.id;
    return changeId === undefined
      ? undefined
      : byInvestor(scene, { type: 'answerResultHearing', changeId, statement: 'the survey was right' });
  },
  deferProcedure: (scene) => {
    const item = oneOf(scene.draw, scene.state.plan);
    const until = chance(scene.draw, 60) ? addDays(dateOf(scene.now), scene.draw(60)) : null;
    return item && byInvestor(scene, { type: 'deferProcedure', procedure: item.procedure, until, reason: 'later' });
  },
  resumeProcedure: (scene) => {
    const procedure = oneOf(scene.draw, Object.keys(scene.state.deferred));
    return procedure === undefined ? undefined : byInvestor(scene, { type: 'resumeProcedure', procedure });
  },
  askQuestion: (scene) => {
    const item = chance(scene.draw, 60) ? oneOf(scene.draw, scene.state.plan) : undefined;
    const text = chance(scene.draw, 90) ? 'Which form is needed?' : ' ';
    return byInvestor(scene, { type: 'askQuestion', procedure: item?.procedure ?? null, text });
  },
  giveInstruction: (scene) => {
    const { draw, state, now } = scene;
    // Leadership steps in rarely: the life of a case is its people's.
    if (!chance(draw, 20)) return undefined;
    const { agency, procedure } = oneOf(draw, state.plan) ?? { agency: 'dof', procedure: null };
    return byLeader({
      type: 'giveInstruction',
      want: chance(draw, 50) ? 'explain' : 'act',
      agency: chance(draw, 80) ? agency : 'city-tax',
      procedure: chance(draw, 60) ? procedure : null,
      dueDate: chance(draw, 90) ? workingDate(scene, draw(10)) : addDays(dateOf(now), -1),
      text: chance(draw, 95) ? 'why does it stand still?' : ' ',
    });
  },
  moveInstruction: (scene) => {
    const instructionId = someInstruction(scene);
    const dueDate = workingDate(scene, scene.draw(15));
    return instructionId === undefined
      ? undefined
      : byLeader({ type: 'moveInstruction', instructionId, dueDate, reason: 'a storm' });
  },
  withdrawInstruction: (scene) => {
    const instructionId = someInstruction(scene);
    return instructionId === undefined
      ? undefined
      : byLeader({ type: 'withdrawInstruction', instructionId, reason: 'settled by telephone' });
  },
  meetDuty: (scene) => {
    const duty = oneOf(scene.draw, Object.keys(scene.state.duties));
    return duty === undefined ? undefined : byInvestor(scene, { type: 'meetDuty', duty, evidence: 'doc-duty' });
  },
  recordPayment: (scene) => {
    const due = oneOf(
      scene.draw,
      Object.values(scene.state.procedures).flatMap(({ procedure, payments }) =>
        Object.entries(payments).map(([step, { receivedAt }]) => ({ procedure, step, receivedAt })),
      ),
    );
    if (!due) return undefined;
    const reference = `P-${scene.draw(40)}`;
    return byInvestor(scene, { type: 'recordPayment', procedure: due.procedure, step: due.step, reference });
  },

  // The worklist
  claimTask: (scene) => {
    const task = someTask(scene, ({ status }) => status === 'open');
    return task && { command: { type: 'claimTask', taskId: task.id }, actor: anybodyFor(scene, task) };
  },
  releaseTask: (scene) => {
    const task = someTask(scene, ({ claimedBy }) => claimedBy !== null);
    return task && { command: { type: 'releaseTask', taskId: task.id }, actor: holderOf(task) };
  },
  completeTask: (scene) => {
    const task = someTask(scene, isOpen);
    if (!task) return undefined;
    const completion = completionFor(scene, task);
    const claim = task.claimedBy === null;
    return {
      command: { type: 'completeTask', taskId: task.id, completion, ...(claim && { claim }) },
      actor: claim ? anybodyFor(scene, task) : holderOf(task),
    };
  },
  requestSupplement: (scene) => {
    const { draw } = scene;
    const task = someTask(scene, ({ status, step }) => status === 'claimed' && step !== null);
    if (!task) return undefined;
    const ground = oneOf(draw, groundsOf(scene, task)) ?? 'supplement';
    const items = chance(draw, 95) ? ['financial-capacity'] : [];
    const decision = ground === 'violation-handling' ? { decision: `${1 + draw(90)}/QĐ-XPHC` } : {};
    return {
      command: { type: 'requestSupplement', taskId: task.id, ground, items, reason: 'unclear', ...decision },
      actor: holderOf(task),
    };
  },
  reassignTask: (scene) => {
    const task = someTask(scene, isOpen);
    if (!task) return undefined;
    const reason = chance(scene.draw, 95) ? 'knows the matter' : '';
    return {
      command: { type: 'reassignTask', taskId: task.id, to: assignee(anybodyFor(scene, task)), reason },
      actor: person(`head.${task.agency}.1`, 'head', task.agency),
    };
  },
  handOverTask: (scene) => {
    const task = someTask(scene, ({ claimedBy }) => claimedBy !== null);
    if (!task?.claimedBy) return undefined;
    const to = assignee(anybodyFor(scene, task));
    return { command: { type: 'handOverTask', taskId: task.id, from: task.claimedBy, to }, actor: { kind: 'clock' } };
  },
  freeTask: (scene) => {
    const task = someTask(scene, ({ claimedBy }) => claimedBy !== null);
    if (!task?.claimedBy) return undefined;
    return { command: { type: 'freeTask', taskId: task.id, from: task.claimedBy }, actor: { kind: 'clock' } };
  },
  askSignatory: (scene) => {
    const task = someTask(scene, ({ role }) => role === 'head');
    if (!task) return undefined;
    const wanted = chance(scene.draw, 70);
    return { command: { type: 'askSignatory', taskId: task.id, wanted }, actor: { kind: 'clock' } };
  },
  returnTask: (scene) => {
    const { draw, state } = scene;
    const task = someTask(scene, ({ status, kind }) => status === 'claimed' && kind === 'step');
    if (!task) return undefined;
    const steps = Object.entries(state.procedures[task.scope]?.steps ?? {});
    const done = oneOf(
      draw,
      steps.filter(([, { completedAt }]) => completedAt !== null),
    );
    const step = isSecondTask(task) ? task.step : chance(draw, 70) ? (done?.[0] ?? null) : null;
    const items = chance(draw, 95) ? ['Appendix 2'] : [' '];
    return {
      command: { type: 'returnTask', taskId: task.id, step, items, reason: 'figures missing' },
      actor: holderOf(task),
    };
  },
  declareInterest: (scene) => {
    // Only the second of each may: somebody must be left.
    const task = someTask(scene, isOpen);
    if (!task) return undefined;
    return {
      command: { type: 'declareInterest', reason: 'a relative invests' },
      actor: person(`${task.role}.${task.agency}.2`, task.role, task.agency),
    };
  },

  // Clocks
  extendClock: (scene) => {
    const procedure = oneOf(
      scene.draw,
      Object.values(scene.state.procedures).filter(({ closed }) => !closed),
    );
    if (!procedure) return undefined;
    const { procedure: code, competentAgency: agency, budget } = procedure;
    const days = chance(scene.draw, 80) ? 1 + scene.draw(Math.max(1, Math.floor(budget.amount / 2))) : scene.draw(60);
    return {
      command: { type: 'extendClock', procedure: code, days, reason: 'a complex matter' },
      actor: person(`head.${agency}.1`, 'head', agency),
    };
  },
  extendSupplement: (scene) => {
    const asked = oneOf(scene.draw, openNotices(scene.state));
    if (!asked) return undefined;
    const { procedure, requestId, handlingAgency: agency } = asked;
    const days = scene.draw(62);
    return {
      command: { type: 'extendSupplement', procedure, requestId, days, reason: 'the investor asked for it' },
      actor: person(`officer.${agency}.1`, 'officer', agency),
    };
  },
  withdrawSupplement: (scene) => {
    const asked = oneOf(scene.draw, openNotices(scene.state));
    return asked && byHandler(scene, asked, { type: 'withdrawSupplement', reason: 'sent by mistake' });
  },
  reviewViolation: (scene) => {
    const asked = oneOf(scene.draw, openNotices(scene.state));
    return asked && byHandler(scene, asked, { type: 'reviewViolation', reason: 'the inspector is not done' });
  },
  endViolation: (scene) => {
    const asked = oneOf(scene.draw, openNotices(scene.state));
    return asked && byHandler(scene, asked, { type: 'endViolation', reason: 'the fine is paid' });
  },
  withdrawExtension: (scene) => {
    const procedure = oneOf(
      scene.draw,
      Object.values(scene.state.procedures).filter(({ extensions }) => extensions > 0),
    );
    if (!procedure) return undefined;
    const { procedure: code, competentAgency: agency } = procedure;
    return {
      command: { type: 'withdrawExtension', procedure: code, reason: 'granted by mistake' },
      actor: person(`head.${agency}.1`, 'head', agency),
    };
  },
  withdrawReceipt: (scene) => {
    const { draw, state } = scene;
    const procedure = oneOf(
      draw,
      Object.values(state.procedures).filter(({ stage }) => stage === 'processing'),
    );
    if (!procedure) return undefined;
    const { procedure: code, handlingAgency: agency } = procedure;
    const to = chance(draw, 30) ? oneOf(draw, state.plan)?.procedure : undefined;
    return {
      command: {
        type: 'withdrawReceipt',
        procedure: code,
        reason: 'received by mistake',
        ...(to !== undefined && { to }),
      },
      actor: person(`officer.${agency}.1`, 'officer', agency),
    };
  },
  migrateProcedure: (scene) => {
    const procedure = oneOf(scene.draw, Object.values(scene.state.procedures));
    if (!procedure) return undefined;
    const newest = newestVersion(scene, procedure);
    return {
      command: { type: 'migrateProcedure', scope: procedure.scope, version: newest },
      actor: person('admin.1', 'admin'),
    };
  },
  settle: () => ({ command: { type: 'settle' }, actor: { kind: 'clock' } }),
  rebuildScope: ({ state, draw }) => {
    const scope = oneOf(draw, openScopes(state));
    return scope === undefined ? undefined : { command: { type: 'rebuildScope', scope }, actor: { kind: 'clock' } };
  },

  // Opinions
  giveOpinion: (scene) => {
    const asked = oneOf(scene.draw, unanswered(scene.state));
    return asked ? opinionBy(scene, asked.consultation, asked.opinion) : secondWord(scene);
  },
  reopenConsultation: (scene) => {
    const late = oneOf(
      scene.draw,
      Object.values(scene.state.consultations).flatMap(({ scope: consultation, lead, opinions }) =>
        Object.values(opinions).flatMap(({ agency, late }) => (late ? [{ consultation, lead, agency }] : [])),
      ),
    );
    if (!late) return undefined;
    const { lead, ...which } = late;
    return {
      command: { type: 'reopenConsultation', ...which, reason: 'it changes the picture' },
      actor: person(`officer.${lead}.1`, 'officer', lead),
    };
  },

  // What the workflows ask for
  openProcedure: (scene) => {
    const { draw, state } = scene;
    const item = oneOf(draw, chance(draw, 90) ? readyToOpen(state) : state.plan);
    return item && byEngine(caseScope(state.code), { type: 'openProcedure', procedure: item.procedure });
  },
  openTask: (scene) => {
    const there = new Set(
      [...allTasks(scene.state)].map(({ scope, key, status }) => status !== 'cancelled' && scope + key),
    );
    const again = chance(scene.draw, 5);
    const wanted = [...wantedTasks(scene)].filter(({ scope, command }) => again || !there.has(scope + command.key));
    const one = oneOf(scene.draw, wanted);
    return one && byEngine(one.scope, one.command);
  },
  recordDeclaration: ({ state, draw }) => {
    const open = oneOf(
      draw,
      Object.values(state.procedures).filter(({ declaration }) => !declaration),
    );
    const lapsesOn = '2026-12-31' as PlainDate;
    return open && byEngine(open.scope, { type: 'recordDeclaration', declarationId: 'D-1', lapsesOn });
  },
  receiveByDecision: ({ state, draw, law }) => {
    const awaiting = Object.values(state.procedures).filter(({ stage }) => stage === 'awaiting-dossier');
    const own = awaiting.filter(({ procedure, version }) =>
      startsByItself(law.procedureVersion(procedure, version, state.facts)),
    );
    const one = oneOf(draw, chance(draw, 95) ? own : awaiting);
    return one && byEngine(one.scope, { type: 'receiveByDecision' });
  },
  startStep: (scene) => {
    const step = readyStep(scene, 'automatic', 'payment');
    const call = chance(scene.draw, 50) && ({ call: true } as const);
    return step && byEngine(step.scope, { type: 'startStep', step: step.code, ...call });
  },
  completeStep: (scene) => {
    const step = readyStep(scene, 'automatic', 'payment');
    const outcome = { outcome: 'done', by: 'system', reference: null } as const;
    return step && byEngine(step.scope, { type: 'completeStep', step: step.code, ...outcome });
  },
  failStep: (scene) => {
    const step = readyStep(scene, 'automatic');
    return step && byEngine(step.scope, { type: 'failStep', step: step.code, reason: 'AGENCY_UNAVAILABLE' });
  },
  finishCall: ({ state, draw }) => {
    const steps = Object.values(state.procedures).flatMap(({ scope, steps: own }) =>
      Object.entries(own).map(([code, { round, called }]) => ({ scope, code, round, called })),
    );
    const one = oneOf(draw, chance(draw, 90) ? steps.filter(({ called }) => called) : steps);
    const failed = chance(draw, 20);
    return (
      one && {
        actor: { kind: 'engine', scope: one.scope },
        command: {
          type: 'finishCall',
          procedure: one.scope,
          step: one.code,
          round: chance(draw, 90) ? one.round : one.round + 1,
          outcome: failed ? null : 'done',
          reference: failed ? null : 'R-1',
          failure: failed ? 'AGENCY_UNAVAILABLE' : null,
        },
      }
    );
  },
  finishQuestion: ({ state, draw }) => {
    const open = oneOf(draw, openQuestions(state));
    const agency = oneOf(draw, Object.keys(open?.opinions ?? {}));
    if (!open || agency === undefined) return undefined;
    const failed = chance(draw, 20);
    return {
      actor: { kind: 'engine', scope: open.scope },
      command: {
        type: 'finishQuestion',
        consultation: open.scope,
        agency,
        requestId: failed ? null : `Q-${agency}`,
        failure: failed ? 'AGENCY_UNAVAILABLE' : null,
      },
    };
  },
  finishDeclaration: ({ state, draw }) => {
    const all = Object.values(state.procedures);
    const one = oneOf(draw, chance(draw, 90) ? all.filter(({ declaring }) => declaring !== null) : all);
    const failed = chance(draw, 20);
    return (
      one && {
        actor: { kind: 'engine', scope: one.scope },
        command: {
          type: 'finishDeclaration',
          procedure: one.scope,
          filing: chance(draw, 90) ? (one.declaring?.filing ?? 1) : 9,
          declaration: failed ? null : { id: 'D-1', lapsesOn: '2026-12-31' as PlainDate },
          failure: failed ? 'AGENCY_UNAVAILABLE' : null,
        },
      }
    );
  },
  finishExtract: ({ state, draw }) => {
    const extracts = Object.values(state.procedures).flatMap(({ scope, extracts: asked = {} }) =>
      Object.values(asked).map((one) => ({ ...one, scope })),
    );
    const one = oneOf(draw, extracts);
    const lost = chance(draw, 20);
    return (
      one && {
        actor: { kind: 'engine', scope: one.scope },
        command: {
          type: 'finishExtract',
          procedure: one.scope,
          document: one.document,
          look: chance(draw, 90) ? one.look : one.look + 1,
          found: lost
            ? null
            : {
                requestId: `R-${one.document}`,
                reference: 'KTDL-1',
                asOf: state.lastAt,
                issuedOn: null,
                validUntil: null,
                content: canonicalExtract(whatARegisterSaid),
                differences: chance(draw, 20)
                  ? [{ against: 'filed', code: 'zone', name: { vi: 'Khu', en: 'Zone' }, ours: 'SHTP', theirs: 'DTP' }]
                  : [],
              },
          missed: lost ? (oneOf(draw, ['not-held', 'silent', 'other-subject'] as const) ?? null) : null,
        },
      }
    );
  },
  reportFromOutside: ({ state, draw, now }) => {
    const one = oneOf(draw, Object.values(state.procedures));
    const report = oneOf(draw, ['papers-filed', 'result-handed-out'] as const);
    if (!one || !report) return undefined;
    const message = { messageId: `M-${state.seq}`, at: chance(draw, 90) ? now : '2099-01-01T00:00:00.000Z', note: '' };
    return {
      actor: { kind: 'agency-system', agency: 'hcmc-pasc' },
      command: { type: 'reportFromOutside', procedure: one.scope, report, ...message },
    };
  },
  reportStatusDifference: ({ state, draw, now }) => {
    const one = oneOf(draw, Object.values(state.procedures));
    if (!one) return undefined;
    const side = (status: number) => ({ status, at: chance(draw, 50) ? now : state.openedAt });
    const sides = { ours: side(4), theirs: side(1 + draw(10)) };
    return {
      actor: { kind: 'engine', scope: one.scope },
      command: { type: 'reportStatusDifference', procedure: one.scope, system: 'city-procedures', ...sides },
    };
  },
  withdrawConsent: (scene) => {
    const { state, draw } = scene;
    const one = oneOf(draw, Object.values(state.procedures));
    const document = oneOf(draw, Object.keys(one?.extracts ?? {}));
    if (!one || document === undefined) return undefined;
    return byInvestor(scene, { type: 'withdrawConsent', procedure: one.procedure, document });
  },
  lookAgain: ({ state, draw }) => {
    const one = oneOf(draw, Object.values(state.procedures));
    if (!one) return undefined;
    const { procedure, handlingAgency: agency } = one;
    return { actor: person(`officer.${agency}`, 'officer', agency), command: { type: 'lookAgain', procedure } };
  },
  openConsultation: (scene) => {
    const step = readyStep(scene, 'consultation');
    return step && byEngine(step.scope, { type: 'openConsultation', step: step.code });
  },
  requestPayment: (scene) => {
    const step = readyStep(scene, 'payment');
    return step && byEngine(step.scope, { type: 'requestPayment', step: step.code });
  },
  openConference: ({ state, draw }) => {
    const open = oneOf(draw, openQuestions(state));
    return open && byEngine(open.scope, { type: 'openConference' });
  },
  recordOpinionRequest: ({ state, draw }) => {
    const open = oneOf(draw, openQuestions(state));
    const agency = oneOf(draw, Object.keys(open?.opinions ?? {}));
    if (!open || agency === undefined) return undefined;
    return byEngine(open.scope, { type: 'recordOpinionRequest', agency, requestId: `Q-${agency}` });
  },
  closeConsultation: ({ state, draw }) => {
    const open = oneOf(draw, openQuestions(state));
    return open && byEngine(open.scope, { type: 'closeConsultation' });
  },
  recordSignature: ({ state, draw }) => {
    const decided = oneOf(
      draw,
      Object.values(state.procedures).filter((one) => one.decision && !one.signature),
    );
    if (!decided) return undefined;
    const seal = { documentHash: 'h', signature: 's', algorithm: 'Ed25519', keyId: 'k' };
    return byEngine(decided.scope, { type: 'recordSignature', number: `QĐ-${decided.scope}`, ...seal });
  },
  handOver: ({ state, draw }) => {
    const signed = oneOf(
      draw,
      Object.values(state.procedures).filter((one) => one.signature && !one.handedOverAt),
    );
    return signed && byEngine(signed.scope, { type: 'handOver' });
  },
  closeProcedure: ({ state, draw }) => {
    const open = Object.values(state.procedures).filter(({ closed }) => !closed);
    const ended = open.filter((one) => one.handedOverAt !== null || one.receptionRefusedAt !== null);
    const one = oneOf(draw, chance(draw, 90) ? ended : open);
    return one && byEngine(one.scope, { type: 'closeProcedure' });
  },
  closeCase: ({ state }) => byEngine(caseScope(state.code), { type: 'closeCase' }),
  closeScope: ({ state, draw }) => {
    const scope = oneOf(draw, openScopes(state));
    return scope === undefined ? undefined : byEngine(scope, { type: 'closeScope' });
  },
};

/** Every command that exists. */
export const kinds = Object.keys(attempts) as Kind[];

// How often each is tried beside the others; 4 where nothing is said.
const weights: Partial<Readonly<Record<Kind, number>>> = {
  openCase: 0.2,
  withdrawCase: 0.08,
  closeCase: 0.6,
  closeScope: 1,
  closeProcedure: 3,
  meetGate: 1,
  fileDossier: 8,
  recordSignature: 8,
  declareInterest: 0.5,
  rebuildScope: 0.3,
  settle: 3,
  completeTask: 22,
  claimTask: 8,
  openTask: 20,
  completeStep: 12,
  failStep: 1,
  giveOpinion: 12,
  openConsultation: 6,
  requestSupplement: 4,
  answerSupplement: 2,
  extendSupplement: 2,
  withdrawSupplement: 0.5,
  reviewViolation: 1.5,
  endViolation: 1,
  withdrawExtension: 0.5,
  withdrawReceipt: 0.3,
  returnTask: 1.5,
  releaseTask: 1,
  reassignTask: 1,
  handOverTask: 1,
  freeTask: 0.5,
  askSignatory: 0.5,
  extendClock: 1,
  migrateProcedure: 0.7,
  deferProcedure: 0.7,
  askQuestion: 0.5,
  giveEvidence: 0.5,
  proposeLane: 0.7,
  proposeFacts: 0.5,
  lookAgain: 0.5,
  withdrawConsent: 0.3,
  openLaneHearing: 0.4,
  answerLaneHearing: 0.4,
  proposeResultChange: 0.5,
  answerResultHearing: 0.5,
  meetDuty: 1,
  surveyCase: 0.7,
  recordDeclaration: 0.4,
  recordOpinionRequest: 1,
};
const engineKinds: ReadonlySet<Kind> = new Set<EngineCommand['type']>([
  'openProcedure',
  'openTask',
  'recordDeclaration',
  'receiveByDecision',
  'startStep',
  'completeStep',
  'failStep',
  'openConsultation',
  'openConference',
  'requestPayment',
  'recordOpinionRequest',
  'closeConsultation',
  'recordSignature',
  'handOver',
  'closeProcedure',
  'closeCase',
  'closeScope',
  'admitTrial',
  'startTrial',
  'certifyCompletion',
]);
const trialKinds: ReadonlySet<Kind> = new Set(Object.keys(trialAttempts) as Kind[]);

/** Where a case stands says what people think of: of a trial in one that is none, seldom. */
type Stage = 'green-lane' | 'admission' | 'trial';
const stageOf = ({ trial }: CaseState): Stage =>
  !trial ? 'green-lane' : trial.phase === 'admission' ? 'admission' : 'trial';
const everywhere: ReadonlySet<Kind> = new Set([
  'completeTask',
  'claimTask',
  'openTask',
  'settle',
  'meetDuty',
  'closeCase',
  'surveyCase',
]);
const inAdmission: ReadonlySet<Kind> = new Set([
  'proposeTerms',
  'conveneCouncil',
  'openCouncil',
  'castVote',
  'admitTrial',
]);

function weightIn(stage: Stage, kind: Kind): number {
  const usual = weights[kind] ?? 4;
  if (!trialKinds.has(kind)) return stage === 'trial' && !everywhere.has(kind) ? usual / 20 : usual;
  if (kind === 'endTrial') return stage === 'trial' ? 0.5 : 0.1;
  if (stage === 'green-lane') return 0.1;
  return inAdmission.has(kind) === (stage === 'admission') ? usual : 0.1;
}

const weighed = (some: readonly Kind[]): Readonly<Record<Stage, readonly Kind[]>> => {
  const at = (stage: Stage) =>
    some.flatMap((kind) => Array.from({ length: Math.ceil(weightIn(stage, kind) * 12) }, () => kind));
  return { 'green-lane': at('green-lane'), admission: at('admission'), trial: at('trial') };
};
const anyKind = weighed(kinds);
const ofPeople = weighed(kinds.filter((kind) => !engineKinds.has(kind) && kind !== 'openCase'));

/** Something that somebody might try now; much of it will be refused, and that is part of it. */
export function randomAct(scene: Scene, who: 'anybody' | 'people' = 'anybody'): Act {
  const from = (who === 'anybody' ? anyKind : ofPeople)[stageOf(scene.state)];
  for (let tries = 0; tries < 40; tries++) {
    const kind = oneOf(scene.draw, from);
    const act = kind && attempts[kind](scene);
    if (act) return act;
  }
  return { command: { type: 'settle' }, actor: { kind: 'clock' } };
}
const byEngine = (scope: ScopeId, command: EngineCommand): Act => ({
  command,
  scope,
  actor: { kind: 'engine', scope },
});

function reopening({ state }: Scene): Command {
  const { kind, pathway, facts, investor, lawAt, plan, baseline, target, ambition, milestone, lodged } = state;
  const lane = laneOf(state) ?? 'standard';
  const same = { kind, lane, pathway, facts, investor, lawAt, plan, baseline, target, ambition, milestone, lodged };
  return { type: 'openCase', opening: { ...same, filingHash: '', reductionByLaw: 0 }, managed: true };
}
const openScopes = ({ scopes }: CaseState): ScopeId[] => Object.keys(scopes).filter((id) => !scopes[id]?.closed);

/** Mostly one that fits; sometimes any, done or not. */
function someTask({ state, draw }: Scene, fits: (task: TaskState) => boolean): TaskState | undefined {
  const tasks = [...allTasks(state)];
  return oneOf(draw, chance(draw, 96) ? tasks.filter((task) => isOpen(task) && fits(task)) : tasks);
}

/** Three of each role in every agency; seldom somebody who may not. A second head sometimes does an officer's work. */
function anybodyFor({ draw }: Scene, { role, agency }: TaskState): Actor {
  const n = 1 + draw(3);
  if (chance(draw, 2)) return person('officer.nobody.1', 'officer', 'nobody');
  if (role !== 'head' && chance(draw, 4)) return person(`head.${agency}.2`, 'head', agency);
  const actor = person(`${role}.${agency}.${n}`, role, agency);
  return role === 'head' && chance(draw, 5)
    ? ({ ...actor, id: `head.${agency}.3`, onBehalfOf: `head.${agency}.1` } as Actor)
    : actor;
}

const assignee = (actor: Actor): Assignee =>
  actor.kind === 'person'
    ? { id: actor.id, role: actor.role, agency: actor.agency }
    : { id: 'nobody', role: 'officer', agency: null };

function dossier(scene: Scene, code: string): { readonly documents: readonly DossierDocument[] } {
  const { draw } = scene;
  if (chance(draw, 3))
    return { documents: chance(draw, 50) ? [] : [{ code: 'x', documentId: 'doc-x', obtainedFrom: null }] };
  const known = documentsOf(scene, code);
  const given = known.slice(0, 1 + draw(known.length || 1));
  return { documents: given.map((one) => ({ code: one.code, documentId: `doc-${draw(99)}`, obtainedFrom: null })) };
}

function groundsOf({ state, law }: Scene, { scope }: TaskState): SupplementGround[] {
  const procedure = state.procedures[scope];
  if (!procedure) return [];
  const { clockPolicy } = law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure));
  return clockPolicy.suspensionGrounds.map(({ ground }) => ground);
}

function newestVersion({ law, state, now }: Scene, { procedure }: ProcedureState): string {
  return law.procedureAt(procedure, dateOf(now), state.facts).version;
}

const readyStep = (scene: Scene, ...ofKind: ResolvedStep['kind'][]) =>
  oneOf(
    scene.draw,
    [...readySteps(scene)].filter(({ kind }) => ofKind.includes(kind)),
  );

/** An agency's system that was told its message is taken, and spoke again. */
function secondWord(scene: Scene): Act | undefined {
  const given = Object.values(scene.state.consultations).flatMap((consultation) =>
    Object.values(consultation.opinions)
      .filter(({ position, channel }) => position !== null && channel === 'system')
      .map((opinion) => ({ consultation, opinion })),
  );
  const said = oneOf(scene.draw, given);
  if (!said) return undefined;
  const { command, actor } = opinionBy(scene, said.consultation, said.opinion);
  if (command.type !== 'giveOpinion') return undefined;
  return { command: { ...command, messageId: `${command.messageId}-again`, taken: true }, actor };
}

function opinionBy(scene: Scene, { scope }: ConsultationState, { agency }: OpinionState): Act {
  const { position, conditions = [], legalBasis } = answerOf(scene);
  const messageId = `m-${agency}-${scope}`;
  const answer = { position, conditions, legalBasis: legalBasis ?? null, messageId };
  return {
    command: { type: 'giveOpinion', consultation: scope, agency, ...answer },
    actor: { kind: 'agency-system', agency },
  };
}

const byLeader = (command: Command): Act => ({ command, actor: person('leader.test', 'leader') });

const someInstruction = ({ draw, state }: Scene): string | undefined =>
  oneOf(
    draw,
    [...allTasks(state)].filter(({ kind }) => kind === 'instruction'),
  )?.key.slice('instruction/'.length);
