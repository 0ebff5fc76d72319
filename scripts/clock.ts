// `npm run -s clock < cases.jsonl`: an answer per line, in order. A bad line gives `{ id, error }` and the run goes on.
import { once } from 'node:events';
import { type Readable, type Writable } from 'node:stream';
import { readClock } from '../domain/time/clock.js';
import { Refusal } from '../domain/errors.js';
import { ClockCase } from '../domain/schemas/clock.js';
import { calendar } from '../seeds/calendars.js';

const unreadable = Symbol('unreadable');

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return unreadable;
  }
}

const idOf = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' ? value.id : null;

/** The answer to one line. Refusals become `{ id, error }`; anything else is a bug and ends the run. */
function answer(line: string): object {
  const value = parseJson(line.trim()); // a byte order mark and the CR of CRLF go with the white space
  const parsed = ClockCase.safeParse(value);
  if (!parsed.success) return { id: idOf(value), error: 'VALIDATION_FAILED' };
  const { id, budget, events, asOf } = parsed.data;
  try {
    const reading = readClock(calendar(parsed.data.calendar), budget, events, asOf);
    const { state, consumed, suspendedDays, dueDate, breachedOn } = reading;
    return { id, state, consumed, suspendedDays, dueDate, breachedOn };
  } catch (error) {
    if (error instanceof Refusal) return { id, error: error.code };
    throw error;
  }
}

/** Lines end at LF or CRLF only: a line separator inside a JSON string is text. */
async function* linesOf(input: Readable): AsyncGenerator<string[]> {
  let rest: string[] = [];
  for await (const chunk of input.setEncoding('utf8')) {
    const [first = '', ...more] = String(chunk).split('\n');
    rest.push(first);
    const last = more.pop();
    if (last === undefined) continue;
    yield [rest.join(''), ...more];
    rest = [last];
  }
  yield [rest.join('')];
}

async function main(input: Readable, output: Writable): Promise<void> {
  for await (const lines of linesOf(input)) {
    const answers = lines.filter((line) => line.trim() !== '').map((line) => `${JSON.stringify(answer(line))}\n`);
    if (answers.length > 0 && !output.write(answers.join(''))) await once(output, 'drain');
  }
}

// A reader that has seen enough (`| head`) closes the pipe; that is its right, not our failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
await main(process.stdin, process.stdout);
