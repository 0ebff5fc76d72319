import { patched, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { CaseEvent } from '../domain/case/events.js';
import type { TaskKind, TaskRole } from '../domain/case/task/words.js';
import { apply, emptyCase } from '../domain/case/fold.js';
import { caseCodeOf, procedureScopeOf, scopeKind } from '../domain/case/scope.js';
import type { CaseState } from '../domain/case/state.js';
import { holderOf } from '../domain/case/task-table.js';
import { latestTask, stuckTaskKey } from '../domain/case/task/find.js';
import { makeTaskKey } from '../domain/case/task/keys.js';
import { agencyTaskQueue, type AgencyActivities, type Loaded, type Request } from '../domain/case/activities.js';
import type { ResolvedProcedure } from '../domain/law/procedure.js';
import { ScopeRun, type Ask, type Follow, type HandedOver } from '../engine/workflow/run.js';
import type { RunInput } from '../engine/words.js';

/** What is asked of a person. */
export type TaskRequest = {
  readonly key: string;
  readonly agency: string;
} & (
  | { readonly kind: Exclude<TaskKind, 'step'>; readonly step?: string }
  | { readonly kind: 'step'; readonly role: TaskRole; readonly step: string }
);

/** What a story of cases asks. */
export type CaseAsk = Ask<Request>;
export type CaseFollow = Follow<Request>;

function asTask(task: TaskRequest): { readonly action: string; readonly request: Request } {
  const { key, kind, agency, step = null } = task;
  const role = task.kind === 'step' ? task.role : holderOf(task.kind);
  return { action: `openTask/${key}`, request: { type: 'openTask', key, kind, agency, role, step } };
}

/** A run of one scope of a case: what the engine needs to know of cases, and what all stories ask for. */
export class CaseRun extends ScopeRun<CaseState, CaseEvent, Request, Loaded> {
  private definition: ResolvedProcedure | null = null;

  constructor(input: RunInput<Loaded>) {
    super(input, { state: emptyCase(caseCodeOf(input.scope)), apply });
  }

  get caseCode(): string {
    return caseCodeOf(this.scope);
  }

  /** The definition that governs the scope's procedure, in the version `version` (which a receipt may change). */
  async definitionOf(version: string): Promise<ResolvedProcedure> {
    if (this.definition?.version !== version) await this.reload();
    if (this.definition?.version !== version)
      throw new Error(`The register gives ${this.definition?.version ?? 'nothing'} for ${version}`);
    return this.definition;
  }

  /** As `ensure`, for what a person has to do. */
  async ensureTask(task: TaskRequest, done: () => boolean): Promise<void> {
    await this.openTask(task, done);
    await this.until(task.key, done);
  }

  /** Opens the task if it is not there and still needed; does not wait for it. */
  async openTask(task: TaskRequest, done: () => boolean = () => false): Promise<void> {
    const { action, request } = asTask(task);
    await this.command(action, request, () => !done() && !latestTask(this.state, this.scope, task.key));
  }

  /** The task as what follows from something else, where nobody was asked yet. */
  thenTask(task: TaskRequest): readonly Ask<Request>[] {
    return latestTask(this.state, this.scope, task.key) ? [] : [asTask(task)];
  }

  /** Calls another body, again and again as far as the policy goes; a final failure is an answer too, and somebody's task. */
  call<T>(ask: (agencies: AgencyActivities) => Promise<T>): Promise<{ answer: T } | { failure: string }> {
    const { attempts, firstRetryMs } = this.setting.agencyCalls;
    const agencies = proxyActivities<AgencyActivities>({
      taskQueue: agencyTaskQueue(workflowInfo().taskQueue),
      startToCloseTimeout: '20s',
      heartbeatTimeout: '10s',
      retry: {
        initialInterval: firstRetryMs,
        backoffCoefficient: 2,
        maximumInterval: '1 minute',
        maximumAttempts: attempts,
      },
    });
    return this.attempt(() => ask(agencies));
  }

  protected override isScopeOver(): boolean {
    switch (scopeKind(this.scope)) {
      case 'case':
        return this.state.closed !== null;
      case 'procedure':
        return (this.state.procedures[this.scope]?.closed ?? null) !== null;
      case 'consultation':
        return (this.state.consultations[this.scope]?.closedAt ?? null) !== null;
    }
  }

  protected override get definitions(): number {
    return this.state.procedures[this.scope]?.migrations ?? 0;
  }

  protected override get holds(): string | null {
    return this.definition?.version ?? null;
  }

  protected override take({ procedure }: Loaded): void {
    this.definition = procedure ?? this.definition;
  }

  /** An officer's task «stuck», opened once for each thing that cannot be done. */
  protected override handedOver(action: string): HandedOver<Request> {
    const key = this.stuckAlready(action) ?? makeTaskKey({ kind: 'stuck', action, seen: this.seen });
    const request = {
      type: 'openTask',
      key,
      kind: 'stuck',
      agency: this.keeper,
      role: holderOf('stuck'),
      step: null,
    } as const;
    const isOver = () => (latestTask(this.state, this.scope, key)?.status ?? 'done') === 'done';
    return { what: key, action: `openTask/${key}`, request, isOver };
  }

  /** A run before this one may have handed the same thing to somebody. */
  private stuckAlready(action: string): string | undefined {
    const key = stuckTaskKey(this.state, this.scope, action);
    return key !== undefined && patched('2026-11-stuck-once') ? key : undefined;
  }

  /** Whose worklist gets what the engine cannot do here. */
  private get keeper(): string {
    switch (scopeKind(this.scope)) {
      case 'case':
        return this.setting.laneOwner;
      case 'procedure':
        return this.state.procedures[procedureScopeOf(this.scope)]?.handlingAgency ?? this.setting.laneOwner;
      case 'consultation':
        return this.state.consultations[this.scope]?.lead ?? this.setting.laneOwner;
    }
  }
}
