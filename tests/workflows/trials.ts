import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { stepClock } from '../../db/register/business-clock.js';
import type { Completion } from '../../domain/case/task/commands.js';
import type { ProcedureState } from '../../domain/case/procedure/state.js';
import type { TaskState } from '../../domain/case/task/state.js';
import { type Actor } from '../../domain/case/events.js';
import { openingOfTrial } from '../../domain/case/trial/opening.js';
import { type CaseState } from '../../domain/case/state.js';
import { missingPermits, type TrialState, admissionOf } from '../../domain/case/trial/state.js';
import { chooseRegime, fitOf } from '../../domain/law/regime-fit.js';
import { type Phase } from '../../domain/case/trial/phases.js';
import { type Reading, type TrialTerms } from '../../domain/law/trial-terms.js';
import { type SandboxFiling } from '../../domain/schemas/trial.js';
import { addDays, dateOf, instantAfter, startOf, type Instant } from '../../domain/time/instants.js';
import { catalogue, exampleTrials } from '../../seeds/index.js';
import { investor, person } from '../db/support.js';
import { findingsFor, termsFor } from '../support/trial-acts.js';
import { TownCase, type Town } from './support.js';

export { exampleTrials } from '../../seeds/index.js';

export const device: Actor = { kind: 'device', keyId: 'key-1' };
export const headOf = (agency: string): Actor => person(`head.${agency}`, 'head', agency);
/** The first is the chair. */
const members = ['expert.1', 'expert.2', 'expert.3'] as const;

interface TrialOptions {
  readonly filing?: SandboxFiling;
  /** What the evaluation proposes beside the usual conditions. */
  readonly terms?: Partial<TrialTerms>;
}

/** Files a trial as `POST /cases` does. */
export async function fileTrial(town: Town, { filing = exampleTrials.drone, terms }: TrialOptions = {}) {
  const at = await town.now();
  const { law } = town.register.law.current();
  const fits = [...catalogue().regimes.values()].map((one) => fitOf(one, filing, dateOf(at)));
  const fit = chooseRegime(fits, filing.regime);
  const personId = investor.kind === 'person' ? investor.id : '';
  const { name } = filing.solution;
  const { caseCode } = await town.engine.door.open({
    command: {
      type: 'openCase',
      opening: openingOfTrial(law, { filing, filingHash: 'hash-of-filing', fit, personId, at }),
      managed: true,
    },
    actor: investor as Extract<Actor, { kind: 'person' }>,
    key: randomUUID(),
    bodyHash: 'body',
    occurredAt: at,
    attach: () => ({ filing: { body: filing, nameVi: name.vi, nameEn: name.en, search: name.en } }),
  });
  return new TownTrial(town, caseCode, terms);
}

/** One sandbox case in the town. The test plays the people: the engine asks, they do what is usual. */
export class TownTrial extends TownCase {
  constructor(
    town: Town,
    code: string,
    private readonly terms: Partial<TrialTerms> = {},
  ) {
    super(town, code);
  }

  async trial(): Promise<TrialState> {
    return trialOf(await this.state());
  }

  /** Until the trial stands in that phase. */
  async reaches(phase: Phase): Promise<TrialState> {
    return this.until(`phase ${phase}`, (state) => state.trial?.phase === phase && trialOf(state));
  }

  /** The documents of the admission, once it is open. */
  async dossier(): Promise<void> {
    const open = await this.until('the admission', (state) => {
      const found = admissionOf(state);
      return found?.stage === 'awaiting-dossier' && found;
    });
    await this.act(investor, { type: 'fileDossier', procedure: open.procedure, documents: await this.documents(open) });
  }

  /** After a refusal. */
  async dossierAgain(): Promise<void> {
    const refused = await this.until('the refusal', (state) => {
      const found = admissionOf(state);
      return found?.closed && found;
    });
    const documents = await this.documents(refused);
    await this.act(investor, { type: 'refileProcedure', procedure: refused.procedure, documents });
  }

  private async documents({ procedure, version }: ProcedureState) {
    const { documents } = this.town.register.law
      .current()
      .law.procedureVersion(procedure, version, (await this.state()).facts);
    return documents.map(({ code }) => ({ code, documentId: `doc-${code}`, obtainedFrom: null }));
  }

  /** From filing to admission; everybody does what is asked of them, and nobody shows a permit yet. */
  async admit(): Promise<TrialState> {
    if ((admissionOf(await this.state())?.receivedAt ?? null) === null) await this.dossier();
    await this.liveOn(() => false);
    return this.until('the admission', (state) => state.trial?.phase !== 'admission' && trialOf(state));
  }

