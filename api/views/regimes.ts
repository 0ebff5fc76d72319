import { type z } from 'zod';
import { getAgency } from '../../domain/law/agency.js';
import { type TrialFiling as Filed } from '../../domain/case/trial/words.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { errors, Refusal, refuse } from '../../domain/errors.js';
import { type Verdict } from '../../domain/law/rules.js';
import { admissionCode } from '../../domain/law/admission-code.js';
import { closedBecause, closureTexts, isOpen } from '../../domain/law/admission-procedure.js';
import { chooseRegime, type Fit, reasonsOf } from '../../domain/law/regime-fit.js';
import { type RegimeInForce } from '../../domain/law/regime.js';
import { type PlainDate } from '../../domain/time/instants.js';
import { type FiledTrial, type FitAnswer, type RegimeSummary, type RegimeView } from '../schemas/regimes.js';

type Agencies = Pick<Catalogue, 'agencies'>;

const named = ({ agencies }: Agencies, code: string) => ({ code, name: getAgency(agencies, code).name });

export function regimeSummary(
  catalogue: Agencies,
  one: RegimeInForce,
  today: PlainDate,
): z.input<typeof RegimeSummary> {
  const { regime, rules } = one;
  const { code, name, status, effectiveFrom, effectiveTo, fields, territory, centralDecision } = regime;
  return {
    code,
    version: rules.version,
    name,
    status,
    effectiveFrom,
    effectiveTo,
    open: isOpen(one, today),
    closedBecause: closedBecause(one, today).map((reason) => ({ code: reason, text: closureTexts[reason] })),
    fields,
    territory,
    authority: rules.authority && { ...rules.authority, value: named(catalogue, rules.authority.value) },
    centralDecision,
  };
}

/** `versions`: of this regime, newest first. */
export function regimeView(
  catalogue: Pick<Catalogue, 'agencies' | 'procedures'>,
  one: RegimeInForce,
  { today, versions }: { readonly today: PlainDate; readonly versions: readonly string[] },
): z.input<typeof RegimeView> {
  const { regime, rules } = one;
  const { code: _code, version: _version, authority: _authority, supervises, evaluates, limits, ...figures } = rules;
  const procedure = admissionCode(regime.code);
  const { simplified, channel, noOtherDocuments } = regime.dossier;
  return {
    ...regimeSummary(catalogue, one, today),
    asOf: today,
    versions,
    procedure: catalogue.procedures.has(procedure) ? procedure : null,
    supervises: supervises === null ? null : named(catalogue, supervises),
    evaluates: evaluates === null ? null : named(catalogue, evaluates),
    receives: regime.authority.receives,
    appraisal: regime.appraisal.agencies.map(({ code, role, basis }) => ({ ...named(catalogue, code), role, basis })),
    applicant: regime.applicant,
    tests: regime.tests.map(({ code, text, clause, verified }) => ({ code, text, clause, verified })),
    figures,
    // A source `admission` is a trial's alone.
    limits: limits.flatMap(({ source, ...limit }) => (source === 'admission' ? [] : [{ ...limit, source }])),
    incidentCovers: regime.incidentCovers,
    externalPermits: regime.externalPermits,
    dossier: { simplified, channel, noOtherDocuments },
    decisionDocument: regime.decision.document,
    certificateDocument: regime.certificate.document,
    transitionNote: regime.transition.note,
    exemption: regime.exemption,
    support: regime.support,
    endings: regime.endings,
    legalBasis: regime.legalBasis,
    unverified: regime.unverified,
  };
}

/** What a trial was filed under, in the words of its regime. */
export function filedTrial(
  catalogue: Pick<Catalogue, 'agencies' | 'regimes'>,
  trial: Omit<Filed, 'fit'> & { readonly fit: Verdict },
): z.input<typeof FiledTrial> {
  const one = catalogue.regimes.get(trial.version) ?? refuse('DEFINITION_UNKNOWN', { regime: trial.version });
  const { regime, version, field, months, authority, supervises, evaluates } = trial;
  return {
    regime,
    version,
    regimeName: one.regime.name,
    field,
    months,
    fit: { verdict: trial.fit, reasons: reasonsOf(one, trial.reasons) },
    authority: named(catalogue, authority),
    supervises: named(catalogue, supervises),
    evaluates: named(catalogue, evaluates),
  };
}

/** What every regime says, and which would take the filing; a refusal is told, not thrown. */
export function fitAnswer(fits: readonly Fit[], named: string | undefined, at: PlainDate): z.input<typeof FitAnswer> {
  const items = fits.map(({ reasons, ...fit }) => ({
    ...fit,
    reasons: reasons.map(({ details, ...reason }) => ({ ...reason, ...(details && { details: { ...details } }) })),
  }));
  try {
    const { regime, version, verdict } = chooseRegime(fits, named);
    return { at, taken: { regime, version, verdict: verdict === 'yes' ? 'yes' : 'unknown' }, refusal: null, items };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, details = {} } = error;
    return { at, taken: null, refusal: { code, title: errors[code].title, details: { ...details } }, items };
  }
}
