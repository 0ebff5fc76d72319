import { type CaseEvent } from '../domain/case/events.js';
import { procedureScopeOf, scopeKind, type ScopeId } from '../domain/case/scope.js';
import { dateOf, type Instant, type PlainDate } from '../domain/time/instants.js';

/** Who holds the file: an agency code, `investor`, and where it is known the person. */
export interface Holder {
  readonly of: string;
  readonly person: string | null;
}

/** One time that the file went from hand to hand. */
export interface DossierTransfer {
  readonly from: Holder;
  readonly to: Holder;
  readonly at: Instant;
  /** Of the event that tells it. */
  readonly seq: number;
  /** Of the work handed over; null where it had no date. */
  readonly timeliness: 'early' | 'on-time' | 'late' | null;
  readonly why:
    | 'filed'
    | 'incomplete'
    | 'received'
    | 'refused'
    | 'step'
    | 'asked'
    | 'answered'
    | 'silent'
    | 'supplement'
    | 'supplemented'
    | 'reassigned'
    | 'handed-over';
  /** Step of the definition, for `step` and `asked`. */
  readonly step: string | null;
}

export interface TransferParties {
  readonly receivingAgency: string;
  /** Whose the dossier was at that event. */
  readonly agenciesAt: (seq: number) => { readonly handlingAgency: string; readonly competentAgency: string };
  /** Where the clock stands or stood; null while it does not run. */
  readonly dueDate: PlainDate | null;
}

const timeliness = (at: Instant, due: PlainDate | null): DossierTransfer['timeliness'] => {
  if (due === null) return null;
  const on = dateOf(at);
  return on < due ? 'early' : on === due ? 'on-time' : 'late';
};

/**
 * Every transfer of the dossier in one attempt at a procedure, in order: between investor, one-stop unit, agencies asked, and people of one agency. Pure; reads
 * the events of the procedure and of its consultations, others are passed over.
 */
export function dossierTransfersOf(
  events: readonly CaseEvent[],
  scope: ScopeId,
  parties: TransferParties,
): DossierTransfer[] {
  const walk = new Walk(parties);
  for (const event of events) {
    if (scopeKind(event.scope) !== 'case' && procedureScopeOf(event.scope) === scope) walk.take(event);
  }
  return walk.rows;
}

class Walk {
  readonly rows: DossierTransfer[] = [];
  private seq = 0;
  private holder: Holder = { of: 'investor', person: null };
  private tasks = new Map<string, { agency: string; dueDate: PlainDate | null }>();
  private asked = new Map<string, PlainDate>();
  private supplements = new Map<string, { of: string; deadline: PlainDate | null }>();
  private done: { of: string; timeliness: DossierTransfer['timeliness'] } | null = null;

  constructor(private readonly parties: TransferParties) {}

  private row(at: Instant, why: DossierTransfer['why'], to: Holder, more: Partial<DossierTransfer> = {}): void {
    this.rows.push({ from: this.holder, to, at, seq: this.seq, timeliness: null, why, step: null, ...more });
  }

  private move(at: Instant, why: DossierTransfer['why'], to: Holder, more: Partial<DossierTransfer> = {}): void {
    this.row(at, why, to, more);
    this.holder = to;
  }

  take(event: CaseEvent): void {
    const { occurredAt: at, actor } = event;
    this.seq = event.seq;
    const person = actor.kind === 'person' ? actor.id : null;
    const { receivingAgency, agenciesAt, dueDate } = this.parties;
    const { handlingAgency, competentAgency } = agenciesAt(event.seq);
    const by = (of: string): Partial<DossierTransfer> => ({ from: { of, person } });
    switch (event.type) {
      case 'dossierFiled':
        // What is added lies at the counter already.
        if (event.payload.amends) return;
        return this.move(at, 'filed', { of: receivingAgency, person: null }, by('investor'));
      case 'completionRequested':
        return this.move(at, 'incomplete', { of: 'investor', person: null }, by(receivingAgency));
      case 'receptionRefused':
        return this.move(at, 'refused', { of: 'investor', person: null }, by(receivingAgency));
      case 'dossierReceived':
        return this.move(at, 'received', { of: handlingAgency, person: null }, by(receivingAgency));
      case 'taskOpened':
        return this.opened(at, event.payload);
      case 'taskCompleted': {
        const task = this.tasks.get(event.payload.taskId);
        if (task) this.done = { of: task.agency, timeliness: timeliness(at, task.dueDate) };
        return;
      }
      case 'taskReassigned': {
        const of = this.tasks.get(event.payload.taskId)?.agency;
        if (of === undefined) return;
        const { from, to } = event.payload;
        return this.row(at, 'reassigned', { of, person: to }, { from: { of, person: from } });
      }
      case 'consultationOpened': {
        const { lead, opinions, carried = [], step } = event.payload;
        for (const { agency, dueDate } of opinions) {
          if (carried.some((one) => one.agency === agency)) continue;
          this.asked.set(`${event.scope}/${agency}`, dueDate);
          this.row(at, 'asked', { of: agency, person: null }, { from: { of: lead, person: null }, step });
        }
        return;
      }
      case 'opinionGiven':
      case 'opinionLapsed': {
        const { agency } = event.payload;
        const due = this.asked.get(`${event.scope}/${agency}`) ?? null;
        const silent = event.type === 'opinionLapsed';
        return this.row(
          at,
          silent ? 'silent' : 'answered',
          { of: handlingAgency, person: null },
          {
            ...by(agency),
            timeliness: silent ? 'late' : timeliness(at, due),
          },
        );
      }
      case 'supplementRequested': {
        const { requestId, deadline, taskId } = event.payload;
        const of = this.tasks.get(taskId)?.agency ?? handlingAgency;
        this.supplements.set(requestId, { of, deadline });
        return this.move(at, 'supplement', { of: 'investor', person: null }, by(of));
      }
      case 'supplementAnswered': {
        const { of, deadline } = this.supplements.get(event.payload.requestId) ?? {
          of: handlingAgency,
          deadline: null,
        };
        const more = { ...by('investor'), timeliness: timeliness(at, deadline) };
        return this.move(at, 'supplemented', { of, person: null }, more);
      }
      case 'resultHandedOver': {
        const more = { from: { of: competentAgency, person: null }, timeliness: timeliness(at, dueDate) };
        return this.move(at, 'handed-over', { of: 'investor', person: null }, more);
      }
      default:
        return;
    }
  }

  private opened(
    at: Instant,
    task: { taskId: string; agency: string; step: string | null; dueDate: PlainDate | null; kind: string },
  ): void {
    const { taskId, agency, step, dueDate, kind } = task;
    this.tasks.set(taskId, { agency, dueDate });
    if (kind !== 'step' || agency === this.holder.of) return;
    const before = this.done?.of === this.holder.of ? this.done.timeliness : null;
    this.move(at, 'step', { of: agency, person: null }, { step, timeliness: before });
  }
}
