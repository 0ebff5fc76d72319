import { type z } from 'zod';
import { businessNow } from '../db/register/business-clock.js';
import { ownedDocuments, type Showing } from '../db/register/documents.js';
import { openingOfTrial } from '../domain/case/trial/opening.js';
import { refuse } from '../domain/errors.js';
import { chooseRegime, fitsAt, undeclarable } from '../domain/law/regime-fit.js';
import { type RegimeInForce } from '../domain/law/regime.js';
import { type SandboxFiling } from '../domain/schemas/trial.js';
import { dateOf } from '../domain/time/instants.js';
import { type FilingAct } from './acts.js';
import { type ApiDeps } from './deps.js';
import { notYours, showingAs } from './documents/own.js';
import { type FiledWith, signedBy } from './filing-signatures.js';
import { hashOf } from './hashes.js';
import { type FieldError, InvalidRequest } from './http/validation.js';
import { type Filed, filedAs, openedBefore, openFiled } from './openings.js';
import { trialReceiptOf } from './receipts.js';
import { type TrialReceipt } from './schemas/commands.js';

/** Files a solution for whoever wants to try it, by the form or from a draft: the regimes are asked, one takes it, and its admission is the case's one procedure. */
export function createTrialFiling(deps: ApiDeps) {
  return async (
    act: FilingAct,
    applicant: string,
    filing: SandboxFiling,
    { draft, signature }: FiledWith,
  ): Promise<Filed<z.input<typeof TrialReceipt>>> => {
    // What was answered before, whatever has become of the regime since.
    const before = await openedBefore(deps, act);
    if (before) return filedAs(act, before, trialReceiptOf);
    const at = await businessNow(deps.pool);
    const { law, catalogue } = act.law();
    const fit = chooseRegime(fitsAt(catalogue.regimes.values(), filing, dateOf(at)), filing.regime);
    await requireKnown(deps, showingAs(act.person, applicant), filing, law.regime(fit.version));
    const filingHash = hashOf(filing);
    const over = { pathway: null, adjusts: null, filer: act.person.id, investor: applicant };
    const signed = signature && (await signedBy(deps.signing, signature, { filing, filingHash, over }));
    const opening = openingOfTrial(law, { filing, filingHash, fit, personId: applicant, at });
    const { name } = filing.solution;
    const holder = filing.applicant.name;
    const opened = await openFiled(deps, act, {
      opening,
      at,
      filing,
      name,
      holder,
      ...(draft && { draft }),
      ...(signed && { signed }),
    });
    return filedAs(act, opened, trialReceiptOf);
  };
}

/** Refuses what the regime does not ask for, and documents that its dossier has not or that are another's. */
async function requireKnown(
  { pool }: ApiDeps,
  showing: Showing,
  { solution, documents }: SandboxFiling,
  one: RegimeInForce,
): Promise<void> {
  const unknown = (pointer: string, detail: string): FieldError => ({
    in: 'body',
    pointer,
    code: 'UNKNOWN_VALUE',
    detail,
  });
  const { rules } = one;
  const asked = rules.limits.map(({ code }) => code).join(', ');
  const errors = undeclarable(one, solution).map((code) => unknown(`/solution/declared/${code}`, asked));
  const codes = (rules.documents?.value ?? refuse('REGIME_NOT_OPEN', { regime: rules.code })).map(({ code }) => code);
  const ids = documents.map(({ documentId }) => documentId);
  const owned = ids.length === 0 ? new Set<string>() : await ownedDocuments(pool, showing, ids);
  documents.forEach(({ code, documentId }, index) => {
    if (!codes.includes(code)) errors.push(unknown(`/documents/${index}/code`, codes.join(', ')));
    if (!owned.has(documentId)) errors.push(unknown(`/documents/${index}/documentId`, notYours));
  });
  if (errors.length > 0) throw new InvalidRequest(errors);
}
