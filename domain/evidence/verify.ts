import { base64 } from '@scure/base';
import { checkpointFrom } from './checkpoint.js';
import {
  type FilingSignatureFault,
  type FilingSigned,
  filingSignatureIn,
  type SignerGiven,
} from './filing-signature.js';
import { entryOf, type ShownField } from './leaf.js';
import { isIncluded, leafHash } from './merkle.js';
import type { Instant } from '../time/instants.js';
import { type KeyFault, keyFault } from './key-period.js';
import { noteFrom, signedBy } from './note.js';
import { eachOnce, type TrustedKey } from './trusted-keys.js';

/** The file that proves what happened in a case (`GET /cases/{code}/proof`). */
export interface CaseProof {
  readonly format: 'luong-xanh-proof/1';
  readonly caseCode: string;
  readonly checkpoint: string;
  readonly keys: readonly string[];
  readonly events: readonly ProofEvent[];
  readonly unlogged: number;
}

interface ProofEvent {
  readonly seq: number;
  readonly index: number;
  readonly fields: readonly ShownField[];
  readonly path: readonly string[];
}

/** Why a proof does not hold; `seq`: at which event. */
export interface ProofFault {
  readonly seq: number | null;
  readonly reason:
    | 'not-a-proof'
    | 'checkpoint-unreadable'
    | 'checkpoint-unsigned'
    | KeyFault
    | 'gap'
    | 'not-included'
    | 'fields-disordered'
    | 'recorded-disordered'
    | FilingSignatureFault;
}

/** What a proof shows. */
export interface Verified {
  /** The name of the log; null where it cannot be read. */
  readonly origin: string | null;
  /** Leaves of the log. */
  readonly size: number;
  /** Witnesses that saw the log in this state, and when (seconds since 1970). */
  readonly witnesses: readonly { readonly name: string; readonly seconds: number }[];
  /** What is shown of each event, by the names of its fields. */
  readonly events: readonly {
    readonly seq: number;
    readonly shown: Readonly<Record<string, unknown>>;
    readonly hidden: number;
  }[];
  /** The signature of the filing, which holds; null: there is none to be checked. */
  readonly filingSigned: FilingSigned | null;
  /** None: it holds. */
  readonly faults: readonly ProofFault[];
}

/**
 * Checks a proof with nothing but itself and the keys that one trusts: these events, in this order, with nothing between them, were in the log when its state
 * was signed. What is hidden is known to be there, not what it is. When a state was signed its witnesses say; where none did, it counts as signed `now`. Of a key that is given twice the
 * earlier end counts. Whose the signature of a filing is it says only where it is given the `signer`.
 */
export function verifyProof(
  proof: CaseProof,
  given: readonly TrustedKey[],
  now: Instant,
  signer?: SignerGiven,
): Verified {
  const trusted = eachOnce(given);
  const faults: ProofFault[] = [];
  const fault = (reason: ProofFault['reason'], seq: number | null = null) => faults.push({ seq, reason });
  const note = noteFrom(proof.checkpoint);
  const state = note && checkpointFrom(note.text);
  if (!note || !state) {
    fault('checkpoint-unreadable');
    return { origin: null, size: 0, witnesses: [], events: [], filingSigned: null, faults };
  }
  // A witness whose key had ended by what it says, or may be somebody else's, attests nothing.
  const witnesses = trusted.flatMap((key) => {
    const seconds = key.kind === 'witness' ? signedBy(note, key)?.seconds : undefined;
    if (
      seconds === undefined ||
      seconds > lastSecond ||
      (key.period && keyFault(key.period, instantOf(seconds), false))
    )
      return [];
    return [{ name: key.name, seconds }];
  });
  const attested = witnesses.length > 0;
  const signedAt = attested ? instantOf(Math.min(...witnesses.map(({ seconds }) => seconds))) : now;
  const keys = trusted.filter((key) => key.kind === 'log' && key.name === state.origin && signedBy(note, key));
  const ended = keys.map(({ period }) => period && keyFault(period, signedAt, attested));
  if (keys.length === 0) fault('checkpoint-unsigned');
  else if (!ended.includes(undefined)) fault(ended[0] ?? 'checkpoint-unsigned');
  let recorded = '';
  let filingSigned: FilingSigned | null = null;
  const events = proof.events.map(({ seq, index, fields, path }, place) => {
    if (seq !== place + 1) fault('gap', seq);
    if (fields.some(({ name }, i) => i > 0 && name <= (fields[i - 1]?.name ?? ''))) fault('fields-disordered', seq);
    const leaf = leafHash(entryOf({ caseCode: proof.caseCode, seq, fields }));
    if (
      !isIncluded(
        leaf,
        index,
        state.size,
        path.map((hash) => base64.decode(hash)),
        state.root,
      )
    )
      fault('not-included', seq);
    const shown = Object.fromEntries(
      fields.flatMap((field) => ('value' in field ? [[field.name, JSON.parse(field.value) as unknown] as const] : [])),
    );
    const at = shown['recordedAt'];
    if (typeof at === 'string') {
      if (at < recorded) fault('recorded-disordered', seq);
      recorded = at;
    }
    const signed = filingSignatureIn(shown, signer);
    if (typeof signed === 'string') fault(signed, seq);
    else filingSigned ??= signed ?? null;
    return { seq, shown, hidden: fields.filter((field) => 'hidden' in field).length };
  });
  if (events.length === 0) fault('gap');
  // A certificate that was given belongs to nothing here.
  if (signer && filingSigned === null && !faults.some(({ reason }) => reason.startsWith('filing-')))
    fault('filing-certificate-differs');
  return { origin: state.origin, size: state.size, witnesses, events, filingSigned, faults };
}

/** Of the year 9999: nobody's clock says more. */
export const lastSecond = 253_402_300_799;
const instantOf = (seconds: number): Instant => new Date(seconds * 1000).toISOString();

/** Reads the text of a proof; undefined where it is none. Nothing of it is checked but its shape. */
export function proofFrom(text: string): CaseProof | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined; // Not JSON: no proof.
  }
  const is = (value: unknown, type: 'string' | 'number'): boolean => typeof value === type;
  const proof = read as Partial<CaseProof> | null;
  const isProof =
    typeof proof === 'object' &&
    proof?.format === 'luong-xanh-proof/1' &&
    is(proof.caseCode, 'string') &&
    is(proof.checkpoint, 'string') &&
    Array.isArray(proof.events) &&
    proof.events.every(
      ({ seq, index, fields, path }: Partial<ProofEvent>) =>
        is(seq, 'number') &&
        is(index, 'number') &&
        Array.isArray(path) &&
        path.every((hash) => typeof hash === 'string' && /^[A-Za-z0-9+/]{43}=$/.test(hash)) &&
        Array.isArray(fields) &&
        fields.every(
          (field: { name?: unknown; value?: unknown; salt?: unknown; hidden?: unknown }) =>
            is(field.name, 'string') &&
            (/^[0-9a-f]{64}$/.test(String(field.hidden)) ||
              (is(field.value, 'string') && isJson(String(field.value)) && /^[0-9a-f]{32}$/.test(String(field.salt)))),
        ),
    );
  return isProof ? (read as CaseProof) : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // Asked for: is it?
  }
}
