import { createHash } from 'node:crypto';
import { canonical } from '../../domain/evidence/canonical.js';
import { type Command, type Envelope } from '../../domain/case/commands.js';
import { dossierCode } from '../../domain/case/case/code.js';
import { papersIssued, withNumbers } from '../../domain/case/case/paper-numbers.js';
import { type SealedText } from '../../domain/case/draft.js';
import { execute } from '../../domain/case/execute.js';
import { openingOf } from '../../domain/case/case/opening.js';
import { type PlanItem } from '../../domain/case/case/words.js';
import { type Actor, type CaseEvent } from '../../domain/case/events.js';
import { emptyCase, foldCase } from '../../domain/case/fold.js';
import { missingConditions } from '../../domain/case/gate/rules.js';
import { latestAttempt, type ProcedureState } from '../../domain/case/procedure/state.js';
import { type DossierDocument } from '../../domain/case/procedure/words.js';
import { startsByItself } from '../../domain/case/procedure/progress.js';
import { caseScope, type ScopeId } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { makeTaskKey } from '../../domain/case/task/keys.js';
import { allTasks, type TaskState } from '../../domain/case/task/state.js';
import { screen } from '../../domain/lane/screening.js';
import { type Law } from '../../domain/law/law.js';
import { type ResolvedProcedure } from '../../domain/law/procedure.js';
import { Filing } from '../../domain/schemas/project.js';
import { addWorkingDays } from '../../domain/time/calendar.js';
import { dateOf, type Instant, type PlainDate } from '../../domain/time/instants.js';
import { type NumberedPaper } from '../../db/register/form-numbers.js';
import { catalogue, exampleProjects } from '../../seeds/index.js';
import { type Draw, oneOf } from './draws.js';

/** How a history ends. `open`: an officer's step lies on a desk. */
export type HistoryEnd = 'approved' | 'approved-with-plan' | 'refused' | 'withdrawn' | 'open';

/** A whole case as it was played, and as history that the engine does not run. */
export interface History {
  readonly code: string;
  readonly end: HistoryEnd;
  readonly openedOn: PlainDate;
  readonly events: readonly CaseEvent[];
  /** The fold of the events. */
  readonly state: CaseState;
  readonly texts: readonly SealedText[];
  readonly papers: readonly NumberedPaper[];
  readonly dossiers: readonly { readonly code: string; readonly day: PlainDate }[];
  readonly filing: Filing;
}

/** Procedures of which a short history has one: those that a head decides, who may refuse, and others. */
const signed = ['irc-ordinary', 'enterprise-registration'] as const;
const others = ['technology-transfer-registration', 'tax-incentive-application', 'environmental-registration'] as const;

/** What no machine says: whoever did it says so by hand. */
const reason = 'Lịch sử nhập · imported history';

interface Plot {
  readonly code: string;
  /** Of its dossiers and papers: these and those after them are nobody else's. */
  readonly firstNumber: number;
  readonly day: PlainDate;
  readonly end: HistoryEnd;
}

/** Of the same draws the same history, by the door's rules and on the City's calendar. Throws the refusal of a rule that it meets: it plays only what the law allows. */
export function playHistory(law: Law, draw: Draw, plot: Plot): History {
  const player = new Player(law, draw, plot);
  player.play(plot.end);
  const { code, end, day: openedOn } = plot;
  const { texts, papers, dossiers, filing } = player;
  const events = player.events.map((event) =>
    event.type === 'caseOpened' ? { ...event, payload: { ...event.payload, managed: false } } : event,
  );
  return { code, end, openedOn, events, state: foldCase(code, events), texts, papers, dossiers, filing };
}

class Player {
  readonly events: CaseEvent[] = [];
  readonly texts: SealedText[] = [];
  readonly papers: NumberedPaper[] = [];
  readonly dossiers: { code: string; day: PlainDate }[] = [];
  readonly filing: Filing;
  private state: CaseState;
  private now: Instant;
  private operation = 0;
  private number: number;
  private readonly investor: Actor;

