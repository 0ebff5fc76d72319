import type { Completion } from '../../domain/case/task/commands.js';
import { allTasks, type TaskState } from '../../domain/case/task/state.js';
import type { Actor, CaseEvent, EventType } from '../../domain/case/events.js';
import type { Condition, Position } from '../../domain/case/consultation/words.js';
import type { TaskRole } from '../../domain/case/task/words.js';
import { caseScope, consultationScope, procedureScope } from '../../domain/case/scope.js';
import { exampleProjects } from '../../seeds/index.js';
import { at, MemoryRegister, person } from './memory-register.js';

export const code = 'LX-260706-0001';
export const irc = procedureScope(code, 'irc-ordinary', 1);
export const first = consultationScope(irc, 1);
export const officer = (agency: string): Actor => person(`officer.${agency}.1`, 'officer', agency);
export const head = person('head.shtp-board', 'head', 'shtp-board');
export const lead = officer('shtp-board');

/** BESI's certificate, received on Monday 6 July 2026 at 10:00 and asked of the Department of Science and of Planning; answers by Friday 10 July. */
export class Asked extends MemoryRegister {
  constructor() {
    super(code);
    this.open(exampleProjects.besi, at('2026-07-06 09:00'));
    this.engine(caseScope(code), at('2026-07-06 09:00'), { type: 'openProcedure', procedure: 'irc-ordinary' });
    const documents = [{ code: 'request', documentId: 'doc-1', obtainedFrom: null }];
    this.act(person('investor.test', 'investor'), at('2026-07-06 09:05'), {
      type: 'fileDossier',
      procedure: 'irc-ordinary',
      documents,
    });
    this.ask(irc, '2026-07-06 09:05', 'intake/1', 'intake', 'hcmc-pasc', 'receiving-officer');
    this.complete('intake/1', person('receiving.1', 'receiving-officer', 'hcmc-pasc'), '2026-07-06 10:00', {
      outcome: 'receive',
    });
    const step = 'completeness-check';
    this.engine(irc, at('2026-07-06 10:00'), { type: 'startStep', step });
    const done = { type: 'completeStep', step, outcome: 'complete', by: 'system', reference: null } as const;
    this.engine(irc, at('2026-07-06 10:01'), done);
    this.consult('2026-07-06 10:02');
    this.ask(first, '2026-07-06 10:02', 'opinion/dost', 'opinion', 'dost', 'officer');
  }

  consult(when: string): void {
    this.engine(irc, at(when), { type: 'openConsultation', step: 'opinions' });
  }

  ask(scope: string, when: string, key: string, kind: TaskState['kind'], agency: string, role: TaskRole): void {
    const step = key.startsWith('step/') ? (key.slice(5).split('#')[0] ?? null) : null;
    this.engine(scope, at(when), { type: 'openTask', key, kind, agency, role, step });
  }

  task(key: string): TaskState {
    const found = [...allTasks(this.state)].filter((task) => task.key === key).at(-1);
    if (!found) throw new Error(`no task ${key}`);
    return found;
  }

  complete(key: string, actor: Actor, when: string, completion: Completion): void {
    this.act(actor, at(when), { type: 'completeTask', taskId: this.task(key).id, completion });
  }

  dost(when: string, outcome: Position, ...conditions: Condition[]): void {
    const given = conditions.length > 0 ? { conditions } : {};
    this.complete('opinion/dost', officer('dost'), when, {
      outcome,
      legalBasis: 'Law 133/2025/QH15',
      reason: 'as the file shows',
      ...given,
    });
  }

  dpa(when: string, position: Position, ...conditions: Condition[]): void {
    this.act({ kind: 'agency-system', agency: 'dpa' }, at(when), {
      type: 'giveOpinion',
      consultation: first,
      agency: 'dpa',
      position,
      conditions,
      legalBasis: null,
      messageId: `m-${when}`,
    });
  }

  settle(when: string): void {
    this.act({ kind: 'clock' }, at(when), { type: 'settle' });
  }

  /** What the story of the consultation asks for, once every answer counts. */
  confer(when: string, scope = first): void {
    this.engine(scope, at(when), { type: 'openConference' });
    if (this.consultation(scope).conference?.decidedAt === null) {
      this.ask(scope, when, 'conference', 'conference', 'shtp-board', 'head');
    }
  }

  close(when: string, scope = first): void {
    this.engine(scope, at(when), { type: 'closeConsultation' });
  }

  reopen(when: string, actor: Actor = lead, agency = 'dost', scope = first): void {
    this.act(actor, at(when), { type: 'reopenConsultation', consultation: scope, agency, reason: 'weighs more' });
  }

  consultation(scope = first) {
    const found = this.state.consultations[scope];
    if (!found) throw new Error(`no ${scope}`);
    return found;
  }

  opinion(agency: string, scope = first) {
    return this.consultation(scope).opinions[agency];
  }

  last(type: EventType): CaseEvent['payload'] | undefined {
    return this.events.findLast((event) => event.type === type)?.payload;
  }
}
