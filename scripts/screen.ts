// Reads one filing (the body of POST /cases) from stdin, prints its screening as one JSON object.
// Usage: npm run -s screen -- [--at <instant>] [--law-at <date>] < project.json
import { parseArgs } from 'node:util';
import { type ErrorCode, Refusal } from '../domain/errors.js';
import { Filing } from '../domain/schemas/project.js';
import { screen, type Screening } from '../domain/lane/screening.js';
import { instant, plainDate } from '../domain/time/instants.js';
import { catalogue } from '../seeds/index.js';

/** The API's limit for a JSON body: what it would refuse is refused here too. */
const maxBytes = 1_000_000;

interface Failure {
  error: ErrorCode;
  details: unknown;
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new Refusal('PAYLOAD_TOO_LARGE', { maxBytes });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new Refusal('VALIDATION_FAILED', { issues: [{ path: [], message: 'not JSON' }] });
  }
}

function parseFiling(body: unknown): Filing {
  const parsed = Filing.safeParse(body);
  if (parsed.success) return parsed.data;
  const unknownOnly = parsed.error.issues.every(({ code }) => code === 'unrecognized_keys');
  const issues = parsed.error.issues.map(({ path, message, code }) => ({ path, code, message }));
  throw new Refusal(unknownOnly ? 'UNKNOWN_FIELD' : 'VALIDATION_FAILED', { issues });
}

function options(): { at: string; lawAt: string | undefined } {
  try {
    const { values } = parseArgs({ options: { at: { type: 'string' }, 'law-at': { type: 'string' } } });
    return { at: values.at ?? new Date().toISOString(), lawAt: values['law-at'] };
  } catch (error) {
    throw new Refusal('VALIDATION_FAILED', { arguments: error instanceof Error ? error.message : String(error) });
  }
}

async function run(): Promise<Screening | Failure> {
  try {
    const { at, lawAt } = options();
    const filedAt = instant(at);
    const day = lawAt === undefined ? undefined : plainDate(lawAt);
    return screen(parseFiling(parseJson(await readInput())), filedAt, catalogue(), day);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { error: error.code, details: error.details ?? null };
  }
}

const result = await run();
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
if ('error' in result) process.exitCode = 1;
