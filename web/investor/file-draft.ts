import { act, ApiProblem, newKey, read } from '../api/call.js';
import type { Acts, Draft, Receipt, TrialReceipt } from '../api/contract.js';
import type { Content } from './filing-values.js';

/** What is filed: the draft as it was read here, with all that is to stand in it. */
export interface ToFile {
  readonly id: string;
  readonly version: number;
  readonly content: Content;
  readonly sign: boolean;
}

/** One filing until it is done: what of it was done is not done again under the same key, however often an answer is lost. */
export interface Attempt {
  readonly key: string;
  /** Of what: what was changed since is another attempt. */
  readonly of: string;
  written?: number;
  signed?: Acts['/drafts/{id}/filing']['body'];
}

const sameOf = ({ content, sign }: ToFile): string => JSON.stringify([content, sign]);

/** The attempt that goes on, or a new one where something else is filed. */
export function attemptOf(it: ToFile, before: Attempt | undefined = attemptAt(it.id)): Attempt {
  const attempt = before?.of === sameOf(it) ? before : { key: newKey(), of: sameOf(it) };
  keep(it.id, attempt);
  return attempt;
}

// An answer that is lost may be asked for after a reload: the attempt stays in this tab until it is known what became of it.
const keptAt = (draft: string): string => `attempt ${draft}`;
const keep = (draft: string, attempt: Attempt): void => sessionStorage.setItem(keptAt(draft), JSON.stringify(attempt));

/** The attempt to file this draft of which nobody here knows what became. */
export function attemptAt(draft: string): Attempt | undefined {
  const kept = sessionStorage.getItem(keptAt(draft));
  return kept === null ? undefined : (JSON.parse(kept) as Attempt);
}

/** It is known what became of it. */
export const forgetAttempt = (draft: string): void => sessionStorage.removeItem(keptAt(draft));

/** The receipt of a draft that was filed, asked for again under the key of its attempt. */
export const receiptAgain = (draft: string, { key, signed = {} }: Attempt): Promise<Receipt | TrialReceipt> =>
  act('/drafts/{id}/filing', { id: draft }, signed, key);

export type Outcome =
  | { readonly kind: 'filed'; readonly receipt: Receipt | TrialReceipt }
  /** Somebody wrote another version than the one that was read. */
  | { readonly kind: 'newer'; readonly draft: Draft }
  /** The law says else than what was read; nothing was filed. */
  | { readonly kind: 'moved' };

/**
 * Files a draft as it was read: never another version of it, and by no law but the one that was read. `isAsRead` looks at the law of the moment: before
 * anything is written, and again where time went by until it is filed (it was signed, or an answer was lost).
 */
export async function fileDraft(
  it: ToFile,
  attempt: Attempt,
  isAsRead: () => Promise<boolean>,
  onWritten: (draft: Draft) => void,
): Promise<Outcome> {
  const { id, sign } = it;
  const { key } = attempt;
  const isAgain = attempt.signed !== undefined;
  try {
    if (attempt.signed === undefined) {
      if (!(await isAsRead())) return { kind: 'moved' };
      attempt.written ??= await write(it, key, onWritten);
      keep(id, attempt);
      attempt.signed = sign
        ? { signature: (await act('/drafts/{id}/signature', { id }, {}, `${key}-sign`)).signature }
        : {};
      keep(id, attempt);
    }
    const draft = await read('/drafts/{id}', { id });
    // Without content it is filed: here, where the answer was lost and is given again, or elsewhere, which the API says.
    if (draft.content !== null) {
      if (draft.version !== attempt.written) return { kind: 'newer', draft };
      if ((sign || isAgain) && !(await isAsRead())) return { kind: 'moved' };
    }
    return { kind: 'filed', receipt: await act('/drafts/{id}/filing', { id }, attempt.signed, key) };
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.problem.code !== 'STALE') throw error;
    return { kind: 'newer', draft: await read('/drafts/{id}', { id }) };
  }
}

// What was left open is written down as open before the draft becomes a case.
async function write(it: ToFile, key: string, onWritten: (draft: Draft) => void): Promise<number> {
  const { id, version, content } = it;
  const draft = await act('/drafts/{id}', { id }, { version, content }, `${key}-whole`);
  onWritten(draft);
  return draft.version;
}
