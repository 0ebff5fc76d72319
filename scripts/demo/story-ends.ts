import { type ErrorCode, errors } from '../../domain/errors.js';
import { type ApiClient, ApiRefusal } from './client.js';

/** Why a story cannot go on here, for people to read. */
export class StoryEnds extends Error {
  constructor(
    readonly vi: string,
    readonly en: string,
  ) {
    super(`${vi} · ${en}`);
  }
}

interface Problem {
  readonly title?: unknown;
  readonly details?: unknown;
}

/** What the API refused, in both languages; undefined for what is a fault of the program. */
function inWords(error: unknown): string | undefined {
  if (error instanceof StoryEnds) return `Dừng: ${error.vi}.\nEnded: ${error.en}.`;
  if (!(error instanceof ApiRefusal)) return undefined;
  const { details } = (error.problem ?? {}) as Problem;
  const titles = Object.hasOwn(errors, error.code)
    ? errors[error.code as ErrorCode].title
    : { vi: error.code, en: error.code };
  const more = details === undefined ? '' : ` ${JSON.stringify(details)}`;
  return (
    `Dừng: hệ thống từ chối (${error.code}): ${titles.vi}.${more}\nEnded: the system refused (${error.code}): ${titles.en}.\n` +
    'Để bắt đầu lại từ đầu · to begin anew: npm run reset'
  );
}

/** What a story has opened so far: withdrawn where it cannot go on, so that nothing stands half-done on the leaders' dashboard. */
export interface Opened {
  readonly case: string;
  readonly investor: string;
}

/**
 * Plays; where the API refuses something, says so in two languages, withdraws what the story has filed and is still open, and answers false. A fault of
 * the program is thrown.
 */
export async function playToTheEnd(
  play: () => Promise<void>,
  opened: () => readonly Opened[],
  as: (person: string) => ApiClient,
  say: (line: string) => void,
): Promise<boolean> {
  try {
    await play();
    return true;
  } catch (error) {
    const words = inWords(error);
    if (words === undefined) throw error;
    say(`\n${words}`);
    for (const one of opened()) await withdraw(one, as, say);
    return false;
  }
}

async function withdraw(
  { case: code, investor }: Opened,
  as: (person: string) => ApiClient,
  say: (line: string) => void,
) {
  const client = as(investor);
  const { status } = await client.get<{ status: string }>(`/cases/${code}`);
  if (status !== 'open') return;
  try {
    await client.post(`/cases/${code}/withdrawal`, { reason: 'câu chuyện dừng giữa chừng · the story ended half-way' });
    say(`${code} đã rút · is withdrawn`);
  } catch (error) {
    // A result that is signed stands, and a trial that runs has an end of its own.
    if (!(error instanceof ApiRefusal)) throw error;
    say(`${code} còn mở · stays open (${error.code})`);
  }
}