  constructor(
    private readonly law: Law,
    private readonly draw: Draw,
    { code, firstNumber, day, end }: Plot,
  ) {
    this.state = emptyCase(code);
    this.number = firstNumber;
    this.now = atHour(day, 8 + draw(3), draw(60));
    // One investor a case: nothing is carried from one into another.
    const personId = `investor.${code}`;
    this.investor = { kind: 'person', id: personId, role: 'investor', agency: null };
    this.filing = filingOf(draw, code);
    const { filing } = this;
    const screening = screen(filing, this.now, catalogue(), day);
    const filingHash = createHash('sha256').update(canonical(filing)).digest('hex');
    const usual = openingOf({ filing, filingHash, screening, personId });
    const lane = oneOf(draw, 'green', 'green', 'standard');
    const whole = end === 'approved-with-plan' && usual.plan.some(({ mandatory }) => mandatory);
    const plan = whole ? usual.plan : [onlyOne(law, draw, usual, { day, end })];
    this.act(this.investor, {
      type: 'openCase',
      opening: { ...usual, lane, plan, lodged: {}, unknown: [] },
      managed: true,
    });
  }

  play(end: HistoryEnd): void {
    for (const item of this.state.plan) {
      if (!item.mandatory) continue;
      const outcome = this.procedure(item, end);
      if (outcome !== 'approved') break;
    }
    if (end === 'open') return;
    // A case whose first approval was refused ends when nobody files it again.
    if (end === 'withdrawn' || end === 'refused') this.act(this.investor, { type: 'withdrawCase', reason });
    else this.engine(caseScope(this.state.code), { type: 'closeCase' });
  }

  /** Opened, filed, received, done step by step, decided, handed over. */
  private procedure({ procedure }: PlanItem, end: HistoryEnd): 'approved' | 'ended' {
    for (const gate of missingConditions(this.state, this.law, procedure)) {
      if (!gate.startsWith('result:')) this.act(this.investor, { type: 'meetGate', gate, evidence: null });
    }
    this.engine(caseScope(this.state.code), { type: 'openProcedure', procedure });
    const resolved = this.resolved(procedure);
    const { scope } = this.latest(procedure);
    if (startsByItself(resolved)) this.engine(scope, { type: 'receiveByDecision' });
    else {
      this.later(this.draw(3));
      const documents = resolved.documents.flatMap(({ code, obtainableFrom }): DossierDocument[] =>
        obtainableFrom === null ? [] : [{ code, documentId: null, obtainedFrom: obtainableFrom }],
      );
      if (documents.length === 0) documents.push(this.archived(procedure));
      this.act(this.investor, { type: 'fileDossier', procedure, documents });
      if (end === 'withdrawn') return 'ended';
      this.receive(procedure);
    }
    const refused = end === 'refused';
    while (this.nextStep(procedure, end)) if (this.latest(procedure).closed) break;
    const { decision } = this.latest(procedure);
    if (decision === null) return 'ended';
    this.handOver(procedure);
    return refused ? 'ended' : 'approved';
  }

  private receive(procedure: string): void {
    const { scope, filings } = this.latest(procedure);
    const agency = this.law.receivingAgency;
    const key = `intake/${filings.length}`;
    const role = 'receiving-officer' as const;
    this.engine(scope, { type: 'openTask', key, kind: 'intake', agency, role, step: null });
    this.later(this.draw(2));
    this.complete(key, scope, { outcome: 'receive' });
  }

  /** The next step that nothing waits for; false: there is none any more, or it stays where it lies. */
  private nextStep(procedure: string, end: HistoryEnd): boolean {
    const resolved = this.resolved(procedure);
    const { scope, steps, decision } = this.latest(procedure);
    const done = (code: string) => Boolean(this.latest(procedure).steps[code]?.completedAt);
    const next = resolved.steps.find(({ code, dependsOn }) => !done(code) && dependsOn.every(done));
    if (!next || (decision && decision.outcome !== 'approved')) return false;
    const { code: step, kind, agency, fourEyes } = next;
    switch (kind) {
      case 'automatic':
      case 'payment': {
        const by = kind === 'payment' ? 'waived' : 'system';
        this.engine(scope, { type: 'completeStep', step, outcome: 'done', by, reference: null });
        return true;
      }
      case 'consultation':
        this.consult(scope, step);
        return true;
      case 'officer':
      case 'council':
      case 'signature': {
        const role = kind === 'signature' ? ('head' as const) : ('officer' as const);
        const about = { kind: 'step', step, round: steps[step]?.round ?? 1 } as const;
        for (const second of fourEyes === true ? [false, true] : [false]) {
          const key = makeTaskKey({ ...about, second });
          this.engine(scope, { type: 'openTask', key, kind: 'step', agency, role, step });
          if (end === 'open') return false;
          // Asked while there is time left to ask: before anything else was done by hand.
          const isFirst = Object.values(this.latest(procedure).tasks).every(
            ({ kind, status }) => kind !== 'step' || status !== 'done',
          );
          if (role === 'officer' && isFirst && this.draw(8) === 0) this.supplement(procedure, key, scope);
          this.later(this.draw(4));
          const outcome = role === 'officer' ? 'done' : end === 'refused' ? 'refuse' : 'approve';
          this.complete(key, scope, { outcome, ...(role === 'head' && { reason }) });
        }
        return true;
      }
    }
  }

