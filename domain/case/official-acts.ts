import { unlessRefused } from '../errors.js';
import type { Law } from '../law/law.js';
import type { Budget } from '../time/clock.js';
import type { Instant, PlainDate } from '../time/instants.js';
import { requireUndeclared } from './approval/interest.js';
import { requireLateAnswer } from './consultation/rules.js';
import type { Position } from './consultation/words.js';
import { Draft } from './draft.js';
import type { Actor } from './events.js';
import { unsealed } from './execute.js';
import { requireExtension } from './extension/rules.js';
import { correctableNow } from './fact/rules.js';
import { requireHearing } from './lane/revocation.js';
import { person } from './person.js';
import { latestAttempt, type ProcedureState } from './procedure/state.js';
import type { CaseState } from './state.js';
import { requireMoreTime } from './supplement/rules.js';

/** What an official may do in a case beside their tasks, as the rules of each act have it now. */
export interface OfficialActs {
  /** Somebody may be heard about the lane before it is taken back. */
  readonly laneHearing: boolean;
  /** Facts that may be said to be otherwise. */
  readonly facts: readonly string[];
  readonly interest: boolean;
  /** Terms that may be extended; `most`: by so much at most. */
  readonly extensions: readonly { readonly procedure: ProcedureState; readonly most: Budget }[];
  /** Notices whose deadline may be moved. */
  readonly moreTime: readonly {
    readonly procedure: ProcedureState;
    readonly requestId: string;
    readonly deadline: PlainDate;
    readonly most: Budget;
  }[];
  /** Answers that came late and may be weighed after all. */
  readonly lateAnswers: readonly {
    readonly procedure: ProcedureState;
    readonly n: number;
    readonly step: string;
    readonly agency: string;
    readonly position: Position | null;
  }[];
}

const nothing: OfficialActs = {
  laneHearing: false,
  facts: [],
  interest: false,
  extensions: [],
  moreTime: [],
  lateAnswers: [],
};

/** Asks the rule of each act whether it would be allowed to this person now; nothing is changed. */
export function officialActs(state: CaseState, law: Law, actor: Actor, now: Instant): OfficialActs {
  if (state.closed) return nothing;
  const draft = new Draft(state, law, actor, now, '', unsealed);
  const { role } = person(draft);
  const codes = new Set(Object.values(state.procedures).map(({ procedure }) => procedure));
  const procedures = [...codes].flatMap((code) => latestAttempt(state, code) ?? []);
  const decides = role === 'officer' || role === 'head';
  return {
    laneHearing: unlessRefused(() => requireHearing(draft)) !== null,
    facts: decides ? (unlessRefused(() => correctableNow(draft)) ?? []) : [],
    interest: unlessRefused(() => requireUndeclared(draft)) !== null,
    extensions: procedures.flatMap((procedure) => {
      const found = unlessRefused(() => requireExtension(draft, procedure.procedure));
      return found === null ? [] : [{ procedure, most: { amount: found.max, unit: procedure.budget.unit } }];
    }),
    moreTime: procedures.flatMap((procedure) =>
      procedure.supplements.flatMap(({ requestId }) => {
        const found = unlessRefused(() => requireMoreTime(draft, { procedure: procedure.procedure, requestId }));
        return found === null ? [] : [{ procedure, requestId, deadline: found.asked.deadline, most: found.budget }];
      }),
    ),
    lateAnswers: procedures.flatMap((procedure) =>
      Object.values(state.consultations)
        .filter(({ procedureScope }) => procedureScope === procedure.scope)
        .flatMap(({ scope, n, step, opinions }) =>
          Object.values(opinions).flatMap(({ agency, position }) =>
            unlessRefused(() => requireLateAnswer(draft, scope, agency)) === null
              ? []
              : [{ procedure, n, step, agency, position }],
          ),
        ),
    ),
  };
}
