import { type z } from 'zod';
import { type LoadedLaw } from '../db/law/law.js';
import { type Accepted } from '../db/register/door.js';
import { getAgency } from '../domain/law/agency.js';
import { checkDossier } from '../domain/case/procedure/dossier-check.js';
import { type EventOf } from '../domain/case/events.js';
import { procedureById } from '../domain/law/procedure.js';
import { predicatesOf } from '../domain/lane/predicates.js';
import { reductionOf } from '../domain/measures/reduction.js';
import { type AnyReceipt, type Receipt, type TrialReceipt } from './schemas/commands.js';
import { signedView } from './views/filing-signature.js';
import { filedTrial } from './views/regimes.js';

type Words = Pick<LoadedLaw, 'catalogue' | 'law'>;

/** What a filing of either kind is answered with, from the event that opened the case: the same whenever it is asked for again. */
function opened(accepted: Accepted): EventOf<'caseOpened'> {
  const event = accepted.events.find((one): one is EventOf<'caseOpened'> => one.type === 'caseOpened');
  if (!event) throw new Error(`Case ${accepted.caseCode} was opened without an opening`);
  return event;
}

const receivedBy = ({ catalogue, law }: Words, accepted: Accepted, pin: string) => {
  const { occurredAt, payload } = opened(accepted);
  return {
    case: accepted.caseCode,
    caseSeq: accepted.caseSeq,
    filedAt: occurredAt,
    lawAt: payload.lawAt,
    plan: payload.plan.map((item) => ({
      ...item,
      name: procedureById(catalogue.procedures, item.version).name,
      agencyName: getAgency(catalogue.agencies, item.agency).name,
      after: [...item.after],
      gates: [...item.gates],
    })),
    dossiers: payload.plan.flatMap(({ procedure, version }) => {
      const documents = payload.lodged[procedure];
      if (!documents?.length) return [];
      return [{ procedure, ...checkDossier(law.procedureVersion(procedure, version, payload.facts), [{ documents }]) }];
    }),
    signed: signedView(payload.signed),
    public: { code: accepted.caseCode, pin },
  };
};

export function receiptOf(words: Words, accepted: Accepted, pin: string): z.input<typeof Receipt> {
  const { lane, pathway, milestone, baseline, target, ambition, reductionByLaw, facts } = opened(accepted).payload;
  return {
    ...receivedBy(words, accepted, pin),
    kind: 'green-lane',
    lane,
    pathway,
    milestone,
    baseline,
    target,
    ambition,
    plannedReduction: reductionOf(target.days, baseline.days) ?? 0,
    reductionByLaw,
    predicates: predicatesOf(facts),
  };
}

/** Of whichever kind it was filed. */
export const anyReceiptOf = (words: Words, accepted: Accepted, pin: string): z.input<typeof AnyReceipt> =>
  opened(accepted).payload.trial ? trialReceiptOf(words, accepted, pin) : receiptOf(words, accepted, pin);

export function trialReceiptOf(words: Words, accepted: Accepted, pin: string): z.input<typeof TrialReceipt> {
  const { trial, baseline, unverified = [] } = opened(accepted).payload;
  if (!trial) throw new Error(`Case ${accepted.caseCode} was opened without a trial`);
  return {
    ...receivedBy(words, accepted, pin),
    kind: 'sandbox',
    trial: filedTrial(words.catalogue, trial),
    decisionDue: baseline,
    unverified: [...unverified],
  };
}
