import { type Accepted, type Attachments } from '../db/register/door.js';
import { requireFreshKey } from '../db/people/person-requests.js';
import { newPinSeed, pinSeed } from '../db/people/pins.js';
import { type Command } from '../domain/case/commands.js';
import { type Instant } from '../domain/time/instants.js';
import { type Act, bodyHashOf, type FilingAct, headersOf } from './acts.js';
import { actorOf } from './auth/person.js';
import { type ApiDeps } from './deps.js';
import { hashPin, pinOf } from './hashes.js';
import { type Headers } from './http/route.js';

/** A case that was opened, and what its PIN is made from. */
interface Opened {
  readonly accepted: Accepted;
  readonly seed: string;
}

interface Opening {
  readonly opening: Extract<Command, { type: 'openCase' }>['opening'];
  readonly at: Instant;
  /** What was filed, by whom, and what it is called: kept beside the events, where it can be erased. */
  readonly filing: NonNullable<Attachments['filing']>['body'];
  readonly name: { readonly vi: string; readonly en: string };
  readonly holder: string;
  readonly draft?: Attachments['draft'];
  readonly signed?: Extract<Command, { type: 'openCase' }>['signed'];
}

export interface Filed<Receipt> {
  readonly receipt: Receipt;
  readonly headers: Headers;
}

/** What whoever filed is answered, then and under the same key ever after: the receipt with its PIN, and where the case is. */
export const filedAs = <Receipt>(
  act: FilingAct,
  { accepted, seed }: Opened,
  receiptOf: (law: ReturnType<FilingAct['law']>, accepted: Accepted, pin: string) => Receipt,
): Filed<Receipt> => ({
  receipt: receiptOf(act.law(), accepted, pinOf(seed, act.person.id, act.key)),
  headers: { Location: `/api/v1/cases/${accepted.caseCode}`, ...headersOf(accepted) },
});

/** Opens a case with what was filed and a PIN for the public page, in one transaction. Asked again under the same key it is the same case, with the same PIN. */
export async function openFiled(
  { door, pool }: Pick<ApiDeps, 'door' | 'pool'>,
  act: Act,
  { opening, at, filing, name, holder, draft, signed }: Opening,
): Promise<Opened> {
  const { person, key } = act;
  const { personId } = opening.investor;
  await requireFreshKey(pool, person.id, key);
  const pinOfCase = async (caseCode: string) => {
    const { seed, kept } = await newPinSeed(pool, caseCode);
    return { ...kept, hash: await hashPin(pinOf(seed, person.id, key), kept.salt) };
  };
  const accepted = await door.open({
    command: { type: 'openCase', opening, managed: true, ...(signed && { signed }) },
    actor: actorOf(person, personId === person.id ? undefined : personId),
    key,
    bodyHash: bodyHashOf(act),
    occurredAt: at,
    attach: async (caseCode) => ({
      filing: {
        body: filing,
        nameVi: name.vi,
        nameEn: name.en,
        search: [caseCode, name.vi, name.en, holder].join(' '),
      },
      pin: await pinOfCase(caseCode),
      ...(draft && { draft }),
    }),
  });
  return { accepted, seed: await pinSeed(pool, accepted.caseCode) };
}

/**
 * What a request that opened a case was answered then, and what its PIN is made from; undefined where it opened none. IDEMPOTENCY_KEY_REUSED where the key was another
 * request's.
 */
export async function openedBefore(
  { door, pool }: Pick<ApiDeps, 'door' | 'pool'>,
  act: Act,
): Promise<Opened | undefined> {
  const { person, key } = act;
  const accepted = await door.answerTo(`person/${person.id}/${key}`, bodyHashOf(act));
  return accepted && { accepted, seed: await pinSeed(pool, accepted.caseCode) };
}