  /** From filing, or from admission, to a running trial with a key for its devices. */
  async start(): Promise<TrialState> {
    if ((await this.trial()).phase === 'admission') await this.admit();
    for (const permit of missingPermits(await this.trial())) {
      await this.act(investor, { type: 'recordPermit', permit, number: 'QĐ-1', documentId: null, validTo: null });
    }
    const running = await this.reaches('running');
    await this.act(investor, { type: 'registerKey', keyId: 'key-1', publicKey: `MCowBQYDK2VwAyEA/${this.code}` });
    await this.quiet();
    return running;
  }

  /** One batch of readings of this instant. */
  async measure(...readings: readonly Omit<Reading, 'at'>[]): Promise<void> {
    const now = await this.town.now();
    const { metrics } = await this.trial();
    await this.act(device, {
      type: 'submitMetrics',
      batch: (metrics?.batch ?? 0) + 1,
      keyId: 'key-1',
      digest: 'd',
      from: metrics?.to ?? now,
      to: now,
      readings: readings.map((one) => ({ ...one, at: now })),
    });
  }

  /** What no limit minds. */
  allIsWell(): Promise<void> {
    return this.measure({ limit: 'users', value: 10 });
  }

  /** Beyond a limit: the trial is held. */
  async exceed(): Promise<TrialState> {
    await this.measure({ limit: 'users', value: 1_001 });
    return this.reaches('held');
  }

  /** Held, and the head of the supervisor says so too. */
  async suspend(): Promise<TrialState> {
    await this.exceed();
    const { holds } = await this.trial();
    const key = `hold/${Object.keys(holds).at(-1) ?? ''}`;
    await this.complete(await this.task(key), { outcome: 'confirm' });
    return this.reaches('suspended');
  }

  async finalReport(): Promise<void> {
    await this.act(investor, {
      type: 'fileFinalReport',
      documentId: 'doc-final',
      lessons: [{ act: 'Luật A', article: 'Điều 1', change: 'allow it' }],
      figures: { users: 120 },
    });
  }

  /** Its term is over and its final report is looked at. */
  async assess(): Promise<TrialState> {
    const { until } = await this.trial();
    if (until === null) throw new Error(`${this.code} has no end`);
    await this.advance(startOf(until));
    await this.finalReport();
    await this.advance(startOf(addDays(until, 1)));
    return this.reaches('assessment');
  }

  /** Completed, and the certificate is there. */
  async certify(): Promise<TrialState> {
    await this.complete(await this.task('completion'), { outcome: 'completed' });
    return this.until('the certificate', ({ trial }) => (trial?.certificate ? trial : undefined));
  }

  /** From whatever phase it is in to the end of the case. */
  async conclude(): Promise<CaseState> {
    for (;;) {
      const { phase, holds, transitionUntil, finalReport } = await this.trial();
      switch (phase) {
        case 'admission':
        case 'admitted':
          await this.start();
          break;
        case 'held':
          await this.complete(await this.task(`hold/${Object.keys(holds).at(-1) ?? ''}`), { outcome: 'lift' });
          await this.reaches('running');
          break;
        case 'suspended':
          await this.resume();
          break;
        case 'running':
        case 'assessment':
          if (!finalReport) await this.finalReport();
          await this.certify();
          break;
        case 'transition':
          await this.advance(startOf(addDays(transitionUntil ?? dateOf(await this.town.now()), 1)));
          await this.reaches('ended');
          break;
        case 'ended':
          await this.payUsers();
          await this.reportIncidents();
          await this.reaches('over');
          break;
        case 'over':
          return this.until('the end', (state) => {
            const closed = state.closed && Object.values(state.scopes).every((one) => one.closed);
            return closed && state;
          });
      }
    }
  }

  private async resume(): Promise<void> {
    await this.act(investor, { type: 'requestTrialChange', request: { kind: 'resumption' }, reason: 'repaired' });
    const { requests } = await this.trial();
    await this.complete(await this.task(`trial-request/${Object.keys(requests).at(-1) ?? ''}`), { outcome: 'grant' });
    await this.reaches('running');
  }

