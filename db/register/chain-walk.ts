import { isDeepStrictEqual } from 'node:util';
import { type CaseEvent } from '../../domain/case/events.js';
import { apply, deliver, emptyCase } from '../../domain/case/fold.js';
import { shownStatus } from '../../domain/case/case/portal-status.js';
import { statusesTold } from '../../domain/case/case/told-statuses.js';
import { documentsNamed } from '../../domain/case/procedure/documents.js';
import { procedureScopeOf, type ScopeId } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { type Law } from '../../domain/law/law.js';
import { type Instant } from '../../domain/time/instants.js';
import { type Pointers } from './bound-words.js';
import { type BreakReason } from './breaks.js';
import { canonicalEvent, eventOf, genesis, linkHash } from './chain-link.js';
import { type Folded, useKey } from './kept-rows.js';
import { type StatusRow, statusRows } from './status-rows.js';
import { agenciesOf } from './worklist-rows.js';

/** One event as the register has it. */
export interface StoredEvent {
  readonly seq: number;
  readonly scope: string;
  readonly type: string;
  readonly actor: unknown;
  readonly occurredAt: Instant;
  readonly recordedAt: string;
  readonly canonical: string;
  readonly hash: Buffer;
  readonly previous: Buffer;
}

/** A clock of a server may be set back a little. */
const clockSlackMs = 5_000;

/** Walks one chain, event by event, and folds it on the way. */
export class Walk {
  holds = true;
  seq = 0;
  hash: Buffer = genesis;
  /** As it was after the event `then`, as JSON gives it back. */
  stateThen: unknown;
  private recordedAt = Number.NEGATIVE_INFINITY;
  private readonly state: CaseState;
  private readonly agencies = new Set<string>();
  private readonly deliveries: Folded['deliveries'][number][] = [];
  private readonly last = new Map<ScopeId, CaseEvent>();
  private readonly shown = new Map<number, ReadonlySet<string>>();
  private readonly showing = new Set<CaseEvent>();
  private readonly decided = new Map<ScopeId, number>();
  private readonly told: StatusRow[] = [];

  constructor(
    private readonly code: string,
    private readonly law: Law,
    private readonly pointers: Pointers,
    private readonly add: (seq: number | null, reason: BreakReason, detail: string) => void,
    private readonly then: number,
  ) {
    this.state = emptyCase(code);
  }

  folded(): Folded {
    const { state, agencies, deliveries, last, decided, shown, told } = this;
    for (const event of this.showing) this.show(event);
    return { state, agencies, deliveries, last, decided, shown, told };
  }

  take(row: StoredEvent): void {
    const seq = this.seq + 1;
    const broken = (reason: BreakReason, detail: string) => {
      this.holds = false;
      this.add(seq, reason, detail);
    };
    if (row.seq !== seq) return broken('missing-event', `the next event there is has seq ${row.seq}`);
    if (!row.previous.equals(this.hash)) return broken('wrong-link', 'it does not follow from the event before it');
    if (!row.hash.equals(linkHash(this.hash, row.canonical)))
      return broken('wrong-hash', 'its text is not what was hashed');
    const event = eventOf(row.canonical);
    if (canonicalEvent(this.code, event) !== row.canonical)
      return broken('not-canonical', 'its text is of another case');
    const differing = differingColumn(row, event);
    if (differing !== undefined) return broken('columns-differ', `column ${differing} contradicts the hashed text`);
    this.seq = seq;
    this.hash = row.hash;
    this.recorded(row);
    this.fold(event);
  }

  /** Commands of one case wait for each other: what comes later is recorded later. */
  private recorded({ seq, recordedAt }: StoredEvent): void {
    const at = Date.parse(recordedAt);
    if (at < this.recordedAt - clockSlackMs)
      this.add(seq, 'recorded-differs', 'it is recorded before the event before it');
    if (at > Date.now() + clockSlackMs) this.add(seq, 'recorded-differs', 'it is recorded in the future');
    this.recordedAt = at;
  }

  private show(event: CaseEvent): void {
    const uses = documentsNamed(event, this.state);
    if (uses.length === 0) return;
    this.shown.set(event.seq, new Set([...(this.shown.get(event.seq) ?? []), ...uses.map(useKey)]));
    this.showing.add(event);
  }

  private fold(event: CaseEvent): void {
    this.pointers.take(event);
    const before = shownStatus(this.state.procedures[procedureScopeOf(event.scope)]);
    apply(this.state, event);
    this.told.push(...statusRows(statusesTold(this.state, event, before)));
    this.show(event);
    for (const {
      scope,
      delivery: { seq, prev },
    } of deliver(this.state, event))
      this.deliveries.push({ scope, delivery: { seq, prev } });
    if (event.seq === this.then) this.stateThen = JSON.parse(JSON.stringify(this.state));
    this.last.set(event.scope, event);
    this.last.set(procedureScopeOf(event.scope), event);
    if (event.type === 'decisionMade' || event.type === 'decisionSigned') this.decided.set(event.scope, event.seq);
    if (involving.has(event.type)) for (const agency of agenciesOf(this.state, this.law)) this.agencies.add(agency);
  }
}

/** Events by which another agency may come to have something to do with a case. */
const involving: ReadonlySet<CaseEvent['type']> = new Set<CaseEvent['type']>([
  'caseOpened',
  'procedureOpened',
  'procedureMigrated',
  'agencyMerged',
  'dossierReceived',
  'stepStarted',
  'stepCompleted',
  'taskOpened',
  'consultationOpened',
]);

function differingColumn(row: StoredEvent, event: CaseEvent): string | undefined {
  if (row.seq !== event.seq) return 'seq';
  if (row.scope !== event.scope) return 'scope';
  if (row.type !== event.type) return 'type';
  if (Date.parse(row.occurredAt) !== Date.parse(event.occurredAt)) return 'occurred_at';
  if (!isDeepStrictEqual(row.actor, JSON.parse(JSON.stringify(event.actor)))) return 'actor';
  return undefined;
}