  private consult(scope: ScopeId, step: string): void {
    this.engine(scope, { type: 'openConsultation', step });
    const consultation = Object.values(this.state.consultations).find((one) => one.closedAt === null);
    if (!consultation) return;
    this.later(this.draw(4));
    for (const { agency, status } of Object.values(consultation.opinions)) {
      if (status !== 'asked') continue;
      this.act(
        { kind: 'agency-system', agency },
        {
          type: 'giveOpinion',
          consultation: consultation.scope,
          agency,
          position: 'agree',
          conditions: [],
          legalBasis: null,
          messageId: `${this.state.code}/${agency}`,
        },
      );
    }
    this.engine(consultation.scope, { type: 'closeConsultation' });
  }

  /** A document whose bytes came with no history. */
  private archived(procedure: string): DossierDocument {
    return { code: this.resolved(procedure).documents[0]?.code ?? '', documentId: null, obtainedFrom: 'archive' };
  }

  private supplement(procedure: string, key: string, scope: ScopeId): void {
    const task = this.task(key, scope);
    const actor = holderOf(task);
    if (task.claimedBy === null) this.act(actor, { type: 'claimTask', taskId: task.id });
    const items = [reason];
    this.act(actor, { type: 'requestSupplement', taskId: task.id, ground: 'supplement', items, reason });
    this.later(1 + this.draw(6));
    const requestId = `S${this.latest(procedure).supplements.length}`;
    const documents = [this.archived(procedure)];
    this.act(this.investor, { type: 'answerSupplement', procedure, requestId, documents });
  }

  private handOver(procedure: string): void {
    const { scope, decision } = this.latest(procedure);
    const documentHash = createHash('sha256').update(scope).digest('hex');
    const seal = { number: `QĐ-${scope}`, documentHash, signature: '', algorithm: 'none', keyId: 'imported' };
    this.engine(scope, { type: 'recordSignature', ...seal });
    this.later(this.draw(2));
    this.engine(scope, { type: 'handOver' });
    if (decision) this.engine(scope, { type: 'closeProcedure' });
    if (this.draw(3) === 0) this.act(this.investor, { type: 'surveyCase', score: 1 + this.draw(5), procedure });
  }

  private complete(
    key: string,
    scope: ScopeId,
    completion: Extract<Command, { type: 'completeTask' }>['completion'],
  ): void {
    const task = this.task(key, scope);
    const actor = holderOf(task);
    if (task.claimedBy === null) this.act(actor, { type: 'claimTask', taskId: task.id });
    this.act(actor, { type: 'completeTask', taskId: task.id, completion });
  }

  private task(key: string, scope: ScopeId): TaskState {
    for (const task of allTasks(this.state))
      if (task.key === key && task.scope === scope && task.status !== 'cancelled') return task;
    throw new Error(`There is no task ${key} in ${scope}`);
  }

  private latest(procedure: string): ProcedureState {
    const found = latestAttempt(this.state, procedure);
    if (!found) throw new Error(`${procedure} was never opened`);
    return found;
  }

  private resolved(procedure: string): ResolvedProcedure {
    return this.law.procedureVersion(procedure, this.latest(procedure).version, this.state.facts);
  }

  /** So many working days pass, and a while. */
  private later(days: number): void {
    const { draw } = this;
    const today = dateOf(this.now);
    if (days > 0) {
      const day = addWorkingDays(this.law.caseCalendar, today, days);
      this.now = atHour(day, 8 + draw(4), draw(60));
    } else this.now = new Date(Date.parse(this.now) + (1 + draw(20)) * 60_000).toISOString();
  }

