import { randomUUID } from 'node:crypto';
import { type Envelope } from '../../domain/case/commands.js';
import { type AnyFiling } from '../../domain/schemas/trial.js';
import { type TestApi } from './support.js';

interface Again {
  /** Whose case it becomes; in memory it is `investor.test`. */
  readonly investor: string;
  /** What they filed. */
  readonly filing: AnyFiling;
  /** Another word for each word of an envelope, told its JSON. */
  readonly change?: (envelope: string) => string;
}

/** Sends everything that made a case in memory through the door of the API, under a code of its own; answers the code. */
export async function playedAgain(
  { deps }: TestApi,
  { code, accepted }: { readonly code: string; readonly accepted: readonly Envelope[] },
  { investor, filing, change = (envelope) => envelope }: Again,
): Promise<string> {
  const [opening, ...others] = accepted;
  if (opening?.command.type !== 'openCase') throw new Error('a case begins with its opening');
  const anew = (envelope: Envelope, as: string): Envelope =>
    JSON.parse(
      change(JSON.stringify(envelope))
        .replaceAll(code, as)
        .replaceAll('investor.test', investor)
        // Two decisions never have one number.
        .replaceAll('H29-000000-', `H29-${as.slice(3, 14)}-`),
    ) as Envelope;
  const first = anew(opening, code);
  if (first.command.type !== 'openCase' || first.actor.kind !== 'person') throw new Error('opened by nobody');
  const { name } = filing.kind === 'sandbox' ? filing.solution : filing.project;
  const { caseCode } = await deps.door.open({
    command: first.command,
    actor: first.actor,
    key: randomUUID(),
    bodyHash: '',
    occurredAt: first.occurredAt,
    attach: () => ({ filing: { body: filing, nameVi: name.vi, nameEn: name.en, search: name.en } }),
  });
  for (const envelope of others)
    await deps.door.handle({ ...anew(envelope, caseCode), operationId: `test/${randomUUID()}` });
  return caseCode;
}
