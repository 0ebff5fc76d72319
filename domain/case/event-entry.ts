import type { Text } from '../law/agency.js';
import type { Condition } from './consultation/words.js';

/**
 * What of a value may leave: `true` a scalar or a list of them, `whole` a structure of rule attributes alone (words that somebody typed stay behind),
 * fields by name, also through lists (`*`: whatever the key), or what a function makes of it.
 */
export type Pass = true | 'whole' | { readonly [field: string]: Pass } | ((value: Condition) => unknown);

export interface EventEntry<P> {
  /** What people call it. */
  readonly name: Text;
  /** Whether a workflow hears of it; what only changes who holds a task, or is told to people alone, none does. */
  readonly heard: boolean;
  /** None hears of it where this field is set: the register did it, and nothing waits for it. */
  readonly heardUnless?: keyof P & string;
  /** Where this field is set nobody is woken for it alone: the register does something next, and what comes of that is told with it; or else it is told after a minute. */
  readonly patientWith?: keyof P & string;
  /** It starts the workflow of its scope: delivered by signal-with-start. Every other event finds its workflow running, or the register decides. */
  readonly opens?: true;
  /** Which workflow above its own waits for it, too. */
  readonly alsoHeardBy?: 'case' | 'procedure';
  /** After it something may have begun to be owed, or may be done. A claim or a release changes nothing there. */
  readonly duties: boolean;
  /** What papers have of it: `nothing`, the names of the `people` in it; they are made from it (`read`); one `issued` after it names agencies, too. */
  readonly papers: 'nothing' | 'people' | 'read' | 'issued';
  /** What the investor's side reads of it; `never`: not even that it happened. */
  readonly party: readonly (keyof P & string)[] | 'never';
  /** What they read beside once the decision of the procedure is signed. */
  readonly decided?: readonly (keyof P & string)[];
  /** What systems outside are sent: no words of people, no person, nothing that is a participant's own business. */
  readonly outside: { readonly [K in keyof P & string]?: Pass };
}

/** What is true of each type of event of one subject: a new one does not compile until every question about it is answered. */
export type EventEntries<P> = { readonly [T in keyof P]: EventEntry<P[T]> };

export const documentFields = { code: true, documentId: true, obtainedFrom: true } as const;
/** Of a subject that is not of the list, the value is free text. */
export const conditionFields = ({ subject, direction, value }: Condition) => ({
  subject,
  direction,
  ...(subject !== 'other' && value !== undefined && { value }),
});