  /** What the engine saw is told by the participant and examined by the supervisor. */
  private async reportIncidents(): Promise<void> {
    const now = await this.town.now();
    const told = {
      severity: 'minor',
      happenedAt: now,
      knownAt: now,
      description: 'it fell',
      documentId: null,
    } as const;
    for (const { id, reportedAt, missed } of Object.values((await this.trial()).incidents)) {
      if (reportedAt === null && !missed) await this.act(investor, { type: 'reportIncident', incident: id, ...told });
    }
    await this.liveOn(() => false);
  }

  /** Whatever its users are owed. */
  async payUsers(): Promise<void> {
    for (const { id, code, metAt } of Object.values((await this.state()).duties)) {
      if (code !== 'trial-users' || metAt !== null) continue;
      await this.act(investor, { type: 'meetDuty', duty: id, evidence: 'sent' });
    }
  }

  /** Business time goes on, from one instant that matters to the next, as a rehearsal does it. Resolves to the number of instants at which something fell due. */
  async advance(to: Instant): Promise<number> {
    for (let settled = 0; ; settled++) {
      await this.quiet();
      const { rows } = await this.town.register.pool.query<{ at: Instant | null }>(
        'select min(next_at) as at from scope where case_code = $1 and not closed',
        [this.code],
      );
      const next = rows[0]?.at ?? null;
      const last = next === null || Date.parse(next) > Date.parse(to);
      await stepClock(this.town.register.pool, last ? to : next);
      await this.act({ kind: 'clock' }, { type: 'settle' });
      if (last) {
        await this.quiet();
        return settled;
      }
    }
  }

  /** The evaluation proposes conditions before it is done, the council meets and votes. */
  override async complete(task: TaskState, completion?: Partial<Completion>): Promise<void> {
    if (task.step === 'evaluation' && task.kind === 'step') await this.evaluate(task);
    if (task.step === 'council' && task.kind === 'step') await this.deliberate(task);
    const incident = task.kind === 'incident' && {
      finding: { damage: 'none', cause: 'objective', exempt: false } as const,
    };
    await super.complete(await this.task(task.key), { ...incident, ...completion });
  }

  private async evaluate({ id: taskId, agency }: TaskState): Promise<void> {
    const officer = person(`officer.${agency}.1`, 'officer', agency);
    const { law } = this.town.register.law.current();
    await this.act(officer, { type: 'claimTask', taskId });
    const terms = { ...termsFor(law, await this.trial()), ...this.terms };
    await this.act(officer, { type: 'proposeTerms', taskId, criteria: findingsFor(law), terms });
  }

  private async deliberate({ id: taskId, agency }: TaskState): Promise<void> {
    const secretary = person(`officer.${agency}.1`, 'officer', agency);
    await this.act(secretary, { type: 'claimTask', taskId });
    const seats = members.map((one, i) => ({ person: one, role: i === 0 ? 'chair' : 'member', agency: null }) as const);
    const meetsAt = instantAfter(await this.town.now(), 24);
    await this.act(secretary, { type: 'conveneCouncil', taskId, members: seats, meetsAt });
    await this.act(secretary, { type: 'openCouncil', taskId, present: [...members] });
    for (const one of members) await this.act(person(one, 'expert'), { type: 'castVote', vote: 'for', reason: null });
  }
}

function trialOf({ code, trial }: CaseState): TrialState {
  if (!trial) throw new Error(`${code} is no trial`);
  return trial;
}

/** Files a trial and brings it into that phase; everybody does what is asked of them. */
export async function trialIn(town: Town, phase: Phase): Promise<TownTrial> {
  const filing = phase === 'admitted' ? exampleTrials.drone : exampleTrials.ai;
  const file = await fileTrial(town, {
    filing,
    terms: { months: 1, transitionMonths: phase === 'transition' ? 1 : 0 },
  });
  await brought[phase](file);
  await file.quiet();
  expect((await file.trial()).phase).toBe(phase);
  return file;
}

const brought: Record<Phase, (file: TownTrial) => Promise<unknown>> = {
  admission: (file) => file.dossier().then(() => file.liveOn(({ kind, step }) => kind === 'opinion' || step !== null)),
  admitted: (file) => file.admit(),
  running: (file) => file.start(),
  held: (file) => file.start().then(() => file.exceed()),
  suspended: (file) => file.start().then(() => file.suspend()),
  assessment: (file) => file.start().then(() => file.assess()),
  ended: (file) => ended(file),
  transition: (file) => ended(file),
  over: (file) => file.start().then(() => file.conclude()),
};

const ended = async (file: TownTrial): Promise<void> => {
  await file.start();
  await file.finalReport();
  await file.certify();
};
