import { procedureById } from '../domain/law/procedure.js';
import { type FormCode, type FormDefinition } from '../domain/schemas/forms.js';
import { apologyBody } from './kinds/apology.js';
import { controlSheetBody } from './kinds/control-sheet.js';
import { minutesBody } from './kinds/council-minutes.js';
import { decisionBody } from './kinds/decision.js';
import { opinionBody } from './kinds/opinion.js';
import { receiptBody } from './kinds/receipt.js';
import { refusalBody } from './kinds/refusal.js';
import { resultChangeBody } from './kinds/result-change.js';
import { stopBody } from './kinds/stop.js';
import { supplementBody } from './kinds/supplement.js';
import { certificateBody } from './kinds/trial-certificate.js';
import { type FormModel } from './model.js';
import { type Paper } from './papers.js';
import { checkUrlOf, statusUrlOf, trialUrlOf } from './qr.js';
import { type Body, type FormContext, letterOf, type NamedCase, resultNumber, Sheet } from './sheet.js';
import { tongues } from './words.js';

const bodies: Readonly<Record<Paper['form'], (sheet: Sheet) => Body>> = {
  '01': receiptBody,
  '02': supplementBody,
  '03': refusalBody,
  '04': apologyBody,
  '05': stopBody,
  '06': controlSheetBody,
  decision: decisionBody,
  'council-minutes': minutesBody,
  'trial-certificate': certificateBody,
  'result-correction': resultChangeBody,
  'result-revocation': resultChangeBody,
  opinion: opinionBody,
};

/** The definition of a form; throws where the catalogue has none. */
export function formDefinition(forms: readonly FormDefinition[], code: FormCode): FormDefinition {
  const found = forms.find((one) => one.code === code);
  if (!found) throw new Error(`The catalogue has no form ${code}`);
  return found;
}

/** One paper of a case as it is printed: what it says in both languages, without any layout. Pure. */
export function formOf(paper: Paper, file: NamedCase, context: FormContext): FormModel {
  const definition = formDefinition(context.catalogue.forms, paper.form);
  const letter = (language: 'vi' | 'en') => {
    const sheet = new Sheet(paper, file, context, tongues[language], definition);
    return letterOf(sheet, bodies[paper.form](sheet));
  };
  const letters = [letter('vi'), letter('en')] as const;
  return {
    form: paper.form,
    paper: definition.paper,
    issuedAt: paper.issuedAt,
    author: letters[0].agency,
    keywords: keywordsOf(definition),
    draft: paper.draft,
    statusUrl: definition.addressedTo === 'internal' ? null : urlOf(paper, file, context),
    letters,
  };
}

function urlOf(paper: Paper, { state }: NamedCase, { publicUrl }: FormContext): string {
  if (paper.form === 'trial-certificate') return trialUrlOf(publicUrl, state.code);
  const procedure = state.procedures[paper.scope];
  const number = procedure && resultNumber(paper, procedure);
  if (!number || !procedure.signature) return statusUrlOf(publicUrl, state.code);
  return checkUrlOf(publicUrl, number, procedure.signature.documentHash);
}

/** What of the form no official text confirmed goes with the file, not onto the page. */
export const keywordsOf = ({ verified, unverified }: FormDefinition): string =>
  [`verified: ${verified}`, ...unverified.map((part) => `unverified: ${part}`)].join('; ');

/** How a paper is called in a list. */
export function paperTitle(paper: Paper, { catalogue }: FormContext, version: string): { vi: string; en: string } {
  if (paper.form === 'decision') return procedureById(catalogue.procedures, version).result;
  return formDefinition(catalogue.forms, paper.form).name;
}
