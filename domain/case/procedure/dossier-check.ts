import type { Text } from '../../law/agency.js';
import type { ProcedureDefinition } from '../../law/procedure.js';
import { isWanting } from '../extract/state.js';
import { isRequired, missingDocuments } from './dossier.js';
import type { DossierDocument } from './words.js';
import type { ProcedureState } from './state.js';

/** One document of a dossier as the definition asks for it, and whether it is there. */
export interface AskedDocument {
  readonly code: string;
  readonly name: Text;
  /** Without it the dossier is not complete: not what is only given «if any», nor what a register of the State holds. */
  readonly required: boolean;
  /** The register that holds it; null: the investor gives it. */
  readonly source: string | null;
  readonly given: boolean;
}

/** What is asked for beside what is there. */
export interface DossierCheck {
  readonly documents: readonly AskedDocument[];
  /** Codes of what is required and not there. */
  readonly missing: readonly string[];
}

/** Compares a dossier with what its definition asks for. What a register was asked for and does not give is the investor's to give. */
export function checkDossier(
  { documents }: Pick<ProcedureDefinition, 'documents'>,
  filings: readonly { readonly documents: readonly DossierDocument[] }[],
  extracts: ProcedureState['extracts'] = {},
): DossierCheck {
  const isWanted = (code: string) => extracts[code] !== undefined && isWanting(extracts[code]);
  const filed = new Set(
    filings.flatMap((filing) => filing.documents.map(({ code }) => code)).filter((code) => !isWanted(code)),
  );
  return {
    documents: documents.map((document) => ({
      code: document.code,
      name: document.name,
      required: isRequired(document) || isWanted(document.code),
      source: isWanted(document.code) ? null : document.obtainableFrom,
      given: filed.has(document.code),
    })),
    missing: [
      ...missingDocuments({ documents }, filed),
      ...documents.filter(({ code }) => isWanted(code)).map(({ code }) => code),
    ],
  };
}

/** Filed and not looked at yet: form 01, 02 or 03 is still to come, so the investor may add to it or put a wrong file right. */
export const isUnexamined = ({
  stage,
  receptionRefusedAt,
}: Pick<ProcedureState, 'stage' | 'receptionRefusedAt'>): boolean => stage === 'intake' && receptionRefusedAt === null;

/** A dossier with something added: a document given again takes the place of what was filed under its code. */
export function amended(
  filed: readonly DossierDocument[],
  given: readonly DossierDocument[],
): readonly DossierDocument[] {
  const codes = new Set(given.map(({ code }) => code));
  return [...filed.filter(({ code }) => !codes.has(code)), ...given];
}