  private engine(scope: ScopeId, command: Command): void {
    const box = this.state.scopes[scope];
    const bound = { scope, generation: box?.generation ?? 1, basedOn: box?.lastSeq ?? 0 };
    this.act({ kind: 'engine', scope }, command, bound);
  }

  private act(actor: Actor, command: Command, bound?: Envelope['bound']): void {
    const { code } = this.state;
    const operationId = `${code}/history/${++this.operation}`;
    const occurredAt = this.now;
    const envelope = { caseCode: code, command, actor, occurredAt, operationId, bodyHash: '', ...(bound && { bound }) };
    const day = dateOf(occurredAt);
    const dossier = dossierCode(day, this.number, this.law.dossierIdentifier);
    // What a refusal leaves half-way is of no use: the history ends with it.
    const tried = execute(
      () => this.state,
      envelope,
      this.law,
      dossier,
      (body) => this.seal(body),
    );
    if (tried.refusal) throw tried.refusal;
    if (tried.events.some(({ type }) => type === 'dossierReceived')) {
      this.dossiers.push({ code: dossier, day });
      this.number += 1;
    }
    const numbered = papersIssued(tried.events, tried.state, this.law.receivingAgency).map((paper) => ({
      ...paper,
      number: this.number++,
    }));
    const outcome = withNumbers(tried, new Map(numbered.map(({ seq, number }) => [seq, number])));
    this.papers.push(...numbered);
    this.texts.push(...outcome.texts);
    this.events.push(...outcome.events);
    this.state = outcome.state;
  }

  /** Of one's own draws: the same history has the same hashes. */
  private seal(body: string): { salt: string; hash: string } {
    const salt = Array.from({ length: 32 }, () => this.draw(16).toString(16)).join('');
    return { salt, hash: createHash('sha256').update(salt).update(body).digest('hex') };
  }
}

const atHour = (day: PlainDate, hour: number, minute: number): Instant =>
  new Date(`${day}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00+07:00`).toISOString();

/** A second pair of eyes belongs to somebody else. */
const holderOf = ({ key, role, agency }: TaskState): Actor => ({
  kind: 'person',
  id: `${role}.${agency}.${key.endsWith('/second') ? 2 : 1}`,
  role,
  agency,
});

function filingOf(draw: Draw, code: string): Filing {
  // Of its own in each history, and not the code itself: copies have other codes and the same filing.
  const ownName = [...code].reverse().join('');
  const { project, investor } = exampleProjects.besi;
  const usd = (1 + draw(400)) * 50_000;
  return Filing.parse({
    ...exampleProjects.besi,
    project: {
      ...project,
      field: oneOf(draw, 'semiconductors', 'semiconductors', 'ai', 'data-centres'),
      site: { ...project.site, zone: oneOf(draw, 'SHTP', 'SHTP', 'SHTP', 'HEPZA', 'QTSC') },
      capital: { totalUsd: String(usd), totalVnd: String(usd * 25_000), foreignShare: oneOf(draw, 0, 0.5, 1, 1) },
      staffAfterThreeYears: 10 + draw(500),
      keyProjectListed: true,
    },
    investor: {
      ...investor,
      name: `${investor.name} ${ownName}`,
      country: oneOf(draw, 'NL', 'KR', 'JP', 'SG', 'US', 'DE', 'VN'),
    },
  });
}

/** A plan of one procedure, as the law has it on that day. */
function onlyOne(
  law: Law,
  draw: Draw,
  { plan, facts }: Pick<ReturnType<typeof openingOf>, 'plan' | 'facts'>,
  { day, end }: Pick<Plot, 'day' | 'end'>,
): PlanItem {
  const [item] = plan;
  if (!item) throw new Error('An empty plan');
  const procedure = end === 'refused' ? oneOf(draw, ...signed) : oneOf(draw, ...signed, ...others);
  const { version, budget, cityControlled, handlingAgency: agency, phase } = law.procedureAt(procedure, day, facts);
  return { ...item, procedure, version, budget, cityControlled, agency, phase, mandatory: true, after: [], gates: [] };
}
